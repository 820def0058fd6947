//! `rate`.

use clap::Args as ClapArgs;

use super::output::Format;
use super::workplace::Workplace;
use crate::casework::{RatingScope, rate, rate_by};
use crate::model::Problems;
use crate::report;

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit rate
  caseaudit rate --by ldu
  caseaudit rate --indicative
  caseaudit rate --format json")]
pub(super) struct Args {
    /// Rate each group of cases that share a value of this case information
    #[arg(long, value_name = "ATTRIBUTE")]
    by: Option<String>,
    /// Count assessments that are not submitted yet, too: the ratings are indicative only
    #[arg(long)]
    indicative: bool,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let (store, inspection) = workplace.look()?;
    let scope = if args.indicative {
        RatingScope::Indicative
    } else {
        RatingScope::Submitted
    };
    let heading = workplace.heading(&store, &inspection, scope)?;
    let (framework, output) = (&inspection.framework, workplace.output);
    let Some(attribute) = &args.by else {
        let rating = rate(&store, &inspection, scope)?;
        return match output.format {
            Format::Terminal => output.lines(&report::rate_lines(framework, &rating, &heading)),
            Format::Json => output.text(&report::write_rating_json(framework, &rating, &heading)?),
            _ => output.report(&report::rate_report(framework, &rating, &heading)),
        };
    };
    let groups: Vec<_> = rate_by(&store, &inspection, scope, attribute)?
        .into_iter()
        .map(|group| {
            (
                group.value.unwrap_or_else(|| "not recorded".to_owned()),
                group.rating,
            )
        })
        .collect();
    match output.format {
        Format::Json => output.text(&report::write_rating_by_json(
            framework, attribute, &groups, &heading,
        )?),
        _ => output.report(&report::rate_by_report(
            framework, attribute, &groups, &heading,
        )),
    }
}
