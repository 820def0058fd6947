//! A drawn sample as tables. Must not compute a share or a key.

use super::population::{count, lower_first, share};
use crate::casework::{KeyedCase, SampleShown, SharesShown};
use crate::report::{Cell, Column, Kind, Report, Row, Table};

/// The whole of a drawn sample.
pub(super) fn sample_report(shown: &SampleShown) -> Report {
    let mut tables = vec![facts_table(shown), trail_table(shown, 0)];
    let shares = shown.shares.iter().enumerate();
    tables.extend(shares.map(|(place, shares)| shares_table(place, shares)));
    tables.extend([false, true].map(|is_reserve| cases_table(shown, is_reserve)));
    // Last what is longest: a row for each officer.
    tables.extend((1..shown.levels.len()).map(|depth| trail_table(shown, depth)));
    tables.retain(|table| !table.rows.is_empty());
    Report {
        title: format!("Sample {}", shown.sample),
        notes: notes(shown),
        tables,
        ..Report::default()
    }
}

/// What is furthest off, and how anybody can draw the sample again.
fn notes(shown: &SampleShown) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some((by, group, points)) = &shown.largest_imbalance {
        let cell = Cell::change(*points);
        notes.push(format!(
            "Largest imbalance: {}, {}: {} percentage points of the sample against the population.",
            lower_first(by),
            named(group),
            cell.shown()
        ));
    }
    if let Some((text, key)) = &shown.example {
        notes.push(
            "To check the draw: within each last group, the cases with the lowest keys are drawn, as many as its number after the officer limit; within each stratum, those drawn with the lowest keys are looked at and the others are reserves, in that order."
                .to_owned(),
        );
        notes.push(format!(
            "The key of a case is the SHA-256 of seed|stratum|reference: that of {text} is {key}."
        ));
        notes.push(format!(
            "All cases with their keys, for a spreadsheet: caseaudit sample show {} --keys --format csv",
            shown.sample_id
        ));
    }
    notes
}

fn facts_table(shown: &SampleShown) -> Table {
    let rows = shown.facts.iter();
    let rows = rows.map(|(what, value)| Row::new(vec![Cell::text(*what), Cell::text(value)]));
    Table {
        id: "sample".to_owned(),
        title: "The draw".to_owned(),
        columns: vec![
            Column::new("what", "What", Kind::Text),
            Column::new("value", "Value", Kind::Text),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

/// The groups of one depth with every step of their numbers.
fn trail_table(shown: &SampleShown, depth: usize) -> Table {
    let levels = shown.levels.iter().take(depth + 1).enumerate();
    let mut columns: Vec<Column> = levels
        .map(|(place, level)| Column::new(level_id(place), level, Kind::Text))
        .collect();
    columns.extend(
        [
            ("population", "Population"),
            ("initial", "Initial"),
            ("with_buffer", "With buffer"),
            ("after_rounding", "After rounding"),
            ("after_limit", "After officer limit"),
        ]
        .map(|(id, header)| Column::new(id, header, Kind::Count)),
    );
    let groups = shown.groups.iter();
    let rows = groups
        .filter(|(path, _)| path.len() == depth + 1)
        .map(|(path, group)| {
            let names = path.iter().map(|name| Cell::text(named(name)));
            let numbers = [
                group.available,
                group.initial,
                group.with_buffer,
                group.after_rounding,
                group.after_limit,
            ];
            Row::new(names.chain(numbers.map(count)).collect())
        });
    let level = shown.levels.get(depth).map_or("", String::as_str);
    let mut table = Table {
        id: format!("trail-{}", depth + 1),
        title: format!("Trail of the numbers by {}", lower_first(level)),
        units: match depth {
            0 => "Number of cases, reserves among them".to_owned(),
            _ => "Number of cases; that of a part has the buffer of its stratum in it already"
                .to_owned(),
        },
        columns,
        rows: rows.collect(),
        ..Table::default()
    };
    if depth == 0 {
        let sum = |number: fn(&crate::model::DrawnGroup) -> u64| {
            let strata = shown.groups.iter().filter(|(path, _)| path.len() == 1);
            count(strata.map(|(_, group)| number(group)).sum())
        };
        table.rows.push(Row::leading(vec![
            Cell::text("All"),
            sum(|group| group.available),
            sum(|group| group.initial),
            sum(|group| group.with_buffer),
            sum(|group| group.after_rounding),
            sum(|group| group.after_limit),
        ]));
    }
    table
}

fn level_id(place: usize) -> String {
    if place == 0 {
        "stratum".to_owned()
    } else {
        format!("level_{place}")
    }
}

fn shares_table(place: usize, shares: &SharesShown) -> Table {
    let row = |name: &str, population: u64, sample: u64| {
        vec![
            Cell::text(name),
            count(population),
            share(population, shares.all.0),
            count(sample),
            share(sample, shares.all.1),
        ]
    };
    let groups = shares.groups.iter();
    let rows =
        groups.map(|(name, population, sample)| Row::new(row(named(name), *population, *sample)));
    let mut rows: Vec<Row> = rows.collect();
    rows.push(Row::leading(row("All", shares.all.0, shares.all.1)));
    Table {
        id: format!("shares-{}", place + 1),
        title: format!("Population and sample by {}", lower_first(&shares.by)),
        columns: vec![
            Column::new("group", "Group", Kind::Text),
            Column::new("population", "Population", Kind::Count),
            Column::new("population_share", "Share of population", Kind::Percent),
            Column::new("sample", "Sample", Kind::Count),
            Column::new("sample_share", "Share of sample", Kind::Percent),
        ],
        rows,
        ..Table::default()
    }
}

/// The cases to be looked at, or the reserves.
fn cases_table(shown: &SampleShown, is_reserve: bool) -> Table {
    let cases = shown
        .cases
        .iter()
        .filter(|(_, row)| row.is_reserve == is_reserve);
    let rows = cases.enumerate().map(|(place, (stratum, row))| {
        let number = u64::try_from(place).unwrap_or(u64::MAX).saturating_add(1);
        let mut cells = vec![
            count(number),
            Cell::text(&row.case.reference),
            Cell::text(stratum),
            Cell::text(named(&row.case.unit)),
        ];
        if is_reserve {
            cells.push(row.replaces.as_ref().map_or_else(Cell::blank, Cell::text));
        }
        Row::new(cells)
    });
    let mut columns = vec![
        Column::new("order", "Order", Kind::Count),
        Column::new("reference", "Reference", Kind::Code),
        Column::new("stratum", "Stratum", Kind::Text),
        Column::new("unit", "Unit", Kind::Code),
    ];
    if is_reserve {
        columns.push(Column::new("replaces", "Replaces", Kind::Code));
    }
    let (id, title, blank_cells) = if is_reserve {
        (
            "reserves",
            "Reserves, in the order in which they are called up",
            "the reserve is not called up",
        )
    } else {
        ("selected", "Cases drawn to be looked at", "")
    };
    Table {
        id: id.to_owned(),
        title: title.to_owned(),
        blank_cells: blank_cells.to_owned(),
        columns,
        rows: rows.collect(),
        ..Table::default()
    }
}

/// Every case of the population with its key.
pub(super) fn keys_report(levels: &[String], cases: &[KeyedCase]) -> Report {
    let named_levels = levels.iter().enumerate();
    let mut columns: Vec<Column> = named_levels
        .map(|(place, level)| Column::new(level_id(place), level, Kind::Text))
        .collect();
    columns.extend([
        Column::new("reference", "Reference", Kind::Code),
        Column::new("key", "Key", Kind::Code),
        Column::new("drawn", "Drawn", Kind::Text),
    ]);
    let rows = cases.iter().map(|case| {
        let groups = case.groups.iter().map(|code| Cell::text(named(code)));
        let drawn = match case.drawn {
            None => Cell::blank(),
            Some(false) => Cell::text("to be looked at"),
            Some(true) => Cell::text("reserve"),
        };
        let rest = [Cell::text(&case.reference), Cell::text(&case.key), drawn];
        Row::new(groups.chain(rest).collect())
    });
    let table = Table {
        id: "draw-keys".to_owned(),
        title: "Keys of the population, by group and then by key".to_owned(),
        blank_cells: "the case was not drawn".to_owned(),
        columns,
        rows: rows.collect(),
        ..Table::default()
    };
    Report {
        tables: vec![table],
        ..Report::default()
    }
}

fn named(group: &str) -> &str {
    if group.is_empty() {
        "(not recorded)"
    } else {
        group
    }
}
