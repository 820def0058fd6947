//! `progress`.

use clap::Args as ClapArgs;

use super::population::{count, lower_first};
use super::workplace::Workplace;
use crate::casework::{
    DrawnProgress, OldestUntouched, Progress, ProgressRow, conflicts_notice, oldest_untouched,
    show_drawn_progress, show_progress,
};
use crate::model::Problems;
use crate::report::{Bar, Cell, Column, Kind, Report, Row, Symbol, Table};

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
    let drawn = show_drawn_progress(&store, &inspection)?;
    let samples = [
        progress.samples.as_slice(),
        std::slice::from_ref(&progress.total),
    ]
    .concat();
    let tables = tables(&progress, &samples, &drawn);
    let oldest = oldest_untouched(&store, &inspection)?;
    workplace.output.report(&Report {
        title: format!("Progress of {}", inspection.name),
        notes: oldest.iter().map(words_of_oldest).collect(),
        tables,
        ..Report::default()
    })?;
    workplace
        .output
        .chart(&samples.iter().map(bar_of).collect::<Vec<Bar>>())
}

/// Columns that stand only where there is something to count.
#[derive(Clone, Copy)]
struct Optional {
    replaced: bool,
    second: bool,
}

fn tables(progress: &Progress, samples: &[ProgressRow], drawn: &DrawnProgress) -> Vec<Table> {
    let optional = Optional {
        replaced: !drawn.samples.is_empty(),
        second: progress.has_second,
    };
    let table = |id: &str,
                 title: &str,
                 group: (&'static str, &'static str),
                 rows: &[ProgressRow]| { table(id, title, group, rows, optional) };
    let mut tables = vec![table(
        "progress-by-sample",
        "Progress by sample",
        ("sample", "Sample"),
        samples,
    )];
    if optional.replaced {
        tables.push(drawn_table(drawn));
    }
    let of_stratum = ("stratum", "Stratum");
    tables.push(table(
        "progress-by-stratum",
        "Progress by stratum",
        of_stratum,
        &drawn.strata,
    ));
    let of_unit = ("unit", "Unit");
    let by_unit = format!("Progress by {}", lower_first(&drawn.unit_title));
    let is_asked = progress
        .units
        .as_ref()
        .is_some_and(|(title, _)| *title == drawn.unit_title);
    if !is_asked && !drawn.unit_title.is_empty() {
        tables.push(table("progress-by-unit", &by_unit, of_unit, &drawn.units));
    }
    tables.push(table(
        "progress-by-assessor",
        "Progress by assessor",
        ("assessor", "Assessor"),
        &progress.assessors,
    ));
    if let Some((attribute, rows)) = &progress.units {
        let title = format!("Progress by {attribute}");
        tables.push(table("progress-by-group", &title, ("group", "Group"), rows));
    }
    tables.retain(|table| !table.rows.is_empty());
    tables
}

fn words_of_oldest(oldest: &OldestUntouched) -> String {
    let assessor = match oldest.assessor.as_str() {
        "" => "assigned to nobody",
        assessor => &format!("assigned to {assessor}"),
    };
    let OldestUntouched {
        reference, since, ..
    } = oldest;
    format!("Oldest untouched case: {reference}, {assessor}, in the record since {since}.")
}

fn bar_of(row: &ProgressRow) -> Bar {
    Bar {
        name: row.name.clone(),
        submitted: row.submitted,
        in_hand: row.in_hand,
        cases: row.cases(),
    }
}

/// What is still needed of the drawn samples, and how exact they are today.
fn drawn_table(drawn: &DrawnProgress) -> Table {
    let rows = drawn.samples.iter().map(|sample| {
        let margin = match sample.margin {
            Some(margin) => Cell::figure(margin),
            None => Cell::missing(Symbol::NOT_APPLICABLE, "nothing is submitted yet"),
        };
        let counts = [
            sample.population,
            sample.size,
            sample.selected,
            sample.submitted,
            sample.still_needed,
        ];
        let before = std::iter::once(Cell::text(&sample.sample)).chain(counts.map(count));
        let after = [margin, count(sample.reserves)];
        Row::new(before.chain(after).collect())
    });
    let confidences = drawn
        .samples
        .iter()
        .map(|sample| sample.confidence.normalize().to_string());
    let confidences: Vec<String> = confidences.map(|percent| format!("{percent}%")).collect();
    Table {
        id: "progress-of-draws".to_owned(),
        title: "Drawn samples".to_owned(),
        units: format!(
            "Number of cases; the margin of error of the submitted cases in percentage points, at a confidence of {}",
            confidences.join(" and ")
        ),
        columns: vec![
            Column::new("sample", "Sample", Kind::Text),
            Column::new("population", "Population", Kind::Count),
            Column::new("size", "Size", Kind::Count),
            Column::new("selected", "Selected", Kind::Count),
            Column::new("submitted", "Submitted", Kind::Count),
            Column::new("still_needed", "Still needed", Kind::Count),
            Column::new("margin", "Margin today", Kind::Figure),
            Column::new("reserves", "Reserves left", Kind::Count),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

fn table(
    id: &str,
    title: &str,
    (column, header): (&'static str, &'static str),
    rows: &[ProgressRow],
    optional: Optional,
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
        let replaced = optional.replaced.then_some(row.replaced);
        let second = optional.second.then_some(row.second_assessed);
        let counts = counts.into_iter().chain(replaced).chain(second).map(count);
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
    let column = if optional.replaced || optional.second {
        "their own"
    } else {
        "the last"
    };
    let mut units = format!("Number of cases; those withdrawn stand in {column} column only");
    if optional.replaced {
        columns.push(Column::new("replaced", "Replaced", Kind::Count));
        units.push_str(", and once more, as replaced, those with a reserve in their place");
    }
    if optional.second {
        units.push_str("; second: whose second assessment is submitted");
        columns.push(Column::new("second_assessed", "Second", Kind::Count));
    }
    Table {
        id: id.to_owned(),
        title: title.to_owned(),
        units,
        columns,
        rows: rows.collect(),
        ..Table::default()
    }
}
