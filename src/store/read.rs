//! What the record holds, as plain values.
//!
//! Must not write, count (`tallies`) or judge.

use rusqlite::{Connection, OptionalExtension};

use super::ThingId;
use super::case_rows::{Extent, INSPECTION_ROW};
use super::log::{unreadable, verify};
use crate::model::{Action, Change, EntryId, Problems};

/// Reads one database, inside a write or outside.
#[derive(Clone, Copy)]
pub struct Reader<'c> {
    pub(super) connection: &'c Connection,
}

/// An inspection of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectionRow {
    /// Its id.
    pub id: ThingId,
    /// Its name.
    pub name: String,
    /// SHA-256 of its framework's text.
    pub framework: [u8; 32],
    /// The framework's id.
    pub framework_id: String,
    /// The service that is inspected.
    pub provider: String,
    /// The round it belongs to; empty for none.
    pub programme: String,
    /// The period it is about; empty for none.
    pub period: String,
    /// Whether its figures are those of the whole nation.
    pub national: bool,
    /// Whether it is closed.
    pub closed: bool,
}

/// A rating that people set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgementRow {
    /// The standard's number.
    pub standard: String,
    /// The rating's id.
    pub rating: String,
    /// The reason.
    pub because: String,
    /// Who recorded it.
    pub who: String,
    /// When, in UTC.
    pub at: String,
}

impl JudgementRow {
    /// Whether this is what a change says.
    #[must_use]
    pub fn is(&self, change: &Change) -> bool {
        matches!(change, Change::Judge { standard, rating: Some(rating), because }
            if (standard, rating, because) == (&self.standard, &self.rating, &self.because))
    }
}

/// One entry of the log, with the act it was part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// Its place in this file's log.
    pub seq: i64,
    /// Its id.
    pub id: EntryId,
    /// Place of its action in this file's log.
    pub action_seq: i64,
    /// Who, when, where, why.
    pub action: Action,
    /// The case or inspection that it is about.
    pub subject: Option<ThingId>,
    /// What was changed.
    pub change: Change,
}

impl<'c> Reader<'c> {
    pub(super) fn new(connection: &'c Connection) -> Reader<'c> {
        Reader { connection }
    }

    /// Every inspection, in the order in which they were opened.
    ///
    /// # Errors
    /// What the database reports.
    pub fn inspections(self) -> Result<Vec<InspectionRow>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT inspection.id, name, framework.hash, framework.id, provider, programme, period, national,
                    closed
               FROM inspection JOIN framework ON framework.seq = inspection.framework
              ORDER BY inspection.seq",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(InspectionRow {
                id: row.get(0)?,
                name: row.get(1)?,
                framework: row.get(2)?,
                framework_id: row.get(3)?,
                provider: row.get(4)?,
                programme: row.get(5)?,
                period: row.get(6)?,
                national: row.get(7)?,
                closed: row.get(8)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Hash, id and exact text of every framework edition in the file, in the order in which they were added.
    ///
    /// # Errors
    /// What the database reports.
    pub fn frameworks(self) -> Result<Vec<([u8; 32], String, String)>, Problems> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT hash, id, text FROM framework ORDER BY seq")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The exact text of one framework edition.
    ///
    /// # Errors
    /// What the database reports.
    pub fn framework_text(self, hash: &[u8; 32]) -> Result<Option<String>, Problems> {
        Ok(self
            .connection
            .prepare_cached("SELECT text FROM framework WHERE hash = ?")?
            .query_row([hash], |row| row.get(0))
            .optional()?)
    }

    /// Notes of one case: question place and text.
    ///
    /// # Errors
    /// What the database reports.
    pub fn notes(self, case: ThingId) -> Result<Vec<(usize, String)>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT place, text FROM note JOIN casefile ON casefile.seq = note.casefile
              WHERE casefile.id = ? ORDER BY place",
        )?;
        let rows = statement.query_map([case], |row| Ok((place(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every note of an inspection: case id, question place, text.
    ///
    /// # Errors
    /// What the database reports.
    pub fn all_notes(self, inspection: ThingId) -> Result<Vec<(ThingId, usize, String)>, Problems> {
        // All notes of the file in their order, or the cases of the inspection and then their notes.
        let joined = if Extent::of(self.connection, inspection)?.is_large {
            "note CROSS JOIN casefile"
        } else {
            "casefile CROSS JOIN note"
        };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, place, text FROM {joined} ON note.casefile = casefile.seq
              WHERE inspection = (SELECT seq FROM inspection WHERE id = ?)
              ORDER BY note.casefile, place"
        ))?;
        let rows = statement.query_map([inspection], |row| {
            Ok((row.get(0)?, place(row.get(1)?), row.get(2)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The judgements of an inspection, by standard.
    ///
    /// # Errors
    /// What the database reports.
    pub fn judgements(self, inspection: ThingId) -> Result<Vec<JudgementRow>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT standard, rating, because, who, at FROM judgement
               JOIN inspection ON inspection.seq = judgement.inspection
              WHERE inspection.id = ? ORDER BY standard",
        )?;
        let rows = statement.query_map([inspection], |row| {
            Ok(JudgementRow {
                standard: row.get(0)?,
                rating: row.get(1)?,
                because: row.get(2)?,
                who: row.get(3)?,
                at: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The log in canonical order, which is the same in every file: all of it, or what is about one case or inspection.
    ///
    /// # Errors
    /// What the database reports; an entry that this version does not understand.
    pub fn history(self, subject: Option<ThingId>) -> Result<Vec<HistoryRow>, Problems> {
        let mut history = Vec::new();
        self.each_entry(subject, |entry| {
            let change = entry.change().ok_or_else(|| unreadable(entry.seq))?;
            history.push(HistoryRow {
                seq: entry.seq,
                id: entry.id,
                action_seq: entry.action_seq,
                action: entry.action,
                subject: entry.subject,
                change,
            });
            Ok(())
        })?;
        if self.is_merged()? {
            let (links, _) = verify(self)?;
            let mut ranks = vec![0; links.ids.len()];
            for (rank, at) in links.graph.order().iter().enumerate() {
                ranks[*at] = rank;
            }
            history.sort_by_key(|row| ranks.get(place(row.seq - 1)).copied());
        }
        Ok(history)
    }

    /// Whether entries came in from another file that do not simply follow those that were here.
    pub(super) fn is_merged(self) -> Result<bool, Problems> {
        let sql = "SELECT EXISTS (SELECT 1 FROM entry_parent) OR EXISTS (SELECT 1 FROM head)";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// How many cases are neither submitted nor withdrawn.
    ///
    /// # Errors
    /// What the database reports.
    pub fn outstanding_count(self, inspection: ThingId) -> Result<u64, Problems> {
        let among = Extent::of(self.connection, inspection)?.among(INSPECTION_ROW);
        let count: i64 = self
            .connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM casefile
                  WHERE NOT submitted AND NOT withdrawn AND NOT exercise AND {among}",
            ))?
            .query_row([inspection], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// How many entries the log has.
    ///
    /// # Errors
    /// What the database reports.
    pub fn entries_count(self) -> Result<u64, Problems> {
        let count: i64 = self
            .connection
            .query_row("SELECT count(*) FROM entry", [], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}

/// A place as SQLite keeps it; no framework has so many that it would not fit.
pub(super) fn stored_place(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

/// A stored place; a negative one, which no CHECK lets through, lies beyond every sheet.
pub(super) fn place(stored: i64) -> usize {
    usize::try_from(stored).unwrap_or(usize::MAX)
}

/// A number as SQLite keeps it; no extract has so many rows that it would not fit.
pub(super) fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(super) fn count(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}
