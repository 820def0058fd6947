//! Reads the measures of a framework file, and checks that each is used and that the questions it takes values from exist.
//!
//! Must not know standards beyond their parts, or how a value is rated (`rating`).

use std::collections::{BTreeSet, HashMap, HashSet};

use super::collect::Collector;
use super::gradings;
use super::ids::{Form, Ids, report_bad};
use super::origins::{MeasureOrigin, Origins};
use super::raw::{Table, Value, Written};
use super::rules::choose;
use super::sums::mark;
use super::weights::check_weight;
use super::{Better, Framework, Grading, Measure, PercentYesOf, Scale};
use crate::model::{Code, nearest};

const KEYS: [&str; 12] = [
    "id",
    "title",
    "kind",
    "unit",
    "decimals",
    "better",
    "target",
    "national",
    "weight",
    "bands",
    "distance",
    "percent_yes_of",
];

/// Reads every `[[measure]]`, with `[distance]` for those that have no grading of their own. `framework` is the id of this
/// framework, as far as it has one.
pub(super) fn check_measures<'t>(
    root: Table<'t>,
    scale: &Scale,
    framework: &str,
    problems: &mut Collector<'_>,
) -> (Vec<Measure>, Vec<MeasureOrigin<'t>>) {
    let default = gradings::check_default(root, scale, problems);
    let mut ids = Ids::default();
    let tables = root.tables("measure", "[[measure]]", problems).into_iter();
    let read = tables.map(|table| {
        let (mut measure, origin) = check_measure(table, scale, framework, &mut ids, problems);
        // A target without a direction is reported; that nothing grades the measure then is no second problem.
        let has_direction = measure.better.is_some() || measure.target.is_some();
        let is_ungraded = has_direction && measure.grading == Grading::None;
        if let (true, Some(default)) = (is_ungraded, &default) {
            measure.grading = default.clone();
        }
        (measure, origin)
    });
    read.unzip()
}

fn check_measure<'t>(
    table: Table<'t>,
    scale: &Scale,
    framework: &str,
    ids: &mut Ids,
    problems: &mut Collector<'_>,
) -> (Measure, MeasureOrigin<'t>) {
    table.check_keys(&KEYS, problems);
    let id = table.text("id", problems);
    if let Some(id) = id {
        ids.take(id, Form::Published, "measure", problems);
    }
    let better = check_better(table, problems);
    let grading = gradings::check_own(table, better, scale, problems);
    let (weight, weight_at) = check_weight(table, problems);
    let (percent_yes_of, question) = check_percent_yes_of(table, framework, problems).unzip();
    let figure = |key: &str, problems: &mut Collector<'_>| table.get(key)?.decimal(problems);
    let prose = |key: &str, problems: &mut Collector<'_>| {
        table.optional_prose(key, problems).unwrap_or_default()
    };
    let measure = Measure {
        id: id.map_or_else(String::new, |id| id.text.to_owned()),
        title: table.prose("title", problems),
        kind: prose("kind", problems),
        unit: prose("unit", problems),
        decimals: check_decimals(table, problems),
        better,
        target: figure("target", problems),
        national: figure("national", problems),
        weight,
        grading: grading.unwrap_or(Grading::None),
        percent_yes_of,
    };
    let own_grading = table.get("bands").or_else(|| table.get("distance"));
    let origin = MeasureOrigin {
        id,
        weight: weight_at,
        grading: own_grading.map(|value| value.key.span),
        question: question.flatten(),
    };
    (measure, origin)
}

fn check_decimals(table: Table<'_>, problems: &mut Collector<'_>) -> u32 {
    let decimals = table.number("decimals", 6, problems).unwrap_or(1);
    u32::try_from(decimals).unwrap_or(1)
}

/// Which way is better; reports what makes no sense without it.
fn check_better(table: Table<'_>, problems: &mut Collector<'_>) -> Option<Better> {
    let names = [("higher", Better::Higher), ("lower", Better::Lower)];
    if let Some(value) = table.get("better") {
        return choose(value, Code::WrongValue, &names, problems);
    }
    let wanting = ["target", "bands", "distance"];
    if let Some(value) = wanting.iter().find_map(|key| table.get(key)) {
        let what = format!("{} without a direction", value.key.text);
        let remedy = "add better = \"higher\" or better = \"lower\"";
        problems.add(Code::NoDirection, value.key.span, what, remedy);
    }
    None
}

/// The question whose percent yes is the value, and where its number is written when it is one of this framework, whose id
/// is `own`.
fn check_percent_yes_of<'t>(
    table: Table<'t>,
    own: &str,
    problems: &mut Collector<'_>,
) -> Option<(PercentYesOf, Option<Written<'t>>)> {
    let value = table.get("percent_yes_of")?;
    let (framework, question) = match value.as_table("percent_yes_of") {
        None => (own, value.text(problems)?),
        Some(table) => {
            table.check_keys(&["framework", "question"], problems);
            let framework = table.text("framework", problems);
            if let Some(framework) = framework.filter(|id| !Form::Dashed.fits(id.text)) {
                report_bad(framework, "framework", Form::Dashed.remedy(), problems);
            }
            let question = table.text("question", problems);
            (framework?.text, question?)
        }
    };
    let is_own = framework == own;
    let source = PercentYesOf {
        framework: if is_own { "" } else { framework }.to_owned(),
        question: question.text.to_owned(),
    };
    Some((source, is_own.then_some(question)))
}

/// Where each measure stands, by its id in small letters; of an id that stands twice, the first.
pub(super) fn places_by_id(measures: &[Measure]) -> HashMap<String, usize> {
    let mut places = HashMap::with_capacity(measures.len());
    for (place, measure) in measures.iter().enumerate() {
        places.entry(measure.id.to_lowercase()).or_insert(place);
    }
    places
}

/// The places that the list of a standard names, each once; `false` when one of them names nothing.
pub(super) fn check_listed(
    value: Option<Value<'_>>,
    measures: &[Measure],
    places: &HashMap<String, usize>,
    problems: &mut Collector<'_>,
) -> (Vec<usize>, bool) {
    let mut ids = Ids::default();
    let mut seen = HashSet::new();
    let mut listed = Vec::new();
    let mut all_known = true;
    for id in value.map(|value| value.texts(problems)).unwrap_or_default() {
        ids.take_once(id, "measure of this standard", problems);
        if let Some(place) = places.get(&id.text.to_lowercase()) {
            if seen.insert(*place) {
                listed.push(*place);
            }
        } else {
            all_known = false;
            let what = format!("there is no measure {:?}", id.text);
            let known = measures.iter().map(|measure| measure.id.as_str());
            let remedy = nearest(id.text, known);
            problems.add(Code::UnknownMeasure, id.span, what, remedy);
        }
    }
    (listed, all_known)
}

/// Reports measures that no standard lists, that are called like a question, or that take their value from no question.
pub(super) fn check_uses(
    framework: &Framework,
    origins: &Origins<'_>,
    problems: &mut Collector<'_>,
) {
    let mut is_listed = vec![false; framework.measures.len()];
    let standards = framework.standards.iter();
    mark(
        &mut is_listed,
        standards.flat_map(|standard| &standard.measures),
    );
    let places = places_by_id(&framework.measures);
    // A misspelt id in a standard would make a second problem of the measure that it means, and a misspelt sample one of its
    // questions.
    let any_unknown = problems.has(Code::UnknownMeasure);
    let any_unasked = problems.has(Code::UnknownSample);
    let asked = asked_numbers(framework);
    let unasked = unasked_numbers(framework);
    for origin in &origins.measures {
        if let Some(id) = origin.id {
            let lower = id.text.to_lowercase();
            let listed = places.get(&lower).and_then(|place| is_listed.get(*place));
            if listed == Some(&false) && !any_unknown {
                report_unused(id, problems);
            }
            if asked.contains(lower.as_str()) || unasked.contains(lower.as_str()) {
                let what = format!("the measure {:?} is called like a question", id.text);
                problems.add(Code::DuplicateId, id.span, what, "change its id");
            }
        }
        let question = origin.question.filter(|_| !any_unasked);
        if let Some(question) = question.filter(|question| !asked.contains(question.text)) {
            report_question(question, &asked, &unasked, problems);
        }
    }
}

fn report_unused(id: Written<'_>, problems: &mut Collector<'_>) {
    let what = format!("the measure {:?} stands in no standard", id.text);
    let list = format!("measures = [ \"{}\" ]", id.text);
    let remedy = format!("list it in one: {list}, or leave it out");
    problems.add(Code::UnusedMeasure, id.span, what, remedy);
}

type Numbers<'f> = BTreeSet<&'f str>;

/// The numbers of all questions that are asked of cases.
fn asked_numbers(framework: &Framework) -> Numbers<'_> {
    let questions = framework
        .samples
        .iter()
        .flat_map(|sample| &sample.questions.questions);
    questions.map(|question| question.number.as_str()).collect()
}

/// The numbers of the key questions that are asked of no case.
fn unasked_numbers(framework: &Framework) -> Numbers<'_> {
    let questions = framework
        .standards
        .iter()
        .flat_map(|standard| &standard.key_questions);
    let unasked = questions.filter(|question| question.asked_of.is_none());
    unasked.map(|question| question.number.as_str()).collect()
}

fn report_question(
    question: Written<'_>,
    asked: &Numbers<'_>,
    unasked: &Numbers<'_>,
    problems: &mut Collector<'_>,
) {
    if unasked.contains(question.text) {
        let what = format!(
            "question {} is asked of no case, so it has no percent yes",
            question.text
        );
        let remedy = "give it a sample, or name another question";
        problems.add(Code::UnknownQuestion, question.span, what, remedy);
        return;
    }
    let what = format!("there is no question {:?}", question.text);
    let remedy = if asked.is_empty() {
        format!(
            "this framework asks none; name the one that does: percent_yes_of = {{ framework = \"…\", question = {:?} }}",
            question.text
        )
    } else {
        nearest(question.text, asked.iter().copied())
    };
    problems.add(Code::UnknownQuestion, question.span, what, remedy);
}
