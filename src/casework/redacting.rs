//! Taking the free text out of an entry, such as a name that was typed into a note.
//!
//! Must not know how the text is erased (`store`), and never repeats it.

use super::desk::{Desk, reason};
use super::frameworks::read_edition;
use super::inspections::{Inspection, load};
use super::recording::question_set;
use crate::model::{AttributeKind, Change, Problems};
use crate::rating::words;
use crate::store::{CaseRow, Redacted, Store};

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

/// Takes the free text out of an entry, which is named by the beginning of its id. Who recorded
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
    match &redacted.change {
        Change::Judge { standard, .. } => {
            return Ok(format!("the reason of the judgement of {standard}"));
        }
        Change::DecideModeration { .. } => {
            return Ok("the reason of the decision on a moderation".to_owned());
        }
        Change::ProposeModeration { .. } => {
            return Ok("the evidence of a proposed moderation".to_owned());
        }
        Change::CloseInspection(_) => {
            return Ok("the figures as they were published".to_owned());
        }
        Change::ImportPopulation(population) => {
            return Ok(format!(
                "the codes in the population of {}",
                population.sample
            ));
        }
        Change::DrawSample(drawn) => {
            return Ok(format!(
                "the codes of groups and units in the draw of {}",
                drawn.sample
            ));
        }
        _ => {}
    }
    let inspections = store.read().inspections()?;
    let of = redacted.action.inspection;
    let row = inspections.iter().find(|row| Some(row.id) == of);
    let inspection = row.map(|row| load(store, row)).transpose()?;
    let cases = match &inspection {
        Some(inspection) => store.read().cases(inspection.id)?,
        None => Vec::new(),
    };
    let case = cases.iter().find(|case| Some(case.id) == redacted.subject);
    let (Some(inspection), Some(case)) = (&inspection, case) else {
        return Ok("the free text of a case that is not there".to_owned());
    };
    Ok(describe_of_case(inspection, case, &redacted.change))
}

fn describe_of_case(inspection: &Inspection, case: &CaseRow, change: &Change) -> String {
    let questions = question_set(inspection, case);
    let reference = &case.reference;
    let number = |place: usize| {
        let question = questions.questions.get(place);
        question.map_or("", |question| question.number.as_str())
    };
    let information = |values: &mut dyn Iterator<Item = (usize, &Option<String>)>| {
        let codes = values.filter_map(|(place, value)| {
            let attribute = questions.attributes.get(place)?;
            (attribute.kind == AttributeKind::Code && value.is_some()).then_some(&*attribute.id)
        });
        let ids: Vec<&str> = codes.collect();
        format!("case information of {reference} ({})", ids.join(", "))
    };
    match change {
        Change::Resolve { place, .. } => {
            let number = number(*place);
            format!("the reason of the resolution of {number} of {reference}")
        }
        Change::AddCase {
            information: values,
            ..
        } => information(&mut values.iter().enumerate()),
        Change::SetInformation { values } => {
            information(&mut values.iter().map(|(place, value)| (*place, value)))
        }
        Change::RecordAnswers { notes, .. }
        | Change::SubmitAnswers { notes, .. }
        | Change::AssessFurther { notes, .. } => {
            let texts = notes.iter().filter(|(_, text)| text.is_some());
            let numbers: Vec<&str> = texts.map(|(place, _)| number(*place)).collect();
            let count = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
            let count = words::count_of(count, "note");
            format!("{count} of {reference} ({})", numbers.join(", "))
        }
        change => format!("the free text of an entry of kind {}", change.kind()),
    }
}
