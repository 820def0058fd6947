//! Drawing a sample from the made-up extract of samples/north-west-population: the numbers, the choice, and taking it back. Must not
//! know how the record keeps them.

#[path = "../../samples/north-west-population/generator.rs"]
mod generator;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::harness::Office;

/// A folder in which the made-up extract is taken over.
pub(crate) fn populated() -> Office {
    let office = Office::opened();
    office.write("extract.csv", generator::extract());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/north-west-population");
    office.write(
        "columns.toml",
        std::fs::read(folder.join("columns.toml")).unwrap(),
    );
    office
        .run("population import extract.csv --map columns.toml --sample case-supervision --quiet")
        .says_nothing();
    office
}

pub(crate) fn drawn() -> Office {
    let office = populated();
    office
        .run("sample draw case-supervision --seed 20181008")
        .says(
            "Case supervision: 128 cases and 26 reserves drawn from 564, seed 20181008\n\
         every number with its trail: caseaudit sample show case-supervision\n",
        );
    office
}

fn show(office: &Office, line: &str) -> Value {
    serde_json::from_str(&office.run(&format!("{line} --format json")).printed()).unwrap()
}

/// The rows of a table by its id, each as its values by column.
pub(crate) fn rows(report: &Value, id: &str) -> Vec<Value> {
    let tables = report["tables"].as_array().unwrap();
    let table = tables.iter().find(|table| table["id"] == id);
    let rows = table.unwrap_or_else(|| panic!("no table {id}"))["rows"]
        .as_array()
        .unwrap();
    rows.iter().map(|row| row["values"].clone()).collect()
}

#[test]
fn the_committed_extract_is_the_generated_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/north-west-population");
    let committed = std::fs::read_to_string(folder.join("extract-made-up.csv")).unwrap();
    assert!(
        committed == generator::extract(),
        "cargo run --example north-west-population"
    );
}

#[test]
fn the_strata_have_the_numbers_of_the_rule_worked_out_by_hand() {
    let shown = show(&drawn(), "sample show case-supervision");
    let trail = rows(&shown, "trail-1");
    let numbers = |row: &Value| {
        [
            "population",
            "initial",
            "with_buffer",
            "after_rounding",
            "after_limit",
        ]
        .map(|step| row[step].as_u64().unwrap())
    };
    let trail: Vec<[u64; 5]> = trail.iter().map(numbers).collect();
    // 128 × 30/564 = 6.81, 44.03, 10.21, 50.61, 16.34; with a fifth on top 8.4, 52.8, 12, 61.2, 19.2: 153, and 154 are wanted
    // (128 + 25.6), so the smallest gets one more.
    assert_eq!(
        trail,
        [
            [30, 7, 8, 9, 9],
            [194, 44, 53, 53, 53],
            [45, 10, 12, 12, 12],
            [223, 51, 61, 61, 61],
            [72, 16, 19, 19, 19],
            [564, 128, 153, 154, 154],
        ]
    );
}

#[test]
fn every_level_adds_up_to_the_one_above_and_no_officer_gives_more_than_six() {
    let shown = show(&drawn(), "sample show case-supervision");
    for depth in 1..4 {
        let mut sums: BTreeMap<String, u64> = BTreeMap::new();
        for row in rows(&shown, &format!("trail-{}", depth + 1)) {
            let path: Vec<&str> = ["stratum", "level_1", "level_2"]
                .iter()
                .take(depth)
                .map(|level| row[*level].as_str().unwrap())
                .collect();
            *sums.entry(path.join("/")).or_default() += row["after_limit"].as_u64().unwrap();
        }
        for row in rows(&shown, &format!("trail-{depth}")) {
            let path: Vec<&str> = ["stratum", "level_1", "level_2"]
                .iter()
                .take(depth)
                .filter_map(|level| row[*level].as_str())
                .collect();
            if path[0] != "All" {
                assert_eq!(
                    sums[&path.join("/")],
                    row["after_limit"].as_u64().unwrap(),
                    "{path:?}"
                );
            }
        }
    }
    let mut officers: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows(&shown, "trail-4") {
        *officers
            .entry(row["level_3"].as_str().unwrap().to_owned())
            .or_default() += row["after_limit"].as_u64().unwrap();
    }
    assert_eq!(officers.values().max(), Some(&6));
    assert_eq!(officers["RO-0101"], 6, "who has most of the cases");
}

#[test]
fn an_outsider_draws_the_same_cases_from_the_keys() {
    let office = drawn();
    let shown = show(&office, "sample show case-supervision");
    let keys = rows(
        &show(&office, "sample show case-supervision --keys"),
        "draw-keys",
    );
    assert_eq!(keys.len(), 564);
    let mut wanted: BTreeMap<String, u64> = BTreeMap::new();
    let titles: BTreeMap<&str, &str> = BTreeMap::from([
        (
            "male-community-low",
            "Male, community, low risk of serious harm",
        ),
        (
            "male-community-not-low",
            "Male, community, not low risk of serious harm",
        ),
        (
            "male-post-custody-low",
            "Male, post-custody, low risk of serious harm",
        ),
        (
            "male-post-custody-not-low",
            "Male, post-custody, not low risk of serious harm",
        ),
        ("female", "Female"),
    ]);
    let path = |row: &Value, stratum: &str| {
        format!(
            "{stratum}/{}/{}/{}",
            row["level_1"], row["level_2"], row["level_3"]
        )
    };
    for row in rows(&shown, "trail-4") {
        wanted.insert(
            path(&row, row["stratum"].as_str().unwrap()),
            row["after_limit"].as_u64().unwrap(),
        );
    }
    let mut taken: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
    for row in &keys {
        let (stratum, reference) = (
            row["stratum"].as_str().unwrap(),
            row["reference"].as_str().unwrap(),
        );
        let digest = Sha256::digest(format!("20181008|{stratum}|{reference}"));
        let key: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(row["key"], key, "{reference}");
        let is_drawn = row["drawn"].as_str().is_some_and(|drawn| !drawn.is_empty());
        taken
            .entry(path(row, titles[stratum]))
            .or_default()
            .push((key, is_drawn));
    }
    for (group, mut cases) in taken {
        cases.sort();
        let count = usize::try_from(wanted[&group]).unwrap();
        assert!(
            cases
                .iter()
                .enumerate()
                .all(|(place, (_, is_drawn))| *is_drawn == (place < count)),
            "{group}"
        );
    }
}

#[test]
fn the_same_seed_gives_the_same_sample_whatever_the_order_of_the_rows() {
    let selected = |office: &Office| {
        let shown = show(office, "sample show case-supervision");
        (rows(&shown, "selected"), rows(&shown, "reserves"))
    };
    let first = selected(&drawn());
    let office = Office::opened();
    let text = generator::extract();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    office.write("other.csv", lines.join("\r\n"));
    let map = include_str!("../../samples/north-west-population/columns.toml");
    office.write("columns.toml", map);
    office
        .run("population import other.csv --map columns.toml --sample case-supervision --quiet")
        .says_nothing();
    office
        .run("sample draw case-supervision --seed 20181008 --quiet")
        .says_nothing();
    assert_eq!(selected(&office), first);
    office
        .run("sample undo case-supervision --because Again --quiet")
        .says_nothing();
    office
        .run("sample draw case-supervision --seed 7 --quiet")
        .says_nothing();
    assert_ne!(selected(&office), first);
}

#[test]
fn a_seed_that_is_made_up_is_printed_and_kept() {
    let office = populated();
    let said = office.run("sample draw case-supervision").said();
    let seed = said.lines().next().unwrap().rsplit(' ').next().unwrap();
    assert!(seed.len() <= 9 && seed.parse::<u64>().is_ok(), "{said}");
    let facts = rows(&show(&office, "sample show case-supervision"), "sample");
    assert!(
        facts
            .iter()
            .any(|row| row["what"] == "Seed" && row["value"] == seed),
        "{facts:?}"
    );
    office.is_sound();
}

#[test]
fn a_second_draw_waits_for_the_first_to_be_taken_back_while_nothing_is_recorded() {
    let office = drawn();
    office.refuses(
        "sample draw case-supervision",
        "error: case-supervision: a sample is drawn from the population already; take the draw back first: \
         caseaudit sample undo case-supervision --because \"…\" [already-drawn]\n",
    );
    office
        .run("record X102842 2.1.1=yes --quiet")
        .says_nothing();
    office.refuses(
        "sample undo case-supervision --because Wrong",
        "error: X102842: work on the case has begun, so the draw stands; replace single cases: \
         caseaudit case replace REF --because \"…\" [work-begun]\n",
    );
    office
        .run("record X102842 2.1.1=clear --quiet")
        .says_nothing();
    office
        .run("sample undo case-supervision --because \"Wrong month\"")
        .says("the draw is taken back: 128 cases are withdrawn, and nobody's any more; another sample can be drawn\n");
    office.refuses(
        "sample show case-supervision",
        "error: no sample case-supervision is drawn; draw it: caseaudit sample draw case-supervision [not-drawn]\n",
    );
    office
        .run("sample draw case-supervision --seed 20181008 --quiet")
        .says_nothing();
    office.is_sound();
    let cases = office.run("case list --format csv").printed();
    assert_eq!(cases.matches(",untouched").count(), 128);
    assert_eq!(
        cases.matches(",withdrawn").count(),
        0,
        "the same cases came back"
    );
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let office = populated();
    office.refuses(
        "sample draw case-supervision --size 565",
        "error: there are only 564 cases; give a number up to that [wrong-value]\n",
    );
    office.refuses(
        "sample draw case-supervision --size 0",
        "error: a sample has at least one case; give a larger --size [wrong-value]\n",
    );
    office.refuses(
        "sample draw staff-interviews",
        "error: the framework does not say how the sample staff-interviews is drawn; add its cases with `caseaudit import cases`, \
         or state [sample.draw] in a framework of your own [no-draw-stated]\n",
    );
    Office::opened().refuses(
        "sample draw case-supervision",
        "error: there is no population yet; take over an extract: caseaudit population import FILE --sample case-supervision [no-population]\n",
    );
    office
        .run("case add X102842 --sample case-supervision --quiet")
        .says_nothing();
    office.refuses(
        "sample draw case-supervision --seed 20181008",
        "error: X102842: the inspection has a case of this reference already, which no draw brought in; \
         withdraw it first, or leave it out of the extract [duplicate-reference]\n",
    );
}

#[test]
fn the_size_needs_no_database_and_goes_both_ways() {
    let office = Office::new();
    let size = |line: &str| {
        let report = show(&office, &format!("sample size {line}"));
        let rows = rows(&report, "sample-size").into_iter();
        let rows = rows.map(|row| {
            let value = row["value"].as_str().map(str::to_owned);
            let value = value.unwrap_or_else(|| row["value"].to_string());
            format!("{}: {value}", row["what"].as_str().unwrap())
        });
        rows.collect::<Vec<_>>().join("; ")
    };
    let shown = office
        .run("sample size --population 600000 --margin 0.05")
        .printed();
    assert!(
        shown.contains("600,000") && shown.contains("439,465"),
        "{shown}"
    );
    let refused = office.run("sample size --population 564 --margin 5.0000001");
    assert!(
        refused.stderr.contains("with at most six decimals"),
        "{}",
        refused.stderr
    );
    assert!(size("--population 564").contains("Cases needed: 128"));
    assert!(
        size("--population 100000 --confidence 95 --margin 2.5").contains("Cases needed: 1514")
    );
    let reverse = size("--population 564 --sample 128");
    assert!(
        reverse.ends_with(
            "Cases looked at: 128; Margin of error of so many cases: 4.98 percentage points"
        ),
        "{reverse}"
    );
    office
        .run("sample size --population 5 --sample 9")
        .fails("error: there are only 5 cases; give a number up to that [wrong-value]\n");
}

#[test]
fn a_draw_that_falls_short_says_by_how_much_and_why() {
    let office = populated();
    let drawn = |size: u64| {
        let line = format!("sample draw case-supervision --seed 1 --size {size}");
        let said = office.run(&line).said();
        office
            .run("sample undo case-supervision --because Again --quiet")
            .says_nothing();
        said
    };
    let reason = "what officers above the limit do not give, only others of the same unit and stratum can, and they have no more";
    assert_eq!(
        drawn(300),
        format!(
            "Case supervision: 270 cases and 0 reserves drawn from 564, seed 1\n\
             note: your sample is 30 short of the size of 300, and has no reserves: {reason}\n\
             every number with its trail: caseaudit sample show case-supervision\n"
        )
    );
    let said = drawn(230);
    assert!(
        said.contains(&format!(
            " reserves fewer than the buffer asks for: {reason}\n"
        )),
        "{said}"
    );
    assert!(drawn(1).starts_with("Case supervision: 1 case and 0 reserves drawn"));
}
