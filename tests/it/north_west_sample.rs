//! The made-up North West sample: that the committed files are the generated ones and give the published percentages.
//!
//! Must not know the program: the figures are counted here by hand, so that the sample can serve to test the program.

#[path = "../../samples/north-west-2018/generator/mod.rs"]
mod generator;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Annex 2 of the report of October 2018: percent yes of each key question.
const PUBLISHED: [(&str, usize); 16] = [
    ("2.1.1", 83),
    ("2.1.2", 81),
    ("2.1.3", 76),
    ("2.2.1", 75),
    ("2.2.2", 80),
    ("2.2.3", 71),
    ("2.3.1", 90),
    ("2.3.2", 71),
    ("2.3.3", 71),
    ("2.4.1", 82),
    ("2.4.2", 74),
    ("2.4.3", 66),
    ("3.1.1", 75),
    ("3.1.2", 73),
    ("3.2.1", 82),
    ("3.2.2", 90),
];

/// The rows of a generated file, without its header.
#[allow(clippy::unwrap_used, reason = "a test may fail by panic")]
fn rows(name: &str) -> Vec<Vec<String>> {
    let files = generator::files();
    let (_, content) = files.iter().find(|(file, _)| *file == name).unwrap();
    csv::Reader::from_reader(content.as_bytes())
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn is_prompt(question: &str) -> bool {
    question.ends_with(|last: char| last.is_ascii_lowercase())
}

#[test]
fn the_committed_files_are_the_generated_ones() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/north-west-2018");
    for (name, content) in generator::files() {
        let committed = std::fs::read_to_string(folder.join(name)).unwrap();
        assert!(
            committed == content,
            "{name} differs: cargo run --example north-west-2018"
        );
    }
}

#[test]
fn the_answers_give_the_published_percentages() {
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for row in rows("answers.csv") {
        let count = counts.entry(row[1].clone()).or_default();
        match row[2].as_str() {
            "yes" => count[0] += 1,
            "no" => count[1] += 1,
            other => assert_eq!(other, "na"),
        }
    }
    counts.retain(|question, _| !is_prompt(question));
    // Whole percent, half up: (200·yes + n) / 2n.
    let percents: Vec<(&str, usize)> = counts
        .iter()
        .map(|(question, [yes, no])| {
            let judged = yes + no;
            (question.as_str(), (200 * yes + judged) / (2 * judged))
        })
        .collect();
    assert_eq!(percents, PUBLISHED);
    let expected: BTreeMap<String, [usize; 2]> = rows("expected.csv")
        .into_iter()
        .map(|row| {
            (
                row[0].clone(),
                [&row[1], &row[2]].map(|n| n.parse().unwrap()),
            )
        })
        .collect();
    assert_eq!(counts, expected);
}

#[test]
fn no_question_of_a_case_is_answered_twice_and_every_case_is_known() {
    let cases: BTreeSet<String> = rows("cases.csv")
        .into_iter()
        .map(|row| row[0].clone())
        .collect();
    assert_eq!(cases.len(), 128 + 120 + 20);
    let mut seen = BTreeSet::new();
    for row in rows("answers.csv") {
        assert!(cases.contains(&row[0]), "{row:?}");
        assert!(seen.insert((row[0].clone(), row[1].clone())), "{row:?}");
    }
}

#[test]
fn a_key_question_goes_with_its_prompts_unless_a_note_explains_it() {
    let mut prompts: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    let (asides, keys): (Vec<_>, Vec<_>) = rows("answers.csv")
        .into_iter()
        .partition(|row| is_prompt(&row[1]));
    for row in asides {
        let key = row[1].trim_end_matches(char::is_alphabetic).to_owned();
        prompts
            .entry((row[0].clone(), key))
            .or_default()
            .insert(row[2].clone());
    }
    let mut explained = 0;
    for row in keys.iter().filter(|row| row[2] != "na") {
        let agrees = prompts[&(row[0].clone(), row[1].clone())].contains(&row[2]);
        assert!(agrees || (row[2] == "yes" && !row[3].is_empty()), "{row:?}");
        explained += usize::from(!agrees);
    }
    assert_eq!(explained, 3);
}
