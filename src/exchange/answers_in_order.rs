//! Reads a file of answers whose rows come in the order of the record, as most do: the answers of a case are known as soon as
//! the file is past it, so that they can be recorded while the rest is read.
//!
//! Whatever else a file may be, out of order or wrong, it is given up at once: [`super::read_answers`] reads it whole and says
//! what is wrong. Must not know whether a question applies, nor what has been recorded before.

use std::path::Path;

use super::answer_rows::{RowReader, Statement};
use super::answers::{AnswerRows, SILENT, forget_notes_alone, letter_of, note_of};
use super::blocks::{Block, Blocks};
use super::known::KnownCases;
use super::layout::Layout;
use super::source::{Options, Rows, Source};

/// Gives the answers of a CSV file to `take`, part by part, as they are read: each part goes on where the one before ended. Stops
/// where `take` answers `false`.
///
/// `true` if the parts together are what the file says. `false` where the rows do not come in the order of `known`, where
/// anything is wrong with the file or it is no CSV file, and where `take` wanted no more: the parts are then worth nothing.
pub fn read_in_order(
    path: &Path,
    options: &Options<'_>,
    known: &KnownCases,
    take: impl FnMut(&AnswerRows) -> bool,
) -> bool {
    // What comes through a pipe cannot be read a second time.
    let can_be_read_again = options.content.is_some() || path.is_file();
    let source = can_be_read_again.then(|| Source::open(path, options));
    let Some(Ok(source)) = source else {
        return false;
    };
    read_source(source, known, take)
}

fn read_source(
    source: Source<'_>,
    known: &KnownCases,
    take: impl FnMut(&AnswerRows) -> bool,
) -> bool {
    match (
        source.rows,
        Layout::read(&source.file, &source.header, known),
    ) {
        (Rows::Text(blocks), Ok(layout)) => {
            let rows = RowReader::new(known, &layout, &source.file);
            read_blocks(blocks, known, rows, take)
        }
        _ => false,
    }
}

fn read_blocks(
    mut blocks: Blocks<'_>,
    known: &KnownCases,
    mut rows: RowReader<'_>,
    mut take: impl FnMut(&AnswerRows) -> bool,
) -> bool {
    let mut part = Part::new(known);
    let mut block = Block::default();
    loop {
        match blocks.next_into(&mut block) {
            Ok(true) => {}
            Ok(false) => return rows.any && take(&part.finish()),
            Err(_) => return false,
        }
        rows.block(&block, &mut |said| part.add(&said));
        let is_good = rows.problems.is_empty() && !part.is_out_of_order;
        if !is_good || !take(&part.hand_over()) {
            return false;
        }
    }
}

/// What has been read and not yet handed over.
struct Part<'a> {
    known: &'a KnownCases,
    /// The cases that the file is past.
    past: AnswerRows,
    /// The letters and notes of the case that the rows are at.
    here: AnswerRows,
    /// Whether a row spoke of a case that the file was past, or of a question for the second time.
    is_out_of_order: bool,
}

impl<'a> Part<'a> {
    fn new(known: &'a KnownCases) -> Part<'a> {
        let mut part = Part {
            known,
            past: AnswerRows::default(),
            here: AnswerRows::default(),
            is_out_of_order: false,
        };
        part.begin(0);
        part
    }

    /// Goes on to a case of which nothing has been said so far.
    fn begin(&mut self, case: usize) {
        self.here.first = case;
        self.here.letters.clear();
        let letters_count = self.known.letters_of(case).len();
        self.here.letters.resize(letters_count, SILENT);
    }

    fn add(&mut self, said: &Statement<'_>) {
        let case = said.case.case;
        if case < self.here.first {
            self.is_out_of_order = true;
            return;
        }
        while self.here.first < case {
            self.pass();
        }
        match self.here.letters.get_mut(said.place) {
            Some(letter) if *letter == SILENT => *letter = letter_of(said),
            _ => self.is_out_of_order = true,
        }
        self.here.notes.extend(note_of(said));
    }

    /// The rows are past the case that they were at.
    fn pass(&mut self) {
        forget_notes_alone(&mut self.here.letters);
        self.past.letters.extend_from_slice(&self.here.letters);
        self.past.ends.push(self.past.letters.len());
        self.here.notes.sort_unstable();
        self.past.notes.append(&mut self.here.notes);
        self.begin(self.here.first + 1);
    }

    /// Hands over the cases that the file is past.
    fn hand_over(&mut self) -> AnswerRows {
        let next = AnswerRows {
            first: self.here.first,
            ..AnswerRows::default()
        };
        std::mem::replace(&mut self.past, next)
    }

    /// The file has ended: the last case of which it spoke is past as well.
    fn finish(mut self) -> AnswerRows {
        self.pass();
        self.past
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::known::test_cases;
    use super::super::read_answers;
    use super::*;
    use crate::model::Patch;

    /// What the parts say of the three cases, and their notes; `None` where the file is given up.
    fn read(text: &str, block_bytes: usize) -> Option<(Vec<Patch>, Vec<super::super::Note>)> {
        let blocks = Blocks::new(text.as_bytes(), "f.csv", false, None, block_bytes);
        let source = Source::from_blocks(blocks, "f.csv".into()).ok()?;
        let (mut patches, mut notes) = (Vec::new(), Vec::new());
        let is_whole = read_source(source, &test_cases(), |part| {
            assert_eq!(part.cases().start, patches.len(), "parts follow each other");
            patches.extend(part.cases().map(|case| part.patch(case)));
            notes.extend_from_slice(part.notes());
            true
        });
        patches.resize(3, Patch::default());
        is_whole.then_some((patches, notes))
    }

    fn read_whole(text: &str) -> Option<(Vec<Patch>, Vec<super::super::Note>)> {
        let options = Options {
            content: Some(text.as_bytes()),
            ..Options::default()
        };
        let reading = read_answers(Path::new("f.csv"), &options, &test_cases()).ok()?;
        let whole = reading.finish([]).ok()?;
        let patches = (0..3).map(|case| whole.patch(case)).collect();
        Some((patches, whole.notes().to_vec()))
    }

    #[test]
    fn rows_in_the_order_of_the_record_are_handed_over_as_they_come() {
        let text = "reference,question,answer,note\nA1,2.1.2,yes,\nA1,2.1.1a,,n\nV1,3.2.1,no,\"two\r\nlines\"\n";
        for block_bytes in [1, 40, 1 << 20] {
            let parts = read(text, block_bytes);
            assert_eq!(parts, read_whole(text));
            let (patches, notes) = parts.unwrap();
            let patches: Vec<&str> = patches.iter().map(Patch::as_str).collect();
            assert_eq!(patches, ["..Y", "", "N"]);
            assert_eq!(notes.len(), 2);
        }
    }

    #[test]
    fn what_is_out_of_order_doubled_wrong_or_empty_is_given_up() {
        for rows in [
            "A2,2.1.1,yes\nA1,2.1.1,yes\n",
            "A1,2.1.1,yes\nA1,2.1.1,yes\n",
            "A1,2.1.1,maybe\n",
            "B1,2.1.1,yes\n",
            "A1,2.1.1\n",
            "A1,2.1.1,\"yes\n",
            "",
        ] {
            let text = format!("reference,question,answer\n{rows}");
            assert_eq!(read(&text, 1 << 20), None, "{rows}");
        }
        assert_eq!(read("reference,question\nA1,2.1.1\n", 1 << 20), None);
        let missing = Path::new("missing.csv");
        let is_whole = read_in_order(missing, &Options::default(), &test_cases(), |_| true);
        assert!(!is_whole, "said by whoever reads the file whole");
    }

    #[test]
    fn reading_stops_where_no_more_is_wanted() {
        let text = "reference,question,answer\nA1,2.1.1,yes\nA2,2.1.1,yes\n";
        let blocks = Blocks::new(text.as_bytes(), "f.csv", false, None, 1);
        let source = Source::from_blocks(blocks, "f.csv".into()).unwrap();
        let mut taken = 0;
        let is_whole = read_source(source, &test_cases(), |_| {
            taken += 1;
            false
        });
        assert_eq!((is_whole, taken), (false, 1));
    }

    proptest! {
        #[test]
        fn whatever_is_taken_part_by_part_is_what_the_whole_file_says(
            rows in prop::collection::vec((0..3_usize, 0..4_usize, 0..5_usize), 0..12),
            is_sorted in any::<bool>(),
            block_bytes in 1..60_usize,
        ) {
            let mut rows = rows;
            if is_sorted {
                rows.sort_unstable();
                rows.dedup_by_key(|(case, question, _)| (*case, *question));
            }
            let mut text = String::from("reference,question,answer,note\n");
            for (case, question, answer) in rows {
                let case = ["A1", "A2", "V1"][case];
                let question = ["2.1.1", "2.1.1a", "2.1.2", "3.2.1"][question];
                let answer = ["yes,", "no,", "na,", ",n", "yes,n"][answer];
                text.push_str(&format!("{case},{question},{answer}\n"));
            }
            if let Some(parts) = read(&text, block_bytes) {
                prop_assert_eq!(Some(parts), read_whole(&text));
            } else if is_sorted {
                // A file in order is given up only for what is wrong with it.
                prop_assert_eq!(read_whole(&text), None);
            }
        }
    }
}
