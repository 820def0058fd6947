//! A record of an earlier version is read as it is, brought up by whatever writes, and says afterwards what it said before.
//!
//! Must not know what the upgrade does to the tables beyond the version that it leaves.

use std::collections::BTreeMap;
use std::time::Instant;

use rusqlite::Connection;

use super::harness::Office;

const DUMP: &str = include_str!("../fixtures/version-1.sql");
const DUMP_2: &str = include_str!("../fixtures/version-2.sql");
const DUMP_3: &str = include_str!("../fixtures/version-3.sql");
const RECORDS: &str = "judge 1 good --because \"Agreed in the panel\"";
const UPGRADED: &str = "caseaudit.db: brought up from version 1 of the record to the present one; \
                        earlier programs cannot open it any more\n";

/// A folder with a database as the first version of the program left it.
fn old() -> Office {
    restored(DUMP)
}

fn restored(dump: &str) -> Office {
    let office = Office::new();
    let database = open(&office);
    database.execute_batch(dump).unwrap();
    database.pragma_update(None, "journal_mode", "wal").unwrap();
    office
}

fn open(office: &Office) -> Connection {
    Connection::open(office.path("caseaudit.db")).unwrap()
}

fn version(office: &Office) -> i64 {
    open(office)
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

/// Everything that the record says, in the words of commands that only look.
fn said(office: &Office) -> Vec<String> {
    let looks = [
        "rate",
        "rate --format json",
        "annex --counts",
        "history",
        "history U-3",
    ];
    let more = [
        "case list",
        "case show U-1",
        "case show U-2",
        "progress --by absence",
        "inspection list",
    ];
    let all = looks.iter().chain(&more);
    all.map(|line| office.run(line).printed()).collect()
}

fn definitions(database: &Connection) -> BTreeMap<String, String> {
    let mut statement = database
        .prepare("SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

#[track_caller]
fn is_defined_like_a_new_one(office: &Office) {
    let new = Office::new();
    new.run("init --quiet").says_nothing();
    assert_eq!(definitions(&open(office)), definitions(&open(&new)));
}

#[test]
fn an_old_record_is_read_as_it_is_and_not_touched() {
    let office = old();
    let before = std::fs::read(office.path("caseaudit.db")).unwrap();
    let rated = office.run("rate").printed();
    let overall = "Overall: Fair: 3 of 4 points over 2 standards\n";
    assert!(
        rated.contains("1 Placement: Fair: lowest is 1.1, 67% of 3 cases\n"),
        "{rated}"
    );
    assert!(rated.ends_with(overall), "{rated}");
    assert_eq!(said(&office).len(), 10);
    office.is_sound();
    office.run("backup copy.db --quiet").says_nothing();
    assert_eq!(std::fs::read(office.path("caseaudit.db")).unwrap(), before);
    assert_eq!(version(&office), 1);
}

#[test]
fn the_first_command_that_writes_brings_an_old_record_up_and_nothing_in_it_changes() {
    let office = old();
    let before = said(&office);
    let entries = office.entries_count();
    // What it says is refused: the upgrade is no part of what is recorded.
    office.run("judge 9 good --because x").fails(&format!(
        "{UPGRADED}error: there is no standard 9; there are: 1, 2 [unknown-standard]\n"
    ));
    assert_eq!((version(&office), office.entries_count()), (4, entries));
    assert_eq!(said(&office), before);
    office.is_sound();
    is_defined_like_a_new_one(&office);
    // From then on it is a record like any other.
    office
        .run("judge 1 good --because \"Agreed in the panel\" --quiet")
        .says_nothing();
    office
        .run("case add U-5 --sample orders --assessor A --joint-assessor B --quiet")
        .says_nothing();
    assert_eq!(office.entries_count(), entries + 2);
    office.is_sound();
}

#[test]
fn a_second_opening_finds_nothing_to_do() {
    let office = old();
    office.run(RECORDS).says(&format!(
        "{UPGRADED}1 Placement: Good\n\
         its key questions give Fair; both ratings are shown\n\
         note: nothing makes this standard eligible for discretion under the framework\n"
    ));
    let before = std::fs::read(office.path("caseaudit.db")).unwrap();
    office
        .run("case assign U-1 --to INSP-01")
        .says("assigned 0 of 1 to INSP-01\n");
    assert_eq!(std::fs::read(office.path("caseaudit.db")).unwrap(), before);
}

#[test]
fn an_old_record_that_is_read_only_can_be_looked_at() {
    let office = old();
    let path = office.path("caseaudit.db");
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    assert!(office.run("rate").printed().contains("Overall: Fair"));
    office.run(RECORDS).fails(
        "error: caseaudit.db: the database cannot be written to; \
         check the permissions of the file and its folder, or work on a copy [database-read-only]\n",
    );
}

#[test]
fn an_upgrade_that_cannot_be_finished_leaves_the_old_record() {
    let office = old();
    // One of the new tables is in the way.
    let mine = "CREATE TABLE moderation (mine TEXT) STRICT";
    open(&office).execute_batch(mine).unwrap();
    let before = definitions(&open(&office));
    let failed = office.run(RECORDS);
    assert_eq!(failed.code, Some(1));
    assert!(
        failed.stderr.contains("table moderation already exists"),
        "{}",
        failed.stderr
    );
    assert_eq!(version(&office), 1);
    assert_eq!(definitions(&open(&office)), before);
    open(&office)
        .execute_batch("DROP TABLE moderation")
        .unwrap();
    office.is_sound();
    office
        .run("case assign U-1 --to INSP-09 --quiet")
        .says_nothing();
    assert_eq!(version(&office), 4);
    office.is_sound();
}

#[test]
fn an_upgrade_that_is_killed_leaves_the_old_record_or_the_new() {
    let office = old();
    let started = Instant::now();
    office
        .run("case assign U-1 --to INSP-09 --quiet")
        .says_nothing();
    let whole = started.elapsed();
    for kill in 0..16 {
        let office = old();
        let args = ["case", "assign", "U-1", "--to", "INSP-09", "--quiet"];
        let mut child = office.command(&args).spawn().unwrap();
        std::thread::sleep(whole * kill / 16);
        // Fails only for a process that has ended.
        let _ended_before = child.kill();
        child.wait().unwrap();
        assert!([1, 4].contains(&version(&office)), "kill {kill}");
        office.is_sound();
        office
            .run("case assign U-1 --to INSP-09 --quiet")
            .says_nothing();
        assert_eq!(version(&office), 4, "kill {kill}");
        office.is_sound();
    }
}

#[test]
fn a_record_of_version_2_that_was_closed_without_figures_is_read_and_brought_up() {
    let office = restored(DUMP_2);
    let annex = office.run("annex --counts").printed();
    assert!(annex.contains("67%"), "{annex}");
    let history = office.run("history").printed();
    office.is_sound();
    assert_eq!(version(&office), 2);
    office
        .run("inspection reopen North --because \"Another late case\"")
        .says(&format!(
            "{}reopened North\n",
            UPGRADED.replace("version 1", "version 2")
        ));
    assert_eq!(version(&office), 4);
    office.is_sound();
    let after = office.run("history").printed();
    assert!(after.contains("Another late case"), "{after}");
    assert_eq!(history.matches("inspection closed").count(), 2);
    assert_eq!(after.matches("inspection closed").count(), 2);
    is_defined_like_a_new_one(&office);
}

#[test]
fn a_record_of_version_3_with_published_figures_is_read_and_brought_up() {
    let office = restored(DUMP_3);
    let before = std::fs::read(office.path("caseaudit.db")).unwrap();
    let looks = ["rate", "annex", "history", "case show U-2"];
    let said = || looks.map(|line| office.run(line).printed());
    let old = said();
    assert!(
        old[0].contains("Overall: Good: 2 of 2 points"),
        "{}",
        old[0]
    );
    office.is_sound();
    assert_eq!(std::fs::read(office.path("caseaudit.db")).unwrap(), before);
    assert_eq!(version(&office), 3);
    // What it says changes nothing: the upgrade is no part of what is recorded.
    office
        .run("case add U-4 --sample orders")
        .fails(&format!(
            "{}error: the inspection North is closed; reopen it: caseaudit inspection reopen \"North\" --because \"…\" [closed]\n",
            UPGRADED.replace("version 1", "version 3")
        ));
    assert_eq!(version(&office), 4);
    assert_eq!(said(), old);
    office.is_sound();
    is_defined_like_a_new_one(&office);
    // From then on it is a record like any other.
    office
        .run("inspection reopen North --because \"Another late case\" --quiet")
        .says_nothing();
    office
        .run("case add U-4 --sample orders --set risk=low --quiet")
        .says_nothing();
    office.is_sound();
}
