//! The one door for writes: an entry is appended to the log and applied to the state in one transaction.
//!
//! Must not know what a change means for the state (`state`), nor where the clock and ids come from.

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::hash::ActionHash;
use super::log::heads;
use super::one_case::CaseState;
use super::state::{Mode, State};
use super::{Edition, Reader, ThingId, body, sha256};
use crate::model::{Action, Change, EntryId, Problems, Settled};

/// Appends entries within one transaction; also reads the record as it stands in that transaction.
pub struct Writer<'s> {
    transaction: Transaction<'s>,
    action: &'s Action,
    hash: ActionHash,
    state: State<'s>,
    /// The action's row, once its first entry is written.
    action_seq: Option<i64>,
    /// The latest entries, which the next one names: one, unless files were merged since anything was recorded.
    heads: Vec<(i64, EntryId)>,
}

/// A change with what the log will say of it, worked out before it is its turn, perhaps by another thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodedChange {
    change: Change,
    body: Body,
}

impl EncodedChange {
    /// Encodes a change.
    #[must_use]
    pub fn new(change: Change) -> EncodedChange {
        let body = Body::of(&change);
        EncodedChange { change, body }
    }
}

/// What a change is in the log: its text, and the hash of that.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Body {
    text: String,
    hash: [u8; 32],
}

impl Body {
    fn of(change: &Change) -> Body {
        let text = body::encode(change);
        let hash = sha256(text.as_bytes());
        Body { text, hash }
    }
}

pub(super) fn write<T>(
    connection: &mut Connection,
    editions: &[Edition],
    action: &Action,
    work: impl FnOnce(&mut Writer<'_>) -> Result<T, Problems>,
) -> Result<T, Problems> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let heads = heads(&transaction)?;
    let hash = ActionHash::new(action);
    let state = State::new(editions, Mode::Recording);
    let mut writer = Writer {
        transaction,
        action,
        hash,
        state,
        action_seq: None,
        heads,
    };
    let done = work(&mut writer)?;
    if writer.action_seq.is_some() {
        writer.transaction.commit()?;
    }
    Ok(done)
}

impl Writer<'_> {
    /// The record as it stands, the entries of this action included.
    #[must_use]
    pub fn read(&self) -> Reader<'_> {
        Reader::new(&self.transaction)
    }

    /// Whether anything of this action is written already.
    pub(super) fn has_written(&self) -> bool {
        self.action_seq.is_some()
    }

    /// Keeps cases at hand that changes are about to be written to.
    pub(super) fn keep_ahead(&mut self, cases: Vec<CaseState>) {
        self.state.cases.keep_ahead(cases);
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
        self.append_body(subject, change, &Body::of(change))
    }

    /// The same for a change that is encoded already.
    ///
    /// # Errors
    /// As of [`Writer::append`].
    pub fn append_encoded(
        &mut self,
        subject: Option<ThingId>,
        encoded: &EncodedChange,
    ) -> Result<Settled, Problems> {
        self.append_body(subject, &encoded.change, &encoded.body)
    }

    fn append_body(
        &mut self,
        subject: Option<ThingId>,
        change: &Change,
        body: &Body,
    ) -> Result<Settled, Problems> {
        let settled = self
            .state
            .apply(&self.transaction, self.action, subject, change)?;
        let action_seq = self.action_row()?;
        let id = match self.heads.as_slice() {
            [(_, parent)] => self.entry_id(subject, change, body, std::slice::from_ref(parent)),
            heads => {
                let parents: Vec<EntryId> = heads.iter().map(|(_, id)| *id).collect();
                self.entry_id(subject, change, body, &parents)
            }
        };
        self.transaction
            .prepare_cached(
                "INSERT INTO entry (id, action, parent, kind, subject, body) VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                id.0,
                action_seq,
                self.heads.first().map(|(seq, _)| *seq),
                change.kind(),
                subject,
                body.text
            ])?;
        let seq = self.transaction.last_insert_rowid();
        if self.heads.len() > 1 {
            self.join_heads(seq)?;
        }
        self.heads.clear();
        self.heads.push((seq, id));
        Ok(settled)
    }

    fn entry_id(
        &self,
        subject: Option<ThingId>,
        change: &Change,
        body: &Body,
        parents: &[EntryId],
    ) -> EntryId {
        self.hash
            .entry_id(change.kind(), subject, parents, &body.hash)
    }

    /// The same for a change that settles what is in conflict: it may set that, and then the conflict is gone.
    ///
    /// # Errors
    /// As of [`Writer::append`].
    pub fn settle(
        &mut self,
        subject: Option<ThingId>,
        change: &Change,
    ) -> Result<Settled, Problems> {
        self.state.mode = Mode::Settling;
        let settled = self.append(subject, change);
        self.state.mode = Mode::Recording;
        settled
    }

    /// Names the other latest entries as parents of the one that was just written; then none but that one is latest.
    fn join_heads(&self, entry: i64) -> Result<(), Problems> {
        for (parent, _) in self.heads.iter().skip(1) {
            self.transaction.execute(
                "INSERT INTO entry_parent (entry, parent) VALUES (?, ?)",
                [entry, *parent],
            )?;
        }
        self.transaction.execute("DELETE FROM head", [])?;
        Ok(())
    }

    fn action_row(&mut self) -> Result<i64, Problems> {
        if let Some(seq) = self.action_seq {
            return Ok(seq);
        }
        let seq = insert_action(&self.transaction, self.action)?;
        self.action_seq = Some(seq);
        Ok(seq)
    }
}

/// Writes an action; gives its row.
pub(super) fn insert_action(db: &Connection, action: &Action) -> Result<i64, Problems> {
    let Action {
        at,
        who,
        device,
        inspection,
        source,
        because,
    } = action;
    db.prepare_cached(
        "INSERT INTO action (at, who, device, inspection, source, because)
         VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![at, who, device, inspection, source, because])?;
    Ok(db.last_insert_rowid())
}
