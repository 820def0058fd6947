//! Everything that an inspection is rated on, gathered from the record: tallies, figures of measures, judgements, moderation.
//!
//! A measure may take its value from an audit: the inspection of the same provider under another framework. Must not rate anything.

use super::inspections::{Inspection, load};
use super::judging::load_judgements;
use super::moderating::load_moderation;
use super::rating::RatingScope;
use crate::framework::{Measure, PercentYesOf};
use crate::model::{
    Code, Decimal, Measurement, Place, Problem, Problems, SampleTallies, Share, list_some, nearest,
};
use crate::rating::{Evidence, Judgement, Moderation};
use crate::store::{InspectionRow, Store};

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
/// What the database reports; a record that does not fit its framework; a measure that several audits could give a value.
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
    let mut audits: Vec<(&str, Option<Audit>)> = Vec::new();
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
            audits.push((id, find_audit(store, inspection, id, scope)?));
        }
        let audit = audits.iter().find(|(of, _)| *of == id);
        let taken = audit
            .and_then(|(_, audit)| audit.as_ref())
            .map(|audit| audit.percent_yes(measure, &source.question))
            .transpose()?;
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
    let source = measure.percent_yes_of.as_ref()?;
    let own = source.framework.is_empty() || source.framework == inspection.framework.id;
    (!own).then_some(source)
}

/// The inspection from which a value is taken, with its counts.
struct Audit {
    inspection: Inspection,
    /// Its name, and its period where that is another.
    named: String,
    tallies: Vec<SampleTallies>,
}

/// The same provider's inspection under a framework. Of several, those of the same period count, or else those that name none; then
/// those of the same programme, where there are any.
fn find_audit(
    store: &Store,
    inspection: &Inspection,
    framework: &str,
    scope: RatingScope,
) -> Result<Option<Audit>, Problems> {
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
    if rows.len() > 1 {
        let same = |row: &InspectionRow| row.programme == inspection.programme;
        let any = rows.iter().any(same);
        rows.retain(|row| !any || same(row));
    }
    let row = match rows.as_slice() {
        [] => return Ok(None),
        [row] => row,
        several => return Err(several_audits(inspection, framework, several).into()),
    };
    let audit = load(store, row)?;
    let (tallies, _) = store.tally(audit.id, &audit.edition.samples, scope.tally_scope(), &[])?;
    let other_period = !row.period.is_empty() && row.period != inspection.period;
    Ok(Some(Audit {
        named: if other_period {
            format!("{} ({})", row.name, row.period)
        } else {
            row.name.clone()
        },
        inspection: audit,
        tallies,
    }))
}

fn several_audits(inspection: &Inspection, framework: &str, rows: &[InspectionRow]) -> Problem {
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let what = format!(
        "measures take their values from the inspection of {} under {framework}, and there are several: {}",
        inspection.provider,
        list_some(&names)
    );
    let remedy = "open this inspection with the period or programme of the one that is meant: --period, --programme";
    Problem::new(Code::WhichInspection, what, remedy).at(Place::of(&inspection.name))
}

impl Audit {
    /// The percent yes of a question as the value of a measure; no value where nobody said yes or no.
    fn percent_yes(&self, measure: &Measure, question: &str) -> Result<Measurement, Problems> {
        let samples = self.inspection.framework.samples.iter().zip(&self.tallies);
        let mut tallies = samples.flat_map(|(sample, counted)| {
            sample.questions.questions.iter().zip(&counted.questions)
        });
        let Some((_, tally)) = tallies.find(|(known, _)| known.number == question) else {
            return Err(self.has_no_question(measure, question).into());
        };
        let share = tally.share();
        Ok(Measurement {
            value: share.map(|share| Decimal::from(share.percent())),
            observations: share.map(Share::whole),
            taken_from: format!("percent yes of {question} in inspection {}", self.named),
            ..Measurement::default()
        })
    }

    fn has_no_question(&self, measure: &Measure, question: &str) -> Problem {
        let framework = &self.inspection.framework;
        let known = framework.samples.iter().flat_map(|sample| {
            let questions = sample.questions.questions.iter();
            questions.map(|question| question.number.as_str())
        });
        let what = format!(
            "the measure {} takes its value from question {question}, which {} does not ask",
            measure.id, framework.id
        );
        Problem::new(Code::UnknownQuestion, what, nearest(question, known))
    }
}

#[cfg(test)]
mod tests;
