//! Cases one by one: added, given to an assessor, made an exercise.
//!
//! Must not know about answers.

use super::allocating::{odd_names, refuse_references};
use super::desk::Desk;
use super::giving::Bars;
use super::inspections::Inspection;
use super::judging::name_place;
use super::recording::{find_case, name_settled, question_set};
use crate::exchange::{check_reference, check_value};
use crate::framework::Sample;
use crate::model::{Change, Code, Place, Problem, Problems, Role, nearest};
use crate::store::{CaseRow, Store};

/// What is said of a case when it is added.
#[derive(Debug, Clone, Copy, Default)]
pub struct NewCase<'a> {
    /// Its reference.
    pub reference: &'a str,
    /// Id or title of its sample.
    pub sample: &'a str,
    /// Who is to assess it; empty for nobody yet.
    pub assessor: &'a str,
    /// Who assesses it together with them; empty for nobody.
    pub joint_assessor: &'a str,
    /// Pairs of attribute and value.
    pub information: &'a [(String, String)],
    /// Whether it is an exercise, which everybody answers and which counts nowhere.
    pub exercise: bool,
}

/// Adds one case.
///
/// # Errors
/// Everything that is wrong with the reference, the sample, the assessors or the values.
pub fn add_case(
    store: &mut Store,
    desk: &mut Desk,
    inspection: &Inspection,
    new: &NewCase<'_>,
) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let reference = check_reference(new.reference).unwrap_or_else(|problem| {
        problems.0.push(problem.at(Place::of(new.reference)));
        new.reference.to_owned()
    });
    let (assessor, joint_assessor) = (new.assessor.trim(), new.joint_assessor.trim());
    let wrong_pair = check_pair(assessor, joint_assessor).err();
    problems
        .0
        .extend(wrong_pair.map(|problem| problem.at(Place::of(&reference))));
    let sample = match inspection.find_sample(new.sample) {
        Ok(place) => &inspection.framework.samples[place],
        Err(wrong) => {
            problems.0.extend(name_place(wrong, &reference).0);
            return Err(problems);
        }
    };
    let values = read_information(sample, new.information);
    let values = values.unwrap_or_else(|wrong| {
        problems.0.extend(name_place(wrong, &reference).0);
        Vec::new()
    });
    let mut information = vec![None; sample.questions.attributes.len()];
    for (place, value) in problems.none_or(values)? {
        information[place] = value;
    }
    let change = Change::AddCase {
        reference,
        sample: sample.id.clone(),
        assessor: assessor.to_owned(),
        joint_assessor: joint_assessor.to_owned(),
        information,
    };
    let id = desk.new_id();
    let action = desk.action(Some(inspection), "case add", "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        writer.append(Some(id), &change)?;
        let bars = Bars::read(writer.read(), inspection)?;
        bars.refuse_own(writer.read(), inspection, new.reference)?;
        if new.exercise {
            writer.append(Some(id), &Change::MarkExercise { exercise: true })?;
        }
        Ok(())
    })
}

/// Makes a case an exercise, which everybody answers and which counts nowhere, or a case like any other again. One that is so
/// already stays as it is: then the answer is false.
///
/// # Errors
/// An unknown case; one that is assessed a second time, or answered as an exercise already.
pub fn mark_exercise(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    reference: &str,
    exercise: bool,
) -> Result<bool, Problems> {
    let action = desk.action(Some(inspection), "case exercise", "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let case = find_case(writer.read(), inspection, reference)?;
        if case.exercise == exercise {
            return Ok(false);
        }
        if let Some(row) = writer.read().further(inspection.id, Some(case.id))?.first() {
            let what = match row.role {
                Role::Second => format!("{} makes its second assessment", row.assessor),
                Role::Exercise => format!("{} has answered it as an exercise", row.assessor),
            };
            let remedy = "take another case; what was recorded is never thrown away";
            let problem = Problem::new(Code::WrongRole, what, remedy);
            return Err(problem.at(Place::of(reference)).into());
        }
        writer.append(Some(case.id), &Change::MarkExercise { exercise })?;
        Ok(true)
    })
}

/// Who assesses a case: `INSP-01`, or `INSP-01 with INSP-02`.
#[must_use]
pub fn name_pair(assessor: &str, joint_assessor: &str) -> String {
    if joint_assessor.is_empty() {
        assessor.to_owned()
    } else {
        format!("{assessor} with {joint_assessor}")
    }
}

/// A joint assessment has two different assessors; the first is the one whose case it is.
pub(super) fn check_pair(assessor: &str, joint_assessor: &str) -> Result<(), Problem> {
    let what = if joint_assessor.is_empty() {
        return Ok(());
    } else if assessor.is_empty() {
        format!("{joint_assessor} is named as the second assessor, and there is no first")
    } else if assessor.eq_ignore_ascii_case(joint_assessor) {
        format!("{assessor} is named as both assessors")
    } else {
        return Ok(());
    };
    let remedy = "name two different people, the one whose case it is first";
    Err(Problem::new(Code::BadPair, what, remedy))
}

/// Pairs of attribute and value, checked: the attribute's place, and the value or `None` for an empty one.
pub(super) fn read_information(
    sample: &Sample,
    information: &[(String, String)],
) -> Result<Vec<(usize, Option<String>)>, Problems> {
    let (mut values, mut ids, mut problems) = (Vec::new(), Vec::new(), Problems::default());
    for (id, value) in information {
        let attributes = &sample.questions.attributes;
        let Some(place) = sample.questions.attribute(id) else {
            let what = format!("the sample {} has no case information {id}", sample.id);
            let remedy = nearest(id, attributes.iter().map(|attribute| attribute.id.as_str()));
            problems
                .0
                .push(Problem::new(Code::UnknownAttribute, what, remedy));
            continue;
        };
        if ids.contains(&id) {
            let what = format!("{id} is given twice");
            let remedy = "leave one of the two out";
            problems
                .0
                .push(Problem::new(Code::DuplicateReference, what, remedy));
            continue;
        }
        ids.push(id);
        if value.trim().is_empty() {
            values.push((place, None));
            continue;
        }
        let titles = sample
            .information
            .get(place)
            .map_or(&[][..], |information| &information.choice_titles);
        match check_value(&attributes[place], titles, value) {
            Ok(value) => values.push((place, Some(value))),
            Err(problem) => problems.0.push(problem),
        }
    }
    problems.none_or(values)
}

/// What correcting case information did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InformationSet {
    /// How many values differ from what was recorded before.
    pub changed_count: usize,
    /// Numbers of questions that stopped applying: their answers are parked.
    pub parked: Vec<String>,
    /// Numbers of questions that apply again: their answers are back in force.
    pub restored: Vec<String>,
}

/// Corrects case information; an empty value takes the earlier one back.
///
/// # Errors
/// An unknown case, attribute or value; a submitted assessment.
pub fn set_information(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    reference: &str,
    information: &[(String, String)],
) -> Result<InformationSet, Problems> {
    let action = desk.action(Some(inspection), "case set", "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let case = find_case(writer.read(), inspection, reference)?;
        let mut values = match inspection.framework.samples.get(case.sample) {
            Some(sample) => read_information(sample, information)
                .map_err(|problems| name_place(problems, reference))?,
            None => Vec::new(),
        };
        values.retain(|(place, value)| case.information.get(*place) != Some(value));
        if values.is_empty() {
            return Ok(InformationSet::default());
        }
        let changed_count = values.len();
        let settled = writer.append(Some(case.id), &Change::SetInformation { values })?;
        let (parked, restored) = name_settled(question_set(inspection, &case), &settled);
        Ok(InformationSet {
            changed_count,
            parked,
            restored,
        })
    })
}

/// Every case of the inspection, in the order in which they were added.
///
/// # Errors
/// What the database reports.
pub fn list_cases(store: &Store, inspection: &Inspection) -> Result<Vec<CaseRow>, Problems> {
    store.read().cases(inspection.id)
}

/// What giving cases to assessors did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assigned {
    /// How many cases have other assessors now.
    pub changed_count: usize,
    /// Who was an assessor of cases and is no more: the name, and the references of those cases.
    pub dropped: Vec<(String, Vec<String>)>,
    /// What looks odd about the names of the assessors.
    pub notices: Vec<String>,
}

/// Gives cases to an assessor, or to nobody (an empty name); with a second name, to two who assess together. Without a first name
/// (`None`) each case keeps its own. Cases that they have already stay as they are.
///
/// # Errors
/// The same person twice, a second without a first; every unknown reference, and every case in which one of them has an
/// interest. Nothing is changed then.
pub fn assign_cases(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    references: &[String],
    assessor: Option<&str>,
    joint_assessor: &str,
) -> Result<Assigned, Problems> {
    let action = desk.action(Some(inspection), "case assign", "");
    let editions = [inspection.edition.clone()];
    let (assessor, joint_assessor) = (assessor.map(str::trim), joint_assessor.trim());
    if let Some(assessor) = assessor {
        check_pair(assessor, joint_assessor)?;
    }
    store.write(&editions, &action, |writer| {
        let (mut changes, mut problems) = (Vec::new(), Problems::default());
        let cases = writer.read().cases(inspection.id)?;
        let names = [assessor.unwrap_or_default(), joint_assessor];
        refuse_references(&cases, &names)?;
        let mut assigned = Assigned {
            notices: odd_names(&cases, &names),
            ..Assigned::default()
        };
        let bars = Bars::read(writer.read(), inspection)?;
        for reference in references {
            let found = find_case(writer.read(), inspection, reference).and_then(|case| {
                let assessor = assessor.unwrap_or(&case.assessor).to_owned();
                check_pair(&assessor, joint_assessor)
                    .map_err(|problem| problem.at(Place::of(&case.reference)))?;
                if !is_given_to(&case, &assessor, joint_assessor) {
                    bars.refuse(inspection, &case, [&assessor, joint_assessor])?;
                }
                Ok((case, assessor))
            });
            match found {
                Ok((case, assessor)) if is_given_to(&case, &assessor, joint_assessor) => {}
                Ok((case, assessor)) => {
                    note_dropped(&mut assigned.dropped, &case, &assessor, joint_assessor);
                    changes.push((case.id, assessor));
                }
                Err(wrong) => problems.0.extend(wrong.0),
            }
        }
        assigned.changed_count = changes.len();
        for (id, assessor) in problems.none_or(changes)? {
            let change = Change::Assign {
                assessor,
                joint_assessor: joint_assessor.to_owned(),
            };
            writer.append(Some(id), &change)?;
        }
        Ok(assigned)
    })
}

fn is_given_to(case: &CaseRow, assessor: &str, joint_assessor: &str) -> bool {
    (case.assessor.as_str(), case.joint_assessor.as_str()) == (assessor, joint_assessor)
}

/// Notes who had a case and is neither of its new assessors.
fn note_dropped(
    dropped: &mut Vec<(String, Vec<String>)>,
    case: &CaseRow,
    assessor: &str,
    joint_assessor: &str,
) {
    for name in [&case.assessor, &case.joint_assessor] {
        if name.is_empty() || [assessor, joint_assessor].contains(&name.as_str()) {
            continue;
        }
        match dropped.iter_mut().find(|(known, _)| known == name) {
            Some((_, references)) => references.push(case.reference.clone()),
            None => dropped.push((name.clone(), vec![case.reference.clone()])),
        }
    }
}
