//! Tests of `cases`: what rows say, and the message for each thing that can be wrong with a file of cases.

use std::path::PathBuf;

use super::*;
use crate::model::{Attribute, AttributeKind};

fn sets() -> [QuestionSet; 2] {
    let attribute = |id: &str, kind| Attribute {
        id: id.into(),
        kind,
    };
    let rosh = || {
        attribute(
            "rosh",
            AttributeKind::Choice(vec!["low".into(), "very-high".into()]),
        )
    };
    let set = |sample: &str, attributes| QuestionSet {
        sample: sample.into(),
        attributes,
        questions: Vec::new(),
    };
    [
        set(
            "cs",
            vec![
                rosh(),
                attribute("ldu", AttributeKind::Code),
                attribute("officers", AttributeKind::Number),
                attribute("started", AttributeKind::Date),
            ],
        ),
        set(
            "vic",
            vec![attribute("contact", AttributeKind::Code), rosh()],
        ),
    ]
}

fn read_path(path: &Path) -> Result<CaseFile, Problems> {
    let sets = sets();
    let titles = [vec!["Low".to_owned(), "Very high".to_owned()]];
    let sample = |title, questions, choice_titles| SampleInfo {
        title,
        questions,
        choice_titles,
    };
    let samples = [
        sample("Case supervision", &sets[0], &titles[..]),
        sample("Victim work", &sets[1], &[]),
    ];
    read_cases(path, &Options::default(), &samples)?.finish([])
}

fn read(text: &str) -> Result<CaseFile, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("f.csv");
    std::fs::write(&path, text).unwrap();
    let prefix = format!("{} ", path.display());
    let text = |problem: &Problem| problem.to_string().replacen(&prefix, "", 1);
    read_path(&path).map_err(|problems| problems.0.iter().map(text).collect())
}

fn problem(text: &str) -> String {
    let problems = read(text).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].clone()
}

fn texts(values: &[Option<&str>]) -> Vec<Option<String>> {
    values
        .iter()
        .map(|value| value.map(str::to_owned))
        .collect()
}

#[test]
fn rows_give_reference_sample_assessor_and_information_in_the_order_of_the_framework() {
    let file = read("Sample, ROSH,reference,assessor,started,ldu,Joint_Assessor\ncs,very HIGH,A/1,,01/10/2018,,\nvictim work,low,V.1,Jo,,,Al\n").unwrap();
    assert_eq!(
        (file.has_assessor, file.joint_assessor_column, file.columns),
        (
            true,
            Some(7),
            ["rosh", "started", "ldu"].map(str::to_owned).to_vec()
        )
    );
    let first = CaseRow {
        line: 2,
        reference: "A/1".into(),
        sample: 0,
        assessor: None,
        joint_assessor: None,
        information: texts(&[Some("very-high"), None, None, Some("2018-10-01")]),
    };
    let second = CaseRow {
        line: 3,
        reference: "V.1".into(),
        sample: 1,
        assessor: Some("Jo".into()),
        joint_assessor: Some("Al".into()),
        information: texts(&[None, Some("low")]),
    };
    assert_eq!(file.rows, [first, second]);
}

#[test]
fn workbooks_of_cases_are_read_with_their_numbers_and_dates() {
    for name in ["cases.xlsx", "cases.ods"] {
        let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "fixtures", name]
            .iter()
            .collect();
        let file = read_path(&path).unwrap();
        assert_eq!(file.rows.len(), 3, "{name}");
        assert_eq!(
            file.rows[0].information,
            texts(&[
                Some("very-high"),
                Some("made up"),
                Some("2"),
                Some("2018-10-01")
            ])
        );
        assert_eq!(
            (file.rows[1].sample, file.rows[1].assessor.as_deref()),
            (1, None)
        );
        assert_eq!(
            (file.rows[2].line, file.rows[2].reference.as_str()),
            (4, "1003")
        );
        assert_eq!(
            file.rows[2].information,
            texts(&[Some("low"), Some("12"), None, Some("2018-10-02")])
        );
    }
}

#[test]
fn a_header_without_what_must_be_there_is_refused_whole() {
    let problems = read("ref,sampel,rosh\nA1,cs,\n").unwrap_err();
    assert_eq!(problems.len(), 4, "{problems:?}");
    assert!(problems[0].starts_with(
        "line 1: the header has no column reference; start with the line reference,sample"
    ));
    assert!(
        problems[3]
            .contains("line 1 column 2: there is no case information sampel; did you mean sample?")
    );
}

#[test]
fn an_unknown_column_gets_a_suggestion_and_the_rows_are_looked_at_all_the_same() {
    let problems = read("reference,sample,rohs\nA 1,cs,\n").unwrap_err();
    assert_eq!(
        problems[0],
        "line 1 column 3: there is no case information rohs; did you mean rosh? [unknown-attribute]"
    );
    assert!(problems[1].ends_with("[bad-reference]"));
    assert!(
        problem("reference,sample,Rosh,rosh\nA1,cs,,\n")
            .contains("column 4: the column rosh stands twice")
    );
}

#[test]
fn an_unknown_sample_gets_a_suggestion() {
    assert_eq!(
        problem("reference,sample\nA1,vci\n"),
        "line 2 column 2: there is no sample vci; did you mean vic? [unknown-sample]"
    );
    assert!(problem("reference,sample\nA1,\n").contains("the sample is missing"));
}

#[test]
fn a_reference_that_stands_twice_names_the_first_line() {
    assert_eq!(
        problem("reference,sample\nA1,cs\n\nA2,cs\nA1,vic\n"),
        "line 5 column 1: the reference A1 stands a second time, first on line 2; \
         give each case its own reference [duplicate-reference]"
    );
    assert!(
        read("reference,sample\nA1,cs\na1,cs\n").is_ok(),
        "case matters in references"
    );
}

#[test]
fn a_name_is_no_reference() {
    assert!(problem("reference,sample\nJo Smith,cs\n").contains("use a code, never a name"));
    assert!(problem("reference,sample\n,cs\n").contains("the reference is missing"));
}

#[test]
fn a_value_for_information_that_the_sample_does_not_have_is_refused_and_an_empty_cell_is_not() {
    assert_eq!(
        problem("reference,sample,contact\nA1,cs,yes\nA2,cs,\nV1,vic,yes\n"),
        "line 2 column 3: cases of the sample cs have no contact; empty the cell [unknown-attribute]"
    );
}

#[test]
fn every_wrong_cell_of_a_row_is_named() {
    let problems = read("reference,sample,rosh,officers,started\nA1,cs,middling,two,10/13/2018\n")
        .unwrap_err();
    let starts = [
        "line 2 column 3: middling",
        "line 2 column 4: two",
        "line 2 column 5: 10/13/2018",
    ];
    assert_eq!(problems.len(), 3);
    for (problem, start) in problems.iter().zip(starts) {
        assert!(
            problem.starts_with(start) && problem.ends_with("[unknown-value]"),
            "{problem}"
        );
    }
}

#[test]
fn ragged_and_empty_files_are_refused() {
    assert!(problem("reference,sample\nA1,cs,\n").ends_with("[ragged-row]"));
    assert!(
        problem("reference,sample,\nA1,cs,x\n").contains("x stands in a column without a name")
    );
    assert!(problem("reference,sample\n\n").contains("a header and no rows"));
    assert!(problem("").contains("the file is empty"));
}
