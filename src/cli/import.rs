//! `import cases | answers | judgements`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::{Args, Subcommand};

use super::output::Output;
use super::workplace::Workplace;
use crate::casework::{
    Encoding, Imported, Options, import_answers, import_cases, import_judgements,
};
use crate::model::Problems;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Cases: `reference,sample[,assessor],<case information…>`
    #[command(after_help = "Example:\n  caseaudit import cases cases.csv")]
    Cases(FileArgs),
    /// Answers: `reference,question,answer[,note]`, or wide: `reference,2.1.1,2.1.1a,…`
    #[command(
        after_help = "Examples:\n  caseaudit import answers answers.csv --submit\n  caseaudit import answers answers.xlsx"
    )]
    Answers {
        #[command(flatten)]
        file: FileArgs,
        /// Submit the assessments that are complete
        #[arg(long)]
        submit: bool,
    },
    /// Judgements: `standard,rating,because`
    #[command(after_help = "Example:\n  caseaudit import judgements judgements.csv")]
    Judgements(FileArgs),
}

#[derive(Debug, Args)]
pub(super) struct FileArgs {
    /// A csv, xlsx or ods file
    file: PathBuf,
    /// The sheet of a workbook [default: the first]
    #[arg(long)]
    sheet: Option<String>,
    /// How a csv file without byte-order mark is encoded
    #[arg(long, default_value = "utf-8", value_parser = encoding)]
    encoding: Encoding,
}

fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::parse(name).ok_or_else(|| "known are utf-8 and windows-1252".to_owned())
}

pub(super) fn run(workplace: &Workplace<'_>, command: Command) -> Result<(), Problems> {
    let (mut store, inspection, mut desk) = workplace.work()?;
    match command {
        Command::Cases(args) => {
            let imported = with_progress(workplace.output, &args, |options| {
                import_cases(&mut store, &mut desk, &inspection, &args.file, options)
            })?;
            say(workplace.output, &args.file, &imported, "cases");
        }
        Command::Answers { file, submit } => {
            let imported = with_progress(workplace.output, &file, |options| {
                import_answers(&mut store, &desk, &inspection, &file.file, options, submit)
            })?;
            say(workplace.output, &file.file, &imported, "assessments");
        }
        Command::Judgements(args) => {
            let imported = with_progress(workplace.output, &args, |options| {
                import_judgements(&mut store, &desk, &inspection, &args.file, options)
            })?;
            say(workplace.output, &args.file, &imported, "judgements");
        }
    }
    Ok(())
}

/// Runs an import while a progress bar follows the bytes that it has read.
fn with_progress<T>(output: &Output, args: &FileArgs, import: impl FnOnce(&Options<'_>) -> T) -> T {
    let read = AtomicU64::new(0);
    let size = std::fs::metadata(&args.file).map_or(0, |file| file.len());
    let options = Options {
        encoding: args.encoding,
        sheet: args.sheet.as_deref(),
        content: None,
        progress: Some(&read),
    };
    let bar = output.progress("reading", size, true);
    if bar.is_hidden() {
        return import(&options);
    }
    let (done, ended) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let (bar, read) = (&bar, &read);
        scope.spawn(move || {
            while ended
                .recv_timeout(Duration::from_millis(100))
                .is_err_and(|error| error == std::sync::mpsc::RecvTimeoutError::Timeout)
            {
                let position = read.load(Ordering::Relaxed);
                bar.set_position(position);
                if position >= size {
                    bar.set_message("storing");
                }
            }
            bar.finish_and_clear();
        });
        let imported = import(&options);
        drop(done);
        imported
    })
}

fn say(output: &Output, file: &Path, imported: &Imported, things: &str) {
    let mut parts = Vec::new();
    let mut part = |count: usize, words: &str| {
        if count > 0 {
            parts.push(format!("{count} {words}"));
        }
    };
    part(imported.added, "added");
    part(imported.changed, "changed");
    part(imported.unchanged, "unchanged");
    let plural = |count: usize, one, several| if count == 1 { one } else { several };
    part(
        imported.answers_count,
        plural(imported.answers_count, "answer", "answers"),
    );
    part(
        imported.notes_count,
        plural(imported.notes_count, "note", "notes"),
    );
    part(imported.submitted, "submitted");
    let parts = if parts.is_empty() {
        "nothing in it is new".to_owned()
    } else {
        parts.join(", ")
    };
    output.message(&format!("{}: {things}: {parts}", file.display()));
    for (reference, number) in &imported.parked {
        output.message(&format!(
            "{reference}: {number} no longer applies; its answer is parked"
        ));
    }
    if !imported.obstacles.0.is_empty() {
        output.message(&format!(
            "{} not submitted, because something is missing:",
            imported.left_in_hand().len()
        ));
        for problem in &imported.obstacles.0 {
            output.message(&format!("  {problem}"));
        }
    }
}
