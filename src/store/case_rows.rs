//! Cases as plain values: where each stands, what is known of it, and its answer sheet.
//!
//! Must not write or count (`tallies`).

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::failure::damaged;
use super::read::place;
use super::{Reader, ThingId};
use crate::model::{Problems, QuestionSet, Sheet};

/// How far a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Nothing is answered yet.
    Untouched,
    /// Something is answered; the assessment is not submitted.
    InHand,
    /// Submitted: it counts and is locked.
    Submitted,
    /// Left out of the sample: it counts nowhere.
    Withdrawn,
}

/// A case with its answer sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// Its id.
    pub id: ThingId,
    /// Its reference.
    pub reference: String,
    /// Its sample: place in the framework.
    pub sample: usize,
    /// Who is to assess it; empty for nobody yet.
    pub assessor: String,
    /// Who assesses it together with them; empty for nobody.
    pub joint_assessor: String,
    /// How far it has come.
    pub status: Status,
    /// Whether it is an exercise: everybody answers it, and it counts nowhere.
    pub exercise: bool,
    /// Case information in framework order; `None` is not recorded.
    pub information: Vec<Option<String>>,
    /// Its answers.
    pub sheet: Sheet,
}

/// The row of the inspection with the id that is the first value of a statement.
pub(super) const INSPECTION_ROW: &str = "(SELECT seq FROM inspection WHERE id = ?1)";

/// From this many cases on, an inspection is most of its file.
const LARGE_CASES_MIN: i64 = 20_000;

pub(super) const CASE_COLUMNS: &str = "id, reference, sample, assessor, joint_assessor, submitted, withdrawn, exercise, information, sheet";

impl Reader<'_> {
    /// The case with this reference.
    ///
    /// # Errors
    /// What the database reports.
    pub fn case(self, inspection: ThingId, reference: &str) -> Result<Option<CaseRow>, Problems> {
        let samples = Samples::read(self.connection)?;
        let row = self
            .connection
            .prepare_cached(&format!(
                "SELECT {CASE_COLUMNS} FROM casefile
                  WHERE inspection = (SELECT seq FROM inspection WHERE id = ?) AND reference = ?"
            ))?
            .query_row(params![inspection, reference], |row| {
                Ok(samples.case_row(row))
            })
            .optional()?;
        row.transpose()
    }

    /// Every case of an inspection, in the order in which they were added.
    ///
    /// # Errors
    /// What the database reports.
    pub fn cases(self, inspection: ThingId) -> Result<Vec<CaseRow>, Problems> {
        let samples = Samples::read(self.connection)?;
        let among = Extent::of(self.connection, inspection)?.among(INSPECTION_ROW);
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {CASE_COLUMNS} FROM casefile WHERE {among} ORDER BY seq"
        ))?;
        let mut rows = statement.query([inspection])?;
        let mut cases = Vec::new();
        while let Some(row) = rows.next()? {
            cases.push(samples.case_row(row)?);
        }
        Ok(cases)
    }
}

/// How much of its file an inspection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    /// Whether it holds many cases, whatever stands beside it.
    pub(super) is_large: bool,
    /// Whether there is no other inspection.
    pub(super) is_only: bool,
}

impl Extent {
    pub(super) fn of(connection: &Connection, inspection: ThingId) -> Result<Extent, Problems> {
        let mut statement = connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM inspection WHERE id <> ?1), (SELECT max(seq) FROM casefile) >= ?2",
        )?;
        let (has_others, has_many): (bool, Option<bool>) = statement
            .query_row(params![inspection, LARGE_CASES_MIN], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        Ok(Extent {
            // In a file of few cases no inspection is large, and none is counted.
            is_large: has_many == Some(true) && has_many_cases(connection, inspection)?,
            is_only: !has_others,
        })
    }

    /// The condition for rows of casefile that are of an inspection, whose row is an SQL expression: such that SQLite goes
    /// through all rows in their order where most of them are wanted, which is faster than through the index of references.
    pub(super) fn among(self, inspection: &str) -> String {
        let plus = if self.is_only || self.is_large {
            "+"
        } else {
            ""
        };
        format!("{plus}inspection = {inspection}")
    }
}

fn has_many_cases(connection: &Connection, inspection: ThingId) -> Result<bool, Problems> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM casefile
          WHERE inspection = (SELECT seq FROM inspection WHERE id = ?1) LIMIT ?2)",
    )?;
    let count: i64 = statement.query_row(params![inspection, LARGE_CASES_MIN], |row| row.get(0))?;
    Ok(count == LARGE_CASES_MIN)
}

/// What it takes to read the cases of any sample.
pub(super) struct Samples(HashMap<i64, SampleValues>);

/// Place of a sample, and of each attribute the place and the values that occur, by code.
struct SampleValues {
    place: usize,
    is_looked_at: bool,
    values: Vec<(usize, Vec<String>)>,
}

impl Samples {
    pub(super) fn read(connection: &Connection) -> Result<Samples, Problems> {
        let mut statement = connection.prepare_cached(
            "SELECT sample.seq, sample.place, attribute_value.place, value FROM sample
               LEFT JOIN attribute_value ON attribute_value.sample = sample.seq
              ORDER BY sample.seq, attribute_value.place, code",
        )?;
        let mut rows = statement.query([])?;
        let mut samples = HashMap::new();
        while let Some(row) = rows.next()? {
            let place_of_sample = place(row.get(1)?);
            let sample = samples.entry(row.get(0)?).or_insert(SampleValues {
                place: place_of_sample,
                is_looked_at: true,
                values: Vec::new(),
            });
            let Some(attribute) = row.get::<_, Option<i64>>(2)?.map(place) else {
                continue;
            };
            let value = row.get(3)?;
            match sample.values.last_mut() {
                // Codes count from 1 without a gap, in the order of their rows.
                Some((known, values)) if *known == attribute => values.push(value),
                _ => sample.values.push((attribute, vec![value])),
            }
        }
        Ok(Samples(samples))
    }

    /// From now on the information of a case is read only where its questions look at it; that of other cases is empty. It is
    /// most of the work where a nation's answers are taken over.
    pub(super) fn look_only_for(&mut self, sets: &[QuestionSet]) {
        for sample in self.0.values_mut() {
            let questions = sets.get(sample.place);
            sample.is_looked_at = questions.is_some_and(QuestionSet::looks_at_information);
        }
    }

    /// Reads a row of [`CASE_COLUMNS`].
    pub(super) fn case_row(&self, row: &Row<'_>) -> Result<CaseRow, Problems> {
        let reference: String = row.get(1)?;
        let Some(sample) = self.0.get(&row.get(2)?) else {
            return Err(damaged(&format!("the sample of {reference} is not there")).into());
        };
        let (submitted, withdrawn): (bool, bool) = (row.get(5)?, row.get(6)?);
        let coded = row.get_ref(8)?.as_blob().map_err(rusqlite::Error::from)?;
        let letters = row.get_ref(9)?.as_str().map_err(rusqlite::Error::from)?;
        let sheet = Sheet::parse(letters).ok_or_else(|| {
            damaged(&format!(
                "the answer sheet of {reference} has a strange letter"
            ))
        })?;
        let status = match (withdrawn, submitted) {
            (true, _) => Status::Withdrawn,
            (false, true) => Status::Submitted,
            (false, false) if sheet.is_started() => Status::InHand,
            (false, false) => Status::Untouched,
        };
        Ok(CaseRow {
            id: row.get(0)?,
            reference,
            sample: sample.place,
            assessor: row.get(3)?,
            joint_assessor: row.get(4)?,
            status,
            exercise: row.get(7)?,
            information: if sample.is_looked_at {
                sample.decode(coded)
            } else {
                Vec::new()
            },
            sheet,
        })
    }
}

impl SampleValues {
    fn decode(&self, coded: &[u8]) -> Vec<Option<String>> {
        let pairs = coded.chunks_exact(2).enumerate();
        let values = pairs.map(|(place, code)| {
            let (_, values) = self.values.iter().find(|(known, _)| *known == place)?;
            let code = usize::from(u16::from_be_bytes([code[0], code[1]]));
            values.get(code.checked_sub(1)?).cloned()
        });
        values.collect()
    }
}
