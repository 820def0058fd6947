//! Recording answers and notes for one case.
//!
//! What an answer may be is checked here, for the terminal, scripts, imports and the web page alike. Must not know where
//! the answers were typed.

use super::cases::name_pair;
use super::desk::Desk;
use super::inspections::Inspection;
use crate::framework::Framework;
use crate::model::{
    Answer, Change, Code, Mark, Patch, Place, Problem, Problems, QuestionSet, Said, Settled, Sheet,
    nearest,
};
use crate::store::{CaseRow, Reader, Store};

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

/// Records answers and notes. All of it or nothing is stored; saying again what is recorded already changes nothing.
///
/// # Errors
/// Everything that is wrong: unknown case, question or answer, a question that does not apply, a locked assessment.
pub fn record_answers(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    source: &str,
    reference: &str,
    says: &[Says],
) -> Result<Recorded, Problems> {
    let action = desk.action(Some(inspection), source, "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let case = find_case(writer.read(), inspection, reference)?;
        let questions = question_set(inspection, &case);
        let (patch, notes) = read_says(&inspection.framework, &case, questions, says)?;
        let (patch, notes) = leave_out_known(writer.read(), &case, &patch, notes)?;
        if patch.is_empty() && notes.is_empty() {
            return Ok(Recorded::default());
        }
        refuse_not_asked(&case, questions, &patch, &notes).none_or(())?;
        let mut recorded = Recorded {
            answers_count: patch.iter().count(),
            notes_count: notes.len(),
            of_others: of_others(&case, desk.who()),
            ..Recorded::default()
        };
        let settled = writer.append(Some(case.id), &Change::RecordAnswers { patch, notes })?;
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
    let remedy = nearest(reference, cases.iter().map(|case| case.reference.as_str()));
    Err(Problem::new(Code::UnknownCase, what, remedy).into())
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
fn leave_out_known(
    reader: Reader<'_>,
    case: &CaseRow,
    patch: &Patch,
    notes: Notes,
) -> Result<(Patch, Notes), Problems> {
    let patch = patch.news(&case.sheet);
    if notes.is_empty() {
        return Ok((patch, notes));
    }
    let known = reader.notes(case.id)?;
    let notes = notes.into_iter().filter(|(at, note)| {
        known
            .iter()
            .find(|(place, _)| place == at)
            .map(|(_, text)| text)
            != note.as_ref()
    });
    Ok((patch, notes.collect()))
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
