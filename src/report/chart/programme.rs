//! The ratings profile of a programme as a chart: how many providers have which rating, of each standard and overall.
//!
//! Must not rate, or know how a chart is drawn.

use super::super::programme::{Group, Inspected};
use super::super::table::{Cell, Column, Kind, Row, Table, Value, kebab};
use super::{Chart, Drawing, ProfileLine};
use crate::framework::Rating;

/// The line that is of no standard.
const OVERALL: &str = "Overall";

/// The profile of the providers of a group, to stand after the table of this id; `None` where nothing is rated.
pub(crate) fn profile_chart(group: &Group<'_>, after: &str) -> Option<Chart> {
    let scale = &group.framework.scale.0;
    let ratings: Vec<String> = scale.iter().map(|rating| rating.title.clone()).collect();
    let standards = group.framework.standards.iter().enumerate();
    let standards = standards.map(|(place, standard)| {
        let label = format!("{} {}", standard.number, standard.title);
        line(group, label, |one| one.rating.standards.get(place)?.rating)
    });
    let overall = line(group, OVERALL.to_owned(), |one| {
        one.rating.overall.as_ref().map(|overall| overall.rating)
    });
    let is_rated = |line: &ProfileLine| line.counts.iter().any(|counted| *counted > 0);
    let lines: Vec<ProfileLine> = standards
        .chain([overall])
        .filter(|line| is_rated(line))
        .collect();
    if lines.is_empty() {
        return None;
    }
    let has_standards = lines.iter().any(|line| line.label != OVERALL);
    let title = group.title(if has_standards {
        "Ratings of each standard"
    } else {
        "Overall ratings"
    });
    Some(Chart {
        id: format!("chart-{after}"),
        after: after.to_owned(),
        alternative: describe(&ratings, &lines),
        data: data_table(&ratings, &lines, after, &title),
        title,
        drawing: Drawing::Profile { ratings, lines },
    })
}

fn line(
    group: &Group<'_>,
    label: String,
    rating_of: impl Fn(&Inspected) -> Option<Rating>,
) -> ProfileLine {
    let mut counts = vec![0; group.framework.scale.0.len()];
    let mut not_rated = 0;
    for one in group.providers() {
        match rating_of(one).and_then(|rating| counts.get_mut(rating.0)) {
            Some(counted) => *counted += 1,
            None => not_rated += 1,
        }
    }
    ProfileLine {
        label,
        counts,
        not_rated,
    }
}

/// Every figure of the chart in words, for those who cannot see it.
fn describe(ratings: &[String], lines: &[ProfileLine]) -> String {
    let lines = lines.iter().map(|line| {
        let rated = ratings.iter().zip(&line.counts);
        let rated = rated.filter(|(_, counted)| **counted > 0);
        let counted = rated.map(|(title, counted)| format!("{title} {counted}"));
        let not_rated = (line.not_rated > 0).then(|| format!("not rated {}", line.not_rated));
        let counted: Vec<String> = counted.chain(not_rated).collect();
        format!("{}: {}", line.label, counted.join(", "))
    });
    format!("{}.", lines.collect::<Vec<_>>().join("; "))
}

fn data_table(ratings: &[String], lines: &[ProfileLine], after: &str, title: &str) -> Table {
    let id_of = |title: &str| kebab(title).replace('-', "_");
    let mut columns = vec![Column::new("standard", "Standard", Kind::Text)];
    let of_ratings = ratings.iter();
    columns.extend(of_ratings.map(|title| Column::new(id_of(title), title, Kind::Count)));
    columns.push(Column::new("not_rated", "Not rated", Kind::Count));
    let row = |line: &ProfileLine| {
        let counts = line.counts.iter().chain([&line.not_rated]);
        let counts = counts.map(|counted| Value::Count(*counted).into());
        Row::new(
            std::iter::once(Cell::text(&line.label))
                .chain(counts)
                .collect(),
        )
    };
    Table {
        id: format!("chart-{after}-data"),
        title: title.to_owned(),
        units: "Number of providers".to_owned(),
        columns,
        rows: lines.iter().map(row).collect(),
        ..Table::default()
    }
}
