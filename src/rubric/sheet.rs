//! Rules about a sheet: its title, its lines, what stands where. Must not judge the content of tables.

use std::collections::{BTreeMap, BTreeSet};

use super::rule::{Held, Places, Rule, Spot, Weight};
use crate::exchange::workbook_form::{Position, column_letters};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "title-in-a1",
        weight: Weight::Essential,
        asks: "A1 of every sheet says in words what is on the sheet",
        remedy: "write the title into A1, above the table",
        source: "checklist, Formatting 4 and Structure 3",
        find: title,
    },
    Rule {
        id: "heading-style",
        weight: Weight::Essential,
        asks: "The title in A1 has the style Heading 1",
        remedy: "give A1 the style Heading 1 (Excel: Home, Cell Styles; LibreOffice: View, Styles)",
        source: "checklist, Formatting 4",
        find: heading,
    },
    Rule {
        id: "column-a",
        weight: Weight::Advice,
        asks: "What stands above a table, and on a sheet without tables, stands in column A",
        remedy: "move it into column A, one thing in a row",
        source: "checklist, Structure 3 (essential there)",
        find: column_a,
    },
    Rule {
        id: "table-announced",
        weight: Weight::Advice,
        asks: "A row above the table says how many tables the sheet has",
        remedy: "write below the title: This sheet has one table",
        source: "checklist, Structure 3 (essential there)",
        find: announced,
    },
    Rule {
        id: "shorthand-explained",
        weight: Weight::Advice,
        asks: "Shorthand in a table, such as [x], is explained above it",
        remedy: "write above the table what it means, such as: Shorthand: [x] not available",
        source: "checklist, Footnotes 1; Symbols and shorthand in tables",
        find: shorthand_explained,
    },
    Rule {
        id: "blanks-explained",
        weight: Weight::Advice,
        asks: "A table with blank cells has a row above it that says why they are blank",
        remedy: "write above the table: Blank cells: …; or fill them with shorthand, such as [z]",
        source: "checklist, Tables 8 (essential there)",
        find: blanks_explained,
    },
    Rule {
        id: "one-table",
        weight: Weight::Essential,
        asks: "A sheet has one table at most",
        remedy: "give each table a sheet of its own",
        source: "checklist, Structure 6 (desirable there)",
        find: one_table,
    },
    Rule {
        id: "left-edge",
        weight: Weight::Essential,
        asks: "A table begins in column A",
        remedy: "delete the blank columns before it",
        source: "checklist, Structure 4",
        find: |held| {
            held.each_sheet(|sheet| {
                let table = sheet
                    .tables
                    .iter()
                    .find(|table| table.area.first.column > 0)?;
                Some(Spot::at(
                    sheet.name(),
                    table.area,
                    "the table does not begin in column A",
                ))
            })
        },
    },
    Rule {
        id: "nothing-beyond",
        weight: Weight::Advice,
        asks: "Nothing stands below or beside a table",
        remedy: "move it above the table, into column A, or take it into the table",
        source: "checklist, Structure 5",
        find: beyond,
    },
    Rule {
        id: "blank-row",
        weight: Weight::Essential,
        asks: "No row is blank between the first and the last that are filled",
        remedy: "delete the blank row; make room with the height of rows",
        source: "checklist, Tables 4",
        find: blank_rows,
    },
    Rule {
        id: "blank-column",
        weight: Weight::Essential,
        asks: "No column of a table is blank",
        remedy: "delete the blank column; make room with the width of columns",
        source: "checklist, Tables 4",
        find: |held| {
            held.each_sheet(|sheet| {
                let mut places = Places::default();
                let blank = sheet
                    .tables
                    .iter()
                    .flat_map(|table| table.blank_columns(sheet.sheet));
                blank.for_each(|column| {
                    places.add(format_args!("column {}", column_letters(column)))
                });
                places.spot(sheet.name(), |_| "the table has a blank column".to_owned())
            })
        },
    },
];

fn title(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let what = if sheet.is_blank() {
            return None;
        } else if sheet.is_in_table(Position::A1) {
            "the table begins in A1, so the sheet has no title"
        } else if sheet
            .sheet
            .filled_at(Position::A1)
            .is_none_or(|cell| cell.words().is_none())
        {
            "A1 has no words in it"
        } else {
            return None;
        };
        Some(Spot::at(sheet.name(), Position::A1, what))
    })
}

fn heading(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let cell = sheet.sheet.filled_at(Position::A1)?;
        let heading = held.book.look(cell).and_then(|look| look.heading);
        let what = match heading {
            Some(1) => return None,
            Some(level) => format!("A1 has the style Heading {level}, not Heading 1"),
            None => "A1 does not have the style Heading 1".to_owned(),
        };
        Some(Spot::at(sheet.name(), Position::A1, what))
    })
}

fn column_a(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let end = sheet.first_table_row().unwrap_or(u32::MAX);
        let mut places = Places::default();
        let cells = sheet.sheet.filled();
        let astray = cells.filter(|(at, _)| at.column > 0 && at.row < end);
        astray.for_each(|(at, cell)| places.add_cell(at, &cell.shown()));
        places.spot(sheet.name(), |example| {
            format!("{example} stands outside of column A")
        })
    })
}

fn announced(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let first = sheet.first_table_row()?;
        // The title itself often begins with the word.
        let mut below_title = sheet.lines().filter(|(row, _)| *row > 0);
        let says = below_title.any(|(_, line)| line.to_lowercase().contains("table"));
        let what = "no row above the table says how many tables the sheet has";
        (!says && first > 0).then(|| Spot::at(sheet.name(), "", what))
    })
}

/// Shorthand in square brackets: `[x]`, `[low]`; notes are none.
fn shorthand(words: &str) -> impl Iterator<Item = &str> {
    let codes = words
        .split('[')
        .skip(1)
        .filter_map(|part| Some(part.split_once(']')?.0));
    codes.filter(|code| {
        let is_code = code.chars().all(char::is_alphabetic) && code.chars().count() <= 4;
        is_code && !code.is_empty() && *code != "note"
    })
}

fn shorthand_explained(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        let is_header = |row: u32| sheet.tables.iter().any(|table| table.area.first.row == row);
        for (at, cell) in sheet.table_cells() {
            // Within prose, brackets may hold anything.
            let is_meant = |words: &&str| {
                is_header(at.row)
                    || words.starts_with(|letter: char| letter == '[' || letter.is_ascii_digit())
            };
            let codes = cell
                .words()
                .filter(is_meant)
                .into_iter()
                .flat_map(shorthand);
            let unexplained = codes.map(|code| format!("[{code}]"));
            let mut unexplained = unexplained
                .filter(|code| !sheet.lines().any(|(_, line)| line.contains(code.as_str())));
            if let Some(code) = unexplained.next() {
                places.add_cell(at, &code);
            }
        }
        places.spot(sheet.name(), |example| {
            format!("no row above the table explains {example}")
        })
    })
}

fn blanks_explained(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let says = |line: &str| {
            ["blank", "empty"]
                .iter()
                .any(|word| line.to_lowercase().contains(word))
        };
        if sheet.lines().any(|(_, line)| says(line)) {
            return None;
        }
        let mut places = Places::default();
        for table in &sheet.tables {
            let mut filled: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
            for (at, _) in table.cells(sheet.sheet) {
                filled.entry(at.row).or_default().insert(at.column);
            }
            // Of columns without anything in them, another rule speaks.
            let columns: BTreeSet<u32> = filled.values().flatten().copied().collect();
            for (row, filled) in filled.range(table.area.first.row.saturating_add(1)..) {
                let blank = columns.iter().filter(|column| !filled.contains(column));
                let blank = blank.map(|column| Position::new(*row, *column));
                places.add_all(columns.len().saturating_sub(filled.len()), blank);
            }
        }
        places.spot(sheet.name(), |_| {
            "no row above the table says why cells are blank".to_owned()
        })
    })
}

fn one_table(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        sheet.tables.iter().for_each(|table| places.add(table.area));
        (sheet.tables.len() > 1).then(|| {
            places.spot(sheet.name(), |_| {
                "the sheet has more than one table".to_owned()
            })
        })?
    })
}

fn beyond(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let first = sheet.first_table_row()?;
        let mut places = Places::default();
        let cells = sheet.sheet.filled().filter(|(at, _)| at.row >= first);
        let outside = cells.filter(|(at, _)| !sheet.is_in_table(*at));
        outside.for_each(|(at, cell)| places.add_cell(at, &cell.shown()));
        places.spot(sheet.name(), |example| {
            format!("{example} stands below or beside the table")
        })
    })
}

fn blank_rows(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        // A1 may be blank, too; other rules say so.
        let mut next = 0;
        for (at, _) in sheet.sheet.filled() {
            if at.row > next {
                let (first, last) = (u64::from(next) + 1, u64::from(at.row));
                if first == last {
                    places.add(format_args!("row {first}"));
                } else {
                    places.add(format_args!("rows {first} to {last}"));
                }
            }
            next = next.max(at.row.saturating_add(1));
        }
        places.spot(sheet.name(), |_| {
            "rows are blank between filled ones".to_owned()
        })
    })
}
