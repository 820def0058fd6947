//! Who has an interest in which cases, and so may neither be given them nor work on them.
//!
//! Must not know how cases are spread over those who may (`allocating`).

use super::allocating::check_assessors;
use super::assessment::refuse_further_assessor;
use super::desk::Desk;
use super::inspections::{Inspection, load};
use super::recording::find_case;
use crate::model::{Change, Code, Place, Problem, Problems};
use crate::store::{CaseRow, FurtherRow, InterestRow, Reader, Status, Store};

/// Why people may not be given cases: an interest, or a further assessment that they make.
pub(super) struct Bars {
    interests: Vec<InterestRow>,
    further: Vec<FurtherRow>,
}

impl Bars {
    pub(super) fn read(reader: Reader<'_>, inspection: &Inspection) -> Result<Bars, Problems> {
        Ok(Bars {
            interests: reader.interests(inspection.id)?,
            further: reader.further(inspection.id, None)?,
        })
    }

    /// Why somebody may not be given a case; `None` where they may, and for nobody.
    pub(super) fn find(
        &self,
        inspection: &Inspection,
        case: &CaseRow,
        name: &str,
    ) -> Option<Problem> {
        if has_interest(inspection, case, &self.interests, name) {
            return Some(interest_problem(case, name, "give it to somebody else"));
        }
        refuse_further_assessor(case, &self.further, name).err()
    }

    /// Refuses to give a case to people of whom one may not be given it.
    pub(super) fn refuse(
        &self,
        inspection: &Inspection,
        case: &CaseRow,
        names: [&str; 2],
    ) -> Result<(), Problems> {
        let problems = names
            .iter()
            .filter_map(|name| self.find(inspection, case, name));
        Problems(problems.collect()).none_or(())
    }

    /// Refuses a case to those who have it: after it was added, or its information changed, in the same action.
    pub(super) fn refuse_own(
        &self,
        reader: Reader<'_>,
        inspection: &Inspection,
        reference: &str,
    ) -> Result<(), Problems> {
        if self.interests.is_empty() && self.further.is_empty() {
            return Ok(());
        }
        let case = find_case(reader, inspection, reference)?;
        self.refuse(inspection, &case, [&case.assessor, &case.joint_assessor])
    }
}

fn officer_of<'c>(inspection: &Inspection, case: &'c CaseRow) -> Option<&'c str> {
    let sample = inspection.framework.samples.get(case.sample)?;
    let officer = sample.draw.as_ref()?.officer?;
    case.information.get(officer)?.as_deref()
}

/// Whether an interest is one in this case.
fn is_about(inspection: &Inspection, case: &CaseRow, interest: &InterestRow) -> bool {
    if interest.officer.is_empty() {
        return interest.reference.eq_ignore_ascii_case(&case.reference);
    }
    let officer = officer_of(inspection, case);
    officer.is_some_and(|officer| officer.eq_ignore_ascii_case(&interest.officer))
}

fn has_interest(
    inspection: &Inspection,
    case: &CaseRow,
    interests: &[InterestRow],
    name: &str,
) -> bool {
    let mut theirs = interests
        .iter()
        .filter(|interest| interest.assessor.eq_ignore_ascii_case(name));
    theirs.any(|interest| is_about(inspection, case, interest))
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
    has_interest(inspection, case, interests, who).then(|| interest_problem(case, who, remedy))
}

fn interest_problem(case: &CaseRow, name: &str, remedy: &str) -> Problem {
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
}

/// Records that somebody has an interest in cases, or in every case of an officer; `holds` false takes that back.
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
    let action = desk.action(Some(inspection), "case interest", "");
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
        let mut declared = InterestDeclared::default();
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

/// A case that somebody has although they have an interest in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToReassign {
    /// Its reference.
    pub reference: String,
    /// Which of its assessors has the interest.
    pub assessor: String,
}

/// The cases of an inspection that somebody has although they have an interest in them; nothing is refused where that came about
/// afterwards, or on two laptops. Withdrawn cases are nobody's work.
///
/// # Errors
/// What the database reports.
pub fn list_to_reassign(
    store: &Store,
    inspection: &Inspection,
) -> Result<Vec<ToReassign>, Problems> {
    to_reassign(store.read(), inspection)
}

/// The same of every inspection of a database.
pub(super) fn list_all_to_reassign(store: &Store) -> Result<Vec<ToReassign>, Problems> {
    let mut all = Vec::new();
    for row in store.read().inspections()? {
        if !store.read().interests(row.id)?.is_empty() {
            all.extend(to_reassign(store.read(), &load(store, &row)?)?);
        }
    }
    Ok(all)
}

fn to_reassign(reader: Reader<'_>, inspection: &Inspection) -> Result<Vec<ToReassign>, Problems> {
    let interests = reader.interests(inspection.id)?;
    let mut found = Vec::new();
    if interests.is_empty() {
        return Ok(found);
    }
    for case in reader.cases(inspection.id)? {
        if case.status == Status::Withdrawn {
            continue;
        }
        let names = [&case.assessor, &case.joint_assessor];
        let theirs = names
            .into_iter()
            .filter(|name| has_interest(inspection, &case, &interests, name));
        found.extend(theirs.map(|name| ToReassign {
            reference: case.reference.clone(),
            assessor: name.clone(),
        }));
    }
    Ok(found)
}
