//! Reads the words for proportions of a framework file: `[words]`.
//!
//! Must not know which figures they are said of.

use super::collect::Collector;
use super::raw::Table;
use super::rules::choose;
use super::{Phrase, Side};
use crate::model::Code;

/// Reads `[words]`; empty when there is none.
pub(super) fn check_phrases(root: Table<'_>, problems: &mut Collector<'_>) -> Vec<Phrase> {
    let Some(table) = root.table("words", "[words]", problems) else {
        return Vec::new();
    };
    table.check_keys(&["scale"], problems);
    let Some(list) = table.get("scale") else {
        let example = "scale = [ { from = 0, words = \"none\" }, … ]";
        table.report_missing("scale", example, problems);
        return Vec::new();
    };
    let Some(items) = list.list("a list of tables", problems) else {
        return Vec::new();
    };
    if items.is_empty() {
        let what = "no words are listed, so nothing could be said of any figure";
        let remedy =
            "list phrases, scale = [ { from = 0, words = \"none\" }, … ], or leave [words] out";
        problems.add(Code::EmptyCell, list.span, what, remedy);
    }
    let mut phrases: Vec<Phrase> = Vec::with_capacity(items.len());
    for item in items {
        if let Some(table) = item.table("a phrase", problems) {
            let phrase = check_phrase(table, phrases.last(), problems);
            phrases.push(phrase);
        }
    }
    phrases
}

/// Reads which answer of a key question prose tells; *yes* where nothing is said.
pub(super) fn check_told(table: Table<'_>, problems: &mut Collector<'_>) -> Side {
    let names = [("yes", Side::Yes), ("no", Side::No)];
    let value = table.get("told");
    let side = value.and_then(|value| choose(value, Code::WrongValue, &names, problems));
    side.unwrap_or_default()
}

fn check_phrase(table: Table<'_>, before: Option<&Phrase>, problems: &mut Collector<'_>) -> Phrase {
    table.check_keys(&["from", "words"], problems);
    let words = table.prose("words", problems);
    let from = table.number("from", 100, problems);
    match (table.get("from"), from, before) {
        (None, ..) => table.report_missing("from", "from = …", problems),
        (Some(value), Some(from), None) if from > 0 => {
            let what =
                format!("the first phrase is said from {from}%, and nothing is said of less");
            problems.add(Code::WrongValue, value.span, what, "let it start from 0");
        }
        (Some(value), Some(from), Some(before)) if from <= before.from => {
            let what = format!("{from} is not more than the {} before", before.from);
            let remedy = "list the phrases by rising percents";
            problems.add(Code::WrongValue, value.span, what, remedy);
        }
        _ => {}
    }
    Phrase {
        from: from.unwrap_or_default(),
        words,
    }
}
