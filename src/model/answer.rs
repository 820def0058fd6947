//! What an assessor says about a question, and the five states in which a question can stand.
//!
//! Must not know how answers are stored (`sheet`) or counted (`tally`).

use std::fmt;

/// What an assessor says: yes, no, or not applicable.
///
/// Silence is not an answer: *unanswered* and *not asked* are [`State`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// Good enough.
    Yes,
    /// Not good enough.
    No,
    /// The assessor says that the question does not apply to this case.
    NotApplicable,
}

impl Answer {
    /// Every answer, in the order in which they are offered.
    pub const ALL: [Answer; 3] = [Answer::Yes, Answer::No, Answer::NotApplicable];

    /// Reads an answer as people type it: `yes`, `no`, `na` in any case, and `y`, `n`, `n/a`, `not applicable`.
    ///
    /// The empty text is not an answer and gives `None`; callers decide what silence means.
    #[must_use]
    pub fn parse(text: &str) -> Option<Answer> {
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        if is("yes") || is("y") {
            Some(Answer::Yes)
        } else if is("no") || is("n") {
            Some(Answer::No)
        } else if is("na") || is("n/a") || is("not applicable") {
            Some(Answer::NotApplicable)
        } else {
            None
        }
    }

    /// The word of the file formats: `yes`, `no`, `na`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::NotApplicable => "na",
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Answer::NotApplicable => "not applicable",
            said => said.word(),
        })
    }
}

/// Where a question of an assessment stands. Exactly one of five; only the first two count in a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Answered yes.
    Yes,
    /// Answered no.
    No,
    /// The assessor said that it does not apply.
    NotApplicable,
    /// The framework's rules say that it does not apply to this case.
    NotAsked,
    /// It applies and nobody has answered it yet.
    Unanswered,
}

impl From<Answer> for State {
    fn from(answer: Answer) -> State {
        match answer {
            Answer::Yes => State::Yes,
            Answer::No => State::No,
            Answer::NotApplicable => State::NotApplicable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_in_any_case_and_in_their_short_forms() {
        for text in ["yes", "YES", "y", "Y"] {
            assert_eq!(Answer::parse(text), Some(Answer::Yes), "{text}");
        }
        for text in ["na", "NA", "n/a", "Not Applicable"] {
            assert_eq!(Answer::parse(text), Some(Answer::NotApplicable), "{text}");
        }
        assert_eq!(Answer::parse("N"), Some(Answer::No));
    }

    #[test]
    fn anything_else_is_not_an_answer() {
        for text in ["", " ", "maybe", "1", "true", "yess"] {
            assert_eq!(Answer::parse(text), None, "{text:?}");
        }
    }
}
