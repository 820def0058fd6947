//! What a database in a bad state gets: locked, not writable, from a newer version, cut short, not a database, tampered with.
//!
//! One clear message each. Must not know how a good one is laid out beyond what tampering needs.

use std::path::Path;
use std::process::Command;

use rusqlite::Connection;

use super::harness::Office;

/// An inspection with three cases, answers and a submitted assessment.
fn recorded() -> Office {
    let office = Office::opened();
    for reference in ["V-1", "V-2", "V-3"] {
        office
            .run(&format!(
                "case add {reference} --sample statutory-victim-work --set contact=declined --quiet"
            ))
            .says_nothing();
    }
    office
        .run("record V-1 3.2.1=yes 3.2.2=no --note 3.2.2=Late --quiet")
        .says_nothing();
    office.run("submit V-1 --quiet").says_nothing();
    office
}

/// Commands that only look, and one that records.
const LOOKS: [&str; 5] = ["rate", "annex", "progress", "history V-1", "check"];
const RECORDS: &str = "record V-2 3.2.1=yes";

/// Asserts that every command is refused with this one message.
#[track_caller]
fn all_refused(office: &Office, message: &str) {
    for command in LOOKS
        .iter()
        .chain([&RECORDS, &"import cases known.csv", &"backup copy.db"])
    {
        office.run(command).fails(message);
    }
    assert!(!office.path("copy.db").exists());
}

#[test]
fn a_missing_database_says_how_to_create_one() {
    all_refused(
        &Office::new(),
        "error: caseaudit.db: there is no such database; \
         create one with `caseaudit init`, or name another with --db [no-database]\n",
    );
}

#[test]
fn what_is_no_database_of_ours_is_left_alone() {
    let message = "error: caseaudit.db: the file is not a caseaudit database; \
                   name another one with --db, or create one with `caseaudit init` [not-a-database]\n";
    let text = "This is a letter, not a database.\n".repeat(100);
    for content in ["", "x", text.as_str()] {
        let office = Office::new();
        office.write("caseaudit.db", content);
        all_refused(&office, message);
        assert_eq!(
            std::fs::read_to_string(office.path("caseaudit.db")).unwrap(),
            content
        );
    }
    let folder = Office::new();
    std::fs::create_dir(folder.path("caseaudit.db")).unwrap();
    all_refused(&folder, message);
    let foreign = Office::new();
    Connection::open(foreign.path("caseaudit.db"))
        .unwrap()
        .execute_batch("CREATE TABLE entry (id); CREATE TABLE casefile (id)")
        .unwrap();
    all_refused(&foreign, message);
}

#[test]
fn a_database_of_a_newer_version_is_left_to_the_newer_program() {
    let office = recorded();
    open(&office)
        .pragma_update(None, "user_version", 5)
        .unwrap();
    all_refused(
        &office,
        "error: caseaudit.db: the database is of version 5, this program knows up to 4; \
         use the newer program that wrote it [newer-database]\n",
    );
}

#[test]
fn a_database_cut_short_anywhere_is_refused_or_found_damaged() {
    let office = recorded();
    let whole = std::fs::read(office.path("caseaudit.db")).unwrap();
    assert!(
        !office.path("caseaudit.db-wal").exists(),
        "the last program to leave empties the log"
    );
    for part in 0..24 {
        let length = whole.len() * part / 24;
        office.write("caseaudit.db", &whole[..length]);
        for command in LOOKS.iter().chain([&RECORDS]) {
            let said = office.run(command);
            assert_eq!(
                (said.code, said.stdout.as_str()),
                (Some(1), ""),
                "{command} of {length} bytes"
            );
            assert!(
                said.stderr.contains("[not-a-database]")
                    || said.stderr.contains("[database-damaged]"),
                "{command} of {length} bytes: {}",
                said.stderr
            );
        }
    }
    office.write("caseaudit.db", &whole);
    office.is_sound();
}

#[test]
fn pages_overwritten_with_noise_never_make_it_panic_and_check_notices() {
    let office = recorded();
    let whole = std::fs::read(office.path("caseaudit.db")).unwrap();
    // Where the format of SQLite's files keeps the size of a page.
    let page_bytes = usize::from(u16::from_be_bytes([whole[16], whole[17]]));
    let pages_count = whole.len() / page_bytes;
    for page in 1..pages_count {
        let mut noisy = whole.clone();
        for (place, byte) in noisy[page * page_bytes..][..page_bytes]
            .iter_mut()
            .enumerate()
        {
            *byte = u8::try_from((place * 31 + page * 7) % 251).unwrap();
        }
        office.write("caseaudit.db", &noisy);
        let checked = office.run("check");
        assert_eq!(
            checked.code,
            Some(1),
            "page {page} of {pages_count}: {}",
            checked.stdout
        );
        for command in ["rate", RECORDS] {
            let ran = office.run(command);
            assert!(
                matches!(ran.code, Some(0 | 1)),
                "{command} with page {page} overwritten"
            );
        }
    }
}

#[test]
fn a_locked_database_is_waited_for_and_then_reported() {
    let office = recorded();
    let entries = office.entries_count();
    let locker = open(&office);
    locker.execute_batch("BEGIN IMMEDIATE").unwrap();
    let started = std::time::Instant::now();
    office.run(RECORDS).fails(
        "error: another program is writing to the database; wait until it has finished, then try again [database-locked]\n",
    );
    assert!(
        started.elapsed().as_secs() >= 4,
        "it waits a while: {:?}",
        started.elapsed()
    );
    // Looking goes on while somebody writes.
    let ran = office.run("progress --format csv");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    locker.execute_batch("ROLLBACK").unwrap();
    assert_eq!(office.entries_count(), entries);
    office.run(RECORDS).says("recorded 1 answer for V-2\n");
    office.is_sound();
}

#[test]
fn a_lock_that_is_released_in_time_is_not_noticed() {
    let office = recorded();
    let locker = open(&office);
    locker.execute_batch("BEGIN IMMEDIATE").unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(700));
            locker.execute_batch("ROLLBACK").unwrap();
        });
        office.run(RECORDS).says("recorded 1 answer for V-2\n");
    });
    office.is_sound();
}

#[test]
fn a_database_on_a_network_share_is_refused() {
    let office = Office::new();
    let message = "error: //server/share/x.db: the database would lie on a network share, where SQLite loses data; \
                   keep it on this machine's own disk [network-path]\n";
    office.run("--db //server/share/x.db init").fails(message);
    office.run("--db //server/share/x.db rate").fails(message);
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let office = Office::new();
    office.run("--db nowhere/x.db init").fails(
        "error: nowhere/x.db: the database file can be neither opened nor created; \
         check that its folder exists, and the permissions of both [storage-failed]\n",
    );
    office.run("--db nowhere/x.db rate").fails(
        "error: nowhere/x.db: there is no such database; \
         create one with `caseaudit init`, or name another with --db [no-database]\n",
    );
}

fn open(office: &Office) -> Connection {
    Connection::open(office.path("caseaudit.db")).unwrap()
}

/// What `check` says of a database that somebody changed with other tools.
#[track_caller]
fn check_after(tampering: &str) -> String {
    let office = recorded();
    open(&office).execute_batch(tampering).unwrap();
    let checked = office.run("check");
    assert_eq!(
        (checked.code, checked.stdout.as_str()),
        (Some(1), ""),
        "{tampering}"
    );
    checked.stderr
}

#[test]
fn check_finds_what_was_changed_behind_its_back_and_says_where() {
    assert_eq!(
        check_after("UPDATE casefile SET sheet = replace(sheet, 'N', 'Y') WHERE reference = 'V-1'"),
        "error: table casefile reference V-1: sheet is Y....Y...-, the log says Y....N...-; compare with a backup [state-differs]\n"
    );
    assert_eq!(
        check_after(
            "UPDATE casefile SET submitted = 0, assessor = 'Mallory' WHERE reference = 'V-1'"
        ),
        "error: table casefile reference V-1: assessor is Mallory, the log says ; submitted is 0, the log says 1; \
         compare with a backup [state-differs]\n"
    );
    assert_eq!(
        check_after("DELETE FROM note"),
        "error: table note casefile 1: the row is missing; compare with a backup [state-differs]\n"
    );
    assert_eq!(
        check_after(
            "INSERT INTO judgement SELECT seq, '1.1', 'good', 'x', 'y', 'z' FROM inspection"
        ),
        "error: table judgement standard 1.1: the log knows nothing of this row; compare with a backup [state-differs]\n"
    );
}

#[test]
fn check_finds_an_entry_that_was_altered_dropped_or_redated() {
    let broken = |what: &str, tampering: &str| {
        let said = check_after(&format!(
            "DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_deleted; DROP TRIGGER action_is_never_changed; \
             PRAGMA foreign_keys = OFF; {tampering}"
        ));
        assert!(
            said.contains(what) && said.contains("[log-broken]"),
            "{tampering}\n{said}"
        );
    };
    let altered = "does not match its hash: it, its action or an entry before it was altered";
    broken(
        altered,
        "UPDATE entry SET body = replace(body, 'N', 'Y') WHERE kind = 'answers'",
    );
    broken(
        altered,
        "UPDATE entry SET kind = 'reopen' WHERE kind = 'submit'",
    );
    broken(altered, "UPDATE action SET who = 'mallory'");
    broken(
        altered,
        "UPDATE action SET at = '2020-01-05T09:00:00.000Z' WHERE seq = 3",
    );
    broken(
        "does not follow the entry before it: one is missing or moved",
        "DELETE FROM entry WHERE kind = 'answers'",
    );
}

#[test]
fn the_log_refuses_changes_even_from_other_tools() {
    let office = recorded();
    for statement in [
        "UPDATE entry SET body = ''",
        "DELETE FROM entry",
        "UPDATE action SET who = 'm'",
        "DELETE FROM action",
    ] {
        let error = open(&office)
            .execute_batch(statement)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("of the log are never"),
            "{statement}: {error}"
        );
    }
    office.is_sound();
}

/// Starts a command as somebody who has no rights beyond those of the files: root ignores permissions.
#[cfg(unix)]
fn without_privileges(office: &Office, line: &str) -> std::process::Output {
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let args: Vec<&str> = line.split(' ').collect();
    let inner = office.command(&args);
    if !is_root() {
        return { inner }.output().unwrap();
    }
    // The program may lie where only root looks: a copy lies beside the database.
    let mut command = Command::new(office.path("program"));
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.args(&args).current_dir(office.path("."));
    command
        .stdin(std::process::Stdio::null())
        .uid(NOBODY)
        .gid(NOBODY);
    loop {
        match command.output() {
            // Another test's new process still holds the copy open for writing, for as long as it takes to start.
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                std::thread::yield_now();
            }
            output => return output.unwrap(),
        }
    }
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// A recorded inspection whose file and folder have these permissions, and belong to the one who will look.
#[cfg(unix)]
fn with_modes(file: u32, folder: u32) -> Office {
    let office = recorded();
    if is_root() {
        std::fs::copy(env!("CARGO_BIN_EXE_caseaudit"), office.path("program")).unwrap();
        set_mode(&office.path("program"), 0o755);
        let nobody = Some(65_534);
        for path in [office.path("caseaudit.db"), office.path(".")] {
            std::os::unix::fs::chown(path, nobody, nobody).unwrap();
        }
    }
    set_mode(&office.path("caseaudit.db"), file);
    set_mode(&office.path("."), folder);
    office
}

#[cfg(unix)]
#[test]
fn a_read_only_database_can_be_looked_at_and_not_recorded_in() {
    let refused = "error: caseaudit.db: the database cannot be written to; \
                   check the permissions of the file and its folder, or work on a copy [database-read-only]\n";
    for (file, folder) in [(0o444, 0o755), (0o444, 0o555)] {
        let office = with_modes(file, folder);
        for command in LOOKS {
            let looked = without_privileges(&office, command);
            let said = String::from_utf8(looked.stderr).unwrap();
            assert_eq!(
                (looked.status.code(), said.as_str()),
                (Some(0), ""),
                "{command}"
            );
        }
        let recorded = without_privileges(&office, RECORDS);
        assert_eq!(String::from_utf8(recorded.stderr).unwrap(), refused);
        assert_eq!(recorded.status.code(), Some(1));
        set_mode(&office.path("."), 0o755);
    }
    // In a folder where nothing can be written beside it, another user might be recording: it is not read half-way.
    let office = with_modes(0o644, 0o555);
    for command in LOOKS.iter().chain([&RECORDS]) {
        let ran = without_privileges(&office, command);
        assert_eq!(String::from_utf8(ran.stderr).unwrap(), refused, "{command}");
    }
    set_mode(&office.path("."), 0o755);
}

#[cfg(unix)]
#[test]
fn a_database_that_may_not_be_read_says_so() {
    let office = with_modes(0o000, 0o755);
    for command in LOOKS {
        let ran = without_privileges(&office, command);
        assert_eq!(
            String::from_utf8(ran.stderr).unwrap(),
            "error: caseaudit.db: the database file can be neither opened nor created; \
             check that its folder exists, and the permissions of both [storage-failed]\n",
            "{command}"
        );
    }
}

#[cfg(unix)]
#[test]
fn an_annex_that_cannot_be_written_is_reported_and_leaves_nothing() {
    let office = with_modes(0o444, 0o555);
    let ran = without_privileges(&office, "annex --out annex.md");
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(
        said.starts_with("error: annex.md: it cannot be written: "),
        "{said}"
    );
    assert!(
        said.ends_with("check the folder and its permissions [storage-failed]\n"),
        "{said}"
    );
    assert_eq!(ran.status.code(), Some(1));
    set_mode(&office.path("."), 0o755);
    assert!(!office.path("annex.md").exists() && !office.path("annex.md.part").exists());
}
