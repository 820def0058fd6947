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
