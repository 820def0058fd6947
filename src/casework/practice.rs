//! Notes that are examples of effective or poor practice, tagged to a standard: marked while cases are assessed, listed for the report.
//!
//! An example is known by its case's reference, never by a name. Must not know how the list is printed.

use super::assessment::{Target, find_assessment, sees_own};
use super::desk::Desk;
use super::inspections::Inspection;
use super::recording::{does_not_apply, is_not_asked, question_set, unknown_question};
use crate::framework::{Framework, Standard};
use crate::model::{Change, Code, Patch, Place, Practice, Problem, Problems, nearest};
use crate::store::{Status, Store, is_closed};

/// What is said of a note.
#[derive(Debug, Clone, Copy)]
pub struct Mark<'a> {
    /// What it is an example of; `None` when it is no example any more.
    pub practice: Option<Practice>,
    /// Number of the standard that it belongs to; `None` for the question's own.
    pub standard: Option<&'a str>,
    /// The note itself, where it is to be recorded too.
    pub note: Option<&'a str>,
}

/// An example as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What it is an example of.
    pub practice: Practice,
    /// Number and title of the standard that it belongs to.
    pub standard: (String, String),
    /// The case's reference.
    pub reference: String,
    /// The question's number.
    pub question: String,
    /// The note; `None` where it is hidden from whoever looks.
    pub note: Option<String>,
    /// Whether its assessment is submitted.
    pub is_submitted: bool,
}

/// Marks the note on a question of a case as an example, or takes the mark back. False where that was recorded before.
///
/// # Errors
/// A closed inspection; an unknown case, question or standard; no note on the question; a note on a question that does not apply, or in
/// an assessment that is submitted.
pub fn mark_example(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    (reference, question): (&str, &str),
    mark: Mark<'_>,
) -> Result<bool, Problems> {
    if inspection.closed {
        return Err(is_closed(&inspection.name).into());
    }
    let action = desk.action(Some(inspection), "example", "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let target = Target::own(reference);
        let assessment = find_assessment(writer.read(), inspection, desk.who(), target)?;
        let case = &assessment.case;
        let at_case = |problem: Problem| problem.at(Place::of(case.reference.as_str()));
        let questions = question_set(inspection, case);
        let place = questions
            .question(question)
            .ok_or_else(|| at_case(unknown_question(&inspection.framework, questions, question)))?;
        let standard = find_standard(&inspection.framework, mark.standard, (case.sample, place));
        let standard = standard
            .map_err(at_case)?
            .map_or("", |standard| &standard.number);
        let example = mark
            .practice
            .map(|practice| (practice, standard.to_owned()));
        let mut notes = assessment.notes.iter();
        let known = notes
            .find(|(at, _)| *at == place)
            .map(|(_, note)| note.as_str());
        let note = mark.note.map(str::trim).filter(|note| !note.is_empty());
        if example.is_some() {
            if note.or(known).is_none() {
                let what = format!("there is no note on {question} to be an example");
                let remedy = "write one: --note \"…\"";
                return Err(at_case(Problem::new(Code::NoteWanted, what, remedy)).into());
            }
            if is_not_asked(&case.sheet, place) {
                return Err(at_case(does_not_apply(questions, place)).into());
            }
        }
        let mut changed = false;
        if let Some(note) = note.filter(|note| known != Some(note)) {
            let notes = vec![(place, Some(note.to_owned()))];
            writer.append(Some(case.id), &assessment.record(Patch::default(), notes))?;
            changed = true;
        }
        let marked = writer.read().examples(inspection.id)?;
        let mut marked = marked.iter();
        let marked = marked.find(|row| (row.case, row.place) == (case.id, place));
        let marked = marked.map(|row| (row.practice, row.standard.clone()));
        if marked != example {
            writer.append(Some(case.id), &Change::MarkExample { place, example })?;
            changed = true;
        }
        Ok(changed)
    })
}

/// The standard with this number, or that of the question.
fn find_standard<'f>(
    framework: &'f Framework,
    number: Option<&str>,
    asked: (usize, usize),
) -> Result<Option<&'f Standard>, Problem> {
    let standards = &framework.standards;
    let Some(number) = number else {
        return Ok(standards.iter().find(|standard| {
            let mut keys = standard.key_questions.iter();
            keys.any(|key| key.asked_of == Some(asked) || key.prompts.contains(&asked))
        }));
    };
    let found = framework.standard(number);
    found.map(Some).ok_or_else(|| {
        let known = standards.iter().map(|standard| standard.number.as_str());
        let what = format!("there is no standard {number}");
        Problem::new(Code::UnknownStandard, what, nearest(number, known))
    })
}

/// The examples of an inspection in the order of standards, effective practice before poor; of one standard or kind, where that is
/// asked for. Withdrawn cases, exercises and notes on questions that do not apply are left out.
///
/// # Errors
/// An unknown standard; what the database reports.
pub fn list_examples(
    store: &Store,
    inspection: &Inspection,
    viewer: &str,
    standard: Option<&str>,
    practice: Option<Practice>,
) -> Result<Vec<Example>, Problems> {
    let reader = store.read();
    if let Some(number) = standard {
        find_standard(&inspection.framework, Some(number), (0, 0))?;
    }
    let cases = reader.cases(inspection.id)?;
    let further = reader.further(inspection.id, None)?;
    let standards = &inspection.framework.standards;
    let mut examples = Vec::new();
    for row in reader.examples(inspection.id)? {
        let is_wanted = standard.is_none_or(|number| row.standard == number)
            && practice.is_none_or(|practice| row.practice == practice);
        let case = cases.iter().find(|case| case.id == row.case);
        let Some(case) = case.filter(|case| is_wanted && !case.exercise) else {
            continue;
        };
        if case.status == Status::Withdrawn || is_not_asked(&case.sheet, row.place) {
            continue;
        }
        let at = standards
            .iter()
            .position(|known| known.number == row.standard);
        let title = at
            .and_then(|at| standards.get(at))
            .map_or("", |known| &known.title);
        let question = question_set(inspection, case).questions.get(row.place);
        let further: Vec<_> = further
            .iter()
            .filter(|row| row.case == case.id)
            .cloned()
            .collect();
        let is_seen = sees_own(reader, case, &further, viewer)?;
        let example = Example {
            practice: row.practice,
            standard: (row.standard, title.to_owned()),
            reference: case.reference.clone(),
            question: question.map_or(String::new(), |question| question.number.clone()),
            note: is_seen.then_some(row.note),
            is_submitted: case.status == Status::Submitted,
        };
        examples.push((at, example));
    }
    examples.sort_by_key(|(at, example)| (*at, example.practice));
    Ok(examples.into_iter().map(|(_, example)| example).collect())
}
