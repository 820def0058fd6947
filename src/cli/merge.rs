//! `merge`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::interest::say_to_reassign;
use super::workplace::Workplace;
use crate::casework::{Access, merge_files};
use crate::model::Problems;

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit merge /media/stick/laptop-2.db
  caseaudit merge laptop-2.db laptop-3.db laptop-4.db

The files are only read. Merging the same file again changes nothing, and the order of files does not matter. What two
people changed without having seen each other's work is a conflict: `caseaudit settle` lists them.")]
pub(super) struct Args {
    /// Other copies of this database
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let mut store = workplace.open(Access::Write)?;
    let output = workplace.output;
    let bar = output.progress("merging", 0, false);
    let done = merge_files(&mut store, &args.files, |applied, count| {
        bar.set_length(count);
        bar.set_position(applied);
    });
    bar.finish_and_clear();
    let done = done?;
    for (file, count) in &done.merged.added {
        let added = match count {
            0 => "nothing in it is new".to_owned(),
            1 => "1 entry added".to_owned(),
            count => format!("{count} entries added"),
        };
        output.message(&format!("{}: {added}", file.display()));
    }
    match done.merged.cases_count {
        0 => {}
        1 => output.message("work on 1 case came in"),
        count => output.message(&format!("work on {count} cases came in")),
    }
    match done.merged.redacted_count {
        0 => {}
        1 => output.message("the free text of 1 entry is removed here too"),
        count => output.message(&format!(
            "the free text of {count} entries is removed here too"
        )),
    }
    say_to_reassign(output, &done.to_reassign);
    let open = match done.conflicts_count {
        0 if done.conflicts_before > 0 => "no conflict is open any more".to_owned(),
        0 => return Ok(()),
        1 => "1 conflict is open: `caseaudit settle` lists it".to_owned(),
        count => format!("{count} conflicts are open: `caseaudit settle` lists them"),
    };
    output.message(&open);
    Ok(())
}
