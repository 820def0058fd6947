//! Spreading cases over assessors, and who is an assessor.
//!
//! Must not know how loads are balanced (`sampling`), nor why somebody may not be given a case (`giving`).

use super::desk::{Desk, check_name};
use super::giving::Bars;
use super::inspections::Inspection;
use super::interests::{Level, information};
use super::recording::find_case;
use crate::model::{Change, Code, Place, Problem, Problems, list_some};
use crate::sampling::{Assessor, Waiting, balance};
use crate::store::{CaseRow, Reader, Status, Store};

/// What spreading cases did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spread {
    /// Each assessor with the number of cases given now, and of all cases that they have.
    pub assessors: Vec<(String, u64, u64)>,
    /// References of cases that none of them may be given.
    pub left: Vec<String>,
    /// What looks odd about the names of the assessors.
    pub notices: Vec<String>,
}

/// Spreads the cases that nobody has yet, or those of them that are named, over assessors: as even a load as can be, each unit
/// over all of them, and no case to somebody with an interest in it, or who makes its second assessment.
///
/// # Errors
/// No assessor, one named twice; an unknown case, or one that somebody has. Nothing is changed then.
pub fn spread_cases(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    (references, sample): (&[String], Option<&str>),
    assessors: &[String],
) -> Result<Spread, Problems> {
    let names = check_assessors(assessors)?;
    let sample = sample
        .map(|name| inspection.find_sample(name))
        .transpose()?;
    let action = desk.action(Some(inspection), "case assign", "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let cases = writer.read().cases(inspection.id)?;
        refuse_references(&cases, &names)?;
        let bars = Bars::read(writer.read(), inspection)?;
        let named = find_named(writer.read(), inspection, references)?;
        let is_wanted = |case: &&CaseRow| {
            let is_free = case.assessor.is_empty() && case.status != Status::Withdrawn;
            let is_named = references.is_empty() || named.contains(&case.reference);
            is_free && is_named && sample.is_none_or(|sample| case.sample == sample)
        };
        let wanted: Vec<&CaseRow> = cases.iter().filter(is_wanted).collect();
        let mut loads = loads(&cases, &names);
        let given = choose_takers(inspection, (&wanted, &bars), &names, &loads);
        let mut spread = Spread {
            notices: odd_names(&cases, &names),
            ..Spread::default()
        };
        let mut counts = vec![0; names.len()];
        for (case, taker) in wanted.iter().zip(given) {
            let Some(taker) = taker else {
                spread.left.push(case.reference.clone());
                continue;
            };
            counts[taker] += 1;
            loads[taker] += 1;
            let change = Change::Assign {
                assessor: names[taker].to_owned(),
                joint_assessor: String::new(),
            };
            writer.append(Some(case.id), &change)?;
        }
        let names = names.iter().map(|name| (*name).to_owned());
        spread.assessors = names
            .zip(counts)
            .zip(loads)
            .map(|((name, count), load)| (name, count, load))
            .collect();
        Ok(spread)
    })
}

/// For each case the place of the assessor who takes it; `None` where none of them may.
fn choose_takers(
    inspection: &Inspection,
    (wanted, bars): (&[&CaseRow], &Bars),
    names: &[&str],
    loads: &[u64],
) -> Vec<Option<usize>> {
    let waiting = wanted.iter().map(|case| Waiting {
        reference: &case.reference,
        unit: information(inspection, case, Level::Unit).unwrap_or_default(),
        interested: bars.barred(inspection, case, names),
    });
    let waiting: Vec<Waiting<'_>> = waiting.collect();
    let assessors = loads.iter().map(|load| Assessor { load: *load });
    balance(&waiting, &assessors.collect::<Vec<_>>())
}

pub(super) fn check_assessors(assessors: &[String]) -> Result<Vec<&str>, Problems> {
    let mut names: Vec<&str> = Vec::new();
    for name in assessors.iter().map(|name| name.trim()) {
        check_name(name, "the name of an assessor")?;
        if name.is_empty() || names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            let what = format!("the assessor {name:?} is named twice, or not at all");
            let problem = Problem::new(Code::WrongValue, what, "name each assessor once");
            return Err(problem.into());
        }
        names.push(name);
    }
    Ok(names)
}

/// Nobody is called like a case: references that were given behind the names were meant as cases.
pub(super) fn refuse_references(cases: &[CaseRow], names: &[&str]) -> Result<(), Problems> {
    let is_case = |name: &&str| {
        let mut references = cases.iter().map(|case| case.reference.as_str());
        references.any(|reference| reference.eq_ignore_ascii_case(name))
    };
    let wrong = names.iter().copied().filter(is_case).map(|name| {
        let what = format!("{name} is a case, not an assessor");
        let remedy = "name the cases first: caseaudit case assign REF … --balance NAME …";
        Problem::new(Code::WrongValue, what, remedy)
    });
    Problems(wrong.collect()).none_or(())
}

/// What a person should look at again: names that look like those of people, and names that no case was given to before.
pub(super) fn odd_names(cases: &[CaseRow], names: &[&str]) -> Vec<String> {
    let given = cases
        .iter()
        .flat_map(|case| [&case.assessor, &case.joint_assessor]);
    let mut known: Vec<&str> = given.map(String::as_str).collect();
    known.retain(|name| !name.is_empty());
    known.sort_unstable();
    known.dedup();
    let mut notices = Vec::new();
    for name in names.iter().filter(|name| name.contains([' ', ','])) {
        notices.push(format!(
            "{name} looks like the name of a person, and stays in the history: use a code"
        ));
    }
    let is_new = |name: &&&str| {
        let mut known = known.iter();
        !name.is_empty() && !known.any(|known| known.eq_ignore_ascii_case(name))
    };
    let new: Vec<&str> = names.iter().filter(is_new).copied().collect();
    if !new.is_empty() && !known.is_empty() {
        notices.push(format!(
            "nobody had a case as {} before; assessors were: {}",
            new.join(", "),
            list_some(&known)
        ));
    }
    notices
}

/// Cases of an assessor, alone or as the first of two: those on which nobody has begun, and those in hand or submitted.
///
/// # Errors
/// What the database reports.
pub fn list_given(
    store: &Store,
    inspection: &Inspection,
    assessor: &str,
) -> Result<(Vec<String>, Vec<String>), Problems> {
    let mut cases = store.read().cases(inspection.id)?;
    cases.retain(|case| {
        case.status != Status::Withdrawn && case.assessor.eq_ignore_ascii_case(assessor.trim())
    });
    let (untouched, begun): (Vec<CaseRow>, Vec<CaseRow>) = cases
        .into_iter()
        .partition(|case| case.status == Status::Untouched);
    let references = |cases: Vec<CaseRow>| cases.into_iter().map(|case| case.reference).collect();
    Ok((references(untouched), references(begun)))
}

/// References of the cases that were named, which nobody may have yet.
fn find_named(
    reader: Reader<'_>,
    inspection: &Inspection,
    references: &[String],
) -> Result<Vec<String>, Problems> {
    let (mut named, mut problems) = (Vec::new(), Problems::default());
    for reference in references {
        match find_case(reader, inspection, reference) {
            Ok(case) if case.assessor.is_empty() => named.push(case.reference),
            Ok(case) => {
                let what = format!("{} has the case", case.assessor);
                let remedy = format!(
                    "give it to nobody first: caseaudit case assign {} --to \"\"",
                    case.reference
                );
                let problem = Problem::new(Code::AlreadyExists, what, remedy);
                problems.0.push(problem.at(Place::of(case.reference)));
            }
            Err(wrong) => problems.0.extend(wrong.0),
        }
    }
    problems.none_or(named)
}

/// How many cases each assessor has, alone or as one of two; those withdrawn are nobody's work.
fn loads(cases: &[CaseRow], names: &[&str]) -> Vec<u64> {
    let has = |case: &CaseRow, name: &str| {
        [&case.assessor, &case.joint_assessor]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
    };
    let counts = names.iter().map(|name| {
        let own = cases
            .iter()
            .filter(|case| case.status != Status::Withdrawn && has(case, name));
        u64::try_from(own.count()).unwrap_or(u64::MAX)
    });
    counts.collect()
}
