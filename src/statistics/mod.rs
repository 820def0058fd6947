//! Figures that describe answers: how far two assessors agree, within which interval a figure lies, how it would vary, which differences
//! are more than chance, and which figures are kept back because they would tell of single cases.
//!
//! Pure: must not know frameworks, ratings, the record or the clock. Roots and quantiles need floats, and only here is a figure
//! computed with them; each is handed on as a decimal of [`DECIMALS`] decimals, and none may decide a rating. Lots are drawn from a
//! seed that comes as an argument.
//!
//! ```text
//! pairs of states ─► table of pairs ─► agreement: share, kappa, AC1, each an estimate with its interval   (agreement)
//!   (pairs)       └► differences
//! strata of a sample ─► share of yes in the population with its interval                                   (survey)
//!                    └► counts of other samples of the same population                                        (resample)
//! ```

mod agreement;
mod confidence;
mod disclosure;
mod estimate;
mod holm;
mod pairs;
mod resample;
mod survey;

pub use agreement::{Agreement, measure_agreement};
pub use confidence::Confidence;
pub use disclosure::{
    CountedGroup, Family, Publish, SMALLEST_GROUP, Suppressed, VALUES_LEFT, suppress_groups,
};
pub use estimate::{DECIMALS, Estimate, Interval, Undefined, wilson_interval};
pub use holm::adjust_holm;
pub use pairs::{Comparison, Difference, PairTable, compare_answers};
pub use resample::{CaseTable, Resampler};
pub use survey::{ShareEstimate, Stratum, estimate_share};

#[cfg(test)]
mod tests;
