//! From a percent yes to a place on the scale.
//!
//! Must not know questions or standards (`combine`). Integers only: what is printed never contradicts the rating.

use std::cmp::Ordering;

use crate::framework::{BandOn, Bands, Rating};
use crate::model::Share;

/// The best rating whose lowest percent the share reaches, inclusive; the worst rating when it reaches none.
pub(super) fn band_share(share: Share, bands: &Bands) -> Rating {
    let reached = bands
        .lowest_percents
        .iter()
        .rposition(|lowest| reaches(share, *lowest, bands.band_on));
    Rating(reached.unwrap_or(0))
}

/// Whether the figure that is banded is at least this whole percent.
pub(super) fn reaches(share: Share, percent: u64, band_on: BandOn) -> bool {
    match band_on {
        BandOn::Rounded => share.percent() >= percent,
        BandOn::Exact => share.is_at_least(percent),
    }
}

/// Which of two figures that are banded is the lower.
pub(super) fn compare_shares(one: Share, other: Share, band_on: BandOn) -> Ordering {
    let product = |share: Share, whole: Share| u128::from(share.part()) * u128::from(whole.whole());
    match band_on {
        BandOn::Rounded => one.percent().cmp(&other.percent()),
        BandOn::Exact => product(one, other).cmp(&product(other, one)),
    }
}

/// Whether the figure that is banded is at most `points` percentage points from this whole percent, on either side.
pub(super) fn is_within(share: Share, points: u64, percent: u64, band_on: BandOn) -> bool {
    let (figure, unit) = match band_on {
        BandOn::Rounded => (u128::from(share.percent()), 1),
        BandOn::Exact => (u128::from(share.part()) * 100, u128::from(share.whole())),
    };
    figure.abs_diff(u128::from(percent) * unit) <= u128::from(points) * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands(band_on: BandOn) -> Bands {
        Bands {
            lowest_percents: vec![0, 50, 65, 80],
            band_on,
        }
    }

    fn band(part: u64, whole: u64, band_on: BandOn) -> usize {
        band_share(Share::new(part, whole).unwrap(), &bands(band_on)).0
    }

    #[test]
    fn each_band_starts_at_its_lowest_percent() {
        let expected = [
            (0, 0),
            (49, 0),
            (50, 1),
            (64, 1),
            (65, 2),
            (79, 2),
            (80, 3),
            (100, 3),
        ];
        for (percent, rating) in expected {
            assert_eq!(band(percent, 100, BandOn::Rounded), rating, "{percent}%");
            assert_eq!(
                band(percent, 100, BandOn::Exact),
                rating,
                "{percent}% exactly"
            );
        }
    }

    #[test]
    fn a_share_just_under_a_boundary_depends_on_what_is_banded() {
        assert_eq!(band(795, 1_000, BandOn::Rounded), 3, "printed as 80%");
        assert_eq!(band(795, 1_000, BandOn::Exact), 2);
        assert_eq!(band(794, 1_000, BandOn::Rounded), 2, "printed as 79%");
    }

    #[test]
    fn the_distance_from_a_boundary_is_inclusive_on_both_sides() {
        let within =
            |part, whole, band_on| is_within(Share::new(part, whole).unwrap(), 5, 65, band_on);
        for (percent, expected) in [(59, false), (60, true), (65, true), (70, true), (71, false)] {
            assert_eq!(
                within(percent, 100, BandOn::Rounded),
                expected,
                "{percent}%"
            );
            assert_eq!(
                within(percent, 100, BandOn::Exact),
                expected,
                "{percent}% exactly"
            );
        }
        assert!(within(704, 1_000, BandOn::Rounded));
        assert!(!within(704, 1_000, BandOn::Exact));
    }
}
