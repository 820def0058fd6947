//! Closing and reopening an inspection.
//!
//! Must not know what is published (`publishing`).

use std::collections::{HashMap, HashSet};

use super::desk::{Desk, reason};
use super::inspections::Inspection;
use super::publishing::make_publication;
use super::reporting::GroupsWanted;
use crate::framework::{Framework, Rule};
use crate::model::{Change, Code, Place, Problem, Problems};
use crate::rating::OVERALL;
use crate::store::{DrawnRow, InspectionRow, Reader, Status, Store};

/// How often the figures are gathered anew where somebody records something meanwhile.
const TRIES_MAX: u32 = 5;

/// Closes an inspection whose work is done; with a reason, one that is given up as it stands. What its annex says is stored as
/// published: from then on the annex is that. Tables of groups are published if they are wanted here, and not later.
///
/// # Errors
/// A piece of case information that no sample has. Everything that is still to be done: cases not submitted or withdrawn, cases of a
/// drawn sample that are not in the record, judged standards without judgement, conflicts. An inspection that is closed.
pub fn close_inspection(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    groups: &GroupsWanted,
    because: &str,
) -> Result<(), Problems> {
    let action = desk.action(Some(inspection), "inspection close", because);
    let editions = [inspection.edition.clone()];
    for _ in 0..TRIES_MAX {
        let entries_count = store.read().entries_count()?;
        let publication = make_publication(store, inspection, groups, &action.at)?;
        let closed = store.write(&editions, &action, |writer| {
            let rows = writer.read().inspections()?;
            let is_open = |row: &InspectionRow| row.id == inspection.id && !row.closed;
            if because.trim().is_empty() && rows.iter().any(is_open) {
                unfinished(writer.read(), inspection)?.none_or(())?;
            }
            // The figures are those of the record that is closed.
            if writer.read().entries_count()? != entries_count {
                return Ok(false);
            }
            let change = Change::CloseInspection(Some(publication));
            writer.append(Some(inspection.id), &change)?;
            Ok(true)
        })?;
        if closed {
            return Ok(());
        }
    }
    let what =
        "others are recording in this database, so that the figures change while it is closed";
    Err(Problem::new(Code::DatabaseLocked, what, "close it when they are done").into())
}

/// Everything that is still to be done before an inspection can be closed.
fn unfinished(reader: Reader<'_>, inspection: &Inspection) -> Result<Problems, Problems> {
    let (mut problems, mut references) = (Problems::default(), HashMap::new());
    for case in reader.cases(inspection.id)? {
        if !case.exercise && matches!(case.status, Status::Untouched | Status::InHand) {
            let reference = case.reference.as_str();
            let remedy =
                format!("submit it, or: caseaudit case withdraw {reference} --because \"…\"");
            let problem = Problem::new(Code::NotSubmitted, "the case is not submitted", remedy);
            problems.0.push(problem.at(Place::of(reference)));
        }
        references.insert(case.id, case.reference);
    }
    let known = references
        .values()
        .map(|reference| reference.to_lowercase());
    problems
        .0
        .extend(undone_draws(reader, inspection, &known.collect())?);
    let judgements = reader.judgements(inspection.id)?;
    let is_judged = |number: &str| judgements.iter().any(|known| known.standard == number);
    for number in left_to_people(&inspection.framework).filter(|number| !is_judged(number)) {
        let remedy = format!("judge it: caseaudit judge {number} RATING --because \"…\"");
        let problem = Problem::new(Code::Incomplete, "it is not judged yet", remedy);
        let place = Place::of(format!("standard {number}"));
        problems.0.push(problem.at(place));
    }
    let conflicts = reader.conflicts(inspection.id)?.into_iter();
    problems.0.extend(conflicts.map(|conflict| {
        let about = references.get(&conflict.subject);
        conflict.refusal(about.unwrap_or(&inspection.name))
    }));
    Ok(problems)
}

/// Cases that the draw of a sample selected, or that were called up, and that the record does not hold; `known` are the
/// references of those it holds, in lower case.
fn undone_draws(
    reader: Reader<'_>,
    inspection: &Inspection,
    known: &HashSet<String>,
) -> Result<Vec<Problem>, Problems> {
    let mut problems = Vec::new();
    for draw in reader.draws(inspection.id)? {
        let drawn = reader.drawn_cases(&draw)?;
        let replaced = drawn.iter().filter_map(|row| row.replaces.as_deref());
        let replaced: HashSet<String> = replaced.map(str::to_lowercase).collect();
        let chosen = |row: &&DrawnRow| !row.is_reserve || row.replaces.is_some();
        for row in drawn.iter().filter(chosen) {
            let reference = row.case.reference.as_str();
            let low = reference.to_lowercase();
            if !known.contains(&low) && !replaced.contains(&low) {
                let what = "the case was drawn for the sample and is not in the record";
                let remedy = format!(
                    "add it with `caseaudit case add {reference}` and submit or withdraw it, or replace it"
                );
                let problem = Problem::new(Code::NotSubmitted, what, remedy);
                problems.push(problem.at(Place::of(reference)));
            }
        }
    }
    Ok(problems)
}

/// Numbers of the judged standards, and `overall` where that is judged too.
fn left_to_people(framework: &Framework) -> impl Iterator<Item = &str> {
    let standards = framework.standards.iter();
    let judged = standards.filter(|standard| standard.rule == Rule::Judged);
    let overall = (framework.overall.rule == Rule::Judged).then_some(OVERALL);
    judged
        .map(|standard| standard.number.as_str())
        .chain(overall)
}

/// Opens a closed inspection again. What was published stays in the record; the annex is what the record gives until it is
/// closed again, and then says what was revised.
///
/// # Errors
/// No reason; an inspection that is not closed.
pub fn reopen_inspection(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    because: &str,
) -> Result<(), Problems> {
    reason(because, "say why it is opened again: --because \"…\"")?;
    let action = desk.action(Some(inspection), "inspection reopen", because);
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        writer
            .append(Some(inspection.id), &Change::ReopenInspection)
            .map(drop)
    })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::casework::{Clock, NewInspection, open_inspection};
    use crate::model::{DrawnCase, DrawnSample};

    #[test]
    fn a_case_that_was_drawn_and_is_not_in_the_record_has_to_be_accounted_for() {
        let mut store = Store::in_memory().unwrap();
        let clock = Clock::Fixed(DateTime::UNIX_EPOCH);
        let mut desk = Desk::new("HEAD", "laptop", clock, [1; 32]).unwrap();
        let new = NewInspection {
            name: "North",
            framework: "hmip-nps-2018",
            provider: "North NPS",
            ..NewInspection::default()
        };
        let inspection = open_inspection(&mut store, &mut desk, &new).unwrap();
        let case = |reference: &str| DrawnCase {
            reference: reference.into(),
            ..DrawnCase::default()
        };
        let drawn = Change::DrawSample(DrawnSample {
            sample: "case-supervision".into(),
            selected: vec![case("CS-1")],
            reserves: vec![case("CS-2")],
            ..DrawnSample::default()
        });
        let action = desk.action(Some(&inspection), "sample draw", "");
        let editions = [inspection.edition.clone()];
        let done = store.write(&editions, &action, |writer| {
            writer.append(Some(inspection.id), &drawn)
        });
        done.unwrap();
        let none = GroupsWanted::default();
        let problems = close_inspection(&mut store, &desk, &inspection, &none, "").unwrap_err();
        let said: Vec<String> = problems.0.iter().map(ToString::to_string).collect();
        assert_eq!(
            said[0],
            "CS-1: the case was drawn for the sample and is not in the record; add it with \
             `caseaudit case add CS-1` and submit or withdraw it, or replace it [not-submitted]"
        );
        assert_eq!(said.len(), 5, "and four standards: {said:?}");
        // Given up as it stands, it can be closed.
        close_inspection(&mut store, &desk, &inspection, &none, "Given up").unwrap();
    }
}
