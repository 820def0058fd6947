//! A sample as it was drawn from its population: how many cases each group gave, step by step, and which cases those are.
//!
//! Must not know how a sample is drawn (`sampling`).

/// What a draw gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrawnSample {
    /// The sample's id.
    pub sample: String,
    /// The text from which, with stratum and reference, the order of the cases follows.
    pub seed: String,
    /// How many cases are to be looked at.
    pub size: u64,
    /// How many were wanted with the buffer.
    pub wanted: u64,
    /// How many cases the population had.
    pub population: u64,
    /// Every group with its numbers, each before its parts.
    pub groups: Vec<DrawnGroup>,
    /// The cases to be looked at, by stratum and then in the order of the draw.
    pub selected: Vec<DrawnCase>,
    /// The reserves, by stratum and then in the order in which they are called up.
    pub reserves: Vec<DrawnCase>,
}

/// A group of the population and what it gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrawnGroup {
    /// 0 is a stratum, 1 a part of one, and so on.
    pub depth: u64,
    /// The stratum's id, or the group's code; empty where it is not known.
    pub code: String,
    /// How many cases it had.
    pub available: u64,
    /// Its share of the size.
    pub initial: u64,
    /// With its buffer.
    pub with_buffer: u64,
    /// After the groups were made to add up.
    pub after_rounding: u64,
    /// After the limit of cases of one officer: what was drawn.
    pub after_limit: u64,
}

/// A case that was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrawnCase {
    /// Its reference.
    pub reference: String,
    /// The id of its stratum.
    pub stratum: String,
    /// The code of its unit, the narrowest group above the officer; empty where it is not known.
    pub unit: String,
}
