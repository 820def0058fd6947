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

/// `2.4.3, 66% of 96 cases`, `M1, 71.2%` with the title of its rating, `2.2 Planning`.
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

#[cfg(test)]
mod tests {
    use super::super::fixture::{framework, measure, parts, question, rate_standards, standard};
    use super::super::rate_parts;
    use super::*;
    use crate::framework::{Rating, Rule};

    fn rate_figures(figures: Vec<Figures<'_>>) -> Outcome {
        rate_parts(Rule::Lowest, &framework(), &parts(figures), None)
    }

    #[test]
    fn the_lowest_question_is_found_by_rating_then_percent_then_order() {
        let questions = [
            QuestionRating::default(),
            question("1", 2, (71, 29)),
            question("2", 2, (704, 296)),
            question("3", 2, (696, 304)),
            question("4", 2, (348, 152)),
            question("5", 3, (90, 10)),
        ];
        let parts = parts(questions.iter().map(Figures::Question));
        let lowest = |band_on| find_lowest(&parts.list, band_on);
        assert_eq!(lowest(BandOn::Rounded), Some(2), "all three print as 70%");
        assert_eq!(lowest(BandOn::Exact), Some(3), "69.6% is lower than 70.4%");
        assert_eq!(find_lowest(&parts.list[..1], BandOn::Exact), None);
        assert_eq!(find_lowest(&[], BandOn::Rounded), None);
    }

    #[test]
    fn of_equal_ratings_a_question_goes_before_a_measure_and_a_measure_before_a_standard() {
        let asked = question("2.1.1", 2, (70, 30));
        let (measured, summed) = (measure("M1", Some(2)), standard("2.2", Some(2)));
        let figures = || {
            vec![
                Figures::Question(&asked),
                Figures::Measure(&measured),
                Figures::Standard(&summed),
            ]
        };
        let reason = |figures| rate_figures(figures).reason;
        assert_eq!(reason(figures()), "lowest is 2.1.1, 70% of 100 cases");
        assert_eq!(
            reason(figures()[1..].to_vec()),
            "lowest is M1, 71.4% (Good)"
        );
        assert_eq!(reason(figures()[2..].to_vec()), "lowest is 2.2 Title");
    }

    #[test]
    fn the_worst_rating_decides_whatever_kind_of_part_has_it() {
        let asked = question("2.1.1", 2, (70, 30));
        let (measured, summed) = (measure("M1", Some(1)), standard("2.2", Some(3)));
        let outcome = rate_figures(vec![
            Figures::Question(&asked),
            Figures::Measure(&measured),
            Figures::Standard(&summed),
        ]);
        assert_eq!(
            (outcome.rating, outcome.deciding),
            (Some(Rating(1)), Some(1))
        );
        assert_eq!(outcome.reason, "lowest is M1, 71.3% (Requires improvement)");
        let of = |ratings: &[Option<usize>]| rate_standards(Rule::Lowest, ratings).rating;
        assert_eq!(of(&[Some(3), Some(3)]), Some(Rating(3)));
        assert_eq!(of(&[Some(3), Some(0)]), Some(Rating(0)));
    }

    #[test]
    fn parts_without_a_rating_are_named_after_the_lowest() {
        let asked = question("2.1.1", 2, (70, 30));
        let silent = QuestionRating {
            number: "2.1.2".into(),
            ..QuestionRating::default()
        };
        let (measured, summed) = (measure("M1", None), standard("2.2", None));
        let outcome = rate_figures(vec![
            Figures::Question(&asked),
            Figures::Question(&silent),
            Figures::Measure(&measured),
            Figures::Standard(&summed),
        ]);
        assert_eq!(
            outcome.reason,
            "lowest is 2.1.1, 70% of 100 cases; 2.1.2 has no applicable cases; M1 and 2.2 are not rated"
        );
        assert_eq!((outcome.rated_count, outcome.counted_count), (1, 4));
    }

    #[test]
    fn nothing_rated_gives_no_rating() {
        let (measured, summed) = (measure("M1", None), standard("2.2", None));
        let both = rate_figures(vec![
            Figures::Measure(&measured),
            Figures::Standard(&summed),
        ]);
        assert_eq!((both.rating, both.deciding), (None, None));
        assert_eq!(both.reason, "no part is rated yet");
        let one = rate_figures(vec![Figures::Measure(&measured)]);
        assert_eq!(one.reason, "no measure is rated yet");
        let none = rate_standards(Rule::Lowest, &[]);
        assert_eq!(none.reason, "no standard is rated yet");
    }
}
