//! A second assessment, a resolution, an example and an exercise, changed on two laptops at once.

use super::cli_merge::{copies, does};
use super::cli_second::office;
use super::harness::Office;

fn on(office: &Office, laptop: u8, who: &str, line: &str) {
    let line = format!("--db laptop-{laptop}.db --as {who} {line} --quiet");
    office.run(&line).says_nothing();
}

fn merge(office: &Office) {
    office
        .run("merge laptop-1.db laptop-2.db --quiet")
        .says_nothing();
    office.is_sound();
}

#[test]
fn a_second_assessment_changed_on_two_laptops_is_settled_by_its_own_assessor() {
    let office = office();
    copies(&office, 2);
    on(&office, 1, "B-2", "record V-1 3.2.1=no 3.2.2=no --second");
    on(&office, 2, "B-2", "record V-1 3.2.1=yes 3.2.2=no --second");
    on(&office, 1, "B-2", "submit V-1 --second");
    merge(&office);
    let listed = office.run("settle --as A-1 --format csv").printed();
    assert_eq!(
        listed
            .matches("second:B-2:3.2.1,(hidden from you),B-2 on")
            .count(),
        2,
        "{listed}"
    );
    let listed = office.run("settle --as B-2 --format csv").printed();
    assert!(listed.contains("second:B-2:3.2.1,yes,B-2 on"), "{listed}");
    // The first is none of its business.
    office.run("submit V-1 --as A-1 --quiet").says_nothing();
    let refused = office.run("submit V-1 --second --as B-2").stderr;
    assert!(
        refused.contains("second:B-2:3.2.1 is in conflict: "),
        "{refused}"
    );
    office.refuses(
        "settle V-1 second:B-2:3.2.1 no --because x --as LEAD",
        "error: V-1: it is about the answers of B-2, which are hidden from others; B-2 settles it, who works with --as B-2 [not-independent]\n",
    );
    office
        .run("settle V-1 second:b-2:3.2.1 no --because \"My notes say so\" --as B-2")
        .says("settled second:b-2:3.2.1 of V-1: no\n");
    office.is_sound();
    office
        .run("submit V-1 --second --as B-2 --quiet")
        .says_nothing();
    let agreed = office.run("agree --format csv").printed();
    assert!(agreed.contains("3.2.1"), "{agreed}");
    office.is_sound();
}

#[test]
fn a_second_assessment_that_was_submitted_and_changed_meanwhile_is_open_until_somebody_rules() {
    let office = office();
    on_both_recorded(&office);
    on(&office, 1, "B-2", "submit V-1 --second");
    on(&office, 2, "B-2", "record V-1 3.2.2=yes --second");
    merge(&office);
    let listed = office.run("settle --as B-2 --format csv").printed();
    assert!(
        listed.contains("status:second:B-2,open (changed meanwhile),"),
        "{listed}"
    );
    office.refuses(
        "settle V-1 status:second:B-2 done --because x --as B-2",
        "error: V-1: done is not a status; say open or submitted [wrong-value]\n",
    );
    office
        .run("settle V-1 status:second:B-2 submitted --because \"Both are mine\" --as B-2 --quiet")
        .says_nothing();
    office.is_sound();
    let shown = office.run("case show V-1 --as B-2").printed();
    assert!(shown.contains("B-2: submitted"), "{shown}");
}

fn on_both_recorded(office: &Office) {
    let everything = "record V-1 3.2.1=no 3.2.2=no --second --as B-2 --quiet";
    office.run(everything).says_nothing();
    copies(office, 2);
}

#[test]
fn two_resolutions_of_one_question_wait_for_a_third_person() {
    let office = office();
    let everything = "record V-1 3.2.1=no 3.2.2=no --second --as B-2 --quiet";
    office.run(everything).says_nothing();
    for line in ["submit V-1 --second --as B-2", "submit V-1 --as A-1"] {
        office.run(&format!("{line} --quiet")).says_nothing();
    }
    copies(&office, 2);
    for (laptop, answer) in [(1, "no"), (2, "na")] {
        let line = format!("resolve V-1 3.2.1 {answer} --because \"The log {laptop}\"");
        on(&office, laptop, "LEAD", &line);
    }
    merge(&office);
    let listed = office.run("settle --format csv").printed();
    assert_eq!(listed.matches("V-1,,,3.2.1,").count(), 2, "{listed}");
    let refused = office.run("submit V-1 --as A-1").stderr;
    assert!(refused.contains("3.2.1 is in conflict"), "{refused}");
    let settle = "settle V-1 3.2.1 no --because \"Looked at together\"";
    let refused = office.run(&format!("{settle} --as A-1")).stderr;
    assert!(refused.contains("[not-independent]"), "{refused}");
    office
        .run(&format!("{settle} --as LEAD"))
        .says("settled 3.2.1 of V-1: no\n");
    office.is_sound();
    office.run("submit V-1 --as A-1 --quiet").says_nothing();
    assert_eq!(office.answer("V-1", "3.2.1"), "no");
    let agreed = office.run("agree").printed();
    assert!(
        agreed.contains("Resolved by LEAD: Looked at together"),
        "{agreed}"
    );
    office.is_sound();
}

#[test]
fn an_example_and_an_exercise_marked_differently_wait_too() {
    let office = office();
    copies(&office, 2);
    on(&office, 1, "A-1", "example V-1 3.2.2 --effective");
    on(&office, 2, "A-1", "example V-1 3.2.2 --poor");
    does(&office, 1, "case exercise V-2");
    does(&office, 2, "case exercise V-2");
    does(&office, 2, "case exercise V-2 --clear");
    merge(&office);
    let listed = office.run("settle --format csv").printed();
    for said in [
        "V-1,,,example:3.2.2,effective in 3.2,",
        "V-1,,,example:3.2.2,poor in 3.2,",
        "V-2,,,exercise,yes,",
        "V-2,,,exercise,no,",
    ] {
        assert!(listed.contains(said), "{said} in {listed}");
    }
    let cases = office.run("case list --format csv").printed();
    assert!(cases.contains("\"untouched, exercise\""), "{cases}");
    for line in [
        "settle V-1 example:3.2.2 poor --because x",
        "settle V-2 exercise no --because x",
    ] {
        office.run(&format!("{line} --quiet")).says_nothing();
    }
    office.is_sound();
    let examples = office.run("examples --format csv --as A-1").printed();
    assert!(examples.contains("poor"), "{examples}");
    office
        .run("settle")
        .expect(0, &office.run("settle").stdout, "nothing is in conflict\n");
}
