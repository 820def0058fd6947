//! When a question applies: conditions on case information and on earlier answers, as data.
//!
//! Must not know the file format that conditions are written in (`framework`).

use super::{Answer, Mark, QuestionSet, Sheet};

/// A condition of a framework file, with its ids already resolved to places in the sample's
/// [`QuestionSet`](super::QuestionSet).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The case's attribute has one of these values.
    Information {
        /// Place of the attribute in the question set.
        attribute: usize,
        /// Values that satisfy the condition.
        among: Vec<String>,
    },
    /// An earlier question has one of these answers in force.
    Answered {
        /// Place of the question in the question set; always before the question that the condition guards.
        question: usize,
        /// Answers that satisfy the condition.
        among: Vec<Answer>,
    },
    /// Every part holds.
    All(Vec<Condition>),
    /// At least one part holds.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
}

impl Condition {
    /// Whether the condition holds for a case; `None` when case information that it needs has not been recorded.
    ///
    /// Unknown information is neither true nor false (Kleene's three values), so that a question is left out only when
    /// the rules are sure. Answers are never unknown: an earlier question that is unanswered or parked has not been
    /// answered yes, so a question that follows up on it waits.
    #[must_use]
    pub fn holds(&self, information: &[Option<String>], sheet: &Sheet) -> Option<bool> {
        match self {
            Condition::Information { attribute, among } => {
                let value = information.get(*attribute)?.as_ref()?;
                Some(among.contains(value))
            }
            Condition::Answered { question, among } => Some(match sheet.mark(*question) {
                Mark::InForce(answer) => among.contains(&answer),
                _ => false,
            }),
            Condition::All(parts) => fold(parts, information, sheet, false),
            Condition::Any(parts) => fold(parts, information, sheet, true),
            Condition::Not(part) => part.holds(information, sheet).map(|held| !held),
        }
    }

    /// The condition in words: `rosh_issues is yes`, `2.3.1f is answered yes`.
    #[must_use]
    pub fn describe(&self, questions: &QuestionSet) -> String {
        let join = |parts: &[Condition], word: &str| {
            let bracketed = |part: &Condition| match part {
                Condition::All(inner) | Condition::Any(inner)
                    if inner.len() > 1 && parts.len() > 1 =>
                {
                    format!("({})", part.describe(questions))
                }
                part => part.describe(questions),
            };
            let parts: Vec<String> = parts.iter().map(bracketed).collect();
            parts.join(word)
        };
        match self {
            Condition::Information { attribute, among } => {
                let id = questions
                    .attributes
                    .get(*attribute)
                    .map_or("", |attribute| &attribute.id);
                format!("{id} is {}", among.join(" or "))
            }
            Condition::Answered { question, among } => {
                let number = questions
                    .questions
                    .get(*question)
                    .map_or("", |question| &question.number);
                let among: Vec<String> = among.iter().map(Answer::to_string).collect();
                format!("{number} is answered {}", among.join(" or "))
            }
            Condition::All(parts) => join(parts, ", and "),
            Condition::Any(parts) => join(parts, ", or "),
            Condition::Not(part) => format!("not ({})", part.describe(questions)),
        }
    }

    /// Places of the attributes that any part of the condition looks at, rising, each once.
    #[must_use]
    pub fn attributes(&self) -> Vec<usize> {
        let mut places = match self {
            Condition::Information { attribute, .. } => vec![*attribute],
            Condition::Answered { .. } => Vec::new(),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().flat_map(Condition::attributes).collect()
            }
            Condition::Not(part) => part.attributes(),
        };
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Places of the questions whose answers any part of the condition looks at, in its order.
    #[must_use]
    pub fn questions(&self) -> Vec<usize> {
        match self {
            Condition::Information { .. } => Vec::new(),
            Condition::Answered { question, .. } => vec![*question],
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().flat_map(Condition::questions).collect()
            }
            Condition::Not(part) => part.questions(),
        }
    }

    /// Whether any part of the condition hangs on case information.
    #[must_use]
    pub fn looks_at_information(&self) -> bool {
        match self {
            Condition::Information { .. } => true,
            Condition::Answered { .. } => false,
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().any(Condition::looks_at_information)
            }
            Condition::Not(part) => part.looks_at_information(),
        }
    }
}

/// One part equal to `decisive` settles the whole; otherwise one unknown part leaves it unknown.
fn fold(
    parts: &[Condition],
    information: &[Option<String>],
    sheet: &Sheet,
    decisive: bool,
) -> Option<bool> {
    let mut known = true;
    for part in parts {
        match part.holds(information, sheet) {
            Some(held) if held == decisive => return Some(decisive),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(!decisive)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn risk_is(value: &str) -> Condition {
        Condition::Information {
            attribute: 0,
            among: vec![value.to_owned()],
        }
    }

    fn holds(condition: &Condition, risk: Option<&str>) -> Option<bool> {
        condition.holds(&[risk.map(str::to_owned)], &Sheet::unanswered(1))
    }

    #[test]
    fn information_that_is_not_recorded_leaves_a_condition_open() {
        assert_eq!(holds(&risk_is("high"), Some("high")), Some(true));
        assert_eq!(holds(&risk_is("high"), Some("low")), Some(false));
        assert_eq!(holds(&risk_is("high"), None), None);
        assert_eq!(
            holds(&Condition::Not(Box::new(risk_is("high"))), None),
            None
        );
    }

    #[test]
    fn one_decisive_part_settles_all_and_any_whatever_is_unknown() {
        let unanswered = Condition::Answered {
            question: 0,
            among: vec![Answer::Yes],
        };
        let all = Condition::All(vec![risk_is("high"), unanswered.clone()]);
        assert_eq!(holds(&all, None), Some(false));
        let any = Condition::Any(vec![risk_is("high"), Condition::Not(Box::new(unanswered))]);
        assert_eq!(holds(&any, None), Some(true));
    }

    #[test]
    fn the_attributes_that_a_condition_looks_at_are_named_once() {
        let other = Condition::Information {
            attribute: 2,
            among: vec![],
        };
        let not = Condition::Not(Box::new(risk_is("low")));
        let any = Condition::Any(vec![other, not, risk_is("high")]);
        assert_eq!(any.attributes(), [0, 2]);
        assert!(Condition::All(vec![]).attributes().is_empty());
    }

    #[test]
    fn empty_all_holds_and_empty_any_does_not() {
        assert_eq!(holds(&Condition::All(vec![]), None), Some(true));
        assert_eq!(holds(&Condition::Any(vec![]), None), Some(false));
    }
}
