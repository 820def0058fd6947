//! The record: one SQLite file with the entry log and the state that follows from it. The only home of rusqlite.
//!
//! Writes go through one door, [`Store::write`], which appends entries and applies them in one transaction; entries of
//! other copies come in by [`Store::merge`]. Read `graph` (the order of entries), `replay` (from entries to state) and
//! `weigh` (what is in conflict) in this order to see how several laptops come to the same record. Must not
//! know framework files, ratings or reports: what it needs of a framework comes in as [`Edition`]s. Never reads the
//! clock and never makes up an id: both come with the action.

mod answering;
mod body;
mod case_rows;
mod casefile;
mod check;
mod check_published;
mod conclude_further;
mod conflicts;
mod counted;
mod counters;
mod draws;
mod entries;
mod failure;
mod field_values;
mod fields;
mod free_text;
mod further;
mod further_rows;
mod graph;
mod hash;
mod information;
mod inspection;
mod interests;
mod log;
mod measurements;
mod merge;
mod moderation;
mod one_case;
mod open;
mod population;
mod publications;
mod read;
mod readings;
mod redact;
mod replay;
mod sample_body;
mod state;
mod tallies;
#[cfg(test)]
mod tests;
mod upgrade;
mod weigh;
mod weigh_closing;
mod weigh_further;

use rusqlite::Connection;

pub use case_rows::{CaseRow, Status};
pub use check::Findings;
pub use check_published::AlteredPublication;
pub use conflicts::{ConflictRow, SayingRow};
pub use counted::CountedCase;
pub use draws::{DrawRow, DrawnRow};
pub use entries::{EncodedChange, Writer};
pub use fields::Field;
pub use further_rows::{AgainstRow, ExampleRow, FurtherRow, ResolutionRow};
pub use hash::sha256;
pub use inspection::is_closed;
pub use interests::InterestRow;
pub use merge::Merged;
pub use moderation::{DecisionRow, ModerationRow};
pub use open::Access;
pub use population::{Eligible, PopulationRow};
pub use publications::{PublicationRow, Reopening};
pub use read::{HistoryRow, InspectionRow, JudgementRow, Reader};
pub use readings::FrameworkReading;
pub use redact::{REDACTED, Redacted};
pub use tallies::{GroupTally, TallyScope};

use crate::model::{Action, Code, Place, Problems, QuestionSet};

/// The id of a thing: a UUIDv7.
pub type ThingId = [u8; 16];

/// What the record needs to know of a framework edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// SHA-256 of the framework's text.
    pub hash: [u8; 32],
    /// The framework's id.
    pub id: String,
    /// The question set of each sample, in framework order.
    pub samples: Vec<QuestionSet>,
    /// What the program made of the text, to be kept where the framework enters the record; `None` to keep nothing.
    pub reading: Option<FrameworkReading>,
}

/// An open database file.
pub struct Store {
    connection: Connection,
    path: std::path::PathBuf,
    upgraded_from: Option<i64>,
}

impl Store {
    /// Reads the record as it stands.
    #[must_use]
    pub fn read(&self) -> Reader<'_> {
        Reader::new(&self.connection)
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// The earlier version from which opening the file brought it up to this one; `None` where nothing was to be done.
    #[must_use]
    pub fn upgraded_from(&self) -> Option<i64> {
        self.upgraded_from
    }

    /// Copies the database as it stands to a new file, while others may be working in it.
    ///
    /// # Errors
    /// A file of that name exists, or it cannot be written.
    pub fn back_up(&self, path: &std::path::Path) -> Result<(), Problems> {
        open::refuse_existing(path)?;
        let explain = |error: rusqlite::Error| match failure::explain(&error) {
            wrong if wrong.code == Code::StorageFailed => failure::not_copied(&error),
            wrong => wrong,
        };
        // A connection of its own: SQLite copies only what no transaction holds.
        let part = open::beside(path, ".part");
        open::remove_database(&part);
        let copied = self
            .reopen()?
            .execute("VACUUM INTO ?", [part.display().to_string()])
            .and_then(|_| open::log_ahead(&part));
        let placed = copied
            .map_err(explain)
            .and_then(|()| open::put_in_place(&part, path));
        placed.map_err(|problem| problem.at(Place::of(path.display().to_string())).into())
    }

    /// The one door for writes: runs `work`, whose entries are stored all together or not at all. Work that appends no
    /// entry leaves the file as it was.
    ///
    /// # Errors
    /// What `work` found wrong, or what the database reported; a file that was opened only to look. Nothing is stored then.
    pub fn write<T>(
        &mut self,
        editions: &[Edition],
        action: &Action,
        work: impl FnOnce(&mut Writer<'_>) -> Result<T, Problems>,
    ) -> Result<T, Problems> {
        if !self.connection.is_autocommit() {
            return Err(failure::read_only().into());
        }
        entries::write(&mut self.connection, editions, action, work)
    }
}
