//! What a lead wants to see: how far the work is, what was done, and whether the record is sound.
//!
//! Must not change anything.

use std::collections::HashMap;

use super::frameworks::edition_of;
use super::inspections::Inspection;
use super::recording::find_case;
use crate::framework::Framework;
use crate::model::{Change, Patch, Problems, QuestionSet, Said};
use crate::rating::words;
use crate::store::{CaseRow, Findings, HistoryRow, Status, Store, ThingId};

/// How far the work of one sample, assessor or unit is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProgressRow {
    /// What the row is about; empty for cases without one.
    pub name: String,
    /// Cases not started.
    pub untouched: u64,
    /// Assessments started and not submitted.
    pub in_hand: u64,
    /// Assessments submitted.
    pub submitted: u64,
    /// Cases left out of the sample.
    pub withdrawn: u64,
}

impl ProgressRow {
    /// Cases that are still in the sample.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.untouched + self.in_hand + self.submitted
    }

    fn add(&mut self, status: Status) {
        match status {
            Status::Untouched => self.untouched += 1,
            Status::InHand => self.in_hand += 1,
            Status::Submitted => self.submitted += 1,
            Status::Withdrawn => self.withdrawn += 1,
        }
    }
}

/// How far the work is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// By sample, in framework order; samples without cases are left out.
    pub samples: Vec<ProgressRow>,
    /// By assessor, in order of name.
    pub assessors: Vec<ProgressRow>,
    /// The title of one piece of case information and the work by its values, where one was asked for.
    pub units: Option<(String, Vec<ProgressRow>)>,
    /// All together.
    pub total: ProgressRow,
}

/// Counts the cases by how far they have come. `by` names a piece of case information, such as `ldu`.
///
/// # Errors
/// What the database reports.
pub fn show_progress(
    store: &Store,
    inspection: &Inspection,
    by: Option<&str>,
) -> Result<Progress, Problems> {
    let cases = store.read().cases(inspection.id)?;
    let samples = &inspection.framework.samples;
    let sample_title = |case: &CaseRow| {
        samples
            .get(case.sample)
            .map_or(String::new(), |sample| sample.title.clone())
    };
    let mut by_sample = group(&cases, sample_title);
    by_sample.sort_by_key(|row| samples.iter().position(|sample| sample.title == row.name));
    let mut by_assessor = group(&cases, |case| case.assessor.clone());
    by_assessor.sort_by(|one, other| one.name.cmp(&other.name));
    let units = match by {
        Some(attribute) => {
            let title = inspection.find_attribute(attribute)?;
            Some((
                title.to_owned(),
                by_information(&cases, inspection, attribute),
            ))
        }
        None => None,
    };
    let mut total = ProgressRow {
        name: "All".to_owned(),
        ..ProgressRow::default()
    };
    cases.iter().for_each(|case| total.add(case.status));
    Ok(Progress {
        samples: by_sample,
        assessors: by_assessor,
        units,
        total,
    })
}

fn by_information(cases: &[CaseRow], inspection: &Inspection, attribute: &str) -> Vec<ProgressRow> {
    let value = |case: &CaseRow| {
        let sample = inspection.framework.samples.get(case.sample)?;
        let place = sample.questions.attribute(attribute)?;
        let value = case.information.get(place)?.as_ref()?;
        Some(sample.title_of(place, value).to_owned())
    };
    let mut rows = group(cases, |case| value(case).unwrap_or_default());
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    rows
}

fn group(cases: &[CaseRow], name: impl Fn(&CaseRow) -> String) -> Vec<ProgressRow> {
    let mut rows: Vec<ProgressRow> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for case in cases {
        let name = name(case);
        let at = *known.entry(name.clone()).or_insert_with(|| {
            rows.push(ProgressRow {
                name,
                ..ProgressRow::default()
            });
            rows.len() - 1
        });
        if let Some(row) = rows.get_mut(at) {
            row.add(case.status);
        }
    }
    rows
}

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

/// What was done, in the order in which it was recorded: all actions of the inspection, or every entry about one case.
///
/// # Errors
/// An unknown case; what the database reports.
pub fn show_history(
    store: &Store,
    inspection: &Inspection,
    reference: Option<&str>,
) -> Result<Vec<HistoryLine>, Problems> {
    let reader = store.read();
    if let Some(reference) = reference {
        let case = find_case(reader, inspection, reference)?;
        let questions = super::recording::question_set(inspection, &case);
        let rows = reader.history(Some(case.id))?;
        return Ok(rows
            .iter()
            .map(|row| line(row, describe(&row.change, questions)))
            .collect());
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
        .filter_map(|entries| sum_up(entries, &references))
        .collect())
}

/// One line for all entries of an action.
fn sum_up(entries: &[HistoryRow], references: &HashMap<ThingId, String>) -> Option<HistoryLine> {
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
    Some(line(
        only,
        format!("{}: {}", only.action.source, counts.join(", ")),
    ))
}

fn line(row: &HistoryRow, what: String) -> HistoryLine {
    HistoryLine {
        at: row.action.at.clone(),
        who: row.action.who.clone(),
        device: row.action.device.clone(),
        what,
        because: row.action.because.clone(),
        entry: row.id.to_string(),
    }
}

fn summary(change: &Change, count: u64) -> String {
    let cases = words::count_of(count, "case");
    match change {
        Change::AddCase { .. } => format!("{cases} added"),
        Change::RecordAnswers { .. } => format!("answers of {cases} recorded"),
        Change::SetInformation { .. } => format!("case information of {cases} set"),
        Change::Assign { .. } => format!("{cases} assigned"),
        Change::SubmitAnswers { .. } => format!("answers of {cases} recorded and submitted"),
        Change::Submit => format!("{} submitted", words::count_of(count, "assessment")),
        Change::Judge { .. } => format!("{} judged", words::count_of(count, "standard")),
        change => format!(
            "{} of kind {}",
            words::count_of(count, "entry"),
            change.kind()
        ),
    }
}

/// `2 answers and 1 note`.
fn count_said(patch: &Patch, notes: &[(usize, Option<String>)]) -> String {
    let counts = [(patch.len(), "answer"), (notes.len(), "note")];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts = counts
        .map(|(count, word)| words::count_of(u64::try_from(*count).unwrap_or(u64::MAX), word));
    counts.collect::<Vec<_>>().join(" and ")
}

fn single(change: &Change) -> String {
    match change {
        Change::AddFramework { .. } => "framework added".to_owned(),
        Change::OpenInspection { name, .. } => format!("inspection {name} opened"),
        Change::CloseInspection => "inspection closed".to_owned(),
        Change::ReopenInspection => "inspection reopened".to_owned(),
        Change::AddCase { .. } => "case added".to_owned(),
        Change::SetInformation { .. } => "case information set".to_owned(),
        Change::Assign { assessor } if assessor.is_empty() => "assigned to nobody".to_owned(),
        Change::Assign { assessor } => format!("assigned to {assessor}"),
        Change::WithdrawCase => "withdrawn from the sample".to_owned(),
        Change::RestoreCase => "taken back into the sample".to_owned(),
        Change::RecordAnswers { patch, notes } => format!("{} recorded", count_said(patch, notes)),
        Change::SubmitAnswers { patch, notes } => {
            format!("{} recorded and submitted", count_said(patch, notes))
        }
        Change::Submit => "submitted".to_owned(),
        Change::Reopen => "reopened".to_owned(),
        Change::Judge {
            standard,
            rating: Some(rating),
            ..
        } => format!("{standard} judged {rating}"),
        Change::Judge {
            standard,
            rating: None,
            ..
        } => format!("judgement of {standard} withdrawn"),
    }
}

/// A change to one case with all that it says.
fn describe(change: &Change, questions: &QuestionSet) -> String {
    let number = |place: usize| {
        questions
            .questions
            .get(place)
            .map_or("", |question| question.number.as_str())
    };
    let attribute = |place: usize| {
        questions
            .attributes
            .get(place)
            .map_or("", |attribute| attribute.id.as_str())
    };
    match change {
        Change::RecordAnswers { patch, notes } => describe_answers(patch, notes, number),
        Change::SubmitAnswers { patch, notes } => {
            format!("{}; submitted", describe_answers(patch, notes, number))
        }
        Change::SetInformation { values } => {
            let values = values.iter().map(|(place, value)| {
                format!(
                    "{}={}",
                    attribute(*place),
                    value.as_deref().unwrap_or("(taken back)")
                )
            });
            values.collect::<Vec<_>>().join("; ")
        }
        Change::AddCase { information, .. } => {
            let known = information.iter().enumerate().filter_map(|(place, value)| {
                value
                    .as_ref()
                    .map(|value| format!("{}={value}", attribute(place)))
            });
            let known = known.collect::<Vec<_>>().join("; ");
            format!("case added; {known}")
                .trim_end_matches("; ")
                .to_owned()
        }
        change => single(change),
    }
}

fn describe_answers<'q>(
    patch: &Patch,
    notes: &[(usize, Option<String>)],
    number: impl Fn(usize) -> &'q str,
) -> String {
    let answers = patch.iter().map(|(place, said)| match said {
        Said::Answer(answer) => format!("{}={}", number(place), answer.word()),
        Said::Cleared => format!("{}=clear", number(place)),
    });
    let notes = notes.iter().map(|(place, note)| match note {
        Some(note) => format!("note {}: {note}", number(*place)),
        None => format!("note {} taken back", number(*place)),
    });
    answers.chain(notes).collect::<Vec<_>>().join("; ")
}

/// Verifies every hash and link of the log, the state against a full replay, and the file itself; `progress` is told how
/// many entries have been verified.
///
/// # Errors
/// Only when the file cannot be read; what is wrong with its content is in the findings.
pub fn check_record(store: &Store, progress: impl FnMut(u64)) -> Result<Findings, Problems> {
    let read = |text: &str| {
        Framework::parse(text, "framework")
            .ok()
            .map(|framework| edition_of(text, &framework))
    };
    store.check(read, progress)
}

/// That some cases do not count yet, for whoever reads figures while work is outstanding; `None` when none is.
///
/// # Errors
/// What the database reports.
pub fn outstanding_notice(
    store: &Store,
    inspection: &Inspection,
) -> Result<Option<String>, Problems> {
    Ok(match store.read().outstanding_count(inspection.id)? {
        0 => None,
        1 => Some("1 case is not submitted and does not count yet".to_owned()),
        count => Some(format!(
            "{count} cases are not submitted and do not count yet"
        )),
    })
}

/// Whether the log holds an entry whose id begins so.
///
/// # Errors
/// What the database reports.
pub fn holds_entry(store: &Store, id: &str) -> Result<bool, Problems> {
    let history = store.read().history(None)?;
    Ok(history.iter().any(|row| row.id.to_string().starts_with(id)))
}
