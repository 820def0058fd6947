//! Figures as they were published: kept for each closing of an inspection, until it is reopened and ever after.
//!
//! Must not know what the text holds, nor whether the record still gives the same figures.

use std::collections::HashSet;

use rusqlite::{Connection, Row, params};

use super::hash::ActionHash;
use super::log::{RawEntry, parents_of, raw_entry, select_entries};
use super::read::stored_place;
use super::{Reader, ThingId, sha256};
use crate::model::{Action, Change, Problems, Publication};

/// What was published when an inspection was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationRow {
    /// Figures, and the checksum of what they rest on.
    pub publication: Publication,
    /// Who closed the inspection.
    pub who: String,
    /// When, in UTC.
    pub at: String,
    /// By whom, when and why it was reopened; `None` while the publication stands.
    pub reopened: Option<Reopening>,
}

impl PublicationRow {
    /// A few digits that tell the figures apart from others.
    #[must_use]
    pub fn digits(&self) -> String {
        digits(&self.publication)
    }
}

/// The first digits of the hash of what was published.
pub(super) fn digits(publication: &Publication) -> String {
    let hash = sha256(publication.figures.as_bytes());
    hash[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The end of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    /// Who reopened the inspection.
    pub who: String,
    /// When, in UTC.
    pub at: String,
    /// Why.
    pub because: String,
}

/// Keeps what is published with a closing, in place of whatever stood; nothing where nothing is.
pub(super) fn publish(
    db: &Connection,
    inspection: i64,
    action: &Action,
    publication: Option<&Publication>,
) -> Result<(), Problems> {
    let Some(publication) = publication else {
        return Ok(());
    };
    // Something stands only where it is settled which of several closings holds.
    end_all(db, inspection, action)?;
    db.prepare_cached(
        "INSERT INTO publication (inspection, number, figures, basis, who, at)
         SELECT ?1, 1 + count(*), ?2, ?3, ?4, ?5 FROM publication WHERE inspection = ?1",
    )?
    .execute(params![
        inspection,
        publication.figures,
        publication.basis,
        action.who,
        action.at
    ])?;
    Ok(())
}

/// Whoever reopens an inspection, or settles what holds of it, has seen all that was published of it.
pub(super) fn end_all(db: &Connection, inspection: i64, action: &Action) -> Result<(), Problems> {
    db.prepare_cached(
        "UPDATE publication SET reopened_by = ?, reopened_at = ?, reopened_because = ?
          WHERE inspection = ? AND reopened_by IS NULL",
    )?
    .execute(params![action.who, action.at, action.because, inspection])?;
    Ok(())
}

/// Says of one publication, by its place among those of an inspection, with which act it ended; `None` where it stands.
pub(super) fn set_end(
    db: &Connection,
    inspection: ThingId,
    place: usize,
    reopening: Option<&Action>,
) -> Result<(), Problems> {
    db.prepare_cached(
        "UPDATE publication SET reopened_by = ?, reopened_at = ?, reopened_because = ?
          WHERE inspection = (SELECT seq FROM inspection WHERE id = ?) AND number = ?",
    )?
    .execute(params![
        reopening.map(|action| &action.who),
        reopening.map(|action| &action.at),
        reopening.map(|action| &action.because),
        inspection,
        stored_place(place + 1)
    ])?;
    Ok(())
}

impl Reader<'_> {
    /// Everything that was ever published of an inspection, first to last; empty where it was never closed with figures.
    ///
    /// # Errors
    /// What the database reports.
    pub fn publications(self, inspection: ThingId) -> Result<Vec<PublicationRow>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT figures, basis, who, at, reopened_by, reopened_at, reopened_because FROM publication
              WHERE inspection = (SELECT seq FROM inspection WHERE id = ?) ORDER BY number",
        )?;
        let rows = statement.query_map([inspection], publication_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The inspections of which other figures stand as published than the log says: altered, added or removed from outside. Of the
    /// log only the closings and reopenings are looked at, of this inspection or of all: cheap enough to be asked before figures
    /// are shown. Whether the log itself is whole only a check tells.
    ///
    /// # Errors
    /// What the database reports.
    pub fn altered_publications(self, of: Option<ThingId>) -> Result<HashSet<ThingId>, Problems> {
        let mut rulings: Vec<(ThingId, RawEntry)> = Vec::new();
        let mut altered = HashSet::new();
        let mut statement = self.connection.prepare_cached(&select_entries(
            "WHERE entry.kind IN ('close', 'open-again')
               AND (?1 IS NULL OR ifnull(action.inspection, entry.subject) = ?1) ORDER BY entry.seq",
        ))?;
        let mut rows = statement.query([of])?;
        while let Some(row) = rows.next()? {
            let entry = raw_entry(row)?;
            let Some(inspection) = entry.action.inspection.or(entry.subject) else {
                continue;
            };
            let parents = parents_of(self.connection, &entry)?;
            let hash = ActionHash::new(&entry.action);
            let body = entry.body_hash();
            if hash.entry_id(&entry.kind, entry.subject, &parents, &body) != entry.id {
                altered.insert(inspection);
            }
            rulings.push((inspection, entry));
        }
        let is_merged = self.is_merged()?;
        let inspections = self.inspections()?.into_iter().map(|row| row.id);
        for id in inspections.filter(|id| of.is_none_or(|of| of == *id)) {
            let of_this = rulings.iter().filter(|(inspection, _)| *inspection == id);
            let of_this: Vec<&RawEntry> = of_this.map(|(_, entry)| entry).collect();
            if !are_those(&self.publications(id)?, &of_this, is_merged) {
                altered.insert(id);
            }
        }
        Ok(altered)
    }
}

/// Whether publications are those of the entries that closed and reopened an inspection, which stand in the order of the file.
fn are_those(publications: &[PublicationRow], rulings: &[&RawEntry], is_merged: bool) -> bool {
    let mut published: Vec<(&RawEntry, Publication)> = Vec::new();
    for entry in rulings {
        if let Some(Change::CloseInspection(Some(publication))) = entry.change() {
            published.push((*entry, publication));
        }
    }
    if published.len() != publications.len() {
        return false;
    }
    publications.iter().all(|row| {
        let is_it = |(entry, publication): &(&RawEntry, Publication)| {
            let Action { who, at, .. } = &entry.action;
            (who, at, publication) == (&row.who, &row.at, &row.publication)
        };
        let Some(place) = published.iter().position(is_it) else {
            return false;
        };
        let (entry, _) = published.swap_remove(place);
        match &row.reopened {
            Some(end) => rulings.iter().any(|ruling| {
                let Action {
                    who, at, because, ..
                } = &ruling.action;
                (who, at, because) == (&end.who, &end.at, &end.because)
            }),
            // After a merge, whoever reopened it later may not have seen it.
            None => {
                let mut later = rulings.iter().filter(|later| later.seq > entry.seq);
                is_merged || !later.any(|later| later.kind == "open-again")
            }
        }
    })
}

fn publication_row(row: &Row<'_>) -> rusqlite::Result<PublicationRow> {
    let reopened_by: Option<String> = row.get(4)?;
    let reopened = match reopened_by {
        Some(who) => Some(Reopening {
            who,
            at: row.get(5)?,
            because: row.get(6)?,
        }),
        None => None,
    };
    Ok(PublicationRow {
        publication: Publication {
            figures: row.get(0)?,
            basis: row.get(1)?,
        },
        who: row.get(2)?,
        at: row.get(3)?,
        reopened,
    })
}
