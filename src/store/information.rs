//! Case information as it is stored: two bytes an attribute, the codes of values in order of their first use.
//!
//! Must not know which values a framework allows; that is checked before anything reaches the record.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::read::stored_place;
use crate::model::{Code, Problem, Problems};

/// The codes that are known so far: (sample, attribute place) to value to code.
#[derive(Default)]
pub(super) struct InformationCodes(HashMap<(i64, usize), HashMap<String, u16>>);

impl InformationCodes {
    pub(super) fn encode(
        &mut self,
        db: &Connection,
        sample: i64,
        values: &[Option<String>],
    ) -> Result<Vec<u8>, Problems> {
        let mut coded = Vec::with_capacity(2 * values.len());
        for (place, value) in values.iter().enumerate() {
            let code = match value {
                Some(value) => self.code_of(db, sample, place, value)?,
                None => 0,
            };
            coded.extend(code.to_be_bytes());
        }
        Ok(coded)
    }

    pub(super) fn decode(
        &mut self,
        db: &Connection,
        sample: i64,
        coded: &[u8],
    ) -> Result<Vec<Option<String>>, Problems> {
        let mut values = Vec::with_capacity(coded.len() / 2);
        for (place, code) in coded.chunks_exact(2).enumerate() {
            let code = u16::from_be_bytes([code[0], code[1]]);
            let known = self.codes_of(db, sample, place)?;
            let value = known
                .iter()
                .find(|(_, other)| **other == code)
                .map(|(value, _)| value.clone());
            values.push(value);
        }
        Ok(values)
    }

    /// The code of a value, which gets the next one at its first use.
    pub(super) fn code_of(
        &mut self,
        db: &Connection,
        sample: i64,
        place: usize,
        value: &str,
    ) -> Result<u16, Problems> {
        let known = self.codes_of(db, sample, place)?;
        if let Some(code) = known.get(value) {
            return Ok(*code);
        }
        let Some(code) = u16::try_from(known.len() + 1).ok() else {
            return Err(Problem::new(
                Code::WrongValue,
                "a piece of case information has more than 65,535 different values",
                "leave out the column: it tells every case apart and groups none",
            )
            .into());
        };
        known.insert(value.to_owned(), code);
        db.prepare_cached(
            "INSERT INTO attribute_value (sample, place, code, value) VALUES (?, ?, ?, ?)",
        )?
        .execute(params![
            sample,
            stored_place(place),
            code.to_be_bytes(),
            value
        ])?;
        Ok(code)
    }

    fn codes_of(
        &mut self,
        db: &Connection,
        sample: i64,
        place: usize,
    ) -> Result<&mut HashMap<String, u16>, Problems> {
        use std::collections::hash_map::Entry;
        match self.0.entry((sample, place)) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(empty) => {
                let known = db
                    .prepare_cached(
                        "SELECT value, code FROM attribute_value WHERE sample = ? AND place = ?",
                    )?
                    .query_map(params![sample, stored_place(place)], |row| {
                        Ok((row.get(0)?, u16::from_be_bytes(row.get(1)?)))
                    })?
                    .collect::<Result<_, _>>()?;
                Ok(empty.insert(known))
            }
        }
    }
}
