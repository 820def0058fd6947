//! `export check`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::workplace::Workplace;
use crate::casework::{HeldWorkbook, Weight, check_workbook};
use crate::model::{Code, Place, Problem, Problems};
use crate::report::rubric_report;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Command {
    /// Hold ODS and XLSX files, ours or not, against the rules for published spreadsheets
    Check(CheckArgs),
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit export check annex.ods
  caseaudit export check annex.ods annex.xlsx --strict
  caseaudit export check annex.xlsx --format csv > findings.csv
  caseaudit export check --rules

Exit code 1 says that an essential rule is broken. Needs no database.")]
pub(super) struct CheckArgs {
    /// The workbooks
    #[arg(value_name = "FILE", required_unless_present = "rules")]
    files: Vec<PathBuf>,
    /// List the rules, too; without a file, the rules alone
    #[arg(long)]
    rules: bool,
    /// Fail on advice, too
    #[arg(long)]
    strict: bool,
    /// Write to this file; its ending (.docx, .html, .ods, .xlsx, .md, .csv, .json, .txt) says the format unless --format does
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(workplace: &Workplace<'_>, command: Command) -> Result<(), Problems> {
    match command {
        Command::Check(args) => check(workplace, &args),
    }
}

fn check(workplace: &Workplace<'_>, args: &CheckArgs) -> Result<(), Problems> {
    let mut held = Vec::new();
    let mut problems = Problems::default();
    for file in &args.files {
        match check_workbook(file) {
            Ok(workbook) => held.push(workbook),
            Err(problem) => problems.0.push(problem),
        }
    }
    if !held.is_empty() || args.files.is_empty() {
        let report = rubric_report(&held, args.rules);
        workplace.give(&report, args.out.as_deref())?;
    }
    problems.0.extend(
        held.iter()
            .filter_map(|workbook| failure(workbook, args.strict)),
    );
    problems.none_or(())
}

/// That a workbook does not pass; `None` where it does.
fn failure(workbook: &HeldWorkbook, strict: bool) -> Option<Problem> {
    let essential = workbook.broken_count(Weight::Essential);
    let advice = workbook.broken_count(Weight::Advice);
    let what = match (essential, advice) {
        (0, 0) => return None,
        (0, advice) if strict => format!("rules of advice that it breaks: {advice}"),
        (0, _) => return None,
        (essential, advice) if strict => {
            format!("essential rules that it breaks: {essential}, rules of advice: {advice}")
        }
        (essential, _) => format!("essential rules that it breaks: {essential}"),
    };
    let remedy = "change what the table names, and check again";
    let problem = Problem::new(Code::RulesBroken, what, remedy);
    Some(problem.at(Place::of(&workbook.file)))
}
