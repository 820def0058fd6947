//! Tests of reading extracts. Every name and date of birth here is made up.

use super::super::extract_header::ColumnNames;
use super::*;
use crate::model::{AttributeKind, QuestionSet};

fn questions() -> QuestionSet {
    let attribute = |id: &str, kind| Attribute {
        id: id.into(),
        kind,
    };
    let genders = AttributeKind::Choice(vec!["male".into(), "female".into()]);
    QuestionSet {
        sample: "cs".into(),
        attributes: vec![
            attribute("gender", genders),
            attribute("ldu", AttributeKind::Code),
            attribute("start_date", AttributeKind::Date),
            attribute("officer", AttributeKind::Code),
        ],
        questions: Vec::new(),
    }
}

/// Reads a text; `map` as `Column=holds,…`, from a file where it starts with `file:`.
fn read(text: &str, map: &str) -> Result<Extract, String> {
    let questions = questions();
    let (file, map) = match map.strip_prefix("file:") {
        Some(map) => (Some("map.toml"), map),
        None => (None, map),
    };
    let pairs = map.split(',').filter_map(|pair| pair.split_once('='));
    let pairs: Vec<(String, String)> = pairs
        .map(|(name, holds)| (name.to_owned(), holds.to_owned()))
        .collect();
    let spec = ExtractSpec {
        questions: &questions,
        choice_titles: &[vec!["Man".into(), "Woman".into()]],
        names: ColumnNames { map: &pairs, file },
        needed: &[(0, "which stratum a case is in")],
        earliest_by: Some(2),
        officer: Some(3),
        key: &[1; 32],
    };
    let options = Options {
        content: Some(text.as_bytes()),
        ..Options::default()
    };
    read_extract(Path::new("x.csv"), &options, &spec)
        .and_then(|reading| reading.finish([]))
        .map_err(|problems| problems.to_string())
}

#[test]
fn needed_columns_are_read_and_others_are_dropped_by_name() {
    let says = read(
        "Tier,REFERENCE,gender,ldu\n2,A-1,Woman,N\n3,A-2,male,\n\n1,A-3,female,N\n",
        "",
    )
    .unwrap();
    assert_eq!(says.references, ["A-1", "A-2", "A-3"]);
    assert_eq!(says.persons, [None, None, None]);
    assert_eq!(says.dropped, ["Tier"]);
    assert!(!says.tells_persons && !says.is_mapped);
    assert_eq!(says.information[0].values, ["female", "male"]);
    assert_eq!(says.information[0].numbers, [1, 2, 1]);
    assert_eq!(says.information[1].numbers, [1, 0, 1]);
}

#[test]
fn a_map_names_the_columns_and_several_may_be_the_name() {
    let text = "CRN,Forename,Surname,Born,Sex,Start\n\
                A-1,Jo,Doe,01/02/1980,male,2018-03-01\nA-2,JO,DOE,1980-02-01,Man,2018-02-01\n\
                A-3,Jo,Doe,,male,\n";
    let map = "file:CRN=reference,Forename=name,Surname=name,born=date_of_birth,Sex=gender,Start=start_date";
    let says = read(text, map).unwrap();
    assert!(says.tells_persons && says.is_mapped);
    assert!(says.persons[0].is_some() && says.persons[0] == says.persons[1]);
    assert_eq!(says.persons[2], None);
    assert_eq!(says.dropped, [""; 0]);
}

#[test]
fn a_kept_map_is_left_aside_where_no_column_is_in_it() {
    let says = read("reference,gender\nA-1,male\n", "CRN=reference,Sex=gender").unwrap();
    assert!(!says.is_mapped);
    let message = read("CRN,gender\nA-1,male\n", "CRN=reference,Sex=gender").unwrap_err();
    assert_eq!(
        message,
        "x.csv line 1: the header has no column Sex, which the map of an earlier import names; \
         there are: CRN, gender [wrong-header]"
    );
}

#[test]
fn everything_wrong_with_a_header_is_said_at_once() {
    let message = read(
        "a,name,date_of_birth,b\n1,Jo,,x\n",
        "file:a=gendr,b=ldu,B=ldu,c=person",
    )
    .unwrap_err();
    let lines: Vec<&str> = message.lines().collect();
    for (line, part) in lines.iter().zip([
        "the header has no column c, which the map map.toml names",
        "the header has no column gender, which says which stratum a case is in; give the column",
        "the header has no column start_date, which says which of a person's cases is the earliest",
        "the header has no column reference",
        "x.csv line 1 column 1: the map map.toml says that a holds gendr, and there is no such case information; did you mean gender?",
    ]) {
        assert!(line.contains(part), "{part}\n{message}");
    }
    let twice = read("reference,gender,Gender\nA-1,male,male\n", "").unwrap_err();
    assert!(
        twice.starts_with("x.csv line 1 column 3: a second column holds Gender"),
        "{twice}"
    );
    let other = read("reference;gender\nA-1;male\n", "").unwrap_err();
    assert!(other.contains("separate the cells by commas"), "{other}");
}

#[test]
fn everything_wrong_with_the_rows_is_said_with_line_and_column_and_no_date_of_birth_is_quoted() {
    let text = "reference,gender,name,date_of_birth,start_date\n\
                A-1,male,Jo,31/02/1980,2018-03-01\n,other,Jo,,\na-1,male,Jo,,March\nA 2,male,,,\nA-3,male\n";
    let message = read(text, "").unwrap_err();
    let starts: Vec<&str> = message
        .lines()
        .map(|line| line.split(';').next().unwrap())
        .collect();
    assert_eq!(
        starts,
        [
            "x.csv line 2 column 4: the date of birth is not a date",
            "x.csv line 3 column 1: the reference is missing",
            "x.csv line 3 column 2: other is not a choice of gender",
            "x.csv line 4 column 1: the reference a-1 stands a second time, first on line 2",
            "x.csv line 4 column 5: March is not a date for start_date",
            "x.csv line 5 column 1: the reference A 2 has a space",
            "x.csv line 6: the row has 2 cells and the header 5",
        ]
    );
    assert!(
        read("reference,gender\n", "")
            .unwrap_err()
            .ends_with("[empty-file]")
    );
}

#[test]
fn a_column_that_is_wrong_as_a_whole_is_told_once_for_each_thing_that_is_to_be_mended() {
    let row = |number: u32| {
        let sex = if number.is_multiple_of(2) { "M" } else { "F" };
        format!("A-{number},{sex},2018-03-{:02} 09:30:00\n", number)
    };
    let rows: String = (1..=9).map(row).collect();
    let message = read(&format!("reference,gender,start_date\n{rows}"), "").unwrap_err();
    let starts: Vec<&str> = message
        .lines()
        .map(|line| line.split(';').next().unwrap())
        .collect();
    assert_eq!(
        starts,
        [
            "x.csv line 2 column 2: F is not a choice of gender (so in 4 more rows)",
            "x.csv line 2 column 3: 2018-03-01 09:30:00 is not a date for start_date (so in 8 more rows)",
            "x.csv line 3 column 2: M is not a choice of gender (so in 3 more rows)",
        ]
    );
}

#[test]
fn a_map_says_what_values_mean() {
    let says = read(
        "reference,gender\nA-1,M\nA-2,f\nA-3,male\n",
        "file:M=gender=male,F=gender=Woman",
    )
    .unwrap();
    assert_eq!(says.information[0].values, ["male", "female"]);
    assert_eq!(says.information[0].numbers, [1, 2, 1]);
    let message = read("reference,gender\nA-1,male\n", "file:M=gendr=male").unwrap_err();
    assert_eq!(
        message,
        "x.csv line 1: the map map.toml says what M means in gendr, and there is no such case information; \
         did you mean gender? [unknown-attribute]"
    );
}

#[test]
fn names_and_dates_of_birth_in_the_place_of_something_else_are_refused_and_not_quoted() {
    let header = "reference,gender,name,date_of_birth,start_date,officer\n";
    for (rows, wrong) in [
        (
            "Belquist,male,Ardo,1980-02-01,2018-03-01,RO-1\n",
            "line 2 column 1: the reference has no digit; use the case's code",
        ),
        (
            "A-1,male,Ardo,1980-02-01,2018-03-01,\"Belquist, Ardo\"\nA-2,male,Ardo,1980-02-01,2018-03-01,Ardo Belquist\n",
            "line 2 column 6: officer has a space or comma, as names have (so in 1 more row); an officer is known by a code",
        ),
        (
            "A-1,male,Ardo,2018-03-01,1980-02-01,RO-1\n",
            "line 2 column 5: start_date lies before the date of birth; check which column is which",
        ),
    ] {
        let message = read(&format!("{header}{rows}"), "").unwrap_err();
        assert!(message.starts_with(&format!("x.csv {wrong}")), "{message}");
        assert!(
            !message.contains("Belquist") && !message.contains("1980"),
            "{message}"
        );
        assert_eq!(message.lines().count(), 1);
    }
}
