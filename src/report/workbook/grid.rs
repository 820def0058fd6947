//! A table of a report as cells of a sheet: one figure a cell, and its marks and notes in columns of their own.
//! Must not know any file format, or compute a figure.

use super::super::number::{format_count, format_figure, plain_figure};
use super::super::table::{Cell, Column, Kind, Row, Table, Value};
use super::clean::{clean_line, clean_words};
use super::plan::{Content, Grid, GridColumn, GridRow};

/// How many digits every spreadsheet program keeps of a number; a longer one stands as words, so that none is lost.
const DIGITS_MAX: usize = 15;

/// Widths in characters: of the narrowest column, of what may not be broken, and of words.
const WIDTH_MIN: usize = 9;
const WIDTH_MAX: usize = 30;
const WIDTH_WORDS_MAX: usize = 60;

/// A table as cells, and why some of them are blank.
pub(super) struct Gridded {
    /// The cells; `None` where the table has no rows or no columns, which a spreadsheet cannot mark as a table.
    pub(super) grid: Option<Grid>,
    /// Why cells are blank, a reason for each kind of blank cell that there is.
    pub(super) blanks: Vec<String>,
}

/// What a column of the sheet shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Cell(usize),
    Marks(usize),
    Notes,
}

/// The table as cells. `note_number` says which number a note of this table has in the workbook; nothing for a note that the
/// table does not have.
pub(super) fn grid_table(
    table: &Table,
    name: &str,
    title: &str,
    note_number: impl Fn(usize) -> Option<usize>,
) -> Gridded {
    let content = |field: &Field, row: &Row| match *field {
        Field::Cell(place) => row.cells.get(place).map_or(Content::Blank, cell_content),
        Field::Marks(place) => words_content(&row.cells.get(place).map(marks).unwrap_or_default()),
        Field::Notes => words_content(&notes(row, &note_number)),
    };
    let mut fields = fields(table);
    // A column without any content is none; but a table keeps one.
    fields.retain(|field| {
        let mut contents = table.rows.iter().map(|row| content(field, row));
        contents.any(|content| content != Content::Blank)
    });
    let rows: Vec<GridRow> = table
        .rows
        .iter()
        .map(|row| GridRow {
            cells: fields.iter().map(|field| content(field, row)).collect(),
            leads: row.leads,
        })
        .filter(|row| row.cells.iter().any(|cell| *cell != Content::Blank))
        .collect();
    let columns = columns(table, &fields, &rows);
    let blanks = blank_reasons(table, &fields, &columns, &rows);
    let grid = (!rows.is_empty()).then(|| Grid {
        name: name.to_owned(),
        title: title.to_owned(),
        columns,
        rows,
    });
    Gridded { grid, blanks }
}

/// Every column of the table, each followed by one for the marks beside its figures, and one for the notes at the end.
fn fields(table: &Table) -> Vec<Field> {
    let places = 0..table.columns.len();
    let cells = places.flat_map(|place| [Field::Cell(place), Field::Marks(place)]);
    cells.chain([Field::Notes]).collect()
}

fn marks(cell: &Cell) -> String {
    let codes: Vec<&str> = cell.marks.iter().map(|mark| mark.code).collect();
    codes.join(" ")
}

/// The notes of a row, as they are numbered in the workbook: `[note 2] [note 5]`.
fn notes(row: &Row, note_number: impl Fn(usize) -> Option<usize>) -> String {
    let cited = row.cells.iter().flat_map(|cell| &cell.notes);
    let mut numbers: Vec<usize> = cited.filter_map(|number| note_number(*number)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let numbers: Vec<String> = numbers
        .iter()
        .map(|number| format!("[note {number}]"))
        .collect();
    numbers.join(" ")
}

/// A cell of words; blank without any.
pub(super) fn words_content(words: &str) -> Content {
    let words = clean_words(words);
    if words.trim().is_empty() {
        Content::Blank
    } else {
        Content::Words(words)
    }
}

fn cell_content(cell: &Cell) -> Content {
    match &cell.value {
        Value::Text(words) => words_content(words),
        Value::Rating { title, .. } => words_content(title),
        Value::Count(count) => number_content(count.to_string(), format_count(*count)),
        Value::Percent(percent) => number_content(percent.to_string(), percent.to_string()),
        Value::Figure { figure, .. } => {
            number_content(plain_figure(*figure), format_figure(*figure, false))
        }
        Value::Missing(missing) => words_content(missing.symbol.code),
        Value::Blank => Content::Blank,
    }
}

fn number_content(plain: String, shown: String) -> Content {
    if plain.bytes().filter(u8::is_ascii_digit).count() > DIGITS_MAX {
        return Content::Words(plain);
    }
    let decimals = plain
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    Content::Number {
        plain,
        shown,
        decimals: u32::try_from(decimals).unwrap_or_default(),
    }
}

/// The columns with their headers, which differ in more than the case of their letters, as spreadsheets ask.
fn columns(table: &Table, fields: &[Field], rows: &[GridRow]) -> Vec<GridColumn> {
    let mut columns: Vec<GridColumn> = Vec::new();
    for (place, field) in fields.iter().enumerate() {
        let column = |place: usize| table.columns.get(place);
        let (wanted, kind) = match *field {
            Field::Cell(place) => (
                column(place)
                    .map_or("", |column| column.header.as_str())
                    .to_owned(),
                column(place).map_or(Kind::Text, |column| column.kind),
            ),
            Field::Marks(place) => (marks_header(column(place)), Kind::Code),
            Field::Notes => ("Notes".to_owned(), Kind::Code),
        };
        let cells = rows.iter().filter_map(|row| row.cells.get(place));
        let header = free_header(&wanted, place, &columns);
        columns.push(GridColumn {
            width: width(&header, kind, cells),
            align: kind.align(),
            header,
        });
    }
    columns
}

fn marks_header(column: Option<&Column>) -> String {
    format!(
        "{}: shorthand",
        column.map_or("", |column| column.header.as_str())
    )
}

fn free_header(wanted: &str, place: usize, columns: &[GridColumn]) -> String {
    let wanted = match clean_line(wanted) {
        wanted if wanted.is_empty() => format!("Column {}", place + 1),
        wanted => wanted,
    };
    let is_free = |header: &String| {
        let lower = header.to_lowercase();
        columns
            .iter()
            .all(|column| column.header.to_lowercase() != lower)
    };
    let numbered = (2..).map(|number: usize| format!("{wanted} ({number})"));
    std::iter::once(wanted.clone())
        .chain(numbered)
        .find(is_free)
        .unwrap_or(wanted)
}

/// As wide as what stands in it, within limits: words are broken over lines, figures and codes are not.
pub(super) fn width<'c>(
    header: &str,
    kind: Kind,
    cells: impl Iterator<Item = &'c Content>,
) -> usize {
    let most = if kind == Kind::Text {
        WIDTH_WORDS_MAX
    } else {
        WIDTH_MAX
    };
    let longest_word = |words: &str| words.split_whitespace().map(length).max().unwrap_or(0);
    let longest_line = |content: &Content| match content {
        Content::Blank => 0,
        Content::Words(words) | Content::Link { words, .. } => {
            words.lines().map(length).max().unwrap_or(0)
        }
        Content::Number { shown, .. } => length(shown),
    };
    let widest = cells.map(longest_line).max().unwrap_or(0);
    // A long header is broken over lines, at its blanks.
    let header = longest_word(header).max(length(header).min(WIDTH_MIN * 2));
    // Its letters are bold, and wider than digits.
    let header = header + header.div_ceil(5);
    widest.max(header).clamp(WIDTH_MIN, most) + 3
}

fn length(words: &str) -> usize {
    words.chars().count()
}

/// Why cells are blank: what the table says of its own, and that not every figure has a mark and not every row a note.
fn blank_reasons(
    table: &Table,
    fields: &[Field],
    columns: &[GridColumn],
    rows: &[GridRow],
) -> Vec<String> {
    let has_blank = |place: usize| {
        rows.iter()
            .any(|row| row.cells.get(place) == Some(&Content::Blank))
    };
    let is_marks = |field: &Field| matches!(field, Field::Marks(_));
    let marks = fields.iter().enumerate();
    let marks = marks.filter(|(place, field)| is_marks(field) && has_blank(*place));
    let has_several = marks.count() > 1;
    let mut reasons: Vec<String> = Vec::new();
    for ((place, field), column) in fields.iter().enumerate().zip(columns) {
        let reason = match field {
            _ if !has_blank(place) => continue,
            Field::Cell(_) if table.blank_cells.is_empty() => "nothing applies".to_owned(),
            Field::Cell(_) => table.blank_cells.clone(),
            // Each by its name, the reasons of a revised table would be longer than all its rows.
            Field::Marks(_) if has_several => {
                "in the columns of shorthand, the figure has no shorthand".to_owned()
            }
            Field::Marks(_) => format!(
                "in the column {}, the figure has no shorthand",
                column.header
            ),
            Field::Notes => format!("in the column {}, the row has no note", column.header),
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}
