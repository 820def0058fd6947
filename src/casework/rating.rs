//! From the record to ratings: all evidence in, the pure rating out.
//!
//! Must not compute any figure itself.

use super::evidence::load_evidence;
use super::inspections::Inspection;
use crate::model::{AttributeKind, Problems, QuestionSet};
use crate::rating::{Evidence, InspectionRating, rate_inspection};
use crate::store::{GroupTally, Store, TallyScope};

/// Which assessments a rating rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatingScope {
    /// Submitted assessments: the rating proper.
    Submitted,
    /// Every assessment that has been started: indicative only.
    Indicative,
}

impl RatingScope {
    /// Indicative if that is wanted.
    #[must_use]
    pub fn of(indicative: bool) -> RatingScope {
        if indicative {
            RatingScope::Indicative
        } else {
            RatingScope::Submitted
        }
    }

    pub(super) fn tally_scope(self) -> TallyScope {
        match self {
            RatingScope::Submitted => TallyScope::Submitted,
            RatingScope::Indicative => TallyScope::Started,
        }
    }
}

/// The ratings of the cases that share one value of a piece of case information.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRating {
    /// The value's title; `None` where it is not recorded.
    pub value: Option<String>,
    /// What the key questions of these cases alone give; judgements, figures and moderation are about the whole
    /// inspection and left out.
    pub rating: InspectionRating,
}

/// Rates an inspection.
///
/// # Errors
/// What the database reports; a record that does not fit its framework.
pub fn rate(
    store: &Store,
    inspection: &Inspection,
    scope: RatingScope,
) -> Result<InspectionRating, Problems> {
    let gathered = load_evidence(store, inspection, scope)?;
    rate_inspection(&inspection.framework, &gathered.evidence())
}

/// Rates each group of cases that share a value of `attribute`.
///
/// # Errors
/// A piece of case information that no sample has.
pub fn rate_by(
    store: &Store,
    inspection: &Inspection,
    scope: RatingScope,
    attribute: &str,
) -> Result<Vec<GroupRating>, Problems> {
    let groups = tally_by(store, inspection, scope, &[attribute])?;
    let mut rated = Vec::new();
    for GroupTally { value, samples } in groups.into_iter().flatten() {
        let value = value.map(|value| title_of(inspection, attribute, value));
        let evidence = Evidence {
            tallies: &samples,
            ..Evidence::default()
        };
        let rating = rate_inspection(&inspection.framework, &evidence)?;
        rated.push(GroupRating { value, rating });
    }
    Ok(rated)
}

/// The counts of each group of cases that share a value of each of these pieces of case information; values as they are recorded.
///
/// # Errors
/// A piece of case information that no sample has.
pub(super) fn tally_by(
    store: &Store,
    inspection: &Inspection,
    scope: RatingScope,
    by: &[&str],
) -> Result<Vec<Vec<GroupTally>>, Problems> {
    for attribute in by {
        inspection.find_attribute(attribute)?;
    }
    let samples = question_sets(inspection);
    let (_, mut tallied) = store.tally(inspection.id, samples, scope.tally_scope(), by)?;
    for (groups, attribute) in tallied.iter_mut().zip(by) {
        groups.sort_by_cached_key(|group| {
            place_among_choices(inspection, attribute, group.value.as_deref())
        });
    }
    Ok(tallied)
}

/// Choices stand in the framework's order, other values as they came, cases without a value last.
fn place_among_choices(inspection: &Inspection, attribute: &str, value: Option<&str>) -> usize {
    let Some(value) = value else {
        return usize::MAX;
    };
    let mut places = question_sets(inspection).iter().filter_map(|sample| {
        match &sample.attributes.get(sample.attribute(attribute)?)?.kind {
            AttributeKind::Choice(ids) => ids.iter().position(|id| id == value),
            _ => None,
        }
    });
    places.next().unwrap_or(usize::MAX - 1)
}

fn question_sets(inspection: &Inspection) -> &[QuestionSet] {
    &inspection.edition.samples
}

/// The title of a value; the value itself where no sample has one for it.
pub(super) fn title_of(inspection: &Inspection, attribute: &str, value: String) -> String {
    let titles = inspection.framework.samples.iter().filter_map(|sample| {
        let place = sample.questions.attribute(attribute)?;
        Some(sample.title_of(place, &value)).filter(|title| *title != value)
    });
    let title = titles.map(str::to_owned).next();
    title.unwrap_or(value)
}
