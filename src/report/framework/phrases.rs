//! What proportions are called in prose, as a table, and which questions are told by their *no*.
//!
//! Must not know which figures are put into words.

use crate::framework::{Framework, Side};
use crate::rating::words;
use crate::report::table::{Cell, Column, Kind, Row, Table, Value};

/// The words and from which percent they are said; without rows where the framework has none.
pub(super) fn phrases_table(framework: &Framework) -> Table {
    let rows = framework.phrases.iter().map(|phrase| {
        let from = Value::Percent(phrase.from).into();
        Row::new(vec![from, Cell::text(&phrase.words)])
    });
    Table {
        id: "words".to_owned(),
        title: "Words for proportions".to_owned(),
        units: "Whole percents, up to the next row".to_owned(),
        columns: vec![
            Column::new("from", "From percent", Kind::Percent),
            Column::new("words", "Words", Kind::Text),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

/// The key questions of which prose tells *no*; `None` where there are none.
pub(super) fn told_note(framework: &Framework) -> Option<String> {
    let standards = framework.standards.iter();
    let questions = standards.flat_map(|standard| &standard.key_questions);
    let told = questions.filter(|question| question.told == Side::No);
    let numbers: Vec<&str> = told.map(|question| question.number.as_str()).collect();
    let is_any = !framework.phrases.is_empty() && !numbers.is_empty();
    is_any.then(|| format!("Prose tells the answer no of {}", words::list(&numbers)))
}
