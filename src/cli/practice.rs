//! `example` and `examples`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::{Example, Mark, list_examples, mark_example};
use crate::model::{Practice, Problems};
use crate::report::{Cell, Column, Kind, Report, Row, Table};

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit example CS-001 2.1.2 --effective
  caseaudit example CS-002 2.1.2 --poor --standard 2.2 --note \"The risk was known and not acted on\"
  caseaudit example CS-001 2.1.2 --clear")]
#[command(group = clap::ArgGroup::new("what").required(true).args(["effective", "poor", "clear"]))]
pub(super) struct ExampleArgs {
    /// Reference of the case
    reference: String,
    /// Number of the question whose note it is
    question: String,
    /// An example of effective practice
    #[arg(long)]
    effective: bool,
    /// An example of poor practice
    #[arg(long)]
    poor: bool,
    /// No example any more
    #[arg(long)]
    clear: bool,
    /// The standard that it belongs to [default: that of the question]
    #[arg(long, value_name = "N", conflicts_with = "clear")]
    standard: Option<String>,
    /// The note, where there is none yet, or another one
    #[arg(long, value_name = "TEXT", conflicts_with = "clear")]
    note: Option<String>,
}

pub(super) fn mark(workplace: &Workplace<'_>, args: &ExampleArgs) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let mark = Mark {
        practice: practice(args.effective, args.poor),
        standard: args.standard.as_deref(),
        note: args.note.as_deref(),
    };
    let (reference, question) = (args.reference.as_str(), args.question.as_str());
    let at = (reference, question);
    let changed = mark_example(&mut store, &desk, &inspection, at, mark)?;
    workplace.output.message(&match (changed, mark.practice) {
        (false, _) => "nothing new: it is so already".to_owned(),
        (true, Some(practice)) => format!(
            "the note on {question} of {reference} is an example of {} practice",
            practice.word()
        ),
        (true, None) => format!("the note on {question} of {reference} is no example any more"),
    });
    Ok(())
}

fn practice(effective: bool, poor: bool) -> Option<Practice> {
    match (effective, poor) {
        (true, _) => Some(Practice::Effective),
        (_, true) => Some(Practice::Poor),
        _ => None,
    }
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  caseaudit examples\n  caseaudit examples --standard 2.1 --effective --out examples.md"
)]
pub(super) struct Args {
    /// Only those of this standard
    #[arg(long, value_name = "N")]
    standard: Option<String>,
    /// Only effective practice
    #[arg(long, conflicts_with = "poor")]
    effective: bool,
    /// Only poor practice
    #[arg(long)]
    poor: bool,
    /// Write to this file; its ending (.docx, .html, .ods, .xlsx, .md, .csv, .json, .txt) says the format unless --format does
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let (store, inspection) = workplace.look()?;
    let (viewer, standard) = (workplace.who(), args.standard.as_deref());
    let practice = practice(args.effective, args.poor);
    let examples = list_examples(&store, &inspection, &viewer, standard, practice)?;
    if examples.is_empty() {
        workplace.output.message(
            "no such examples yet; mark a note: caseaudit example REF QUESTION --effective, or --poor",
        );
        return Ok(());
    }
    let mut table = Table {
        id: "examples".to_owned(),
        title: "Examples of practice".to_owned(),
        scope: inspection.name.clone(),
        columns: vec![
            Column::new("standard", "Standard", Kind::Code),
            Column::new("title", "Title", Kind::Text),
            Column::new("practice", "Practice", Kind::Text),
            Column::new("case", "Case", Kind::Code),
            Column::new("question", "Question", Kind::Code),
            Column::new("note", "Note", Kind::Text),
        ],
        ..Table::default()
    };
    for example in examples {
        let row = row(&mut table, example);
        table.rows.push(row);
    }
    let report = Report {
        tables: vec![table],
        ..Report::default()
    };
    workplace.give(&report, args.out.as_deref())
}

fn row(table: &mut Table, example: Example) -> Row {
    let (number, title) = example.standard;
    let mut case = Cell::text(example.reference);
    if !example.is_submitted {
        case.notes
            .push(table.note("The assessment is not submitted yet"));
    }
    let note = match example.note {
        Some(note) => Cell::text(note),
        None => Cell::text("hidden").with_notes(vec![
            table.note("Hidden from you until both assessments of the case are submitted"),
        ]),
    };
    let practice = Cell::text(example.practice.word());
    let question = Cell::text(example.question);
    Row::new(vec![
        Cell::text(number),
        Cell::text(title),
        practice,
        case,
        question,
        note,
    ])
}
