//! What reports take of the record: whose figures they show, and the annex as a whole.
//!
//! Must not know how a report is written.

use super::comparing::Rated;
use super::evidence::count_indicative;
use super::inspections::Inspection;
use super::overview::outstanding_notice;
use super::rating::{RatingScope, rate};
use super::settling::conflicts_notice;
use super::subgroups::group_answers;
use super::sureness::{SurenessWanted, measure_sureness, sureness};
use super::surroundings::find_surroundings;
use crate::model::Problems;
use crate::report::{
    Heading, Inspected, Part, Report, View, add_standard_charts, add_subgroups, add_surroundings,
    add_technical, add_words, annex_report,
};
use crate::statistics::SMALLEST_GROUP;
use crate::store::Store;

/// What an annex is to show.
#[derive(Debug, Clone)]
pub struct AnnexWanted {
    /// Which assessments it rests on.
    pub scope: RatingScope,
    /// Which of its parts are shown.
    pub view: View,
    /// The case information by which its subgroups are made, by id; shown only if the view shows subgroups.
    pub by: Vec<String>,
    /// From how many applicable cases on a group's figures are shown; `None`: as the framework says, or else
    /// [`SMALLEST_GROUP`](crate::statistics::SMALLEST_GROUP).
    pub smallest_group: Option<u64>,
    /// How the sureness of its figures is measured, where the view shows it.
    pub sureness: SurenessWanted,
}

/// The annex of an inspection as the record gives it now, published or not.
///
/// # Errors
/// What the database reports; a record that does not fit its framework.
pub(super) fn live_annex(
    store: &Store,
    inspection: &Inspection,
    wanted: &AnnexWanted,
) -> Result<Report, Problems> {
    let heading = head_report(store, inspection, wanted.scope)?;
    let rating = rate(store, inspection, wanted.scope)?;
    let framework = &inspection.framework;
    let mut report = annex_report(framework, &rating, &heading);
    if wanted.view.shows(Part::Comparison) {
        let surroundings = find_surroundings(store, inspection, &rating)?;
        report = add_surroundings(report, framework, &rating, &surroundings, &heading);
    }
    if wanted.view.charts {
        let intervals = sureness(store, inspection, wanted.scope, wanted.sureness)?;
        report = add_standard_charts(report, framework, &rating, &intervals);
    }
    if wanted.view.shows(Part::Technical) {
        let sureness = measure_sureness(store, inspection, wanted.scope, wanted.sureness)?;
        report = add_technical(report, framework, &rating, &sureness, &heading);
    }
    report = with_groups(report, store, inspection, wanted)?;
    report = add_words(report, framework, &rating, &heading);
    Ok(report.select(wanted.view))
}

/// The same annex with the tables of groups of cases that are wanted, as the record gives them now.
///
/// # Errors
/// A piece of case information that no sample has; what the database reports.
pub(super) fn with_groups(
    report: Report,
    store: &Store,
    inspection: &Inspection,
    wanted: &AnnexWanted,
) -> Result<Report, Problems> {
    if wanted.by.is_empty() || !wanted.view.shows(Part::Subgroups) {
        return Ok(report);
    }
    let framework = &inspection.framework;
    let heading = head_report(store, inspection, wanted.scope)?;
    let rating = rate(store, inspection, wanted.scope)?;
    let subgroups = group_answers(store, inspection, wanted.scope, &wanted.by)?;
    let smallest = wanted.smallest_group.or(framework.smallest_group);
    let smallest = smallest.unwrap_or(SMALLEST_GROUP);
    Ok(add_subgroups(
        report, framework, &rating, &subgroups, smallest, &heading,
    ))
}

/// What every report of this inspection says at its top.
///
/// # Errors
/// What the database reports.
pub fn head_report(
    store: &Store,
    inspection: &Inspection,
    scope: RatingScope,
) -> Result<Heading, Problems> {
    let indicative = match scope {
        RatingScope::Submitted => None,
        RatingScope::Indicative => Some(count_indicative(store, inspection)?),
    };
    let conflicts = conflicts_notice(store, inspection)?;
    let outstanding = match scope {
        RatingScope::Submitted => outstanding_notice(store, inspection)?,
        RatingScope::Indicative => None,
    };
    Ok(Heading {
        inspection: inspection.name.clone(),
        provider: inspection.provider.clone(),
        period: inspection.period.clone(),
        indicative,
        notices: conflicts.into_iter().chain(outstanding).collect(),
    })
}

/// A rated inspection as reports of several take it.
///
/// # Errors
/// What the database reports.
pub fn head_one(store: &Store, rated: Rated, scope: RatingScope) -> Result<Inspected, Problems> {
    Ok(Inspected {
        heading: head_report(store, &rated.inspection, scope)?,
        national: rated.inspection.national,
        framework: rated.inspection.framework,
        rating: rated.rating,
    })
}

/// Rated inspections as reports of several take them.
///
/// # Errors
/// What the database reports.
pub fn head_all(
    store: &Store,
    rated: Vec<Rated>,
    scope: RatingScope,
) -> Result<Vec<Inspected>, Problems> {
    let rated = rated.into_iter();
    rated.map(|one| head_one(store, one, scope)).collect()
}
