//! The cases and questions that a file of answers may speak of.
//!
//! Must not know files.

use std::ops::Range;

use super::byte_table::ByteTable;
use crate::model::{QuestionSet, nearest};

/// Above this many cases a misspelt reference gets no suggestion: comparing it with every one would take seconds.
const SUGGESTED_AMONG_MAX: usize = 2_000;

/// The cases of an inspection, each with its sample, and what may be asked of them.
#[derive(Debug, Clone)]
pub struct KnownCases {
    references: ByteTable,
    cases: Vec<Case>,
    samples: Vec<Sample>,
    letters_count: usize,
}

#[derive(Debug, Clone, Copy)]
struct Case {
    sample: usize,
    /// Where the case's letters begin among those of all cases.
    start: usize,
}

/// A case that a row speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FoundCase {
    /// Its place.
    pub(super) case: usize,
    /// Its sample's place.
    pub(super) sample: usize,
    /// Where its letters begin among those of all cases.
    pub(super) start: usize,
}

#[derive(Debug, Clone)]
struct Sample {
    numbers: ByteTable,
    allows_not_applicable: Vec<bool>,
}

impl KnownCases {
    /// Takes the cases in any order, each with its reference and its sample's place in `samples`; a case is then known by
    /// its place in that order. A case of a sample that is not there has no questions.
    #[must_use]
    pub fn new<R: AsRef<str>>(
        samples: &[&QuestionSet],
        cases: impl IntoIterator<Item = (R, usize)>,
    ) -> KnownCases {
        let questions_count =
            |sample: usize| samples.get(sample).map_or(0, |set| set.questions.len());
        let (mut known, mut letters_count) = (Vec::new(), 0);
        let references = ByteTable::new(cases.into_iter().map(|(reference, sample)| {
            known.push(Case {
                sample,
                start: letters_count,
            });
            letters_count += questions_count(sample);
            Key(reference)
        }));
        let samples = samples.iter().map(|set| Sample {
            numbers: ByteTable::new(
                set.questions
                    .iter()
                    .map(|question| question.number.as_bytes()),
            ),
            allows_not_applicable: set
                .questions
                .iter()
                .map(|question| question.allows_not_applicable)
                .collect(),
        });
        KnownCases {
            references,
            cases: known,
            samples: samples.collect(),
            letters_count,
        }
    }

    /// How many cases there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cases.len()
    }

    /// Whether there is no case.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// Place of the case with exactly this reference.
    #[must_use]
    pub fn case(&self, reference: &str) -> Option<usize> {
        self.references.find(reference.as_bytes())
    }

    /// The reference of a case; empty for one that is not there.
    #[must_use]
    pub fn reference(&self, case: usize) -> &str {
        std::str::from_utf8(self.references.key(case)).unwrap_or_default()
    }

    /// The case with exactly this reference.
    pub(super) fn find_case(&self, reference: &[u8]) -> Option<FoundCase> {
        self.found(self.references.find(reference)?)
    }

    /// The same, looking first at the case that follows `latest`: files mostly name cases in the order of the record, and a look
    /// at the table waits for memory.
    pub(super) fn find_case_after(
        &self,
        latest: Option<FoundCase>,
        reference: &[u8],
    ) -> Option<FoundCase> {
        let next = latest.map_or(0, |latest| latest.case + 1);
        if self.references.key(next) == reference && !reference.is_empty() {
            return self.found(next);
        }
        self.find_case(reference)
    }

    /// The case with exactly this reference, for each of many.
    pub(super) fn find_cases(&self, references: &[&[u8]]) -> Vec<Option<FoundCase>> {
        let places = self.references.find_each(references);
        places.into_iter().map(|place| self.found(place?)).collect()
    }

    fn found(&self, case: usize) -> Option<FoundCase> {
        let Case { sample, start } = *self.cases.get(case)?;
        Some(FoundCase {
            case,
            sample,
            start,
        })
    }

    pub(super) fn samples_count(&self) -> usize {
        self.samples.len()
    }

    /// Place of a question of a sample by its exact number.
    pub(super) fn question(&self, sample: usize, number: &[u8]) -> Option<usize> {
        self.samples.get(sample)?.numbers.find(number)
    }

    /// The number of a question; empty for one that is not there.
    pub(super) fn number(&self, sample: usize, place: usize) -> &str {
        let number = self
            .samples
            .get(sample)
            .map(|sample| sample.numbers.key(place));
        std::str::from_utf8(number.unwrap_or_default()).unwrap_or_default()
    }

    pub(super) fn allows_not_applicable(&self, sample: usize, place: usize) -> bool {
        let allowed = self
            .samples
            .get(sample)
            .and_then(|sample| sample.allows_not_applicable.get(place));
        allowed.copied().unwrap_or(false)
    }

    /// How many letters all cases have together.
    pub(super) fn letters_count(&self) -> usize {
        self.letters_count
    }

    /// Where the letters of a case stand among those of all cases; empty for a case that is not there.
    pub(super) fn letters_of(&self, case: usize) -> Range<usize> {
        let start = self
            .cases
            .get(case)
            .map_or(self.letters_count, |case| case.start);
        let end = self
            .cases
            .get(case + 1)
            .map_or(self.letters_count, |next| next.start);
        start..end
    }

    /// What to do about a reference that no case has.
    pub(super) fn suggest_case(&self, reference: &str) -> String {
        if self.is_empty() || self.len() > SUGGESTED_AMONG_MAX {
            return "check the reference, or import the case first".to_owned();
        }
        nearest(reference, (0..self.len()).map(|case| self.reference(case)))
    }

    /// What to do about a question that a sample (or, for `None`, any sample) does not have.
    pub(super) fn suggest_question(&self, sample: Option<usize>, number: &str) -> String {
        let among = sample.map_or(0..self.samples.len(), |sample| {
            sample..sample.saturating_add(1)
        });
        let numbers = among.flat_map(|sample| {
            let count = self
                .samples
                .get(sample)
                .map_or(0, |sample| sample.numbers.len());
            (0..count).map(move |place| self.number(sample, place))
        });
        nearest(number, numbers)
    }
}

/// Lends a text as bytes.
struct Key<R>(R);

impl<R: AsRef<str>> AsRef<[u8]> for Key<R> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_ref().as_bytes()
    }
}

/// Two samples: `cs` with 2.1.1, 2.1.1a (never not applicable) and 2.1.2; `vic` with 3.2.1. Cases A1, A2 and V1.
#[cfg(test)]
pub(super) fn test_cases() -> KnownCases {
    let sets = test_sets();
    KnownCases::new(&[&sets[0], &sets[1]], [("A1", 0), ("A2", 0), ("V1", 1)])
}

#[cfg(test)]
pub(super) fn test_sets() -> [QuestionSet; 2] {
    let question = |number: &str| crate::model::Question {
        number: number.into(),
        key_question: None,
        is_prompt: number.ends_with('a'),
        applies_when: None,
        allows_not_applicable: !number.ends_with('a'),
    };
    let set = |sample: &str, numbers: &[&str]| QuestionSet {
        sample: sample.into(),
        attributes: Vec::new(),
        questions: numbers.iter().map(|number| question(number)).collect(),
    };
    [
        set("cs", &["2.1.1", "2.1.1a", "2.1.2"]),
        set("vic", &["3.2.1"]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_case_has_its_letters_behind_those_of_the_case_before() {
        let known = test_cases();
        assert_eq!((known.len(), known.letters_count()), (3, 7));
        assert_eq!(
            (
                known.letters_of(0),
                known.letters_of(1),
                known.letters_of(2)
            ),
            (0..3, 3..6, 6..7)
        );
        assert!(known.letters_of(3).is_empty());
        assert_eq!((known.reference(2), known.reference(3)), ("V1", ""));
        assert_eq!(
            known.find_case(b"V1"),
            Some(FoundCase {
                case: 2,
                sample: 1,
                start: 6
            })
        );
        assert_eq!(
            known.find_cases(&[b"x", b"A1"]),
            [None, known.find_case(b"A1")]
        );
        assert_eq!((known.case("A2"), known.case("a2")), (Some(1), None));
    }

    #[test]
    fn a_case_of_a_sample_that_is_not_there_has_no_questions() {
        let known = KnownCases::new(&[], [("A1", 0)]);
        assert!(known.letters_of(0).is_empty() && !known.is_empty());
        assert_eq!(known.question(0, b"2.1.1"), None);
        assert_eq!(known.suggest_question(Some(0), "2.1.1"), "there is none");
    }

    #[test]
    fn a_misspelt_reference_gets_a_suggestion_unless_there_are_too_many_cases() {
        assert_eq!(test_cases().suggest_case("a2"), "did you mean A2?");
        let nation = KnownCases::new(&[], (0..2_001).map(|number| (number.to_string(), 0)));
        assert!(nation.suggest_case("x").contains("import the case first"));
    }
}
