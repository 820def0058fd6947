//! Figures as they were published: kept for each closing of an inspection, until it is reopened and ever after.
//!
//! Must not know what the text holds, nor whether the record still gives the same figures.

use rusqlite::{Connection, Row, params};

use super::read::stored_place;
use super::{Reader, ThingId};
use crate::model::{Action, Problems, Publication};

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

/// Keeps what is published with a closing; nothing where nothing is.
pub(super) fn publish(
    db: &Connection,
    inspection: i64,
    action: &Action,
    publication: Option<&Publication>,
) -> Result<(), Problems> {
    let Some(publication) = publication else {
        return Ok(());
    };
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

/// Whoever reopens an inspection has seen all that was published of it.
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
