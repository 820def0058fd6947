//! Figures that describe answers: how far two assessors agree, and within which interval a figure lies.
//!
//! Pure: must not know frameworks, ratings, the record or the clock. Roots and quantiles need floats, and only here is a figure
//! computed with them; each is handed on as a decimal of [`DECIMALS`] decimals, and none may decide a rating.
//!
//! ```text
//! pairs of states ─► table of pairs ─► agreement: share, kappa, AC1, each an estimate with its interval   (agreement)
//!   (pairs)       └► differences
//! ```

mod agreement;
mod confidence;
mod estimate;
mod pairs;

pub use agreement::{Agreement, measure_agreement};
pub use confidence::Confidence;
pub use estimate::{DECIMALS, Estimate, Interval, Undefined, wilson_interval};
pub use pairs::{Comparison, Difference, PairTable, compare_answers};

#[cfg(test)]
mod tests;
