//! Conflicts about a further assessment: who may see and settle them, and what can hold.
//!
//! What is hidden while a case is assessed is hidden in its conflicts, too. Once two assessments have been compared, only an
//! answer that was given before counts as one that was given independently. Must not know how other things are settled.

use super::assessment::{Target, is_same, refuse_further_assessor, see_as, sees_further, sees_own};
use super::inspections::Inspection;
use super::recording::{question_set, read_answer};
use super::settling::wrong_value;
use super::submitting::refuse_gaps;
use crate::model::{Change, Code, Patch, Place, Problem, Problems, Role, Said};
use crate::store::{CaseRow, ConflictRow, Field, FurtherRow, Reader, Status, Writer};

/// What stands in place of what is hidden.
const HIDDEN: &str = "(hidden from you)";

/// Takes out of a conflict what somebody may not see.
pub(super) fn hide(
    reader: Reader<'_>,
    inspection: &Inspection,
    (case, viewer): (&CaseRow, &str),
    conflict: &mut ConflictRow,
) -> Result<(), Problems> {
    let is_own = matches!(conflict.field, Field::Answer(_) | Field::Note(_));
    let whose = conflict.field.further();
    if !is_own && whose.is_none_or(|(_, _, number)| number.is_empty()) {
        return Ok(());
    }
    let further = reader.further(inspection.id, Some(case.id))?;
    let sees_own = sees_own(reader, case, &further, viewer)?;
    let is_seen = match whose {
        None => sees_own,
        Some((role, assessor, _)) => match find(&further, role, assessor) {
            Some(row) => sees_further(case, row, viewer, sees_own),
            None => is_same(assessor, viewer),
        },
    };
    if !is_seen {
        for saying in &mut conflict.says {
            HIDDEN.clone_into(&mut saying.value);
        }
    }
    Ok(())
}

fn find<'f>(further: &'f [FurtherRow], role: Role, assessor: &str) -> Option<&'f FurtherRow> {
    let mut rows = further.iter();
    rows.find(|row| row.role == role && is_same(&row.assessor, assessor))
}

/// The change that settles a conflict about a further assessment; `None` for any other conflict, which the assessor of a
/// further one may not settle where it is about answers that are hidden from them.
pub(super) fn settle_further(
    writer: &Writer<'_>,
    inspection: &Inspection,
    (case, conflict, value): (&CaseRow, &ConflictRow, &str),
    who: &str,
) -> Result<Option<Change>, Problems> {
    let reader = writer.read();
    let further = reader.further(inspection.id, Some(case.id))?;
    let Some((role, assessor, number)) = conflict.field.further() else {
        if matches!(conflict.field, Field::Answer(_) | Field::Note(_)) {
            refuse_further_assessor(case, &further, who)?;
        }
        return Ok(None);
    };
    let row = find(&further, role, assessor);
    let is_compared = row.is_some_and(|row| row.is_compared(case.status == Status::Submitted));
    let assessor = row.map_or(assessor, |row| row.assessor.as_str()).to_owned();
    if !is_compared && !is_same(&assessor, who) {
        let what = format!("it is about the answers of {assessor}, which are hidden from others");
        let remedy = format!("{assessor} settles it, who works with --as {assessor}");
        let problem = Problem::new(Code::NotIndependent, what, remedy);
        return Err(problem.at(Place::of(&case.reference)).into());
    }
    let settling = SettlingFurther {
        inspection,
        case,
        conflict,
        value,
        role,
        assessor,
        row,
        is_compared,
    };
    let place = question_set(inspection, case).question(number);
    settling.change(reader, place.unwrap_or_default()).map(Some)
}

struct SettlingFurther<'a> {
    inspection: &'a Inspection,
    case: &'a CaseRow,
    conflict: &'a ConflictRow,
    value: &'a str,
    role: Role,
    assessor: String,
    row: Option<&'a FurtherRow>,
    is_compared: bool,
}

impl SettlingFurther<'_> {
    /// The change that sets the field to the value; `place` is that of its question.
    fn change(&self, reader: Reader<'_>, place: usize) -> Result<Change, Problems> {
        let (role, assessor) = (self.role, self.assessor.clone());
        let (mut patch, mut notes, mut submits) = (Patch::default(), Vec::new(), false);
        match (&self.conflict.field, self.value) {
            (Field::FurtherAnswer(_), _) => patch.set(place, self.read_said(place)?),
            (Field::FurtherNote(_), text) => {
                notes.push((place, Some(text.to_owned()).filter(|text| !text.is_empty())));
            }
            (_, "submitted") => {
                self.refuse_gaps(reader)?;
                submits = true;
            }
            (_, "open") => return Ok(Change::ReopenFurther { role, assessor }),
            (_, value) => {
                let remedy = "say open or submitted";
                return Err(wrong_value(value, "a status", remedy).into());
            }
        }
        Ok(Change::AssessFurther {
            role,
            assessor,
            patch,
            notes,
            submits,
        })
    }

    fn read_said(&self, place: usize) -> Result<Said, Problem> {
        let said = read_answer(question_set(self.inspection, self.case), place, self.value)?;
        let words = match said {
            Said::Answer(answer) => answer.to_string(),
            Said::Cleared => "clear".to_owned(),
        };
        let mut says = self.conflict.says.iter();
        if self.is_compared && says.all(|saying| saying.value != words) {
            let remedy = "the assessments have been compared: give one of the answers that were recorded before";
            return Err(wrong_value(self.value, "one of those in conflict", remedy));
        }
        Ok(said)
    }

    fn refuse_gaps(&self, reader: Reader<'_>) -> Result<(), Problems> {
        let mut theirs = self.case.clone();
        see_as(
            &mut theirs,
            self.inspection,
            &self.assessor,
            self.row.cloned(),
        );
        let notes = reader.further_notes(self.inspection.id, self.role, &self.assessor)?;
        let notes = notes.into_iter().filter(|(of, _, _)| *of == self.case.id);
        let notes: Vec<_> = notes.map(|(_, place, text)| (place, text)).collect();
        let target = Target {
            reference: &self.case.reference,
            role: Some(self.role),
        };
        refuse_gaps(self.inspection, target, (&theirs, &notes), "").map(drop)
    }
}
