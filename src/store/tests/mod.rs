//! Tests of the record as a whole, through its one door.
//!
//! The framework here is made by hand: two samples, a question that hangs on case information and one that hangs on an
//! answer, so that every letter of a sheet occurs.

mod bodies;
mod checking;
mod door;
mod figures;
mod further;
mod merging;
mod merging_files;
mod merging_orders;
mod merging_samples;
mod opening;
mod populations;
mod properties;
mod publishing;
mod redacting;

use super::{Edition, Store, ThingId, Writer, sha256};
use crate::model::{
    Action, Answer, Attribute, AttributeKind, Change, Condition, Measurement, Patch, Practice,
    Problems, Publication, Question, QuestionSet, Role, Said,
};

pub(super) const TEXT: &str = "the text of a framework";
pub(super) const INSPECTION: ThingId = [9; 16];

fn question(number: &str, applies_when: Option<Condition>) -> Question {
    Question {
        number: number.into(),
        key_question: None,
        is_prompt: false,
        applies_when,
        allows_not_applicable: true,
    }
}

fn attribute(id: &str, kind: AttributeKind) -> Attribute {
    Attribute {
        id: id.into(),
        kind,
    }
}

/// Sample `cases`: question 2 where the risk is high, 3 where 2 is answered no. Sample `interviews`: two questions.
pub(super) fn edition() -> Edition {
    let risk_is_high = Condition::Information {
        attribute: 0,
        among: vec!["high".into()],
    };
    let second_is_no = Condition::Answered {
        question: 1,
        among: vec![Answer::No],
    };
    let risks = AttributeKind::Choice(vec!["low".into(), "high".into()]);
    Edition {
        hash: sha256(TEXT.as_bytes()),
        id: "test".into(),
        samples: vec![
            QuestionSet {
                sample: "cases".into(),
                attributes: vec![
                    attribute("risk", risks),
                    attribute("unit", AttributeKind::Code),
                ],
                questions: vec![
                    question("1", None),
                    question("2", Some(risk_is_high)),
                    question("3", Some(second_is_no)),
                    question("4", None),
                ],
            },
            QuestionSet {
                sample: "interviews".into(),
                attributes: vec![attribute("unit", AttributeKind::Code)],
                questions: vec![question("5", None), question("6", None)],
            },
        ],
        reading: None,
    }
}

pub(super) fn action() -> Action {
    Action {
        at: "2018-10-08T09:12:00.000Z".into(),
        who: "INSP-01".into(),
        device: "laptop".into(),
        inspection: Some(INSPECTION),
        source: "record".into(),
        because: String::new(),
    }
}

pub(super) fn case_id(number: u8) -> ThingId {
    [number; 16]
}

pub(super) fn add_case(reference: &str, sample: &str, information: &[Option<&str>]) -> Change {
    Change::AddCase {
        reference: reference.into(),
        sample: sample.into(),
        assessor: String::new(),
        joint_assessor: String::new(),
        information: information
            .iter()
            .map(|value| value.map(str::to_owned))
            .collect(),
    }
}

/// Letters as in a patch: `Y N X` set, `_` cleared, `.` left as it is.
pub(super) fn patch(letters: &str) -> Patch {
    let mut patch = Patch::default();
    for (place, letter) in letters.chars().enumerate() {
        match letter {
            'Y' => patch.set(place, Said::Answer(Answer::Yes)),
            'N' => patch.set(place, Said::Answer(Answer::No)),
            'X' => patch.set(place, Said::Answer(Answer::NotApplicable)),
            '_' => patch.set(place, Said::Cleared),
            _ => {}
        }
    }
    patch
}

pub(super) fn answers(letters: &str) -> Change {
    Change::RecordAnswers {
        patch: patch(letters),
        notes: vec![],
    }
}

pub(super) fn measured() -> Change {
    let measurement = Measurement {
        value: "71.20".parse().ok(),
        provisional: true,
        observations: Some(29),
        target: "70.0".parse().ok(),
        previous: "-0.5".parse().ok(),
        ..Measurement::default()
    };
    Change::RecordMeasure {
        measure: "SL001".into(),
        measurement: Some(measurement),
    }
}

pub(super) fn propose(rating: Option<&str>) -> Change {
    Change::ProposeModeration {
        rating: rating.map(str::to_owned),
        evidence: "two returns came late".into(),
        made_on: rating.map(|_| "fair".to_owned()),
    }
}

pub(super) fn decide(accepted: bool) -> Change {
    let because = "the returns were confirmed".into();
    Change::DecideModeration { accepted, because }
}

/// Appends one change as an action of its own.
pub(super) fn published(figures: &str) -> Publication {
    Publication {
        figures: figures.into(),
        basis: sha256(figures.as_bytes()),
    }
}

pub(super) fn append(
    store: &mut Store,
    subject: Option<ThingId>,
    change: &Change,
) -> Result<crate::model::Settled, Problems> {
    store.write(&[edition()], &action(), |writer| {
        writer.append(subject, change)
    })
}

pub(super) fn begin(writer: &mut Writer<'_>) -> Result<(), Problems> {
    let text = TEXT.to_owned();
    writer.append(None, &Change::AddFramework { text })?;
    let open = Change::OpenInspection {
        name: "North West".into(),
        framework: sha256(TEXT.as_bytes()),
        provider: "North West".into(),
        programme: String::new(),
        period: String::new(),
        national: false,
    };
    writer.append(Some(INSPECTION), &open)?;
    Ok(())
}

/// A database with the framework and one open inspection.
pub(super) fn with_inspection(mut store: Store) -> Store {
    store.write(&[edition()], &action(), begin).unwrap();
    store
}

pub(super) fn in_memory() -> Store {
    with_inspection(Store::in_memory().unwrap())
}

/// Three cases: C-1 of high risk, answered and submitted; C-2 of low risk, in hand; I-1, an interview, untouched.
pub(super) fn with_cases(store: Store) -> Store {
    let mut store = with_inspection(store);
    store
        .write(&[edition()], &action(), |writer| {
            writer.append(
                Some(case_id(1)),
                &add_case("C-1", "cases", &[Some("high"), Some("A")]),
            )?;
            writer.append(
                Some(case_id(2)),
                &add_case("C-2", "cases", &[Some("low"), None]),
            )?;
            writer.append(
                Some(case_id(3)),
                &add_case("I-1", "interviews", &[Some("A")]),
            )?;
            writer.append(Some(case_id(1)), &answers("YNXY"))?;
            writer.append(Some(case_id(1)), &Change::Submit)?;
            writer.append(Some(case_id(2)), &answers("N"))
        })
        .unwrap();
    store
}

/// The codes of what was refused, as they are printed.
pub(super) fn codes(problems: &Problems) -> Vec<&'static str> {
    problems
        .0
        .iter()
        .map(|problem| problem.code.as_str())
        .collect()
}

/// What `check` finds, one line a problem.
pub(super) fn findings(store: &Store) -> Vec<String> {
    let found = store
        .check(|text| (text == TEXT).then(edition), |_| {})
        .unwrap();
    found.problems.iter().map(ToString::to_string).collect()
}
