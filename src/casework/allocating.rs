//! Who may assess which cases, and spreading cases over assessors.
//!
//! Must not know how loads are balanced (`sampling`).

use super::desk::{Desk, check_name};
use super::inspections::Inspection;
use super::recording::find_case;
use crate::model::{Change, Code, Place, Problem, Problems};
use crate::sampling::{Assessor, Waiting, balance};
use crate::store::{CaseRow, InterestRow, Reader, Status, Store};

/// What spreading cases did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spread {
    /// Each assessor with the number of cases given now, and of all cases that they have.
    pub assessors: Vec<(String, u64, u64)>,
    /// References of cases in which everybody has an interest.
    pub left: Vec<String>,
}

/// Spreads the cases that nobody has yet, or those of them that are named, over assessors: as even a load as can be, each unit
/// over all of them, and no case to somebody with an interest in it.
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
        let interests = writer.read().interests(inspection.id)?;
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
            unit: information(inspection, case, Level::Unit).unwrap_or_default(),
            interested: interested(inspection, case, &interests, &names),
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

fn check_assessors(assessors: &[String]) -> Result<Vec<&str>, Problems> {
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

#[derive(Clone, Copy)]
enum Level {
    Unit,
    Officer,
}

/// The unit or officer of a case, where the framework says which information that is.
fn information<'c>(inspection: &Inspection, case: &'c CaseRow, level: Level) -> Option<&'c str> {
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
fn interested(
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

/// Nobody is given a case in which they have an interest.
pub(super) fn refuse_interested(
    reader: Reader<'_>,
    inspection: &Inspection,
    case: &CaseRow,
    names: &[&str],
) -> Result<(), Problems> {
    let interests = reader.interests(inspection.id)?;
    let mut problems = Problems::default();
    for place in interested(inspection, case, &interests, names) {
        let what = format!("{} has an interest in it", names[place]);
        let remedy = "give it to somebody else";
        let problem = Problem::new(Code::HasInterest, what, remedy);
        problems.0.push(problem.at(Place::of(&case.reference)));
    }
    problems.none_or(())
}

/// What declaring an interest did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InterestDeclared {
    /// How many declarations are new.
    pub count: usize,
    /// References of cases that the assessor has, and now must not.
    pub to_reassign: Vec<String>,
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
        declared.to_reassign = to_reassign(writer.read(), inspection, assessor)?;
        Ok(declared)
    })
}

/// References of cases that the assessor has although they have an interest in them.
fn to_reassign(
    reader: Reader<'_>,
    inspection: &Inspection,
    assessor: &str,
) -> Result<Vec<String>, Problems> {
    let interests = reader.interests(inspection.id)?;
    let cases = reader.cases(inspection.id)?.into_iter().filter(|case| {
        let is_theirs = [&case.assessor, &case.joint_assessor]
            .iter()
            .any(|name| name.eq_ignore_ascii_case(assessor));
        is_theirs
            && case.status != Status::Withdrawn
            && !interested(inspection, case, &interests, &[assessor]).is_empty()
    });
    Ok(cases.map(|case| case.reference).collect())
}
