//! The cases that count, each with its answer sheet: for figures that need more than their sum.
//!
//! Must not count answers (`tallies`) or know how cases were drawn (`draws`).

use rusqlite::params;

use super::case_rows::{Extent, INSPECTION_ROW};
use super::failure::damaged;
use super::read::place;
use super::{Reader, TallyScope, ThingId};
use crate::model::{Problems, QuestionSet, Sheet};

/// A case that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedCase {
    /// Its sample: place in the framework.
    pub sample: usize,
    /// Its reference.
    pub reference: String,
    /// Its answers.
    pub sheet: Sheet,
}

impl Reader<'_> {
    /// The cases that [`tally`](super::Store::tally) counts, in the order of their references, so that it does not matter in
    /// which order they came into the record. `samples` are the question sets of the inspection's framework, in order.
    ///
    /// # Errors
    /// What the database reports; a sheet that does not have a letter for each question.
    pub fn counted_cases(
        self,
        inspection: ThingId,
        samples: &[QuestionSet],
        scope: TallyScope,
    ) -> Result<Vec<CountedCase>, Problems> {
        let among = Extent::of(self.connection, inspection)?.among(INSPECTION_ROW);
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT sample.place, reference, sheet FROM casefile JOIN sample ON sample.seq = casefile.sample
              WHERE {among} AND NOT withdrawn AND NOT exercise
                AND (submitted OR (?2 AND rtrim(sheet, '-.') <> ''))
              ORDER BY reference"
        ))?;
        let mut rows = statement.query(params![inspection, scope == TallyScope::Started])?;
        let mut cases = Vec::new();
        while let Some(row) = rows.next()? {
            let sample = place(row.get(0)?);
            let sheet = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
            let asked = samples.get(sample).map(|sample| sample.questions.len());
            let sheet = Sheet::parse(sheet).filter(|sheet| Some(sheet.len()) == asked);
            cases.push(CountedCase {
                sample,
                reference: row.get(1)?,
                sheet: sheet
                    .ok_or_else(|| damaged("an answer sheet has not a letter for each question"))?,
            });
        }
        Ok(cases)
    }
}
