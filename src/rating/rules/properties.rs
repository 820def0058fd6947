//! Properties that hold for any measures, weights and values.

use crate::framework::{Better, Over, Rating, Rule};
use crate::model::Decimal;
use crate::rating::fixture::{Builder, rate_values, share_bands};
use crate::rating::{InspectionRating, Score};
use proptest::prelude::*;

/// One measure: which way is better, its weight in ten-thousandths, and its value in tenths where it has one.
type Given = (bool, i64, Option<i64>);

fn given() -> impl Strategy<Value = Vec<Given>> {
    let value = proptest::option::weighted(0.8, 0..1_000_i64);
    proptest::collection::vec((any::<bool>(), 1..50_000_i64, value), 1..8)
}

fn rule() -> impl Strategy<Value = Rule> {
    prop_oneof![
        Just(Rule::Lowest),
        Just(Rule::PointsTotal),
        Just(Rule::WeightedShare),
        Just(Rule::TargetsMet)
    ]
}

fn over() -> impl Strategy<Value = Over> {
    prop_oneof![Just(Over::Standards), Just(Over::Measures)]
}

/// One standard of these measures under a rule, which makes the whole as well.
fn rate_given(rule: Rule, over: Over, given: &[Given], factor: i64) -> InspectionRating {
    let mut builder = Builder::new();
    let ids: Vec<String> = (0..given.len()).map(|place| format!("M{place}")).collect();
    for ((higher, weight, _), id) in given.iter().zip(&ids) {
        let (better, starts) = match higher {
            true => (Better::Higher, ["40", "60", "80"]),
            false => (Better::Lower, ["60", "40", "20"]),
        };
        let measure = builder.measure(id, "%", Some(better)).target("50");
        let weight = Decimal::new(weight * factor, 4).to_string();
        builder = measure.weight(&weight).starts(starts);
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut framework = builder.standard("1", "All", rule).measures(&ids).framework;
    framework.share_bands = share_bands(["40.0", "60.0", "80.0"]);
    framework.met_bands = share_bands(["40.0", "60.0", "80.0"]);
    framework.overall.rule = rule;
    framework.overall.over = over;
    let values: Vec<String> = given
        .iter()
        .map(|(_, _, value)| {
            value.map_or_else(String::new, |value| Decimal::new(value, 1).to_string())
        })
        .collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    rate_values(&framework, &values)
}

/// The ratings and sums of the whole and of the standard, without their words.
fn figures(
    rating: &InspectionRating,
) -> (Option<Rating>, Option<Score>, Option<Rating>, Option<Score>) {
    let standard = &rating.standards[0];
    (
        rating.overall.as_ref().map(|overall| overall.rating),
        rating.score,
        standard.rating,
        standard.score,
    )
}

proptest! {
    #[test]
    fn the_order_of_measures_never_changes_the_rating(rule in rule(), over in over(), before in given(), turn in 0..8_usize) {
        let mut after = before.clone();
        let places = after.len();
        after.rotate_left(turn % places);
        after.swap(0, places - 1);
        let (before, after) = (rate_given(rule, over, &before, 1), rate_given(rule, over, &after, 1));
        prop_assert_eq!(figures(&before), figures(&after));
        prop_assert_eq!(before.targets, after.targets);
    }

    #[test]
    fn a_better_value_never_lowers_a_rating(rule in rule(), over in over(), before in given(), place in 0..8_usize, by in 0..500_i64) {
        let mut after = before.clone();
        let place = place % after.len();
        let (higher, _, value) = &mut after[place];
        *value = value.map(|value| if *higher { value + by } else { value - by });
        let (before, after) = (rate_given(rule, over, &before, 1), rate_given(rule, over, &after, 1));
        prop_assert!(figures(&before).0 <= figures(&after).0);
        prop_assert!(figures(&before).2 <= figures(&after).2);
        prop_assert!(before.targets.met <= after.targets.met);
    }

    #[test]
    fn weights_times_a_constant_change_nothing(given in given(), factor in 1..1_000_i64) {
        let rate = |factor| rate_given(Rule::WeightedShare, Over::Measures, &given, factor);
        let (once, times) = (rate(1), rate(factor));
        prop_assert_eq!(once.overall, times.overall);
        let percent = |score: Option<Score>| score.and_then(|score| score.percent);
        prop_assert_eq!(percent(once.score), percent(times.score));
    }

    #[test]
    fn a_measure_without_a_value_is_as_if_the_framework_had_none(rule in rule(), given in given()) {
        let known: Vec<Given> = given.iter().copied().filter(|(_, _, value)| value.is_some()).collect();
        let (all, known) = (rate_given(rule, Over::Measures, &given, 1), rate_given(rule, Over::Measures, &known, 1));
        prop_assert_eq!(figures(&all), figures(&known));
        prop_assert_eq!(all.targets, known.targets);
    }

    #[test]
    fn the_percent_of_a_weighted_share_is_that_of_whole_numbers(given in given()) {
        let rating = rate_given(Rule::WeightedShare, Over::Measures, &given, 1);
        let (mut earned, mut max) = (0_i64, 0_i64);
        for ((_, weight, _), measure) in given.iter().zip(&rating.measures) {
            if let Some(Rating(points)) = measure.rating {
                earned += weight * i64::try_from(points).unwrap();
                max += weight * 3;
            }
        }
        let tenths = (max > 0).then(|| (2_000 * earned + max) / (2 * max));
        let percent = tenths.map(|tenths| Decimal::new(tenths, 1));
        prop_assert_eq!(rating.score.and_then(|score| score.percent), percent);
    }
}
