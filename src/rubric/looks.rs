//! Rules about how cells look. Must not judge what they say.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{Layout, Table};
use super::rule::{Held, Places, Rule, Spot, Weight};
use crate::exchange::workbook_form::{Cell, Format, Look, Position, Side, Value, WorkbookForm};

/// The smallest size of words, in tenths of a point.
const SIZE_MIN: u32 = 100;

/// The widths of columns of which the file says nothing, in characters.
const WIDTH_ODS: u32 = 12;
const WIDTH_XLSX: u32 = 8;

/// How the names of fonts with serifs begin, of those that come with common programs.
const SERIFS: &[&str] = &[
    "times",
    "georgia",
    "cambria",
    "garamond",
    "book antiqua",
    "palatino",
    "liberation serif",
    "dejavu serif",
    "century schoolbook",
    "bookman",
    "baskerville",
    "constantia",
    "noto serif",
    "courier",
];

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "wrapped-text",
        weight: Weight::Essential,
        asks: "Words in a table that are longer than their column is wide are broken over lines",
        remedy: "choose Wrap Text for the cells of the table, or widen the column",
        source: "checklist, Tables 6",
        find: wrapped,
    },
    Rule {
        id: "colour-only",
        weight: Weight::Essential,
        asks: "No colour says what no word says: cells of a column that say the same, or nothing, have the same colours",
        remedy: "say it in words, in a column of its own, and take the colour out",
        source: "checklist, Formatting 9; WCAG 1.4.1",
        find: color_only,
    },
    Rule {
        id: "background-fill",
        weight: Weight::Advice,
        asks: "No colour lies behind cells",
        remedy: "clear the fill and the rules that colour cells",
        source: "checklist, Formatting 7 and 8",
        find: fills,
    },
    Rule {
        id: "alignment",
        weight: Weight::Advice,
        asks: "Words stand left, numbers right, nothing in the middle",
        remedy: "set words left and numbers right",
        source: "Releasing statistics in spreadsheets, Colour and formatting",
        find: alignment,
    },
    Rule {
        id: "text-size",
        weight: Weight::Advice,
        asks: "No words are smaller than 10 points",
        remedy: "choose size 10 or larger",
        source: "checklist, Formatting 3",
        find: |held| {
            each_look(
                held,
                |look| look.size.is_some_and(|size| size < SIZE_MIN),
                "words are smaller than 10 points",
            )
        },
    },
    Rule {
        id: "font",
        weight: Weight::Advice,
        asks: "The font has no serifs",
        remedy: "choose Arial or another font without serifs",
        source: "checklist, Formatting 3",
        find: |held| each_look(held, has_serifs, "the font has serifs"),
    },
    Rule {
        id: "text-style",
        weight: Weight::Advice,
        asks: "Words are neither slanted nor turned",
        remedy: "use upright, horizontal words",
        source: "checklist, Formatting 3",
        find: |held| {
            each_look(
                held,
                |look| look.is_italic || look.is_turned,
                "words are slanted or turned",
            )
        },
    },
];

/// One finding at most for each sheet: the filled cells with such a look.
fn each_look(held: &Held<'_>, is_broken: impl Fn(&Look) -> bool, what: &str) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        for (at, cell) in sheet.sheet.filled() {
            if held.book.look(cell).is_some_and(&is_broken) {
                places.add(at);
            }
        }
        places.spot(sheet.name(), |_| what.to_owned())
    })
}

fn has_serifs(look: &Look) -> bool {
    let font = look.font.as_deref().unwrap_or_default().to_lowercase();
    SERIFS.iter().any(|serif| font.starts_with(serif))
}

fn wrapped(held: &Held<'_>) -> Vec<Spot> {
    let default = match held.book.format {
        Format::Ods => WIDTH_ODS,
        Format::Xlsx => WIDTH_XLSX,
    };
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        for (at, cell) in sheet.table_cells() {
            let Some(words) = cell.words() else { continue };
            let width = sheet
                .sheet
                .widths
                .get(&at.column)
                .copied()
                .unwrap_or(default);
            let longest = words
                .lines()
                .map(|line| line.chars().count())
                .max()
                .unwrap_or(0);
            // Letters are narrower than the digits in which widths are counted.
            let room = usize::try_from(width + width / 4 + 1).unwrap_or(usize::MAX);
            let wraps = held.book.look(cell).is_some_and(|look| look.wraps);
            if !wraps && longest > room {
                places.add_cell(at, words);
            }
        }
        places.spot(sheet.name(), |example| {
            format!("words run out of their cell: {example}")
        })
    })
}

fn fills(held: &Held<'_>) -> Vec<Spot> {
    let is_filled = |look: &Look| look.fill.is_some();
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        for (at, cell) in &sheet.sheet.cells {
            if held.book.look(cell).is_some_and(is_filled) {
                places.add(at);
            }
        }
        let ruled = sheet
            .sheet
            .has_rule_colors
            .then(|| Spot::at(sheet.name(), "", "a rule colours cells by what they hold"));
        places
            .spot(sheet.name(), |_| "a colour lies behind cells".to_owned())
            .or(ruled)
    })
}

fn alignment(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        for (at, cell) in sheet.body() {
            let side = held.book.look(cell).and_then(|look| look.side);
            let is_broken = match (&cell.value, side) {
                (_, Some(Side::Middle)) => true,
                (Value::Number { .. }, side) => side == Some(Side::Left),
                _ => false,
            };
            if is_broken {
                places.add_cell(at, &cell.shown());
            }
        }
        places.spot(sheet.name(), |example| {
            format!("a number stands left, or something in the middle: {example}")
        })
    })
}

/// The colours of a cell: behind it, and of its words.
type Colors = (Option<String>, Option<String>);

fn colors(book: &WorkbookForm, cell: Option<&Cell>) -> Colors {
    let look = cell.and_then(|cell| book.look(cell));
    look.map(|look| (look.fill.clone(), look.color.clone()))
        .unwrap_or_default()
}

fn color_only(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        for table in &sheet.tables {
            for at in meaningful(held.book, sheet, table) {
                let cell = sheet.sheet.cells.get(&at);
                places.add_cell(at, &cell.map(Cell::shown).unwrap_or_default());
            }
        }
        places.spot(sheet.name(), |example| match example {
            "“”" => "cells without words differ in their colour".to_owned(),
            example => format!("cells say the same and differ in their colour: {example}"),
        })
    })
}

/// The cells of a row below the header, with their colours.
type ColoredRow<'w> = Vec<(Position, &'w Cell, Colors)>;

/// The cells whose colour says what no word says.
fn meaningful(book: &WorkbookForm, sheet: &Layout<'_>, table: &Table<'_>) -> BTreeSet<Position> {
    // By column and words: the cells, by their colours.
    let mut said: BTreeMap<(u32, String), BTreeMap<Colors, Vec<Position>>> = BTreeMap::new();
    let mut by_column: BTreeMap<u32, (usize, BTreeSet<Colors>)> = BTreeMap::new();
    let rows = unstriped_rows(book, sheet, table);
    for (at, cell, colors) in rows.iter().flatten() {
        let (count, found) = by_column.entry(at.column).or_default();
        *count += 1;
        found.insert(colors.clone());
        let same = said.entry((at.column, cell.shown())).or_default();
        same.entry(colors.clone()).or_default().push(*at);
    }
    let differ = |column: &u32| {
        by_column.get(column).is_some_and(|(count, colors)| {
            // A row without such a cell has no colour there.
            colors.len() > 1 || (*count < rows.len() && !colors.contains(&Colors::default()))
        })
    };
    let mut meaningful = BTreeSet::new();
    for ((column, words), by_colors) in said {
        if by_colors.len() > 1 || (words.is_empty() && differ(&column)) {
            let colored = by_colors.into_iter();
            let colored = colored.filter(|(colors, _)| *colors != Colors::default());
            meaningful.extend(colored.flat_map(|(_, places)| places));
        }
    }
    meaningful
}

/// The rows below the header without those in one colour, which are striped or sum up.
fn unstriped_rows<'w>(
    book: &WorkbookForm,
    sheet: &Layout<'w>,
    table: &Table<'_>,
) -> Vec<ColoredRow<'w>> {
    let mut rows: BTreeMap<u32, ColoredRow<'w>> = BTreeMap::new();
    for (at, cell) in table.kept_cells(sheet.sheet) {
        if at.row > table.area.first.row {
            let colored = (at, cell, colors(book, Some(cell)));
            rows.entry(at.row).or_default().push(colored);
        }
    }
    let width = (table.area.first.column..=table.area.last.column).count();
    let is_striped = |row: &ColoredRow<'_>| {
        let first = row.first().map(|(_, _, colors)| colors);
        let is_same = row.iter().all(|(_, _, colors)| Some(colors) == first);
        is_same && row.len() == width && first != Some(&Colors::default())
    };
    rows.into_values().filter(|row| !is_striped(row)).collect()
}
