//! Counts, shares and the one rounding rule.
//!
//! Numerator and denominator are kept to the end, every comparison is between integers, and a percentage is rounded in
//! one place: [`Share::percent`]. Must not know bands or ratings (`framework`, `rating`).

use super::State;

/// How many cases stand in each of the five states of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Tally {
    /// Answered yes.
    pub yes: u64,
    /// Answered no.
    pub no: u64,
    /// Said by the assessor not to apply.
    pub not_applicable: u64,
    /// Not asked under the framework's rules, parked answers among them.
    pub not_asked: u64,
    /// Applies, but not answered.
    pub unanswered: u64,
}

impl Tally {
    /// Counts one more case.
    pub fn add(&mut self, state: State) {
        match state {
            State::Yes => self.yes += 1,
            State::No => self.no += 1,
            State::NotApplicable => self.not_applicable += 1,
            State::NotAsked => self.not_asked += 1,
            State::Unanswered => self.unanswered += 1,
        }
    }

    /// The applicable cases and how many of them are yes, or `None` when nobody said yes or no: a missing share is not 0%.
    #[must_use]
    pub fn share(&self) -> Option<Share> {
        Share::new(self.yes, self.yes + self.no)
    }

    /// All cases that were looked at.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.yes + self.no + self.not_applicable + self.not_asked + self.unanswered
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.yes += other.yes;
        self.no += other.no;
        self.not_applicable += other.not_applicable;
        self.not_asked += other.not_asked;
        self.unanswered += other.unanswered;
    }
}

/// What one sample's cases add up to: the only bridge from answers to ratings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SampleTallies {
    /// How many cases were counted; every tally adds up to it.
    pub cases: u64,
    /// A tally for each question of the sample, in the order of its answer sheet.
    pub questions: Vec<Tally>,
}

/// A part of a whole that is not empty: percent yes is `part` of `whole` applicable cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    part: u64,
    whole: u64,
}

impl Share {
    /// `None` when the whole is empty or smaller than the part.
    #[must_use]
    pub fn new(part: u64, whole: u64) -> Option<Share> {
        (whole > 0 && part <= whole).then_some(Share { part, whole })
    }

    /// The numerator.
    #[must_use]
    pub fn part(self) -> u64 {
        self.part
    }

    /// The denominator, never 0.
    #[must_use]
    pub fn whole(self) -> u64 {
        self.whole
    }

    /// The whole percent, half rounded up: 2 of 3 is 67, 1 of 8 is 13. Percentages are published whole (domain §4).
    #[must_use]
    pub fn percent(self) -> u64 {
        let (part, whole) = (u128::from(self.part), u128::from(self.whole));
        let rounded = (200 * part + whole) / (2 * whole);
        u64::try_from(rounded).unwrap_or(100)
    }

    /// Whether the exact share is at least this whole percent.
    #[must_use]
    pub fn is_at_least(self, percent: u64) -> bool {
        u128::from(self.part) * 100 >= u128::from(percent) * u128::from(self.whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(part: u64, whole: u64) -> u64 {
        Share::new(part, whole).unwrap().percent()
    }

    #[test]
    fn percentages_round_half_up() {
        assert_eq!(percent(0, 7), 0);
        assert_eq!(percent(7, 7), 100);
        assert_eq!(percent(1, 8), 13, "12.5 goes up");
        assert_eq!(percent(1, 200), 1, "0.5 goes up");
        assert_eq!(percent(199, 200), 100, "99.5 goes up");
        assert_eq!(percent(64_499, 100_000), 64);
        assert_eq!(percent(u64::MAX, u64::MAX), 100);
    }

    #[test]
    fn the_exact_share_and_the_rounded_percent_can_fall_on_different_sides() {
        let just_under = Share::new(795, 1_000).unwrap();
        assert_eq!(just_under.percent(), 80);
        assert!(!just_under.is_at_least(80));
        assert!(just_under.is_at_least(79));
    }

    #[test]
    fn nothing_applicable_has_no_share() {
        let tally = Tally {
            not_asked: 3,
            unanswered: 2,
            not_applicable: 1,
            ..Tally::default()
        };
        assert_eq!(tally.share(), None);
        assert_eq!(tally.cases(), 6);
        assert_eq!(Share::new(2, 1), None);
    }
}
