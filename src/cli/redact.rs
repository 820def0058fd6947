//! `redact`.

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::{Access, redact_entry};
use crate::model::Problems;

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit redact 4bf68344d4b0 --because \"A name was typed into the note\"

The free text of the entry goes from the whole file, and cannot be brought back. Its answers stay, and so do who recorded
it, when and why: reasons, given with --because, are never removed. In other copies of the file the text goes when they are
merged. Backups keep it: delete them.")]
pub(super) struct Args {
    /// The entry: 12 or more digits of it, as history prints them
    entry: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    because: String,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let desk = workplace.desk()?;
    let mut store = workplace.open(Access::Write)?;
    let bar = workplace.output.progress("redacting", 0, false);
    let entry = args.entry.to_lowercase();
    let redacted = redact_entry(
        &mut store,
        &desk,
        &entry,
        &args.because,
        |applied, count| {
            bar.set_length(count);
            bar.set_position(applied);
        },
    );
    bar.finish_and_clear();
    let redacted = redacted?;
    let at = redacted.at.replace('T', " ");
    let at: String = at.chars().take(19).collect();
    let done = if redacted.was_redacted {
        "removed before"
    } else {
        "removed"
    };
    workplace.output.message(&format!(
        "{done}: {}, recorded by {} at {at}",
        redacted.what, redacted.who
    ));
    Ok(())
}
