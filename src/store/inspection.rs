//! What changes do to an inspection itself: opened, corrected, closed and opened again.
//!
//! Must not know cases (`casefile`), nor what is recorded of an inspection beside them.

use rusqlite::{Connection, OptionalExtension, params};

use super::ThingId;
use super::failure::damaged;
use super::state::{Mode, State, free_name};
use crate::model::{Action, Change, Code, Problem, Problems};

#[derive(Clone, Copy)]
pub(super) struct InspectionState {
    pub(super) seq: i64,
    pub(super) framework: i64,
    closed: bool,
}

impl State<'_> {
    pub(super) fn open_inspection(
        &mut self,
        db: &Connection,
        id: ThingId,
        change: &Change,
    ) -> Result<(), Problems> {
        let Change::OpenInspection {
            name,
            framework,
            provider,
            programme,
            period,
            national,
        } = change
        else {
            return Ok(());
        };
        let is_taken = |name: &str| {
            db.prepare_cached("SELECT EXISTS (SELECT 1 FROM inspection WHERE name = ?)")?
                .query_row([name], |row| row.get(0))
        };
        let free = free_name(name, is_taken)?;
        if free != *name && self.mode != Mode::Merging {
            return Err(name_is_taken(name).into());
        }
        let added = db
            .prepare_cached(
                "INSERT INTO inspection (id, name, provider, programme, period, national, framework, closed)
                 SELECT ?, ?, ?, ?, ?, ?, seq, 0 FROM framework WHERE hash = ?",
            )?
            .execute(params![id, free, provider, programme, period, national, framework])?;
        if added == 0 {
            return Err(damaged("an entry names a framework that is not there").into());
        }
        Ok(())
    }

    /// The inspection with this id, whether open or closed.
    fn inspection_by(
        &mut self,
        db: &Connection,
        id: Option<ThingId>,
    ) -> Result<InspectionState, Problems> {
        let id = id.ok_or_else(|| damaged("an entry names no inspection"))?;
        if let Some((known, state)) = self.inspection
            && known == id
        {
            return Ok(state);
        }
        let state = db
            .prepare_cached("SELECT seq, framework, closed FROM inspection WHERE id = ?")?
            .query_row([id], |row| {
                Ok(InspectionState {
                    seq: row.get(0)?,
                    framework: row.get(1)?,
                    closed: row.get(2)?,
                })
            })
            .optional()?
            .ok_or_else(|| damaged("an entry names an inspection that is not there"))?;
        self.inspection = Some((id, state));
        Ok(state)
    }

    pub(super) fn open_inspection_of(
        &mut self,
        db: &Connection,
        action: &Action,
    ) -> Result<InspectionState, Problems> {
        self.open_inspection_by(db, action.inspection)
    }

    pub(super) fn open_inspection_by(
        &mut self,
        db: &Connection,
        id: Option<ThingId>,
    ) -> Result<InspectionState, Problems> {
        let state = self.inspection_by(db, id)?;
        if state.closed && self.mode != Mode::Merging {
            return Err(is_closed(&name_of(db, state.seq)?).into());
        }
        Ok(state)
    }

    pub(super) fn set_closed(
        &mut self,
        db: &Connection,
        action: &Action,
        closed: bool,
    ) -> Result<i64, Problems> {
        let state = self.inspection_by(db, action.inspection)?;
        if state.closed == closed && self.mode == Mode::Recording {
            let name = name_of(db, state.seq)?;
            return Err(match closed {
                true => Problem {
                    what: format!("the inspection {name} is closed already"),
                    remedy: format!(
                        "there is nothing to do; to publish it anew, {}",
                        is_closed(&name).remedy
                    ),
                    ..is_closed(&name)
                },
                false => {
                    let what = format!("the inspection {name} is open already");
                    Problem::new(Code::NotClosed, what, "there is nothing to do")
                }
            }
            .into());
        }
        db.execute(
            "UPDATE inspection SET closed = ? WHERE seq = ?",
            params![closed, state.seq],
        )?;
        self.inspection = None;
        Ok(state.seq)
    }
}

/// The problem of a change to an inspection that is closed.
#[must_use]
pub fn is_closed(name: &str) -> Problem {
    let what = format!("the inspection {name} is closed");
    let remedy = format!("reopen it: caseaudit inspection reopen \"{name}\" --because \"…\"");
    Problem::new(Code::Closed, what, remedy)
}

fn name_of(db: &Connection, inspection: i64) -> rusqlite::Result<String> {
    db.prepare_cached("SELECT name FROM inspection WHERE seq = ?")?
        .query_row([inspection], |row| row.get(0))
}

fn name_is_taken(name: &str) -> Problem {
    let what = format!("there is an inspection named {name} already");
    let remedy = "choose another name; `caseaudit inspection list` shows those taken";
    Problem::new(Code::AlreadyExists, what, remedy)
}

/// What the correction does not name stays as it is.
pub(super) fn change_inspection(
    db: &Connection,
    inspection: i64,
    change: &Change,
    mode: Mode,
) -> Result<(), Problems> {
    let Change::ChangeInspection {
        name,
        provider,
        programme,
        period,
        national,
    } = change
    else {
        return Ok(());
    };
    let is_taken = |name: &str| {
        db.prepare_cached("SELECT EXISTS (SELECT 1 FROM inspection WHERE name = ? AND seq <> ?)")?
            .query_row(params![name, inspection], |row| row.get(0))
    };
    let free = match name {
        Some(name) => Some(free_name(name, is_taken)?),
        None => None,
    };
    if let Some(name) = name
        && free.as_ref() != Some(name)
        && mode != Mode::Merging
    {
        return Err(name_is_taken(name).into());
    }
    db.execute(
        "UPDATE inspection SET name = ifnull(?, name), provider = ifnull(?, provider), programme = ifnull(?, programme),
                period = ifnull(?, period), national = ifnull(?, national) WHERE seq = ?",
        params![free, provider, programme, period, national, inspection],
    )?;
    Ok(())
}
