//! `progress`.

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::{ProgressRow, show_progress};
use crate::model::Problems;
use crate::report::{Cell, Column, Kind, Report, Row, Table, Value};

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  caseaudit progress\n  caseaudit progress --by ldu")]
pub(super) struct Args {
    /// Also by the values of this case information
    #[arg(long, value_name = "ATTRIBUTE")]
    by: Option<String>,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let (store, inspection) = workplace.look()?;
    let progress = show_progress(&store, &inspection, args.by.as_deref())?;
    if progress.total
        == (ProgressRow {
            name: progress.total.name.clone(),
            ..ProgressRow::default()
        })
    {
        workplace
            .output
            .message("no cases yet: caseaudit import cases FILE");
        return Ok(());
    }
    let has_second = progress.has_second;
    let mut samples = progress.samples;
    samples.push(progress.total);
    let mut tables = vec![
        table(
            "progress-by-sample",
            "Progress by sample",
            ("sample", "Sample"),
            &samples,
            has_second,
        ),
        table(
            "progress-by-assessor",
            "Progress by assessor",
            ("assessor", "Assessor"),
            &progress.assessors,
            has_second,
        ),
    ];
    if let Some((attribute, rows)) = &progress.units {
        tables.push(table(
            "progress-by-group",
            &format!("Progress by {attribute}"),
            ("group", "Group"),
            rows,
            has_second,
        ));
    }
    let title = format!("Progress of {}", inspection.name);
    workplace.output.report(&Report {
        title,
        tables,
        ..Report::default()
    })
}

fn table(
    id: &str,
    title: &str,
    (column, header): (&'static str, &'static str),
    rows: &[ProgressRow],
    has_second: bool,
) -> Table {
    let rows = rows.iter().map(|row| {
        let name = if row.name.is_empty() {
            "(none)"
        } else {
            &row.name
        };
        let counts = [
            row.cases(),
            row.untouched,
            row.in_hand,
            row.submitted,
            row.withdrawn,
        ];
        let second = has_second.then_some(row.second_assessed);
        let counts = counts
            .into_iter()
            .chain(second)
            .map(|count| Value::Count(count).into());
        Row::new(std::iter::once(Cell::text(name)).chain(counts).collect())
    });
    let mut columns = vec![
        Column::new(column, header, Kind::Text),
        Column::new("cases", "Cases", Kind::Count),
        Column::new("untouched", "Untouched", Kind::Count),
        Column::new("in_hand", "In\u{a0}hand", Kind::Count),
        Column::new("submitted", "Submitted", Kind::Count),
        Column::new("withdrawn", "Withdrawn", Kind::Count),
    ];
    if has_second {
        columns.push(Column::new(
            "second_assessed",
            "Second-assessed",
            Kind::Count,
        ));
    }
    Table {
        id: id.to_owned(),
        title: title.to_owned(),
        units: format!(
            "Number of cases; those withdrawn stand in {} only",
            if has_second {
                "their own column"
            } else {
                "the last column"
            }
        ),
        columns,
        rows: rows.collect(),
        ..Table::default()
    }
}
