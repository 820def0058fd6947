//! Who may not assess a case: interests that assessors declared, in single cases or in every case of an officer.
//!
//! Must not know how cases are given to people (`giving`, `allocating`, `cases`).

use super::allocating::check_assessors;
use super::desk::Desk;
use super::giving::{ToReassign, to_reassign};
use super::inspections::Inspection;
use super::recording::find_case;
use crate::model::{Change, Code, Place, Problem, Problems, nearest};
use crate::store::{CaseRow, InterestRow, Reader, Store};

/// What of a case's information is asked for.
#[derive(Clone, Copy)]
pub(super) enum Level {
    Unit,
    Officer,
}

/// The unit or officer of a case, where the framework says which information that is.
pub(super) fn information<'c>(
    inspection: &Inspection,
    case: &'c CaseRow,
    level: Level,
) -> Option<&'c str> {
    let draw = inspection
        .framework
        .samples
        .get(case.sample)?
        .draw
        .as_ref()?;
    let attribute = match level {
        Level::Unit => draw.hierarchy.last().copied()?,
        Level::Officer => draw.officer?,
    };
    case.information.get(attribute)?.as_deref()
}

/// Whether an interest is one in this case.
fn is_about(inspection: &Inspection, case: &CaseRow, interest: &InterestRow) -> bool {
    if interest.officer.is_empty() {
        return interest.reference.eq_ignore_ascii_case(&case.reference);
    }
    let officer = information(inspection, case, Level::Officer);
    officer.is_some_and(|officer| officer.eq_ignore_ascii_case(&interest.officer))
}

/// Places of the assessors who have an interest in a case.
pub(super) fn interested(
    inspection: &Inspection,
    case: &CaseRow,
    interests: &[InterestRow],
    names: &[&str],
) -> Vec<usize> {
    let own: Vec<&InterestRow> = interests
        .iter()
        .filter(|interest| is_about(inspection, case, interest))
        .collect();
    let places = names.iter().enumerate().filter(|(_, name)| {
        own.iter()
            .any(|interest| interest.assessor.eq_ignore_ascii_case(name))
    });
    places.map(|(place, _)| place).collect()
}

/// Nobody works on a case in which they have an interest, nor decides on an answer to it; whoever has it.
pub(super) fn refuse_own_interest(
    reader: Reader<'_>,
    inspection: &Inspection,
    case: &CaseRow,
    who: &str,
) -> Result<(), Problems> {
    let interests = reader.interests(inspection.id)?;
    find_interest(inspection, case, &interests, who).map_or(Ok(()), |problem| Err(problem.into()))
}

/// That somebody may not work on a case because of an interest, if they have one.
pub(super) fn find_interest(
    inspection: &Inspection,
    case: &CaseRow,
    interests: &[InterestRow],
    who: &str,
) -> Option<Problem> {
    let remedy = "somebody else does that, who names themselves with --as";
    let place = interested(inspection, case, interests, &[who]);
    (!place.is_empty()).then(|| has_interest(case, who, remedy))
}

pub(super) fn has_interest(case: &CaseRow, name: &str, remedy: &str) -> Problem {
    let what = format!("{name} has an interest in it");
    Problem::new(Code::HasInterest, what, remedy).at(Place::of(&case.reference))
}

/// What declaring an interest did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InterestDeclared {
    /// How many declarations are new.
    pub count: usize,
    /// The cases that the assessor has, and now must not.
    pub to_reassign: Vec<ToReassign>,
    /// That no case is of the officer, where officers are known, and which may be meant; else empty.
    pub unknown_officer: String,
}

/// Records that somebody has an interest in cases, or in every case of an officer; `holds` false takes that back. The reason may be empty.
///
/// # Errors
/// No name, or nothing that it is about; every unknown case. Nothing is stored then.
pub fn declare_interest(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    assessor: &str,
    (references, officer): (&[String], &str),
    holds: bool,
    because: &str,
) -> Result<InterestDeclared, Problems> {
    let (assessor, officer) = (assessor.trim(), officer.trim());
    check_assessors(&[assessor.to_owned()])?;
    if references.is_empty() && officer.is_empty() {
        let remedy = "name cases, or an officer with --officer";
        return Err(Problem::new(
            Code::WrongValue,
            "nothing is named in which there is an interest",
            remedy,
        )
        .into());
    }
    let action = desk.action(Some(inspection), "case interest", because);
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let known = writer.read().interests(inspection.id)?;
        let (mut about, mut problems) = (Vec::new(), Problems::default());
        for reference in references {
            match find_case(writer.read(), inspection, reference) {
                Ok(case) => about.push((Some(case.id), case.reference, String::new())),
                Err(wrong) => problems.0.extend(wrong.0),
            }
        }
        let of_officer = (!officer.is_empty()).then(|| (None, String::new(), officer.to_owned()));
        about = problems.none_or(about)?;
        about.extend(of_officer);
        let mut declared = InterestDeclared {
            unknown_officer: doubt_officer(writer.read(), inspection, officer)?,
            ..InterestDeclared::default()
        };
        for (id, reference, officer) in about {
            let is_same = |row: &InterestRow| {
                row.assessor.eq_ignore_ascii_case(assessor)
                    && row.reference.eq_ignore_ascii_case(&reference)
                    && row.officer.eq_ignore_ascii_case(&officer)
            };
            if known.iter().any(is_same) == holds {
                continue;
            }
            let change = Change::DeclareInterest {
                assessor: assessor.to_owned(),
                reference,
                officer,
                holds,
            };
            writer.append(id, &change)?;
            declared.count += 1;
        }
        declared.to_reassign = to_reassign(writer.read(), inspection)?;
        let is_theirs = |row: &ToReassign| row.assessor.eq_ignore_ascii_case(assessor);
        declared.to_reassign.retain(is_theirs);
        Ok(declared)
    })
}

/// Why an officer may be a slip: none of the cases is theirs, neither in the inspection nor in a population. Empty where there is no
/// reason for doubt; an interest may be declared before there are any cases.
fn doubt_officer(
    reader: Reader<'_>,
    inspection: &Inspection,
    officer: &str,
) -> Result<String, Problems> {
    let cases = reader.cases(inspection.id)?;
    let officers = cases
        .iter()
        .filter_map(|case| information(inspection, case, Level::Officer));
    let mut known: Vec<String> = officers.map(str::to_owned).collect();
    for population in reader.populations(inspection.id)? {
        let sample = inspection.framework.samples.get(population.sample);
        let draw = sample.and_then(|sample| sample.draw.as_ref());
        if let Some(attribute) = draw.and_then(|draw| draw.officer) {
            let eligible = reader.eligible(inspection.id, population.sample)?;
            known.extend(eligible.values(attribute).iter().cloned());
        }
    }
    known.sort_unstable();
    known.dedup();
    let is_known = known.iter().any(|name| name.eq_ignore_ascii_case(officer));
    if officer.is_empty() || known.is_empty() || is_known {
        return Ok(String::new());
    }
    let nearest = nearest(officer, known.iter().map(String::as_str));
    Ok(format!("no case is of the officer {officer}; {nearest}"))
}

/// Every interest that was declared, by assessor; of one assessor only, where one is named.
///
/// # Errors
/// What the database reports.
pub fn list_interests(
    store: &Store,
    inspection: &Inspection,
    assessor: Option<&str>,
) -> Result<Vec<InterestRow>, Problems> {
    let mut interests = store.read().interests(inspection.id)?;
    interests.retain(|row| assessor.is_none_or(|name| row.assessor.eq_ignore_ascii_case(name)));
    Ok(interests)
}

/// Who has an interest in a case, each once.
pub(super) fn who_has_interest(
    reader: Reader<'_>,
    inspection: &Inspection,
    case: &CaseRow,
) -> Result<Vec<String>, Problems> {
    let interests = reader.interests(inspection.id)?.into_iter();
    let own = interests.filter(|interest| is_about(inspection, case, interest));
    let mut names: Vec<String> = own.map(|interest| interest.assessor).collect();
    names.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
    Ok(names)
}
