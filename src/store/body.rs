//! The body of an entry as text: JSON arrays in a fixed order, and nothing else.
//!
//! Values stand by place in the framework's order, as on the answer sheet, because an entry for every case of a nation
//! has to stay small. What a later version added stands last, and only where it says something: the bodies of an earlier
//! version are what this one would write. Must not know what a change does (`state`).

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::sample_body::{decode_of_sample, encode_draw, encode_population};
use crate::model::{
    Answer, Change, Decimal, EntryId, Measurement, Patch, Practice, Publication, Role,
};

type Notes = Vec<(usize, Option<String>)>;

/// The text of a change. Reading it back with [`decode`] gives the same change.
pub(super) fn encode(change: &Change) -> String {
    match change {
        Change::AddFramework { text } => text.clone(),
        Change::OpenInspection {
            name,
            framework,
            provider,
            programme,
            period,
            national,
        } => {
            let framework = to_hex(framework);
            if period.is_empty() && !national {
                json(&(name, framework, provider, programme))
            } else {
                json(&(name, framework, provider, programme, period, national))
            }
        }
        Change::ChangeInspection {
            name,
            provider,
            programme,
            period,
            national,
        } => json(&(name, provider, programme, period, national)),
        Change::Judge {
            standard,
            rating,
            because,
        } => json(&(standard, rating, because)),
        Change::RecordMeasure {
            measure,
            measurement,
        } => encode_measure(measure, measurement.as_ref()),
        Change::ProposeModeration {
            rating,
            evidence,
            made_on,
        } => match made_on {
            None => json(&(rating, evidence)),
            Some(made_on) => json(&(rating, evidence, made_on)),
        },
        Change::DecideModeration { accepted, because } => json(&(accepted, because)),
        Change::CloseInspection(Some(published)) => encode_publication(published),
        Change::Redact { entry, body } => json(&(entry.to_string(), to_hex(body))),
        Change::ImportPopulation(population) => encode_population(population),
        Change::DrawSample(drawn) => encode_draw(drawn),
        Change::UndoDraw { sample } => json(&(sample,)),
        Change::CallUpReserve {
            sample,
            reference,
            replaces,
        } => json(&(sample, reference, replaces)),
        Change::DeclareInterest {
            assessor,
            reference,
            officer,
            holds,
        } => json(&(assessor, reference, officer, holds)),
        change => encode_case(change),
    }
}

/// Hash and figures.
fn encode_publication(published: &Publication) -> String {
    json(&(to_hex(&published.basis), &published.figures))
}

/// The text of a change to a case, or of one that says nothing but its kind.
fn encode_case(change: &Change) -> String {
    match change {
        Change::AddCase {
            reference,
            sample,
            assessor,
            joint_assessor,
            information,
        } => {
            let known = information
                .iter()
                .rposition(Option::is_some)
                .map_or(0, |last| last + 1);
            let values = information.get(..known).unwrap_or_default();
            if joint_assessor.is_empty() {
                json(&(reference, sample, assessor, values))
            } else {
                json(&(reference, sample, assessor, values, joint_assessor))
            }
        }
        Change::SetInformation { values } => json(values),
        Change::SetReference { reference } => json(&(reference,)),
        Change::Assign {
            assessor,
            joint_assessor,
        } => {
            if joint_assessor.is_empty() {
                json(&(assessor,))
            } else {
                json(&(assessor, joint_assessor))
            }
        }
        Change::RecordAnswers { patch, notes } | Change::SubmitAnswers { patch, notes } => {
            if notes.is_empty() {
                json(&(patch.as_str(),))
            } else {
                json(&(patch.as_str(), notes))
            }
        }
        change => encode_further(change),
    }
}

/// The text of a change beside the assessment that counts, or of one that says nothing but its kind.
fn encode_further(change: &Change) -> String {
    match change {
        Change::AssessFurther {
            role,
            assessor,
            patch,
            notes,
            submits,
        } => json(&(role.word(), assessor, patch.as_str(), notes, submits)),
        Change::ReopenFurther { role, assessor } => json(&(role.word(), assessor)),
        Change::Resolve {
            place,
            answer,
            because,
        } if because.is_empty() => json(&(place, answer.word())),
        Change::Resolve {
            place,
            answer,
            because,
        } => json(&(place, answer.word(), because)),
        Change::MarkExercise { exercise } => json(&(exercise,)),
        Change::MarkExample { place, example } => {
            let example = example.as_ref();
            json(&(
                place,
                example.map(|(practice, standard)| (practice.word(), standard)),
            ))
        }
        _ => "[]".to_owned(),
    }
}

/// The change that a kind and a body stand for; `None` when they are not what this version writes.
pub(super) fn decode(kind: &str, body: &str) -> Option<Change> {
    let nothing = |change: Change| (body == "[]").then_some(change);
    match kind {
        "framework" => Some(Change::AddFramework {
            text: body.to_owned(),
        }),
        "inspection" => decode_inspection(body),
        "correction" => decode_correction(body),
        "case" => decode_case(body),
        "information" => Some(Change::SetInformation {
            values: parse(body)?,
        }),
        "assign" => decode_assignment(body),
        "answers" => {
            let (patch, notes) = decode_answers(body)?;
            Some(Change::RecordAnswers { patch, notes })
        }
        "assessment" => {
            let (patch, notes) = decode_answers(body)?;
            Some(Change::SubmitAnswers { patch, notes })
        }
        "judge" => {
            let (standard, rating, because) = parse(body)?;
            Some(Change::Judge {
                standard,
                rating,
                because,
            })
        }
        "measure" => decode_measure(body),
        "proposal" => decode_proposal(body),
        "decision" => {
            let (accepted, because) = parse(body)?;
            Some(Change::DecideModeration { accepted, because })
        }
        "further" | "reopen-further" | "resolve" | "exercise" | "example" => {
            decode_further(kind, body)
        }
        "reference" => {
            let (reference,) = parse(body)?;
            Some(Change::SetReference { reference })
        }
        "redact" => {
            let (entry, body): (String, String) = parse(body)?;
            let entry = EntryId(from_hex(&entry)?);
            let body = from_hex(&body)?;
            Some(Change::Redact { entry, body })
        }
        "close" => nothing(Change::CloseInspection(None)).or_else(|| decode_closing(body)),
        "open-again" => nothing(Change::ReopenInspection),
        "withdraw" => nothing(Change::WithdrawCase),
        "restore" => nothing(Change::RestoreCase),
        "submit" => nothing(Change::Submit),
        "reopen" => nothing(Change::Reopen),
        kind => decode_of_sample(kind, body),
    }
}

fn decode_further(kind: &str, body: &str) -> Option<Change> {
    Some(match kind {
        "further" => {
            let (role, assessor, letters, notes, submits): (String, _, String, Notes, bool) =
                parse(body)?;
            Change::AssessFurther {
                role: Role::parse(&role)?,
                assessor,
                patch: Patch::parse(&letters)?,
                notes,
                submits,
            }
        }
        "reopen-further" => {
            let (role, assessor): (String, _) = parse(body)?;
            Change::ReopenFurther {
                role: Role::parse(&role)?,
                assessor,
            }
        }
        "resolve" => {
            let short = parse(body).map(|(place, word)| (place, word, String::new()));
            let (place, word, because): (_, String, _) = short.or_else(|| parse(body))?;
            let answer = Answer::ALL
                .into_iter()
                .find(|answer| answer.word() == word)?;
            Change::Resolve {
                place,
                answer,
                because,
            }
        }
        "exercise" => {
            let (exercise,) = parse(body)?;
            Change::MarkExercise { exercise }
        }
        _ => {
            let (place, example): (_, Option<(String, String)>) = parse(body)?;
            let example = match example {
                Some((word, standard)) => Some((Practice::parse(&word)?, standard)),
                None => None,
            };
            Change::MarkExample { place, example }
        }
    })
}

fn decode_closing(body: &str) -> Option<Change> {
    let (basis, figures): (String, _) = parse(body)?;
    let basis = from_hex(&basis)?;
    Some(Change::CloseInspection(Some(Publication {
        figures,
        basis,
    })))
}

fn decode_correction(body: &str) -> Option<Change> {
    let (name, provider, programme, period, national) = parse(body)?;
    Some(Change::ChangeInspection {
        name,
        provider,
        programme,
        period,
        national,
    })
}

fn decode_inspection(body: &str) -> Option<Change> {
    let short = parse(body).map(|(name, framework, provider, programme)| {
        (name, framework, provider, programme, String::new(), false)
    });
    let (name, framework, provider, programme, period, national): (_, String, _, _, _, _) =
        short.or_else(|| parse(body))?;
    Some(Change::OpenInspection {
        name,
        framework: from_hex(&framework)?,
        provider,
        programme,
        period,
        national,
    })
}

fn decode_case(body: &str) -> Option<Change> {
    let short = parse(body).map(|(reference, sample, assessor, information)| {
        (reference, sample, assessor, information, String::new())
    });
    let (reference, sample, assessor, information, joint_assessor) =
        short.or_else(|| parse(body))?;
    Some(Change::AddCase {
        reference,
        sample,
        assessor,
        joint_assessor,
        information,
    })
}

fn decode_assignment(body: &str) -> Option<Change> {
    let short = parse(body).map(|(assessor,)| (assessor, String::new()));
    let (assessor, joint_assessor) = short.or_else(|| parse(body))?;
    Some(Change::Assign {
        assessor,
        joint_assessor,
    })
}

fn decode_proposal(body: &str) -> Option<Change> {
    let short = parse(body).map(|(rating, evidence)| (rating, evidence, None));
    let long = || {
        let (rating, evidence, made_on): (_, _, String) = parse(body)?;
        Some((rating, evidence, Some(made_on)))
    };
    let (rating, evidence, made_on) = short.or_else(long)?;
    Some(Change::ProposeModeration {
        rating,
        evidence,
        made_on,
    })
}

fn decode_answers(body: &str) -> Option<(Patch, Notes)> {
    let alone = parse(body).map(|(letters,): (String,)| (letters, Notes::new()));
    let (letters, notes) = alone.or_else(|| parse(body))?;
    Some((Patch::parse(&letters)?, notes))
}

/// Id, value, marks, observations, target, national and previous figure; or the id alone.
type MeasureBody = (
    String,
    Option<String>,
    String,
    Option<u64>,
    Option<String>,
    Option<String>,
    Option<String>,
);

fn encode_measure(measure: &str, measurement: Option<&Measurement>) -> String {
    let Some(measurement) = measurement else {
        return json(&(measure,));
    };
    json(&(
        measure,
        figure_text(measurement.value),
        marks_text(measurement),
        measurement.observations,
        figure_text(measurement.target),
        figure_text(measurement.national),
        figure_text(measurement.previous),
    ))
}

fn decode_measure(body: &str) -> Option<Change> {
    if let Some((measure,)) = parse(body) {
        return Some(Change::RecordMeasure {
            measure,
            measurement: None,
        });
    }
    let (measure, value, marks, observations, target, national, previous): MeasureBody =
        parse(body)?;
    let measurement = Measurement {
        value: read_figure(value)?,
        provisional: marks.contains('p'),
        revised: marks.contains('r'),
        unreliable: marks.contains('z'),
        observations,
        target: read_figure(target)?,
        national: read_figure(national)?,
        previous: read_figure(previous)?,
        taken_from: String::new(),
    };
    (marks == marks_text(&measurement)).then_some(Change::RecordMeasure {
        measure,
        measurement: Some(measurement),
    })
}

/// Exactly the digits that were recorded: `70.0` stays `70.0`.
pub(super) fn figure_text(figure: Option<Decimal>) -> Option<String> {
    figure.map(|figure| figure.to_string())
}

/// The figure that a text from the record stands for; `None` for a text that the record would not hold.
pub(super) fn read_figure(text: Option<String>) -> Option<Option<Decimal>> {
    let Some(text) = text else {
        return Some(None);
    };
    let figure = Decimal::from_str_exact(&text).ok()?;
    (figure.to_string() == text).then_some(Some(figure))
}

/// `p`, `r` and `z`, those of them that stand on the value.
fn marks_text(measurement: &Measurement) -> String {
    let marks = [
        (measurement.provisional, 'p'),
        (measurement.revised, 'r'),
        (measurement.unreliable, 'z'),
    ];
    let marks = marks.iter().filter(|(stands, _)| *stands);
    marks.map(|(_, mark)| *mark).collect()
}

/// Texts, numbers and lists of them: each has a JSON form.
pub(super) fn json(values: &impl Serialize) -> String {
    serde_json::to_string(values).unwrap_or_default()
}

pub(super) fn parse<T: DeserializeOwned>(body: &str) -> Option<T> {
    serde_json::from_str(body).ok()
}

fn to_hex(bytes: &[u8; 32]) -> String {
    EntryId(*bytes).to_string()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}
