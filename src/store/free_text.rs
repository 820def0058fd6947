//! Which entries hold free text on which published figures may rest, and which of it was taken out.
//!
//! Must not take anything out (`redact`), nor know which figures rest on what.

use std::collections::HashSet;

use rusqlite::params;

use super::log::{RawEntry, raw_entry, select_entries, unreadable};
use super::redact::REDACTED;
use super::{Reader, ThingId};
use crate::model::{Change, EntryId, Problems};

impl Reader<'_> {
    /// The ids of all entries of an inspection that judge, move a rating or draw a sample, and of those that set case information for
    /// which `is_free` says so of the case and the place, sorted. Redacting an entry changes nothing of it.
    ///
    /// # Errors
    /// What the database reports; an entry that this version does not understand.
    pub fn free_text_entries(
        self,
        inspection: ThingId,
        is_free: impl Fn(ThingId, usize) -> bool,
    ) -> Result<Vec<EntryId>, Problems> {
        let mut ids = Vec::new();
        let kinds = "'case', 'information', 'judge', 'proposal', 'decision', 'draw'";
        self.each_of_kinds(inspection, kinds, |entry| {
            let change = entry.change().ok_or_else(|| unreadable(entry.seq))?;
            let places = match &change {
                Change::AddCase { .. } | Change::SetInformation { .. } => places_set(&change),
                _ => {
                    ids.push(entry.id);
                    return Ok(());
                }
            };
            let case = entry.subject;
            if case.is_some_and(|case| places.iter().any(|(place, _)| is_free(case, *place))) {
                ids.push(entry.id);
            }
            Ok(())
        })?;
        ids.sort_unstable();
        Ok(ids)
    }

    /// Each case of an inspection and place of its information of which some entry was redacted.
    ///
    /// # Errors
    /// What the database reports; an entry that this version does not understand.
    pub fn redacted_information(
        self,
        inspection: ThingId,
    ) -> Result<HashSet<(ThingId, usize)>, Problems> {
        let mut redacted = HashSet::new();
        self.each_of_kinds(inspection, "'case', 'information'", |entry| {
            if let (Some(_), Some(case)) = (entry.redacted, entry.subject) {
                let change = entry.change().ok_or_else(|| unreadable(entry.seq))?;
                let gone = places_set(&change).into_iter();
                let gone = gone.filter(|(_, value)| *value == REDACTED);
                redacted.extend(gone.map(|(place, _)| (case, place)));
            }
            Ok(())
        })?;
        Ok(redacted)
    }

    /// Calls `visit` with each entry of these kinds in an inspection. An act on several inspections names none: each of its entries
    /// has its own as subject.
    fn each_of_kinds(
        self,
        inspection: ThingId,
        kinds: &str,
        mut visit: impl FnMut(RawEntry) -> Result<(), Problems>,
    ) -> Result<(), Problems> {
        let mut statement = self.connection.prepare_cached(&select_entries(&format!(
            "WHERE entry.kind IN ({kinds}) AND ifnull(action.inspection, entry.subject) = ?
              ORDER BY entry.seq"
        )))?;
        let mut rows = statement.query(params![inspection])?;
        while let Some(row) = rows.next()? {
            visit(raw_entry(row)?)?;
        }
        Ok(())
    }
}

/// The case information that a change sets: place and value.
fn places_set(change: &Change) -> Vec<(usize, &str)> {
    match change {
        Change::AddCase { information, .. } => {
            let values = information.iter().enumerate();
            let values = values.filter_map(|(place, value)| Some((place, value.as_deref()?)));
            values.collect()
        }
        Change::SetInformation { values } => {
            let values = values.iter();
            let values =
                values.map(|(place, value)| (*place, value.as_deref().unwrap_or_default()));
            values.collect()
        }
        _ => Vec::new(),
    }
}
