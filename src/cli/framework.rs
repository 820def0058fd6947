//! `framework list | show | check | add`.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::workplace::Workplace;
use crate::casework::{
    Access, Framework, FrameworkOrigin, Store, add_framework, check_framework, find_framework,
    list_frameworks, render_problems,
};
use crate::model::{Code, Place, Problem, Problems};
use crate::report::{self, Cell, Column, Kind, Report, Row, Table};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Command {
    /// The frameworks that can be used: those built in, and those added to the database
    #[command(after_help = "Example:\n  caseaudit framework list")]
    List,
    /// Everything that a framework says
    #[command(
        after_help = "Examples:\n  caseaudit framework show hmip-nps-2018\n  caseaudit framework show hmip-nps-2018 --text > mine.toml"
    )]
    Show {
        /// Its id
        id: String,
        /// Print the framework file itself, to start your own from
        #[arg(long)]
        text: bool,
    },
    /// Check a framework file: every problem at once, with its place and remedy
    #[command(after_help = "Example:\n  caseaudit framework check mine.toml")]
    Check {
        /// The framework file
        file: PathBuf,
    },
    /// Add a framework file to the database, so that inspections can be opened under it
    #[command(after_help = "Example:\n  caseaudit framework add mine.toml")]
    Add {
        /// The framework file
        file: PathBuf,
    },
}

pub(super) fn run(workplace: &Workplace<'_>, command: Command) -> Result<(), Problems> {
    match command {
        Command::List => list(workplace),
        Command::Show { id, text } => {
            let store = workplace.open_if_there()?;
            let (source, framework) = find_framework(store.as_ref(), &id)?;
            if text {
                return workplace.output.text(&source);
            }
            workplace
                .output
                .report(&report::framework_report(&framework))
        }
        Command::Check { file } => {
            let store = workplace.open_if_there()?;
            let (framework, doubts) = read(workplace, store.as_ref(), &file)?;
            say_doubts(workplace, &doubts);
            let questions: usize = framework
                .samples
                .iter()
                .map(|sample| sample.questions.questions.len())
                .sum();
            let counted = [
                (framework.standards.len(), "standard"),
                (framework.samples.len(), "sample"),
                (questions, "question"),
                (framework.measures.len(), "measure"),
            ];
            let counted = counted
                .iter()
                .filter(|(count, kind)| *count > 0 || *kind != "measure")
                .map(|(count, kind)| {
                    format!("{count} {kind}{}", if *count == 1 { "" } else { "s" })
                })
                .collect::<Vec<String>>();
            workplace.output.text(&format!(
                "{}: no problems: {}\n",
                file.display(),
                counted.join(", "),
            ))
        }
        Command::Add { file } => {
            let desk = workplace.desk()?;
            let mut store = workplace.open(Access::Write)?;
            read(workplace, Some(&store), &file)?;
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let added = add_framework(&mut store, &desk, &read_text(&file)?, &name)?;
            let framework = &added.framework;
            let named = format!("{}: {}", framework.id, framework.title);
            workplace.output.message(&if added.is_new {
                format!("added {named}")
            } else {
                format!("{named} is there already, with this very text")
            });
            say_doubts(workplace, &added.doubts);
            Ok(())
        }
    }
}

fn say_doubts(workplace: &Workplace<'_>, doubts: &[String]) {
    for doubt in doubts {
        workplace.output.message(&format!("note: {doubt}"));
    }
}

fn list(workplace: &Workplace<'_>) -> Result<(), Problems> {
    let store = workplace.open_if_there()?;
    let listed = list_frameworks(store.as_ref())?;
    let rows = listed.iter().map(|listed| {
        let origin = match listed.origin {
            FrameworkOrigin::BuiltIn => "built in",
            FrameworkOrigin::Added => "added",
        };
        let framework = &listed.framework;
        let texts = [&framework.id, &framework.edition, &framework.title, origin];
        Row::new(texts.into_iter().map(Cell::text).collect())
    });
    let table = Table {
        id: "frameworks".to_owned(),
        title: "Frameworks".to_owned(),
        columns: vec![
            Column::new("id", "Id", Kind::Code),
            Column::new("edition", "Edition", Kind::Code),
            Column::new("title", "Title", Kind::Text),
            Column::new("origin", "Origin", Kind::Code),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    workplace.output.report(&Report {
        tables: vec![table],
        ..Report::default()
    })
}

/// A checked framework, and what could not be checked; its problems are printed under the lines that they are about.
fn read(
    workplace: &Workplace<'_>,
    store: Option<&Store>,
    file: &Path,
) -> Result<(Framework, Vec<String>), Problems> {
    let text = read_text(file)?;
    let name = file.display().to_string();
    check_framework(store, &text, &name).map_err(|problems| {
        let rendered = render_problems(&text, &name, &problems, workplace.output.colors_messages());
        workplace.output.explanation(&rendered);
        let count = problems.0.len();
        let what = format!("{count} problem{} found", if count == 1 { "" } else { "s" });
        let code = problems
            .0
            .first()
            .map_or(Code::NotToml, |problem| problem.code);
        Problem::new(code, what, "mend the file, then check it again")
            .at(Place::of(name.as_str()))
            .into()
    })
}

fn read_text(file: &Path) -> Result<String, Problems> {
    let place = || Place::of(file.display().to_string());
    let bytes = std::fs::read(file).map_err(|error| {
        let what = format!("it cannot be read: {error}");
        Problem::new(
            Code::UnreadableFile,
            what,
            "check the name and the permissions",
        )
        .at(place())
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let before = error
            .as_bytes()
            .get(..error.utf8_error().valid_up_to())
            .unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
        let what = "it is not UTF-8 text";
        Problem::new(Code::NotUtf8, what, "save it as UTF-8")
            .at(place().line(line))
            .into()
    })
}
