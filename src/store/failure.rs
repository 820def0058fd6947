//! What SQLite reports, in the words of the problem catalogue.
//!
//! Must not decide what to do about a failure; it only says what it means for the user.

use rusqlite::{Error, ErrorCode};

use crate::model::{Code, Problem, Problems};

impl From<Error> for Problems {
    fn from(error: Error) -> Problems {
        explain(&error).into()
    }
}

/// The problem behind an error of the database.
pub(super) fn explain(error: &Error) -> Problem {
    let code = match error {
        Error::SqliteFailure(failure, _) => failure.code,
        Error::InvalidColumnType(..) | Error::IntegralValueOutOfRange(..) => {
            return damaged(&error.to_string());
        }
        _ => ErrorCode::Unknown,
    };
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Problem::new(
            Code::DatabaseLocked,
            "another program is writing to the database",
            "wait until it has finished, then try again",
        ),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => read_only(),
        ErrorCode::NotADatabase => not_a_database(),
        ErrorCode::DatabaseCorrupt => damaged("SQLite finds its pages out of order"),
        ErrorCode::CannotOpen => Problem::new(
            Code::StorageFailed,
            "the database file can be neither opened nor created",
            "check that its folder exists, and the permissions of both",
        ),
        ErrorCode::DiskFull => Problem::new(
            Code::StorageFailed,
            "the disk is full",
            "make room, then try again: nothing was stored",
        ),
        _ => Problem::new(
            Code::StorageFailed,
            format!("the database reports: {error}"),
            "nothing was stored; try again, or work on a backup",
        ),
    }
}

/// Nothing can be recorded in the file.
pub(super) fn read_only() -> Problem {
    Problem::new(
        Code::DatabaseReadOnly,
        "the database cannot be written to",
        "check the permissions of the file and its folder, or work on a copy",
    )
}

/// A copy of the database cannot be written.
pub(super) fn not_copied(error: &dyn std::error::Error) -> Problem {
    Problem::new(
        Code::StorageFailed,
        format!("the file cannot be written: {error}"),
        "check that the folder is there, and the room on the disk",
    )
}

/// The file is not one of ours.
pub(super) fn not_a_database() -> Problem {
    Problem::new(
        Code::NotADatabase,
        "the file is not a caseaudit database",
        "name another one with --db, or create one with `caseaudit init`",
    )
}

/// The file was one of ours and has been cut short or overwritten.
pub(super) fn damaged(what: &str) -> Problem {
    Problem::new(
        Code::DatabaseDamaged,
        format!("the database file is damaged: {what}"),
        "work on a backup; keep this file for examination",
    )
}
