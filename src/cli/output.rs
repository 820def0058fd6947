//! Where results and messages go: results to stdout or a file, messages to stderr.
//!
//! The only file that prints. Must not know what is printed.
#![allow(clippy::print_stderr)]

use std::io::{IsTerminal, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use super::files::{cannot_write, fill_folder, names_folder, write_file};
use super::format::Format;
use crate::model::{Code, Place, Problem, Problems};
use crate::report::{self, Bar, Report, ResultFile, TerminalOptions};

/// The exit code of a program that was stopped by SIGINT, as shells have it.
const STOPPED: i32 = 130;

/// Where and how a command prints.
pub(super) struct Output {
    pub(super) format: Format,
    /// The format that somebody chose, rather than leaving it to the ending of a file.
    chosen: Option<Format>,
    quiet: bool,
    color: bool,
}

impl Output {
    pub(super) fn new(chosen: Option<Format>, quiet: bool, no_color: bool) -> Output {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let wanted = std::io::stdout().is_terminal() || is_set("CLICOLOR_FORCE");
        let color = wanted && !no_color && !is_set("NO_COLOR");
        Output {
            format: chosen.unwrap_or(Format::Terminal),
            chosen,
            quiet,
            color,
        }
    }

    /// Whether messages on stderr may be coloured.
    pub(super) fn colors_messages(&self) -> bool {
        self.color && std::io::stderr().is_terminal()
    }

    fn terminal(&self) -> TerminalOptions {
        let columns = std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok());
        let width = terminal_size::terminal_size_of(std::io::stdout())
            .map(|(width, _)| width.0)
            .or(columns);
        TerminalOptions {
            width: width.or(Some(100)),
            color: self.color,
        }
    }

    /// Prints text as it is.
    pub(super) fn text(&self, text: &str) -> Result<(), Problems> {
        self.bytes(text.as_bytes())
    }

    fn bytes(&self, bytes: &[u8]) -> Result<(), Problems> {
        let mut stdout = std::io::stdout().lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            // Whoever reads has seen enough, as in `caseaudit annex | head`.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(cannot_write(Path::new("standard output"), &error)),
            Ok(()) => Ok(()),
        }
    }

    /// Prints lines, wrapped to the terminal.
    pub(super) fn lines(&self, lines: &[String]) -> Result<(), Problems> {
        self.text(&report::write_lines(lines, self.terminal()))
    }

    /// Prints a progress chart on a terminal; the other formats have its figures in their tables.
    pub(super) fn chart(&self, bars: &[Bar]) -> Result<(), Problems> {
        match self.format {
            Format::Terminal => self.text(&report::write_bars(bars, self.terminal())),
            _ => Ok(()),
        }
    }

    /// Prints a report in the chosen format.
    ///
    /// # Errors
    /// A format that no terminal can show, where the result would go to one.
    pub(super) fn report(&self, report: &Report) -> Result<(), Problems> {
        if !self.format.is_printable() && std::io::stdout().is_terminal() {
            let ending = self.format.ending();
            let what = format!("a terminal cannot show the format {ending}");
            let remedy = format!(
                "write it to a file: --out FILE.{ending}, or > FILE.{ending} behind the command"
            );
            return Err(Problem::new(Code::WrongValue, what, remedy).into());
        }
        self.bytes(&render(report, self.format, self.terminal())?)
    }

    /// Whether what is printed, or written to this file, has room for charts.
    pub(super) fn draws(&self, out: Option<&Path>) -> bool {
        let format = out.map_or(Ok(self.format), |path| Format::of_file(self.chosen, path));
        matches!(format, Ok(Format::Html | Format::Docx))
    }

    /// Writes a report to a file, whole or not at all, or as CSV to a folder.
    pub(super) fn report_to(&self, report: &Report, path: &Path) -> Result<(), Problems> {
        if names_folder(path) {
            if self.chosen != Some(Format::Csv) {
                return Err(is_folder(path, self.chosen));
            }
            return self.files_to(path, &report::write_csv_files(report)?);
        }
        let format = Format::of_file(self.chosen, path)?;
        let plain = TerminalOptions {
            width: Some(100),
            color: false,
        };
        write_file(path, &render(report, format, plain)?, format.kind())?;
        self.message(&format!("wrote {}", path.display()));
        Ok(())
    }

    /// Writes files into a folder of their own, in the place of those that an earlier run wrote there.
    pub(super) fn files_to(&self, folder: &Path, files: &[ResultFile]) -> Result<(), Problems> {
        let count = fill_folder(folder, files)?;
        self.message(&format!("wrote {count} files to {}", folder.display()));
        Ok(())
    }

    /// Tells the user something that is not a result.
    pub(super) fn message(&self, text: &str) {
        if !self.quiet {
            eprintln!("{text}");
        }
    }

    /// Says this when the program is stopped by the keys for it (Ctrl-C), before it ends.
    pub(super) fn say_when_stopped(&self, text: &'static str) {
        let quiet = self.quiet;
        // Where the system lets nobody listen, the program stops without a word, as any other does.
        let _silent = ctrlc::set_handler(move || {
            if !quiet {
                eprintln!("{text}");
            }
            std::process::exit(STOPPED);
        });
    }

    /// Prints an explanation of problems that has its own form.
    pub(super) fn explanation(&self, text: &str) {
        eprintln!("{}", text.trim_end());
    }

    /// Says which answers were parked and restored.
    pub(super) fn settled(&self, parked: &[String], restored: &[String]) {
        if !parked.is_empty() {
            let numbers = parked.join(", ");
            self.message(&format!(
                "no longer applies: {numbers}; the answers are kept aside (parked) and do not count"
            ));
        }
        if !restored.is_empty() {
            self.message(&format!(
                "applies again: {}; the earlier answers count again",
                restored.join(", ")
            ));
        }
    }

    /// Says what is wrong.
    pub(super) fn problems(&self, problems: &Problems) {
        // Names and cells of a file are quoted in them, which may not command the terminal.
        let lines = problems.0.iter().map(|problem| format!("error: {problem}"));
        let lines: Vec<String> = lines.collect();
        eprint!(
            "{}",
            report::write_lines(&lines, TerminalOptions::default())
        );
    }

    /// A progress bar on stderr; silent when that is no terminal or messages are not wanted.
    pub(super) fn progress(&self, what: &str, length: u64, in_bytes: bool) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let counts = if in_bytes {
            "{bytes}/{total_bytes}"
        } else {
            "{pos}/{len}"
        };
        let style = ProgressStyle::with_template(&format!("{{msg}} [{{bar:30}}] {counts} {{eta}}"));
        let bar = ProgressBar::new(length).with_message(what.to_owned());
        style
            .map(|style| bar.clone().with_style(style))
            .unwrap_or(bar)
    }
}

fn render(report: &Report, format: Format, terminal: TerminalOptions) -> Result<Vec<u8>, Problems> {
    match format {
        Format::Terminal => Ok(report::write_terminal(report, terminal).into_bytes()),
        Format::Markdown => Ok(report::write_markdown(report).into_bytes()),
        Format::Csv => report::write_csv(report).map(String::into_bytes),
        Format::Json => report::write_json(report).map(String::into_bytes),
        Format::Html => Ok(report::write_html(report).into_bytes()),
        Format::Xlsx => report::write_xlsx(report),
        Format::Ods => report::write_ods(report),
        Format::Docx => report::write_docx(report),
    }
}

/// That only CSV goes into folders.
fn is_folder(path: &Path, chosen: Option<Format>) -> Problems {
    let file = path.join(format!("annex.{}", chosen.unwrap_or(Format::Docx).ending()));
    let what = "it is a folder, and only CSV is written as several files";
    let remedy = format!(
        "name a file, such as {}, or choose --format csv",
        file.display()
    );
    let problem = Problem::new(Code::WrongValue, what, remedy);
    problem.at(Place::of(path.display().to_string())).into()
}
