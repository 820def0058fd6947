//! How the cases of a sample are drawn from their population, as a framework file states it.
//!
//! Must not know how a sample is drawn (`sampling`), or how these settings are read (`draws`).

use serde::{Deserialize, Serialize};

use crate::model::{Condition, Decimal};

/// The settings of a draw. Places are those of the sample's case information.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// Two-sided confidence in percent; above 0 and under 100.
    pub confidence: Decimal,
    /// The margin of error in percentage points; above 0 and at most 100.
    pub margin: Decimal,
    /// The z that is used for the confidence, above 0 and at most 10; `None`: that of the normal distribution, to four decimals.
    pub z: Option<Decimal>,
    /// The reserves on top, in percent; from 0 to 100.
    pub buffer: Decimal,
    /// The smallest size; 0 for none.
    pub minimum: u64,
    /// The case information over whose values a stratum is divided, widest first, each inside the one before; each once, and
    /// none of it the officer; may be empty.
    pub hierarchy: Vec<usize>,
    /// The case information that names the officer: the last level of the division.
    pub officer: Option<usize>,
    /// How many cases one officer may give over the whole sample; only with an officer, above 0.
    pub officer_cap: Option<u64>,
    /// The strata in order: a case belongs to the first whose condition surely holds, and to none if there is no such. Empty:
    /// the whole population is one stratum.
    pub strata: Vec<Part>,
    /// The cases that are left out, each kind with its condition; may be empty.
    pub exclusions: Vec<Part>,
    /// A date: of several cases of one person the earliest is kept.
    pub earliest_by: Option<usize>,
    /// A date: cases that start after the day of the draw are left out.
    pub start: Option<usize>,
}

/// A part of a population: a stratum, or what is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its id, such as `female`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Which cases belong to it; looks at case information only.
    #[serde(with = "super::plain::ConditionForm")]
    pub when: Condition,
}
