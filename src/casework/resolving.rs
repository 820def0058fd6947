//! Resolving a disagreement between the first and the second assessment of a case.
//!
//! The program knows no ranks: whoever had nothing to do with either assessment may resolve. The final answer is the case's answer from then
//! on; both originals stay as they were, and agreement is measured on them. Must not know how agreement is measured.

use super::assessment::{is_same, own_assessors};
use super::desk::{Desk, reason};
use super::inspections::Inspection;
use super::interests::refuse_own_interest;
use super::recording::{
    does_not_apply, find_case, is_not_asked, name_settled, question_set, read_answer,
    unknown_question,
};
use crate::model::{Answer, Change, Code, Patch, Place, Problem, Problems, Role, Said};
use crate::statistics::compare_answers;
use crate::store::{CaseRow, FurtherRow, Reader, Status, Store};

/// What resolving did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolved {
    /// Whether anything changed; false where the same answer was given before.
    pub changed: bool,
    /// Numbers of questions that stopped applying: their answers are parked.
    pub parked: Vec<String>,
    /// Numbers of questions that apply again: their answers are back in force.
    pub restored: Vec<String>,
}

/// Gives the final answer to a question on which the first and the second assessment of a case differ. The case stays submitted.
///
/// # Errors
/// No reason; an unknown case, question or answer; nothing to resolve; a case that is not submitted at present; somebody who had
/// to do with one of the two assessments, or has an interest in the case.
pub fn resolve_disagreement(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    (reference, question, answer): (&str, &str, &str),
    because: &str,
) -> Result<Resolved, Problems> {
    reason(because, "say why this is the answer: --because \"…\"")?;
    // The reason stands in the entry, not in the act, so that it can be redacted.
    let action = desk.action(Some(inspection), "resolve", "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let reader = writer.read();
        let case = find_case(reader, inspection, reference)?;
        let at_case = |problem: Problem| problem.at(Place::of(case.reference.as_str()));
        let questions = question_set(inspection, &case);
        let place = questions
            .question(question)
            .ok_or_else(|| at_case(unknown_question(&inspection.framework, questions, question)))?;
        let answer = read_final_answer(inspection, &case, place, answer).map_err(at_case)?;
        let further = reader.further(inspection.id, Some(case.id))?;
        let seconds = further.iter().filter(|row| row.role == Role::Second);
        find_disagreement(seconds.clone(), (&case, place), question)?;
        refuse_assessors(reader, &case, seconds, desk.who())?;
        refuse_own_interest(reader, inspection, &case, desk.who())?;
        if case.status != Status::Submitted {
            let remedy = format!("submit it again first: caseaudit submit {}", case.reference);
            let what = "the assessment is not submitted at present";
            return Err(at_case(Problem::new(Code::NotSubmitted, what, remedy)).into());
        }
        let mut patch = Patch::default();
        patch.set(place, Said::Answer(answer));
        let mut sheet = case.sheet.clone();
        sheet.apply(&patch);
        sheet.settle(questions, &case.information);
        if is_not_asked(&sheet, place) {
            return Err(at_case(does_not_apply(questions, place)).into());
        }
        let known = reader.resolutions(inspection.id)?;
        let is_known = |row: &crate::store::ResolutionRow| {
            (row.case, row.place, row.answer) == (case.id, place, answer)
        };
        if known.iter().any(is_known) {
            return Ok(Resolved::default());
        }
        let change = Change::Resolve {
            place,
            answer,
            because: because.trim().to_owned(),
        };
        let settled = writer.append(Some(case.id), &change)?;
        let (parked, restored) = name_settled(questions, &settled);
        Ok(Resolved {
            changed: true,
            parked,
            restored,
        })
    })
}

/// A final answer is an answer: nothing is taken back by it.
fn read_final_answer(
    inspection: &Inspection,
    case: &CaseRow,
    place: usize,
    answer: &str,
) -> Result<Answer, Problem> {
    match read_answer(question_set(inspection, case), place, answer)? {
        Said::Answer(answer) => Ok(answer),
        Said::Cleared => Err(Problem::new(
            Code::UnknownAnswer,
            format!("{answer} is not a final answer"),
            "answer yes, no or na",
        )),
    }
}

/// Whether two submitted assessments say different things about a question.
fn find_disagreement<'r>(
    mut seconds: impl Iterator<Item = &'r FurtherRow> + Clone,
    (case, place): (&CaseRow, usize),
    number: &str,
) -> Result<(), Problem> {
    let differs = |row: &FurtherRow| {
        row.against.as_ref().is_some_and(|against| {
            let pair = (
                against.sheet.mark(place).state(),
                row.sheet.mark(place).state(),
            );
            let compared = compare_answers([(place, pair.0, pair.1)]);
            row.submitted && !compared.differences.is_empty()
        })
    };
    let is_compared = seconds
        .clone()
        .any(|row| row.against.is_some() && row.submitted);
    if seconds.any(differs) {
        return Ok(());
    }
    let (what, remedy) = if is_compared {
        (
            format!("first and second assessment say the same about {number}"),
            "`caseaudit agree` lists where they differ",
        )
    } else {
        (
            "there are no two submitted assessments of it".to_owned(),
            "a second one is made with: caseaudit assess REF --second",
        )
    };
    let remedy = remedy.replace("REF", &case.reference);
    Err(Problem::new(Code::NoDisagreement, what, remedy).at(Place::of(&case.reference)))
}

/// Nobody decides on their own answer: neither those to whom the case was given, nor whoever recorded any of its answers, from a file
/// too, nor the second assessor. It is the rule for making a second assessment, too.
pub(super) fn refuse_assessors<'r>(
    reader: Reader<'_>,
    case: &CaseRow,
    seconds: impl Iterator<Item = &'r FurtherRow>,
    who: &str,
) -> Result<(), Problems> {
    let mut assessors = own_assessors(reader, case)?;
    for row in seconds {
        assessors.push(row.assessor.clone());
        if let Some(against) = &row.against {
            assessors.extend([against.assessor.clone(), against.joint_assessor.clone()]);
        }
    }
    match assessors.iter().find(|name| is_same(name, who)) {
        None => Ok(()),
        Some(name) => {
            let what = format!("{name} had to do with one of the two assessments");
            let remedy =
                "somebody else resolves it, such as a lead, who names themselves with --as";
            let problem = Problem::new(Code::NotIndependent, what, remedy);
            Err(problem.at(Place::of(case.reference.as_str())).into())
        }
    }
}
