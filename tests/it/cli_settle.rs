//! What people did apart on several laptops goes apart, and somebody says what holds.

use super::cli_merge::{copies, does, office};

#[test]
fn what_is_settled_must_be_in_conflict_and_the_value_one_that_fits() {
    let office = office();
    copies(&office, 2);
    for (laptop, rosh, answer) in [(1, "high", "no"), (2, "", "na")] {
        does(&office, laptop, &format!("case set CS-1 rosh={rosh}"));
        does(&office, laptop, &format!("record CS-1 2.1.1={answer}"));
        does(
            &office,
            laptop,
            &format!("record CS-1 --note \"2.1.1=Note {laptop}\""),
        );
        does(
            &office,
            laptop,
            &format!("case assign CS-1 CS-2 --to INSP-{laptop}"),
        );
        does(
            &office,
            laptop,
            &format!(
                "judge 1.1 {} --because \"Seen\"",
                if laptop == 1 { "good" } else { "poor" }
            ),
        );
    }
    office
        .run("merge laptop-1.db laptop-2.db --quiet")
        .says_nothing();
    office.refuses(
        "settle CS-1 2.1.2 no --because x",
        "error: CS-1: 2.1.2 is not in conflict; in conflict are: 2.1.1, assessor, rosh, note:2.1.1 [no-conflict]\n",
    );
    office.refuses(
        "settle CS-3 2.1.2 no --because x",
        "error: CS-3: 2.1.2 is not in conflict; `caseaudit settle` lists what is in conflict [no-conflict]\n",
    );
    office.refuses(
        "settle CS-1 2.1.1 maybe --because x",
        "error: CS-1: maybe is not an answer to 2.1.1; answer yes, no or na; clear takes an answer back [unknown-answer]\n",
    );
    office.refuses(
        "settle CS-1 rosh medium --because x",
        "error: CS-1: medium is not a choice of rosh; there are: low, high [unknown-value]\n",
    );
    office.refuses(
        "settle CS-1 2.1.1 no --because \" \"",
        "error: a reason is wanted; say why it is settled so: --because \"…\" [reason-wanted]\n",
    );
    office.run("settle CS-1 2.1.1 no").gets_usage("--because");
    office.run("settle CS-1").gets_usage("<FIELD>");
    for line in [
        "settle cs-1 2.1.1 no --because x",
        "settle CS-1 note:2.1.1 \"Agreed by both\" --because x",
        "settle CS-1 rosh high --because x",
        "settle CS-1 assessor \"INSP-1 with INSP-2\" --because x",
        "settle CS-2 assessor INSP-2 --because x",
        "settle North 1.1 Good --because \"The panel agreed\"",
    ] {
        let settled = office.run(line).said();
        assert!(settled.starts_with("settled "), "{line}: {settled}");
    }
    office
        .run("settle")
        .expect(0, &office.run("settle").stdout, "nothing is in conflict\n");
    office.is_sound();
    office.run("submit CS-1 --quiet").says_nothing();
}

#[test]
fn a_case_changed_after_another_laptop_submitted_it_is_open_again_until_somebody_rules() {
    for (value, status) in [
        ("open", "in hand"),
        ("submitted", "submitted"),
        ("withdrawn", "withdrawn"),
    ] {
        let office = office();
        copies(&office, 2);
        does(&office, 1, "submit CS-1");
        does(&office, 2, "record CS-1 2.1.3=no");
        let merged = office.run("merge laptop-1.db laptop-2.db").said();
        assert!(
            merged.ends_with("1 conflict is open: `caseaudit settle` lists it\n"),
            "{merged}"
        );
        let listed = office.run("case list --format csv").printed();
        assert!(listed.contains("CS-1,Orders,,in hand"), "{listed}");
        office.refuses(
            "settle CS-1 status done --because x",
            "error: CS-1: done is not a status; say open, submitted or withdrawn [wrong-value]\n",
        );
        let line = format!("settle CS-1 status {value} --because \"Both spoke\"");
        office
            .run(&line)
            .says(&format!("settled status of CS-1: {value}\n"));
        let listed = office.run("case list --format csv").printed();
        assert!(
            listed.contains(&format!("CS-1,Orders,,{status}")),
            "{listed}"
        );
        office.is_sound();
    }
}

#[test]
fn a_closed_inspection_in_which_others_still_worked_is_open_again() {
    let office = office();
    copies(&office, 2);
    does(&office, 1, "inspection close North --because \"Given up\"");
    does(&office, 2, "record CS-2 2.1.1=yes");
    office
        .run("merge laptop-1.db laptop-2.db --quiet")
        .says_nothing();
    office.run("record CS-2 2.1.2=yes --quiet").says_nothing();
    let refused = office.run("inspection close North");
    assert!(
        refused
            .stderr
            .contains("error: North: status is in conflict: "),
        "{}",
        refused.stderr
    );
    office.refuses(
        "settle North status submitted --because x",
        "error: North: submitted is not a status; say open or closed [wrong-value]\n",
    );
    office
        .run("settle North status closed --because \"As agreed\"")
        .says("settled status of North: closed\n");
    office.is_sound();
    assert!(
        office
            .run("record CS-2 2.1.2=no")
            .stderr
            .ends_with("[closed]\n")
    );
}

#[test]
fn a_reference_given_to_two_cases_is_kept_for_one_and_the_other_gets_its_own() {
    let office = office();
    copies(&office, 2);
    for laptop in [1, 2] {
        does(
            &office,
            laptop,
            &format!("case add CS-9 --sample orders --assessor INSP-{laptop}"),
        );
        does(&office, laptop, "record CS-9 2.1.1=yes");
    }
    office
        .run("merge laptop-1.db laptop-2.db --quiet")
        .says_nothing();
    let listed = office.run("settle --format csv").printed();
    assert_eq!(
        listed.matches("CS-9 (2),,,reference,CS-9,").count(),
        2,
        "{listed}"
    );
    office.refuses(
        "settle \"CS-9 (2)\" reference CS-1 --because x",
        "error: CS-1: the inspection has a case of this reference already; references are unique within an inspection, capitals or not: choose another [duplicate-reference]\n",
    );
    office
        .run("settle \"CS-9 (2)\" reference CS-10 --because \"Another person\"")
        .says("settled reference of CS-9 (2): CS-10\n");
    office.is_sound();
    assert_eq!(office.answer("CS-10", "2.1.1"), "yes");
    let history = office.run("history CS-10 --format csv").printed();
    assert!(history.contains("reference changed to CS-10"), "{history}");
}

#[test]
fn case_information_that_is_called_like_another_field_is_settled_as_what_it_is() {
    let office = office();
    let framework = std::fs::read_to_string(office.path("team.toml")).unwrap();
    let framework = framework.replace("id = \"rosh\"", "id = \"status\"");
    office.write(
        "status.toml",
        framework.replace("id = \"team\"", "id = \"status\""),
    );
    for line in [
        "framework add status.toml",
        "inspection new South --framework status --provider South",
        "case add S-1 --sample orders --inspection South",
    ] {
        assert_eq!(office.run(line).code, Some(0), "{line}");
    }
    copies(&office, 2);
    for (laptop, value) in [(1, "high"), (2, "low")] {
        does(
            &office,
            laptop,
            &format!("case set S-1 status={value} --inspection South"),
        );
    }
    assert_eq!(office.run("merge laptop-1.db laptop-2.db").code, Some(0));
    let refused = office.run("settle S-1 status open --because x --inspection South");
    assert!(
        refused
            .stderr
            .contains("in conflict are: information:status"),
        "{}",
        refused.stderr
    );
    office
        .run("settle S-1 information:status low --because x --inspection South")
        .says("settled information:status of S-1: low\n");
    office.is_sound();
}
