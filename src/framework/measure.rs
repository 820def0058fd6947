//! What a framework says of a measure: unit, direction, target, weight, and what a value is worth.
//!
//! Must not know any value (`model::Measurement`) or how it is rated (`rating`).

use serde::{Deserialize, Serialize};

use super::Framework;
use crate::model::Decimal;

/// An indicator with a value for each provider and period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Its code, unique in the framework; it names the measure in files.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What kind of indicator it is, in the framework's own word; may be empty.
    pub kind: String,
    /// What the value counts, such as `%` or `completions`; may be empty.
    pub unit: String,
    /// With how many decimals its figures are published; met or not, change and rating rest on the rounded figures.
    pub decimals: u32,
    /// Which way is better; `None` for a figure that is only watched.
    pub better: Option<Better>,
    /// The value to reach, where it is the same for all providers and the file of measures gives no other.
    pub target: Option<Decimal>,
    /// The national figure, where the file of measures gives no other.
    pub national: Option<Decimal>,
    /// How much it counts in a weighted share; above 0.
    pub weight: Decimal,
    /// What a value is worth.
    pub grading: Grading,
    /// The question whose percent yes is its value; `None` when values are recorded.
    pub percent_yes_of: Option<PercentYesOf>,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Better {
    /// The more the better.
    Higher,
    /// The less the better.
    Lower,
}

/// How a value becomes a place on the scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grading {
    /// It does not: the value is shown, and meets its target or not.
    None,
    /// From which value each rating of the scale but the worst starts, inclusive, from the second worst to the best: rising
    /// where higher is better, falling where lower is.
    Values(Vec<Decimal>),
    /// How far from target and national figure each rating of the scale but the worst starts, from the second worst to the best.
    Distances(Vec<Distance>),
}

/// How far a value must lie on the better side of its target and of the national figure, inclusive; a negative distance allows
/// it to fall short by so much. Each is asked only where it is stated, and the best rating whose every distance is reached is given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Distance {
    /// In the measure's unit, from its target.
    pub target: Option<Decimal>,
    /// In the measure's unit, from the national figure.
    pub national: Option<Decimal>,
}

/// A key question or prompt whose percent yes is the value of a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PercentYesOf {
    /// Id of the framework of the audit; empty for this framework itself.
    pub framework: String,
    /// Number of the question.
    pub question: String,
}

impl Framework {
    /// The question of this framework itself whose percent yes is the measure's value; `None` where values are recorded, or taken
    /// from an audit under another framework.
    #[must_use]
    pub fn own_question<'m>(&self, measure: &'m Measure) -> Option<&'m PercentYesOf> {
        let source = measure.percent_yes_of.as_ref();
        source.filter(|source| source.framework.is_empty() || source.framework == self.id)
    }
}

/// When a value is unreliable, `[z]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reliability {
    /// From how many observations on a value is reliable.
    pub observations: u64,
    /// Whether an unreliable value is rated and counted all the same; it is always shown and marked.
    pub rated: bool,
}
