//! A report for the tests of the writers.

use super::table::{Cell, Column, Kind, Report, Row, Symbol, Table, Value};
use crate::model::parse_figure;

/// A small report in which every kind of cell stands once.
pub(super) fn report() -> Report {
    let mut table = Table {
        id: "case-supervision".into(),
        title: "Domain 2, Case supervision".into(),
        scope: "North | West: 1,128 cases".into(),
        units: "Percent yes of applicable cases".into(),
        blank_cells: "a key question has no rating".into(),
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("text", "Standard or key question", Kind::Text),
            Column::new("rating", "Rating", Kind::Rating),
            Column::new("percent_yes", "% yes", Kind::Percent),
            Column::new("yes", "Yes", Kind::Count),
        ],
        source: "case audits".into(),
        ..Table::default()
    };
    let note = table.note("2.1.2: asked in 10 cases, answered in none");
    let rating = Value::Rating {
        title: "Good".into(),
        place: 2,
        of: 4,
    };
    let missing = Cell::missing(Symbol::NOT_AVAILABLE, "asked in 10 cases, answered in none");
    table.rows = vec![
        Row::leading(vec![
            Cell::text("2.1"),
            Cell::text("Assessment"),
            rating.into(),
            Cell::blank(),
            Cell::blank(),
        ]),
        Row::new(vec![
            Cell::text("2.1.1"),
            Cell::text("Is \"it\" | enough,\nreally?"),
            Cell::blank(),
            Value::Percent(83).into(),
            Value::Count(1_106).into(),
        ]),
        Row::new(vec![
            Cell::text("2.1.2"),
            Cell::text("=HYPERLINK(1)").with_notes(vec![note]),
            Cell::blank(),
            missing,
            Value::Count(0).into(),
        ]),
    ];
    Report {
        title: "North West".into(),
        notes: vec!["Made-up data".into()],
        tables: vec![table],
        ..Report::default()
    }
}

/// A table of decimal figures: a marked one, one that fell, and a missing one.
pub(super) fn figures() -> Report {
    let figure = |text: &str| parse_figure(text).unwrap();
    let marked = Cell::figure(figure("1070.0"))
        .with_marks(vec![Symbol::PROVISIONAL, Symbol::unreliable(Some(30))]);
    let missing = Cell::missing(Symbol::NOT_RECORDED, "not recorded");
    let table = Table {
        id: "measures".into(),
        columns: vec![
            Column::new("measure", "Measure", Kind::Code),
            Column::new("value", "Value", Kind::Figure),
            Column::new("change", "Change", Kind::Figure),
        ],
        rows: vec![
            Row::new(vec![Cell::text("M1"), marked, Cell::change(figure("-0.6"))]),
            Row::new(vec![
                Cell::text("M2"),
                Cell::figure(figure("9.5")),
                Cell::change(figure("23.3")),
            ]),
            Row::new(vec![Cell::text("M3"), missing.clone(), missing]),
        ],
        ..Table::default()
    };
    Report {
        tables: vec![table],
        ..Report::default()
    }
}
