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
use super::log::{RawEntry, place_of, unreadable};
use super::merge::rebuild;
use super::read::place;
use super::{Edition, Reader, Store, ThingId, body, failure, sha256};
use crate::model::{Action, AttributeKind, Change, Code, EntryId, Problem, Problems, QuestionSet};

/// What stands in place of text that was taken out.
pub const REDACTED: &str = "[redacted]";

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
            let is_free = |place| is_free(questions.as_ref(), place);
            let reason = Some(entry.action.because.as_str());
            let (change, removed) = without_text(&redacted.change, reason, is_free)
                .map_err(|why| nothing_to_redact(&entry, why))?;
            if removed.iter().any(|text| repeats(&action.because, text)) {
                return Err(reason_repeats(&entry).into());
            }
            redacted.change = change;
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
            let what = "redacted text is out of the record, but another program that reads the file keeps its traces there";
            let remedy = "close the other program, then give the same command again";
            return Err(Problem::new(Code::DatabaseLocked, what, remedy).into());
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// Whether any entry was redacted.
    pub(super) fn holds_redactions(self) -> Result<bool, Problems> {
        let mut statement = self
            .connection
            .prepare("SELECT EXISTS (SELECT 1 FROM redacted)")?;
        Ok(statement.query_row([], |row| row.get(0))?)
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

/// Whether a redacted body is what redacting leaves of the original one. Without an original, as far as it can be told: it
/// is of a kind that can be redacted, and holds no free text.
pub(super) fn is_redacted_form(kind: &str, redacted: &str, original: Option<&str>) -> bool {
    let change = body::decode(kind, redacted);
    let before = body::decode(kind, original.unwrap_or(redacted));
    let (Some(change), Some(before)) = (change, before) else {
        return false;
    };
    // Which case information is free text the framework says; here, what was taken out says it.
    let left = without_text(&before, None, |place| is_blank(&change, place));
    left.is_ok_and(|(left, _)| body::encode(&left) == redacted)
}

/// Whether the case information at this place of a redacted change was taken out.
fn is_blank(change: &Change, place: usize) -> bool {
    let value = match change {
        Change::AddCase { information, .. } => information.get(place),
        Change::SetInformation { values } => {
            let value = values.iter().find(|(of, _)| *of == place);
            value.map(|(_, value)| value)
        }
        Change::ImportPopulation(population) => {
            let values = population.information.get(place).map(|of| &of.values);
            let mut codes = values.into_iter().flatten().filter(|code| !code.is_empty());
            return codes
                .next()
                .is_some_and(|code| code.starts_with("[redacted "));
        }
        _ => None,
    };
    value.is_some_and(|value| value.as_deref() == Some(REDACTED))
}

/// The same change without free text, and the texts that went; or why there is none that could go: a text that is also the
/// `reason` given for the act stays. `is_free` says of which case information, by place, the values are free text.
fn without_text(
    change: &Change,
    reason: Option<&str>,
    is_free: impl Fn(usize) -> bool,
) -> Result<(Change, Vec<String>), &'static str> {
    const NONE: &str = "it holds no free text";
    const REASON: &str = "its text is the reason that was given, and who did something, when and why is never removed: later entries name it by its hash";
    let mut redacted = change.clone();
    let text = match &mut redacted {
        // Words of other entries stand in the notes of published tables. What is left says nothing of what there was.
        Change::CloseInspection(published) => {
            let is_redactable = published.take().is_some() || reason.is_none();
            return is_redactable.then_some((redacted, Vec::new())).ok_or(NONE);
        }
        // Left to the act, it is a reason like any other.
        Change::Resolve { because, .. } if because.is_empty() => return Err(REASON),
        Change::Resolve { because, .. }
        | Change::Judge { because, .. }
        | Change::DecideModeration { because, .. } => because,
        Change::ProposeModeration { evidence, .. } => evidence,
        other => {
            let removed = blank_texts(other, is_free);
            return if removed.is_empty() {
                Err(NONE)
            } else {
                Ok((redacted, removed))
            };
        }
    };
    if Some(text.as_str()) == reason {
        return Err(REASON);
    }
    let removed = blank([text].into_iter());
    Ok((redacted, removed))
}

/// Takes the free texts and codes out of a change that may hold several, and gives them; nothing from any other change.
fn blank_texts(change: &mut Change, is_free: impl Fn(usize) -> bool) -> Vec<String> {
    match change {
        Change::RecordAnswers { notes, .. }
        | Change::SubmitAnswers { notes, .. }
        | Change::AssessFurther { notes, .. } => {
            let texts = notes.iter_mut().filter_map(|(_, text)| text.as_mut());
            blank(texts)
        }
        Change::AddCase { information, .. } => {
            let values = information.iter_mut().enumerate();
            let values = values.filter(|(place, _)| is_free(*place));
            let texts = values.filter_map(|(_, value)| value.as_mut());
            blank(texts)
        }
        Change::SetInformation { values } => {
            let values = values.iter_mut();
            let values = values.filter(|(place, _)| is_free(*place));
            let texts = values.filter_map(|(_, value)| value.as_mut());
            blank(texts)
        }
        Change::ImportPopulation(population) => {
            let columns = population.information.iter_mut().enumerate();
            let columns = columns.filter(|(place, _)| is_free(*place));
            let codes = columns.flat_map(|(_, column)| column.values.iter_mut());
            blank_codes(codes)
        }
        Change::DrawSample(drawn) => {
            let groups = drawn.groups.iter_mut().filter(|group| group.depth > 0);
            let cases = drawn.selected.iter_mut().chain(&mut drawn.reserves);
            let codes = groups.map(|group| &mut group.code);
            let codes = codes.chain(cases.map(|case| &mut case.unit));
            blank_codes(codes)
        }
        _ => Vec::new(),
    }
}

/// Whether a reason repeats what may be a name in a text: a word with a capital, unless that only begins the text and stands
/// small in the reason.
fn repeats(reason: &str, text: &str) -> bool {
    let is_between = |c: char| !c.is_alphanumeric();
    let mut words = text
        .split(is_between)
        .filter(|word| !word.is_empty())
        .enumerate();
    words.any(|(place, word)| {
        let is_name = word.chars().count() > 1 && word.starts_with(char::is_uppercase);
        let mut said = reason.split(is_between);
        is_name
            && said.any(|said| {
                said == word || (place > 0 && said.to_lowercase() == word.to_lowercase())
            })
    })
}

/// Replaces texts; gives those that went.
fn blank<'t>(texts: impl Iterator<Item = &'t mut String>) -> Vec<String> {
    texts
        .map(|text| std::mem::replace(text, REDACTED.to_owned()))
        .collect()
}

/// Replaces codes, each different one by a text of its own, so that the groups stay apart; gives those that went.
fn blank_codes<'t>(codes: impl Iterator<Item = &'t mut String>) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for code in codes.filter(|code| !code.is_empty()) {
        let at = known.iter().position(|other| other == code);
        let at = at.unwrap_or_else(|| {
            known.push(code.clone());
            known.len() - 1
        });
        *code = format!("[redacted {}]", at + 1);
    }
    known
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

fn reason_repeats(entry: &RawEntry) -> Problem {
    let what =
        "the reason repeats a word of the text that has to go, and no reason is ever removed";
    let remedy = "give a reason without names, such as \"A name was typed\"";
    Problem::new(Code::WrongValue, what, remedy).at(place_of(entry))
}

fn nothing_to_redact(entry: &RawEntry, why: &str) -> Problem {
    let remedy = "notes, codes of case information, reasons of resolutions, judgements that were imported, and published figures can be redacted; correct anything else in the record";
    Problem::new(Code::NothingToRedact, why, remedy).at(place_of(entry))
}
