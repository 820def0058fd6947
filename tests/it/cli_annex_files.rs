//! The annex as a page, as charts, as a file for each table, and in words: against golden files of the demo.
//!
//! Must not compute a figure that the program prints.

use std::collections::BTreeMap;

use snapbox::{assert_data_eq, file};

use super::harness::Office;

fn demo() -> Office {
    let office = Office::new();
    office.run("demo --quiet").printed();
    office
}

/// What a command wrote into this folder, by name.
fn files(office: &Office, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let found = std::fs::read_dir(office.path(folder)).unwrap();
    let files = found.map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read(path).unwrap())
    });
    files.collect()
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

#[test]
fn annex_as_page() {
    let office = demo();
    let page = office.run("--db demo.db annex --format html").printed();
    assert_data_eq!(
        page.clone(),
        file!["../golden/north-west-2018/annex.html"].raw()
    );
    office
        .run("--db demo.db annex --out annex.html")
        .says("wrote annex.html\n");
    let written = std::fs::read_to_string(office.path("annex.html")).unwrap();
    assert_eq!(written, page, "two runs differ");
    let bare = office
        .run("--db demo.db annex --no-charts --format html")
        .printed();
    assert!(!bare.contains("<svg") && page.contains("<svg"));
    assert_eq!(bare.matches("<h2").count(), page.matches("<h2").count());
}

#[test]
fn charts_are_the_same_pictures_each_time() {
    let office = demo();
    for folder in ["charts", "again"] {
        office
            .run(&format!("--db demo.db annex --charts {folder}"))
            .says(&format!("wrote 13 files to {folder}\n"));
    }
    let charts = files(&office, "charts");
    assert_eq!(charts, files(&office, "again"), "two runs differ");
    let names: Vec<&str> = charts.keys().map(String::as_str).collect();
    let standards = ["2-1", "2-2", "2-3", "2-4", "3-1", "3-2"];
    let expected: Vec<String> = standards
        .iter()
        .flat_map(|number| ["png", "svg"].map(|ending| format!("chart-{number}.{ending}")))
        .chain(["contents.csv".to_owned()])
        .collect();
    assert_eq!(names, expected);
    for (name, bytes) in &charts {
        if name.ends_with(".png") {
            assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{name}");
            assert!(bytes.len() > 1_000, "{name} is empty");
        }
    }
    assert_data_eq!(
        text(&charts, "chart-2-1.svg"),
        file!["../golden/north-west-2018/chart-2-1.svg"].raw()
    );
}

#[test]
fn csv_is_a_file_for_each_table_in_a_folder() {
    let office = demo();
    let line = "--db demo.db annex --format csv --out tables/";
    office.run(line).says("wrote 5 files to tables/\n");
    let tables = files(&office, "tables");
    office.run(line).says("wrote 5 files to tables/\n");
    assert_eq!(tables, files(&office, "tables"), "two runs differ");
    let names: Vec<&str> = tables.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "about.csv",
            "case-supervision.csv",
            "contents.csv",
            "nps-specific-work.csv",
            "ratings.csv"
        ]
    );
    assert_data_eq!(
        text(&tables, "about.csv"),
        file!["../golden/north-west-2018/tables/about.csv"].raw()
    );
    assert_data_eq!(
        text(&tables, "case-supervision.csv"),
        file!["../golden/north-west-2018/tables/case-supervision.csv"].raw()
    );
    assert_data_eq!(
        text(&tables, "nps-specific-work.csv"),
        file!["../golden/north-west-2018/tables/nps-specific-work.csv"].raw()
    );
    assert_data_eq!(
        text(&tables, "ratings.csv"),
        file!["../golden/north-west-2018/tables/ratings.csv"].raw()
    );
    let stream = office.run("--db demo.db annex --format csv").printed();
    assert!(
        stream.starts_with("table,"),
        "without a folder all tables are one stream"
    );
}

#[test]
fn words_stand_alone() {
    let office = demo();
    assert_data_eq!(
        office.run("--db demo.db annex --words").printed(),
        file!["../golden/north-west-2018/annex-words.txt"].raw()
    );
    for option in ["--counts", "--technical", "--charts c", "--programme P"] {
        office
            .run(&format!("--db demo.db annex --words {option}"))
            .gets_usage("--words");
    }
}

#[test]
fn where_nothing_can_be_drawn_charts_are_refused() {
    let office = Office::new();
    office.run("init --quiet").says_nothing();
    office
        .run("inspection new A --framework hmip-7-standards --provider P --quiet")
        .says_nothing();
    office.refuses(
        "annex --charts charts",
        "error: there is nothing to draw; charts show the percent yes of key questions, and ratings of a programme [nothing-to-compare]\n",
    );
    assert!(!office.path("charts").exists());
    office
        .run("annex --charts charts --no-charts")
        .gets_usage("--no-charts");
    office
        .run("annex --charts charts --out annex.html")
        .gets_usage("--out");
}
