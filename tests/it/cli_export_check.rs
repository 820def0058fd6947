//! `export check`: our own workbooks pass it, in both formats; each rule finds what was changed in the parts of such a file; files
//! that are none, or hostile, get one clear message.
//!
//! Must not know how the rules are held.

use std::io::{Cursor, Read, Write};

use serde_json::Value;
use snapbox::{assert_data_eq, file};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::cli_programme::{ROUND, round};
use super::harness::{Office, split};
use super::workbook::{ods_file, xlsx_file};

/// Parts of a file: name and content.
type Parts = Vec<(String, Vec<u8>)>;

fn unpack(file: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut part = |place: usize| {
        let mut part = archive.by_index(place).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        (part.name().unwrap().into_owned(), content)
    };
    (0..part_count(file)).map(&mut part).collect()
}

fn part_count(file: &[u8]) -> usize {
    ZipArchive::new(Cursor::new(file)).unwrap().len()
}

fn pack(parts: &Parts) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The findings of a check: rule, sheet and cells of each.
fn findings(office: &Office, name: &str) -> Vec<[String; 3]> {
    let ran = office.run(&format!("export check \"{name}\" --format json"));
    let report: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let tables = report["tables"].as_array().unwrap().iter();
    let rows = tables.flat_map(|table| table["rows"].as_array().unwrap());
    let text = |row: &Value, id: &str| row["values"][id].as_str().unwrap_or_default().to_owned();
    rows.map(|row| ["rule", "sheet", "cells"].map(|id| text(row, id)))
        .collect()
}

/// What our own exports leave open: only whoever publishes knows who they are.
fn is_left_open(finding: &[String; 3]) -> bool {
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
            found.retain(|finding| !is_left_open(finding));
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

/// What is changed in a part, and the rule that it breaks, with sheet and cells.
type Change = (&'static str, &'static str, &'static str, [&'static str; 3]);

const ODS: &[Change] = &[
    (
        "meta.xml",
        "<dc:title>Inspection results: North West NPS (made-up cases)</dc:title>",
        "<dc:title> </dc:title>",
        ["document-title", "", ""],
    ),
    // The language of all cells is that of the workbook, too.
    (
        "meta.xml",
        "<dc:language>en-GB</dc:language>",
        "",
        ["", "", ""],
    ),
    (
        "content.xml",
        "table:name=\"Table_1\"",
        "table:name=\"Sheet1\"",
        ["sheet-names", "Sheet1", ""],
    ),
    (
        "settings.xml",
        ">Cover</config:config-item>",
        ">Notes</config:config-item>",
        ["cursor-a1", "Notes", ""],
    ),
    (
        "settings.xml",
        "name=\"CursorPositionX\" config:type=\"int\">0",
        "name=\"CursorPositionX\" config:type=\"int\">3",
        ["cursor-a1", "Cover", "D1"],
    ),
    (
        "settings.xml",
        "<config:config-item config:name=\"CursorPositionX\"",
        "<config:config-item config:name=\"VerticalSplitMode\" config:type=\"short\">2</config:config-item><config:config-item config:name=\"CursorPositionX\"",
        ["freeze-panes", "Cover", ""],
    ),
    (
        "content.xml",
        "table:style-name=\"Heading_20_1\" office:value-type=\"string\"><text:p>Table 1: Ratings",
        "table:style-name=\"Heading_20_2\" office:value-type=\"string\"><text:p>Table 1: Ratings",
        ["heading-style", "Table_1", "A1"],
    ),
    (
        "content.xml",
        "<table:database-range table:name=\"table_1\" table:target-range-address=\"Table_1.A8:Table_1.E19\" table:contains-header=\"true\" table:display-filter-buttons=\"false\"/>",
        "",
        ["table-marked", "Table_1", "A8:E19"],
    ),
    (
        "content.xml",
        "table:name=\"table_1\" table:target-range-address=\"Table_1.A8:Table_1.E19\" table:contains-header=\"true\" table:display-filter-buttons=\"false\"",
        "table:name=\"table_1\" table:target-range-address=\"$'Table_1'.$A$8:.$E$19\" table:display-filter-buttons=\"true\"",
        ["filters", "Table_1", ""],
    ),
    (
        "content.xml",
        "E19\" table:contains-header=\"true\"",
        "E19\" table:contains-header=\"false\"",
        ["header-row", "Table_1", "A8:E19"],
    ),
    (
        "content.xml",
        "office:value-type=\"string\"><text:p>Points</text:p>",
        "office:value-type=\"string\"><text:p>Rating</text:p>",
        ["header-unique", "Table_1", "D8"],
    ),
    (
        "content.xml",
        "<text:p>Points</text:p>",
        "",
        ["header-filled", "Table_1", "D8"],
    ),
    (
        "content.xml",
        "office:value-type=\"string\"><text:p>Table 1: Ratings",
        "table:number-columns-spanned=\"2\" office:value-type=\"string\"><text:p>Table 1: Ratings",
        ["merged-cells", "Contents", "B5:C5"],
    ),
    (
        "content.xml",
        "<text:p>Leadership</text:p>",
        "<text:p>–</text:p>",
        ["symbol-alone", "Table_1", "B9"],
    ),
    (
        "content.xml",
        "<text:p>Leadership</text:p>",
        "<text:p>Leadership</text:p><draw:frame xmlns:draw=\"d\"><draw:image/><svg:desc>a map</svg:desc></draw:frame>",
        ["no-images", "Table_1", "B9"],
    ),
    (
        "content.xml",
        "<text:p>Leadership</text:p>",
        "<text:p>Leadership<text:s text:c=\"2\"/>and so on and on and on, <text:span>longer</text:span> than it is wide</text:p>",
        ["", "", ""],
    ),
    (
        "content.xml",
        "<text:p>Leadership</text:p>",
        "<text:p><text:a xlink:href=\"#Gone.A1\">Leadership</text:a></text:p>",
        ["link-target", "Table_1", "B9"],
    ),
    (
        "content.xml",
        "<text:p>Leadership</text:p>",
        "<office:annotation><text:p>12%</text:p></office:annotation><text:p>Leadership</text:p>",
        ["", "", ""],
    ),
    (
        "content.xml",
        "<table:table-row table:style-name=\"row63\"><table:table-cell table:style-name=\"cell4\" office:value-type=\"string\"><text:p>This sheet has one table.",
        "<table:table-row table:style-name=\"row63\" table:visibility=\"collapse\"><table:table-cell table:style-name=\"cell4\" office:value-type=\"string\"><text:p>This sheet has one table.",
        ["hidden", "Contents", "row 2"],
    ),
    (
        "content.xml",
        "table:display=\"true\"",
        "table:display=\"false\"",
        ["hidden", "Cover", ""],
    ),
    (
        "styles.xml",
        "<style:header style:display=\"false\"/>",
        "<style:header><text:p>Page <text:page-number>1</text:page-number></text:p></style:header>",
        ["page-headers", "Cover", ""],
    ),
    (
        "styles.xml",
        "fo:font-size=\"16pt\"",
        "fo:font-size=\"9pt\"",
        ["text-size", "Cover", "A1"],
    ),
    (
        "styles.xml",
        "svg:font-family=\"Arial\"",
        "svg:font-family=\"&apos;Times New Roman&apos;\"",
        ["font", "Cover", ""],
    ),
];

const XLSX: &[Change] = &[
    (
        "docProps/core.xml",
        "<dc:language>en-GB</dc:language>",
        "",
        ["document-language", "", ""],
    ),
    (
        "xl/workbook.xml",
        "activeTab=\"0\"",
        "activeTab=\"1\"",
        ["cursor-a1", "Contents", ""],
    ),
    (
        "xl/workbook.xml",
        "name=\"Table_1\"",
        "name=\"Table_1\" state=\"hidden\"",
        ["hidden", "Table_1", ""],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "<selection activeCell=\"A1\"",
        "<pane ySplit=\"8\" state=\"frozen\" activePane=\"bottomLeft\"/><selection activeCell=\"A1\"",
        ["freeze-panes", "Table_1", ""],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "<c r=\"A1\" s=\"1\"",
        "<c r=\"A1\" s=\"9\"",
        ["heading-style", "Table_1", "A1"],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "<row r=\"9\"",
        "<row hidden=\"1\" r=\"9\"",
        ["hidden", "Table_1", "row 9"],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "<col min=\"3\"",
        "<col hidden=\"1\" min=\"3\"",
        ["hidden", "Table_1", "column C"],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "</sheetData>",
        "</sheetData><autoFilter ref=\"A8:E19\"/>",
        ["filters", "Table_1", ""],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "</sheetData>",
        "</sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>",
        ["merged-cells", "Table_1", "A1:B1"],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "<pageSetup",
        "<headerFooter><oddFooter>&amp;P</oddFooter></headerFooter><pageSetup",
        ["page-headers", "Table_1", ""],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "</sheetData>",
        "<row r=\"30\"><c r=\"A30\" t=\"str\"><f>\"a\"</f><v>Source: us</v></c></row></sheetData>",
        ["blank-row", "Table_1", "rows 20 to 29"],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "<row r=\"9\"",
        "<row r=\"9\"><c t=\"inlineStr\" r=\"F9\"><is><t>beside</t></is></c></row><row r=\"9\"",
        ["nothing-beyond", "Table_1", "F9"],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "<is><t xml:space=\"preserve\">Leadership</t></is>",
        "<is><r><t>Leadership</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r></is>",
        ["superscript", "Table_1", "B9"],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "<v>2</v></c>",
        "<v>2</v></c><c r=\"E9\" t=\"inlineStr\"><is><t>7_x0025_</t></is></c>",
        ["symbols-in-number", "Table_1", "E9"],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "location=\"'Notes'!A1\"",
        "location=\"'Gone'!A1\"",
        ["link-target", "Table_1", "A5"],
    ),
    (
        "xl/worksheets/_rels/sheet4.xml.rels",
        "../tables/table4.xml",
        "/xl/tables/table4.xml",
        ["", "", ""],
    ),
    (
        "xl/tables/table4.xml",
        "displayName=\"table_1\"",
        "displayName=\"Table4\"",
        ["table-name", "Table_1", "A8:E19"],
    ),
    (
        "xl/tables/table4.xml",
        "headerRowCount=\"1\"",
        "headerRowCount=\"0\"",
        ["header-row", "Table_1", "A8:E19"],
    ),
    (
        "xl/tables/table4.xml",
        "<tableColumns",
        "<autoFilter ref=\"A8:E19\"/><tableColumns",
        ["filters", "Table_1", ""],
    ),
    (
        "xl/styles.xml",
        "formatCode=\"#,##0\"",
        "formatCode=\"0\\%\"",
        [
            "number-format",
            "Table_1",
            "D9, D10, D11, D12, D13 and 6 more",
        ],
    ),
    (
        "xl/worksheets/sheet4.xml",
        "s=\"13\" t=\"inlineStr\"><is><t xml:space=\"preserve\">Leadership",
        "s=\"0\" t=\"inlineStr\"><is><t xml:space=\"preserve\">Leadership of the whole service and of all that is with it",
        ["wrapped-text", "Table_1", "B9"],
    ),
    (
        "xl/styles.xml",
        "<sz val=\"12\"/>",
        "<sz val=\"8\"/>",
        ["text-size", "Cover", ""],
    ),
];

#[test]
fn what_is_changed_in_the_parts_of_a_file_is_found_where_it_is() {
    let office = Office::new();
    office.run("demo --quiet").printed();
    let mut wrong = Vec::new();
    for (ending, changes) in [("ods", ODS), ("xlsx", XLSX)] {
        office
            .run(&format!("--db demo.db annex --out annex.{ending} --quiet"))
            .says_nothing();
        let parts = unpack(&std::fs::read(office.path(&format!("annex.{ending}"))).unwrap());
        let name = format!("changed.{ending}");
        for (part, from, to, expected) in changes {
            let mut parts = parts.clone();
            let (_, content) = parts.iter_mut().find(|(name, _)| name == part).unwrap();
            let text = String::from_utf8(content.clone()).unwrap();
            assert!(text.contains(from), "{part}: {from}");
            *content = text.replacen(from, to, 1).into_bytes();
            office.write(&name, pack(&parts));
            let mut found = findings(&office, &name);
            found.retain(|finding| !is_left_open(finding));
            let is_right = match expected {
                ["", ..] => found.is_empty(),
                [rule, sheet, cells] => found.iter().any(|found| {
                    found[0] == *rule && found[1] == *sheet && found[2].contains(cells)
                }),
            };
            if !is_right {
                wrong.push(format!("{part}: {to}: {expected:?}, but {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
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
    let strict = office.run("export check annex.ods --strict");
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
