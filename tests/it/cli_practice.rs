//! Examples of effective and poor practice: marked on notes, listed for the report, never with a name. Must not know what
//! they are used for.

use snapbox::{assert_data_eq, file};

use super::harness::Office;

fn office() -> Office {
    let office = Office::opened();
    for case in ["V-1", "V-2"] {
        office
            .run(&format!(
                "case add {case} --sample statutory-victim-work --assessor A-1 --quiet"
            ))
            .says_nothing();
    }
    office
        .run("record V-1 3.2.1=yes 3.2.2=no --note 3.2.1=\"Wrote in plain words\" --note 3.2.1b=\"Two drafts\" --quiet")
        .says_nothing();
    office
}

#[test]
fn a_note_is_marked_listed_and_no_example_any_more() {
    let office = office();
    office.run("examples").says(
        "no such examples yet; mark a note: caseaudit example REF QUESTION --effective, or --poor\n",
    );
    office
        .run("example V-1 3.2.1 --effective")
        .says("the note on 3.2.1 of V-1 is an example of effective practice\n");
    office
        .run("example V-1 3.2.1 --effective")
        .says("nothing new: it is so already\n");
    office
        .run("example V-1 3.2.1b --effective --standard 2.1 --quiet")
        .says_nothing();
    office
        .run("example V-2 3.2.2 --poor --note \"No reply for two months\"")
        .says("the note on 3.2.2 of V-2 is an example of poor practice\n");
    office.run("submit V-1 --quiet").says_nothing();
    assert_data_eq!(
        office.run("examples").printed(),
        file!["../golden/agreement/examples.txt"].raw()
    );
    for (ending, expected) in [
        ("md", file!["../golden/agreement/examples.md"].raw()),
        ("csv", file!["../golden/agreement/examples.csv"].raw()),
        ("json", file!["../golden/agreement/examples.json"].raw()),
    ] {
        office
            .run(&format!("examples --out examples.{ending} --quiet"))
            .says_nothing();
        let written = std::fs::read_to_string(office.path(&format!("examples.{ending}"))).unwrap();
        assert!(
            !written.contains("A-1") && !written.contains("tester"),
            "{written}"
        );
        assert_data_eq!(written, expected);
    }
    let rows = |line: &str| {
        let csv = office
            .run(&format!("examples --format csv {line}"))
            .printed();
        csv.lines()
            .filter(|row| row.starts_with("examples,"))
            .count()
    };
    let found = [
        "--effective",
        "--poor",
        "--standard 3.2",
        "--standard 2.1 --effective",
    ]
    .map(rows);
    assert_eq!(found, [2, 1, 2, 1]);
    // A mark is no part of the assessment: it can be set and taken back when that is submitted.
    office
        .run("example V-1 3.2.1 --clear")
        .says("the note on 3.2.1 of V-1 is no example any more\n");
    assert_eq!(rows("--effective"), 1);
    let history = office.run("history V-1 --format csv").printed();
    assert!(
        history.contains(",3.2.1: note marked as an example of effective practice in 3.2,"),
        "{history}"
    );
    office.is_sound();
}

#[test]
fn an_example_needs_a_note_and_goes_with_it() {
    let office = office();
    office.refuses(
        "example V-1 3.2.2 --poor",
        "error: V-1: there is no note on 3.2.2 to be an example; write one: --note \"…\" [note-wanted]\n",
    );
    office
        .run("example V-1 3.2.1 --poor --quiet")
        .says_nothing();
    office
        .run("record V-1 --note 3.2.1= --quiet")
        .says_nothing();
    office.run("examples --quiet").says_nothing();
    office.is_sound();
}

#[test]
fn what_is_wrong_with_a_mark_is_said() {
    let office = office();
    office.refuses(
        "example V-1 3.2.1 --effective --standard 9.9",
        "error: V-1: there is no standard 9.9; did you mean 1.1? [unknown-standard]\n",
    );
    office.refuses(
        "example V-9 3.2.1 --effective",
        "error: there is no case V-9 in North; did you mean V-1? [unknown-case]\n",
    );
    office.run("submit V-1 --quiet").says_nothing();
    office.refuses(
        "example V-1 3.2.1 --effective --note other",
        "error: V-1: the assessment is submitted and locked; reopen it first: caseaudit reopen V-1 --because \"…\" [locked]\n",
    );
    office
        .run("example V-1 3.2.1")
        .gets_usage("<--effective|--poor|--clear>");
    office
        .run("example V-1 3.2.1 --effective --poor")
        .gets_usage("cannot be used with");
    office
        .run("examples --effective --poor")
        .gets_usage("cannot be used with");
}

#[test]
fn withdrawn_cases_and_exercises_give_no_examples_and_hidden_notes_stay_hidden() {
    let office = office();
    office
        .run("example V-1 3.2.1 --effective --quiet")
        .says_nothing();
    office
        .run("record V-1 3.2.1=no --second --as B-2 --quiet")
        .says_nothing();
    let listed = |who: &str| office.run(&format!("examples --as {who} --quiet")).stdout;
    assert!(listed("LEAD").contains("Wrote in plain words"));
    assert!(listed("B-2").contains("hidden") && !listed("B-2").contains("plain words"));
    office
        .run("case withdraw V-1 --because x --quiet")
        .says_nothing();
    assert_eq!(listed("LEAD"), "");
    office
        .run("example V-2 3.2.1 --poor --note Late --quiet")
        .says_nothing();
    office.run("case exercise V-2 --quiet").says_nothing();
    assert_eq!(listed("LEAD"), "");
}
