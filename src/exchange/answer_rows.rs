//! Reads the rows of a file of answers one by one, and says what each of them says or what is wrong with it.
//!
//! Must not know what becomes of the answers, nor whether one was given before.

use csv::ByteRecord;

use super::blocks::{Block, cell_text, check_utf8, each_record};
use super::gather::Gather;
use super::known::{FoundCase, KnownCases};
use super::layout::{Form, Layout, QuestionColumns, find_question};
use super::values::shown;
use crate::model::{Answer, Code, Place, Problem};

/// What a row says about one question: an answer, a note, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Statement<'a> {
    /// The line, from 1.
    pub(super) line: u64,
    /// The column of the answer (or else of the note), from 1.
    pub(super) column: u64,
    /// The case.
    pub(super) case: FoundCase,
    /// The question's place in the case's sample.
    pub(super) place: usize,
    /// The answer, if one is given.
    pub(super) answer: Option<Answer>,
    /// The note; empty for none.
    pub(super) note: &'a str,
}

impl Statement<'_> {
    /// Where the question's letter stands among those of all cases.
    pub(super) fn letter_at(&self) -> usize {
        self.case.start + self.place
    }
}

/// A row's cells that matter, and where it stands.
#[derive(Clone, Copy)]
struct LongRow<'a> {
    line: u64,
    reference: &'a [u8],
    question: &'a [u8],
    answer: &'a [u8],
    note: &'a [u8],
}

/// Reads rows, and collects what is wrong with them.
pub(super) struct RowReader<'a> {
    known: &'a KnownCases,
    layout: &'a Layout,
    file: &'a str,
    /// Whether any row has been seen that was not blank.
    pub(super) any: bool,
    /// What is wrong so far.
    pub(super) problems: Gather,
}

/// How many rows are looked up together: enough for waits to overlap, few enough to stay in the fastest cache.
const BATCH_ROWS: usize = 256;

/// A line of a block without quotation marks, split at its commas.
struct PlainRow<'a> {
    line: u64,
    text: &'a [u8],
    /// How many cells the line has; only the first few are kept.
    width: usize,
    cells: [&'a [u8]; PLAIN_CELLS_MAX],
}

impl<'a> PlainRow<'a> {
    fn add(&mut self, text: &'a [u8]) {
        if let Some(cell) = self.cells.get_mut(self.width) {
            *cell = text;
        }
        self.width += 1;
    }
}

/// A row of the long form without quotation marks is split without going through the `csv` crate if it has no more cells.
const PLAIN_CELLS_MAX: usize = 4;

impl<'a> RowReader<'a> {
    pub(super) fn new(known: &'a KnownCases, layout: &'a Layout, file: &'a str) -> RowReader<'a> {
        let problems = Gather::default();
        RowReader {
            known,
            layout,
            file,
            any: false,
            problems,
        }
    }

    /// Reads a block of a CSV file; `false` if it is not text and nothing behind it should be read.
    pub(super) fn block(&mut self, block: &Block, say: &mut impl FnMut(Statement<'_>)) -> bool {
        if let Some(problem) = check_utf8(block, self.file) {
            self.problems.stop(problem);
            return false;
        }
        match self.layout.form {
            Form::Long { .. } if !block.quoted && is_plain(self.layout) => {
                self.plain_lines(block, say)
            }
            _ => each_record(block, |line, record, _| {
                self.record(line, record, say);
                true
            }),
        }
        true
    }

    /// Reads a row that is not blank.
    pub(super) fn record(
        &mut self,
        line: u64,
        record: &ByteRecord,
        say: &mut impl FnMut(Statement<'_>),
    ) {
        self.any = true;
        if !self.has_width(line, record.len()) {
            return;
        }
        let cell = |column: usize| record.get(column).unwrap_or_default();
        let layout = self.layout;
        for column in &layout.unnamed {
            self.check_unnamed(line, *column, cell(*column));
        }
        let reference = cell(layout.reference);
        match &layout.form {
            Form::Wide(questions) => {
                let found = self.known.find_case(reference);
                let Some(case) = self.accept_case(line, reference, found) else {
                    return;
                };
                for question in questions {
                    self.wide_cell(line, case, question, record, say);
                }
            }
            Form::Long {
                question,
                answer,
                note,
            } => {
                let note = note.map(cell).unwrap_or_default();
                let (question, answer) = (cell(*question), cell(*answer));
                let found = self.known.find_case(reference);
                self.long_row(
                    LongRow {
                        line,
                        reference,
                        question,
                        answer,
                        note,
                    },
                    found,
                    say,
                );
            }
        }
    }

    /// Splits lines at commas and nothing else: there are no quotation marks, and this is the form of national files.
    fn plain_lines(&mut self, block: &Block, say: &mut impl FnMut(Statement<'_>)) {
        let mut rows: Vec<LongRow<'_>> = Vec::with_capacity(BATCH_ROWS);
        each_plain_row(block, |row| {
            rows.extend(self.plain_row(row));
            if rows.len() == BATCH_ROWS {
                self.long_rows(&rows, say);
                rows.clear();
            }
        });
        self.long_rows(&rows, say);
    }

    fn plain_row<'b>(&mut self, row: &PlainRow<'b>) -> Option<LongRow<'b>> {
        let Form::Long {
            question,
            answer,
            note,
        } = &self.layout.form
        else {
            return None;
        };
        let cell = |column: usize| {
            row.cells
                .get(column)
                .map_or(&b""[..], |cell| cell.trim_ascii())
        };
        let (line, reference) = (row.line, cell(self.layout.reference));
        let is_odd = reference.is_empty() || row.width != self.layout.width;
        if is_odd
            && cell_text(row.text)
                .chars()
                .all(|c| c == ',' || c.is_whitespace())
        {
            return None;
        }
        self.any = true;
        let note = note.map(cell).unwrap_or_default();
        let (question, answer) = (cell(*question), cell(*answer));
        self.has_width(line, row.width).then_some(LongRow {
            line,
            reference,
            question,
            answer,
            note,
        })
    }

    fn long_rows(&mut self, rows: &[LongRow<'_>], say: &mut impl FnMut(Statement<'_>)) {
        let references: Vec<&[u8]> = rows.iter().map(|row| row.reference).collect();
        for (row, found) in rows.iter().zip(self.known.find_cases(&references)) {
            self.long_row(*row, found, say);
        }
    }

    fn long_row(
        &mut self,
        row: LongRow<'_>,
        found: Option<FoundCase>,
        say: &mut impl FnMut(Statement<'_>),
    ) {
        let Form::Long {
            question, answer, ..
        } = &self.layout.form
        else {
            return;
        };
        let (question_column, column) = (*question, *answer);
        let case = self.accept_case(row.line, row.reference, found);
        let place =
            case.and_then(|case| self.find_place(row.line, question_column, case, row.question));
        let answer = self.read_answer(row.line, column, row.answer);
        if let (Some(case), Some(place), Some(answer)) = (case, place, answer) {
            let note = if row.note.is_empty() {
                ""
            } else {
                cell_text(row.note)
            };
            let line = row.line;
            self.state(
                Statement {
                    line,
                    column: from_one(column),
                    case,
                    place,
                    answer,
                    note,
                },
                say,
            );
        }
    }

    fn wide_cell(
        &mut self,
        line: u64,
        case: FoundCase,
        question: &QuestionColumns,
        record: &ByteRecord,
        say: &mut impl FnMut(Statement<'_>),
    ) {
        let cell = |column: Option<usize>| {
            column
                .and_then(|column| record.get(column))
                .unwrap_or_default()
        };
        let (answer, note) = (
            cell(question.answer).trim_ascii(),
            cell_text(cell(question.note)),
        );
        if answer.is_empty() && note.is_empty() {
            return;
        }
        let column = question
            .answer
            .filter(|_| !answer.is_empty())
            .or(question.note)
            .unwrap_or(0);
        let place = question.places.get(case.sample).copied().flatten();
        let answer = self.read_answer(line, column, answer);
        match place {
            None => self.report_question(line, column, case, &question.number),
            Some(place) => {
                let Some(answer) = answer else { return };
                self.state(
                    Statement {
                        line,
                        column: from_one(column),
                        case,
                        place,
                        answer,
                        note,
                    },
                    say,
                );
            }
        }
    }

    /// Passes on what a row says, unless that is nothing or may not be said.
    fn state(&mut self, said: Statement<'_>, say: &mut impl FnMut(Statement<'_>)) {
        if said.answer == Some(Answer::NotApplicable) {
            let sample = said.case.sample;
            if !self.known.allows_not_applicable(sample, said.place) {
                let number = self.known.number(sample, said.place);
                let place = self.place(said.line).column(said.column);
                self.problems.push(|| {
                    let what = format!("question {number} cannot be answered with na");
                    let remedy = "answer yes or no, or leave the cell empty";
                    Problem::new(Code::NotApplicableNotAllowed, what, remedy).at(place)
                });
                return;
            }
        }
        if said.answer.is_some() || !said.note.is_empty() {
            say(said);
        }
    }

    /// The case that was found by the exact reference or is found by the trimmed one; else reports it.
    fn accept_case(
        &mut self,
        line: u64,
        reference: &[u8],
        found: Option<FoundCase>,
    ) -> Option<FoundCase> {
        let known = self.known;
        let found = found.or_else(|| known.find_case(cell_text(reference).as_bytes()));
        if found.is_some() {
            return found;
        }
        let place = self.place(line).column(from_one(self.layout.reference));
        let text = cell_text(reference);
        self.problems.push(|| match text {
            "" => Problem::new(Code::EmptyCell, "the reference is missing", "fill it in").at(place),
            text => {
                let what = format!("there is no case {}", shown(text));
                Problem::new(Code::UnknownCase, what, known.suggest_case(text)).at(place)
            }
        });
        None
    }

    fn find_place(
        &mut self,
        line: u64,
        column: usize,
        case: FoundCase,
        number: &[u8],
    ) -> Option<usize> {
        let sample = case.sample;
        let text = || cell_text(number);
        let found = self.known.question(sample, number);
        let found = found.or_else(|| find_question(self.known, sample, text()));
        if found.is_none() && text().is_empty() {
            let place = self.place(line).column(from_one(column));
            self.problems.push(|| {
                Problem::new(Code::EmptyCell, "the question is missing", "fill it in").at(place)
            });
        } else if found.is_none() {
            self.report_question(line, column, case, text());
        }
        found
    }

    fn report_question(&mut self, line: u64, column: usize, case: FoundCase, number: &str) {
        let place = self.place(line).column(from_one(column));
        let known = self.known;
        self.problems.push(|| {
            let what = format!(
                "case {} has no question {}",
                known.reference(case.case),
                shown(number)
            );
            let remedy = known.suggest_question(Some(case.sample), number);
            Problem::new(Code::UnknownQuestion, what, remedy).at(place)
        });
    }

    /// The answer of a cell, `Some(None)` for an empty one, `None` for what is no answer.
    fn read_answer(&mut self, line: u64, column: usize, cell: &[u8]) -> Option<Option<Answer>> {
        match cell {
            b"yes" => return Some(Some(Answer::Yes)),
            b"no" => return Some(Some(Answer::No)),
            b"na" => return Some(Some(Answer::NotApplicable)),
            b"" => return Some(None),
            _ => {}
        }
        let text = cell_text(cell);
        if text.is_empty() {
            return Some(None);
        }
        let answer = Answer::parse(text);
        if answer.is_none() {
            let place = self.place(line).column(from_one(column));
            self.problems.push(|| {
                let what = format!("{} is not an answer", shown(text));
                let remedy = "write yes, no or na, or leave the cell empty";
                Problem::new(Code::UnknownAnswer, what, remedy).at(place)
            });
        }
        answer.map(Some)
    }

    fn has_width(&mut self, line: u64, width: usize) -> bool {
        let wanted = self.layout.width;
        if width != wanted {
            let place = self.place(line);
            self.problems.push(|| ragged(width, wanted).at(place));
        }
        width == wanted
    }

    fn check_unnamed(&mut self, line: u64, column: usize, cell: &[u8]) {
        let text = cell_text(cell);
        if !text.is_empty() {
            let place = self.place(line).column(from_one(column));
            self.problems.push(|| unnamed(text).at(place));
        }
    }

    fn place(&self, line: u64) -> Place {
        Place::of(self.file).line(line)
    }
}

fn each_plain_row<'b>(block: &'b Block, mut on_row: impl FnMut(&PlainRow<'b>)) {
    let bytes = block.bytes.as_slice();
    let mut row = PlainRow {
        line: block.first_line,
        text: b"",
        width: 0,
        cells: [b""; PLAIN_CELLS_MAX],
    };
    let (mut row_start, mut cell_start) = (0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        if *byte > b',' || !matches!(*byte, b',' | b'\n') {
            continue;
        }
        row.add(bytes.get(cell_start..at).unwrap_or_default());
        cell_start = at + 1;
        if *byte == b'\n' {
            row.text = bytes.get(row_start..at).unwrap_or_default();
            on_row(&row);
            row_start = cell_start;
            row.width = 0;
            row.line += 1;
        }
    }
    if row_start < bytes.len() {
        row.add(bytes.get(cell_start..).unwrap_or_default());
        row.text = bytes.get(row_start..).unwrap_or_default();
        on_row(&row);
    }
}

fn is_plain(layout: &Layout) -> bool {
    layout.width <= PLAIN_CELLS_MAX && layout.unnamed.is_empty()
}

/// A column's number as people count.
pub(super) fn from_one(column: usize) -> u64 {
    u64::try_from(column).unwrap_or(u64::MAX).saturating_add(1)
}

/// The problem of a row that has more or fewer cells than the header.
pub(super) fn ragged(width: usize, wanted: usize) -> Problem {
    let what = format!("the row has {width} cells and the header {wanted}");
    let remedy = "give every row as many cells as the header; put quotation marks around a cell with a comma";
    Problem::new(Code::RaggedRow, what, remedy)
}

/// The problem of a filled cell in a column without a name.
pub(super) fn unnamed(text: &str) -> Problem {
    let what = format!("{} stands in a column without a name", shown(text));
    Problem::new(
        Code::RaggedRow,
        what,
        "name the column in the header, or empty it",
    )
}

#[cfg(test)]
#[path = "answer_rows_tests.rs"]
mod tests;
