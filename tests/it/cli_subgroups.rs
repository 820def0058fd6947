//! Tables of groups of cases in the annex, and what is suppressed of them. Must not know how it is decided what is.

use serde_json::Value;

use super::harness::Office;

fn with_demo() -> Office {
    let office = Office::new();
    office.run("demo --quiet").printed();
    office
}

/// The tables of an annex as programs read them.
fn tables(office: &Office, options: &str) -> Vec<Value> {
    let printed = office
        .run(&format!(
            "--db demo.db --quiet annex {options} --format json"
        ))
        .printed();
    let report: Value = serde_json::from_str(&printed).unwrap();
    report["tables"].as_array().unwrap().clone()
}

fn id(table: &Value) -> &str {
    table["id"].as_str().unwrap()
}

#[test]
fn each_piece_of_case_information_adds_a_table_for_each_sample_that_has_it() {
    let office = with_demo();
    let plain = tables(&office, "");
    let with = |options: &str| -> Vec<String> {
        let tables = tables(&office, options);
        assert_eq!(tables[..plain.len()], plain, "the published tables stay");
        tables[plain.len()..]
            .iter()
            .map(|table| id(table).to_owned())
            .collect()
    };
    let both = [
        "case-supervision-by-gender",
        "court-reports-and-case-allocation-by-gender",
        "case-supervision-by-rosh",
    ];
    assert_eq!(with("--by gender"), both[..2]);
    assert_eq!(with("--by gender,rosh"), both);
    assert_eq!(with("--by gender --by rosh --by gender"), both);
}

#[test]
fn the_smallest_group_is_a_setting() {
    let office = with_demo();
    let suppressed = |options: &str| {
        let tables = tables(&office, options);
        let text = tables
            .iter()
            .find(|table| id(table) == "case-supervision-by-gender")
            .unwrap();
        text.to_string().matches("\"[c]\"").count()
    };
    let default = suppressed("--by gender");
    assert!(default > 0);
    assert_eq!(suppressed("--by gender --smallest-group 10"), default);
    for smallest in ["0", "1"] {
        assert_eq!(
            suppressed(&format!("--by gender --smallest-group {smallest}")),
            0
        );
    }
}

#[test]
fn what_cannot_be_a_group_is_refused() {
    let office = with_demo();
    office.run("--db demo.db annex --by gendre").fails(
        "error: no sample has case information gendre; did you mean gender? [unknown-attribute]\n",
    );
    for line in [
        "annex --smallest-group 5",
        "annex --by gender --smallest-group few",
        "annex --by gender --words",
        "annex --by gender --programme P",
    ] {
        let ran = office.run(&format!("--db demo.db {line}"));
        assert_eq!(ran.code, Some(2), "{line}");
    }
}

#[test]
fn whoever_asks_for_tables_that_may_tell_of_each_other_is_told() {
    let office = with_demo();
    let notice = "Each table of groups hides its own small groups.";
    let says = |options: &str| {
        let line = format!("--db demo.db annex {options} --format md");
        office.run(&line).printed().contains(notice)
    };
    assert!(!says("--by gender"));
    assert!(says("--by cluster,ldu"));
    assert!(!says("--by gender --technical"), "the demo has no draw");
}

#[test]
fn every_format_holds_the_suppressed_figures_as_shorthand() {
    let office = with_demo();
    for format in ["terminal", "markdown", "csv", "json"] {
        let line = format!("--db demo.db annex --by gender --format {format}");
        let printed = office.run(&line).printed();
        assert!(printed.replace('\\', "").contains("[c]"), "{format}");
    }
}
