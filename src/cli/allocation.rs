//! `case assign --balance | replace | interest`: what they do, and what is said of it.

use super::workplace::Workplace;
use crate::casework::{declare_interest, replace_case, spread_cases};
use crate::model::Problems;

pub(super) fn spread(
    workplace: &Workplace<'_>,
    references: &[String],
    sample: Option<&str>,
    assessors: &[String],
) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let which = (references, sample);
    let spread = spread_cases(&mut store, &desk, &inspection, which, assessors)?;
    for (name, given, load) in &spread.assessors {
        let all = format!("{name}: {given} given, {load} in all");
        workplace.output.message(&all);
    }
    if !spread.left.is_empty() {
        workplace.output.message(&format!(
            "note: everybody has an interest in {}; nobody has got it",
            spread.left.join(", ")
        ));
    }
    Ok(())
}

pub(super) fn replace(
    workplace: &Workplace<'_>,
    reference: &str,
    because: &str,
) -> Result<(), Problems> {
    let (mut store, inspection, mut desk) = workplace.work()?;
    let replaced = replace_case(&mut store, &mut desk, &inspection, reference, because)?;
    let from = if replaced.same_stratum {
        "the same stratum"
    } else {
        "another stratum: none of the same one is left"
    };
    workplace.output.message(&format!(
        "{reference} is withdrawn; reserve {} is called up, from {from}; reserves left: {}",
        replaced.by, replaced.left
    ));
    if let Some(because) = &replaced.taken_back {
        workplace.output.message(&taken_back(&replaced.by, because));
    }
    Ok(())
}

/// That a draw brought back a case which somebody had withdrawn.
pub(super) fn taken_back(reference: &str, because: &str) -> String {
    format!(
        "note: {reference} had been withdrawn by hand ({because}) and is taken back, because it was drawn; if that still holds: caseaudit case replace {reference} --because \"…\""
    )
}

pub(super) fn declare(
    workplace: &Workplace<'_>,
    assessor: &str,
    (references, officer): (&[String], &str),
    holds: bool,
) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let about = (references, officer);
    let declared = declare_interest(&mut store, &desk, &inspection, assessor, about, holds)?;
    workplace.output.message(&match (declared.count, holds) {
        (0, _) => "nothing new: it is recorded so already".to_owned(),
        (1, true) => format!("1 interest of {assessor} recorded"),
        (count, true) => format!("{count} interests of {assessor} recorded"),
        (1, false) => format!("1 interest of {assessor} taken back"),
        (count, false) => format!("{count} interests of {assessor} taken back"),
    });
    if !declared.to_reassign.is_empty() {
        workplace.output.message(&format!(
            "note: {assessor} has {}; give it to somebody else",
            declared.to_reassign.join(", ")
        ));
    }
    Ok(())
}
