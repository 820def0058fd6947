//! Going through one assessment question by question: what comes next, what was said, and the way back.
//!
//! Every answer is recorded as soon as it is given, so a session can stop anywhere and be taken up again. Must not print or
//! read: the terminal and the web page ask and show.

mod examples;
mod order;
#[cfg(test)]
mod tests;

use super::assessment::{Assessment, Target, find_assessment, why_closed};
use super::desk::Desk;
use super::inspections::Inspection;
use super::recording::{Says, does_not_apply, question_set, record_answers, unknown_question};
use super::submitting::{Gaps, find_gaps};
use crate::model::{Answer, Mark, Place, Practice, Problem, Problems, Role};
use crate::store::{CaseRow, ExampleRow, Store, is_closed};
use examples::find_examples;
use order::asking_order;

/// A session with one assessment of one case.
pub struct Session<'i> {
    inspection: &'i Inspection,
    role: Option<Role>,
    case: CaseRow,
    notes: Vec<(usize, String)>,
    /// Notes that are examples; none in a further assessment.
    examples: Vec<ExampleRow>,
    /// Question places in the order of asking.
    order: Vec<usize>,
    /// Where the session stands in `order`; its length once the end is reached.
    at: usize,
}

/// A question as it is put to the assessor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'i> {
    /// Number and title of the standard.
    pub standard: String,
    /// The question's number.
    pub number: &'i str,
    /// The question.
    pub text: &'i str,
    /// Help; may be empty.
    pub guidance: &'i str,
    /// Whether it is a prompt rather than a key question.
    pub is_prompt: bool,
    /// For a prompt, number and text of its key question where that is asked of the same case.
    pub key_question: Option<(&'i str, &'i str)>,
    /// For a key question, its prompts that apply, with their answers so far.
    pub prompts: Vec<(&'i str, Option<Answer>)>,
    /// Whether *not applicable* may be answered.
    pub allows_not_applicable: bool,
    /// The answer so far.
    pub answer: Option<Answer>,
    /// The note so far; empty for none.
    pub note: String,
    /// What the note is an example of; `None` for none.
    pub example: Option<Practice>,
    /// The answers for which the framework wants a note.
    pub note_on: &'i [Answer],
    /// Which of the questions that apply this is, from 1.
    pub position: usize,
    /// How many questions apply.
    pub applicable_count: usize,
}

/// What saying something did. Numbers of questions stand in the order of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heard {
    /// Whether anything was recorded; false when it was known already.
    pub changed: bool,
    /// Questions that applied before and no longer do.
    pub stopped: Vec<String>,
    /// Those of them that had an answer: it is kept and counts nowhere.
    pub parked: Vec<String>,
    /// Questions that apply now and did not before.
    pub started: Vec<String>,
    /// Those of them whose parked answer is in force again.
    pub restored: Vec<String>,
}

/// One question as it stands in the list of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<'i> {
    /// The question's number.
    pub number: &'i str,
    /// Where it stands.
    pub mark: Mark,
    /// Whether it has a note.
    pub has_note: bool,
}

impl<'i> Session<'i> {
    /// Starts a session at the first unanswered question, or at the end if there is none.
    ///
    /// # Errors
    /// An unknown case; one that is submitted or withdrawn; a person who may not work on this assessment; a closed inspection.
    pub fn open(
        store: &Store,
        desk: &Desk,
        inspection: &'i Inspection,
        target: Target<'_>,
    ) -> Result<Session<'i>, Problems> {
        let assessment = find_assessment(store.read(), inspection, desk.who(), target)?;
        let Assessment { case, notes, .. } = assessment;
        let problem = why_closed(&case, target).or_else(|| {
            let problem = is_closed(&inspection.name).at(Place::of(target.reference));
            inspection.closed.then_some(problem)
        });
        if let Some(problem) = problem {
            return Err(problem.into());
        }
        let order = asking_order(question_set(inspection, &case));
        let examples = find_examples(store, inspection, &case, target.role)?;
        let mut session = Session {
            inspection,
            role: target.role,
            case,
            notes,
            examples,
            order,
            at: 0,
        };
        session.at = session.next_unanswered(0).unwrap_or(session.order.len());
        Ok(session)
    }

    /// The question that is due, or `None` at the end.
    #[must_use]
    pub fn step(&self) -> Option<Step<'i>> {
        let place = *self.order.get(self.at)?;
        let sample = self.inspection.framework.samples.get(self.case.sample)?;
        let question = sample.questions.questions.get(place)?;
        let wording = sample.wordings.get(place)?;
        let key = question.key_question;
        let key_wording = key.and_then(|key| sample.wordings.get(key));
        let before = self.order.iter().take(self.at);
        Some(Step {
            standard: self.standard_of(place),
            number: &question.number,
            text: &wording.text,
            guidance: &wording.guidance,
            is_prompt: question.is_prompt,
            key_question: key
                .zip(key_wording)
                .map(|(key, wording)| (self.number(key), wording.text.as_str())),
            prompts: self
                .asked(sample.questions.prompts_of(place))
                .map(|prompt| (self.number(prompt), self.case.sheet.mark(prompt).said()))
                .collect(),
            allows_not_applicable: question.allows_not_applicable,
            answer: self.case.sheet.mark(place).said(),
            note: self
                .notes
                .iter()
                .find(|(at, _)| *at == place)
                .map_or(String::new(), |(_, note)| note.clone()),
            example: self.example_at(place).map(|example| example.practice),
            note_on: &wording.note_on,
            position: self.asked(before.copied()).count() + 1,
            applicable_count: self.applicable_count(),
        })
    }

    /// Records what is said about the question that is due. The session stays where it is.
    ///
    /// # Errors
    /// As [`record_answers`].
    pub fn say(
        &mut self,
        store: &mut Store,
        desk: &Desk,
        answer: Option<&str>,
        note: Option<&str>,
    ) -> Result<Heard, Problems> {
        let Some(step) = self.step() else {
            return Ok(Heard::default());
        };
        let says = Says {
            question: step.number.to_owned(),
            answer: answer.map(str::to_owned),
            note: note.map(str::to_owned),
        };
        let reference = self.case.reference.clone();
        let target = Target {
            reference: &reference,
            role: self.role,
        };
        let recorded = record_answers(store, desk, self.inspection, "assess", target, &[says])?;
        let assessment = find_assessment(store.read(), self.inspection, desk.who(), target)?;
        let Assessment { case, notes, .. } = assessment;
        self.notes = notes;
        let before = std::mem::replace(&mut self.case, case);
        if recorded.notes_count > 0 {
            self.examples = find_examples(store, self.inspection, &self.case, self.role)?;
        }
        let turned = |into: bool| -> Vec<String> {
            let places = (0..self.case.sheet.len()).filter(|place| {
                let (before, after) = (before.sheet.mark(*place), self.case.sheet.mark(*place));
                applies(before) != into && applies(after) == into
            });
            places.map(|place| self.number(place).to_owned()).collect()
        };
        Ok(Heard {
            changed: recorded.answers_count + recorded.notes_count > 0,
            stopped: turned(false),
            parked: recorded.parked,
            started: turned(true),
            restored: recorded.restored,
        })
    }

    /// Goes to the next question that applies, or to the end.
    pub fn forward(&mut self) {
        self.at = self.next_asked(self.at + 1).unwrap_or(self.order.len());
    }

    /// Goes back to the question before that applies; false at the first one.
    pub fn back(&mut self) -> bool {
        let before = (0..self.at.min(self.order.len()))
            .rev()
            .find(|at| self.is_asked(*at));
        self.at = before.unwrap_or(self.at);
        before.is_some()
    }

    /// Goes to the question with this number, in any case, or to the first one of the standard or domain with it.
    ///
    /// # Errors
    /// No such question; one that does not apply to the case.
    pub fn go_to(&mut self, number: &str) -> Result<(), Problem> {
        let questions = question_set(self.inspection, &self.case);
        let same = |at: &usize| {
            let place = self.order.get(*at);
            place.is_some_and(|place| self.number(*place).eq_ignore_ascii_case(number))
        };
        let within = |at: &usize| {
            let place = self.order.get(*at);
            let rest = place.and_then(|place| self.number(*place).strip_prefix(number));
            rest.is_some_and(|rest| rest.starts_with('.')) && self.is_asked(*at)
        };
        let mut all = 0..self.order.len();
        let Some(at) = all.clone().find(same).or_else(|| all.find(within)) else {
            return Err(unknown_question(
                &self.inspection.framework,
                questions,
                number,
            ));
        };
        if !self.is_asked(at) {
            let place = self.order.get(at).copied().unwrap_or(usize::MAX);
            return Err(does_not_apply(questions, place));
        }
        self.at = at;
        Ok(())
    }

    /// Goes to the end, where nothing is due.
    pub fn go_to_end(&mut self) {
        self.at = self.order.len();
    }

    /// Goes to the first question that is unanswered; false when none is.
    pub fn go_to_unanswered(&mut self) -> bool {
        let unanswered = self.next_unanswered(0);
        self.at = unanswered.unwrap_or(self.at);
        unanswered.is_some()
    }

    /// What is still missing, as numbers of questions.
    #[must_use]
    pub fn gaps(&self) -> Gaps {
        let questions = question_set(self.inspection, &self.case);
        find_gaps(questions, &self.case.sheet, |place| {
            self.notes.iter().any(|(at, _)| *at == place)
        })
    }

    /// The number of the question at a place of the sheet.
    #[must_use]
    pub fn number(&self, place: usize) -> &'i str {
        question_set(self.inspection, &self.case)
            .questions
            .get(place)
            .map_or("", |question| &question.number)
    }

    /// The key questions that apply, in order, with the answers so far.
    #[must_use]
    pub fn key_answers(&self) -> Vec<(&'i str, Option<Answer>)> {
        let questions = &question_set(self.inspection, &self.case).questions;
        let keys = (0..questions.len()).filter(|place| {
            let question = questions.get(*place);
            question.is_some_and(|question| !question.is_prompt)
        });
        self.asked(keys)
            .map(|place| (self.number(place), self.case.sheet.mark(place).said()))
            .collect()
    }

    /// Every question of the case in the order of asking, whether it applies or not.
    #[must_use]
    pub fn list(&self) -> Vec<Listed<'i>> {
        let listed = self.order.iter().map(|place| Listed {
            number: self.number(*place),
            mark: self.case.sheet.mark(*place),
            has_note: self.notes.iter().any(|(at, _)| at == place),
        });
        listed.collect()
    }

    /// How many questions apply.
    #[must_use]
    pub fn applicable_count(&self) -> usize {
        self.asked(self.order.iter().copied()).count()
    }

    /// How many of the questions that apply are answered.
    #[must_use]
    pub fn answered_count(&self) -> usize {
        let marks = self.case.sheet.marks();
        marks
            .filter(|mark| matches!(mark, Mark::InForce(_)))
            .count()
    }

    /// The case, with the answers and the status of this assessment.
    #[must_use]
    pub fn case(&self) -> &CaseRow {
        &self.case
    }

    /// Which assessment of the case it is.
    #[must_use]
    pub fn target(&self) -> Target<'_> {
        Target {
            reference: &self.case.reference,
            role: self.role,
        }
    }

    /// Those of some places whose questions apply.
    fn asked(&self, places: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
        places.filter(|place| applies(self.case.sheet.mark(*place)))
    }

    fn is_asked(&self, at: usize) -> bool {
        let place = self.order.get(at);
        place.is_some_and(|place| applies(self.case.sheet.mark(*place)))
    }

    fn next_asked(&self, from: usize) -> Option<usize> {
        (from..self.order.len()).find(|at| self.is_asked(*at))
    }

    fn next_unanswered(&self, from: usize) -> Option<usize> {
        let is_unanswered = |at: &usize| {
            self.order
                .get(*at)
                .is_some_and(|place| self.case.sheet.mark(*place) == Mark::Unanswered)
        };
        (from..self.order.len()).find(is_unanswered)
    }

    fn standard_of(&self, place: usize) -> String {
        let asked = (self.case.sample, place);
        let standard = self.inspection.framework.standards.iter().find(|standard| {
            standard
                .key_questions
                .iter()
                .any(|key| key.asked_of == Some(asked) || key.prompts.contains(&asked))
        });
        standard.map_or_else(String::new, |standard| {
            format!("{} {}", standard.number, standard.title)
        })
    }
}

fn applies(mark: Mark) -> bool {
    matches!(mark, Mark::InForce(_) | Mark::Unanswered)
}
