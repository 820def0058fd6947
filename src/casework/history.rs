//! What was done, when, by whom and why, in words.
//!
//! Must not change anything.

use std::collections::HashMap;

use super::cases::name_pair;
use super::inspections::Inspection;
use super::recording::find_case;
use crate::model::{Change, EntryId, Measurement, Patch, Problems, QuestionSet, Said};
use crate::rating::words;
use crate::store::{HistoryRow, Store, ThingId};

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
/// every entry about one case. What is in conflict is marked.
///
/// # Errors
/// An unknown case; what the database reports.
pub fn show_history(
    store: &Store,
    inspection: &Inspection,
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
        let case = find_case(reader, inspection, reference)?;
        let questions = super::recording::question_set(inspection, &case);
        let rows = reader.history(Some(case.id))?;
        return Ok(rows
            .iter()
            .map(|row| line(row, describe(&row.change, questions), &conflicts))
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
        .filter_map(|entries| sum_up(entries, &references, &conflicts))
        .collect())
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
        Change::AddFramework { .. } => format!("{} added", words::count_of(count, "framework")),
        Change::OpenInspection { .. } => format!("{} opened", words::count_of(count, "inspection")),
        Change::AddCase { .. } => format!("{cases} added"),
        Change::RecordAnswers { .. } => format!("answers of {cases} recorded"),
        Change::SetInformation { .. } => format!("case information of {cases} set"),
        Change::Assign { .. } => format!("{cases} assigned"),
        Change::SubmitAnswers { .. } => format!("answers of {cases} recorded and submitted"),
        Change::Submit => format!("{} submitted", words::count_of(count, "assessment")),
        Change::Judge { .. } => format!("{} judged", words::count_of(count, "standard")),
        Change::RecordMeasure { .. } => {
            format!("{} recorded", words::count_of(count, "measure"))
        }
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
        Change::ChangeInspection { .. } => describe_correction(change),
        Change::CloseInspection => "inspection closed".to_owned(),
        Change::ReopenInspection => "inspection reopened".to_owned(),
        Change::AddCase { .. } => "case added".to_owned(),
        Change::SetInformation { .. } => "case information set".to_owned(),
        Change::Assign { assessor, .. } if assessor.is_empty() => "assigned to nobody".to_owned(),
        Change::Assign {
            assessor,
            joint_assessor,
        } => format!("assigned to {}", name_pair(assessor, joint_assessor)),
        Change::SetReference { reference } => format!("reference changed to {reference}"),
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
        Change::RecordMeasure {
            measure,
            measurement: Some(measurement),
        } => format!("{measure}: {}", describe_measurement(measurement)),
        Change::RecordMeasure {
            measure,
            measurement: None,
        } => format!("{measure} taken back"),
        Change::ProposeModeration {
            rating: Some(rating),
            ..
        } => format!("moderation to {rating} proposed"),
        Change::ProposeModeration { rating: None, .. } => {
            "proposal of moderation withdrawn".to_owned()
        }
        Change::DecideModeration { accepted: true, .. } => "moderation accepted".to_owned(),
        Change::DecideModeration {
            accepted: false, ..
        } => "moderation declined".to_owned(),
        Change::Redact { entry, .. } => {
            let digits: String = entry.to_string().chars().take(12).collect();
            format!("free text of entry {digits} removed")
        }
        change => single_of_sample(change),
    }
}

/// `inspection changed: provider Ashdale; programme none; national no`.
fn describe_correction(change: &Change) -> String {
    let Change::ChangeInspection {
        name,
        provider,
        programme,
        period,
        national,
    } = change
    else {
        return String::new();
    };
    let texts = [
        ("name", name),
        ("provider", provider),
        ("programme", programme),
        ("period", period),
    ];
    let texts = texts.into_iter().filter_map(|(what, text)| {
        let text = text.as_ref()?;
        Some(format!(
            "{what} {}",
            if text.is_empty() { "none" } else { text }
        ))
    });
    let national = national.map(|yes| format!("national {}", if yes { "yes" } else { "no" }));
    let said: Vec<String> = texts.chain(national).collect();
    format!("inspection changed: {}", said.join("; "))
}

/// A change to which cases there are, or who may assess them.
fn single_of_sample(change: &Change) -> String {
    match change {
        Change::ImportPopulation(population) => format!(
            "population of {} imported: {} of {} rows eligible",
            population.sample,
            population.cases_count(),
            population.rows_count
        ),
        Change::DrawSample(drawn) => format!(
            "sample {} drawn: {} and {} from {}, seed {}",
            drawn.sample,
            words::count_of(count(drawn.selected.len()), "case"),
            words::count_of(count(drawn.reserves.len()), "reserve"),
            words::count(drawn.population),
            drawn.seed
        ),
        Change::UndoDraw { sample } => format!("draw of {sample} taken back"),
        Change::CallUpReserve {
            reference,
            replaces,
            ..
        } => format!("reserve {reference} called up in place of {replaces}"),
        Change::DeclareInterest {
            assessor,
            officer,
            holds,
            ..
        } => {
            let about = match officer.as_str() {
                "" => String::new(),
                officer => format!(" in the cases of {officer}"),
            };
            let said = if *holds { "declared" } else { "taken back" };
            format!("interest of {assessor}{about} {said}")
        }
        change => change.kind().to_owned(),
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// `71.2 [p]; target 70.0; 120 observations`.
pub(super) fn describe_measurement(measurement: &Measurement) -> String {
    let mut value = measurement
        .value
        .map_or_else(|| "[x]".to_owned(), words::figure);
    for (stands, mark) in [
        (measurement.provisional, " [p]"),
        (measurement.revised, " [r]"),
        (measurement.unreliable, " [z]"),
    ] {
        if stands {
            value.push_str(mark);
        }
    }
    let figures = [
        ("target", measurement.target),
        ("national", measurement.national),
        ("previous", measurement.previous),
    ];
    let figures = figures
        .iter()
        .filter_map(|(what, figure)| Some(format!("{what} {}", words::figure((*figure)?))));
    let observations = measurement.observations.into_iter();
    let observations = observations.map(|count| words::count_of(count, "observation"));
    let said = std::iter::once(value).chain(figures).chain(observations);
    said.collect::<Vec<_>>().join("; ")
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
        Change::AddCase {
            assessor,
            joint_assessor,
            information,
            ..
        } => {
            let joint = (!joint_assessor.is_empty())
                .then(|| format!("for {}", name_pair(assessor, joint_assessor)));
            let known = information.iter().enumerate().filter_map(|(place, value)| {
                value
                    .as_ref()
                    .map(|value| format!("{}={value}", attribute(place)))
            });
            let said = std::iter::once("case added".to_owned()).chain(joint);
            said.chain(known).collect::<Vec<_>>().join("; ")
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
