//! The command line: arguments in, results to stdout, messages and progress bars to stderr.
//!
//! One file a command. Must not hold rules of its own: it calls `casework` for what is done and `report` for what is shown.
//! Exit codes: 0 done, 1 failed or problems found, 2 wrong usage.

mod agree;
mod allocation;
mod annex;
mod assess;
mod case;
mod case_shown;
mod check;
mod compare;
mod demo;
mod export;
mod files;
mod format;
mod framework;
mod history;
mod import;
mod inspection;
mod inspection_shown;
mod interest;
mod judge;
mod measure;
mod merge;
mod moderate;
mod output;
mod population;
mod practice;
mod progress;
mod rate;
mod record;
mod redact;
mod sample;
mod sample_shown;
mod settle;
mod usage;
mod workplace;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::model::{Code, Problem, Problems};
use output::Output;
use workplace::{Global, Workplace};

/// Record, rate and publish audits of probation cases.
///
/// Everything is kept in one file on this machine (--db), and every change is kept in its history. `caseaudit demo` shows
/// the whole of it on a made-up inspection.
#[derive(Debug, Parser)]
#[command(
    name = "caseaudit",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
#[command(after_help = "Examples:
  caseaudit demo
  caseaudit init
  caseaudit inspection new \"North West 2018\" --framework hmip-nps-2018 --provider \"North West NPS\"
  caseaudit import cases cases.csv
  caseaudit assess CS-001
  caseaudit annex --format markdown --out annex.md")]
struct Cli {
    #[command(flatten, next_help_heading = "Options of every command")]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// All commands, in the order of the help. They stand in groups so that not all of them are described to understand one.
#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Preparing(Preparing),
    #[command(flatten)]
    Recording(Recording),
    #[command(flatten)]
    Reporting(Reporting),
    #[command(flatten)]
    Keeping(Keeping),
}

/// What an inspection starts with.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Preparing {
    /// Try it: a made-up inspection, recorded, rated and printed
    #[command(after_help = "Example:\n  caseaudit demo")]
    Demo,
    /// Create an empty database
    #[command(after_help = "Example:\n  caseaudit --db north-west.db init")]
    Init,
    /// Standards, questions and rating rules
    #[command(subcommand)]
    Framework(framework::Command),
    /// Open, list, show, correct, close and reopen inspections
    #[command(subcommand)]
    Inspection(inspection::Command),
    /// Take over and show the cases from which a sample is drawn
    #[command(subcommand)]
    Population(population::Command),
    /// Size, draw, show and take back samples
    #[command(subcommand)]
    Sample(sample::Command),
    /// Add, list, show, assign and replace cases
    #[command(subcommand)]
    Case(case::Command),
}

/// What is recorded of cases and of the whole.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Recording {
    /// Record answers and notes of one case, from scripts
    Record(record::Args),
    /// Assess one case question by question
    #[command(
        after_help = "Examples:\n  caseaudit assess CS-001\n  caseaudit assess CS-001 --second --as INSP-12\n\nEvery answer is stored at once: stop whenever you like, and go on later."
    )]
    Assess {
        /// Reference of the case
        reference: String,
        #[command(flatten)]
        role: record::RoleArgs,
    },
    /// Submit an assessment: it counts, and is locked
    Submit(record::SubmitArgs),
    /// Open a submitted assessment for changes
    Reopen(record::ReopenArgs),
    /// Take over files of cases, answers, measures and judgements
    #[command(subcommand)]
    Import(import::Command),
    /// Set the rating of a standard: a judged one, or by a panel's discretion
    Judge(judge::Args),
    /// Record one measure by hand, or take it back
    Measure(measure::Args),
    /// Propose another overall rating on further evidence, and decide on the proposal
    Moderate(moderate::Args),
}

/// What comes of it.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Reporting {
    /// How far the work is
    Progress(progress::Args),
    /// Ratings, each with its reason
    Rate(rate::Args),
    /// The tables of the published annex
    Annex(annex::Args),
    /// Check files that are to be published
    #[command(subcommand)]
    Export(export::Command),
    /// Two inspections, or the providers of a programme, side by side
    Compare(compare::Args),
    /// How far assessors agree, and where they differ
    Agree(agree::Args),
    /// Give the final answer where first and second assessment differ
    Resolve(agree::ResolveArgs),
    /// Mark a note as an example of effective or poor practice
    Example(practice::ExampleArgs),
    /// The examples of practice, for the report
    Examples(practice::Args),
}

/// The record itself, and the program.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Keeping {
    /// What was done, when, by whom and why
    History(history::Args),
    /// Verify the record: every hash and link, the state against the log, and the file itself
    Check(check::Args),
    /// Bring together what was recorded in other copies of this database
    Merge(merge::Args),
    /// List what goes apart after a merge, and settle it
    Settle(settle::Args),
    /// Remove the free text of an entry, such as a name in a note, from the whole file
    Redact(redact::Args),
    /// Copy the database to another file while it is in use
    #[command(after_help = "Example:\n  caseaudit backup north-west-2018-10-12.db")]
    Backup {
        /// The file to write; it must not exist yet
        file: std::path::PathBuf,
    },
    /// Print the completion script of a shell
    #[command(
        after_help = "Example:\n  caseaudit completions bash > ~/.local/share/bash-completion/completions/caseaudit"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Runs the program with the arguments it was started with.
#[must_use]
pub fn run() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let cli = match understand_alone(&typed).map_or_else(|| Cli::try_parse_from(&typed), Ok) {
        Ok(cli) => cli,
        Err(error) => {
            let error = usage::with_plain_usage(error, Cli::command());
            // Help and version are results; wrong usage is exit code 2. A closed pipe is nobody's failure.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let output = cli.global.output();
    match attempt(|| execute(cli.command, &cli.global, &output)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            output.problems(&problems);
            ExitCode::FAILURE
        }
    }
}

/// What was typed, by a description of no other command than the one that is named: to describe them all takes as long as to count an
/// inspection. `None` where that is not enough, as for help and for whatever is wrong: then the whole description has the word.
fn understand_alone(typed: &[OsString]) -> Option<Cli> {
    type Group = (fn(&str) -> bool, fn(clap::Command) -> clap::Command);
    const GROUPS: [Group; 4] = [
        (Preparing::has_subcommand, Preparing::augment_subcommands),
        (Recording::has_subcommand, Recording::augment_subcommands),
        (Reporting::has_subcommand, Reporting::augment_subcommands),
        (Keeping::has_subcommand, Keeping::augment_subcommands),
    ];
    let mut words = typed.iter().skip(1).filter_map(|word| word.to_str());
    let named = words.find_map(|word| {
        let (_, describe) = GROUPS.iter().find(|(has, _)| has(word))?;
        let group = describe(clap::Command::new("caseaudit"));
        group.find_subcommand(word).cloned()
    })?;
    let matches = Global::augment_args(clap::Command::new("caseaudit"))
        .subcommand(named)
        .subcommand_required(true)
        .try_get_matches_from(typed)
        .ok()?;
    Cli::from_arg_matches(&matches).ok()
}

/// A fault of the program itself, or of a library that reads a damaged file, is one message like any other.
fn attempt(work: impl FnOnce() -> Result<(), Problems>) -> Result<(), Problems> {
    std::panic::set_hook(Box::new(|_| {}));
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no word");
        let what = format!("the program itself failed: {said}");
        let remedy =
            "what was not finished is not stored; please report this with the command you gave";
        Err(Problem::new(Code::ProgramFailed, what, remedy).into())
    })
}

fn execute(command: Command, global: &Global, output: &Output) -> Result<(), Problems> {
    let workplace = Workplace { global, output };
    match command {
        Command::Preparing(command) => run_preparing(&workplace, command),
        Command::Recording(command) => run_recording(&workplace, command),
        Command::Reporting(command) => run_reporting(&workplace, command),
        Command::Keeping(command) => run_keeping(&workplace, command),
    }
}

fn run_preparing(workplace: &Workplace<'_>, command: Preparing) -> Result<(), Problems> {
    match command {
        Preparing::Demo => demo::run(workplace),
        Preparing::Init => workplace.init(),
        Preparing::Framework(command) => framework::run(workplace, command),
        Preparing::Inspection(command) => inspection::run(workplace, command),
        Preparing::Population(command) => population::run(workplace, command),
        Preparing::Sample(command) => sample::run(workplace, command),
        Preparing::Case(command) => case::run(workplace, command),
    }
}

fn run_recording(workplace: &Workplace<'_>, command: Recording) -> Result<(), Problems> {
    match command {
        Recording::Record(args) => record::run(workplace, &args),
        Recording::Assess { reference, role } => {
            let (mut store, inspection, desk) = workplace.work()?;
            let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
            assess::run_session(
                &mut store,
                &desk,
                &inspection,
                role.of(&reference),
                &mut input,
                &mut output,
            )
        }
        Recording::Submit(args) => record::submit(workplace, &args),
        Recording::Reopen(args) => record::reopen(workplace, &args),
        Recording::Import(command) => import::run(workplace, command),
        Recording::Judge(args) => judge::run(workplace, &args),
        Recording::Measure(args) => measure::run(workplace, &args),
        Recording::Moderate(args) => moderate::run(workplace, &args),
    }
}

fn run_reporting(workplace: &Workplace<'_>, command: Reporting) -> Result<(), Problems> {
    match command {
        Reporting::Progress(args) => progress::run(workplace, &args),
        Reporting::Rate(args) => rate::run(workplace, &args),
        Reporting::Annex(args) => annex::run(workplace, &args),
        Reporting::Export(command) => export::run(workplace, command),
        Reporting::Compare(args) => compare::run(workplace, &args),
        Reporting::Agree(args) => agree::run(workplace, &args),
        Reporting::Resolve(args) => agree::resolve(workplace, &args),
        Reporting::Example(args) => practice::mark(workplace, &args),
        Reporting::Examples(args) => practice::run(workplace, &args),
    }
}

fn run_keeping(workplace: &Workplace<'_>, command: Keeping) -> Result<(), Problems> {
    match command {
        Keeping::History(args) => history::run(workplace, &args),
        Keeping::Check(args) => check::run(workplace, &args),
        Keeping::Merge(args) => merge::run(workplace, &args),
        Keeping::Settle(args) => settle::run(workplace, &args),
        Keeping::Redact(args) => redact::run(workplace, &args),
        Keeping::Backup { file } => check::backup(workplace, &file),
        Keeping::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "caseaudit", &mut script);
            workplace.output.text(&String::from_utf8_lossy(&script))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_command_says_of_itself_is_what_the_list_of_commands_says() {
        let listed = Cli::command();
        let mut described = Cli::command();
        described.build();
        for (listed, described) in listed.get_subcommands().zip(described.get_subcommands()) {
            let about = listed.get_about().map(ToString::to_string);
            assert!(about.is_some(), "{}", listed.get_name());
            assert_eq!(about, described.get_about().map(ToString::to_string));
        }
    }

    #[test]
    fn a_fault_of_the_program_is_one_message_too() {
        let failed = attempt(|| panic!("index out of bounds"));
        // Other tests want to hear of their panics.
        drop(std::panic::take_hook());
        assert_eq!(
            failed.unwrap_err().to_string(),
            "the program itself failed: index out of bounds; what was not finished is not stored; \
             please report this with the command you gave [program-failed]"
        );
    }
}
