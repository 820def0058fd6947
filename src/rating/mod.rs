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
mod discretion;
#[cfg(test)]
pub(crate) mod fixture;
mod input;
#[cfg(test)]
mod properties;
pub(crate) mod words;

use crate::framework::{
    Bands, Framework, KeyQuestion, OverallRule, Rating, Standard, StandardRule,
};
use crate::model::{Problems, SampleTallies, Tally};

/// The name under which people judge the overall rating where the framework leaves it to them.
pub const OVERALL: &str = "overall";

/// A rating set by people, with their reason: of a judged standard, or a ratings panel's discretion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Number of the standard, or [`OVERALL`].
    pub standard: String,
    /// The rating that they set.
    pub rating: Rating,
    /// Their reason; printed with the rating.
    pub because: String,
    /// Who recorded it.
    pub who: String,
    /// When, as text; carried along, never read.
    pub at: String,
}

/// All ratings of one inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectionRating {
    /// The overall rating; `None` when nothing is rated or the framework gives none.
    pub overall: Option<OverallRating>,
    /// Why the overall rating is what it is, or why there is none.
    pub overall_reason: String,
    /// Every standard of the framework, in order.
    pub standards: Vec<StandardRating>,
}

/// The overall rating and how it was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverallRating {
    /// The rating.
    pub rating: Rating,
    /// Points of the standards that are counted and rated; 0 where people judge the overall rating.
    pub points: u64,
    /// The most points that those standards could have; 0 where people judge the overall rating.
    pub max_points: u64,
    /// How many standards are counted and rated.
    pub rated_count: u64,
    /// How many standards the framework counts.
    pub counted_count: u64,
}

/// The rating of one standard and how it was reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StandardRating {
    /// Its number, such as `2.1`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its rating, after the panel; `None` when it has no applicable cases or is not judged yet.
    pub rating: Option<Rating>,
    /// Whether its rating is set by people rather than by key questions.
    pub judged: bool,
    /// Whether it counts towards the overall rating.
    pub counted: bool,
    /// The rating that the key questions gave, where a panel moved it to another.
    pub moved_from: Option<Rating>,
    /// The reason that people gave, where they judged or moved it.
    pub because: Option<String>,
    /// Why a panel may consider the rating that the key questions gave; empty when it may not.
    pub discretion: Vec<String>,
    /// Why the rating is what it is, or why there is none.
    pub reason: String,
    /// Which of `questions` decides; `None` for a judged or unrated standard.
    pub lowest: Option<usize>,
    /// Its key questions in order; of a judged standard those that are asked of a sample, which rate nothing.
    pub questions: Vec<QuestionRating>,
    /// The prompts of a judged standard that are asked of a sample, such as staff interviews; they rate nothing.
    pub evidence: Vec<QuestionRating>,
}

/// The figures of one key question (or, as evidence, of one prompt).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuestionRating {
    /// Its number, such as `2.1.1`.
    pub number: String,
    /// Its wording.
    pub text: String,
    /// Place of its sample in the framework.
    pub sample: usize,
    /// How many cases of the sample were counted, whether the question applies to them or not.
    pub cases: u64,
    /// In which state those cases stand.
    pub tally: Tally,
    /// Whole percent yes of the applicable cases; `None` when nobody said yes or no.
    pub percent: Option<u64>,
    /// The band of the percentage; `None` without one, and in a judged standard.
    pub rating: Option<Rating>,
}

/// Why a question has no percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoShare {
    /// No case of the sample is counted.
    NoCases,
    /// It applies to none of the cases.
    NotApplicable,
    /// It applies to some cases and nobody said yes or no.
    Unanswered {
        /// In how many cases it was asked.
        asked: u64,
    },
}

impl QuestionRating {
    /// Why there is no percentage; `None` when there is one.
    #[must_use]
    pub fn no_share(&self) -> Option<NoShare> {
        let tally = &self.tally;
        if tally.yes > 0 || tally.no > 0 {
            None
        } else if self.cases == 0 {
            Some(NoShare::NoCases)
        } else if tally.unanswered == 0 {
            Some(NoShare::NotApplicable)
        } else {
            Some(NoShare::Unanswered {
                asked: tally.unanswered + tally.not_applicable,
            })
        }
    }
}

impl StandardRating {
    /// The key question that decides; `None` for a judged or unrated standard.
    #[must_use]
    pub fn lowest_question(&self) -> Option<&QuestionRating> {
        self.questions.get(self.lowest?)
    }
}

/// Rates every standard and the whole.
///
/// `tallies` holds one for each sample of the framework in order, `judgements` at most one for each standard.
/// A judgement on a standard that key questions rate moves it; without applicable cases there is nothing to move.
///
/// # Errors
/// Tallies of other samples or questions than the framework's, tallies that do not add up to the cases, judgements on
/// unknown or repeated standards or of unknown ratings: all of them at once.
pub fn rate_inspection(
    framework: &Framework,
    tallies: &[SampleTallies],
    judgements: &[Judgement],
) -> Result<InspectionRating, Problems> {
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
    let (overall, overall_reason) = rate_overall(framework, &standards, judgement(OVERALL));
    Ok(InspectionRating {
        overall,
        overall_reason,
        standards,
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
        (StandardRule::LowestKeyQuestion, Some(bands)) => {
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
) -> (Option<OverallRating>, String) {
    let total = combine::total_points(&framework.scale, standards);
    match (framework.overall, total) {
        (OverallRule::None, _) => (None, "the framework gives no overall rating".to_owned()),
        (OverallRule::PointsTotal, None) => (None, "no standard is rated yet".to_owned()),
        (OverallRule::PointsTotal, Some(total)) => {
            let unrated: Vec<&StandardRating> = standards
                .iter()
                .filter(|standard| standard.counted && standard.rating.is_none())
                .collect();
            let reason =
                words::points_reason(total.points, total.max_points, total.rated_count, &unrated);
            (Some(total), reason)
        }
        (OverallRule::Judged, total) => match judgement {
            None => (None, "not judged yet".to_owned()),
            Some(judgement) => {
                let overall = OverallRating {
                    rating: judgement.rating,
                    points: 0,
                    max_points: 0,
                    rated_count: total.as_ref().map_or(0, |total| total.rated_count),
                    counted_count: u64::try_from(
                        standards.iter().filter(|standard| standard.counted).count(),
                    )
                    .unwrap_or(u64::MAX),
                };
                (Some(overall), format!("judged: {}", judgement.because))
            }
        },
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
