//! Compiles `applies_when`, and the `when` of a draw, to a condition with every id resolved. Must not know standards or ratings.

use std::collections::HashMap;

use super::Sample;
use super::collect::Collector;
use super::raw::{Table, Value, Written};
use crate::model::{Answer, Attribute, AttributeKind, Code, Condition, nearest};

/// What a condition may look at: of one question, or of a part of a population.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// The sample of which the question is asked.
    pub(super) sample: usize,
    /// Its place on that sample's sheet; 0 for a part of a population.
    pub(super) place: usize,
    /// Every sample with its whole sheet.
    pub(super) samples: &'a [Sample],
    /// Sample and place of every question, by number; `None` where only case information may be looked at.
    pub(super) questions: Option<&'a HashMap<&'a str, (usize, usize)>>,
}

impl<'a> Scope<'a> {
    /// The case information of a sample whose questions are not read yet, and nothing else.
    pub(super) fn of_information(sample: &'a Sample) -> Scope<'a> {
        Scope {
            sample: 0,
            place: 0,
            samples: std::slice::from_ref(sample),
            questions: None,
        }
    }

    /// Compiles a table: all of its keys together; `None` when something in it is wrong, which is reported.
    pub(super) fn compile(
        &self,
        table: Table<'_>,
        problems: &mut Collector<'_>,
    ) -> Option<Condition> {
        let values = table.values();
        if values.is_empty() {
            let what = "a condition says nothing";
            let remedy = "name case information or an earlier question, or leave the condition out";
            problems.add(Code::WrongValue, table.span, what, remedy);
            return None;
        }
        let parts = values
            .iter()
            .map(|value| self.compile_part(*value, problems));
        // Every part is compiled, so that every problem is reported, before one that failed ends it.
        let parts: Vec<Option<Condition>> = parts.collect();
        let mut parts: Vec<Condition> = parts.into_iter().collect::<Option<_>>()?;
        match parts.len() {
            1 => parts.pop(),
            _ => Some(Condition::All(parts)),
        }
    }

    fn compile_part(&self, value: Value<'_>, problems: &mut Collector<'_>) -> Option<Condition> {
        match value.key.text {
            "all" => Some(Condition::All(self.compile_list(value, problems)?)),
            "any" => Some(Condition::Any(self.compile_list(value, problems)?)),
            "not" => {
                let table = value.table("a condition", problems)?;
                Some(Condition::Not(Box::new(self.compile(table, problems)?)))
            }
            key => match (self.attribute(key), self.question(key)) {
                (Some((attribute, declared)), _) => {
                    let among = check_values(value, declared, problems);
                    Some(Condition::Information { attribute, among })
                }
                (None, Some(asked)) => self.compile_answered(value, asked, problems),
                (None, None) => {
                    self.report_unknown(value, problems);
                    None
                }
            },
        }
    }

    fn compile_list(
        &self,
        value: Value<'_>,
        problems: &mut Collector<'_>,
    ) -> Option<Vec<Condition>> {
        let tables = value.tables("a condition", problems)?;
        if tables.is_empty() {
            let what = format!("{} has no part", value.key.text);
            problems.add(
                Code::WrongValue,
                value.span,
                what,
                "list conditions: [ { … }, … ]",
            );
            return None;
        }
        let parts = tables.iter().map(|table| self.compile(*table, problems));
        let parts: Vec<Option<Condition>> = parts.collect();
        parts.into_iter().collect()
    }

    fn compile_answered(
        &self,
        value: Value<'_>,
        (sample, question): (usize, usize),
        problems: &mut Collector<'_>,
    ) -> Option<Condition> {
        let (number, span) = (value.key.text, value.key.span);
        if sample != self.sample {
            let what = format!("question {number} is asked of another sample");
            let remedy = format!(
                "look at a question of {}, or at case information",
                self.samples.get(self.sample).map_or("", |own| &own.id)
            );
            problems.add(Code::UnknownQuestion, span, what, remedy);
            return None;
        }
        if question >= self.place {
            let what = if question == self.place {
                format!("question {number} hangs on itself")
            } else {
                format!("question {number} comes later on the sheet")
            };
            let remedy = "look at an earlier question, or at case information";
            problems.add(Code::ForwardCondition, span, what, remedy);
            return None;
        }
        let texts = value.texts(problems);
        let among = texts
            .iter()
            .filter_map(|text| check_answer(*text, problems));
        Some(Condition::Answered {
            question,
            among: among.collect(),
        })
    }

    fn attribute(&self, id: &str) -> Option<(usize, &Attribute)> {
        let attributes = &self.samples.get(self.sample)?.questions.attributes;
        let mut places = attributes.iter().enumerate();
        places.find(|(_, attribute)| attribute.id == id)
    }

    fn question(&self, number: &str) -> Option<(usize, usize)> {
        self.questions?.get(number).copied()
    }

    fn report_unknown(&self, value: Value<'_>, problems: &mut Collector<'_>) {
        let Some(sample) = self.samples.get(self.sample) else {
            return;
        };
        let key = value.key.text;
        if !key.starts_with(|first: char| first.is_ascii_digit()) {
            let attributes = &sample.questions.attributes;
            let what = format!("the sample {} has no case information {key:?}", sample.id);
            let remedy = nearest(key, attributes.iter().map(|attribute| &*attribute.id));
            problems.add(Code::UnknownAttribute, value.key.span, what, remedy);
        } else if self.questions.is_none() {
            let what = "a draw comes before any answer, so it cannot look at a question";
            let remedy = "look at case information";
            problems.add(Code::UnknownQuestion, value.key.span, what, remedy);
        } else if value.as_table("").is_some() {
            let what = format!("{key} is a table: dots divide keys outside quotes");
            let remedy = "put the question's number in quotes: { \"2.1.1\" = \"yes\" }";
            problems.add(Code::WrongValue, value.key.span, what, remedy);
        } else {
            let earlier = sample.questions.questions.iter().take(self.place);
            let what = format!("the sample {} has no question {key:?}", sample.id);
            let remedy = nearest(key, earlier.map(|question| &*question.number));
            problems.add(Code::UnknownQuestion, value.key.span, what, remedy);
        }
    }
}

/// The values that satisfy a condition on case information; choices must be declared.
fn check_values(
    value: Value<'_>,
    declared: &Attribute,
    problems: &mut Collector<'_>,
) -> Vec<String> {
    let texts = value.texts(problems);
    if let AttributeKind::Choice(choices) = &declared.kind {
        for written in &texts {
            if choices.iter().all(|choice| choice != written.text) {
                let what = format!("{} has no choice {:?}", declared.id, written.text);
                let remedy = nearest(written.text, choices.iter().map(String::as_str));
                problems.add(Code::UnknownValue, written.span, what, remedy);
            }
        }
    }
    let texts = texts.iter().map(|written| written.text.to_owned());
    texts.collect()
}

/// The answer that a text names in the word of the file formats.
pub(super) fn check_answer(written: Written<'_>, problems: &mut Collector<'_>) -> Option<Answer> {
    let mut answers = Answer::ALL.into_iter();
    let answer = answers.find(|answer| answer.word() == written.text);
    if answer.is_none() {
        let what = format!("{:?} is not an answer", written.text);
        let remedy = nearest(written.text, Answer::ALL.map(Answer::word));
        problems.add(Code::UnknownAnswer, written.span, what, remedy);
    }
    answer
}
