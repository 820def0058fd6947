//! Which assessment of a case is meant: its own, or a further one; who may work on it, and what of it is shown to whom.
//!
//! The first and the second assessment of a case are hidden from each other's assessors until both are submitted. Names are what
//! people give: this keeps a careful person from seeing by accident, and must not be taken for a lock.

use super::inspections::Inspection;
use super::interests::refuse_own_interest;
use super::recording::{find_case, question_set};
use crate::model::{Change, Code, Patch, Place, Problem, Problems, Role, Sheet};
use crate::store::{CaseRow, FurtherRow, Reader, Status};

/// One assessment of one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'a> {
    /// The case's reference.
    pub reference: &'a str,
    /// Which of the further assessments; `None` for the case's own.
    pub role: Option<Role>,
}

impl<'a> Target<'a> {
    /// The case's own assessment.
    #[must_use]
    pub fn own(reference: &'a str) -> Target<'a> {
        Target {
            reference,
            role: None,
        }
    }
}

/// As it is given to commands: `CS-001`, or `CS-001 --second`.
impl std::fmt::Display for Target<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.reference)?;
        self.role.map_or(Ok(()), |role| write!(f, " --{role}"))
    }
}

/// An assessment that somebody may work on.
pub(super) struct Assessment {
    /// The case, with the assessor, answers and status of this assessment.
    pub(super) case: CaseRow,
    /// The notes of this assessment: question place and text.
    pub(super) notes: Vec<(usize, String)>,
    role: Option<Role>,
    /// Whether what it will be compared with is submitted.
    other_is_submitted: bool,
}

impl Assessment {
    /// The change that records answers and notes in this assessment.
    pub(super) fn record(&self, patch: Patch, notes: Vec<(usize, Option<String>)>) -> Change {
        record_in(self.role, &self.case.assessor, patch, notes, false)
    }

    /// The change that submits this assessment.
    pub(super) fn submit(&self) -> Change {
        match self.role {
            None => Change::Submit,
            role => record_in(
                role,
                &self.case.assessor,
                Patch::default(),
                Vec::new(),
                true,
            ),
        }
    }

    /// Whether there is something to compare once this assessment is submitted.
    pub(super) fn is_compared_when_submitted(&self) -> bool {
        self.other_is_submitted
    }
}

/// The change that records answers and notes, and submits the assessment if `submits`; a further one is the assessor's.
pub(super) fn record_in(
    role: Option<Role>,
    assessor: &str,
    patch: Patch,
    notes: Vec<(usize, Option<String>)>,
    submits: bool,
) -> Change {
    match role {
        None if submits => Change::SubmitAnswers { patch, notes },
        None => Change::RecordAnswers { patch, notes },
        Some(role) => Change::AssessFurther {
            role,
            assessor: assessor.to_owned(),
            patch,
            notes,
            submits,
        },
    }
}

/// The assessment that is meant, for `who` to work on; a further one that is not begun is that person's from now on.
///
/// # Errors
/// An unknown case; a person who may not work on this assessment, or has an interest in the case; an exercise that is none, or the reverse.
pub(super) fn find_assessment(
    reader: Reader<'_>,
    inspection: &Inspection,
    who: &str,
    target: Target<'_>,
) -> Result<Assessment, Problems> {
    let mut case = find_case(reader, inspection, target.reference)?;
    refuse_own_interest(reader, inspection, &case, who)?;
    let further = reader.further(inspection.id, Some(case.id))?;
    let Some(role) = target.role else {
        refuse_further_assessor(&case, &further, who)?;
        return Ok(Assessment {
            notes: reader.notes(case.id)?,
            other_is_submitted: further.iter().any(|row| row.submitted),
            case,
            role: None,
        });
    };
    refuse_wrong_role(&case, role)?;
    let mine = further
        .into_iter()
        .partition::<Vec<_>, _>(|row| row.role == role && is_same(&row.assessor, who));
    let (mine, others) = (mine.0.into_iter().next(), mine.1);
    if mine.is_none() {
        let assessors = own_assessors(reader, &case)?;
        check_independence(&case, &assessors, &others, role, who)?;
    }
    let notes = reader.further_notes(inspection.id, role, who)?;
    let notes = notes.into_iter().filter(|(of, _, _)| *of == case.id);
    let notes = notes.map(|(_, place, text)| (place, text)).collect();
    let other_is_submitted = case.status == Status::Submitted;
    see_as(&mut case, inspection, who, mine);
    Ok(Assessment {
        case,
        notes,
        other_is_submitted,
        role: Some(role),
    })
}

/// The case as a further assessment of it stands.
pub(super) fn see_as(
    case: &mut CaseRow,
    inspection: &Inspection,
    who: &str,
    further: Option<FurtherRow>,
) {
    let submitted = further.as_ref().is_some_and(|row| row.submitted);
    case.assessor = further
        .as_ref()
        .map_or_else(|| who.to_owned(), |row| row.assessor.clone());
    case.joint_assessor = String::new();
    case.sheet = further.map_or_else(
        || {
            let questions = question_set(inspection, case);
            let mut sheet = Sheet::unanswered(questions.questions.len());
            sheet.settle(questions, &case.information);
            sheet
        },
        |row| row.sheet,
    );
    case.status = further_status(case, submitted, &case.sheet);
}

pub(super) fn further_status(case: &CaseRow, submitted: bool, sheet: &Sheet) -> Status {
    match (case.status, submitted) {
        (Status::Withdrawn, _) => Status::Withdrawn,
        (_, true) => Status::Submitted,
        _ if sheet.is_started() => Status::InHand,
        _ => Status::Untouched,
    }
}

/// Names are told apart as the record tells them apart: capitals do not matter.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Everybody who has had to do with a case's own answers: those to whom it is given, and whoever recorded any.
pub(super) fn own_assessors(reader: Reader<'_>, case: &CaseRow) -> Result<Vec<String>, Problems> {
    let named = [&case.assessor, &case.joint_assessor];
    let named = named.into_iter().filter(|name| !name.is_empty()).cloned();
    let recorders = reader.recorders(Some(case.id))?;
    Ok(named
        .chain(recorders.into_iter().map(|(_, who)| who))
        .collect())
}

/// Whether the answers of the case's own assessment are shown to `viewer`. Those of an exercise are shown to whoever agreed on
/// them, and to others once they have submitted theirs; those of any other case are hidden from its second assessor until
/// both assessments are submitted.
pub(super) fn sees_own(
    reader: Reader<'_>,
    case: &CaseRow,
    further: &[FurtherRow],
    viewer: &str,
) -> Result<bool, Problems> {
    let own_is_submitted = case.status == Status::Submitted;
    let mut mine = further.iter().filter(|row| is_same(&row.assessor, viewer));
    if !case.exercise {
        return Ok(mine.all(|row| row.is_compared(own_is_submitted)));
    }
    let assessors = own_assessors(reader, case)?;
    Ok(assessors.iter().any(|name| is_same(name, viewer))
        || mine.any(|row| row.is_compared(own_is_submitted)))
}

/// Whether the answers of a further assessment are shown to `viewer`: their own always, others once they are compared.
pub(super) fn sees_further(
    case: &CaseRow,
    further: &FurtherRow,
    viewer: &str,
    sees_own: bool,
) -> bool {
    let is_compared = further.is_compared(case.status == Status::Submitted);
    is_same(&further.assessor, viewer) || is_compared && sees_own
}

/// Why an assessment cannot be changed as it stands; `None` when it can.
pub(super) fn why_closed(case: &CaseRow, target: Target<'_>) -> Option<Problem> {
    let (code, what, remedy) = match case.status {
        Status::Submitted => (
            Code::Locked,
            "the assessment is submitted and locked",
            format!("reopen it first: caseaudit reopen {target} --because \"…\""),
        ),
        Status::Withdrawn => (
            Code::Withdrawn,
            "the case is withdrawn from the sample",
            format!(
                "take it back first: caseaudit case restore {}",
                target.reference
            ),
        ),
        Status::Untouched | Status::InHand => return None,
    };
    Some(Problem::new(code, what, remedy).at(Place::of(target.reference)))
}

/// Whoever makes a further assessment of a case keeps off its own until the two are compared.
pub(super) fn refuse_further_assessor(
    case: &CaseRow,
    further: &[FurtherRow],
    who: &str,
) -> Result<(), Problem> {
    let own_is_submitted = case.status == Status::Submitted;
    let theirs = further.iter().find(|row| {
        row.case == case.id && is_same(&row.assessor, who) && !row.is_compared(own_is_submitted)
    });
    let Some(row) = theirs else {
        return Ok(());
    };
    let (what, remedy) = match row.role {
        Role::Second => (
            format!("{} makes the second assessment", row.assessor),
            "that is worked on with --second; the first is for others until both are submitted",
        ),
        Role::Exercise => (
            format!("{} answers it as an exercise", row.assessor),
            "that is worked on with --exercise; the agreed answers are for others",
        ),
    };
    Err(Problem::new(Code::NotIndependent, what, remedy).at(Place::of(&case.reference)))
}

pub(super) fn refuse_wrong_role(case: &CaseRow, role: Role) -> Result<(), Problem> {
    let (what, remedy) = match (role, case.exercise) {
        (Role::Second, true) => (
            "it is an exercise, which has no second assessment",
            "answer it with --exercise",
        ),
        (Role::Exercise, false) => (
            "it is not an exercise",
            "make it one first: caseaudit case exercise REF; or say --second",
        ),
        _ => return Ok(()),
    };
    let remedy = remedy.replace("REF", &case.reference);
    Err(Problem::new(Code::WrongRole, what, remedy).at(Place::of(&case.reference)))
}

/// A further assessment is made by somebody who has had nothing to do with the first; a second one by one person.
pub(super) fn check_independence(
    case: &CaseRow,
    assessors: &[String],
    others: &[FurtherRow],
    role: Role,
    who: &str,
) -> Result<(), Problem> {
    let refuse =
        |code, what, remedy| Err(Problem::new(code, what, remedy).at(Place::of(&case.reference)));
    let second = others
        .iter()
        .find(|row| row.case == case.id && row.role == Role::Second);
    let Some(name) = assessors.iter().find(|name| is_same(name, who)) else {
        return match second {
            Some(row) if role == Role::Second => refuse(
                Code::SecondTaken,
                format!("{} makes the second assessment already", row.assessor),
                "a case has one second assessment: choose another case",
            ),
            _ => Ok(()),
        };
    };
    let (what, remedy) = match role {
        Role::Second => (
            format!("{name} had to do with the first assessment"),
            "a second assessment is made by somebody else, who names themselves with --as",
        ),
        Role::Exercise => (
            format!("{name} had to do with the agreed answers"),
            "an exercise is answered by others, who name themselves with --as",
        ),
    };
    refuse(Code::NotIndependent, what, remedy)
}
