//! `annex`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::{
    Access, AnnexWanted, GroupsWanted, Inspection, Rated, RatingScope, Store, SurenessWanted,
    about_programme, build_annex, build_earlier_annex, differing_texts, find_order, head_all,
    lacking_period, rate_programme, refuse_differing,
};
use crate::model::{Code, Problem, Problems, list_some};
use crate::report::{
    FileKind, Report, ResultFile, SortBy, View, draw_png, draw_svg, programme_report,
};

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit annex
  caseaudit annex --counts
  caseaudit annex --technical
  caseaudit annex --technical --confidence 80 --seed 20181008 --draws 50000
  caseaudit annex --out annex.md
  caseaudit annex --out annex.ods
  caseaudit annex --format csv > annex.csv
  caseaudit annex --by gender --out annex.ods
  caseaudit annex --words
  caseaudit annex --publication 1 --out as-first-published.docx
  caseaudit annex --charts pictures
  caseaudit annex --programme \"Regions 2023/24\" --sort overall")]
pub(super) struct Args {
    /// Show the counts behind each percent
    #[arg(long, conflicts_with = "programme")]
    counts: bool,
    /// Add how sure the figures are: intervals, and how likely each rating is
    #[arg(long, conflicts_with = "programme")]
    technical: bool,
    /// Two-sided confidence of the intervals in percent, 50 to 99.9 [default: 95]
    #[arg(long, value_name = "PERCENT", conflicts_with_all = ["programme", "words"])]
    confidence: Option<String>,
    /// From which number samples are drawn again, to see how sure the ratings are [default: 1]
    #[arg(long, value_name = "NUMBER", requires = "technical", conflicts_with_all = ["programme", "words"])]
    seed: Option<u64>,
    /// How often they are drawn again, 1000 to 1000000 [default: 10000]
    #[arg(long, value_name = "N", requires = "technical", conflicts_with_all = ["programme", "words"], value_parser = clap::value_parser!(u64).range(1_000..=1_000_000))]
    draws: Option<u64>,
    /// Add tables of the groups of cases that share a value of this case information; again and again, or with commas
    #[arg(
        long,
        value_name = "ATTRIBUTE",
        value_delimiter = ',',
        conflicts_with = "programme"
    )]
    by: Vec<String>,
    /// Suppress groups with fewer applicable cases than this (0: none); else as the framework says, or 10
    #[arg(long, value_name = "N", requires = "by")]
    smallest_group: Option<u64>,
    /// What was published earlier: 1 is the first publication; its first note says when it was superseded
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), conflicts_with_all = ["programme", "indicative", "confidence", "seed", "draws"])]
    publication: Option<u64>,
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
    /// The words for the figures, for the prose, and nothing else
    #[arg(long, conflicts_with_all = ["counts", "technical", "by", "charts", "programme"])]
    words: bool,
    /// Leave the charts out of the formats that show them
    #[arg(long, conflicts_with = "charts")]
    no_charts: bool,
    /// Write each chart to this folder, as SVG and as PNG, and nothing else
    #[arg(long, value_name = "FOLDER", conflicts_with = "out")]
    charts: Option<PathBuf>,
    /// Write to this file; its ending (.docx, .html, .ods, .xlsx, .md, .csv, .json, .txt) says the format unless --format does
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let scope = RatingScope::of(args.indicative);
    let report = match &args.programme {
        Some(programme) => programme_of(workplace, programme, args, scope)?,
        None => {
            let (store, inspection) = workplace.look()?;
            let is_drawn = args.charts.is_some() || workplace.output.draws(args.out.as_deref());
            let view = View {
                counts: args.counts,
                charts: !args.no_charts && is_drawn,
                words: args.words,
                technical: args.technical,
                subgroups: !args.by.is_empty(),
            };
            let confidence = args.confidence.as_deref();
            if confidence.is_some() && !view.technical && !view.charts {
                return Err(no_interval().into());
            }
            let wanted = AnnexWanted {
                scope,
                view,
                groups: GroupsWanted {
                    by: args.by.clone(),
                    smallest: args.smallest_group,
                },
                sureness: SurenessWanted::of(confidence, args.seed, args.draws)?,
            };
            match args.publication {
                Some(number) => build_earlier_annex(&store, &inspection, number, &wanted)?,
                None => {
                    if !view.words {
                        say_lacking_period(workplace, &store, &inspection)?;
                    }
                    build_annex(&store, &inspection, &wanted)?
                }
            }
        }
    };
    match &args.charts {
        Some(folder) => workplace.output.files_to(folder, &chart_files(&report)?),
        None => workplace.give(&report, args.out.as_deref()),
    }
}

/// Says why an annex is not compared with another inspection of the provider, where only a period is missing for that.
fn say_lacking_period(
    workplace: &Workplace<'_>,
    store: &Store,
    inspection: &Inspection,
) -> Result<(), Problems> {
    let names = lacking_period(store, inspection)?;
    let Some(first) = names.first() else {
        return Ok(());
    };
    let name = match inspection.period.is_empty() {
        true => &inspection.name,
        false => first,
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    workplace.output.message(&format!(
        "note: not compared with {}, because only one of the two has a period: caseaudit inspection change \"{name}\" --period P --because \"…\"",
        list_some(&names)
    ));
    Ok(())
}

/// A confidence is given, and nothing would show what it is of.
fn no_interval() -> Problem {
    let what = "--confidence says nothing here: no interval is shown";
    let remedy = "leave it out, or add --technical, or --charts FOLDER; the formats docx and html show charts of themselves";
    Problem::new(Code::WrongValue, what, remedy)
}

fn chart_files(report: &Report) -> Result<Vec<ResultFile>, Problems> {
    let mut files = Vec::new();
    for chart in &report.charts {
        let drawn = [
            ("svg", FileKind::Svg, draw_svg(chart).into_bytes()),
            ("png", FileKind::Png, draw_png(chart)?),
        ];
        files.extend(drawn.map(|(ending, kind, bytes)| ResultFile {
            name: format!("{}.{ending}", chart.id),
            bytes,
            kind,
            title: chart.title.clone(),
            alternative: chart.alternative.clone(),
        }));
    }
    if files.is_empty() {
        let what = "there is nothing to draw";
        let remedy = "charts show the percent yes of key questions, and ratings of a programme";
        return Err(Problem::new(Code::NothingToCompare, what, remedy).into());
    }
    Ok(files)
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
    if scope == RatingScope::Submitted {
        refuse_differing(&store, &rated)?;
    }
    let about = about_programme(&store, &rated, scope)?;
    let inspected = head_all(&store, rated, scope)?;
    let mut report = programme_report(&name, &inspected, &sort);
    report.about = about;
    report.notes.extend(differing);
    if args.no_charts {
        report.charts.clear();
    }
    Ok(report)
}

/// The programme as the record writes it.
pub(super) fn programme_name(rated: &[Rated], typed: &str) -> String {
    let recorded = rated.first().map(|one| one.inspection.programme.as_str());
    recorded.unwrap_or(typed).to_owned()
}
