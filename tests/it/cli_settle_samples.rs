//! Samples that were drawn, and reserves that were called up, on two laptops at once: what holds is settled, and the cases follow.

use super::cli_merge::{copies, does};
use super::cli_sample::{drawn, populated, rows};
use super::harness::Office;

/// How many cases are listed in a status.
fn count(office: &Office, status: &str) -> usize {
    let listed = office.run("case list --format csv").printed();
    listed.matches(&format!(",{status}")).count()
}

/// References of the cases that a draw with a seed selects.
fn selected(office: &Office, database: &str) -> Vec<String> {
    let line = format!("--db {database} sample show case-supervision --format json");
    let shown = serde_json::from_str(&office.run(&line).printed()).unwrap();
    let rows = rows(&shown, "selected");
    let references = rows.iter().map(|row| row["reference"].as_str().unwrap());
    references.map(str::to_owned).collect()
}

/// The beginning of the value of a draw in conflict.
fn digits(office: &Office, seed: &str) -> String {
    let listed = office.run("settle --format csv").printed();
    let line = listed.lines().find(|line| line.contains(seed)).unwrap();
    let at = line.find("draw:case-supervision,").unwrap();
    line[at..].trim_start_matches("draw:case-supervision,\"")[..8].to_owned()
}

#[test]
fn the_draw_that_holds_keeps_its_cases_and_the_other_loses_those_without_work() {
    let office = populated();
    copies(&office, 2);
    does(&office, 1, "sample draw case-supervision --seed 1");
    does(&office, 2, "sample draw case-supervision --seed 2");
    let [first, second] = ["laptop-1.db", "laptop-2.db"].map(|copy| selected(&office, copy));
    let only_second: Vec<&String> = second
        .iter()
        .filter(|reference| !first.contains(reference))
        .collect();
    let worked_on = only_second[0];
    does(&office, 2, &format!("record {worked_on} 2.1.1=yes"));
    let merged = office.run("merge laptop-1.db laptop-2.db").said();
    assert!(
        merged.ends_with("1 conflict is open: `caseaudit settle` lists it\n"),
        "a case that both drew is one case: {merged}"
    );
    office.is_sound();
    assert_eq!(
        count(&office, "untouched"),
        first.len() + only_second.len() - 1
    );
    // Which draw is in force meanwhile hangs on hashes; this case is of both.
    let of_both = first.iter().find(|case| second.contains(case)).unwrap();
    let reserve = format!("case replace {of_both} --because \"Moved\"");
    let refused = office.run(&reserve).stderr;
    assert!(
        refused.contains("draw:case-supervision is in conflict"),
        "{refused}"
    );
    let (one, two) = (digits(&office, "seed 1"), digits(&office, "seed 2"));
    let settle = |value: &str| {
        let inspection = "\"North\"";
        format!("settle {inspection} draw:case-supervision {value} --because \"The later one\"")
    };
    let said = office.run(&settle(&one)).said();
    assert!(
        said.contains("withdrawn, because what brought them in does not hold: "),
        "{said}"
    );
    assert!(
        said.contains(&format!(
            "note: kept, because work on them has begun; withdraw what is not meant (caseaudit case withdraw REF): {worked_on}\n"
        )),
        "{said}"
    );
    assert_eq!(count(&office, "untouched"), first.len());
    assert_eq!(count(&office, "withdrawn"), only_second.len() - 1);
    office.is_sound();
    // Somebody else settles it the other way, in a copy.
    does(&office, 2, "merge laptop-1.db");
    does(&office, 2, &settle(&two));
    office.run("merge laptop-2.db --quiet").says_nothing();
    let said = office.run(&settle(&two)).said();
    assert!(said.contains("taken back into the sample: "), "{said}");
    assert_eq!(count(&office, "untouched"), second.len() - 1);
    assert_eq!(count(&office, "in hand"), 1);
    office.is_sound();
}

#[test]
fn the_same_draw_on_two_laptops_is_one_and_no_conflict() {
    let office = populated();
    copies(&office, 2);
    for laptop in [1, 2] {
        does(&office, laptop, "sample draw case-supervision --seed 1");
    }
    let case = selected(&office, "laptop-1.db").remove(0);
    does(&office, 1, &format!("case assign {case} --to INSP-01"));
    does(&office, 2, &format!("record {case} 2.1.1=yes"));
    let merged = office.run("merge laptop-1.db laptop-2.db").said();
    assert!(!merged.contains("conflict"), "{merged}");
    assert_eq!(
        (count(&office, "untouched"), count(&office, "in hand")),
        (127, 1)
    );
    office.is_sound();
}

#[test]
fn of_two_reserves_for_one_case_and_two_cases_for_one_reserve_one_holds() {
    let office = drawn();
    // On one laptop the first reserve of the stratum is taken by another case before.
    let cases = selected(&office, "caseaudit.db");
    let (one, two) = (&cases[0], &cases[1]);
    copies(&office, 2);
    does(
        &office,
        1,
        &format!("case replace {one} --because \"Died\""),
    );
    does(
        &office,
        2,
        &format!("case replace {two} --because \"Died\""),
    );
    does(
        &office,
        2,
        &format!("case replace {one} --because \"Moved\""),
    );
    office
        .run("merge laptop-1.db laptop-2.db --quiet")
        .says_nothing();
    office.is_sound();
    let listed = office.run("settle --format csv").printed();
    for field in [format!("replacement:{one}"), "reserve:X100238".to_owned()] {
        assert_eq!(listed.matches(&format!(",{field},")).count(), 2, "{listed}");
    }
    // The first reserve takes the place of the first case; so the other reserve goes back, and the other case has none.
    let line = format!("settle \"North\" replacement:{one} X100238 --because \"First come\"");
    office.run(&line).says(&format!(
        "settled replacement:{one} of North: X100238\n\
         withdrawn, because what brought them in does not hold: X102366\n\
         note: replaced by no case now; call up the next reserve (caseaudit case replace REF): {two}\n"
    ));
    office.is_sound();
    office
        .run("settle")
        .expect(0, &office.run("settle").stdout, "nothing is in conflict\n");
    let said = office
        .run(&format!("case replace {two} --because \"Died\""))
        .said();
    assert!(said.contains("reserve X102366 is called up"), "{said}");
    office.is_sound();
}

#[test]
fn a_case_that_was_withdrawn_by_hand_comes_back_with_a_word_about_it() {
    let office = populated();
    office
        .run("case add X102842 --sample case-supervision --quiet")
        .says_nothing();
    office
        .run("case withdraw X102842 --because \"A relative works here\" --quiet")
        .says_nothing();
    let said = office
        .run("sample draw case-supervision --seed 20181008")
        .said();
    assert!(
        said.contains("note: X102842 had been withdrawn by hand (A relative works here) and is taken back, because it was drawn; if that still holds: caseaudit case replace X102842 --because \"…\"\n"),
        "{said}"
    );
    office.is_sound();
}
