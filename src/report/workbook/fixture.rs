//! Reads workbooks back, for the tests of their writers.

use std::io::Cursor;

use calamine::{Data, Ods, Reader, Xlsx};

use super::super::table::Report;
use super::plan::{Content, Grid};
use super::sheets::plan_workbook;
use super::{write_ods, write_xlsx};

pub(super) fn headers(grid: &Grid) -> Vec<&str> {
    grid.columns
        .iter()
        .map(|column| column.header.as_str())
        .collect()
}

/// A cell as a person reads it.
pub(super) fn shown(content: &Content) -> &str {
    match content {
        Content::Blank => "",
        Content::Words(words) | Content::Link { words, .. } => words,
        Content::Number { shown, .. } => shown,
    }
}

/// The text of a part of a file.
pub(super) fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

/// The cells of every sheet from its first row, as a program reads them.
fn read<R: Reader<Cursor<Vec<u8>>>>(file: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)>
where
    R::Error: std::fmt::Debug,
{
    let mut book = R::new(Cursor::new(file)).unwrap();
    let names = book.sheet_names();
    let read = |name: String| {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(
            formulas
                .used_cells()
                .all(|(_, _, formula)| formula.is_empty())
        );
        let range = book.worksheet_range(&name).unwrap();
        (name, range.rows().map(<[Data]>::to_vec).collect())
    };
    names.into_iter().map(read).collect()
}

/// Asserts that a program that reads these files finds in each cell what the plan says.
pub(super) fn assert_both_files_hold(report: &Report) {
    let planned = plan_workbook(report);
    let files = [
        read::<Xlsx<_>>(write_xlsx(report).unwrap()),
        read::<Ods<_>>(write_ods(report).unwrap()),
    ];
    for sheets in files {
        assert_eq!(sheets.len(), planned.sheets.len());
        for ((name, rows), planned) in sheets.iter().zip(&planned.sheets) {
            assert_eq!(*name, planned.name);
            let lines = planned.lines.iter().map(|line| vec![line.words.clone()]);
            let grid = planned.grid.iter().flat_map(|grid| {
                let header = headers(grid).into_iter().map(str::to_owned).collect();
                let row = |cells: &[Content]| cells.iter().map(plain).collect();
                let rows = grid.rows.iter().map(move |grid| row(&grid.cells));
                std::iter::once(header).chain(rows)
            });
            let expected: Vec<Vec<String>> = lines.chain(grid).collect();
            assert_eq!(rows.len(), expected.len(), "{name}");
            for (row, expected) in rows.iter().zip(&expected) {
                let read: Vec<String> = row.iter().map(data_text).collect();
                let (cells, beyond) = read.split_at(expected.len());
                assert_eq!(cells, expected, "{name}");
                assert!(beyond.iter().all(String::is_empty), "{name}: {beyond:?}");
            }
        }
    }
}

fn plain(content: &Content) -> String {
    match content {
        // As it is read: without the zeros at its end.
        Content::Number { plain, .. } => format!("number {}", plain.parse::<f64>().unwrap()),
        other => shown(other).to_owned(),
    }
}

fn data_text(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(words) => words.clone(),
        Data::Float(number) => format!("number {number}"),
        Data::Int(number) => format!("number {number}"),
        other => panic!("neither words nor a number: {other:?}"),
    }
}
