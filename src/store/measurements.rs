//! The figures of measures: how they are recorded and read.
//!
//! Must not know what a measure is called or worth (`framework`, `rating`).

use rusqlite::{Connection, params};

use super::body::{figure_text, read_figure};
use super::failure::damaged;
use super::{Reader, ThingId};
use crate::model::{Decimal, Measurement, Problems};

/// Sets all figures of one measure, or takes them back.
pub(super) fn record_measure(
    db: &Connection,
    inspection: i64,
    measure: &str,
    measurement: Option<&Measurement>,
) -> Result<(), Problems> {
    let Some(measurement) = measurement else {
        db.prepare_cached("DELETE FROM measurement WHERE inspection = ? AND measure = ?")?
            .execute(params![inspection, measure])?;
        return Ok(());
    };
    let observations = measurement.observations.map(i64::try_from).transpose();
    db.prepare_cached(
        "INSERT OR REPLACE INTO measurement (inspection, measure, value, provisional, revised, unreliable,
                                             observations, target, national, previous)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        inspection,
        measure,
        figure_text(measurement.value),
        measurement.provisional,
        measurement.revised,
        measurement.unreliable,
        observations.map_err(|_| damaged("a number of observations is beyond all counting"))?,
        figure_text(measurement.target),
        figure_text(measurement.national),
        figure_text(measurement.previous),
    ])?;
    Ok(())
}

impl Reader<'_> {
    /// What was recorded of each measure of an inspection, by the measure's id.
    ///
    /// # Errors
    /// What the database reports; a figure that is none.
    pub fn measurements(self, inspection: ThingId) -> Result<Vec<(String, Measurement)>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT measure, value, provisional, revised, unreliable, observations, target, national, previous
               FROM measurement WHERE inspection = (SELECT seq FROM inspection WHERE id = ?)
              ORDER BY measure",
        )?;
        let mut rows = statement.query([inspection])?;
        let mut measurements = Vec::new();
        while let Some(row) = rows.next()? {
            let measure: String = row.get(0)?;
            let figure = |column: usize| -> Result<Option<Decimal>, Problems> {
                let figure = read_figure(row.get(column)?);
                figure.ok_or_else(|| damaged(&format!("a figure of {measure} is none")).into())
            };
            let observations: Option<i64> = row.get(5)?;
            let measurement = Measurement {
                value: figure(1)?,
                provisional: row.get(2)?,
                revised: row.get(3)?,
                unreliable: row.get(4)?,
                observations: observations.and_then(|count| u64::try_from(count).ok()),
                target: figure(6)?,
                national: figure(7)?,
                previous: figure(8)?,
                taken_from: String::new(),
            };
            measurements.push((measure, measurement));
        }
        Ok(measurements)
    }
}
