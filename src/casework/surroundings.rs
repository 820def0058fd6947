//! What an inspection is held against in its own annex: the provider's inspection before it, and the others of its programme.
//!
//! Of other inspections only what is submitted counts. Must not compare or pool any figure itself (`report`, `rating`).

use super::comparing::Rated;
use super::inspections::{Inspection, load};
use super::programmes::is_same;
use super::rating::{RatingScope, rate};
use super::reporting::head_one;
use crate::model::{Problems, Tally};
use crate::rating::{ContributedQuestion, Contribution, InspectionRating};
use crate::report::{Member, Previous, Programme, Surroundings};
use crate::store::{InspectionRow, Store};

/// What there is to hold an inspection with these ratings against.
///
/// # Errors
/// What the database reports; a record that does not fit its framework.
pub(super) fn find_surroundings(
    store: &Store,
    inspection: &Inspection,
    rating: &InspectionRating,
) -> Result<Surroundings, Problems> {
    let rows = store.read().inspections()?;
    Ok(Surroundings {
        previous: find_previous(store, &rows, inspection)?,
        programme: gather_programme(store, &rows, inspection, rating)?,
    })
}

/// The latest inspection of the provider before this one, under the same framework, of which anything is submitted; `None` where
/// there is none, and where several are of that period, so that nobody can tell which is meant.
fn find_previous(
    store: &Store,
    rows: &[InspectionRow],
    inspection: &Inspection,
) -> Result<Option<Previous>, Problems> {
    for together in earlier_rows(rows, inspection) {
        let mut found = Vec::new();
        for row in together {
            let inspection = load(store, row)?;
            let rating = rate(store, &inspection, RatingScope::Submitted)?;
            let rated = Rated { inspection, rating };
            if has_figures(&rated) {
                found.push(rated);
            }
        }
        match found.pop() {
            Some(only) if found.is_empty() => {
                let is_closed = only.inspection.closed;
                let inspected = head_one(store, only, RatingScope::Submitted)?;
                return Ok(Some(Previous {
                    inspected,
                    is_closed,
                }));
            }
            Some(_) => return Ok(None),
            None => {}
        }
    }
    Ok(None)
}

/// The names of the provider's other inspections under the same framework that cannot be put before or after this one, because only
/// one of the two has a period; none where there is an inspection before, or this one is closed and stays as it is.
///
/// # Errors
/// As [`find_previous`].
pub fn lacking_period(store: &Store, inspection: &Inspection) -> Result<Vec<String>, Problems> {
    let rows = store.read().inspections()?;
    let is_unordered = |row: &&InspectionRow| {
        row.id != inspection.id
            && is_alike(row, inspection)
            && row.period.is_empty() != inspection.period.is_empty()
    };
    let unordered: Vec<&InspectionRow> = rows.iter().filter(is_unordered).collect();
    let is_settled = inspection.closed || unordered.is_empty();
    if is_settled || find_previous(store, &rows, inspection)?.is_some() {
        return Ok(Vec::new());
    }
    Ok(unordered.iter().map(|row| row.name.clone()).collect())
}

/// Whether an inspection is of the same provider, or of the nation, under the same framework.
fn is_alike(row: &InspectionRow, inspection: &Inspection) -> bool {
    row.framework_id == inspection.framework.id
        && row.national == inspection.national
        && is_same(&row.provider, &inspection.provider)
}

/// The earlier inspections of the provider under the same framework, the latest first, those of one period together. Periods are
/// put in order as texts are, as `compare` does; without a period those that were opened before, and have none either.
fn earlier_rows<'r>(
    rows: &'r [InspectionRow],
    inspection: &Inspection,
) -> Vec<Vec<&'r InspectionRow>> {
    let own = rows.iter().position(|row| row.id == inspection.id);
    let before = own.and_then(|own| rows.get(..own)).unwrap_or_default();
    let is_alike = |row: &&InspectionRow| is_alike(row, inspection);
    if inspection.period.is_empty() {
        let before = before.iter().rev().filter(is_alike);
        let without = before.filter(|row| row.period.is_empty());
        return without.map(|row| vec![row]).collect();
    }
    let is_earlier =
        |row: &&InspectionRow| !row.period.is_empty() && row.period < inspection.period;
    let mut earlier: Vec<&InspectionRow> = rows
        .iter()
        .filter(is_alike)
        .filter(|row| is_earlier(row))
        .collect();
    earlier.sort_by(|one, other| other.period.cmp(&one.period));
    let together = earlier.chunk_by(|one, other| one.period == other.period);
    together.map(<[_]>::to_vec).collect()
}

/// Whether anything of it is submitted: a case, a figure of a measure, or a judgement where there are no cases.
fn has_figures(rated: &Rated) -> bool {
    let rating = &rated.rating;
    let questions = |standard: &crate::rating::StandardRating| {
        let all = standard.questions.iter().chain(&standard.evidence);
        all.map(|question| question.cases).max() > Some(0)
    };
    let is_measured = rating.measures.iter().any(|one| one.value.is_some());
    let is_judged = rated.inspection.framework.samples.is_empty()
        && rating.standards.iter().any(|one| one.rating.is_some());
    rating.standards.iter().any(questions) || is_measured || is_judged
}

/// What every inspection of the programme counted, national figures left out; `None` for an inspection of no programme.
fn gather_programme(
    store: &Store,
    rows: &[InspectionRow],
    inspection: &Inspection,
    rating: &InspectionRating,
) -> Result<Option<Programme>, Problems> {
    if inspection.programme.is_empty() {
        return Ok(None);
    }
    let members = rows.iter().filter(|row| {
        !row.national
            && row.framework_id == inspection.framework.id
            && is_same(&row.programme, &inspection.programme)
            && is_same(&row.period, &inspection.period)
    });
    let mut all = Vec::new();
    for row in members {
        let questions = if row.id == inspection.id {
            own_questions(rating)
        } else if row.framework == inspection.edition.hash {
            count_questions(store, inspection, row)?
        } else {
            count_questions(store, &load(store, row)?, row)?
        };
        all.push(Member {
            contribution: Contribution {
                provider: row.provider.trim().to_lowercase(),
                questions,
            },
            is_open_other: row.id != inspection.id && !row.closed,
        });
    }
    Ok(Some(Programme {
        name: inspection.programme.clone(),
        members: all,
    }))
}

/// The questions of the inspection itself, as its annex shows them.
fn own_questions(rating: &InspectionRating) -> Vec<ContributedQuestion> {
    let questions = rating.standards.iter().flat_map(|one| &one.questions);
    let questions = questions.map(|question| ContributedQuestion {
        number: question.number.clone(),
        text: question.text.clone(),
        tally: question.tally,
    });
    questions.collect()
}

/// The questions of an inspection that stands under the same text of the framework as `alike`.
fn count_questions(
    store: &Store,
    alike: &Inspection,
    row: &InspectionRow,
) -> Result<Vec<ContributedQuestion>, Problems> {
    let scope = RatingScope::Submitted.tally_scope();
    let (tallies, _) = store.tally(row.id, &alike.edition.samples, scope, &[])?;
    let tally = |(sample, place): (usize, usize)| -> Option<Tally> {
        tallies.get(sample)?.questions.get(place).copied()
    };
    let standards = alike.framework.standards.iter();
    let questions = standards.flat_map(|standard| &standard.key_questions);
    let questions = questions.filter_map(|question| {
        Some(ContributedQuestion {
            number: question.number.clone(),
            text: question.text.clone(),
            tally: tally(question.asked_of?)?,
        })
    });
    Ok(questions.collect())
}
