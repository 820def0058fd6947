//! Reads `[sample.draw]`: how the cases of a sample are drawn. Must not know how a sample is drawn (`sampling`).

use super::collect::Collector;
use super::condition::Scope;
use super::draw::{Draw, Part};
use super::ids::{Form, Ids};
use super::raw::{Table, Written};
use super::samples::title_of;
use super::{Sample, rules};
use crate::model::{Attribute, AttributeKind, Code, Decimal, nearest};

const KEYS: [&str; 12] = [
    "confidence",
    "margin",
    "z",
    "buffer",
    "minimum",
    "hierarchy",
    "officer",
    "officer_cap",
    "stratum",
    "exclude",
    "earliest_by",
    "start",
];

/// A figure of a draw and the range that it must lie in.
struct Figure {
    key: &'static str,
    fits: fn(Decimal) -> bool,
    decimals: u32,
    /// The range in words.
    range: &'static str,
    example: &'static str,
}

const CONFIDENCE: Figure = Figure {
    key: "confidence",
    fits: |percent| percent > Decimal::ZERO && percent < Decimal::ONE_HUNDRED,
    decimals: 2,
    range: "above 0 and under 100, with at most two decimals",
    example: "80",
};

const MARGIN: Figure = Figure {
    key: "margin",
    fits: |points| points > Decimal::ZERO && points <= Decimal::ONE_HUNDRED,
    decimals: 2,
    range: "above 0 and at most 100, with at most two decimals",
    example: "5",
};

const Z: Figure = Figure {
    key: "z",
    fits: |z| z > Decimal::ZERO && z <= Decimal::TEN,
    decimals: 8,
    range: "above 0 and at most 10, with at most eight decimals",
    example: "1.2816",
};

const BUFFER: Figure = Figure {
    key: "buffer",
    fits: |percent| percent >= Decimal::ZERO && percent <= Decimal::ONE_HUNDRED,
    decimals: 2,
    range: "from 0 to 100, with at most two decimals",
    example: "20",
};

/// Reads the `[sample.draw]` of a sample whose case information has been read; `None` when there is none.
pub(super) fn check_draw(
    sample_table: Table<'_>,
    sample: &Sample,
    problems: &mut Collector<'_>,
) -> Option<Draw> {
    let table = sample_table.table("draw", "[sample.draw]", problems)?;
    table.check_keys(&KEYS, problems);
    for wanted in [CONFIDENCE, MARGIN] {
        if table.get(wanted.key).is_none() {
            let example = format!("{} = {}", wanted.key, wanted.example);
            table.report_missing(wanted.key, &example, problems);
        }
    }
    let mut levels = Ids::default();
    let hierarchy = table.get("hierarchy");
    let hierarchy = hierarchy.map_or_else(Vec::new, |value| value.texts(problems));
    let hierarchy = hierarchy
        .into_iter()
        .filter_map(|id| check_level(id, sample, &mut levels, problems));
    let hierarchy = hierarchy.collect();
    let officer = table.get("officer").and_then(|value| value.text(problems));
    let officer = officer.and_then(|id| check_level(id, sample, &mut levels, problems));
    let scope = Scope::of_information(sample);
    Some(Draw {
        confidence: check_figure(table, &CONFIDENCE, problems).unwrap_or_default(),
        margin: check_figure(table, &MARGIN, problems).unwrap_or_default(),
        z: check_figure(table, &Z, problems),
        buffer: check_figure(table, &BUFFER, problems).unwrap_or_default(),
        minimum: table
            .number("minimum", rules::MOST_CASES, problems)
            .unwrap_or(0),
        hierarchy,
        officer,
        officer_cap: check_cap(table, problems),
        strata: check_parts(table, "stratum", "a stratum", scope, problems),
        exclusions: check_parts(table, "exclude", "an exclusion", scope, problems),
        earliest_by: check_date(table, "earliest_by", sample, problems),
        start: check_date(table, "start", sample, problems),
    })
}

fn check_figure(
    table: Table<'_>,
    figure: &Figure,
    problems: &mut Collector<'_>,
) -> Option<Decimal> {
    let value = table.get(figure.key)?;
    let number = value.decimal(problems)?;
    if (figure.fits)(number) && number.normalize().scale() <= figure.decimals {
        return Some(number);
    }
    let what = format!("{} is {number}, not {}", figure.key, figure.range);
    let remedy = format!("write such a number, for example {}", figure.example);
    problems.add(Code::WrongValue, value.span, what, remedy);
    None
}

/// How many cases an officer may give: above 0, and only where officers are named.
fn check_cap(table: Table<'_>, problems: &mut Collector<'_>) -> Option<u64> {
    let value = table.get("officer_cap")?;
    if table.get("officer").is_none() {
        let example =
            "officer = \"…\", the case information with the officer, or leave officer_cap out";
        table.report_missing("officer", example, problems);
    }
    let cap = table.number("officer_cap", rules::MOST_CASES, problems)?;
    if cap == 0 {
        let what = "officer_cap is 0, so that no case could be drawn";
        let remedy = "write how many cases one officer may give, such as 6";
        problems.add(Code::WrongValue, value.span, what, remedy);
    }
    Some(cap)
}

/// A level of the division: case information that groups cases, and that is no other level.
fn check_level(
    id: Written<'_>,
    sample: &Sample,
    levels: &mut Ids,
    problems: &mut Collector<'_>,
) -> Option<usize> {
    let (place, attribute) = find(id, sample, problems)?;
    levels.take_once(id, "level", problems);
    let kind = match attribute.kind {
        AttributeKind::Choice(_) | AttributeKind::Code => return Some(place),
        AttributeKind::Number => "a number",
        AttributeKind::Date => "a date",
    };
    let what = format!("{} is {kind}, which groups no cases", id.text);
    let remedy = "take case information with choices or codes, such as a unit";
    problems.add(Code::WrongValue, id.span, what, remedy);
    None
}

/// Case information that is a date.
fn check_date(
    table: Table<'_>,
    key: &str,
    sample: &Sample,
    problems: &mut Collector<'_>,
) -> Option<usize> {
    let id = table.get(key)?.text(problems)?;
    let (place, attribute) = find(id, sample, problems)?;
    if attribute.kind == AttributeKind::Date {
        return Some(place);
    }
    let attributes = sample.questions.attributes.iter();
    let dates = attributes.filter(|attribute| attribute.kind == AttributeKind::Date);
    let what = format!("{} is not a date", id.text);
    let remedy = nearest(id.text, dates.map(|attribute| &*attribute.id));
    problems.add(Code::WrongValue, id.span, what, remedy);
    None
}

/// Case information of the sample by its id.
fn find<'s>(
    id: Written<'_>,
    sample: &'s Sample,
    problems: &mut Collector<'_>,
) -> Option<(usize, &'s Attribute)> {
    let attributes = &sample.questions.attributes;
    let place = sample.questions.attribute(id.text);
    if place.is_none() {
        let what = format!(
            "the sample {} has no case information {:?}",
            sample.id, id.text
        );
        let remedy = nearest(id.text, attributes.iter().map(|attribute| &*attribute.id));
        problems.add(Code::UnknownAttribute, id.span, what, remedy);
    }
    Some((place?, attributes.get(place?)?))
}

/// Strata or exclusions, in order. One whose condition is wrong is left out: that is reported.
fn check_parts(
    table: Table<'_>,
    key: &'static str,
    name: &'static str,
    scope: Scope<'_>,
    problems: &mut Collector<'_>,
) -> Vec<Part> {
    let mut ids = Ids::default();
    let parts = table.tables(key, name, problems).into_iter();
    parts
        .filter_map(|part| check_part(part, key, scope, &mut ids, problems))
        .collect()
}

fn check_part(
    table: Table<'_>,
    key: &str,
    scope: Scope<'_>,
    ids: &mut Ids,
    problems: &mut Collector<'_>,
) -> Option<Part> {
    table.check_keys(&["id", "title", "when"], problems);
    let id = table.text("id", problems);
    if let Some(id) = id {
        ids.take(id, Form::Dashed, key, problems);
    }
    let title = table.optional_prose("title", problems);
    if table.get("when").is_none() {
        table.report_missing(
            "when",
            "when = { … }, the cases that belong to it",
            problems,
        );
    }
    let when = table.table("when", "a condition", problems);
    let when = when.and_then(|when| scope.compile(when, problems));
    let id = id?.text.to_owned();
    Some(Part {
        title: title.unwrap_or_else(|| title_of(&id)),
        id,
        when: when?,
    })
}
