//! What the log says of each kind of change, as text.

use super::*;
use crate::model::{CodedColumn, DrawnCase, DrawnGroup, DrawnSample, EntryId, Population};
use crate::store::body::{decode, encode};

fn population() -> Population {
    let values = vec!["high".into(), "low".into()];
    Population {
        sample: "s".into(),
        columns: vec![("CRN".into(), "reference".into())],
        rows_count: 4,
        exclusions: vec![("No stratum".into(), 1)],
        references: "A-1 B-2 C-3 ".into(),
        information: vec![CodedColumn::new(values, [2, 0, 1].into_iter())],
    }
}

/// What is said of which cases there are, and who may assess them.
fn changes_of_samples() -> Vec<Change> {
    let case = |reference: &str| DrawnCase {
        reference: reference.into(),
        stratum: "female".into(),
        unit: "LDU-1".into(),
    };
    let drawn = DrawnSample {
        sample: "s".into(),
        seed: "42".into(),
        size: 1,
        wanted: 2,
        population: 3,
        groups: vec![DrawnGroup {
            depth: 0,
            code: "female".into(),
            available: 3,
            initial: 1,
            with_buffer: 1,
            after_rounding: 2,
            after_limit: 2,
        }],
        selected: vec![case("A-1")],
        reserves: vec![case("B-2")],
    };
    let interest = |reference: &str, officer: &str, holds| Change::DeclareInterest {
        assessor: "INSP-01".into(),
        reference: reference.into(),
        officer: officer.into(),
        holds,
    };
    vec![
        Change::ImportPopulation(population()),
        Change::DrawSample(drawn),
        Change::UndoDraw { sample: "s".into() },
        Change::CallUpReserve {
            sample: "s".into(),
            reference: "B-2".into(),
            replaces: "A-1".into(),
        },
        interest("A-1", "", true),
        interest("", "RO-1", false),
    ]
}

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
            period: String::new(),
            national: false,
        },
        Change::OpenInspection {
            name: "England and Wales 2023-24".into(),
            framework: [171; 32],
            provider: "England and Wales".into(),
            programme: "Scorecard".into(),
            period: String::new(),
            national: true,
        },
        Change::ChangeInspection {
            name: Some("North \"West\"".into()),
            provider: None,
            programme: Some(String::new()),
            period: None,
            national: Some(false),
        },
        Change::CloseInspection(None),
        Change::CloseInspection(Some(published("{\"form\":1}"))),
        Change::ReopenInspection,
        Change::AddCase {
            reference: "C-1".into(),
            sample: "s".into(),
            assessor: String::new(),
            joint_assessor: String::new(),
            information: vec![None, Some("high".into())],
        },
        Change::AddCase {
            reference: "C-1".into(),
            sample: "s".into(),
            assessor: "INSP-01".into(),
            joint_assessor: "INSP-02".into(),
            information: vec![],
        },
        Change::SetInformation {
            values: vec![(0, None), (3, Some("x".into()))],
        },
        Change::Assign {
            assessor: "INSP-01".into(),
            joint_assessor: String::new(),
        },
        Change::Assign {
            assessor: "INSP-01".into(),
            joint_assessor: "INSP-02".into(),
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
            patch: patch.clone(),
            notes: vec![(0, None)],
        },
        Change::AssessFurther {
            role: Role::Second,
            assessor: "INSP-02".into(),
            patch: patch.clone(),
            notes: vec![(1, Some("late".into())), (2, None)],
            submits: false,
        },
        Change::AssessFurther {
            role: Role::Exercise,
            assessor: "INSP-02".into(),
            patch: Patch::default(),
            notes: vec![],
            submits: true,
        },
        Change::ReopenFurther {
            role: Role::Second,
            assessor: "INSP-02".into(),
        },
        Change::Resolve {
            place: 3,
            answer: Answer::NotApplicable,
            because: String::new(),
        },
        Change::Resolve {
            place: 3,
            answer: Answer::NotApplicable,
            because: "the log shows it".into(),
        },
        Change::MarkExercise { exercise: true },
        Change::MarkExercise { exercise: false },
        Change::MarkExample {
            place: 3,
            example: Some((Practice::Poor, "2.1".into())),
        },
        Change::MarkExample {
            place: 3,
            example: None,
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
        Change::RecordMeasure {
            measure: "SL001".into(),
            measurement: Some(Measurement {
                value: "71.20".parse().ok(),
                provisional: true,
                unreliable: true,
                observations: Some(29),
                previous: "-0.5".parse().ok(),
                ..Measurement::default()
            }),
        },
        Change::RecordMeasure {
            measure: "SL001".into(),
            measurement: Some(Measurement::default()),
        },
        Change::RecordMeasure {
            measure: "SL001".into(),
            measurement: None,
        },
        Change::ProposeModeration {
            rating: Some("good".into()),
            evidence: "two late returns".into(),
            made_on: Some("fair".into()),
        },
        Change::ProposeModeration {
            rating: Some("good".into()),
            evidence: "there was no rating to move".into(),
            made_on: None,
        },
        Change::ProposeModeration {
            rating: None,
            evidence: "proposed for the wrong region".into(),
            made_on: None,
        },
        Change::DecideModeration {
            accepted: true,
            because: "the returns were confirmed".into(),
        },
        Change::SetReference {
            reference: "C-9".into(),
        },
        Change::Redact {
            entry: EntryId([171; 32]),
            body: [205; 32],
        },
    ]
}

#[test]
fn what_the_first_version_wrote_is_what_this_one_would_write() {
    let hash = "ab".repeat(32);
    for (kind, body) in [
        (
            "inspection",
            format!(r#"["North","{hash}","North NPS",""]"#),
        ),
        ("case", r#"["C-1","s","INSP-01",[null,"high"]]"#.to_owned()),
        ("case", r#"["C-1","s","",[]]"#.to_owned()),
        ("assign", r#"["INSP-01"]"#.to_owned()),
        ("assign", r#"[""]"#.to_owned()),
    ] {
        let change = decode(kind, &body).unwrap();
        assert_eq!(encode(&change), body);
    }
}

#[test]
fn every_kind_of_change_reads_back_as_it_was() {
    for change in changes().into_iter().chain(changes_of_samples()) {
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
        ("inspection", "[\"a\",\"b\",\"c\"]"),
        ("case", "[\"C-1\",\"s\",\"\"]"),
        ("measure", "[\"SL001\",\"+1\",\"\",null,null,null,null]"),
        ("measure", "[\"SL001\",\"1\",\"zp\",null,null,null,null]"),
        ("decision", "[null,\"\"]"),
        ("reference", "[\"C-1\",\"C-2\"]"),
        ("redact", "[\"ab\",\"cd\"]"),
        ("population", "[\"s\",[],1,[],\"A-1 \",[[[\"x\"],\"2\"]]]"),
        ("draw", "[[\"s\",\"42\",1,2],[],[],[]]"),
        ("undo-draw", "[]"),
        ("call-up", "[\"s\",\"B-2\"]"),
        ("interest", "[\"INSP-01\",\"\",\"\"]"),
    ] {
        assert_eq!(decode(kind, body), None, "{kind} {body}");
    }
}
