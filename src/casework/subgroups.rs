//! The answers of groups of cases, for the tables of an annex.
//!
//! Must not decide which figures are published (`report`), nor rate.

use super::inspections::Inspection;
use super::rating::{RatingScope, tally_by};
use crate::model::{Problems, SampleTallies};
use crate::report::Subgroups;
use crate::store::{GroupTally, Store};

/// The answers of each sample by each of these pieces of case information that it has, each once.
///
/// # Errors
/// A piece of case information that no sample has; what the database reports.
pub(super) fn group_answers(
    store: &Store,
    inspection: &Inspection,
    scope: RatingScope,
    by: &[String],
) -> Result<Vec<Subgroups>, Problems> {
    let mut wanted: Vec<&str> = Vec::new();
    for attribute in by {
        if !wanted.contains(&attribute.as_str()) {
            wanted.push(attribute);
        }
    }
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let tallied = tally_by(store, inspection, scope, &wanted)?;
    let mut subgroups = Vec::new();
    for (attribute, groups) in wanted.into_iter().zip(tallied) {
        for (sample, asked) in inspection.framework.samples.iter().enumerate() {
            let information = asked.questions.attribute(attribute);
            let Some(information) = information.and_then(|place| asked.information.get(place))
            else {
                continue;
            };
            subgroups.push(Subgroups {
                sample,
                attribute: attribute.to_owned(),
                title: information.title.clone(),
                groups: of_sample(&groups, sample),
            });
        }
    }
    Ok(subgroups)
}

/// The groups that have a case in a sample.
fn of_sample(groups: &[GroupTally], sample: usize) -> Vec<(Option<String>, SampleTallies)> {
    let groups = groups.iter().filter_map(|group| {
        let tallies = group.samples.get(sample)?;
        (tallies.cases > 0).then(|| (group.value.clone(), tallies.clone()))
    });
    groups.collect()
}
