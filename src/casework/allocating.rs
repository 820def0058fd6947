//! Spreading cases over assessors.
//!
//! Must not know how loads are balanced (`sampling`), nor why somebody may not be given a case (`interests`).

use super::desk::{Desk, check_name};
use super::inspections::Inspection;
use super::interests::Bars;
use super::recording::find_case;
use crate::model::{Change, Code, Place, Problem, Problems};
use crate::sampling::{Assessor, Waiting, balance};
use crate::store::{CaseRow, Reader, Status, Store};

/// What spreading cases did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spread {
    /// Each assessor with the number of cases given now, and of all cases that they have.
    pub assessors: Vec<(String, u64, u64)>,
    /// References of cases in which everybody has an interest, or of which everybody else makes a further assessment.
    pub left: Vec<String>,
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
        let bars = Bars::read(writer.read(), inspection)?;
        let barred = |case: &CaseRow| -> Vec<usize> {
            let names = names.iter().enumerate();
            let barred = names.filter(|(_, name)| bars.find(inspection, case, name).is_some());
            barred.map(|(place, _)| place).collect()
        };
        let named = find_named(writer.read(), inspection, references)?;
        let is_wanted = |case: &&CaseRow| {
            let is_free = case.assessor.is_empty() && case.status != Status::Withdrawn;
            let is_named = references.is_empty() || named.contains(&case.reference);
            is_free && is_named && sample.is_none_or(|sample| case.sample == sample)
        };
        let wanted: Vec<&CaseRow> = cases.iter().filter(is_wanted).collect();
        let mut loads = loads(&cases, &names);
        let waiting = wanted.iter().map(|case| Waiting {
            reference: &case.reference,
            unit: unit_of(inspection, case).unwrap_or_default(),
            interested: barred(case),
        });
        let waiting: Vec<Waiting<'_>> = waiting.collect();
        let given = balance(
            &waiting,
            &loads
                .iter()
                .map(|load| Assessor { load: *load })
                .collect::<Vec<_>>(),
        );
        let mut spread = Spread::default();
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
                let remedy = "give it to nobody first: caseaudit case assign REF --to \"\"";
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

/// The unit of a case, where the framework says which information that is.
fn unit_of<'c>(inspection: &Inspection, case: &'c CaseRow) -> Option<&'c str> {
    let sample = inspection.framework.samples.get(case.sample)?;
    let unit = *sample.draw.as_ref()?.hierarchy.last()?;
    case.information.get(unit)?.as_deref()
}
