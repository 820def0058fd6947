//! The table of how many answers would have to differ for another rating.
//!
//! Must not rate anything.

use super::super::heading::{Heading, source};
use super::super::table::{Cell, Column, Kind, Part, Symbol, Table, Value};
use super::{Difference, NoDifference, Sureness, add_rows, rated_columns};
use crate::framework::Framework;
use crate::rating::{InspectionRating, words};

/// Each standard and the whole.
pub(super) fn differences_table(
    framework: &Framework,
    rating: &InspectionRating,
    sureness: &Sureness,
    heading: &Heading,
) -> Table {
    let mut columns = rated_columns();
    columns.extend([
        Column::new("better", "For a better rating", Kind::Text),
        Column::new("better_answers", "Answers to a better one", Kind::Count).as_detail(),
        Column::new("worse", "For a worse rating", Kind::Text),
        Column::new("worse_answers", "Answers to a worse one", Kind::Count).as_detail(),
    ]);
    let mut table = Table {
        id: "answers-to-another-rating".to_owned(),
        title: "How many answers would change a rating".to_owned(),
        part: Part::Technical,
        scope: heading.subject(),
        units: "The fewest answers that would have to differ, all one way; where several choices are equally few, one of them. \
                Measures, judgements and moderation stay as they are. Not part of the published ratings"
            .to_owned(),
        columns,
        source: source(framework, heading),
        ..Table::default()
    };
    let resampled = &sureness.resampled;
    add_rows(&mut table, framework, rating, resampled, |chances| {
        let better = difference_cells(framework, &chances.up, "more");
        let worse = difference_cells(framework, &chances.down, "fewer");
        better.into_iter().chain(worse).collect()
    });
    table
}

/// What it takes in words, and how many answers that is.
fn difference_cells(
    framework: &Framework,
    difference: &Result<Difference, NoDifference>,
    more: &str,
) -> [Cell; 2] {
    let missing = match difference {
        Ok(difference) => {
            let words = name_difference(framework, difference, more);
            return [Cell::text(words), Value::Count(difference.answers).into()];
        }
        Err(NoDifference::Fixed) => {
            Cell::missing(Symbol::NOT_APPLICABLE, "no answers would give one")
        }
        Err(NoDifference::Unknown) => {
            Cell::missing(Symbol::NOT_AVAILABLE, "too many ways to try them all")
        }
        Err(NoDifference::Moving) => Cell::missing(
            Symbol::NOT_AVAILABLE,
            "a measure is taken from answers, and would move with them",
        ),
    };
    [missing.clone(), missing]
}

/// `Outstanding: 3 more yes in 2.4.3 and 1 in 2.4.2`.
fn name_difference(framework: &Framework, difference: &Difference, more: &str) -> String {
    let questions = difference.questions.iter().enumerate();
    let named = questions.map(|(place, (number, answers))| {
        let answers = words::count(*answers);
        match place {
            0 => format!("{answers} {more} yes in {number}"),
            _ => format!("{answers} in {number}"),
        }
    });
    let named: Vec<String> = named.collect();
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    format!(
        "{}: {}",
        framework.scale.title(difference.rating),
        words::list(&named)
    )
}
