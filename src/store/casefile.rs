//! What each kind of change does to a case: its information, its answer sheet, its notes and where it stands.
//!
//! Must not append to the log, and must not know more of a framework than its question sets.

use rusqlite::{Connection, OptionalExtension, params};

use super::ThingId;
use super::failure::damaged;
use super::further::is_further_submitted;
use super::inspection::InspectionState;
use super::interests::move_interests;
use super::one_case::CaseState;
use super::read::stored_place;
use super::state::{Mode, State, free_name, named};
use crate::model::{Action, Change, Code, Patch, Place, Problem, Problems, Settled, Sheet};

impl State<'_> {
    pub(super) fn add_case(
        &mut self,
        db: &Connection,
        inspection: InspectionState,
        id: ThingId,
        (reference, sample, assessor, joint_assessor): (&str, &str, &str, &str),
        information: &[Option<String>],
    ) -> Result<(), Problems> {
        // Two people who draw the same case add one case.
        if self.mode == Mode::Merging && is_there(db, id)? {
            return Ok(());
        }
        let sample = self.sample_row(db, inspection.framework, sample)?;
        let questions = self.question_set(db, sample)?;
        let mut values = information.to_vec();
        values.resize(questions.attributes.len(), None);
        let mut sheet = Sheet::unanswered(questions.questions.len());
        sheet.settle(questions, &values);
        let coded = self.information.encode(db, sample, &values)?;
        let insert = |reference: &str| {
            db.prepare_cached(
                "INSERT INTO casefile (id, inspection, sample, reference, assessor, joint_assessor,
                                       submitted, withdrawn, exercise, information, sheet)
                 VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?)
                 ON CONFLICT (inspection, reference) DO NOTHING",
            )?
            .execute(params![
                id,
                inspection.seq,
                sample,
                reference,
                assessor,
                joint_assessor,
                coded,
                sheet.as_str()
            ])
        };
        if insert(reference)? == 0 {
            if self.mode != Mode::Merging {
                return Err(duplicate(reference).into());
            }
            insert(&free_reference(db, inspection.seq, reference)?)?;
            self.claims.insert(id, reference.to_owned());
        }
        Ok(())
    }

    fn set_reference(
        &mut self,
        db: &Connection,
        inspection: InspectionState,
        (case, id): (i64, ThingId),
        reference: &str,
    ) -> Result<Settled, Problems> {
        let update = |reference: &str| {
            db.prepare_cached("UPDATE OR IGNORE casefile SET reference = ? WHERE seq = ?")?
                .execute(params![reference, case])
        };
        let before: String = db
            .prepare_cached("SELECT reference FROM casefile WHERE seq = ?")?
            .query_row([case], |row| row.get(0))?;
        if update(reference)? == 1 {
            self.claims.remove(&id);
        } else if self.mode == Mode::Merging {
            update(&free_reference(db, inspection.seq, reference)?)?;
            self.claims.insert(id, reference.to_owned());
        } else {
            return Err(duplicate(reference).into());
        }
        move_interests(db, inspection.seq, &before, case)?;
        Ok(Settled::default())
    }

    pub(super) fn change_case(
        &mut self,
        db: &Connection,
        action: &Action,
        subject: Option<ThingId>,
        change: &Change,
    ) -> Result<Settled, Problems> {
        let inspection = self.open_inspection_of(db, action)?;
        let id = named(subject)?;
        let mut case = self.cases.take(db, id)?;
        if self.mode != Mode::Merging {
            refuse_what_does_not_fit(db, &case, change, self.mode)?;
        }
        match change {
            Change::RecordAnswers { patch, notes } => {
                record_notes(db, case.seq, notes)?;
                self.settle(db, case, patch)
            }
            Change::SubmitAnswers { patch, notes } => {
                record_notes(db, case.seq, notes)?;
                case.submitted = true;
                let seq = case.seq;
                let settled = self.settle(db, case, patch)?;
                self.compare_with_second(db, seq)?;
                Ok(settled)
            }
            Change::SetInformation { values } => self.inform(db, case, values),
            Change::Assign {
                assessor,
                joint_assessor,
            } => {
                db.prepare_cached(
                    "UPDATE casefile SET assessor = ?, joint_assessor = ? WHERE seq = ?",
                )?
                .execute(params![assessor, joint_assessor, case.seq])?;
                Ok(Settled::default())
            }
            Change::SetReference { reference } => {
                self.set_reference(db, inspection, (case.seq, id), reference)
            }
            Change::Submit => {
                let settled = set_flag(db, "submitted", case.seq, true)?;
                self.compare_with_second(db, case.seq)?;
                Ok(settled)
            }
            Change::Reopen => set_flag(db, "submitted", case.seq, false),
            Change::WithdrawCase => set_flag(db, "withdrawn", case.seq, true),
            Change::RestoreCase => set_flag(db, "withdrawn", case.seq, false),
            Change::MarkExercise { exercise } => set_flag(db, "exercise", case.seq, *exercise),
            Change::AssessFurther { .. }
            | Change::ReopenFurther { .. }
            | Change::Resolve { .. }
            | Change::MarkExample { .. } => self.change_beside(db, action, case, change),
            _ => Err(damaged("an entry is about a case but cannot be").into()),
        }
    }

    /// Writes the sheet that follows from what was said, and whether that is submitted.
    pub(super) fn settle(
        &mut self,
        db: &Connection,
        mut case: CaseState,
        patch: &Patch,
    ) -> Result<Settled, Problems> {
        let questions = self.question_set(db, case.sample)?;
        let information = if questions.looks_at_information() {
            self.information
                .decode(db, case.sample, &case.information)?
        } else {
            Vec::new()
        };
        case.sheet.apply(patch);
        let settled = case.sheet.settle(questions, &information);
        db.prepare_cached("UPDATE casefile SET sheet = ?, submitted = ? WHERE seq = ?")?
            .execute(params![case.sheet.as_str(), case.submitted, case.seq])?;
        Ok(settled)
    }

    /// Writes new case information and the sheet that follows from it.
    fn inform(
        &mut self,
        db: &Connection,
        mut case: CaseState,
        values: &[(usize, Option<String>)],
    ) -> Result<Settled, Problems> {
        let mut information = self
            .information
            .decode(db, case.sample, &case.information)?;
        for (place, value) in values {
            if let Some(slot) = information.get_mut(*place) {
                slot.clone_from(value);
            }
        }
        let settled = case
            .sheet
            .settle(self.question_set(db, case.sample)?, &information);
        let coded = self.information.encode(db, case.sample, &information)?;
        db.prepare_cached("UPDATE casefile SET sheet = ?, information = ? WHERE seq = ?")?
            .execute(params![case.sheet.as_str(), coded, case.seq])?;
        self.settle_further(db, &case, &information)?;
        Ok(settled)
    }

    pub(super) fn sample_row(
        &mut self,
        db: &Connection,
        framework: i64,
        id: &str,
    ) -> Result<i64, Problems> {
        let known = self
            .sample_rows
            .iter()
            .find(|(of, known, _)| *of == framework && known == id);
        if let Some((_, _, row)) = known {
            return Ok(*row);
        }
        let row: i64 = db
            .prepare_cached("SELECT seq FROM sample WHERE framework = ? AND id = ?")?
            .query_row(params![framework, id], |row| row.get(0))
            .optional()?
            .ok_or_else(|| damaged("an entry names a sample that is not there"))?;
        self.sample_rows.push((framework, id.to_owned(), row));
        Ok(row)
    }
}

fn is_there(db: &Connection, id: ThingId) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM casefile WHERE id = ?)")?
        .query_row([id], |row| row.get(0))
}

fn duplicate(reference: &str) -> Problem {
    Problem::new(
        Code::DuplicateReference,
        "the inspection has a case of this reference already",
        "references are unique within an inspection, capitals or not: choose another",
    )
    .at(Place::of(reference))
}

fn free_reference(db: &Connection, inspection: i64, reference: &str) -> rusqlite::Result<String> {
    free_name(reference, |reference| {
        db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM casefile WHERE inspection = ? AND reference = ?)",
        )?
        .query_row(params![inspection, reference], |row| row.get(0))
    })
}

fn refuse_what_does_not_fit(
    db: &Connection,
    case: &CaseState,
    change: &Change,
    mode: Mode,
) -> Result<(), Problems> {
    let (is_submitted, role) = match change {
        Change::AssessFurther { role, assessor, .. } => {
            let is_submitted = is_further_submitted(db, case.seq, (*role, assessor))?;
            (is_submitted, format!("--{role} "))
        }
        _ => (case.submitted, String::new()),
    };
    let (code, what, remedy) = match change {
        Change::RestoreCase if !case.withdrawn => (
            Code::Withdrawn,
            "the case is not withdrawn",
            "there is nothing to do",
        ),
        Change::RestoreCase => return Ok(()),
        _ if case.withdrawn => (
            Code::Withdrawn,
            "the case is withdrawn from the sample",
            "take it back first: caseaudit case restore REF",
        ),
        // Where it was in conflict whether the case is submitted, it is open until somebody says which.
        Change::Reopen if !case.submitted && mode == Mode::Recording => (
            Code::NotSubmitted,
            "the assessment is not submitted",
            "it is open for changes as it is",
        ),
        Change::Reopen
        | Change::WithdrawCase
        | Change::Assign { .. }
        | Change::MarkExercise { .. }
        | Change::ReopenFurther { .. }
        | Change::Resolve { .. }
        | Change::MarkExample { .. }
        | Change::SetReference { .. } => return Ok(()),
        _ if is_submitted => (
            Code::Locked,
            "the assessment is submitted and locked",
            "reopen it first: caseaudit reopen REF ROLE--because \"…\"",
        ),
        _ => return Ok(()),
    };
    let reference: String = db
        .prepare_cached("SELECT reference FROM casefile WHERE seq = ?")?
        .query_row([case.seq], |row| row.get(0))?;
    let remedy = remedy.replace("ROLE", &role).replace("REF", &reference);
    Err(Problem::new(code, what, remedy)
        .at(Place::of(reference))
        .into())
}

fn record_notes(
    db: &Connection,
    case: i64,
    notes: &[(usize, Option<String>)],
) -> Result<(), Problems> {
    for (place, text) in notes {
        match text {
            Some(text) => db
                .prepare_cached(
                    "INSERT OR REPLACE INTO note (casefile, place, text) VALUES (?, ?, ?)",
                )?
                .execute(params![case, stored_place(*place), text])?,
            None => {
                // What is no note any more is no example either.
                for table in ["example", "note"] {
                    let delete = format!("DELETE FROM {table} WHERE casefile = ? AND place = ?");
                    db.prepare_cached(&delete)?
                        .execute(params![case, stored_place(*place)])?;
                }
                0
            }
        };
    }
    Ok(())
}

fn set_flag(
    db: &Connection,
    flag: &'static str,
    case: i64,
    value: bool,
) -> Result<Settled, Problems> {
    db.prepare_cached(&format!("UPDATE casefile SET {flag} = ? WHERE seq = ?"))?
        .execute(params![value, case])?;
    Ok(Settled::default())
}
