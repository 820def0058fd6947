//! Reads a file of judgements: `standard,rating,because`.
//!
//! Must not know which standards and ratings there are: whoever records them checks that.

use std::path::Path;

use csv::ByteRecord;

use super::blocks::cell_text;
use super::gather::{Gather, Reading};
use super::source::{Options, Source, no_rows};
use crate::model::{Code, Place, Problem, Problems};

/// One judgement of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgementRow {
    /// Its line, from 1.
    pub line: u64,
    /// Number of the standard.
    pub standard: String,
    /// The rating, by id or title.
    pub rating: String,
    /// The reason.
    pub because: String,
}

const COLUMNS: [&str; 3] = ["standard", "rating", "because"];

/// Reads a file of judgements.
///
/// # Errors
/// The file cannot be opened, is empty, or has another header; what is wrong with its rows is kept in the [`Reading`].
pub fn read_judgements(
    path: &Path,
    options: &Options<'_>,
) -> Result<Reading<Vec<JudgementRow>>, Problems> {
    let source = Source::open(path, options)?;
    let file = source.file.clone();
    let names: Vec<String> = source
        .header
        .names
        .iter()
        .map(|name| name.to_lowercase())
        .collect();
    if names != COLUMNS {
        let what = format!("the header is {}", source.header.names.join(","));
        let remedy = format!("it must be {}", COLUMNS.join(","));
        let place = Place::of(file).line(source.header.line);
        return Err(Problem::new(Code::WrongHeader, what, remedy)
            .at(place)
            .into());
    }
    let (mut rows, mut problems) = (Vec::<JudgementRow>::new(), Gather::default());
    let ended = source.each_row(|line, record| {
        match read_row(line, record) {
            Ok(row) => match rows.iter().find(|other| other.standard == row.standard) {
                Some(first) => {
                    let what = format!(
                        "{} is judged twice: on line {} already",
                        row.standard, first.line
                    );
                    let problem =
                        Problem::new(Code::DuplicateReference, what, "keep one of the lines");
                    problems.push(|| problem.at(Place::of(&file).line(line).column(1)));
                }
                None => rows.push(row),
            },
            Err(problem) => problems.push(|| {
                let column = problem.place.column;
                problem.at(Place {
                    column,
                    ..Place::of(&file).line(line)
                })
            }),
        }
        true
    });
    if let Err(problem) = ended {
        problems.stop(problem);
    } else if rows.is_empty() && problems.is_empty() {
        return Err(no_rows(&file).into());
    }
    Ok(Reading::new(&file, rows, problems))
}

fn read_row(line: u64, record: &ByteRecord) -> Result<JudgementRow, Problem> {
    if record.len() != COLUMNS.len() {
        let what = format!(
            "the row has {} cells, the header {}",
            record.len(),
            COLUMNS.len()
        );
        return Err(Problem::new(
            Code::RaggedRow,
            what,
            "put quotation marks around a cell with commas",
        ));
    }
    let mut cells = record.iter().map(|cell| cell_text(cell).to_owned());
    let mut next = || cells.next().unwrap_or_default();
    let row = JudgementRow {
        line,
        standard: next(),
        rating: next(),
        because: next(),
    };
    let filled = [&row.standard, &row.rating, &row.because];
    match filled.iter().position(|cell| cell.is_empty()) {
        None => Ok(row),
        Some(column) => {
            let what = format!("no {} is given", COLUMNS.get(column).unwrap_or(&"value"));
            let place = Place {
                column: Some(column as u64 + 1),
                ..Place::default()
            };
            Err(Problem::new(Code::EmptyCell, what, "fill the cell, or delete the line").at(place))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<JudgementRow>, String> {
        let options = Options {
            content: Some(text.as_bytes()),
            ..Options::default()
        };
        read_judgements(Path::new("j.csv"), &options)
            .and_then(|reading| reading.finish([]))
            .map_err(|problems| problems.to_string())
    }

    #[test]
    fn judgements_are_read_with_their_lines() {
        let rows = read("Standard,Rating,Because\n1.1,good,\"a, b\"\n\n1.2,Good,c\n").unwrap();
        assert_eq!((rows[0].line, rows[0].because.as_str()), (2, "a, b"));
        assert_eq!((rows[1].line, rows[1].standard.as_str()), (4, "1.2"));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let message = read("standard,rating,because\n1.1,good,a\n1.1,good,b\n1.2,,c\n1.3,good\n")
            .unwrap_err();
        let lines: Vec<&str> = message.lines().collect();
        assert_eq!(lines.len(), 3, "{message}");
        assert!(
            lines[0].starts_with("j.csv line 3 column 1: 1.1 is judged twice"),
            "{message}"
        );
        assert!(
            lines[1].starts_with("j.csv line 4 column 2: no rating is given"),
            "{message}"
        );
        assert!(
            lines[2].contains("line 5") && lines[2].ends_with("[ragged-row]"),
            "{message}"
        );
        assert!(
            read("standard,rating\n1.1,good\n")
                .unwrap_err()
                .ends_with("[wrong-header]")
        );
        assert!(
            read("standard,rating,because\n")
                .unwrap_err()
                .ends_with("[empty-file]")
        );
    }
}
