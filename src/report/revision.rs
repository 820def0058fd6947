//! Which figures of a report are other than they were in an earlier one: to mark them as revised, or to say so.
//!
//! Figures are told from words by their cells: counts, percentages, decimals, ratings, and that one is missing. Other words around
//! them are no revision. Must not know why figures differ, nor where the earlier report comes from.

use std::collections::HashMap;

use super::table::{Cell, Kind, Report, Row, Symbol, Table, Value};

/// A figure, or a whole row or table, that is other than it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Title of the table, what names the row, and header of the column, as far as it is about one.
    pub at: Vec<String>,
    /// What stood there; `None` where nothing did.
    pub was: Option<String>,
    /// What stands there now; `None` where nothing does.
    pub is: Option<String>,
}

/// Marks every figure of a report that is other than, or is not, in an earlier one; true where there is any. A table that
/// the earlier report does not have is new, not revised.
pub fn mark_revised(report: &mut Report, earlier: &Report) -> bool {
    let mut any = false;
    for table in &mut report.tables {
        if let Some(known) = earlier.tables.iter().find(|known| known.id == table.id) {
            any |= mark_table(table, known);
        }
    }
    for chart in &mut report.charts {
        if let Some(known) = earlier.charts.iter().find(|known| known.id == chart.id) {
            any |= mark_table(&mut chart.data, &known.data);
        }
    }
    any
}

fn mark_table(table: &mut Table, earlier: &Table) -> bool {
    let before = Figures::of(earlier);
    let keys = row_keys(table);
    let columns = table.columns.iter().map(|column| column.id.clone());
    let columns: Vec<String> = columns.collect();
    let mut any = false;
    for (row, key) in table.rows.iter_mut().zip(&keys) {
        for (cell, column) in row.cells.iter_mut().zip(&columns) {
            if !is_figure(cell) || !before.has_column(column) {
                continue;
            }
            let is_same = |was: &Cell| is_same_figure(was, cell);
            if !before.cell(key, column).is_some_and(is_same) {
                any = true;
                if !cell.marks.contains(&Symbol::REVISED) {
                    cell.marks.push(Symbol::REVISED);
                }
            }
        }
    }
    any
}

/// Every difference of the figures of two reports, in the order of their tables. Tables that only `now` has are named where
/// `with_new` wants that.
#[must_use]
pub fn find_differences(before: &Report, now: &Report, with_new: bool) -> Vec<Difference> {
    let mut differences = Vec::new();
    for table in &before.tables {
        match now.tables.iter().find(|known| known.id == table.id) {
            Some(other) => compare_tables(table, other, &mut differences),
            None => differences.push(Difference {
                at: vec![table.title.clone()],
                was: Some("the table".to_owned()),
                is: None,
            }),
        }
    }
    let is_new = |table: &&Table| !before.tables.iter().any(|known| known.id == table.id);
    let new = now.tables.iter().filter(|table| with_new && is_new(table));
    differences.extend(new.map(|table| Difference {
        at: vec![table.title.clone()],
        was: None,
        is: Some("the table".to_owned()),
    }));
    differences
}

fn compare_tables(before: &Table, now: &Table, differences: &mut Vec<Difference>) {
    let (was, is) = (Figures::of(before), Figures::of(now));
    for key in row_keys(before) {
        let row = vec![before.title.clone(), key.named()];
        if !is.rows.contains_key(&key) {
            differences.push(Difference {
                at: row,
                was: Some("the row".to_owned()),
                is: None,
            });
            continue;
        }
        for column in &before.columns {
            let cells = was.cell(&key, &column.id).zip(is.cell(&key, &column.id));
            let Some((old, new)) = cells else { continue };
            if (is_figure(old) || is_figure(new)) && !is_same_figure(old, new) {
                let mut at = row.clone();
                at.push(column.header.clone());
                differences.push(Difference {
                    at,
                    was: Some(shown(old)),
                    is: Some(shown(new)),
                });
            }
        }
    }
    for key in row_keys(now) {
        if !was.rows.contains_key(&key) {
            differences.push(Difference {
                at: vec![before.title.clone(), key.named()],
                was: None,
                is: Some("the row".to_owned()),
            });
        }
    }
}

/// What names a row: the words at its left, and how many rows before it have the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct RowKey(Vec<String>, usize);

impl RowKey {
    /// The number where there is one, else the words.
    fn named(&self) -> String {
        self.0.first().cloned().unwrap_or_default()
    }
}

fn row_keys(table: &Table) -> Vec<RowKey> {
    let kinds = table.columns.iter().map(|column| column.kind);
    let words = kinds.take_while(|kind| matches!(kind, Kind::Text | Kind::Code));
    let words = words.count();
    let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
    let keys = table.rows.iter().map(|row| {
        let words: Vec<String> = row.cells.iter().take(words).map(shown).collect();
        let count = seen.entry(words.clone()).or_default();
        *count += 1;
        RowKey(words, *count - 1)
    });
    keys.collect()
}

/// The cells of a table by row and column.
struct Figures<'t> {
    columns: HashMap<&'t str, usize>,
    rows: HashMap<RowKey, &'t Row>,
}

impl<'t> Figures<'t> {
    fn of(table: &'t Table) -> Figures<'t> {
        let columns = table.columns.iter().enumerate();
        Figures {
            columns: columns.map(|(at, column)| (&*column.id, at)).collect(),
            rows: row_keys(table).into_iter().zip(&table.rows).collect(),
        }
    }

    fn has_column(&self, id: &str) -> bool {
        self.columns.contains_key(id)
    }

    fn cell(&self, row: &RowKey, column: &str) -> Option<&'t Cell> {
        self.rows.get(row)?.cells.get(*self.columns.get(column)?)
    }
}

fn is_figure(cell: &Cell) -> bool {
    !matches!(cell.value, Value::Text(_) | Value::Blank)
}

/// Why a figure is missing may be said in other words: the shorthand counts.
fn is_same_figure(one: &Cell, other: &Cell) -> bool {
    match (&one.value, &other.value) {
        (Value::Missing(one), Value::Missing(other)) => one.symbol.code == other.symbol.code,
        (Value::Rating { title: one, .. }, Value::Rating { title: other, .. }) => one == other,
        (one, other) => one == other,
    }
}

/// The figure without the marks beside it.
fn shown(cell: &Cell) -> String {
    match cell.clone().with_marks(Vec::new()).shown() {
        nothing if nothing.is_empty() => "nothing".to_owned(),
        shown => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    fn with(place: (usize, usize), value: Value) -> Report {
        let mut report = example::report();
        report.tables[0].rows[place.0].cells[place.1] = value.into();
        report
    }

    fn said(before: &Report, now: &Report) -> Vec<String> {
        let differences = find_differences(before, now, true).into_iter();
        let said = differences.map(|difference| {
            format!(
                "{}: {} -> {}",
                difference.at.join(", "),
                difference.was.as_deref().unwrap_or("-"),
                difference.is.as_deref().unwrap_or("-")
            )
        });
        said.collect()
    }

    #[test]
    fn the_same_report_has_no_differences_and_other_words_are_none() {
        let report = example::report();
        assert_eq!(said(&report, &report), [""; 0]);
        let mut other = with((2, 3), Value::Blank);
        other.tables[0].rows[2].cells[3] = Cell::missing(Symbol::NOT_AVAILABLE, "said otherwise");
        other.tables[0].notes.clear();
        assert_eq!(said(&report, &other), [""; 0]);
        assert!(!mark_revised(&mut other, &report));
    }

    #[test]
    fn a_figure_that_changed_is_named_and_marked_once() {
        let before = example::report();
        let mut now = with((1, 3), Value::Percent(82));
        assert_eq!(
            said(&before, &now),
            ["Domain 2, Case supervision, 2.1.1, % yes: 83% -> 82%"]
        );
        assert!(mark_revised(&mut now, &before));
        assert!(mark_revised(&mut now, &before));
        assert_eq!(now.tables[0].rows[1].cells[3].shown(), "82% [r]");
        let marks = now.tables[0].rows.iter().flat_map(|row| &row.cells);
        assert_eq!(marks.filter(|cell| !cell.marks.is_empty()).count(), 1);
        // A mark is no difference.
        let unmarked = with((1, 3), Value::Percent(82));
        assert_eq!(said(&now, &unmarked), [""; 0]);
    }

    #[test]
    fn a_figure_that_came_or_went_is_a_difference() {
        let before = example::report();
        let mut now = with((2, 3), Value::Percent(50));
        assert_eq!(
            said(&before, &now),
            ["Domain 2, Case supervision, 2.1.2, % yes: [x] -> 50%"]
        );
        assert!(mark_revised(&mut now, &before));
        assert_eq!(
            said(&now, &before),
            ["Domain 2, Case supervision, 2.1.2, % yes: 50% -> [x]"]
        );
        let now = with((1, 4), Value::Blank);
        assert_eq!(
            said(&before, &now),
            ["Domain 2, Case supervision, 2.1.1, Yes: 1,106 -> nothing"]
        );
    }

    #[test]
    fn rows_and_tables_that_came_or_went_are_named() {
        let before = example::report();
        let mut now = example::report();
        now.tables[0].rows.remove(1);
        assert_eq!(
            said(&before, &now),
            ["Domain 2, Case supervision, 2.1.1: the row -> -"]
        );
        assert_eq!(
            said(&now, &before),
            ["Domain 2, Case supervision, 2.1.1: - -> the row"]
        );
        let mut again = before.clone();
        assert!(mark_revised(&mut again, &now), "it was not there");
        assert_eq!(
            said(&before, &Report::default()),
            ["Domain 2, Case supervision: the table -> -"]
        );
        assert_eq!(
            said(&Report::default(), &before),
            ["Domain 2, Case supervision: - -> the table"]
        );
        assert_eq!(find_differences(&Report::default(), &before, false), []);
        assert!(!mark_revised(&mut again, &Report::default()));
    }
}
