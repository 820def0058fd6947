//! `check` and `backup`.

use std::path::Path;

use super::workplace::Workplace;
use crate::casework::{Access, check_record};
use crate::model::Problems;

pub(super) fn run(workplace: &Workplace<'_>) -> Result<(), Problems> {
    let store = workplace.open(Access::Read)?;
    let bar = workplace
        .output
        .progress("verifying", store.read().entries_count()?, false);
    let findings = check_record(&store, |verified| bar.set_position(verified))?;
    bar.finish_and_clear();
    Problems(findings.problems).none_or(())?;
    let entries = findings.entries_count;
    let latest = findings
        .latest
        .map_or_else(|| "none yet".to_owned(), |id| id.to_string());
    workplace.output.text(&format!(
        "{}: sound: {entries} entries, every hash and link verified, the state is what they say\nlatest entry: {latest}\n",
        store.path().display()
    ))
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
