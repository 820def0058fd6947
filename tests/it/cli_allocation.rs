//! Who gets which cases of a drawn sample, and who never: names, interests and the way back. Must not know how cases are drawn.

use super::cli_sample::{drawn, rows};

#[test]
fn a_case_behind_the_names_is_not_taken_for_an_assessor() {
    let office = drawn();
    for line in [
        "case assign --balance INSP-02 X102842",
        "case assign X103913 --to X102842",
    ] {
        office.refuses(
            line,
            "error: X102842 is a case, not an assessor; name the cases first: caseaudit case assign REF … --balance NAME … [wrong-value]\n",
        );
    }
}

#[test]
fn names_that_are_new_or_look_like_a_person_are_noted() {
    let office = drawn();
    office.run("case assign X102842 --to \"Celdra Vantoomb\"").says(
        "assigned 1 of 1 to Celdra Vantoomb\n\
         note: Celdra Vantoomb looks like the name of a person, and stays in the history: use a code\n",
    );
    office.run("case assign X102842 --to INSP-01").says(
        "assigned 1 of 1 to INSP-01\nCeldra Vantoomb has no longer: X102842\n\
         note: nobody had a case as INSP-01 before; assessors were: Celdra Vantoomb\n",
    );
    let said = office.run("case assign --balance INSP-01 insp-2").said();
    assert!(
        said.ends_with("note: nobody had a case as insp-2 before; assessors were: INSP-01\n"),
        "{said}"
    );
    // What went to nobody goes back, but for what is begun, and is spread anew.
    let cases = office.run("case list --format json").printed();
    let cases = rows(&serde_json::from_str(&cases).unwrap(), "cases");
    let begun = cases.iter().find(|case| case["assessor"] == "insp-2");
    let begun = begun.unwrap()["reference"].as_str().unwrap();
    office
        .run(&format!("record {begun} 2.1.1=yes --as insp-2 --quiet"))
        .says_nothing();
    let said = office.run("case assign --from INSP-2 --to \"\"").said();
    assert!(
        said.starts_with("assigned 63 of 63 to nobody\ninsp-2 has no longer: X")
            && said.ends_with(&format!("note: INSP-2 has begun on, and keeps: {begun}\n")),
        "{said}"
    );
    office.is_sound();
}

#[test]
fn a_draw_that_is_taken_back_leaves_nobody_with_its_cases() {
    let office = drawn();
    office
        .run("case assign --balance INSP-01 INSP-02 --quiet")
        .says_nothing();
    office
        .run("sample undo case-supervision --because \"Wrong month\" --quiet")
        .says_nothing();
    office
        .run("sample draw case-supervision --seed 20181008 --quiet")
        .says_nothing();
    let cases = office.run("case list --format csv").printed();
    assert!(!cases.contains("INSP"), "{cases}");
    office.is_sound();
}

#[test]
fn interests_are_listed_and_an_unknown_officer_is_noted() {
    let office = drawn();
    office
        .run("case interest")
        .says("no interests; declare one: caseaudit case interest NAME REF\n");
    office
        .run("case interest INSP-02 --officer RO-010")
        .says("1 interest of INSP-02 recorded\nnote: no case is of the officer RO-010; did you mean RO-0101?\n");
    office
        .run("case interest INSP-02 --officer RO-010 --none")
        .says("1 interest of INSP-02 taken back\n");
    for line in [
        "case interest INSP-02 --officer RO-0101",
        "case interest INSP-01 X102842",
    ] {
        office.run(&format!("{line} --quiet")).says_nothing();
    }
    let listed = |line: &str| office.run(&format!("{line} --format csv")).printed();
    let all = listed("case interest");
    assert!(all.contains("INSP-01,X102842,"), "{all}");
    assert!(all.contains("INSP-02,,RO-0101"), "{all}");
    let own = listed("case interest insp-02");
    assert!(!own.contains("X102842"), "{own}");
    let shown = office.run("case show X102842").printed();
    assert!(
        shown.contains("Have an interest in it") && shown.contains("INSP-01"),
        "{shown}"
    );
}

#[test]
fn whoever_has_an_interest_in_a_case_neither_works_on_it_nor_decides() {
    let office = drawn();
    for line in [
        "case interest INSP-01 X102842",
        "case interest INSP-02 --officer RO-0101",
        "record X102842 2.1.1=yes --as INSP-03",
        "submit X102842 --because \"2.1 only\" --as INSP-03",
        "record X102842 2.1.1=no --second --as INSP-04",
        "submit X102842 --second --because \"2.1 only\" --as INSP-04",
    ] {
        office.run(&format!("{line} --quiet")).says_nothing();
    }
    let has_interest = |case: &str, name: &str| {
        format!(
            "error: {case}: {name} has an interest in it; somebody else does that, who names themselves with --as [has-interest]\n"
        )
    };
    for line in [
        "record X102842 2.1.2=yes --as insp-01",
        "record X102842 2.1.2=yes --second --as insp-01",
        "assess X102842 --as insp-01",
        "submit X102842 --as insp-01",
        "resolve X102842 2.1.1 no --because \"In the log\" --as insp-01",
    ] {
        office.refuses(line, &has_interest("X102842", "insp-01"));
    }
    office.write("second.csv", "reference,2.1.1\nX102842,yes\n");
    office.refuses(
        "import answers second.csv --second --as INSP-01",
        "error: second.csv line 2 column 2: INSP-01 has an interest in it; somebody else does that, who names themselves with --as [has-interest]\n",
    );
    let cases = office.run("case list --format json").printed();
    let cases = rows(&serde_json::from_str(&cases).unwrap(), "cases");
    let of_officer = cases.iter().find_map(|case| {
        let reference = case["reference"].as_str()?;
        let shown = office.run(&format!("case show {reference}")).printed();
        shown.contains("RO-0101").then(|| reference.to_owned())
    });
    let of_officer = of_officer.unwrap();
    office.refuses(
        &format!("record {of_officer} 2.1.1=yes --as INSP-02"),
        &has_interest(&of_officer, "INSP-02"),
    );
}

#[test]
fn whoever_recorded_one_of_the_answers_does_not_decide_between_the_two() {
    let office = drawn();
    office.write("first.csv", "reference,2.1.1\nX102842,yes\n");
    for line in [
        "case assign X102842 --to INSP-03",
        "import answers first.csv --as LEAD-01",
        "submit X102842 --because \"2.1 only\" --as INSP-03",
        "record X102842 2.1.1=no --second --as INSP-04",
        "submit X102842 --second --because \"2.1 only\" --as INSP-04",
    ] {
        office.run(&format!("{line} --quiet")).says_nothing();
    }
    office.refuses(
        "resolve X102842 2.1.1 no --because x --as LEAD-01",
        "error: X102842: LEAD-01 had to do with one of the two assessments; somebody else resolves it, such as a lead, \
         who names themselves with --as [not-independent]\n",
    );
    office
        .run("resolve X102842 2.1.1 no --because x --as LEAD-02 --quiet")
        .says_nothing();
}
