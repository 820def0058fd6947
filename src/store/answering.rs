//! The cases that are about to be answered: read once, and kept at hand for the changes that follow.
//!
//! A large inspection is read by two connections, each half of the rows. Must not write.

use rusqlite::{Connection, params};

use super::ThingId;
use super::case_rows::{CASE_COLUMNS, CaseRow, Extent, INSPECTION_ROW, Samples};
use super::entries::Writer;
use super::failure::damaged;
use super::one_case::CaseState;
use super::open::open_again;
use super::tallies::range;
use crate::model::{Problems, QuestionSet};

/// Cases, and the same cases as changes find them.
type Cases = (Vec<CaseRow>, Vec<CaseState>);

impl Writer<'_> {
    /// Every case of an inspection, in the order in which they were added, with the information only of cases whose
    /// questions look at it; that of other cases is empty. Changes to cases are fastest in this order.
    ///
    /// # Errors
    /// What the database reports.
    pub fn cases_to_answer(
        &mut self,
        inspection: ThingId,
        samples: &[QuestionSet],
    ) -> Result<Vec<CaseRow>, Problems> {
        let here = self.read().connection;
        let mut known = Samples::read(here)?;
        known.look_only_for(samples);
        let extent = Extent::of(here, inspection)?;
        let (first, last) = range(here)?;
        let read = |db: &Connection, rows| read_part(db, (inspection, extent), rows, &known);
        // What this action has written already, no other connection sees.
        let other = if extent.is_large && !self.has_written() {
            open_again(here)?
        } else {
            None
        };
        let (cases, ahead) = match other {
            None => read(here, (first, last))?,
            Some(other) => {
                let middle = first + (last - first) / 2;
                let (lower, upper) = std::thread::scope(|scope| {
                    let upper = scope.spawn(move || read(&other, (middle + 1, last)));
                    (read(here, (first, middle)), upper.join())
                });
                let (mut cases, mut ahead) = lower?;
                let upper = upper.map_err(|_| damaged("reading was interrupted"))??;
                cases.extend(upper.0);
                ahead.extend(upper.1);
                (cases, ahead)
            }
        };
        self.keep_ahead(ahead);
        Ok(cases)
    }
}

fn read_part(
    db: &Connection,
    (inspection, extent): (ThingId, Extent),
    (first, last): (i64, i64),
    samples: &Samples,
) -> Result<Cases, Problems> {
    let among = extent.among(INSPECTION_ROW);
    let mut statement = db.prepare_cached(&format!(
        "SELECT {CASE_COLUMNS}, seq FROM casefile WHERE {among} AND seq BETWEEN ?2 AND ?3 ORDER BY seq"
    ))?;
    let mut rows = statement.query(params![inspection, first, last])?;
    let (mut cases, mut ahead) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let case = samples.case_row(row)?;
        ahead.push(CaseState {
            id: case.id,
            seq: row.get(10)?,
            sample: row.get(2)?,
            submitted: row.get(5)?,
            withdrawn: row.get(6)?,
            information: row.get(8)?,
            sheet: case.sheet.clone(),
        });
        cases.push(case);
    }
    Ok((cases, ahead))
}
