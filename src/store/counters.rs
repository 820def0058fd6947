//! Counting the letters of answer sheets.
//!
//! A letter is counted in a byte, a question beside a question, so that the processor counts many at a time; the bytes are
//! emptied into wide counters before they overflow. Must not know where sheets come from (`tallies`).

use crate::model::{SampleTallies, Tally};

/// How many questions are counted together: sheets and counters are filled up to a multiple of it, with 0, which is no
/// letter, so that no question is counted alone.
const STRIP: usize = 64;
type Strip = [u8; STRIP];

/// The counters of one sample: for each grouping one for each code, or one of all cases where nothing is grouped by.
pub(super) struct SampleCount {
    questions: usize,
    all: Lanes,
    groups: Vec<Vec<Lanes>>,
    /// The sheet that is counted at present.
    sheet: Vec<Strip>,
}

impl SampleCount {
    pub(super) fn new(questions: usize, groupings: usize) -> SampleCount {
        SampleCount {
            questions,
            all: Lanes::new(questions),
            groups: vec![Vec::new(); groupings],
            sheet: vec![[0; STRIP]; questions.div_ceil(STRIP)],
        }
    }

    /// Counts one case; false when its sheet has not a letter for each question.
    #[must_use]
    pub(super) fn add(
        &mut self,
        sheet: &[u8],
        information: &[u8],
        places: &[Option<usize>],
    ) -> bool {
        match self.sheet.as_flattened_mut().get_mut(..self.questions) {
            Some(letters) if letters.len() == sheet.len() => letters.copy_from_slice(sheet),
            _ => return false,
        }
        if self.groups.is_empty() {
            self.all.add(&self.sheet);
        }
        for (lanes, place) in self.groups.iter_mut().zip(places) {
            let code = place.and_then(|place| information.get(2 * place..2 * place + 2));
            let code = code.map_or(0, |code| {
                usize::from(u16::from_be_bytes([code[0], code[1]]))
            });
            if lanes.len() <= code {
                lanes.resize(code + 1, Lanes::new(self.questions));
            }
            if let Some(lanes) = lanes.get_mut(code) {
                lanes.add(&self.sheet);
            }
        }
        true
    }

    pub(super) fn merge(&mut self, other: SampleCount) {
        self.all.merge(&other.all);
        for (mine, theirs) in self.groups.iter_mut().zip(other.groups) {
            if mine.len() < theirs.len() {
                mine.resize(theirs.len(), Lanes::new(self.questions));
            }
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                mine.merge(&theirs);
            }
        }
    }

    /// The counts of all cases: every grouping divides them.
    pub(super) fn all(&self) -> SampleTallies {
        let mut all = self.all.clone();
        for group in self.groups.first().into_iter().flatten() {
            all.merge(group);
        }
        all.tallies(self.questions)
    }

    /// The counts of each code that occurs in a grouping, by code.
    pub(super) fn group(
        &self,
        grouping: usize,
    ) -> impl Iterator<Item = (usize, SampleTallies)> + '_ {
        let lanes = self.groups.get(grouping).into_iter().flatten().enumerate();
        lanes
            .filter(|(_, lanes)| lanes.rows_count > 0)
            .map(|(code, lanes)| (code, lanes.tallies(self.questions)))
    }

    /// The counts of no case.
    pub(super) fn none(&self) -> SampleTallies {
        Lanes::new(self.questions).tallies(self.questions)
    }
}

/// Letters that are counted; every other letter is a question that is not asked.
const COUNTED: [u8; 4] = [b'Y', b'N', b'X', b'.'];

/// Counts of the four letters for each question, in bytes that are emptied every 255 sheets.
#[derive(Clone)]
struct Lanes {
    rows_count: u64,
    since_emptied: u8,
    /// For each strip the counts of each letter, side by side.
    narrow: Vec<[Strip; 4]>,
    wide: Vec<[[u64; STRIP]; 4]>,
}

impl Lanes {
    fn new(questions: usize) -> Lanes {
        let strips = questions.div_ceil(STRIP);
        Lanes {
            rows_count: 0,
            since_emptied: 0,
            narrow: vec![[[0; STRIP]; 4]; strips],
            wide: vec![[[0; STRIP]; 4]; strips],
        }
    }

    fn add(&mut self, sheet: &[Strip]) {
        for (counts, marks) in self.narrow.iter_mut().zip(sheet) {
            for (lane, letter) in counts.iter_mut().zip(COUNTED) {
                for (count, mark) in lane.iter_mut().zip(marks) {
                    *count += u8::from(*mark == letter);
                }
            }
        }
        self.rows_count += 1;
        self.since_emptied += 1;
        if self.since_emptied == u8::MAX {
            self.empty();
        }
    }

    fn empty(&mut self) {
        let narrow = self.narrow.as_flattened_mut().as_flattened_mut();
        let wide = self.wide.as_flattened_mut().as_flattened_mut();
        for (narrow, wide) in narrow.iter_mut().zip(wide) {
            *wide += u64::from(*narrow);
            *narrow = 0;
        }
        self.since_emptied = 0;
    }

    fn merge(&mut self, other: &Lanes) {
        let mut other = other.clone();
        other.empty();
        let mine = self.wide.as_flattened_mut().as_flattened_mut();
        let theirs = other.wide.as_flattened().as_flattened();
        for (mine, theirs) in mine.iter_mut().zip(theirs) {
            *mine += theirs;
        }
        self.rows_count += other.rows_count;
    }

    fn tallies(&self, questions: usize) -> SampleTallies {
        let mut emptied = self.clone();
        emptied.empty();
        let counted = emptied
            .wide
            .iter()
            .flat_map(|counts| (0..STRIP).map(|at| counts.map(|lane| lane[at])));
        let tallies = counted.map(|[yes, no, not_applicable, unanswered]| Tally {
            yes,
            no,
            not_applicable,
            not_asked: self.rows_count - yes - no - not_applicable - unanswered,
            unanswered,
        });
        SampleTallies {
            cases: self.rows_count,
            questions: tallies.take(questions).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(yes: u64, no: u64, not_applicable: u64, not_asked: u64, unanswered: u64) -> Tally {
        Tally {
            yes,
            no,
            not_applicable,
            not_asked,
            unanswered,
        }
    }

    #[test]
    fn nothing_counted_is_no_case() {
        let count = SampleCount::new(2, 0);
        assert_eq!(count.all(), count.none());
        assert_eq!(count.none().questions, [Tally::default(); 2]);
        assert_eq!(SampleCount::new(0, 0).all().questions, []);
    }

    #[test]
    fn every_letter_is_counted_where_it_stands_and_parked_answers_are_not_asked() {
        let mut count = SampleCount::new(5, 0);
        assert!(count.add(b"YNX.-", &[], &[]));
        assert!(count.add(b"yNx.Y", &[], &[]));
        assert_eq!(
            count.all().questions,
            [
                tally(1, 0, 0, 1, 0),
                tally(0, 2, 0, 0, 0),
                tally(0, 0, 1, 1, 0),
                tally(0, 0, 0, 0, 2),
                tally(1, 0, 0, 1, 0),
            ]
        );
    }

    #[test]
    fn more_sheets_than_a_byte_holds_and_more_questions_than_a_strip_are_counted() {
        for questions in [STRIP - 1, STRIP, STRIP + 1, 3 * STRIP] {
            let mut count = SampleCount::new(questions, 1);
            for case in 0..1_000u16 {
                let letter = if case % 4 == 0 { b'N' } else { b'Y' };
                let code = (case % 3).to_be_bytes();
                assert!(count.add(&vec![letter; questions], &code, &[Some(0)]));
            }
            assert_eq!(
                count.all().questions,
                vec![tally(750, 250, 0, 0, 0); questions]
            );
            let cases: Vec<(usize, u64)> = count
                .group(0)
                .map(|(code, tallies)| (code, tallies.cases))
                .collect();
            assert_eq!(cases, [(0, 334), (1, 333), (2, 333)]);
        }
    }

    #[test]
    fn a_sheet_of_another_length_is_refused() {
        let mut count = SampleCount::new(2, 0);
        assert!(!count.add(b"YYY", &[], &[]));
        assert!(!count.add(b"Y", &[], &[]));
        assert_eq!(count.all().cases, 0);
    }

    #[test]
    fn two_halves_count_like_the_whole() {
        let count = |sheets: &[&[u8]]| {
            let mut count = SampleCount::new(2, 1);
            for (at, sheet) in sheets.iter().enumerate() {
                assert!(count.add(sheet, &[0, u8::from(at > 0)], &[Some(0)]));
            }
            count
        };
        let mut one = count(&[b"Y."]);
        one.merge(count(&[b"YN", b"XN"]));
        assert_eq!(one.all().questions[0], tally(2, 0, 1, 0, 0));
        assert_eq!(one.all().questions[1], tally(0, 2, 0, 0, 1));
        assert_eq!(one.group(0).count(), 2);
    }
}
