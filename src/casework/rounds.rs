//! Writes what a file says of many inspections, in one transaction.
//!
//! Must not know what is said, nor how the inspections were found.

use std::collections::HashSet;

use super::programmes::Found;
use crate::model::{Action, Change, Place, Problems};
use crate::store::{Edition, Reader, Store};

/// What an import for many providers did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportedRound {
    /// Rows whose measure or judgement was recorded.
    pub recorded: usize,
    /// Rows that say nothing new.
    pub unchanged: usize,
    /// How many different measures or standards the recorded rows are about.
    pub kinds_count: usize,
    /// How many different providers the recorded rows are about.
    pub providers_count: usize,
    /// Inspections that were opened.
    pub opened: usize,
    /// Whether the values that are wanted in percent look like fractions of 1.
    pub looks_like_fractions: bool,
}

/// What one row says.
pub(super) struct Said {
    /// Place of its inspection among those that were found.
    pub(super) inspection: usize,
    /// Where the row stands.
    pub(super) place: Place,
    /// The measure or standard.
    pub(super) about: String,
    /// What changes; `None` if it is recorded already.
    pub(super) change: Option<Change>,
}

/// Opens the inspections that are missing and records what the rows say, all or nothing. `compare` sees the record as it
/// stands then.
///
/// # Errors
/// Changes in closed inspections, each once; what the database reports.
pub(super) fn write_round(
    store: &mut Store,
    action: &Action,
    found: &[&Found],
    compare: impl FnOnce(Reader<'_>) -> Result<Vec<Said>, Problems>,
) -> Result<ImportedRound, Problems> {
    let mut editions: Vec<Edition> = Vec::new();
    for edition in found.iter().map(|found| found.edition()) {
        if editions.iter().all(|known| known.hash != edition.hash) {
            editions.push(edition);
        }
    }
    store.write(&editions, action, |writer| {
        for found in found {
            found.open(writer)?;
        }
        let mut imported = ImportedRound {
            opened: found.iter().filter(|found| found.is_missing()).count(),
            ..ImportedRound::default()
        };
        let (mut kinds, mut providers, mut closed) =
            (HashSet::new(), HashSet::new(), HashSet::new());
        let mut problems = Problems::default();
        for said in compare(writer.read())? {
            let (Some(found), Some(change)) = (found.get(said.inspection), said.change) else {
                imported.unchanged += 1;
                continue;
            };
            if found.closed {
                if closed.insert(said.inspection) {
                    problems.0.push(found.is_closed().at(said.place));
                }
                continue;
            }
            writer.append(Some(found.id), &change)?;
            imported.recorded += 1;
            kinds.insert(said.about);
            providers.insert(found.provider.to_lowercase());
        }
        imported.kinds_count = kinds.len();
        imported.providers_count = providers.len();
        problems.none_or(imported)
    })
}
