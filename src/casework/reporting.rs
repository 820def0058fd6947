//! What reports take of the record: whose figures they show, and the annex as a whole.
//!
//! Must not know how a report is written.

use super::comparing::Rated;
use super::evidence::count_indicative;
use super::inspections::Inspection;
use super::overview::outstanding_notice;
use super::rating::{RatingScope, rate};
use super::settling::conflicts_notice;
use super::sureness::{measure_sureness, sureness};
use super::surroundings::find_surroundings;
use crate::model::Problems;
use crate::report::{
    Heading, Inspected, Part, Report, View, add_standard_charts, add_surroundings, add_technical,
    add_words, annex_report,
};
use crate::store::Store;

/// What an annex is to show.
#[derive(Debug, Clone, Copy)]
pub struct AnnexWanted {
    /// Which assessments it rests on.
    pub scope: RatingScope,
    /// Which of its parts are shown.
    pub view: View,
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
        let intervals = sureness(store, inspection, wanted.scope)?;
        report = add_standard_charts(report, framework, &rating, &intervals);
    }
    if wanted.view.shows(Part::Technical) {
        let sureness = measure_sureness(store, inspection, wanted.scope)?;
        report = add_technical(report, framework, &rating, &sureness, &heading);
    }
    report = add_words(report, framework, &rating, &heading);
    Ok(report.select(wanted.view))
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
