//! Reads the rows of a file of answers one by one, and says what each of them says or what is wrong with it.
//!
//! Must not know what becomes of the answers, nor whether one was given before.

use std::collections::HashSet;

use csv::ByteRecord;

use super::blocks::{Block, cell_text, check_utf8, each_record};
use super::gather::Gather;
use super::known::{FoundCase, KnownCases};
use super::layout::{Form, Layout, LongColumns, QuestionColumns, find_question};
use super::plain_rows::{PlainRow, each_plain_row};
use super::row_problems::{
    from_one, not_applicable, ragged, unknown_answer, unknown_case, unknown_question, unnamed,
};
use crate::model::{Answer, Place, Problem};

/// What a row says about one question: an answer, a note, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Statement<'a> {
    /// The line, from 1.
    pub(super) line: u64,
    /// The column of the answer (or else of the note), from 0.
    pub(super) column: usize,
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

/// The cells of a row of the long form, and where it stands.
struct LongRow<'a> {
    line: u64,
    columns: LongColumns,
    reference: &'a [u8],
    question: &'a [u8],
    answer: &'a [u8],
    note: &'a [u8],
    /// Whether it has another reference than the row before.
    is_of_next: bool,
}

impl<'a> LongRow<'a> {
    fn new(
        line: u64,
        reference: &'a [u8],
        columns: LongColumns,
        cell: impl Fn(usize) -> &'a [u8],
    ) -> LongRow<'a> {
        LongRow {
            line,
            columns,
            reference,
            question: cell(columns.question),
            answer: cell(columns.answer),
            note: columns.note.map(cell).unwrap_or_default(),
            is_of_next: true,
        }
    }
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
    /// Cases on whose rows something is wrong, by their places.
    pub(super) spoilt: HashSet<usize>,
    /// The case of the row before, in the wide form.
    latest: Option<FoundCase>,
}

/// How many rows are looked up together: enough for waits to overlap, few enough to stay in the fastest cache.
const BATCH_ROWS: usize = 256;

impl<'a> RowReader<'a> {
    pub(super) fn new(known: &'a KnownCases, layout: &'a Layout, file: &'a str) -> RowReader<'a> {
        let problems = Gather::default();
        RowReader {
            known,
            layout,
            file,
            any: false,
            problems,
            spoilt: HashSet::new(),
            latest: None,
        }
    }

    /// Reads a block of a CSV file; `false` if it is not text and nothing behind it should be read.
    pub(super) fn block(&mut self, block: &Block, say: &mut impl FnMut(Statement<'_>)) -> bool {
        let layout = self.layout;
        let is_plain = !block.quoted && layout.unnamed.is_empty();
        match &layout.form {
            Form::Long(columns) if is_plain => self.plain_long_rows(block, *columns, say),
            Form::Wide(questions) if is_plain => each_plain_row(block, layout.width, |row| {
                if let Some(reference) = self.plain_reference(row) {
                    self.wide_row(row.line, reference, questions, |at| row.cell(at), say);
                }
            }),
            _ => each_record(block, |line, record, _| {
                self.record(line, record, say);
                true
            }),
        }
        // Read all the same: the problems on the lines before are shown as well.
        let wrong = check_utf8(block, self.file);
        let is_text = wrong.is_none();
        if let Some(problem) = wrong {
            self.problems.stop(problem);
        }
        is_text
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
            let text = cell_text(cell(*column));
            if !text.is_empty() {
                self.report(line, *column, || unnamed(text));
            }
        }
        let reference = cell(layout.reference);
        match &layout.form {
            Form::Wide(questions) => {
                let cell = |column| cell(column).trim_ascii();
                self.wide_row(line, reference, questions, cell, say);
            }
            Form::Long(columns) => {
                let found = self.known.find_case(reference);
                self.long_row(&LongRow::new(line, reference, *columns, cell), found, say);
            }
        }
    }

    /// Reads the rows of the long form in batches, so that their cases are looked up together, and once where neighbours are
    /// about the same case.
    fn plain_long_rows(
        &mut self,
        block: &Block,
        columns: LongColumns,
        say: &mut impl FnMut(Statement<'_>),
    ) {
        let mut rows: Vec<LongRow<'_>> = Vec::with_capacity(BATCH_ROWS);
        let mut references: Vec<&[u8]> = Vec::with_capacity(BATCH_ROWS);
        each_plain_row(block, self.layout.width, |row| {
            let Some(reference) = self.plain_reference(row) else {
                return;
            };
            let cell = |column| row.cell(column);
            let mut new = LongRow::new(row.line, reference, columns, cell);
            new.is_of_next = references.last() != Some(&reference);
            if new.is_of_next {
                references.push(reference);
            }
            rows.push(new);
            if rows.len() == BATCH_ROWS {
                self.long_rows(&rows, &references, say);
                rows.clear();
                references.clear();
            }
        });
        self.long_rows(&rows, &references, say);
    }

    /// The reference of a line; `None` for a blank line, or one that is not as wide as the header.
    fn plain_reference<'b>(&mut self, row: &PlainRow<'b>) -> Option<&'b [u8]> {
        let reference = row.cell(self.layout.reference);
        let is_odd = reference.is_empty() || row.width != self.layout.width;
        if is_odd && row.is_blank() {
            return None;
        }
        self.any = true;
        self.has_width(row.line, row.width).then_some(reference)
    }

    /// `references` are those of the rows, each once where neighbours have the same.
    fn long_rows(
        &mut self,
        rows: &[LongRow<'_>],
        references: &[&[u8]],
        say: &mut impl FnMut(Statement<'_>),
    ) {
        let found = self.known.find_cases(references);
        for (run, found) in rows.chunk_by(|_, next| !next.is_of_next).zip(found) {
            for row in run {
                self.long_row(row, found, say);
            }
        }
    }

    fn wide_row<'b>(
        &mut self,
        line: u64,
        reference: &[u8],
        questions: &[QuestionColumns],
        cell: impl Fn(usize) -> &'b [u8],
        say: &mut impl FnMut(Statement<'_>),
    ) {
        let found = self.known.find_case_after(self.latest, reference);
        let Some(case) = self.accept_case(line, reference, found) else {
            return;
        };
        self.latest = Some(case);
        for question in questions {
            self.wide_cell(line, case, question, &cell, say);
        }
    }

    fn long_row(
        &mut self,
        row: &LongRow<'_>,
        found: Option<FoundCase>,
        say: &mut impl FnMut(Statement<'_>),
    ) {
        let line = row.line;
        let case = self.accept_case(line, row.reference, found);
        let place = case.and_then(|case| self.find_place(row, case));
        let answer = self.read_answer(line, row.columns.answer, row.answer);
        if let Some(case) = case.filter(|_| place.is_none() || answer.is_none()) {
            self.spoilt.insert(case.case);
        }
        if let (Some(case), Some(place), Some(answer)) = (case, place, answer) {
            let column = row.columns.answer;
            let is_noted = !row.note.is_empty();
            let note = if is_noted { cell_text(row.note) } else { "" };
            self.pass_on(
                Statement {
                    line,
                    column,
                    case,
                    place,
                    answer,
                    note,
                },
                say,
            );
        }
    }

    fn wide_cell<'b>(
        &mut self,
        line: u64,
        case: FoundCase,
        question: &QuestionColumns,
        cell: impl Fn(usize) -> &'b [u8],
        say: &mut impl FnMut(Statement<'_>),
    ) {
        let answer = question.answer.map(&cell).unwrap_or_default();
        let note = question.note.map_or("", |column| cell_text(cell(column)));
        if answer.is_empty() && note.is_empty() {
            return;
        }
        let answer_column = question.answer.filter(|_| !answer.is_empty());
        let column = answer_column.or(question.note).unwrap_or(0);
        let Some(place) = question.places.get(case.sample).copied().flatten() else {
            let (known, number) = (self.known, &question.number);
            self.report(line, column, || unknown_question(known, case, number));
            self.spoilt.insert(case.case);
            return;
        };
        let answer = self.read_answer(line, column, answer);
        if answer.is_none() {
            self.spoilt.insert(case.case);
        }
        if let Some(answer) = answer {
            self.pass_on(
                Statement {
                    line,
                    column,
                    case,
                    place,
                    answer,
                    note,
                },
                say,
            );
        }
    }

    /// Passes on what a row says, unless that is nothing or may not be said.
    fn pass_on(&mut self, said: Statement<'_>, say: &mut impl FnMut(Statement<'_>)) {
        let (known, sample) = (self.known, said.case.sample);
        let is_refused = said.answer == Some(Answer::NotApplicable)
            && !known.allows_not_applicable(sample, said.place);
        if is_refused {
            let number = known.number(sample, said.place);
            self.report(said.line, said.column, || not_applicable(number));
            self.spoilt.insert(said.case.case);
        } else if said.answer.is_some() || !said.note.is_empty() {
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
        if found.is_none() {
            let text = cell_text(reference);
            self.report(line, self.layout.reference, || unknown_case(known, text));
        }
        found
    }

    fn find_place(&mut self, row: &LongRow<'_>, case: FoundCase) -> Option<usize> {
        let (known, number) = (self.known, row.question);
        let exact = known.question(case.sample, number);
        let found = exact.or_else(|| find_question(known, case.sample, cell_text(number)));
        if found.is_none() {
            let problem = || unknown_question(known, case, cell_text(number));
            self.report(row.line, row.columns.question, problem);
        }
        found
    }

    /// The answer of a cell, `Some(None)` for an empty one, `None` for what is no answer.
    fn read_answer(&mut self, line: u64, column: usize, cell: &[u8]) -> Option<Option<Answer>> {
        match cell {
            b"yes" => return Some(Some(Answer::Yes)),
            b"no" => return Some(Some(Answer::No)),
            b"na" => return Some(Some(Answer::NotApplicable)),
            _ => {}
        }
        let text = cell_text(cell);
        if text.is_empty() {
            return Some(None);
        }
        let answer = Answer::parse(text);
        if answer.is_none() {
            self.report(line, column, || unknown_answer(text));
        }
        answer.map(Some)
    }

    fn has_width(&mut self, line: u64, width: usize) -> bool {
        let (file, wanted) = (self.file, self.layout.width);
        if width != wanted {
            let place = || Place::of(file).line(line);
            self.problems.push(|| ragged(width, wanted).at(place()));
        }
        width == wanted
    }

    fn report(&mut self, line: u64, column: usize, problem: impl FnOnce() -> Problem) {
        let place = || Place::of(self.file).line(line).column(from_one(column));
        self.problems.push(|| problem().at(place()));
    }
}

#[cfg(test)]
#[path = "answer_rows_tests.rs"]
mod tests;
