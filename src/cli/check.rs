//! `check` and `backup`.

use std::path::Path;

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::{Access, check_record, compare_published, holds_entry};
use crate::model::{Code, Problem, Problems};

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit check
  caseaudit check --noted 4bf68344d4b0

Note the latest entry that check prints, away from the file: with --noted, check also proves later that nothing up to it
was taken out at the end. After a merge there may be several latest entries: note each, and give --noted for each.")]
pub(super) struct Args {
    /// The latest entry that you noted from an earlier check, or its first digits (12 or more)
    #[arg(long, value_name = "ENTRY", value_parser = digits)]
    noted: Vec<String>,
}

fn digits(text: &str) -> Result<String, String> {
    let is_id =
        (12..=64).contains(&text.len()) && text.chars().all(|digit| digit.is_ascii_hexdigit());
    if is_id {
        Ok(text.to_lowercase())
    } else {
        Err("give 12 to 64 digits of the entry, 0 to 9 and a to f".to_owned())
    }
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let store = workplace.open(Access::Read)?;
    let bar = workplace
        .output
        .progress("verifying", store.read().entries_count()?, false);
    let findings = check_record(&store, |verified| bar.set_position(verified))?;
    bar.finish_and_clear();
    Problems(findings.problems).none_or(())?;
    let mut missing = Problems::default();
    for noted in &args.noted {
        if !holds_entry(&store, noted)? {
            let what = format!(
                "the log does not hold the entry {noted}: what was recorded last was taken out, or it is another file"
            );
            let problem = Problem::new(Code::LogBroken, what, "compare with a backup");
            missing.0.push(problem);
        }
    }
    missing.none_or(())?;
    let entries = findings.entries_count;
    let ids: Vec<String> = findings.latest.iter().map(ToString::to_string).collect();
    let latest = match ids.as_slice() {
        [] => "latest entry: none yet".to_owned(),
        [only] => format!("latest entry: {only}"),
        several => format!("latest entries: {}", several.join("\n                ")),
    };
    let published = compare_published(&store)?;
    workplace.output.text(&format!(
        "{}: sound: {entries} entries, every hash and link verified, the state is what they say\n{latest}\n",
        store.path().display()
    ))?;
    for left_out in &published.left_out {
        workplace.output.message(&format!("note: {left_out}"));
    }
    // The record is sound all the same.
    Problems(published.problems).none_or(())?;
    match published.inspections_count {
        0 => Ok(()),
        1 => workplace
            .output
            .text("published figures: those of 1 closed inspection are what the record gives\n"),
        count => workplace.output.text(&format!(
            "published figures: those of {count} closed inspections are what the record gives\n"
        )),
    }
}

pub(super) fn backup(workplace: &Workplace<'_>, file: &Path) -> Result<(), Problems> {
    let store = workplace.open(Access::Read)?;
    store.back_up(file)?;
    workplace.output.message(&format!(
        "copied {} to {}",
        store.path().display(),
        file.display()
    ));
    Ok(())
}
