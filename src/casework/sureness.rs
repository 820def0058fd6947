//! How sure the figures of an inspection are: the interval of each percent yes.
//!
//! Must not compute an interval itself (`statistics`), nor change what is published.

use std::collections::BTreeMap;

use super::counted::{CountedSample, load_counted};
use super::inspections::Inspection;
use super::rating::RatingScope;
use crate::framework::Framework;
use crate::model::Problems;
use crate::statistics::{Interval, ShareEstimate, Stratum, estimate_share};
use crate::store::Store;

/// The interval of the percent yes of each key question that is asked of a sample, by its number, as shares from 0 to 1. A question
/// to which nobody said yes or no has none.
///
/// # Errors
/// What the database reports; a record that does not fit its framework.
pub fn sureness(
    store: &Store,
    inspection: &Inspection,
    scope: RatingScope,
) -> Result<BTreeMap<String, Interval>, Problems> {
    let counted = load_counted(store, inspection, scope)?;
    let estimates = estimate_questions(&inspection.framework, &counted).into_iter();
    let intervals = estimates.filter_map(|(number, _, estimate)| {
        estimate.map(|estimate| (number.to_owned(), estimate.interval))
    });
    Ok(intervals.collect())
}

/// The number of each key question that is asked of a sample, its answers by stratum, and its percent yes as estimated from them.
pub(super) fn estimate_questions<'f>(
    framework: &'f Framework,
    counted: &[CountedSample],
) -> Vec<(&'f str, Vec<Stratum>, Option<ShareEstimate>)> {
    let standards = framework.standards.iter();
    let questions = standards.flat_map(|standard| &standard.key_questions);
    let estimates = questions.filter_map(|question| {
        let (sample, place) = question.asked_of?;
        let strata = counted.get(sample)?.strata.iter();
        let strata: Vec<Stratum> = strata.map(|stratum| stratum.count_answers(place)).collect();
        let estimate = estimate_share(&strata);
        Some((question.number.as_str(), strata, estimate))
    });
    estimates.collect()
}
