//! Open conflicts in the record: how they are kept, read, heeded and settled.
//!
//! What is in conflict must not be set, and a case with a conflict not be submitted, by work of the ordinary way; only an
//! entry that says of itself that it settles may. Must not find out what is in conflict (`weigh`).

use rusqlite::{Connection, OptionalExtension, params};

use super::field_values::{fields_set, further_name};
use super::fields::Field;
use super::log::RawEntry;
use super::state::{Mode, State};
use super::{Reader, ThingId};
use crate::model::{Action, Change, Code, EntryId, Place, Problem, Problems};

/// What people said about one thing without having seen each other's entries, until somebody settles it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictRow {
    /// The case or inspection.
    pub subject: ThingId,
    /// What it is about.
    pub field: Field,
    /// What was said, at least twice.
    pub says: Vec<SayingRow>,
}

/// One thing that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SayingRow {
    /// The value in words.
    pub value: String,
    /// Whether it stands for the time being.
    pub in_force: bool,
    /// Who said it.
    pub who: String,
    /// When, in UTC, by the clock of that device.
    pub at: String,
    /// On which device.
    pub device: String,
    /// The entry that says so.
    pub entry: EntryId,
}

impl Reader<'_> {
    /// The open conflicts of an inspection and its cases, those of cases by reference. What is in conflict about a withdrawn
    /// case waits until it is taken back, and is left out.
    ///
    /// # Errors
    /// What the database reports.
    pub fn conflicts(self, inspection: ThingId) -> Result<Vec<ConflictRow>, Problems> {
        self.read_conflicts(
            "WHERE conflict.subject = ?1 OR (NOT casefile.withdrawn AND casefile.inspection =
                   (SELECT seq FROM inspection WHERE id = ?1))",
            &[&inspection],
        )
    }

    /// The open conflicts of one case or inspection itself.
    ///
    /// # Errors
    /// What the database reports.
    pub fn conflicts_about(self, subject: ThingId) -> Result<Vec<ConflictRow>, Problems> {
        self.read_conflicts("WHERE conflict.subject = ?1", &[&subject])
    }

    /// How many conflicts are open in the whole file, leaving out those about withdrawn cases.
    ///
    /// # Errors
    /// What the database reports.
    pub fn conflicts_count(self) -> Result<usize, Problems> {
        let rows = self.read_conflicts("WHERE casefile.withdrawn IS NOT 1", &[])?;
        Ok(rows.len())
    }

    fn read_conflicts(
        self,
        which: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<ConflictRow>, Problems> {
        // As it nearly always is, and then SQLite need not work out how to look.
        if !has_any(self.connection)? {
            return Ok(Vec::new());
        }
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT subject, field, name, value, in_force, who, at, device, entry
               FROM conflict LEFT JOIN casefile ON casefile.id = conflict.subject {which}
              ORDER BY casefile.reference, subject, field, name, place"
        ))?;
        let mut rows = statement.query(values)?;
        let mut conflicts: Vec<ConflictRow> = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(1)?;
            let (subject, Some(field)) = (row.get(0)?, Field::read(&kind, row.get(2)?)) else {
                continue;
            };
            let saying = SayingRow {
                value: row.get(3)?,
                in_force: row.get(4)?,
                who: row.get(5)?,
                at: row.get(6)?,
                device: row.get(7)?,
                entry: EntryId(row.get(8)?),
            };
            match conflicts.last_mut() {
                Some(last) if last.subject == subject && last.field == field => {
                    last.says.push(saying);
                }
                _ => conflicts.push(ConflictRow {
                    subject,
                    field,
                    says: vec![saying],
                }),
            }
        }
        Ok(conflicts)
    }
}

/// Keeps what one entry says in a conflict: its place among what was said, its value, and whether that stands.
pub(super) fn keep_saying(
    db: &Connection,
    subject: ThingId,
    field: &Field,
    (place, value, in_force): (usize, &str, bool),
    entry: &RawEntry,
) -> Result<(), Problems> {
    let Action {
        who, at, device, ..
    } = &entry.action;
    db.prepare_cached(
        "INSERT INTO conflict (subject, field, name, place, value, in_force, who, at, device, entry)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        subject,
        field.kind(),
        field.name(),
        super::read::stored_place(place),
        value,
        in_force,
        who,
        at,
        device,
        entry.id.0
    ])?;
    Ok(())
}

impl State<'_> {
    /// Refuses a change to what is in conflict, unless it settles that: then the conflict is gone.
    pub(super) fn heed_conflicts(
        &mut self,
        db: &Connection,
        action: &Action,
        subject: Option<ThingId>,
        change: &Change,
    ) -> Result<(), Problems> {
        // Taking text out sets nothing.
        if matches!(change, Change::Redact { .. }) {
            return Ok(());
        }
        let any = match self.has_conflicts {
            Some(any) => any,
            None => *self.has_conflicts.insert(has_any(db)?),
        };
        let about = match change {
            Change::Judge { .. }
            | Change::RecordMeasure { .. }
            | Change::ProposeModeration { .. }
            | Change::DecideModeration { .. }
            | Change::CallUpReserve { .. } => action.inspection.or(subject),
            _ => subject.or(action.inspection),
        };
        let (true, Some(subject)) = (any, about) else {
            return Ok(());
        };
        let fields = self.fields_ruled(db, subject, change)?;
        let open = Reader::new(db).conflicts_about(subject)?;
        for conflict in open {
            let is_set = fields.contains(&conflict.field);
            if is_set && self.mode == Mode::Settling {
                settle(db, subject, &conflict.field)?;
            } else if is_set || is_blocked(change, &conflict.field) {
                return Err(open_conflict(db, &conflict)?.into());
            }
        }
        Ok(())
    }

    /// The fields that a change sets, its ruling on the status among them.
    fn fields_ruled(
        &mut self,
        db: &Connection,
        subject: ThingId,
        change: &Change,
    ) -> Result<Vec<Field>, Problems> {
        let sample = db
            .prepare_cached("SELECT sample FROM casefile WHERE id = ?")?
            .query_row([subject], |row| row.get(0))
            .optional()?;
        let questions = match sample {
            Some(sample) => Some(self.question_set(db, sample)?),
            None => None,
        };
        let set = fields_set(change, questions).into_iter();
        let mut fields: Vec<Field> = set.map(|(field, _)| field).collect();
        if matches!(
            change,
            Change::Submit
                | Change::SubmitAnswers { .. }
                | Change::Reopen
                | Change::WithdrawCase
                | Change::RestoreCase
                | Change::CloseInspection(_)
                | Change::ReopenInspection
        ) {
            fields.push(Field::Status);
        }
        if let Change::AssessFurther {
            role,
            assessor,
            submits: true,
            ..
        }
        | Change::ReopenFurther { role, assessor } = change
        {
            fields.push(Field::FurtherStatus(further_name(*role, assessor)));
        }
        Ok(fields)
    }
}

/// Whether a change has to wait for what is in conflict although it does not set it: a submission for what it is about, and
/// a reserve for the draw that it is one of.
fn is_blocked(change: &Change, open: &Field) -> bool {
    match change {
        Change::Submit | Change::SubmitAnswers { .. } => !open.is_further(None),
        Change::AssessFurther {
            role,
            assessor,
            submits: true,
            ..
        } => {
            open.is_further(Some(&further_name(*role, assessor)))
                || matches!(open, Field::Information(_) | Field::Exercise)
        }
        Change::CallUpReserve { sample, .. } => *open == Field::Draw(sample.clone()),
        _ => false,
    }
}

/// Whether any conflict is open in the file.
fn has_any(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM conflict)")?
        .query_row([], |row| row.get(0))
}

fn settle(db: &Connection, subject: ThingId, field: &Field) -> Result<(), Problems> {
    db.prepare_cached("DELETE FROM conflict WHERE subject = ? AND field = ? AND name = ?")?
        .execute(params![subject, field.kind(), field.name()])?;
    Ok(())
}

/// Says what is in conflict, and how to settle it.
fn open_conflict(db: &Connection, conflict: &ConflictRow) -> Result<Problem, Problems> {
    let named: Option<String> = db
        .prepare_cached(
            "SELECT reference FROM casefile WHERE id = ?1 UNION ALL SELECT name FROM inspection WHERE id = ?1",
        )?
        .query_row([conflict.subject], |row| row.get(0))
        .optional()?;
    Ok(conflict.refusal(&named.unwrap_or_default()))
}

impl ConflictRow {
    /// Why what is in conflict cannot be set, and how it is settled; `named` is the case's reference, or the inspection's
    /// name. Answers and notes it does not repeat: they may be hidden from whoever reads it.
    #[must_use]
    pub fn refusal(&self, named: &str) -> Problem {
        let further = self.field.further();
        let is_hidden = matches!(self.field, Field::Answer(_) | Field::Note(_))
            || further.is_some_and(|(_, _, number)| !number.is_empty());
        let said = self.says.iter().map(|saying| {
            let SayingRow {
                value, who, device, ..
            } = saying;
            if is_hidden {
                format!("{who} on {device}")
            } else {
                format!("{} by {who} on {device}", shown(value))
            }
        });
        let said: Vec<String> = said.collect();
        let said = match is_hidden {
            true => format!("between {}", said.join(" and ")),
            false => said.join(", "),
        };
        let what = format!("{} is in conflict: {said}", self.field);
        let quoted = if named.contains(' ') {
            format!("\"{named}\"")
        } else {
            named.to_owned()
        };
        let remedy = format!(
            "settle it first: caseaudit settle {quoted} {} VALUE --because \"…\"",
            self.field
        );
        Problem::new(Code::Conflict, what, remedy).at(Place::of(named))
    }
}

/// A value in a sentence; notes may be long.
fn shown(value: &str) -> String {
    const CHARACTERS_MAX: usize = 40;
    if value.is_empty() {
        return "nothing".to_owned();
    }
    if value.chars().count() <= CHARACTERS_MAX {
        return value.to_owned();
    }
    let start: String = value.chars().take(CHARACTERS_MAX).collect();
    format!("{start}…")
}
