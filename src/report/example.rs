//! A report for the tests of the writers.

use super::table::{Cell, Column, Kind, Report, Row, Symbol, Table, Value};

/// A small report in which every kind of cell stands once.
pub(super) fn report() -> Report {
    let mut table = Table {
        id: "case-supervision".into(),
        title: "2. Case supervision".into(),
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
    }
}
