//! `import cases | answers | measures | judgements`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::{Args, Subcommand};

use super::interest::find_to_reassign;
use super::output::Output;
use super::record::RoleArgs;
use super::workplace::Workplace;
use crate::casework::{
    Access, Desk, Encoding, Imported, ImportedRound, Options, Round, Store, import_answers,
    import_cases, import_judgements, import_measures,
};
use crate::model::Problems;

/// So many of the inspections that an import opened are named, and so many of its doubts.
const OPENED_SHOWN: usize = 3;
const DOUBTS_SHOWN: usize = 10;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Command {
    /// Cases: `reference,sample[,assessor],<case information…>`
    #[command(after_help = "Example:\n  caseaudit import cases cases.csv")]
    Cases(FileArgs),
    /// Answers: `reference,question,answer[,note]`, or wide: `reference,2.1.1,2.1.1a,…`
    #[command(
        after_help = "Examples:\n  caseaudit import answers answers.csv --submit\n  caseaudit import answers answers.xlsx\n  caseaudit import answers mine.csv --exercise --submit --as INSP-12"
    )]
    Answers {
        #[command(flatten)]
        file: FileArgs,
        /// Submit the assessments that are complete
        #[arg(long)]
        submit: bool,
        #[command(flatten)]
        role: RoleArgs,
    },
    /// Measures: `provider,measure,period,value[,target][,national][,previous][,observations][,mark]`
    #[command(
        after_help = "Example:\n  caseaudit import measures measures.csv --programme \"Scorecard 2023/24\" --framework probation-scorecard-2023-24 --national \"England and Wales\"\n\nA provider and period without an inspection in the programme gets one."
    )]
    Measures {
        #[command(flatten)]
        file: FileArgs,
        #[command(flatten)]
        round: RoundArgs,
    },
    /// Judgements: `standard,rating,because`, for many inspections with `provider,period` before them
    #[command(
        after_help = "Examples:\n  caseaudit import judgements judgements.csv\n  caseaudit import judgements trusts.csv --programme \"Trust ratings\" --framework ptrs-2013-14"
    )]
    Judgements {
        #[command(flatten)]
        file: FileArgs,
        #[command(flatten)]
        round: RoundArgs,
    },
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

#[derive(Debug, Args)]
pub(super) struct RoundArgs {
    /// The programme that the providers of the file belong to [default: the only one, or that of the inspection]
    #[arg(long, value_name = "NAME")]
    programme: Option<String>,
    /// Id of the framework for inspections that are still to be opened [default: that of the programme]
    #[arg(long, value_name = "ID")]
    framework: Option<String>,
    /// The provider whose figures are those of the whole nation: shown beside the others, never counted among them
    #[arg(long, value_name = "PROVIDER")]
    national: Option<String>,
}

impl FileArgs {
    /// Where the file is.
    pub(super) fn path(&self) -> &Path {
        &self.file
    }
}

fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::parse(name).ok_or_else(|| "known are utf-8 and windows-1252".to_owned())
}

pub(super) fn run(workplace: &Workplace<'_>, command: Command) -> Result<(), Problems> {
    match command {
        Command::Cases(args) => {
            let (mut store, inspection, mut desk) = workplace.work()?;
            let imported = with_progress(workplace.output, &args, |options| {
                import_cases(&mut store, &mut desk, &inspection, &args.file, options)
            })?;
            say(workplace.output, &args.file, &imported, "cases");
            find_to_reassign(workplace.output, (&store, &inspection), None)?;
        }
        Command::Answers { file, submit, role } => {
            let (mut store, inspection, desk) = workplace.work()?;
            let imported = with_progress(workplace.output, &file, |options| {
                let (path, role) = (&file.file, role.role());
                import_answers(&mut store, &desk, &inspection, path, options, role, submit)
            })?;
            say(workplace.output, &file.file, &imported, "assessments");
        }
        Command::Measures { file, round } => {
            let imported = import_round(workplace, &file, &round, import_measures)?;
            let recorded = format!(
                "{} of {}",
                count_of(imported.recorded, "figure"),
                count_of(imported.kinds_count, "measure")
            );
            say_round(workplace.output, &file.file, &imported, &recorded);
        }
        Command::Judgements { file, round } => {
            let imported = import_round(workplace, &file, &round, import_judgements)?;
            let recorded = count_of(imported.recorded, "judgement");
            say_round(workplace.output, &file.file, &imported, &recorded);
        }
    }
    Ok(())
}

/// Runs an import that finds its inspections itself.
fn import_round(
    workplace: &Workplace<'_>,
    file: &FileArgs,
    round: &RoundArgs,
    import: impl FnOnce(
        &mut Store,
        &mut Desk,
        &Path,
        &Options<'_>,
        &Round<'_>,
    ) -> Result<ImportedRound, Problems>,
) -> Result<ImportedRound, Problems> {
    let mut desk = workplace.desk()?;
    let mut store = workplace.open(Access::Write)?;
    let inspection = workplace.global_inspection();
    let round = Round {
        programme: round.programme.as_deref(),
        framework: round.framework.as_deref(),
        national: round.national.as_deref(),
        inspection: inspection.as_deref(),
    };
    with_progress(workplace.output, file, |options| {
        import(&mut store, &mut desk, &file.file, options, &round)
    })
}

/// Runs an import while a progress bar follows the bytes that it has read.
pub(super) fn with_progress<T>(
    output: &Output,
    args: &FileArgs,
    import: impl FnOnce(&Options<'_>) -> T,
) -> T {
    output.say_when_stopped(
        "stopped: a file is stored whole or not at all; to be sure, give the same command again",
    );
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
    let counts = [
        (imported.answers_count, "answer"),
        (imported.notes_count, "note"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    parts.extend(counts.map(|(count, one)| count_of(*count, one)));
    if imported.submitted > 0 {
        parts.push(format!("{} submitted", imported.submitted));
    }
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

/// `1 measure`, `26 measures`.
fn count_of(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// What an import for many providers did; `recorded` says what was recorded, in words.
fn say_round(output: &Output, file: &Path, imported: &ImportedRound, recorded: &str) {
    let file = file.display();
    if imported.recorded == 0 {
        output.message(&format!("{file}: nothing changed"));
        return;
    }
    let mut summary = format!("{file}: recorded {recorded}");
    for (words, count, one) in [
        ("for", imported.providers_count, "provider"),
        ("in", imported.periods_count, "period"),
    ] {
        if count > 0 {
            summary.push_str(&format!(" {words} {}", count_of(count, one)));
        }
    }
    if imported.unchanged > 0 {
        let rows = count_of(imported.unchanged, "row");
        summary.push_str(&format!("; {rows} unchanged"));
    }
    if let Some(opened) = opened(imported) {
        summary.push_str(&format!("; {opened}"));
    }
    output.message(&summary);
    if imported.looks_like_fractions {
        output.message(
            "note: no value in percent is above 1; 71.2% is written 71.2 or 71.2%, not 0.712",
        );
    }
    say_doubts(output, &imported.doubts);
}

/// `opened 5 inspections: North 2023-24, South 2023-24, East 2023-24 and 2 more`.
fn opened(imported: &ImportedRound) -> Option<String> {
    let (shown, more) = imported
        .opened
        .split_at(imported.opened.len().min(OPENED_SHOWN));
    let more = match more.len() {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    (!shown.is_empty()).then(|| {
        let count = count_of(imported.opened.len(), "inspection");
        format!("opened {count}: {}{more}", shown.join(", "))
    })
}

fn say_doubts(output: &Output, doubts: &[String]) {
    let (shown, more) = doubts.split_at(doubts.len().min(DOUBTS_SHOWN));
    for doubt in shown {
        output.message(&format!("note: {doubt}"));
    }
    if !more.is_empty() {
        output.message(&format!("note: {} more of this kind", more.len()));
    }
}
