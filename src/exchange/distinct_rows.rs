//! Files each row of which is about one thing that no other row may be about.
//!
//! Must not know what the rows say.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::gather::Gather;
use super::named_columns::NamedColumns;
use super::source::{Source, no_rows};
use crate::model::{Place, Problem};

/// A row of such a file as it stands there.
pub(super) struct NamedRow<'r> {
    /// Its line, from 1.
    pub(super) line: u64,
    columns: &'r NamedColumns,
    place: &'r Place,
    cells: Vec<&'r str>,
}

impl<'r> NamedRow<'r> {
    /// What stands under a name of the form; empty where the file has no such column.
    pub(super) fn cell(&self, name: usize) -> &'r str {
        self.cells.get(name).copied().unwrap_or_default()
    }

    /// Whether the file has the column, and the row says nothing in it.
    pub(super) fn is_blank(&self, name: usize) -> bool {
        self.columns.has(name) && self.cell(name).is_empty()
    }

    /// Reports what is wrong with a cell.
    pub(super) fn report(&self, name: usize, problem: Problem, problems: &mut Gather) {
        let column = self.columns.number(name).unwrap_or(1);
        problems.push(|| problem.at(self.place.clone().column(column)));
    }
}

/// What a row of such a file says.
pub(super) trait DistinctRow: Sized {
    /// Reads it; `None` if it does not say what it is about. What is wrong with it is reported.
    fn read(row: &NamedRow<'_>, problems: &mut Gather) -> Option<Self>;

    /// What it is about; capitals do not matter.
    fn about(&self) -> [&str; 3];

    /// That it is about the same as the row on an earlier line. The problem has no place yet.
    fn doubled(&self, first: u64) -> Problem;
}

/// Reads the rows of a file, in order; one that is about the same as an earlier one is reported, in this column, and left out.
///
/// # Errors
/// There are no rows; what is wrong with them is among the problems.
pub(super) fn read_distinct_rows<R: DistinctRow>(
    source: Source<'_>,
    columns: &NamedColumns,
    column: u64,
    problems: &mut Gather,
) -> Result<Vec<R>, Problem> {
    let file = source.file.clone();
    let (mut rows, mut lines) = (Vec::new(), HashMap::new());
    let mut any = false;
    let ended = source.each_row(|line, record| {
        any = true;
        let place = Place::of(&file).line(line);
        let cells = columns.cells(record, &place, problems);
        let row = cells.and_then(|cells| {
            let row = NamedRow {
                line,
                columns,
                place: &place,
                cells,
            };
            R::read(&row, problems)
        });
        if let Some(row) = row {
            match lines.entry(row.about().map(str::to_lowercase)) {
                Entry::Occupied(first) => {
                    problems.push(|| row.doubled(*first.get()).at(place.column(column)));
                }
                Entry::Vacant(free) => {
                    free.insert(line);
                    rows.push(row);
                }
            }
        }
        true
    });
    if let Err(problem) = ended {
        problems.stop(problem);
    } else if !any && problems.is_empty() {
        return Err(no_rows(&file));
    }
    Ok(rows)
}
