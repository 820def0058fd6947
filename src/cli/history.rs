//! `history`.

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::show_history;
use crate::model::Problems;
use crate::report::{Cell, Column, Kind, Report, Row, Table, shown_time};

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  caseaudit history\n  caseaudit history CS-001\n  caseaudit history CS-001 --format json"
)]
pub(super) struct Args {
    /// Only this case, with every answer and note
    reference: Option<String>,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let (store, inspection) = workplace.look()?;
    let lines = show_history(
        &store,
        &inspection,
        &workplace.who(),
        args.reference.as_deref(),
    )?;
    let rows = lines.into_iter().map(|line| {
        // Twelve digits tell the entries of a file apart and can be read out.
        let entry = line.entry.chars().take(12).collect::<String>();
        let at = shown_time(&line.at);
        let who = format!("{} on {}", line.who, line.device);
        let texts = [at, who, line.what, line.because, entry];
        Row::new(texts.into_iter().map(Cell::text).collect())
    });
    let of = args.reference.as_deref().unwrap_or(&inspection.name);
    let table = Table {
        id: "history".to_owned(),
        title: format!("History of {of}"),
        units: "Times are UTC".to_owned(),
        columns: vec![
            Column::new("at", "When", Kind::Code),
            Column::new("who", "Who", Kind::Text),
            Column::new("what", "What", Kind::Text),
            Column::new("because", "Why", Kind::Text),
            Column::new("entry", "Entry", Kind::Code),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    workplace.output.report(&Report {
        tables: vec![table],
        ..Report::default()
    })
}
