//! Files each row of which is about one thing that no other row may be about.
//!
//! Must not know what the rows say.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use csv::ByteRecord;

use super::gather::Gather;
use super::named_columns::NamedColumns;
use super::source::{Source, no_rows};
use crate::model::{Place, Problem};

/// A row of such a file.
pub(super) trait DistinctRow: Sized {
    /// Reads it; `None` if it does not say what it is about. What is wrong with it is reported.
    fn read(
        line: u64,
        record: &ByteRecord,
        columns: &NamedColumns,
        place: &Place,
        problems: &mut Gather,
    ) -> Option<Self>;

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
        if let Some(row) = R::read(line, record, columns, &place, problems) {
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
