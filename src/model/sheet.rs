//! The answer sheet: all answers of one assessment as one text, a letter a question.
//!
//! `Y N X` are answers in force, `y n x` answers parked because their question does not apply (kept, counted nowhere,
//! back in force if it applies again), `-` is not asked and `.` unanswered. Must not know how sheets are stored.

use super::{Answer, QuestionSet, State};

/// Where one question stands on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Answered, and the question applies: `Y N X`.
    InForce(Answer),
    /// Answered while the question applied, which it no longer does: `y n x`.
    Parked(Answer),
    /// Does not apply and was never answered: `-`.
    NotAsked,
    /// Applies and has not been answered: `.`.
    Unanswered,
}

impl Mark {
    /// The letter that stands for this mark.
    #[must_use]
    pub fn letter(self) -> u8 {
        match self {
            Mark::InForce(answer) => answer_letter(answer),
            Mark::Parked(answer) => answer_letter(answer).to_ascii_lowercase(),
            Mark::NotAsked => b'-',
            Mark::Unanswered => b'.',
        }
    }

    /// The mark that a letter stands for, or `None` for a letter that no sheet has.
    #[must_use]
    #[inline]
    pub fn from_letter(letter: u8) -> Option<Mark> {
        Some(match letter {
            b'-' => Mark::NotAsked,
            b'.' => Mark::Unanswered,
            b'Y' | b'N' | b'X' => Mark::InForce(letter_answer(letter)?),
            _ => Mark::Parked(letter_answer(letter.to_ascii_uppercase())?),
        })
    }

    /// What was said, whether it is in force or parked.
    #[must_use]
    #[inline]
    pub fn said(self) -> Option<Answer> {
        match self {
            Mark::InForce(answer) | Mark::Parked(answer) => Some(answer),
            Mark::NotAsked | Mark::Unanswered => None,
        }
    }

    /// Which of the five states this is; a parked answer's question is not asked.
    #[must_use]
    pub fn state(self) -> State {
        match self {
            Mark::InForce(Answer::Yes) => State::Yes,
            Mark::InForce(Answer::No) => State::No,
            Mark::InForce(Answer::NotApplicable) => State::NotApplicable,
            Mark::Parked(_) | Mark::NotAsked => State::NotAsked,
            Mark::Unanswered => State::Unanswered,
        }
    }
}

fn answer_letter(answer: Answer) -> u8 {
    match answer {
        Answer::Yes => b'Y',
        Answer::No => b'N',
        Answer::NotApplicable => b'X',
    }
}

#[inline]
fn letter_answer(letter: u8) -> Option<Answer> {
    match letter {
        b'Y' => Some(Answer::Yes),
        b'N' => Some(Answer::No),
        b'X' => Some(Answer::NotApplicable),
        _ => None,
    }
}

/// What an entry says about one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Said {
    /// This answer.
    Answer(Answer),
    /// The earlier answer is taken back.
    Cleared,
}

/// The answers that one entry sets or clears: a letter a question, `Y N X` set, `_` cleared, `.` left as it is;
/// trailing `.` are left off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Patch(Vec<u8>);

impl Patch {
    /// Adds what is said about the question at `place`; a later word replaces an earlier one.
    pub fn set(&mut self, place: usize, said: Said) {
        if self.0.len() <= place {
            self.0.resize(place + 1, b'.');
        }
        if let Some(letter) = self.0.get_mut(place) {
            *letter = match said {
                Said::Answer(answer) => answer_letter(answer),
                Said::Cleared => b'_',
            };
        }
    }

    /// What letters of a sheet say, in its order: `Y N X` set an answer, every other byte says nothing.
    #[must_use]
    pub fn of_letters(letters: &[u8]) -> Patch {
        let said = letters.iter().map(|letter| match letter {
            b'Y' | b'N' | b'X' => *letter,
            _ => b'.',
        });
        Patch::trimmed(said.collect())
    }

    /// The part that differs from what a sheet says, parked answers among it.
    #[must_use]
    pub fn news(&self, sheet: &Sheet) -> Patch {
        let before = sheet.0.iter().copied().chain(std::iter::repeat(b'-'));
        let news = self.0.iter().zip(before).map(|(said, before)| {
            let is_said_before = match said {
                b'_' => matches!(before, b'-' | b'.'),
                answer => *answer == before.to_ascii_uppercase(),
            };
            if is_said_before { b'.' } else { *said }
        });
        Patch::trimmed(news.collect())
    }

    fn trimmed(mut letters: Vec<u8>) -> Patch {
        let end = letters.iter().rposition(|letter| *letter != b'.');
        letters.truncate(end.map_or(0, |last| last + 1));
        Patch(letters)
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many questions are spoken of.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().filter(|letter| **letter != b'.').count()
    }

    /// Whether an answer is set for the question at `place`.
    #[must_use]
    pub fn answers(&self, place: usize) -> bool {
        !matches!(self.0.get(place), None | Some(b'.' | b'_'))
    }

    /// Every question that is spoken of, by place.
    pub fn iter(&self) -> impl Iterator<Item = (usize, Said)> + '_ {
        self.0
            .iter()
            .enumerate()
            .filter_map(|(place, letter)| match letter {
                b'.' => None,
                b'_' => Some((place, Said::Cleared)),
                letter => letter_answer(*letter).map(|answer| (place, Said::Answer(answer))),
            })
    }

    /// The letters, as an entry keeps them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Reads the letters back; `None` when one of them is not a patch's.
    #[must_use]
    pub fn parse(text: &str) -> Option<Patch> {
        text.bytes()
            .all(|letter| b"YNX_.".contains(&letter))
            .then(|| Patch(text.as_bytes().to_vec()))
    }
}

/// The answers whose standing changed when a sheet was settled, by place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settled {
    /// Answers that were in force and are now parked.
    pub parked: Vec<usize>,
    /// Answers that were parked and are in force again.
    pub restored: Vec<usize>,
}

/// All answers of one assessment, a letter a question in the order of the sample's [`QuestionSet`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sheet(Vec<u8>);

impl Sheet {
    /// A sheet on which every question is unanswered; [`Sheet::settle`] then marks those that are not asked.
    #[must_use]
    pub fn unanswered(questions_count: usize) -> Sheet {
        Sheet(vec![b'.'; questions_count])
    }

    /// Reads stored letters; `None` when one of them is not a sheet's.
    #[must_use]
    pub fn parse(letters: &str) -> Option<Sheet> {
        letters
            .bytes()
            .all(|letter| {
                matches!(
                    letter,
                    b'Y' | b'N' | b'X' | b'y' | b'n' | b'x' | b'-' | b'.'
                )
            })
            .then(|| Sheet(letters.as_bytes().to_vec()))
    }

    /// The letters, as the record keeps them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many questions the sheet has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the sheet has no question.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where the question at `place` stands; a place beyond the sheet is not asked.
    #[must_use]
    #[inline]
    pub fn mark(&self, place: usize) -> Mark {
        self.0
            .get(place)
            .and_then(|letter| Mark::from_letter(*letter))
            .unwrap_or(Mark::NotAsked)
    }

    /// Every mark in order.
    pub fn marks(&self) -> impl Iterator<Item = Mark> + '_ {
        (0..self.0.len()).map(|place| self.mark(place))
    }

    /// Places of the questions that are not asked, parked answers among them.
    pub fn not_asked(&self) -> impl Iterator<Item = usize> + '_ {
        let letters = self.0.iter().enumerate();
        letters
            .filter(|(_, letter)| **letter == b'-' || letter.is_ascii_lowercase())
            .map(|(place, _)| place)
    }

    /// Whether anything at all has been answered, in force or parked.
    #[must_use]
    pub fn is_started(&self) -> bool {
        self.0.iter().any(u8::is_ascii_alphabetic)
    }

    /// Takes over what a patch says. Call [`Sheet::settle`] afterwards.
    pub fn apply(&mut self, patch: &Patch) {
        for (letter, said) in self.0.iter_mut().zip(&patch.0) {
            match said {
                b'.' => {}
                b'_' => *letter = b'.',
                answer => *letter = *answer,
            }
        }
    }

    /// Brings the sheet in line with the rules: parks answers of questions that do not apply, restores those that do
    /// again, and marks the rest as not asked or unanswered. Running it twice changes nothing more.
    ///
    /// One pass is enough because a condition only looks at earlier questions.
    pub fn settle(&mut self, questions: &QuestionSet, information: &[Option<String>]) -> Settled {
        let mut settled = Settled::default();
        for (place, question) in questions.questions.iter().enumerate() {
            let applies = match &question.applies_when {
                Some(condition) => condition.holds(information, self) != Some(false),
                None => true,
            };
            let Some(letter) = self.0.get_mut(place) else {
                break;
            };
            // An answer is parked and restored by the case of its letter.
            let after = match (*letter, applies) {
                (b'-' | b'.', true) => b'.',
                (b'-' | b'.', false) => b'-',
                (answer, true) => answer.to_ascii_uppercase(),
                (answer, false) => answer.to_ascii_lowercase(),
            };
            if letter.is_ascii_uppercase() && !applies {
                settled.parked.push(place);
            } else if letter.is_ascii_lowercase() && applies {
                settled.restored.push(place);
            }
            *letter = after;
        }
        settled
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Attribute, AttributeKind, Condition, Question};
    use super::*;

    fn question(number: &str, applies_when: Option<Condition>) -> Question {
        Question {
            number: number.into(),
            key_question: None,
            is_prompt: false,
            applies_when,
            allows_not_applicable: true,
        }
    }

    /// Three questions: always; where risk issues apply; where the second is answered no.
    fn questions() -> QuestionSet {
        QuestionSet {
            sample: "s".into(),
            attributes: vec![Attribute {
                id: "risk".into(),
                kind: AttributeKind::Code,
            }],
            questions: vec![
                question("1", None),
                question(
                    "2",
                    Some(Condition::Information {
                        attribute: 0,
                        among: vec!["yes".into()],
                    }),
                ),
                question(
                    "3",
                    Some(Condition::Answered {
                        question: 1,
                        among: vec![Answer::No],
                    }),
                ),
            ],
        }
    }

    fn settle(letters: &str, risk: Option<&str>) -> (String, Settled) {
        let mut sheet = Sheet::parse(letters).unwrap();
        let settled = sheet.settle(&questions(), &[risk.map(str::to_owned)]);
        (sheet.as_str().to_owned(), settled)
    }

    #[test]
    fn an_answer_whose_question_stops_applying_is_parked_and_comes_back() {
        let (parked, settled) = settle("YNY", Some("no"));
        assert_eq!(
            parked, "Yny",
            "a parked answer satisfies no condition, so what follows from it is parked too"
        );
        assert_eq!(
            settled,
            Settled {
                parked: vec![1, 2],
                restored: vec![]
            }
        );
        let (restored, settled) = settle(&parked, Some("yes"));
        assert_eq!(restored, "YNY");
        assert_eq!(
            settled,
            Settled {
                parked: vec![],
                restored: vec![1, 2]
            }
        );
    }

    #[test]
    fn a_question_is_asked_while_the_information_it_hangs_on_is_unknown() {
        assert_eq!(settle("...", None).0, "..-");
        assert_eq!(settle("...", Some("no")).0, ".--");
    }

    #[test]
    fn settling_twice_changes_nothing_more() {
        for letters in ["...", "YNY", "yny", "-X-"] {
            for risk in [None, Some("yes"), Some("no")] {
                let once = settle(letters, risk).0;
                assert_eq!(settle(&once, risk), (once.clone(), Settled::default()));
            }
        }
    }

    #[test]
    fn a_patch_says_only_what_changes() {
        let mut patch = Patch::default();
        patch.set(2, Said::Answer(Answer::NotApplicable));
        patch.set(0, Said::Cleared);
        assert_eq!(patch.as_str(), "_.X");
        let mut sheet = Sheet::parse("YN.").unwrap();
        sheet.apply(&patch);
        assert_eq!(sheet.as_str(), ".NX");
        assert_eq!(Patch::parse("_.X"), Some(patch));
        assert_eq!(Patch::parse("y"), None);
        assert_eq!(Patch::of_letters(b"Y\0X..").as_str(), "Y.X");
    }

    #[test]
    fn news_is_what_differs_from_the_sheet() {
        let news = |patch: &str, sheet: &str| {
            let patch = Patch::parse(patch).unwrap();
            patch
                .news(&Sheet::parse(sheet).unwrap())
                .as_str()
                .to_owned()
        };
        assert_eq!(news("YYY", "YN."), ".YY");
        assert_eq!(news("___", "Y.-"), "_");
        assert_eq!(news("YN_", "yyx"), ".N_", "a parked answer is said already");
        assert_eq!(news("..Y", "Y"), "..Y");
        let same = Patch::parse("YN")
            .unwrap()
            .news(&Sheet::parse("YNX").unwrap());
        assert!(same.is_empty());
        assert_eq!(Patch::parse("Y._").unwrap().len(), 2);
    }

    #[test]
    fn every_letter_reads_back_and_no_other_is_taken() {
        for letter in 0..=u8::MAX {
            let known = b"YNXynx-.".contains(&letter);
            assert_eq!(
                Mark::from_letter(letter).map(Mark::letter),
                known.then_some(letter)
            );
        }
    }
}
