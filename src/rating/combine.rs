//! From key questions to a standard, and from standards to the overall rating.
//!
//! Sources: published results of the North West division, 2018 (the lowest key question decides; points total).
//! Must not know how discretion is flagged (`discretion`) or how anything is printed.

use super::band::compare_shares;
use super::{OverallRating, QuestionRating, Score, StandardRating};
use crate::framework::{BandOn, Rating, Scale};
use crate::model::Decimal;

/// Which key question decides: the lowest by rating, then by the figure that is banded, then the first. `None` when none has
/// a rating.
pub(super) fn lowest_question(questions: &[QuestionRating], band_on: BandOn) -> Option<usize> {
    let rated = questions
        .iter()
        .enumerate()
        .filter_map(|(place, question)| Some((question.rating?, question.tally.share()?, place)));
    let lowest = rated.min_by(|(one, one_share, _), (other, other_share, _)| {
        let by_share = || compare_shares(*one_share, *other_share, band_on);
        one.cmp(other).then_with(by_share)
    });
    lowest.map(|(_, _, place)| place)
}

/// The overall rating by points over the standards that are counted and rated; `None` when there is none.
pub(super) fn total_points(
    scale: &Scale,
    standards: &[StandardRating],
) -> Option<(OverallRating, Score)> {
    let counted = || standards.iter().filter(|standard| standard.counted);
    let rated: Vec<Rating> = counted().filter_map(|standard| standard.rating).collect();
    let rated_count = as_count(rated.len());
    let points = rated.iter().fold(0_u64, |sum, rating| {
        sum.saturating_add(scale.points(*rating))
    });
    let overall = OverallRating {
        rating: rate_mean(scale, points, rated_count),
        judged: false,
        moved_from: None,
        rated_count,
        counted_count: as_count(counted().count()),
    };
    let score = Score {
        earned: Decimal::from(points),
        max: Decimal::from(rated_count.saturating_mul(scale.max_points())),
        percent: None,
    };
    (rated_count > 0).then_some((overall, score))
}

/// The rating whose points lie nearest to the mean of `count` standards; a tie between two falls to the lower.
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

fn as_count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Builder, rated_standard, tally};
    use super::*;

    fn scale() -> Scale {
        Builder::new().framework.scale
    }

    /// Ten standards whose points add up to `points`.
    fn overall_of(points: usize) -> (OverallRating, Score) {
        let standards: Vec<StandardRating> = (0..10)
            .map(|place| rated_standard(Some((points + place) / 10)))
            .collect();
        total_points(&scale(), &standards).unwrap()
    }

    #[test]
    fn ten_standards_fall_to_their_published_totals() {
        for points in 0..=30 {
            let (overall, score) = overall_of(points);
            assert_eq!(score.earned, Decimal::from(points));
            let expected = match points {
                0..=5 => 0,
                6..=15 => 1,
                16..=25 => 2,
                _ => 3,
            };
            assert_eq!(overall.rating, Rating(expected), "{points} points");
            assert_eq!((score.max, overall.rated_count), (Decimal::from(30), 10));
        }
    }

    #[test]
    fn an_unrated_or_uncounted_standard_leaves_the_total() {
        let mut uncounted = rated_standard(Some(0));
        uncounted.counted = false;
        let standards = [rated_standard(Some(3)), rated_standard(None), uncounted];
        let (overall, score) = total_points(&scale(), &standards).unwrap();
        assert_eq!(
            (score.earned, score.max),
            (Decimal::from(3), Decimal::from(3))
        );
        assert_eq!((overall.rated_count, overall.counted_count), (1, 2));
        assert_eq!(overall.rating, Rating(3));
    }

    #[test]
    fn nothing_rated_gives_no_overall_rating() {
        assert_eq!(total_points(&scale(), &[]), None);
        assert_eq!(total_points(&scale(), &[rated_standard(None)]), None);
    }

    #[test]
    fn a_scale_with_uneven_points_splits_half_way_between_its_ratings() {
        let mut uneven = scale();
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
    fn the_lowest_question_is_found_by_rating_then_percent_then_order() {
        let question = |rating, (yes, no)| QuestionRating {
            rating: Some(Rating(rating)),
            tally: tally(yes, no),
            ..QuestionRating::default()
        };
        let questions = [
            QuestionRating::default(),
            question(2, (71, 29)),
            question(2, (704, 296)),
            question(2, (696, 304)),
            question(2, (348, 152)),
            question(3, (90, 10)),
        ];
        let lowest = |band_on| lowest_question(&questions, band_on);
        assert_eq!(lowest(BandOn::Rounded), Some(2), "all three print as 70%");
        assert_eq!(lowest(BandOn::Exact), Some(3), "69.6% is lower than 70.4%");
        assert_eq!(lowest_question(&questions[..1], BandOn::Exact), None);
        assert_eq!(lowest_question(&[], BandOn::Rounded), None);
    }
}
