//! Whatever is altered behind the program's back, `check` finds.

use rusqlite::Connection;

use super::*;

/// Makes a database, tampers with it through plain SQLite with the triggers gone for that time, and says what a check then finds.
fn findings_after(sql: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    drop(with_cases(Store::create(&path).unwrap()));
    let connection = Connection::open(&path).unwrap();
    let triggers: Vec<(String, String)> = connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (name, _) in &triggers {
        let drop = format!("DROP TRIGGER {name}");
        connection.execute_batch(&drop).unwrap();
    }
    connection
        .execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}"))
        .unwrap();
    for (_, create) in &triggers {
        connection.execute_batch(create).unwrap();
    }
    drop(connection);
    findings(&Store::open(&path, crate::store::Access::Read).unwrap())
}

fn assert_one_of(findings: &[String], wanted: &str) {
    assert!(
        findings.iter().any(|line| line.contains(wanted)),
        "{wanted:?} is not among {findings:#?}"
    );
}

#[test]
fn a_record_that_nobody_touched_is_sound() {
    assert_eq!(findings_after(""), [""; 0]);
    assert_eq!(findings(&Store::in_memory().unwrap()), [""; 0]);
}

#[test]
fn the_log_refuses_to_be_changed_from_outside() {
    let store = with_cases(Store::in_memory().unwrap());
    for sql in [
        "UPDATE entry SET body = '[]'",
        "DELETE FROM entry",
        "UPDATE action SET who = 'x'",
        "DELETE FROM action",
    ] {
        let error = store.connection.execute_batch(sql).unwrap_err().to_string();
        assert!(error.contains("never"), "{sql}: {error}");
    }
}

#[test]
fn an_altered_entry_is_found() {
    let found = findings_after("UPDATE entry SET body = '[\"YYXY\"]' WHERE body = '[\"YNXY\"]'");
    assert_one_of(&found, "log entry 6 (answers by INSP-01");
    assert_one_of(&found, "does not match its hash");
    assert_one_of(&found, "[state-differs]");
}

#[test]
fn an_altered_action_is_found() {
    let found = findings_after("UPDATE action SET who = 'somebody else' WHERE seq = 2");
    assert_one_of(&found, "does not match its hash");
}

#[test]
fn an_entry_altered_with_its_hash_breaks_the_next_link() {
    let found = findings_after("UPDATE entry SET id = zeroblob(32) WHERE seq = 3");
    assert_eq!(found.len(), 2, "the entry and the one after it: {found:#?}");
    assert_one_of(&found, "log entry 3");
    assert_one_of(&found, "log entry 4");
}

#[test]
fn a_deleted_entry_is_found() {
    let found = findings_after("DELETE FROM entry WHERE seq = 6");
    assert_one_of(&found, "log entry 7");
    assert_one_of(&found, "does not follow the entry before it");
}

#[test]
fn entries_in_another_order_are_found() {
    let found = findings_after(
        "UPDATE entry SET seq = 100 WHERE seq = 6; UPDATE entry SET seq = 6 WHERE seq = 7;
         UPDATE entry SET seq = 7 WHERE seq = 100",
    );
    assert_one_of(&found, "does not follow the entry before it");
}

#[test]
fn an_altered_answer_is_found_with_its_case() {
    let found = findings_after("UPDATE casefile SET sheet = 'YYXY' WHERE reference = 'C-1'");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_one_of(
        &found,
        "table casefile reference C-1: sheet is YYXY, the log says YNXY",
    );
}

#[test]
fn a_dropped_case_is_found() {
    let found = findings_after("DELETE FROM casefile WHERE reference = 'I-1'");
    assert_one_of(&found, "table casefile reference I-1: the row is missing");
}

#[test]
fn a_row_that_the_log_knows_nothing_of_is_found() {
    let found = findings_after(
        "INSERT INTO judgement VALUES (1, '1.1', 'good', 'because', 'INSP-01', '2018')",
    );
    assert_one_of(&found, "the log knows nothing of this row");
}

#[test]
fn a_reference_to_nothing_is_found() {
    let found = findings_after("INSERT INTO note VALUES (77, 0, 'a note')");
    assert_one_of(&found, "it refers to a row of casefile that is not there");
}

#[test]
fn a_framework_altered_in_both_places_is_found() {
    let found = findings_after(
        "UPDATE entry SET body = 'another text' WHERE kind = 'framework';
         UPDATE framework SET text = 'another text'",
    );
    assert_one_of(&found, "does not match its hash");
    assert_one_of(&found, "a framework that cannot be read");
}

#[test]
fn an_action_without_entries_is_found() {
    let found = findings_after(
        "INSERT INTO action (at, who, device, source, because)
         VALUES ('2018-10-08T09:12:00.000Z', 'nobody', '', '', '')",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_one_of(
        &found,
        "(by nobody at 2018-10-08T09:12:00.000Z): it has no entry",
    );
}

#[test]
fn tables_views_and_triggers_that_were_defined_anew_are_found() {
    for (sql, wanted) in [
        ("DROP VIEW answer", "view answer: it was removed"),
        ("DROP TABLE moderation", "table moderation: it was removed"),
        (
            "DROP VIEW answer; CREATE VIEW answer AS SELECT 'yes' AS state",
            "view answer: it was defined anew",
        ),
        (
            "ALTER TABLE casefile ADD COLUMN x TEXT",
            "table casefile: it was defined anew",
        ),
        (
            "CREATE TRIGGER t AFTER UPDATE ON casefile BEGIN DELETE FROM note; END",
            "trigger t: the program has no such trigger",
        ),
    ] {
        let found = findings_after(sql);
        assert_eq!(found.len(), 1, "{sql}: {found:#?}");
        assert_one_of(&found, wanted);
    }
    let beside = "CREATE TABLE mine (x); CREATE INDEX mine_x ON mine (x); ANALYZE";
    assert_eq!(findings_after(beside), [""; 0]);
}

#[test]
fn many_differences_are_counted_not_listed() {
    let mut store = with_cases(Store::in_memory().unwrap());
    store
        .write(&[edition()], &action(), |writer| {
            for number in 10..40 {
                let add = add_case(&format!("C-{number}"), "cases", &[]);
                writer.append(Some(case_id(number)), &add)?;
            }
            Ok(())
        })
        .unwrap();
    store
        .connection
        .execute_batch("UPDATE casefile SET assessor = 'x' WHERE reference LIKE 'C-__'")
        .unwrap();
    let found = findings(&store);
    assert_eq!(found.len(), 21);
    assert_one_of(&found, "10 more rows differ from the log");
}
