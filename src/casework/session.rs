//! Going through one assessment question by question: what comes next, what was said, and the way back.
//!
//! Every answer is recorded as soon as it is given, so a session can stop anywhere and be taken up again. Must not print or
//! read: the terminal and the web page ask and show.

use super::desk::Desk;
use super::inspections::Inspection;
use super::recording::{Recorded, Says, find_case, question_set, record_answers};
use super::submitting::{Gaps, find_gaps};
use crate::model::{Answer, Code, Mark, Place, Problem, Problems};
use crate::store::{CaseRow, Status, Store};

/// A session with one case.
pub struct Session<'i> {
    inspection: &'i Inspection,
    case: CaseRow,
    notes: Vec<(usize, String)>,
    /// Question places in the order of asking: the prompts of a key question, then the key question that sums them up.
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
    /// Whether *not applicable* may be answered.
    pub allows_not_applicable: bool,
    /// The answer so far.
    pub answer: Option<Answer>,
    /// The note so far; empty for none.
    pub note: String,
    /// The answers for which the framework wants a note.
    pub note_on: &'i [Answer],
    /// Which of the questions that apply this is, from 1.
    pub position: usize,
    /// How many questions apply.
    pub applicable_count: usize,
}

impl<'i> Session<'i> {
    /// Starts a session at the first unanswered question, or at the first one if all are answered.
    ///
    /// # Errors
    /// An unknown case; one that is submitted or withdrawn.
    pub fn open(
        store: &Store,
        inspection: &'i Inspection,
        reference: &str,
    ) -> Result<Session<'i>, Problems> {
        let case = find_case(store.read(), inspection, reference)?;
        let problem = match case.status {
            Status::Submitted => Some(Problem::new(
                Code::Locked,
                "the assessment is submitted and locked",
                format!("reopen it first: caseaudit reopen {reference} --because \"…\""),
            )),
            Status::Withdrawn => Some(Problem::new(
                Code::Withdrawn,
                "the case is withdrawn from the sample",
                format!("take it back first: caseaudit case restore {reference}"),
            )),
            Status::Untouched | Status::InHand => None,
        };
        if let Some(problem) = problem {
            return Err(problem.at(Place::of(reference)).into());
        }
        let notes = store.read().notes(case.id)?;
        let order = asking_order(inspection, &case);
        let mut session = Session {
            inspection,
            case,
            notes,
            order,
            at: 0,
        };
        session.at = session.next_unanswered(0).unwrap_or(0);
        if !session.is_asked(session.at) {
            session.at = session.next_asked(0).unwrap_or(session.order.len());
        }
        Ok(session)
    }

    /// The question that is due, or `None` at the end.
    #[must_use]
    pub fn step(&self) -> Option<Step<'i>> {
        let place = *self.order.get(self.at)?;
        let sample = self.inspection.framework.samples.get(self.case.sample)?;
        let question = sample.questions.questions.get(place)?;
        let wording = sample.wordings.get(place)?;
        let asked: Vec<usize> = (0..self.order.len())
            .filter(|at| self.is_asked(*at))
            .collect();
        Some(Step {
            standard: self.standard_of(place),
            number: &question.number,
            text: &wording.text,
            guidance: &wording.guidance,
            is_prompt: question.is_prompt,
            allows_not_applicable: question.allows_not_applicable,
            answer: self.case.sheet.mark(place).said(),
            note: self
                .notes
                .iter()
                .find(|(at, _)| *at == place)
                .map_or(String::new(), |(_, note)| note.clone()),
            note_on: &wording.note_on,
            position: asked
                .iter()
                .position(|at| *at == self.at)
                .map_or(0, |position| position + 1),
            applicable_count: asked.len(),
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
    ) -> Result<Recorded, Problems> {
        let Some(step) = self.step() else {
            return Ok(Recorded::default());
        };
        let says = Says {
            question: step.number.to_owned(),
            answer: answer.map(str::to_owned),
            note: note.map(str::to_owned),
        };
        let reference = self.case.reference.clone();
        let recorded = record_answers(store, desk, self.inspection, "assess", &reference, &[says])?;
        self.case = find_case(store.read(), self.inspection, &reference)?;
        self.notes = store.read().notes(self.case.id)?;
        Ok(recorded)
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

    /// Goes to the question with this number; false when it is not asked of this case.
    pub fn go_to(&mut self, number: &str) -> bool {
        let questions = question_set(self.inspection, &self.case);
        let place = questions.question(number);
        let at = place.and_then(|place| self.order.iter().position(|other| *other == place));
        match at.filter(|at| self.is_asked(*at)) {
            Some(at) => {
                self.at = at;
                true
            }
            None => false,
        }
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
        let questions = question_set(self.inspection, &self.case);
        let keys = questions
            .questions
            .iter()
            .enumerate()
            .filter(|(place, question)| {
                !question.is_prompt
                    && matches!(
                        self.case.sheet.mark(*place),
                        Mark::InForce(_) | Mark::Unanswered
                    )
            });
        keys.map(|(place, question)| (question.number.as_str(), self.case.sheet.mark(place).said()))
            .collect()
    }

    /// The reference of the case.
    #[must_use]
    pub fn reference(&self) -> &str {
        &self.case.reference
    }

    fn is_asked(&self, at: usize) -> bool {
        let mark = self.order.get(at).map(|place| self.case.sheet.mark(*place));
        matches!(mark, Some(Mark::InForce(_) | Mark::Unanswered))
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

/// Prompts first, then the key question that sums them up.
fn asking_order(inspection: &Inspection, case: &CaseRow) -> Vec<usize> {
    let questions = question_set(inspection, case);
    let mut order = Vec::with_capacity(questions.questions.len());
    for (place, question) in questions.questions.iter().enumerate() {
        if !question.is_prompt {
            order.extend(questions.prompts_of(place));
            order.push(place);
        } else if question.key_question.is_none() {
            order.push(place);
        }
    }
    order
}
