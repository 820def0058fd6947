//! What programs made of the texts of frameworks, kept beside these so that they need not be read anew each time.
//!
//! A reading follows from the text and the program that made it, so it is written only with the text, whenever the state is made,
//! and is of use to that program alone. Must not know what a form says.

use rusqlite::{Connection, OptionalExtension, params};

use super::Reader;
use super::read::place;
use crate::model::{Code, Place, Problem, Problems};

/// What a program made of the text of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameworkReading {
    /// The program: its version and the number of its form.
    pub program: String,
    /// What it made, as a text that this program understands.
    pub form: String,
}

/// Keeps what was made of the framework in a row.
pub(super) fn keep_reading(
    db: &Connection,
    framework: i64,
    reading: &FrameworkReading,
) -> Result<(), Problems> {
    db.prepare_cached("INSERT INTO reading (framework, program, form) VALUES (?, ?, ?)")?
        .execute(params![framework, reading.program, reading.form])?;
    Ok(())
}

impl Reader<'_> {
    /// What `understand` makes of the form that a program made of the framework text with this hash, and how many samples the
    /// framework has; `None` where there is no such form, or it is not understood.
    ///
    /// # Errors
    /// What the database reports.
    pub fn reading<T>(
        self,
        hash: &[u8; 32],
        program: &str,
        understand: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<(T, usize)>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT form, (SELECT count(*) FROM sample WHERE sample.framework = reading.framework)
               FROM reading JOIN framework ON framework.seq = reading.framework
              WHERE hash = ? AND program = ?",
        )?;
        let understood = statement.query_row(params![hash, program], |row| {
            let samples = place(row.get(1)?);
            let understood = row.get_ref(0)?.as_str().ok().and_then(understand);
            Ok(understood.map(|understood| (understood, samples)))
        });
        Ok(understood.optional()?.flatten())
    }
}

/// Compares the forms in a record with those that the texts give this program, which stand in the replica. A form of another
/// program says nothing to this one, and where there is none the text is read.
pub(super) fn compare_readings(
    record: &Connection,
    replica: &Connection,
) -> Result<Vec<Problem>, Problems> {
    let mut statement = replica.prepare(
        "SELECT framework, id, program, form FROM reading
           JOIN framework ON framework.seq = reading.framework ORDER BY framework",
    )?;
    let mut rows = statement.query([])?;
    let mut problems = Vec::new();
    while let Some(row) = rows.next()? {
        let (framework, id): (i64, String) = (row.get(0)?, row.get(1)?);
        let (program, form): (String, String) = (row.get(2)?, row.get(3)?);
        let differs: Option<bool> = record
            .prepare_cached("SELECT form <> ? FROM reading WHERE framework = ? AND program = ?")?
            .query_row(params![form, framework, program], |row| row.get(0))
            .optional()?;
        if differs == Some(true) {
            let what = "form is not what the text of the framework gives";
            let place = Place::of(format!("table reading framework {id}"));
            problems
                .push(Problem::new(Code::StateDiffers, what, "compare with a backup").at(place));
        }
    }
    Ok(problems)
}
