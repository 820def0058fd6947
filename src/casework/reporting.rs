//! What reports take of the record: whose figures they show, and the annex as a whole.
//!
//! Must not know how a report is written.

use super::comparing::Rated;
use super::counted::load_counted;
use super::evidence::{count_indicative, load_evidence};
use super::inspections::Inspection;
use super::overview::outstanding_notice;
use super::rating::RatingScope;
use super::settling::conflicts_notice;
use super::subgroups::group_answers;
use super::sureness::{SurenessWanted, estimate_questions, intervals, measure_sureness};
use super::surroundings::find_surroundings;
use crate::model::Problems;
use crate::rating::rate_inspection;
use crate::report::{
    Groups, Heading, Inspected, Part, Report, View, add_standard_charts, add_subgroups,
    add_surroundings, add_technical, add_words, annex_report, use_measure_symbols,
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
    /// Its tables of groups; shown only if the view shows subgroups.
    pub groups: GroupsWanted,
    /// How the sureness of its figures is measured, where the view shows it.
    pub sureness: SurenessWanted,
}

/// Which tables of groups of cases an annex is to have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupsWanted {
    /// The case information by which they are made, by id; empty for no such tables.
    pub by: Vec<String>,
    /// From how many applicable cases on a group's figures are shown; `None`: as the framework says, or else
    /// [`SMALLEST_GROUP`](crate::statistics::SMALLEST_GROUP).
    pub smallest: Option<u64>,
}

/// The annex of an inspection as the record gives it now, published or not.
///
/// # Errors
/// As [`gather_annex`].
pub(super) fn live_annex(
    store: &Store,
    inspection: &Inspection,
    wanted: &AnnexWanted,
) -> Result<Report, Problems> {
    Ok(gather_annex(store, inspection, wanted)?.select(wanted.view))
}

/// Everything from which the wanted annex is selected. What takes long is left out where the view does not show it; the words,
/// which else stand alone, are there always.
///
/// # Errors
/// A piece of case information that no sample has; what the database reports; a record that does not fit its framework.
pub(super) fn gather_annex(
    store: &Store,
    inspection: &Inspection,
    wanted: &AnnexWanted,
) -> Result<Report, Problems> {
    let AnnexWanted {
        scope,
        view,
        groups,
        sureness,
    } = wanted;
    let heading = head_report(store, inspection, *scope)?;
    let framework = &inspection.framework;
    let gathered = load_evidence(store, inspection, *scope)?;
    let rating = rate_inspection(framework, &gathered.evidence())?;
    let mut report = annex_report(framework, &rating, &heading);
    if view.shows(Part::Comparison) {
        let surroundings = find_surroundings(store, inspection, &rating)?;
        report = add_surroundings(report, framework, &rating, &surroundings, &heading);
    }
    let is_technical = view.shows(Part::Technical);
    if view.charts || is_technical {
        let counted = load_counted(store, inspection, *scope)?;
        let estimates = estimate_questions(framework, &counted, sureness.confidence());
        if view.charts {
            let intervals = intervals(&estimates, sureness.confidence());
            report = add_standard_charts(report, framework, &rating, &intervals);
        }
        if is_technical {
            let sureness = measure_sureness(framework, &counted, &gathered, estimates, *sureness)?;
            report = add_technical(report, framework, &rating, &sureness, &heading);
        }
    }
    if !groups.by.is_empty() && view.shows(Part::Subgroups) {
        let answers = group_answers(store, inspection, *scope, &groups.by)?;
        let smallest = groups.smallest.or(framework.smallest_group);
        let smallest = smallest.unwrap_or(SMALLEST_GROUP);
        report = add_subgroups(report, framework, &rating, &answers, smallest, &heading);
        report.groups = Some(Groups {
            by: groups.by.clone(),
            smallest,
        });
    }
    let report = add_words(report, framework, &rating, &heading);
    // What was added to the ratings and measures says the same by the same shorthand.
    Ok(use_measure_symbols(framework, report))
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
