//! What a file of answers changes in each case, and what of it does not fit.
//!
//! One thread works that out, while the other records it. Must not know where the file comes from.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::super::assessment::{Target, record_in};
use super::super::importing::Imported;
use super::super::inspections::Inspection;
use super::super::recording::{
    does_not_apply, is_not_asked, is_resolved, name_settled, not_asked_places,
};
use super::super::submitting::{find_gaps, find_obstacles};
use crate::exchange::{AnswerRows, KnownCases, Note};
use crate::model::{Change, Code, Patch, Problem, Problems, QuestionSet, Role, Sheet};
use crate::store::{
    CaseRow, ConflictRow, EncodedChange, Field, ResolutionRow, Status, ThingId, Writer,
};

/// Changes that are handed over at a time.
const CHANGES_TOGETHER: usize = 256;
/// How many such hands may wait to be recorded.
const HANDS_WAITING_MAX: usize = 16;

/// Compares a file with the record.
pub(super) struct Planner<'a> {
    pub(super) inspection: &'a Inspection,
    pub(super) cases: Vec<CaseRow>,
    /// Whether something is wrong with the file, so that nothing of it will be stored.
    pub(super) is_wrong: bool,
    /// What is noted already of each case.
    pub(super) notes: HashMap<ThingId, Vec<(usize, String)>>,
    /// Why this person may not record in a case, by its place.
    pub(super) barred: HashMap<usize, Problem>,
    /// What was resolved between two assessments.
    pub(super) resolutions: Vec<ResolutionRow>,
    pub(super) role: Option<Role>,
    /// What is in conflict about each case.
    pub(super) conflicts: HashMap<ThingId, Vec<ConflictRow>>,
    pub(super) submits: bool,
}

/// What came of it.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) imported: Imported,
    /// What does not fit, and the case and question that each problem is about.
    pub(super) problems: Vec<Problem>,
    pub(super) unfit: Vec<(usize, usize)>,
}

/// What a file says of one case, as far as it is new.
struct SpokenOf {
    case: usize,
    patch: Patch,
    notes: Vec<(usize, Option<String>)>,
    /// The sheet as it will then stand.
    sheet: Sheet,
    /// Whether something was said of it that could not be made out.
    is_spoilt: bool,
}

/// A change to one case, by its place.
type Planned = (usize, EncodedChange);

impl Planner<'_> {
    /// The cases that a file may speak of.
    pub(super) fn known_cases(&self) -> KnownCases {
        let samples: Vec<&QuestionSet> = self.inspection.edition.samples.iter().collect();
        let cases = self.cases.iter();
        KnownCases::new(
            &samples,
            cases.map(|case| (case.reference.as_str(), case.sample)),
        )
    }

    /// `read` gives the file, in parts or whole, to what it is called with, in the order of the cases.
    pub(super) fn plan_and_record(
        &self,
        writer: &mut Writer<'_>,
        read: impl FnOnce(&mut dyn FnMut(&AnswerRows) -> bool) + Send,
    ) -> Result<Plan, Problems> {
        std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(HANDS_WAITING_MAX);
            let planning = scope.spawn(move || {
                let mut plan = Plan::default();
                read(&mut |part| self.plan(part, &mut plan, &sender));
                plan
            });
            let parked = self.record(writer, receiver);
            match planning.join() {
                Ok(mut plan) => {
                    plan.imported.parked = parked?;
                    Ok(plan)
                }
                Err(panicked) => std::panic::resume_unwind(panicked),
            }
        })
    }

    /// Works out the change to each case, until something does not fit: from then on only further problems are looked for. `false`
    /// where no more is wanted: something does not fit, or recording has failed, and says why.
    fn plan(&self, file: &AnswerRows, plan: &mut Plan, sender: &SyncSender<Vec<Planned>>) -> bool {
        let mut changes = Vec::with_capacity(CHANGES_TOGETHER);
        let mut notes = file.notes();
        for at in file.cases() {
            let (here, rest) = notes.split_at(notes.partition_point(|note| note.case <= at));
            notes = rest;
            let Some(spoken) = self.read_case(file, at, here) else {
                continue;
            };
            self.refuse_what_does_not_fit(&spoken, plan);
            if self.is_wrong || !plan.problems.is_empty() {
                continue;
            }
            changes.extend(self.change(spoken, &mut plan.imported));
            if changes.len() == CHANGES_TOGETHER {
                let full = std::mem::replace(&mut changes, Vec::with_capacity(CHANGES_TOGETHER));
                if sender.send(full).is_err() {
                    return false;
                }
            }
        }
        !self.is_wrong && plan.problems.is_empty() && sender.send(changes).is_ok()
    }

    /// What the file says of a case without what is recorded already; `None` where it says nothing.
    fn read_case(&self, file: &AnswerRows, at: usize, notes: &[Note]) -> Option<SpokenOf> {
        let said = file.patch(at);
        let case = self.cases.get(at)?;
        if said.is_empty() && notes.is_empty() {
            return None;
        }
        let is_known = |note: &Note| {
            let mut known = self.known_notes(case).iter();
            known.any(|(place, text)| *place == note.place && *text == note.text)
        };
        let patch = said.news(&case.sheet);
        let mut sheet = case.sheet.clone();
        sheet.apply(&patch);
        sheet.settle(self.questions(case), &case.information);
        Some(SpokenOf {
            case: at,
            patch,
            notes: notes
                .iter()
                .filter(|note| !is_known(note))
                .map(|note| (note.place, Some(note.text.clone())))
                .collect(),
            sheet,
            is_spoilt: file.is_spoilt(at),
        })
    }

    /// Nothing may be said about a submitted or withdrawn case, or about a question that does not apply.
    fn refuse_what_does_not_fit(&self, spoken: &SpokenOf, plan: &mut Plan) {
        let Some(case) = self.cases.get(spoken.case) else {
            return;
        };
        let answered = spoken.patch.iter().map(|(place, _)| place);
        let noted = || spoken.notes.iter().map(|(place, _)| *place);
        let barred = self.barred.get(&spoken.case).cloned();
        if let Some(refusal) = barred.or_else(|| refuse_closed_case(case, self.role)) {
            if let Some(first) = answered.chain(noted()).min() {
                plan.unfit.push((spoken.case, first));
                plan.problems.push(refusal);
            }
            return;
        }
        let own = self.resolutions.iter();
        let resolved = own.filter(|row| self.role.is_none() && row.case == case.id);
        for row in resolved.filter(|row| spoken.patch.answers(row.place)) {
            plan.unfit.push((spoken.case, row.place));
            plan.problems
                .push(is_resolved(self.questions(case), row, &case.reference));
        }
        // An answer that could not be made out may be the one on which the others hang.
        if spoken.is_spoilt {
            return;
        }
        self.refuse_conflicts(case, spoken, plan);
        let noted_in_vain = noted().filter(|place| is_not_asked(&spoken.sheet, *place));
        let mut places: Vec<usize> = not_asked_places(&spoken.sheet, &spoken.patch)
            .chain(noted_in_vain)
            .collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            plan.unfit.push((spoken.case, place));
            plan.problems
                .push(does_not_apply(self.questions(case), place));
        }
    }

    /// What is in conflict has to be settled by a person, not by a file.
    fn refuse_conflicts(&self, case: &CaseRow, spoken: &SpokenOf, plan: &mut Plan) {
        for conflict in self.conflicts_of(case) {
            let spoken_of = match &conflict.field {
                Field::Answer(number) => {
                    let place = self.questions(case).question(number);
                    let mut answered = spoken.patch.iter().map(|(place, _)| place);
                    place.filter(|place| answered.any(|answered| answered == *place))
                }
                Field::Note(number) => {
                    let place = self.questions(case).question(number);
                    let mut noted = spoken.notes.iter().map(|(place, _)| *place);
                    place.filter(|place| noted.any(|noted| noted == *place))
                }
                _ => None,
            };
            if let Some(place) = spoken_of {
                plan.unfit.push((spoken.case, place));
                plan.problems.push(conflict.refusal(&case.reference));
            }
        }
    }

    /// The one change that brings a case up to date; what it means is counted.
    fn change(&self, spoken: SpokenOf, imported: &mut Imported) -> Option<Planned> {
        let case = self.cases.get(spoken.case)?;
        let submits = self.may_be_submitted(case, &spoken, imported);
        imported.submitted += usize::from(submits);
        let SpokenOf { patch, notes, .. } = spoken;
        let has_news = !patch.is_empty() || !notes.is_empty();
        if has_news {
            imported.changed += 1;
            imported.answers_count += patch.len();
            imported.notes_count += notes.len();
        } else {
            imported.unchanged += 1;
        }
        let change = match (has_news, submits) {
            (false, false) => return None,
            (false, true) if self.role.is_none() => Change::Submit,
            _ => record_in(self.role, &case.assessor, patch, notes, submits),
        };
        Some((spoken.case, EncodedChange::new(change)))
    }

    /// Whether a case is to be submitted; what stands in the way is added to `imported`.
    fn may_be_submitted(&self, case: &CaseRow, spoken: &SpokenOf, imported: &mut Imported) -> bool {
        if !self.submits || !matches!(case.status, Status::Untouched | Status::InHand) {
            return false;
        }
        let has_note = |at| {
            spoken.notes.iter().any(|(place, _)| *place == at)
                || self.known_notes(case).iter().any(|(place, _)| *place == at)
        };
        let questions = self.questions(case);
        let gaps = find_gaps(questions, &spoken.sheet, has_note);
        let target = Target {
            reference: &case.reference,
            role: self.role,
        };
        let mut obstacles = find_obstacles(target, questions, &spoken.sheet, &gaps, "");
        let conflicts = self.conflicts_of(case).iter();
        obstacles
            .0
            .extend(conflicts.map(|conflict| conflict.refusal(&case.reference)));
        let may = obstacles.0.is_empty();
        imported.obstacles.0.extend(obstacles.0);
        may
    }

    /// Appends what was planned; gives what was parked by it, as case and question number.
    fn record(
        &self,
        writer: &mut Writer<'_>,
        planned: Receiver<Vec<Planned>>,
    ) -> Result<Vec<(String, String)>, Problems> {
        let mut parked = Vec::new();
        for (at, change) in planned.into_iter().flatten() {
            let Some(case) = self.cases.get(at) else {
                continue;
            };
            let settled = writer.append_encoded(Some(case.id), &change)?;
            let (numbers, _) = name_settled(self.questions(case), &settled);
            parked.extend(
                numbers
                    .into_iter()
                    .map(|number| (case.reference.clone(), number)),
            );
        }
        Ok(parked)
    }

    fn conflicts_of(&self, case: &CaseRow) -> &[ConflictRow] {
        self.conflicts
            .get(&case.id)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    fn known_notes(&self, case: &CaseRow) -> &[(usize, String)] {
        self.notes
            .get(&case.id)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    fn questions(&self, case: &CaseRow) -> &QuestionSet {
        &self.inspection.edition.samples[case.sample]
    }
}

fn refuse_closed_case(case: &CaseRow, role: Option<Role>) -> Option<Problem> {
    let reference = &case.reference;
    let target = Target { reference, role };
    match case.status {
        Status::Submitted => Some(Problem::new(
            Code::Locked,
            format!(
                "the assessment of {reference} is submitted and locked, and the file says something else"
            ),
            format!("reopen it first: caseaudit reopen {target} --because \"…\""),
        )),
        Status::Withdrawn => Some(Problem::new(
            Code::Withdrawn,
            format!("{reference} is withdrawn from the sample"),
            format!("take it back first: caseaudit case restore {reference}"),
        )),
        Status::Untouched | Status::InHand => None,
    }
}
