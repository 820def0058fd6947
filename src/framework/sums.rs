//! Resolves which standards a standard sums up, and refuses circles.
//!
//! Must not know how a sum is rated (`rating`).

use std::collections::{HashMap, HashSet};

use super::Standard;
use super::collect::Collector;
use super::ids::Ids;
use super::origins::StandardOrigin;
use super::raw::Written;
use crate::model::{Code, nearest};

/// Gives every standard the places of those that it sums up. Returns all places in such an order that parts come before
/// what sums them up.
pub(super) fn resolve_sums(
    standards: &mut [Standard],
    origins: &mut [StandardOrigin<'_>],
    problems: &mut Collector<'_>,
) -> Vec<usize> {
    let mut places = HashMap::with_capacity(standards.len());
    for (place, standard) in standards.iter().enumerate() {
        places.entry(standard.number.clone()).or_insert(place);
    }
    for (place, origin) in origins.iter_mut().enumerate() {
        let mut ids = Ids::default();
        let mut seen = HashSet::new();
        let mut parts = Vec::with_capacity(origin.sums_up.len());
        let mut known = Vec::with_capacity(origin.sums_up.len());
        for number in &origin.sums_up {
            ids.take_once(*number, "standard of this sum", problems);
            match places.get(number.text) {
                Some(part) if seen.insert(*part) => {
                    parts.push(*part);
                    known.push(*number);
                }
                Some(_) => {}
                None => {
                    origin.is_wrong = true;
                    report_unknown(*number, standards, problems);
                }
            }
        }
        origin.sums_up = known;
        if let Some(standard) = standards.get_mut(place) {
            standard.sums_up = parts;
        }
    }
    order_parts_first(standards, origins, problems)
}

fn report_unknown(number: Written<'_>, standards: &[Standard], problems: &mut Collector<'_>) {
    let what = format!("there is no standard {:?}", number.text);
    let known = standards.iter().map(|standard| standard.number.as_str());
    let remedy = nearest(number.text, known);
    problems.add(Code::UnknownStandard, number.span, what, remedy);
}

/// Sets the flags at these places.
pub(super) fn mark<'a>(flags: &mut [bool], places: impl IntoIterator<Item = &'a usize>) {
    for place in places {
        if let Some(flag) = flags.get_mut(*place) {
            *flag = true;
        }
    }
}

/// How far a standard has been looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    NotYet,
    /// It stands on the path that is being followed.
    OnPath,
    Done,
}

/// Follows every sum down to its parts, keeping the path in a list so that no depth exhausts the stack. A part that stands
/// on the path closes a circle.
fn order_parts_first(
    standards: &[Standard],
    origins: &mut [StandardOrigin<'_>],
    problems: &mut Collector<'_>,
) -> Vec<usize> {
    let mut looks = vec![Look::NotYet; standards.len()];
    let mut order = Vec::with_capacity(standards.len());
    // Each standard of the path with how many of its parts have been followed.
    let mut path: Vec<(usize, usize)> = Vec::new();
    for start in 0..standards.len() {
        if looks.get(start) == Some(&Look::NotYet) {
            path.push((start, 0));
        }
        while let Some((place, followed)) = path.last_mut() {
            let (place, next) = (*place, *followed);
            *followed += 1;
            set(&mut looks, place, Look::OnPath);
            let part = standards
                .get(place)
                .and_then(|standard| standard.sums_up.get(next));
            let Some(part) = part.copied() else {
                set(&mut looks, place, Look::Done);
                order.push(place);
                path.pop();
                continue;
            };
            match looks.get(part) {
                Some(Look::NotYet) => path.push((part, 0)),
                Some(Look::OnPath) => {
                    let on_path: Vec<usize> = path.iter().map(|(place, _)| *place).collect();
                    if let Some(origin) = origins.get_mut(place) {
                        origin.is_wrong = true;
                        let number = origin.sums_up.get(next).copied();
                        report_circle(number, &on_path, part, standards, problems);
                    }
                }
                Some(Look::Done) | None => {}
            }
        }
    }
    order
}

fn set(looks: &mut [Look], place: usize, look: Look) {
    if let Some(known) = looks.get_mut(place) {
        *known = look;
    }
}

/// Reports a circle at the part that closes it, naming the way round from there.
fn report_circle(
    closing: Option<Written<'_>>,
    path: &[usize],
    part: usize,
    standards: &[Standard],
    problems: &mut Collector<'_>,
) {
    let Some(closing) = closing else { return };
    let number = |place: usize| {
        standards
            .get(place)
            .map_or("", |standard| standard.number.as_str())
    };
    let circle = path.iter().skip_while(|place| **place != part);
    let circle: Vec<usize> = circle.copied().chain([part]).collect();
    let steps = circle.windows(2).filter_map(|step| {
        let [whole, part] = step else { return None };
        Some(format!("{} sums up {}", number(*whole), number(*part)))
    });
    let steps: Vec<String> = steps.collect();
    let what = format!("standards go round in a circle: {}", steps.join(", "));
    let remedy = "take one of them out of its sums_up";
    problems.add(Code::RuleCircle, closing.span, what, remedy);
}
