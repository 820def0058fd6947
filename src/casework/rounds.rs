//! Writes what a file says of many inspections, in one transaction.
//!
//! Must not know what is said, nor how the inspections were found.

use std::collections::{HashMap, HashSet};

use super::programmes::{Found, doubt_names};
use crate::model::{Action, Change, Place, Problem, Problems};
use crate::store::{Edition, Reader, Store};

/// What an import for many providers did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportedRound {
    /// Rows whose measure or judgement was recorded.
    pub recorded: usize,
    /// Rows that say nothing new.
    pub unchanged: usize,
    /// How many different measures or standards the recorded rows are about.
    pub kinds_count: usize,
    /// How many different providers the recorded rows are about.
    pub providers_count: usize,
    /// How many different periods they are about; one without a period is not counted.
    pub periods_count: usize,
    /// Names of the inspections that were opened, in the order of the file.
    pub opened: Vec<String>,
    /// What looks like a slip in the file, a sentence each: names that are almost others, figures that can hardly be.
    pub doubts: Vec<String>,
    /// Whether the values that are wanted in percent look like fractions of 1.
    pub looks_like_fractions: bool,
}

/// What one row says.
pub(super) struct Said {
    /// Place of its inspection among those that were found.
    pub(super) inspection: usize,
    /// Where the row stands.
    pub(super) place: Place,
    /// The measure or standard.
    pub(super) about: String,
    /// What changes; `None` if it is recorded already.
    pub(super) change: Option<Change>,
}

/// Opens the inspections that are missing and records what the rows say, all or nothing. `compare` sees the record as it
/// stands then.
///
/// # Errors
/// Changes in closed inspections, each once; what the database reports.
pub(super) fn write_round(
    store: &mut Store,
    action: &Action,
    found: &[&Found],
    compare: impl FnOnce(Reader<'_>) -> Result<Vec<Said>, Problems>,
) -> Result<ImportedRound, Problems> {
    let mut editions: Vec<Edition> = Vec::new();
    for found in found {
        let hash = found.framework_hash();
        if editions.iter().all(|known| known.hash != hash) {
            editions.push(found.edition());
        }
    }
    store.write(&editions, action, |writer| {
        let opened = found.iter().filter(|found| found.is_missing());
        let mut imported = ImportedRound {
            opened: opened.map(|found| found.name.clone()).collect(),
            doubts: doubt_names(&writer.read().inspections()?, found),
            ..ImportedRound::default()
        };
        for found in found {
            found.open(writer)?;
        }
        let (mut kinds, mut providers) = (HashSet::new(), HashSet::new());
        let (mut periods, mut closed) = (HashSet::new(), HashSet::new());
        let mut problems = Problems::default();
        for said in compare(writer.read())? {
            let (Some(found), Some(change)) = (found.get(said.inspection), said.change) else {
                imported.unchanged += 1;
                continue;
            };
            if found.closed {
                if closed.insert(said.inspection) {
                    problems.0.push(found.is_closed().at(said.place));
                }
                continue;
            }
            writer.append(Some(found.id), &change)?;
            imported.recorded += 1;
            kinds.insert(said.about);
            providers.insert(found.provider.to_lowercase());
            periods.extend((!found.period.is_empty()).then(|| found.period.to_lowercase()));
        }
        imported.kinds_count = kinds.len();
        imported.providers_count = providers.len();
        imported.periods_count = periods.len();
        problems.none_or(imported)
    })
}

/// The same problem of many rows once, with its first row and how many more have it.
pub(super) fn once_each(problems: Vec<Problem>) -> Vec<Problem> {
    let mut kept: Vec<(Problem, usize)> = Vec::new();
    let mut known = HashMap::new();
    for problem in problems {
        let said = (problem.code, problem.what.clone());
        match known.get(&said).and_then(|at: &usize| kept.get_mut(*at)) {
            Some((_, more)) => *more += 1,
            None => {
                known.insert(said, kept.len());
                kept.push((problem, 0));
            }
        }
    }
    let counted = kept.into_iter().map(|(problem, more)| match more {
        0 => problem,
        1 => with_count(problem, "1 more line"),
        more => with_count(problem, &format!("{more} more lines")),
    });
    counted.collect()
}

fn with_count(problem: Problem, lines: &str) -> Problem {
    Problem {
        what: format!("{}, here and on {lines}", problem.what),
        ..problem
    }
}
