//! Reads a file of answers into one letter for each question of each case.
//!
//! The matrix of letters makes the order of the rows irrelevant and finds answers that are given twice. A national file
//! holds 15 million answers, so several readers share its blocks, each with a matrix of its own. Must not know whether a
//! question applies, nor what has been recorded before.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::answer_rows::{RowReader, Statement};
use super::blocks::{Block, Blocks};
use super::gather::{Gather, Reading};
use super::known::KnownCases;
use super::layout::Layout;
use super::locate::find_doubled;
use super::source::{Options, Rows, Source, no_rows};
use crate::model::{Answer, Mark, Patch, Problem, Problems};

/// A letter of the matrix: nothing is said.
pub(super) const SILENT: u8 = 0;
/// A letter of the matrix: there is a note and no answer.
const NOTE_ALONE: u8 = b'.';
/// Marks a letter of the matrix of which the file speaks twice.
const DOUBLED: u8 = 0x80;

/// Below this size one reader is faster than starting several.
const SHARED_BYTES_MIN: u64 = 4 << 20;
/// Letters written in one run.
const WAITING_MAX: usize = 256;
/// More readers than this wait for one another to be handed blocks.
const READERS_MAX: usize = 4;

/// What a file of answers, or a part of it, says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswerRows {
    /// The first case that it may speak of.
    pub(super) first: usize,
    pub(super) letters: Vec<u8>,
    /// Where the letters of each case end, from the first one on.
    pub(super) ends: Vec<usize>,
    pub(super) notes: Vec<Note>,
    /// Cases of which something was said that could not be made out.
    pub(super) spoilt: HashSet<usize>,
}

/// A note on one answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The case's place in [`KnownCases`].
    pub case: usize,
    /// The question's place in the case's sample.
    pub place: usize,
    /// The text, trimmed, never empty; line ends are line feeds.
    pub text: String,
}

impl AnswerRows {
    /// The cases that it may speak of, by their places in [`KnownCases`].
    #[must_use]
    pub fn cases(&self) -> Range<usize> {
        self.first..self.first + self.ends.len()
    }

    /// What is said of a case, a byte for each question in the sample's order: `Y`, `N` or `X` as on an answer sheet, 0 where
    /// the file says nothing. Empty for a case that is not there.
    #[must_use]
    pub fn letters(&self, case: usize) -> &[u8] {
        let end_of = |at: usize| self.ends.get(at).copied();
        let Some(at) = case.checked_sub(self.first) else {
            return &[];
        };
        let start = at.checked_sub(1).and_then(end_of).unwrap_or(0);
        let end = end_of(at).unwrap_or(start);
        self.letters.get(start..end).unwrap_or_default()
    }

    /// The answers that are given for a case, by place.
    pub fn answers(&self, case: usize) -> impl Iterator<Item = (usize, Answer)> + '_ {
        let said = |letter: &u8| Mark::from_letter(*letter).and_then(Mark::said);
        let letters = self.letters(case).iter().enumerate();
        letters.filter_map(move |(place, letter)| Some((place, said(letter)?)))
    }

    /// The answers that are given for a case as a patch; empty where the file says nothing.
    #[must_use]
    pub fn patch(&self, case: usize) -> Patch {
        Patch::of_letters(self.letters(case))
    }

    /// Every note, by case and place.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Whether something that the file says of a case could not be made out, so that what follows from its answers is not known.
    #[must_use]
    pub fn is_spoilt(&self, case: usize) -> bool {
        self.spoilt.contains(&case)
    }

    /// How many answers the file gives.
    #[must_use]
    pub fn answers_count(&self) -> usize {
        self.letters
            .iter()
            .filter(|letter| **letter != SILENT)
            .count()
    }
}

/// Reads a file of answers in the long form (`reference,question,answer` and perhaps `note`) or the wide one (`reference`
/// and a column for each question, perhaps with columns such as `2.1.1 note`), told apart by the header.
///
/// # Errors
/// The file cannot be opened, is empty, or has a wrong header; what is wrong with its rows is kept in the [`Reading`].
pub fn read_answers(
    path: &Path,
    options: &Options<'_>,
    known: &KnownCases,
) -> Result<Reading<AnswerRows>, Problems> {
    let is_large = path
        .metadata()
        .is_ok_and(|about| about.len() >= SHARED_BYTES_MIN);
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let readers_count = if is_large {
        processors.min(READERS_MAX)
    } else {
        1
    };
    let again = Options {
        progress: None,
        ..*options
    };
    read_source(Source::open(path, options)?, known, readers_count, || {
        Source::open(path, &again)
    })
}

/// `again` opens the file once more, to find the lines of answers that are given twice.
fn read_source<'a>(
    source: Source<'_>,
    known: &KnownCases,
    readers_count: usize,
    again: impl FnOnce() -> Result<Source<'a>, Problem>,
) -> Result<Reading<AnswerRows>, Problems> {
    let file = source.file.clone();
    let layout = Layout::read(&file, &source.header, known)?;
    let read = match source.rows {
        Rows::Text(blocks) => read_blocks(blocks, known, &layout, &file, readers_count),
        Rows::Sheet(_) => read_sheet(source, known, &layout),
    };
    let Matrix {
        mut letters,
        mut notes,
        mut problems,
        any,
        mut spoilt,
        ..
    } = read;
    if letters.iter().any(|letter| letter & DOUBLED != 0) {
        let is_doubled = |at: usize| letters.get(at).is_some_and(|letter| letter & DOUBLED != 0);
        problems.absorb(find_doubled(again()?, known, &layout, is_doubled));
    } else if !any && problems.is_empty() {
        return Err(no_rows(&file).into());
    }
    if !problems.is_empty() {
        let has_doubled = |case: &usize| {
            let letters = letters.get(known.letters_of(*case)).unwrap_or_default();
            letters.iter().any(|letter| letter & DOUBLED != 0)
        };
        spoilt.extend((0..known.len()).filter(has_doubled));
    }
    forget_notes_alone(&mut letters);
    notes.sort_unstable();
    let ends = (0..known.len())
        .map(|case| known.letters_of(case).end)
        .collect();
    let says = AnswerRows {
        first: 0,
        letters,
        ends,
        notes,
        spoilt,
    };
    Ok(Reading::new(&file, says, problems))
}

/// A note without an answer is no answer.
pub(super) fn forget_notes_alone(letters: &mut [u8]) {
    for letter in letters.iter_mut().filter(|letter| **letter == NOTE_ALONE) {
        *letter = SILENT;
    }
}

/// What one reader has read.
struct Matrix {
    letters: Vec<u8>,
    /// Letters that are still to be written, with their places: written in runs, the waits for memory overlap.
    waiting: Vec<(usize, u8)>,
    notes: Vec<Note>,
    problems: Gather,
    spoilt: HashSet<usize>,
    /// Whether there was any row.
    any: bool,
}

impl Matrix {
    fn take(&mut self, said: Statement<'_>) {
        self.waiting.push((said.letter_at(), letter_of(&said)));
        if self.waiting.len() == WAITING_MAX {
            self.write();
        }
        self.notes.extend(note_of(&said));
    }

    fn write(&mut self) {
        for (at, new) in self.waiting.drain(..) {
            if let Some(letter) = self.letters.get_mut(at) {
                *letter = if *letter == SILENT {
                    new
                } else {
                    *letter | DOUBLED
                };
            }
        }
    }

    /// Takes over what the reader of the rows has found, after the last row.
    fn finish(mut self, rows: RowReader<'_>) -> Matrix {
        self.write();
        self.problems = rows.problems;
        self.spoilt = rows.spoilt;
        self.any = rows.any;
        self
    }

    fn merge(mut self, other: Matrix) -> Matrix {
        for (letter, other) in self.letters.iter_mut().zip(&other.letters) {
            *letter = match (*letter, *other) {
                (one, SILENT) | (SILENT, one) => one,
                (one, _) => one | DOUBLED,
            };
        }
        self.notes.extend(other.notes);
        self.problems.absorb(other.problems);
        self.spoilt.extend(other.spoilt);
        self.any |= other.any;
        self
    }
}

/// What a row says, as a letter of the matrix.
pub(super) fn letter_of(said: &Statement<'_>) -> u8 {
    said.answer
        .map_or(NOTE_ALONE, |answer| Mark::InForce(answer).letter())
}

/// The note of a row, if it has one.
pub(super) fn note_of(said: &Statement<'_>) -> Option<Note> {
    (!said.note.is_empty()).then(|| Note {
        case: said.case.case,
        place: said.place,
        text: said.note.replace("\r\n", "\n"),
    })
}

fn read_sheet(source: Source<'_>, known: &KnownCases, layout: &Layout) -> Matrix {
    let file = source.file.clone();
    let mut rows = RowReader::new(known, layout, &file);
    let mut matrix = empty_matrix(known);
    let ended = source.each_row(|line, record| {
        rows.record(line, record, &mut |said| matrix.take(said));
        true
    });
    if let Err(problem) = ended {
        rows.problems.stop(problem);
    }
    matrix.finish(rows)
}

fn empty_matrix(known: &KnownCases) -> Matrix {
    let letters = vec![SILENT; known.letters_count()];
    Matrix {
        letters,
        waiting: Vec::new(),
        notes: Vec::new(),
        problems: Gather::default(),
        spoilt: HashSet::new(),
        any: false,
    }
}

fn read_blocks(
    blocks: Blocks<'_>,
    known: &KnownCases,
    layout: &Layout,
    file: &str,
    readers_count: usize,
) -> Matrix {
    let blocks = Mutex::new(blocks);
    let read = || read_shared(&blocks, known, layout, file);
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..readers_count).map(|_| scope.spawn(read)).collect();
        others
            .into_iter()
            .fold(read(), |matrix, other| match other.join() {
                Ok(other) => matrix.merge(other),
                Err(panicked) => std::panic::resume_unwind(panicked),
            })
    })
}

fn read_shared(
    blocks: &Mutex<Blocks<'_>>,
    known: &KnownCases,
    layout: &Layout,
    file: &str,
) -> Matrix {
    let lock = || blocks.lock().unwrap_or_else(PoisonError::into_inner);
    let mut rows = RowReader::new(known, layout, file);
    let mut matrix = empty_matrix(known);
    let mut block = Block::default();
    loop {
        // Not in the loop's head, where the lock would be held while the block is read.
        let next = lock().next_into(&mut block);
        match next {
            Ok(true) => {
                if !rows.block(&block, &mut |said| matrix.take(said)) {
                    lock().stop();
                }
            }
            Ok(false) => break,
            Err(problem) => {
                lock().stop();
                rows.problems.stop(problem);
            }
        }
    }
    matrix.finish(rows)
}

#[cfg(test)]
#[path = "answers_tests.rs"]
mod tests;
