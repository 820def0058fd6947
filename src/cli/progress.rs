//! `progress`.

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::{ProgressRow, conflicts_notice, show_progress};
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
    if let Some(notice) = conflicts_notice(&store, &inspection)? {
        workplace.output.message(&format!("note: {notice}"));
    }
    let mut samples = progress.samples;
    samples.push(progress.total);
    let mut tables = vec![
        table(
            "progress-by-sample",
            "Progress by sample",
            ("sample", "Sample"),
            &samples,
        ),
        table(
            "progress-by-assessor",
            "Progress by assessor",
            ("assessor", "Assessor"),
            &progress.assessors,
        ),
    ];
    if let Some((attribute, rows)) = &progress.units {
        tables.push(table(
            "progress-by-group",
            &format!("Progress by {attribute}"),
            ("group", "Group"),
            rows,
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
        let counts = counts.into_iter().map(|count| Value::Count(count).into());
        Row::new(std::iter::once(Cell::text(name)).chain(counts).collect())
    });
    Table {
        id: id.to_owned(),
        title: title.to_owned(),
        units: "Number of cases; those withdrawn stand in the last column only".to_owned(),
        columns: vec![
            Column::new(column, header, Kind::Text),
            Column::new("cases", "Cases", Kind::Count),
            Column::new("untouched", "Untouched", Kind::Count),
            Column::new("in_hand", "In\u{a0}hand", Kind::Count),
            Column::new("submitted", "Submitted", Kind::Count),
            Column::new("withdrawn", "Withdrawn", Kind::Count),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}
