//! The table of how often each rating came out of samples that were drawn again.
//!
//! Must not rate or draw anything.

use super::super::heading::{Heading, source};
use super::super::table::{Cell, Column, Kind, Part, Symbol, Table, Value, kebab};
use super::{Chances, Resampled, Sureness, add_rows, rated_columns};
use crate::framework::{Framework, Rating};
use crate::model::Share;
use crate::rating::{InspectionRating, words};

/// Each standard and the whole.
pub(super) fn ratings_table(
    framework: &Framework,
    rating: &InspectionRating,
    sureness: &Sureness,
    heading: &Heading,
) -> Table {
    let resampled = &sureness.resampled;
    let mut columns = rated_columns();
    columns.push(Column::new("chances", "Samples drawn again", Kind::Text));
    let ratings = framework.scale.0.iter();
    columns.extend(ratings.map(|rating| {
        let id = format!("percent_{}", kebab(&rating.id).replace('-', "_"));
        Column::new(id, format!("% {}", rating.title), Kind::Percent).as_detail()
    }));
    columns.push(Column::new("percent_not_rated", "% not rated", Kind::Percent).as_detail());
    let mut table = Table {
        id: "sureness-of-ratings".to_owned(),
        title: "How sure the ratings are".to_owned(),
        part: Part::Technical,
        scope: heading.subject(),
        units: format!(
            "Percent of {} samples of the same sizes that were drawn again by lot and rated by the same rules. Not part of the \
             published ratings",
            words::count(resampled.draws)
        ),
        columns,
        source: source(framework, heading),
        ..Table::default()
    };
    let note = table.note(&drawn_again(framework, sureness));
    add_rows(&mut table, framework, rating, resampled, |chances| {
        chance_cells(framework, resampled, chances, note)
    });
    // Where no rating could vary, nothing was drawn again for it.
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    if cells.flat_map(|cell| &cell.notes).next().is_none() {
        table.notes.clear();
    }
    table
}

/// How the samples were drawn again.
fn drawn_again(framework: &Framework, sureness: &Sureness) -> String {
    let designs = framework.samples.iter().zip(&sureness.samples);
    let undrawn = designs.filter(|(_, design)| design.population.is_none());
    let undrawn: Vec<&str> = undrawn.map(|(sample, _)| sample.title.as_str()).collect();
    let known = "from a population that is rebuilt from its cases (Booth, Butler and Hall), in the strata of the draw";
    let unknown = "from its own cases, putting each back, because no draw is recorded";
    let how = match undrawn.len() {
        0 => format!("each sample {known}"),
        all if all == framework.samples.len() => format!("each sample {unknown}"),
        _ => format!(
            "each sample {known}; of {} {unknown}",
            words::list(&undrawn)
        ),
    };
    format!(
        "Drawn again {} times with the seed {}: {how}; all answers of a case together. Measures, judgements and moderation stay \
         as they are",
        words::count(sureness.resampled.draws),
        sureness.resampled.seed
    )
}

/// How often each rating came out: in words, then each percentage.
fn chance_cells(
    framework: &Framework,
    resampled: &Resampled,
    chances: &Chances,
    note: usize,
) -> Vec<Cell> {
    let share = |count: u64| Share::new(count, resampled.draws);
    let percent = |count: &u64| match share(*count) {
        Some(share) => Value::Percent(share.percent()).into(),
        None => Cell::missing(Symbol::NOT_AVAILABLE, "nothing was drawn"),
    };
    let words = name_chances(framework, chances, share);
    let mut cells = vec![Cell::text(words).with_notes(vec![note])];
    cells.extend(chances.ratings.iter().map(percent));
    cells.push(percent(&chances.not_rated));
    cells
}

/// `Good 58%, Requires improvement 42%`: the most frequent first.
fn name_chances(
    framework: &Framework,
    chances: &Chances,
    share: impl Fn(u64) -> Option<Share>,
) -> String {
    let places = chances.ratings.iter().enumerate();
    let titled = places.map(|(place, count)| (framework.scale.title(Rating(place)), *count));
    let mut counts: Vec<(&str, u64)> = titled.collect();
    counts.push(("Not rated", chances.not_rated));
    counts.retain(|(_, count)| *count > 0);
    // Of several equally frequent the better one first.
    counts.reverse();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named = counts.into_iter().filter_map(|(title, count)| {
        let share = share(count)?;
        Some(match share.percent() {
            0 => format!("{title} under 1%"),
            100 if share.part() < share.whole() => format!("{title} over 99%"),
            percent => format!("{title} {percent}%"),
        })
    });
    named.collect::<Vec<_>>().join(", ")
}
