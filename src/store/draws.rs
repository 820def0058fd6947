//! Draws of samples: how they are recorded and read.
//!
//! Must not know how many cases a group gives or which (`sampling`), nor what becomes of a case that was drawn (`casefile`).

use rusqlite::{Connection, params};

use super::read::{count, stored};
use super::read::{place, stored_place};
use super::{Reader, ThingId};
use crate::model::{Action, DrawnCase, DrawnGroup, DrawnSample, Problems};

/// A draw as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawRow {
    /// Its sample: place in the framework.
    pub sample: usize,
    /// The text from which the order of the cases follows.
    pub seed: String,
    /// How many cases are to be looked at.
    pub size: u64,
    /// How many were wanted with the buffer.
    pub wanted: u64,
    /// How many cases the population had.
    pub population: u64,
    /// Who drew it.
    pub who: String,
    /// When, in UTC.
    pub at: String,
    /// Its row.
    seq: i64,
}

/// A case that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnRow {
    /// Reference, stratum and unit.
    pub case: DrawnCase,
    /// Whether it was drawn as a reserve.
    pub is_reserve: bool,
    /// The reference of the case that it replaces; `None` for a reserve that is not called up, and for any other case.
    pub replaces: Option<String>,
}

/// Records a draw in place of any earlier one. A reserve of both that was called up stays so: only draws of several laptops
/// follow each other without the earlier being taken back, and its case is in the record.
pub(super) fn record_draw(
    db: &Connection,
    (inspection, sample): (i64, i64),
    action: &Action,
    drawn: &DrawnSample,
) -> Result<(), Problems> {
    let called_up = called_up(db, inspection, sample)?;
    remove_draw(db, inspection, sample)?;
    db.execute(
        "INSERT INTO draw (inspection, sample, seed, size, wanted, population, who, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            inspection,
            sample,
            drawn.seed,
            stored(drawn.size),
            stored(drawn.wanted),
            stored(drawn.population),
            action.who,
            action.at
        ],
    )?;
    let draw = db.last_insert_rowid();
    let mut insert = db.prepare_cached(
        "INSERT INTO draw_group (draw, place, depth, code, available, initial, with_buffer,
                                 after_rounding, after_limit)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (place, group) in drawn.groups.iter().enumerate() {
        insert.execute(params![
            draw,
            stored_place(place),
            stored(group.depth),
            group.code,
            stored(group.available),
            stored(group.initial),
            stored(group.with_buffer),
            stored(group.after_rounding),
            stored(group.after_limit),
        ])?;
    }
    let mut insert = db.prepare_cached(
        "INSERT INTO drawn (draw, place, reference, stratum, unit, is_reserve) VALUES (?, ?, ?, ?, ?, ?)",
    )?;
    let selected = drawn.selected.iter().map(|case| (case, false));
    let reserves = drawn.reserves.iter().map(|case| (case, true));
    for (place, (case, is_reserve)) in selected.chain(reserves).enumerate() {
        insert.execute(params![
            draw,
            stored_place(place),
            case.reference,
            case.stratum,
            case.unit,
            is_reserve
        ])?;
    }
    for (reference, replaces) in called_up {
        call_up(db, (inspection, sample), &reference, &replaces)?;
    }
    Ok(())
}

/// The reserves of a sample that were called up, each with the reference of the case that it replaces.
fn called_up(
    db: &Connection,
    inspection: i64,
    sample: i64,
) -> Result<Vec<(String, String)>, Problems> {
    let mut statement = db.prepare_cached(
        "SELECT reference, replaces FROM drawn JOIN draw ON draw.seq = drawn.draw
          WHERE inspection = ? AND sample = ? AND replaces IS NOT NULL ORDER BY place",
    )?;
    let rows = statement.query_map([inspection, sample], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Removes the draw of a sample, if there is one.
pub(super) fn remove_draw(db: &Connection, inspection: i64, sample: i64) -> Result<(), Problems> {
    for table in ["drawn", "draw_group"] {
        db.execute(
            &format!(
                "DELETE FROM {table} WHERE draw IN (SELECT seq FROM draw WHERE inspection = ? AND sample = ?)"
            ),
            [inspection, sample],
        )?;
    }
    db.execute(
        "DELETE FROM draw WHERE inspection = ? AND sample = ?",
        [inspection, sample],
    )?;
    Ok(())
}

/// Notes which case a reserve takes the place of; empty gives it back to the reserves.
pub(super) fn call_up(
    db: &Connection,
    (inspection, sample): (i64, i64),
    reference: &str,
    replaces: &str,
) -> Result<(), Problems> {
    db.execute(
        "UPDATE drawn SET replaces = nullif(?, '')
          WHERE reference = ? AND is_reserve
            AND draw = (SELECT seq FROM draw WHERE inspection = ? AND sample = ?)",
        params![replaces, reference, inspection, sample],
    )?;
    Ok(())
}

impl Reader<'_> {
    /// The draws of an inspection, in framework order of their samples.
    ///
    /// # Errors
    /// What the database reports.
    pub fn draws(self, inspection: ThingId) -> Result<Vec<DrawRow>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT sample.place, seed, size, wanted, population, who, at, draw.seq
               FROM draw JOIN sample ON sample.seq = draw.sample
              WHERE inspection = (SELECT seq FROM inspection WHERE id = ?) ORDER BY sample.place",
        )?;
        let rows = statement.query_map([inspection], |row| {
            Ok(DrawRow {
                sample: place(row.get(0)?),
                seed: row.get(1)?,
                size: count(row.get(2)?),
                wanted: count(row.get(3)?),
                population: count(row.get(4)?),
                who: row.get(5)?,
                at: row.get(6)?,
                seq: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every group of a draw with its numbers, each before its parts.
    ///
    /// # Errors
    /// What the database reports.
    pub fn draw_groups(self, draw: &DrawRow) -> Result<Vec<DrawnGroup>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT depth, code, available, initial, with_buffer, after_rounding, after_limit
               FROM draw_group WHERE draw = ? ORDER BY place",
        )?;
        let rows = statement.query_map([draw.seq], |row| {
            Ok(DrawnGroup {
                depth: count(row.get(0)?),
                code: row.get(1)?,
                available: count(row.get(2)?),
                initial: count(row.get(3)?),
                with_buffer: count(row.get(4)?),
                after_rounding: count(row.get(5)?),
                after_limit: count(row.get(6)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The cases of a draw: those to be looked at, then the reserves.
    ///
    /// # Errors
    /// What the database reports.
    pub fn drawn_cases(self, draw: &DrawRow) -> Result<Vec<DrawnRow>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT reference, stratum, unit, is_reserve, replaces FROM drawn WHERE draw = ? ORDER BY place",
        )?;
        let rows = statement.query_map([draw.seq], |row| {
            Ok(DrawnRow {
                case: DrawnCase {
                    reference: row.get(0)?,
                    stratum: row.get(1)?,
                    unit: row.get(2)?,
                },
                is_reserve: row.get(3)?,
                replaces: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
