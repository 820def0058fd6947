//! Reads what the values of measures are worth: the value, or the distance to target and national figure, from which each
//! rating starts.
//!
//! Must not know how a value is graded (`rating`).

use super::bands::check_rating_keys;
use super::collect::{Collector, Span};
use super::raw::{Table, Value};
use super::{Better, Distance, Grading, Scale};
use crate::model::{Code, Decimal};

/// Reads the top-level `[distance]`: the grading of every measure with a direction that has none of its own.
pub(super) fn check_default(
    root: Table<'_>,
    scale: &Scale,
    problems: &mut Collector<'_>,
) -> Option<Grading> {
    let table = root.table("distance", "[distance]", problems)?;
    Some(Grading::Distances(check_distances(table, scale, problems)))
}

/// Reads `bands` or `distance` of a measure; `None` when it has neither.
pub(super) fn check_own(
    table: Table<'_>,
    better: Option<Better>,
    scale: &Scale,
    problems: &mut Collector<'_>,
) -> Option<Grading> {
    if let (Some(_), Some(distance)) = (table.get("bands"), table.get("distance")) {
        let what = "a measure has either bands or a distance";
        problems.add(
            Code::WrongValue,
            distance.key.span,
            what,
            "leave one of them out",
        );
    }
    if let Some(bands) = table.table("bands", "bands", problems) {
        return Some(Grading::Values(check_values(
            bands, better, scale, problems,
        )));
    }
    let distance = table.table("distance", "distance", problems)?;
    Some(Grading::Distances(check_distances(
        distance, scale, problems,
    )))
}

/// The values of a table of ratings, from the second worst to the best. A rating without one is reported, and the worst
/// that has one.
fn values_by_rating<'t>(
    table: Table<'t>,
    scale: &Scale,
    example: &str,
    problems: &mut Collector<'_>,
) -> Vec<Value<'t>> {
    check_rating_keys(table, scale, None, problems);
    let mut values = Vec::with_capacity(scale.0.len());
    for (place, rating) in scale.0.iter().enumerate() {
        match (place, table.get(&rating.id)) {
            (0, Some(value)) => {
                let what = format!(
                    "the worst rating {:?} starts nowhere: it is what is left",
                    rating.id
                );
                problems.add(Code::BadBands, value.key.span, what, "leave it out");
            }
            (0, None) => {}
            (_, Some(value)) => values.push(value),
            (_, None) if rating.id.is_empty() => {}
            (_, None) => {
                let what = format!("the rating {:?} has no band", rating.id);
                let remedy = format!("add {} = {example}", rating.id);
                problems.add(Code::BadBands, table.span, what, remedy);
            }
        }
    }
    values
}

fn check_values(
    table: Table<'_>,
    better: Option<Better>,
    scale: &Scale,
    problems: &mut Collector<'_>,
) -> Vec<Decimal> {
    let mut starts: Vec<Decimal> = Vec::with_capacity(scale.0.len());
    for value in values_by_rating(table, scale, "…, the value from which it starts", problems) {
        let Some(start) = value.decimal(problems) else {
            continue;
        };
        let overlaps = match (better, starts.last()) {
            (Some(Better::Higher), Some(before)) if start <= *before => {
                Some(("above", before, "rise"))
            }
            (Some(Better::Lower), Some(before)) if start >= *before => {
                Some(("below", before, "fall"))
            }
            _ => None,
        };
        if let Some((side, before, runs)) = overlaps {
            let what = format!(
                "the bands overlap: {start} is not {side} {before}, where the rating below starts"
            );
            let remedy = format!("let the values {runs} from the worst rating to the best");
            problems.add(Code::BadBands, value.span, what, remedy);
        } else {
            starts.push(start);
        }
    }
    starts
}

fn check_distances(table: Table<'_>, scale: &Scale, problems: &mut Collector<'_>) -> Vec<Distance> {
    let mut distances: Vec<Distance> = Vec::with_capacity(scale.0.len());
    for value in values_by_rating(table, scale, "{ target = … }", problems) {
        let Some(distance) = check_distance(&value, problems) else {
            continue;
        };
        match distances.last() {
            Some(before) if !asks_more(&distance, before) => {
                report_overlap(value.key.text, value.span, problems);
            }
            _ => distances.push(distance),
        }
    }
    distances
}

/// One distance; `None` when it is no table or says nothing, which is reported.
fn check_distance(value: &Value<'_>, problems: &mut Collector<'_>) -> Option<Distance> {
    let table = value.table("a distance", problems)?;
    table.check_keys(&["target", "national"], problems);
    let keys = [table.get("target"), table.get("national")];
    if keys.iter().all(Option::is_none) {
        let what = format!(
            "the distance of {:?} asks for nothing, so every value reaches it",
            value.key.text
        );
        let remedy = "write how far from target = … or national = … it starts";
        problems.add(Code::BadBands, value.span, what, remedy);
        return None;
    }
    let [target, national] = keys.map(|key| key.and_then(|value| value.decimal(problems)));
    Some(Distance { target, national })
}

/// Whether a distance asks more than the one of the rating below: nothing less of what both look at, and more of one of
/// them or something besides.
fn asks_more(better: &Distance, worse: &Distance) -> bool {
    let pairs = [
        (better.target, worse.target),
        (better.national, worse.national),
    ];
    let less = pairs
        .iter()
        .any(|pair| matches!(pair, (Some(better), Some(worse)) if better < worse));
    let more = pairs
        .iter()
        .any(|pair| matches!(pair, (Some(better), Some(worse)) if better > worse));
    let besides = pairs.iter().any(|pair| matches!(pair, (Some(_), None)));
    let drops = pairs.iter().any(|pair| matches!(pair, (None, Some(_))));
    !less && (more || (besides && !drops))
}

fn report_overlap(rating: &str, span: Span, problems: &mut Collector<'_>) {
    let what = format!("the distances overlap: {rating} asks no more than the rating below it");
    let remedy = "let the distances rise from the worst rating to the best";
    problems.add(Code::BadBands, span, what, remedy);
}
