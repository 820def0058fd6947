//! Which sheets a workbook has, and what each says above its table. Must not know any file format.

use super::super::table::{Kind, Report, Table, sentence};
use super::clean::{clean_line, clean_words};
use super::grid::{Gridded, grid_table, width, words_content};
use super::plan::{Content, Grid, GridColumn, GridRow, Line, Role, Sheet, Workbook};
use crate::rating::words;

/// Names of the sheets that stand before the tables.
const COVER: &str = "Cover";
const CONTENTS: &str = "Contents";
const NOTES: &str = "Notes";

/// The notes of all tables under one numbering: words that several tables have are one note.
#[derive(Default)]
struct Notes(Vec<(String, Vec<String>)>);

impl Notes {
    /// The number of these words, from 1, after it was kept that this sheet has them.
    fn number(&mut self, words: &str, sheet: &str) -> usize {
        let words = sentence(words);
        let place = match self.0.iter().position(|(known, _)| *known == words) {
            Some(place) => place,
            None => {
                self.0.push((words, Vec::new()));
                self.0.len() - 1
            }
        };
        if let Some((_, sheets)) = self.0.get_mut(place)
            && !sheets.iter().any(|known| known == sheet)
        {
            sheets.push(sheet.to_owned());
        }
        place + 1
    }
}

/// The sheets of a report: cover, contents, notes where there are any, and a sheet for each table.
pub(super) fn plan_workbook(report: &Report) -> Workbook {
    let title = match clean_line(&report.title) {
        title if title.is_empty() => "Tables".to_owned(),
        title => title,
    };
    let mut notes = Notes::default();
    let tables: Vec<Sheet> = report
        .named_tables()
        .map(|(name, table)| table_sheet(&name, table, &mut notes))
        .collect();
    let notes = notes_sheet(&notes);
    let mut listed: Vec<&Sheet> = notes.iter().collect();
    listed.extend(&tables);
    let contents = contents_sheet(&listed);
    let cover = cover_sheet(report, &title, notes.is_some());
    let sheets = [cover, contents].into_iter().chain(notes).chain(tables);
    Workbook {
        title,
        author: clean_line(&report.about.organisation),
        keywords: report
            .about
            .keywords
            .iter()
            .map(|word| clean_line(word))
            .collect(),
        published: report.about.published.as_deref().map(clean_line),
        sheets: sheets.collect(),
    }
}

fn cover_sheet(report: &Report, title: &str, has_notes: bool) -> Sheet {
    let mut lines = vec![Line::title(title.to_owned())];
    let mut say = |words: &str, role: Role| {
        let words = clean_words(words);
        if !words.is_empty() {
            lines.push(Line { words, role });
        }
    };
    let tables_count = u64::try_from(report.tables.len()).unwrap_or(u64::MAX);
    let tables = match tables_count {
        0 => "No tables".to_owned(),
        1 => "One table, on a sheet of its own".to_owned(),
        count => format!(
            "{}, each on a sheet of its own",
            words::count_of(count, "table")
        ),
    };
    say(&sentence(&tables), Role::Plain);
    for note in &report.notes {
        say(&sentence(note), Role::Plain);
    }
    say("Where to find what", Role::Heading);
    say("Contents: all sheets", Role::Link(CONTENTS.to_owned()));
    if has_notes {
        say(
            "Notes: what the tables refer to",
            Role::Link(NOTES.to_owned()),
        );
    }
    let said = report.about.lines();
    if !said.is_empty() {
        say("About these figures", Role::Heading);
    }
    for (label, words) in said {
        say(&format!("{label}: {}", sentence(&words)), Role::Plain);
    }
    Sheet {
        name: COVER.to_owned(),
        lines,
        grid: None,
    }
}

/// A list of the sheets, with a link to each and its title.
fn contents_sheet(listed: &[&Sheet]) -> Sheet {
    let row = |sheet: &&Sheet| {
        let title = sheet.lines.first().map_or("", |line| line.words.as_str());
        let link = Content::Link {
            words: sheet.name.clone(),
            sheet: sheet.name.clone(),
        };
        vec![link, words_content(title)]
    };
    let rows = listed.iter().map(row).collect();
    let columns = [("Sheet", Kind::Code), ("Title", Kind::Text)];
    list_sheet(CONTENTS, "Contents", &columns, rows)
}

/// The notes with their numbers and the sheets that refer to them; `None` without notes.
fn notes_sheet(notes: &Notes) -> Option<Sheet> {
    let row = |(number, (words, sheets)): (usize, &(String, Vec<String>))| {
        let number = format!("note {number}");
        [number, words.clone(), sheets.join(", ")]
            .map(|words| words_content(&words))
            .to_vec()
    };
    let rows: Vec<Vec<Content>> = (1..).zip(&notes.0).map(row).collect();
    let columns = [
        ("Note", Kind::Code),
        ("Words", Kind::Text),
        ("Sheets", Kind::Text),
    ];
    (!rows.is_empty()).then(|| list_sheet(NOTES, "Notes", &columns, rows))
}

/// A sheet with a plain list as its table.
fn list_sheet(name: &str, title: &str, columns: &[(&str, Kind)], rows: Vec<Vec<Content>>) -> Sheet {
    let mut lines = vec![Line::title(title.to_owned())];
    lines.push(Line::plain(table_line(!rows.is_empty())));
    let columns = columns.iter().enumerate().map(|(place, (header, kind))| {
        let cells = rows.iter().filter_map(|row| row.get(place));
        GridColumn {
            header: (*header).to_owned(),
            align: kind.align(),
            width: width(header, *kind, cells),
        }
    });
    let columns = columns.collect();
    let rows: Vec<GridRow> = rows
        .into_iter()
        .map(|cells| GridRow {
            cells,
            leads: false,
        })
        .collect();
    let grid = (!rows.is_empty()).then(|| Grid {
        name: name.to_lowercase(),
        title: title.to_owned(),
        columns,
        rows,
    });
    Sheet {
        name: name.to_owned(),
        lines,
        grid,
    }
}

/// How many tables the sheet has.
fn table_line(has_rows: bool) -> String {
    if has_rows {
        "This sheet has one table.".to_owned()
    } else {
        "The table of this sheet has no rows.".to_owned()
    }
}

fn table_sheet(table_name: &str, table: &Table, notes: &mut Notes) -> Sheet {
    let name = table_name.replace(' ', "_");
    let numbers: Vec<usize> = table
        .notes
        .iter()
        .map(|words| notes.number(words, &name))
        .collect();
    let title = clean_line(&table.caption(table_name));
    let note_number = |own: usize| numbers.get(own.checked_sub(1)?).copied();
    let gridded = grid_table(table, &name.to_lowercase(), &title, note_number);
    let mut lines = vec![Line::title(title)];
    lines.extend(table_lines(table, &gridded, &numbers));
    Sheet {
        name,
        lines,
        grid: gridded.grid,
    }
}

/// What stands between the title and the table.
fn table_lines(table: &Table, gridded: &Gridded, numbers: &[usize]) -> Vec<Line> {
    let mut lines = table.lines_above();
    lines.push(table_line(gridded.grid.is_some()));
    let mut below = Vec::new();
    let uncited: Vec<String> = (1..)
        .zip(numbers)
        .filter(|(own, _)| !table.cites(*own))
        .map(|(_, number)| format!("[note {number}]"))
        .collect();
    if !uncited.is_empty() {
        below.push(format!("About the whole table: {}.", uncited.join(" ")));
    }
    let legend = table.legend();
    let legend: Vec<String> = legend
        .iter()
        .map(|symbol| format!("{} {}", symbol.code, symbol.meaning))
        .collect();
    if !legend.is_empty() {
        below.push(format!("Shorthand: {}.", legend.join("; ")));
    }
    if !gridded.blanks.is_empty() {
        below.push(format!(
            "Blank cells: {}",
            sentence(&gridded.blanks.join("; "))
        ));
    }
    if !table.source.is_empty() {
        below.push(format!("Source: {}", sentence(&table.source)));
    }
    let link = (!numbers.is_empty()).then(|| Line {
        words: "The notes are on the sheet Notes.".to_owned(),
        role: Role::Link(NOTES.to_owned()),
    });
    let plain = |words: String| Line::plain(clean_words(&words));
    let above = lines.into_iter().map(plain);
    above
        .chain(link)
        .chain(below.into_iter().map(plain))
        .collect()
}
