//! The columns of the comparison: what they are, which are left out, and what a blank in them means.
//!
//! Must not know what is compared with what.

use crate::report::table::{Column, Kind, Table, Value};

/// How many columns say what a row is about; the others are figures.
const HEAD_COLUMNS: usize = 2;

/// All that there can be.
pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("number", "Number", Kind::Code),
        Column::new("text", "Standard or key question", Kind::Text),
        Column::new("rating", "Rating", Kind::Rating),
        Column::new("rating_before", "Rating before", Kind::Rating),
        Column::new("percent_yes", "% yes", Kind::Percent),
        Column::new("percent_yes_before", "% yes before", Kind::Percent),
        Column::new("yes_before", "Yes before", Kind::Count).as_detail(),
        Column::new("no_before", "No before", Kind::Count).as_detail(),
        Column::new("change", "Change", Kind::Figure),
        Column::new("percent_yes_programme", "% yes, programme", Kind::Percent),
    ]
}

/// Takes out the columns of figures in which no row has one.
pub(super) fn drop_empty_columns(table: &mut Table) {
    let has_figure = |place: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.cells.get(place));
        cells.any(|cell| !matches!(cell.value, Value::Blank | Value::Missing(_)))
    };
    let kept: Vec<bool> = (0..table.columns.len())
        .map(|place| place < HEAD_COLUMNS || has_figure(place))
        .collect();
    let mut keep = kept.iter();
    table
        .columns
        .retain(|_| keep.next().is_some_and(|kept| *kept));
    for row in &mut table.rows {
        let mut keep = kept.iter();
        row.cells.retain(|_| keep.next().is_some_and(|kept| *kept));
    }
}

/// What a blank means, as far as there are any.
pub(super) fn blank_cells(table: &Table) -> String {
    let is_blank = |of: &dyn Fn(usize, &Column) -> bool| {
        let mut columns = table.columns.iter().enumerate();
        columns.any(|(place, column)| {
            let mut cells = table.rows.iter().filter_map(|row| row.cells.get(place));
            of(place, column) && cells.any(|cell| cell.value == Value::Blank)
        })
    };
    let is_figure =
        |place: usize, column: &Column| place >= HEAD_COLUMNS && column.kind != Kind::Rating;
    let meanings = [
        (
            is_blank(&|place, _| place == 0),
            "the overall rating has no number",
        ),
        (
            is_blank(&|_, column| column.kind == Kind::Rating),
            "a key question has no rating",
        ),
        (is_blank(&is_figure), "only key questions have percentages"),
    ];
    let said = meanings.iter().filter(|(is_so, _)| *is_so);
    said.map(|(_, words)| *words).collect::<Vec<_>>().join("; ")
}
