//! Takes the free text out of an entry: a name that was typed into a note, into a code of the case information, or into the
//! reason of a resolution.
//!
//! The id of an entry covers the hash of its body, not the body. So the body is replaced by one without the text, the hash
//! of the old one is kept beside it (`redacted`), and an entry of its own says who did it, when and why, and names the hash
//! of the new body: every link still verifies, and what stands there now cannot be altered unseen either. The state is made
//! anew, and the file is written anew without free pages and without write-ahead log, so that no byte of the text is left.
//!
//! Who, when, on which device and for what reason stand in the action, and stay. Must not ask whether the text ought to go.

use rusqlite::{Connection, OptionalExtension, params};

use super::entries::Writer;
use super::log::{RawEntry, unreadable};
use super::merge::rebuild;
use super::read::place;
use super::{Edition, Store, ThingId, body, failure, sha256};
use crate::model::{
    Action, AttributeKind, Change, Code, EntryId, Place, Problem, Problems, QuestionSet,
};

/// What stands in place of text that was taken out.
const REDACTED: &str = "[redacted]";

/// An entry whose free text is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// Its id.
    pub entry: EntryId,
    /// The act that it is part of.
    pub action: Action,
    /// The case or inspection that it is about.
    pub subject: Option<ThingId>,
    /// What it says now.
    pub change: Change,
    /// Whether it was redacted before, so that only traces in the file were looked after.
    pub was_redacted: bool,
}

impl Store {
    /// Takes the free text out of an entry, everywhere in the file. Done again, it looks after what could not be erased
    /// the first time, because somebody was reading the file.
    ///
    /// `named` is the entry's row or the beginning of its id; `action` the act of redacting.
    ///
    /// # Errors
    /// No such entry, one without free text that could go, a log that is not sound; a file that others are reading.
    pub fn redact(
        &mut self,
        action: &Action,
        named: &str,
        read_framework: impl Fn(&str) -> Option<Edition>,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Redacted, Problems> {
        let seq = self.read().find_entry(named)?;
        let entry = self.read().entry(seq)?;
        // It belongs where the entry itself belongs.
        let action = Action {
            inspection: entry.action.inspection,
            ..action.clone()
        };
        let change = entry.change().ok_or_else(|| unreadable(seq))?;
        let mut redacted = Redacted {
            entry: entry.id,
            subject: entry.subject,
            was_redacted: entry.redacted.is_some(),
            change,
            action: entry.action.clone(),
        };
        if !redacted.was_redacted {
            let questions = questions_of(
                &self.connection,
                (&entry, &redacted.change),
                &read_framework,
            )?;
            redacted.change = without_text(&redacted.change, &entry.action, questions.as_ref())
                .map_err(|why| nothing_to_redact(&entry, why))?;
            self.connection.pragma_update(None, "secure_delete", true)?;
            self.write(&[], &action, |writer| {
                writer.replace(&entry, &redacted.change)?;
                rebuild(writer.read().connection, read_framework, &mut progress)
            })?;
        }
        self.erase_traces()?;
        Ok(redacted)
    }

    /// Writes the file anew without what was deleted, and empties the write-ahead log.
    pub(super) fn erase_traces(&self) -> Result<(), Problems> {
        self.connection.execute_batch("VACUUM")?;
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        let busy: bool = self.connection.query_row(sql, [], |row| row.get(0))?;
        if busy {
            let what = "the text is out of the record, but another program that reads the file keeps its traces there";
            let remedy = "close the other program, then give the same command again";
            return Err(Problem::new(Code::DatabaseLocked, what, remedy).into());
        }
        Ok(())
    }
}

impl Writer<'_> {
    /// Replaces what an entry says, and appends the entry that says so.
    fn replace(&mut self, entry: &RawEntry, change: &Change) -> Result<(), Problems> {
        let body = body::encode(change);
        let redaction = Change::Redact {
            entry: entry.id,
            body: sha256(body.as_bytes()),
        };
        replace_body(self.read().connection, entry.seq, &body, &entry.body_hash())?;
        self.append(entry.subject, &redaction).map(drop)
    }
}

/// Puts a redacted body in the place of the one with this hash.
pub(super) fn replace_body(
    db: &Connection,
    seq: i64,
    body: &str,
    body_hash: &[u8; 32],
) -> Result<(), Problems> {
    // The one exception to the rule that this trigger keeps; it is back before anybody else can write.
    const RULE: &str = "entry_is_never_changed";
    let rule: String = db.query_row(
        "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?",
        [RULE],
        |row| row.get(0),
    )?;
    db.execute_batch(&format!("DROP TRIGGER {RULE}"))?;
    let replaced = db.execute(
        "UPDATE entry SET body = ? WHERE seq = ?",
        params![body, seq],
    )?;
    db.execute_batch(&rule)?;
    if replaced == 0 {
        return Err(failure::damaged("an entry to be redacted is not there").into());
    }
    db.execute(
        "INSERT INTO redacted (entry, body_hash) VALUES (?, ?)",
        params![seq, body_hash],
    )?;
    Ok(())
}

/// The same change without free text; or why there is none that could go. `questions` are those of the case's sample.
fn without_text(
    change: &Change,
    action: &Action,
    questions: Option<&QuestionSet>,
) -> Result<Change, &'static str> {
    const NONE: &str = "it holds no free text";
    let is_reason = |text: &str| text == action.because;
    const REASON: &str = "its text is the reason that was given, and who did something, when and why is never removed";
    let mut redacted = change.clone();
    let text = match &mut redacted {
        Change::RecordAnswers { notes, .. }
        | Change::SubmitAnswers { notes, .. }
        | Change::AssessFurther { notes, .. } => {
            let texts = notes.iter_mut().filter_map(|(_, text)| text.as_mut());
            return blank(texts).then_some(redacted).ok_or(NONE);
        }
        Change::AddCase { information, .. } => {
            let values = information.iter_mut().enumerate();
            let values = values.filter(|(place, _)| is_free(questions, *place));
            let texts = values.filter_map(|(_, value)| value.as_mut());
            return blank(texts).then_some(redacted).ok_or(NONE);
        }
        Change::SetInformation { values } => {
            let values = values.iter_mut();
            let values = values.filter(|(place, _)| is_free(questions, *place));
            let texts = values.filter_map(|(_, value)| value.as_mut());
            return blank(texts).then_some(redacted).ok_or(NONE);
        }
        Change::ImportPopulation(population) => {
            let columns = population.information.iter_mut().enumerate();
            let columns = columns.filter(|(place, _)| is_free(questions, *place));
            let codes = columns.flat_map(|(_, column)| column.values.iter_mut());
            return blank_codes(codes).then_some(redacted).ok_or(NONE);
        }
        Change::DrawSample(drawn) => {
            let groups = drawn.groups.iter_mut().filter(|group| group.depth > 0);
            let cases = drawn.selected.iter_mut().chain(&mut drawn.reserves);
            let codes = groups.map(|group| &mut group.code);
            let codes = codes.chain(cases.map(|case| &mut case.unit));
            return blank_codes(codes).then_some(redacted).ok_or(NONE);
        }
        // Words of other entries stand in the notes of the tables.
        Change::CloseInspection(Some(_)) => return Ok(Change::CloseInspection(None)),
        // Left to the act, it is a reason like any other.
        Change::Resolve { because, .. } if because.is_empty() => return Err(REASON),
        Change::Resolve { because, .. }
        | Change::Judge { because, .. }
        | Change::DecideModeration { because, .. } => because,
        Change::ProposeModeration { evidence, .. } => evidence,
        _ => return Err(NONE),
    };
    if is_reason(text) {
        return Err(REASON);
    }
    REDACTED.clone_into(text);
    Ok(redacted)
}

/// Replaces texts; false where there is none.
fn blank<'t>(texts: impl Iterator<Item = &'t mut String>) -> bool {
    let mut any = false;
    for text in texts {
        REDACTED.clone_into(text);
        any = true;
    }
    any
}

/// Replaces codes, each different one by a text of its own, so that the groups stay apart; false where there is none.
fn blank_codes<'t>(codes: impl Iterator<Item = &'t mut String>) -> bool {
    let mut known: Vec<String> = Vec::new();
    for code in codes.filter(|code| !code.is_empty()) {
        let at = known.iter().position(|other| other == code);
        let at = at.unwrap_or_else(|| {
            known.push(code.clone());
            known.len() - 1
        });
        *code = format!("[redacted {}]", at + 1);
    }
    !known.is_empty()
}

/// Whether anything can be typed for the case information at this place: it is neither a choice, a number nor a date.
fn is_free(questions: Option<&QuestionSet>, place: usize) -> bool {
    let attribute = questions.and_then(|questions| questions.attributes.get(place));
    attribute.is_some_and(|attribute| attribute.kind == AttributeKind::Code)
}

/// The questions and case information that an entry is about: of its case's sample, or of the one that it names; `None` for
/// anything else.
fn questions_of(
    db: &Connection,
    (entry, change): (&RawEntry, &Change),
    read_framework: impl Fn(&str) -> Option<Edition>,
) -> Result<Option<QuestionSet>, Problems> {
    let sample = match change {
        Change::ImportPopulation(population) => &population.sample,
        Change::DrawSample(drawn) => &drawn.sample,
        _ => "",
    };
    let found = db
        .prepare_cached(
            "SELECT framework.text, sample.place FROM sample
               JOIN framework ON framework.seq = sample.framework
              WHERE sample.seq = (SELECT sample FROM casefile WHERE id = ?1)
                 OR sample.id = ?2 AND framework.seq = (SELECT framework FROM inspection WHERE id = ?3)",
        )?
        .query_row(
            params![entry.subject, sample, entry.action.inspection],
            |row| Ok((row.get(0)?, row.get(1)?)),
        );
    let Some((text, sample)): Option<(String, i64)> = found.optional()? else {
        return Ok(None);
    };
    let edition = read_framework(&text);
    Ok(edition.and_then(|edition| edition.samples.into_iter().nth(place(sample))))
}

fn nothing_to_redact(entry: &RawEntry, why: &str) -> Problem {
    let place = format!(
        "log entry {} ({} by {} at {})",
        entry.seq, entry.kind, entry.action.who, entry.action.at
    );
    let remedy = "notes, codes of case information, reasons of resolutions, judgements that were imported, and published figures can be redacted; correct anything else in the record";
    Problem::new(Code::NothingToRedact, why, remedy).at(Place::of(place))
}
