//! What stands beside the assessment that counts: further assessments, what came of comparing them, and marked examples.
//!
//! Applies what the use cases have found right, whatever else the record holds: who may assess, see or resolve what is theirs to
//! say. Must not append to the log.

use rusqlite::{Connection, OptionalExtension, params};

use super::failure::damaged;
use super::one_case::CaseState;
use super::read::stored_place;
use super::state::State;
use crate::model::{
    Action, Answer, Change, Mark, Patch, Practice, Problems, Role, Said, Settled, Sheet,
};

/// Which further assessment a change is about.
#[derive(Clone, Copy)]
struct Whose<'c> {
    role: Role,
    assessor: &'c str,
}

impl State<'_> {
    pub(super) fn change_beside(
        &mut self,
        db: &Connection,
        action: &Action,
        case: CaseState,
        change: &Change,
    ) -> Result<Settled, Problems> {
        match change {
            Change::AssessFurther {
                role,
                assessor,
                patch,
                notes,
                submits,
            } => {
                let whose = Whose {
                    role: *role,
                    assessor,
                };
                self.assess_further(db, &case, whose, (patch, notes, *submits))
            }
            Change::ReopenFurther { role, assessor } => {
                db.prepare_cached(
                    "UPDATE further SET submitted = 0 WHERE casefile = ? AND role = ? AND assessor = ?",
                )?
                .execute(params![case.seq, role.word(), assessor])?;
                Ok(Settled::default())
            }
            Change::Resolve {
                place,
                answer,
                because,
            } => {
                record_resolution(db, action, case.seq, (*place, *answer, because))?;
                let mut patch = Patch::default();
                patch.set(*place, Said::Answer(*answer));
                self.settle(db, case, &patch)
            }
            Change::MarkExample { place, example } => {
                mark_example(db, case.seq, *place, example.as_ref())?;
                Ok(Settled::default())
            }
            _ => Err(damaged("an entry is not about a further assessment").into()),
        }
    }

    /// Records in a further assessment, and submits it if this does. One that is submitted takes nothing more where work is
    /// recorded or settled; where entries are merged, `conclude_further` says how it stands.
    fn assess_further(
        &mut self,
        db: &Connection,
        case: &CaseState,
        whose: Whose<'_>,
        (patch, notes, submits): (&Patch, &[(usize, Option<String>)], bool),
    ) -> Result<Settled, Problems> {
        self.has_further = Some(true);
        let questions = self.question_set(db, case.sample)?;
        let information = self
            .information
            .decode(db, case.sample, &case.information)?;
        let mut sheet = match sheet_of(db, case.seq, whose)? {
            Some(sheet) => sheet,
            None => {
                let mut sheet = Sheet::unanswered(questions.questions.len());
                sheet.settle(questions, &information);
                sheet
            }
        };
        sheet.apply(patch);
        let settled = sheet.settle(questions, &information);
        db.prepare_cached(
            "INSERT INTO further (casefile, role, assessor, submitted, sheet) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET submitted = excluded.submitted, sheet = excluded.sheet",
        )?
        .execute(params![
            case.seq,
            whose.role.word(),
            whose.assessor,
            submits,
            sheet.as_str()
        ])?;
        record_notes(db, case.seq, whose, notes)?;
        if submits {
            self.compare_with_second(db, case.seq)?;
        } else if !sheet.is_started() {
            db.prepare_cached(
                "DELETE FROM further AS it WHERE casefile = ? AND role = ? AND assessor = ? AND against IS NULL
                    AND NOT EXISTS (SELECT 1 FROM further_note
                                     WHERE (casefile, role, assessor) = (it.casefile, it.role, it.assessor))",
            )?
            .execute(params![case.seq, whose.role.word(), whose.assessor])?;
        }
        Ok(settled)
    }

    /// Keeps the case's own answers as they stand, once both they and the second assessment are submitted: what the two
    /// are compared by, whatever becomes of the case afterwards.
    pub(super) fn compare_with_second(
        &mut self,
        db: &Connection,
        case: i64,
    ) -> Result<(), Problems> {
        if self.is_contested || !self.has_further(db)? {
            return Ok(());
        }
        db.prepare_cached(
            "UPDATE further
                SET (against, against_assessor, against_joint) =
                    (SELECT sheet, assessor, joint_assessor FROM casefile WHERE seq = further.casefile)
              WHERE casefile = ?1 AND role = 'second' AND submitted AND against IS NULL
                AND (SELECT submitted FROM casefile WHERE seq = ?1)",
        )?
        .execute([case])?;
        Ok(())
    }

    /// Brings the further assessments of a case in line with new case information; what was compared stays as it was.
    pub(super) fn settle_further(
        &mut self,
        db: &Connection,
        case: &CaseState,
        information: &[Option<String>],
    ) -> Result<(), Problems> {
        if !self.has_further(db)? {
            return Ok(());
        }
        let questions = self.question_set(db, case.sample)?;
        let mut statement = db.prepare_cached(
            "SELECT role, assessor, sheet FROM further WHERE casefile = ? AND against IS NULL",
        )?;
        let rows = statement.query_map([case.seq], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        let rows: Vec<(String, String, String)> = rows.collect::<Result<_, _>>()?;
        for (role, assessor, letters) in rows {
            let mut sheet = read_sheet(&letters)?;
            sheet.settle(questions, information);
            db.prepare_cached(
                "UPDATE further SET sheet = ? WHERE casefile = ? AND role = ? AND assessor = ?",
            )?
            .execute(params![sheet.as_str(), case.seq, role, assessor])?;
        }
        Ok(())
    }

    fn has_further(&mut self, db: &Connection) -> Result<bool, Problems> {
        if let Some(known) = self.has_further {
            return Ok(known);
        }
        let has = db.query_row("SELECT EXISTS (SELECT 1 FROM further)", [], |row| {
            row.get(0)
        })?;
        self.has_further = Some(has);
        Ok(has)
    }
}

fn record_resolution(
    db: &Connection,
    action: &Action,
    case: i64,
    (place, answer, because): (usize, Answer, &str),
) -> Result<(), Problems> {
    let letter = char::from(Mark::InForce(answer).letter()).to_string();
    let (place, Action { who, at, .. }) = (stored_place(place), action);
    // The entries of earlier versions leave the reason to their act, and so does a settlement.
    let because = match because {
        "" => action.because.as_str(),
        because => because,
    };
    db.prepare_cached(
        "INSERT OR REPLACE INTO resolution (casefile, place, answer, because, who, at)
         VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![case, place, letter, because, who, at])?;
    Ok(())
}

fn mark_example(
    db: &Connection,
    case: i64,
    place: usize,
    example: Option<&(Practice, String)>,
) -> Result<(), Problems> {
    let place = stored_place(place);
    match example {
        Some((practice, standard)) => db
            .prepare_cached(
                "INSERT OR REPLACE INTO example (casefile, place, practice, standard) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![case, place, practice.word(), standard])?,
        None => db
            .prepare_cached("DELETE FROM example WHERE casefile = ? AND place = ?")?
            .execute(params![case, place])?,
    };
    Ok(())
}

fn sheet_of(db: &Connection, case: i64, whose: Whose<'_>) -> Result<Option<Sheet>, Problems> {
    let letters: Option<String> = db
        .prepare_cached(
            "SELECT sheet FROM further WHERE casefile = ? AND role = ? AND assessor = ?",
        )?
        .query_row(params![case, whose.role.word(), whose.assessor], |row| {
            row.get(0)
        })
        .optional()?;
    letters.as_deref().map(read_sheet).transpose()
}

fn record_notes(
    db: &Connection,
    case: i64,
    whose: Whose<'_>,
    notes: &[(usize, Option<String>)],
) -> Result<(), Problems> {
    for (place, text) in notes {
        let (role, place) = (whose.role.word(), stored_place(*place));
        match text {
            // The assessment's own spelling of the name, which the row refers to.
            Some(text) => db
                .prepare_cached(
                    "INSERT INTO further_note (casefile, role, assessor, place, text)
                     SELECT casefile, role, assessor, ?4, ?5 FROM further
                      WHERE casefile = ?1 AND role = ?2 AND assessor = ?3
                     ON CONFLICT DO UPDATE SET text = excluded.text",
                )?
                .execute(params![case, role, whose.assessor, place, text])?,
            None => db
                .prepare_cached(
                    "DELETE FROM further_note
                      WHERE casefile = ? AND role = ? AND assessor = ? AND place = ?",
                )?
                .execute(params![case, role, whose.assessor, place])?,
        };
    }
    Ok(())
}

/// Whether somebody's further assessment of a case is submitted; false where there is none.
pub(super) fn is_further_submitted(
    db: &Connection,
    case: i64,
    (role, assessor): (Role, &str),
) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM further
                         WHERE casefile = ? AND role = ? AND assessor = ? AND submitted)",
    )?
    .query_row(params![case, role.word(), assessor], |row| row.get(0))
}

pub(super) fn read_sheet(letters: &str) -> Result<Sheet, Problems> {
    Sheet::parse(letters)
        .ok_or_else(|| damaged("the sheet of a further assessment has a strange letter").into())
}
