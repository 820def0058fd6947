//! How sure the figures of an inspection are: the interval of each percent yes, and the ratings of samples that are drawn again.
//!
//! Must not compute an interval or draw lots itself (`statistics`), nor rate (`rating`), nor change what is published.

use super::agreeing::read_confidence;
use super::counted::CountedSample;
use super::evidence::Gathered;
use super::inspections::Inspection;
use crate::framework::{Framework, Rating};
use crate::model::{Answer, Code, Mark, Place, Problem, Problems, Sheet};
use crate::rating::{Direction, Rater, Ratings};
use crate::report::{Chances, Intervals, Resampled, SampleDesign, Sureness};
use crate::statistics::{CaseTable, Confidence, Resampler, ShareEstimate, Stratum, estimate_share};

/// How often the samples of an inspection are drawn again, unless another number is wanted.
const DRAWS: u64 = 10_000;

/// The seed from which they are drawn, unless another one is wanted; published with what comes of it, and the same for every
/// inspection.
const SEED: u64 = 1;

/// How sureness is to be measured; what nothing is said of is as it always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SurenessWanted {
    confidence: Option<Confidence>,
    seed: Option<u64>,
    draws: Option<u64>,
}

impl SurenessWanted {
    /// With the confidence of the intervals as it was typed, in percent, from which seed samples are drawn again, and how often.
    ///
    /// # Errors
    /// A confidence that is not 50 to 99.9 percent.
    pub fn of(
        confidence: Option<&str>,
        seed: Option<u64>,
        draws: Option<u64>,
    ) -> Result<SurenessWanted, Problems> {
        let confidence = confidence.map(|typed| read_confidence(Some(typed)));
        Ok(SurenessWanted {
            confidence: confidence.transpose()?,
            seed,
            draws,
        })
    }

    pub(super) fn confidence(self) -> Confidence {
        self.confidence.unwrap_or_default()
    }

    /// Published figures are not measured again.
    ///
    /// # Errors
    /// Something is wanted in another way than as it always is, or said at all.
    pub(super) fn refuse_for_published(self, inspection: &Inspection) -> Result<(), Problems> {
        if self == SurenessWanted::default() {
            return Ok(());
        }
        let what = "its figures are published: intervals and chances are shown as they were stored";
        let remedy = format!(
            "leave --confidence, --seed and --draws out; an open inspection takes them: caseaudit inspection reopen \"{}\" --because \"…\"",
            inspection.name
        );
        Err(Problem::new(Code::Closed, what, remedy)
            .at(Place::of(&inspection.name))
            .into())
    }
}

/// The interval of each percent yes that was estimated, by the number of its question, as shares from 0 to 1. A question to which
/// nobody said yes or no has none.
pub(super) fn intervals(
    estimates: &[(String, Option<ShareEstimate>)],
    confidence: Confidence,
) -> Intervals {
    let of_questions = estimates.iter().filter_map(|(number, estimate)| {
        let estimate = estimate.as_ref()?;
        Some((number.clone(), estimate.interval))
    });
    Intervals {
        confidence,
        of_questions: of_questions.collect(),
    }
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
    wanted: SurenessWanted,
) -> Result<Sureness, Problems> {
    let mut rater = Rater::new(framework, gathered.evidence())?;
    let confidence = wanted.confidence();
    Ok(Sureness {
        confidence,
        samples: counted.iter().map(describe_design).collect(),
        questions: estimates,
        resampled: resample(framework, counted, &mut rater, wanted),
    })
}

/// The number of each key question that is asked of a sample, and its percent yes as estimated from the answers by stratum.
pub(super) fn estimate_questions(
    framework: &Framework,
    counted: &[CountedSample],
    confidence: Confidence,
) -> Vec<(String, Option<ShareEstimate>)> {
    let standards = framework.standards.iter();
    let questions = standards.flat_map(|standard| &standard.key_questions);
    let estimates = questions.filter_map(|question| {
        let (sample, place) = question.asked_of?;
        let strata = counted.get(sample)?.strata.iter();
        let strata: Vec<Stratum> = strata.map(|stratum| stratum.count_answers(place)).collect();
        Some((question.number.clone(), estimate_share(&strata, confidence)))
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
fn resample(
    framework: &Framework,
    counted: &[CountedSample],
    rater: &mut Rater<'_>,
    wanted: SurenessWanted,
) -> Resampled {
    let (seed, draws) = (wanted.seed.unwrap_or(SEED), wanted.draws.unwrap_or(DRAWS));
    if rater.asked().is_empty() {
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
        lots.push((questions, Resampler::new(seed, place as u64, &tables)));
    }
    let ratings_count = framework.scale.0.len();
    let none = Chances {
        ratings: vec![0; ratings_count],
        ..Chances::default()
    };
    let mut chances = vec![none; framework.standards.len() + 1];
    let mut answers = vec![[0; 2]; rater.asked().len()];
    for _ in 0..draws {
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
        seed,
        draws,
        overall: chances.pop().unwrap_or_default(),
        standards: chances,
    }
}

/// The questions of a sample on which ratings rest: their places among those of the rater, and on the sheet.
fn asked_of(rater: &Rater<'_>, sample: usize) -> (Vec<usize>, Vec<usize>) {
    let asked = rater.asked().iter().enumerate();
    let asked = asked.filter(|(_, (of, _))| *of == sample);
    asked.map(|(at, (_, place))| (at, *place)).unzip()
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
