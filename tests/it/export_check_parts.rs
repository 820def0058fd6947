//! `export check` finds what was changed in the parts of a workbook of ours, in both formats, where it was changed.
//!
//! Must not know how the rules are held.

use super::cli_export_check::{findings, is_left_open};
use super::harness::Office;
use super::package::{pack, unpack};

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
