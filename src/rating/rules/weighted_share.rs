//! The points of the rated parts, each times its weight, as a share of the most that they could have, against `[share_bands]`.
//!
//! Source: the Probation Scorecard of 2023/24 gives the share of the maximum possible and its bands; it does not publish weights.
//! Rounding: once, to one decimal of a percent, half up, in whole numbers; the rounded percent is banded, or the exact share where
//! the framework says so. Ties: a band starts at its lowest percent, inclusive. Parts without a rating leave both sums and are
//! named; without any part that has one there is no rating. Must not know why a part has its weight.

use super::{Outcome, leave_unrated, over_parts};
use crate::framework::Framework;
use crate::model::Decimal;
use crate::rating::parts::Parts;
use crate::rating::share_band::ExactShare;
use crate::rating::{Score, words};

/// With how many decimals weights count.
pub(in crate::rating) const WEIGHT_DECIMALS: u32 = 4;

/// Rates by the weighted share.
pub(super) fn rate(framework: &Framework, parts: &Parts<'_>, counted: Outcome) -> Outcome {
    let Some((earned, max, share)) = add_up(framework, parts) else {
        return leave_unrated(parts, counted);
    };
    let percent = share.percent();
    let figures = format!(
        "{} of {} weighted points, {percent}%",
        words::figure(earned),
        words::figure(max)
    );
    Outcome {
        rating: framework
            .share_bands
            .as_ref()
            .map(|bands| share.band(bands)),
        score: Some(Score {
            earned,
            max,
            percent: Some(percent),
        }),
        reason: over_parts(&figures, parts, counted.rated_count),
        ..counted
    }
}

/// What the rated parts earned, what they could have earned, and the one as a share of the other; `None` without rated parts.
fn add_up(framework: &Framework, parts: &Parts<'_>) -> Option<(Decimal, Decimal, ExactShare)> {
    let scale = &framework.scale;
    let max_points = Decimal::from(scale.max_points());
    let (mut earned, mut max) = (Decimal::ZERO, Decimal::ZERO);
    for part in &parts.list {
        let Some(rating) = part.rating() else {
            continue;
        };
        let points = Decimal::from(scale.points(rating));
        earned = earned.checked_add(part.weight.checked_mul(points)?)?;
        max = max.checked_add(part.weight.checked_mul(max_points)?)?;
    }
    let share = ExactShare::new(in_least_weights(earned)?, in_least_weights(max)?)?;
    Some((earned.normalize(), max.normalize(), share))
}

/// Points as a multiple of the least weight: a whole number, because weights have at most four decimals.
fn in_least_weights(points: Decimal) -> Option<u128> {
    let multiple = points.checked_mul(Decimal::from(10_u32.pow(WEIGHT_DECIMALS)))?;
    u128::try_from(multiple).ok()
}
