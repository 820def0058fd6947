//! From what was measured to the figures of each measure: rounded once, then held against target, previous and national figure.
//!
//! Source: the service levels of 2023/24 calculate changes on figures rounded as published; `[z]` marks fewer than 30
//! observations there. Must not know how a value earns its rating (`grading`) or what measures make together (`rules`).

#[cfg(test)]
pub(in crate::rating) mod fixture;

use super::grading::{grade_value, lead};
use super::{Evidence, MeasureRating, Trend, words};
use crate::framework::{Framework, Measure, PercentYesOf, Reliability};
use crate::model::{Decimal, Measurement, SampleTallies, Share, round_figure};

/// The figures of every measure of the framework, in order.
pub(super) fn rate_measures(framework: &Framework, evidence: &Evidence<'_>) -> Vec<MeasureRating> {
    let nothing = Measurement::default();
    let measures = framework.measures.iter().enumerate();
    let rated = measures.map(|(place, measure)| {
        let recorded = evidence.measurements.get(place);
        let recorded = recorded.and_then(Option::as_ref).unwrap_or(&nothing);
        match own_question(framework, measure) {
            Some(source) => {
                let counted = count_percent(framework, source, evidence.tallies, recorded);
                rate_measure(framework, measure, &counted)
            }
            None => rate_measure(framework, measure, recorded),
        }
    });
    rated.collect()
}

/// The question of this framework whose percent yes is the measure's value.
fn own_question<'m>(framework: &Framework, measure: &'m Measure) -> Option<&'m PercentYesOf> {
    let source = measure.percent_yes_of.as_ref();
    source.filter(|source| source.framework.is_empty() || source.framework == framework.id)
}

/// The whole percent yes of a question, on as many observations as it has applicable cases. What was recorded as the value is not
/// looked at, nor are its marks; target, national and previous figure are.
fn count_percent(
    framework: &Framework,
    source: &PercentYesOf,
    tallies: &[SampleTallies],
    recorded: &Measurement,
) -> Measurement {
    let share = question_share(framework, &source.question, tallies);
    Measurement {
        value: share.map(|share| Decimal::from(share.percent())),
        observations: share.map(Share::whole),
        target: recorded.target,
        national: recorded.national,
        previous: recorded.previous,
        taken_from: format!("percent yes of {}", source.question),
        ..Measurement::default()
    }
}

/// The share of yes of a key question or prompt; `None` when nobody said yes or no.
fn question_share(framework: &Framework, number: &str, tallies: &[SampleTallies]) -> Option<Share> {
    let mut samples = framework.samples.iter().zip(tallies);
    let tally = samples.find_map(|(sample, tallies)| {
        let mut questions = sample.questions.questions.iter();
        let place = questions.position(|question| question.number == number)?;
        tallies.questions.get(place)
    });
    tally?.share()
}

fn rate_measure(framework: &Framework, measure: &Measure, recorded: &Measurement) -> MeasureRating {
    let round = |figure: Option<Decimal>| figure.map(|f| round_figure(f, measure.decimals));
    let few = few_observations(framework.reliability, recorded);
    let mut figures = MeasureRating {
        id: measure.id.clone(),
        title: measure.title.clone(),
        unit: measure.unit.clone(),
        better: measure.better,
        value: round(recorded.value),
        provisional: recorded.provisional,
        revised: recorded.revised,
        unreliable: recorded.unreliable || few.is_some(),
        observations: recorded.observations,
        taken_from: recorded.taken_from.clone(),
        target: round(recorded.target.or(measure.target)),
        national: round(recorded.national.or(measure.national)),
        previous: round(recorded.previous),
        ..MeasureRating::default()
    };
    figures.change = figures
        .value
        .zip(figures.previous)
        .and_then(|(value, previous)| value.checked_sub(previous));
    let Some(value) = figures.value else {
        figures.reason = "not available".to_owned();
        return figures;
    };
    let is_left_out = figures.unreliable && framework.reliability.is_some_and(|limit| !limit.rated);
    if is_left_out {
        let why = few.unwrap_or_else(|| "unreliable".to_owned());
        figures.reason = format!("{why}: not rated");
        return figures;
    }
    let lead_over = |other: Option<Decimal>| lead(value, other?, measure.better?);
    figures.met = lead_over(figures.target).map(|lead| lead >= Decimal::ZERO);
    figures.trend = lead_over(figures.previous).map(|lead| match lead {
        lead if lead > Decimal::ZERO => Trend::Improved,
        lead if lead < Decimal::ZERO => Trend::Declined,
        _ => Trend::Unchanged,
    });
    let (rating, because) = grade_value(measure, &figures);
    figures.rating = rating;
    let mut reasons = vec![
        because,
        compare_target(&figures),
        compare_national(&figures),
    ];
    reasons.extend(few);
    reasons.retain(|reason| !reason.is_empty());
    figures.reason = reasons.join("; ");
    figures
}

/// `fewer than 30 observations`, where that is known of a value.
fn few_observations(reliability: Option<Reliability>, recorded: &Measurement) -> Option<String> {
    let least = reliability?.observations;
    recorded.value?;
    let is_few = recorded.observations? < least;
    is_few.then(|| format!("fewer than {}", words::count_of(least, "observation")))
}

/// `4.4 above the target`, `meets the target`; empty without a target.
fn compare_target(figures: &MeasureRating) -> String {
    match figures.target.and_then(|target| distance(figures, target)) {
        Some((side, by)) => format!("{by} {side} the target"),
        None if figures.target.is_some() => "meets the target".to_owned(),
        None => String::new(),
    }
}

/// `1.2 below the national figure`; empty where there is none.
fn compare_national(figures: &MeasureRating) -> String {
    let Some(national) = figures.national else {
        return String::new();
    };
    match distance(figures, national) {
        Some((side, by)) => format!("{by} {side} the national figure"),
        None => "equals the national figure".to_owned(),
    }
}

/// On which side of another figure the value lies, and how far; `None` when they are equal.
fn distance(figures: &MeasureRating, other: Decimal) -> Option<(&'static str, String)> {
    let difference = figures.value?.checked_sub(other)?;
    let side = if difference.is_sign_negative() {
        "below"
    } else {
        "above"
    };
    (!difference.is_zero()).then(|| (side, words::figure(difference.abs())))
}
