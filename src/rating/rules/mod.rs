//! How parts make a rating: each rule is one file, and one `match` names them all.
//!
//! A rule takes parts in one shape, whether they are key questions, measures or standards, and must not know whether it rates a
//! standard or the whole. Parts without a rating leave the total; the reason names them.

#[cfg(test)]
mod fixture;
pub(super) mod judged;
mod lowest;
pub(super) mod moderation;
mod points_total;
#[cfg(test)]
mod properties;
mod targets_met;
mod weighted_share;

pub use points_total::totals_of_ratings;
pub(super) use weighted_share::WEIGHT_DECIMALS;

use super::parts::{Parts, as_count};
use super::{Judgement, Score, words};
use crate::framework::{Framework, Rating, Rule};

/// What a rule, and then people, make of the parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Outcome {
    /// The rating; `None` when there is nothing to rate.
    pub(super) rating: Option<Rating>,
    /// Whether people set it.
    pub(super) judged: bool,
    /// The rating that stood before people moved it to another.
    pub(super) moved_from: Option<Rating>,
    /// Which part decides, where one does.
    pub(super) deciding: Option<usize>,
    /// What was added up, where something was.
    pub(super) score: Option<Score>,
    /// How many parts are rated; of measures that are counted, how many have a target.
    pub(super) rated_count: u64,
    /// How many parts there are.
    pub(super) counted_count: u64,
    /// Why the rating is what it is, or why there is none.
    pub(super) reason: String,
}

/// Applies a rule to the parts. `judgement` is looked at where people set the rating.
pub(super) fn rate_parts(
    rule: Rule,
    framework: &Framework,
    parts: &Parts<'_>,
    judgement: Option<&Judgement>,
) -> Outcome {
    let rated = parts.list.iter().filter(|part| part.rating().is_some());
    let counted = Outcome {
        rated_count: as_count(rated.count()),
        counted_count: as_count(parts.list.len()),
        ..Outcome::default()
    };
    match rule {
        Rule::Lowest => lowest::rate(framework, parts, counted),
        Rule::PointsTotal => points_total::rate(framework, parts, counted),
        Rule::WeightedShare => weighted_share::rate(framework, parts, counted),
        Rule::TargetsMet => targets_met::rate(framework, parts, counted),
        Rule::Judged => judged::rate(judgement, counted),
        Rule::None => Outcome {
            reason: "the framework gives no rating".to_owned(),
            ..counted
        },
    }
}

/// Where no part has a rating.
fn leave_unrated(parts: &Parts<'_>, counted: Outcome) -> Outcome {
    Outcome {
        reason: format!("no {} is rated yet", parts.noun()),
        ..counted
    }
}

/// `19 of 30 points over 10 standards; 2.1 is not rated`: after the figures, what is said of the parts.
fn over_parts(figures: &str, parts: &Parts<'_>, rated_count: u64) -> String {
    let mut reasons = vec![format!(
        "{figures} over {}",
        words::count_of(rated_count, parts.noun())
    )];
    reasons.extend(words::not_rated(&parts.unrated()));
    reasons.join("; ")
}
