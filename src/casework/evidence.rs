//! Everything that an inspection is rated on, gathered from the record: tallies, figures of measures, judgements, moderation.
//!
//! A measure may take its value from an audit: the inspection of the same provider under another framework. Must not rate anything.

use super::inspections::{Inspection, load};
use super::judging::load_judgements;
use super::moderating::load_moderation;
use super::rating::RatingScope;
use crate::framework::{Measure, PercentYesOf};
use crate::model::{Decimal, Measurement, Problems, SampleTallies, Share, list_some};
use crate::rating::{Evidence, Judgement, Moderation};
use crate::store::{InspectionRow, Status, Store};

/// What an inspection is rated on, in the order of its framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    tallies: Vec<SampleTallies>,
    measurements: Vec<Option<Measurement>>,
    judgements: Vec<Judgement>,
    moderation: Option<Moderation>,
}

impl Gathered {
    /// The same, as the rating takes it.
    #[must_use]
    pub fn evidence(&self) -> Evidence<'_> {
        Evidence {
            tallies: &self.tallies,
            measurements: &self.measurements,
            judgements: &self.judgements,
            moderation: self.moderation.as_ref(),
        }
    }
}

/// Gathers what an inspection is rated on.
///
/// # Errors
/// What the database reports; a record that does not fit its framework.
pub fn load_evidence(
    store: &Store,
    inspection: &Inspection,
    scope: RatingScope,
) -> Result<Gathered, Problems> {
    let samples = &inspection.edition.samples;
    let (tallies, _) = store.tally(inspection.id, samples, scope.tally_scope(), &[])?;
    Ok(Gathered {
        tallies,
        measurements: load_measurements(store, inspection, scope)?,
        judgements: load_judgements(store.read(), inspection)?,
        moderation: load_moderation(store.read(), inspection)?,
    })
}

/// One for each measure of the framework; `None` where nothing is known of it.
fn load_measurements(
    store: &Store,
    inspection: &Inspection,
    scope: RatingScope,
) -> Result<Vec<Option<Measurement>>, Problems> {
    let framework = &inspection.framework;
    if framework.measures.is_empty() {
        return Ok(Vec::new());
    }
    let mut recorded = store.read().measurements(inspection.id)?;
    let mut audits: Vec<(&str, Source)> = Vec::new();
    let mut measurements = Vec::new();
    for measure in &framework.measures {
        let place = recorded
            .iter()
            .position(|(id, _)| id.eq_ignore_ascii_case(&measure.id));
        let known = place.map(|place| recorded.swap_remove(place).1);
        let Some(source) = other_framework(inspection, measure) else {
            measurements.push(known);
            continue;
        };
        let id = source.framework.as_str();
        if !audits.iter().any(|(of, _)| *of == id) {
            audits.push((id, load_audit(store, inspection, id, scope)?));
        }
        let taken = match audits.iter().find(|(of, _)| *of == id) {
            Some((_, Source::Audit(audit))) => Some(audit.percent_yes(&source.question)),
            Some((_, Source::Unclear(words))) => Some(nothing_from(words.clone())),
            _ => None,
        };
        measurements.push(match (known, taken) {
            (known, None) => known.map(|known| with_value(known, Measurement::default())),
            (known, Some(taken)) => Some(with_value(known.unwrap_or_default(), taken)),
        });
    }
    Ok(measurements)
}

/// Target, national and previous figure as recorded; value and all that goes with it as taken from the audit.
fn with_value(recorded: Measurement, taken: Measurement) -> Measurement {
    Measurement {
        target: recorded.target,
        national: recorded.national,
        previous: recorded.previous,
        ..taken
    }
}

/// The question of another framework that gives a measure its value.
fn other_framework<'m>(inspection: &Inspection, measure: &'m Measure) -> Option<&'m PercentYesOf> {
    let own = inspection.framework.own_question(measure);
    measure.percent_yes_of.as_ref().filter(|_| own.is_none())
}

/// Where the measures of an inspection that rest on another framework take their values from.
enum Source {
    /// There is no inspection of the provider under it.
    Nowhere,
    /// This one.
    Audit(Box<Audit>),
    /// One of several; in words, which.
    Unclear(String),
}

/// The inspection from which a value is taken, with its counts.
struct Audit {
    inspection: Inspection,
    /// Its name, and its period where that is another.
    named: String,
    tallies: Vec<SampleTallies>,
}

fn load_audit(
    store: &Store,
    inspection: &Inspection,
    framework: &str,
    scope: RatingScope,
) -> Result<Source, Problems> {
    let rows = find_audits(store, inspection, framework, scope)?;
    let row = match rows.as_slice() {
        [] => return Ok(Source::Nowhere),
        [row] => row,
        several => return Ok(Source::Unclear(one_of(several))),
    };
    let audit = load(store, row)?;
    let (tallies, _) = store.tally(audit.id, &audit.edition.samples, scope.tally_scope(), &[])?;
    let other_period = !row.period.is_empty() && row.period != inspection.period;
    Ok(Source::Audit(Box::new(Audit {
        named: if other_period {
            format!("{} ({})", row.name, row.period)
        } else {
            row.name.clone()
        },
        inspection: audit,
        tallies,
    })))
}

/// The same provider's inspections under a framework. Of several, those of the same period count, or else those that name none;
/// then, where there are any, those of the same programme, those with cases that count, and those that are open.
fn find_audits(
    store: &Store,
    inspection: &Inspection,
    framework: &str,
    scope: RatingScope,
) -> Result<Vec<InspectionRow>, Problems> {
    let mut rows = store.read().inspections()?;
    rows.retain(|row| {
        row.id != inspection.id
            && row.framework_id.eq_ignore_ascii_case(framework)
            && row.provider.eq_ignore_ascii_case(&inspection.provider)
    });
    if rows.len() > 1 && !inspection.period.is_empty() {
        let same = |row: &InspectionRow| row.period == inspection.period;
        let any = rows.iter().any(same);
        rows.retain(|row| {
            if any {
                same(row)
            } else {
                row.period.is_empty()
            }
        });
    }
    let same_programme: Vec<bool> = rows
        .iter()
        .map(|row| row.programme == inspection.programme)
        .collect();
    prefer(&mut rows, &same_programme);
    if rows.len() > 1 {
        let mut counting = Vec::new();
        for row in &rows {
            counting.push(has_cases_that_count(store, row, scope)?);
        }
        prefer(&mut rows, &counting);
    }
    let open: Vec<bool> = rows.iter().map(|row| !row.closed).collect();
    prefer(&mut rows, &open);
    Ok(rows)
}

/// Leaves only the preferred ones, if there are any.
fn prefer(rows: &mut Vec<InspectionRow>, preferred: &[bool]) {
    if preferred.contains(&true) {
        let mut preferred = preferred.iter();
        rows.retain(|_| preferred.next() == Some(&true));
    }
}

fn has_cases_that_count(
    store: &Store,
    row: &InspectionRow,
    scope: RatingScope,
) -> Result<bool, Problems> {
    let cases = store.read().cases(row.id)?;
    Ok(cases.iter().any(|case| match case.status {
        Status::Submitted => true,
        Status::InHand => scope == RatingScope::Indicative,
        Status::Untouched | Status::Withdrawn => false,
    }))
}

/// `percent yes of one of several inspections, and it is not clear of which: A, B; …`.
fn one_of(rows: &[InspectionRow]) -> String {
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    format!(
        "percent yes of one of several inspections, and it is not clear of which: {}; those not meant are closed or corrected \
         with inspection change",
        list_some(&names)
    )
}

/// No value, with what is known of where it would be taken from.
fn nothing_from(taken_from: String) -> Measurement {
    Measurement {
        taken_from,
        ..Measurement::default()
    }
}

impl Audit {
    /// The percent yes of a question as the value of a measure; no value where nobody said yes or no.
    fn percent_yes(&self, question: &str) -> Measurement {
        let framework = &self.inspection.framework;
        let samples = framework.samples.iter().zip(&self.tallies);
        let mut tallies = samples.flat_map(|(sample, counted)| {
            sample.questions.questions.iter().zip(&counted.questions)
        });
        let taken_from = format!("percent yes of {question} in inspection {}", self.named);
        let Some((_, tally)) = tallies.find(|(known, _)| known.number == question) else {
            return nothing_from(format!(
                "{taken_from}, whose framework {} does not ask it",
                framework.id
            ));
        };
        let share = tally.share();
        Measurement {
            value: share.map(|share| Decimal::from(share.percent())),
            observations: share.map(Share::whole),
            ..nothing_from(taken_from)
        }
    }
}

/// How many assessments that are not submitted an indicative rating of this inspection counts: its own, and those of the audits
/// from which its measures take their values.
///
/// # Errors
/// What the database reports; a record that does not fit its framework.
pub(super) fn count_indicative(store: &Store, inspection: &Inspection) -> Result<u64, Problems> {
    let mut counted = vec![inspection.id];
    for measure in &inspection.framework.measures {
        let Some(source) = other_framework(inspection, measure) else {
            continue;
        };
        let framework = source.framework.as_str();
        let rows = find_audits(store, inspection, framework, RatingScope::Indicative)?;
        match rows.as_slice() {
            [row] if !counted.contains(&row.id) => counted.push(row.id),
            _ => {}
        }
    }
    let mut count = 0;
    for id in counted {
        let cases = store.read().cases(id)?.into_iter();
        count += cases.filter(|case| case.status == Status::InHand).count() as u64;
    }
    Ok(count)
}

#[cfg(test)]
mod tests;
