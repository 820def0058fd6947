//! What the log says of each kind of change, as text.

use super::*;
use crate::model::EntryId;
use crate::store::body::{decode, encode};

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
        Change::CloseInspection,
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
        },
        Change::ProposeModeration {
            rating: None,
            evidence: "proposed for the wrong region".into(),
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
        ("inspection", "[\"a\",\"b\",\"c\"]"),
        ("case", "[\"C-1\",\"s\",\"\"]"),
        ("measure", "[\"SL001\",\"+1\",\"\",null,null,null,null]"),
        ("measure", "[\"SL001\",\"1\",\"zp\",null,null,null,null]"),
        ("decision", "[null,\"\"]"),
        ("reference", "[\"C-1\",\"C-2\"]"),
        ("redact", "[\"ab\",\"cd\"]"),
    ] {
        assert_eq!(decode(kind, body), None, "{kind} {body}");
    }
}
