//! The questions and the case information of one sample, in framework order.
//!
//! Must not know titles, texts or rating rules (`framework`): this is what the record needs to keep an answer sheet.

use super::Condition;

/// What is asked about, and what is known of, every case of one sample.
///
/// The order of `questions` is the order of the letters of an answer sheet, so it may never change once a framework
/// edition is in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionSet {
    /// The sample's id, such as `case-supervision`.
    pub sample: String,
    /// Case information, in framework order.
    pub attributes: Vec<Attribute>,
    /// Key questions, each followed by its prompts, in framework order.
    pub questions: Vec<Question>,
}

/// One question of a sample: a key question or a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its number, such as `2.1.1`, or `2.1.1a` for a prompt.
    pub number: String,
    /// For a prompt, the place of its key question in this set when that is asked of the same sample.
    pub key_question: Option<usize>,
    /// Whether this is a prompt rather than a key question.
    pub is_prompt: bool,
    /// When it applies; `None` means always.
    pub applies_when: Option<Condition>,
    /// Whether an assessor may say *not applicable*.
    pub allows_not_applicable: bool,
}

/// One piece of case information.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its id, such as `rosh`.
    pub id: String,
    /// What its values may be.
    pub kind: AttributeKind,
}

/// What the values of an attribute may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeKind {
    /// One of these ids.
    Choice(Vec<String>),
    /// A short code that only the provider knows, such as a local delivery unit.
    Code,
    /// A whole number.
    Number,
    /// A calendar date, written `2018-10-01`.
    Date,
}

impl QuestionSet {
    /// Place of a question by its number.
    #[must_use]
    pub fn question(&self, number: &str) -> Option<usize> {
        self.questions
            .iter()
            .position(|question| question.number == number)
    }

    /// Place of an attribute by its id.
    #[must_use]
    pub fn attribute(&self, id: &str) -> Option<usize> {
        self.attributes
            .iter()
            .position(|attribute| attribute.id == id)
    }

    /// Whether any question's applicability hangs on case information.
    #[must_use]
    pub fn looks_at_information(&self) -> bool {
        let conditions = self
            .questions
            .iter()
            .filter_map(|question| question.applies_when.as_ref());
        conditions.into_iter().any(Condition::looks_at_information)
    }

    /// Places of the prompts of a key question.
    pub fn prompts_of(&self, key_question: usize) -> impl Iterator<Item = usize> + '_ {
        // They follow it.
        self.questions
            .iter()
            .enumerate()
            .skip(key_question + 1)
            .take_while(move |(_, question)| question.key_question == Some(key_question))
            .map(|(place, _)| place)
    }
}
