//! Reads a file of measures: `provider,measure,period,value[,target][,national][,previous][,observations][,mark]`.
//!
//! Must not know which measures and providers there are: whoever records them checks that.

use std::path::Path;

use super::distinct_rows::{DistinctRow, NamedRow, read_distinct_rows};
use super::figures::{read_count, read_figure, read_marks, read_value};
use super::gather::{Gather, Reading};
use super::named_columns::{Form, NamedColumns};
use super::row_problems::missing;
use super::source::{Options, Source};
use super::values::shown;
use crate::model::{Code, Measurement, Problem, Problems};

/// What a file of measures says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeasureFile {
    /// Its rows, in file order.
    pub rows: Vec<MeasureRow>,
    /// Where its columns are.
    pub columns: MeasureColumns,
}

/// What a file says of one measure of one provider and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureRow {
    /// Its line, from 1.
    pub line: u64,
    /// The provider.
    pub provider: String,
    /// The id of the measure, as it was written.
    pub measure: String,
    /// The period.
    pub period: String,
    /// The figures.
    pub measurement: Measurement,
}

/// Where the columns of a file of measures are, each from 1, and which of those that may be left out it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MeasureColumns {
    /// The column of the provider.
    pub provider: u64,
    /// The column of the measure.
    pub measure: u64,
    /// The column of the period.
    pub period: u64,
    /// The column of the value.
    pub value: u64,
    /// Whether there is a column of targets.
    pub has_target: bool,
    /// Whether there is a column of national figures.
    pub has_national: bool,
    /// Whether there is a column of the figures of the period before.
    pub has_previous: bool,
    /// Whether there is a column of observations.
    pub has_observations: bool,
}

impl MeasureColumns {
    /// What is to be recorded when a row of such a file says `said` and `known` is recorded already: a figure that the file
    /// has no column for stays as it is. An empty cell of a column that it has says that there is no such figure.
    #[must_use]
    pub fn complete(&self, said: &Measurement, known: &Measurement) -> Measurement {
        let or = |has, said, known| if has { said } else { known };
        Measurement {
            observations: if self.has_observations {
                said.observations
            } else {
                known.observations
            },
            target: or(self.has_target, said.target, known.target),
            national: or(self.has_national, said.national, known.national),
            previous: or(self.has_previous, said.previous, known.previous),
            ..said.clone()
        }
    }
}

const FORM: Form = Form {
    holds: "measures",
    names: &[
        "provider",
        "measure",
        "period",
        "value",
        "target",
        "national",
        "previous",
        "observations",
        "mark",
    ],
    required_count: 4,
    remedy: "start with the line provider,measure,period,value and, where there are such figures, target, national, previous, \
             observations and mark",
};

// Places of the names in the form.
const PROVIDER: usize = 0;
const MEASURE: usize = 1;
const PERIOD: usize = 2;
const VALUE: usize = 3;
const TARGET: usize = 4;
const NATIONAL: usize = 5;
const PREVIOUS: usize = 6;
const OBSERVATIONS: usize = 7;
const MARK: usize = 8;

/// Reads a file of measures.
///
/// # Errors
/// The file cannot be opened, or is empty; what is wrong with its header and its rows is kept in the [`Reading`].
pub fn read_measures(path: &Path, options: &Options<'_>) -> Result<Reading<MeasureFile>, Problems> {
    let source = Source::open(path, options)?;
    let file = source.file.clone();
    let mut problems = Gather::default();
    let mut says = MeasureFile::default();
    let Some(columns) = NamedColumns::read(&file, &source.header, &FORM, &mut problems) else {
        return Ok(Reading::new(&file, says, problems));
    };
    let number = |name| columns.number(name).unwrap_or(1);
    says.columns = MeasureColumns {
        provider: number(PROVIDER),
        measure: number(MEASURE),
        period: number(PERIOD),
        value: number(VALUE),
        has_target: columns.has(TARGET),
        has_national: columns.has(NATIONAL),
        has_previous: columns.has(PREVIOUS),
        has_observations: columns.has(OBSERVATIONS),
    };
    says.rows = read_distinct_rows(source, &columns, says.columns.measure, &mut problems)?;
    Ok(Reading::new(&file, says, problems))
}

impl DistinctRow for MeasureRow {
    fn read(row: &NamedRow<'_>, problems: &mut Gather) -> Option<MeasureRow> {
        let mut is_whole = true;
        for (name, what, remedy) in [
            (PROVIDER, "provider", "say whose figure it is"),
            (MEASURE, "measure", "give its id, as the framework has it"),
            (
                PERIOD,
                "period",
                "say of which period it is, such as 2023/24",
            ),
        ] {
            if row.cell(name).is_empty() {
                row.report(name, missing(what, remedy), problems);
                is_whole = false;
            }
        }
        let mut wrong = Vec::new();
        let measurement = read_figures(|name| row.cell(name), &mut wrong);
        // Of a row with wrong figures it can be said all the same whether its provider and measure are known.
        for (name, problem) in wrong {
            row.report(name, problem, problems);
        }
        is_whole.then(|| MeasureRow {
            line: row.line,
            provider: row.cell(PROVIDER).to_owned(),
            measure: row.cell(MEASURE).to_owned(),
            period: row.cell(PERIOD).to_owned(),
            measurement,
        })
    }

    fn about(&self) -> [&str; 3] {
        [&self.provider, &self.measure, &self.period]
    }

    fn doubled(&self, first: u64) -> Problem {
        let [provider, measure, period] =
            [&self.provider, &self.measure, &self.period].map(|text| shown(text));
        let what = format!(
            "{measure} of {provider}, {period} stands a second time, first on line {first}"
        );
        Problem::new(Code::DuplicateReference, what, "leave one of the two out")
    }
}

/// Reads the figures of a row; what is wrong comes with the column it stands in.
fn read_figures<'r>(
    cell: impl Fn(usize) -> &'r str,
    wrong: &mut Vec<(usize, Problem)>,
) -> Measurement {
    let (value, in_cell) = keep(VALUE, read_value(cell(VALUE)), wrong);
    let marks = keep(MARK, read_marks(cell(MARK)), wrong).and(in_cell);
    if wrong.is_empty() {
        keep(MARK, marks.check(value.is_some()), wrong);
    }
    let mut figure = |name| keep(name, read_figure(cell(name)), wrong);
    let [target, national, previous] = [TARGET, NATIONAL, PREVIOUS].map(&mut figure);
    Measurement {
        value,
        provisional: marks.provisional,
        revised: marks.revised,
        unreliable: marks.unreliable,
        observations: keep(OBSERVATIONS, read_count(cell(OBSERVATIONS)), wrong),
        target,
        national,
        previous,
        taken_from: String::new(),
    }
}

/// What was read, or else nothing, and the problem among those of the row.
fn keep<T: Default>(name: usize, read: Result<T, Problem>, wrong: &mut Vec<(usize, Problem)>) -> T {
    read.unwrap_or_else(|problem| {
        wrong.push((name, problem));
        T::default()
    })
}

#[cfg(test)]
#[path = "measures_tests.rs"]
mod tests;
