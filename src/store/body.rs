//! The body of an entry as text: JSON arrays in a fixed order, and nothing else.
//!
//! Values stand by place in the framework's order, as on the answer sheet, because an entry for every case of a nation
//! has to stay small. Must not know what a change does (`state`).

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::{Change, Patch};

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
        } => json(&(name, to_hex(framework), provider, programme)),
        Change::AddCase {
            reference,
            sample,
            assessor,
            information,
        } => {
            let known = information
                .iter()
                .rposition(Option::is_some)
                .map_or(0, |last| last + 1);
            let values = information.get(..known).unwrap_or_default();
            json(&(reference, sample, assessor, values))
        }
        Change::SetInformation { values } => json(values),
        Change::Assign { assessor } => json(&(assessor,)),
        Change::RecordAnswers { patch, notes } | Change::SubmitAnswers { patch, notes } => {
            if notes.is_empty() {
                json(&(patch.as_str(),))
            } else {
                json(&(patch.as_str(), notes))
            }
        }
        Change::Judge {
            standard,
            rating,
            because,
        } => json(&(standard, rating, because)),
        Change::CloseInspection
        | Change::ReopenInspection
        | Change::WithdrawCase
        | Change::RestoreCase
        | Change::Submit
        | Change::Reopen => "[]".to_owned(),
    }
}

/// The change that a kind and a body stand for; `None` when they are not what this version writes.
pub(super) fn decode(kind: &str, body: &str) -> Option<Change> {
    let nothing = |change: Change| (body == "[]").then_some(change);
    match kind {
        "framework" => Some(Change::AddFramework {
            text: body.to_owned(),
        }),
        "inspection" => {
            let (name, framework, provider, programme): (String, String, String, String) =
                parse(body)?;
            Some(Change::OpenInspection {
                name,
                framework: from_hex(&framework)?,
                provider,
                programme,
            })
        }
        "case" => {
            let (reference, sample, assessor, information) = parse(body)?;
            Some(Change::AddCase {
                reference,
                sample,
                assessor,
                information,
            })
        }
        "information" => Some(Change::SetInformation {
            values: parse(body)?,
        }),
        "assign" => {
            let (assessor,): (String,) = parse(body)?;
            Some(Change::Assign { assessor })
        }
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
        "close" => nothing(Change::CloseInspection),
        "open-again" => nothing(Change::ReopenInspection),
        "withdraw" => nothing(Change::WithdrawCase),
        "restore" => nothing(Change::RestoreCase),
        "submit" => nothing(Change::Submit),
        "reopen" => nothing(Change::Reopen),
        _ => None,
    }
}

fn decode_answers(body: &str) -> Option<(Patch, Notes)> {
    let alone = parse(body).map(|(letters,): (String,)| (letters, Notes::new()));
    let (letters, notes) = alone.or_else(|| parse(body))?;
    Some((Patch::parse(&letters)?, notes))
}

/// Texts, numbers and lists of them: each has a JSON form.
fn json(values: &impl Serialize) -> String {
    serde_json::to_string(values).unwrap_or_default()
}

fn parse<T: DeserializeOwned>(body: &str) -> Option<T> {
    serde_json::from_str(body).ok()
}

fn to_hex(bytes: &[u8; 32]) -> String {
    crate::model::EntryId(*bytes).to_string()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Answer, Said};

    fn changes() -> Vec<Change> {
        let mut patch = Patch::default();
        patch.set(1, Said::Answer(Answer::No));
        vec![
            Change::AddFramework {
                text: "id = \"x\"\n".into(),
            },
            Change::OpenInspection {
                name: "North \"West\"".into(),
                framework: [171; 32],
                provider: "North West".into(),
                programme: String::new(),
            },
            Change::CloseInspection,
            Change::ReopenInspection,
            Change::AddCase {
                reference: "C-1".into(),
                sample: "s".into(),
                assessor: String::new(),
                information: vec![None, Some("high".into())],
            },
            Change::SetInformation {
                values: vec![(0, None), (3, Some("x".into()))],
            },
            Change::Assign {
                assessor: "INSP-01".into(),
            },
            Change::WithdrawCase,
            Change::RestoreCase,
            Change::RecordAnswers {
                patch: patch.clone(),
                notes: vec![],
            },
            Change::RecordAnswers {
                patch: patch.clone(),
                notes: vec![(1, Some("a, \"b\"\nc".into())), (2, None)],
            },
            Change::SubmitAnswers {
                patch: patch.clone(),
                notes: vec![],
            },
            Change::SubmitAnswers {
                patch,
                notes: vec![(0, None)],
            },
            Change::Submit,
            Change::Reopen,
            Change::Judge {
                standard: "1.1".into(),
                rating: Some("good".into()),
                because: "vision".into(),
            },
            Change::Judge {
                standard: "1.1".into(),
                rating: None,
                because: "wrong standard".into(),
            },
        ]
    }

    #[test]
    fn every_kind_of_change_reads_back_as_it_was() {
        for change in changes() {
            assert_eq!(
                decode(change.kind(), &encode(&change)),
                Some(change.clone()),
                "{change:?}"
            );
        }
    }

    #[test]
    fn what_this_version_does_not_write_is_not_read() {
        for (kind, body) in [
            ("answers", "[\"YQ\"]"),
            ("case", "{}"),
            ("submit", "[1]"),
            ("x", "[]"),
            ("judge", ""),
        ] {
            assert_eq!(decode(kind, body), None, "{kind} {body}");
        }
    }
}
