//! Taking over a file of answers: whole or not at all.
//!
//! One thread reads and works out what each case has to be told, while the other records it; what turns out not to fit undoes
//! everything. Must not know file formats (`exchange`).

mod planner;

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::Ordering;

use super::assessment::{
    check_independence, is_same, refuse_further_assessor, refuse_wrong_role, see_as,
};
use super::desk::Desk;
use super::importing::{Imported, source_name};
use super::inspections::Inspection;
use super::interests::find_interest;
use crate::exchange::{self, Options};
use crate::model::{Problem, Problems, Role};
use crate::store::{CaseRow, ConflictRow, FurtherRow, Reader, Store, ThingId, Writer};
use planner::Planner;

/// Imports a file of answers, long or wide, and submits the complete assessments if `submits`. With a role the answers are those
/// of further assessments, made by the person at the desk.
///
/// # Errors
/// Everything that is wrong with the file; nothing is stored then.
pub fn import_answers(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    path: &Path,
    options: &Options<'_>,
    role: Option<Role>,
    submits: bool,
) -> Result<Imported, Problems> {
    let action = desk.action(Some(inspection), &source_name(path), "");
    let editions = [inspection.edition.clone()];
    let importing = Importing {
        inspection,
        who: desk.who(),
        path,
        options,
        role,
        submits,
    };
    // Most files are in order and right, and can be recorded while they are read. Of all others nothing is kept before they
    // have been read whole, so that everything that is wrong is said.
    let mut is_in_order = true;
    let imported = store.write(&editions, &action, |writer| {
        let imported = importing.record_in_order(writer)?;
        imported.ok_or_else(|| {
            is_in_order = false;
            Problems::default()
        })
    });
    if is_in_order {
        return imported;
    }
    if let Some(progress) = options.progress {
        progress.store(0, Ordering::Relaxed);
    }
    store.write(&editions, &action, |writer| importing.record_whole(writer))
}

/// A file of answers that is to be recorded.
struct Importing<'a> {
    inspection: &'a Inspection,
    who: &'a str,
    path: &'a Path,
    options: &'a Options<'a>,
    role: Option<Role>,
    submits: bool,
}

impl Importing<'_> {
    /// Records the file while it is read; `None` where that cannot be done, and what was written must be undone.
    fn record_in_order(&self, writer: &mut Writer<'_>) -> Result<Option<Imported>, Problems> {
        let planner = self.planner(writer)?;
        let known = planner.known_cases();
        let mut is_whole = false;
        let plan = planner.plan_and_record(writer, |take| {
            is_whole = exchange::read_in_order(self.path, self.options, &known, take);
        })?;
        Ok((is_whole && plan.problems.is_empty()).then_some(plan.imported))
    }

    /// Reads the file to its end before anything of it is recorded.
    fn record_whole(&self, writer: &mut Writer<'_>) -> Result<Imported, Problems> {
        let mut planner = self.planner(writer)?;
        let known = planner.known_cases();
        let reading = exchange::read_answers(self.path, self.options, &known)?;
        planner.is_wrong = reading.is_wrong();
        let plan = planner.plan_and_record(writer, |take| {
            take(&reading.says);
        })?;
        let places = match plan.unfit.as_slice() {
            [] => Vec::new(),
            unfit => exchange::locate(self.path, self.options, &known, unfit)?,
        };
        let problems = plan.problems.into_iter().zip(places);
        reading.finish(problems.map(|(problem, place)| problem.at(place)))?;
        Ok(plan.imported)
    }

    /// What is known before the file is read.
    fn planner(&self, writer: &mut Writer<'_>) -> Result<Planner<'_>, Problems> {
        let (inspection, role) = (self.inspection, self.role);
        let mut cases = writer.cases_to_answer(inspection.id, &inspection.edition.samples)?;
        let reader = writer.read();
        let barred = find_barred(reader, inspection, self.who, role, &cases)?;
        let known_notes = match role {
            None => reader.all_notes(inspection.id)?,
            Some(role) => {
                see_all_as(reader, inspection, self.who, role, &mut cases)?;
                reader.further_notes(inspection.id, role, self.who)?
            }
        };
        let mut notes: HashMap<ThingId, Vec<(usize, String)>> = HashMap::new();
        for (case, place, text) in known_notes {
            notes.entry(case).or_default().push((place, text));
        }
        Ok(Planner {
            inspection,
            cases,
            is_wrong: false,
            notes,
            barred,
            resolutions: reader.resolutions(inspection.id)?,
            role,
            conflicts: conflicts_by_case(reader, inspection)?,
            submits: self.submits,
        })
    }
}

fn conflicts_by_case(
    reader: Reader<'_>,
    inspection: &Inspection,
) -> Result<HashMap<ThingId, Vec<ConflictRow>>, Problems> {
    let mut conflicts: HashMap<ThingId, Vec<ConflictRow>> = HashMap::new();
    for conflict in reader.conflicts(inspection.id)? {
        conflicts
            .entry(conflict.subject)
            .or_default()
            .push(conflict);
    }
    Ok(conflicts)
}

/// The cases in whose assessments `who` may not record, by place, and why. A file of first answers is brought in for others, as by a
/// lead, whose own interests do not matter; further assessments are made by whoever brings them in.
fn find_barred(
    reader: Reader<'_>,
    inspection: &Inspection,
    who: &str,
    role: Option<Role>,
    cases: &[CaseRow],
) -> Result<HashMap<usize, Problem>, Problems> {
    let mut barred = HashMap::new();
    let further = reader.further(inspection.id, None)?;
    let Some(role) = role else {
        if !further.is_empty() {
            let refusals = cases.iter().enumerate().filter_map(|(at, case)| {
                Some((at, refuse_further_assessor(case, &further, who).err()?))
            });
            barred.extend(refusals);
        }
        return Ok(barred);
    };
    let mut recorders: HashMap<ThingId, Vec<String>> = HashMap::new();
    for (case, name) in reader.recorders(None)? {
        recorders.entry(case).or_default().push(name);
    }
    let interests = reader.interests(inspection.id)?;
    for (at, case) in cases.iter().enumerate() {
        let interest = find_interest(inspection, case, &interests, who);
        let mut assessors = recorders.remove(&case.id).unwrap_or_default();
        assessors.extend([case.assessor.clone(), case.joint_assessor.clone()]);
        let is_mine = further
            .iter()
            .any(|row| (row.case, row.role) == (case.id, role) && is_same(&row.assessor, who));
        let refusal = refuse_wrong_role(case, role).and_then(|()| match is_mine {
            true => Ok(()),
            false => check_independence(case, &assessors, &further, role, who),
        });
        barred.extend(interest.or(refusal.err()).map(|problem| (at, problem)));
    }
    Ok(barred)
}

/// Gives every case the answers and the status of the further assessment that `who` makes of it.
fn see_all_as(
    reader: Reader<'_>,
    inspection: &Inspection,
    who: &str,
    role: Role,
    cases: &mut [CaseRow],
) -> Result<(), Problems> {
    let further = reader.further(inspection.id, None)?.into_iter();
    let mut mine: HashMap<ThingId, FurtherRow> = further
        .filter(|row| row.role == role && is_same(&row.assessor, who))
        .map(|row| (row.case, row))
        .collect();
    for case in cases {
        let row = mine.remove(&case.id);
        see_as(case, inspection, who, row);
    }
    Ok(())
}
