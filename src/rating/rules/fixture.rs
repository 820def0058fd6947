//! Parts with nothing but what a rule looks at, for tests.

use super::{Outcome, rate_parts};
use crate::framework::{Better, Framework, Rating, Rule};
use crate::model::Decimal;
use crate::rating::fixture::{Builder, share_bands, tally};
use crate::rating::parts::{Figures, Part, Parts};
use crate::rating::{MeasureRating, QuestionRating, StandardRating};

/// The scale 0 to 3 of the builder, with the published bands of the scorecard for shares.
pub(super) fn framework() -> Framework {
    let mut framework = Builder::new().sample("s", "case").framework;
    framework.share_bands = share_bands(["60.0", "73.3", "86.6"]);
    framework
}

pub(super) fn standard(number: &str, rating: Option<usize>) -> StandardRating {
    StandardRating {
        number: number.into(),
        title: "Title".into(),
        rating: rating.map(Rating),
        ..StandardRating::default()
    }
}

pub(super) fn question(number: &str, rating: usize, (yes, no): (u64, u64)) -> QuestionRating {
    QuestionRating {
        number: number.into(),
        rating: Some(Rating(rating)),
        tally: tally(yes, no),
        cases: yes + no,
        ..QuestionRating::default()
    }
}

/// A measure whose value and target are these; it is better when higher.
pub(super) fn measure(id: &str, rating: Option<usize>) -> MeasureRating {
    MeasureRating {
        id: id.into(),
        unit: "%".into(),
        better: Some(Better::Higher),
        value: rating.map(|rating| Decimal::new(712 + i64::try_from(rating).unwrap(), 1)),
        rating: rating.map(Rating),
        ..MeasureRating::default()
    }
}

/// Parts of weight 1.
pub(super) fn parts<'a>(figures: impl IntoIterator<Item = Figures<'a>>) -> Parts<'a> {
    let weigh = |figures| Part {
        weight: Decimal::ONE,
        figures,
    };
    Parts {
        list: figures.into_iter().map(weigh).collect(),
        measures: Vec::new(),
    }
}

/// Standards with these ratings under a rule; they are numbered from 1.
pub(super) fn rate_standards(rule: Rule, ratings: &[Option<usize>]) -> Outcome {
    let standards: Vec<StandardRating> = ratings
        .iter()
        .zip(1..)
        .map(|(rating, number)| standard(&number.to_string(), *rating))
        .collect();
    let parts = parts(standards.iter().map(Figures::Standard));
    rate_parts(rule, &framework(), &parts, None)
}
