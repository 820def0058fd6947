//! Who may be given a case: the one rule for every way of giving one.
//!
//! Must not know how an interest is declared (`interests`), or how cases are spread over those who may have them (`allocating`).

use super::assessment::refuse_further_assessor;
use super::inspections::{Inspection, load};
use super::interests::{has_interest, interested};
use super::recording::find_case;
use crate::model::{Problem, Problems};
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
    fn find(&self, inspection: &Inspection, case: &CaseRow, name: &str) -> Option<Problem> {
        if !interested(inspection, case, &self.interests, &[name]).is_empty() {
            return Some(has_interest(case, name, "give it to somebody else"));
        }
        refuse_further_assessor(case, &self.further, name).err()
    }

    /// Places of those who may not be given a case.
    pub(super) fn barred(
        &self,
        inspection: &Inspection,
        case: &CaseRow,
        names: &[&str],
    ) -> Vec<usize> {
        let names = names.iter().enumerate();
        let barred = names.filter(|(_, name)| self.find(inspection, case, name).is_some());
        barred.map(|(place, _)| place).collect()
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

    /// Refuses a case to those who have it, after it was added or given to them in the same action.
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

pub(super) fn to_reassign(
    reader: Reader<'_>,
    inspection: &Inspection,
) -> Result<Vec<ToReassign>, Problems> {
    let interests = reader.interests(inspection.id)?;
    let mut found = Vec::new();
    if interests.is_empty() {
        return Ok(found);
    }
    for case in reader.cases(inspection.id)? {
        if case.status == Status::Withdrawn {
            continue;
        }
        let names = [case.assessor.as_str(), &case.joint_assessor];
        let theirs = interested(inspection, &case, &interests, &names).into_iter();
        found.extend(theirs.map(|place| ToReassign {
            reference: case.reference.clone(),
            assessor: names[place].to_owned(),
        }));
    }
    Ok(found)
}
