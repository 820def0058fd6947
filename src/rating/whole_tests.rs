//! Measures, sums of standards, published ratings and moderation in whole frameworks.

use super::fixture::{
    Builder, decimal, judgement, moderation, rate_values, sample, share_bands, value,
};
use super::*;
use crate::framework::{BandOn, Better, Over, Rating};
use crate::model::{Measurement, SampleTallies};

const HIGHER: Option<Better> = Some(Better::Higher);
const STARTS: [&str; 3] = ["60", "70", "80"];

/// Three graded measures with targets and one that is only watched; two standards of them that a third sums up.
fn scorecard() -> Framework {
    let mut builder = Builder::new();
    for id in ["M1", "M2", "M3"] {
        builder = builder.measure(id, "%", HIGHER).target("70").starts(STARTS);
    }
    let mut framework = builder
        .measure("M4", "days", None)
        .standard("1", "All", Rule::Lowest)
        .sums_up(&[1, 2])
        .standard("2", "Work", Rule::WeightedShare)
        .measures(&["M1", "M2"])
        .standard("3", "Staff", Rule::TargetsMet)
        .measures(&["M2", "M3", "M4"])
        .framework;
    framework.standards[1].counted = false;
    framework.share_bands = share_bands(["60.0", "73.3", "86.6"]);
    framework.overall.rule = Rule::WeightedShare;
    framework.overall.over = Over::Measures;
    framework
}

fn reasons(rating: &InspectionRating) -> Vec<&str> {
    let standards = rating.standards.iter();
    standards.map(|standard| standard.reason.as_str()).collect()
}

#[test]
fn a_standard_sums_up_others_that_stand_after_it() {
    let rating = rate_values(&scorecard(), &["85", "65", "70", "12"]);
    assert_eq!(
        reasons(&rating),
        [
            "lowest is 2 Work",
            "4 of 6 weighted points, 66.7% over 2 measures",
            "1 of 2 targets met; 1 has no target",
        ],
        "a standard that only counts is no part that could be rated"
    );
    assert_eq!(rating.standards[0].rating, Some(Rating(1)));
    assert_eq!(
        rating.standards[0].targets,
        TargetCount {
            with_target: 3,
            met: 2,
            ..TargetCount::default()
        },
        "M2 stands in both and counts once"
    );
}

#[test]
fn the_whole_over_measures_takes_each_once_and_those_below_sums_too() {
    let mut framework = scorecard();
    let rating = rate_values(&framework, &["85", "65", "", "12"]);
    assert_eq!(
        rating.overall_reason,
        "4 of 6 weighted points, 66.7% over 2 measures; M3 is not rated"
    );
    let overall = rating.overall.unwrap();
    assert_eq!((overall.rated_count, overall.counted_count), (2, 3));
    assert_eq!(rating.targets.with_target, 2);
    framework.overall.rule = Rule::TargetsMet;
    let counted = rate_values(&framework, &["85", "65", "", "12"]);
    assert_eq!(
        counted.overall_reason,
        "1 of 2 targets met; 1 has no target; 1 is not available"
    );
    assert_eq!((counted.overall, counted.score), (None, None));
}

#[test]
fn no_measurements_at_all_are_none_recorded() {
    let rating = rate_values(&scorecard(), &[]);
    assert_eq!(rating.measures.len(), 4);
    assert_eq!(rating.measures[0].reason, "not available");
    assert_eq!(rating.overall_reason, "no measure is rated yet");
    assert_eq!(rating.overall, None);
}

/// A key question, and a measure that takes its percent yes.
fn audited() -> Framework {
    Builder::new()
        .sample("s", "case")
        .measure("M1", "%", HIGHER)
        .target("80")
        .starts(STARTS)
        .percent_yes_of("2.1.1a")
        .rated("2.1", "Assessment")
        .question("2.1.1", "s", "?")
        .prompt("a", "s", "?")
        .measures(&["M1"])
        .framework
}

fn rate_audited(answers: &[(u64, u64)], recorded: Measurement) -> InspectionRating {
    let tallies = [sample(40, answers)];
    let evidence = Evidence {
        tallies: &tallies,
        measurements: &[Some(recorded)],
        ..Evidence::default()
    };
    rate_inspection(&audited(), &evidence).unwrap()
}

#[test]
fn a_measure_takes_its_value_from_the_percent_yes_of_a_question() {
    let recorded = Measurement {
        previous: Some(decimal("75.5")),
        ..value("12")
    };
    let rating = rate_audited(&[(38, 2), (31, 5)], recorded);
    let measure = &rating.measures[0];
    assert_eq!(measure.value, Some(decimal("86.0")), "whole percent first");
    assert_eq!(measure.observations, Some(36));
    assert_eq!(measure.taken_from, "percent yes of 2.1.1a");
    assert_eq!(measure.change, Some(decimal("10.5")));
    let standard = &rating.standards[0];
    assert_eq!(standard.reason, "lowest is 2.1.1, 95% of 40 cases");
    assert_eq!(standard.lowest, Some(0));
}

#[test]
fn without_answers_such_a_measure_is_not_available_whatever_was_recorded() {
    let rating = rate_audited(&[(38, 2), (0, 0)], value("12"));
    let measure = &rating.measures[0];
    assert_eq!((measure.value, measure.observations), (None, None));
    assert_eq!(
        rating.standards[0].reason,
        "lowest is 2.1.1, 95% of 40 cases; M1 is not rated"
    );
}

#[test]
fn where_a_measure_decides_no_question_is_named_and_one_case_can_still_lower() {
    let rating = rate_audited(&[(32, 8), (28, 12)], Measurement::default());
    let standard = &rating.standards[0];
    assert_eq!(standard.reason, "lowest is M1, 70.0% (Good)");
    assert_eq!((standard.lowest, standard.discretion.len()), (None, 0));
    let rating = rate_audited(&[(2, 1), (28, 12)], Measurement::default());
    let standard = &rating.standards[0];
    assert_eq!(standard.lowest, Some(0), "a question goes before a measure");
    let flags = &standard.discretion;
    let to = |title| format!("one case judged differently would change the rating to {title}");
    assert!(flags.contains(&to("Inadequate")), "{flags:?}");
    assert!(
        !flags.contains(&to("Outstanding")),
        "the measure holds it at Good"
    );
}

fn rate_whole_of(
    framework: &Framework,
    values: &[&str],
    judgements: &[Judgement],
    moderation: Option<&Moderation>,
) -> InspectionRating {
    let measurements: Vec<Option<Measurement>> =
        values.iter().map(|text| Some(value(text))).collect();
    let evidence = Evidence {
        measurements: &measurements,
        judgements,
        moderation,
        ..Evidence::default()
    };
    rate_inspection(framework, &evidence).unwrap()
}

#[test]
fn a_published_rating_is_shown_alone_or_beside_the_computed_one() {
    let mut framework = scorecard();
    framework.overall.given = true;
    let published = [judgement(OVERALL, 2)];
    let alone = rate_whole_of(&framework, &[], &published, None);
    assert_eq!(
        alone.overall_reason,
        "published rating: evidence on overall"
    );
    let overall = alone.overall.unwrap();
    assert_eq!((overall.rating, overall.judged), (Rating(2), true));
    let both = rate_whole_of(&framework, &["85", "65", "70", "1"], &published, None);
    assert_eq!(
        both.overall_reason,
        "6 of 9 weighted points, 66.7% over 3 measures, which gives Requires improvement; published rating: evidence on overall"
    );
    assert_eq!(both.overall.unwrap().moved_from, Some(Rating(1)));
    assert!(both.score.is_some());
    framework.overall.rule = Rule::None;
    let missing = rate_whole_of(&framework, &[], &[], None);
    assert_eq!(
        missing.overall_reason,
        "the published rating is not recorded"
    );
}

#[test]
fn moderation_moves_the_data_driven_or_the_published_rating() {
    let mut framework = scorecard();
    framework.overall.given = true;
    framework.overall.moderation = true;
    let values = ["85", "65", "70", "1"];
    let accepted = moderation(3, Some(true));
    let data_driven = rate_whole_of(&framework, &values, &[], Some(&accepted));
    let overall = data_driven.overall.unwrap();
    assert_eq!(
        (overall.rating, overall.moved_from),
        (Rating(3), Some(Rating(1)))
    );
    assert_eq!(data_driven.moderation, Some(accepted.clone()));
    let published = [judgement(OVERALL, 2)];
    let both = rate_whole_of(&framework, &values, &published, Some(&accepted));
    assert_eq!(both.overall.unwrap().moved_from, Some(Rating(2)));
    let nothing = rate_whole_of(&framework, &[], &[], Some(&accepted));
    assert_eq!(nothing.overall, None);
    assert_eq!(nothing.overall_reason, "no measure is rated yet");
}

#[test]
fn a_panel_moves_a_standard_of_measures_and_people_judge_beside_measures() {
    let mut framework = scorecard();
    let values = ["85", "65", "70", "1"];
    let moved = rate_whole_of(&framework, &values, &[judgement("2", 2)], None);
    assert_eq!(
        moved.standards[1].reason,
        "4 of 6 weighted points, 66.7% over 2 measures; panel moved it from Requires improvement: evidence on 2"
    );
    assert_eq!(
        moved.standards[0].rating,
        Some(Rating(2)),
        "the sum follows"
    );
    framework.standards[1].rule = Rule::Judged;
    let judged = rate_whole_of(&framework, &values, &[judgement("2", 0)], None);
    assert!(judged.standards[1].judged);
    assert_eq!(judged.standards[0].rating, Some(Rating(0)));
    assert_eq!(
        judged.overall_reason, "6 of 9 weighted points, 66.7% over 3 measures",
        "its measures count all the same"
    );
}

#[test]
fn a_framework_that_rates_nothing_needs_no_scale() {
    let mut framework = Builder::new()
        .measure("M1", "%", HIGHER)
        .target("70")
        .standard("1", "Output", Rule::TargetsMet)
        .measures(&["M1"])
        .framework;
    framework.scale.0.clear();
    framework.bands = None;
    framework.overall.rule = Rule::TargetsMet;
    let rating = rate_values(&framework, &["70"]);
    assert_eq!(rating.overall_reason, "1 of 1 target met");
    assert_eq!(reasons(&rating), ["1 of 1 target met"]);
}

#[test]
fn a_group_without_a_rule_shows_its_questions_with_their_bands() {
    let framework = Builder::new()
        .sample("s", "case")
        .standard("2.1", "Assessment", Rule::None)
        .question("2.1.1", "s", "?")
        .framework;
    let tallies = [sample(10, &[(7, 3)])];
    let evidence = Evidence {
        tallies: &tallies,
        ..Evidence::default()
    };
    let rating = rate_inspection(&framework, &evidence).unwrap();
    let standard = &rating.standards[0];
    assert_eq!((standard.rating, standard.judged), (None, false));
    assert_eq!(standard.questions[0].rating, Some(Rating(2)));
    assert_eq!(rating.overall_reason, "no standard is rated yet");
}

#[test]
fn the_bands_of_key_questions_decide_ties_exactly_where_they_are_exact() {
    let mut framework = Builder::new()
        .sample("s", "case")
        .rated("2.1", "Assessment")
        .question("2.1.1", "s", "?")
        .question("2.1.2", "s", "?")
        .framework;
    let tallies = [sample(1_000, &[(704, 296), (696, 304)])];
    let lowest = |framework: &Framework, tallies: &[SampleTallies]| {
        let evidence = Evidence {
            tallies,
            ..Evidence::default()
        };
        rate_inspection(framework, &evidence).unwrap().standards[0].lowest
    };
    assert_eq!(lowest(&framework, &tallies), Some(0), "both print as 70%");
    framework.bands.as_mut().unwrap().band_on = BandOn::Exact;
    assert_eq!(lowest(&framework, &tallies), Some(1));
}
