//! A team on several laptops: each works on a copy of the file, and in the evening it all comes together.

use std::collections::BTreeMap;
use std::path::Path;

use super::harness::Office;

/// The answers that make CS-1 complete: every question that is asked of it.
const COMPLETE: &str = "reference,2.1.1,2.1.2,2.1.3\nCS-1,yes,yes,yes\n";

/// A small framework with three key questions.
pub(crate) const FRAMEWORK: &str = r#"id = "team"
title = "Audits by a team"
edition = "2024"
source = "Made up for tests"
bands.good = 50
[scale]
ratings = [{ id = "poor", title = "Poor", points = 0 }, { id = "good", title = "Good", points = 1 }]
[[sample]]
id = "orders"
title = "Orders"
[[sample.information]]
id = "rosh"
title = "Risk"
choices = ["low", "high"]
[[standard]]
number = "2.1"
title = "Assessment"
rule = "lowest-key-question"
[[standard.question]]
number = "2.1.1"
sample = "orders"
text = "One?"
[[standard.question]]
number = "2.1.2"
sample = "orders"
text = "Two?"
[[standard.question]]
number = "2.1.3"
sample = "orders"
text = "Three?"
[[standard]]
number = "1.1"
title = "Leadership"
rule = "judged"
"#;

/// An office with cases CS-1 to CS-3, of which CS-1 is complete and not submitted.
pub(crate) fn office() -> Office {
    let office = Office::new();
    office.write("team.toml", FRAMEWORK);
    office.write("complete.csv", COMPLETE);
    for line in [
        "init",
        "framework add team.toml",
        "inspection new North --framework team --provider \"North NPS\"",
        "case add CS-1 --sample orders --set rosh=low",
        "case add CS-2 --sample orders --set rosh=low",
        "case add CS-3 --sample orders",
        "import answers complete.csv",
    ] {
        assert_eq!(office.run(line).code, Some(0), "{line}");
    }
    office
}

/// Runs a line on one of the laptops: `1` works as INSP-01 on laptop-1, in laptop-1.db.
#[track_caller]
pub(crate) fn on(office: &Office, laptop: u8, line: &str) -> super::harness::Ran {
    let name = format!("laptop-{laptop}");
    let mut args = vec!["--db".to_owned(), format!("{name}.db"), "--as".to_owned()];
    args.push(format!("INSP-{laptop:02}"));
    args.extend(super::harness::split(line));
    office.run_on(&name, u64::from(laptop), &args)
}

#[track_caller]
pub(crate) fn does(office: &Office, laptop: u8, line: &str) {
    let ran = on(office, laptop, line);
    assert_eq!(ran.code, Some(0), "{line}: {}", ran.stderr);
}

/// Copies of the office's file on this many laptops.
pub(crate) fn copies(office: &Office, count: u8) {
    for laptop in 1..=count {
        let line = format!("backup laptop-{laptop}.db --quiet");
        office.run(&line).says_nothing();
    }
}

#[test]
fn two_laptops_work_merge_settle_submit_and_the_record_is_sound() {
    let office = office();
    copies(&office, 2);
    does(
        &office,
        1,
        "record CS-1 2.1.1=no --note 2.1.1=\"The plan is late\"",
    );
    does(&office, 1, "submit CS-1");
    does(&office, 2, "record CS-1 2.1.1=na");
    does(&office, 2, "record CS-2 2.1.1=yes 2.1.2=yes 2.1.3=no");
    does(&office, 2, "submit CS-2");
    office.run("merge laptop-1.db laptop-2.db").says(
        "laptop-1.db: 2 entries added\nlaptop-2.db: 3 entries added\nwork on 2 cases came in\n\
         1 conflict is open: `caseaudit settle` lists it\n",
    );
    office.is_sound();
    let listed = office.run("settle --format csv").printed();
    for said in [
        "CS-1,,,2.1.1,no,INSP-01 on laptop-1,",
        "CS-1,,,2.1.1,not applicable,INSP-02 on laptop-2,",
    ] {
        assert!(listed.contains(said), "{listed}");
    }
    assert_eq!(listed.matches("in force").count(), 1, "{listed}");
    for refused in ["submit CS-1", "record CS-1 2.1.1=yes"] {
        let ran = office.run(refused);
        assert_eq!(ran.code, Some(1));
        assert!(
            ran.stderr
                .starts_with("error: CS-1: 2.1.1 is in conflict: "),
            "{}",
            ran.stderr
        );
        assert!(ran.stderr.contains("INSP-01 on laptop-1"), "{}", ran.stderr);
        let remedy =
            "; settle it first: caseaudit settle CS-1 2.1.1 VALUE --because \"…\" [conflict]\n";
        assert!(ran.stderr.ends_with(remedy), "{}", ran.stderr);
    }
    let rated = office.rated();
    assert_eq!(
        rated["standards"][0]["questions"][0]["cases"], 1,
        "CS-1 does not count"
    );
    let notice = "1 conflict is open: a case whose answers, information or status are in conflict does not count until somebody settles that (caseaudit settle)";
    assert_eq!(rated["notes"][0], notice);
    let progress = office.run("progress");
    assert!(
        progress.stderr.contains("1 conflict is open"),
        "{}",
        progress.stderr
    );
    let shown = office.run("case show CS-1");
    assert_eq!(
        shown.stderr,
        "note: in conflict: 2.1.1; `caseaudit settle` shows what was said\n"
    );
    let history = office.run("history CS-1 --format csv").printed();
    assert_eq!(
        history.matches("in conflict: 2.1.1").count(),
        2,
        "{history}"
    );
    assert!(history.contains("INSP-02 on laptop-2"), "{history}");

    office
        .run("settle CS-1 2.1.1 no --because \"Both looked again\"")
        .says("settled 2.1.1 of CS-1: no\n");
    office
        .run("settle")
        .expect(0, &office.run("settle").stdout, "nothing is in conflict\n");
    office.run("submit CS-1 --quiet").says_nothing();
    assert_eq!(office.answer("CS-1", "2.1.1"), "no");
    office.is_sound();
    // The laptops get everything back, and whoever merges last has the same.
    for laptop in [1, 2] {
        let merged = on(&office, laptop, "merge caseaudit.db").said();
        assert!(merged.starts_with("caseaudit.db: "), "{merged}");
        assert!(!merged.contains("conflict"), "{merged}");
        let history = on(&office, laptop, "history").printed();
        assert_eq!(history, office.run("history").printed());
    }
    office
        .run("merge laptop-2.db")
        .says("laptop-2.db: nothing in it is new\n");
}

#[test]
fn the_files_that_are_merged_stay_as_they_are_to_the_byte() {
    let office = office();
    copies(&office, 2);
    does(&office, 1, "record CS-1 2.1.1=no");
    // Somebody has the second one open, and what they recorded stands in the write-ahead log.
    let other = rusqlite::Connection::open(office.path("laptop-2.db")).unwrap();
    let count: i64 = other
        .query_row("SELECT count(*) FROM entry", [], |row| row.get(0))
        .unwrap();
    does(&office, 2, "record CS-2 2.1.1=no");
    let before = contents(&office, "laptop-");
    assert!(before["laptop-2.db-wal"].len() > 100);
    let merged = office.run("merge laptop-1.db laptop-2.db").said();
    assert!(
        merged.starts_with("laptop-1.db: 1 entry added\nlaptop-2.db: 1 entry added\n"),
        "{merged}"
    );
    let after = contents(&office, "laptop-");
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>()
    );
    for name in ["laptop-1.db", "laptop-2.db", "laptop-2.db-wal"] {
        assert!(before[name] == after[name], "{name}");
    }
    assert_eq!(
        other.query_row("SELECT count(*) FROM entry", [], |row| row.get(0)),
        Ok(count + 1)
    );
}

/// Every file in the office whose name begins so, with its bytes.
fn contents(office: &Office, start: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = office.path("");
    let files = std::fs::read_dir(Path::new(&folder)).unwrap();
    let named = files.map(|file| file.unwrap()).map(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        (name, std::fs::read(file.path()).unwrap())
    });
    named.filter(|(name, _)| name.starts_with(start)).collect()
}

#[test]
fn files_that_cannot_be_merged_are_refused_together_and_nothing_is_stored() {
    let office = office();
    copies(&office, 4);
    does(&office, 1, "record CS-1 2.1.1=no");
    does(&office, 2, "record CS-1 2.1.2=no");
    let alter = |name: &str, sql: &str| {
        let database = rusqlite::Connection::open(office.path(name)).unwrap();
        database.execute_batch(sql).unwrap();
    };
    alter(
        "laptop-2.db",
        "DROP TRIGGER entry_is_never_changed; UPDATE entry SET body = '[\".Y\"]' WHERE seq = (SELECT max(seq) FROM entry)",
    );
    alter(
        "laptop-3.db",
        "DROP TRIGGER entry_is_never_deleted; PRAGMA foreign_keys = OFF; DELETE FROM entry WHERE seq = 5",
    );
    alter("laptop-4.db", "PRAGMA user_version = 99");
    office.write("plain.db", "not a database at all");
    let foreign = Office::opened();
    std::fs::copy(foreign.path("caseaudit.db"), office.path("foreign.db")).unwrap();
    office.refuses(
        "merge laptop-1.db caseaudit.db laptop-2.db laptop-3.db laptop-4.db foreign.db plain.db missing.db",
        "error: caseaudit.db: it is the database itself; name the other copies only [same-file]\n\
         error: laptop-4.db: the database is of version 99, this program knows up to 4; use the newer program that wrote it [newer-database]\n\
         error: plain.db: the file is not a caseaudit database; name another one with --db, or create one with `caseaudit init` [not-a-database]\n\
         error: missing.db: there is no such database; create one with `caseaudit init`, or name another with --db [no-database]\n\
         error: laptop-2.db log entry 7 (answers by INSP-02 at 2026-01-05T09:00:00.000Z): does not match its hash: it, its action or an entry before it was altered; compare with a backup [log-broken]\n\
         error: laptop-3.db log entry 6 (answers by tester at 2026-01-05T09:00:00.000Z): does not follow the entry before it: one is missing or moved; compare with a backup [log-broken]\n\
         error: foreign.db: it is another record: its first entry is not the one of this database; merge only copies of the same file, made with `caseaudit backup` after it was created [another-record]\n",
    );
    office.run("merge").gets_usage("<FILE>");
}

#[test]
fn a_copy_of_an_earlier_version_is_merged_without_being_brought_up() {
    let office = Office::new();
    let database = rusqlite::Connection::open(office.path("old.db")).unwrap();
    database
        .execute_batch(include_str!("../fixtures/version-1.sql"))
        .unwrap();
    drop(database);
    std::fs::copy(office.path("old.db"), office.path("caseaudit.db")).unwrap();
    let before = std::fs::read(office.path("old.db")).unwrap();
    let merged = office.run("merge old.db").said();
    assert!(
        merged.ends_with("old.db: nothing in it is new\n"),
        "{merged}"
    );
    office.is_sound();
    // An empty record takes over all of it.
    let empty = Office::new();
    empty.run("init --quiet").says_nothing();
    std::fs::copy(office.path("old.db"), empty.path("old.db")).unwrap();
    let merged = empty.run("merge old.db").said();
    assert!(merged.contains(" entries added\n"), "{merged}");
    assert_eq!(empty.entries_count(), office.entries_count());
    empty.is_sound();
    assert_eq!(std::fs::read(office.path("old.db")).unwrap(), before);
}

#[test]
fn an_import_neither_settles_nor_submits_what_is_in_conflict() {
    let office = office();
    copies(&office, 2);
    does(&office, 1, "record CS-1 2.1.1=no");
    does(&office, 2, "record CS-1 2.1.1=na");
    office
        .run("merge laptop-1.db laptop-2.db --quiet")
        .says_nothing();
    let refused = office.run("import answers complete.csv");
    assert!(
        refused
            .stderr
            .starts_with("error: complete.csv line 2 column 2: 2.1.1 is in conflict: "),
        "{}",
        refused.stderr
    );
    office.write("rest.csv", "reference,2.1.2\nCS-1,no\n");
    let said = office.run("import answers rest.csv --submit").said();
    assert!(said.contains("1 not submitted"), "{said}");
    assert!(said.contains("2.1.1 is in conflict"), "{said}");
    office.is_sound();
}

#[test]
fn a_note_of_the_latest_entries_proves_the_history_of_every_laptop() {
    let office = office();
    copies(&office, 2);
    does(&office, 1, "record CS-1 2.1.1=no");
    does(&office, 2, "record CS-2 2.1.1=no");
    office
        .run("merge laptop-1.db laptop-2.db --quiet")
        .says_nothing();
    let checked = office.run("check").printed();
    let ids: Vec<&str> = checked
        .split_whitespace()
        .filter(|word| word.len() == 64)
        .collect();
    assert_eq!(ids.len(), 2, "{checked}");
    assert!(checked.contains("latest entries: "), "{checked}");
    office.run("record CS-3 2.1.1=no --quiet").says_nothing();
    let line = format!("check --noted {} --noted {}", ids[0], &ids[1][..12]);
    assert!(office.run(&line).printed().contains("latest entry: "));
    let missing = on(&office, 1, &line);
    assert_eq!(missing.code, Some(1));
    assert_eq!(
        missing
            .stderr
            .matches("the log does not hold the entry")
            .count(),
        1
    );
}
