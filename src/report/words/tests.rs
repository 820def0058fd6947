//! The words for the figures.

use super::*;
use crate::framework::builtin;
use crate::rating::fixture::{Builder, judgement, rate_cases, sample};

/// The words of the built-in framework.
fn published() -> Framework {
    let id = "hmip-nps-2018";
    Framework::parse(builtin(id).unwrap().text, id).unwrap()
}

/// What is said of a question with so many yes and no; `told` is the answer that is told.
fn row(yes: u64, no: u64, told: Side) -> Vec<String> {
    let mut framework = Builder::new()
        .sample("s", "case")
        .rated("2", "Assessment")
        .question("2.1", "s", "Is it enough?")
        .framework;
    framework.phrases = published().phrases;
    framework.standards[0].key_questions[0].told = told;
    let tallies = [sample(yes + no, &[(yes, no)])];
    let rating = rate_cases(&framework, &tallies, &[]).unwrap();
    let report = add_words(Report::default(), &framework, &rating, &Heading::default());
    let cells = report.tables[0].rows[0].cells.iter();
    cells.map(Cell::shown).collect()
}

fn words_of(percent: u64) -> String {
    row(percent, 100 - percent, Side::Yes)[4].clone()
}

#[test]
fn the_scale_says_what_the_report_of_2018_said() {
    let said = [56, 76, 83].map(words_of);
    assert_eq!(
        said,
        [
            "just over half",
            "over three-quarters",
            "well over three-quarters"
        ]
    );
}

#[test]
fn words_begin_at_their_percent_and_the_ends_are_none_and_all() {
    let said = [0, 1, 49, 50, 51, 99, 100].map(words_of);
    assert_eq!(
        said,
        [
            "none",
            "almost none",
            "just under half",
            "half",
            "just over half",
            "almost all",
            "all"
        ]
    );
}

#[test]
fn one_side_is_told_and_the_other_is_the_rest() {
    assert_eq!(
        row(56, 44, Side::Yes)[2..],
        ["yes", "56%", "just over half", "44%", "well over a third"]
    );
    assert_eq!(
        row(56, 44, Side::No)[2..],
        ["no", "44%", "well over a third", "56%", "just over half"]
    );
    // 62.5% is published as 63%: the rest is 37%, though 37.5% would be rounded up.
    assert_eq!(row(5, 3, Side::No)[3], "37%");
}

#[test]
fn what_is_rounded_to_0_or_100_is_neither_none_nor_all() {
    assert_eq!(
        row(1, 299, Side::Yes)[3..],
        ["0%", "almost none", "100%", "almost all"]
    );
    assert_eq!(
        row(299, 1, Side::No)[3..],
        ["0%", "almost none", "100%", "almost all"]
    );
    assert_eq!(row(0, 300, Side::Yes)[3..], ["0%", "none", "100%", "all"]);
}

#[test]
fn a_question_without_a_figure_has_no_words() {
    assert_eq!(row(0, 0, Side::Yes)[3..], ["[x]"; 4]);
}

#[test]
fn without_words_or_questions_there_is_no_table() {
    let framework = Builder::new().judged("1", "Leadership").framework;
    let rating = rate_cases(&framework, &[], &[judgement("1", 2)]).unwrap();
    let add = |framework: &Framework| {
        add_words(Report::default(), framework, &rating, &Heading::default()).tables
    };
    assert!(add(&framework).is_empty());
    let mut with_words = framework.clone();
    with_words.phrases = published().phrases;
    assert!(add(&with_words).is_empty());
}
