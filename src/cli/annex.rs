//! `annex`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::{Inspection, RatingScope, Store, rate};
use crate::model::Problems;
use crate::report::{AnnexOptions, Report, annex_report};

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit annex
  caseaudit annex --counts
  caseaudit annex --out annex.md
  caseaudit annex --format csv > annex.csv")]
pub(super) struct Args {
    /// Show the counts behind each percent
    #[arg(long)]
    counts: bool,
    /// Count assessments that are not submitted yet, too, and say so
    #[arg(long)]
    indicative: bool,
    /// Write to this file; its ending (.md, .csv, .json) says the format unless --format does
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let (store, inspection) = workplace.look()?;
    let scope = if args.indicative {
        RatingScope::Indicative
    } else {
        RatingScope::Submitted
    };
    let report = annex_of(workplace, &store, &inspection, scope, args.counts)?;
    match &args.out {
        Some(path) => {
            workplace.refuse_database(path)?;
            workplace.output.report_to(&report, path)
        }
        None => workplace.output.report(&report),
    }
}

pub(super) fn annex_of(
    workplace: &Workplace<'_>,
    store: &Store,
    inspection: &Inspection,
    scope: RatingScope,
    counts: bool,
) -> Result<Report, Problems> {
    let heading = workplace.heading(store, inspection, scope)?;
    let rating = rate(store, inspection, scope)?;
    Ok(annex_report(
        &inspection.framework,
        &rating,
        &AnnexOptions { heading, counts },
    ))
}
