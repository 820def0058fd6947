//! Where results and messages go: results to stdout or a file, messages to stderr.
//!
//! The only file that prints. Must not know what is printed.
#![allow(clippy::print_stderr)]

use std::io::{IsTerminal, Write};
use std::path::Path;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use crate::model::{Code, Place, Problem, Problems};
use crate::report::{self, Bar, Report, TerminalOptions};

/// The exit code of a program that was stopped by SIGINT, as shells have it.
const STOPPED: i32 = 130;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Tables for people
    Terminal,
    /// Tables as Markdown
    #[value(alias = "md")]
    Markdown,
    /// Comma-separated values
    Csv,
    /// For programs
    Json,
    /// One page for a browser, with its charts
    Html,
    /// A workbook for Excel, to a file
    Xlsx,
    /// An OpenDocument spreadsheet, to a file
    Ods,
    /// A Word document, to a file
    Docx,
}

impl Format {
    /// The format whose files end so; `None` where there is none.
    fn of_ending(ending: &str) -> Option<Format> {
        match ending {
            "txt" => Some(Format::Terminal),
            "md" | "markdown" => Some(Format::Markdown),
            "csv" => Some(Format::Csv),
            "json" => Some(Format::Json),
            "html" | "htm" => Some(Format::Html),
            "xlsx" => Some(Format::Xlsx),
            "ods" => Some(Format::Ods),
            "docx" => Some(Format::Docx),
            _ => None,
        }
    }

    /// The ending of its files, where these are not text: no terminal can show them.
    fn unprintable(self) -> Option<&'static str> {
        match self {
            Format::Terminal | Format::Markdown | Format::Csv | Format::Json | Format::Html => None,
            Format::Xlsx => Some("xlsx"),
            Format::Ods => Some("ods"),
            Format::Docx => Some("docx"),
        }
    }
}

/// Where and how a command prints.
pub(super) struct Output {
    pub(super) format: Format,
    quiet: bool,
    color: bool,
}

impl Output {
    pub(super) fn new(format: Format, quiet: bool, no_color: bool) -> Output {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let wanted = std::io::stdout().is_terminal() || is_set("CLICOLOR_FORCE");
        let color = wanted && !no_color && !is_set("NO_COLOR");
        Output {
            format,
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
            Err(error) => Err(cannot_write("standard output", &error)),
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
        if let Some(ending) = self.format.unprintable()
            && std::io::stdout().is_terminal()
        {
            let what = format!("a terminal cannot show the format {ending}");
            let remedy = format!(
                "write it to a file: --out FILE.{ending}, or > FILE.{ending} behind the command"
            );
            return Err(Problem::new(Code::WrongValue, what, remedy).into());
        }
        self.bytes(&self.render(report, self.terminal())?)
    }

    /// The format of a file of this name: the chosen one, or else that of its ending.
    fn format_for(&self, path: &Path) -> Result<Format, Problems> {
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        match (self.format, ending.as_deref()) {
            (Format::Terminal, Some(ending)) => {
                Format::of_ending(ending).ok_or_else(|| has_no_format(path, ending))
            }
            (chosen, _) => Ok(chosen),
        }
    }

    /// Whether what is printed, or written to this file, has room for charts.
    pub(super) fn draws(&self, out: Option<&Path>) -> bool {
        let format = out.map_or(Ok(self.format), |path| self.format_for(path));
        matches!(format, Ok(Format::Html | Format::Docx))
    }

    /// Writes a report to a file, whole or not at all; its ending says the format where none was chosen.
    pub(super) fn report_to(&self, report: &Report, path: &Path) -> Result<(), Problems> {
        let format = self.format_for(path)?;
        if format == Format::Csv && names_folder(path) {
            let files = report::write_csv_files(report)?.into_iter();
            let files = files.map(|(name, text)| (name, text.into_bytes()));
            return self.files_to(path, &files.collect::<Vec<_>>());
        }
        let plain = TerminalOptions {
            width: Some(100),
            color: false,
        };
        let bytes = Output {
            format,
            quiet: self.quiet,
            color: false,
        }
        .render(report, plain)?;
        write_whole(path, &bytes)?;
        self.message(&format!("wrote {}", path.display()));
        Ok(())
    }

    /// Writes files into a folder, which is made if it is not there; each is written whole or not at all.
    pub(super) fn files_to(
        &self,
        folder: &Path,
        files: &[(String, Vec<u8>)],
    ) -> Result<(), Problems> {
        let place = folder.display().to_string();
        std::fs::create_dir_all(folder).map_err(|error| cannot_write(&place, &error))?;
        for (name, bytes) in files {
            write_whole(&folder.join(name), bytes)?;
        }
        let count = files.len();
        let files = if count == 1 { "file" } else { "files" };
        self.message(&format!("wrote {count} {files} to {place}"));
        Ok(())
    }

    fn render(&self, report: &Report, terminal: TerminalOptions) -> Result<Vec<u8>, Problems> {
        match self.format {
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

/// Whether files are to go into it: a folder that is there, or a name that ends as one.
fn names_folder(path: &Path) -> bool {
    let name = path.as_os_str().to_string_lossy();
    path.is_dir() || name.ends_with(std::path::is_separator)
}

/// Writes beside the file and then puts it in its place, so that nobody ever sees half of it.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Problems> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        cannot_write(&path.display().to_string(), &error)
    })
}

fn has_no_format(path: &Path, ending: &str) -> Problems {
    let what = format!("there is no format for the ending .{ending}");
    let remedy =
        "end the name in .docx, .html, .ods, .xlsx, .md, .csv, .json or .txt, or choose a --format";
    Problem::new(Code::WrongValue, what, remedy)
        .at(Place::of(path.display().to_string()))
        .into()
}

fn cannot_write(name: &str, error: &std::io::Error) -> Problems {
    let what = format!("it cannot be written: {error}");
    Problem::new(
        Code::StorageFailed,
        what,
        "check the folder and its permissions",
    )
    .at(Place::of(name))
    .into()
}
