//! Recording answers and notes for one case.
//!
//! What an answer may be is checked here, for the terminal, scripts, imports and the web page alike. Must not know where
//! the answers were typed.

use super::assessment::{Assessment, Target, find_assessment, why_closed};
use super::cases::name_pair;
use super::desk::Desk;
use super::inspections::Inspection;
use crate::framework::Framework;
use crate::model::{
    Answer, Code, Mark, Patch, Place, Problem, Problems, QuestionSet, Said, Settled, Sheet, nearest,
};
use crate::store::{CaseRow, Reader, ResolutionRow, Store};

/// What somebody says about one question: an answer or `clear`, and perhaps a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Says {
    /// The question's number.
    pub question: String,
    /// The answer as it was typed; `clear` takes the earlier one back; `None` leaves it as it is.
    pub answer: Option<String>,
    /// The note; an empty one takes the earlier one back; `None` leaves it as it is.
    pub note: Option<String>,
}

/// What recording did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recorded {
    /// How many answers were set or cleared, leaving out those that were the same before.
    pub answers_count: usize,
    /// How many notes were set or cleared.
    pub notes_count: usize,
    /// Numbers of questions that stopped applying: their answers are parked.
    pub parked: Vec<String>,
    /// Numbers of questions that apply again: their answers are back in force.
    pub restored: Vec<String>,
    /// Whose case it is, where whoever recorded is not one of its assessors; `None` for a case of nobody too.
    pub of_others: Option<String>,
}

/// Records answers and notes in an assessment. All of it or nothing is stored; saying again what is recorded already changes
/// nothing.
///
/// # Errors
/// Everything that is wrong: unknown case, question or answer, a question that does not apply, a locked assessment; a person
/// who may not work on it.
pub fn record_answers(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    source: &str,
    target: Target<'_>,
    says: &[Says],
) -> Result<Recorded, Problems> {
    let action = desk.action(Some(inspection), source, "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let assessment = find_assessment(writer.read(), inspection, desk.who(), target)?;
        let case = &assessment.case;
        let questions = question_set(inspection, case);
        let (patch, notes) = read_says(&inspection.framework, case, questions, says)?;
        let (patch, notes) = leave_out_known(&assessment, &patch, notes);
        if patch.is_empty() && notes.is_empty() {
            return Ok(Recorded::default());
        }
        // Of the case's own assessment the record itself says so.
        if let Some(problem) = target.role.and_then(|_| why_closed(case, target)) {
            return Err(problem.into());
        }
        refuse_not_asked(case, questions, &patch, &notes).none_or(())?;
        if target.role.is_none() {
            refuse_resolved(writer.read(), inspection, case, questions, &patch)?.none_or(())?;
        }
        let mut recorded = Recorded {
            answers_count: patch.iter().count(),
            notes_count: notes.len(),
            of_others: of_others(case, desk.who()),
            ..Recorded::default()
        };
        let change = assessment.record(patch, notes);
        let settled = writer.append(Some(case.id), &change)?;
        (recorded.parked, recorded.restored) = name_settled(questions, &settled);
        Ok(recorded)
    })
}

/// The assessors of a case, if there are any and `who` is none of them.
fn of_others(case: &CaseRow, who: &str) -> Option<String> {
    let is_own = [&case.assessor, &case.joint_assessor]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(who));
    (!is_own && !case.assessor.is_empty()).then(|| name_pair(&case.assessor, &case.joint_assessor))
}

/// The case with this reference.
pub(super) fn find_case(
    reader: Reader<'_>,
    inspection: &Inspection,
    reference: &str,
) -> Result<CaseRow, Problems> {
    if let Some(case) = reader.case(inspection.id, reference)? {
        return Ok(case);
    }
    let cases = reader.cases(inspection.id)?;
    let what = format!("there is no case {reference} in {}", inspection.name);
    if is_waiting_reserve(reader, inspection, reference)? {
        let remedy = "it is a reserve that is not called up: caseaudit case replace REF calls up the next one";
        return Err(Problem::new(Code::UnknownCase, what, remedy).into());
    }
    let remedy = nearest(reference, cases.iter().map(|case| case.reference.as_str()));
    Err(Problem::new(Code::UnknownCase, what, remedy).into())
}

/// Whether a draw knows the reference as one that waits to take the place of another.
fn is_waiting_reserve(
    reader: Reader<'_>,
    inspection: &Inspection,
    reference: &str,
) -> Result<bool, Problems> {
    for draw in reader.draws(inspection.id)? {
        let mut drawn = reader.drawn_cases(&draw)?.into_iter();
        if drawn.any(|row| row.is_reserve && row.case.reference.eq_ignore_ascii_case(reference)) {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn question_set<'i>(inspection: &'i Inspection, case: &CaseRow) -> &'i QuestionSet {
    // A case's sample is one of its framework's: the record's foreign keys hold it.
    let sample = case
        .sample
        .min(inspection.framework.samples.len().saturating_sub(1));
    &inspection.framework.samples[sample].questions
}

type Notes = Vec<(usize, Option<String>)>;

fn read_says(
    framework: &Framework,
    case: &CaseRow,
    questions: &QuestionSet,
    says: &[Says],
) -> Result<(Patch, Notes), Problems> {
    let (mut patch, mut notes, mut problems) =
        (Patch::default(), Notes::new(), Problems::default());
    let place = || Place::of(case.reference.as_str());
    for Says {
        question,
        answer,
        note,
    } in says
    {
        let Some(at) = questions.question(question) else {
            problems
                .0
                .push(unknown_question(framework, questions, question).at(place()));
            continue;
        };
        match answer
            .as_deref()
            .map(|answer| read_answer(questions, at, answer))
            .transpose()
        {
            Ok(Some(said)) if contradicts(&patch, at, said) => {
                let what = format!("{question} is answered twice, and not alike");
                let problem =
                    Problem::new(Code::DuplicateReference, what, "leave one of the two out");
                problems.0.push(problem.at(place()));
            }
            Ok(Some(said)) => patch.set(at, said),
            Ok(None) => {}
            Err(problem) => problems.0.push(problem.at(place())),
        }
        if let Some(note) = note {
            notes.retain(|(other, _)| *other != at);
            notes.push((
                at,
                Some(note.trim().to_owned()).filter(|note| !note.is_empty()),
            ));
        }
    }
    problems.none_or((patch, notes))
}

fn contradicts(patch: &Patch, at: usize, said: Said) -> bool {
    patch
        .iter()
        .any(|(known, before)| known == at && before != said)
}

pub(super) fn unknown_question(
    framework: &Framework,
    questions: &QuestionSet,
    number: &str,
) -> Problem {
    let elsewhere = framework
        .samples
        .iter()
        .find(|sample| sample.questions.question(number).is_some());
    match elsewhere {
        Some(sample) => Problem::new(
            Code::UnknownQuestion,
            format!("question {number} is not asked of this case"),
            format!(
                "it belongs to the sample {}, this case to {}",
                sample.id, questions.sample
            ),
        ),
        None => Problem::new(
            Code::UnknownQuestion,
            format!("there is no question {number}"),
            nearest(
                number,
                questions
                    .questions
                    .iter()
                    .map(|question| question.number.as_str()),
            ),
        ),
    }
}

pub(super) fn read_answer(questions: &QuestionSet, at: usize, text: &str) -> Result<Said, Problem> {
    let question = &questions.questions[at];
    if text.eq_ignore_ascii_case("clear") {
        return Ok(Said::Cleared);
    }
    match Answer::parse(text.trim()) {
        Some(Answer::NotApplicable) if !question.allows_not_applicable => Err(Problem::new(
            Code::NotApplicableNotAllowed,
            format!("{} cannot be answered not applicable", question.number),
            "answer yes or no",
        )),
        Some(answer) => Ok(Said::Answer(answer)),
        None if text.trim().is_empty() => Err(Problem::new(
            Code::EmptyCell,
            format!("no answer to {} is given", question.number),
            "answer yes, no or na; clear takes an answer back",
        )),
        None => Err(Problem::new(
            Code::UnknownAnswer,
            format!("{text} is not an answer to {}", question.number),
            "answer yes, no or na; clear takes an answer back",
        )),
    }
}

/// What is recorded already is not recorded again.
fn leave_out_known(assessment: &Assessment, patch: &Patch, notes: Notes) -> (Patch, Notes) {
    let patch = patch.news(&assessment.case.sheet);
    let known = |at: &usize| {
        let mut notes = assessment.notes.iter();
        notes.find(|(place, _)| place == at).map(|(_, text)| text)
    };
    let notes = notes
        .into_iter()
        .filter(|(at, note)| known(at) != note.as_ref());
    (patch, notes.collect())
}

/// What was resolved between two assessments is changed only by resolving it again.
fn refuse_resolved(
    reader: Reader<'_>,
    inspection: &Inspection,
    case: &CaseRow,
    questions: &QuestionSet,
    patch: &Patch,
) -> Result<Problems, Problems> {
    let resolutions = reader.resolutions(inspection.id)?;
    let resolutions = resolutions.iter().filter(|row| row.case == case.id);
    let problems = resolutions.filter_map(|row| {
        patch.iter().find(|(place, _)| *place == row.place)?;
        Some(is_resolved(questions, row, &case.reference).at(Place::of(case.reference.as_str())))
    });
    Ok(Problems(problems.collect()))
}

/// That an answer was resolved, and what to do.
pub(super) fn is_resolved(
    questions: &QuestionSet,
    resolution: &ResolutionRow,
    reference: &str,
) -> Problem {
    let question = questions.questions.get(resolution.place);
    let number = question.map_or("", |question| question.number.as_str());
    let what = format!(
        "{number} was resolved by {} to {}",
        resolution.who, resolution.answer
    );
    let remedy = format!(
        "leave it, or resolve it again: caseaudit resolve {reference} {number} ANSWER --because \"…\""
    );
    Problem::new(Code::Resolved, what, remedy)
}

/// An answer or note for a question that does not apply is refused, even if the answers beside it made it so.
fn refuse_not_asked(
    case: &CaseRow,
    questions: &QuestionSet,
    patch: &Patch,
    notes: &Notes,
) -> Problems {
    let mut sheet = case.sheet.clone();
    sheet.apply(patch);
    sheet.settle(questions, &case.information);
    let answered = not_asked_places(&sheet, patch);
    let noted = notes
        .iter()
        .filter(|(at, note)| note.is_some() && is_not_asked(&sheet, *at))
        .map(|(at, _)| *at);
    let mut places: Vec<usize> = answered.chain(noted).collect();
    places.sort_unstable();
    places.dedup();
    let problem = |at| does_not_apply(questions, at).at(Place::of(case.reference.as_str()));
    Problems(places.into_iter().map(problem).collect())
}

/// Places that a patch answers although, on the settled sheet, they are not asked.
pub(super) fn not_asked_places(sheet: &Sheet, patch: &Patch) -> impl Iterator<Item = usize> {
    sheet.not_asked().filter(|at| patch.answers(*at))
}

/// Whether the question at this place does not apply, answered or not.
pub(super) fn is_not_asked(sheet: &Sheet, at: usize) -> bool {
    matches!(sheet.mark(at), Mark::Parked(_) | Mark::NotAsked)
}

/// Why a question is not asked, and what to do.
pub(super) fn does_not_apply(questions: &QuestionSet, at: usize) -> Problem {
    let question = questions.questions.get(at);
    let number = question.map_or("", |question| question.number.as_str());
    let condition = question.and_then(|question| question.applies_when.as_ref());
    let condition = condition.map_or_else(String::new, |condition| condition.describe(questions));
    Problem::new(
        Code::DoesNotApply,
        format!("{number} does not apply to this case: it is asked only when {condition}"),
        "leave it empty, or correct the case information or the earlier answer",
    )
}

/// Numbers of the questions whose answers were parked and restored.
pub(super) fn name_settled(
    questions: &QuestionSet,
    settled: &Settled,
) -> (Vec<String>, Vec<String>) {
    let name = |places: &[usize]| {
        let questions = places.iter().filter_map(|at| questions.questions.get(*at));
        questions.map(|question| question.number.clone()).collect()
    };
    (name(&settled.parked), name(&settled.restored))
}
