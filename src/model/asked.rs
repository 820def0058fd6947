//! Of which cases a question is asked, as far as the rules and one piece of case information tell: whoever knows the published framework
//! knows it, without a case being looked at.
//!
//! Must not know any case, nor what is done with this (`statistics`).

use super::{Condition, QuestionSet};

/// Whether a question is asked of the cases that share a value of one piece of case information.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Of every one of them.
    Always,
    /// Of none of them.
    Never,
    /// Of those for which this holds, or is not known: what the value leaves of the question's condition. Where the value is not
    /// recorded, a part that looks at it stands for something unknown and names no values.
    When(Condition),
}

/// What a value alone makes of a condition.
enum Told {
    Holds,
    Fails,
    /// The value is not recorded, so that the condition is neither true nor false.
    Unknown,
    Open(Condition),
}

impl QuestionSet {
    /// For each question of which cases with this value of the attribute at this place it is asked; `None` are the cases of
    /// which the value is not recorded. A question that hangs on the answer to one that is never asked is never asked either.
    #[must_use]
    pub fn asked_where(&self, attribute: usize, value: Option<&str>) -> Vec<Asked> {
        let mut asked: Vec<Asked> = Vec::with_capacity(self.questions.len());
        for question in &self.questions {
            let condition = question.applies_when.as_ref();
            let told = condition.map(|condition| reduce(condition, attribute, value, &asked));
            asked.push(match told {
                Some(Told::Open(condition)) => Asked::When(condition),
                Some(Told::Fails) => Asked::Never,
                // What is not known leaves no question out.
                Some(Told::Holds | Told::Unknown) | None => Asked::Always,
            });
        }
        asked
    }

    /// The questions by what they hang on: two are in the same set if one hangs on the answer to the other, or both on the same case
    /// information other than the attribute at this place, or a third links them. Every question is in one set; places rise in each.
    #[must_use]
    pub fn linked(&self, attribute: usize) -> Vec<Vec<usize>> {
        let mut sets: Vec<usize> = (0..self.questions.len()).collect();
        let mut join = |one: usize, other: usize| {
            if let (Some(&one), Some(&other)) = (sets.get(one), sets.get(other)) {
                let joined = sets.iter_mut().filter(|set| **set == other);
                joined.for_each(|set| *set = one);
            }
        };
        let mut first_to_look: Vec<Option<usize>> = vec![None; self.attributes.len()];
        for (place, question) in self.questions.iter().enumerate() {
            let Some(condition) = &question.applies_when else {
                continue;
            };
            for earlier in condition.questions() {
                join(earlier, place);
            }
            for looked_at in condition.attributes() {
                match first_to_look.get_mut(looked_at) {
                    Some(first) if looked_at != attribute => {
                        join(*first.get_or_insert(place), place)
                    }
                    _ => {}
                }
            }
        }
        let of_set = |set| {
            let places = sets.iter().enumerate();
            let places = places.filter(move |(_, of)| **of == set);
            places.map(|(place, _)| place).collect::<Vec<usize>>()
        };
        let linked = (0..self.questions.len()).map(of_set);
        linked.filter(|places| !places.is_empty()).collect()
    }
}

fn reduce(condition: &Condition, known: usize, value: Option<&str>, asked: &[Asked]) -> Told {
    let fold = |parts: &[Condition], is_all: bool| {
        let parts = parts.iter().map(|part| reduce(part, known, value, asked));
        join_parts(parts, is_all, known)
    };
    match condition {
        Condition::Information { attribute, among } if *attribute == known => match value {
            None => Told::Unknown,
            Some(value) if among.iter().any(|one| one == value) => Told::Holds,
            Some(_) => Told::Fails,
        },
        Condition::Answered { question, .. } if asked.get(*question) == Some(&Asked::Never) => {
            Told::Fails
        }
        Condition::Information { .. } | Condition::Answered { .. } => Told::Open(condition.clone()),
        Condition::All(parts) => fold(parts, true),
        Condition::Any(parts) => fold(parts, false),
        Condition::Not(part) => match reduce(part, known, value, asked) {
            Told::Holds => Told::Fails,
            Told::Fails => Told::Holds,
            Told::Unknown => Told::Unknown,
            Told::Open(part) => Told::Open(Condition::Not(Box::new(part))),
        },
    }
}

/// What the parts make together: one that fails settles all of them, one that holds any of them.
fn join_parts(parts: impl Iterator<Item = Told>, is_all: bool, known: usize) -> Told {
    let (mut open, mut is_unknown) = (Vec::new(), false);
    for part in parts {
        match part {
            Told::Fails if is_all => return Told::Fails,
            Told::Holds if !is_all => return Told::Holds,
            Told::Fails | Told::Holds => {}
            Told::Unknown => is_unknown = true,
            Told::Open(part) => open.push(part),
        }
    }
    match (open.pop(), is_unknown) {
        (None, true) => Told::Unknown,
        (None, false) if is_all => Told::Holds,
        (None, false) => Told::Fails,
        (Some(only), false) if open.is_empty() => Told::Open(only),
        (Some(last), _) => {
            open.push(last);
            open.extend(is_unknown.then(|| Condition::Information {
                attribute: known,
                among: Vec::new(),
            }));
            Told::Open(match is_all {
                true => Condition::All(open),
                false => Condition::Any(open),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Answer, Question};
    use super::*;

    fn is(attribute: usize, value: &str) -> Condition {
        Condition::Information {
            attribute,
            among: vec![value.to_owned()],
        }
    }

    fn said(question: usize) -> Condition {
        Condition::Answered {
            question,
            among: vec![Answer::Yes],
        }
    }

    fn set(conditions: Vec<Option<Condition>>) -> QuestionSet {
        let attribute = |id: &str| super::super::Attribute {
            id: id.to_owned(),
            kind: super::super::AttributeKind::Code,
        };
        let question = |applies_when| Question {
            number: String::new(),
            key_question: None,
            is_prompt: false,
            applies_when,
            allows_not_applicable: true,
        };
        QuestionSet {
            sample: "s".to_owned(),
            attributes: ["gender", "rosh", "unit"].map(attribute).into(),
            questions: conditions.into_iter().map(question).collect(),
        }
    }

    #[test]
    fn a_value_leaves_of_a_condition_what_hangs_on_other_things() {
        let questions = set(vec![
            None,
            Some(is(0, "male")),
            Some(Condition::All(vec![is(0, "male"), is(1, "high")])),
            Some(Condition::Any(vec![is(0, "male"), is(1, "high")])),
            Some(Condition::Not(Box::new(is(0, "male")))),
        ]);
        use Asked::{Always, Never, When};
        let high = When(is(1, "high"));
        let male = [Always, Always, high.clone(), Always, Never];
        assert_eq!(questions.asked_where(0, Some("male")), male);
        let female = [Always, Never, Never, high, Always];
        assert_eq!(questions.asked_where(0, Some("female")), female);
    }

    #[test]
    fn what_is_not_recorded_leaves_no_question_out_by_itself() {
        let both = Condition::All(vec![is(0, "male"), is(1, "high")]);
        let questions = set(vec![Some(is(0, "male")), Some(both)]);
        let asked = questions.asked_where(0, None);
        assert_eq!(asked[0], Asked::Always);
        let unknown = Condition::Information {
            attribute: 0,
            among: Vec::new(),
        };
        let left = Condition::All(vec![is(1, "high"), unknown]);
        assert_eq!(asked[1], Asked::When(left));
    }

    #[test]
    fn a_question_that_follows_one_that_is_never_asked_is_never_asked() {
        let questions = set(vec![
            Some(is(0, "male")),
            Some(said(0)),
            Some(Condition::Any(vec![said(1), is(1, "high")])),
        ]);
        let asked = questions.asked_where(0, Some("female"));
        assert_eq!(asked[..2], [Asked::Never, Asked::Never]);
        assert_eq!(asked[2], Asked::When(is(1, "high")));
    }

    #[test]
    fn questions_are_linked_by_answers_and_by_other_information() {
        let questions = set(vec![
            None,
            Some(is(0, "male")),
            Some(is(0, "female")),
            Some(said(0)),
            Some(is(1, "high")),
            Some(Condition::Any(vec![is(1, "low"), is(0, "male")])),
            Some(said(3)),
        ]);
        let linked = questions.linked(0);
        assert_eq!(linked, [vec![0, 3, 6], vec![1], vec![2], vec![4, 5]]);
        assert!(set(Vec::new()).linked(0).is_empty());
    }
}
