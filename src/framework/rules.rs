//! Reads the rating rules of a framework file: scale, discretion, reliability and the overall rule.
//!
//! Must not know how ratings are made from them (`rating`), or what a rule needs elsewhere in the file (`needs`).

use super::collect::Collector;
use super::ids::{Form, Ids};
use super::raw::{Table, Value};
use super::{Discretion, Over, Overall, Reliability, Rule, Scale, ScaleRating};
use crate::model::{Code, nearest};

/// So far above any scale in use that sums of points cannot overflow.
const MOST_POINTS: u64 = 1_000_000;

/// So far above any sample in use that it is no limit.
pub(super) const MOST_CASES: u64 = 1_000_000;

/// Reads `[scale]`; empty when there is none.
pub(super) fn check_scale(root: Table<'_>, problems: &mut Collector<'_>) -> Scale {
    let Some(table) = root.table("scale", "[scale]", problems) else {
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

fn check_rating(
    table: Table<'_>,
    ids: &mut Ids,
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

/// Reads `[reliability]`; without it only the file of measures says what is unreliable.
pub(super) fn check_reliability(
    root: Table<'_>,
    problems: &mut Collector<'_>,
) -> Option<Reliability> {
    let table = root.table("reliability", "[reliability]", problems)?;
    table.check_keys(&["observations", "rated"], problems);
    if table.get("observations").is_none() {
        table.report_missing("observations", "observations = 30", problems);
    }
    let rated = table.flag("rated", false, problems);
    let observations = table.number("observations", MOST_CASES, problems)?;
    Some(Reliability {
        observations,
        rated,
    })
}

/// Reads `[disclosure]`: the smallest group whose figures may be published; `None` without it.
pub(super) fn check_disclosure(root: Table<'_>, problems: &mut Collector<'_>) -> Option<u64> {
    let table = root.table("disclosure", "[disclosure]", problems)?;
    table.check_keys(&["smallest_group"], problems);
    if table.get("smallest_group").is_none() {
        table.report_missing("smallest_group", "smallest_group = 10", problems);
    }
    table.number("smallest_group", MOST_CASES, problems)
}

/// Reads `[overall]`; without it there is no overall rating. `weights_total` is read with the weights it adds up.
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
    let keys = ["rule", "over", "given", "moderation", "weights_total"];
    table.check_keys(&keys, problems);
    let rule = table.get("rule");
    if rule.is_none() {
        let example = "rule = \"points-total\", rule = \"judged\" or rule = \"none\"";
        table.report_missing("rule", example, problems);
    }
    let rule = rule.and_then(|value| choose(value, Code::UnknownRule, &Rule::NAMES, problems));
    let names = [("standards", Over::Standards), ("measures", Over::Measures)];
    let written = table.get("over");
    let over = written.and_then(|value| choose(value, Code::WrongValue, &names, problems));
    if let (Some(rule @ (Rule::Judged | Rule::None)), Some(Over::Measures), Some(value)) =
        (rule, over, written)
    {
        let what = format!("the rule {} looks at no measures", rule.name());
        let remedy =
            "leave over out, or name a rule that combines measures, such as weighted-share";
        problems.add(Code::WrongValue, value.span, what, remedy);
    }
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
