//! The words for the figures of an inspection, for whoever writes the prose: each percentage, what it is called, and its other side.
//!
//! One side of each question is told, as the framework says: so no figure is reported from both sides. Must not choose words
//! itself, or know any output format.

use super::annex::percent_cell;
use super::heading::{Heading, source, unique_id};
use super::table::{Cell, Column, Kind, Part, Report, Row, Symbol, Table, Value};
use crate::framework::{Framework, KeyQuestion, Side};
use crate::rating::{InspectionRating, QuestionRating};

/// The same annex with the table of words last; without words in the framework, or figures to say them of, there is none.
#[must_use]
pub fn add_words(
    mut report: Report,
    framework: &Framework,
    rating: &InspectionRating,
    heading: &Heading,
) -> Report {
    // What people judged rests on more than answers: its questions stand here only where there are figures.
    let questions = rating.standards.iter().flat_map(|standard| {
        let evidence = standard.evidence.iter();
        let told = evidence.filter(|question| question.percent.is_some());
        standard.questions.iter().chain(told)
    });
    let rows: Vec<Row> = questions
        .map(|question| question_row(framework, question))
        .collect();
    if framework.phrases.is_empty() || rows.is_empty() {
        return report;
    }
    report.tables.push(Table {
        id: unique_id("words", &report.tables),
        title: "Words for the figures".to_owned(),
        part: Part::Words,
        scope: heading.subject(),
        units: "Percent of the applicable cases that were answered so, and the rest of 100"
            .to_owned(),
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("text", "Question", Kind::Text),
            Column::new("side", "Answer", Kind::Code),
            Column::new("percent", "Percent", Kind::Percent),
            Column::new("words", "In words", Kind::Text),
            Column::new("complement", "Rest", Kind::Percent),
            Column::new("complement_words", "Rest in words", Kind::Text),
        ],
        rows,
        source: source(framework, heading),
        ..Table::default()
    });
    report
}

fn question_row(framework: &Framework, question: &QuestionRating) -> Row {
    let side = side_of(framework, &question.number);
    let word = match side {
        Side::Yes => "yes",
        Side::No => "no",
    };
    let mut cells = [&question.number, &question.text, word]
        .map(Cell::text)
        .to_vec();
    match told(question, side) {
        Some(percent) => {
            let is_whole = question.tally.yes == 0 || question.tally.no == 0;
            for percent in [percent, 100 - percent] {
                // What rounding made 0 or 100 is neither none nor all.
                let worded = if is_whole {
                    percent
                } else {
                    percent.clamp(1, 99)
                };
                let phrase = framework.phrase(worded).unwrap_or_default();
                cells.push(Value::Percent(percent).into());
                cells.push(Cell::text(phrase));
            }
        }
        None => {
            let missing = percent_cell(framework, question);
            let nothing = Cell::missing(
                Symbol::NOT_AVAILABLE,
                "there is no figure to put into words",
            );
            cells.extend([missing.clone(), nothing.clone(), missing, nothing]);
        }
    }
    Row::new(cells)
}

/// The percentage of the side that is told. That of *no* is what is left of the published one, so that the two never add up to 101.
fn told(question: &QuestionRating, side: Side) -> Option<u64> {
    let percent = question.percent?;
    Some(match side {
        Side::Yes => percent,
        Side::No => 100 - percent,
    })
}

fn side_of(framework: &Framework, number: &str) -> Side {
    let standards = framework.standards.iter();
    let mut questions = standards.flat_map(|standard| &standard.key_questions);
    let found = questions.find(|question: &&KeyQuestion| question.number == number);
    found.map_or(Side::Yes, |question| question.told)
}

#[cfg(test)]
mod tests;
