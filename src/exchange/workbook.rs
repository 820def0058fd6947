//! A sheet of an XLSX or ODS workbook as rows of text.
//!
//! Only filled cells are kept, so that a stray format in a far corner costs nothing. Must not know what the cells mean.

use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{Data, Ods, Reader, Style, Xlsx};
use csv::ByteRecord;

use crate::model::{Code, Decimal, Place, Problem, nearest};

/// The filled cells of a sheet as row, column (both from 0) and text, in that order.
pub(super) struct Sheet {
    cells: Vec<(u32, u32, String)>,
}

/// Which kind of workbook a file's ending names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Office Open XML.
    Xlsx,
    /// OpenDocument.
    Ods,
}

impl Sheet {
    /// Reads the sheet called `wanted`, or the first one.
    ///
    /// # Errors
    /// The file is not such a workbook, or has no such sheet.
    pub(super) fn open(
        path: &Path,
        kind: Kind,
        input: BufReader<File>,
        wanted: Option<&str>,
    ) -> Result<Sheet, Problem> {
        let place = Place::of(path.display().to_string());
        let read = || match kind {
            Kind::Xlsx => read_xlsx(input, wanted),
            Kind::Ods => read_ods(input, wanted),
        };
        // The reader of workbooks panics on some damaged files; nothing of what it was given is used afterwards.
        let read =
            catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged(&"it is damaged")));
        let mut cells = read.map_err(|problem| problem.at(place))?;
        cells.sort_unstable_by_key(|(row, column, _)| (*row, *column));
        Ok(Sheet { cells })
    }

    /// The rows that hold anything, each with its number from 1, every one at least `width` cells wide.
    pub(super) fn rows(&self, width: usize) -> impl Iterator<Item = (u64, ByteRecord)> + '_ {
        self.cells
            .chunk_by(|one, next| one.0 == next.0)
            .map(move |cells| {
                let mut record = ByteRecord::new();
                for (_, column, text) in cells {
                    pad(&mut record, usize::try_from(*column).unwrap_or(usize::MAX));
                    record.push_field(text.as_bytes());
                }
                pad(&mut record, width);
                let row = cells.first().map_or(0, |cell| cell.0);
                (u64::from(row) + 1, record)
            })
    }
}

/// Workbooks have at most 16,384 columns; a cell beyond is damage, and is taken as the next one.
fn pad(record: &mut ByteRecord, width: usize) {
    while record.len() < width.min(16_384) {
        record.push_field(b"");
    }
}

type Cells = Vec<(u32, u32, String)>;

fn read_xlsx(input: BufReader<File>, wanted: Option<&str>) -> Result<Cells, Problem> {
    let mut book = Xlsx::new(input).map_err(|error| damaged(&error))?;
    let name = choose_sheet(&book.sheet_names(), wanted)?;
    let mut reader = book
        .worksheet_cells_reader(&name)
        .map_err(|error| damaged(&error))?;
    let shows_percent: Vec<bool> = reader.styles().iter().map(shows_percent).collect();
    let mut cells = Vec::new();
    let mut next = || reader.next_cell_with_style_id();
    while let Some((cell, style)) = next().map_err(|error| damaged(&error))? {
        let (row, column) = cell.get_position();
        let value = Data::from(cell.get_value().clone());
        let is_percent = shows_percent.get(style).is_some_and(|shows| *shows);
        keep(&mut cells, row, column, cell_text(&value, is_percent));
    }
    Ok(cells)
}

fn read_ods(input: BufReader<File>, wanted: Option<&str>) -> Result<Cells, Problem> {
    let mut book = Ods::new(input).map_err(|error| damaged(&error))?;
    let name = choose_sheet(&book.sheet_names(), wanted)?;
    let range = book
        .worksheet_range(&name)
        .map_err(|error| damaged(&error))?;
    let (top, left) = range.start().unwrap_or_default();
    let place = |from: u32, by: usize| from.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
    let mut cells = Vec::new();
    for (row, column, value) in range.used_cells() {
        // The reader does not say whether a cell is formatted as percent: 71.2% arrives as 0.712.
        let text = cell_text(value, false);
        keep(&mut cells, place(top, row), place(left, column), text);
    }
    Ok(cells)
}

fn choose_sheet(names: &[String], wanted: Option<&str>) -> Result<String, Problem> {
    let Some(wanted) = wanted else {
        let none = || {
            Problem::new(
                Code::EmptyFile,
                "the workbook has no sheet",
                "add one with a header and rows",
            )
        };
        return names.first().cloned().ok_or_else(none);
    };
    let found = names.iter().find(|name| name.eq_ignore_ascii_case(wanted));
    found.cloned().ok_or_else(|| {
        let what = format!("the workbook has no sheet {wanted}");
        let remedy = nearest(wanted, names.iter().map(String::as_str));
        Problem::new(Code::UnreadableFile, what, remedy)
    })
}

fn damaged(error: &impl std::fmt::Display) -> Problem {
    let what = format!("the file cannot be read as a workbook: {error}");
    let remedy = "open it in a spreadsheet program without a password and save it again, or save it as \"CSV UTF-8\"";
    Problem::new(Code::UnreadableFile, what, remedy)
}

fn keep(cells: &mut Cells, row: u32, column: u32, text: String) {
    if !text.trim().is_empty() {
        cells.push((row, column, text));
    }
}

/// Whether numbers are shown as percent: the cell holds 0.712, people see 71.2%.
fn shows_percent(style: &Style) -> bool {
    let format = style.number_format.as_ref();
    format.is_some_and(|format| is_percent_format(&format.format_code))
}

/// Whether a format code has a percent sign that is not mere text, as in `0.0"%"` or `0.0\%`.
fn is_percent_format(code: &str) -> bool {
    let mut letters = code.chars();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '%' if !is_quoted => return true,
            '\\' | '_' | '*' if !is_quoted => drop(letters.next()),
            _ => {}
        }
    }
    false
}

/// What a person sees in the cell, but whole numbers without decimals and dates as `2018-10-01`.
fn cell_text(value: &Data, is_percent: bool) -> String {
    match value {
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        Data::Float(number) if is_percent || number.fract() != 0.0 => {
            number_text(*number, is_percent).unwrap_or_else(|| number.to_string())
        }
        Data::Int(number) if is_percent => format!("{}%", i128::from(*number) * 100),
        // Rust prints a whole float without `.0`.
        other => other.to_string(),
    }
}

/// A number with the 15 digits that spreadsheet programs show and no more: what a formula leaves behind them, as in
/// 0.30000000000000004, is an accident of binary numbers. `None` for one that no decimal holds.
fn number_text(number: f64, is_percent: bool) -> Option<String> {
    let figure = Decimal::from_scientific(&format!("{number:.14e}")).ok()?;
    if is_percent {
        let percent = figure.checked_mul(Decimal::ONE_HUNDRED)?;
        return Some(format!("{}%", percent.normalize()));
    }
    Some(figure.normalize().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_lose_their_decimals_and_dates_their_time() {
        let cell_text = |value: &Data| cell_text(value, false);
        assert_eq!(cell_text(&Data::Float(12.0)), "12");
        assert_eq!(cell_text(&Data::Float(2.1)), "2.1");
        assert_eq!(cell_text(&Data::Float(1e15)), "1000000000000000");
        assert_eq!(
            cell_text(&Data::DateTimeIso("2018-10-01T09:30:00".into())),
            "2018-10-01"
        );
        let kind = calamine::ExcelDateTimeType::DateTime;
        let date = calamine::ExcelDateTime::new(43_374.5, kind, false);
        assert_eq!(cell_text(&Data::DateTime(date)), "2018-10-01");
    }

    #[test]
    fn numbers_are_those_that_a_spreadsheet_shows() {
        for (number, shown) in [
            (71.2, "71.2"),
            (0.1 + 0.2, "0.3"),
            (71.3 - 0.1, "71.2"),
            (-0.6, "-0.6"),
            (1e-7, "0.0000001"),
            (1_234_567.25, "1234567.25"),
            (0.123_456_789_012_345_68, "0.123456789012346"),
            (1e300, &format!("1{}", "0".repeat(300))),
        ] {
            assert_eq!(cell_text(&Data::Float(number), false), shown);
        }
        assert_eq!(cell_text(&Data::Float(0.712), true), "71.2%");
        assert_eq!(cell_text(&Data::Float(0.29), true), "29%");
        assert_eq!(cell_text(&Data::Float(1.0), true), "100%");
        assert_eq!(cell_text(&Data::Int(1), true), "100%");
        assert_eq!(cell_text(&Data::String("a".into()), true), "a");
    }

    #[test]
    fn a_percent_sign_that_is_mere_text_makes_no_percents() {
        for code in ["0%", "0.00%", "#,##0.0 %;[Red]-0.0%", "\"about \"0%"] {
            assert!(is_percent_format(code), "{code}");
        }
        for code in ["General", "0.0\"%\"", "0.0\\%", "0.0_%", "0*%", ""] {
            assert!(!is_percent_format(code), "{code}");
        }
    }

    #[test]
    fn rows_keep_their_numbers_and_are_padded() {
        let cells = vec![(2, 1, "b".to_owned()), (5, 0, "a".to_owned())];
        let rows: Vec<(u64, ByteRecord)> = Sheet { cells }.rows(3).collect();
        assert_eq!(rows[0], (3, ByteRecord::from(vec!["", "b", ""])));
        assert_eq!(rows[1], (6, ByteRecord::from(vec!["a", "", ""])));
    }

    #[test]
    fn a_missing_sheet_gets_a_suggestion() {
        let names = ["Cases".to_owned(), "Answers".to_owned()];
        assert_eq!(choose_sheet(&names, None).unwrap(), "Cases");
        assert_eq!(choose_sheet(&names, Some("answers")).unwrap(), "Answers");
        let problem = choose_sheet(&names, Some("Anwers")).unwrap_err();
        assert_eq!(problem.remedy, "did you mean Answers?");
        assert_eq!(choose_sheet(&[], None).unwrap_err().code, Code::EmptyFile);
    }
}
