//! An estimate, the interval around it, and the quantiles that intervals rest on.
//!
//! Must not know what is estimated.

use std::fmt;

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::model::{Decimal, Share};

/// The confidence of every interval, in percent, two-sided.
pub const CONFIDENCE_PERCENT: u64 = 95;

/// With how many decimals a figure is given.
pub const DECIMALS: u32 = 12;

/// The quantile of the normal distribution that leaves 2.5% above itself.
pub(super) const NORMAL_QUANTILE: f64 = 1.959_963_984_540_054;

/// A figure and the interval around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// The figure, rounded to [`DECIMALS`] decimals.
    pub value: Decimal,
    /// The interval that holds the true figure with 95% confidence, or why there is none.
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

/// Wilson's interval of a share, from 0 to 1, at 95% confidence. It needs no cases on either side: 0 of 5 gives 0 to 0.434….
///
/// Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927), without correction for
/// continuity, as `statsmodels` gives it under the method `wilson`.
#[must_use]
pub fn wilson_interval(share: Share) -> Interval {
    let whole = share.whole() as f64;
    let part = share.part() as f64 / whole;
    let other = (share.whole() - share.part()) as f64 / whole;
    let square = NORMAL_QUANTILE * NORMAL_QUANTILE;
    let shrunk = 1.0 + square / whole;
    let middle = (part + square / (2.0 * whole)) / shrunk;
    let variance = part * other / whole + square / (4.0 * whole * whole);
    let margin = NORMAL_QUANTILE * variance.sqrt() / shrunk;
    Interval::new((middle - margin).max(0.0), (middle + margin).min(1.0))
}

/// From how many degrees of freedom the quantile of t is computed from that of the normal distribution.
const MANY_DEGREES: u64 = 500;

/// The quantile of Student's t that leaves 2.5% above itself, to at least 11 decimals. 0 degrees of freedom count as 1.
///
/// `statrs` inverts the beta function, which loses digits and, beyond ten million degrees, does not end. There the expansion in
/// powers of 1/degrees stands in: Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 26.7.5.
pub(super) fn student_quantile(degrees: u64) -> f64 {
    let freedom = degrees.max(1) as f64;
    let exact = StudentsT::new(0.0, 1.0, freedom).ok();
    match exact.filter(|_| degrees < MANY_DEGREES) {
        Some(distribution) => distribution.inverse_cdf(0.975),
        None => expand_quantile(freedom),
    }
}

fn expand_quantile(freedom: f64) -> f64 {
    let square = NORMAL_QUANTILE * NORMAL_QUANTILE;
    // Each term is a polynomial in the square, its coefficients from the highest power down, over a common divisor.
    let term = |coefficients: &[f64], divisor: f64| {
        let sum = coefficients
            .iter()
            .fold(0.0, |sum, next| sum * square + next);
        sum / divisor
    };
    let terms = [
        term(&[79.0, 776.0, 1482.0, -1920.0, -945.0], 92160.0),
        term(&[3.0, 19.0, 17.0, -15.0], 384.0),
        term(&[5.0, 16.0, 3.0], 96.0),
        term(&[1.0, 1.0], 4.0),
        1.0,
    ];
    NORMAL_QUANTILE * terms.iter().fold(0.0, |sum, next| sum / freedom + next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_of_t_are_those_of_thirty_digit_arithmetic() {
        // mpmath with 30 digits: the root of betainc(n/2, 1/2, 0, n/(n + t*t), regularized=True)/2 - 0.025.
        let expected = [
            (1, 12.706_204_736_174_705),
            (2, 4.302_652_729_749_464),
            (3, 3.182_446_305_283_71),
            (5, 2.570_581_835_636_316),
            (10, 2.228_138_851_986_275),
            (30, 2.042_272_456_301_238),
            (40, 2.021_075_390_306_273),
            (100, 1.983_971_518_523_552),
            (300, 1.967_903_011_261_087),
            (500, 1.964_719_837_467_368),
            (1_000, 1.962_339_080_826_408),
            (3_000, 1.960_755_055_322_458),
        ];
        for (degrees, quantile) in expected {
            let given = student_quantile(degrees);
            assert!((given - quantile).abs() < 5e-12, "{degrees}: {given}");
        }
    }

    #[test]
    fn the_quantiles_of_t_fall_to_the_normal_one_without_a_step() {
        let quantiles: Vec<f64> = (1..=2_000).map(student_quantile).collect();
        assert!(quantiles.windows(2).all(|next| next[0] > next[1]));
        let last = student_quantile(MANY_DEGREES - 1);
        let expanded = expand_quantile((MANY_DEGREES - 1) as f64);
        assert!((last - expanded).abs() < 5e-12, "{last} {expanded}");
        assert_eq!(student_quantile(u64::MAX), NORMAL_QUANTILE);
    }

    #[test]
    fn the_interval_of_a_share_stays_within_0_and_1() {
        let interval = |part, whole| wilson_interval(Share::new(part, whole).unwrap());
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
