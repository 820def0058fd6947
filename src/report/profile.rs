//! The ratings profile of a programme: how many providers have which overall rating, and which they are.
//!
//! Must not count the nation, or know any output format.

use super::programme::{Group, Inspected};
use super::table::{Cell, Column, Kind, Row, Table, Value};
use crate::framework::{Rating, Scale};

/// The id of the table.
pub(super) const PROFILE: &str = "ratings-profile";

/// A row for each rating, the best first, with how many providers have it; `None` where nobody has an overall rating.
pub(super) fn profile_table(programme: &str, group: &Group<'_>) -> Option<Table> {
    let rating_of = |one: &Inspected| one.rating.overall.as_ref().map(|overall| overall.rating);
    let providers = group.providers();
    providers.iter().find(|one| rating_of(one).is_some())?;
    let scale = &group.framework.scale;
    let mut table = Table {
        id: PROFILE.to_owned(),
        title: group.title("Ratings profile"),
        scope: programme.to_owned(),
        units: "Number of providers".to_owned(),
        columns: vec![
            Column::new("rating", "Overall rating", Kind::Rating),
            Column::new("providers_count", "Number", Kind::Count),
            Column::new("providers", "Providers", Kind::Text),
        ],
        source: group.source(programme),
        ..Table::default()
    };
    let places = (0..scale.0.len()).rev().map(|place| Some(Rating(place)));
    for rating in places.chain([None]) {
        let rated = providers.iter().filter(|one| rating_of(one) == rating);
        let names: Vec<&str> = rated.map(|one| one.heading.provider.as_str()).collect();
        if rating.is_some() || !names.is_empty() {
            let row = profile_row(scale, rating, &names, providers.len(), &mut table);
            table.rows.push(row);
        }
    }
    for nation in group.national() {
        let rated = rating_of(nation).map_or("not rated".to_owned(), |rating| {
            format!("rated {}", scale.title(rating))
        });
        let name = &nation.heading.provider;
        table.note(&format!("{name} is {rated} and not counted"));
    }
    Some(table)
}

fn profile_row(
    scale: &Scale,
    rating: Option<Rating>,
    names: &[&str],
    whole: usize,
    table: &mut Table,
) -> Row {
    let title = rating.map_or("not rated", |rating| scale.title(rating));
    let note = table.note(&sentence(names.len(), whole, rating.is_some(), title));
    let cell: Cell = match rating {
        Some(Rating(place)) => Value::Rating {
            title: title.to_owned(),
            place,
            of: scale.0.len(),
        }
        .into(),
        None => Cell::text(title),
    };
    let count = u64::try_from(names.len()).unwrap_or(u64::MAX);
    Row::new(vec![
        cell.with_notes(vec![note]),
        Value::Count(count).into(),
        if names.is_empty() {
            Cell::text("none")
        } else {
            // Names have commas and an `and` of their own.
            Cell::text(names.join("; "))
        },
    ])
}

/// `2 of 12 providers are rated Good`.
fn sentence(part: usize, whole: usize, is_rated: bool, title: &str) -> String {
    let providers = if whole == 1 { "provider" } else { "providers" };
    let are = if part == 1 || whole == 1 { "is" } else { "are" };
    let rated = if is_rated { "rated " } else { "" };
    format!("{part} of {whole} {providers} {are} {rated}{title}")
}
