//! Who has an interest in which cases: how it is recorded and read.
//!
//! Must not know who is given which case.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Reader, ThingId};
use crate::model::Problems;

/// That somebody may not assess a case, or any case of an officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterestRow {
    /// The assessor's name or code.
    pub assessor: String,
    /// The reference of the case; empty where it is about an officer.
    pub reference: String,
    /// The officer's code; empty where it is about a case.
    pub officer: String,
}

/// Records that assessor, reference and officer go together, or that they do not. An interest in a case is one in that case,
/// whatever reference it goes by: it is kept under the one that the case has now.
pub(super) fn declare_interest(
    db: &Connection,
    inspection: i64,
    case: Option<ThingId>,
    [assessor, reference, officer]: [&str; 3],
    holds: bool,
) -> Result<(), Problems> {
    let sql = if holds {
        "INSERT OR IGNORE INTO interest (inspection, assessor, reference, officer) VALUES (?, ?, ?, ?)"
    } else {
        "DELETE FROM interest WHERE inspection = ? AND assessor = ? AND reference = ? AND officer = ?"
    };
    let now: Option<String> = db
        .prepare_cached("SELECT reference FROM casefile WHERE id = ? AND ? <> ''")?
        .query_row(params![case, reference], |row| row.get(0))
        .optional()?;
    let reference = now.as_deref().unwrap_or(reference);
    db.prepare_cached(sql)?
        .execute(params![inspection, assessor, reference, officer])?;
    Ok(())
}

/// The interests in a case go with it to the reference that it has now.
pub(super) fn move_interests(
    db: &Connection,
    inspection: i64,
    before: &str,
    case: i64,
) -> Result<(), Problems> {
    db.prepare_cached(
        "UPDATE interest SET reference = (SELECT reference FROM casefile WHERE seq = ?3)
          WHERE inspection = ?1 AND reference = ?2",
    )?
    .execute(params![inspection, before, case])?;
    Ok(())
}

impl Reader<'_> {
    /// Every interest that was declared in an inspection, by assessor.
    ///
    /// # Errors
    /// What the database reports.
    pub fn interests(self, inspection: ThingId) -> Result<Vec<InterestRow>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT assessor, reference, officer FROM interest
              WHERE inspection = (SELECT seq FROM inspection WHERE id = ?)
              ORDER BY assessor, reference, officer",
        )?;
        let rows = statement.query_map([inspection], |row| {
            Ok(InterestRow {
                assessor: row.get(0)?,
                reference: row.get(1)?,
                officer: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
