//! A report as CSV: a file for each table, or all tables in one stream. Sees tables only; owns its escaping.
//!
//! Each table has its columns' ids as header and a last column `notes` with the words of the row's notes. Percentages are whole
//! numbers without `%`, counts are without thousands marks, a missing figure is its symbol (`[x]`). What stands around a table
//! (notices, scope, units, notes, legend, source) is itself a table, `about`.
//! The stream stays one valid CSV: a leading column `table` names the table of each row, and the header holds every column of every table.

use super::table::{Cell, Column, Kind, Report, Row, Table, Value};
use crate::model::{Code, Problem, Problems};

/// All tables in one stream, `about` first.
///
/// # Errors
/// Only when the text cannot be built in memory.
pub fn write_csv(report: &Report) -> Result<String, Problems> {
    let about = about_table(report);
    let tables: Vec<&Table> = std::iter::once(&about).chain(&report.tables).collect();
    let mut header = vec!["table"];
    for column in tables.iter().flat_map(|table| &table.columns) {
        if !header.contains(&column.id) {
            header.push(column.id);
        }
    }
    header.push("notes");
    let mut records = vec![header.iter().map(|id| (*id).to_owned()).collect()];
    for table in tables {
        for row in &table.rows {
            let value = |id: &&str| match *id {
                "table" => guard(&table.id),
                "notes" => guard(&notes_of(table, row)),
                id => cell_of(table, row, id).map(plain).unwrap_or_default(),
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
pub fn write_csv_files(report: &Report) -> Result<Vec<(String, String)>, Problems> {
    let about = about_table(report);
    let write = |table: &Table| {
        Ok((
            format!("{}.csv", table.id),
            write_records(&table_records(table))?,
        ))
    };
    std::iter::once(&about)
        .chain(&report.tables)
        .map(write)
        .collect()
}

/// Header and rows of one table.
fn table_records(table: &Table) -> Vec<Vec<String>> {
    let has_notes = !table.notes.is_empty();
    let ids = table.columns.iter().map(|column| column.id.to_owned());
    let header = ids.chain(has_notes.then(|| "notes".to_owned())).collect();
    let record = |row: &Row| {
        let notes = has_notes.then(|| guard(&notes_of(table, row)));
        row.cells.iter().map(plain).chain(notes).collect()
    };
    std::iter::once(header)
        .chain(table.rows.iter().map(record))
        .collect()
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
            say(&table.id, symbol.code, symbol.meaning);
        }
        say(&table.id, "blank cells", &table.blank_cells);
        say(&table.id, "source", &table.source);
    }
    Table {
        id: "about".to_owned(),
        columns: vec![
            Column::new("about", "About", Kind::Code),
            Column::new("item", "Item", Kind::Code),
            Column::new("words", "Words", Kind::Text),
        ],
        rows,
        ..Table::default()
    }
}

fn cell_of<'a>(table: &Table, row: &'a Row, id: &str) -> Option<&'a Cell> {
    let place = table.columns.iter().position(|column| column.id == id)?;
    row.cells.get(place)
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
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["about.csv", "case-supervision.csv"]);
        assert_eq!(
            files[1].1,
            "number,text,rating,percent_yes,yes,notes\n\
             2.1,Assessment,Good,,,\n\
             2.1.1,\"Is \"\"it\"\" | enough,\nreally?\",,83,1106,\n\
             2.1.2,'=HYPERLINK(1),,[x],0,\"2.1.2: asked in 10 cases, answered in none\"\n"
        );
        assert!(files[0].1.starts_with(
            "about,item,words\nreport,title,North West\nreport,notice,Made-up data\n"
        ));
        assert!(files[0].1.contains("case-supervision,[x],not available\n"));
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
    fn a_text_that_looks_like_a_formula_stays_a_text() {
        for words in ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"] {
            assert_eq!(guard(words), format!("'{words}"));
        }
        assert_eq!(guard("2.1"), "2.1");
        assert_eq!(guard(""), "");
    }
}
