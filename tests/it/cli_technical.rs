//! `annex --technical`: how sure the figures are, on the demo and on a drawn sample. Must not compute a figure that the program prints.

use std::collections::BTreeMap;

use serde_json::Value;
use snapbox::{assert_data_eq, file};

use super::cli_sample::{drawn, rows};
use super::harness::Office;

/// What `tests/survey/intervals.R` prints.
const SURVEY: &str = include_str!("../survey/intervals.txt");

fn demo(line: &str) -> String {
    let office = Office::new();
    office.run("demo --quiet").printed();
    office.run(&format!("--db demo.db {line}")).printed()
}

#[test]
fn technical_tables_in_the_terminal() {
    assert_data_eq!(
        demo("annex --technical"),
        file!["../golden/north-west-2018/annex-technical.txt"].raw()
    );
}

#[test]
fn technical_tables_as_markdown_with_all_counts() {
    assert_data_eq!(
        demo("annex --technical --counts --format markdown"),
        file!["../golden/north-west-2018/annex-technical.md"].raw()
    );
}

#[test]
fn the_published_tables_stay_as_they_are_and_two_runs_are_alike() {
    let read = |line: &str| -> Value { serde_json::from_str(&demo(line)).unwrap() };
    let published = read("annex --format json");
    let technical = read("annex --technical --format json");
    assert_eq!(technical, read("annex --technical --format json"));
    let tables = |annex: &Value| annex["tables"].as_array().unwrap().clone();
    let (published, technical) = (tables(&published), tables(&technical));
    assert_eq!(technical[..published.len()], published);
    let ids = technical[published.len()..]
        .iter()
        .map(|table| table["id"].as_str().unwrap());
    assert_eq!(
        ids.collect::<Vec<_>>(),
        [
            "sureness-of-percentages",
            "sureness-of-ratings",
            "answers-to-another-rating"
        ]
    );
}

/// The strata of a sample as a line of the survey script: population, cases, yes and no of each, with one case that was not drawn.
fn describe_strata(shown: &Value, answered: &BTreeMap<String, bool>) -> String {
    let mut strata: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut drawn = 0;
    for case in rows(shown, "selected")
        .iter()
        .chain(&rows(shown, "reserves"))
    {
        let Some(yes) = answered.get(case["reference"].as_str().unwrap()) else {
            continue;
        };
        let counts = strata
            .entry(case["stratum"].as_str().unwrap().to_owned())
            .or_default();
        counts[0] += 1;
        counts[if *yes { 1 } else { 2 }] += 1;
        drawn += 1;
    }
    assert_eq!(drawn, answered.len() - 1);
    let populations = rows(shown, "trail-1");
    let described = populations.iter().filter_map(|row| {
        let [cases, yes, no] = strata.get(row["stratum"].as_str()?)?;
        Some(format!("{}:{cases}:{yes}:{no}", row["population"]))
    });
    format!("{} 1:1:1:0", described.collect::<Vec<_>>().join(" "))
}

#[test]
fn a_drawn_sample_is_estimated_by_its_strata_as_the_survey_package_does() {
    let office = drawn();
    office
        .run("case replace X102842 --because \"Moved abroad\"")
        .said();
    office
        .run("case add HAND-1 --sample case-supervision --quiet")
        .says_nothing();
    let sample = || -> Value {
        let shown = office
            .run("sample show case-supervision --format json")
            .printed();
        serde_json::from_str(&shown).unwrap()
    };
    let listed: Value =
        serde_json::from_str(&office.run("case list --format json").printed()).unwrap();
    let table = listed["tables"][0]["rows"].as_array().unwrap();
    let cases = table.iter().map(|row| &row["values"]);
    let cases = cases.filter(|case| case["status"] != "withdrawn");
    let references: Vec<String> = cases
        .map(|case| case["reference"].as_str().unwrap().to_owned())
        .collect();
    // Two of three say yes; some cases are not begun, and the one that was added by hand counts, too.
    let answered: BTreeMap<String, bool> = references
        .into_iter()
        .enumerate()
        .filter(|(place, reference)| place % 5 != 3 || reference == "HAND-1")
        .map(|(place, reference)| (reference.clone(), place % 3 != 1 || reference == "HAND-1"))
        .collect();
    let answers = answered
        .iter()
        .map(|(reference, yes)| format!("{reference},2.1.1,{}\n", if *yes { "yes" } else { "no" }));
    office.write(
        "answers.csv",
        format!("reference,question,answer\n{}", answers.collect::<String>()),
    );
    office
        .run("import answers answers.csv --quiet")
        .says_nothing();
    let annex: Value = serde_json::from_str(
        &office
            .run("annex --technical --indicative --format json")
            .printed(),
    )
    .unwrap();
    let question = rows(&annex, "sureness-of-percentages")[0].clone();
    let line = describe_strata(&sample(), &answered);
    let expected = SURVEY
        .lines()
        .find_map(|known| known.strip_prefix(&format!("{line} | ")));
    let expected = expected.unwrap_or_else(|| panic!("add to tests/survey/intervals.R: {line}"));
    let given = ["estimate", "low", "high"].map(|column| question[column].to_string());
    let expected: Vec<String> = expected
        .split(' ')
        .map(|figure| format!("{:.1}", figure.parse::<f64>().unwrap() * 100.0))
        .collect();
    assert_eq!(given.as_slice(), expected);
    assert_eq!(
        (&question["population"], &question["cases"]),
        (&Value::from(564), &Value::from(answered.len()))
    );
    let table = annex["tables"]
        .as_array()
        .unwrap()
        .iter()
        .find(|table| table["id"] == "sureness-of-percentages");
    assert_eq!(
        table.unwrap()["notes"][0],
        "Case supervision: estimated from 5 strata of the draw, each case weighted by how many it was drawn from, with the \
         correction for a finite population of 564 cases; 1 case was not drawn and stands for itself alone"
    );
}

#[test]
fn a_programme_has_no_technical_tables_and_an_inspection_without_cases_says_what_is_missing() {
    let office = Office::opened();
    office
        .run("annex --technical --programme P")
        .gets_usage("--technical");
    let annex: Value =
        serde_json::from_str(&office.run("annex --technical --format json").printed()).unwrap();
    let percentages = rows(&annex, "sureness-of-percentages");
    assert!(
        percentages
            .iter()
            .all(|row| row["low"].is_null() && row["cases"] == 0)
    );
    let ratings = rows(&annex, "sureness-of-ratings");
    assert!(ratings.iter().all(|row| row["chances"].is_null()));
}

#[test]
fn confidence_seed_and_draws_are_what_is_asked_for_and_the_method_lines_say_them() {
    let office = Office::new();
    office.run("demo --quiet").printed();
    let annex = |options: &str| {
        let line = format!("--db demo.db annex --technical --format json {options}");
        office.run(&line).printed()
    };
    let usual = annex("");
    assert_eq!(annex("--confidence 95 --seed 1 --draws 10000"), usual);
    let other = annex("--confidence 80 --seed 7 --draws 2000");
    assert!(other.contains("its interval at 80% confidence"), "{other}");
    assert!(other.contains("Drawn again 2,000 times with the seed 7"));
    assert!(other.contains("Percent of 2,000 samples"));
    let lower = |annex: &str| {
        let annex: Value = serde_json::from_str(annex).unwrap();
        rows(&annex, "sureness-of-percentages")[0]["low"].as_f64()
    };
    assert!(lower(&usual) < lower(&other));
    office
        .run("--db demo.db annex --charts pictures --confidence 80 --quiet")
        .says_nothing();
    let chart = std::fs::read_to_string(office.path("pictures/chart-2-1.svg")).unwrap();
    assert!(chart.contains("Intervals at 80% confidence."), "{chart}");
}

#[test]
fn confidence_seed_and_draws_are_refused_where_they_say_nothing() {
    let office = Office::opened();
    for (options, naming) in [
        ("--seed 7", "--technical"),
        ("--draws 2000", "--technical"),
        ("--words --seed 7", "--words"),
        ("--words --confidence 80", "--words"),
        ("--programme P --confidence 80", "--programme"),
    ] {
        office.run(&format!("annex {options}")).gets_usage(naming);
    }
    office
        .run("annex --technical --draws 999")
        .gets_usage("1000..=1000000");
    for options in ["", "--format json", "--format html --no-charts"] {
        office
            .run(&format!("annex --confidence 80 {options}"))
            .fails(
                "error: --confidence says nothing here: no interval is shown; leave it out, or add --technical, or --charts FOLDER; \
                 the formats docx and html show charts of themselves [wrong-value]\n",
            );
    }
    office.run("annex --technical --confidence 20").fails(
        "error: a confidence of 20% is out of range; give 50 to 99.9 percent, with at most two decimals, such as --confidence 95 \
         [wrong-value]\n",
    );
}

#[test]
fn published_figures_are_not_measured_again() {
    let office = Office::new();
    office.run("demo --quiet").printed();
    office
        .run("--db demo.db inspection close --quiet")
        .says_nothing();
    for options in [
        "--technical --seed 1",
        "--technical --confidence 95",
        "--technical --draws 2000",
    ] {
        office.run(&format!("--db demo.db annex {options}")).fails(
            "error: North West 2018, made-up cases: its figures are published: intervals and chances are shown as they were stored; \
             leave --confidence, --seed and --draws out; to publish anew: caseaudit inspection reopen \"North West 2018, made-up \
             cases\" --because \"…\" [closed]\n",
        );
    }
}

/// A standard whose only part is a measure that is the percent yes of a prompt.
const MEASURED: &str = r#"id = "quality"
title = "Quality"
edition = "2026"
source = "Made up"
[scale]
ratings = [{ id = "poor", title = "Poor", points = 0 }, { id = "good", title = "Good", points = 1 }]
[bands]
good = 50
[share_bands]
good = 50
[overall]
rule = "weighted-share"
[[sample]]
id = "cases"
[[measure]]
id = "M1"
title = "Views heard"
unit = "%"
better = "higher"
bands = { good = 60 }
percent_yes_of = "1.1a"
[[standard]]
number = "1"
title = "Practice"
rule = "judged"
[[standard.question]]
number = "1.1"
sample = "cases"
text = "Is it good?"
[[standard.question.prompt]]
letter = "a"
text = "Were views heard?"
[[standard]]
number = "2"
title = "Quality"
rule = "weighted-share"
measures = ["M1"]
"#;

#[test]
fn a_rating_of_a_measure_that_is_taken_from_answers_is_no_surer_than_these() {
    let office = Office::new();
    office.write("quality.toml", MEASURED);
    for line in [
        "init",
        "framework add quality.toml",
        "inspection new North --framework quality --provider North",
    ] {
        office.run(&format!("{line} --quiet")).says_nothing();
    }
    // Six of ten, just enough.
    for case in 0..10 {
        let answer = if case < 6 { "yes" } else { "no" };
        for line in [
            format!("case add CS-{case} --sample cases"),
            format!("record CS-{case} 1.1={answer} 1.1a={answer}"),
            format!("submit CS-{case}"),
        ] {
            office.run(&format!("{line} --quiet")).says_nothing();
        }
    }
    let annex = office.run("annex --technical --counts --format json");
    let annex: Value = serde_json::from_str(&annex.printed()).unwrap();
    let ratings = rows(&annex, "sureness-of-ratings");
    let quality = ratings.iter().find(|row| row["number"] == "2").unwrap();
    // The binomial chance of six or more of ten with 0.6 is 63.3%.
    assert_eq!(quality["chances"], "Good 63%, Poor 37%");
    let tables = annex["tables"].as_array().unwrap().iter();
    let mut differ = tables.filter(|table| table["id"] == "answers-to-another-rating");
    assert_eq!(
        differ.next().unwrap()["rows"][1]["missing"]["worse_answers"],
        serde_json::json!({"symbol": "[x]", "reason": "a measure is taken from answers, and would move with them"})
    );
    let text = office.run("annex --technical --format md").printed();
    assert!(text.contains("Measures that are taken from these answers move with them"));
}
