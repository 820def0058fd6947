//! `measure`.

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::{TypedFigures, record_measure};
use crate::model::Problems;

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit measure M1 71.2 --target 70 --mark p
  caseaudit measure M1 71.2 --national \"\"
  caseaudit measure M1 --clear

What is left out stays as it is recorded; an empty text takes a figure back.")]
pub(super) struct Args {
    /// Id of the measure: see `caseaudit framework show`
    measure: String,
    /// Its value, such as 71.2 or "71.2 [p]"; [x] where it is not available
    #[arg(
        required_unless_present = "clear",
        conflicts_with = "clear",
        allow_negative_numbers = true
    )]
    value: Option<String>,
    /// The target of this provider and period
    #[arg(long, value_name = "FIGURE", allow_negative_numbers = true)]
    target: Option<String>,
    /// The national figure
    #[arg(long, value_name = "FIGURE", allow_negative_numbers = true)]
    national: Option<String>,
    /// The figure of the period before
    #[arg(long, value_name = "FIGURE", allow_negative_numbers = true)]
    previous: Option<String>,
    /// How many observations the value rests on
    #[arg(long, value_name = "COUNT")]
    observations: Option<String>,
    /// A mark of the value: p (provisional), r (revised) or z (unreliable); again and again
    #[arg(long, value_name = "MARK")]
    mark: Vec<String>,
    /// Take back all that is recorded of the measure
    #[arg(long, conflicts_with_all = ["target", "national", "previous", "observations", "mark"])]
    clear: bool,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let typed = args.value.as_deref().map(|value| TypedFigures {
        value,
        marks: &args.mark,
        target: args.target.as_deref(),
        national: args.national.as_deref(),
        previous: args.previous.as_deref(),
        observations: args.observations.as_deref(),
    });
    let recorded = record_measure(
        &mut store,
        &desk,
        &inspection,
        &args.measure,
        typed.as_ref(),
    )?;
    let measure = recorded.measure;
    workplace.output.message(&match recorded.now {
        _ if !recorded.changed => format!("{measure}: nothing changed"),
        Some(now) => format!("{measure}: {now}"),
        None => format!("{measure}: taken back"),
    });
    for doubt in recorded.doubts {
        workplace.output.message(&format!("note: {doubt}"));
    }
    Ok(())
}
