//! `rate`.

use clap::Args as ClapArgs;

use super::format::Format;
use super::workplace::Workplace;
use crate::casework::{Inspection, RatingScope, Store, head_report, rate, rate_by, show_progress};
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
    let scope = RatingScope::of(args.indicative);
    let heading = head_report(&store, &inspection, scope)?;
    let (framework, output) = (&inspection.framework, workplace.output);
    let Some(attribute) = &args.by else {
        let rating = rate(&store, &inspection, scope)?;
        if scope == RatingScope::Submitted && rating.overall.is_none() {
            say_what_waits(workplace, &store, &inspection)?;
        }
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
        _ => {
            let title = inspection.find_attribute(attribute)?;
            output.report(&report::rate_by_report(framework, title, &groups, &heading))
        }
    }
}

/// Somebody who recorded everything and submitted nothing wants to know why nothing is rated.
fn say_what_waits(
    workplace: &Workplace<'_>,
    store: &Store,
    inspection: &Inspection,
) -> Result<(), Problems> {
    let count = show_progress(store, inspection, None)?.total.in_hand;
    let assessments = match count {
        0 => return Ok(()),
        1 => "1 assessment is not submitted and does not count".to_owned(),
        count => format!("{count} assessments are not submitted and do not count"),
    };
    workplace.output.message(&format!(
        "note: {assessments}; `caseaudit submit REF` submits one, --indicative counts them as they are"
    ));
    Ok(())
}
