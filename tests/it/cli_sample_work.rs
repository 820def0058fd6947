//! Work on a drawn sample: reserves, assessors and their interests, and how far it is. Must not know how a sample is drawn.

use super::cli_sample::{drawn, rows};
use super::harness::Office;

fn reserves(office: &Office) -> Vec<serde_json::Value> {
    let shown = office
        .run("sample show case-supervision --format json")
        .printed();
    rows(&serde_json::from_str(&shown).unwrap(), "reserves")
}

#[test]
fn a_case_is_replaced_by_the_next_reserve_of_its_stratum_and_then_by_any() {
    let office = drawn();
    // The first stratum has two reserves.
    office.run("case replace X102842 --because \"Moved abroad\"").says(
        "X102842 is withdrawn; reserve X100238 is called up, from the same stratum; reserves left: 25\n\
         note: nobody has X100238 yet; give it to somebody: caseaudit case assign X100238 --to NAME\n",
    );
    office
        .run("case withdraw X100238 --because \"Died\" --quiet")
        .says_nothing();
    let said = office.run("case replace x100238 --because \"Died\"").said();
    assert!(
        said.contains("reserve X102366 is called up, from the same stratum"),
        "{said}"
    );
    let said = office
        .run("case replace X102366 --because \"File not found\"")
        .said();
    assert!(
        said.contains("from another stratum: none of the same one is left; reserves left: 23\n"),
        "{said}"
    );
    let called: Vec<String> = reserves(&office)
        .iter()
        .filter_map(|row| {
            Some(format!(
                "{} for {}",
                row["reference"].as_str()?,
                row["replaces"].as_str()?
            ))
        })
        .collect();
    assert_eq!(called[..2], ["X100238 for X102842", "X102366 for X100238"]);
    assert_eq!(called.len(), 3);
    office.is_sound();
    let history = office.run("history X100238 --format csv").printed();
    assert!(
        history.contains("reserve X100238 called up in place of X102842"),
        "{history}"
    );
}

#[test]
fn what_cannot_be_replaced_is_refused() {
    let office = drawn();
    office
        .run("case replace X102842 --because \"Moved abroad\" --quiet")
        .says_nothing();
    office.refuses(
        "case replace X102842 --because Again",
        "error: X102842: it is replaced by X100238 already; replace that one [not-drawn]\n",
    );
    office
        .run("case add Y-1 --sample case-supervision --quiet")
        .says_nothing();
    office.refuses(
        "case replace Y-1 --because Again",
        "error: Y-1: the case is not of the drawn sample; withdraw it: caseaudit case withdraw Y-1 --because \"…\" [not-drawn]\n",
    );
    office.refuses(
        "case replace X100238 --because \"\"",
        "error: a reason is wanted; say why it is replaced: --because \"…\" [reason-wanted]\n",
    );
    let mut case = "X100238".to_owned();
    for _ in 0..25 {
        let said = office
            .run(&format!("case replace {case} --because Gone"))
            .said();
        case = said
            .split("reserve ")
            .nth(1)
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .to_owned();
    }
    office.refuses(
        &format!("case replace {case} --because Gone"),
        &format!(
            "error: {case}: no reserve is left; withdraw the case without one: caseaudit case withdraw {case} --because \"…\" [no-reserve]\n"
        ),
    );
}

#[test]
fn cases_are_spread_by_load_and_nobody_gets_one_in_which_they_have_an_interest() {
    let office = drawn();
    office
        .run("case interest INSP-01 X102842 --quiet")
        .says_nothing();
    office
        .run("case interest INSP-02 --officer RO-0101")
        .says("1 interest of INSP-02 recorded\n");
    office
        .run("case interest insp-02 --officer ro-0101")
        .says("nothing new: it is recorded so already\n");
    office.refuses(
        "case assign X102842 --to insp-01",
        "error: X102842: insp-01 has an interest in it; give it to somebody else [has-interest]\n",
    );
    office
        .run("case assign X103913 --to INSP-03 --quiet")
        .says_nothing();
    office.run("case assign --balance INSP-01 INSP-02 INSP-03").says(
        "INSP-01: 43 given, 43 in all\nINSP-02: 43 given, 43 in all\nINSP-03: 41 given, 42 in all\n\
         note: nobody had a case as INSP-01, INSP-02 before; assessors were: INSP-03\n",
    );
    let shown = |reference: &str| office.run(&format!("case show {reference}")).printed();
    let cases = office.run("case list --format json").printed();
    let cases = rows(&serde_json::from_str(&cases).unwrap(), "cases");
    let with = |name: &str| {
        let own = cases.iter().filter(|case| case["assessor"] == name);
        own.map(|case| case["reference"].as_str().unwrap().to_owned())
            .collect::<Vec<String>>()
    };
    assert!(!with("INSP-01").contains(&"X102842".to_owned()));
    for reference in with("INSP-02") {
        assert!(!shown(&reference).contains("RO-0101"), "{reference}");
    }
    office.refuses(
        "case assign X103913 --balance INSP-01",
        "error: X103913: INSP-03 has the case; give it to nobody first: caseaudit case assign X103913 --to \"\" [already-exists]\n",
    );
    office
        .run("case interest INSP-03 X103913 --because \"Once the line manager\"")
        .says(
        "1 interest of INSP-03 recorded\nnote: INSP-03 has X103913, with an interest in it; give it to somebody else: caseaudit case assign X103913 --to NAME\n",
    );
    office
        .run("case interest INSP-03 X103913 --none")
        .says("1 interest of INSP-03 taken back\n");
    let history = office.run("history --format csv").printed();
    assert!(history.contains("Once the line manager"), "{history}");
    office.is_sound();
}

#[test]
fn a_case_in_which_everybody_has_an_interest_is_nobodys() {
    let office = drawn();
    for name in ["A", "B"] {
        office
            .run(&format!("case interest {name} X102842 --quiet"))
            .says_nothing();
    }
    let said = office.run("case assign X102842 --balance A B").said();
    assert!(
        said.ends_with("note: nobody of these may have X102842, because of an interest or a second assessment; nobody has got it\n"),
        "{said}"
    );
}

#[test]
fn progress_says_what_is_needed_how_exact_today_is_and_what_waits_longest() {
    let office = drawn();
    office
        .run("case replace X102842 --because \"Moved abroad\" --quiet")
        .says_nothing();
    office
        .run("record X103913 2.1.1=yes --quiet")
        .says_nothing();
    let progress = office.run("progress --format json").printed();
    let progress: serde_json::Value = serde_json::from_str(&progress).unwrap();
    let draws = rows(&progress, "progress-of-draws");
    let row = &draws[0];
    for (column, count) in [
        ("population", 564),
        ("size", 128),
        ("selected", 128),
        ("submitted", 0),
        ("still_needed", 128),
        ("reserves", 25),
    ] {
        assert_eq!(row[column], count, "{column}");
    }
    let strata = rows(&progress, "progress-by-stratum");
    let counts = |row: &serde_json::Value| {
        ["cases", "in_hand", "withdrawn", "replaced"].map(|column| row[column].as_u64().unwrap())
    };
    assert_eq!(counts(&strata[0]), [7, 0, 1, 1]);
    assert_eq!(counts(&strata[4]), [16, 1, 0, 0]);
    assert_eq!(rows(&progress, "progress-by-unit").len(), 10);
    let shown = office.run("progress").printed();
    assert!(shown.contains("Oldest untouched case: X"), "{shown}");
    assert!(shown.contains("\nChart: # submitted, + in hand, . untouched\nCase supervision: 0 of 128 submitted, 1 in hand +..."), "{shown}");
}

#[test]
fn only_cases_of_the_draw_that_count_make_a_drawn_sample_complete() {
    let office = drawn();
    for line in [
        "case add HAND-1 --sample case-supervision",
        "case add EX-1 --sample case-supervision --exercise",
    ] {
        office.run(&format!("{line} --quiet")).says_nothing();
    }
    for case in ["HAND-1", "EX-1", "X103913", "X102842"] {
        office
            .run(&format!("record {case} 2.1.1=yes --quiet"))
            .says_nothing();
        office
            .run(&format!("submit {case} --because \"2.1.1 only\" --quiet"))
            .says_nothing();
    }
    office
        .run("case withdraw X102842 --because \"Moved abroad\" --quiet")
        .says_nothing();
    let progress = office.run("progress --format json").printed();
    let draws = rows(
        &serde_json::from_str(&progress).unwrap(),
        "progress-of-draws",
    );
    for (column, count) in [("selected", 127), ("submitted", 1), ("still_needed", 127)] {
        assert_eq!(draws[0][column], count, "{column}");
    }
}

#[test]
fn a_reserve_goes_to_the_assessor_of_the_case_that_it_replaces_and_work_that_stops_counting_is_told()
 {
    let office = drawn();
    office
        .run("case assign X102842 X100238 --to INSP-03 --quiet")
        .fails("error: there is no case X100238 in North; it is a reserve that is not called up: caseaudit case replace REF calls up the next one [unknown-case]\n");
    office
        .run("case assign X102842 --to INSP-03 --quiet")
        .says_nothing();
    office
        .run("record X102842 2.1.1=yes 2.1.2=no --as INSP-03 --quiet")
        .says_nothing();
    office
        .run("submit X102842 --because \"2.1 only\" --as INSP-03 --quiet")
        .says_nothing();
    office
        .run("record X102842 2.1.1=yes --second --as INSP-04 --quiet")
        .says_nothing();
    office.run("case replace X102842 --because \"Moved abroad\"").says(
        "X102842 is withdrawn; reserve X100238 is called up, from the same stratum; reserves left: 25\n\
         note: X102842 was submitted; 2 answers stop counting\n\
         note: its second assessment by INSP-04 leaves `agree`, too\n\
         X100238 is given to INSP-03\n",
    );
    let shown = office.run("case show X100238").printed();
    assert!(shown.contains("INSP-03"), "{shown}");
    office.is_sound();
}

#[test]
fn a_replaced_case_that_comes_back_sends_its_reserve_back_unless_that_is_begun() {
    let office = drawn();
    let selected = || {
        let progress = office.run("progress --format json").printed();
        let progress = serde_json::from_str(&progress).unwrap();
        rows(&progress, "progress-of-draws")[0]["selected"].clone()
    };
    office
        .run("case replace X102842 --because \"File not found\" --quiet")
        .says_nothing();
    office.run("case restore X102842").says(
        "took X102842 back into the sample\n\
         reserve X100238, which stood in its place and on which nobody had begun, waits again\n",
    );
    assert_eq!(selected(), 128);
    // It can be replaced again, by the same reserve, without a word of its having been withdrawn.
    office.run("case replace X102842 --because \"Lost again\"").says(
        "X102842 is withdrawn; reserve X100238 is called up, from the same stratum; reserves left: 25\n\
         note: nobody has X100238 yet; give it to somebody: caseaudit case assign X100238 --to NAME\n",
    );
    office
        .run("record X100238 2.1.1=yes --quiet")
        .says_nothing();
    office.run("case restore X102842").says(
        "took X102842 back into the sample\n\
         note: reserve X100238, which stood in its place, is begun and stays too: the sample has one case more than was drawn\n",
    );
    assert_eq!(selected(), 129);
    office.is_sound();
}
