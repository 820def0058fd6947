//! The measures of a framework as a table: what each counts, its target, and what a value is worth in words.
//!
//! Must not know any value, or how it is graded (`rating`).

use crate::framework::{Better, Distance, Framework, Grading, Measure, PercentYesOf, Scale};
use crate::model::{Decimal, round_figure};
use crate::rating::words;
use crate::report::table::{Cell, Column, Kind, Row, Table};

/// One column: how it is named, and what it says of a measure.
type Described = (Column, fn(&Measure) -> Option<Cell>);

/// Every measure; a column of which no measure has anything is left out. Without rows when there is no measure.
pub(super) fn measures_table(framework: &Framework) -> Table {
    let described: [Described; 9] = [
        (Column::new("id", "Id", Kind::Code), |one| {
            Some(Cell::text(&one.id))
        }),
        (Column::new("measure", "Measure", Kind::Text), |one| {
            Some(Cell::text(&one.title))
        }),
        (Column::new("kind", "Kind", Kind::Text), |one| {
            filled(&one.kind)
        }),
        (Column::new("unit", "Unit", Kind::Text), |one| {
            filled(&one.unit)
        }),
        (Column::new("better", "Better", Kind::Code), |one| {
            one.better.map(|better| Cell::text(direction(better)))
        }),
        (Column::new("target", "Target", Kind::Figure), |one| {
            published(one, one.target)
        }),
        (
            Column::new("national", "National figure", Kind::Figure),
            |one| published(one, one.national),
        ),
        (Column::new("weight", "Weight", Kind::Text), weight),
        (Column::new("source", "Value", Kind::Text), |one| {
            let source = one.percent_yes_of.as_ref().map(source);
            source.map(Cell::text)
        }),
    ];
    let measures = &framework.measures;
    let is_used = |(_, say): &Described| measures.iter().any(|one| say(one).is_some());
    let described: Vec<Described> = described.into_iter().filter(is_used).collect();
    let is_graded = measures.iter().any(|one| one.grading != Grading::None);
    let mut table = Table {
        id: "measures".to_owned(),
        title: "Measures".to_owned(),
        blank_cells: "nothing is stated; of a weight: 1".to_owned(),
        columns: described.iter().map(|(column, _)| column.clone()).collect(),
        ..Table::default()
    };
    if is_graded {
        table
            .columns
            .push(Column::new("grading", "Rated", Kind::Text));
    }
    for measure in measures {
        let said = described
            .iter()
            .map(|(_, say)| say(measure).unwrap_or_else(Cell::blank));
        let mut cells: Vec<Cell> = said.collect();
        if is_graded {
            cells.push(grading_cell(measure, &framework.scale, &mut table));
        }
        table.rows.push(Row::new(cells));
    }
    table
}

fn filled(text: &str) -> Option<Cell> {
    (!text.is_empty()).then(|| Cell::text(text))
}

fn direction(better: Better) -> String {
    match better {
        Better::Higher => "higher".to_owned(),
        Better::Lower => "lower".to_owned(),
    }
}

/// A figure as it is compared: rounded to the measure's decimals; its unit stands beside it.
fn published(measure: &Measure, figure: Option<Decimal>) -> Option<Cell> {
    Some(Cell::figure(round_figure(figure?, measure.decimals)))
}

/// How much it counts; that it counts once is said by silence.
fn weight(measure: &Measure) -> Option<Cell> {
    let weight = measure.weight.normalize();
    (weight != Decimal::ONE).then(|| Cell::text(words::figure(weight)))
}

fn source(source: &PercentYesOf) -> String {
    match source.framework.as_str() {
        "" => format!("percent yes of {}", source.question),
        framework => format!("percent yes of {} under {framework}", source.question),
    }
}

/// What a value is worth. Distances are long and mostly shared, so they stand in a note.
fn grading_cell(measure: &Measure, scale: &Scale, table: &mut Table) -> Cell {
    match &measure.grading {
        Grading::None => Cell::text("not rated"),
        Grading::Values(starts) => {
            let way = match measure.better {
                Some(Better::Lower) => "down",
                Some(Better::Higher) | None => "up",
            };
            let start =
                |start: &Decimal| format!("from {} {way}", words::figure(start.normalize()));
            Cell::text(by_rating(scale, starts, start))
        }
        Grading::Distances(distances) => {
            let said = by_rating(scale, distances, describe_distance);
            let note = table.note(&format!(
                "By distance: {said}; each inclusive, in the measure's unit"
            ));
            Cell::text("by distance").with_notes(vec![note])
        }
    }
}

/// What each rating but the worst asks for, and what is left for the worst.
fn by_rating<T>(scale: &Scale, starts: &[T], describe: impl Fn(&T) -> String) -> String {
    let rated = scale.0.iter().skip(1).zip(starts);
    let rated = rated.map(|(rating, start)| format!("{} {}", rating.title, describe(start)));
    let worst = scale
        .0
        .first()
        .map(|rating| format!("else {}", rating.title));
    let said: Vec<String> = rated.rev().chain(worst).collect();
    said.join(", ")
}

fn describe_distance(distance: &Distance) -> String {
    let figures = [
        (distance.target, "the target"),
        (distance.national, "the national figure"),
    ];
    let said = figures.iter().filter_map(|(figure, name)| {
        let figure = (*figure)?;
        let lead = words::figure(figure.abs().normalize());
        Some(if figure.is_zero() {
            format!("at {name}")
        } else if figure.is_sign_negative() {
            format!("{lead} worse than {name}")
        } else {
            format!("{lead} better than {name}")
        })
    });
    let said: Vec<String> = said.collect();
    said.join(" and ")
}
