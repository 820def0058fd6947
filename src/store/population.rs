//! Populations: how they are recorded and read.
//!
//! Must not know why a case is left out, or which strata there are: what was kept comes with the change.

use std::cmp::Ordering;

use rusqlite::{Connection, OptionalExtension, params};

use super::failure::damaged;
use super::inspection::InspectionState;
use super::read::{count, place, stored, stored_place};
use super::state::State;
use super::{Reader, ThingId};
use crate::model::{Population, Problems};

/// What is known of a population as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopulationRow {
    /// Its sample: place in the framework.
    pub sample: usize,
    /// Which column of the extract holds what, where its columns have names of their own; else empty.
    pub columns: Vec<(String, String)>,
    /// How many rows the extract had.
    pub rows_count: u64,
    /// Reasons for which rows were left out, each with their number.
    pub exclusions: Vec<(String, u64)>,
    /// How many cases are left.
    pub cases_count: u64,
}

/// The cases of a population, in the order of their references.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Eligible {
    /// The references, one after the other, in the order of their letters, capitals or not.
    references: String,
    /// Where each of them ends.
    ends: Vec<usize>,
    /// The case information of one case after the other, coded.
    coded: Vec<u8>,
    /// How many pieces of case information a case has.
    attributes_count: usize,
    /// The values that occur of each piece, in the order of their codes.
    values: Vec<Vec<String>>,
}

impl Eligible {
    /// How many cases there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many pieces of case information a case has.
    #[must_use]
    pub fn attributes_count(&self) -> usize {
        self.attributes_count
    }

    /// The references, in order.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|case| self.reference(case))
    }

    /// The reference of a case; empty for one that is not there.
    #[must_use]
    pub fn reference(&self, case: usize) -> &str {
        let before = case.checked_sub(1).and_then(|before| self.ends.get(before));
        let end = self.ends.get(case).copied().unwrap_or(0);
        let reference = self.references.get(before.copied().unwrap_or(0)..end);
        reference.unwrap_or_default()
    }

    /// Place of the case with this reference, capitals or not.
    #[must_use]
    pub fn find(&self, reference: &str) -> Option<usize> {
        let lower = |text: &str| text.to_ascii_lowercase();
        let wanted = lower(reference);
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match lower(self.reference(middle)).cmp(&wanted) {
                Ordering::Equal => return Some(middle),
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The code of a piece of case information of a case: 0 is not recorded, 1 the first of the [`Eligible::values`].
    #[must_use]
    pub fn code(&self, case: usize, attribute: usize) -> usize {
        let at = 2 * (case * self.attributes_count + attribute);
        match self.coded.get(at..at + 2) {
            Some([high, low]) if attribute < self.attributes_count => {
                usize::from(u16::from_be_bytes([*high, *low]))
            }
            _ => 0,
        }
    }

    /// The values of a piece of case information, in the order of their codes, from 1.
    #[must_use]
    pub fn values(&self, attribute: usize) -> &[String] {
        self.values.get(attribute).map_or(&[], Vec::as_slice)
    }

    /// A piece of case information of a case; `None` is not recorded.
    #[must_use]
    pub fn value(&self, case: usize, attribute: usize) -> Option<&str> {
        let code = self.code(case, attribute).checked_sub(1)?;
        self.values(attribute).get(code).map(String::as_str)
    }

    /// All case information of a case, in framework order.
    #[must_use]
    pub fn information(&self, case: usize) -> Vec<Option<String>> {
        let values = (0..self.attributes_count).map(|attribute| self.value(case, attribute));
        values.map(|value| value.map(str::to_owned)).collect()
    }
}

impl State<'_> {
    pub(super) fn import_population(
        &mut self,
        db: &Connection,
        inspection: InspectionState,
        population: &Population,
    ) -> Result<(), Problems> {
        let sample = self.sample_row(db, inspection.framework, &population.sample)?;
        let attributes_count = self.question_set(db, sample)?.attributes.len();
        let row = population_row(db, inspection.seq, sample, population)?;
        for (place, (reason, count)) in population.exclusions.iter().enumerate() {
            db.prepare_cached(
                "INSERT INTO exclusion (population, place, reason, cases_count) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![row, stored_place(place), reason, stored(*count)])?;
        }
        let mut codes = Vec::new();
        for (place, column) in population.information.iter().enumerate() {
            let mut known = vec![[0, 0]];
            for value in &column.values {
                let code = self.information.code_of(db, sample, place, value)?;
                known.push(code.to_be_bytes());
            }
            codes.push((place, known, column.numbers()));
        }
        let mut insert = db.prepare_cached(
            "INSERT INTO eligible (population, reference, information) VALUES (?, ?, ?)",
        )?;
        let mut coded = vec![0; 2 * attributes_count];
        for reference in population.cases() {
            for (place, known, numbers) in &mut codes {
                let code = numbers.next().and_then(|number| known.get(number).copied());
                if let Some(slot) = coded.get_mut(2 * *place..2 * *place + 2) {
                    slot.copy_from_slice(&code.unwrap_or_default());
                }
            }
            insert.execute(params![row, reference, coded])?;
        }
        Ok(())
    }
}

/// The row of a sample's population, from which everything of an earlier one is gone.
fn population_row(
    db: &Connection,
    inspection: i64,
    sample: i64,
    population: &Population,
) -> Result<i64, Problems> {
    let columns = serde_json::to_string(&population.columns).unwrap_or_default();
    let row: i64 = db.query_row(
        "INSERT INTO population (inspection, sample, columns, rows_count) VALUES (?, ?, ?, ?)
         ON CONFLICT (inspection, sample)
         DO UPDATE SET columns = excluded.columns, rows_count = excluded.rows_count
         RETURNING seq",
        params![inspection, sample, columns, stored(population.rows_count)],
        |row| row.get(0),
    )?;
    for table in ["exclusion", "eligible"] {
        db.execute(&format!("DELETE FROM {table} WHERE population = ?"), [row])?;
    }
    Ok(row)
}

impl Reader<'_> {
    /// The populations of an inspection, in framework order of their samples.
    ///
    /// # Errors
    /// What the database reports.
    pub fn populations(self, inspection: ThingId) -> Result<Vec<PopulationRow>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT sample.place, columns, rows_count, population.seq,
                    (SELECT count(*) FROM eligible WHERE population = population.seq)
               FROM population JOIN sample ON sample.seq = population.sample
              WHERE inspection = (SELECT seq FROM inspection WHERE id = ?) ORDER BY sample.place",
        )?;
        let mut rows = statement.query([inspection])?;
        let mut populations = Vec::new();
        while let Some(row) = rows.next()? {
            let columns: String = row.get(1)?;
            populations.push(PopulationRow {
                sample: place(row.get(0)?),
                columns: read_columns(&columns)?,
                rows_count: count(row.get(2)?),
                exclusions: self.exclusions(row.get(3)?)?,
                cases_count: count(row.get(4)?),
            });
        }
        Ok(populations)
    }

    fn exclusions(self, population: i64) -> Result<Vec<(String, u64)>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT reason, cases_count FROM exclusion WHERE population = ? ORDER BY place",
        )?;
        let rows =
            statement.query_map([population], |row| Ok((row.get(0)?, count(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Which column held what in the latest extract that needed to be told so, for a sample of this id in any inspection; that of
    /// the given inspection comes first. `None` where no extract did.
    ///
    /// # Errors
    /// What the database reports.
    pub fn known_columns(
        self,
        inspection: ThingId,
        sample: &str,
    ) -> Result<Option<Vec<(String, String)>>, Problems> {
        let columns: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT columns FROM population
                   JOIN sample ON sample.seq = population.sample
                   JOIN inspection ON inspection.seq = population.inspection
                  WHERE sample.id = ? AND columns <> '[]'
                  ORDER BY inspection.id <> ?, population.seq DESC LIMIT 1",
            )?
            .query_row(params![sample, inspection], |row| row.get(0))
            .optional()?;
        columns.map(|columns| read_columns(&columns)).transpose()
    }

    /// The cases of a sample's population; none where there is no population.
    ///
    /// # Errors
    /// What the database reports.
    pub fn eligible(self, inspection: ThingId, sample: usize) -> Result<Eligible, Problems> {
        let key = self
            .connection
            .prepare_cached(
                "SELECT population.seq, sample.seq,
                        (SELECT count(*) FROM attribute WHERE attribute.sample = sample.seq)
                   FROM population JOIN sample ON sample.seq = population.sample
                  WHERE inspection = (SELECT seq FROM inspection WHERE id = ?) AND sample.place = ?",
            )?
            .query_row(params![inspection, stored_place(sample)], |row| {
                Ok((row.get(0)?, row.get(1)?, place(row.get(2)?)))
            })
            .optional()?;
        let Some((population, sample, attributes_count)): Option<(i64, i64, usize)> = key else {
            return Ok(Eligible::default());
        };
        let mut eligible = Eligible {
            attributes_count,
            values: self.values_of(sample, attributes_count)?,
            ..Eligible::default()
        };
        let mut statement = self.connection.prepare_cached(
            "SELECT reference, information FROM eligible WHERE population = ? ORDER BY reference",
        )?;
        let mut rows = statement.query([population])?;
        while let Some(row) = rows.next()? {
            let reference = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let coded = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            if coded.len() != 2 * attributes_count {
                return Err(
                    damaged(&format!("the information of {reference} is cut short")).into(),
                );
            }
            eligible.references.push_str(reference);
            eligible.ends.push(eligible.references.len());
            eligible.coded.extend_from_slice(coded);
        }
        Ok(eligible)
    }

    fn values_of(self, sample: i64, attributes_count: usize) -> Result<Vec<Vec<String>>, Problems> {
        let mut values = vec![Vec::new(); attributes_count];
        let mut statement = self.connection.prepare_cached(
            "SELECT place, value FROM attribute_value WHERE sample = ? ORDER BY place, code",
        )?;
        let mut rows = statement.query([sample])?;
        while let Some(row) = rows.next()? {
            if let Some(values) = values.get_mut(place(row.get(0)?)) {
                values.push(row.get(1)?);
            }
        }
        Ok(values)
    }
}

fn read_columns(columns: &str) -> Result<Vec<(String, String)>, Problems> {
    serde_json::from_str(columns)
        .map_err(|_| damaged("the columns of a population cannot be read").into())
}
