//! How many measures meet their target; a rating only where there are `[met_bands]`.
//!
//! Source: the service levels of 2023/24 count targets met (9 of 26). A value that equals its target meets it. Rounding: once, to one
//! decimal of a percent, half up, where there are bands; a band starts at its lowest percent, inclusive. Measures without a target,
//! without a value, and with a value too unreliable to be rated are left out and counted apart; with no target at all there is
//! nothing to count and no rating. Must not know how a value earns a rating of its own.

use super::Outcome;
use crate::framework::{Framework, Rating};
use crate::rating::parts::{Parts, as_count};
use crate::rating::share_band::ExactShare;
use crate::rating::{MeasureRating, words};

/// Counts the targets that are met, and rates the count where there are bands.
pub(super) fn rate(framework: &Framework, parts: &Parts<'_>, counted: Outcome) -> Outcome {
    let targets = parts.count_targets();
    let share = ExactShare::new(u128::from(targets.met), u128::from(targets.with_target));
    let banded = framework
        .met_bands
        .as_ref()
        .zip(share)
        .map(|(bands, share)| (share.band(bands), share.percent()));
    let mut figures = match share {
        None => "no target to meet".to_owned(),
        Some(_) => format!(
            "{} of {} met",
            words::count(targets.met),
            words::count_of(targets.with_target, "target")
        ),
    };
    if let Some((_, percent)) = banded {
        figures = format!("{figures}, {percent}%");
    }
    let rating: Option<Rating> = banded.map(|(rating, _)| rating);
    Outcome {
        rating,
        rated_count: targets.with_target,
        counted_count: as_count(parts.measures.len()),
        reason: give_reason(figures, &parts.measures),
        ..counted
    }
}

/// After the figures, how many measures are left out, and why.
fn give_reason(figures: String, measures: &[&MeasureRating]) -> String {
    let left_out = |wanted: fn(&MeasureRating) -> bool| {
        let uncounted = measures.iter().filter(|measure| measure.met.is_none());
        as_count(uncounted.filter(|measure| wanted(measure)).count())
    };
    let groups = [
        (
            left_out(|measure| !has_target(measure)),
            ["has no target", "have no target"],
        ),
        (
            left_out(|measure| has_target(measure) && measure.value.is_none()),
            ["is not available", "are not available"],
        ),
        (
            left_out(|measure| has_target(measure) && measure.value.is_some()),
            ["is unreliable", "are unreliable"],
        ),
    ];
    let mut reasons = vec![figures];
    for (count, [one, several]) in groups {
        if count > 0 {
            let says = if count == 1 { one } else { several };
            reasons.push(format!("{} {says}", words::count(count)));
        }
    }
    reasons.join("; ")
}

/// Whether there is something to reach, and a side to reach it from.
fn has_target(measure: &MeasureRating) -> bool {
    measure.target.is_some() && measure.better.is_some()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{framework, measure, parts};
    use super::super::rate_parts;
    use super::*;
    use crate::framework::Rule;
    use crate::model::Decimal;
    use crate::rating::fixture::share_bands;

    /// Measures that meet, miss or do not count a target.
    fn rate_met(framework: &Framework, met: &[Option<bool>]) -> Outcome {
        let measures: Vec<MeasureRating> = met
            .iter()
            .map(|met| MeasureRating {
                met: *met,
                target: met.map(|_| Decimal::TEN),
                ..measure("M", Some(0))
            })
            .collect();
        let mut parts = parts([]);
        parts.measures = measures.iter().collect();
        rate_parts(Rule::TargetsMet, framework, &parts, None)
    }

    fn met(met: usize, missed: usize) -> Vec<Option<bool>> {
        [vec![Some(true); met], vec![Some(false); missed]].concat()
    }

    #[test]
    fn targets_are_counted_and_not_rated_without_bands() {
        let outcome = rate_met(&framework(), &met(9, 17));
        assert_eq!((outcome.rating, outcome.score), (None, None));
        assert_eq!(outcome.reason, "9 of 26 targets met");
        assert_eq!((outcome.rated_count, outcome.counted_count), (26, 26));
        assert_eq!(
            rate_met(&framework(), &met(1, 0)).reason,
            "1 of 1 target met"
        );
        assert_eq!(
            rate_met(&framework(), &met(0, 3)).reason,
            "0 of 3 targets met"
        );
    }

    #[test]
    fn what_is_left_out_is_counted_apart() {
        let left_out = |value, target| MeasureRating {
            value,
            target,
            ..measure("M", Some(0))
        };
        let figure = Some(Decimal::TEN);
        let measures = [
            left_out(figure, None),
            left_out(None, None),
            left_out(None, figure),
            left_out(figure, figure),
        ];
        let mut parts = parts([]);
        parts.measures = measures.iter().collect();
        let outcome = rate_parts(Rule::TargetsMet, &framework(), &parts, None);
        assert_eq!(
            outcome.reason,
            "no target to meet; 2 have no target; 1 is not available; 1 is unreliable"
        );
        assert_eq!((outcome.rated_count, outcome.counted_count), (0, 4));
    }

    #[test]
    fn with_bands_the_percent_of_one_decimal_is_rated() {
        let mut framework = framework();
        framework.met_bands = share_bands(["33.4", "50", "100"]);
        let of = |met_count, missed| {
            let outcome = rate_met(&framework, &met(met_count, missed));
            (outcome.rating.unwrap().0, outcome.reason)
        };
        assert_eq!(of(0, 5), (0, "0 of 5 targets met, 0.0%".to_owned()));
        assert_eq!(of(1, 2), (0, "1 of 3 targets met, 33.3%".to_owned()));
        assert_eq!(of(2, 2), (2, "2 of 4 targets met, 50.0%".to_owned()));
        assert_eq!(of(5, 0), (3, "5 of 5 targets met, 100.0%".to_owned()));
        let none = rate_met(&framework, &[]);
        assert_eq!(
            (none.rating, none.reason.as_str()),
            (None, "no target to meet")
        );
    }
}
