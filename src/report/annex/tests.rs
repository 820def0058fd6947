//! The annex as a whole.

use super::super::{TerminalOptions, View, write_markdown, write_terminal};
use super::*;
use crate::framework::{Framework, Rule};
use crate::model::{SampleTallies, Tally};
use crate::rating::Judgement;
use crate::rating::fixture::rate_cases;
use crate::rating::fixture::{Builder, judgement, north_west, sample};

fn heading() -> Heading {
    Heading {
        inspection: "nw-2018".into(),
        provider: "North West NPS".into(),
        period: String::new(),
        indicative: None,
        notices: vec!["Made-up data".into()],
    }
}

fn annex(
    framework: &Framework,
    tallies: &[SampleTallies],
    judgements: &[Judgement],
    counts: bool,
) -> Report {
    let rating = rate_cases(framework, tallies, judgements).unwrap();
    annex_report(framework, &rating, &heading()).select(View {
        counts,
        ..View::default()
    })
}

/// What is shown in a row, note marks among it.
fn shown(table: &Table, number: &str) -> Vec<String> {
    let row = table
        .rows
        .iter()
        .find(|row| row.cells[0].shown() == number)
        .unwrap();
    row.cells.iter().map(Cell::shown_with_notes).collect()
}

#[test]
fn the_tables_are_a_summary_and_each_domain_that_key_questions_rate() {
    let (framework, tallies, judgements) = north_west();
    let report = annex(&framework, &tallies, &judgements, false);
    let ids: Vec<&str> = report
        .tables
        .iter()
        .map(|table| table.id.as_str())
        .collect();
    assert_eq!(ids, ["ratings", "case-supervision", "nps-specific-work"]);
    assert_eq!(report.notes, ["Made-up data"]);
    let summary = &report.tables[0];
    assert_eq!(shown(summary, "2.4"), ["2.4", "Reviewing", "Good", "2"]);
    assert_eq!(shown(summary, ""), ["", "Overall [note 1]", "Good", "19"]);
    assert_eq!(summary.notes, ["19 of 30 points over 10 standards"]);
    let supervision = &report.tables[1];
    assert_eq!(supervision.title, "Domain 2, Case supervision");
    assert_eq!(
        supervision.scope,
        "North West NPS: 128 cases (case supervision)"
    );
    assert_eq!(
        shown(supervision, "2.3"),
        ["2.3", "Implementation and delivery", "Good", ""]
    );
    assert_eq!(shown(supervision, "2.1.1")[3], "83%");
    for table in &report.tables {
        assert!(
            table
                .rows
                .iter()
                .all(|row| row.cells.len() == table.columns.len())
        );
    }
}

#[test]
fn questions_on_the_same_part_of_a_sample_share_a_footnote() {
    let (framework, tallies, judgements) = north_west();
    let report = annex(&framework, &tallies, &judgements, false);
    let supervision = &report.tables[1];
    assert_eq!(
        supervision.notes,
        [
            "Percentages relating to questions 2.2.3, 2.3.3 and 2.4.3 are calculated for the relevant sub-sample – that \
          is, cases where risk of serious harm issues apply, rather than for the total inspected sample"
        ]
    );
    let marked = supervision
        .rows
        .iter()
        .filter(|row| row.cells[1].notes == [1]);
    let marked: Vec<String> = marked.map(|row| row.cells[0].shown()).collect();
    assert_eq!(marked, ["2.2.3", "2.3.3", "2.4.3"]);
}

#[test]
fn a_missing_figure_is_marked_and_explained_and_never_zero() {
    let (framework, mut tallies, judgements) = north_west();
    tallies[0].questions[13] = Tally {
        not_asked: 128,
        ..Tally::default()
    };
    let report = annex(&framework, &tallies, &judgements, false);
    let victims = &report.tables[2];
    assert_eq!(shown(victims, "3.2.3")[3], "[x]");
    assert_eq!(shown(victims, "3.2.4")[3], "[z]");
    assert_eq!(
        victims.notes,
        [
            "3.2.3: asked in 10 cases, answered in none",
            "3.2.4: no applicable cases"
        ]
    );
    assert_eq!(
        victims.legend(),
        [Symbol::NOT_AVAILABLE, Symbol::NOT_APPLICABLE]
    );
    tallies[0].questions[13] = Tally {
        not_asked: 118,
        not_applicable: 4,
        unanswered: 6,
        ..Tally::default()
    };
    let report = annex(&framework, &tallies, &judgements, false);
    assert_eq!(
        report.tables[2].notes[1],
        "3.2.4: asked in 10 cases, answered yes or no in none"
    );
}

#[test]
fn a_moved_standard_shows_both_ratings_and_the_reason_in_both_tables() {
    let (framework, tallies, mut judgements) = north_west();
    judgements.push(judgement("2.4", 1));
    let report = annex(&framework, &tallies, &judgements, false);
    let note = "2.4 Reviewing: the ratings panel moved it from Good to Requires improvement: evidence on 2.4";
    assert_eq!(report.tables[0].notes[0], note);
    assert_eq!(report.tables[1].notes[1], note);
    assert_eq!(
        shown(&report.tables[1], "2.4"),
        ["2.4", "Reviewing [note 2]", "Requires improvement", ""]
    );
    assert_eq!(
        shown(&report.tables[0], "2.4")[3],
        "1",
        "the points are those of the moved rating"
    );
}

#[test]
fn an_unrated_standard_is_explained_and_the_overall_rating_says_what_it_rests_on() {
    let (framework, mut tallies, judgements) = north_west();
    tallies[1] = sample(0, &[(0, 0), (0, 0)]);
    let report = annex(&framework, &tallies, &judgements[1..], false);
    let summary = &report.tables[0];
    assert_eq!(
        shown(summary, "1.1"),
        ["1.1", "Leadership [note 1]", "[x]", "[x]"]
    );
    assert_eq!(
        summary.notes,
        [
            "1.1 Leadership is not rated: not judged",
            "3.1 Court reports and case allocation is not rated: no cases counted",
            "15 of 24 points over 8 standards; 1.1 and 3.1 are not rated"
        ]
    );
    assert_eq!(shown(&report.tables[2], "3.1.1")[3], "[x]");
    assert_eq!(report.tables[2].notes[1], "3.1.1 and 3.1.2: no cases");
}

#[test]
fn counts_add_a_column_for_each_state() {
    let (framework, tallies, judgements) = north_west();
    let report = annex(&framework, &tallies, &judgements, true);
    assert_eq!(
        shown(&report.tables[1], "2.4.3")[4..],
        ["63", "33", "0", "32", "0"]
    );
    assert_eq!(
        shown(&report.tables[2], "3.2.3")[4..],
        ["0", "0", "0", "118", "10"]
    );
}

#[test]
fn uncounted_standards_and_other_overall_rules_give_no_points() {
    let mut framework = Builder::new()
        .sample("s", "case")
        .rated("4.1", "Resettlement")
        .question("4.1.1", "s", "?")
        .framework;
    framework.standards[0].counted = false;
    let tallies = [sample(1, &[(1, 0)])];
    let report = annex(&framework, &tallies, &[], false);
    assert_eq!(
        shown(&report.tables[0], "4.1"),
        ["4.1", "Resettlement [note 1]", "Outstanding", "[z]"]
    );
    assert_eq!(
        shown(&report.tables[0], "")[1..],
        ["Overall [note 2]", "[x]", "[x]"]
    );
    assert_eq!(report.tables[1].title, "Domain 4");
    framework.overall.rule = Rule::None;
    let report = annex(&framework, &tallies, &[], false);
    assert_eq!(report.tables[0].columns.len(), 3);
    assert_eq!(report.tables[0].rows.len(), 1);
}

#[test]
fn a_reader_sees_the_published_figures() {
    let (framework, tallies, judgements) = north_west();
    let report = annex(&framework, &tallies, &judgements, false);
    let markdown = write_markdown(&report);
    assert!(
        markdown.contains("| **2.4** | **Reviewing** | **Good** |  |\n"),
        "{markdown}"
    );
    let terminal = write_terminal(
        &report,
        TerminalOptions {
            width: Some(80),
            color: false,
        },
    );
    let expected = "\
 3.2      Statutory victim work                        Outstanding
 3.2.1    Does the initial contact with the victim/s                   82%
          encourage engagement?
 3.2.2    Is the personal contact with the victim/s                    90%
          timely and supportive?
 3.2.3    Does pre-release contact allow appropriate                   [x]
          contributions? [note 1]
 3.2.4    Is there good communication to support the                   [x]
          safety of victim/s? [note 1]
───────────────────────────────────────────────────────────────────────────
[note 1] 3.2.3 and 3.2.4: asked in 10 cases, answered in none.
[x] not available.
Blank: a standard has a rating, a key question a percentage.
";
    assert!(terminal.contains(expected), "{terminal}");
    assert!(terminal.lines().all(|line| line.chars().count() <= 80));
}
