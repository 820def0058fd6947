//! Taking over a file of answers: whole or not at all.
//!
//! One thread works out what each case has to be told, while the other records it; what turns out not to fit undoes
//! everything. Must not know file formats (`exchange`).

use std::collections::HashMap;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::assessment::{
    Target, check_independence, is_same, record_in, refuse_further_assessor, refuse_wrong_role,
    see_as,
};
use super::desk::Desk;
use super::importing::{Imported, source_name};
use super::inspections::Inspection;
use super::interests::find_interest;
use super::recording::{does_not_apply, is_not_asked, is_resolved, name_settled, not_asked_places};
use super::submitting::{find_gaps, find_obstacles};
use crate::exchange::{self, AnswerRows, KnownCases, Note, Options};
use crate::model::{Change, Code, Patch, Problem, Problems, QuestionSet, Role, Sheet};
use crate::store::{
    CaseRow, ConflictRow, EncodedChange, Field, FurtherRow, Reader, ResolutionRow, Status, Store,
    ThingId, Writer,
};

/// Changes that are handed over at a time.
const CHANGES_TOGETHER: usize = 256;
/// How many such hands may wait to be recorded.
const HANDS_WAITING_MAX: usize = 16;

/// Imports a file of answers, long or wide, and submits the complete assessments if `submits`. With a role the answers are those
/// of further assessments, made by the person at the desk.
///
/// # Errors
/// Everything that is wrong with the file; nothing is stored then.
pub fn import_answers(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    path: &Path,
    options: &Options<'_>,
    role: Option<Role>,
    submits: bool,
) -> Result<Imported, Problems> {
    let action = desk.action(Some(inspection), &source_name(path), "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let samples = &inspection.edition.samples;
        let mut cases = writer.cases_to_answer(inspection.id, samples)?;
        let barred = find_barred(writer.read(), inspection, desk.who(), role, &cases)?;
        if let Some(role) = role {
            see_all_as(writer.read(), inspection, desk.who(), role, &mut cases)?;
        }
        let samples: Vec<&QuestionSet> = samples.iter().collect();
        let references = cases
            .iter()
            .map(|case| (case.reference.as_str(), case.sample));
        let known = KnownCases::new(&samples, references);
        let reading = exchange::read_answers(path, options, &known)?;
        let mut notes: HashMap<ThingId, Vec<(usize, String)>> = HashMap::new();
        let known_notes = match role {
            None => writer.read().all_notes(inspection.id)?,
            Some(role) => (writer.read()).further_notes(inspection.id, role, desk.who())?,
        };
        for (case, place, text) in known_notes {
            notes.entry(case).or_default().push((place, text));
        }
        let planner = Planner {
            inspection,
            cases: &cases,
            file: &reading.says,
            is_wrong: reading.is_wrong(),
            notes,
            barred,
            resolutions: writer.read().resolutions(inspection.id)?,
            role,
            conflicts: conflicts_by_case(writer.read(), inspection)?,
            submits,
        };
        let Plan {
            imported,
            problems,
            unfit,
        } = planner.plan_and_record(writer)?;
        let places = match unfit.as_slice() {
            [] => Vec::new(),
            unfit => exchange::locate(path, options, &known, unfit)?,
        };
        let problems = problems.into_iter().zip(places);
        reading.finish(problems.map(|(problem, place)| problem.at(place)))?;
        Ok(imported)
    })
}

fn conflicts_by_case(
    reader: Reader<'_>,
    inspection: &Inspection,
) -> Result<HashMap<ThingId, Vec<ConflictRow>>, Problems> {
    let mut conflicts: HashMap<ThingId, Vec<ConflictRow>> = HashMap::new();
    for conflict in reader.conflicts(inspection.id)? {
        conflicts
            .entry(conflict.subject)
            .or_default()
            .push(conflict);
    }
    Ok(conflicts)
}

/// Compares a file with the record.
struct Planner<'a> {
    inspection: &'a Inspection,
    cases: &'a [CaseRow],
    file: &'a AnswerRows,
    /// Whether something is wrong with the file, so that nothing of it will be stored.
    is_wrong: bool,
    /// What is noted already of each case.
    notes: HashMap<ThingId, Vec<(usize, String)>>,
    /// Why this person may not record in a case, by its place.
    barred: HashMap<usize, Problem>,
    /// What was resolved between two assessments.
    resolutions: Vec<ResolutionRow>,
    role: Option<Role>,
    /// What is in conflict about each case.
    conflicts: HashMap<ThingId, Vec<ConflictRow>>,
    submits: bool,
}

/// The cases in whose assessments `who` may not record, by place, and why. A file of first answers is brought in for others, as by a
/// lead, whose own interests do not matter; further assessments are made by whoever brings them in.
fn find_barred(
    reader: Reader<'_>,
    inspection: &Inspection,
    who: &str,
    role: Option<Role>,
    cases: &[CaseRow],
) -> Result<HashMap<usize, Problem>, Problems> {
    let mut barred = HashMap::new();
    let further = reader.further(inspection.id, None)?;
    let Some(role) = role else {
        if !further.is_empty() {
            let refusals = cases.iter().enumerate().filter_map(|(at, case)| {
                Some((at, refuse_further_assessor(case, &further, who).err()?))
            });
            barred.extend(refusals);
        }
        return Ok(barred);
    };
    let mut recorders: HashMap<ThingId, Vec<String>> = HashMap::new();
    for (case, name) in reader.recorders(None)? {
        recorders.entry(case).or_default().push(name);
    }
    let interests = reader.interests(inspection.id)?;
    for (at, case) in cases.iter().enumerate() {
        let interest = find_interest(inspection, case, &interests, who);
        let mut assessors = recorders.remove(&case.id).unwrap_or_default();
        assessors.extend([case.assessor.clone(), case.joint_assessor.clone()]);
        let is_mine = further
            .iter()
            .any(|row| (row.case, row.role) == (case.id, role) && is_same(&row.assessor, who));
        let refusal = refuse_wrong_role(case, role).and_then(|()| match is_mine {
            true => Ok(()),
            false => check_independence(case, &assessors, &further, role, who),
        });
        barred.extend(interest.or(refusal.err()).map(|problem| (at, problem)));
    }
    Ok(barred)
}

/// Gives every case the answers and the status of the further assessment that `who` makes of it.
fn see_all_as(
    reader: Reader<'_>,
    inspection: &Inspection,
    who: &str,
    role: Role,
    cases: &mut [CaseRow],
) -> Result<(), Problems> {
    let further = reader.further(inspection.id, None)?.into_iter();
    let mut mine: HashMap<ThingId, FurtherRow> = further
        .filter(|row| row.role == role && is_same(&row.assessor, who))
        .map(|row| (row.case, row))
        .collect();
    for case in cases {
        let row = mine.remove(&case.id);
        see_as(case, inspection, who, row);
    }
    Ok(())
}

/// What came of it.
#[derive(Default)]
struct Plan {
    imported: Imported,
    /// What does not fit, and the case and question that each problem is about.
    problems: Vec<Problem>,
    unfit: Vec<(usize, usize)>,
}

/// What a file says of one case, as far as it is new.
struct SpokenOf {
    case: usize,
    patch: Patch,
    notes: Vec<(usize, Option<String>)>,
    /// The sheet as it will then stand.
    sheet: Sheet,
}

/// A change to one case, by its place.
type Planned = (usize, EncodedChange);

impl Planner<'_> {
    fn plan_and_record(&self, writer: &mut Writer<'_>) -> Result<Plan, Problems> {
        std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(HANDS_WAITING_MAX);
            let planning = scope.spawn(move || self.plan(&sender));
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

    /// Works out the change to each case, until something does not fit: from then on only further problems are looked for.
    fn plan(&self, sender: &SyncSender<Vec<Planned>>) -> Plan {
        let mut plan = Plan::default();
        let mut changes = Vec::with_capacity(CHANGES_TOGETHER);
        let mut notes = self.file.notes();
        for at in 0..self.cases.len() {
            let (here, rest) = notes.split_at(notes.partition_point(|note| note.case <= at));
            notes = rest;
            let Some(spoken) = self.read_case(at, here) else {
                continue;
            };
            self.refuse_what_does_not_fit(&spoken, &mut plan);
            if self.is_wrong || !plan.problems.is_empty() {
                continue;
            }
            changes.extend(self.change(spoken, &mut plan.imported));
            if changes.len() == CHANGES_TOGETHER {
                let full = std::mem::replace(&mut changes, Vec::with_capacity(CHANGES_TOGETHER));
                if sender.send(full).is_err() {
                    // Recording has failed, and says why.
                    return plan;
                }
            }
        }
        if !self.is_wrong && plan.problems.is_empty() {
            // As above.
            let _failed = sender.send(changes);
        }
        plan
    }

    /// What the file says of a case without what is recorded already; `None` where it says nothing.
    fn read_case(&self, at: usize, notes: &[Note]) -> Option<SpokenOf> {
        let said = self.file.patch(at);
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
        if self.file.is_spoilt(spoken.case) {
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
