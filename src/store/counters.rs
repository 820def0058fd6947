//! Counting the letters of answer sheets.
//!
//! A letter is counted in a byte, a question beside a question, so that the processor counts many at a time; the bytes are
//! emptied into wide counters before they overflow. Must not know where sheets come from (`tallies`).

use crate::model::{SampleTallies, Tally};

/// The counters of one sample: of all its cases, and for each grouping one for each code.
pub(super) struct SampleCount {
    pub(super) all: Lanes,
    pub(super) groups: Vec<Vec<Lanes>>,
}

impl SampleCount {
    pub(super) fn new(questions: usize, groupings: usize) -> SampleCount {
        SampleCount {
            all: Lanes::new(questions),
            groups: vec![Vec::new(); groupings],
        }
    }

    pub(super) fn add(&mut self, sheet: &[u8], information: &[u8], places: &[Option<usize>]) {
        self.all.add(sheet);
        for (lanes, place) in self.groups.iter_mut().zip(places) {
            let code = place.and_then(|place| information.get(2 * place..2 * place + 2));
            let code = code.map_or(0, |code| {
                usize::from(u16::from_be_bytes([code[0], code[1]]))
            });
            if lanes.len() <= code {
                lanes.resize(code + 1, Lanes::new(self.all.questions));
            }
            if let Some(lanes) = lanes.get_mut(code) {
                lanes.add(sheet);
            }
        }
    }

    pub(super) fn merge(&mut self, other: SampleCount) {
        self.all.merge(&other.all);
        for (mine, theirs) in self.groups.iter_mut().zip(other.groups) {
            if mine.len() < theirs.len() {
                mine.resize(theirs.len(), Lanes::new(self.all.questions));
            }
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                mine.merge(&theirs);
            }
        }
    }
}

/// Letters that are counted; every other letter is a question that is not asked.
const COUNTED: [u8; 4] = [b'Y', b'N', b'X', b'.'];

/// Counts of the four letters for each question, in bytes that are emptied every 255 sheets.
#[derive(Clone)]
pub(super) struct Lanes {
    pub(super) questions: usize,
    pub(super) rows_count: u64,
    since_emptied: u8,
    narrow: [Vec<u8>; 4],
    wide: [Vec<u64>; 4],
}

impl Lanes {
    pub(super) fn new(questions: usize) -> Lanes {
        Lanes {
            questions,
            rows_count: 0,
            since_emptied: 0,
            narrow: std::array::from_fn(|_| vec![0; questions]),
            wide: std::array::from_fn(|_| vec![0; questions]),
        }
    }

    fn add(&mut self, sheet: &[u8]) {
        for (lane, letter) in self.narrow.iter_mut().zip(COUNTED) {
            for (count, mark) in lane.iter_mut().zip(sheet) {
                *count += u8::from(*mark == letter);
            }
        }
        self.rows_count += 1;
        self.since_emptied += 1;
        if self.since_emptied == u8::MAX {
            self.empty();
        }
    }

    fn empty(&mut self) {
        for (narrow, wide) in self.narrow.iter_mut().zip(&mut self.wide) {
            for (narrow, wide) in narrow.iter_mut().zip(wide) {
                *wide += u64::from(*narrow);
                *narrow = 0;
            }
        }
        self.since_emptied = 0;
    }

    fn merge(&mut self, other: &Lanes) {
        let mut other = other.clone();
        other.empty();
        for (mine, theirs) in self.wide.iter_mut().zip(&other.wide) {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine += theirs;
            }
        }
        self.rows_count += other.rows_count;
    }

    pub(super) fn tallies(&self) -> SampleTallies {
        let total = |letter: usize, question: usize| {
            let narrow = self
                .narrow
                .get(letter)
                .and_then(|lane| lane.get(question))
                .copied();
            let wide = self
                .wide
                .get(letter)
                .and_then(|lane| lane.get(question))
                .copied();
            wide.unwrap_or(0) + u64::from(narrow.unwrap_or(0))
        };
        let questions = (0..self.questions).map(|question| {
            let [yes, no, not_applicable, unanswered] =
                std::array::from_fn(|letter| total(letter, question));
            let not_asked = self.rows_count - yes - no - not_applicable - unanswered;
            Tally {
                yes,
                no,
                not_applicable,
                not_asked,
                unanswered,
            }
        });
        SampleTallies {
            cases: self.rows_count,
            questions: questions.collect(),
        }
    }
}
