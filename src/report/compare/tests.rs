//! Two inspections side by side.

use super::super::fixture::{figure, moderate, rated_scorecard, scorecard};
use super::super::{Heading, write_markdown};
use super::*;
use crate::framework::Reliability;
use crate::model::SampleTallies;
use crate::rating::fixture::{Builder, judgement, north_west, rate_cases, sample};

fn heading(provider: &str, period: &str) -> Heading {
    Heading {
        inspection: format!("{provider} {period}"),
        provider: provider.into(),
        period: period.into(),
        ..Heading::default()
    }
}

fn audited(period: &str, tallies: &[SampleTallies]) -> Inspected {
    let (framework, _, judgements) = north_west();
    let rating = rate_cases(&framework, tallies, &judgements).unwrap();
    Inspected {
        heading: heading("North", period),
        national: false,
        framework,
        rating,
    }
}

fn measured(provider: &str, period: &str, value: &str) -> Inspected {
    Inspected {
        heading: heading(provider, period),
        national: false,
        framework: scorecard(),
        rating: rated_scorecard(value, 2),
    }
}

fn shown(report: &Report, id: &str, first: &str) -> Vec<String> {
    let table = report.tables.iter().find(|table| table.id == id).unwrap();
    let mut rows = table.rows.iter();
    let row = rows.find(|row| row.cells[0].shown() == first).unwrap();
    row.cells.iter().map(Cell::shown_with_notes).collect()
}

#[test]
fn each_question_has_its_change_and_whether_that_is_more_than_chance() {
    let (_, before, _) = north_west();
    let mut after = before.clone();
    after[0] = {
        let mut supervision = after[0].clone();
        supervision.questions[0] = crate::rating::fixture::tally(80, 48);
        supervision.questions[1] = crate::rating::fixture::tally(106, 22);
        supervision
    };
    let report = compare_report(&audited("2018", &before), &audited("2019", &after));
    assert_eq!(report.title, "Comparison: 2018 and 2019");
    let row = |number: &str| shown(&report, "questions", number)[2..].to_vec();
    assert_eq!(
        row("2.1.1"),
        ["83%", "63%", "−20", "0.000 [note 2]", "Yes [note 1]"]
    );
    assert_eq!(row("2.1.2"), ["81%", "83%", "+2", "0.871", "No"]);
    assert_eq!(row("2.1.3"), ["76%", "76%", "0", "1.000", "No"]);
    assert_eq!(row("3.2.3"), ["[x]", "[x]", "[x]", "[x]", "[x]"]);
    let table = report
        .tables
        .iter()
        .find(|table| table.id == "questions")
        .unwrap();
    let headers: Vec<&str> = table
        .columns
        .iter()
        .map(|column| column.header.as_str())
        .collect();
    assert_eq!(headers[2..4], ["% yes, 2018", "% yes, 2019"]);
    assert_eq!(
        table.notes,
        [
            "More than chance: two-sided Fisher’s exact test on the numbers of cases with yes and with no, at the 5% level \
             (p below 0.05). The 16 questions are tested one by one, so that about one in twenty would seem to have changed if \
             none had",
            "p is less than 0.0005"
        ]
    );
}

#[test]
fn ratings_stand_then_and_now_with_what_became_of_them() {
    let (_, before, _) = north_west();
    let mut after = before.clone();
    after[0].questions[0] = crate::rating::fixture::tally(60, 68);
    let report = compare_report(&audited("2018", &before), &audited("2019", &after));
    assert_eq!(
        shown(&report, "ratings", "2.1")[2..],
        ["Good", "Inadequate", "Declined"]
    );
    assert_eq!(
        shown(&report, "ratings", "2.2")[2..],
        ["Good", "Good", "No change"]
    );
    assert_eq!(
        shown(&report, "ratings", "")[1..],
        ["Overall [note 1] [note 2]", "Good", "Good", "No change"]
    );
    assert_eq!(
        shown(&report, "score", "Points"),
        ["Points", "19", "17", "−2"]
    );
}

#[test]
fn what_only_one_of_them_has_is_missing_in_the_other() {
    let build = |number: &str| {
        Builder::new()
            .sample("s", "case")
            .rated("2.1", "Assessment")
            .question(number, "s", "?")
            .framework
    };
    let inspected = |number: &str| {
        let framework = build(number);
        let rating = rate_cases(&framework, &[sample(10, &[(8, 2)])], &[]).unwrap();
        Inspected {
            heading: heading("North", number),
            national: false,
            framework,
            rating,
        }
    };
    let report = compare_report(&inspected("2.1.1"), &inspected("2.1.2"));
    assert_eq!(
        shown(&report, "questions", "2.1.1")[2..],
        ["80%", "[x]", "[x]", "[x]", "[x]"]
    );
    assert_eq!(
        shown(&report, "questions", "2.1.2")[2..],
        ["[x]", "80%", "[x]", "[x]", "[x]"]
    );
    let table = report
        .tables
        .iter()
        .find(|table| table.id == "questions")
        .unwrap();
    assert!(table.notes.is_empty(), "nothing was tested");
}

#[test]
fn measures_show_their_change_and_what_it_means() {
    let report = compare_report(
        &measured("North", "2022/23", "65.8"),
        &measured("North", "2023/24", "71.2"),
    );
    assert_eq!(
        shown(&report, "measures", "M1"),
        [
            "M1",
            "Engagement",
            "65.8 [p]",
            "71.2 [p]",
            "+5.4",
            "Improved"
        ]
    );
    assert_eq!(shown(&report, "measures", "M2")[4..], ["0.0", "No change"]);
    assert_eq!(
        shown(&report, "measures", "M3")[2..],
        ["55.0 [z]", "55.0 [z]", "0.0", "[x]"],
        "what is unreliable is shown and not judged"
    );
    assert_eq!(report.notes.len(), 1, "the illustrative settings");
    assert!(
        report.tables.iter().all(|table| table.id != "questions"),
        "there are none"
    );
}

#[test]
fn less_is_better_where_the_measure_says_so() {
    let before = measured("North", "2022/23", "71.2");
    let mut after = measured("North", "2023/24", "71.2");
    after.rating.measures[1].value = Some(figure("0.8"));
    after.framework.reliability = Some(Reliability {
        observations: 30,
        rated: true,
    });
    let report = compare_report(&before, &after);
    assert_eq!(shown(&report, "measures", "M2")[4..], ["−0.1", "Improved"]);
    let mut after = measured("North", "2023/24", "71.2");
    after.rating.measures[1].unit = "days".into();
    let report = compare_report(&before, &after);
    assert_eq!(
        shown(&report, "measures", "M2")[4..],
        ["0.9", "[x]", "[x]"],
        "different units are not compared"
    );
}

#[test]
fn two_providers_are_called_by_their_names_and_other_scales_are_not_compared() {
    let report = compare_report(
        &measured("North", "2023/24", "65.8"),
        &measured("South", "2023/24", "71.2"),
    );
    assert_eq!(report.title, "Comparison: North and South");
    let mut other = measured("North", "2023/24", "65.8");
    other.framework.scale.0.pop();
    other.heading.inspection = "other".into();
    let report = compare_report(&measured("North", "2023/24", "65.8"), &other);
    assert_eq!(report.title, "Comparison: North 2023/24 and other");
    assert_eq!(shown(&report, "ratings", "1")[4], "[x]");
    let text = write_markdown(&report);
    assert!(
        text.contains("| Number | Standard | Rating, North 2023/24 | Rating, other | Better |")
    );
}

#[test]
fn a_judgement_that_moved_a_rating_counts_as_the_rating() {
    let (framework, tallies, mut judgements) = north_west();
    judgements.push(judgement("2.4", 1));
    let rating = rate_cases(&framework, &tallies, &judgements).unwrap();
    let moved = Inspected {
        heading: heading("North", "2019"),
        national: false,
        framework,
        rating,
    };
    let report = compare_report(&audited("2018", &tallies), &moved);
    assert_eq!(
        shown(&report, "ratings", "2.4")[2..],
        ["Good", "Requires improvement [note 1]", "Declined"]
    );
    let note = &report.tables[0].notes[0];
    assert!(
        note.starts_with("2019: 2.4 ")
            && note.contains("moved it from Good to Requires improvement"),
        "{note}"
    );
}

fn headers(report: &Report, id: &str) -> Vec<String> {
    let table = report.tables.iter().find(|table| table.id == id).unwrap();
    let headers = table.columns.iter().map(|column| column.header.clone());
    headers.collect()
}

#[test]
fn two_providers_stand_beside_each_other_and_neither_is_then_or_now() {
    let mut south = measured("South", "2023/24", "71.2");
    south.rating.measures[1].value = Some(figure("1.2"));
    south.rating.standards[0].rating = Some(Rating(3));
    let report = compare_report(&measured("North", "2023/24", "65.8"), &south);
    assert_eq!(report.tables[0].title, "Ratings");
    assert_eq!(headers(&report, "ratings")[4], "Better");
    assert_eq!(shown(&report, "ratings", "1")[4], "South");
    assert_eq!(headers(&report, "measures")[4..], ["Difference", "Better"]);
    assert_eq!(shown(&report, "measures", "M1")[4..], ["+5.4", "South"]);
    assert_eq!(
        shown(&report, "measures", "M2")[4..],
        ["+0.3", "North"],
        "lower is better"
    );
    assert_eq!(
        report.tables.last().unwrap().units,
        "Percent; difference in percentage points"
    );
    let same = compare_report(
        &measured("North", "", "65.8"),
        &measured("South", "", "65.8"),
    );
    assert_eq!(shown(&same, "measures", "M1")[5], "Neither");
}

#[test]
fn the_earlier_period_comes_first_however_they_are_named() {
    let report = compare_report(
        &measured("North", "2023/24", "71.2"),
        &measured("north", "2022/23", "65.8"),
    );
    assert_eq!(report.title, "Comparison: 2022/23 and 2023/24");
    assert_eq!(report.tables[0].title, "Ratings then and now");
    assert_eq!(shown(&report, "measures", "M1")[4..], ["+5.4", "Improved"]);
    assert_eq!(
        report.notes[1],
        "2022/23 stands before 2023/24: the earlier period comes first"
    );
}

#[test]
fn a_moderated_overall_rating_says_so_and_an_incomplete_one_on_how_much_it_rests() {
    let mut after = measured("North", "2023/24", "71.2");
    moderate(&mut after.rating);
    let report = compare_report(&measured("North", "2022/23", "65.8"), &after);
    assert_eq!(
        shown(&report, "ratings", "")[2..],
        ["Good [note 3]", "Outstanding [note 4] [note 3]", "Improved"]
    );
    assert_eq!(
        report.tables[0].notes[2..],
        [
            "The overall rating rests on 2 of 3 measures",
            "2023/24: Overall: moderation moved it from Good to Outstanding: a late audit; accepted: seen"
        ]
    );
}

#[test]
fn a_question_that_was_worded_otherwise_says_how() {
    let (_, tallies, _) = north_west();
    let mut before = audited("2018", &tallies);
    let mut standards = before.rating.standards.iter_mut();
    let question = standards.find_map(|standard| standard.questions.first_mut());
    let question = question.unwrap();
    question.text = "As it was".into();
    let number = question.number.clone();
    let report = compare_report(&before, &audited("2019", &tallies));
    let mut tables = report.tables.iter();
    let table = tables.find(|table| table.id == "questions").unwrap();
    assert_eq!(table.notes.len(), 2);
    assert_eq!(table.notes[1], format!("2018, {number}: As it was"));
    assert!(shown(&report, "questions", &number)[1].ends_with("[note 2]"));
}

#[test]
fn points_of_different_maxima_have_no_difference() {
    let (framework, tallies, judgements) = north_west();
    let rating = rate_cases(&framework, &tallies, &judgements[..2]).unwrap();
    let before = Inspected {
        heading: heading("North", "2018"),
        national: false,
        framework,
        rating,
    };
    let report = compare_report(&before, &audited("2019", &tallies));
    assert_eq!(
        shown(&report, "score", "Points"),
        ["Points [note 1]", "16", "19", "[z]"]
    );
    assert_eq!(
        shown(&report, "score", "Of"),
        ["Of [note 1]", "24", "30", "[z]"]
    );
    let table = report.tables.iter().find(|table| table.id == "score");
    assert_eq!(
        table.unwrap().notes,
        ["No difference is given, because the most that there could be is not the same in both"]
    );
}
