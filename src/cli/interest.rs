//! `case interest`: declares who may not assess which cases, takes that back, and lists it. Must not know what follows from it.

use clap::Args as ClapArgs;

use super::output::Output;
use super::workplace::Workplace;
use crate::casework::{
    Inspection, Store, ToReassign, declare_interest, list_interests, list_to_reassign,
};
use crate::model::{Problems, list_some};
use crate::report::{Cell, Column, Kind, Report, Row, Table};

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit case interest INSP-07 CS-001 CS-002 --because \"Line manager of the officer until 2017\"
  caseaudit case interest INSP-07 --officer RO-0101
  caseaudit case interest INSP-07 CS-001 --none
  caseaudit case interest

With nothing behind it, it lists them; with an assessor alone, those of the assessor.")]
pub(super) struct InterestArgs {
    /// The assessor
    assessor: Option<String>,
    /// References of the cases
    references: Vec<String>,
    /// Every case of this officer
    #[arg(
        long,
        value_name = "CODE",
        default_value = "",
        hide_default_value = true,
        requires = "assessor"
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
    #[arg(long, requires = "assessor")]
    none: bool,
}

pub(super) fn interest(workplace: &Workplace<'_>, args: &InterestArgs) -> Result<(), Problems> {
    let is_declared = args.none || !args.references.is_empty() || !args.officer.is_empty();
    match args.assessor.as_deref() {
        Some(assessor) if is_declared => declare(workplace, assessor, args),
        assessor => list(workplace, assessor),
    }
}

fn declare(workplace: &Workplace<'_>, assessor: &str, args: &InterestArgs) -> Result<(), Problems> {
    let holds = !args.none;
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
    if holds && !declared.unknown_officer.is_empty() {
        let doubt = format!("note: {}", declared.unknown_officer);
        workplace.output.message(&doubt);
    }
    say_to_reassign(workplace.output, &declared.to_reassign);
    Ok(())
}

fn list(workplace: &Workplace<'_>, assessor: Option<&str>) -> Result<(), Problems> {
    let (store, inspection) = workplace.look()?;
    let interests = list_interests(&store, &inspection, assessor)?;
    if interests.is_empty() {
        let message = "no interests; declare one: caseaudit case interest NAME REF";
        workplace.output.message(message);
        return Ok(());
    }
    let rows = interests.iter().map(|row| {
        let cells = [&row.assessor, &row.reference, &row.officer];
        Row::new(cells.into_iter().map(Cell::text).collect())
    });
    let table = Table {
        id: "interests".to_owned(),
        title: "Interests".to_owned(),
        scope: inspection.name.clone(),
        columns: vec![
            Column::new("assessor", "Assessor", Kind::Code),
            Column::new("reference", "Case", Kind::Code),
            Column::new("officer", "Every case of officer", Kind::Code),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    workplace.output.report(&Report {
        tables: vec![table],
        ..Report::default()
    })
}

/// Says who has cases in which they have an interest.
pub(super) fn say_to_reassign(output: &Output, cases: &[ToReassign]) {
    let mut names: Vec<&str> = cases.iter().map(|case| case.assessor.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let theirs = cases.iter().filter(|case| case.assessor == name);
        let references: Vec<&str> = theirs.map(|case| case.reference.as_str()).collect();
        let named = match references.as_slice() {
            [only] => only,
            _ => "REF …",
        };
        output.message(&format!(
            "note: {name} has {}, with an interest in it; give it to somebody else: caseaudit case assign {named} --to NAME",
            list_some(&references)
        ));
    }
}

/// The same of one case, or of all of an inspection.
pub(super) fn find_to_reassign(
    output: &Output,
    (store, inspection): (&Store, &Inspection),
    reference: Option<&str>,
) -> Result<(), Problems> {
    let mut cases = list_to_reassign(store, inspection)?;
    cases.retain(|case| reference.is_none_or(|name| case.reference.eq_ignore_ascii_case(name)));
    say_to_reassign(output, &cases);
    Ok(())
}
