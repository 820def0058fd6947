//! `population import | show`.

use std::path::PathBuf;

use clap::Subcommand;

use super::import::{FileArgs, with_progress};
use super::workplace::Workplace;
use crate::casework::{
    GroupCounts, PopulationFile, PopulationImported, PopulationShown, import_population,
    show_populations,
};
use crate::model::{Problems, Share};
use crate::report::{Cell, Column, Kind, Missing, Report, Row, Symbol, Table, Value};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Command {
    /// Take over an extract of the case management system; names and dates of birth only serve to find doubles
    #[command(after_help = "Examples:
  caseaudit population import extract.csv --sample case-supervision
  caseaudit population import extract.xlsx --sample case-supervision --map columns.toml --check
  caseaudit population import extract.xlsx --sample case-supervision --map columns.toml

The map is a file of lines such as \"Date of birth\" = \"date_of_birth\"; it is kept, so the next import needs none.
A part [values.gender] with lines such as M = \"male\" says how the extract writes values.")]
    Import {
        #[command(flatten)]
        file: FileArgs,
        /// The sample that is to be drawn from it
        #[arg(long)]
        sample: String,
        /// A file that says which column of the extract holds what
        #[arg(long, value_name = "FILE")]
        map: Option<PathBuf>,
        /// Store nothing: say who would be eligible and what would be kept, with the first values
        #[arg(long)]
        check: bool,
    },
    /// Who is eligible, by stratum and unit, and why others are left out
    #[command(after_help = "Example:\n  caseaudit population show --by gender")]
    Show {
        /// Only this sample
        #[arg(long)]
        sample: Option<String>,
        /// Also by the values of this case information
        #[arg(long, value_name = "ATTRIBUTE")]
        by: Option<String>,
    },
}

pub(super) fn run(workplace: &Workplace<'_>, command: Command) -> Result<(), Problems> {
    match command {
        Command::Import {
            file,
            sample,
            map,
            check,
        } => {
            let (mut store, inspection, mut desk) = workplace.work()?;
            let imported = with_progress(workplace.output, &file, |options| {
                let file = PopulationFile {
                    path: file.path(),
                    map: map.as_deref(),
                    only_look: check,
                };
                import_population(&mut store, &mut desk, &inspection, &sample, file, options)
            })?;
            say(workplace, &file, &imported, check);
            Ok(())
        }
        Command::Show { sample, by } => {
            let (store, inspection) = workplace.look()?;
            let shown = show_populations(&store, &inspection, sample.as_deref(), by.as_deref())?;
            let title = format!("Population of {}", inspection.name);
            let several = shown.len() > 1;
            let tables = shown.iter().flat_map(|shown| tables(shown, several));
            workplace.output.report(&Report {
                title,
                tables: tables.collect(),
                ..Report::default()
            })
        }
    }
}

fn say(workplace: &Workplace<'_>, file: &FileArgs, imported: &PopulationImported, is_check: bool) {
    let say = |line: &str| workplace.output.message(line);
    let count = |number: u64| Cell::from(Value::Count(number)).shown();
    let known = match (imported.is_new, is_check) {
        (_, true) => "; nothing is stored",
        (true, _) => "",
        (false, _) => "; nothing in it is new",
    };
    say(&format!(
        "{}: {}: {} of {} rows are eligible{known}",
        file.path().display(),
        imported.sample,
        count(imported.cases_count),
        count(imported.rows_count)
    ));
    let exclusions = imported.exclusions.iter();
    for (reason, number) in exclusions.filter(|(_, number)| *number > 0) {
        say(&format!("left out: {}: {reason}", count(*number)));
    }
    for column in &imported.kept {
        say(&format!(
            "kept: {} as {}: {}",
            column.column,
            column.holds,
            column.values.join(", ")
        ));
    }
    if !imported.dropped.is_empty() {
        say(&format!(
            "columns not needed and not stored: {}",
            imported.dropped.join(", ")
        ));
    }
    for notice in &imported.notices {
        say(&format!("note: {notice}"));
    }
}

fn tables(shown: &PopulationShown, several: bool) -> Vec<Table> {
    let scope = if several {
        format!("Sample {}", shown.sample)
    } else {
        shown.sample.clone()
    };
    let id = |what: &str| format!("population-{}-{what}", shown.sample_id);
    let mut tables = Vec::new();
    let rows = shown.exclusions.iter();
    let left_out = rows.map(|(reason, number)| vec![Cell::text(reason), count(*number)]);
    let sum = |name: &str, number: u64| Row::leading(vec![Cell::text(name), count(number)]);
    let mut rows: Vec<Row> = vec![sum("Rows of the extract", shown.rows_count)];
    rows.extend(left_out.map(Row::new));
    rows.push(sum("Eligible", shown.cases_count));
    tables.push(Table {
        id: id("eligible"),
        title: "Who is eligible".to_owned(),
        scope: scope.clone(),
        columns: vec![
            Column::new("what", "Left out", Kind::Text),
            Column::new("cases", "Cases", Kind::Count),
        ],
        rows,
        ..Table::default()
    });
    for (place, counts) in shown.counts.iter().enumerate() {
        tables.push(counts_table(&id(&(place + 1).to_string()), &scope, counts));
    }
    if !shown.columns.is_empty() {
        let rows = shown.columns.iter();
        let rows = rows.map(|(name, holds)| Row::new(vec![Cell::text(name), Cell::text(holds)]));
        tables.push(Table {
            id: id("columns"),
            title: "Columns of the extract".to_owned(),
            scope,
            columns: vec![
                Column::new("column", "Column", Kind::Text),
                Column::new("holds", "Holds", Kind::Code),
            ],
            rows: rows.collect(),
            ..Table::default()
        });
    }
    tables
}

fn counts_table(id: &str, scope: &str, counts: &GroupCounts) -> Table {
    let all: u64 = counts.groups.iter().map(|(_, number)| number).sum();
    let rows = counts.groups.iter().map(|(name, number)| {
        let name = if name.is_empty() {
            "(not recorded)"
        } else {
            name
        };
        Row::new(vec![Cell::text(name), count(*number), share(*number, all)])
    });
    Table {
        id: id.to_owned(),
        title: format!("Population by {}", lower_first(&counts.by)),
        scope: scope.to_owned(),
        columns: vec![
            Column::new("group", "Group", Kind::Text),
            Column::new("cases", "Cases", Kind::Count),
            Column::new("share", "Share", Kind::Percent),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

pub(super) fn count(number: u64) -> Cell {
    Value::Count(number).into()
}

/// The part in whole percent of the whole, where there is one.
pub(super) fn share(part: u64, whole: u64) -> Cell {
    match Share::new(part, whole) {
        Some(share) => Value::Percent(share.percent()).into(),
        None => Value::Missing(Missing {
            symbol: Symbol::NOT_APPLICABLE,
            reason: "there are no cases".to_owned(),
        })
        .into(),
    }
}

/// `type of disposal` for `Type of disposal`, but `MAPPA level` as it is.
pub(super) fn lower_first(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            let rest = title.get(first.len_utf8()..).unwrap_or_default();
            format!("{}{rest}", first.to_lowercase())
        }
        _ => title.to_owned(),
    }
}
