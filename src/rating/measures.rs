//! From what was measured to the figures of each measure: rounded once, then held against target, previous and national figure.
//!
//! Source: the service levels of 2023/24 calculate changes on figures rounded as published; `[z]` marks fewer than 30
//! observations there. Must not know how a value earns its rating (`grading`) or what measures make together (`rules`).

#[cfg(test)]
pub(in crate::rating) mod fixture;

use super::compare::find_trend;
use super::grading::{grade_value, lead};
use super::{Evidence, MeasureRating, words};
use crate::framework::{Framework, Measure, PercentYesOf, Reliability};
use crate::model::{Decimal, Measurement, SampleTallies, Share, round_figure};

/// The figures of every measure of the framework, in order.
pub(super) fn rate_measures(framework: &Framework, evidence: &Evidence<'_>) -> Vec<MeasureRating> {
    let nothing = Measurement::default();
    let measures = framework.measures.iter().enumerate();
    let rated = measures.map(|(place, measure)| {
        let recorded = evidence.measurements.get(place);
        let recorded = recorded.and_then(Option::as_ref).unwrap_or(&nothing);
        match framework.own_question(measure) {
            Some(source) => {
                let share = question_share(framework, &source.question, evidence.tallies);
                rate_counted(framework, measure, source, share, recorded)
            }
            None => rate_measure(framework, measure, recorded),
        }
    });
    rated.collect()
}

/// The figures of a measure whose question has this share of yes: the whole percent, on as many observations as it has applicable
/// cases. What was recorded as the value is not looked at, nor are its marks; target, national and previous figure are.
pub(super) fn rate_counted(
    framework: &Framework,
    measure: &Measure,
    source: &PercentYesOf,
    share: Option<Share>,
    recorded: &Measurement,
) -> MeasureRating {
    let counted = Measurement {
        value: share.map(|share| Decimal::from(share.percent())),
        observations: share.map(Share::whole),
        target: recorded.target,
        national: recorded.national,
        previous: recorded.previous,
        taken_from: format!("percent yes of {}", source.question),
        ..Measurement::default()
    };
    rate_measure(framework, measure, &counted)
}

/// The share of yes of a key question or prompt; `None` when nobody said yes or no.
fn question_share(framework: &Framework, number: &str, tallies: &[SampleTallies]) -> Option<Share> {
    let (sample, place) = place_of(framework, number)?;
    tallies.get(sample)?.questions.get(place)?.share()
}

/// The sample that is asked a key question or prompt, and its place on the sheet.
pub(super) fn place_of(framework: &Framework, number: &str) -> Option<(usize, usize)> {
    let mut samples = framework.samples.iter().enumerate();
    samples.find_map(|(sample, asked)| {
        let mut questions = asked.questions.questions.iter();
        let place = questions.position(|question| question.number == number)?;
        Some((sample, place))
    })
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
        figures.reason = match recorded.taken_from.as_str() {
            "" if recorded.unreliable => "not available: marked unreliable".to_owned(),
            "" => "not available".to_owned(),
            source => format!("not available: {source}"),
        };
        return figures;
    };
    if framework.leaves_out(figures.unreliable) {
        let why = few.unwrap_or_else(|| "unreliable".to_owned());
        figures.reason = format!("{why}: not rated");
        return figures;
    }
    let lead_over = |other: Option<Decimal>| lead(value, other?, measure.better?);
    figures.met = lead_over(figures.target).map(|lead| lead >= Decimal::ZERO);
    figures.trend = figures
        .previous
        .zip(measure.better)
        .filter(|_| figures.change.is_some())
        .map(|(previous, better)| find_trend(value, previous, better));
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

#[cfg(test)]
mod tests {
    use super::super::Trend;
    use super::*;
    use crate::framework::Better;
    use crate::rating::fixture::{Builder, decimal, value};

    const HIGHER: Option<Better> = Some(Better::Higher);
    const LOWER: Option<Better> = Some(Better::Lower);

    /// One measure in percent with this target, rated on what was recorded.
    fn rate_one(better: Option<Better>, target: &str, recorded: &Measurement) -> MeasureRating {
        let builder = Builder::new().measure("M1", "%", better).target(target);
        rate_measure(&builder.framework, &builder.framework.measures[0], recorded)
    }

    fn recorded(now: &str, before: &str) -> Measurement {
        Measurement {
            previous: value(before).value,
            ..value(now)
        }
    }

    #[test]
    fn a_target_is_met_on_rounded_figures_and_from_equality_on() {
        for (now, better, met, reason) in [
            ("74.4", HIGHER, true, "4.4 above the target"),
            ("70.0", HIGHER, true, "meets the target"),
            ("69.95", HIGHER, true, "meets the target"),
            ("69.94", HIGHER, false, "0.1 below the target"),
            ("70.04", LOWER, true, "meets the target"),
            ("70.05", LOWER, false, "0.1 above the target"),
            ("0", LOWER, true, "70.0 below the target"),
        ] {
            let rated = rate_one(better, "70", &value(now));
            assert_eq!(rated.met, Some(met), "{now}");
            assert_eq!(rated.reason, reason, "{now}");
        }
    }

    #[test]
    fn a_change_rests_on_rounded_figures_and_its_trend_on_the_direction() {
        for (now, before, better, change, trend) in [
            ("71.25", "70.0", HIGHER, "1.3", Some(Trend::Improved)),
            ("71.24", "71.16", HIGHER, "0.0", Some(Trend::Unchanged)),
            ("67.5", "70.0", HIGHER, "-2.5", Some(Trend::Declined)),
            ("67.5", "70.0", LOWER, "-2.5", Some(Trend::Improved)),
            ("70.1", "70.0", LOWER, "0.1", Some(Trend::Declined)),
            ("70.1", "70.0", None, "0.1", None),
        ] {
            let rated = rate_one(better, "50", &recorded(now, before));
            assert_eq!(rated.change.unwrap().to_string(), change);
            assert_eq!(rated.trend, trend, "{now} after {before}");
        }
    }

    #[test]
    fn what_is_missing_stays_missing() {
        let nothing = rate_one(HIGHER, "70", &recorded("", "60"));
        assert_eq!(
            (nothing.value, nothing.met, nothing.change),
            (None, None, None)
        );
        assert_eq!(nothing.reason, "not available");
        let first = rate_one(HIGHER, "70", &value("80"));
        assert_eq!((first.change, first.trend), (None, None));
        let zero = rate_one(HIGHER, "70", &value("0"));
        assert_eq!(
            (zero.met, zero.reason.as_str()),
            (Some(false), "70.0 below the target")
        );
        let watched = rate_one(None, "70", &value("80"));
        assert_eq!(watched.met, None, "no side is the better one");
    }

    #[test]
    fn a_recorded_target_and_national_figure_go_before_the_frameworks() {
        let own = Measurement {
            target: Some(decimal("80")),
            national: Some(decimal("71.26")),
            ..value("75")
        };
        let rated = rate_one(HIGHER, "70", &own);
        assert_eq!(
            (rated.target.unwrap().to_string(), rated.met),
            ("80.0".to_owned(), Some(false))
        );
        assert_eq!(
            rated.reason,
            "5.0 below the target; 3.7 above the national figure"
        );
    }

    fn rate_unreliable(rated: Option<bool>, recorded: &Measurement) -> MeasureRating {
        let builder = Builder::new().measure("M1", "%", HIGHER).target("70");
        let mut framework = builder.starts(["60", "70", "80"]).framework;
        framework.reliability = rated.map(|rated| Reliability {
            observations: 30,
            rated,
        });
        rate_measure(&framework, &framework.measures[0], recorded)
    }

    #[test]
    fn an_unreliable_value_is_shown_and_rated_only_where_the_framework_says_so() {
        let few = Measurement {
            observations: Some(29),
            ..recorded("75", "70")
        };
        let left_out = rate_unreliable(Some(false), &few);
        assert!(left_out.unreliable && left_out.value.is_some());
        assert_eq!(
            (left_out.rating, left_out.met, left_out.trend),
            (None, None, None)
        );
        assert_eq!(left_out.change, Some(decimal("5.0")), "its change is shown");
        assert_eq!(left_out.reason, "fewer than 30 observations: not rated");
        let rated = rate_unreliable(Some(true), &few);
        assert!(rated.unreliable && rated.rating.is_some());
        assert_eq!(
            (rated.met, rated.trend),
            (Some(true), Some(Trend::Improved))
        );
        assert_eq!(
            rated.reason,
            "at least 70%; 5.0 above the target; fewer than 30 observations"
        );
        let enough = Measurement {
            observations: Some(30),
            ..few
        };
        assert!(!rate_unreliable(Some(false), &enough).unreliable);
    }

    #[test]
    fn the_mark_of_the_source_makes_a_value_unreliable_too() {
        let marked = Measurement {
            unreliable: true,
            ..value("75")
        };
        let left_out = rate_unreliable(Some(false), &marked);
        assert_eq!(
            (left_out.rating, left_out.reason.as_str()),
            (None, "unreliable: not rated")
        );
        let no_limit = rate_unreliable(None, &marked);
        assert!(no_limit.unreliable && no_limit.rating.is_some());
        let withheld = Measurement {
            value: None,
            ..marked
        };
        let withheld = rate_unreliable(None, &withheld);
        assert_eq!(
            (withheld.value, withheld.rating, withheld.reason.as_str()),
            (None, None, "not available: marked unreliable")
        );
    }

    #[test]
    fn figures_too_long_to_be_subtracted_are_left_alone() {
        let long = Measurement {
            value: Some(Decimal::MAX),
            previous: Some(Decimal::MIN),
            target: Some(Decimal::MIN),
            ..Measurement::default()
        };
        let rated = rate_one(HIGHER, "70", &long);
        assert_eq!((rated.change, rated.trend, rated.met), (None, None, None));
    }
}
