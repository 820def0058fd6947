//! A name that was typed into a note is taken out of everything, and the record stays sound.

use super::harness::Office;

/// What should never have been typed.
const NAME: &str = "Zebediah Quackenbush";

/// An office with two cases and a note that holds the name, among others that do not.
fn office() -> Office {
    let office = Office::opened();
    for line in [
        "case add CS-1 --sample case-supervision",
        "case add CS-2 --sample case-supervision",
        "record CS-1 2.1.1=no --note 2.1.1=\"Zebediah Quackenbush was not asked\"",
        "record CS-2 2.1.1=yes --note 2.1.1=\"Nothing to add\"",
    ] {
        assert_eq!(office.run(line).code, Some(0), "{line}");
    }
    office
}

/// The id of the entry about a case, as history prints it.
fn entry(office: &Office, reference: &str, what: &str) -> String {
    let history = office.run(&format!("history {reference} --format json"));
    let history: serde_json::Value = serde_json::from_str(&history.printed()).unwrap();
    let rows = history["tables"][0]["rows"].as_array().unwrap();
    let row = rows
        .iter()
        .map(|row| &row["values"])
        .find(|values| values["what"].as_str().unwrap().contains(what));
    row.unwrap()["entry"].as_str().unwrap().to_owned()
}

/// Files of a database in which the name can still be found.
/// Another process reads them: if this one closed a file that SQLite has open here, its locks on that file would be gone.
fn found_in(office: &Office, database: &str) -> Vec<String> {
    let files =
        ["", "-wal", "-shm", "-journal", ".part"].map(|ending| format!("{database}{ending}"));
    let holds = |name: &String| {
        let bytes = std::process::Command::new("cat")
            .arg(office.path(name))
            .output()
            .unwrap()
            .stdout;
        bytes
            .windows(NAME.len())
            .any(|window| window == NAME.as_bytes())
    };
    files.into_iter().filter(holds).collect()
}

#[test]
fn a_redacted_note_is_in_no_byte_of_the_files_and_every_link_still_verifies() {
    let office = office();
    assert_eq!(found_in(&office, "caseaudit.db"), ["caseaudit.db"]);
    // Somebody has the file open, so that the write-ahead log stays.
    let other = rusqlite::Connection::open(office.path("caseaudit.db")).unwrap();
    let count = || -> i64 {
        let sql = "SELECT count(*) FROM entry";
        other.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let before = count();
    office
        .run("record CS-1 2.1.2=no --note 2.1.2=\"Zebediah Quackenbush again\" --quiet")
        .says_nothing();
    assert_eq!(
        found_in(&office, "caseaudit.db").len(),
        2,
        "the log beside it, too"
    );
    for (what, question) in [("was not asked", "2.1.1"), ("again", "2.1.2")] {
        let id = entry(&office, "CS-1", what);
        office
            .run(&format!("redact {id} --because \"A name was typed\""))
            .says(&format!(
                "removed: 1 note of CS-1 ({question}), recorded by tester at 2026-01-05 09:00:00\n"
            ));
    }
    assert_eq!(found_in(&office, "caseaudit.db"), [""; 0]);
    assert_eq!(count(), before + 3);
    drop(other);
    assert_eq!(found_in(&office, "caseaudit.db"), [""; 0]);
    office.is_sound();
    let history = office.run("history CS-1 --format csv").printed();
    assert!(
        history.contains("2.1.1=no; note 2.1.1: [redacted]"),
        "{history}"
    );
    assert!(history.contains("A name was typed"), "{history}");
    assert_eq!(office.answer("CS-1", "2.1.1"), "no");
    let shown = office.run("case show CS-1").printed();
    assert_eq!(shown.matches("[redacted]").count(), 2, "{shown}");
    office.run("backup copy.db --quiet").says_nothing();
    assert_eq!(found_in(&office, "copy.db"), [""; 0]);
    // The rule that entries are never changed is in force again.
    let database = rusqlite::Connection::open(office.path("caseaudit.db")).unwrap();
    let changed = database.execute_batch("UPDATE entry SET body = '[]'");
    assert!(changed.unwrap_err().to_string().contains("never changed"));
}

#[test]
fn a_redacted_note_goes_from_every_copy_that_is_merged() {
    let office = office();
    for copy in ["laptop-1.db", "laptop-2.db", "laptop-3.db"] {
        office.run(&format!("backup {copy} --quiet")).says_nothing();
    }
    let on = |database: &str, line: &str| office.run(&format!("--db {database} --quiet {line}"));
    let id = entry(&office, "CS-1", "was not asked");
    for copy in ["laptop-1.db", "laptop-2.db"] {
        // Two people take it out without knowing of each other.
        let who = &copy[..8];
        on(
            copy,
            &format!("--as {who} redact {id} --because \"A name\""),
        )
        .says_nothing();
    }
    on("laptop-3.db", "record CS-1 2.1.3=yes").says_nothing();
    // Into a file that still has it.
    assert_eq!(
        office.run("merge laptop-3.db laptop-1.db").said(),
        "laptop-3.db: 1 entry added\nlaptop-1.db: 1 entry added\nwork on 1 case came in\n\
         the free text of 1 entry is removed here too\n"
    );
    assert_eq!(found_in(&office, "caseaudit.db"), [""; 0]);
    office.is_sound();
    // From a file that still has it.
    on("laptop-2.db", "merge laptop-3.db").says_nothing();
    assert_eq!(found_in(&office, "laptop-2.db"), [""; 0]);
    // Into an empty file, from one that has it and one that has not, in this order.
    on("empty.db", "init").says_nothing();
    on("empty.db", "merge laptop-3.db laptop-2.db").says_nothing();
    assert_eq!(found_in(&office, "empty.db"), [""; 0]);
    for database in ["caseaudit.db", "laptop-2.db", "empty.db"] {
        for copy in ["laptop-1.db", "laptop-2.db"] {
            if copy != database {
                on(database, &format!("merge {copy}")).says_nothing();
            }
        }
        assert_eq!(on(database, "check").code, Some(0));
        let history = on(database, "history CS-1").printed();
        assert_eq!(history, on("caseaudit.db", "history CS-1").printed());
    }
    office.is_sound();
}

/// Redacts the entry about a case that says so, and sees what the program says is gone.
fn redact(office: &Office, reference: &str, what: &str, gone: &str) {
    let id = entry(office, reference, what);
    let said = office
        .run(&format!("redact {id} --because \"A name was typed\""))
        .said();
    assert!(
        said.starts_with(&format!("removed: {gone}, recorded by ")),
        "{said}"
    );
}

#[test]
fn a_name_in_case_information_and_in_the_reason_of_a_resolution_goes_too() {
    let office = Office::opened();
    let name = NAME.replace(' ', "_");
    for line in [
        &format!("case add V-1 --sample statutory-victim-work --assessor A-1 --set ldu={name}-1"),
        &format!("case set V-1 ldu={name}-2"),
        "record V-1 3.2.1=yes --as A-1",
        &format!("record V-1 3.2.1=no --note \"3.2.1={NAME}\" --second --as B-2"),
        "submit V-1 --as A-1 --because x",
        "submit V-1 --second --as B-2 --because x",
        &format!("resolve V-1 3.2.1 no --because \"{NAME} was called\" --as LEAD"),
    ] {
        assert_eq!(office.run(line).code, Some(0), "{line}");
    }
    let history = office.run("history V-1 --format csv").printed();
    assert!(history.contains("Quackenbush was called"), "{history}");
    office.run("backup laptop-1.db --quiet").says_nothing();
    office.run("backup laptop-2.db --quiet").says_nothing();
    let on = |database: &str, line: &str| office.run(&format!("--db {database} --quiet {line}"));
    on("laptop-2.db", "case add V-2 --sample statutory-victim-work").says_nothing();
    let other = rusqlite::Connection::open(office.path("caseaudit.db")).unwrap();
    redact(
        &office,
        "V-1",
        "case added",
        "case information of V-1 (ldu)",
    );
    redact(&office, "V-1", "-2", "case information of V-1 (ldu)");
    redact(
        &office,
        "V-1",
        "second assessment: 3.2.1=no",
        "1 note of V-1 (3.2.1)",
    );
    redact(
        &office,
        "V-1",
        "disagreement resolved",
        "the reason of the resolution of 3.2.1 of V-1",
    );
    drop(other);
    // The name with a space, and the one with a line, both.
    let holds = |database: &str| {
        let files = ["", "-wal", "-shm"].map(|ending| format!("{database}{ending}"));
        files.iter().any(|file| {
            let bytes = std::fs::read(office.path(file)).unwrap_or_default();
            bytes.windows(11).any(|part| part == b"Quackenbush")
        })
    };
    assert!(!holds("caseaudit.db"));
    office.is_sound();
    let agreed = office.run("agree").printed();
    assert!(agreed.contains("Resolved by LEAD: [redacted]"), "{agreed}");
    assert_eq!(office.answer("V-1", "3.2.1"), "no");
    // Both ways, with copies that have it.
    assert!(holds("laptop-1.db") && holds("laptop-2.db"));
    on("laptop-1.db", "merge caseaudit.db").says_nothing();
    office.run("merge laptop-2.db --quiet").says_nothing();
    assert!(!holds("laptop-1.db") && !holds("caseaudit.db"));
    assert_eq!(on("laptop-1.db", "check").code, Some(0));
    office.is_sound();
    // What was right in it is said again.
    for line in ["reopen V-1 --because x", "case set V-1 ldu=L-7"] {
        office.run(&format!("{line} --quiet")).says_nothing();
    }
    office.is_sound();
}

#[test]
fn a_name_in_an_extract_goes_from_population_and_draw() {
    let office = Office::opened();
    let extract = include_str!("../../samples/north-west-population/extract-made-up.csv");
    // An officer is refused with a space in the code; a unit may be called anything.
    assert!(extract.contains(",LDU-02,"));
    office.write("extract.csv", extract.replace("LDU-02", NAME));
    let map = include_str!("../../samples/north-west-population/columns.toml");
    office.write("columns.toml", map);
    for line in [
        "population import extract.csv --map columns.toml --sample case-supervision",
        "sample draw case-supervision --seed 20181008 --size 500",
    ] {
        office.run(&format!("{line} --quiet")).says_nothing();
    }
    assert_eq!(found_in(&office, "caseaudit.db"), ["caseaudit.db"]);
    let database = rusqlite::Connection::open(office.path("caseaudit.db")).unwrap();
    let sql = "SELECT seq FROM entry WHERE body LIKE '%Quackenbush%'";
    let entries: Vec<i64> = {
        let mut statement = database.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    drop(database);
    assert!(entries.len() > 2, "{entries:?}");
    for seq in entries {
        office
            .run(&format!("redact {seq} --because \"A name\" --quiet"))
            .says_nothing();
    }
    assert_eq!(found_in(&office, "caseaudit.db"), [""; 0]);
    office.is_sound();
    assert_eq!(office.run("sample show case-supervision").code, Some(0));
}

#[test]
fn text_can_be_taken_out_while_something_is_in_conflict() {
    let office = office();
    office.run("backup laptop-1.db --quiet").says_nothing();
    for line in [
        "record CS-2 2.1.1=no",
        "--db laptop-1.db record CS-2 2.1.1=na --note \"2.1.2=Zebediah Quackenbush again\"",
        "record CS-2 --note \"2.1.2=Nobody\"",
        "merge laptop-1.db",
    ] {
        assert_eq!(office.run(line).code, Some(0), "{line}");
    }
    for (case, what) in [("CS-1", "was not asked"), ("CS-2", "again")] {
        let id = entry(&office, case, what);
        let redacted = office.run(&format!("redact {id} --because \"A name\""));
        assert_eq!(redacted.code, Some(0), "{}", redacted.stderr);
    }
    assert_eq!(found_in(&office, "caseaudit.db"), [""; 0]);
    office.is_sound();
    let left = office.run("settle").printed();
    assert!(left.contains("[redacted]"), "{left}");
    office
        .run("settle CS-2 2.1.1 no --because \"Agreed\" --quiet")
        .says_nothing();
}

#[test]
fn only_free_text_can_be_taken_out() {
    let office = office();
    office
        .run("judge 1.1 good --because \"Zebediah Quackenbush said so\" --quiet")
        .says_nothing();
    office.write(
        "judgements.csv",
        "standard,rating,because\n1.2,good,Zebediah Quackenbush said so\n",
    );
    office
        .run("import judgements judgements.csv --quiet")
        .says_nothing();
    let remedy = "notes, codes of case information, reasons of resolutions, judgements that were imported, and published figures can be redacted; correct anything else in the record [nothing-to-redact]\n";
    office.refuses(
        "redact 3 --because x",
        &format!("error: log entry 3 (case by tester at 2026-01-05T09:00:00.000Z): it holds no free text; {remedy}"),
    );
    office.refuses(
        "redact 7 --because x",
        &format!("error: log entry 7 (judge by tester at 2026-01-05T09:00:00.000Z): its text is the reason that was given, and who did something, when and why is never removed: later entries name it by its hash; {remedy}"),
    );
    for unknown in ["99", "ffffffffffff", "4bf6", "CS-1"] {
        let named = unknown.to_lowercase();
        office.refuses(
            &format!("redact {unknown} --because x"),
            &format!("error: the log has no entry {named}; give 12 or more digits of it, as `caseaudit history` prints them [unknown-entry]\n"),
        );
    }
    office.refuses(
        "redact 5 --because \" \"",
        "error: a reason is wanted; say why the text has to go: --because \"…\" [reason-wanted]\n",
    );
    office.run("redact 8 --because \"A name\"").says(
        "removed: the reason of the judgement of 1.2, recorded by tester at 2026-01-05 09:00:00\n",
    );
    office
        .run("redact 5 --because \"A name\"")
        .says("removed: 1 note of CS-1 (2.1.1), recorded by tester at 2026-01-05 09:00:00\n");
    let entries = office.entries_count();
    office.run("redact 5 --because \"A name\"").says(
        "removed before: 1 note of CS-1 (2.1.1), recorded by tester at 2026-01-05 09:00:00\n",
    );
    assert_eq!(office.entries_count(), entries);
    office.is_sound();
}

#[test]
fn what_stands_in_place_of_a_note_cannot_be_altered_unseen() {
    let office = office();
    office
        .run("redact 5 --because \"A name\" --quiet")
        .says_nothing();
    let database = rusqlite::Connection::open(office.path("caseaudit.db")).unwrap();
    let rule: String = database
        .query_row(
            "SELECT sql FROM sqlite_schema WHERE name = 'entry_is_never_changed'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    database
        .execute_batch(&format!(
            "DROP TRIGGER entry_is_never_changed; UPDATE entry SET body = '[\"Y\",[[0,\"[redacted]\"]]]' WHERE seq = 5; {rule}"
        ))
        .unwrap();
    drop(database);
    let checked = office.run("check");
    assert_eq!(checked.code, Some(1));
    assert!(
        checked.stderr.contains("log entry 5 (answers by tester at 2026-01-05T09:00:00.000Z): was redacted, but no entry says so, or another body stands there"),
        "{}",
        checked.stderr
    );
}

#[test]
fn the_reason_of_a_redaction_must_not_repeat_the_name() {
    let office = office();
    for because in [
        "zebediah quackenbush was named",
        "Quackenbush",
        "About Zebediah",
    ] {
        office.refuses(
            &format!("redact 5 --because \"{because}\""),
            "error: log entry 5 (answers by tester at 2026-01-05T09:00:00.000Z): the reason repeats a word of the text that has to go, and no reason is ever removed; give a reason without names, such as \"A name was typed\" [wrong-value]\n",
        );
    }
    office
        .run("redact 5 --because \"Somebody was not asked\" --quiet")
        .says_nothing();
    assert_eq!(found_in(&office, "caseaudit.db"), [""; 0]);
}
