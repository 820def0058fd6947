//! How sure an interval is meant to be, and the quantiles that follow from it.
//!
//! Must not know what is estimated, nor how a confidence is typed.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::model::Decimal;

/// A two-sided confidence: how often intervals that are made so hold the true figure. 95% unless another one is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confidence {
    /// In hundredths of a percent.
    hundredths: u32,
}

impl Default for Confidence {
    fn default() -> Confidence {
        Confidence { hundredths: 9_500 }
    }
}

/// The least and the greatest confidence, in hundredths of a percent. Below, an interval says little more than the figure alone;
/// above, the quantiles of few degrees of freedom leave the digits that are promised.
const RANGE: std::ops::RangeInclusive<u32> = 5_000..=9_990;

impl Confidence {
    /// From a percentage: 50 to 99.9, with at most two decimals. `None` for any other.
    #[must_use]
    pub fn of_percent(percent: Decimal) -> Option<Confidence> {
        if percent > Decimal::ONE_HUNDRED || percent.normalize().scale() > 2 {
            return None;
        }
        let hundredths = (percent * Decimal::ONE_HUNDRED).normalize();
        let hundredths = u32::try_from(hundredths.mantissa()).ok()?;
        (RANGE.contains(&hundredths)).then_some(Confidence { hundredths })
    }

    /// In percent, without zeros at its end.
    #[must_use]
    pub fn percent(self) -> Decimal {
        Decimal::new(self.hundredths.into(), 2).normalize()
    }

    /// The share that a quantile leaves above itself: half of what is not within, 0.025 of 95%.
    pub(super) fn above(self) -> f64 {
        f64::from(10_000 - self.hundredths.min(10_000)) / 20_000.0
    }

    /// The quantile of the normal distribution, 1.959963984540… for 95%, to at least 12 decimals.
    pub(super) fn normal_quantile(self) -> f64 {
        -Normal::standard().inverse_cdf(self.above())
    }

    /// The quantile of Student's t, with at least 10 correct decimals where it is below 100. 0 degrees of freedom count as 1.
    ///
    /// `statrs` inverts the beta function, which loses digits and, beyond ten million degrees, does not end. There the expansion
    /// in powers of 1/degrees stands in: Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 26.7.5.
    pub(super) fn student_quantile(self, degrees: u64) -> f64 {
        let freedom = degrees.max(1) as f64;
        let exact = StudentsT::new(0.0, 1.0, freedom).ok();
        match exact.filter(|_| degrees < MANY_DEGREES) {
            Some(distribution) => -distribution.inverse_cdf(self.above()),
            None => expand_quantile(self.normal_quantile(), freedom),
        }
    }
}

/// From how many degrees of freedom the quantile of t is computed from that of the normal distribution.
const MANY_DEGREES: u64 = 500;

fn expand_quantile(normal: f64, freedom: f64) -> f64 {
    let square = normal * normal;
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
    normal * terms.iter().fold(0.0, |sum, next| sum / freedom + next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn confidence(percent: &str) -> Confidence {
        Confidence::of_percent(percent.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_confidence_is_a_percentage_from_50_to_99_point_9() {
        for percent in ["50", "80", "95", "97.25", "99.9"] {
            assert_eq!(confidence(percent).percent().to_string(), percent);
        }
        assert_eq!(confidence("95.00"), Confidence::default());
        for percent in [
            "-95",
            "0",
            "0.95",
            "49.99",
            "99.91",
            "100",
            "99.905",
            "79228162514264337593543950335",
        ] {
            assert_eq!(
                Confidence::of_percent(percent.parse().unwrap()),
                None,
                "{percent}"
            );
        }
    }

    #[test]
    fn the_quantiles_are_those_of_thirty_digit_arithmetic() {
        for line in QUANTILES.lines() {
            let mut fields = line.split(' ');
            let confidence = confidence(fields.next().unwrap());
            for (degrees, quantile) in DEGREES.iter().zip(fields) {
                let expected: f64 = quantile.parse().unwrap();
                let given = match degrees {
                    0 => confidence.normal_quantile(),
                    degrees => confidence.student_quantile(*degrees),
                };
                let distance = (given - expected).abs() / expected.max(1.0);
                assert!(distance < 5e-12, "{confidence:?}, {degrees}: {given}");
            }
        }
    }

    #[test]
    fn the_quantiles_of_t_fall_to_the_normal_one_without_a_step() {
        for percent in ["50", "95", "99.9"] {
            let confidence = confidence(percent);
            let quantiles: Vec<f64> = (1..=2_000)
                .map(|degrees| confidence.student_quantile(degrees))
                .collect();
            assert!(quantiles.windows(2).all(|next| next[0] > next[1]));
            let last = confidence.student_quantile(MANY_DEGREES - 1);
            let normal = confidence.normal_quantile();
            let expanded = expand_quantile(normal, (MANY_DEGREES - 1) as f64);
            assert!((last - expanded).abs() < 1e-11, "{last} {expanded}");
            assert_eq!(confidence.student_quantile(u64::MAX), normal);
        }
    }

    /// Degrees of freedom; 0 for the normal distribution.
    const DEGREES: [u64; 13] = [0, 1, 2, 3, 5, 10, 30, 40, 100, 300, 499, 1_000, 3_000];

    /// Confidence in percent, then the quantile at each of [`DEGREES`]: mpmath with 40 digits, the roots of `erfc(z/sqrt(2)) = 1 - c`
    /// and `betainc(n/2, 1/2, 0, n/(n + t*t), regularized=True) = 1 - c`.
    const QUANTILES: &str = "\
50 0.6744897501960817 1.0 0.816496580927726 0.7648923284043453 0.7266868438004227 0.6998120613124316 0.6827556933212926 0.680672717164449 0.6769510430114715 0.6753084163073658 0.6749817225476648 0.6747351646070094 0.6745715373368374
80 1.2815515655446 3.077683537175253 1.885618083164127 1.63774435369621 1.475884048824481 1.372183641110336 1.310415025391396 1.303077052607195 1.290074761346516 1.284379867579013 1.283250423009885 1.282398721460924 1.281833823908842
90 1.644853626951473 6.313751514675043 2.919985580353726 2.353363434801824 2.015048373333024 1.812461122811676 1.697260886593958 1.683851013335653 1.66023432608534 1.649948673937634 1.647912984059713 1.646378817285465 1.645361707837408
95 1.959963984540054 12.7062047361747 4.302652729749464 3.18244630528371 2.570581835636316 2.228138851986275 2.042272456301238 2.021075390306273 1.983971518523552 1.967903011261087 1.964729390987689 1.962339080826408 1.960755055322458
97.25 2.204346287702244 23.13540914642374 5.905133970775984 4.028072669331355 3.079027866466895 2.578223225523159 2.317235895920916 2.288000385127049 2.237096702058806 2.215160174762229 2.210835391381093 2.20757975232463 2.20542309335753
99 2.575829303548901 63.65674116287158 9.924843200918293 5.840909309733357 4.032142983555228 3.169272672616951 2.749995653567225 2.704459267433162 2.625890521438018 2.592316410847792 2.585717683111754 2.580754698065951 2.577469134838608
99.9 3.290526731491895 636.6192487687196 31.59905457644362 12.92397863668748 6.86882662588111 4.586893858702636 3.645958635042022 3.550965760863311 3.39049131116423 3.323251512974188 3.310130570397799 3.300282648423913 3.29377288068547
";
}
