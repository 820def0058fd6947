//! `case assign --balance | replace | interest`: what they do, and what is said of it.

use clap::Args as ClapArgs;

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
    workplace.output.message(&match &replaced.taken_back {
        Some(because) => taken_back(&replaced.by, because),
        None => format!("next: caseaudit case assign {} --to NAME", replaced.by),
    });
    Ok(())
}

/// That a draw brought back a case which somebody had withdrawn.
pub(super) fn taken_back(reference: &str, because: &str) -> String {
    format!(
        "note: {reference} had been withdrawn by hand ({because}) and is taken back, because it was drawn; if that still holds: caseaudit case replace {reference} --because \"…\""
    )
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit case interest INSP-07 CS-001 CS-002 --because \"Line manager of the officer until 2017\"
  caseaudit case interest INSP-07 --officer RO-0101
  caseaudit case interest INSP-07 CS-001 --none")]
pub(super) struct InterestArgs {
    /// The assessor
    assessor: String,
    /// References of the cases
    #[arg(required_unless_present = "officer")]
    references: Vec<String>,
    /// Every case of this officer
    #[arg(
        long,
        value_name = "CODE",
        default_value = "",
        hide_default_value = true
    )]
    officer: String,
    /// Why
    #[arg(
        long,
        value_name = "REASON",
        default_value = "",
        hide_default_value = true
    )]
    because: String,
    /// There is none: take back what was said
    #[arg(long)]
    none: bool,
}

pub(super) fn declare(workplace: &Workplace<'_>, args: &InterestArgs) -> Result<(), Problems> {
    let (assessor, holds) = (args.assessor.as_str(), !args.none);
    let (mut store, inspection, desk) = workplace.work()?;
    let about = (args.references.as_slice(), args.officer.as_str());
    let declared = declare_interest(
        &mut store,
        &desk,
        &inspection,
        assessor,
        about,
        holds,
        &args.because,
    )?;
    workplace.output.message(&match (declared.count, holds) {
        (0, _) => "nothing new: it is recorded so already".to_owned(),
        (1, true) => format!("1 interest of {assessor} recorded"),
        (count, true) => format!("{count} interests of {assessor} recorded"),
        (1, false) => format!("1 interest of {assessor} taken back"),
        (count, false) => format!("{count} interests of {assessor} taken back"),
    });
    if !declared.to_reassign.is_empty() {
        workplace.output.message(&format!(
            "note: {assessor} has {}; give it to somebody else: caseaudit case assign REF --to NAME",
            declared.to_reassign.join(", ")
        ));
    }
    Ok(())
}
