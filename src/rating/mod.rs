//! From tallies, measurements and judgements to ratings: a pure function of what it is given, each rating with its reason.
//!
//! Rating never reads the clock, a file or the record; it works on whole numbers and exact decimals, and nothing missing is ever 0.
//!
//! ```text
//! tally → percent → band                       key question   (questions, band)
//! value → rounded → start or distance reached  measure        (measures, grading)
//! parts → rule → panel                         standard       (parts, rules), those that it sums up first (order)
//! parts → rule → published → moderation        overall        (parts, rules)
//! other answers → the same rules               ratings alone  (again), and how many answers would change one (differ)
//! ```

mod again;
mod band;
pub mod compare;
mod differ;
mod discretion;
#[cfg(test)]
pub(crate) mod fixture;
mod grading;
mod input;
mod measures;
mod order;
mod outcome;
mod parts;
mod pool;
#[cfg(test)]
mod properties;
mod questions;
mod rules;
mod share_band;
pub(crate) mod words;

pub use again::{RatedQuestion, Rater, Ratings};
pub use differ::{Difference, Direction, NoDifference};
pub use outcome::{
    Decision, Evidence, InspectionRating, Judgement, MeasureRating, Moderation, NoShare,
    OverallRating, QuestionRating, Score, StandardRating, TargetCount, Trend,
};
pub use pool::{ContributedQuestion, Contribution, Pooled, pool_question};

pub use rules::totals_of_ratings;

use crate::framework::{Framework, Rating, Rule, Standard};
use crate::model::Problems;
use parts::{Figures, Parts, Rated};
use rules::{Outcome, judged, moderation, rate_parts};

/// The name under which people judge the overall rating where the framework leaves it to them.
pub const OVERALL: &str = "overall";

/// Rates every measure, every standard and the whole.
///
/// A judgement on a standard that a rule rates moves it; without a computed rating there is nothing to move. No measurements at all
/// mean that none was recorded.
///
/// # Errors
/// Tallies of other samples or questions than the framework's, tallies that do not add up to the cases, measurements of other
/// measures, judgements on unknown or repeated standards or of unknown ratings, a moderation that the framework does not take, a
/// framework whose rules cannot work: all of them at once.
pub fn rate_inspection(
    framework: &Framework,
    evidence: &Evidence<'_>,
) -> Result<InspectionRating, Problems> {
    input::check_input(framework, evidence)?;
    let measures = measures::rate_measures(framework, evidence);
    let mut standards: Vec<Option<StandardRating>> = vec![None; framework.standards.len()];
    for place in order::order_standards(framework).sound {
        let rated = Rated {
            framework,
            measures: &measures,
            standards: &standards,
        };
        let standard = framework.standards.get(place);
        let rating = standard.map(|standard| rate_standard(rated, place, standard, evidence));
        if let Some(slot) = standards.get_mut(place) {
            *slot = rating;
        }
    }
    let parts = Parts::of_whole(Rated {
        framework,
        measures: &measures,
        standards: &standards,
    });
    let targets = parts.count_targets();
    let before = rate_whole(framework, &parts, evidence);
    let unmoderated = before.rating;
    let outcome = moderation::moderate(framework, before, evidence.moderation);
    let overall = outcome.rating.map(|rating| OverallRating {
        rating,
        unmoderated: unmoderated.unwrap_or(rating),
        judged: outcome.judged,
        moved_from: outcome.moved_from,
        rated_count: outcome.rated_count,
        counted_count: outcome.counted_count,
    });
    Ok(InspectionRating {
        overall,
        overall_reason: outcome.reason,
        score: outcome.score,
        targets,
        moderation: evidence.moderation.cloned(),
        standards: standards.into_iter().flatten().collect(),
        measures,
    })
}

/// Rates a standard by its rule, then lets the panel's judgement move it.
fn rate_standard(
    rated: Rated<'_>,
    place: usize,
    standard: &Standard,
    evidence: &Evidence<'_>,
) -> StandardRating {
    let framework = rated.framework;
    let judgement = find_judgement(evidence, &standard.number);
    let questions = questions::measure_questions(framework, standard, evidence.tallies);
    let parts = Parts::of_standard(rated, place, standard, &questions);
    let outcome = decide_standard(framework, standard, &parts, judgement);
    // Key questions stand first among the parts.
    let lowest = outcome.deciding.filter(|place| *place < questions.len());
    let discretion = match (standard.rule, &framework.bands) {
        (Rule::Lowest, Some(bands)) => {
            let others = other_ratings(&parts);
            discretion::flag_discretion(framework, bands, &questions, &others, lowest)
        }
        _ => Vec::new(),
    };
    let prompts = match standard.rule {
        Rule::Judged => questions::measure_prompts(framework, standard, evidence.tallies),
        _ => Vec::new(),
    };
    StandardRating {
        number: standard.number.clone(),
        title: standard.title.clone(),
        rating: outcome.rating,
        judged: outcome.judged,
        counted: standard.counted,
        moved_from: outcome.moved_from,
        because: judgement.map(|judgement| judgement.because.clone()),
        discretion,
        reason: outcome.reason,
        lowest,
        score: outcome.score,
        targets: parts.count_targets(),
        questions,
        evidence: prompts,
    }
}

/// What the rule of a standard, and then the panel, make of its parts.
fn decide_standard(
    framework: &Framework,
    standard: &Standard,
    parts: &Parts<'_>,
    judgement: Option<&Judgement>,
) -> Outcome {
    let outcome = rate_parts(standard.rule, framework, parts, judgement);
    match standard.rule {
        Rule::Judged => outcome,
        _ => judged::move_by_panel(framework, outcome, judgement),
    }
}

/// The ratings of the parts that are not key questions.
fn other_ratings(parts: &Parts<'_>) -> Vec<Rating> {
    let others = parts.list.iter();
    let others = others.filter(|part| !matches!(part.figures, Figures::Question(_)));
    others.filter_map(parts::Part::rating).collect()
}

/// Rates the whole by its rule, then takes the published rating. Moderation comes after.
fn rate_whole(framework: &Framework, parts: &Parts<'_>, evidence: &Evidence<'_>) -> Outcome {
    let overall = framework.overall;
    let judgement = find_judgement(evidence, OVERALL);
    let mut outcome = rate_parts(overall.rule, framework, parts, judgement);
    if overall.rule == Rule::None {
        let reason = if overall.given {
            "the published rating is not recorded"
        } else {
            "the framework gives no overall rating"
        };
        reason.clone_into(&mut outcome.reason);
    }
    if overall.given && overall.rule != Rule::Judged {
        outcome = judged::take_published(framework, outcome, judgement);
    }
    outcome
}

fn find_judgement<'e>(evidence: &Evidence<'e>, standard: &str) -> Option<&'e Judgement> {
    let mut judgements = evidence.judgements.iter();
    judgements.find(|judgement| judgement.standard == standard)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod whole_tests;
