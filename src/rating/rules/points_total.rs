//! The mean of the points of the rated parts falls to the nearest rating of the scale.
//!
//! Source: published results of the North West division, 2018: 19 of 30 points are Good. Ties: a mean half way between two ratings
//! falls to the lower. Nothing is rounded: whole numbers are compared. Parts without a rating leave the total and are named;
//! without any part that has one there is no rating. Must not know weights.

use super::{Outcome, leave_unrated, over_parts};
use crate::framework::{Framework, Rating, Scale};
use crate::model::Decimal;
use crate::rating::parts::{Part, Parts};
use crate::rating::{Score, words};

/// Rates by the mean of points.
pub(super) fn rate(framework: &Framework, parts: &Parts<'_>, counted: Outcome) -> Outcome {
    let scale = &framework.scale;
    let rated_count = counted.rated_count;
    if rated_count == 0 {
        return leave_unrated(parts, counted);
    }
    let ratings = parts.list.iter().filter_map(Part::rating);
    let points = ratings.fold(0_u64, |sum, rating| {
        sum.saturating_add(scale.points(rating))
    });
    let max = rated_count.saturating_mul(scale.max_points());
    let figures = format!(
        "{} of {} {}",
        words::count(points),
        words::count(max),
        if max == 1 { "point" } else { "points" }
    );
    Outcome {
        rating: Some(rate_mean(scale, points, rated_count)),
        score: Some(Score {
            earned: Decimal::from(points),
            max: Decimal::from(max),
            percent: None,
        }),
        reason: over_parts(&figures, parts, rated_count),
        ..counted
    }
}

/// The rating whose points lie nearest to the mean of `count` parts; a tie between two falls to the lower.
///
/// On points 0 to 3: Inadequate while 2·points ≤ n, Requires improvement while 2·points ≤ 3n, Good while 2·points ≤ 5n.
fn rate_mean(scale: &Scale, points: u64, count: u64) -> Rating {
    let middles = scale.0.windows(2).map(|pair| {
        pair.iter()
            .map(|rating| u128::from(rating.points))
            .sum::<u128>()
    });
    let is_at_most =
        |middle: u128| u128::from(points) * 2 <= u128::from(count).saturating_mul(middle);
    let place = middles.into_iter().position(is_at_most);
    Rating(place.unwrap_or(scale.0.len().saturating_sub(1)))
}
