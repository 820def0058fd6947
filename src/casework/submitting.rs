//! Submitting an assessment, and opening it again.
//!
//! What makes an assessment complete and consistent stands here and nowhere else. Must not know how answers get in.

use super::assessment::{
    Target, find_assessment, is_same, refuse_further_assessor, refuse_wrong_role, why_closed,
};
use super::desk::{Desk, reason};
use super::inspections::Inspection;
use super::recording::{find_case, question_set};
use crate::model::{
    Answer, Change, Code, Mark, Place, Problem, Problems, QuestionSet, Role, Sheet, list_some,
};
use crate::store::{CaseRow, FurtherRow, Status, Store};

/// What stands between an assessment and its submission, by question place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gaps {
    /// Key questions that apply and are unanswered.
    pub key_questions: Vec<usize>,
    /// Prompts that apply and are unanswered. They do not stand in the way: a key question is the assessor's own summary.
    pub prompts: Vec<usize>,
    /// Key questions answered yes over prompts that are all no, without a note that says why.
    pub notes_wanted: Vec<usize>,
}

/// What submitting did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// The case.
    pub reference: String,
    /// Whether this and the other assessment, first and second, or exercise and agreed answers, are both submitted now.
    pub is_compared: bool,
    /// Numbers of key questions that were left unanswered, for the reason given.
    pub unanswered: Vec<String>,
    /// How many prompts were left unanswered.
    pub prompts_count: usize,
}

/// Looks for what is missing or does not go together on a sheet; `has_note` tells which questions have a note.
#[must_use]
pub fn find_gaps(questions: &QuestionSet, sheet: &Sheet, has_note: impl Fn(usize) -> bool) -> Gaps {
    let mut gaps = Gaps::default();
    for (at, question) in questions.questions.iter().enumerate() {
        match (sheet.mark(at), question.is_prompt) {
            (Mark::Unanswered, true) => gaps.prompts.push(at),
            (Mark::Unanswered, false) => gaps.key_questions.push(at),
            (Mark::InForce(Answer::Yes), false)
                if !has_note(at) && prompts_are_all_no(questions, sheet, at) =>
            {
                gaps.notes_wanted.push(at);
            }
            _ => {}
        }
    }
    gaps
}

/// Whether every prompt that applies is answered no; false without any.
fn prompts_are_all_no(questions: &QuestionSet, sheet: &Sheet, key_question: usize) -> bool {
    let mut any = false;
    for prompt in questions.prompts_of(key_question) {
        match sheet.mark(prompt) {
            Mark::InForce(Answer::No) => any = true,
            Mark::InForce(Answer::NotApplicable) | Mark::NotAsked | Mark::Parked(_) => {}
            Mark::InForce(Answer::Yes) | Mark::Unanswered => return false,
        }
    }
    any
}

/// So many unanswered key questions are told one by one.
const LISTED_MAX: usize = 5;

/// What has to be mended before a submission with this reason (empty for none); empty when nothing has.
pub(super) fn find_obstacles(
    target: Target<'_>,
    questions: &QuestionSet,
    sheet: &Sheet,
    gaps: &Gaps,
    because: &str,
) -> Problems {
    let mut problems = Problems::default();
    let reference = target.reference;
    let number = |at: &usize| {
        questions
            .questions
            .get(*at)
            .map_or("", |question| question.number.as_str())
    };
    if because.trim().is_empty() {
        let remedy = format!(
            "answer it, or submit the assessment as it is with a reason: caseaudit submit {target} --because \"…\""
        );
        let numbers: Vec<&str> = gaps.key_questions.iter().map(number).collect();
        let unanswered = match numbers.as_slice() {
            few if few.len() <= LISTED_MAX => {
                let each = few.iter().map(|number| format!("{number} is unanswered"));
                each.map(|what| (what, remedy.clone())).collect()
            }
            many => {
                let (count, some) = (many.len(), list_some(many));
                let what = format!("{count} key questions are unanswered: {some}");
                vec![(what, remedy.replacen("it", "them", 1))]
            }
        };
        let problems_of = unanswered.into_iter().map(|(what, remedy)| {
            Problem::new(Code::Incomplete, what, remedy).at(Place::of(reference))
        });
        problems.0.extend(problems_of);
    }
    for at in &gaps.notes_wanted {
        let what = format!("{} is yes while all its prompts are no", number(at));
        let remedy = format!(
            "say why: caseaudit record {target} --note {}=\"…\"",
            number(at)
        );
        problems
            .0
            .push(Problem::new(Code::NoteWanted, what, remedy).at(Place::of(reference)));
    }
    if !sheet.is_started() {
        let remedy = match target.role {
            Some(_) => format!("assess it: caseaudit assess {target}"),
            None => format!(
                "assess it, or leave it out: caseaudit case withdraw {reference} --because \"…\""
            ),
        };
        let problem = Problem::new(Code::Incomplete, "nothing is answered", remedy);
        return problem.at(Place::of(reference)).into();
    }
    problems
}

/// What an assessment lacks that may be lacking, where it is submitted for this reason (empty for none). `case` is the case as
/// this assessment of it stands.
///
/// # Errors
/// Everything that stands in the way.
pub(super) fn refuse_gaps(
    inspection: &Inspection,
    target: Target<'_>,
    (case, notes): (&CaseRow, &[(usize, String)]),
    because: &str,
) -> Result<Gaps, Problems> {
    let questions = question_set(inspection, case);
    let gaps = find_gaps(questions, &case.sheet, |at| {
        notes.iter().any(|(place, _)| *place == at)
    });
    // Of what is closed, nothing but that is said: what it lacks was settled when it was submitted or withdrawn.
    if matches!(case.status, Status::Untouched | Status::InHand) {
        find_obstacles(target, questions, &case.sheet, &gaps, because).none_or(())?;
    }
    Ok(gaps)
}

/// Submits an assessment: it is locked from now on, and the case's own counts. With a reason it may leave key questions
/// unanswered.
///
/// # Errors
/// Everything that stands in the way; an assessment that is submitted already.
pub fn submit_assessment(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    target: Target<'_>,
    because: &str,
) -> Result<Submitted, Problems> {
    let action = desk.action(Some(inspection), "submit", because);
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let assessment = find_assessment(writer.read(), inspection, desk.who(), target)?;
        let case = &assessment.case;
        let questions = question_set(inspection, case);
        if let Some(problem) = target.role.and_then(|_| why_closed(case, target)) {
            return Err(problem.into());
        }
        let gaps = refuse_gaps(inspection, target, (case, &assessment.notes), because)?;
        writer.append(Some(case.id), &assessment.submit())?;
        let number = |at: &usize| {
            questions
                .questions
                .get(*at)
                .map(|question| question.number.clone())
        };
        Ok(Submitted {
            reference: case.reference.clone(),
            is_compared: assessment.is_compared_when_submitted(),
            unanswered: gaps.key_questions.iter().filter_map(number).collect(),
            prompts_count: gaps.prompts.len(),
        })
    })
}

/// Opens a submitted assessment for changes; until it is submitted again it does not count.
///
/// # Errors
/// No reason; an assessment that is not submitted; a further one that was compared already.
pub fn reopen_assessment(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    target: Target<'_>,
    because: &str,
) -> Result<(), Problems> {
    reason(because, "say why it is opened again: --because \"…\"")?;
    let action = desk.action(Some(inspection), "reopen", because);
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let case = find_case(writer.read(), inspection, target.reference)?;
        let further = writer.read().further(inspection.id, Some(case.id))?;
        let change = match target.role {
            Some(role) => reopen_further(desk, &case, &further, role)?,
            None => {
                refuse_further_assessor(&case, &further, desk.who())?;
                Change::Reopen
            }
        };
        writer.append(Some(case.id), &change).map(drop)
    })
}

/// The change that opens a further assessment again: the person's own, or the one second assessment that there is.
fn reopen_further(
    desk: &Desk,
    case: &CaseRow,
    further: &[FurtherRow],
    role: Role,
) -> Result<Change, Problem> {
    refuse_wrong_role(case, role)?;
    let mine = |row: &&FurtherRow| is_same(&row.assessor, desk.who());
    let of_role = || further.iter().filter(|row| row.role == role);
    let only = of_role().next().filter(|_| role == Role::Second);
    let refuse = |code, what, remedy: &str| {
        let remedy = remedy.replace("REF", &case.reference);
        Err(Problem::new(code, what, remedy).at(Place::of(case.reference.as_str())))
    };
    match of_role().find(mine).or(only) {
        Some(row) if row.is_compared(case.status == Status::Submitted) => refuse(
            Code::Compared,
            "it has been compared: both assessments are submitted, and each could be seen since",
            "what differs is resolved instead: caseaudit resolve REF QUESTION ANSWER --because \"…\"",
        ),
        Some(row) if row.submitted => Ok(Change::ReopenFurther {
            role,
            assessor: row.assessor.clone(),
        }),
        _ => refuse(
            Code::NotSubmitted,
            "no such assessment is submitted",
            "one that is in hand is open for changes as it is",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Question;

    /// Key question 1 with prompts 1a and 1b.
    fn questions() -> QuestionSet {
        let question = |number: &str, key_question| Question {
            number: number.into(),
            key_question,
            is_prompt: key_question.is_some(),
            applies_when: None,
            allows_not_applicable: true,
        };
        QuestionSet {
            sample: "s".into(),
            attributes: vec![],
            questions: vec![
                question("1", None),
                question("1a", Some(0)),
                question("1b", Some(0)),
            ],
        }
    }

    fn gaps(letters: &str, has_note: bool) -> Gaps {
        find_gaps(&questions(), &Sheet::parse(letters).unwrap(), |_| has_note)
    }

    #[test]
    fn a_yes_over_prompts_that_are_all_no_wants_a_note() {
        assert_eq!(gaps("YNN", false).notes_wanted, [0]);
        assert_eq!(
            gaps("YNX", false).notes_wanted,
            [0],
            "a prompt that does not apply says nothing"
        );
        assert_eq!(gaps("YNN", true), Gaps::default());
        for consistent in ["YNY", "NNN", "YXX", "Y--", "YN."] {
            assert!(
                gaps(consistent, false).notes_wanted.is_empty(),
                "{consistent}"
            );
        }
    }

    #[test]
    fn unanswered_key_questions_stand_in_the_way_and_prompts_do_not() {
        let sheet = Sheet::parse("..Y").unwrap();
        let found = find_gaps(&questions(), &sheet, |_| false);
        assert_eq!(
            (found.key_questions.as_slice(), found.prompts.as_slice()),
            (&[0][..], &[1][..])
        );
        let obstacles = |because| {
            find_obstacles(Target::own("C-1"), &questions(), &sheet, &found, because)
                .0
                .len()
        };
        assert_eq!(
            (obstacles(""), obstacles("the file was not accessible")),
            (1, 0)
        );
    }

    #[test]
    fn an_untouched_assessment_is_never_submitted() {
        let sheet = Sheet::parse("...").unwrap();
        let found = find_gaps(&questions(), &sheet, |_| false);
        let obstacles = find_obstacles(Target::own("C-1"), &questions(), &sheet, &found, "because");
        assert_eq!(obstacles.0.len(), 1);
    }
}
