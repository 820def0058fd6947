//! What stands beside the assessment that counts: further assessments, what came of comparing them, and marked examples.
//!
//! Applies what the use cases have found right, whatever else the record holds: who may assess, see or resolve what is theirs to
//! say. Must not append to the log.

use rusqlite::{Connection, OptionalExtension, params};

use super::failure::damaged;
use super::field_values::further_name;
use super::fields::Field;
use super::graph::Graph;
use super::one_case::CaseState;
use super::read::stored_place;
use super::state::State;
use super::weigh::{Act, Conflicts};
use super::weigh_further::{FurtherVerdict, View, weigh_further};
use crate::model::{
    Action, Answer, Change, Mark, Patch, Practice, Problems, QuestionSet, Role, Said, Settled,
    Sheet,
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

    /// Records in a further assessment; one that was submitted is in hand again unless this submits it.
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

    /// Says where the further assessments of a case stand on which several people worked at once, and what they are compared
    /// with. Gives what is in conflict about them.
    pub(super) fn conclude_further(
        &mut self,
        db: &Connection,
        graph: &Graph,
        (case, sample): (i64, i64),
        acts: &[Act],
    ) -> Result<Conflicts, Problems> {
        let questions = self.question_set(db, sample)?;
        let mut conflicts = Conflicts::new();
        for verdict in weigh_further(graph, questions, acts) {
            let (role, assessor) = (verdict.role.word(), &verdict.assessor);
            db.prepare_cached(
                "UPDATE further SET submitted = ? WHERE casefile = ? AND role = ? AND assessor = ?",
            )?
            .execute(params![verdict.submitted, case, role, assessor])?;
            if let Some(view) = verdict.compared {
                let own = seen(questions, acts, |at| view.has(graph, at));
                let last = match view.has(graph, verdict.last) {
                    true => view,
                    false => View::After(verdict.last),
                };
                let information = seen(questions, acts, |at| last.has(graph, at)).information;
                let sheet = further_sheet(questions, acts, &verdict, &information);
                db.prepare_cached(
                    "INSERT INTO further (casefile, role, assessor, submitted, sheet, against, against_assessor, against_joint)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                     ON CONFLICT DO UPDATE SET sheet = excluded.sheet, against = excluded.against,
                            against_assessor = excluded.against_assessor, against_joint = excluded.against_joint",
                )?
                .execute(params![
                    case,
                    role,
                    assessor,
                    verdict.submitted,
                    sheet.as_str(),
                    own.sheet.as_str(),
                    own.assessors.0,
                    own.assessors.1
                ])?;
            }
            if !verdict.says.is_empty() {
                let field = Field::FurtherStatus(further_name(verdict.role, assessor));
                conflicts.push((field, verdict.says));
            }
        }
        Ok(conflicts)
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

/// A case's own assessment as somebody had it before them.
struct Seen<'a> {
    sheet: Sheet,
    information: Vec<Option<String>>,
    assessors: (&'a str, &'a str),
}

/// The case as it stands after those entries that `has`.
fn seen<'a>(questions: &QuestionSet, acts: &'a [Act], has: impl Fn(usize) -> bool) -> Seen<'a> {
    let mut seen = Seen {
        sheet: Sheet::unanswered(questions.questions.len()),
        information: Vec::new(),
        assessors: ("", ""),
    };
    for act in acts.iter().filter(|act| has(act.at)) {
        match &act.change {
            Change::AddCase {
                assessor,
                joint_assessor,
                information,
                ..
            } if seen.information.is_empty() => {
                seen.information.clone_from(information);
                let count = questions.attributes.len();
                seen.information.resize(count, None);
                seen.assessors = (assessor, joint_assessor);
            }
            Change::SetInformation { values } => {
                for (place, value) in values {
                    if let Some(slot) = seen.information.get_mut(*place) {
                        slot.clone_from(value);
                    }
                }
            }
            Change::Assign {
                assessor,
                joint_assessor,
            } => seen.assessors = (assessor, joint_assessor),
            Change::RecordAnswers { patch, .. } | Change::SubmitAnswers { patch, .. } => {
                seen.sheet.apply(patch);
            }
            Change::Resolve { place, answer, .. } => {
                let mut patch = Patch::default();
                patch.set(*place, Said::Answer(*answer));
                seen.sheet.apply(&patch);
            }
            _ => {}
        }
    }
    seen.sheet.settle(questions, &seen.information);
    seen
}

/// All that was recorded in a further assessment, in line with this case information.
fn further_sheet(
    questions: &QuestionSet,
    acts: &[Act],
    verdict: &FurtherVerdict,
    information: &[Option<String>],
) -> Sheet {
    let mut sheet = Sheet::unanswered(questions.questions.len());
    for act in acts {
        if let Change::AssessFurther {
            role,
            assessor,
            patch,
            ..
        } = &act.change
            && *role == verdict.role
            && assessor.eq_ignore_ascii_case(&verdict.assessor)
        {
            sheet.apply(patch);
        }
    }
    sheet.settle(questions, information);
    sheet
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

pub(super) fn read_sheet(letters: &str) -> Result<Sheet, Problems> {
    Sheet::parse(letters)
        .ok_or_else(|| damaged("the sheet of a further assessment has a strange letter").into())
}
