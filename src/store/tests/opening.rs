//! Files that are not ours, not whole or not free, each with its own message.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::*;
use crate::store::Access;
use crate::store::open::named;

/// A folder with a sound database in it.
fn sound() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    drop(with_cases(Store::create(&path).unwrap()));
    (folder, path)
}

fn refused(path: &Path, access: Access) -> (Vec<&'static str>, String) {
    match Store::open(path, access) {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(problems) => (codes(&problems), problems.to_string()),
    }
}

#[test]
fn a_database_closed_and_opened_again_is_as_it_was() {
    let (_folder, path) = sound();
    for access in [Access::Read, Access::Write] {
        let store = Store::open(&path, access).unwrap();
        assert_eq!(store.read().cases(INSPECTION).unwrap().len(), 3);
        assert_eq!(store.path(), path);
        assert_eq!(findings(&store), [""; 0]);
    }
    let beside: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(beside.len(), 1, "a closed database is one file");
}

#[test]
fn a_file_that_is_not_there_is_not_made() {
    let (folder, _) = sound();
    let path = folder.path().join("other.db");
    assert_eq!(refused(&path, Access::Write).0, ["no-database"]);
    assert!(!path.exists());
}

#[test]
fn a_file_that_exists_is_not_overwritten() {
    let (_folder, path) = sound();
    let problems = Store::create(&path).map(|_| ()).unwrap_err();
    assert_eq!(codes(&problems), ["already-exists"]);
}

#[test]
fn a_name_that_sqlite_would_read_in_its_own_way_is_that_of_a_file() {
    for name in [":memory:", "file:record.db", "file:record.db?mode=memory"] {
        let path = Path::new(name);
        assert_eq!(named(path), Path::new(".").join(name));
    }
    let (_folder, path) = sound();
    assert_eq!(named(&path), path, "a whole path stays as it is");
}

#[test]
fn a_database_cannot_be_made_where_there_is_no_folder() {
    let (folder, _) = sound();
    let problems = Store::create(&folder.path().join("no/record.db"))
        .map(|_| ())
        .unwrap_err();
    assert_eq!(codes(&problems), ["storage-failed"]);
}

#[test]
fn an_empty_file_a_text_a_folder_and_another_database_are_not_ours() {
    let (folder, _) = sound();
    let path = folder.path().join("other.db");
    fs::write(&path, "").unwrap();
    assert_eq!(refused(&path, Access::Read).0, ["not-a-database"]);
    fs::write(&path, "reference,sample\n".repeat(100)).unwrap();
    assert_eq!(refused(&path, Access::Read).0, ["not-a-database"]);
    fs::remove_file(&path).unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE t (x)")
        .unwrap();
    assert_eq!(refused(&path, Access::Write).0, ["not-a-database"]);
    assert_eq!(refused(folder.path(), Access::Read).0, ["not-a-database"]);
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    let (_folder, path) = sound();
    Connection::open(&path)
        .unwrap()
        .execute_batch("PRAGMA user_version = 5")
        .unwrap();
    let (codes, message) = refused(&path, Access::Read);
    assert_eq!(codes, ["newer-database"]);
    assert!(message.contains("version 5"), "{message}");
    assert!(message.contains("record.db"), "{message}");
}

#[test]
fn a_database_of_no_version_is_not_ours() {
    let (_folder, path) = sound();
    Connection::open(&path)
        .unwrap()
        .execute_batch("PRAGMA user_version = 0")
        .unwrap();
    assert_eq!(refused(&path, Access::Read).0, ["not-a-database"]);
}

fn page_bytes(path: &Path) -> usize {
    let database = Connection::open(path).unwrap();
    let bytes: u32 = database
        .pragma_query_value(None, "page_size", |row| row.get(0))
        .unwrap();
    usize::try_from(bytes).unwrap()
}

#[test]
fn a_database_cut_short_is_damaged() {
    let (_folder, path) = sound();
    let whole = fs::read(&path).unwrap();
    let page = page_bytes(&path);
    fs::write(&path, &whole[..whole.len() / 2 / page * page]).unwrap();
    let (codes, _) = refused(&path, Access::Write);
    assert_eq!(codes, ["database-damaged"]);
}

#[test]
fn a_database_with_an_overwritten_page_is_found_damaged() {
    let (_folder, path) = sound();
    let sql = "SELECT rootpage - 1 FROM sqlite_schema WHERE name = 'casefile'";
    let page: u32 = Connection::open(&path)
        .unwrap()
        .query_row(sql, [], |row| row.get(0))
        .unwrap();
    let mut whole = fs::read(&path).unwrap();
    let (page, bytes) = (usize::try_from(page).unwrap(), page_bytes(&path));
    whole[page * bytes..][..bytes].fill(0xff);
    fs::write(&path, &whole).unwrap();
    // Which page that is hangs on the schema: it may be one that is read on opening.
    let found = Store::open(&path, Access::Read)
        .and_then(|store| store.check(|text| (text == TEXT).then(edition), |_| {}));
    let sound = found.is_ok_and(|found| found.problems.is_empty());
    assert!(!sound);
}

#[test]
fn a_read_only_file_can_be_read_and_not_written() {
    let (_folder, path) = sound();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    assert_eq!(refused(&path, Access::Write).0, ["database-read-only"]);
    let mut store = Store::open(&path, Access::Read).unwrap();
    assert_eq!(findings(&store), [""; 0]);
    let problems = append(&mut store, Some(case_id(2)), &answers("Y")).unwrap_err();
    assert_eq!(codes(&problems), ["database-read-only"]);
}

#[test]
fn a_locked_database_says_so_and_can_still_be_read() {
    let (_folder, path) = sound();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut store = Store::open(&path, Access::Write).unwrap();
    store.connection.busy_timeout(Duration::ZERO).unwrap();
    let problems = append(&mut store, Some(case_id(2)), &answers("Y")).unwrap_err();
    assert_eq!(codes(&problems), ["database-locked"]);
    assert_eq!(store.read().cases(INSPECTION).unwrap().len(), 3);
    other.execute_batch("ROLLBACK").unwrap();
    append(&mut store, Some(case_id(2)), &answers("Y")).unwrap();
}

#[test]
fn a_network_path_is_refused() {
    for path in [r"\\server\share\record.db", "//server/share/record.db"] {
        assert_eq!(refused(Path::new(path), Access::Read).0, ["network-path"]);
        let problems = Store::create(Path::new(path)).map(|_| ()).unwrap_err();
        assert_eq!(codes(&problems), ["network-path"]);
    }
}
