//! Which figures of a report are other than they were in an earlier one.
//!
//! A figure is whatever a row says beside its name: counts, percentages, decimals, ratings, that one is missing, and words such as the
//! phrase for a percentage; and whom a table covers. Other words around them, such as notes, are none.
//! Must not know why figures differ, nor where the earlier report comes from.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::table::{Cell, Column, Kind, Part, Report, Row, Symbol, Table, Value};

/// A figure, or a whole table, that is other than it was, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Title of the table, what names the row, and header of the column, as far as it is about one.
    pub at: Vec<String>,
    /// What stood there; `None` where nothing did.
    pub was: Option<String>,
    /// What stands there now; `None` where nothing does.
    pub is: Option<String>,
}

/// The same as a report keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Id of the table.
    pub table: String,
    /// Its title.
    pub title: String,
    /// The part of the report that it belongs to.
    pub part: Part,
    /// Whether only those see the figure who ask for details.
    pub is_detail: bool,
    /// What names the row; empty where it is about the whole table.
    pub row: String,
    /// Header of the column; empty where it is about the whole table.
    pub column: String,
    /// What stood there; `None` where nothing did.
    pub was: Option<Cell>,
    /// What stands there now; `None` where nothing does.
    pub is: Option<Cell>,
}

/// What a difference of the cases that a table covers has for a column.
const SCOPE: &str = "Whom and what it covers";

impl Change {
    fn of(table: &Table, was: Option<Cell>, is: Option<Cell>) -> Change {
        Change {
            table: table.id.clone(),
            title: table.title.clone(),
            part: table.part,
            is_detail: false,
            row: String::new(),
            column: String::new(),
            was,
            is,
        }
    }

    fn in_words(&self) -> Difference {
        let parts = [&self.title, &self.row, &self.column].into_iter();
        let shown = |cell: &Option<Cell>| cell.as_ref().map(Cell::shown);
        Difference {
            at: parts.filter(|part| !part.is_empty()).cloned().collect(),
            was: shown(&self.was),
            is: shown(&self.is),
        }
    }

    /// Whether it is about whom a table covers.
    #[must_use]
    pub(super) fn is_scope(&self) -> bool {
        self.row.is_empty() && self.column == SCOPE
    }

    /// Whether it is about a table that came or went.
    #[must_use]
    pub(super) fn is_table(&self) -> bool {
        self.row.is_empty() && self.column.is_empty()
    }
}

/// Marks every figure of a table that is other than, or is not, in an earlier one; a column that the earlier one does not have is new,
/// not revised.
pub(super) fn mark_table(table: &mut Table, earlier: &Table) {
    let count = naming_count(table, earlier);
    let before = Figures::of(earlier, count);
    let keys = row_keys(table, count);
    for (row, key) in table.rows.iter_mut().zip(&keys) {
        for (cell, column) in row.cells.iter_mut().zip(&table.columns).skip(count) {
            if !is_figure(cell) || !before.columns.contains_key(&*column.id) {
                continue;
            }
            let is_same = |was: &Cell| is_same_figure(was, cell);
            let is_revised = !before.cell(key, column).is_some_and(is_same);
            if is_revised && !cell.marks.contains(&Symbol::REVISED) {
                cell.marks.push(Symbol::REVISED);
            }
        }
    }
}

/// Every difference of the figures of two reports, in the order of their tables. Tables that only `now` has are named where
/// `with_new` wants that.
#[must_use]
pub fn find_differences(before: &Report, now: &Report, with_new: bool) -> Vec<Difference> {
    let changes = find_changes(before, now, with_new).into_iter();
    changes.map(|change| change.in_words()).collect()
}

/// The same as a report keeps it.
pub(super) fn find_changes(before: &Report, now: &Report, with_new: bool) -> Vec<Change> {
    let the_table = || Some(Cell::text("the table"));
    let mut changes = Vec::new();
    for table in &before.tables {
        match now.tables.iter().find(|known| known.id == table.id) {
            Some(other) => compare_tables(table, other, &mut changes),
            None => changes.push(Change::of(table, the_table(), None)),
        }
    }
    let is_new = |table: &&Table| !before.tables.iter().any(|known| known.id == table.id);
    let new = now.tables.iter().filter(|table| with_new && is_new(table));
    changes.extend(new.map(|table| Change::of(table, None, the_table())));
    changes
}

fn compare_tables(before: &Table, now: &Table, changes: &mut Vec<Change>) {
    if before.scope != now.scope {
        let [was, is] = [before, now].map(|table| Some(Cell::text(&table.scope)));
        changes.push(Change {
            column: SCOPE.to_owned(),
            ..Change::of(now, was, is)
        });
    }
    let count = naming_count(before, now);
    let (was, is) = (Figures::of(before, count), Figures::of(now, count));
    let mut compare = |key: &RowKey, column: &Column| {
        let figure = |cell: Option<&Cell>| cell.filter(|cell| is_figure(cell)).map(plain);
        let (old, new) = (figure(was.cell(key, column)), figure(is.cell(key, column)));
        let is_same = match (&old, &new) {
            (Some(old), Some(new)) => is_same_figure(old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        if !is_same {
            changes.push(Change {
                row: key.named(),
                column: column.header.clone(),
                is_detail: column.is_detail,
                ..Change::of(now, old, new)
            });
        }
    };
    for key in row_keys(before, count) {
        for column in before.columns.iter().skip(count) {
            compare(&key, column);
        }
    }
    let known = |column: &&Column| was.columns.contains_key(&*column.id);
    for key in row_keys(now, count) {
        if !was.rows.contains_key(&key) {
            for column in now.columns.iter().skip(count).filter(known) {
                compare(&key, column);
            }
        }
    }
}

/// What names a row: the words at its left, and how many rows before it have the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct RowKey(Vec<String>, usize);

impl RowKey {
    /// The number where there is one, else the words, and what tells it from others with them.
    fn named(&self) -> String {
        let said = |words: &&String| !words.is_empty();
        let first = self.0.iter().take(2).find(said);
        let further = self.0.iter().skip(2).filter(said);
        let named: Vec<&str> = first
            .into_iter()
            .chain(further)
            .map(String::as_str)
            .collect();
        named.join(", ")
    }
}

/// How many columns at the left name the rows of both tables: a number and its title, or as many words as it takes.
fn naming_count(one: &Table, other: &Table) -> usize {
    let words_count = |table: &Table| {
        let kinds = table.columns.iter().map(|column| column.kind);
        let words = kinds.take_while(|kind| matches!(kind, Kind::Text | Kind::Code));
        words.count()
    };
    let most = words_count(one).min(words_count(other));
    let is_numbered = one
        .columns
        .first()
        .is_some_and(|first| first.kind == Kind::Code);
    let tells_apart = |table: &Table, count: usize| {
        let mut seen = HashSet::new();
        row_keys(table, count)
            .into_iter()
            .all(|RowKey(words, _)| seen.insert(words))
    };
    let mut counts = 1 + usize::from(is_numbered)..most;
    counts
        .find(|count| tells_apart(one, *count) && tells_apart(other, *count))
        .unwrap_or(most)
}

fn row_keys(table: &Table, count: usize) -> Vec<RowKey> {
    let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
    let keys = table.rows.iter().map(|row| {
        let words = row.cells.iter().take(count);
        let words: Vec<String> = words.map(|cell| plain(cell).shown()).collect();
        let before = seen.entry(words.clone()).or_default();
        *before += 1;
        RowKey(words, *before - 1)
    });
    keys.collect()
}

/// The cells of a table by row and column.
struct Figures<'t> {
    columns: HashMap<&'t str, usize>,
    rows: HashMap<RowKey, &'t Row>,
}

impl<'t> Figures<'t> {
    fn of(table: &'t Table, naming_count: usize) -> Figures<'t> {
        let columns = table.columns.iter().enumerate();
        Figures {
            columns: columns.map(|(at, column)| (&*column.id, at)).collect(),
            rows: row_keys(table, naming_count)
                .into_iter()
                .zip(&table.rows)
                .collect(),
        }
    }

    fn cell(&self, row: &RowKey, column: &Column) -> Option<&'t Cell> {
        let place = *self.columns.get(&*column.id)?;
        self.rows.get(row)?.cells.get(place)
    }
}

fn is_figure(cell: &Cell) -> bool {
    match &cell.value {
        Value::Text(words) => !words.is_empty(),
        value => *value != Value::Blank,
    }
}

/// Why a figure is missing may be said in other words: the shorthand counts.
fn is_same_figure(one: &Cell, other: &Cell) -> bool {
    match (&one.value, &other.value) {
        (Value::Missing(one), Value::Missing(other)) => one.symbol.code == other.symbol.code,
        (Value::Rating { title: one, .. }, Value::Rating { title: other, .. }) => one == other,
        (one, other) => one == other,
    }
}

/// The figure without its notes, and without the mark of an earlier revision.
fn plain(cell: &Cell) -> Cell {
    let marks = cell.marks.iter().filter(|mark| **mark != Symbol::REVISED);
    Cell::from(cell.value.clone()).with_marks(marks.cloned().collect())
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
            let [was, is] =
                [difference.was, difference.is].map(|shown| shown.unwrap_or("-".into()));
            format!("{}: {was} -> {is}", difference.at.join(", "))
        });
        said.collect()
    }

    /// The marked cells, after marking.
    fn marked(before: &Report, mut now: Report) -> Vec<String> {
        mark_table(&mut now.tables[0], &before.tables[0]);
        mark_table(&mut now.tables[0], &before.tables[0]);
        let cells = now.tables[0].rows.iter().flat_map(|row| &row.cells);
        let marked = cells.filter(|cell| !cell.marks.is_empty());
        marked.map(Cell::shown).collect()
    }

    #[test]
    fn the_same_report_has_no_differences_and_words_around_figures_are_none() {
        let report = example::report();
        assert_eq!(said(&report, &report), [""; 0]);
        let mut other = with((2, 3), Value::Blank);
        other.tables[0].rows[2].cells[3] = Cell::missing(Symbol::NOT_AVAILABLE, "said otherwise");
        other.tables[0].notes.clear();
        assert_eq!(said(&report, &other), [""; 0]);
        assert_eq!(marked(&report, other), [""; 0]);
    }

    #[test]
    fn a_figure_that_changed_is_named_and_marked_once() {
        let before = example::report();
        let now = with((1, 3), Value::Percent(82));
        assert_eq!(
            said(&before, &now),
            ["Domain 2, Case supervision, 2.1.1, % yes: 83% -> 82%"]
        );
        assert_eq!(marked(&before, now.clone()), ["82% [r]"]);
        // A mark is no difference.
        let mut with_mark = now.clone();
        mark_table(&mut with_mark.tables[0], &before.tables[0]);
        assert_eq!(said(&with_mark, &now), [""; 0]);
    }

    #[test]
    fn words_beside_the_name_of_a_row_are_figures_too() {
        let worded = |number: &str, words: &str| {
            let columns = [
                ("number", Kind::Code),
                ("text", Kind::Text),
                ("words", Kind::Text),
            ];
            let mut report = Report::default();
            report.tables.push(Table {
                title: "Words".into(),
                columns: columns.map(|(id, kind)| Column::new(id, id, kind)).to_vec(),
                rows: vec![Row::new(
                    [number, "Overall", words].map(Cell::text).to_vec(),
                )],
                ..Table::default()
            });
            report
        };
        let (before, now) = (worded("2.1", "a half"), worded("2.1", "most"));
        assert_eq!(said(&before, &now), ["Words, 2.1, words: a half -> most"]);
        assert_eq!(marked(&before, now), ["most [r]"]);
        let (before, now) = (worded("", "a half"), worded("", "most"));
        assert_eq!(
            said(&before, &now),
            ["Words, Overall, words: a half -> most"]
        );
        assert_eq!(
            said(&before, &worded("", "")),
            ["Words, Overall, words: a half -> -"]
        );
    }

    #[test]
    fn whom_a_table_covers_is_a_figure() {
        let before = example::report();
        let mut now = example::report();
        now.tables[0].scope = "North | West: 1,129 cases".into();
        assert_eq!(
            said(&before, &now),
            [
                "Domain 2, Case supervision, Whom and what it covers: North | West: 1,128 cases -> North | West: 1,129 cases"
            ]
        );
    }

    #[test]
    fn a_figure_that_came_or_went_is_a_difference() {
        let before = example::report();
        let now = with((2, 3), Value::Percent(50));
        assert_eq!(
            said(&before, &now),
            ["Domain 2, Case supervision, 2.1.2, % yes: [x] -> 50%"]
        );
        assert_eq!(
            said(&now, &before),
            ["Domain 2, Case supervision, 2.1.2, % yes: 50% -> [x]"]
        );
        let now = with((1, 4), Value::Blank);
        assert_eq!(
            said(&before, &now),
            ["Domain 2, Case supervision, 2.1.1, Yes: 1,106 -> -"]
        );
    }

    #[test]
    fn every_figure_of_a_row_that_came_or_went_is_named_and_a_table_as_a_whole() {
        let before = example::report();
        let mut now = example::report();
        now.tables[0].rows.remove(1);
        assert_eq!(
            said(&before, &now),
            [
                "Domain 2, Case supervision, 2.1.1, % yes: 83% -> -",
                "Domain 2, Case supervision, 2.1.1, Yes: 1,106 -> -"
            ]
        );
        assert_eq!(
            said(&now, &before),
            [
                "Domain 2, Case supervision, 2.1.1, % yes: - -> 83%",
                "Domain 2, Case supervision, 2.1.1, Yes: - -> 1,106"
            ]
        );
        assert_eq!(marked(&now, before.clone()), ["83% [r]", "1,106 [r]"]);
        assert_eq!(
            said(&before, &Report::default()),
            ["Domain 2, Case supervision: the table -> -"]
        );
        assert_eq!(
            said(&Report::default(), &before),
            ["Domain 2, Case supervision: - -> the table"]
        );
        assert_eq!(find_differences(&Report::default(), &before, false), []);
    }

    #[test]
    fn a_new_column_is_not_revised_and_the_figures_of_one_that_went_are_missed() {
        let before = example::report();
        let mut now = example::report();
        now.tables[0].columns[4].id = "counted".into();
        assert_eq!(marked(&before, now.clone()), [""; 0]);
        let said = said(&before, &now);
        assert_eq!(said.len(), 2);
        assert_eq!(said[1], "Domain 2, Case supervision, 2.1.2, Yes: 0 -> -");
    }
}
