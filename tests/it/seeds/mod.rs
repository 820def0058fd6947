//! Holds the built-in frameworks, and the samples with published figures, to what was published.
//!
//! Counts from the data alone, row by row against the excerpts in `tests/data/published`, so that the samples can serve to test the
//! program. Must not run the program.

mod cumbria;
mod ratings;
mod scales;
mod service_levels;

use std::path::Path;
use std::str::FromStr;

use caseaudit::framework::{Framework, builtin};
use caseaudit::model::Decimal;

fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn published(name: &str) -> String {
    text(&format!("tests/data/published/{name}.txt"))
}

#[track_caller]
fn says(document: &str, sentence: &str) {
    assert!(document.contains(sentence), "not published: {sentence}");
}

fn framework(id: &str) -> Framework {
    Framework::parse(builtin(id).unwrap().text, id).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The rows of a sample, the header first.
fn rows(path: &str) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text(path).as_bytes())
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap_or_else(|_| panic!("{text}"))
}

fn cells<const N: usize>(line: &str) -> [&str; N] {
    let cells: Vec<&str> = line.trim_matches(['|', ' ']).split(" | ").collect();
    cells.try_into().unwrap_or_else(|_| panic!("{line}"))
}
