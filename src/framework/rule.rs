//! The rules by which parts make a whole, and their names in framework files.
//!
//! Must not know how a rule works (`rating::rules`).

use serde::{Deserialize, Serialize};

use super::BandOn;
use crate::model::Decimal;

/// How the parts of a standard, or of the whole, make its rating. The parts of a standard are its key questions, its measures
/// and the standards that it sums up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// The rating of the lowest part.
    Lowest,
    /// The mean of the points of the rated parts falls to the nearest rating of the scale; a tie between two falls to the
    /// lower. On points 0 to 3 over n parts: the worst rating while 2·points ≤ n, and so on.
    PointsTotal,
    /// The points of the rated parts, each times its weight, as a share of the most that they could have, in percent with one
    /// decimal, against `[share_bands]`.
    WeightedShare,
    /// How many measures meet their target; a rating only where there are `[met_bands]`.
    TargetsMet,
    /// Set by people.
    Judged,
    /// It has no rating: it only groups its parts.
    None,
}

impl Rule {
    /// Every rule and its name in framework files.
    pub const NAMES: [(&'static str, Rule); 6] = [
        ("lowest", Rule::Lowest),
        ("points-total", Rule::PointsTotal),
        ("weighted-share", Rule::WeightedShare),
        ("targets-met", Rule::TargetsMet),
        ("judged", Rule::Judged),
        ("none", Rule::None),
    ];

    /// What the lowest part is called in a standard, whose parts mostly are key questions.
    pub const LOWEST_KEY_QUESTION: (&'static str, Rule) = ("lowest-key-question", Rule::Lowest);

    /// Its name in framework files.
    #[must_use]
    pub fn name(self) -> &'static str {
        let named = Rule::NAMES.into_iter().find(|(_, rule)| *rule == self);
        named.map_or("", |(name, _)| name)
    }

    /// Whether it makes a rating out of the ratings of its parts.
    #[must_use]
    pub fn combines_ratings(self) -> bool {
        matches!(self, Rule::Lowest | Rule::PointsTotal | Rule::WeightedShare)
    }
}

/// How the overall rating is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overall {
    /// The rule.
    pub rule: Rule,
    /// What its parts are.
    pub over: Over,
    /// Whether people may record the rating as it was published, because the source does not publish what it rests on.
    pub given: bool,
    /// Whether the rating may be moderated: a proposal with evidence, then a decision, both ratings shown.
    pub moderation: bool,
}

/// The parts of the overall rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Over {
    /// The counted standards.
    Standards,
    /// The key questions and measures of the counted standards, each once.
    Measures,
}

/// From which percent of a share each rating starts, inclusive, in scale order; the worst rating starts at 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareBands {
    /// Lowest percent of each rating, with at most one decimal, rising, first 0.
    pub lowest_percents: Vec<Decimal>,
    /// Whether the share is rounded to one decimal, half up, before it is banded.
    pub band_on: BandOn,
}
