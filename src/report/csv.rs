//! A report as CSV: a file for each table, or all tables in one stream. Sees tables only; owns its escaping.
//!
//! Each table has its columns' ids as header, after what all its rows share (such as the period), and a last column `notes` with the words of the row's notes. Percentages are whole
//! numbers without `%`, counts and decimal figures are without thousands marks and plus signs, a missing figure is its symbol
//! (`[x]`). Where figures have marks such as `[p]`, these stand in a column of their own, `value_marks` for the column `value`. What stands around a table
//! (how final the figures are, notices, scope, units, notes, legend, source) is itself a table, `about`.
//! The stream stays one valid CSV: a leading column `table` names the table of each row, and the header holds every column of every table.

use super::heading::ABOUT;
use super::kind::FileKind;
use super::number::plain_figure;
use super::table::{Cell, Column, Kind, Report, Row, Table, Value};
use crate::model::{Code, Problem, Problems};

/// All tables in one stream, `about` first.
///
/// # Errors
/// Only when the text cannot be built in memory.
pub fn write_csv(report: &Report) -> Result<String, Problems> {
    let about = about_table(report);
    let tables: Vec<&Table> = std::iter::once(&about).chain(&report.tables).collect();
    let mut header = vec!["table".to_owned()];
    for (id, _) in tables.iter().flat_map(|table| fields(table)) {
        if !header.contains(&id) {
            header.push(id);
        }
    }
    header.push("notes".to_owned());
    let mut records = vec![header.clone()];
    for table in tables {
        let fields = fields(table);
        for row in &table.rows {
            let value = |id: &String| match id.as_str() {
                "table" => guard(&table.id),
                "notes" => guard(&notes_of(table, row)),
                id => fields
                    .iter()
                    .find(|(known, _)| known == id)
                    .map(|(_, field)| field.write(row))
                    .unwrap_or_default(),
            };
            records.push(header.iter().map(value).collect());
        }
    }
    write_records(&records)
}

/// A file for each table, named after it, and `about.csv` first.
///
/// # Errors
/// Only when the text cannot be built in memory.
pub fn write_csv_files(report: &Report) -> Result<Vec<ResultFile>, Problems> {
    let about = about_table(report);
    let write = |table: &Table| {
        Ok(ResultFile {
            name: format!("{}.csv", table.id),
            bytes: write_records(&table_records(table))?.into_bytes(),
            kind: FileKind::Csv,
            title: table.title.clone(),
            alternative: String::new(),
        })
    };
    std::iter::once(&about)
        .chain(&report.tables)
        .map(write)
        .collect()
}

/// The name of the list of a folder's files.
pub const LIST_FILE: &str = "contents.csv";

const LIST_HEADER: [&str; 3] = ["file", "title", "alternative_text"];

/// One of the files of a result that stand together in a folder.
#[derive(Debug)]
pub struct ResultFile {
    /// Its name in the folder.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What it is written as.
    pub kind: FileKind,
    /// The title of the table or chart.
    pub title: String,
    /// What a picture shows, in words, for those who cannot see it; empty for a table.
    pub alternative: String,
}

/// A list of files that stand together: names, titles, and what pictures show, in words.
///
/// # Errors
/// Only when the text cannot be built in memory.
pub fn list_files(files: &[ResultFile]) -> Result<String, Problems> {
    let header = LIST_HEADER.map(str::to_owned).to_vec();
    let record = |file: &ResultFile| {
        let words = [&file.title, &file.alternative].map(|words| guard(words));
        std::iter::once(file.name.clone()).chain(words).collect()
    };
    let records = std::iter::once(header).chain(files.iter().map(record));
    write_records(&records.collect::<Vec<_>>())
}

/// The names that such a list holds; none where it is another file, or names anything that does not stand beside it.
#[must_use]
pub fn listed_files(text: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    if reader
        .headers()
        .ok()
        .is_none_or(|header| *header != LIST_HEADER[..])
    {
        return Vec::new();
    }
    let records = reader.into_records();
    let name = |record: csv::Result<csv::StringRecord>| record.ok()?.get(0).map(str::to_owned);
    let Some(names) = records.map(name).collect::<Option<Vec<String>>>() else {
        return Vec::new();
    };
    let is_plain = |name: &String| {
        let mut letters = name.chars();
        letters.all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter))
    };
    if names.iter().all(is_plain) {
        names
    } else {
        Vec::new()
    }
}

/// Header and rows of one table.
fn table_records(table: &Table) -> Vec<Vec<String>> {
    let has_notes = !table.notes.is_empty();
    let fields = fields(table);
    let ids = fields.iter().map(|(id, _)| id.clone());
    let header = ids.chain(has_notes.then(|| "notes".to_owned())).collect();
    let record = |row: &Row| {
        let notes = has_notes.then(|| guard(&notes_of(table, row)));
        let cells = fields.iter().map(|(_, field)| field.write(row));
        cells.chain(notes).collect()
    };
    std::iter::once(header)
        .chain(table.rows.iter().map(record))
        .collect()
}

/// What one column of the file holds: what all rows of the table share, the cells of a column, or the marks of its figures.
enum Field {
    Shared(String),
    Cell(usize),
    Marks(usize),
}

impl Field {
    fn write(&self, row: &Row) -> String {
        match self {
            Field::Shared(words) => guard(words),
            Field::Cell(place) => row.cells.get(*place).map(plain).unwrap_or_default(),
            Field::Marks(place) => row.cells.get(*place).map(marks).unwrap_or_default(),
        }
    }
}

/// The columns of the file, by name: what all rows share, then the columns of the table, each followed by one for the marks of its figures if there are any.
fn fields(table: &Table) -> Vec<(String, Field)> {
    let shared = table.shared.iter();
    let mut fields: Vec<(String, Field)> = shared
        .map(|(column, words)| (column.id.clone(), Field::Shared(words.clone())))
        .collect();
    for (place, column) in table.columns.iter().enumerate() {
        fields.push((column.id.clone(), Field::Cell(place)));
        let is_marked = |row: &Row| {
            row.cells
                .get(place)
                .is_some_and(|cell| !marks(cell).is_empty())
        };
        if table.rows.iter().any(is_marked) {
            fields.push((format!("{}_marks", column.id), Field::Marks(place)));
        }
    }
    fields
}

/// The marks of a figure: `[p]`, or `[p] [r]`.
fn marks(cell: &Cell) -> String {
    let codes: Vec<&str> = cell.marks.iter().map(|mark| mark.code).collect();
    codes.join(" ")
}

/// What stands around the tables: a row for each item of the report and of each table.
fn about_table(report: &Report) -> Table {
    let mut rows = Vec::new();
    let mut say = |about: &str, item: &str, words: &str| {
        if !words.is_empty() {
            rows.push(Row::new([about, item, words].map(Cell::text).to_vec()));
        }
    };
    say("report", "title", &report.title);
    for (label, words) in report.about.lines() {
        say("report", &label.to_lowercase(), &words);
    }
    for note in &report.notes {
        say("report", "notice", note);
    }
    for table in &report.tables {
        say(&table.id, "title", &table.title);
        say(&table.id, "scope", &table.scope);
        say(&table.id, "units", &table.units);
        for (place, note) in table.notes.iter().enumerate() {
            say(&table.id, &format!("note {}", place + 1), note);
        }
        for symbol in table.legend() {
            say(&table.id, symbol.code, &symbol.meaning);
        }
        say(&table.id, "blank cells", &table.blank_cells);
        say(&table.id, "source", &table.source);
    }
    Table {
        id: ABOUT.to_owned(),
        title: "What stands around the tables".to_owned(),
        columns: vec![
            Column::new("about", "About", Kind::Code),
            Column::new("item", "Item", Kind::Code),
            Column::new("words", "Words", Kind::Text),
        ],
        rows,
        ..Table::default()
    }
}

/// The words of a row's notes.
fn notes_of(table: &Table, row: &Row) -> String {
    let numbers = row.cells.iter().flat_map(|cell| &cell.notes);
    let notes = numbers.filter_map(|number| table.notes.get(number.checked_sub(1)?));
    notes.map(String::as_str).collect::<Vec<_>>().join("; ")
}

/// A cell as another program reads it.
fn plain(cell: &Cell) -> String {
    match &cell.value {
        Value::Text(words) => guard(words),
        Value::Rating { title, .. } => guard(title),
        Value::Count(figure) | Value::Percent(figure) => figure.to_string(),
        Value::Figure { figure, .. } => plain_figure(*figure),
        Value::Missing(missing) => missing.symbol.code.to_owned(),
        Value::Blank => String::new(),
    }
}

/// A spreadsheet runs a text that starts like a formula; an apostrophe before it keeps it a text.
fn guard(words: &str) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{words}")
    } else {
        words.to_owned()
    }
}

fn write_records(records: &[Vec<String>]) -> Result<String, Problems> {
    let fail = |error: String| -> Problems {
        Problem::new(
            Code::StorageFailed,
            format!("the CSV cannot be written: {error}"),
            "try another format",
        )
        .into()
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        writer
            .write_record(record)
            .map_err(|error| fail(error.to_string()))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| fail(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| fail(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn each_table_is_a_file_and_what_stands_around_it_another() {
        let files = write_csv_files(&example::report()).unwrap();
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["about.csv", "case-supervision.csv"]);
        let texts = files.iter().map(|file| file.bytes.as_slice());
        let texts: Vec<&str> = texts
            .map(|text| std::str::from_utf8(text).unwrap())
            .collect();
        assert_eq!(
            texts[1],
            "number,text,rating,percent_yes,yes,notes\n\
             2.1,Assessment,Good,,,\n\
             2.1.1,\"Is \"\"it\"\" | enough,\nreally?\",,83,1106,\n\
             2.1.2,'=HYPERLINK(1),,[x],0,\"2.1.2: asked in 10 cases, answered in none\"\n"
        );
        assert!(texts[0].starts_with(
            "about,item,words\nreport,title,North West\nreport,notice,Made-up data\n"
        ));
        assert!(texts[0].contains("case-supervision,[x],not available\n"));
    }

    #[test]
    fn a_list_of_files_is_read_as_it_was_written_and_no_other_file_is_one() {
        let mut files = write_csv_files(&example::report()).unwrap();
        files[1].alternative = "Two lines,\nand a comma".into();
        let text = list_files(&files).unwrap();
        assert_eq!(
            text,
            "file,title,alternative_text\nabout.csv,What stands around the tables,\n\
             case-supervision.csv,\"Domain 2, Case supervision\",\"Two lines,\nand a comma\"\n"
        );
        assert_eq!(listed_files(&text), ["about.csv", "case-supervision.csv"]);
        for other in [
            "",
            "reference\nCS-001\n",
            "file\nmine.csv\n",
            "file,title,alternative_text\n../record.db,,\n",
            "file,title,alternative_text\nabout.csv\n",
        ] {
            assert!(listed_files(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn the_stream_is_one_valid_csv_whatever_the_tables() {
        let mut report = example::report();
        report.tables.push(Table {
            id: "other".into(),
            columns: vec![
                Column::new("yes", "Yes", Kind::Count),
                Column::new("no", "No", Kind::Count),
            ],
            rows: vec![Row::new(vec![
                Value::Count(1).into(),
                Value::Count(2).into(),
            ])],
            ..Table::default()
        });
        let text = write_csv(&report).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(
            header.join(","),
            "table,about,item,words,number,text,rating,percent_yes,yes,no,notes"
        );
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let last: Vec<&str> = records.last().unwrap().iter().collect();
        assert_eq!(last, ["other", "", "", "", "", "", "", "", "1", "2", ""]);
        assert_eq!(&records[0][0], "about");
    }

    #[test]
    fn the_marks_of_figures_stand_in_a_column_of_their_own() {
        let report = example::figures();
        let files = write_csv_files(&report).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&files[1].bytes),
            "measure,value,value_marks,change\nM1,1070.0,[p] [z],-0.6\nM2,9.5,,23.3\nM3,[x],,[x]\n"
        );
        let stream = write_csv(&report).unwrap();
        assert!(
            stream.contains("table,about,item,words,measure,value,value_marks,change,notes\n"),
            "{stream}"
        );
        assert!(stream.contains("measures,,,,M1,1070.0,[p] [z],-0.6,\n"));
    }

    #[test]
    fn a_text_that_looks_like_a_formula_stays_a_text() {
        for words in ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"] {
            assert_eq!(guard(words), format!("'{words}"));
        }
        assert_eq!(guard("2.1"), "2.1");
        assert_eq!(guard(""), "");
    }
}
