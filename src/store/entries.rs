//! The one door for writes: an entry is appended to the log and applied to the state in one transaction.
//!
//! Must not know what a change means for the state (`state`), nor where the clock and ids come from.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::hash::ActionHash;
use super::state::State;
use super::{Edition, Reader, ThingId, body};
use crate::model::{Action, Change, EntryId, Problems, Settled};

/// Appends entries within one transaction; also reads the record as it stands in that transaction.
pub struct Writer<'s> {
    transaction: Transaction<'s>,
    action: &'s Action,
    hash: ActionHash,
    state: State<'s>,
    /// The action's row, once its first entry is written.
    action_seq: Option<i64>,
    /// The latest entry of the log.
    latest: Option<(i64, EntryId)>,
}

pub(super) fn write<T>(
    connection: &mut Connection,
    editions: &[Edition],
    action: &Action,
    work: impl FnOnce(&mut Writer<'_>) -> Result<T, Problems>,
) -> Result<T, Problems> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let latest = latest_entry(&transaction)?;
    let hash = ActionHash::new(action);
    let state = State::new(editions);
    let mut writer = Writer {
        transaction,
        action,
        hash,
        state,
        action_seq: None,
        latest,
    };
    let done = work(&mut writer)?;
    if writer.action_seq.is_some() {
        writer.transaction.commit()?;
    }
    Ok(done)
}

fn latest_entry(connection: &Connection) -> rusqlite::Result<Option<(i64, EntryId)>> {
    connection
        .prepare_cached("SELECT seq, id FROM entry ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, EntryId(row.get(1)?))))
        .optional()
}

impl Writer<'_> {
    /// The record as it stands, the entries of this action included.
    #[must_use]
    pub fn read(&self) -> Reader<'_> {
        Reader::new(&self.transaction)
    }

    /// Appends one entry and applies it. The subject is the case or inspection that it is about; a change that brings a
    /// new thing into being gets its new id.
    ///
    /// Returns what was parked and restored, for a change that touches an answer sheet.
    ///
    /// # Errors
    /// When the change does not fit the state: locked, closed, unknown. The caller then gives up the whole action.
    pub fn append(
        &mut self,
        subject: Option<ThingId>,
        change: &Change,
    ) -> Result<Settled, Problems> {
        let settled = self
            .state
            .apply(&self.transaction, self.action, subject, change)?;
        let action_seq = self.action_row()?;
        let body = body::encode(change);
        let parent = self.latest.map(|(_, id)| id);
        let id = self
            .hash
            .entry_id(change.kind(), subject, parent.as_slice(), &body);
        self.transaction
            .prepare_cached(
                "INSERT INTO entry (id, action, parent, kind, subject, body) VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                id.0,
                action_seq,
                self.latest.map(|(seq, _)| seq),
                change.kind(),
                subject,
                body
            ])?;
        self.latest = Some((self.transaction.last_insert_rowid(), id));
        Ok(settled)
    }

    fn action_row(&mut self) -> Result<i64, Problems> {
        if let Some(seq) = self.action_seq {
            return Ok(seq);
        }
        let Action {
            at,
            who,
            device,
            inspection,
            source,
            because,
        } = self.action;
        self.transaction
            .prepare_cached(
                "INSERT INTO action (at, who, device, inspection, source, because)
                 VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![at, who, device, inspection, source, because])?;
        let seq = self.transaction.last_insert_rowid();
        self.action_seq = Some(seq);
        Ok(seq)
    }
}
