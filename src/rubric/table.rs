//! Rules about how a table is made. Must not judge the content of its cells.

use std::collections::BTreeSet;

use super::book::is_default_name;
use super::rule::{Held, Places, Rule, Spot, Weight, quote};

/// What programs call new tables.
const DEFAULT_TABLES: &[&str] = &[
    "table", "tabelle", "tableau", "tabla", "tabel", "tabella", "tabell", "tabela", "range",
    "database",
];

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "table-marked",
        weight: Weight::Essential,
        asks: "Every table is marked as one",
        remedy: "mark it (Excel: Insert, Table, My table has headers; LibreOffice: Data, Define Range, Contains column labels)",
        source: "checklist, Tables 1; WCAG 1.3.1",
        find: marked,
    },
    Rule {
        id: "table-name",
        weight: Weight::Advice,
        asks: "Every marked table has a name that somebody chose, unlike those of other tables",
        remedy: "name it after what it holds, or after its sheet (Excel: Table Design; LibreOffice: Data, Define Range)",
        source: "checklist, Tables 2",
        find: names,
    },
    Rule {
        id: "header-row",
        weight: Weight::Essential,
        asks: "A marked table has one header row, marked as such, and rows below it",
        remedy: "mark the table again with the option that it has headers (column labels)",
        source: "checklist, Tables 5; WCAG 1.3.1",
        find: header_row,
    },
    Rule {
        id: "header-filled",
        weight: Weight::Essential,
        asks: "Every column has a header in words",
        remedy: "write a header over the column",
        source: "checklist, Tables 5",
        find: header_filled,
    },
    Rule {
        id: "header-unique",
        weight: Weight::Essential,
        asks: "No two columns of a table have the same header",
        remedy: "make the headers differ",
        source: "checklist, Tables 5",
        find: header_unique,
    },
    Rule {
        id: "merged-cells",
        weight: Weight::Essential,
        asks: "No cells are merged",
        remedy: "take the merge apart (Excel: Home, Unmerge Cells; LibreOffice: Format, Merge and Unmerge Cells), and fill each cell",
        source: "checklist, Tables 3; WCAG 1.3.2",
        find: |held| {
            held.each_sheet(|sheet| {
                let mut places = Places::default();
                sheet.sheet.merges.iter().for_each(|area| places.add(area));
                places.spot(sheet.name(), |_| "cells are merged".to_owned())
            })
        },
    },
];

fn marked(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let table = sheet.tables.iter().find(|table| table.mark.is_none())?;
        Some(Spot::at(
            sheet.name(),
            table.area,
            "the table is not marked as one",
        ))
    })
}

fn names(held: &Held<'_>) -> Vec<Spot> {
    let mut seen = BTreeSet::new();
    let mut spots = Vec::new();
    for sheet in &held.sheets {
        for table in sheet.tables.iter() {
            let Some(mark) = table.mark else { continue };
            let name = quote(&mark.name);
            let what = if mark.name.trim().is_empty() {
                "the table has no name".to_owned()
            } else if !seen.insert(mark.name.to_lowercase()) {
                format!("another table has the name {name}, too")
            } else if is_default_name(&mark.name, DEFAULT_TABLES) {
                format!("the table has the name that a program gave it: {name}")
            } else {
                continue;
            };
            spots.push(Spot::at(sheet.name(), table.area, what));
        }
    }
    spots
}

fn header_row(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let broken = |headers_count: u32, rows: u32| match headers_count {
            0 => Some("the table is marked as having no header row"),
            1 if rows == 0 => Some("the table has a header and no rows"),
            1 => None,
            _ => Some("the table is marked as having more than one header row"),
        };
        sheet.tables.iter().find_map(|table| {
            let area = table.area;
            let what = broken(table.mark?.headers_count, area.last.row - area.first.row)?;
            Some(Spot::at(sheet.name(), area, what))
        })
    })
}

fn header_filled(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        for table in &sheet.tables {
            // Of a column without anything in it, another rule speaks.
            let blank = table.blank_columns(sheet.sheet);
            for (at, cell) in table.header(sheet.sheet) {
                if cell.is_none() && !blank.contains(&at.column) {
                    places.add(at);
                }
            }
        }
        places.spot(sheet.name(), |_| "a column has no header".to_owned())
    })
}

fn header_unique(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        for table in &sheet.tables {
            let mut seen = BTreeSet::new();
            for (at, cell) in table.header(sheet.sheet) {
                let words = cell.map(|cell| cell.shown().trim().to_lowercase());
                if let (Some(cell), Some(words)) = (cell, words)
                    && !seen.insert(words)
                {
                    places.add_cell(at, &cell.shown());
                }
            }
        }
        places.spot(sheet.name(), |example| {
            format!("another column has the header {example}, too")
        })
    })
}
