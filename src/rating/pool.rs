//! A key question over several inspections: their cases counted together.
//!
//! Must not know which inspections belong together, or why.

use super::outcome::QuestionRating;
use crate::model::{Share, Tally};

/// From how many providers on there is a figure of them all. That of one alone is its own; of two, either could take its own cases
/// off and have the other's. Of three, what is left is of two others together.
const PROVIDERS_MIN: usize = 3;

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
    /// How many providers have a figure in it; at least three.
    pub providers_count: usize,
}

/// Counts the cases of a key question over all contributions that have it, by number and the same wording; `None` where
/// fewer than three providers have an answer yes or no.
#[must_use]
pub fn pool_question<'c>(
    question: &QuestionRating,
    contributions: impl IntoIterator<Item = &'c Contribution>,
) -> Option<Pooled> {
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
        // 0 of 1, 1 of 3 and 99 of 100 are 0%, 33% and 99%: their mean would be 44%.
        let zero = || contribution("c", 0, 1);
        let all = [contribution("a", 1, 2), contribution("b", 99, 1), zero()];
        assert_eq!(pool(&all), Some((100, 104, 96, 3)));
        let half = [contribution("a", 1, 0), contribution("b", 0, 6), zero()];
        assert_eq!(pool(&half), Some((1, 8, 13, 3)), "12.5 goes up");
    }

    #[test]
    fn fewer_than_three_providers_are_no_programme_however_often_they_were_inspected() {
        assert_eq!(pool(&[]), None);
        assert_eq!(pool(&[contribution("a", 1, 2)]), None);
        let twice = [contribution("a", 1, 2), contribution("a", 3, 4)];
        assert_eq!(pool(&twice), None);
        let silent = [contribution("a", 1, 2), contribution("b", 0, 0)];
        assert_eq!(pool(&silent), None, "who has no figure is not counted");
        let two = [&twice[..], &[contribution("b", 0, 1)]].concat();
        assert_eq!(pool(&two), None, "either would know the other's");
        let three = [&two[..], &[contribution("c", 1, 0)]].concat();
        assert_eq!(pool(&three), Some((5, 12, 42, 3)));
    }

    #[test]
    fn a_question_of_another_wording_or_number_is_another_question() {
        let all = ["a", "b", "c"].map(|provider| contribution(provider, 1, 2));
        assert!(pool(&all).is_some());
        let mut other = all.clone();
        other[1].questions[0].text = "Is it safe?".into();
        assert_eq!(pool(&other), None);
        let mut other = all;
        other[1].questions[0].number = "2.2".into();
        assert_eq!(pool(&other), None);
    }
}
