//! Tests of `answer_rows`: what each row says, and the message for each thing that can be wrong with one.

use super::super::known::test_cases;
use super::super::source::Header;
use super::*;

/// What a text says, as `line:column case/place answer note`, and what is wrong with it.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let known = test_cases();
    let (header, rows) = text.split_once('\n').unwrap();
    let names = header.split(',').map(str::to_owned).collect();
    let layout = Layout::read("f.csv", &Header { line: 1, names }, &known).unwrap();
    let mut reader = RowReader::new(&known, &layout, "f.csv");
    let block = Block {
        bytes: rows.as_bytes().to_vec(),
        first_line: 2,
        quoted: rows.contains('"'),
    };
    let mut said = Vec::new();
    let is_text = reader.block(&block, &mut |row| {
        let answer = row.answer.map_or("-", Answer::word);
        said.push(format!(
            "{}:{} {}/{} {answer} {}",
            row.line,
            from_one(row.column),
            row.case.case,
            row.place,
            row.note
        ));
    });
    assert!(is_text);
    let problems = reader
        .problems
        .none_or("f.csv", ())
        .err()
        .unwrap_or_default();
    (said, problems.0.iter().map(Problem::to_string).collect())
}

fn problem(text: &str) -> String {
    let (_, problems) = read(text);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].clone()
}

#[test]
fn a_long_row_says_one_thing_and_an_empty_one_nothing() {
    let (said, problems) = read(
        "reference,question,answer,note\nA1,2.1.1,YES,\r\n\r\nA2 , 2.1.1A,n,why\n,,,\nV1,3.2.1,,\nV1,3.2.1,,n1",
    );
    assert_eq!(said, ["2:3 0/0 yes ", "4:3 1/1 no why", "7:3 2/0 - n1"]);
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn quotation_marks_change_nothing_but_the_way() {
    let plain = "A1,2.1.1,na,x\n,,,\nA3,2.1.2,yes,\nA1,2.1.2\nA1,2.1.2,maybe,\nA1,9,no,\n,2.1.1,no,\nA1,,no,\n";
    let header = "reference,question,answer,note\n";
    let (said, problems) = read(&format!("{header}{plain}"));
    assert_eq!((said.len(), problems.len()), (1, 6), "{problems:?}");
    let quoted = plain.replace("A1,2.1.1", "\"A1\",\"2.1.1\"");
    assert_eq!(read(&format!("{header}{quoted}")), (said, problems));
}

#[test]
fn a_wide_row_says_what_its_cells_say() {
    let (said, problems) =
        read("reference,2.1.1,2.1.1 note,2.1.2 note,3.2.1\nA1,yes,x,y,\nV1,,,,No\n");
    assert_eq!(said, ["2:2 0/0 yes x", "2:4 0/2 - y", "3:5 2/0 no "]);
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn an_unknown_case_gets_a_suggestion() {
    assert_eq!(
        problem("reference,question,answer\nA3,2.1.1,yes"),
        "f.csv line 2 column 1: there is no case A3; did you mean A1? [unknown-case]"
    );
    assert!(
        problem("2.1.1,reference\nyes,XXXXX\n")
            .contains("column 2: there is no case XXXXX; there are: A1, A2, V1")
    );
}

#[test]
fn a_question_of_another_sample_is_unknown() {
    assert_eq!(
        problem("reference,question,answer\nV1,2.1.1,yes"),
        "f.csv line 2 column 2: case V1 has no question 2.1.1; did you mean 3.2.1? [unknown-question]"
    );
    assert!(
        problem("reference,2.1.1,3.2.1\nA1,yes,\nV1,yes,no\n")
            .starts_with("f.csv line 3 column 2: case V1 has no")
    );
}

#[test]
fn what_is_not_an_answer_is_quoted() {
    assert_eq!(
        problem("reference,question,answer\nA1,2.1.1,may\tbe"),
        "f.csv line 2 column 3: may\\tbe is not an answer; write yes, no or na, or leave the cell empty [unknown-answer]"
    );
}

#[test]
fn na_is_refused_where_the_framework_wants_yes_or_no() {
    for text in [
        "reference,question,answer\nA1,2.1.1a,na",
        "reference,2.1.2,2.1.1a\nA1,na,N/A",
    ] {
        assert!(problem(text).ends_with("[not-applicable-not-allowed]"));
        assert!(
            problem(text).contains("line 2 column 3: question 2.1.1a cannot be answered with na")
        );
    }
}

#[test]
fn a_row_of_another_width_is_ragged_with_or_without_quotation_marks() {
    for row in [
        "A1,2.1.1",
        "A1,2.1.1,yes,note",
        "A1,2.1.1,yes,a,b,c",
        "\"A1\",2.1.1",
    ] {
        assert!(
            problem(&format!("reference,question,answer\n{row}\n")).ends_with("[ragged-row]"),
            "{row}"
        );
    }
    assert!(
        problem("reference,question,answer,\nA1,2.1.1,yes,x\n")
            .contains("x stands in a column without a name")
    );
}

#[test]
fn cells_that_must_be_filled_are_missed() {
    assert!(
        problem("reference,question,answer\n,2.1.1,yes")
            .contains("column 1: the reference is missing")
    );
    assert!(
        problem("reference,question,answer\nA1,,yes").contains("column 2: the question is missing")
    );
}

#[test]
fn white_space_that_does_not_break_is_trimmed_too() {
    let (said, problems) = read("reference,question,answer\n\u{a0}A1,2.1.1\u{a0},\u{a0}yes\n");
    assert_eq!((said.len(), problems.len()), (1, 0));
}
