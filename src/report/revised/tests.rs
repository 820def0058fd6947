//! Tests of what a revision marks, counts and keeps.

use super::super::chart::example as charts;
use super::super::example;
use super::super::table::{About, Value};
use super::*;

const ALL: View = View {
    counts: true,
    technical: true,
    subgroups: true,
    words: false,
    charts: true,
};

fn earlier(report: &Report) -> Vec<(String, Report)> {
    vec![("2019-01-23".to_owned(), report.clone())]
}

fn version(published: &str, because: &str) -> Version {
    Version {
        published: published.into(),
        opened: "2019-02-01".into(),
        by: "HEAD".into(),
        because: because.into(),
        ..Version::default()
    }
}

/// A revision whose figures are these, after publications with those.
fn revision(mut now: Report, before: &[(&str, Report)]) -> Report {
    let earlier = before.iter();
    let earlier: Vec<_> = earlier
        .map(|(day, report)| ((*day).to_owned(), report.clone()))
        .collect();
    now.about = About {
        published: Some("2019-03-01".into()),
        revisions: 1,
        earlier: before
            .iter()
            .map(|(day, _)| version(day, "A check."))
            .collect(),
        ..About::default()
    };
    mark_revised(&mut now, &earlier);
    now
}

fn with_percent(percent: u64) -> Report {
    let mut report = example::report();
    report.tables[0].rows[1].cells[3] = Value::Percent(percent).into();
    report
}

fn rows(table: &Table) -> Vec<String> {
    let rows = table.rows.iter().map(|row| {
        let cells: Vec<String> = row.cells.iter().map(Cell::shown).collect();
        cells.join(" | ")
    });
    rows.collect()
}

#[test]
fn a_revision_says_when_why_how_many_figures_and_what_they_were() {
    let now = revision(with_percent(82), &[("2019-01-23", example::report())]);
    let shown = show_revised(now, ALL);
    assert_eq!(
        shown.notes[..3],
        [
            "Revised on 2019-03-01: the figures first published on 2019-01-23 were opened again on 2019-02-01 by HEAD: A check",
            "1 figure differs from what was published before and is marked [r]: 1 in “Domain 2, Case supervision”",
            "What was published before stands under “Revised figures”"
        ]
    );
    let table = shown.tables.last().unwrap();
    assert_eq!(table.id, "revised-figures");
    assert_eq!(
        rows(table),
        ["Domain 2, Case supervision | 2.1.1 | % yes | 2019-01-23 | 83% | 82%"]
    );
}

#[test]
fn a_figure_that_differs_from_several_publications_counts_once_and_each_value_stands_once() {
    let now = revision(
        with_percent(82),
        &[
            ("2019-01-23", with_percent(83)),
            ("2019-01-30", with_percent(83)),
            ("2019-02-06", with_percent(84)),
            ("2019-02-13", with_percent(82)),
        ],
    );
    let shown = show_revised(now, ALL);
    assert!(
        shown.notes[4].starts_with("1 figure differs"),
        "{:?}",
        shown.notes
    );
    assert_eq!(
        rows(shown.tables.last().unwrap()),
        [
            "Domain 2, Case supervision | 2.1.1 | % yes | 2019-01-23 | 83% | 82%",
            "Domain 2, Case supervision | 2.1.1 | % yes | 2019-02-06 | 84% | 82%"
        ]
    );
}

#[test]
fn only_what_is_shown_is_counted() {
    let mut before = example::report();
    before.tables[0].rows[1].cells[4] = Value::Count(7).into();
    before.tables[0].columns[4].is_detail = true;
    let mut now = example::report();
    now.tables[0].columns[4].is_detail = true;
    let now = revision(now, &[("2019-01-23", before.clone())]);
    let plain = View {
        counts: false,
        ..ALL
    };
    let shown = show_revised(now.clone(), plain);
    assert_eq!(
        shown.notes[1],
        "No figure that is shown here differs from what was published before; figures of other tables do"
    );
    assert_eq!(shown.tables.len(), 1);
    let counted = show_revised(now, ALL);
    assert!(counted.notes[1].starts_with("1 figure differs"));
    let same = revision(before.clone(), &[("2019-01-23", before)]);
    assert_eq!(
        show_revised(same, ALL).notes[1],
        "No figure differs from what was published before"
    );
}

#[test]
fn rows_and_tables_that_came_or_went_are_said() {
    let mut now = example::report();
    now.tables[0].rows.remove(1);
    now.tables.push(Table {
        id: "other".into(),
        title: "Other".into(),
        ..Table::default()
    });
    let shown = show_revised(revision(now, &[("2019-01-23", example::report())]), ALL);
    assert_eq!(
        shown.notes[1..3],
        [
            "2 figures that were published before are not published any more: 2 in “Domain 2, Case supervision”",
            "The table “Other” was not published on 2019-01-23"
        ]
    );
    assert_eq!(
        shown.notes[3],
        "What was published before stands under “Revised figures” and “Revised words”"
    );
    let [.., figures, words] = &shown.tables[..] else {
        panic!("two tables");
    };
    assert_eq!(
        rows(figures),
        [
            "Domain 2, Case supervision | 2.1.1 | % yes | 2019-01-23 | 83% | [x]",
            "Domain 2, Case supervision | 2.1.1 | Yes | 2019-01-23 | 1,106 | [x]"
        ]
    );
    assert_eq!(
        rows(words),
        ["Other | the whole table | all figures | 2019-01-23 | not published | the table"]
    );
}

#[test]
fn whom_a_table_covered_is_said_below_it() {
    let mut now = example::report();
    now.tables[0].scope = "North | West: 1,129 cases".into();
    let shown = show_revised(revision(now, &[("2019-01-23", example::report())]), ALL);
    assert_eq!(
        shown.tables[0].notes.last().unwrap(),
        "Revised: as published on 2019-01-23, it covered North | West: 1,128 cases"
    );
    assert_eq!(
        shown.notes[1],
        "Tables that covered other cases before: 1 in “Domain 2, Case supervision”"
    );
}

#[test]
fn what_is_kept_back_is_not_told_from_before() {
    let mut now = example::report();
    now.tables[0].rows[1].cells[3] = Cell::missing(Symbol::SUPPRESSED, "a small group");
    let shown = show_revised(revision(now, &[("2019-01-23", example::report())]), ALL);
    assert_eq!(
        rows(shown.tables.last().unwrap()),
        ["Domain 2, Case supervision | 2.1.1 | % yes | 2019-01-23 | [c] | [c]"]
    );
    let has_note = |report: &Report| {
        let mut notes = report.notes.iter();
        notes.any(|note| note.starts_with("Earlier figures of groups are not repeated, [c], but"))
    };
    assert!(!has_note(&shown), "it is no group");
    let of_groups = |mut report: Report| {
        report.tables[0].part = Part::Subgroups;
        report
    };
    let now = revision(
        of_groups(with_percent(82)),
        &[("2019-01-23", of_groups(example::report()))],
    );
    let shown = show_revised(now.clone(), ALL);
    assert_eq!(
        rows(shown.tables.last().unwrap()),
        ["Domain 2, Case supervision | 2.1.1 | % yes | 2019-01-23 | [c] | 82%"]
    );
    assert!(has_note(&shown), "{:?}", shown.notes);
    assert!(!has_note(&show_revised(now, View::default())), "not shown");
    let mut before = of_groups(example::report());
    before.tables[0].rows[1].cells[3] = Cell::missing(Symbol::SUPPRESSED, "a small group");
    let now = revision(of_groups(with_percent(82)), &[("2019-01-23", before)]);
    assert!(!has_note(&show_revised(now, ALL)), "it never was published");
}

#[test]
fn a_chart_whose_figures_changed_says_so_in_its_title_words_and_picture() {
    let mut before = example::report();
    before.charts = vec![charts::bands()];
    before.charts[0].data = Table {
        columns: vec![
            Column::new("number", "Key question", Kind::Code),
            Column::new("percent_yes", "% yes", Kind::Percent),
        ],
        rows: vec![Row::new(vec![
            Cell::text("2.1.1"),
            Value::Percent(83).into(),
        ])],
        ..Table::default()
    };
    let mut now = before.clone();
    mark_revised(&mut now, &earlier(&before));
    assert_eq!(now.charts, before.charts);
    let row = &mut before.charts[0].data.rows[0];
    row.cells[1] = Value::Percent(1).into();
    mark_revised(&mut now, &earlier(&before));
    let chart = &now.charts[0];
    assert!(chart.title.ends_with(" (revised)"), "{}", chart.title);
    assert!(
        chart
            .alternative
            .ends_with(" Revised since first published: 2.1.1."),
        "{}",
        chart.alternative
    );
    let svg = super::super::draw_svg(chart);
    assert!(
        svg.contains("% [r]</text>") && svg.contains(">[r] revised</text>"),
        "{svg}"
    );
}

#[test]
fn what_an_earlier_program_published_says_what_it_said() {
    let mut kept = example::report();
    kept.notes
        .insert(0, "Figures that differ are marked [r]".into());
    kept.about.revisions = 1;
    assert_eq!(show_revised(kept.clone(), ALL), kept);
}
