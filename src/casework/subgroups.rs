//! The answers of groups of cases, for the tables of an annex.
//!
//! Must not decide which figures are published (`report`), nor rate.

use super::inspections::Inspection;
use super::rating::{RatingScope, tally_by, title_of};
use crate::model::Problems;
use crate::report::{Subgroup, Subgroups};
use crate::store::Store;

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
            let questions = &asked.questions;
            let Some(place) = questions.attribute(attribute) else {
                continue;
            };
            let Some(information) = asked.information.get(place) else {
                continue;
            };
            let groups = groups.iter().filter_map(|group| {
                let tallies = group.samples.get(sample)?;
                let value = group.value.clone();
                (tallies.cases > 0).then(|| Subgroup {
                    asked: questions.asked_where(place, value.as_deref()),
                    title: value.map(|value| title_of(inspection, attribute, value)),
                    tallies: tallies.clone(),
                })
            });
            subgroups.push(Subgroups {
                sample,
                attribute: attribute.to_owned(),
                title: information.title.clone(),
                groups: groups.collect(),
                linked: questions.linked(place),
            });
        }
    }
    Ok(subgroups)
}
