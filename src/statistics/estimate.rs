//! An estimate and the interval around it.
//!
//! Must not know what is estimated.

use std::fmt;

use super::confidence::Confidence;
use crate::model::{Decimal, Share};

/// With how many decimals a figure is given.
pub const DECIMALS: u32 = 12;

/// A figure and the interval around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// The figure, rounded to [`DECIMALS`] decimals.
    pub value: Decimal,
    /// The interval that holds the true figure with the confidence that was asked for, or why there is none.
    pub interval: Result<Interval, Undefined>,
}

/// The limits of an interval, rounded to [`DECIMALS`] decimals; both belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The lower limit.
    pub low: Decimal,
    /// The upper limit.
    pub high: Decimal,
}

impl Interval {
    pub(super) fn new(low: f64, high: f64) -> Interval {
        Interval {
            low: to_decimal(low),
            high: to_decimal(high),
        }
    }

    /// The interval that reaches equally far to both sides.
    pub(super) fn around(middle: f64, margin: f64) -> Interval {
        Interval::new(middle - margin, middle + margin)
    }
}

/// Why a figure or its interval is not defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undefined {
    /// There are no pairs of answers.
    NoPairs,
    /// There is one pair only, and a single pair does not vary.
    OnePair,
    /// All answers of both assessors are one and the same: nothing shows whether they could tell cases apart.
    OneCategory,
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Undefined::NoPairs => "no pairs of answers",
            Undefined::OnePair => "one pair of answers only",
            Undefined::OneCategory => "all answers are the same",
        })
    }
}

/// Rounds a figure, half away from zero. Every figure here is a ratio of counts or a limit near one: far from the nine million
/// at which the conversion would end.
pub(super) fn to_decimal(figure: f64) -> Decimal {
    let scaled = (figure * 10_f64.powi(DECIMALS as i32)).round();
    Decimal::new(scaled as i64, DECIMALS).normalize()
}

/// Wilson's interval of a share, from 0 to 1. It needs no cases on either side: at 95% confidence 0 of 5 gives 0 to 0.434….
///
/// Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927), without correction for
/// continuity, as `statsmodels` gives it under the method `wilson`.
#[must_use]
pub fn wilson_interval(share: Share, confidence: Confidence) -> Interval {
    let normal = confidence.normal_quantile();
    let whole = share.whole() as f64;
    let part = share.part() as f64 / whole;
    let other = (share.whole() - share.part()) as f64 / whole;
    let square = normal * normal;
    let shrunk = 1.0 + square / whole;
    let middle = (part + square / (2.0 * whole)) / shrunk;
    let variance = part * other / whole + square / (4.0 * whole * whole);
    let margin = normal * variance.sqrt() / shrunk;
    Interval::new((middle - margin).max(0.0), (middle + margin).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_share_stays_within_0_and_1() {
        let interval =
            |part, whole| wilson_interval(Share::new(part, whole).unwrap(), Confidence::default());
        assert_eq!(interval(0, 5).low, Decimal::ZERO);
        assert_eq!(interval(0, 5).high.to_string(), "0.434482464783");
        assert_eq!(interval(5, 5).low.to_string(), "0.565517535217");
        assert_eq!(interval(5, 5).high, Decimal::ONE);
        assert_eq!(interval(0, u64::MAX), Interval::new(0.0, 0.0));
    }

    #[test]
    fn figures_are_rounded_half_away_from_zero_and_nothing_is_minus_zero() {
        assert_eq!(to_decimal(-1e-15).to_string(), "0");
        assert_eq!(to_decimal(0.25).to_string(), "0.25");
        assert_eq!(
            to_decimal(-14.030_949_304_515_657).to_string(),
            "-14.030949304516"
        );
    }
}
