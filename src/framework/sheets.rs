//! Lays out the answer sheet of each sample, and then gives every question its condition.
//!
//! A condition can be compiled only when every sheet is laid out: that tells a later question from one that does not
//! exist. Must not know how questions are read (`standards`).

use std::collections::HashMap;

use super::collect::Collector;
use super::condition::Scope;
use super::raw::Table;
use super::{Sample, Wording};
use crate::model::{Condition, Question};

/// The samples whose sheets are being laid out.
pub(super) struct Sheets<'t, 'p> {
    pub(super) samples: &'p mut [Sample],
    /// Every question in file order.
    waiting: Vec<Waiting<'t>>,
}

/// A question on a sheet whose condition is not compiled yet.
struct Waiting<'t> {
    asked: OnSheet,
    condition: Option<Table<'t>>,
    /// The key question whose condition it inherits.
    key: Option<OnSheet>,
}

/// Where a question has been put.
#[derive(Clone, Copy)]
pub(super) struct OnSheet {
    pub(super) sample: usize,
    pub(super) place: usize,
    /// Its place among all questions of the file.
    waiting: usize,
}

impl<'t, 'p> Sheets<'t, 'p> {
    /// Empty sheets.
    pub(super) fn of(samples: &'p mut [Sample]) -> Sheets<'t, 'p> {
        Sheets {
            samples,
            waiting: Vec::new(),
        }
    }

    /// Puts a question at the end of a sample's sheet. `key` is the key question of a prompt on the same sheet.
    pub(super) fn lay_out(
        &mut self,
        sample: usize,
        question: Question,
        wording: Wording,
        condition: Option<Table<'t>>,
        key: Option<OnSheet>,
    ) -> Option<OnSheet> {
        let sheet = self.samples.get_mut(sample)?;
        let asked = OnSheet {
            sample,
            place: sheet.questions.questions.len(),
            waiting: self.waiting.len(),
        };
        sheet.questions.questions.push(question);
        sheet.wordings.push(wording);
        self.waiting.push(Waiting {
            asked,
            condition,
            key,
        });
        Some(asked)
    }

    /// Gives every question its condition: its own, and before that the one of its key question on the same sheet.
    pub(super) fn compile_conditions(&mut self, problems: &mut Collector<'_>) {
        let compiled = self.compile_waiting(problems);
        for (waiting, condition) in self.waiting.iter().zip(compiled) {
            let sample = self.samples.get_mut(waiting.asked.sample);
            let questions = sample.map(|sample| &mut sample.questions.questions);
            let question = questions.and_then(|questions| questions.get_mut(waiting.asked.place));
            if let Some(question) = question {
                question.applies_when = condition;
            }
        }
    }

    fn compile_waiting(&self, problems: &mut Collector<'_>) -> Vec<Option<Condition>> {
        let questions = self.places_by_number();
        let mut compiled: Vec<Option<Condition>> = Vec::with_capacity(self.waiting.len());
        for waiting in &self.waiting {
            let scope = Scope {
                sample: waiting.asked.sample,
                place: waiting.asked.place,
                samples: self.samples,
                questions: Some(&questions),
            };
            let own = waiting.condition;
            let own = own.and_then(|table| scope.compile(table, problems));
            let key = waiting.key.and_then(|key| compiled.get(key.waiting));
            compiled.push(match (key.cloned().flatten(), own) {
                (Some(inherited), Some(own)) => Some(Condition::All(vec![inherited, own])),
                (inherited, own) => inherited.or(own),
            });
        }
        compiled
    }

    /// Sample and place of every question; of a number that stands twice, the first.
    fn places_by_number(&self) -> HashMap<&str, (usize, usize)> {
        let mut places = HashMap::with_capacity(self.waiting.len());
        for (index, sample) in self.samples.iter().enumerate() {
            for (place, question) in sample.questions.questions.iter().enumerate() {
                let number = question.number.as_str();
                places.entry(number).or_insert((index, place));
            }
        }
        places
    }
}
