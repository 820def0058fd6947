//! The comparison in the annex: beside the provider's inspection before it, and beside its programme.
//!
//! Must not use the built-in framework: the figures are made up here.

use serde_json::Value;
use snapbox::{assert_data_eq, file};

use super::cli_programme::{ROUND, round};
use super::cli_sample::rows;
use super::harness::Office;

fn annex(office: &Office, inspection: &str, options: &str) -> Value {
    let line = format!("annex --inspection \"{inspection}\" --format json{options}");
    serde_json::from_str(&office.run(&line).printed()).unwrap()
}

/// The comparison in the annex of an inspection; `None` where there is none.
fn compared(office: &Office, inspection: &str) -> Option<Value> {
    let annex = annex(office, inspection, "");
    let tables = annex["tables"].as_array().unwrap();
    let found = tables.iter().find(|table| table["id"] == "comparison");
    found.cloned()
}

fn scope(office: &Office, inspection: &str) -> Option<String> {
    let table = compared(office, inspection)?;
    Some(table["scope"].as_str().unwrap().to_owned())
}

#[test]
fn an_inspection_stands_beside_the_one_before_and_its_programme() {
    let office = round(&ROUND);
    assert_data_eq!(
        office
            .run("annex --inspection \"East 2023/24\" --counts")
            .printed(),
        file!["../golden/programme/annex-east.txt"].raw()
    );
}

#[test]
fn the_programme_counts_the_cases_of_its_providers_and_no_national_ones() {
    let office = round(&ROUND);
    let table = compared(&office, "West 2023/24").unwrap();
    let columns = table["columns"].as_array().unwrap().iter();
    let columns: Vec<&str> = columns
        .map(|column| column["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        columns,
        [
            "number",
            "text",
            "rating",
            "percent_yes",
            "percent_yes_programme"
        ],
        "nothing was before"
    );
    let annex = annex(&office, "West 2023/24", " --counts");
    let question = &rows(&annex, "comparison")[2];
    assert_eq!(
        question["percent_yes_programme"],
        64,
        "of {} of 160",
        24 + 34 + 34 + 10
    );
    let counts = ["yes_programme", "no_programme"];
    assert!(counts.iter().all(|column| question[*column].is_null()));
    assert_eq!(
        compared(&office, "East 2022/23"),
        None,
        "it is alone in its period, and nothing was before"
    );
}

#[test]
fn drafts_are_no_inspection_before_and_count_in_no_programme() {
    let office = round(&[
        ("East", "2021/22", 10, 10),
        ("East", "2022/23", 20, 20),
        ("East", "2023/24", 30, 30),
        ("West", "2023/24", 20, 20),
        ("South", "2023/24", 20, 20),
    ]);
    let before = |period: &str| {
        Some(format!(
            "East, 2023/24; before: {period}, inspection East {period}"
        ))
    };
    assert_eq!(scope(&office, "East 2023/24"), before("2022/23"));
    for case in 0..40 {
        for name in ["East 2022/23", "West 2023/24"] {
            let line = format!("reopen C{case} --because \"looked at again\"");
            office
                .run(&format!("{line} --inspection \"{name}\" --quiet"))
                .says_nothing();
        }
    }
    assert_eq!(scope(&office, "East 2023/24"), before("2021/22"));
    let table = compared(&office, "East 2023/24").unwrap();
    assert_eq!(table["rows"][2]["values"]["change"], 50);
    let units = table["units"].as_str().unwrap();
    let open = "; 2021/22 is not closed, so that its figures may still change";
    assert!(units.ends_with(open), "{units}");
    assert_eq!(
        table["rows"][2]["values"]["percent_yes_programme"],
        Value::Null
    );
    let indicative = annex(&office, "East 2023/24", " --indicative");
    assert_eq!(
        rows(&indicative, "comparison"),
        rows(&annex(&office, "East 2023/24", ""), "comparison"),
        "of other inspections only what is submitted counts"
    );
}

#[test]
fn two_inspections_of_the_period_before_leave_it_open_which_is_meant() {
    let office = round(&[
        ("East", "2022/23", 10, 10),
        ("East", "2023/24", 30, 30),
        ("West", "2022/23", 20, 20),
    ]);
    office
        .run("inspection change \"West 2022/23\" --provider east --because \"the same\" --quiet")
        .says_nothing();
    assert_eq!(compared(&office, "East 2023/24"), None);
    office
        .run("inspection change \"West 2022/23\" --period 2021/22 --because \"earlier\" --quiet")
        .says_nothing();
    assert_eq!(
        scope(&office, "East 2023/24").unwrap(),
        "East, 2023/24; before: 2022/23, inspection East 2022/23"
    );
}

#[test]
fn without_periods_the_one_that_was_opened_before_is_the_one_before() {
    let office = round(&[
        ("East", "1", 10, 10),
        ("East", "2", 20, 20),
        ("East", "3", 30, 30),
    ]);
    for place in 1..=3 {
        let line = format!("inspection change \"East {place}\" --period \"\" --quiet");
        office
            .run(&format!("{line} --because \"one round\""))
            .says_nothing();
    }
    assert_eq!(
        scope(&office, "East 3").unwrap(),
        "East; before: inspection East 2"
    );
    assert_eq!(
        scope(&office, "East 2").unwrap(),
        "East; before: inspection East 1"
    );
    assert_eq!(compared(&office, "East 1"), None);
}

#[test]
fn a_period_that_only_one_of_two_inspections_has_is_asked_for_in_a_message() {
    let office = round(&[("East", "2022/23", 10, 10), ("East", "2023/24", 30, 30)]);
    let change = |period: &str| {
        let line = format!("inspection change \"East 2023/24\" --period \"{period}\" --quiet");
        office
            .run(&format!("{line} --because \"as it was\""))
            .says_nothing();
    };
    let said = |name: &str| office.run(&format!("annex --inspection \"{name}\"")).stderr;
    assert_eq!(said("East 2023/24"), "");
    change("");
    let note = |other: &str| {
        format!(
            "note: not compared with {other}, because only one of the two has a period: \
             caseaudit inspection change \"East 2023/24\" --period P --because \"…\"\n"
        )
    };
    assert_eq!(said("East 2023/24"), note("East 2022/23"));
    let quiet = "annex --inspection \"East 2023/24\" --quiet";
    assert!(!office.run(quiet).printed().contains("Comparison"));
    assert_eq!(said("East 2022/23"), note("East 2023/24"));
    change("2023/24");
    assert_eq!(said("East 2023/24"), "");
}

#[test]
fn the_words_for_the_figures_have_no_comparison() {
    let office = round(&ROUND);
    let words = annex(&office, "East 2023/24", " --words");
    assert_eq!(
        words["tables"].as_array().unwrap().len(),
        0,
        "its framework has none"
    );
}

#[test]
fn a_closed_inspection_keeps_the_comparison_of_its_day_and_check_takes_no_offence() {
    let office = round(&ROUND);
    let now = || compared(&office, "East 2023/24");
    let before = now();
    office
        .run("inspection close \"East 2023/24\" --quiet")
        .says_nothing();
    assert_eq!(now(), before);
    let west = "--inspection \"West 2023/24\" --quiet";
    for line in [
        "reopen C1 --because \"looked at again\"",
        "record C1 2.1=no 2.2=no",
        "submit C1",
    ] {
        let ran = office.run(&format!("{line} {west}"));
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
    assert_eq!(now(), before);
    office.is_sound();
    office
        .run("inspection reopen \"East 2023/24\" --because \"a late file\" --quiet")
        .says_nothing();
    let table = now().unwrap();
    assert_ne!(Some(&table), before.as_ref(), "it may change again");
}
