//! How far assessors agree: in every format, by question, standard and pair, and when there is nothing to compare.
//!
//! Must not compute a figure itself.

use snapbox::{assert_data_eq, file};

use super::harness::Office;

/// Twelve cases of victim work: A-1 first and B-2 second, the other way round from V-07 on, V-12 by A-1 with C-3 first; one case
/// more of which only the second is submitted.
fn office() -> Office {
    let office = Office::opened();
    let mut cases = "reference,sample,assessor,joint_assessor\n".to_owned();
    let header = || "reference,3.2.1,3.2.2\n".to_owned();
    // By who was first.
    let (mut first, mut second) = ([header(), header()], [header(), header()]);
    let answers = [
        "yy yy", "yy yn", "yn yn", "ny nn", "nn nn", "yy ny", "ya yy", "yy yy", "an an", "yn yy",
        "yy yy", "nn yn",
    ];
    let word = |letter: u8| match letter {
        b'y' => "yes",
        b'n' => "no",
        _ => "na",
    };
    for (at, letters) in answers.iter().enumerate() {
        let reference = format!("V-{:02}", at + 1);
        let turned = usize::from((6..11).contains(&at));
        let joint = if at == 11 { "C-3" } else { "" };
        let who = ["A-1", "B-2"][turned];
        cases += &format!("{reference},statutory-victim-work,{who},{joint}\n");
        let letters = letters.as_bytes();
        first[turned] += &format!("{reference},{},{}\n", word(letters[0]), word(letters[1]));
        second[turned] += &format!("{reference},{},{}\n", word(letters[3]), word(letters[4]));
    }
    cases += "V-13,statutory-victim-work,A-1,\n";
    second[0] += "V-13,yes,yes\n";
    office.write("cases.csv", cases);
    office.run("import cases cases.csv --quiet").says_nothing();
    for turned in 0..2 {
        office.write("first.csv", &first[turned]);
        office.write("second.csv", &second[turned]);
        let people = [["A-1", "B-2"], ["B-2", "A-1"]][turned];
        office
            .run(&format!(
                "import answers second.csv --second --submit --quiet --as {}",
                people[1]
            ))
            .says_nothing();
        office
            .run(&format!(
                "import answers first.csv --submit --quiet --as {}",
                people[0]
            ))
            .says_nothing();
    }
    office
}

#[test]
fn agreement_stands_in_tables_for_people() {
    assert_data_eq!(
        office().run("agree").printed(),
        file!["../golden/agreement/agree.txt"].raw()
    );
}

#[test]
fn agreement_is_given_in_every_format() {
    let office = office();
    for (ending, expected) in [
        ("md", file!["../golden/agreement/agree.md"].raw()),
        ("csv", file!["../golden/agreement/agree.csv"].raw()),
        ("json", file!["../golden/agreement/agree.json"].raw()),
    ] {
        office
            .run(&format!("agree --decimals 12 --out agree.{ending} --quiet"))
            .says_nothing();
        let written = std::fs::read_to_string(office.path(&format!("agree.{ending}"))).unwrap();
        assert_data_eq!(written, expected);
    }
}

#[test]
fn one_question_one_standard_and_one_pair_can_be_asked_for() {
    let office = office();
    let rows = |line: &str| -> Vec<String> {
        let csv = office.run(&format!("agree --format csv {line}")).printed();
        let rows = csv.lines().filter(|row| row.starts_with("agreement-"));
        rows.map(|row| row.trim_end_matches(',').to_owned())
            .collect()
    };
    let one = rows("--question 3.2.1");
    assert_eq!(one.len(), 3, "{one:#?}");
    assert!(
        one[0].starts_with("agreement-by-question,,,,3.2.1,12,"),
        "{one:#?}"
    );
    assert_eq!(rows("--standard 3.2"), rows(""));
    // A prompt only when it is asked for.
    let prompt = rows("--question 3.2.1A");
    assert!(
        prompt[0].starts_with("agreement-by-question,,,,3.2.1a,0,12,"),
        "{prompt:#?}"
    );
    assert_eq!(rows("--prompts").len(), rows("").len() + 8);
    // Whoever was first.
    assert_eq!(rows("--pair A-1 b-2"), rows("--pair B-2 A-1"));
    assert!(rows("--pair C-3 B-2")[0].contains(",3.2.1,1,"));
    let without = rows("--without-joint");
    assert!(without[0].contains(",3.2.1,11,"), "{without:#?}");
    office
        .run("agree --pair A-1 X-9")
        .says("no case has two submitted assessments that are asked for; 1 case with a second assessment is not compared: both assessments must be submitted\n");
    office.refuses(
        "agree --question 3.2.9",
        "error: there is no question 3.2.9; did you mean 3.2.1? [unknown-question]\n",
    );
    office.refuses(
        "agree --standard 9",
        "error: there is no standard 9; there are: 1.1, 1.2, 1.3, 1.4, 2.1, 2.2, 2.3, 2.4, 3.1, 3.2 [unknown-standard]\n",
    );
    office
        .run("agree --pair A-1")
        .gets_usage("2 values required");
    office
        .run("agree --exercise EX-1 --without-joint")
        .gets_usage("cannot be used with");
}

#[test]
fn the_intervals_have_the_confidence_that_is_asked_for() {
    let office = office();
    let rows = |line: &str| office.run(&format!("agree --format csv {line}")).printed();
    assert_eq!(rows("--confidence 95.0"), rows(""));
    let wide = rows("--confidence 99.9");
    assert!(wide.contains("the interval of 99.9% confidence"), "{wide}");
    assert!(!wide.contains("95%"), "{wide}");
    // 10 of 12 answers are the same: `proportion_confint(10, 12, alpha=0.2, method="wilson")` of statsmodels.
    let narrow = rows("--question 3.2.1 --confidence 80 --decimals 6");
    assert!(
        narrow.contains(",3.2.1,12,83.3333,65.7813,92.8596,"),
        "{narrow}"
    );
    for (typed, what) in [
        (
            "95%",
            "error: 95% is no confidence; write a plain number, such as 80 [wrong-value]\n",
        ),
        (
            "0.95",
            "error: a confidence of 0.95% is out of range; give 50 to 99.9 percent, with at most two decimals, such as --confidence 95 [wrong-value]\n",
        ),
        (
            "100",
            "error: a confidence of 100% is out of range; give 50 to 99.9 percent, with at most two decimals, such as --confidence 95 [wrong-value]\n",
        ),
    ] {
        office.refuses(&format!("agree --confidence {typed}"), what);
        office.refuses(&format!("agree --exercise EX-1 --confidence {typed}"), what);
    }
}

#[test]
fn nothing_to_compare_is_said_in_words() {
    let office = Office::opened();
    office.run("agree").says(
        "no case has a second assessment yet; begin one: caseaudit assess REF --second --as NAME\n",
    );
    office
        .run("case add V-1 --sample statutory-victim-work --quiet")
        .says_nothing();
    office
        .run("record V-1 3.2.1=yes --second --as B-2 --quiet")
        .says_nothing();
    office.run("agree").says(
        "no case has two submitted assessments that are asked for; \
         1 case with a second assessment is not compared: both assessments must be submitted\n",
    );
}

#[test]
fn what_becomes_of_the_first_afterwards_changes_no_figure() {
    let office = office();
    let before = office.run("agree").printed();
    office
        .run("reopen V-02 --because \"A typing error\" --as A-1 --quiet")
        .says_nothing();
    assert_eq!(office.run("agree").printed(), before);
    office
        .run("record V-02 3.2.2=no --as A-1 --quiet")
        .says_nothing();
    office
        .run("case assign V-02 --to D-4 --quiet")
        .says_nothing();
    office.run("submit V-02 --as A-1 --quiet").says_nothing();
    assert_eq!(office.run("agree").printed(), before);
    office
        .run("case withdraw V-02 --because x --quiet")
        .says_nothing();
    let withdrawn = office.run("agree").printed();
    assert!(withdrawn.contains("11 cases compared"), "{withdrawn}");
    office.is_sound();
}

#[test]
fn a_case_that_was_given_to_nobody_is_under_the_names_of_those_who_recorded_it() {
    let office = Office::opened();
    office
        .run("case add V-1 --sample statutory-victim-work --quiet")
        .says_nothing();
    office
        .run("record V-1 3.2.1=yes 3.2.2=yes --as A-1 --quiet")
        .says_nothing();
    office.run("submit V-1 --as LEAD --quiet").says_nothing();
    office
        .run("record V-1 3.2.1=no 3.2.2=yes --second --as B-2 --quiet")
        .says_nothing();
    office
        .run("submit V-1 --second --as B-2 --quiet")
        .says_nothing();
    let csv = office.run("agree --pair B-2 A-1 --format csv").printed();
    assert!(csv.contains(",\"A-1, B-2\","), "{csv}");
    office.refuses(
        "resolve V-1 3.2.1 no --because x --as A-1",
        "error: V-1: A-1 had to do with one of the two assessments; somebody else resolves it, such as a lead, who names themselves with --as [not-independent]\n",
    );
}
