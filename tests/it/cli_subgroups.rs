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

/// Twelve cases of each kind but two, of which one kind is too few and one is never asked the first question.
#[test]
fn a_question_that_is_never_asked_of_a_group_is_not_applicable_to_it() {
    let office = Office::new();
    let framework = "id = \"s\"\ntitle = \"S\"\nedition = \"1\"\nsource = \"x\"\n\
        [scale]\nratings = [{ id = \"poor\", title = \"Poor\", points = 0 }, { id = \"good\", title = \"Good\", points = 1 }]\n\
        [bands]\ngood = 50\n[overall]\nrule = \"points-total\"\n\
        [[sample]]\nid = \"o\"\ntitle = \"Cases\"\n\
        [[sample.information]]\nid = \"sex\"\ntitle = \"Sex\"\nchoices = [\"male\", \"female\", \"other\"]\n\
        [[standard]]\nnumber = \"1\"\ntitle = \"One\"\nrule = \"lowest-key-question\"\n\
        [[standard.question]]\nnumber = \"1.1\"\nsample = \"o\"\ntext = \"Asked of some?\"\napplies_when = { sex = [\"male\", \"other\"] }\n\
        [[standard.question]]\nnumber = \"1.2\"\nsample = \"o\"\ntext = \"Asked of all?\"\n";
    office.write("s.toml", framework);
    let (mut cases, mut answers) = (
        "reference,sample,sex\n".to_owned(),
        "reference,question,answer\n".to_owned(),
    );
    for (sex, count) in [("male", 14), ("female", 12), ("other", 3), ("", 15)] {
        for number in 0..count {
            let reference = format!("{}-{number}", if sex.is_empty() { "unknown" } else { sex });
            cases.push_str(&format!("{reference},o,{sex}\n"));
            let answer = if number % 2 == 0 { "yes" } else { "no" };
            if sex != "female" {
                answers.push_str(&format!("{reference},1.1,{answer}\n"));
            }
            answers.push_str(&format!("{reference},1.2,{answer}\n"));
        }
    }
    office.write("cases.csv", &cases);
    office.write("answers.csv", &answers);
    for line in [
        "init",
        "framework add s.toml",
        "inspection new I --framework s --provider P",
        "import cases cases.csv",
        "import answers answers.csv --submit",
    ] {
        let ran = office.run(&format!("--db s.db --quiet {line}"));
        assert_eq!(ran.code, Some(0), "{line}: {}", ran.stderr);
    }
    let printed = office
        .run("--db s.db --quiet annex --by sex --format csv")
        .printed();
    let rows = printed
        .lines()
        .filter(|row| row.starts_with("cases-by-sex,"));
    let told = |row: &str| {
        let symbols = ["[z]", "[c]"]
            .into_iter()
            .find(|symbol| row.contains(symbol));
        let names = ["Male", "Female", "Other", "not recorded"];
        let name = names.into_iter().find(|name| row.contains(name)).unwrap();
        let question = ["1.1", "1.2"]
            .into_iter()
            .find(|number| row.contains(number));
        format!(
            "{} {name} {}",
            question.unwrap_or("all"),
            symbols.unwrap_or("shown")
        )
    };
    assert_eq!(
        rows.map(told).collect::<Vec<_>>(),
        [
            "1.1 Male [c]",
            "1.1 Female [z]",
            "1.1 not recorded shown",
            "1.2 Male shown",
            "1.2 Female [c]",
            "1.2 not recorded shown",
            "all Other [c]",
        ]
    );
}

#[test]
fn whoever_switches_suppression_off_is_told_in_the_annex() {
    let office = with_demo();
    let says = |smallest: u64| {
        let line =
            format!("--db demo.db annex --by cluster --smallest-group {smallest} --format md");
        let printed = office.run(&line).printed();
        printed.contains("No group is suppressed, however few its cases")
    };
    assert!(says(0) && says(1) && !says(2));
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
