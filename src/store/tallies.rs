//! Counting answers: the only bridge from the record to ratings.
//!
//! A large file is counted by two connections, each over half of the cases. Must not know percentages or bands.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, params};

use super::case_rows::Extent;
use super::counters::SampleCount;
use super::failure::damaged;
use super::read::{place, stored_place};
use super::{Store, ThingId};
use crate::model::{Problems, QuestionSet, SampleTallies};

/// Which cases are counted. Withdrawn cases never are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TallyScope {
    /// Submitted assessments only: what ratings rest on.
    Submitted,
    /// Every assessment that has been started: for indicative ratings that say so.
    Started,
}

/// The counts of the cases that share one value of a piece of case information.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupTally {
    /// The value; `None` where it is not recorded or the sample does not have the attribute.
    pub value: Option<String>,
    /// Counts for each sample of the framework.
    pub samples: Vec<SampleTallies>,
}

impl Store {
    /// Counts the answers of an inspection: for each sample, and for each attribute of `by` and each of its values.
    ///
    /// `samples` are the question sets of the inspection's framework, in order. Groups come in the order of their values,
    /// the group without a value last; without cases there is none.
    ///
    /// # Errors
    /// What the database reports; a sheet that does not have a letter for each question.
    pub fn tally(
        &self,
        inspection: ThingId,
        samples: &[QuestionSet],
        scope: TallyScope,
        by: &[&str],
    ) -> Result<(Vec<SampleTallies>, Vec<Vec<GroupTally>>), Problems> {
        let _snapshot = self.snapshot()?;
        let plan = Plan::new(&self.connection, inspection, samples, scope, by)?;
        let is_in_memory = self.connection.path().is_none_or(str::is_empty);
        let counts = if is_in_memory || !plan.extent.is_large {
            plan.count(&self.connection, None)?
        } else {
            self.count_in_halves(&plan)?
        };
        let groups =
            (0..by.len()).map(|grouping| plan.name_groups(&self.connection, &counts, grouping));
        let all = counts.iter().map(SampleCount::all).collect();
        Ok((all, groups.collect::<Result<_, _>>()?))
    }

    fn count_in_halves(&self, plan: &Plan<'_>) -> Result<Vec<SampleCount>, Problems> {
        let mut other = self.reopen()?;
        let here = &self.connection;
        let (first, last) = range(here)?;
        let middle = first + (last - first) / 2;
        let length_here = log_length(here)?;
        let (lower, upper) = std::thread::scope(|scope| {
            let upper = scope.spawn(|| {
                let there = other.transaction()?;
                Ok::<_, Problems>((
                    log_length(&there)?,
                    plan.count(&there, Some((middle + 1, last)))?,
                ))
            });
            (plan.count(here, Some((first, middle))), upper.join())
        });
        match upper {
            Ok(Ok((length_there, upper))) if length_there == length_here => {
                let mut counts = lower?;
                counts
                    .iter_mut()
                    .zip(upper)
                    .for_each(|(mine, theirs)| mine.merge(theirs));
                Ok(counts)
            }
            // Somebody wrote between the two reads: count once more, from one connection.
            Ok(Ok(_)) => plan.count(here, None),
            Ok(Err(problems)) => Err(problems),
            Err(_) => Err(damaged("counting was interrupted").into()),
        }
    }
}

/// First and last row of the casefile table.
pub(super) fn range(connection: &Connection) -> Result<(i64, i64), Problems> {
    Ok(connection.query_row(
        "SELECT coalesce((SELECT min(seq) FROM casefile), 0), coalesce((SELECT max(seq) FROM casefile), 0)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

fn log_length(connection: &Connection) -> Result<Option<i64>, Problems> {
    Ok(connection.query_row("SELECT max(seq) FROM entry", [], |row| row.get(0))?)
}

/// What is counted, resolved to rows of the database.
struct Plan<'q> {
    inspection: i64,
    extent: Extent,
    scope: TallyScope,
    samples: &'q [QuestionSet],
    /// The `sample` row of each sample.
    sample_rows: Vec<i64>,
    /// For each sample, the place of each attribute that is grouped by.
    grouped_places: Vec<Vec<Option<usize>>>,
}

impl<'q> Plan<'q> {
    fn new(
        connection: &Connection,
        inspection: ThingId,
        samples: &'q [QuestionSet],
        scope: TallyScope,
        by: &[&str],
    ) -> Result<Plan<'q>, Problems> {
        let extent = Extent::of(connection, inspection)?;
        let (inspection, framework): (i64, i64) = connection
            .prepare_cached("SELECT seq, framework FROM inspection WHERE id = ?")?
            .query_row([inspection], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let sample_rows: Vec<i64> = connection
            .prepare_cached("SELECT seq FROM sample WHERE framework = ? ORDER BY place")?
            .query_map([framework], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        if sample_rows.len() != samples.len() {
            return Err(damaged("the samples are not those of the framework").into());
        }
        let grouped_places = samples
            .iter()
            .map(|sample| by.iter().map(|id| sample.attribute(id)).collect())
            .collect();
        Ok(Plan {
            inspection,
            extent,
            scope,
            samples,
            sample_rows,
            grouped_places,
        })
    }

    /// Counts the cases of the inspection, or those among some rows of the casefile table (first and last).
    fn count(
        &self,
        connection: &Connection,
        rows: Option<(i64, i64)>,
    ) -> Result<Vec<SampleCount>, Problems> {
        // All rows are its own where it is the only inspection, and the check would be a tenth of the work.
        let among = if self.extent.is_only {
            "?1 IS NOT NULL".to_owned()
        } else {
            self.extent.among("?1")
        };
        let part = rows.map_or("", |_| "AND seq BETWEEN ?3 AND ?4");
        let mut statement = connection.prepare_cached(&format!(
            "SELECT sample, information, sheet FROM casefile
              WHERE {among} {part} AND NOT withdrawn AND NOT exercise
                AND (submitted OR (?2 AND rtrim(sheet, '-.') <> ''))"
        ))?;
        let started = self.scope == TallyScope::Started;
        let mut rows = match rows {
            Some((first, last)) => {
                statement.query(params![self.inspection, started, first, last])?
            }
            None => statement.query(params![self.inspection, started])?,
        };
        let mut counts: Vec<SampleCount> = self
            .samples
            .iter()
            .zip(&self.grouped_places)
            .map(|(sample, places)| SampleCount::new(sample.questions.len(), places.len()))
            .collect();
        let mut latest = (i64::MIN, 0);
        while let Some(row) = rows.next()? {
            let sample: i64 = row.get(0)?;
            if latest.0 != sample {
                let known = self.sample_rows.iter().position(|row| *row == sample);
                latest = (
                    sample,
                    known.ok_or_else(|| damaged("a case is of another framework's sample"))?,
                );
            }
            let (Some(count), Some(places)) =
                (counts.get_mut(latest.1), self.grouped_places.get(latest.1))
            else {
                continue;
            };
            let information = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            let sheet = row.get_ref(2)?.as_bytes().map_err(rusqlite::Error::from)?;
            if !count.add(sheet, information, places) {
                return Err(damaged("an answer sheet has not a letter for each question").into());
            }
        }
        Ok(counts)
    }

    fn name_groups(
        &self,
        connection: &Connection,
        counts: &[SampleCount],
        grouping: usize,
    ) -> Result<Vec<GroupTally>, Problems> {
        // The key puts those without a value last. There may be thousands of groups: each is looked up, not searched for.
        let mut groups: BTreeMap<(bool, Option<String>), Vec<SampleTallies>> = BTreeMap::new();
        for (sample, count) in counts.iter().enumerate() {
            let values = self.values(connection, sample, grouping)?;
            for (code, tallies) in count.group(grouping) {
                let value = values.get(&code).cloned();
                let group = groups.entry((value.is_none(), value));
                let samples =
                    group.or_insert_with(|| counts.iter().map(SampleCount::none).collect());
                if let Some(slot) = samples.get_mut(sample) {
                    *slot = tallies;
                }
            }
        }
        let groups = groups.into_iter();
        let groups = groups.map(|((_, value), samples)| GroupTally { value, samples });
        Ok(groups.collect())
    }

    fn values(
        &self,
        connection: &Connection,
        sample: usize,
        grouping: usize,
    ) -> Result<HashMap<usize, String>, Problems> {
        let grouped = self
            .grouped_places
            .get(sample)
            .and_then(|places| places.get(grouping));
        let (Some(Some(attribute)), Some(row)) = (grouped, self.sample_rows.get(sample)) else {
            return Ok(HashMap::new());
        };
        let mut statement = connection.prepare_cached(
            "SELECT code, value FROM attribute_value WHERE sample = ? AND place = ?",
        )?;
        let attribute = stored_place(*attribute);
        let rows = statement.query_map(params![row, attribute], |row| {
            Ok((
                place(i64::from(u16::from_be_bytes(row.get(0)?))),
                row.get(1)?,
            ))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
