//! What each kind of change sets, field by field: two people who set the same field to different values without having
//! seen each other's entry are in conflict.
//!
//! Must not know who saw what (`weigh`), nor the database. A new kind of change names its fields in [`fields_set`].

use super::fields::{Field, OF_INSPECTION};
use super::{body, sha256};
use crate::model::{Answer, Change, Measurement, Practice, QuestionSet, Role, Said};

/// Every field that a change sets, with its value in words. `questions` are those of the case's sample.
pub(super) fn fields_set(change: &Change, questions: Option<&QuestionSet>) -> Vec<(Field, String)> {
    match change {
        Change::AddCase {
            reference,
            assessor,
            joint_assessor,
            information,
            ..
        } => {
            let places = information.iter().enumerate();
            let known = places.filter(|(_, value)| value.is_some());
            let mut set: Vec<(Field, String)> = known
                .filter_map(|(place, value)| information_set(questions, place, value.as_deref()))
                .collect();
            // Given to nobody yet: nothing is said of who assesses it.
            if !assessor.is_empty() {
                set.push((Field::Assessor, pair(assessor, joint_assessor)));
            }
            set.push((Field::Reference, reference.clone()));
            set
        }
        Change::SetInformation { values } => {
            let values = values.iter();
            values
                .filter_map(|(place, value)| information_set(questions, *place, value.as_deref()))
                .collect()
        }
        Change::Assign {
            assessor,
            joint_assessor,
        } => vec![(Field::Assessor, pair(assessor, joint_assessor))],
        Change::SetReference { reference } => vec![(Field::Reference, reference.clone())],
        Change::RecordAnswers { .. }
        | Change::SubmitAnswers { .. }
        | Change::AssessFurther { .. }
        | Change::Resolve { .. }
        | Change::MarkExample { .. } => said_set(change, questions),
        Change::MarkExercise { exercise } => {
            let value = if *exercise { "yes" } else { "no" };
            vec![(Field::Exercise, value.to_owned())]
        }
        change => figures_set(change),
    }
}

/// The same for what is said about questions. A note that is taken back is no example any more either.
fn said_set(change: &Change, questions: Option<&QuestionSet>) -> Vec<(Field, String)> {
    let number = |place: usize| {
        let question = questions.and_then(|questions| questions.questions.get(place));
        question.map(|question| question.number.clone())
    };
    match change {
        Change::RecordAnswers { patch, notes } | Change::SubmitAnswers { patch, notes } => {
            let answers = patch.iter().filter_map(|(place, said)| {
                Some((Field::Answer(number(place)?), said_words(said).to_owned()))
            });
            let texts = notes.iter().filter_map(|(place, text)| {
                let text = text.clone().unwrap_or_default();
                Some((Field::Note(number(*place)?), text))
            });
            let unmarked = notes.iter().filter(|(_, text)| text.is_none());
            let unmarked = unmarked.filter_map(|(place, _)| {
                Some((Field::Example(number(*place)?), example_words(None)))
            });
            answers.chain(texts).chain(unmarked).collect()
        }
        Change::AssessFurther {
            role,
            assessor,
            patch,
            notes,
            ..
        } => {
            let whose = further_name(*role, assessor);
            let named = |place: usize| Some(format!("{whose}:{}", number(place)?));
            let answers = patch.iter().filter_map(|(place, said)| {
                let said = said_words(said).to_owned();
                Some((Field::FurtherAnswer(named(place)?), said))
            });
            let texts = notes.iter().filter_map(|(place, text)| {
                let text = text.clone().unwrap_or_default();
                Some((Field::FurtherNote(named(*place)?), text))
            });
            answers.chain(texts).collect()
        }
        Change::Resolve { place, answer, .. } => {
            let said = said_words(Said::Answer(*answer)).to_owned();
            let set = number(*place).map(|number| (Field::Answer(number), said));
            set.into_iter().collect()
        }
        Change::MarkExample { place, example } => {
            let set = number(*place).map(|number| {
                let words = example_words(example.as_ref());
                (Field::Example(number), words)
            });
            set.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// `second:INSP-02`. The record does not tell names apart by capitals.
pub(super) fn further_name(role: Role, assessor: &str) -> String {
    format!("{}:{}", role.word(), assessor.to_ascii_uppercase())
}

/// `effective in 2.1`, or `none`.
fn example_words(example: Option<&(Practice, String)>) -> String {
    example.map_or_else(
        || "none".to_owned(),
        |(practice, standard)| format!("{} in {standard}", practice.word()),
    )
}

/// The same for what is recorded of an inspection beside its cases.
fn figures_set(change: &Change) -> Vec<(Field, String)> {
    match change {
        Change::Judge {
            standard, rating, ..
        } => {
            let rating = rating.clone().unwrap_or_else(|| "withdrawn".to_owned());
            vec![(Field::Judgement(standard.clone()), rating)]
        }
        Change::RecordMeasure {
            measure,
            measurement,
        } => {
            let figures = measurement
                .as_ref()
                .map_or_else(|| "taken back".to_owned(), figures_words);
            vec![(Field::Measure(measure.clone()), figures)]
        }
        Change::ProposeModeration { rating, .. } => {
            let rating = rating.clone().unwrap_or_else(|| "withdrawn".to_owned());
            vec![(Field::Moderation, rating)]
        }
        Change::DecideModeration { accepted, .. } => {
            let decision = if *accepted { "accepted" } else { "declined" };
            vec![(Field::Moderation, decision.to_owned())]
        }
        Change::ChangeInspection {
            name,
            provider,
            programme,
            period,
            national,
        } => {
            let national = national.map(|yes| if yes { "yes" } else { "no" }.to_owned());
            let said = [name, provider, programme, period].map(Option::clone);
            let said = OF_INSPECTION
                .into_iter()
                .zip(said.into_iter().chain([national]));
            said.filter_map(|(what, value)| Some((Field::Inspection(what), value?)))
                .collect()
        }
        change => sample_set(change),
    }
}

/// The same for which cases there are to be, and who may assess them. A population or a draw is told apart by the first
/// digits of its hash: others may have the same numbers.
fn sample_set(change: &Change) -> Vec<(Field, String)> {
    let digits = || {
        let hash = sha256(body::encode(change).as_bytes());
        let digits: String = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        digits
    };
    match change {
        Change::ImportPopulation(population) => {
            let (cases, rows) = (population.cases_count(), population.rows_count);
            let value = format!("{}: {cases} of {rows} rows eligible", digits());
            vec![(Field::Population(population.sample.clone()), value)]
        }
        Change::DrawSample(drawn) => {
            let (selected, reserves) = (drawn.selected.len(), drawn.reserves.len());
            let value = format!(
                "{}: {selected} of {} cases and {reserves} in reserve, seed {}",
                digits(),
                drawn.population,
                drawn.seed
            );
            vec![(Field::Draw(drawn.sample.clone()), value)]
        }
        Change::UndoDraw { sample } => {
            vec![(Field::Draw(sample.clone()), "taken back".to_owned())]
        }
        Change::CallUpReserve {
            reference,
            replaces,
            ..
        } => {
            let reserve = Field::Reserve(reference.to_ascii_uppercase());
            if replaces.is_empty() {
                return vec![(reserve, "waiting".to_owned())];
            }
            let replacement = Field::Replacement(replaces.to_ascii_uppercase());
            vec![
                (replacement, reference.clone()),
                (reserve, replaces.clone()),
            ]
        }
        Change::DeclareInterest {
            assessor,
            officer,
            holds,
            ..
        } => {
            // The record tells neither of them apart by capitals.
            let name = match officer.as_str() {
                "" => assessor.to_ascii_uppercase(),
                officer => format!("{assessor}:{officer}").to_ascii_uppercase(),
            };
            let value = if *holds { "declared" } else { "taken back" };
            vec![(Field::Interest(name), value.to_owned())]
        }
        _ => Vec::new(),
    }
}

fn information_set(
    questions: Option<&QuestionSet>,
    place: usize,
    value: Option<&str>,
) -> Option<(Field, String)> {
    let attribute = questions?.attributes.get(place)?;
    let field = Field::Information(attribute.id.clone());
    Some((field, value.unwrap_or_default().to_owned()))
}

fn pair(assessor: &str, joint_assessor: &str) -> String {
    if joint_assessor.is_empty() {
        assessor.to_owned()
    } else {
        format!("{assessor} with {joint_assessor}")
    }
}

fn said_words(said: Said) -> &'static str {
    match said {
        Said::Answer(Answer::Yes) => "yes",
        Said::Answer(Answer::No) => "no",
        Said::Answer(Answer::NotApplicable) => "not applicable",
        Said::Cleared => "clear",
    }
}

/// `71.2 [p]; 120 observations; target 70.0`, exactly as recorded; `[x]` for a value that is not available.
fn figures_words(measurement: &Measurement) -> String {
    let value = measurement.value;
    let mut words = value.map_or_else(|| "[x]".to_owned(), |value| value.to_string());
    let marks = [
        (measurement.provisional, " [p]"),
        (measurement.revised, " [r]"),
        (measurement.unreliable, " [z]"),
    ];
    for (_, mark) in marks.iter().filter(|(stands, _)| *stands) {
        words.push_str(mark);
    }
    if let Some(count) = measurement.observations {
        words.push_str(&format!("; {count} observations"));
    }
    let beside = [
        ("target", measurement.target),
        ("national", measurement.national),
        ("previous", measurement.previous),
    ];
    for (name, figure) in beside {
        if let Some(figure) = figure {
            words.push_str(&format!("; {name} {figure}"));
        }
    }
    words
}
