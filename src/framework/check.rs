//! From the text of a framework file to a checked [`Framework`], with every problem at once.
//!
//! Must not know where the text comes from or how problems are printed.

use std::collections::HashSet;

use toml::de::DeTable;

use super::bands::check_share_bands;
use super::collect::Collector;
use super::ids::{Form, Ids};
use super::lines::Lines;
use super::needs::check_needs;
use super::origins::Origins;
use super::phrases::check_phrases;
use super::raw::Table;
use super::standards::Standards;
use super::sums::resolve_sums;
use super::weights::check_weights;
use super::{Domain, Framework, Publisher, Scale, bands, measures, rules, samples};
use crate::model::{Code, Problems};

/// Reads and checks a framework file; see [`Framework::parse`].
///
/// A text that is not TOML is not checked further: what is missing from it may stand in the part that could not be read.
pub(super) fn check(text: &str, file: &str) -> Result<Framework, Problems> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut problems = Collector::new(text, file);
    if errors.is_empty() {
        let framework = check_root(Table::root(&document), &mut problems);
        return problems.finish().none_or(framework);
    }
    for error in &errors {
        let span = error
            .span()
            .map_or((0, 0), |range| (range.start, range.end));
        // One slip in an inline table is found several times at the same place.
        if problems.has_within(span) {
            continue;
        }
        let message = error.message();
        let what = format!("this is not TOML: {message}");
        let remedy = match decimal_comma(text, span.0) {
            Some(number) => format!("write decimals with a point: {}", number.replace(',', ".")),
            None => remedy_for(message).to_owned(),
        };
        problems.add(Code::NotToml, span, what, remedy);
    }
    Err(problems.finish())
}

/// A number with a decimal comma on the line of an offset: TOML ends the number there, and finds the rest wrong.
fn decimal_comma(text: &str, offset: usize) -> Option<&str> {
    let line = Lines::of(text).around(offset)?.text;
    let mut after_equals = line.split('=').skip(1);
    after_equals.find_map(|value| {
        let value = value.trim_start().trim_start_matches(['+', '-']);
        let is_part = |letter: char| letter.is_ascii_digit() || letter == ',';
        let number = value.split(|letter| !is_part(letter)).next()?;
        let number = number.trim_end_matches(',');
        let (whole, decimals) = number.split_once(',')?;
        let is_whole =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        (is_whole(whole) && is_whole(decimals)).then_some(number)
    })
}

/// What to do about a message of the TOML parser.
fn remedy_for(message: &str) -> &'static str {
    if message.starts_with("duplicate key") {
        "a key or [table] stands only once; a list of tables has two brackets, [[standard]]"
    } else if message.starts_with("string values must be quoted") {
        "put texts in quotes; numbers, true and false stand without them"
    } else {
        "correct it as TOML wants it; https://toml.io shows how"
    }
}

const KEYS: [&str; 21] = [
    "id",
    "title",
    "edition",
    "source",
    "licence",
    "publication",
    "illustrative",
    "scale",
    "bands",
    "share_bands",
    "met_bands",
    "distance",
    "reliability",
    "discretion",
    "disclosure",
    "overall",
    "domain",
    "sample",
    "measure",
    "standard",
    "words",
];

fn check_root<'t>(root: Table<'t>, problems: &mut Collector<'t>) -> Framework {
    root.check_keys(&KEYS, problems);
    let id = root.text("id", problems);
    if let Some(id) = id {
        Ids::default().take(id, Form::Dashed, "framework", problems);
    }
    let id = id.map_or_else(String::new, |id| id.text.to_owned());
    let scale = rules::check_scale(root, problems);
    // Where ratings cannot be told apart, all that names one would be wrong as well.
    let nameable = if has_clear_ids(&scale) {
        scale.clone()
    } else {
        Scale(Vec::new())
    };
    let domains = check_domains(root, problems);
    let mut samples = samples::check_samples(root, problems);
    let (measures, measure_origins) = measures::check_measures(root, &nameable, &id, problems);
    let mut reader = Standards::new(&domains, &measures, &mut samples, problems);
    let (mut standards, mut standard_origins) = reader.check(root);
    let order = resolve_sums(&mut standards, &mut standard_origins, problems);
    let origins = Origins {
        measures: measure_origins,
        standards: standard_origins,
    };
    let illustrative = root.get("illustrative");
    let illustrative = illustrative.map_or_else(Vec::new, |value| value.texts(problems));
    let framework = Framework {
        id,
        title: root.prose("title", problems),
        edition: root.prose("edition", problems),
        source: root.prose("source", problems),
        licence: root.optional_prose("licence", problems).unwrap_or_default(),
        publisher: check_publisher(root, problems),
        bands: bands::check_bands(root, &nameable, problems),
        share_bands: check_share_bands(root, "share_bands", "[share_bands]", &nameable, problems),
        met_bands: check_share_bands(root, "met_bands", "[met_bands]", &nameable, problems),
        scale,
        discretion: rules::check_discretion(root, problems),
        reliability: rules::check_reliability(root, problems),
        smallest_group: rules::check_disclosure(root, problems),
        overall: rules::check_overall(root, problems),
        illustrative: illustrative
            .iter()
            .map(|phrase| phrase.text.trim().to_owned())
            .collect(),
        phrases: check_phrases(root, problems),
        domains,
        samples,
        measures,
        standards,
    };
    check_needs(root, &framework, &origins, &order, problems);
    measures::check_uses(&framework, &origins, problems);
    check_weights(root, &framework, &origins, problems);
    framework
}

/// Whether every rating has an id of its own.
fn has_clear_ids(scale: &Scale) -> bool {
    let ids = scale.0.iter().map(|rating| rating.id.to_lowercase());
    let mut seen = HashSet::new();
    ids.into_iter().all(|id| !id.is_empty() && seen.insert(id))
}

/// Reads `[publication]`; a table without an organisation is refused.
fn check_publisher(root: Table<'_>, problems: &mut Collector<'_>) -> Option<Publisher> {
    let table = root.table("publication", "[publication]", problems)?;
    table.check_keys(&["organisation", "contact"], problems);
    Some(Publisher {
        organisation: table.prose("organisation", problems),
        contact: table
            .optional_prose("contact", problems)
            .unwrap_or_default(),
    })
}

fn check_domains(root: Table<'_>, problems: &mut Collector<'_>) -> Vec<Domain> {
    let mut numbers = Ids::default();
    let mut domains = Vec::new();
    for table in root.tables("domain", "[[domain]]", problems) {
        table.check_keys(&["number", "title"], problems);
        let number = table.text("number", problems);
        if let Some(number) = number {
            numbers.take(number, Form::Number, "domain", problems);
        }
        domains.push(Domain {
            number: number.map_or_else(String::new, |number| number.text.to_owned()),
            title: table.prose("title", problems),
        });
    }
    domains
}
