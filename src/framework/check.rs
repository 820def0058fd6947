//! From the text of a framework file to a checked [`Framework`], with every problem at once.
//!
//! Must not know where the text comes from or how problems are printed.

use toml::de::DeTable;

use super::collect::Collector;
use super::ids::{Form, Ids};
use super::raw::Table;
use super::standards::Standards;
use super::{Domain, Framework, rules, samples};
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
        let message = error.message();
        let what = format!("this is not TOML: {message}");
        problems.add(Code::NotToml, span, what, remedy_for(message));
    }
    Err(problems.finish())
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

fn check_root<'t>(root: Table<'t>, problems: &mut Collector<'t>) -> Framework {
    const KEYS: [&str; 12] = [
        "id",
        "title",
        "edition",
        "source",
        "licence",
        "scale",
        "bands",
        "discretion",
        "overall",
        "domain",
        "sample",
        "standard",
    ];
    root.check_keys(&KEYS, problems);
    let id = root.text("id", problems);
    if let Some(id) = id {
        Ids::default().take(id, Form::Dashed, "framework", problems);
    }
    let scale = rules::check_scale(root, problems);
    let domains = check_domains(root, problems);
    let mut samples = samples::check_samples(root, problems);
    let mut reader = Standards::new(&domains, &mut samples, problems);
    let standards = reader.check(root);
    let bands_wanted_at = reader.bands_wanted_at;
    Framework {
        id: id.map_or_else(String::new, |id| id.text.to_owned()),
        title: root.prose("title", problems),
        edition: root.prose("edition", problems),
        source: root.prose("source", problems),
        licence: root.optional_prose("licence", problems).unwrap_or_default(),
        bands: rules::check_bands(root, &scale, bands_wanted_at, problems),
        scale,
        discretion: rules::check_discretion(root, problems),
        share_bands: None,
        met_bands: None,
        reliability: None,
        overall: rules::check_overall(root, problems),
        illustrative: Vec::new(),
        domains,
        samples,
        measures: Vec::new(),
        standards,
    }
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
