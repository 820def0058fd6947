//! `export check`: our own workbooks pass it, in both formats; each rule finds what was changed in the parts of such a file; files
//! that are none, or hostile, get one clear message.
//!
//! Must not know how the rules are held.

use serde_json::Value;
use snapbox::{assert_data_eq, file};

use super::cli_programme::{ROUND, round};
use super::harness::{Office, split};
use super::package::{pack, unpack};
use super::workbook::{ods_file, xlsx_file};

/// The findings of a check: rule, sheet and cells of each.
pub(crate) fn findings(office: &Office, name: &str) -> Vec<[String; 3]> {
    let ran = office.run(&format!("export check \"{name}\" --format json"));
    let report: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let tables = report["tables"].as_array().unwrap().iter();
    let rows = tables.flat_map(|table| table["rows"].as_array().unwrap());
    let text = |row: &Value, id: &str| row["values"][id].as_str().unwrap_or_default().to_owned();
    rows.map(|row| ["rule", "sheet", "cells"].map(|id| text(row, id)))
        .collect()
}

/// What an annex never leaves open, and other exports do: only what is published names its publisher.
pub(crate) fn is_left_open(finding: &[String; 3]) -> bool {
    ["document-author", "document-keywords"].contains(&finding[0].as_str())
}

/// Asserts that what these commands write passes as workbooks, without advice but on what is left open.
#[track_caller]
fn pass(office: &Office, lines: &[&str]) {
    let mut wrong = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        for ending in ["ods", "xlsx"] {
            let file = format!("export-{number}.{ending}");
            let args = split(&format!("{line} --format {ending}"));
            let written = office.command(&args).output().unwrap();
            let said = String::from_utf8_lossy(&written.stderr);
            assert!(written.status.success(), "{line}: {said}");
            office.write(&file, written.stdout);
            let mut found = findings(office, &file);
            found.retain(|finding| line.contains("demo.db annex") || !is_left_open(finding));
            if !found.is_empty() {
                wrong.push(format!("{line}, {ending}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn our_own_workbooks_pass() {
    let office = Office::new();
    office.run("demo --quiet").printed();
    pass(
        &office,
        &[
            "--db demo.db annex",
            "--db demo.db annex --counts --technical",
            "--db demo.db annex --words",
            "--db demo.db rate",
            "--db demo.db rate --by ldu",
            "--db demo.db progress",
            "--db demo.db case list",
            "--db demo.db history CS-001",
            "framework list",
            "framework show hmip-nps-2018",
            "framework show probation-scorecard-2023-24",
            "framework show service-levels-2023-24",
            "framework show cumbria-2010-11",
            "export check --rules",
        ],
    );
}

#[test]
fn our_own_workbooks_of_a_programme_pass() {
    pass(
        &round(&ROUND),
        &[
            "annex --programme Round",
            "compare --programme Round",
            "compare --provider East",
        ],
    );
}

/// Asserts that a file gets one message and no result.
#[track_caller]
fn gets(office: &Office, name: &str, content: impl AsRef<[u8]>, message: &str) {
    office.write(name, content);
    office
        .run(&format!("export check {name}"))
        .fails(&format!("error: {name}: {message} [unreadable-file]\n"));
}

const NO_WORKBOOK: &str =
    "the file is no workbook, or was cut short; name an .ods or .xlsx file, or copy it again";
const TOO_LARGE: &str = "the workbook is larger than any that is published: more than 64 MB in a part, or 256 MB, \
     2,000,000 cells or 1,000 tables in all, or made to fill the memory; split it, or take out what nobody needs";
const AGAIN: &str = "open it in a spreadsheet program and save it again";

fn part(name: &str, content: impl Into<Vec<u8>>) -> (String, Vec<u8>) {
    (name.to_owned(), content.into())
}

fn ods_with(content: &str) -> Vec<u8> {
    pack(&vec![
        part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        part("content.xml", content),
    ])
}

#[test]
fn files_that_are_no_workbooks_get_one_message() {
    let office = Office::new();
    office.run("export check none.ods").fails(
        "error: none.ods: there is no such file; check its name and folder [unreadable-file]\n",
    );
    office.write("empty.ods", "");
    office.run("export check empty.ods").fails(
        "error: empty.ods: the file is empty; check that it is the right file and was saved [empty-file]\n",
    );
    gets(&office, "a.csv", "a,b\n1,2\n", NO_WORKBOOK);
    gets(&office, "a.ods", pack(&vec![part("a", "b")]), NO_WORKBOOK);
    let locked = "the file needs a password, or is a workbook of Excel 2003 or before; \
                  open it, and save it as .ods or .xlsx without a password";
    gets(
        &office,
        "a.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more",
        locked,
    );
    let document =
        "this is a document and no workbook; only .ods and .xlsx can be held against the rules";
    gets(
        &office,
        "a.docx",
        pack(&vec![part("word/document.xml", "<a/>")]),
        document,
    );
    let text = part("mimetype", "application/vnd.oasis.opendocument.text");
    gets(&office, "a.odt", pack(&vec![text]), document);
    let other = "this is no workbook in .ods or .xlsx; save it as one of these";
    gets(
        &office,
        "a.xlsb",
        pack(&vec![part("xl/workbook.bin", "")]),
        other,
    );
    let ending = "the file is an OpenDocument spreadsheet (.ods), and its name ends otherwise; \
                  rename it, as programs choose by the ending";
    gets(&office, "b.xlsx", ods_with("<a/>"), ending);
    let encrypted = vec![
        part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        part(
            "META-INF/manifest.xml",
            "<manifest><encryption-data/></manifest>",
        ),
    ];
    let password = "the workbook needs a password; open it, and save it without a password";
    gets(&office, "b.ods", pack(&encrypted), password);
}

#[test]
fn hostile_and_damaged_workbooks_get_one_message() {
    let office = Office::new();
    let damaged = |part: &str, why: &str| {
        format!("the workbook is damaged in its part {part}: {why}; {AGAIN}")
    };
    let kind = part("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    let missing = damaged("content.xml", "it is missing");
    gets(&office, "a.ods", pack(&vec![kind.clone()]), &missing);
    let entities = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
    let declares = damaged("content.xml", "it declares entities of its own");
    gets(&office, "a.ods", ods_with(entities), &declares);
    gets(
        &office,
        "a.ods",
        ods_with("<a>"),
        &damaged("content.xml", "it breaks off"),
    );
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let much = damaged("content.xml", "too much stands in one element");
    gets(&office, "a.ods", ods_with(&deep), &much);
    let latin = pack(&vec![
        kind.clone(),
        part("content.xml", b"<a>\xe9</a>".to_vec()),
    ]);
    gets(
        &office,
        "a.ods",
        latin,
        &damaged("content.xml", "it is not UTF-8"),
    );
    // 65 MB of blanks take a few kB in the file.
    let bomb = pack(&vec![kind, part("content.xml", vec![b' '; 65 << 20])]);
    assert!(bomb.len() < 100_000);
    gets(&office, "a.ods", bomb, TOO_LARGE);
    let cells = "<d><b><s><table name=\"a\"><table-row number-rows-repeated=\"1048576\"><table-cell value-type=\"string\" \
                 number-columns-repeated=\"16384\"><p>x</p></table-cell></table-row></table></s></b></d>";
    gets(&office, "a.ods", ods_with(cells), TOO_LARGE);
    let book = "<workbook><sheets><sheet name=\"a\" id=\"r1\"/></sheets></workbook>";
    let sheetless = pack(&vec![part("xl/workbook.xml", book)]);
    let nameless = damaged("xl/workbook.xml", "it names a sheet that is missing");
    gets(&office, "a.xlsx", sheetless, &nameless);
}

#[test]
fn no_file_cut_or_changed_anywhere_makes_the_program_panic() {
    let office = Office::new();
    office.run("demo --quiet").printed();
    for ending in ["ods", "xlsx"] {
        let name = format!("annex.{ending}");
        office
            .run(&format!("--db demo.db annex --out {name} --quiet"))
            .says_nothing();
        let bytes = std::fs::read(office.path(&name)).unwrap();
        for place in 1..12 {
            let at = bytes.len() * place / 12;
            office.write(&name, &bytes[..at]);
            assert_eq!(office.run(&format!("export check {name}")).code, Some(1));
            let mut changed = bytes.clone();
            changed[at] ^= 0x55;
            office.write(&name, changed);
            // Whatever comes of it, the harness refuses a panic.
            let _ = office.run(&format!("export check {name}")).code;
        }
        let parts = unpack(&bytes);
        for (gone, (part, _)) in parts.iter().enumerate() {
            let mut rest = parts.clone();
            rest.remove(gone);
            office.write(&name, pack(&rest));
            let ran = office.run(&format!("export check {name}"));
            assert!(ran.code.is_some(), "{part}");
        }
    }
}

#[test]
fn a_check_says_what_to_change_and_fails_only_for_what_is_essential() {
    let office = Office::new();
    office.run("demo --quiet").printed();
    office
        .run("--db demo.db annex --out annex.ods --quiet")
        .says_nothing();
    let passed = office.run("export check annex.ods");
    assert_eq!((passed.code, passed.stderr.as_str()), (Some(0), ""));
    assert!(
        passed.stdout.contains("annex.ods passes: it keeps all "),
        "{}",
        passed.stdout
    );
    office
        .run("export check annex.ods --strict --quiet")
        .printed();
    let list = office
        .command(&["framework", "list", "--format", "ods"])
        .output();
    office.write("list.ods", list.unwrap().stdout);
    office.run("export check list.ods").printed();
    let strict = office.run("export check list.ods --strict");
    assert_eq!(strict.code, Some(1));
    assert!(
        strict
            .stderr
            .ends_with("change what the table names, and check again [rules-broken]\n")
    );
    office.write(
        "plain.ods",
        ods_file(&vec![
            vec!["Region".into(), "Yes".into()],
            vec!["North".into(), "64%".into()],
        ]),
    );
    office.write(
        "plain.xlsx",
        xlsx_file(&vec![
            vec!["Region".into(), "Yes".into()],
            vec!["North".into(), "64%".into()],
        ]),
    );
    let both = office.run("export check plain.ods none.ods plain.xlsx --format markdown");
    assert_eq!(both.code, Some(1));
    assert_data_eq!(both.stdout, file!["../golden/export-check/plain.md"].raw());
    assert_data_eq!(
        both.stderr,
        file!["../golden/export-check/plain.err.txt"].raw()
    );
    let rules = office.run("export check --rules --format markdown");
    assert_data_eq!(
        rules.printed(),
        file!["../golden/export-check/rules.md"].raw()
    );
    office.run("export check").gets_usage("FILE");
}

#[test]
fn every_rule_stands_in_the_readme_as_the_program_lists_it() {
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let listed = Office::new()
        .run("export check --rules --format markdown")
        .printed();
    // What Markdown would take for mark-up of its own stands there as it is.
    let listed = listed.replace('\\', "");
    let rows = listed
        .lines()
        .filter(|line| line.ends_with(" |") && !line.contains("---"));
    let rows: Vec<&str> = rows.skip(1).collect();
    assert!(rows.len() > 50, "{listed}");
    for row in rows {
        let (id, rest) = row.trim_start_matches("| ").split_once(' ').unwrap();
        let line = format!("| `{id}` {rest}\n");
        assert!(readme.contains(&line), "{line}");
    }
}

#[test]
fn a_comparison_says_who_publishes_it_and_passes() {
    let office = Office::new();
    office.run("demo --quiet").printed();
    let new =
        "--db demo.db inspection new Later --framework hmip-nps-2018 --provider Elsewhere --quiet";
    office.run(new).says_nothing();
    for ending in ["ods", "xlsx"] {
        let file = format!("comparison.{ending}");
        office
            .run(&format!(
                "--db demo.db compare \"North West 2018, made-up cases\" Later --out {file} --quiet"
            ))
            .says_nothing();
        let checked = office.run(&format!("export check {file} --strict"));
        assert_eq!(checked.code, Some(0), "{}", checked.stdout);
    }
}
