//! Counts a population by stratum, by unit and by any case information.
//!
//! Must not change anything.

use super::inspections::Inspection;
use super::population::count;
use super::strata::Sorter;
use crate::framework::{Framework, Sample};
use crate::model::{AttributeKind, Code, Problem, Problems};
use crate::store::{Eligible, Store};

/// The population of one sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopulationShown {
    /// The sample's id.
    pub sample_id: String,
    /// The sample's title.
    pub sample: String,
    /// Rows of the extract.
    pub rows_count: u64,
    /// Cases that are left.
    pub cases_count: u64,
    /// Reasons for which rows were left out, each with their number.
    pub exclusions: Vec<(String, u64)>,
    /// Which column of the extract holds what, where a map said so; else empty.
    pub columns: Vec<(String, String)>,
    /// The cases, counted by stratum, by each level of units, and by what was asked for.
    pub counts: Vec<GroupCounts>,
}

/// Cases counted by one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupCounts {
    /// What they are counted by, such as `Local delivery unit`.
    pub by: String,
    /// Each group with its number of cases; the group of cases of which it is not recorded has no name and comes last.
    pub groups: Vec<(String, u64)>,
}

/// The populations of an inspection, or that of one sample; `by` names a piece of case information to count by as well.
///
/// # Errors
/// An unknown sample or case information; no population.
pub fn show_populations(
    store: &Store,
    inspection: &Inspection,
    sample: Option<&str>,
    by: Option<&str>,
) -> Result<Vec<PopulationShown>, Problems> {
    let wanted = sample
        .map(|name| inspection.find_sample(name))
        .transpose()?;
    if let Some(by) = by {
        inspection.find_attribute(by)?;
    }
    let mut shown = Vec::new();
    for row in store.read().populations(inspection.id)? {
        if wanted.is_some_and(|wanted| wanted != row.sample) {
            continue;
        }
        let sample = &inspection.framework.samples[row.sample];
        let eligible = store.read().eligible(inspection.id, row.sample)?;
        shown.push(PopulationShown {
            sample_id: sample.id.clone(),
            sample: sample.title.clone(),
            rows_count: row.rows_count,
            cases_count: row.cases_count,
            exclusions: row.exclusions,
            columns: row.columns,
            counts: count_groups(sample, &eligible, by),
        });
    }
    match wanted.and_then(|wanted| inspection.framework.samples.get(wanted)) {
        Some(sample) if shown.is_empty() => Err(no_population(&sample.id).into()),
        None if shown.is_empty() => {
            let id = drawn_sample(&inspection.framework);
            Err(no_population(id).into())
        }
        _ => Ok(shown),
    }
}

/// The id of a sample that can be drawn, for a hint.
fn drawn_sample(framework: &Framework) -> &str {
    let mut samples = framework.samples.iter();
    let drawn = samples.find(|sample| sample.draw.is_some());
    drawn.map_or("SAMPLE", |sample| &sample.id)
}

pub(super) fn no_population(sample: &str) -> Problem {
    let remedy =
        format!("take over an extract: caseaudit population import FILE --sample {sample}");
    Problem::new(Code::NoPopulation, "there is no population yet", remedy)
}

fn count_groups(sample: &Sample, eligible: &Eligible, by: Option<&str>) -> Vec<GroupCounts> {
    let mut counts = Vec::new();
    let draw = sample.draw.as_ref();
    if let Some(draw) = draw.filter(|draw| !draw.strata.is_empty()) {
        let mut numbers = vec![0; draw.strata.len()];
        for stratum in strata_of(sample, eligible).into_iter().flatten() {
            numbers[stratum] += 1;
        }
        let titles = draw.strata.iter().map(|part| part.title.clone());
        counts.push(GroupCounts {
            by: "Stratum".to_owned(),
            groups: titles.zip(numbers).collect(),
        });
    }
    let asked = by.and_then(|by| sample.questions.attribute(by));
    let mut attributes = draw.map_or(Vec::new(), |draw| draw.hierarchy.clone());
    attributes.extend(asked.filter(|asked| !attributes.contains(asked)));
    counts.extend(
        attributes
            .into_iter()
            .map(|attribute| count_by(sample, eligible, attribute)),
    );
    counts
}

/// Place of each case's stratum; `None` for one that has none. Where the framework states no strata, all are in the first.
pub(super) fn strata_of(sample: &Sample, eligible: &Eligible) -> Vec<Option<usize>> {
    let strata = sample.draw.as_ref().map_or(&[][..], |draw| &draw.strata);
    if strata.is_empty() {
        return vec![Some(0); eligible.len()];
    }
    let mut sorter = Sorter::new(strata);
    let cases = 0..eligible.len();
    let strata = cases.map(|case| {
        sorter.part_of(
            |attribute| eligible.code(case, attribute),
            |attribute| eligible.value(case, attribute).map(str::to_owned),
        )
    });
    strata.collect()
}

/// Cases by the values of one piece of case information: choices in their order, all else by name.
pub(super) fn count_by(sample: &Sample, eligible: &Eligible, attribute: usize) -> GroupCounts {
    count_among(sample, eligible, attribute, 0..eligible.len())
}

/// The same for some of the cases.
pub(super) fn count_among(
    sample: &Sample,
    eligible: &Eligible,
    attribute: usize,
    cases: impl Iterator<Item = usize>,
) -> GroupCounts {
    let values = eligible.values(attribute);
    let mut numbers = vec![0_usize; values.len() + 1];
    for case in cases {
        if let Some(number) = numbers.get_mut(eligible.code(case, attribute)) {
            *number += 1;
        }
    }
    let counted = values.iter().zip(&numbers[1..]);
    let counted = counted.filter(|(_, number)| **number > 0);
    let mut counted: Vec<(&String, u64)> = counted
        .map(|(value, number)| (value, count(*number)))
        .collect();
    counted.sort_by_key(|(value, _)| order_of(sample, attribute, value));
    let counted = counted.into_iter();
    let mut groups: Vec<(String, u64)> = counted
        .map(|(value, number)| (sample.title_of(attribute, value).to_owned(), number))
        .collect();
    if numbers[0] > 0 {
        groups.push((String::new(), count(numbers[0])));
    }
    let title = sample.information.get(attribute);
    GroupCounts {
        by: title.map_or(String::new(), |information| information.title.clone()),
        groups,
    }
}

/// Where a value stands in a list: choices in the order of the framework, all else by name.
pub(super) fn order_of<'v>(sample: &Sample, attribute: usize, value: &'v str) -> (usize, &'v str) {
    let kind = sample.questions.attributes.get(attribute);
    let place = match kind.map(|attribute| &attribute.kind) {
        Some(AttributeKind::Choice(ids)) => ids.iter().position(|id| id == value),
        _ => None,
    };
    (place.unwrap_or(0), value)
}
