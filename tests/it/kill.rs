//! The program is killed at any moment: of an import or a recording either all or nothing is there, and the record is sound.
//!
//! Moments are parts of the time that the work takes here, so that slow and fast machines are hit alike. Must not know how
//! the record is written.

use std::fmt::Write;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::harness::Office;

/// Cases of an import of cases; one of answers is killed while it speaks of a quarter as many.
const CASES_COUNT: usize = 20_000;
/// How often each import is killed.
const KILLS_COUNT: u32 = 7;

fn start(office: &Office, line: &str) -> Child {
    let args: Vec<&str> = line.split(' ').collect();
    let mut command = office.command(&args);
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits, kills, and tells whether that came in time.
fn kill_after(mut child: Child, delay: Duration) -> bool {
    std::thread::sleep(delay);
    let runs = child.try_wait().unwrap().is_none();
    // Fails only for a process that has ended and been waited for.
    let _ended_before = child.kill();
    child.wait().unwrap();
    runs
}

/// Copies the database, with what SQLite keeps beside it.
fn copy_database(from: &Office, to: &Office) {
    for ending in ["", "-wal", "-shm"] {
        let name = format!("caseaudit.db{ending}");
        let _absent = std::fs::remove_file(to.path(&name));
        if from.path(&name).exists() {
            std::fs::copy(from.path(&name), to.path(&name)).unwrap();
        }
    }
}

/// Kills an import at many moments, each time from the same start; then lets it end.
fn kill_import(start_from: &Office, file: &str, kind: &str, entries_of_file: i64) {
    let line = format!("import {kind} {file} --quiet");
    let office = Office::new();
    std::fs::copy(start_from.path(file), office.path(file)).unwrap();
    copy_database(start_from, &office);
    let before = office.entries_count();
    let started = Instant::now();
    office.run(&line).says_nothing();
    let whole = started.elapsed();
    let after = office.entries_count();
    assert_eq!(after - before, entries_of_file);
    let (mut killed_count, mut nothing_count) = (0, 0);
    for kill in 0..KILLS_COUNT {
        copy_database(start_from, &office);
        let delay = whole * kill / KILLS_COUNT;
        killed_count += u32::from(kill_after(start(&office, &line), delay));
        let entries = office.entries_count();
        assert!(
            entries == before || entries == after,
            "killed after {delay:?} of {whole:?}: {entries} entries, {before} before, {after} after the import"
        );
        nothing_count += u32::from(entries == before);
        office.is_sound();
    }
    assert!(killed_count > 0, "the import ended before every kill");
    assert!(
        nothing_count > 0,
        "no kill came before the import was stored"
    );
    // What was killed can be done again.
    office.run(&line).says_nothing();
    assert_eq!(office.entries_count(), after);
    office.is_sound();
}

/// Many cases of the smallest sample.
fn many_cases(count: usize) -> (Office, String) {
    let office = Office::opened();
    let (mut cases, mut answers) = (
        "reference,sample,contact\n".to_owned(),
        "reference,3.2.1,3.2.1a,3.2.2,3.2.2a\n".to_owned(),
    );
    for case in 0..count {
        writeln!(cases, "V-{case:05},statutory-victim-work,declined").unwrap();
        writeln!(
            answers,
            "V-{case:05},yes,no,{},yes",
            if case % 3 == 0 { "no" } else { "yes" }
        )
        .unwrap();
    }
    office.write("cases.csv", cases);
    (office, answers)
}

#[test]
fn an_import_of_cases_that_is_killed_leaves_all_or_nothing() {
    let (office, _) = many_cases(CASES_COUNT);
    kill_import(
        &office,
        "cases.csv",
        "cases",
        i64::try_from(CASES_COUNT).unwrap(),
    );
}

#[test]
fn an_import_of_answers_that_is_killed_leaves_all_or_nothing() {
    let (office, answers) = many_cases(CASES_COUNT / 4);
    office.run("import cases cases.csv --quiet").says_nothing();
    office.write("answers.csv", answers);
    kill_import(
        &office,
        "answers.csv",
        "answers",
        i64::try_from(CASES_COUNT / 4).unwrap(),
    );
}

#[test]
fn a_recording_that_is_killed_leaves_all_or_nothing() {
    let office = Office::opened();
    office
        .run("case add V-1 --sample statutory-victim-work --set contact=declined --quiet")
        .says_nothing();
    let started = Instant::now();
    office
        .run("record V-1 3.2.1=yes 3.2.1a=yes --note 3.2.1=0 --quiet")
        .says_nothing();
    let whole = started.elapsed();
    let kills_count = 40;
    let (mut lost_count, mut latest) = (0, "0".to_owned());
    for kill in 1..=kills_count {
        // Each recording turns both answers round, and numbers its note.
        let answer = if kill % 2 == 0 { "yes" } else { "no" };
        let line = format!("record V-1 3.2.1={answer} 3.2.1a={answer} --note 3.2.1={kill} --quiet");
        kill_after(start(&office, &line), whole * (kill - 1) / kills_count);
        let (answers, note) = recorded(&office);
        if note == kill.to_string() {
            assert_eq!(answers, [answer, answer], "kill {kill}");
            latest = note;
        } else {
            assert_eq!(note, latest, "kill {kill}");
            let answer = if note.parse::<u32>().unwrap() % 2 == 0 {
                "yes"
            } else {
                "no"
            };
            assert_eq!(answers, [answer, answer], "kill {kill}");
            lost_count += 1;
        }
    }
    assert!(lost_count > 0, "every recording ended before its kill");
    office.is_sound();
    office
        .run("record V-1 3.2.1=na 3.2.1a=na --quiet")
        .says_nothing();
    office.is_sound();
}

/// Both answers, and the note.
fn recorded(office: &Office) -> ([String; 2], String) {
    let database = rusqlite::Connection::open(office.path("caseaudit.db")).unwrap();
    let read = |column: &str, question: &str| -> String {
        let sql = format!("SELECT {column} FROM answer WHERE question = ?");
        database
            .query_row(&sql, [question], |row| row.get(0))
            .unwrap()
    };
    (
        [read("state", "3.2.1"), read("state", "3.2.1a")],
        read("note", "3.2.1"),
    )
}

#[test]
fn a_demo_that_is_killed_leaves_no_half_demo() {
    let office = Office::new();
    let started = Instant::now();
    office.run("demo --quiet").printed();
    let whole = started.elapsed();
    for kill in 0..8 {
        for ending in ["", "-wal", "-shm"] {
            let _absent = std::fs::remove_file(office.path(&format!("demo.db{ending}")));
        }
        kill_after(start(&office, "demo --quiet"), whole * kill / 8);
        let again = office.run("demo");
        assert_eq!(
            again.code,
            Some(0),
            "killed after {kill} eighths: {}",
            again.stderr
        );
        assert!(
            again.stdout.contains("19 of 30 points"),
            "killed after {kill} eighths: {}",
            again.stdout
        );
    }
}
