//! Taking the free text out of an entry, such as a name that was typed into a note.
//!
//! Must not know how the text is erased (`store`), and never repeats it.

use super::desk::{Desk, reason};
use super::frameworks::read_edition;
use super::inspections::load;
use super::recording::question_set;
use crate::model::{Change, Problems};
use crate::rating::words;
use crate::store::{Redacted, Store};

/// What was taken out of which entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactedText {
    /// What is gone, in words: `1 note of CS-001 (2.1.2)`.
    pub what: String,
    /// Who recorded the entry.
    pub who: String,
    /// When, in UTC.
    pub at: String,
    /// Whether the text was gone before, so that only traces in the file were looked after.
    pub was_redacted: bool,
}

/// Takes the free text out of an entry, which is named by the beginning of its id or by its number in the log. Who recorded
/// it, when and why stays, and so do its answers.
///
/// # Errors
/// No reason; no such entry, or one without free text; a file that others are reading.
pub fn redact_entry(
    store: &mut Store,
    desk: &Desk,
    named: &str,
    because: &str,
    progress: impl FnMut(u64, u64),
) -> Result<RedactedText, Problems> {
    reason(because, "say why the text has to go: --because \"…\"")?;
    let action = desk.action(None, "redact", because);
    let redacted = store.redact(&action, named, read_edition, progress)?;
    Ok(RedactedText {
        what: describe(store, &redacted)?,
        who: redacted.action.who,
        at: redacted.action.at,
        was_redacted: redacted.was_redacted,
    })
}

fn describe(store: &Store, redacted: &Redacted) -> Result<String, Problems> {
    let notes = match &redacted.change {
        Change::RecordAnswers { notes, .. } | Change::SubmitAnswers { notes, .. } => notes,
        Change::Judge { standard, .. } => {
            return Ok(format!("the reason of the judgement of {standard}"));
        }
        Change::DecideModeration { .. } => {
            return Ok("the reason of the decision on a moderation".to_owned());
        }
        _ => return Ok("the evidence of a proposed moderation".to_owned()),
    };
    let places: Vec<usize> = notes
        .iter()
        .filter(|(_, text)| text.is_some())
        .map(|(place, _)| *place)
        .collect();
    let count = words::count_of(u64::try_from(places.len()).unwrap_or(u64::MAX), "note");
    let inspections = store.read().inspections()?;
    let of = redacted.action.inspection;
    let Some(row) = inspections.iter().find(|row| Some(row.id) == of) else {
        return Ok(count);
    };
    let inspection = load(store, row)?;
    let cases = store.read().cases(inspection.id)?;
    let Some(case) = cases.iter().find(|case| Some(case.id) == redacted.subject) else {
        return Ok(count);
    };
    let questions = &question_set(&inspection, case).questions;
    let numbers = places.iter().filter_map(|place| questions.get(*place));
    let numbers: Vec<&str> = numbers.map(|question| question.number.as_str()).collect();
    Ok(format!(
        "{count} of {} ({})",
        case.reference,
        numbers.join(", ")
    ))
}
