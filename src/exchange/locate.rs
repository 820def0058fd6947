//! Finds the lines and columns of answers in a file that has been read before, by reading it once more.
//!
//! Lines are not kept while reading: 15 million of them would take more memory than the answers, and they are wanted only
//! when something is wrong. Must not know what is wrong.

use std::collections::HashMap;
use std::path::Path;

use super::answer_rows::{RowReader, Statement};
use super::gather::Gather;
use super::known::KnownCases;
use super::layout::{Form, Layout};
use super::row_problems::{doubled, from_one};
use super::source::{Options, Source};
use crate::model::{Place, Problem, Problems};

/// Where a file of answers that has been read speaks of these questions, each given by its case and place, in the same order.
/// A question that the file does not speak of gets the file alone as its place.
///
/// # Errors
/// The file can no longer be read; what is wrong with single rows does not matter here.
pub fn locate(
    path: &Path,
    options: &Options<'_>,
    known: &KnownCases,
    wanted: &[(usize, usize)],
) -> Result<Vec<Place>, Problems> {
    let source = Source::open(path, options)?;
    let layout = Layout::read(&source.file, &source.header, known)?;
    let file = source.file.clone();
    let mut found: HashMap<(usize, usize), Option<Place>> =
        wanted.iter().map(|question| (*question, None)).collect();
    let mut missing = found.len();
    each_statement(source, known, &layout, |said| {
        if let Some(spoken) = found.get_mut(&(said.case.case, said.place))
            && spoken.is_none()
        {
            *spoken = Some(place(&file, &said));
            missing -= 1;
        }
        missing > 0
    })?;
    let find = |question| found.get(question).cloned().flatten();
    Ok(wanted
        .iter()
        .map(|question| find(question).unwrap_or_else(|| Place::of(&file)))
        .collect())
}

/// The problems of answers that are given twice. `is_doubled` says so of a letter among those of all cases.
pub(super) fn find_doubled(
    source: Source<'_>,
    known: &KnownCases,
    layout: &Layout,
    is_doubled: impl Fn(usize) -> bool,
) -> Gather {
    let file = source.file.clone();
    let is_wide = matches!(layout.form, Form::Wide(_));
    let mut first_lines: HashMap<usize, u64> = HashMap::new();
    let mut problems = Gather::default();
    let mut line_before = 0;
    let ended = each_statement(source, known, layout, |said| {
        let letter = said.letter_at();
        if is_doubled(letter) {
            match first_lines.get(&letter) {
                None => {
                    first_lines.insert(letter, said.line);
                }
                // A wide row that stands twice is one problem, not one for each of its cells.
                Some(_) if is_wide && said.line == line_before => {}
                Some(first) => {
                    line_before = said.line;
                    let reference = known.reference(said.case.case);
                    let number = known.number(said.case.sample, said.place);
                    problems.push(|| doubled(reference, number, *first).at(place(&file, &said)));
                }
            }
        }
        true
    });
    if let Err(problem) = ended {
        problems.stop(problem);
    }
    problems
}

fn place(file: &str, said: &Statement<'_>) -> Place {
    Place::of(file)
        .line(said.line)
        .column(from_one(said.column))
}

/// Gives everything that the file says to `on_statement` until it answers `false`.
fn each_statement(
    source: Source<'_>,
    known: &KnownCases,
    layout: &Layout,
    mut on_statement: impl FnMut(Statement<'_>) -> bool,
) -> Result<(), Problem> {
    let file = source.file.clone();
    let mut rows = RowReader::new(known, layout, &file);
    let mut wanted = true;
    source.each_row(|line, record| {
        rows.record(line, record, &mut |said| {
            if wanted {
                wanted = on_statement(said);
            }
        });
        wanted
    })
}
