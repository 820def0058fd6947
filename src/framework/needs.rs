//! Checks that every rule has what it needs elsewhere in the file: a scale, bands, and parts that can have a rating.
//!
//! Must not know how a rule works (`rating`).

use super::collect::{Collector, Span};
use super::origins::Origins;
use super::raw::Table;
use super::{Framework, Grading, Over, Rule, Standard};
use crate::model::Code;

/// Reports what is missing. `order` holds the places of all standards, parts before what sums them up.
pub(super) fn check_needs(
    root: Table<'_>,
    framework: &Framework,
    origins: &Origins<'_>,
    order: &[usize],
    problems: &mut Collector<'_>,
) {
    let overall = root
        .get("overall")
        .and_then(|value| value.as_table("[overall]"));
    let overall_rule = overall
        .and_then(|table| table.get("rule"))
        .map(|value| value.span);
    check_scale(root, framework, origins, overall, problems);
    check_bands(root, framework, origins, overall_rule, problems);
    let standards = || framework.standards.iter().zip(&origins.standards);
    if root.get("share_bands").is_none() {
        let is_weighted = |rule: Rule| rule == Rule::WeightedShare;
        let first = standards().find(|(standard, _)| is_weighted(standard.rule));
        let first = first.map(|(_, origin)| origin.rule);
        let overall = overall_rule.filter(|_| is_weighted(framework.overall.rule));
        if let Some(span) = first.into_iter().chain(overall).min() {
            let what = "this rule rates a weighted share, and there is no [share_bands]";
            let remedy = "add [share_bands] with the lowest percent of each rating";
            problems.add(Code::BadBands, span, what, remedy);
        }
    }
    // With a misspelt `over` nobody knows which parts are meant.
    let over = overall.and_then(|table| table.get("over"));
    let is_over_clear = over.is_none_or(|value| !problems.has_within(value.span));
    let overall_rule = overall_rule.filter(|_| is_over_clear);
    check_parts(framework, origins, order, overall_rule, problems);
}

/// Reports rules that rate percentages of questions where there is no `[bands]`.
fn check_bands(
    root: Table<'_>,
    framework: &Framework,
    origins: &Origins<'_>,
    overall_rule: Option<Span>,
    problems: &mut Collector<'_>,
) {
    if root.get("bands").is_some() {
        return;
    }
    let mut standards = framework.standards.iter().zip(&origins.standards);
    let is_asked = |standard: &Standard| {
        let mut questions = standard.key_questions.iter();
        questions.any(|question| question.asked_of.is_some())
    };
    let percents = |standard: &Standard| standard.rule.combines_ratings() && is_asked(standard);
    let first = standards.find(|(standard, _)| percents(standard));
    let first = first.map(|(_, origin)| origin.rule);
    let overall = framework.overall;
    let rates_leaves = overall.rule.combines_ratings() && overall.over == Over::Measures;
    let in_whole = || {
        let places = framework.below_whole().standards.into_iter();
        let mut standards = places.filter_map(|place| framework.standards.get(place));
        standards.any(|standard| standard.rule != Rule::Judged && is_asked(standard))
    };
    let whole = overall_rule.filter(|_| rates_leaves && in_whole());
    if let Some(span) = first.or(whole) {
        let what = "this rule rates percentages, and there is no [bands]";
        let remedy = "add [bands] with the lowest whole percent of each rating";
        problems.add(Code::BadBands, span, what, remedy);
    }
}

/// Reports a missing `[scale]` at the first place that needs one.
fn check_scale(
    root: Table<'_>,
    framework: &Framework,
    origins: &Origins<'_>,
    overall: Option<Table<'_>>,
    problems: &mut Collector<'_>,
) {
    if root.get("scale").is_some() {
        return;
    }
    let rates = |rule: Rule| rule.combines_ratings() || rule == Rule::Judged;
    let tables = ["bands", "share_bands", "met_bands", "distance"];
    let tables = tables
        .iter()
        .filter_map(|key| Some(root.get(key)?.key.span));
    let measures = origins.measures.iter().filter_map(|origin| origin.grading);
    let standards = framework.standards.iter().zip(&origins.standards);
    let standards = standards.filter(|(standard, _)| rates(standard.rule));
    let settings = [
        ("rule", rates(framework.overall.rule)),
        ("given", framework.overall.given),
        ("moderation", framework.overall.moderation),
    ];
    let overall = settings.iter().filter_map(|(key, is_rating)| {
        let value = overall?.get(key)?;
        is_rating.then_some(value.span)
    });
    let wanting = tables
        .chain(measures)
        .chain(standards.map(|(_, origin)| origin.rule))
        .chain(overall);
    if let Some(span) = wanting.min() {
        let what = "this needs ratings, and there is no [scale]";
        let remedy = "add [scale] with ratings = [ … ], from the worst to the best";
        problems.add(Code::MissingKey, span, what, remedy);
    }
}

/// Reports rules that have no part to work on.
fn check_parts(
    framework: &Framework,
    origins: &Origins<'_>,
    order: &[usize],
    overall_rule: Option<Span>,
    problems: &mut Collector<'_>,
) {
    let mut can_rate = vec![false; framework.standards.len()];
    for place in order {
        let (Some(standard), Some(origin)) = (
            framework.standards.get(*place),
            origins.standards.get(*place),
        ) else {
            continue;
        };
        let rateable = has_rating(framework, standard, &can_rate);
        if !origin.is_wrong {
            report_empty(standard, rateable, origin.rule, problems);
        }
        if let Some(can) = can_rate.get_mut(*place) {
            *can = rateable || origin.is_wrong || standard.rule.combines_ratings();
        }
    }
    let overall = framework.overall;
    let any_wrong = origins.standards.iter().any(|origin| origin.is_wrong);
    let must_rate = overall.rule.combines_ratings() && !overall.given && !any_wrong;
    let Some(span) = overall_rule.filter(|_| must_rate) else {
        return;
    };
    let can_count: Vec<bool> = match overall.over {
        Over::Standards => {
            let standards = framework.standards.iter().zip(can_rate);
            standards
                .map(|(standard, can)| can && standard.counted)
                .collect()
        }
        Over::Measures => {
            let below = framework.below_whole().standards.into_iter();
            let standards = below.filter_map(|place| framework.standards.get(place));
            standards
                .map(|standard| has_rated_leaf(framework, standard))
                .collect()
        }
    };
    if !can_count.is_empty() && !can_count.contains(&true) {
        let what = "no part of the overall rating can have a rating";
        let remedy = "give a counted standard a rule that rates, or write rule = \"targets-met\" or \"none\"";
        problems.add(Code::EmptyStandard, span, what, remedy);
    }
}

/// Whether the rule of a standard has something to make a rating of; `can_rate` tells it of those that it sums up.
fn has_rating(framework: &Framework, standard: &Standard, can_rate: &[bool]) -> bool {
    let mut sums = standard.sums_up.iter();
    if standard.rule.combines_ratings() {
        has_rated_leaf(framework, standard) || sums.any(|part| can_rate.get(*part) == Some(&true))
    } else {
        framework.can_rate(standard)
    }
}

/// Whether a standard has a key question that is rated, or a measure that is graded.
fn has_rated_leaf(framework: &Framework, standard: &Standard) -> bool {
    let places = standard.measures.iter();
    let mut measures = places.filter_map(|place| framework.measures.get(*place));
    let is_rated = standard.rule != Rule::Judged && !standard.key_questions.is_empty();
    is_rated || measures.any(|measure| measure.grading != Grading::None)
}

fn report_empty(standard: &Standard, rateable: bool, rule: Span, problems: &mut Collector<'_>) {
    let has_no_sum = standard.measures.is_empty() && standard.sums_up.is_empty();
    let (what, remedy) = if standard.rule == Rule::TargetsMet && has_no_sum {
        (
            "this rule counts targets that are met, and the standard has no measure",
            "list its measures, or write rule = \"none\"",
        )
    } else if !standard.rule.combines_ratings() || rateable {
        return;
    } else if has_no_sum && standard.key_questions.is_empty() {
        (
            "this rule rates the parts of the standard, and there is none",
            "add a [[standard.question]], measures or sums_up, or write rule = \"judged\"",
        )
    } else {
        (
            "this rule rates the parts of the standard, and none of them can have a rating",
            "give a measure a direction with bands or a distance, or write rule = \"targets-met\" or \"none\"",
        )
    };
    problems.add(Code::EmptyStandard, rule, what, remedy);
}
