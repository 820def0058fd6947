//! What each kind of change does to a case: its information, its answer sheet, its notes and where it stands.
//!
//! Must not append to the log, and must not know more of a framework than its question sets.

use rusqlite::{Connection, OptionalExtension, params};

use super::ThingId;
use super::failure::damaged;
use super::read::stored_place;
use super::state::{InspectionState, State};
use crate::model::{Action, Change, Code, Patch, Place, Problem, Problems, Settled, Sheet};

/// What a change to a case needs to know of it.
struct CaseState {
    seq: i64,
    sample: i64,
    reference: String,
    submitted: bool,
    withdrawn: bool,
    information: Vec<u8>,
    sheet: String,
}

impl State<'_> {
    pub(super) fn add_case(
        &mut self,
        db: &Connection,
        inspection: InspectionState,
        id: ThingId,
        (reference, sample, assessor): (&str, &str, &str),
        information: &[Option<String>],
    ) -> Result<(), Problems> {
        let sample: i64 = db
            .prepare_cached("SELECT seq FROM sample WHERE framework = ? AND id = ?")?
            .query_row(params![inspection.framework, sample], |row| row.get(0))
            .optional()?
            .ok_or_else(|| damaged("an entry names a sample that is not there"))?;
        let questions = self.question_set(db, sample)?;
        let mut values = information.to_vec();
        values.resize(questions.attributes.len(), None);
        let mut sheet = Sheet::unanswered(questions.questions.len());
        sheet.settle(questions, &values);
        let coded = self.information.encode(db, sample, &values)?;
        let added = db
            .prepare_cached(
                "INSERT INTO casefile (id, inspection, sample, reference, assessor, submitted, withdrawn,
                                       information, sheet)
                 VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?)
                 ON CONFLICT (inspection, reference) DO NOTHING",
            )?
            .execute(params![id, inspection.seq, sample, reference, assessor, coded, sheet.as_str()])?;
        if added == 0 {
            return Err(Problem::new(
                Code::DuplicateReference,
                "the inspection has a case of this reference already",
                "references are unique within an inspection: choose another",
            )
            .at(Place::of(reference))
            .into());
        }
        Ok(())
    }

    pub(super) fn change_case(
        &mut self,
        db: &Connection,
        action: &Action,
        subject: Option<ThingId>,
        change: &Change,
    ) -> Result<Settled, Problems> {
        self.open_inspection_of(db, action)?;
        let case = case_state(db, subject)?;
        refuse_what_does_not_fit(&case, change)?;
        match change {
            Change::RecordAnswers { patch, notes } => {
                record_notes(db, case.seq, notes)?;
                self.settle(db, &case, patch, None)
            }
            Change::SetInformation { values } => {
                let mut information =
                    self.information
                        .decode(db, case.sample, &case.information)?;
                for (place, value) in values {
                    if let Some(slot) = information.get_mut(*place) {
                        slot.clone_from(value);
                    }
                }
                self.settle(db, &case, &Patch::default(), Some(information))
            }
            Change::Assign { assessor } => {
                db.prepare_cached("UPDATE casefile SET assessor = ? WHERE seq = ?")?
                    .execute(params![assessor, case.seq])?;
                Ok(Settled::default())
            }
            Change::Submit => set_flag(db, "submitted", case.seq, true),
            Change::Reopen => set_flag(db, "submitted", case.seq, false),
            Change::WithdrawCase => set_flag(db, "withdrawn", case.seq, true),
            Change::RestoreCase => set_flag(db, "withdrawn", case.seq, false),
            _ => Err(damaged("an entry is about a case but cannot be").into()),
        }
    }

    /// Writes the sheet that follows from what was said and from the case information, and that too if it is new.
    fn settle(
        &mut self,
        db: &Connection,
        case: &CaseState,
        patch: &Patch,
        new_information: Option<Vec<Option<String>>>,
    ) -> Result<Settled, Problems> {
        let questions = self.question_set(db, case.sample)?;
        let mut sheet = Sheet::parse(&case.sheet).ok_or_else(|| {
            damaged(&format!(
                "the answer sheet of {} has a strange letter",
                case.reference
            ))
        })?;
        sheet.apply(patch);
        let information = match &new_information {
            Some(values) => values.clone(),
            None if questions.looks_at_information() => {
                self.information
                    .decode(db, case.sample, &case.information)?
            }
            None => Vec::new(),
        };
        let settled = sheet.settle(questions, &information);
        match new_information {
            Some(values) => {
                let coded = self.information.encode(db, case.sample, &values)?;
                db.prepare_cached("UPDATE casefile SET sheet = ?, information = ? WHERE seq = ?")?
                    .execute(params![sheet.as_str(), coded, case.seq])?;
            }
            None => {
                db.prepare_cached("UPDATE casefile SET sheet = ? WHERE seq = ?")?
                    .execute(params![sheet.as_str(), case.seq])?;
            }
        }
        Ok(settled)
    }
}

fn case_state(db: &Connection, subject: Option<ThingId>) -> Result<CaseState, Problems> {
    let id = subject.ok_or_else(|| damaged("an entry has no subject"))?;
    let case = db
        .prepare_cached(
            "SELECT seq, sample, reference, submitted, withdrawn, information, sheet
               FROM casefile WHERE id = ?",
        )?
        .query_row([id], |row| {
            Ok(CaseState {
                seq: row.get(0)?,
                sample: row.get(1)?,
                reference: row.get(2)?,
                submitted: row.get(3)?,
                withdrawn: row.get(4)?,
                information: row.get(5)?,
                sheet: row.get(6)?,
            })
        })
        .optional()?;
    Ok(case.ok_or_else(|| damaged("an entry is about a case that is not there"))?)
}

fn refuse_what_does_not_fit(case: &CaseState, change: &Change) -> Result<(), Problems> {
    let problem = match change {
        Change::RestoreCase if !case.withdrawn => Problem::new(
            Code::Withdrawn,
            "the case is not withdrawn",
            "there is nothing to do",
        ),
        Change::RestoreCase => return Ok(()),
        _ if case.withdrawn => Problem::new(
            Code::Withdrawn,
            "the case is withdrawn from the sample",
            format!(
                "take it back first: caseaudit case restore {}",
                case.reference
            ),
        ),
        Change::Reopen if !case.submitted => Problem::new(
            Code::NotSubmitted,
            "the assessment is not submitted",
            "it is open for changes as it is",
        ),
        Change::Reopen | Change::WithdrawCase | Change::Assign { .. } => return Ok(()),
        _ if case.submitted => Problem::new(
            Code::Locked,
            "the assessment is submitted and locked",
            format!(
                "reopen it first: caseaudit reopen {} --because \"…\"",
                case.reference
            ),
        ),
        _ => return Ok(()),
    };
    Err(problem.at(Place::of(case.reference.as_str())).into())
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
            None => db
                .prepare_cached("DELETE FROM note WHERE casefile = ? AND place = ?")?
                .execute(params![case, stored_place(*place)])?,
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
