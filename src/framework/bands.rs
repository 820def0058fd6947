//! Reads bands of percents: `[bands]` in whole percents, `[share_bands]` and `[met_bands]` with one decimal.
//!
//! Must not know which rule needs them (`needs`) or how a percent is banded (`rating`).

use std::fmt::Display;

use super::collect::Collector;
use super::raw::{Table, Value};
use super::rules::choose;
use super::{BandOn, Bands, Scale, ShareBands};
use crate::model::{Code, Decimal, nearest};

/// Reads one percent.
type Reader<T> = fn(&Value<'_>, &mut Collector<'_>) -> Option<T>;

/// Reads `[bands]`.
pub(super) fn check_bands(
    root: Table<'_>,
    scale: &Scale,
    problems: &mut Collector<'_>,
) -> Option<Bands> {
    let table = root.table("bands", "[bands]", problems)?;
    Some(Bands {
        lowest_percents: check_percents(table, scale, "whole percent", read_whole, problems),
        band_on: check_band_on(table, problems),
    })
}

/// Reads `[share_bands]` or `[met_bands]`; `name` is what messages call it.
pub(super) fn check_share_bands(
    root: Table<'_>,
    key: &str,
    name: &'static str,
    scale: &Scale,
    problems: &mut Collector<'_>,
) -> Option<ShareBands> {
    let table = root.table(key, name, problems)?;
    Some(ShareBands {
        lowest_percents: check_percents(table, scale, "percent", read_tenths, problems),
        band_on: check_band_on(table, problems),
    })
}

fn read_whole(value: &Value<'_>, problems: &mut Collector<'_>) -> Option<u64> {
    value.number(problems)
}

/// A percent that is not below 0 and has at most one decimal.
fn read_tenths(value: &Value<'_>, problems: &mut Collector<'_>) -> Option<Decimal> {
    let percent = value.decimal(problems)?;
    let wrong = if percent.is_sign_negative() {
        "is below 0"
    } else if percent.normalize().scale() > 1 {
        "has more than one decimal"
    } else {
        return Some(percent);
    };
    let what = format!("{} {wrong}", value.key.text);
    let remedy = "write a percent from 0 to 100 with at most one decimal, such as 73.3";
    problems.add(Code::WrongValue, value.span, what, remedy);
    None
}

fn check_band_on(table: Table<'_>, problems: &mut Collector<'_>) -> BandOn {
    let names = [("rounded", BandOn::Rounded), ("exact", BandOn::Exact)];
    let value = table.get("band_on");
    let band_on = value.and_then(|value| choose(value, Code::WrongValue, &names, problems));
    band_on.unwrap_or(BandOn::Rounded)
}

/// Reports every key of a table that is neither a rating of the scale nor `other`. Without a scale there is nothing to
/// hold a key against: that the scale is missing is reported instead.
pub(super) fn check_rating_keys(
    table: Table<'_>,
    scale: &Scale,
    other: Option<&str>,
    problems: &mut Collector<'_>,
) {
    let ids = || scale.0.iter().map(|rating| rating.id.as_str());
    for value in table.values() {
        let key = value.key.text;
        if Some(key) != other && !scale.0.is_empty() && ids().all(|id| id != key) {
            let what = format!("the scale has no rating {key:?}");
            let remedy = nearest(key, ids());
            problems.add(Code::UnknownRating, value.key.span, what, remedy);
        }
    }
}

/// The lowest percents in scale order: first 0, rising, at most 100. `unit` is what messages call one of them.
fn check_percents<T: Copy + PartialOrd + Display + From<u8>>(
    table: Table<'_>,
    scale: &Scale,
    unit: &str,
    read: Reader<T>,
    problems: &mut Collector<'_>,
) -> Vec<T> {
    check_rating_keys(table, scale, Some("band_on"), problems);
    let mut percents: Vec<T> = Vec::with_capacity(scale.0.len());
    for rating in &scale.0 {
        let worst = percents.is_empty();
        let before = percents.last().copied().unwrap_or(T::from(0));
        let Some(value) = table.get(&rating.id) else {
            // A rating without an id has its problem already.
            if !worst && !rating.id.is_empty() {
                let what = format!("the rating {:?} has no band", rating.id);
                let remedy = format!("add {} = …, its lowest {unit}", rating.id);
                problems.add(Code::BadBands, table.span, what, remedy);
            }
            percents.push(before);
            continue;
        };
        let percent = read(&value, problems);
        let wrong = percent.and_then(|percent| what_is_wrong(percent, before, worst, unit));
        let is_wrong = wrong.is_some();
        if let Some((what, remedy)) = wrong {
            problems.add(Code::BadBands, value.span, what, remedy);
        }
        percents.push(percent.filter(|_| !is_wrong).unwrap_or(before));
    }
    percents
}

/// What is wrong with the lowest percent of a rating, and what to do; `before` is that of the rating below.
fn what_is_wrong<T: PartialOrd + Display + From<u8>>(
    percent: T,
    before: T,
    worst: bool,
    unit: &str,
) -> Option<(String, String)> {
    if worst && percent > T::from(0) {
        let what = "the worst rating does not start at 0, so lower percents have no rating";
        Some((what.to_owned(), "write 0 or leave it out".to_owned()))
    } else if percent > T::from(100) {
        let what = format!("no percent reaches {percent}");
        Some((what, format!("write a {unit} from 0 to 100")))
    } else if !worst && percent <= before {
        let what = format!(
            "the bands overlap: {percent} is not above {before}, where the rating below starts"
        );
        let remedy = "let the percents rise from the worst rating to the best";
        Some((what, remedy.to_owned()))
    } else {
        None
    }
}
