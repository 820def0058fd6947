//! A value against its target and the national figure, by distances in the measure's unit on the better side, inclusive.
//!
//! Source: the Probation Trust Rating System of 2013/14 holds each metric against its target and, where appropriate, the national
//! average. The best rating whose every stated distance is reached is given; a value that reaches none has the worst rating. Where
//! a figure that a distance is stated from is missing, the value has the rating that it would have whatever that figure were; if
//! there is no such rating, it is not rated: what is missing is neither 0 nor missed. Must not know a value's unit.

use super::lead;
use crate::framework::{Better, Distance, Rating};
use crate::model::Decimal;
use crate::rating::MeasureRating;

/// The rating by distances, which run from the second worst rating to the best.
pub(super) fn grade(
    figures: &MeasureRating,
    distances: &[Distance],
    better: Better,
) -> (Option<Rating>, String) {
    let lead_over = |other: Option<Decimal>| lead(figures.value?, other?, better);
    let leads = [figures.target, figures.national].map(|other| (other.is_some(), lead_over(other)));
    // The best rating reached if every missing figure were as low as can be, or as high.
    let best = |is_missing_reached: bool| {
        let is_reached = |(is_known, lead): (bool, Option<Decimal>), distance: Option<Decimal>| {
            distance.is_none_or(|distance| {
                if is_known {
                    lead.is_some_and(|lead| lead >= distance)
                } else {
                    is_missing_reached
                }
            })
        };
        let [target, national] = leads;
        let reached = distances.iter().rposition(|distance| {
            is_reached(target, distance.target) && is_reached(national, distance.national)
        });
        Rating(reached.map_or(0, |place| place + 1))
    };
    let rating = best(true);
    if rating == best(false) {
        return (Some(rating), String::new());
    }
    let asks_target = distances.iter().any(|distance| distance.target.is_some());
    let missing = if figures.target.is_none() && asks_target {
        "no target"
    } else {
        "no national figure"
    };
    (None, format!("{missing}: not rated"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str) -> Option<Decimal> {
        crate::model::parse_figure(text)
    }

    fn figures(value: &str, target: &str, national: &str) -> MeasureRating {
        MeasureRating {
            value: figure(value),
            target: figure(target),
            national: figure(national),
            ..MeasureRating::default()
        }
    }

    /// Worst; from 10 under the target; from the target; from 5 over it and not under the national figure.
    fn rate(value: &str, target: &str, national: &str, better: Better) -> Result<usize, String> {
        let distance = |target: &str, national: &str| Distance {
            target: figure(target),
            national: figure(national),
        };
        let distances = [distance("-10", ""), distance("0", ""), distance("5", "0")];
        let (rating, reason) = grade(&figures(value, target, national), &distances, better);
        rating.map(|rating| rating.0).ok_or(reason)
    }

    #[test]
    fn every_stated_distance_must_be_reached_inclusive() {
        for (value, national, rating) in [
            ("59.9", "70.0", 0),
            ("60.0", "70.0", 1),
            ("69.9", "70.0", 1),
            ("70.0", "70.0", 2),
            ("74.9", "70.0", 2),
            ("75.0", "70.0", 3),
            ("75.0", "75.0", 3),
            ("75.0", "75.1", 2),
        ] {
            assert_eq!(rate(value, "70.0", national, Better::Higher), Ok(rating));
        }
    }

    #[test]
    fn where_lower_is_better_the_better_side_is_below() {
        for (value, rating) in [("31", 0), ("30", 1), ("20", 2), ("16", 2), ("15", 3)] {
            assert_eq!(rate(value, "20", "18", Better::Lower), Ok(rating));
        }
        assert_eq!(rate("15", "20", "14", Better::Lower), Ok(2));
    }

    #[test]
    fn without_the_figure_that_a_distance_is_stated_from_nothing_is_rated() {
        let missing = |words: &str| Err(format!("{words}: not rated"));
        assert_eq!(rate("75", "", "70", Better::Higher), missing("no target"));
        assert_eq!(
            rate("75", "70", "", Better::Higher),
            missing("no national figure")
        );
        assert_eq!(
            rate("75", "", "", Better::Higher),
            missing("no target"),
            "each of the two could decide"
        );
        let only_target = [Distance {
            target: figure("0"),
            national: None,
        }];
        let (rating, _) = grade(&figures("75", "70", ""), &only_target, Better::Higher);
        assert_eq!(rating, Some(Rating(1)), "nobody asked for it");
    }

    #[test]
    fn a_missing_figure_that_could_change_nothing_is_not_missed() {
        let missing = || Err("no national figure: not rated".to_owned());
        for (value, rating) in [
            ("59.9", Ok(0)),
            ("60.0", Ok(1)),
            ("70.0", Ok(2)),
            ("74.9", Ok(2)),
            ("75.0", missing()),
        ] {
            assert_eq!(rate(value, "70.0", "", Better::Higher), rating, "{value}");
        }
        assert_eq!(rate("31", "20", "", Better::Lower), Ok(0));
        assert_eq!(rate("15", "20", "", Better::Lower), missing());
    }
}
