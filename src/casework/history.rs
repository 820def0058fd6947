//! What was done, when, by whom and why, in words.
//!
//! Must not change anything.

mod said;

use std::collections::HashMap;

pub(super) use self::said::describe_measurement;
use self::said::{describe, single, summary};
use super::assessment::{is_same, sees_further, sees_own};
use super::inspections::Inspection;
use super::recording::find_case;
use crate::model::{Change, EntryId, Problems};
use crate::store::{HistoryRow, Reader, Store, ThingId};

/// One line of the history: an entry, or the entries of one kind that one action wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// When, in UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// On which device.
    pub device: String,
    /// What was done, in words.
    pub what: String,
    /// The reason given; empty where none is asked for.
    pub because: String,
    /// The id of the (last) entry.
    pub entry: String,
}

/// What was done, in the order of the log, which is the same in every copy of the record: all actions of the inspection, or
/// every entry about one case, with those answers that `viewer` may see. What is in conflict is marked.
///
/// # Errors
/// An unknown case; what the database reports.
pub fn show_history(
    store: &Store,
    inspection: &Inspection,
    viewer: &str,
    reference: Option<&str>,
) -> Result<Vec<HistoryLine>, Problems> {
    let reader = store.read();
    let mut conflicts = Conflicts::new();
    for conflict in reader.conflicts(inspection.id)? {
        for saying in &conflict.says {
            let fields = conflicts.entry(saying.entry).or_default();
            fields.push(conflict.field.to_string());
        }
    }
    if let Some(reference) = reference {
        return show_case_history(reader, inspection, viewer, reference, &conflicts);
    }
    let references: HashMap<ThingId, String> = reader
        .cases(inspection.id)?
        .into_iter()
        .map(|case| (case.id, case.reference))
        .collect();
    let mut actions: Vec<Vec<HistoryRow>> = Vec::new();
    for row in reader.history(None)? {
        if row.action.inspection != Some(inspection.id) && row.subject != Some(inspection.id) {
            continue;
        }
        match actions.last_mut() {
            Some(action)
                if action
                    .last()
                    .is_some_and(|last| last.action_seq == row.action_seq) =>
            {
                action.push(row)
            }
            _ => actions.push(vec![row]),
        }
    }
    Ok(actions
        .iter()
        .filter_map(|entries| sum_up(entries, &references, &conflicts))
        .collect())
}

fn show_case_history(
    reader: Reader<'_>,
    inspection: &Inspection,
    viewer: &str,
    reference: &str,
    conflicts: &Conflicts,
) -> Result<Vec<HistoryLine>, Problems> {
    let case = find_case(reader, inspection, reference)?;
    let questions = super::recording::question_set(inspection, &case);
    let further = reader.further(inspection.id, Some(case.id))?;
    let sees_own = sees_own(reader, &case, &further, viewer)?;
    let sees = |change: &Change| match change {
        Change::RecordAnswers { .. } | Change::SubmitAnswers { .. } => sees_own,
        Change::AssessFurther { role, assessor, .. } => {
            let mut rows = further.iter();
            let row = rows.find(|row| row.role == *role && is_same(&row.assessor, assessor));
            row.map_or(is_same(assessor, viewer), |row| {
                sees_further(&case, row, viewer, sees_own)
            })
        }
        _ => true,
    };
    let rows = reader.history(Some(case.id))?;
    let lines = rows.iter().map(|row| {
        let what = match sees(&row.change) {
            true => describe(&row.change, questions),
            false => format!("{} (hidden from you)", single(&row.change)),
        };
        line(row, what, conflicts)
    });
    Ok(lines.collect())
}

/// What each entry says that is in conflict with another.
type Conflicts = HashMap<EntryId, Vec<String>>;

/// One line for all entries of an action.
fn sum_up(
    entries: &[HistoryRow],
    references: &HashMap<ThingId, String>,
    conflicts: &Conflicts,
) -> Option<HistoryLine> {
    let (only, several) = (entries.last()?, entries.len() > 1);
    if !several {
        let subject = only
            .subject
            .and_then(|id| references.get(&id))
            .map_or("", String::as_str);
        return Some(line(
            only,
            format!("{subject} {}", single(&only.change))
                .trim_start()
                .to_owned(),
            conflicts,
        ));
    }
    let mut kinds: Vec<(&Change, u64)> = Vec::new();
    for entry in entries {
        match kinds
            .iter_mut()
            .find(|(change, _)| change.kind() == entry.change.kind())
        {
            Some((_, count)) => *count += 1,
            None => kinds.push((&entry.change, 1)),
        }
    }
    let counts: Vec<String> = kinds
        .into_iter()
        .map(|(change, count)| summary(change, count))
        .collect();
    let mut what = format!("{}: {}", only.action.source, counts.join(", "));
    let before = entries.iter().rev().skip(1);
    if before
        .clone()
        .any(|entry| conflicts.contains_key(&entry.id))
    {
        what.push_str("; some of it in conflict");
    }
    Some(line(only, what, conflicts))
}

fn line(row: &HistoryRow, mut what: String, conflicts: &Conflicts) -> HistoryLine {
    if let Some(fields) = conflicts.get(&row.id) {
        what.push_str(&format!("; in conflict: {}", fields.join(", ")));
    }
    let because = match &row.change {
        Change::Resolve { because, .. } if !because.is_empty() => because,
        _ => &row.action.because,
    };
    HistoryLine {
        at: row.action.at.clone(),
        who: row.action.who.clone(),
        device: row.action.device.clone(),
        what,
        because: because.clone(),
        entry: row.id.to_string(),
    }
}
