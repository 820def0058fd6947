//! What somebody would keep in SQLite without this program: a row an answer, questions and answers in words as they stand in
//! the file, case information as columns.
//!
//! Must not know our design.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::{Connection, params_from_iter};

use crate::data;

/// How many of the submitted cases are yes and no, for each question.
const RATE: &str = "SELECT question, sum(answer = 'yes'), sum(answer = 'no')
      FROM answer JOIN \"case\" ON \"case\".id = case_id WHERE submitted GROUP BY question";

/// The database, made once.
pub(crate) fn database(count: u32) -> PathBuf {
    data::once(&format!("rows-{count}.db"), |path| {
        fill(path, count).expect("SQLite can keep rows");
    })
}

fn fill(path: &Path, count: u32) -> rusqlite::Result<()> {
    let mut connection = Connection::open(path)?;
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")?;
    let transaction = connection.transaction()?;
    let columns = data::attributes().map(|id| format!("{id} TEXT NOT NULL"));
    transaction.execute_batch(&format!(
        "CREATE TABLE \"case\" (id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, {}, submitted INTEGER NOT NULL);
         CREATE TABLE answer (case_id INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL,
                              PRIMARY KEY (case_id, question)) WITHOUT ROWID;",
        columns.join(", ")
    ))?;
    let questions = data::question_numbers();
    {
        let mut add_case = transaction
            .prepare("INSERT INTO \"case\" VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)")?;
        let mut add_answer = transaction.prepare("INSERT INTO answer VALUES (?, ?, ?)")?;
        for case in data::cases(count) {
            let values = std::iter::once(case.reference.as_str()).chain(case.information);
            add_case.execute(params_from_iter(values))?;
            let id = transaction.last_insert_rowid();
            for (question, letter) in questions.iter().zip(&case.letters) {
                add_answer.execute((id, question, data::word(*letter)))?;
            }
        }
    }
    transaction.commit()
}

/// Whether the `sqlite3` shell is installed.
pub(crate) fn has_shell() -> bool {
    let asked = Command::new("sqlite3")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    asked.is_ok_and(|ended| ended.success())
}

/// Rates the inspection with the `sqlite3` shell.
pub(crate) fn rate(database: &Path) {
    let ended = Command::new("sqlite3")
        .arg(database)
        .arg(RATE)
        .stdout(Stdio::null())
        .status()
        .expect("sqlite3 can be run");
    assert!(ended.success());
}
