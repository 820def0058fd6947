//! How an inspection stands: open, closed or in conflict, and what of it was published last.
//!
//! Must not know what an annex shows (`publishing`).

use super::inspections::Inspection;
use super::publications::{day, each_once, load_publications, standing};
use crate::model::Problems;
use crate::report::{Groups, read_stored};
use crate::store::{Field, PublicationRow, Store, ThingId};

/// What was published last of an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastPublished {
    /// The day of the closing, in UTC.
    pub day: String,
    /// Its number among the publications, from 1.
    pub version: u64,
    /// Its tables of groups; `None` where it has none.
    pub groups: Option<Groups>,
    /// Whether it stands; else it is under revision.
    pub stands: bool,
}

/// What was published last: what stands, or else what came last; `None` where nothing was published.
///
/// # Errors
/// What the file holds as published is not what the log says; what the database reports.
pub fn last_published(
    store: &Store,
    inspection: &Inspection,
) -> Result<Option<LastPublished>, Problems> {
    let publications = load_publications(store, inspection)?;
    let holds = standing(&publications);
    let Some(row) = holds.or(publications.last()) else {
        return Ok(None);
    };
    let versions = each_once(publications.clone());
    let is_it = |version: &&PublicationRow| version.publication.figures == row.publication.figures;
    let mut numbered = (1..).zip(&versions);
    let found = numbered.find(|(_, version)| is_it(version));
    let (version, first) = found.unwrap_or((1, row));
    Ok(Some(LastPublished {
        day: day(&first.at).to_owned(),
        version,
        groups: read_stored(&row.publication.figures)?.groups,
        stands: holds.is_some(),
    }))
}

/// `open`, `closed`, or `in conflict` where that, or which closing holds, is not settled.
///
/// # Errors
/// What the database reports.
pub fn inspection_state(
    store: &Store,
    inspection: ThingId,
    closed: bool,
) -> Result<&'static str, Problems> {
    let conflicts = store.read().conflicts_about(inspection)?;
    let is_open = conflicts
        .iter()
        .any(|conflict| conflict.field == Field::Status);
    Ok(match closed {
        _ if is_open => "in conflict",
        true => "closed",
        false => "open",
    })
}
