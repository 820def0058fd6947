//! Rules about a workbook as a whole. Must not look into tables.

use std::collections::BTreeSet;

use super::layout::Layout;
use super::rule::{Held, Places, Rule, Spot, Weight, quote};
use crate::exchange::workbook_form::{Position, WorkbookForm};

/// How long the name of a sheet may be: Excel cuts longer ones.
const SHEET_NAME_MAX: usize = 31;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "document-title",
        weight: Weight::Essential,
        asks: "The properties of the workbook have its title",
        remedy: "fill in the title: File, Info (LibreOffice: File, Properties, Description)",
        source: "checklist, Before publishing 3; WCAG 2.4.2",
        find: |held| {
            unless(
                !held.book.properties.title.is_empty(),
                "the workbook has no title in its properties",
            )
        },
    },
    Rule {
        id: "document-language",
        weight: Weight::Essential,
        asks: "The workbook says in which language it is",
        remedy: "fill in the language: File, Info, Properties, Advanced Properties, Custom (LibreOffice: Tools, Options, Languages and Locales, for the current document)",
        source: "checklist, Before publishing 3; WCAG 3.1.1",
        find: |held| {
            unless(
                !held.book.properties.language.is_empty(),
                "the workbook does not say its language, such as en-GB",
            )
        },
    },
    Rule {
        id: "document-author",
        weight: Weight::Advice,
        asks: "The properties of the workbook have the organisation as its author",
        remedy: "fill in the author: File, Info (LibreOffice: File, Properties)",
        source: "checklist, Before publishing 3",
        find: |held| {
            unless(
                !held.book.properties.author.is_empty(),
                "the workbook names no author",
            )
        },
    },
    Rule {
        id: "document-keywords",
        weight: Weight::Advice,
        asks: "The properties of the workbook have words to find it by",
        remedy: "fill in keywords (Excel calls them tags)",
        source: "checklist, Before publishing 3",
        find: |held| {
            unless(
                !held.book.properties.keywords.is_empty(),
                "the workbook has no keywords",
            )
        },
    },
    Rule {
        id: "file-name",
        weight: Weight::Advice,
        asks: "The name of the file is in lower case, with dashes between its words",
        remedy: "rename the file, such as north-west-2018-annex.ods",
        source: "Releasing statistics in spreadsheets, Saving and publishing",
        find: file_name,
    },
    Rule {
        id: "cover-sheet",
        weight: Weight::Advice,
        asks: "The first sheet is a cover: words in column A, no table",
        remedy: "add a first sheet that says what the workbook is, where to find what, whom to ask, and of when it is",
        source: "Releasing statistics in spreadsheets, Worksheets providing information about the data",
        find: cover_sheet,
    },
    Rule {
        id: "contents-links",
        weight: Weight::Advice,
        asks: "In a workbook of three sheets or more, a link leads to each sheet",
        remedy: "add a sheet of contents with a link to each sheet",
        source: "Releasing statistics in spreadsheets, Worksheets providing information about the data",
        find: contents_links,
    },
    Rule {
        id: "sheet-names",
        weight: Weight::Essential,
        asks: "Every sheet has a name of its own, of at most 31 characters, that somebody chose",
        remedy: "name each sheet after what is on it, or number it: Table_1",
        source: "checklist, Structure 1",
        find: sheet_names,
    },
    Rule {
        id: "sheet-name-spaces",
        weight: Weight::Advice,
        asks: "The names of sheets have no blanks, and no signs but _ and -",
        remedy: "put _ in their place: Table_1",
        source: "Releasing statistics in spreadsheets, Structure",
        find: sheet_name_spaces,
    },
    Rule {
        id: "blank-sheet",
        weight: Weight::Essential,
        asks: "No sheet is blank",
        remedy: "delete the sheet",
        source: "checklist, Structure 2",
        find: |held| {
            held.each_sheet(|sheet| {
                sheet
                    .is_blank()
                    .then(|| Spot::at(sheet.name(), "", "the sheet is blank"))
            })
        },
    },
    Rule {
        id: "cursor-a1",
        weight: Weight::Essential,
        asks: "The workbook opens on its first sheet, with the cursor in A1",
        remedy: "go to A1 of the first sheet (Ctrl+Home) and save",
        source: "checklist, Before publishing 4",
        find: cursor,
    },
    Rule {
        id: "notes-table",
        weight: Weight::Advice,
        asks: "Every note that cells refer to by its number, in brackets, stands in a marked table on a sheet Notes",
        remedy: "put the notes into a marked table on a sheet Notes, one in a row, with its number in the first column",
        source: "checklist, Footnotes 2 and 4",
        find: notes_table,
    },
    Rule {
        id: "no-macros",
        weight: Weight::Advice,
        asks: "The workbook brings no macros",
        remedy: "save it as .ods or .xlsx without macros",
        source: "checklist, Formatting 12",
        find: |held| unless(!held.book.has_macros, "the workbook has macros"),
    },
];

fn unless(is_kept: bool, what: &str) -> Vec<Spot> {
    if is_kept {
        Vec::new()
    } else {
        vec![Spot::book(what)]
    }
}

fn file_name(held: &Held<'_>) -> Vec<Spot> {
    let name = &held.book.file_name;
    let stem = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(stem, _)| stem);
    let is_plain =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let what = format!("the file is called {}", quote(name));
    unless(stem.chars().all(is_plain), &what)
}

fn cover_sheet(held: &Held<'_>) -> Vec<Spot> {
    let first = held.sheets.first().filter(|first| !first.tables.is_empty());
    let what = "the first sheet has a table, so there is no cover";
    first
        .map(|first| Spot::at(first.name(), "", what))
        .into_iter()
        .collect()
}

/// The sheet where a link leads; `None` for a link out of the workbook, or to a name that is no sheet's.
pub(super) fn linked_sheet<'t>(book: &'t WorkbookForm, target: &'t str) -> Option<&'t str> {
    let target = target.strip_prefix('#')?.trim_start_matches('$');
    if let Some(quoted) = target.strip_prefix('\'') {
        let end = quoted.find("'.").or(quoted.find("'!"))?;
        return quoted.get(..end);
    }
    if let Some((sheet, cell)) = target.rsplit_once(['!', '.'])
        && !cell.is_empty()
    {
        return Some(sheet);
    }
    let mut sheets = book.sheets.iter();
    let has_table = |name: &str| {
        let mut named = sheets.clone();
        named.find(|sheet| {
            sheet
                .tables
                .iter()
                .any(|table| table.name.eq_ignore_ascii_case(name))
        })
    };
    let by_table = has_table(target).map(|sheet| sheet.name.as_str());
    by_table.or_else(|| {
        sheets
            .find(|sheet| sheet.name == target)
            .map(|sheet| sheet.name.as_str())
    })
}

fn contents_links(held: &Held<'_>) -> Vec<Spot> {
    if held.sheets.len() < 3 {
        return Vec::new();
    }
    let mut linked: BTreeSet<&str> = BTreeSet::new();
    let mut most = (0, "");
    for sheet in &held.sheets {
        let links = sheet
            .sheet
            .filled()
            .filter_map(|(_, cell)| cell.link.as_deref());
        let own: BTreeSet<&str> = links
            .filter_map(|link| linked_sheet(held.book, link))
            .collect();
        if own.len() > most.0 {
            most = (own.len(), sheet.name());
        }
        linked.extend(own);
    }
    // Nobody needs a link to the sheet that opens, or from the contents to themselves.
    let mut missing = Places::default();
    for sheet in held.sheets.iter().skip(1) {
        let is_linked = linked
            .iter()
            .any(|name| name.eq_ignore_ascii_case(sheet.name()));
        if !is_linked && sheet.name() != most.1 {
            missing.add(sheet.name());
        }
    }
    let names = missing.to_string();
    unless(
        names.is_empty(),
        &format!("no link leads to the sheet {names}"),
    )
}

fn sheet_names(held: &Held<'_>) -> Vec<Spot> {
    let mut seen = BTreeSet::new();
    let mut spots = Vec::new();
    for sheet in &held.sheets {
        let name = sheet.name();
        let what = if name.trim().is_empty() {
            "the sheet has no name"
        } else if !seen.insert(name.to_lowercase()) {
            "another sheet has this name"
        } else if name.chars().count() > SHEET_NAME_MAX {
            "the name of the sheet is longer than 31 characters"
        } else if is_default_name(name, DEFAULT_SHEETS) {
            "the sheet has the name that a program gave it"
        } else {
            continue;
        };
        spots.push(Spot::at(name, "", what));
    }
    spots
}

/// What programs call new sheets in the languages that are common in Europe.
const DEFAULT_SHEETS: &[&str] = &[
    "sheet",
    "worksheet",
    "tabelle",
    "feuil",
    "feuille",
    "hoja",
    "blad",
    "foglio",
    "ark",
    "taulukko",
    "planilha",
    "folha",
    "arkusz",
    "list",
    "munka",
    "chart",
];

/// Whether a name is one of these words and a number, as `Sheet1` and `Sheet 1`.
pub(super) fn is_default_name(name: &str, words: &[&str]) -> bool {
    let name = name.trim().to_lowercase();
    let word = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    word.len() < name.len() && words.contains(&word.trim_end())
}

fn sheet_name_spaces(held: &Held<'_>) -> Vec<Spot> {
    let is_plain = |letter: char| letter.is_alphanumeric() || ['_', '-'].contains(&letter);
    held.each_sheet(|sheet| {
        let what = "the name of the sheet has blanks or signs";
        (!sheet.name().chars().all(is_plain)).then(|| Spot::at(sheet.name(), "", what))
    })
}

fn cursor(held: &Held<'_>) -> Vec<Spot> {
    let mut spots = Vec::new();
    if held.book.opens_on > 0 {
        let opened = held.book.sheets.get(held.book.opens_on);
        let name = opened.map_or("", |sheet| sheet.name.as_str());
        spots.push(Spot::at(
            name,
            "",
            "the workbook opens on this sheet, not on the first",
        ));
    }
    let first = held.book.sheets.first();
    let cursor = first.and_then(|first| Some((first, first.cursor?)));
    if let Some((first, at)) = cursor.filter(|(_, at)| *at != Position::A1) {
        spots.push(Spot::at(
            &first.name,
            at,
            "the cursor of the first sheet does not stand in A1",
        ));
    }
    spots
}

/// The numbers of notes in these words: 1 and 2 in `Rating [note 1] [Note 2]`.
fn note_numbers(words: &str) -> Vec<u64> {
    let lower = words.to_lowercase();
    let number = |part: &str| {
        let (number, _) = part.split_once(']')?;
        number.trim().parse().ok()
    };
    lower.split("[note").skip(1).filter_map(number).collect()
}

fn is_notes(sheet: &Layout<'_>) -> bool {
    sheet.name().to_lowercase().contains("note")
}

fn notes_table(held: &Held<'_>) -> Vec<Spot> {
    let notes = held.sheets.iter().find(|sheet| is_notes(sheet));
    let is_marked = |sheet: &&Layout<'_>| sheet.tables.iter().any(|table| table.mark.is_some());
    let marked = notes.filter(is_marked);
    // The first column of the notes has their numbers, as `1`, `note 1` or `[note 1]`.
    let explained: BTreeSet<u64> = marked
        .into_iter()
        .flat_map(Layout::body)
        .filter(|(at, _)| at.column == 0)
        .filter_map(|(_, cell)| {
            let shown = cell.shown();
            let digits = shown.chars().filter(char::is_ascii_digit);
            digits.collect::<String>().parse().ok()
        })
        .collect();
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        let cells = sheet.sheet.filled().filter(|_| !is_notes(sheet));
        for (at, words) in cells.filter_map(|(at, cell)| Some((at, cell.words()?))) {
            let numbers = note_numbers(words);
            if let Some(number) = numbers.iter().find(|number| !explained.contains(number)) {
                places.add_cell(at, &format!("[note {number}]"));
            }
        }
        places.spot(sheet.name(), |example| match marked {
            Some(notes) => format!(
                "{example} does not stand in the table of the sheet {}",
                notes.name()
            ),
            None => format!("{example} is referred to, and no sheet Notes has a marked table"),
        })
    })
}
