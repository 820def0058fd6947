//! The rating of the lowest part.
//!
//! Source: published results of the North West division, 2018, where every standard has the rating of its lowest key question.
//! Ties: of equal ratings the key question with the lowest percent decides (the rounded or the exact one, as the bands have it),
//! then the first; a question goes before a measure, a measure before a standard. Nothing is rounded here. Parts without a rating
//! are left out and named; without any part that has one there is no rating. Must not know how a part got its rating.

use std::cmp::Ordering;

use super::Outcome;
use crate::framework::{BandOn, Framework};
use crate::rating::band::compare_shares;
use crate::rating::parts::{Figures, Part, Parts};
use crate::rating::{NoShare, QuestionRating, words};

/// Rates by the lowest part.
pub(super) fn rate(framework: &Framework, parts: &Parts<'_>, counted: Outcome) -> Outcome {
    let band_on = framework
        .bands
        .as_ref()
        .map_or(BandOn::Rounded, |bands| bands.band_on);
    let deciding = find_lowest(&parts.list, band_on);
    let lowest = deciding.and_then(|place| parts.list.get(place));
    Outcome {
        rating: lowest.and_then(Part::rating),
        deciding,
        reason: give_reason(framework, parts, lowest),
        ..counted
    }
}

/// The place of the lowest part that has a rating.
fn find_lowest(parts: &[Part<'_>], band_on: BandOn) -> Option<usize> {
    let rated = parts.iter().enumerate();
    let rated = rated.filter_map(|(place, part)| Some((part.rating()?, part, place)));
    let lowest = rated.min_by(|(one, one_part, _), (other, other_part, _)| {
        one.cmp(other)
            .then_with(|| compare_parts(one_part, other_part, band_on))
    });
    lowest.map(|(_, _, place)| place)
}

/// Which of two parts with the same rating decides; parts stand in the order of their kinds already.
fn compare_parts(one: &Part<'_>, other: &Part<'_>, band_on: BandOn) -> Ordering {
    let share = |part: &Part<'_>| match part.figures {
        Figures::Question(question) => question.tally.share(),
        Figures::Measure(_) | Figures::Standard(_) => None,
    };
    match (share(one), share(other)) {
        (Some(one), Some(other)) => compare_shares(one, other, band_on),
        _ => Ordering::Equal,
    }
}

/// Which part is the lowest, and which have nothing to say.
fn give_reason(framework: &Framework, parts: &Parts<'_>, lowest: Option<&Part<'_>>) -> String {
    let questions = || {
        parts.list.iter().filter_map(|part| match part.figures {
            Figures::Question(question) => Some(question),
            Figures::Measure(_) | Figures::Standard(_) => None,
        })
    };
    let Some(lowest) = lowest else {
        let missing: Vec<NoShare> = questions().filter_map(QuestionRating::no_share).collect();
        return match parts.noun() {
            "key question" => no_question_rated(&missing).to_owned(),
            noun => format!("no {noun} is rated yet"),
        };
    };
    let mut reasons = vec![format!("lowest is {}", describe(framework, lowest))];
    let mut silent = Vec::new();
    let mut inapplicable = Vec::new();
    for question in questions() {
        match question.no_share() {
            Some(NoShare::Unanswered { .. }) => silent.push(question.number.as_str()),
            Some(_) => inapplicable.push(question.number.as_str()),
            None => {}
        }
    }
    let others = parts
        .list
        .iter()
        .filter(|part| part.rating().is_none() && !matches!(part.figures, Figures::Question(_)));
    let others: Vec<&str> = others.map(Part::name).collect();
    reasons.extend(words::list_have(&silent).map(|have| format!("{have} no answers")));
    reasons
        .extend(words::list_have(&inapplicable).map(|have| format!("{have} no applicable cases")));
    reasons.extend(words::not_rated(&others));
    reasons.join("; ")
}

fn no_question_rated(missing: &[NoShare]) -> &'static str {
    if missing
        .iter()
        .any(|missing| matches!(missing, NoShare::Unanswered { .. }))
    {
        "no answers yet"
    } else if missing.contains(&NoShare::NoCases) {
        "no cases counted"
    } else {
        "no applicable cases"
    }
}

/// `2.4.3, 66% of 96 cases`, `SL001, 71.2% (Good)`, `2.2 Planning`.
fn describe(framework: &Framework, part: &Part<'_>) -> String {
    let name = part.name();
    match part.figures {
        Figures::Question(question) => {
            let unit = framework
                .samples
                .get(question.sample)
                .map_or("case", |sample| sample.unit.as_str());
            let share = question.tally.share();
            share.map_or_else(String::new, |share| {
                let cases = words::count_of(share.whole(), unit);
                format!("{name}, {}% of {cases}", share.percent())
            })
        }
        Figures::Measure(measure) => {
            let value = measure.value.unwrap_or_default();
            let title = measure.rating.map(|rating| framework.scale.title(rating));
            let value = words::quantity(value, &measure.unit);
            format!("{name}, {value} ({})", title.unwrap_or_default())
        }
        Figures::Standard(standard) => format!("{name} {}", standard.title),
    }
}
