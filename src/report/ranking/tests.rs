//! Providers side by side.

use super::super::Heading;
use super::super::fixture::{figure, rated_scorecard, scorecard};
use super::*;
use crate::rating::fixture::{north_west, rate_cases};

fn inspected(provider: &str, value: &str) -> Inspected {
    Inspected {
        heading: Heading {
            inspection: provider.into(),
            provider: provider.into(),
            period: "2023/24".into(),
            ..Heading::default()
        },
        national: provider == "Nation",
        framework: scorecard(),
        rating: rated_scorecard(value, 2),
    }
}

fn round() -> Vec<Inspected> {
    vec![
        inspected("West", "60.0"),
        inspected("Nation", "70.0"),
        inspected("East", "71.2"),
        inspected("North", "71.2"),
        inspected("South", "50.5"),
    ]
}

fn rows(report: &Report) -> Vec<String> {
    let rows = report.tables[0].rows.iter();
    rows.map(|row| {
        let shown: Vec<String> = row.cells.iter().map(Cell::shown).collect();
        shown.join(" | ")
    })
    .collect()
}

#[test]
fn each_provider_has_rank_quartile_and_its_difference_from_the_nation() {
    let report = ranking_report("Round", &round(), Some("m1"), &SortBy::Rank);
    assert_eq!(
        rows(&report),
        [
            "M1 | Engagement | East | % | 71.2 [p] | 1 | 1 | 70.0 | +1.2",
            "M1 | Engagement | North | % | 71.2 [p] | 1 | 1 | 70.0 | +1.2",
            "M1 | Engagement | West | % | 60.0 [p] | 3 | 3 | 70.0 | −10.0",
            "M1 | Engagement | South | % | 50.5 [p] | 4 | 4 | 70.0 | −19.5",
            "M1 | Engagement | Nation | % | 70.0 [p] | [x] | [x] | 70.0 | [x]",
        ]
    );
    let by_name = ranking_report("Round", &round(), Some("M1"), &SortBy::Provider);
    assert!(rows(&by_name)[2].contains("| South |"));
}

#[test]
fn less_is_better_where_the_measure_says_so_and_a_national_figure_of_the_measure_goes_first() {
    let mut round = round();
    round[0].rating.measures[1].value = Some(figure("0.5"));
    round[0].rating.measures[1].national = Some(figure("0.7"));
    let report = ranking_report("Round", &round, Some("M2"), &SortBy::Rank);
    let rows = rows(&report);
    assert_eq!(
        rows[0],
        "M2 | Stand downs | West | % | 0.5 | 1 | 1 | 0.7 | −0.2"
    );
    assert_eq!(
        rows[1],
        "M2 | Stand downs | East | % | 0.9 | 2 | 2 | 0.9 | 0.0"
    );
}

#[test]
fn an_unreliable_value_is_shown_and_takes_no_rank() {
    let report = ranking_report("Round", &round(), Some("M3"), &SortBy::Provider);
    assert_eq!(
        rows(&report)[0],
        "M3 | Interviews | East | % | 55.0 [z] | 55.0 | 0.0",
        "nobody is ranked, so there is no column of ranks"
    );
}

#[test]
fn all_together_measures_come_first_and_the_overall_score_last() {
    let report = ranking_report("Round", &round(), None, &SortBy::Provider);
    let rows = rows(&report);
    assert_eq!(rows.len(), 4 * 5);
    assert!(rows[15].starts_with("overall | Overall score | East | % | 83.3 | 1 | 1 | "));
    assert_eq!(report.tables[0].title, "Providers compared, 2023/24");
}

#[test]
fn questions_are_ranked_by_percent_yes_and_points_by_their_sum() {
    let (framework, tallies, judgements) = north_west();
    let rating = rate_cases(&framework, &tallies, &judgements).unwrap();
    let mut one = inspected("North", "1");
    (one.framework, one.rating) = (framework, rating);
    let report = ranking_report("Round", &[one.clone()], Some("2.1.1"), &SortBy::Rank);
    assert!(rows(&report)[0].ends_with("| North | % | 83 | 1"));
    let report = ranking_report("Round", &[one], Some("overall"), &SortBy::Rank);
    assert!(rows(&report)[0].ends_with("| North | points | 19 | 1"));
}

#[test]
fn where_nothing_has_a_figure_there_is_no_table() {
    let report = ranking_report("Round", &[], None, &SortBy::Provider);
    assert!(report.tables.is_empty());
    let mut one = inspected("North", "1");
    one.rating.measures[0].value = None;
    let report = ranking_report("Round", &[one], Some("M1"), &SortBy::Provider);
    assert!(report.tables.is_empty());
}

#[test]
fn points_of_a_published_rating_are_no_percent_and_never_held_against_a_share() {
    let mut round = round();
    for one in &mut round {
        one.rating.score = None;
    }
    let report = ranking_report("Round", &round, Some("overall"), &SortBy::Provider);
    assert_eq!(
        rows(&report)[0],
        "overall | Overall score | East | points | 2 | 1 | 1 | 2 | 0",
        "where only ratings are published, their points are compared"
    );
    round[0].rating.score = inspected("West", "60.0").rating.score;
    let report = ranking_report("Round", &round, Some("overall"), &SortBy::Provider);
    assert_eq!(
        rows(&report),
        [
            "overall | Overall score | East | % | [x] | [x]",
            "overall | Overall score | North | % | [x] | [x]",
            "overall | Overall score | South | % | [x] | [x]",
            "overall | Overall score | West | % | 83.3 | 1",
            "overall | Overall score | Nation | % | [x] | [x]",
        ]
    );
}
