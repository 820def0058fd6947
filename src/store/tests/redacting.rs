//! What is redacted is gone from the file, or the program says that it is not gone yet.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::*;
use crate::store::merge::rebuild;
use crate::store::redact::replace_body;
use crate::store::{Access, Redacted};

const NAME: &str = "Zebediah Quackenbush";

/// A file whose entry 9 has a note with the name.
fn with_name(path: &Path) -> Store {
    let mut store = with_cases(Store::create(path).unwrap());
    let change = Change::RecordAnswers {
        patch: patch("...Y"),
        notes: vec![(3, Some(NAME.into())), (0, None)],
    };
    append(&mut store, Some(case_id(2)), &change).unwrap();
    store
}

fn redact(store: &mut Store) -> Result<Redacted, Problems> {
    let action = Action {
        because: "a name".into(),
        inspection: None,
        ..action()
    };
    let read = |text: &str| (text == TEXT).then(edition);
    store.redact(&action, "9", read, |_, _| {})
}

fn holds_name(path: &Path) -> bool {
    ["", "-wal", "-shm"].iter().any(|ending| {
        let bytes = std::fs::read(format!("{}{ending}", path.display())).unwrap_or_default();
        bytes
            .windows(NAME.len())
            .any(|text| text == NAME.as_bytes())
    })
}

#[test]
fn a_file_that_somebody_reads_keeps_traces_until_the_same_is_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let mut store = with_name(&path);
    assert!(holds_name(&path));
    let other = Connection::open(&path).unwrap();
    let reads = "BEGIN; SELECT count(*) FROM entry";
    other.execute_batch(reads).unwrap();
    store.connection.busy_timeout(Duration::ZERO).unwrap();
    let refused = redact(&mut store).unwrap_err();
    assert_eq!(codes(&refused), ["database-locked"]);
    assert!(refused.to_string().contains("give the same command again"));
    assert!(holds_name(&path));
    other.execute_batch("COMMIT").unwrap();
    let redacted = redact(&mut store).unwrap();
    assert!(redacted.was_redacted);
    assert!(!holds_name(&path), "although somebody still has it open");
    assert_eq!(findings(&store), [""; 0]);
    assert_eq!(store.read().entries_count().unwrap(), 10);
}

#[test]
fn a_merge_into_a_file_that_somebody_reads_says_so_until_the_text_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("a.db"), folder.path().join("b.db"));
    let (mut store, mut other) = (with_name(&path), with_name(&copy));
    redact(&mut other).unwrap();
    let reader = Connection::open(&path).unwrap();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM entry")
        .unwrap();
    store.connection.busy_timeout(Duration::ZERO).unwrap();
    let mut merge = || {
        let read = |text: &str| (text == TEXT).then(edition);
        store.merge(std::slice::from_ref(&copy), read, |_, _| {})
    };
    for _ in 0..2 {
        assert_eq!(codes(&merge().unwrap_err()), ["database-locked"]);
        assert!(holds_name(&path));
    }
    reader.execute_batch("COMMIT").unwrap();
    assert_eq!(merge().unwrap().redacted_count, 0, "it came in before");
    assert!(!holds_name(&path), "although somebody still has it open");
    assert_eq!(findings(&store), [""; 0]);
}

#[test]
fn the_entry_keeps_its_id_its_answers_and_its_act() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = with_name(&folder.path().join("record.db"));
    let before = store.read().history(None).unwrap();
    let redacted = redact(&mut store).unwrap();
    let after = store.read().history(None).unwrap();
    assert_eq!(after[..8], before[..8]);
    assert_eq!(
        (after[8].id, &after[8].action),
        (before[8].id, &before[8].action)
    );
    let change = Change::RecordAnswers {
        patch: patch("...Y"),
        notes: vec![(3, Some("[redacted]".into())), (0, None)],
    };
    assert_eq!((&after[8].change, &redacted.change), (&change, &change));
    // The act of redacting belongs where the entry belongs.
    assert_eq!(after[9].action.inspection, Some(INSPECTION));
    assert_eq!(after[9].action.because, "a name");
    let note = (3, "[redacted]".to_owned());
    assert_eq!(store.read().notes(case_id(2)).unwrap(), [note]);
    drop(store);
    let store = Store::open(&folder.path().join("record.db"), Access::Read).unwrap();
    assert_eq!(findings(&store), [""; 0]);
}

#[test]
fn a_record_that_is_not_sound_is_not_redacted() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = with_name(&folder.path().join("record.db"));
    store
        .connection
        .execute_batch(
            "DROP TRIGGER entry_is_never_changed; UPDATE entry SET body = '[\"N\"]' WHERE seq = 6;
             CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry BEGIN SELECT 1; END",
        )
        .unwrap();
    let refused = redact(&mut store).unwrap_err();
    assert_eq!(codes(&refused), ["log-broken"]);
    assert_eq!(store.read().entries_count().unwrap(), 9);
}

/// Says that entry 9 was redacted and puts this body there, as somebody can who writes into the file by other means.
fn forge(store: &mut Store, body: &str) {
    let entry = store.read().entry(9).unwrap();
    let redaction = Change::Redact {
        entry: entry.id,
        body: sha256(body.as_bytes()),
    };
    let read = |text: &str| (text == TEXT).then(edition);
    let forged = store.write(&[edition()], &action(), |writer| {
        let db = writer.read().connection;
        replace_body(db, 9, body, &entry.body_hash())?;
        writer.append(entry.subject, &redaction)?;
        // Whatever the state is made to say: it follows from the log.
        rebuild(writer.read().connection, read, &mut |_, _| {}).or(Ok(()))
    });
    forged.unwrap();
}

fn bring(store: &mut Store, others: &[(&str, &Store)]) -> Result<(), Problems> {
    let logs = others
        .iter()
        .map(|(name, other)| (Path::new(*name), other.read()));
    let logs: Vec<_> = logs.collect();
    let read = |text: &str| (text == TEXT).then(edition);
    let merged = store.merge_logs(&logs, &Problems::default(), read, &mut |_, _| {});
    merged.map(drop)
}

#[test]
fn an_answer_that_is_altered_as_if_it_were_redacted_is_refused_wherever_its_text_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let copy = |name: &str| with_name(&folder.path().join(name));
    let (mut original, mut forged) = (copy("a.db"), copy("b.db"));
    forge(&mut forged, r#"["...N",[[3,"[redacted]"],[0,null]]]"#);
    let refused = bring(&mut original, &[("b.db", &forged)]).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "b.db log entry 9 (answers by INSP-01 at 2018-10-08T09:12:00.000Z): was altered, not redacted: this database has its text, of which redacting leaves something else; compare with a backup [log-broken]"
    );
    let refused = bring(&mut forged, &[("a.db", &original)]).unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("not redacted, in this database"),
        "{refused}"
    );
    for files in [
        [("a.db", &original), ("b.db", &forged)],
        [("b.db", &forged), ("a.db", &original)],
    ] {
        let mut empty = Store::in_memory().unwrap();
        let refused = bring(&mut empty, &files).unwrap_err();
        assert_eq!(codes(&refused), ["log-broken"]);
        assert_eq!(empty.read().entries_count().unwrap(), 0);
    }
    // With a redaction that is what it says it is, one of the two is wrong, whoever has the text.
    redact(&mut original).unwrap();
    assert_eq!(findings(&original), [""; 0]);
    let refused = bring(&mut original, &[("b.db", &forged)]).unwrap_err();
    assert_eq!(codes(&refused), ["log-broken"]);
}

#[test]
fn what_stands_in_place_of_an_entry_must_be_what_redacting_leaves() {
    let folder = tempfile::tempdir().unwrap();
    for (number, body) in [
        "nothing that can be read",
        r#"["...Y",[[3,"Nothing at all"]]]"#,
        r#"["...N"]"#,
    ]
    .iter()
    .enumerate()
    {
        let mut store = with_name(&folder.path().join(format!("{number}.db")));
        forge(&mut store, body);
        let found = findings(&store).join("\n");
        assert!(found.contains("not what redacting leaves"), "{found}");
    }
}
