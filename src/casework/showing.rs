//! One case as it is shown to a person: its information, its answers, and the further assessments beside them.
//!
//! Shows only what that person may see (`assessment`). Must not change anything.

use super::assessment::{further_status, sees_further, sees_own};
use super::inspections::Inspection;
use super::interests::who_has_interest;
use super::recording::find_case;
use crate::framework::Sample;
use crate::model::{Mark, Problems, Role, Sheet};
use crate::store::{FurtherRow, Reader, Status, Store};

/// Number, text, mark and note of a question.
pub type AnswerLine = (String, String, Mark, String);

/// A case as it is shown to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseCard {
    /// Its reference.
    pub reference: String,
    /// Title of its sample.
    pub sample: String,
    /// Who is to assess it; empty for nobody yet.
    pub assessor: String,
    /// Who assesses it together with them; empty for nobody.
    pub joint_assessor: String,
    /// How far it has come.
    pub status: Status,
    /// Title and value of the case information that is recorded.
    pub information: Vec<(String, String)>,
    /// Whether it is an exercise.
    pub exercise: bool,
    /// Every question with the case's own answers.
    pub answers: Vec<AnswerLine>,
    /// Whether those are hidden from whoever looks: then none of `answers` may be shown.
    pub is_hidden: bool,
    /// The further assessments.
    pub further: Vec<FurtherCard>,
    /// Who has an interest in it.
    pub interested: Vec<String>,
    /// What of it is in conflict until somebody settles it: `2.1.1`, `rosh`, `status`.
    pub conflicts: Vec<String>,
}

/// A further assessment as it is shown to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FurtherCard {
    /// Why it is made.
    pub role: Role,
    /// Who makes it.
    pub assessor: String,
    /// How far it has come.
    pub status: Status,
    /// Its answers; `None` where they are hidden from whoever looks.
    pub answers: Option<Vec<AnswerLine>>,
}

/// One case with its information, answers and notes, as far as `viewer` may see them.
///
/// # Errors
/// An unknown case.
pub fn show_case(
    store: &Store,
    inspection: &Inspection,
    viewer: &str,
    reference: &str,
) -> Result<CaseCard, Problems> {
    let case = find_case(store.read(), inspection, reference)?;
    let notes = store.read().notes(case.id)?;
    let further = store.read().further(inspection.id, Some(case.id))?;
    let sees_own = sees_own(store.read(), &case, &further, viewer)?;
    let mut card = CaseCard {
        reference: case.reference.clone(),
        sample: String::new(),
        assessor: case.assessor.clone(),
        joint_assessor: case.joint_assessor.clone(),
        status: case.status,
        exercise: case.exercise,
        information: Vec::new(),
        answers: Vec::new(),
        is_hidden: !sees_own,
        further: Vec::new(),
        interested: who_has_interest(store.read(), inspection, &case)?,
        conflicts: Vec::new(),
    };
    let conflicts = store.read().conflicts_about(case.id)?;
    let fields = conflicts.iter().map(|conflict| conflict.field.to_string());
    card.conflicts = fields.collect();
    let Some(sample) = inspection.framework.samples.get(case.sample) else {
        return Ok(card);
    };
    card.sample.clone_from(&sample.title);
    for (place, (information, value)) in
        sample.information.iter().zip(&case.information).enumerate()
    {
        if let Some(value) = value {
            card.information.push((
                information.title.clone(),
                sample.title_of(place, value).to_owned(),
            ));
        }
    }
    card.answers = answer_lines(sample, &case.sheet, &notes);
    for row in &further {
        let answers = if sees_further(&case, row, viewer, sees_own) {
            let notes = notes_of(store.read(), inspection, row)?;
            Some(answer_lines(sample, &row.sheet, &notes))
        } else {
            None
        };
        card.further.push(FurtherCard {
            role: row.role,
            assessor: row.assessor.clone(),
            status: further_status(&case, row.submitted, &row.sheet),
            answers,
        });
    }
    Ok(card)
}

/// The notes of a further assessment.
fn notes_of(
    reader: Reader<'_>,
    inspection: &Inspection,
    row: &FurtherRow,
) -> Result<Vec<(usize, String)>, Problems> {
    let notes = reader.further_notes(inspection.id, row.role, &row.assessor)?;
    let notes = notes.into_iter().filter(|(case, _, _)| *case == row.case);
    Ok(notes.map(|(_, place, text)| (place, text)).collect())
}

fn answer_lines(sample: &Sample, sheet: &Sheet, notes: &[(usize, String)]) -> Vec<AnswerLine> {
    let questions = sample.questions.questions.iter().zip(&sample.wordings);
    let lines = questions.enumerate().map(|(at, (question, wording))| {
        let note = notes.iter().find(|(place, _)| *place == at);
        (
            question.number.clone(),
            wording.text.clone(),
            sheet.mark(at),
            note.map_or_else(String::new, |(_, text)| text.clone()),
        )
    });
    lines.collect()
}
