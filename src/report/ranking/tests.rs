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
            "East | 71.2 [p] | 1 | 1 | 70.0 | +1.2",
            "North | 71.2 [p] | 1 | 1 | 70.0 | +1.2",
            "West | 60.0 [p] | 3 | 3 | 70.0 | −10.0",
            "South | 50.5 [p] | 4 | 4 | 70.0 | −19.5",
            "Nation | 70.0 [p] | [x] | [x] | 70.0 | [x]",
        ]
    );
    let by_name = ranking_report("Round", &round(), Some("M1"), &SortBy::Provider);
    assert!(rows(&by_name)[2].starts_with("South |"));
}

#[test]
fn less_is_better_where_the_measure_says_so_and_a_national_figure_of_the_measure_goes_first() {
    let mut round = round();
    round[0].rating.measures[1].value = Some(figure("0.5"));
    round[0].rating.measures[1].national = Some(figure("0.7"));
    let report = ranking_report("Round", &round, Some("M2"), &SortBy::Rank);
    let rows = rows(&report);
    assert_eq!(rows[0], "West | 0.5 | 1 | 1 | 0.7 | −0.2");
    assert_eq!(rows[1], "East | 0.9 | 2 | 2 | 0.9 | 0.0");
}

#[test]
fn an_unreliable_value_is_shown_and_takes_no_rank() {
    let report = ranking_report("Round", &round(), Some("M3"), &SortBy::Provider);
    assert_eq!(
        rows(&report)[0],
        "East | 55.0 [z] | 55.0 | 0.0",
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
    assert!(rows(&report)[0].starts_with("North | 83 | 1"));
    let report = ranking_report("Round", &[one], Some("overall"), &SortBy::Rank);
    assert!(rows(&report)[0].starts_with("North | 19 | 1"));
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
fn what_all_rows_are_about_stands_above_the_table_and_in_files() {
    let report = ranking_report("Round", &round(), Some("M1"), &SortBy::Rank);
    let table = &report.tables[0];
    assert_eq!(table.scope, "Round: M1 Engagement (%)");
    let shared: Vec<(&str, &str)> = table
        .shared
        .iter()
        .map(|(column, words)| (column.id.as_str(), words.as_str()))
        .collect();
    assert_eq!(
        shared,
        [
            ("period", "2023/24"),
            ("id", "M1"),
            ("title", "Engagement"),
            ("unit", "%")
        ]
    );
}

#[test]
fn an_overall_score_says_its_unit_and_on_how_much_it_rests() {
    let mut round = round();
    round[0].rating.score = None;
    let report = ranking_report("Round", &round, Some("overall"), &SortBy::Provider);
    let table = &report.tables[0];
    let units: Vec<String> = table.rows.iter().map(|row| row.cells[1].shown()).collect();
    assert_eq!(units[0], "%");
    let west = &table.rows[3].cells;
    assert_eq!(west[0].shown(), "West");
    assert_eq!(west[1].shown(), "points of the rating");
    assert_eq!(west[3].shown(), "[x]", "not ranked against percentages");
    assert_eq!(
        west[5].shown(),
        "[x]",
        "the nation's percentage is no yardstick"
    );
    assert_eq!(table.notes, ["The overall rating rests on 2 of 3 measures"]);
    assert_eq!(west[2].notes, [1]);
    for one in &mut round {
        one.rating.score = None;
    }
    let report = ranking_report("Round", &round, Some("overall"), &SortBy::Provider);
    assert_eq!(
        report.tables[0].scope,
        "Round: overall Overall score (points of the rating)"
    );
}
