//! From tallies to ratings: a pure function of (framework, tallies, judgements), each rating with its reason.
//!
//! Rating never reads the clock, a file or the record; it works on integers only, and nothing missing is ever 0.
//!
//! ```text
//! tally → percent → band        key question   (band)
//! lowest key question           standard       (combine), or set by people
//! mean of points, tie to lower  overall        (combine), or set by people
//! ```

mod band;
mod combine;
pub mod compare;
mod discretion;
#[cfg(test)]
pub(crate) mod fixture;
mod input;
mod outcome;
#[cfg(test)]
mod properties;
pub(crate) mod words;

pub use outcome::{
    Decision, Evidence, InspectionRating, Judgement, MeasureRating, Moderation, NoShare,
    OverallRating, QuestionRating, Score, StandardRating, TargetCount, Trend,
};

use crate::framework::{Bands, Framework, KeyQuestion, Rule, Standard};
use crate::model::{Problems, SampleTallies};

/// The name under which people judge the overall rating where the framework leaves it to them.
pub const OVERALL: &str = "overall";

/// Rates every standard and the whole.
///
/// A judgement on a standard that key questions rate moves it; without applicable cases there is nothing to move.
///
/// # Errors
/// Tallies of other samples or questions than the framework's, tallies that do not add up to the cases, judgements on
/// unknown or repeated standards or of unknown ratings: all of them at once.
pub fn rate_inspection(
    framework: &Framework,
    evidence: &Evidence<'_>,
) -> Result<InspectionRating, Problems> {
    let Evidence {
        tallies,
        judgements,
        ..
    } = *evidence;
    input::check_input(framework, tallies, judgements)?;
    let judgement = |number: &str| {
        judgements
            .iter()
            .find(|judgement| judgement.standard == number)
    };
    let standards: Vec<StandardRating> = framework
        .standards
        .iter()
        .map(|standard| rate_standard(framework, standard, tallies, judgement(&standard.number)))
        .collect();
    let (overall, score, overall_reason) = rate_overall(framework, &standards, judgement(OVERALL));
    Ok(InspectionRating {
        overall,
        overall_reason,
        score,
        targets: TargetCount::default(),
        moderation: None,
        standards,
        measures: Vec::new(),
    })
}

fn rate_standard(
    framework: &Framework,
    standard: &Standard,
    tallies: &[SampleTallies],
    judgement: Option<&Judgement>,
) -> StandardRating {
    let stated = StandardRating {
        number: standard.number.clone(),
        title: standard.title.clone(),
        counted: standard.counted,
        because: judgement.map(|judgement| judgement.because.clone()),
        ..StandardRating::default()
    };
    match (standard.rule, &framework.bands) {
        (Rule::Lowest, Some(bands)) => {
            let ask = |question| measure_question(tallies, question, Some(bands));
            let questions = standard.key_questions.iter().filter_map(ask).collect();
            rate_by_questions(framework, bands, stated, questions, judgement)
        }
        _ => {
            let ask = |question| measure_question(tallies, question, None);
            StandardRating {
                judged: true,
                rating: judgement.map(|judgement| judgement.rating),
                reason: judgement.map_or("not judged yet".to_owned(), |judgement| {
                    format!("judged: {}", judgement.because)
                }),
                questions: standard.key_questions.iter().filter_map(ask).collect(),
                evidence: measure_prompts(framework, standard, tallies),
                ..stated
            }
        }
    }
}

/// Rates a standard by its lowest key question, then lets the panel's judgement move it.
fn rate_by_questions(
    framework: &Framework,
    bands: &Bands,
    stated: StandardRating,
    questions: Vec<QuestionRating>,
    judgement: Option<&Judgement>,
) -> StandardRating {
    let lowest = combine::lowest_question(&questions, bands.band_on);
    let computed = lowest.and_then(|place| questions.get(place)?.rating);
    let moved_to = computed.and(judgement).map(|judgement| judgement.rating);
    let mut reason = words::questions_reason(framework, &questions, lowest);
    if let Some(judgement) = judgement {
        let panel = words::panel_reason(framework, computed, judgement.rating, &judgement.because);
        reason = format!("{reason}; {panel}");
    }
    StandardRating {
        rating: moved_to.or(computed),
        moved_from: computed.filter(|computed| moved_to.is_some_and(|moved| moved != *computed)),
        discretion: lowest
            .map(|lowest| discretion::flag_discretion(framework, bands, &questions, lowest))
            .unwrap_or_default(),
        reason,
        lowest,
        questions,
        ..stated
    }
}

fn rate_overall(
    framework: &Framework,
    standards: &[StandardRating],
    judgement: Option<&Judgement>,
) -> (Option<OverallRating>, Option<Score>, String) {
    let total = combine::total_points(&framework.scale, standards);
    match (framework.overall.rule, total) {
        (Rule::PointsTotal, None) => (None, None, "no standard is rated yet".to_owned()),
        (Rule::PointsTotal, Some((total, score))) => {
            let unrated: Vec<&StandardRating> = standards
                .iter()
                .filter(|standard| standard.counted && standard.rating.is_none())
                .collect();
            let reason = words::points_reason(score, total.rated_count, &unrated);
            (Some(total), Some(score), reason)
        }
        (Rule::Judged, total) => match judgement {
            None => (None, None, "not judged yet".to_owned()),
            Some(judgement) => {
                let overall = OverallRating {
                    rating: judgement.rating,
                    judged: true,
                    moved_from: None,
                    rated_count: total.as_ref().map_or(0, |(total, _)| total.rated_count),
                    counted_count: u64::try_from(
                        standards.iter().filter(|standard| standard.counted).count(),
                    )
                    .unwrap_or(u64::MAX),
                };
                (
                    Some(overall),
                    None,
                    format!("judged: {}", judgement.because),
                )
            }
        },
        _ => (
            None,
            None,
            "the framework gives no overall rating".to_owned(),
        ),
    }
}

/// The figures of a key question; `None` when it is asked of no sample.
fn measure_question(
    tallies: &[SampleTallies],
    question: &KeyQuestion,
    bands: Option<&Bands>,
) -> Option<QuestionRating> {
    measure(
        tallies,
        question.asked_of?,
        &question.number,
        &question.text,
        bands,
    )
}

/// The figures of every prompt of a standard.
fn measure_prompts(
    framework: &Framework,
    standard: &Standard,
    tallies: &[SampleTallies],
) -> Vec<QuestionRating> {
    let prompts = standard
        .key_questions
        .iter()
        .flat_map(|question| &question.prompts);
    prompts
        .filter_map(|&(sample, place)| {
            let asked = framework.samples.get(sample)?;
            let number = &asked.questions.questions.get(place)?.number;
            let text = asked
                .wordings
                .get(place)
                .map_or("", |wording| wording.text.as_str());
            measure(tallies, (sample, place), number, text, None)
        })
        .collect()
}

fn measure(
    tallies: &[SampleTallies],
    (sample, place): (usize, usize),
    number: &str,
    text: &str,
    bands: Option<&Bands>,
) -> Option<QuestionRating> {
    let counted = tallies.get(sample)?;
    let tally = *counted.questions.get(place)?;
    let share = tally.share();
    Some(QuestionRating {
        number: number.to_owned(),
        text: text.to_owned(),
        sample,
        cases: counted.cases,
        tally,
        percent: share.map(|share| share.percent()),
        rating: share
            .zip(bands)
            .map(|(share, bands)| band::band_share(share, bands)),
    })
}

#[cfg(test)]
mod tests;
