//! The first table of an annex: every standard, its rating and what it adds up to, and the whole.
//!
//! Must not know any output format, or compute a total.

use super::footnotes::{overall_notes, standard_note, unrated_symbol};
use super::heading::{Heading, rating_cell, scale_points, source};
use super::table::{Cell, Column, Kind, Row, Symbol, Table, Value};
use crate::framework::{Framework, Over, Rule};
use crate::model::Decimal;
use crate::rating::{InspectionRating, Score, StandardRating};

/// Which figures stand beside the ratings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Points {
    /// None: the overall rule adds nothing up.
    None,
    /// Whole points of each standard.
    Whole,
    /// Points, the most that there could be, and the share where the rule is weighted.
    Weighted,
}

impl Points {
    fn of(framework: &Framework) -> Points {
        let overall = framework.overall;
        match (overall.rule, overall.over) {
            (Rule::PointsTotal, Over::Standards) => Points::Whole,
            (Rule::PointsTotal | Rule::WeightedShare, _) => Points::Weighted,
            _ => Points::None,
        }
    }
}

/// Every standard, its rating and its points, and the whole; `None` where the framework has measures and no standard that
/// is rated, so that it could only say so.
pub(super) fn summary_table(
    framework: &Framework,
    rating: &InspectionRating,
    heading: &Heading,
) -> Option<Table> {
    if !says_something(framework) {
        return None;
    }
    let points = Points::of(framework);
    let mut table = Table {
        id: "ratings".to_owned(),
        title: "Ratings".to_owned(),
        scope: heading.subject(),
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("standard", "Standard", Kind::Text),
            Column::new("rating", "Rating", Kind::Rating),
        ],
        source: source(framework, heading),
        ..Table::default()
    };
    add_points_columns(framework, points, &mut table);
    for standard in &rating.standards {
        let row = standard_row(framework, standard, points, &mut table);
        table.rows.push(row);
    }
    if has_overall(framework, rating) {
        let row = overall_row(framework, rating, points, &mut table);
        table.rows.push(row);
        "the overall rating has no number".clone_into(&mut table.blank_cells);
    }
    explain_blank_points(&mut table);
    Some(table)
}

/// Whether a table of ratings has any to show. Where there are no measures either, it still names the standards.
pub(super) fn says_something(framework: &Framework) -> bool {
    framework.rates_standards() || framework.measures.is_empty()
}

/// Points, and shares of them, are blank where a standard's own rule adds nothing up.
fn explain_blank_points(table: &mut Table) {
    let figures = table.rows.iter().flat_map(|row| row.cells.iter().skip(3));
    if !figures.clone().any(|cell| cell.value == Value::Blank) {
        return;
    }
    if !table.blank_cells.is_empty() {
        table.blank_cells.push_str("; ");
    }
    let words = "a standard whose rule adds up no points has none";
    table.blank_cells.push_str(words);
}

fn add_points_columns(framework: &Framework, points: Points, table: &mut Table) {
    let scale = scale_points(framework);
    match points {
        Points::None => {}
        Points::Whole => {
            table
                .columns
                .push(Column::new("points", "Points", Kind::Figure));
            table.units = format!("Points: {scale}");
        }
        Points::Weighted => {
            table.columns.extend([
                Column::new("points", "Points", Kind::Figure),
                Column::new("max_points", "Of", Kind::Figure),
            ]);
            let is_weighted = framework.overall.rule == Rule::WeightedShare;
            table.units = if is_weighted {
                let share = Column::new("percent", "% of points", Kind::Figure);
                table.columns.push(share);
                format!("Points, each times its weight: {scale}")
            } else {
                format!("Points: {scale}")
            };
        }
    }
}

fn standard_row(
    framework: &Framework,
    standard: &StandardRating,
    points: Points,
    table: &mut Table,
) -> Row {
    let mut notes: Vec<usize> = standard_note(framework, standard)
        .iter()
        .map(|note| table.note(note))
        .collect();
    if !standard.counted {
        let note = format!(
            "{} {} is not counted in the overall rating",
            standard.number, standard.title
        );
        notes.push(table.note(&note));
    }
    let mut cells = vec![
        Cell::text(&standard.number),
        Cell::text(&standard.title).with_notes(notes),
        standard_rating_cell(framework, standard),
    ];
    match points {
        Points::None => {}
        Points::Whole => cells.push(match points_of(framework, standard) {
            Err(missing) => missing,
            Ok(points) => Cell::figure(Decimal::from(points)),
        }),
        Points::Weighted => {
            cells.extend(weighted_cells(framework, standard));
            cells.truncate(table.columns.len());
        }
    }
    Row::new(cells)
}

/// Scale points of a standard's rating, or the cell that says why there are none.
fn points_of(framework: &Framework, standard: &StandardRating) -> Result<u64, Cell> {
    match standard.rating {
        _ if !standard.counted => Err(Cell::missing(
            Symbol::NOT_APPLICABLE,
            "not counted in the overall rating",
        )),
        None => Err(Cell::missing(
            unrated_symbol(standard),
            standard.reason.clone(),
        )),
        Some(rating) => Ok(framework.scale.points(rating)),
    }
}

/// What a standard brings to the whole: its points times its weight where the whole is made of standards; where it is made of
/// their measures and questions, what its own rule adds up. Last the share of its own parts, where it has one.
fn weighted_cells(framework: &Framework, standard: &StandardRating) -> Vec<Cell> {
    let share = standard.score.and_then(|score| score.percent);
    let share = share.map_or_else(Cell::blank, Cell::figure);
    let score = match framework.overall.over {
        Over::Measures => standard.score.ok_or_else(Cell::blank),
        Over::Standards => points_of(framework, standard).and_then(|points| {
            let weight = framework.standard(&standard.number);
            let weight = weight.map_or(Decimal::ONE, |standard| standard.weight);
            let weigh = |points: u64| {
                let weighted = weight.checked_mul(Decimal::from(points));
                weighted.ok_or_else(|| Cell::missing(Symbol::NOT_AVAILABLE, "too long a figure"))
            };
            Ok(Score {
                earned: weigh(points)?,
                max: weigh(framework.scale.max_points())?,
                percent: None,
            })
        }),
    };
    match score {
        Ok(score) => [score.earned, score.max]
            .map(|figure| Cell::figure(figure.normalize()))
            .into_iter()
            .chain([share])
            .collect(),
        Err(cell) => vec![cell.clone(), cell, share],
    }
}

fn overall_row(
    framework: &Framework,
    rating: &InspectionRating,
    points: Points,
    table: &mut Table,
) -> Row {
    let reason = match rating.overall {
        Some(_) => rating.overall_reason.clone(),
        None => format!("Overall is not rated: {}", rating.overall_reason),
    };
    let notes = std::iter::once(reason)
        .chain(overall_notes(framework, rating))
        .map(|note| table.note(&note))
        .collect();
    let mut cells = vec![
        Cell::blank(),
        Cell::text("Overall").with_notes(notes),
        overall_rating_cell(framework, rating),
    ];
    let missing = || Cell::missing(Symbol::NOT_AVAILABLE, rating.overall_reason.clone());
    match (points, rating.score) {
        (Points::None, _) => {}
        (Points::Whole, Some(score)) => {
            cells.push(Cell::figure(score.earned.normalize()));
        }
        (Points::Weighted, Some(score)) => {
            cells.extend([score.earned, score.max].map(|figure| Cell::figure(figure.normalize())));
            cells.push(score.percent.map_or_else(missing, Cell::figure));
        }
        (_, None) => cells.resize_with(table.columns.len(), missing),
    }
    cells.truncate(table.columns.len());
    Row::leading(cells)
}

/// Whether the framework rates the whole, or people did.
pub(super) fn has_overall(framework: &Framework, rating: &InspectionRating) -> bool {
    framework.rates_whole() || rating.overall.is_some()
}

/// The overall rating; a missing one says why.
pub(super) fn overall_rating_cell(framework: &Framework, rating: &InspectionRating) -> Cell {
    rating_cell(
        framework,
        rating.overall.as_ref().map(|overall| overall.rating),
        Symbol::NOT_AVAILABLE,
        &rating.overall_reason,
    )
}

/// A standard's rating; a missing one says why.
pub(super) fn standard_rating_cell(framework: &Framework, standard: &StandardRating) -> Cell {
    rating_cell(
        framework,
        standard.rating,
        unrated_symbol(standard),
        &standard.reason,
    )
}
