//! DuckDB, through Python, limited to two threads.
//!
//! Must not know our design.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::data;

/// A Python process that runs one statement at a time.
pub(crate) struct DuckDb {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl DuckDb {
    /// `None` where Python or its package is not installed.
    pub(crate) fn start() -> Option<DuckDb> {
        let asked = Command::new("python3")
            .args(["-c", "import duckdb"])
            .stderr(Stdio::null())
            .status();
        if !asked.is_ok_and(|ended| ended.success()) {
            return None;
        }
        let mut process = Command::new("python3")
            .args(["-c", include_str!("run_sql.py")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let (input, output) = (process.stdin.take()?, process.stdout.take()?);
        Some(DuckDb {
            process,
            input,
            output: BufReader::new(output),
        })
    }

    pub(crate) fn open(&mut self, database: &Path) {
        self.ask(&format!("open {}", database.display()));
    }

    pub(crate) fn close(&mut self) {
        self.ask("close");
    }

    /// Runs one statement; gives its time, and the sum of the last column of what it found.
    pub(crate) fn run(&mut self, sql: &str) -> (Duration, u64) {
        let answer = self.ask(&format!("run {}", sql.replace('\n', " ")));
        let (seconds, sum) = answer.split_once(' ').expect("two numbers");
        let seconds = seconds.parse().expect("seconds");
        (
            Duration::from_secs_f64(seconds),
            sum.trim().parse().expect("a sum"),
        )
    }

    fn ask(&mut self, line: &str) -> String {
        writeln!(self.input, "{line}").expect("DuckDB listens");
        let mut answer = String::new();
        self.output.read_line(&mut answer).expect("DuckDB answers");
        assert!(!answer.is_empty(), "DuckDB failed: {line}");
        answer
    }

    /// Imports a file into a new database, and removes it.
    pub(crate) fn import(&mut self, file: &Path) -> Duration {
        let database = data::folder().join("duckdb-import.db");
        std::fs::remove_file(&database).ok();
        self.open(&database);
        let (time, _) = self.run(&read_csv("answers", file));
        self.close();
        std::fs::remove_file(&database).ok();
        time
    }

    /// The nation's cases and answers, and both joined in one table, made once.
    pub(crate) fn nation(&mut self) -> PathBuf {
        data::once("duckdb-nation.db", |path| {
            self.open(path);
            self.run(&read_csv("cases", &data::cases_csv(data::NATION_CASES)));
            self.run(&read_csv("answers", &data::long_csv(data::NATION_CASES)));
            self.run("CREATE TABLE joined AS SELECT * FROM answers JOIN cases USING (reference)");
            self.close();
        })
    }

    /// Which of the two forms answers `sql` faster: `joined` or the join itself.
    pub(crate) fn faster_form(&mut self, sql: impl Fn(&str) -> String) -> String {
        let forms = ["joined", "answers JOIN cases USING (reference)"].map(sql);
        let timed = forms.map(|sql| {
            self.run(&sql);
            (self.run(&sql).0, sql)
        });
        let [one, other] = timed;
        if one.0 <= other.0 { one.1 } else { other.1 }
    }
}

impl Drop for DuckDb {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn read_csv(table: &str, file: &Path) -> String {
    format!(
        "CREATE TABLE {table} AS SELECT * FROM read_csv('{}')",
        file.display()
    )
}

/// How many answers of each question are no and yes, grouped.
pub(crate) fn count_sql(from: &str, group_by: &str, select: &str) -> String {
    format!(
        "SELECT {select}, question, count(*) FILTER (answer = 'no') AS no, count(*) FILTER (answer = 'yes') AS yes
           FROM {from} GROUP BY {group_by}"
    )
}
