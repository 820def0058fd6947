//! Reads the rating rules of a framework file: scale, bands, discretion and the overall rule.
//!
//! Must not know how ratings are made from them (`rating`).

use super::collect::{Collector, Span};
use super::ids::{Form, Ids};
use super::raw::{Table, Value};
use super::{BandOn, Bands, Discretion, Over, Overall, Rule, Scale, ScaleRating};
use crate::model::{Code, nearest};

/// So far above any scale in use that sums of points cannot overflow.
const MOST_POINTS: u64 = 1_000_000;

/// So far above any sample in use that it is no limit.
const MOST_CASES: u64 = 1_000_000;

/// Reads `[scale]`; empty when there is none, which is reported.
pub(super) fn check_scale(root: Table<'_>, problems: &mut Collector<'_>) -> Scale {
    let Some(table) = root.table("scale", "[scale]", problems) else {
        if root.get("scale").is_none() {
            root.report_missing("[scale]", "[scale] with ratings = [ … ]", problems);
        }
        return Scale(Vec::new());
    };
    table.check_keys(&["ratings"], problems);
    let Some(list) = table.get("ratings") else {
        let example = "ratings = [ { id = \"…\", title = \"…\", points = 0 }, … ]";
        table.report_missing("ratings", example, problems);
        return Scale(Vec::new());
    };
    let Some(items) = list.list("a list of tables", problems) else {
        return Scale(Vec::new());
    };
    if items.len() < 2 {
        let what = "a scale has at least two ratings";
        let remedy = "list the ratings from the worst to the best";
        problems.add(Code::WrongValue, list.span, what, remedy);
    }
    let mut ids = Ids::default();
    let mut ratings: Vec<ScaleRating> = Vec::with_capacity(items.len());
    for item in items {
        if let Some(table) = item.table("a rating", problems) {
            let rating = check_rating(table, &mut ids, ratings.last(), problems);
            ratings.push(rating);
        }
    }
    Scale(ratings)
}

fn check_rating<'t>(
    table: Table<'t>,
    ids: &mut Ids<'t>,
    worse: Option<&ScaleRating>,
    problems: &mut Collector<'_>,
) -> ScaleRating {
    table.check_keys(&["id", "title", "points"], problems);
    let id = table.text("id", problems);
    if let Some(id) = id {
        ids.take(id, Form::Dashed, "rating", problems);
    }
    let title = table.prose("title", problems);
    let points = table.number("points", MOST_POINTS, problems);
    match (table.get("points"), points, worse) {
        (None, ..) => table.report_missing("points", "points = …", problems),
        (Some(value), Some(points), Some(worse)) if points <= worse.points => {
            let what = format!(
                "{points} points are not more than the {} before",
                worse.points
            );
            let remedy = "list the ratings worst to best, with rising points";
            problems.add(Code::WrongValue, value.span, what, remedy);
        }
        _ => {}
    }
    ScaleRating {
        id: id.map_or_else(String::new, |id| id.text.to_owned()),
        title,
        points: points.unwrap_or_default(),
    }
}

/// Reads `[bands]`. `wanted_at` is the place of a rule that cannot work without them.
pub(super) fn check_bands(
    root: Table<'_>,
    scale: &Scale,
    wanted_at: Option<Span>,
    problems: &mut Collector<'_>,
) -> Option<Bands> {
    let Some(value) = root.get("bands") else {
        if let Some(span) = wanted_at {
            let what = "this rule rates percentages, and there is no [bands]";
            let remedy = "add [bands] with the lowest whole percent of each rating";
            problems.add(Code::BadBands, span, what, remedy);
        }
        return None;
    };
    let table = value.table("[bands]", problems)?;
    for value in table.values() {
        let key = value.key.text;
        if key != "band_on" && scale.0.iter().all(|rating| rating.id != key) {
            let what = format!("the scale has no rating {key:?}");
            let remedy = nearest(key, scale.0.iter().map(|rating| rating.id.as_str()));
            problems.add(Code::UnknownRating, value.key.span, what, remedy);
        }
    }
    let band_on = table.get("band_on").and_then(|value| {
        let names = [("rounded", BandOn::Rounded), ("exact", BandOn::Exact)];
        choose(value, Code::WrongValue, &names, problems)
    });
    Some(Bands {
        lowest_percents: check_percents(table, scale, problems),
        band_on: band_on.unwrap_or(BandOn::Rounded),
    })
}

/// The lowest percents in scale order: first 0, rising, at most 100.
fn check_percents(table: Table<'_>, scale: &Scale, problems: &mut Collector<'_>) -> Vec<u64> {
    let mut percents: Vec<u64> = Vec::with_capacity(scale.0.len());
    for rating in &scale.0 {
        let worst = percents.is_empty();
        let before = percents.last().copied().unwrap_or_default();
        percents.push(before);
        let Some(value) = table.get(&rating.id) else {
            // A rating without an id has its problem already.
            if !worst && !rating.id.is_empty() {
                let what = format!("the rating {:?} has no band", rating.id);
                let remedy = format!("add {} = …, its lowest whole percent", rating.id);
                problems.add(Code::BadBands, table.span, what, remedy);
            }
            continue;
        };
        let Some(percent) = value.number(problems) else {
            continue;
        };
        let wrong = if worst && percent > 0 {
            let what = "the worst rating does not start at 0, so lower percents have no rating";
            Some((what.to_owned(), "write 0 or leave it out"))
        } else if percent > 100 {
            let what = format!("no percent reaches {percent}");
            Some((what, "write a whole percent from 0 to 100"))
        } else if !worst && percent <= before {
            let what = format!("{percent} is not above {before}, where the rating below starts");
            Some((
                what,
                "let the percents rise from the worst rating to the best",
            ))
        } else {
            None
        };
        match (wrong, percents.last_mut()) {
            (Some((what, remedy)), _) => problems.add(Code::BadBands, value.span, what, remedy),
            (None, Some(last)) => *last = percent,
            (None, None) => {}
        }
    }
    percents
}

/// Reads `[discretion]`; without it every test is off.
pub(super) fn check_discretion(root: Table<'_>, problems: &mut Collector<'_>) -> Discretion {
    let Some(table) = root.table("discretion", "[discretion]", problems) else {
        return Discretion::default();
    };
    table.check_keys(&["within_points", "one_case", "cases_at_most"], problems);
    Discretion {
        within_points: table.number("within_points", 100, problems),
        one_case: table.flag("one_case", false, problems),
        cases_at_most: table.number("cases_at_most", MOST_CASES, problems),
    }
}

/// Reads `[overall]`; without it there is no overall rating.
pub(super) fn check_overall(root: Table<'_>, problems: &mut Collector<'_>) -> Overall {
    let mut overall = Overall {
        rule: Rule::None,
        over: Over::Standards,
        given: false,
        moderation: false,
    };
    let Some(table) = root.table("overall", "[overall]", problems) else {
        return overall;
    };
    table.check_keys(&["rule", "over", "given", "moderation"], problems);
    let rule = table.get("rule");
    if rule.is_none() {
        let example = "rule = \"points-total\", rule = \"judged\" or rule = \"none\"";
        table.report_missing("rule", example, problems);
    }
    let rule = rule.and_then(|value| choose(value, Code::UnknownRule, &Rule::NAMES, problems));
    let over = [("standards", Over::Standards), ("measures", Over::Measures)];
    let over = table
        .get("over")
        .and_then(|value| choose(value, Code::WrongValue, &over, problems));
    overall.rule = rule.unwrap_or(Rule::None);
    overall.over = over.unwrap_or(Over::Standards);
    overall.given = table.flag("given", false, problems);
    overall.moderation = table.flag("moderation", false, problems);
    overall
}

/// The meaning of one of a few words; any other word is reported.
pub(super) fn choose<T: Clone>(
    value: Value<'_>,
    code: Code,
    names: &[(&'static str, T)],
    problems: &mut Collector<'_>,
) -> Option<T> {
    let word = value.text(problems)?;
    let found = names.iter().find(|(name, _)| *name == word.text);
    if found.is_none() {
        let what = format!("{} cannot be {:?}", value.key.text, word.text);
        let remedy = nearest(word.text, names.iter().map(|(name, _)| *name));
        problems.add(code, word.span, what, remedy);
    }
    found.map(|(_, meaning)| meaning.clone())
}
