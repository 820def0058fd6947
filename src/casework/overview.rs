//! What a lead wants to see: how far the work is, and whether the record is sound.
//!
//! Must not change anything.

use std::collections::{HashMap, HashSet};

use super::cases::name_pair;
use super::frameworks::read_edition;
use super::inspections::Inspection;
use super::published::describe_altered;
use super::sample_progress::replaced_references;
use crate::model::{Problems, Role};
use crate::store::{CaseRow, Findings, Status, Store, ThingId};

/// How far the work of one sample, assessor or unit is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProgressRow {
    /// What the row is about; empty for cases without one.
    pub name: String,
    /// Cases not started.
    pub untouched: u64,
    /// Assessments started and not submitted.
    pub in_hand: u64,
    /// Assessments submitted.
    pub submitted: u64,
    /// Cases left out of the sample.
    pub withdrawn: u64,
    /// Those of them in whose place a reserve was called up.
    pub replaced: u64,
    /// Cases still in the sample whose second assessment is submitted.
    pub second_assessed: u64,
}

/// What stands beside the cases and is counted with them.
pub(super) struct Beside {
    /// References, in lower case, of the cases in whose place a reserve was called up.
    replaced: HashSet<String>,
    /// The cases whose second assessment is submitted.
    second_assessed: HashSet<ThingId>,
    /// Whether any case is assessed a second time, submitted or not.
    has_second: bool,
}

impl Beside {
    pub(super) fn load(store: &Store, inspection: &Inspection) -> Result<Beside, Problems> {
        let mut further = store.read().further(inspection.id, None)?;
        further.retain(|row| row.role == Role::Second);
        let submitted = further.iter().filter(|row| row.submitted);
        Ok(Beside {
            replaced: replaced_references(store.read(), inspection)?,
            second_assessed: submitted.map(|row| row.case).collect(),
            has_second: !further.is_empty(),
        })
    }
}

impl ProgressRow {
    /// Cases that are still in the sample.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.untouched + self.in_hand + self.submitted
    }

    fn add(&mut self, case: &CaseRow, beside: &Beside) {
        let is_replaced = || {
            beside
                .replaced
                .contains(&case.reference.to_ascii_lowercase())
        };
        if case.status != Status::Withdrawn && beside.second_assessed.contains(&case.id) {
            self.second_assessed += 1;
        }
        match case.status {
            Status::Untouched => self.untouched += 1,
            Status::InHand => self.in_hand += 1,
            Status::Submitted => self.submitted += 1,
            Status::Withdrawn => {
                self.withdrawn += 1;
                self.replaced += u64::from(is_replaced());
            }
        }
    }
}

/// How far the work is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// By sample, in framework order; samples without cases are left out.
    pub samples: Vec<ProgressRow>,
    /// By assessor, in order of name; joint assessments of two in a row of their own, under the name of the first.
    pub assessors: Vec<ProgressRow>,
    /// The title of one piece of case information and the work by its values, where one was asked for.
    pub units: Option<(String, Vec<ProgressRow>)>,
    /// All together.
    pub total: ProgressRow,
    /// Whether any case is assessed a second time, submitted or not.
    pub has_second: bool,
}

/// Counts the cases by how far they have come, without exercises. `by` names a piece of case information, such as `ldu`.
///
/// # Errors
/// What the database reports.
pub fn show_progress(
    store: &Store,
    inspection: &Inspection,
    by: Option<&str>,
) -> Result<Progress, Problems> {
    let mut cases = store.read().cases(inspection.id)?;
    cases.retain(|case| !case.exercise);
    let beside = Beside::load(store, inspection)?;
    let samples = &inspection.framework.samples;
    let sample_title = |case: &CaseRow| {
        samples
            .get(case.sample)
            .map_or(String::new(), |sample| sample.title.clone())
    };
    let mut by_sample = group(&cases, &beside, sample_title);
    by_sample.sort_by_key(|row| samples.iter().position(|sample| sample.title == row.name));
    let mut by_assessor = group(&cases, &beside, |case| {
        name_pair(&case.assessor, &case.joint_assessor)
    });
    by_assessor.sort_by(|one, other| one.name.cmp(&other.name));
    let units = match by {
        Some(attribute) => {
            let title = inspection.find_attribute(attribute)?;
            Some((
                title.to_owned(),
                by_information((&cases, &beside), inspection, attribute),
            ))
        }
        None => None,
    };
    let mut total = ProgressRow {
        name: "All".to_owned(),
        ..ProgressRow::default()
    };
    cases.iter().for_each(|case| total.add(case, &beside));
    Ok(Progress {
        samples: by_sample,
        assessors: by_assessor,
        units,
        total,
        has_second: beside.has_second,
    })
}

fn by_information(
    (cases, beside): (&[CaseRow], &Beside),
    inspection: &Inspection,
    attribute: &str,
) -> Vec<ProgressRow> {
    let value = |case: &CaseRow| {
        let sample = inspection.framework.samples.get(case.sample)?;
        let place = sample.questions.attribute(attribute)?;
        let value = case.information.get(place)?.as_ref()?;
        Some(sample.title_of(place, value).to_owned())
    };
    let mut rows = group(cases, beside, |case| value(case).unwrap_or_default());
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    rows
}

/// Counts cases by a name, in the order in which the names are first seen.
pub(super) fn group(
    cases: &[CaseRow],
    beside: &Beside,
    name: impl Fn(&CaseRow) -> String,
) -> Vec<ProgressRow> {
    let mut rows: Vec<ProgressRow> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for case in cases {
        let name = name(case);
        let at = *known.entry(name.clone()).or_insert_with(|| {
            rows.push(ProgressRow {
                name,
                ..ProgressRow::default()
            });
            rows.len() - 1
        });
        if let Some(row) = rows.get_mut(at) {
            row.add(case, beside);
        }
    }
    rows
}

/// Verifies every hash and link of the log, the state against a full replay, and the file itself; `progress` is told how
/// many entries have been verified.
///
/// # Errors
/// Only when the file cannot be read; what is wrong with its content is in the findings.
pub fn check_record(store: &Store, progress: impl FnMut(u64)) -> Result<Findings, Problems> {
    let mut findings = store.check(read_edition, progress)?;
    let altered = findings.altered.iter().flat_map(describe_altered);
    findings.problems.extend(altered);
    Ok(findings)
}

/// That some cases do not count yet, for whoever reads figures while work is outstanding; `None` when none is.
///
/// # Errors
/// What the database reports.
pub fn outstanding_notice(
    store: &Store,
    inspection: &Inspection,
) -> Result<Option<String>, Problems> {
    Ok(match store.read().outstanding_count(inspection.id)? {
        0 => None,
        1 => Some("1 case is not submitted and does not count".to_owned()),
        count => Some(format!("{count} cases are not submitted and do not count")),
    })
}

/// Whether the log holds an entry whose id begins so.
///
/// # Errors
/// What the database reports.
pub fn holds_entry(store: &Store, id: &str) -> Result<bool, Problems> {
    let history = store.read().history(None)?;
    Ok(history.iter().any(|row| row.id.to_string().starts_with(id)))
}
