//! What is redacted is gone from the file, or the program says that it is not gone yet.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::*;
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
