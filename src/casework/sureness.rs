//! How sure the figures of an inspection are: the interval of each percent yes, and the ratings of samples that are drawn again.
//!
//! Must not compute an interval or draw lots itself (`statistics`), nor rate (`rating`), nor change what is published.

use std::collections::BTreeMap;

use super::counted::CountedSample;
use super::evidence::Gathered;
use crate::framework::{Framework, Rating};
use crate::model::{Answer, Mark, Problems, Sheet};
use crate::rating::{Direction, Rater, Ratings};
use crate::report::{Chances, Resampled, SampleDesign, Sureness};
use crate::statistics::{
    CaseTable, Confidence, Interval, Resampler, ShareEstimate, Stratum, estimate_share,
};

/// How often the samples of an inspection are drawn again.
const DRAWS: u64 = 10_000;

/// The seed from which they are drawn; published with what comes of it, and the same for every inspection.
const SEED: u64 = 1;

/// The interval of each percent yes that was estimated, by the number of its question, as shares from 0 to 1. A question to which
/// nobody said yes or no has none.
pub(super) fn intervals(
    estimates: &[(String, Option<ShareEstimate>)],
) -> BTreeMap<String, Interval> {
    let intervals = estimates.iter().filter_map(|(number, estimate)| {
        let estimate = estimate.as_ref()?;
        Some((number.clone(), estimate.interval))
    });
    intervals.collect()
}

/// All of it, as the technical tables show it.
///
/// # Errors
/// A record that does not fit its framework.
pub(super) fn measure_sureness(
    framework: &Framework,
    counted: &[CountedSample],
    gathered: &Gathered,
    estimates: Vec<(String, Option<ShareEstimate>)>,
) -> Result<Sureness, Problems> {
    let mut rater = Rater::new(framework, gathered.evidence())?;
    Ok(Sureness {
        samples: counted.iter().map(describe_design).collect(),
        questions: estimates,
        resampled: resample(framework, counted, &mut rater),
    })
}

/// The number of each key question that is asked of a sample, and its percent yes as estimated from the answers by stratum.
pub(super) fn estimate_questions(
    framework: &Framework,
    counted: &[CountedSample],
) -> Vec<(String, Option<ShareEstimate>)> {
    let standards = framework.standards.iter();
    let questions = standards.flat_map(|standard| &standard.key_questions);
    let estimates = questions.filter_map(|question| {
        let (sample, place) = question.asked_of?;
        let strata = counted.get(sample)?.strata.iter();
        let strata: Vec<Stratum> = strata.map(|stratum| stratum.count_answers(place)).collect();
        Some((
            question.number.clone(),
            estimate_share(&strata, Confidence::default()),
        ))
    });
    estimates.collect()
}

fn describe_design(sample: &CountedSample) -> SampleDesign {
    let drawn = || sample.strata.iter().filter(|stratum| !stratum.is_outside);
    let seen: u64 = drawn().filter_map(|stratum| stratum.population).sum();
    let outside = sample.strata.iter().filter(|stratum| stratum.is_outside);
    SampleDesign {
        population: sample.population,
        strata: drawn().count() as u64,
        unseen: sample.population.map_or(0, |all| all.saturating_sub(seen)),
        outside: outside.map(|stratum| stratum.sheets.len() as u64).sum(),
    }
}

/// Draws all samples again and counts how often each rating comes out, and finds how many answers would change one.
fn resample(framework: &Framework, counted: &[CountedSample], rater: &mut Rater<'_>) -> Resampled {
    if rater.questions().is_empty() {
        return Resampled::default();
    }
    let mut lots: Vec<(Vec<usize>, Resampler)> = Vec::new();
    for (place, sample) in counted.iter().enumerate() {
        let (questions, places) = asked_of(rater, place);
        let tables: Vec<CaseTable> = sample
            .strata
            .iter()
            .map(|stratum| CaseTable {
                population: stratum.population,
                rows: stratum
                    .sheets
                    .iter()
                    .map(|sheet| count_row(sheet, &places))
                    .collect(),
            })
            .collect();
        lots.push((questions, Resampler::new(SEED, place as u64, &tables)));
    }
    let ratings_count = framework.scale.0.len();
    let none = Chances {
        ratings: vec![0; ratings_count],
        ..Chances::default()
    };
    let mut chances = vec![none; framework.standards.len() + 1];
    let mut answers = vec![[0; 2]; rater.questions().len()];
    for _ in 0..DRAWS {
        for (questions, resampler) in &mut lots {
            for (question, counts) in questions.iter().zip(resampler.draw().chunks_exact(2)) {
                if let (Some(slot), [yes, no]) = (answers.get_mut(*question), counts) {
                    *slot = [u64::from(*yes), u64::from(*no)];
                }
            }
        }
        count_ratings(rater.rate(&answers), &mut chances);
    }
    let ups = rater.find_differences(Direction::Up);
    let downs = rater.find_differences(Direction::Down);
    for (chances, (up, down)) in chances.iter_mut().zip(ups.into_iter().zip(downs)) {
        (chances.up, chances.down) = (up, down);
    }
    Resampled {
        seed: SEED,
        draws: DRAWS,
        overall: chances.pop().unwrap_or_default(),
        standards: chances,
    }
}

/// The rated questions of a sample: their places among those of the rater, and on the sheet.
fn asked_of(rater: &Rater<'_>, sample: usize) -> (Vec<usize>, Vec<usize>) {
    let questions = rater.questions().iter().enumerate();
    questions
        .filter(|(_, question)| question.asked_of.0 == sample)
        .map(|(at, question)| (at, question.asked_of.1))
        .unzip()
}

/// What a case adds to the yes and no of each question.
fn count_row(sheet: &Sheet, places: &[usize]) -> Vec<u32> {
    let counts = places.iter().flat_map(|place| {
        let mark = sheet.mark(*place);
        [Answer::Yes, Answer::No].map(|answer| u32::from(mark == Mark::InForce(answer)))
    });
    counts.collect()
}

/// Counts the ratings of one draw: each standard's, and last the overall one.
fn count_ratings(drawn: &Ratings, chances: &mut [Chances]) {
    let ratings = drawn.standards.iter().chain([&drawn.overall]);
    for (rating, chances) in ratings.zip(chances) {
        let slot = rating.and_then(|Rating(place)| chances.ratings.get_mut(place));
        *slot.unwrap_or(&mut chances.not_rated) += 1;
    }
}
