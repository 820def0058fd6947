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

#[cfg(test)]
mod tests {
    use super::super::fixture::{framework, measure, parts, rate_standards};
    use super::super::rate_parts;
    use super::*;
    use crate::framework::{BandOn, Rating, Rule};
    use crate::rating::MeasureRating;
    use crate::rating::fixture::decimal;
    use crate::rating::parts::Figures;

    /// Measures with these weights and ratings.
    fn rate_weighted(framework: &Framework, weighted: &[(&str, Option<usize>)]) -> Outcome {
        let measures: Vec<MeasureRating> = weighted
            .iter()
            .zip(1..)
            .map(|((_, rating), number)| measure(&format!("M{number}"), *rating))
            .collect();
        let mut parts = parts(measures.iter().map(Figures::Measure));
        for (part, (weight, _)) in parts.list.iter_mut().zip(weighted) {
            part.weight = decimal(weight);
        }
        rate_parts(Rule::WeightedShare, framework, &parts, None)
    }

    fn percent(weighted: &[(&str, Option<usize>)]) -> String {
        let outcome = rate_weighted(&framework(), weighted);
        outcome.score.unwrap().percent.unwrap().to_string()
    }

    #[test]
    fn points_count_by_weight_and_the_reason_says_how_many() {
        let outcome = rate_weighted(
            &framework(),
            &[
                ("12.5", Some(2)),
                ("2.5", Some(0)),
                ("10", None),
                ("0.25", Some(3)),
            ],
        );
        assert_eq!(
            outcome.reason,
            "25.75 of 45.75 weighted points, 56.3% over 3 measures; M3 is not rated"
        );
        assert_eq!(outcome.rating, Some(Rating(0)));
        assert_eq!((outcome.rated_count, outcome.counted_count), (3, 4));
    }

    #[test]
    fn the_least_and_the_most_are_the_ends_of_the_scale() {
        let of = |rating| rate_standards(Rule::WeightedShare, &[Some(rating), Some(rating)]);
        assert_eq!(of(0).rating, Some(Rating(0)));
        assert_eq!(
            of(0).reason,
            "0 of 6 weighted points, 0.0% over 2 standards"
        );
        assert_eq!(of(3).rating, Some(Rating(3)));
        assert_eq!(
            of(3).reason,
            "6 of 6 weighted points, 100.0% over 2 standards"
        );
    }

    #[test]
    fn a_band_starts_at_its_lowest_percent_of_one_decimal() {
        // 3 points with one weight, none with the other: the weights are the share.
        let rating = |earned: &str, lost: &str| {
            let outcome = rate_weighted(&framework(), &[(earned, Some(3)), (lost, Some(0))]);
            outcome.rating.unwrap().0
        };
        assert_eq!(rating("59.9499", "40.0501"), 0, "59.9");
        assert_eq!(rating("59.95", "40.05"), 1, "a tie goes up: 60.0");
        assert_eq!(rating("73.2499", "26.7501"), 1, "73.2");
        assert_eq!(rating("73.25", "26.75"), 2, "73.3");
        assert_eq!(rating("86.5499", "13.4501"), 2, "86.5");
        assert_eq!(rating("86.55", "13.45"), 3, "86.6");
    }

    #[test]
    fn weights_near_a_half_do_not_drift() {
        // Exactly x.x5 with weights that no binary fraction holds, and one step of the least weight to either side.
        let many = |last: &str, lost: &str| {
            let mut weighted = vec![("0.0001", Some(3)); 9_999];
            weighted.push((last, Some(3)));
            weighted.push((lost, Some(0)));
            percent(&weighted)
        };
        // 0.9999 + 623.5001 = 624.5 of 1000.
        assert_eq!(many("623.5001", "375.5"), "62.5");
        assert_eq!(many("623.0001", "376"), "62.4");
        assert_eq!(many("623.5", "375.5001"), "62.4");
        assert_eq!(
            percent(&[("333333.3333", Some(1)), ("999999.9999", Some(1))]),
            "33.3"
        );
        assert_eq!(percent(&[("0.0001", Some(3)), ("1000000", Some(0))]), "0.0");
        assert_eq!(
            percent(&[("1000000", Some(3)), ("499.9999", Some(0))]),
            "100.0"
        );
        assert_eq!(percent(&[("999500", Some(3)), ("500", Some(0))]), "100.0");
        assert_eq!(
            percent(&[("999499.9999", Some(3)), ("500.0001", Some(0))]),
            "99.9"
        );
    }

    #[test]
    fn the_exact_share_is_banded_where_the_framework_says_so() {
        let mut framework = framework();
        let rating = |framework: &Framework| {
            let weighted = [("86.5999", Some(3)), ("13.4001", Some(0))];
            rate_weighted(framework, &weighted).rating
        };
        assert_eq!(rating(&framework), Some(Rating(3)), "printed as 86.6%");
        framework.share_bands.as_mut().unwrap().band_on = BandOn::Exact;
        assert_eq!(rating(&framework), Some(Rating(2)));
    }

    #[test]
    fn nothing_rated_gives_no_rating() {
        let outcome = rate_weighted(&framework(), &[("1", None)]);
        assert_eq!((outcome.rating, outcome.score), (None, None));
        assert_eq!(outcome.reason, "no measure is rated yet");
        let mut pointless = framework();
        for rating in &mut pointless.scale.0 {
            rating.points = 0;
        }
        assert_eq!(rate_weighted(&pointless, &[("1", Some(3))]).rating, None);
    }
}
