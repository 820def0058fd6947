//! Runs the real program in a fresh folder, as a person does at a terminal.
//!
//! Silence is an expectation: what is not expected on stdout or stderr fails the test. Clock, ids, person and device are fixed, so
//! that whole outputs can be compared. Must not know what any command means beyond what every test needs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The moment that every entry of these tests carries.
pub(crate) const NOW: &str = "2026-01-05T09:00:00Z";

/// A folder in which somebody works with the program.
pub(crate) struct Office {
    folder: TempDir,
}

impl Office {
    /// An empty folder.
    pub(crate) fn new() -> Office {
        Office {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A folder with a database and the inspection `North` under the built-in framework.
    pub(crate) fn opened() -> Office {
        let office = Office::new();
        office.run("init --quiet").says_nothing();
        office
            .run("inspection new North --framework hmip-nps-2018 --provider \"North NPS\" --quiet")
            .says_nothing();
        office
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// Runs the program with a line of arguments, split as a shell does at spaces outside double quotes.
    pub(crate) fn run(&self, line: &str) -> Ran {
        self.run_args(&split(line))
    }

    /// Runs the program with these arguments.
    pub(crate) fn run_args<S: AsRef<OsStr>>(&self, args: &[S]) -> Ran {
        self.run_command(self.command(args), args)
    }

    /// The same on another device, whose new ids come from a source of their own.
    pub(crate) fn run_on<S: AsRef<OsStr>>(&self, device: &str, number: u64, args: &[S]) -> Ran {
        let mut command = self.command(args);
        command.env("CASEAUDIT_DEVICE", device);
        let entries: i64 = count_entries(&self.path(&format!("{device}.db")));
        command.env("CASEAUDIT_SEED", format!("{number}{entries:06}"));
        self.run_command(command, args)
    }

    fn run_command<S: AsRef<OsStr>>(&self, mut command: Command, args: &[S]) -> Ran {
        let shown: Vec<String> = args
            .iter()
            .map(|arg| arg.as_ref().to_string_lossy().into_owned())
            .collect();
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        let ran = Ran {
            line: shown.join(" "),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            code: output.status.code(),
        };
        assert!(
            !ran.stderr.contains("panicked") && !ran.stderr.contains("[program-failed]"),
            "caseaudit {}\n{}",
            ran.line,
            ran.stderr
        );
        ran
    }

    /// Runs a command that asks, with this typed into it; gives what stands on the screen, after it succeeded without a message.
    #[track_caller]
    pub(crate) fn type_into(&self, line: &str, typed: &str) -> String {
        let mut command = self.command(&split(line));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        std::io::Write::write_all(&mut input, typed.as_bytes()).unwrap();
        drop(input);
        let output = child.wait_with_output().unwrap();
        let ran = Ran {
            line: line.to_owned(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code(),
        };
        ran.printed()
    }

    /// The program, ready to be started with these arguments.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, args: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caseaudit"));
        for variable in ["CASEAUDIT_DB", "COLUMNS"] {
            command.env_remove(variable);
        }
        command
            .args(args)
            .current_dir(self.folder.path())
            .env("CASEAUDIT_USER", "tester")
            .env("CASEAUDIT_DEVICE", "test")
            .env("CASEAUDIT_NOW", NOW)
            .env("CASEAUDIT_SEED", self.next_seed())
            .env("NO_COLOR", "1")
            .stdin(Stdio::null());
        command
    }

    /// Every process needs ids of its own; the same commands in the same order get the same ones.
    fn next_seed(&self) -> String {
        (1 + count_entries(&self.path("caseaudit.db"))).to_string()
    }

    /// How many entries the log has; 0 without a database.
    pub(crate) fn entries_count(&self) -> i64 {
        count_entries(&self.path("caseaudit.db"))
    }

    /// Asserts that `caseaudit check` finds the record sound.
    #[track_caller]
    pub(crate) fn is_sound(&self) {
        let checked = self.run("check");
        assert_eq!(checked.code, Some(0), "{}", checked.stderr);
        let count = format!(
            "caseaudit.db: sound: {} entries, every hash and link verified",
            self.entries_count()
        );
        assert!(checked.stdout.starts_with(&count), "{}", checked.stdout);
    }

    /// Asserts that running this fails with exactly this message, and that nothing is stored.
    #[track_caller]
    pub(crate) fn refuses(&self, line: &str, message: &str) {
        let before = self.entries_count();
        self.run(line).fails(message);
        assert_eq!(self.entries_count(), before, "nothing may be stored");
        self.is_sound();
    }

    /// The ratings as `rate --format json` gives them.
    #[track_caller]
    pub(crate) fn rated(&self) -> serde_json::Value {
        serde_json::from_str(&self.run("rate --format json --quiet").printed()).unwrap()
    }

    /// One key question of the ratings.
    #[track_caller]
    pub(crate) fn question(&self, number: &str) -> serde_json::Value {
        find_question(&self.rated(), number)
    }

    /// How `case show` shows the answer to one question of a case.
    #[track_caller]
    pub(crate) fn answer(&self, reference: &str, question: &str) -> String {
        let shown = self.run(&format!("case show {reference} --format json"));
        let shown: serde_json::Value = serde_json::from_str(&shown.printed()).unwrap();
        let rows = shown["tables"][1]["rows"].as_array().unwrap();
        let row = rows
            .iter()
            .find(|row| row["values"]["number"] == question)
            .unwrap();
        row["values"]["answer"].as_str().unwrap().to_owned()
    }
}

/// One key question of the ratings that `rate --format json` gives.
#[track_caller]
pub(crate) fn find_question(rated: &serde_json::Value, number: &str) -> serde_json::Value {
    let standards = rated["standards"].as_array().unwrap();
    let found = standards
        .iter()
        .flat_map(|standard| standard["questions"].as_array().unwrap())
        .find(|question| question["number"] == number);
    found.unwrap().clone()
}

fn count_entries(path: &Path) -> i64 {
    if !path.is_file() {
        return 0;
    }
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE;
    rusqlite::Connection::open_with_flags(path, flags)
        .and_then(|database| database.query_row("SELECT count(*) FROM entry", [], |row| row.get(0)))
        .unwrap_or(0)
}

/// Splits a line as a shell does at spaces outside double quotes.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut words = vec![];
    let (mut word, mut quoted, mut started) = (String::new(), false, false);
    for letter in line.chars() {
        match letter {
            '"' => (quoted, started) = (!quoted, true),
            ' ' if !quoted => {
                if started {
                    words.push(std::mem::take(&mut word));
                }
                started = false;
            }
            letter => {
                word.push(letter);
                started = true;
            }
        }
    }
    if started {
        words.push(word);
    }
    words
}

/// What a command did; one of its methods says what was expected.
#[must_use]
pub(crate) struct Ran {
    line: String,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

impl Ran {
    /// It succeeded without a word.
    #[track_caller]
    pub(crate) fn says_nothing(self) {
        self.expect(0, "", "");
    }

    /// It succeeded, with exactly this message on stderr and no result.
    #[track_caller]
    pub(crate) fn says(self, message: &str) {
        self.expect(0, "", message);
    }

    /// It succeeded, with exactly this result on stdout and no message.
    #[track_caller]
    pub(crate) fn prints(self, result: &str) {
        self.expect(0, result, "");
    }

    /// It failed (exit code 1) with exactly this message and no result.
    #[track_caller]
    pub(crate) fn fails(self, message: &str) {
        self.expect(1, "", message);
    }

    /// It refused its arguments (exit code 2); the message names this.
    #[track_caller]
    pub(crate) fn gets_usage(self, naming: &str) {
        assert_eq!(
            (self.code, self.stdout.as_str()),
            (Some(2), ""),
            "{}",
            self.line
        );
        assert!(
            self.stderr.contains(naming),
            "{}\n{}",
            self.line,
            self.stderr
        );
    }

    /// Its result, after it succeeded without a message.
    #[track_caller]
    pub(crate) fn printed(self) -> String {
        let result = self.stdout.clone();
        self.expect(0, &result, "");
        result
    }

    /// Its message, after it succeeded without a result.
    #[track_caller]
    pub(crate) fn said(self) -> String {
        let message = self.stderr.clone();
        self.expect(0, "", &message);
        message
    }

    #[track_caller]
    pub(crate) fn expect(self, code: i32, stdout: &str, stderr: &str) {
        let parts = [
            ("stdout", self.stdout.as_str(), stdout),
            ("stderr", self.stderr.as_str(), stderr),
        ];
        let mut differences = String::new();
        for (what, is, expected) in parts.iter().filter(|(_, is, expected)| is != expected) {
            differences.push_str(&format!(
                "--- {what} is\n{is}--- {what} should be\n{expected}"
            ));
        }
        assert!(
            differences.is_empty() && self.code == Some(code),
            "$ caseaudit {}\nexit code {:?}, expected {code}\n{differences}",
            self.line,
            self.code
        );
    }
}
