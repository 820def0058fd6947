//! One case as a change finds it.
//!
//! Work that goes through cases in the order of their rows, as an import does, has the next ones read ahead: a row that is
//! stepped to costs a fifth of one that is looked up by its id. Must not know what changes do to a case (`casefile`).

use std::collections::VecDeque;

use rusqlite::{Connection, Row};

use super::ThingId;
use super::failure::damaged;
use crate::model::{Problems, Sheet};

/// How many cases are read ahead at a time.
const AHEAD: i64 = 64;

/// What a change to a case needs to know of it.
pub(super) struct CaseState {
    pub(super) id: ThingId,
    pub(super) seq: i64,
    pub(super) sample: i64,
    pub(super) submitted: bool,
    pub(super) withdrawn: bool,
    pub(super) information: Vec<u8>,
    pub(super) sheet: Sheet,
}

/// Gives each case as it stands now. All changes to cases must come through here, or what was read ahead grows stale.
#[derive(Default)]
pub(super) struct Cases {
    /// Neighbouring rows in order, none of which has been changed since it was read.
    ahead: VecDeque<CaseState>,
    /// The row of the case that was taken last.
    last: i64,
}

impl Cases {
    /// The case with this id, for a change that is about to be written.
    pub(super) fn take(&mut self, db: &Connection, id: ThingId) -> Result<CaseState, Problems> {
        if self.ahead.front().is_some_and(|next| next.id == id)
            && let Some(case) = self.ahead.pop_front()
        {
            self.last = case.seq;
            return Ok(case);
        }
        let case = db
            .prepare_cached(
                "SELECT id, seq, sample, submitted, withdrawn, information, sheet FROM casefile WHERE id = ?",
            )?
            .query([id])?
            .next()?
            .map(case_state)
            .transpose()?
            .ok_or_else(|| damaged("an entry is about a case that is not there"))?;
        while self.ahead.front().is_some_and(|next| next.seq <= case.seq) {
            self.ahead.pop_front();
        }
        if self.ahead.is_empty() && case.seq == self.last + 1 {
            self.read_ahead(db, case.seq)?;
        }
        self.last = case.seq;
        Ok(case)
    }

    /// Takes over rows that somebody has read already, in their order and as they stand.
    pub(super) fn keep_ahead(&mut self, rows: Vec<CaseState>) {
        self.ahead = rows.into();
    }

    fn read_ahead(&mut self, db: &Connection, after: i64) -> Result<(), Problems> {
        let mut statement = db.prepare_cached(
            "SELECT id, seq, sample, submitted, withdrawn, information, sheet FROM casefile
              WHERE seq > ?1 AND seq <= ?1 + ?2 ORDER BY seq",
        )?;
        let mut rows = statement.query([after, AHEAD])?;
        while let Some(row) = rows.next()? {
            self.ahead.push_back(case_state(row)?);
        }
        Ok(())
    }
}

fn case_state(row: &Row<'_>) -> Result<CaseState, Problems> {
    let letters = row.get_ref(6)?.as_str().map_err(rusqlite::Error::from)?;
    let sheet = Sheet::parse(letters);
    Ok(CaseState {
        id: row.get(0)?,
        seq: row.get(1)?,
        sample: row.get(2)?,
        submitted: row.get(3)?,
        withdrawn: row.get(4)?,
        information: row.get(5)?,
        sheet: sheet.ok_or_else(|| damaged("an answer sheet has a strange letter"))?,
    })
}
