//! The annex as JSON, for programs: every value has the type that its column promises, and what is missing says so and is never 0.
//!
//! Must not know any figure.

use serde_json::Value;

use super::harness::Office;

/// What an annex can show of the demo, and of the same inspection before anything is answered.
const ANNEXES: [&str; 5] = [
    "annex --counts",
    "annex --counts --technical",
    "annex --counts --by rosh,ldu",
    "annex --words",
    "annex --counts --technical --indicative",
];

fn read(printed: &str) -> Vec<Value> {
    let report: Value = serde_json::from_str(printed).unwrap();
    report["tables"].as_array().unwrap().clone()
}

/// Whether a value that is there is of its column's kind.
fn fits(kind: &str, value: &Value) -> bool {
    match kind {
        "count" => value.is_u64(),
        "percent" => value.as_u64().is_some_and(|percent| percent <= 100),
        "figure" => value.is_number(),
        "text" | "code" | "rating" => value.is_string(),
        _ => false,
    }
}

/// Holds each value of a table to its column; gives how many are suppressed, and how many are missing otherwise.
fn hold(table: &Value) -> [usize; 2] {
    let [mut suppressed, mut missing] = [0, 0];
    let columns = table["columns"].as_array().unwrap();
    for row in table["rows"].as_array().unwrap() {
        assert_eq!(row["values"].as_object().unwrap().len(), columns.len());
        for column in columns {
            let id = column["id"].as_str().unwrap();
            let value = &row["values"][id];
            let reason = &row["missing"][id];
            if !value.is_null() {
                assert!(reason.is_null(), "{id} is there and missing: {row}");
                let kind = column["kind"].as_str().unwrap();
                assert!(fits(kind, value), "{id} is no {kind}: {row}");
                continue;
            }
            match reason["symbol"].as_str() {
                Some(symbol) => {
                    assert_ne!(table["legend"][symbol], Value::Null, "{symbol}: {row}");
                    assert_ne!(reason["reason"], "", "{row}");
                    let count = if symbol == "[c]" {
                        &mut suppressed
                    } else {
                        &mut missing
                    };
                    *count += 1;
                }
                None => assert_ne!(
                    table["blank_cells"], "",
                    "{id} is null without a reason: {row}"
                ),
            }
        }
    }
    [suppressed, missing]
}

#[test]
fn counts_are_integers_figures_numbers_and_what_is_missing_is_null_with_its_reason() {
    let office = Office::opened();
    office.run("demo --quiet").printed();
    for (line, suppresses) in ANNEXES.map(|line| (line, line.contains("--by"))) {
        for database in ["demo.db", "caseaudit.db"] {
            let line = format!("--db {database} {line} --format json");
            let tables = read(&office.run(&line).printed());
            assert!(!tables.is_empty());
            let counts: Vec<[usize; 2]> = tables.iter().map(hold).collect();
            let [suppressed, missing] =
                [0, 1].map(|which| counts.iter().map(|count| count[which]).sum::<usize>());
            let is_demo = database == "demo.db";
            assert_eq!(suppressed > 0, suppresses && is_demo, "{line}");
            assert!(missing > 0, "the demo leaves two questions open: {line}");
        }
    }
}
