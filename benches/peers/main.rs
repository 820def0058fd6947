//! Compares this program with what a user would pick instead, and prints ratios: `cargo bench`.
//!
//! `cargo bench --bench peers -- J3 size` runs only these jobs. Made-up data goes to `target/bench-data` and is used again. A
//! peer that is not installed is skipped. No time is ever asserted: what is met here may fail on a busy machine.

// A benchmark that cannot run stops, and what it finds is printed.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs
)]

mod data;
mod duckdb;
mod least;
mod measure;
mod ours;
mod rows;

use std::path::{Path, PathBuf};

use data::{INSPECTION_CASES, NATION_CASES};
use duckdb::{DuckDb, count_sql};
use measure::{Line, Outcome, in_rows, in_turns, time};
use ours::Record;

const NO_DUCKDB: &str = "peer not installed: pip install duckdb";
const NO_SQLITE: &str = "peer not installed: sqlite3";

fn main() {
    // cargo passes `--bench`.
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let is_wanted = |job: &str| wanted.is_empty() || wanted.iter().any(|word| job == word);
    let mut lines = Vec::new();
    if is_wanted("J1") {
        lines.extend(rate_one_inspection());
    }
    let mut nation = Nation::default();
    if is_wanted("J2") {
        lines.extend(import_a_nation(&mut nation));
    }
    if is_wanted("J3") {
        lines.push(count_by(
            &mut nation,
            "J3 % yes, 60 questions × 12 regions",
            0.1,
            &["region"],
        ));
    }
    if is_wanted("J4") {
        lines.push(count_by(
            &mut nation,
            "J4 % yes by 8 attributes",
            0.06,
            &data::attributes(),
        ));
    }
    if is_wanted("J6") {
        lines.push(record_one_answer());
    }
    if is_wanted("size") {
        lines.push(compare_sizes(&mut nation));
    }
    measure::print(&lines);
}

fn rate_one_inspection() -> Vec<Line> {
    let database = ours::with_cases("inspection.db", INSPECTION_CASES);
    ours::import_answers(&database, &data::long_csv(INSPECTION_CASES));
    let sample = ours::with_sample("sample.db");
    let rate = |database: &Path| time(|| ours::run(database, &["rate"]));
    let empty = least::empty_program();
    let empty = |ours: &Path| {
        in_rows(
            (30, 10),
            || rate(ours),
            || time(|| least::run_empty(&empty)),
        )
    };
    let shell = |peer: fn(u32) -> PathBuf, ask: fn(&Path), runs| {
        if !rows::has_shell() {
            return Outcome::Skipped(NO_SQLITE.to_owned());
        }
        let rows = peer(INSPECTION_CASES);
        in_rows(runs, || rate(&database), || time(|| ask(&rows)))
    };
    let line = |job, peer, goal, outcome| Line {
        job,
        peer,
        goal,
        outcome,
    };
    let (job, empty_peer) = ("J1 rate one inspection", "an empty Rust program");
    let imported = shell(rows::imported, rows::rate, (20, 10));
    let by_turns = shell(rows::imported, rows::rate, (200, 1));
    let counted = shell(rows::database, rows::count, (20, 10));
    vec![
        line(job, empty_peer, 4.0, empty(&database)),
        line("J1 built-in framework", empty_peer, 4.0, empty(&sample)),
        line(job, "sqlite3, imported rows, ratings", 0.25, imported),
        line(
            job,
            "sqlite3, the same, run by run in turns",
            0.25,
            by_turns,
        ),
        line(job, "sqlite3, careful rows, counts only", 0.25, counted),
    ]
}

/// The nation's database, made when it is first needed.
#[derive(Default)]
struct Nation {
    with_cases: Option<PathBuf>,
    with_answers: Option<PathBuf>,
}

impl Nation {
    fn with_cases(&mut self) -> &Path {
        let make = || ours::with_cases("nation-cases.db", NATION_CASES);
        self.with_cases.get_or_insert_with(make)
    }

    fn with_answers(&mut self) -> &Path {
        if self.with_answers.is_none() {
            let database = ours::copy(self.with_cases(), "nation.db");
            ours::import_answers(&database, &data::long_csv(NATION_CASES));
            self.with_answers = Some(database);
        }
        self.with_answers.as_deref().expect("it was just made")
    }
}

fn import_a_nation(nation: &mut Nation) -> [Line; 2] {
    let duckdb = DuckDb::start();
    let files = (data::long_csv(NATION_CASES), data::wide_csv(NATION_CASES));
    let with_cases = nation.with_cases().to_owned();
    let ours = |file: &Path| {
        let database = ours::copy(&with_cases, "nation.db");
        time(|| ours::import_answers(&database, file))
    };
    let (wide, long) = match duckdb {
        Some(mut duckdb) => (
            in_turns(5, || ours(&files.1), || duckdb.import(&files.1)),
            in_turns(5, || ours(&files.0), || duckdb.import(&files.0)),
        ),
        None => (
            Outcome::Skipped(NO_DUCKDB.to_owned()),
            Outcome::Skipped(NO_DUCKDB.to_owned()),
        ),
    };
    let line = |job, goal, outcome| Line {
        job,
        peer: "DuckDB, 2 threads",
        goal,
        outcome,
    };
    [
        line("J2 import 15 million answers, long", 0.5, long),
        line("J2 the same, wide", 0.6, wide),
    ]
}

fn count_by(nation: &mut Nation, job: &'static str, goal: f64, by: &[&str]) -> Line {
    let outcome = match DuckDb::start() {
        Some(mut duckdb) => {
            let record = Record::open(nation.with_answers());
            let database = duckdb.nation();
            duckdb.open(&database);
            let select = by.join(", ");
            let sets: Vec<String> = by.iter().map(|id| format!("(question, {id})")).collect();
            let group_by = format!("GROUPING SETS ({})", sets.join(", "));
            let sql = duckdb.faster_form(|from| count_sql(from, &group_by, &select));
            let (ours, theirs) = (record.count_yes(by), duckdb.run(&sql).1);
            assert_eq!(ours, theirs, "both count the same answers");
            let count = || {
                time(|| {
                    record.count_yes(by);
                })
            };
            in_turns(9, count, || duckdb.run(&sql).0)
        }
        None => Outcome::Skipped(NO_DUCKDB.to_owned()),
    };
    Line {
        job,
        peer: "DuckDB, 2 threads",
        goal,
        outcome,
    }
}

fn record_one_answer() -> Line {
    let database = ours::with_cases("inspection-empty.db", INSPECTION_CASES);
    let mut record = Record::open(&database);
    let mut frames = least::Frames::create();
    let question = data::question_numbers().swap_remove(7);
    let references: Vec<String> = data::cases(INSPECTION_CASES)
        .map(|case| case.reference)
        .collect();
    let mut round = 0;
    let ours = || {
        let reference = &references[round % references.len()];
        let answer = ["yes", "no"][round / references.len() % 2];
        round += 1;
        time(|| record.record_one(reference, &question, answer))
    };
    Line {
        job: "J6 record one answer, durable",
        peer: "three frames and fdatasync",
        goal: 2.0,
        outcome: in_turns(1_000, ours, || time(|| frames.write())),
    }
}

fn compare_sizes(nation: &mut Nation) -> Line {
    let size = |path: &Path| path.metadata().map_or(0, |about| about.len());
    Line {
        job: "size of a nation's file",
        peer: "rows in SQLite",
        goal: 0.4,
        outcome: Outcome::Bytes(
            size(nation.with_answers()),
            size(&rows::database(NATION_CASES)),
        ),
    }
}
