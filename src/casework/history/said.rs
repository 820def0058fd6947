//! What a change says, in words: in one line, or with all that it says.
//!
//! Must not know the log, or who may see what.

use crate::casework::cases::name_pair;
use crate::model::{Change, Measurement, Patch, QuestionSet, Role, Said};
use crate::rating::words;

pub(super) fn summary(change: &Change, count: u64) -> String {
    let cases = words::count_of(count, "case");
    match change {
        Change::AddFramework { .. } => format!("{} added", words::count_of(count, "framework")),
        Change::OpenInspection { .. } => format!("{} opened", words::count_of(count, "inspection")),
        Change::AddCase { .. } => format!("{cases} added"),
        Change::RecordAnswers { .. } => format!("answers of {cases} recorded"),
        Change::SetInformation { .. } => format!("case information of {cases} set"),
        Change::Assign { .. } => format!("{cases} assigned"),
        Change::SubmitAnswers { .. } => format!("answers of {cases} recorded and submitted"),
        Change::AssessFurther { role, .. } => {
            format!("{} of {cases} recorded", further_words(*role))
        }
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

pub(super) fn single(change: &Change) -> String {
    match change {
        Change::AddFramework { .. } => "framework added".to_owned(),
        Change::OpenInspection { name, .. } => format!("inspection {name} opened"),
        Change::ChangeInspection { .. } => describe_correction(change),
        Change::CloseInspection(None) => "inspection closed".to_owned(),
        Change::CloseInspection(Some(_)) => "inspection closed, figures published".to_owned(),
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
        change => single_beside(change),
    }
}

/// A change beside the assessment that counts.
fn single_beside(change: &Change) -> String {
    match change {
        Change::AssessFurther {
            role,
            patch,
            notes,
            submits,
            ..
        } => {
            let counted = count_said(patch, notes);
            let what = match (counted.is_empty(), submits) {
                (true, _) => "submitted".to_owned(),
                (false, true) => format!("{counted} recorded and submitted"),
                (false, false) => format!("{counted} recorded"),
            };
            format!("{}: {what}", further_words(*role))
        }
        Change::ReopenFurther { role, assessor } => {
            format!("{} of {assessor} reopened", further_words(*role))
        }
        Change::Resolve { .. } => "disagreement resolved".to_owned(),
        Change::MarkExercise { exercise: true } => "made an exercise".to_owned(),
        Change::MarkExercise { exercise: false } => "no exercise any more".to_owned(),
        Change::MarkExample {
            example: Some((practice, standard)),
            ..
        } => format!(
            "note marked as an example of {} practice in {standard}",
            practice.word()
        ),
        Change::MarkExample { example: None, .. } => "note no example any more".to_owned(),
        change => single_of_sample(change),
    }
}

fn further_words(role: Role) -> &'static str {
    match role {
        Role::Second => "second assessment",
        Role::Exercise => "exercise",
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
        } if replaces.is_empty() => format!("{reference} given back to the reserves"),
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
pub(in crate::casework) fn describe_measurement(measurement: &Measurement) -> String {
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
pub(super) fn describe(change: &Change, questions: &QuestionSet) -> String {
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
        change => describe_beside(change, number),
    }
}

/// A change beside the assessment that counts, with all that it says.
fn describe_beside<'q>(change: &Change, number: impl Fn(usize) -> &'q str) -> String {
    match change {
        Change::AssessFurther {
            role,
            patch,
            notes,
            submits,
            ..
        } => {
            let answers = describe_answers(patch, notes, number);
            let said = [answers.as_str(), if *submits { "submitted" } else { "" }];
            let said: Vec<&str> = said.into_iter().filter(|said| !said.is_empty()).collect();
            format!("{}: {}", further_words(*role), said.join("; "))
        }
        Change::Resolve { place, answer, .. } => {
            format!(
                "disagreement resolved: {}={}",
                number(*place),
                answer.word()
            )
        }
        Change::MarkExample { place, .. } => format!("{}: {}", number(*place), single(change)),
        change => single(change),
    }
}

pub(super) fn describe_answers<'q>(
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
