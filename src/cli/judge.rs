//! `judge`.

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::judge_standard;
use crate::model::Problems;

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit judge 1.1 good --because \"Clear vision, understood by staff\"
  caseaudit judge 2.4 \"Requires improvement\" --because \"Panel: reviews of risk of harm fall short\"
  caseaudit judge 2.4 --withdraw --because \"Entered for the wrong standard\"")]
pub(super) struct Args {
    /// Number of the standard; or `overall`, where people set the overall rating or record it as published
    standard: String,
    /// The rating, by id or title
    #[arg(required_unless_present = "withdraw", conflicts_with = "withdraw")]
    rating: Option<String>,
    /// What the judgement rests on
    #[arg(long, value_name = "REASON")]
    because: String,
    /// Take the judgement back
    #[arg(long)]
    withdraw: bool,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let judged = judge_standard(
        &mut store,
        &desk,
        &inspection,
        &args.standard,
        args.rating.as_deref(),
        &args.because,
    )?;
    let scale = &inspection.framework.scale;
    let Some(rating) = judged.rating else {
        workplace
            .output
            .message(&format!("{}: judgement withdrawn", judged.standard));
        return Ok(());
    };
    workplace
        .output
        .message(&format!("{}: {}", judged.standard, scale.title(rating)));
    if judged.waits {
        workplace.output.message(&format!(
            "note: its {} no rating yet, so there is nothing to move",
            judged.rests_on
        ));
    }
    if let Some(computed) = judged.computed.filter(|computed| *computed != rating) {
        workplace.output.message(&format!(
            "its {} {}; both ratings are shown",
            judged.rests_on,
            scale.title(computed)
        ));
        if judged.discretion.is_empty() {
            workplace.output.message(
                "note: nothing makes this standard eligible for discretion under the framework",
            );
        }
    }
    Ok(())
}
