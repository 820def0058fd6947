//! Where the further assessments stand of a case on which several people worked at once, and what they are compared with,
//! once every entry is applied.
//!
//! Must not weigh what was said (`weigh_further`), nor know what one entry does (`further`).

use rusqlite::{Connection, params};

use super::field_values::further_name;
use super::fields::Field;
use super::graph::Graph;
use super::state::State;
use super::weigh::{Act, Conflicts};
use super::weigh_further::{FurtherVerdict, View, weigh_further};
use crate::model::{Change, Patch, Problems, QuestionSet, Said, Sheet};

impl State<'_> {
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
            let rows = db.prepare_cached(
                "UPDATE further SET submitted = ? WHERE casefile = ? AND role = ? AND assessor = ?",
            )?
            .execute(params![verdict.submitted, case, role, assessor])?;
            if verdict.submitted && rows == 0 {
                // Somebody who had not seen it submitted left nothing in it.
                let information = seen(questions, acts, |_| true).information;
                let sheet = further_sheet(questions, acts, &verdict, &information);
                db.prepare_cached(
                    "INSERT INTO further (casefile, role, assessor, submitted, sheet) VALUES (?, ?, ?, 1, ?)",
                )?
                .execute(params![case, role, assessor, sheet.as_str()])?;
            }
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
