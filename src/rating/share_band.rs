//! From an exact share to a percent with one decimal, and to a place on the scale.
//!
//! Rounding is half up, in integers: nothing is divided before it is compared. Must not know what is shared (`rules`).

use crate::framework::{BandOn, Rating, ShareBands};
use crate::model::Decimal;

/// A part of a whole that is not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ExactShare {
    part: u128,
    whole: u128,
}

impl ExactShare {
    /// `None` when the whole is empty or smaller than the part, or too large to be multiplied.
    pub(super) fn new(part: u128, whole: u128) -> Option<ExactShare> {
        let is_in_range = whole > 0 && part <= whole && whole < u128::MAX / 4_096;
        is_in_range.then_some(ExactShare { part, whole })
    }

    /// In percent with one decimal, half up: 1 of 3 is 33.3, 1 of 16 is 6.3.
    pub(super) fn percent(self) -> Decimal {
        let tenths = (2_000 * self.part + self.whole) / (2 * self.whole);
        Decimal::new(i64::try_from(tenths).unwrap_or(1_000), 1)
    }

    /// The best rating whose lowest percent is reached, inclusive; the worst when none is.
    pub(super) fn band(self, bands: &ShareBands) -> Rating {
        let percents = bands.lowest_percents.iter();
        let reached = percents.rev().position(|lowest| match bands.band_on {
            BandOn::Rounded => self.percent() >= *lowest,
            BandOn::Exact => self.is_at_least(*lowest),
        });
        let from_worst = |from_best: usize| bands.lowest_percents.len() - 1 - from_best;
        Rating(reached.map_or(0, from_worst))
    }

    /// Whether the exact share is at least this percent of at most one decimal.
    fn is_at_least(self, percent: Decimal) -> bool {
        let tenths = percent.checked_mul(Decimal::TEN);
        let tenths = tenths.and_then(|tenths| u128::try_from(tenths).ok());
        tenths.is_some_and(|tenths| 1_000 * self.part >= tenths.saturating_mul(self.whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: u128, whole: u128) -> ExactShare {
        ExactShare::new(part, whole).unwrap()
    }

    fn bands(band_on: BandOn) -> ShareBands {
        let lowest =
            ["0", "60.0", "73.3", "86.6"].map(|text| crate::model::parse_figure(text).unwrap());
        ShareBands {
            lowest_percents: lowest.to_vec(),
            band_on,
        }
    }

    #[test]
    fn percents_round_half_up_to_one_decimal() {
        for (part, whole, percent) in [
            (0, 7, "0.0"),
            (7, 7, "100.0"),
            (1, 3, "33.3"),
            (2, 3, "66.7"),
            (1, 16, "6.3"),
            (5, 10_000, "0.1"),
            (4_999, 10_000_000, "0.0"),
            (9_995, 10_000, "100.0"),
            (62_549, 100_000, "62.5"),
            (62_550, 100_000, "62.6"),
        ] {
            assert_eq!(
                share(part, whole).percent().to_string(),
                percent,
                "{part}/{whole}"
            );
        }
    }

    #[test]
    fn nothing_of_nothing_is_no_share() {
        assert_eq!(ExactShare::new(0, 0), None);
        assert_eq!(ExactShare::new(2, 1), None);
        assert_eq!(ExactShare::new(1, u128::MAX), None);
    }

    #[test]
    fn each_rating_starts_at_its_lowest_percent() {
        for (part, rating) in [
            (0, 0),
            (599, 0),
            (600, 1),
            (732, 1),
            (733, 2),
            (865, 2),
            (866, 3),
            (1_000, 3),
        ] {
            for band_on in [BandOn::Rounded, BandOn::Exact] {
                assert_eq!(
                    share(part, 1_000).band(&bands(band_on)),
                    Rating(rating),
                    "{part}"
                );
            }
        }
    }

    #[test]
    fn a_share_just_under_a_boundary_depends_on_what_is_banded() {
        let whole = 10_u128.pow(30);
        let half_up = 866 * whole / 1_000 - whole / 2_000;
        assert_eq!(
            share(half_up, whole).band(&bands(BandOn::Rounded)),
            Rating(3),
            "86.55 prints as 86.6"
        );
        assert_eq!(
            share(half_up - 1, whole).band(&bands(BandOn::Rounded)),
            Rating(2),
            "by one part in 10³⁰"
        );
        assert_eq!(share(half_up, whole).band(&bands(BandOn::Exact)), Rating(2));
        let start = 866 * whole / 1_000;
        assert_eq!(share(start, whole).band(&bands(BandOn::Exact)), Rating(3));
        assert_eq!(
            share(start - 1, whole).band(&bands(BandOn::Exact)),
            Rating(2)
        );
    }
}
