//! Creating and opening the file, with safe settings, and refusing what is not ours.
//!
//! Must not know what the tables mean.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction};

use super::Store;
use super::failure::{explain, not_a_database, not_copied, read_only};
use super::upgrade::{read_as_current, upgrade};
use crate::model::{Code, Place, Problem, Problems};

pub(super) const SCHEMA: &str = include_str!("../../schema.sql");

/// What a file of this program says of itself: `application_id` in `schema.sql`.
const APPLICATION_ID: i64 = 0x4341_5544;

/// The version of `schema.sql`: its `user_version`. `upgrade` says what each version brought.
pub(super) const SCHEMA_VERSION: i64 = 4;

/// How long to wait for another program that holds the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a command needs to do with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Only look, at one moment of the record.
    Read,
    /// Look and record.
    Write,
    /// Only look at a file that somebody brought, and leave it and its folder as they are.
    Inspect,
}

/// Bytes read and written at a time. A nation's answers are counted a tenth faster than with half as many, and one answer is
/// recorded as fast.
const PAGE_BYTES: u32 = 8192;

impl Store {
    /// Creates a new, empty database file.
    ///
    /// # Errors
    /// When a file of that name exists, or cannot be created.
    pub fn create(path: &Path) -> Result<Store, Problems> {
        refuse_network_path(path)?;
        refuse_existing(path)?;
        // Under another name until it is whole: half a database would be no database and yet in the way.
        let part = beside(path, ".part");
        let create = || -> rusqlite::Result<()> {
            let mut connection = Connection::open(&part)?;
            connection.pragma_update(None, "page_size", PAGE_BYTES)?;
            connection.pragma_update(None, "journal_mode", "wal")?;
            configure(&connection)?;
            let transaction = connection.transaction()?;
            transaction.execute_batch(SCHEMA)?;
            transaction.commit()?;
            connection.close().map_err(|(_, error)| error)
        };
        remove_database(&part);
        let created = create()
            .map_err(|error| explain(&error))
            .and_then(|()| put_in_place(&part, path));
        match created {
            Ok(()) => Store::open(path, Access::Write),
            Err(problem) => Err(at(path)(problem)),
        }
    }

    /// A database in memory, for replaying the log and for tests.
    ///
    /// # Errors
    /// When SQLite cannot allocate it.
    pub fn in_memory() -> Result<Store, Problems> {
        let connection = Connection::open_in_memory()?;
        configure(&connection)?;
        connection.execute_batch(SCHEMA)?;
        Ok(Store {
            connection,
            path: PathBuf::from(":memory:"),
            upgraded_from: None,
        })
    }

    /// Opens an existing database file. One of an earlier version is brought up to this one where `access` wants to write, and
    /// read as it is, without a change, where it only looks.
    ///
    /// # Errors
    /// When there is none, it is not ours, was written by a newer version, is damaged, locked, or read-only where `access`
    /// wants to write.
    pub fn open(path: &Path, access: Access) -> Result<Store, Problems> {
        refuse_network_path(path)?;
        let size = std::fs::metadata(path).map(|file| if file.is_dir() { 0 } else { file.len() });
        let Ok(size) = size else {
            return Err(at(path)(Problem::new(
                Code::NoDatabase,
                "there is no such database",
                "create one with `caseaudit init`, or name another with --db",
            )));
        };
        if size == 0 {
            return Err(at(path)(not_a_database()));
        }
        // Whoever marked the file read-only meant it, even where the user's rights would let SQLite write.
        if access == Access::Write && is_read_only(path) {
            return Err(at(path)(read_only()));
        }
        let open = || -> rusqlite::Result<Connection> {
            let connection = connect(path, access)?;
            configure(&connection)?;
            Ok(connection)
        };
        let mut connection = open().map_err(|error| at(path)(explain(&error)))?;
        if access != Access::Write {
            // Whoever looks sees one moment of the record, whatever others write meanwhile.
            connection.execute_batch("BEGIN")?;
        }
        let version = refuse_foreign_file(&connection, access).map_err(at(path))?;
        let mut upgraded_from = None;
        match access {
            _ if version == SCHEMA_VERSION => {}
            Access::Read | Access::Inspect => read_as_current(&connection).map_err(at(path))?,
            Access::Write => {
                let upgraded = upgrade(&mut connection).map_err(|wrong| place(path, wrong))?;
                upgraded_from = upgraded.then_some(version);
            }
        }
        Ok(Store {
            connection,
            path: path.to_owned(),
            upgraded_from,
        })
    }

    /// Keeps what is read to one moment of the record, where it is not kept so anyhow.
    pub(super) fn snapshot(&self) -> Result<Option<Transaction<'_>>, Problems> {
        let free = self.connection.is_autocommit();
        Ok(free
            .then(|| self.connection.unchecked_transaction())
            .transpose()?)
    }

    /// A second connection that reads the same file.
    pub(super) fn reopen(&self) -> Result<Connection, Problems> {
        let connection = connect(&self.path, Access::Read)?;
        connection.busy_timeout(PATIENCE)?;
        Ok(connection)
    }
}

/// A second connection that reads the same file; `None` for a database in memory.
pub(super) fn open_again(connection: &Connection) -> Result<Option<Connection>, Problems> {
    let Some(path) = connection.path().filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    let connection = connect(Path::new(path), Access::Read)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(Some(connection))
}

/// Lets a database that nobody has open keep a write-ahead log, as every working copy does.
pub(super) fn log_ahead(path: &Path) -> rusqlite::Result<()> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.close().map_err(|(_, error)| error)
}

/// The name of a file that is put in its place once it is whole.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = named(path).into_os_string();
    name.push(ending);
    PathBuf::from(name)
}

/// Gives a file that is whole its own name; else nothing of it stays.
pub(super) fn put_in_place(part: &Path, path: &Path) -> Result<(), Problem> {
    std::fs::rename(part, path).map_err(|error| {
        remove_database(part);
        not_copied(&error)
    })
}

/// Removes a database that was never finished, with the files that SQLite keeps beside it.
pub(super) fn remove_database(path: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
}

/// A file is never overwritten.
pub(super) fn refuse_existing(path: &Path) -> Result<(), Problems> {
    if path.exists() {
        return Err(at(path)(Problem::new(
            Code::AlreadyExists,
            "the file already exists",
            "use it as it is, or name another one",
        )));
    }
    Ok(())
}

fn place(path: &Path, problems: Problems) -> Problems {
    let place = Place::of(path.display().to_string());
    let placed = problems.0.into_iter();
    Problems(placed.map(|problem| problem.at(place.clone())).collect())
}

/// Names the file in a problem.
fn at(path: &Path) -> impl Fn(Problem) -> Problems + '_ {
    move |problem| problem.at(Place::of(path.display().to_string())).into()
}

/// The path as SQLite takes it for a plain file, where it would give `:memory:` and `file:…` a meaning of their own.
pub(super) fn named(path: &Path) -> PathBuf {
    Path::new(".").join(path)
}

fn connect(path: &Path, access: Access) -> rusqlite::Result<Connection> {
    let common = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let is_still = match access {
        // Nobody can be writing there, and SQLite could not create the files beside it that reading otherwise needs.
        Access::Read => is_read_only(path) && !has_log(path),
        // Nobody has it open, or all that they wrote is in the file.
        Access::Inspect => !has_log(path),
        Access::Write => false,
    };
    if is_still {
        let uri = format!("file:{}?immutable=1", escape_uri(path));
        return Connection::open_with_flags(
            uri,
            common | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
        );
    }
    if access == Access::Inspect {
        let connection =
            Connection::open_with_flags(named(path), common | OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        return Ok(connection);
    }
    Connection::open_with_flags(named(path), common | OpenFlags::SQLITE_OPEN_READ_WRITE)
}

/// Whether something that was recorded may still stand in a log beside the file.
fn has_log(path: &Path) -> bool {
    ["-wal", "-journal"].iter().any(|ending| {
        let log = PathBuf::from(format!("{}{ending}", path.display()));
        std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
    })
}

fn is_read_only(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}

fn escape_uri(path: &Path) -> String {
    path.display()
        .to_string()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23")
}

/// A committed transaction survives a power cut; rules between tables hold; nobody waits for ever.
fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
}

/// The version of the tables in a file.
pub(super) fn version_of(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Gives the version of a file that is ours. One that is cut short is refused by SQLite itself at the first read.
fn refuse_foreign_file(connection: &Connection, access: Access) -> Result<i64, Problem> {
    let application = connection.pragma_query_value(None, "application_id", |row| row.get(0));
    let (application, version): (i64, i64) = match (application, version_of(connection)) {
        (Ok(application), Ok(version)) => (application, version),
        (Err(error), _) | (_, Err(error)) => return Err(explain(&error)),
    };
    if application != APPLICATION_ID || version < 1 {
        return Err(not_a_database());
    }
    if version > SCHEMA_VERSION {
        let what = format!(
            "the database is of version {version}, this program knows up to {SCHEMA_VERSION}"
        );
        return Err(Problem::new(
            Code::NewerDatabase,
            what,
            "use the newer program that wrote it",
        ));
    }
    if access == Access::Write && connection.is_readonly(rusqlite::MAIN_DB).unwrap_or(false) {
        return Err(read_only());
    }
    Ok(version)
}

/// SQLite on a network share loses data: locks do not work there.
fn refuse_network_path(path: &Path) -> Result<(), Problems> {
    let text = path.display().to_string();
    if text.starts_with(r"\\") || text.starts_with("//") {
        return Err(at(path)(Problem::new(
            Code::NetworkPath,
            "the database would lie on a network share, where SQLite loses data",
            "keep it on this machine's own disk",
        )));
    }
    Ok(())
}
