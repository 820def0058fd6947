//! `compare`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::annex::programme_name;
use super::workplace::Workplace;
use crate::casework::{
    Access, Rated, RatingScope, Store, about_programme, check_item, differing_texts, find_order,
    head_all, head_one, rate_latest_periods, rate_programme, rate_two, refuse_differing,
};
use crate::model::{Code, Problem, Problems};
use crate::report::{About, Report, SortBy, compare_report, ranking_report};

#[derive(Debug, ClapArgs)]
#[command(override_usage = "caseaudit compare [OPTIONS] A B
       caseaudit compare [OPTIONS] --provider NAME
       caseaudit compare [OPTIONS] --programme NAME [--on ID] [--period PERIOD] [--sort BY]")]
#[command(after_help = "Examples:
  caseaudit compare \"North West 2018\" \"North West 2021\"
  caseaudit compare --provider \"North West\"
  caseaudit compare --programme \"Regions 2023/24\" --on 2.1.1 --sort rank
  caseaudit compare --programme \"Regions 2023/24\" --out regions.csv")]
pub(super) struct Args {
    /// The earlier inspection, by name
    #[arg(value_name = "A", required_unless_present_any = ["provider", "programme"], requires = "other")]
    one: Option<String>,
    /// The later one
    #[arg(value_name = "B")]
    other: Option<String>,
    /// The latest two periods of this provider
    #[arg(long, value_name = "NAME", conflicts_with_all = ["one", "programme"])]
    provider: Option<String>,
    /// The providers of this programme: value, rank, quartile and national figure
    #[arg(long, value_name = "NAME", conflicts_with = "one")]
    programme: Option<String>,
    /// Only this measure or key question, or overall
    #[arg(long, value_name = "ID", requires = "programme", conflicts_with_all = ["one", "provider"])]
    on: Option<String>,
    /// Only the inspections of this period
    #[arg(long, value_name = "PERIOD", requires = "programme", conflicts_with_all = ["one", "provider"])]
    period: Option<String>,
    /// The order of the providers: provider, overall, rank, or the number of a standard
    #[arg(long, value_name = "BY", requires = "programme", conflicts_with_all = ["one", "provider"])]
    sort: Option<String>,
    /// Count assessments that are not submitted yet, too, and say so
    #[arg(long)]
    indicative: bool,
    /// Write to this file; its ending (.docx, .html, .ods, .xlsx, .md, .csv, .json, .txt) says the format unless --format does
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let scope = RatingScope::of(args.indicative);
    let store = workplace.open(Access::Read)?;
    let report = match (&args.programme, &args.provider) {
        (Some(programme), _) => providers(&store, programme, args, scope)?,
        (None, Some(provider)) => {
            let pair = rate_latest_periods(&store, provider, scope)?;
            two(&store, pair, scope)?
        }
        (None, None) => {
            let names = [&args.one, &args.other].map(|name| name.as_deref().unwrap_or_default());
            let pair = rate_two(&store, names, scope)?;
            two(&store, pair, scope)?
        }
    };
    workplace.give(&report, args.out.as_deref())
}

fn two(store: &Store, both: [Rated; 2], scope: RatingScope) -> Result<Report, Problems> {
    let about = about_record(store, &both, scope)?;
    let [one, other] = both;
    let one = head_one(store, one, scope)?;
    let other = head_one(store, other, scope)?;
    Ok(Report {
        about,
        ..compare_report(&one, &other)
    })
}

/// What a comparison says of itself. Its figures are those of the record: they are final only where the record gives what was
/// published.
fn about_record(store: &Store, rated: &[Rated], scope: RatingScope) -> Result<About, Problems> {
    let mut about = about_programme(store, rated, scope)?;
    if about.published.is_some() && refuse_differing(store, rated).is_err() {
        about.published = None;
    }
    Ok(about)
}

fn providers(
    store: &Store,
    programme: &str,
    args: &Args,
    scope: RatingScope,
) -> Result<Report, Problems> {
    let rated = rate_programme(store, programme, args.period.as_deref(), scope)?;
    let sort = args.sort.as_deref();
    let sort = sort.map_or(Ok(SortBy::default()), |sort| find_order(&rated, sort))?;
    if let Some(id) = &args.on {
        check_item(&rated, id)?;
    }
    let name = programme_name(&rated, programme);
    let differing = differing_texts(&rated);
    let about = about_record(store, &rated, scope)?;
    let inspected = head_all(store, rated, scope)?;
    let mut report = ranking_report(&name, &inspected, args.on.as_deref(), &sort);
    if report.tables.is_empty() {
        let on = args
            .on
            .as_deref()
            .map_or(String::new(), |id| format!(" on {id}"));
        let what = format!("no provider of {name} has a figure{on} yet");
        let remedy = "import measures, or submit assessments, and compare again";
        return Err(Problem::new(Code::NothingToCompare, what, remedy).into());
    }
    report.about = about;
    report.notes.extend(differing);
    Ok(report)
}
