//! Reads a file of judgements: `standard,rating,because`, for a whole programme with `provider,period` before them.
//!
//! Must not know which standards, ratings and providers there are: whoever records them checks that.

use std::path::Path;

use super::distinct_rows::{DistinctRow, NamedRow, read_distinct_rows};
use super::gather::{Gather, Reading};
use super::named_columns::{Form, NamedColumns};
use super::source::{Options, Source};
use crate::model::{Code, Place, Problem, Problems};

/// What a file of judgements says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JudgementFile {
    /// Its rows, in file order.
    pub rows: Vec<JudgementRow>,
    /// Where its columns are.
    pub columns: JudgementColumns,
}

/// One judgement of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgementRow {
    /// Its line, from 1.
    pub line: u64,
    /// The provider; empty in a file about one inspection.
    pub provider: String,
    /// The period; empty where none is given.
    pub period: String,
    /// Number of the standard.
    pub standard: String,
    /// The rating, by id or title.
    pub rating: String,
    /// The reason.
    pub because: String,
}

/// Where the columns of a file of judgements are, each from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JudgementColumns {
    /// The column of the standard.
    pub standard: u64,
    /// The column of the rating.
    pub rating: u64,
    /// The column of the provider; `None` in a file about one inspection.
    pub provider: Option<u64>,
    /// The column of the period, if the file has one.
    pub period: Option<u64>,
}

const FORM: Form = Form {
    holds: "judgements",
    names: &["standard", "rating", "because", "provider", "period"],
    required_count: 3,
    remedy: "start with the line standard,rating,because or, for many providers, provider,period,standard,rating,because",
};

// Places of the names in the form.
const STANDARD: usize = 0;
const RATING: usize = 1;
const BECAUSE: usize = 2;
const PROVIDER: usize = 3;
const PERIOD: usize = 4;

/// Reads a file of judgements.
///
/// # Errors
/// The file cannot be opened, or is empty; what is wrong with its header and its rows is kept in the [`Reading`].
pub fn read_judgements(
    path: &Path,
    options: &Options<'_>,
) -> Result<Reading<JudgementFile>, Problems> {
    let source = Source::open(path, options)?;
    let file = source.file.clone();
    let (mut says, mut problems) = (JudgementFile::default(), Gather::default());
    let Some(columns) = NamedColumns::read(&file, &source.header, &FORM, &mut problems) else {
        return Ok(Reading::new(&file, says, problems));
    };
    if columns.has(PERIOD) && !columns.has(PROVIDER) {
        let place = Place::of(&file).line(source.header.line);
        problems.push(|| period_alone().at(place));
    }
    says.columns = JudgementColumns {
        standard: columns.number(STANDARD).unwrap_or(1),
        rating: columns.number(RATING).unwrap_or(1),
        provider: columns.number(PROVIDER),
        period: columns.number(PERIOD),
    };
    says.rows = read_distinct_rows(source, &columns, says.columns.standard, &mut problems)?;
    Ok(Reading::new(&file, says, problems))
}

fn period_alone() -> Problem {
    let what = "there is a column period and none of providers";
    let remedy = "add the column provider, or leave the period out";
    Problem::new(Code::WrongHeader, what, remedy)
}

impl DistinctRow for JudgementRow {
    fn read(row: &NamedRow<'_>, problems: &mut Gather) -> Option<JudgementRow> {
        let must_be_filled = [STANDARD, RATING, BECAUSE, PROVIDER];
        let mut is_right = true;
        for (name, title) in must_be_filled.into_iter().zip(FORM.names) {
            if row.is_blank(name) {
                is_right = false;
                let what = format!("no {title} is given");
                let remedy = "fill the cell, or delete the line";
                row.report(name, Problem::new(Code::EmptyCell, what, remedy), problems);
            }
        }
        let cell = |name: usize| row.cell(name).to_owned();
        is_right.then(|| JudgementRow {
            line: row.line,
            provider: cell(PROVIDER),
            period: cell(PERIOD),
            standard: cell(STANDARD),
            rating: cell(RATING),
            because: cell(BECAUSE),
        })
    }

    fn about(&self) -> [&str; 3] {
        [&self.provider, &self.period, &self.standard]
    }

    fn doubled(&self, first: u64) -> Problem {
        let of = match [self.provider.as_str(), self.period.as_str()] {
            ["", _] => String::new(),
            [provider, ""] => format!(" of {provider}"),
            [provider, period] => format!(" of {provider}, {period}"),
        };
        let what = format!(
            "{}{of} is judged twice: on line {first} already",
            self.standard
        );
        Problem::new(Code::DuplicateReference, what, "keep one of the lines")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<JudgementFile, String> {
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
        let says = read("Standard,Rating,Because\n1.1,good,\"a, b\"\n\n1.2,Good,c\n").unwrap();
        assert_eq!(says.columns.provider, None);
        let rows = says.rows;
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

    #[test]
    fn a_programme_has_providers_and_perhaps_periods() {
        let says = read(
            "provider,period,standard,rating,because\nNorth,2013,overall,good,a\nSouth,,overall,good,a\n",
        );
        let says = says.unwrap();
        assert_eq!(says.columns.provider, Some(1));
        assert_eq!(
            (says.rows[0].provider.as_str(), says.rows[0].period.as_str()),
            ("North", "2013")
        );
        assert_eq!(
            (says.rows[1].provider.as_str(), says.rows[1].period.as_str()),
            ("South", "")
        );
        let message = read(
            "because,rating,standard,provider,period\na,good,1,North,2013\na,good,1,,2013\na,good,1,north,2013\na,good,1,South,2013\n",
        )
        .unwrap_err();
        let expected = "j.csv line 3 column 4: no provider is given; fill the cell, or delete the line [empty-cell]\n\
             j.csv line 4 column 3: 1 of north, 2013 is judged twice: on line 2 already; keep one of the lines [duplicate-reference]";
        assert_eq!(message, expected);
        let message = read("period,standard,rating,because\n2013,1,good,a\n").unwrap_err();
        assert!(message.contains("add the column provider"), "{message}");
    }
}
