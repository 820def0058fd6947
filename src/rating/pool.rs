//! A key question over several inspections: their cases counted together.
//!
//! Must not know which inspections belong together, or why.

use super::outcome::QuestionRating;
use crate::model::{Share, Tally};

/// From how many providers on there is a figure of them all: that of one alone is its own.
const PROVIDERS_MIN: usize = 2;

/// What one inspection brings to a pool.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contribution {
    /// Its provider, spelt alike in all inspections of a provider.
    pub provider: String,
    /// Its key questions.
    pub questions: Vec<ContributedQuestion>,
}

/// What one inspection counted of one key question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContributedQuestion {
    /// Its number.
    pub number: String,
    /// Its wording.
    pub text: String,
    /// Its counts.
    pub tally: Tally,
}

/// One key question over all inspections of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pooled {
    /// Yes of all applicable cases together, whoever assessed them: no provider's percentage is averaged, and
    /// [`Share::percent`] rounds once.
    pub share: Share,
    /// How many providers have a figure in it; at least two.
    pub providers_count: usize,
}

/// Counts the cases of a key question over all contributions that have it, by number and the same wording; `None` where
/// fewer than two providers have an answer yes or no.
#[must_use]
pub fn pool_question(question: &QuestionRating, contributions: &[Contribution]) -> Option<Pooled> {
    let mut sum = Tally::default();
    let mut providers: Vec<&str> = Vec::new();
    for one in contributions {
        let is_it = |known: &&ContributedQuestion| {
            known.number == question.number && known.text == question.text
        };
        let found = one.questions.iter().find(is_it);
        if let Some(found) = found.filter(|found| found.tally.share().is_some()) {
            sum += found.tally;
            if !providers.contains(&one.provider.as_str()) {
                providers.push(&one.provider);
            }
        }
    }
    Some(Pooled {
        share: sum.share()?,
        providers_count: providers.len(),
    })
    .filter(|pooled| pooled.providers_count >= PROVIDERS_MIN)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::tally;
    use super::*;

    fn question() -> QuestionRating {
        QuestionRating {
            number: "2.1".into(),
            text: "Is it good?".into(),
            ..QuestionRating::default()
        }
    }

    fn contribution(provider: &str, yes: u64, no: u64) -> Contribution {
        let counted = ContributedQuestion {
            number: "2.1".into(),
            text: "Is it good?".into(),
            tally: tally(yes, no),
        };
        Contribution {
            provider: provider.into(),
            questions: vec![counted],
        }
    }

    fn pool(contributions: &[Contribution]) -> Option<(u64, u64, u64, usize)> {
        let pooled = pool_question(&question(), contributions)?;
        let share = pooled.share;
        Some((
            share.part(),
            share.whole(),
            share.percent(),
            pooled.providers_count,
        ))
    }

    #[test]
    fn cases_are_counted_together_and_rounded_once() {
        // 1 of 3 and 99 of 100 are 33% and 99%: their mean would be 66%.
        let both = [contribution("a", 1, 2), contribution("b", 99, 1)];
        assert_eq!(pool(&both), Some((100, 103, 97, 2)));
        let half = [contribution("a", 1, 0), contribution("b", 0, 7)];
        assert_eq!(pool(&half), Some((1, 8, 13, 2)), "12.5 goes up");
    }

    #[test]
    fn one_provider_is_no_programme_however_often_it_was_inspected() {
        assert_eq!(pool(&[]), None);
        assert_eq!(pool(&[contribution("a", 1, 2)]), None);
        let twice = [contribution("a", 1, 2), contribution("a", 3, 4)];
        assert_eq!(pool(&twice), None);
        let silent = [contribution("a", 1, 2), contribution("b", 0, 0)];
        assert_eq!(pool(&silent), None, "who has no figure is not counted");
        let all = [&twice[..], &[contribution("b", 0, 1)]].concat();
        assert_eq!(pool(&all), Some((4, 11, 36, 2)));
    }

    #[test]
    fn a_question_of_another_wording_or_number_is_another_question() {
        let mut other = [contribution("a", 1, 2), contribution("b", 3, 4)];
        other[1].questions[0].text = "Is it safe?".into();
        assert_eq!(pool(&other), None);
        other[1] = contribution("b", 3, 4);
        other[1].questions[0].number = "2.2".into();
        assert_eq!(pool(&other), None);
    }
}
