//! The demo's outputs against golden files that a person can review in a diff (`tests/golden`), and against published figures.
//!
//! `SNAPSHOTS=overwrite cargo test --test it golden` writes the files anew. Must not compute a figure that the program prints.

use snapbox::{Data, assert_data_eq, file};

use super::harness::{Office, find_question};
use super::package::{package_lines, package_text};

/// The result of a command on the demo's database.
fn demo(line: &str) -> String {
    let office = Office::new();
    office.run("demo --quiet").printed();
    office.run(&format!("--db demo.db {line}")).printed()
}

#[test]
fn demo_prints_its_annex_and_says_what_is_made_up_and_what_to_do_next() {
    let office = Office::new();
    let ran = office.run("demo");
    assert_eq!(ran.code, Some(0));
    assert_data_eq!(
        ran.stdout,
        file!["../golden/north-west-2018/annex.txt"].raw()
    );
    let next = "next: caseaudit --db demo.db rate, or progress, history CS-001, annex --counts\n";
    assert_eq!(
        ran.stderr,
        format!(
            "created demo.db: every case in it is made up, only the percentages and ratings are published ones\n{next}"
        )
    );
    let again = office.run("demo");
    assert_eq!(again.stdout, demo("annex"));
    assert_eq!(
        again.stderr,
        format!(
            "demo.db is here already: this is its annex; delete the file to start afresh\n{next}"
        )
    );
}

#[test]
fn a_demo_that_was_broken_off_is_made_afresh() {
    let office = Office::new();
    office.write("demo.db.part", "half of it");
    office.run("demo --quiet").printed();
    let left: Vec<_> = std::fs::read_dir(office.path(".")).unwrap().collect();
    assert_eq!(left.len(), 1, "demo.db alone is left: {left:?}");
}

#[test]
fn every_demo_makes_the_same_record() {
    let latest = || {
        let office = Office::new();
        office.run("demo --quiet").printed();
        office.run("--db demo.db check").printed()
    };
    let checked = latest();
    assert_eq!(checked, latest());
    assert!(checked.starts_with("demo.db: sound: "), "{checked}");
}

#[test]
fn annex_as_markdown() {
    assert_data_eq!(
        demo("annex --format markdown"),
        file!["../golden/north-west-2018/annex.md"].raw()
    );
}

#[test]
fn annex_as_csv() {
    assert_data_eq!(
        demo("annex --format csv"),
        file!["../golden/north-west-2018/annex.csv"].raw()
    );
}

#[test]
fn annex_as_json() {
    assert_data_eq!(
        demo("annex --format json"),
        file!["../golden/north-west-2018/annex.json"].raw()
    );
}

/// The demo's annex as a file of this format, made twice.
fn demo_file(format: &str) -> Vec<u8> {
    let office = Office::new();
    office.run("demo --quiet").printed();
    let write = |name: &str| {
        let line = format!("--db demo.db annex --format {format} --out {name} --quiet");
        office.run(&line).says_nothing();
        std::fs::read(office.path(name)).unwrap()
    };
    let bytes = write("one");
    assert_eq!(bytes, write("other"), "two runs differ");
    bytes
}

#[test]
fn annex_as_open_document_spreadsheet() {
    assert_data_eq!(
        package_text(&demo_file("ods")),
        file!["../golden/north-west-2018/annex.ods.txt"].raw()
    );
}

#[test]
fn annex_as_word_document() {
    assert_data_eq!(
        package_lines(&demo_file("docx")),
        file!["../golden/north-west-2018/annex.docx.txt"].raw()
    );
}

#[test]
fn annex_as_excel_workbook() {
    assert_data_eq!(
        package_text(&demo_file("xlsx")),
        file!["../golden/north-west-2018/annex.xlsx.txt"].raw()
    );
}

#[test]
fn annex_with_subgroups() {
    assert_data_eq!(
        demo("annex --by gender --format markdown"),
        file!["../golden/north-west-2018/annex-by-gender.md"].raw()
    );
}

#[test]
fn annex_with_counts() {
    assert_data_eq!(
        demo("annex --counts"),
        file!["../golden/north-west-2018/annex-counts.txt"].raw()
    );
}

#[test]
fn ratings_with_reasons() {
    assert_data_eq!(
        demo("rate"),
        file!["../golden/north-west-2018/rate.txt"].raw()
    );
}

#[test]
fn ratings_for_programs() {
    assert_data_eq!(
        demo("rate --format json"),
        file!["../golden/north-west-2018/rate.json"].raw()
    );
}

#[test]
fn ratings_by_local_delivery_unit() {
    assert_data_eq!(
        demo("rate --by ldu --format markdown"),
        file!["../golden/north-west-2018/rate-by-ldu.md"].raw()
    );
}

#[test]
fn progress_of_the_demo() {
    assert_data_eq!(
        demo("progress --by cluster"),
        file!["../golden/north-west-2018/progress.txt"].raw()
    );
}

#[test]
fn history_of_the_demo() {
    assert_data_eq!(
        demo("history"),
        file!["../golden/north-west-2018/history.txt"].raw()
    );
}

/// Checks a wrong framework file, and compares with what stands beside it.
fn check_wrong_framework(name: &str, text: &str, expected: Data) {
    let office = Office::new();
    office.write(name, text);
    let ran = office.run(&format!("framework check {name}"));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert_data_eq!(ran.stderr, expected);
}

#[test]
fn every_problem_of_a_framework_file_is_shown_under_its_line() {
    check_wrong_framework(
        "everything-wrong.toml",
        include_str!("../golden/framework-check/everything-wrong.toml"),
        file!["../golden/framework-check/everything-wrong.txt"].raw(),
    );
    check_wrong_framework(
        "measures-wrong.toml",
        include_str!("../golden/framework-check/measures-wrong.toml"),
        file!["../golden/framework-check/measures-wrong.txt"].raw(),
    );
}

#[test]
fn a_framework_of_every_rule_and_setting_is_shown_in_words() {
    let office = Office::new();
    office.write(
        "every-rule.toml",
        include_str!("../golden/framework-show/every-rule.toml"),
    );
    office.run("init --quiet").says_nothing();
    office
        .run("framework add every-rule.toml --quiet")
        .says_nothing();
    assert_data_eq!(
        office.run("framework show card --format md").printed(),
        file!["../golden/framework-show/every-rule.md"].raw()
    );
}

#[test]
fn an_annex_file_is_what_stdout_gets_in_the_format_of_its_ending() {
    let office = Office::new();
    office.run("demo --quiet").printed();
    for ending in ["md", "csv", "json", "txt"] {
        let name = format!("annex.{ending}");
        office
            .run(&format!("--db demo.db annex --out {name}"))
            .says(&format!("wrote {name}\n"));
    }
    let file = |name: &str| std::fs::read_to_string(office.path(name)).unwrap();
    let format = |format: &str| {
        let line = format!("--db demo.db annex --format {format}");
        office.run(&line).printed()
    };
    assert_eq!(file("annex.md"), format("markdown"));
    assert_eq!(file("annex.csv"), format("csv"));
    assert_eq!(file("annex.json"), format("json"));
    assert_eq!(file("annex.txt"), format("terminal"));
    for ending in ["docx", "ods", "xlsx"] {
        let name = format!("annex.{ending}");
        office
            .run(&format!("--db demo.db annex --out {name}"))
            .says(&format!("wrote {name}\n"));
        let line = format!("--db demo.db annex --format {ending}");
        let args: Vec<&str> = line.split(' ').collect();
        let piped = office.command(&args).output().unwrap();
        assert_eq!(std::fs::read(office.path(&name)).unwrap(), piped.stdout);
    }
    let left: Vec<_> = std::fs::read_dir(office.path(".")).unwrap().collect();
    assert_eq!(left.len(), 8, "nothing else is left behind: {left:?}");
}

#[test]
fn an_annex_never_takes_the_place_of_the_database_and_its_ending_must_have_a_format() {
    let office = Office::opened();
    let parts = ["caseaudit.db-wal", "./caseaudit.db-shm"];
    for name in ["caseaudit.db", "./caseaudit.db"].iter().chain(&parts) {
        office.refuses(
            &format!("annex --format json --out {name}"),
            &format!(
                "error: {name}: it is the database itself; name another file with --out [already-exists]\n"
            ),
        );
    }
    office.refuses(
        "annex --out annex.pdf",
        "error: annex.pdf: there is no format for the ending .pdf; \
         end the name in .docx, .html, .ods, .xlsx, .md, .csv, .json or .txt, or choose a --format [wrong-value]\n",
    );
}

/// Key questions and their percent yes.
type Percentages = &'static [(&'static str, u64)];

/// Annex 2 of the report of October 2018; domain one in the order of the report.
const PUBLISHED: [(&str, &str, Percentages); 10] = [
    ("1.1", "Good", &[]),
    ("1.2", "Requires improvement", &[]),
    ("1.3", "Good", &[]),
    ("1.4", "Requires improvement", &[]),
    (
        "2.1",
        "Good",
        &[("2.1.1", 83), ("2.1.2", 81), ("2.1.3", 76)],
    ),
    (
        "2.2",
        "Good",
        &[("2.2.1", 75), ("2.2.2", 80), ("2.2.3", 71)],
    ),
    (
        "2.3",
        "Good",
        &[("2.3.1", 90), ("2.3.2", 71), ("2.3.3", 71)],
    ),
    (
        "2.4",
        "Good",
        &[("2.4.1", 82), ("2.4.2", 74), ("2.4.3", 66)],
    ),
    ("3.1", "Good", &[("3.1.1", 75), ("3.1.2", 73)]),
    ("3.2", "Outstanding", &[("3.2.1", 82), ("3.2.2", 90)]),
];

#[test]
fn the_demo_gives_the_published_ratings_and_percentages() {
    let rated: serde_json::Value = serde_json::from_str(&demo("rate --format json")).unwrap();
    assert_eq!(rated["overall"]["rating"], "Good");
    assert_eq!(rated["overall"]["points"], 19);
    assert_eq!(rated["overall"]["max_points"], 30);
    let standards = rated["standards"].as_array().unwrap();
    assert_eq!(standards.len(), PUBLISHED.len());
    for (standard, (number, rating, questions)) in standards.iter().zip(PUBLISHED) {
        assert_eq!(standard["number"], number);
        assert_eq!(standard["rating"], rating, "{number}");
        assert_eq!(standard["judged"], questions.is_empty(), "{number}");
        let percents: Vec<(&str, u64)> = standard["questions"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|question| {
                Some((question["number"].as_str()?, question["percent"].as_u64()?))
            })
            .collect();
        assert_eq!(percents, questions, "{number}");
    }
}

#[test]
fn the_demo_counts_what_its_sample_says_and_leaves_unpublished_figures_missing() {
    let rated: serde_json::Value = serde_json::from_str(&demo("rate --format json")).unwrap();
    let expected = include_str!("../../samples/north-west-2018/expected.csv");
    let mut rows = csv::Reader::from_reader(expected.as_bytes());
    for row in rows.records() {
        let row = row.unwrap();
        let question = find_question(&rated, &row[0]);
        let counts = ["yes", "no", "percent"].map(|key| question[key].to_string());
        assert_eq!(counts, [&row[1], &row[2], &row[3]], "{}", &row[0]);
    }
    for number in ["3.2.3", "3.2.4"] {
        let question = find_question(&rated, number);
        assert!(question["percent"].is_null() && question["rating"].is_null());
        assert_eq!(
            (question["yes"].as_u64(), question["no"].as_u64()),
            (Some(0), Some(0))
        );
        assert_eq!(question["unanswered"], 10);
        assert_eq!(question["not_asked"], 118);
    }
}
