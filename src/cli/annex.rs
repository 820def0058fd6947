//! `annex`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::{
    Access, AnnexWanted, Rated, RatingScope, about_programme, build_annex, differing_texts,
    find_order, head_all, rate_programme,
};
use crate::model::Problems;
use crate::report::{Report, SortBy, View, programme_report};

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit annex
  caseaudit annex --counts
  caseaudit annex --out annex.md
  caseaudit annex --out annex.ods
  caseaudit annex --format csv > annex.csv
  caseaudit annex --programme \"Regions 2023/24\" --sort overall")]
pub(super) struct Args {
    /// Show the counts behind each percent
    #[arg(long, conflicts_with = "programme")]
    counts: bool,
    /// One table of all inspections of this programme: providers by standards
    #[arg(long, value_name = "NAME")]
    programme: Option<String>,
    /// Only the inspections of this period
    #[arg(long, value_name = "PERIOD", requires = "programme")]
    period: Option<String>,
    /// The order of the providers: provider, overall, rank, or the number of a standard
    #[arg(long, value_name = "BY", requires = "programme")]
    sort: Option<String>,
    /// Count assessments that are not submitted yet, too, and say so
    #[arg(long)]
    indicative: bool,
    /// Write to this file; its ending (.ods, .xlsx, .md, .csv, .json) says the format unless --format does
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let scope = RatingScope::of(args.indicative);
    let report = match &args.programme {
        Some(programme) => programme_of(workplace, programme, args, scope)?,
        None => {
            let (store, inspection) = workplace.look()?;
            let view = View {
                counts: args.counts,
                ..View::default()
            };
            build_annex(&store, &inspection, &AnnexWanted { scope, view })?
        }
    };
    workplace.give(&report, args.out.as_deref())
}

fn programme_of(
    workplace: &Workplace<'_>,
    programme: &str,
    args: &Args,
    scope: RatingScope,
) -> Result<Report, Problems> {
    let store = workplace.open(Access::Read)?;
    let rated = rate_programme(&store, programme, args.period.as_deref(), scope)?;
    let sort = args.sort.as_deref();
    let sort = sort.map_or(Ok(SortBy::default()), |sort| find_order(&rated, sort))?;
    let name = programme_name(&rated, programme);
    let differing = differing_texts(&rated);
    let about = about_programme(&store, &rated)?;
    let inspected = head_all(&store, rated, scope)?;
    let mut report = programme_report(&name, &inspected, &sort);
    report.about = about;
    report.notes.extend(differing);
    Ok(report)
}

/// The programme as the record writes it.
pub(super) fn programme_name(rated: &[Rated], typed: &str) -> String {
    let recorded = rated.first().map(|one| one.inspection.programme.as_str());
    recorded.unwrap_or(typed).to_owned()
}
