//! Our side: the program as it is installed, and the record as a library.
//!
//! Must not know what it is compared with.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use caseaudit::casework::{
    Clock, Desk, Inspection, Says, Target, current_inspection, record_answers,
};
use caseaudit::model::{Problems, QuestionSet};
use caseaudit::store::{Access, Store, TallyScope};

use crate::data;

/// The program as it is installed.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| data::install(Path::new(env!("CARGO_BIN_EXE_caseaudit")), "caseaudit"))
}

/// Runs the program and waits until it has ended well.
pub(crate) fn run(database: &Path, arguments: &[&str]) {
    let ended = Command::new(program())
        .env("CASEAUDIT_USER", "bench")
        .arg("--db")
        .arg(database)
        .arg("--quiet")
        .args(arguments)
        .stdout(Stdio::null())
        .status()
        .expect("caseaudit can be run");
    assert!(ended.success(), "caseaudit {} failed", arguments.join(" "));
}

/// Removes a database and the files that SQLite keeps beside it.
pub(crate) fn remove(database: &Path) {
    for ending in ["", "-wal", "-shm"] {
        fs::remove_file(format!("{}{ending}", database.display())).ok();
    }
}

/// A new database with one inspection and its cases, nothing answered.
pub(crate) fn with_cases(name: &str, count: u32) -> PathBuf {
    let database = data::folder().join(name);
    let framework = root().join("benches/bench.toml");
    create(&database);
    run(&database, &["framework", "add", text(&framework)]);
    open_inspection(&database, "bench");
    import(&database, "cases", &data::cases_csv(count));
    database
}

/// A new database with the sample inspection that comes with the program, 268 cases under a built-in framework.
pub(crate) fn with_sample(name: &str) -> PathBuf {
    let database = data::folder().join(name);
    let sample = root().join("samples/north-west-2018");
    create(&database);
    open_inspection(&database, "hmip-nps-2018");
    import(&database, "cases", &sample.join("cases.csv"));
    import_answers(&database, &sample.join("answers.csv"));
    import(&database, "judgements", &sample.join("judgements.csv"));
    database
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn create(database: &Path) {
    remove(database);
    run(database, &["init"]);
}

fn open_inspection(database: &Path, framework: &str) {
    let named = ["--framework", framework, "--provider", "Bench"];
    run(
        database,
        &[&["inspection", "new", "Bench"][..], &named].concat(),
    );
}

fn import(database: &Path, what: &str, file: &Path) {
    run(database, &["import", what, text(file)]);
}

/// A copy that is on the disk before anybody measures what is done with it.
pub(crate) fn copy(database: &Path, name: &str) -> PathBuf {
    let copy = data::folder().join(name);
    remove(&copy);
    fs::copy(database, &copy).expect("a database can be copied");
    let file = File::open(&copy).expect("a copy can be opened");
    file.sync_all().expect("a copy can be synced");
    copy
}

pub(crate) fn import_answers(database: &Path, answers: &Path) {
    run(database, &["import", "answers", text(answers), "--submit"]);
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the folder has a plain name")
}

/// The record, opened as a library.
pub(crate) struct Record {
    store: Store,
    inspection: Inspection,
    samples: Vec<QuestionSet>,
    desk: Desk,
}

impl Record {
    pub(crate) fn open(database: &Path) -> Record {
        let open = || -> Result<Record, Problems> {
            let store = Store::open(database, Access::Write)?;
            let inspection = current_inspection(&store, None)?;
            let samples = data::framework().samples.into_iter();
            let samples = samples.map(|sample| sample.questions).collect();
            let clock = Clock::Live(chrono::Utc::now);
            let desk = Desk::new("bench", "bench", clock, [7; 32])?;
            Ok(Record {
                store,
                inspection,
                samples,
                desk,
            })
        };
        open().expect("the benchmark's own database is sound")
    }

    /// How many answers are yes, over all questions, cases and groups.
    pub(crate) fn count_yes(&self, by: &[&str]) -> u64 {
        let (_, groups) = self
            .store
            .tally(self.inspection.id, &self.samples, TallyScope::Submitted, by)
            .expect("the benchmark's own database is sound");
        let samples = groups.iter().flatten().flat_map(|group| &group.samples);
        samples
            .flat_map(|sample| &sample.questions)
            .map(|tally| tally.yes)
            .sum()
    }

    /// Records one answer, which must be another one than before.
    pub(crate) fn record_one(&mut self, reference: &str, question: &str, answer: &str) {
        let says = [Says {
            question: question.to_owned(),
            answer: Some(answer.to_owned()),
            note: None,
        }];
        let (store, desk) = (&mut self.store, &self.desk);
        let recorded = record_answers(
            store,
            desk,
            &self.inspection,
            "record",
            Target::own(reference),
            &says,
        )
        .expect("an answer can be recorded");
        assert_eq!(recorded.answers_count, 1);
    }
}
