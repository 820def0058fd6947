//! A terminal for tests: runs command lines one after the other in a folder of its own, as somebody who follows the README
//! would, with the clock, the person and the ids fixed.
//!
//! Must not know what any command means.
#![cfg(unix)]

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// Where the files of the North West sample lie, from the folder of the project and from the folder of a terminal.
const SAMPLE: &str = "samples/north-west-2018";

/// Where the made-up population of the North West lies.
const POPULATION: &str = "samples/north-west-population";

/// A folder with the files of the North West sample, in which command lines run.
pub(crate) struct Terminal {
    folder: tempfile::TempDir,
    commands_count: u32,
    color: bool,
}

impl Terminal {
    pub(crate) fn new() -> Terminal {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            (SAMPLE, &["cases.csv", "answers.csv", "judgements.csv"][..]),
            (POPULATION, &["extract-made-up.csv", "columns.toml"]),
        ];
        for (sample, names) in files {
            let there = folder.path().join(sample);
            std::fs::create_dir_all(&there).unwrap();
            let here = Path::new(env!("CARGO_MANIFEST_DIR")).join(sample);
            for name in names {
                std::fs::copy(here.join(name), there.join(name)).unwrap();
            }
        }
        Terminal {
            folder,
            commands_count: 0,
            color: false,
        }
    }

    /// The same, with colours as in a window.
    pub(crate) fn in_color(self) -> Terminal {
        Terminal {
            color: true,
            ..self
        }
    }

    /// Puts a file into the folder.
    pub(crate) fn write_file(&self, name: &str, content: &str) {
        std::fs::write(self.folder.path().join(name), content).unwrap();
    }

    /// Runs a command line; gives results and messages in the order in which they were printed.
    pub(crate) fn run(&mut self, line: &str) -> String {
        if let Some(query) = line.strip_prefix("sqlite3 ") {
            return self.query(query);
        }
        let output = self.command(line).stdin(Stdio::null()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command line that asks; answers each prompt (a line that ends in `: `) with the next of `typed`. What was
    /// typed stands in the transcript after its prompt, between `before` and `after`.
    pub(crate) fn talk(
        &mut self,
        line: &str,
        typed: &[&str],
        (before, after): (&str, &str),
    ) -> String {
        let mut child = self
            .command(line)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let mut output = child.stdout.take().unwrap();
        let mut transcript = String::new();
        for text in typed {
            transcript += &read_prompt(&mut output);
            transcript += &format!("{before}{text}{after}\n");
            writeln!(input, "{text}").unwrap();
        }
        drop(input);
        output.read_to_string(&mut transcript).unwrap();
        child.wait().unwrap();
        transcript
    }

    fn command(&mut self, line: &str) -> Command {
        self.commands_count += 1;
        let program = Path::new(env!("CARGO_BIN_EXE_caseaudit"));
        let paths = [
            program.parent().unwrap(),
            Path::new("/usr/bin"),
            Path::new("/bin"),
        ];
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!("exec 2>&1; {line}")])
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::join_paths(paths).unwrap())
            .env("COLUMNS", "96")
            .env("CASEAUDIT_USER", "INSP-01")
            .env("CASEAUDIT_DEVICE", "laptop-1")
            .env("CASEAUDIT_SEED", self.commands_count.to_string())
            .env(
                "CASEAUDIT_NOW",
                format!(
                    "2018-10-08T{:02}:{:02}:00Z",
                    9 + self.commands_count / 60,
                    self.commands_count % 60
                ),
            );
        if self.color {
            command.env("CLICOLOR_FORCE", "1");
        }
        command
    }

    /// What the sqlite3 shell prints for `FILE "QUERY"`; a fresh machine need not have it.
    fn query(&self, line: &str) -> String {
        let (file, query) = line.split_once(' ').unwrap();
        let database = rusqlite::Connection::open(self.folder.path().join(file)).unwrap();
        let mut statement = database.prepare(query.trim_matches('"')).unwrap();
        let columns_count = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut printed = String::new();
        while let Some(row) = rows.next().unwrap() {
            let cells = (0..columns_count).map(|column| match row.get(column).unwrap() {
                rusqlite::types::Value::Null => String::new(),
                rusqlite::types::Value::Integer(number) => number.to_string(),
                rusqlite::types::Value::Text(text) => text,
                other => format!("{other:?}"),
            });
            printed += &cells.collect::<Vec<_>>().join("|");
            printed.push('\n');
        }
        printed
    }
}

/// Reads until the program waits for an answer, or ends.
fn read_prompt(output: &mut impl Read) -> String {
    let mut read = Vec::new();
    let mut buffer = [0; 4096];
    while !read.ends_with(b": ") {
        match output.read(&mut buffer).unwrap() {
            0 => break,
            count => read.extend_from_slice(&buffer[..count]),
        }
    }
    String::from_utf8(read).unwrap()
}
