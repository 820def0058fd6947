//! The mean of the points of the rated parts falls to the nearest rating of the scale.
//!
//! Source: published results of the North West division, 2018, where 19 of 30 points are the second best of four ratings. Ties: a
//! mean half way between two ratings falls to the lower. Nothing is rounded: whole numbers are compared. Parts without a rating leave
//! the total and are named; without any part that has one there is no rating. Must not know weights.

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

/// Which totals over `count` parts give each rating, worst to best: the lowest and the highest; `None` for a rating that no total
/// gives, and for every rating when nothing is counted.
#[must_use]
pub fn totals_of_ratings(scale: &Scale, count: u64) -> Vec<Option<(u64, u64)>> {
    let least = scale.0.first().map_or(0, |rating| rating.points);
    let most = scale.max_points().saturating_mul(count);
    let mut next = least.saturating_mul(count);
    let places = 0..scale.0.len();
    let totals = places.map(|place| {
        if count == 0 || next > most || rate_mean(scale, next, count) > Rating(place) {
            return None;
        }
        let (mut last, mut beyond) = (next, most.saturating_add(1));
        while beyond - last > 1 {
            let middle = last + (beyond - last) / 2;
            if rate_mean(scale, middle, count) > Rating(place) {
                beyond = middle;
            } else {
                last = middle;
            }
        }
        let range = (next, last);
        next = beyond;
        Some(range)
    });
    totals.collect()
}

/// The rating whose points lie nearest to the mean of `count` parts; a tie between two falls to the lower.
///
/// On points 0 to 3: the worst rating while 2·points ≤ n, the next while 2·points ≤ 3n, the third while 2·points ≤ 5n.
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

#[cfg(test)]
mod tests {
    use super::super::fixture::{framework, measure, parts, rate_standards};
    use super::super::rate_parts;
    use super::*;
    use crate::framework::Rule;
    use crate::rating::parts::Figures;

    fn rate_ratings(ratings: &[Option<usize>]) -> Outcome {
        rate_standards(Rule::PointsTotal, ratings)
    }

    #[test]
    fn ten_standards_fall_to_their_published_totals() {
        for points in 0..=30 {
            let ratings: Vec<Option<usize>> =
                (0..10).map(|place| Some((points + place) / 10)).collect();
            let outcome = rate_ratings(&ratings);
            let expected = match points {
                0..=5 => 0,
                6..=15 => 1,
                16..=25 => 2,
                _ => 3,
            };
            assert_eq!(outcome.rating, Some(Rating(expected)), "{points} points");
            let reason = format!("{points} of 30 points over 10 standards");
            assert_eq!(outcome.reason, reason);
        }
    }

    #[test]
    fn an_unrated_part_leaves_the_total_and_is_named() {
        let outcome = rate_ratings(&[Some(3), None, None]);
        let score = outcome.score.unwrap();
        assert_eq!(
            (score.earned, score.max),
            (Decimal::from(3), Decimal::from(3))
        );
        assert_eq!((outcome.rated_count, outcome.counted_count), (1, 3));
        assert_eq!(outcome.rating, Some(Rating(3)));
        assert_eq!(
            outcome.reason,
            "3 of 3 points over 1 standard; 2 and 3 are not rated"
        );
    }

    #[test]
    fn nothing_rated_gives_no_rating() {
        for ratings in [&[][..], &[None, None]] {
            let outcome = rate_ratings(ratings);
            assert_eq!((outcome.rating, outcome.score), (None, None));
            assert_eq!(outcome.reason, "no standard is rated yet");
        }
    }

    #[test]
    fn measures_are_parts_as_standards_are() {
        let measures = [measure("M1", Some(1)), measure("M2", Some(2))];
        let parts = parts(measures.iter().map(Figures::Measure));
        let outcome = rate_parts(Rule::PointsTotal, &framework(), &parts, None);
        assert_eq!(outcome.rating, Some(Rating(1)), "half way: the lower");
        assert_eq!(outcome.reason, "3 of 6 points over 2 measures");
    }

    #[test]
    fn a_scale_with_uneven_points_splits_half_way_between_its_ratings() {
        let mut uneven = framework().scale;
        for (rating, points) in uneven.0.iter_mut().zip([1, 2, 6, 10]) {
            rating.points = points;
        }
        assert_eq!(
            rate_mean(&uneven, 8, 2),
            Rating(1),
            "4.0 lies half way: the lower"
        );
        assert_eq!(rate_mean(&uneven, 9, 2), Rating(2));
        assert_eq!(rate_mean(&uneven, 17, 2), Rating(3));
    }

    #[test]
    fn totals_of_ratings_are_the_published_ones_for_ten_standards() {
        let mut scale = framework().scale;
        let totals = totals_of_ratings(&scale, 10);
        assert_eq!(
            totals,
            [Some((0, 5)), Some((6, 15)), Some((16, 25)), Some((26, 30))]
        );
        assert_eq!(
            totals_of_ratings(&scale, 1),
            [Some((0, 0)), Some((1, 1)), Some((2, 2)), Some((3, 3))]
        );
        assert_eq!(totals_of_ratings(&scale, 0), [None; 4]);
        for (rating, points) in scale.0.iter_mut().zip([1, 2, 6, 10]) {
            rating.points = points;
        }
        assert_eq!(
            totals_of_ratings(&scale, 2),
            [Some((2, 3)), Some((4, 8)), Some((9, 16)), Some((17, 20))]
        );
        assert_eq!(totals_of_ratings(&Scale(Vec::new()), 10), []);
    }
}
