//! What somebody would keep in SQLite without this program: a row an answer, questions and answers in words as they stand in
//! the file, case information as columns.
//!
//! Two such databases. One is what `.import` of the `sqlite3` shell makes of the CSV files, all columns text, with the three
//! indexes that keep references and questions unique, which make no measurable difference. It is asked for ratings: which
//! questions are asked of a case (here its sample says so: the made-up framework has no conditions), percent, lowest key
//! question, rating, points. The other is laid out with care for size and speed (no row ids, case numbers instead of references)
//! and only counts: percentages and ratings are left to whoever reads the counts. Must not know our design.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::{Connection, params_from_iter};

use crate::data;

/// Ratings from the imported tables, with the rounding of the framework: to a whole percent, half up.
const RATE: &str = "
    WITH counted AS (
        SELECT question.standard, question.number,
               sum(answer.answer = 'yes') AS yes, sum(answer.answer IN ('yes', 'no')) AS cases
          FROM answer
          JOIN \"case\" ON \"case\".reference = answer.reference
          JOIN question ON question.number = answer.question AND question.sample = \"case\".sample
         GROUP BY question.number),
    percents AS (
        SELECT standard, number, cases, (200 * yes + cases) / (2 * cases) AS percent FROM counted WHERE cases > 0),
    lowest AS (SELECT standard, number, cases, min(percent) AS percent FROM percents GROUP BY standard),
    rated AS (
        SELECT lowest.*, (SELECT max(points) FROM rating WHERE least <= percent) AS points FROM lowest)
    SELECT standard, number, percent, cases, rating.title FROM rated JOIN rating USING (points)
    UNION ALL SELECT 'overall', count(*), sum(points), 3 * count(*), '' FROM rated";

/// How many of the submitted cases are yes and no, for each question.
const COUNT: &str = "SELECT question, sum(answer = 'yes'), sum(answer = 'no')
      FROM answer JOIN \"case\" ON \"case\".id = case_id WHERE submitted GROUP BY question";

/// The imported database, made once.
pub(crate) fn imported(count: u32) -> PathBuf {
    data::once(&format!("imported-{count}.db"), |path| {
        let script = format!(
            ".mode csv\n.import \"{}\" case\n.import \"{}\" answer\n.import \"{}\" question
             CREATE UNIQUE INDEX case_reference ON \"case\" (reference);
             CREATE UNIQUE INDEX question_number ON question (number);
             CREATE UNIQUE INDEX answer_of_case ON answer (reference, question);
             CREATE TABLE rating (title TEXT, least INTEGER, points INTEGER);
             INSERT INTO rating VALUES ('Inadequate', 0, 0), ('Requires improvement', 50, 1), ('Good', 65, 2),
                                       ('Outstanding', 80, 3);",
            data::cases_csv(count).display(),
            data::long_csv(count).display(),
            data::questions_csv().display(),
        );
        let mut shell = Command::new("sqlite3")
            .arg("-bail")
            .arg(path)
            .stdin(Stdio::piped())
            .spawn()
            .expect("sqlite3 can be run");
        let mut input = shell.stdin.take().expect("sqlite3 listens");
        input.write_all(script.as_bytes()).expect("sqlite3 listens");
        drop(input);
        assert!(shell.wait().is_ok_and(|ended| ended.success()));
    })
}

/// The database laid out with care, made once.
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

/// Rates the inspection from the imported tables.
pub(crate) fn rate(database: &Path) {
    ask(database, RATE);
}

/// Counts its answers in the database laid out with care.
pub(crate) fn count(database: &Path) {
    ask(database, COUNT);
}

fn ask(database: &Path, sql: &str) {
    let ended = Command::new("sqlite3")
        .arg(database)
        .arg(sql)
        .stdout(Stdio::null())
        .status()
        .expect("sqlite3 can be run");
    assert!(ended.success());
}
