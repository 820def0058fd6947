//! Bringing together what a team recorded on several laptops.
//!
//! Must not know how entries are put in order, or what is in conflict (`store`).

use std::path::PathBuf;

use super::frameworks::read_edition;
use super::giving::{ToReassign, list_all_to_reassign};
use crate::model::Problems;
use crate::store::{Merged, Store};

/// What merging did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedFiles {
    /// What came from which file.
    pub merged: Merged,
    /// How many conflicts were open before.
    pub conflicts_before: usize,
    /// How many are open now.
    pub conflicts_count: usize,
    /// Cases that somebody has although they have an interest in them, now that all is put together.
    pub to_reassign: Vec<ToReassign>,
}

/// Adds the entries of other copies of this record, which are only read. `progress` is told how many entries have been
/// worked through, of how many.
///
/// # Errors
/// Everything that is wrong with the files, each problem with its place; nothing is stored then.
pub fn merge_files(
    store: &mut Store,
    files: &[PathBuf],
    progress: impl FnMut(u64, u64),
) -> Result<MergedFiles, Problems> {
    let conflicts_before = store.read().conflicts_count()?;
    let merged = store.merge(files, read_edition, progress)?;
    Ok(MergedFiles {
        merged,
        conflicts_before,
        conflicts_count: store.read().conflicts_count()?,
        to_reassign: list_all_to_reassign(store)?,
    })
}
