//! Where on a sheet its lines and tables stand: as marked, or as a reader would take it. Must not know any rule.

use std::collections::{BTreeMap, BTreeSet};

use crate::exchange::workbook_form::{Area, Cell, MarkedTable, Position, SheetForm};

/// A sheet and its tables.
pub(super) struct Layout<'w> {
    pub(super) sheet: &'w SheetForm,
    /// Its tables from the top.
    pub(super) tables: Vec<Table<'w>>,
}

/// A table of a sheet.
pub(super) struct Table<'w> {
    /// Its cells, header included.
    pub(super) area: Area,
    /// Its mark; `None` where it only looks like a table.
    pub(super) mark: Option<&'w MarkedTable>,
}

impl<'w> Layout<'w> {
    pub(super) fn of(sheet: &'w SheetForm) -> Layout<'w> {
        let marked = sheet.tables.iter().map(|mark| Table {
            area: mark.area,
            mark: Some(mark),
        });
        let mut tables: Vec<Table<'w>> = marked.collect();
        if tables.is_empty() {
            tables = guess_tables(sheet);
        }
        tables.sort_by_key(|table| table.area.first);
        Layout { sheet, tables }
    }

    pub(super) fn name(&self) -> &'w str {
        &self.sheet.name
    }

    /// Whether nothing stands on it.
    pub(super) fn is_blank(&self) -> bool {
        self.sheet.filled().next().is_none() && self.sheet.drawings.is_empty()
    }

    /// The row where the first table begins; `None` without tables.
    pub(super) fn first_table_row(&self) -> Option<u32> {
        self.tables.first().map(|table| table.area.first.row)
    }

    /// The words in column A above the first table with their rows, or all of column A where there is none.
    pub(super) fn lines(&self) -> impl Iterator<Item = (u32, &'w str)> {
        let end = self.first_table_row().unwrap_or(u32::MAX);
        let cells = self.sheet.filled();
        let above = cells.take_while(move |(at, _)| at.row < end);
        let lines = above.filter(|(at, _)| at.column == 0);
        lines.filter_map(|(at, cell)| Some((at.row, cell.words()?)))
    }

    /// The filled cells of all tables below their headers.
    pub(super) fn body(&self) -> impl Iterator<Item = (Position, &'w Cell)> + '_ {
        self.tables.iter().flat_map(|table| table.body(self.sheet))
    }

    /// The filled cells of all tables.
    pub(super) fn table_cells(&self) -> impl Iterator<Item = (Position, &'w Cell)> + '_ {
        self.tables.iter().flat_map(|table| table.cells(self.sheet))
    }

    /// Whether the cell is in a table.
    pub(super) fn is_in_table(&self, at: Position) -> bool {
        self.tables.iter().any(|table| table.area.holds(at))
    }
}

impl<'w> Table<'w> {
    /// How many rows of it are header; a table that is only guessed has one.
    fn headers_count(&self) -> u32 {
        self.mark.map_or(1, |mark| mark.headers_count)
    }

    /// The filled cells of the table.
    pub(super) fn cells(&self, sheet: &'w SheetForm) -> impl Iterator<Item = (Position, &'w Cell)> {
        self.kept_cells(sheet).filter(|(_, cell)| cell.is_filled())
    }

    /// The filled cells of the table, and blank ones with a colour.
    pub(super) fn kept_cells<'s>(
        &self,
        sheet: &'s SheetForm,
    ) -> impl Iterator<Item = (Position, &'s Cell)> + use<'s> {
        let area = self.area;
        let rows = Position::new(area.first.row, 0)..=Position::new(area.last.row, u32::MAX);
        let cells = sheet.cells.range(rows).map(|(at, cell)| (*at, cell));
        cells.filter(move |(at, _)| area.holds(*at))
    }

    /// The filled cells below its header.
    pub(super) fn body(&self, sheet: &'w SheetForm) -> impl Iterator<Item = (Position, &'w Cell)> {
        let start = self.area.first.row.saturating_add(self.headers_count());
        self.cells(sheet).filter(move |(at, _)| at.row >= start)
    }

    /// Its header: every column with the words over it, if there are any.
    pub(super) fn header(&self, sheet: &'w SheetForm) -> Vec<(Position, Option<&'w Cell>)> {
        let row = self.area.first.row;
        let columns = self.area.first.column..=self.area.last.column;
        let places = columns.map(|column| Position::new(row, column));
        places.map(|at| (at, sheet.filled_at(at))).collect()
    }

    /// Its columns without any filled cell.
    pub(super) fn blank_columns(&self, sheet: &SheetForm) -> Vec<u32> {
        let filled: BTreeSet<u32> = self.cells(sheet).map(|(at, _)| at.column).collect();
        let columns = self.area.first.column..=self.area.last.column;
        columns.filter(|column| !filled.contains(column)).collect()
    }
}

/// Rows that hang together, each with the columns that are filled in it.
type Block = Vec<(u32, BTreeSet<u32>)>;

/// What looks like a table: rows with more than one filled cell. After a blank row, another one begins only with a line of its
/// own; else the blank row stands within the table.
fn guess_tables<'w>(sheet: &SheetForm) -> Vec<Table<'w>> {
    let mut rows: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (at, _) in sheet.filled() {
        rows.entry(at.row).or_default().insert(at.column);
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (row, columns) in rows {
        let follows = blocks.last().and_then(|block| block.last());
        match follows.is_some_and(|(last, _)| last + 1 == row) {
            true => blocks
                .last_mut()
                .into_iter()
                .for_each(|block| block.push((row, columns.clone()))),
            false => blocks.push(vec![(row, columns)]),
        }
    }
    let is_wide = |(_, columns): &(u32, BTreeSet<u32>)| columns.len() > 1;
    let mut tables: Vec<Area> = Vec::new();
    for block in &blocks {
        let (Some(first), Some(last)) = (
            block.iter().position(is_wide),
            block.iter().rposition(is_wide),
        ) else {
            continue;
        };
        let rows = block.get(first..=last).unwrap_or_default();
        let columns = || rows.iter().flat_map(|(_, columns)| columns);
        let row = |place: usize| block.get(place).map_or(0, |(row, _)| *row);
        let area = Area {
            first: Position::new(row(first), columns().min().copied().unwrap_or(0)),
            last: Position::new(row(last), columns().max().copied().unwrap_or(0)),
        };
        match tables.last_mut().filter(|_| first == 0) {
            Some(before) => {
                before.first.column = before.first.column.min(area.first.column);
                before.last =
                    Position::new(area.last.row, before.last.column.max(area.last.column));
            }
            None => tables.push(area),
        }
    }
    tables
        .into_iter()
        .map(|area| Table { area, mark: None })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::sheet_of;
    use super::*;

    fn guessed(rows: &[&[&str]]) -> Vec<String> {
        let sheet = sheet_of("S", rows);
        let tables = Layout::of(&sheet).tables;
        tables.iter().map(|table| table.area.to_string()).collect()
    }

    #[test]
    fn what_looks_like_a_table_is_taken_for_one() {
        assert!(guessed(&[]).is_empty());
        assert!(guessed(&[&["a"], &["b"], &[""], &["c"]]).is_empty());
        assert_eq!(
            guessed(&[&["title"], &["h", "i"], &["1", "2"], &["source"]]),
            ["A2:B3"]
        );
        assert_eq!(
            guessed(&[&["h", "i"], &["", ""], &["1", "", "2"]]),
            ["A1:C3"]
        );
        assert_eq!(
            guessed(&[
                &["h", "i"],
                &["1", "2"],
                &[""],
                &["title"],
                &["h", "i"],
                &["1", "2"]
            ]),
            ["A1:B2", "A5:B6"]
        );
    }
}
