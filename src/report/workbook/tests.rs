//! What the sheets of a workbook hold, and that both formats hold the same.

use super::super::example;
use super::super::table::{About, Cell, Column, Kind, Report, Row, Table, Value};
use super::fixture::{assert_both_files_hold, headers, part, shown};
use super::plan::{Content, Grid, Role, Sheet, Workbook};
use super::sheets::plan_workbook;
use super::{write_ods, write_xlsx};

/// The words of the rows above a table.
fn lines(sheet: &Sheet) -> Vec<&str> {
    sheet.lines.iter().map(|line| line.words.as_str()).collect()
}

fn rows(grid: &Grid) -> Vec<Vec<&str>> {
    grid.rows
        .iter()
        .map(|row| row.cells.iter().map(shown).collect())
        .collect()
}

fn sheet<'w>(workbook: &'w Workbook, name: &str) -> &'w Sheet {
    workbook
        .sheets
        .iter()
        .find(|sheet| sheet.name == name)
        .unwrap()
}

/// A table whose columns hold these words.
fn table_of(headers: &[&str], rows: &[&[&str]]) -> Table {
    let column = |header: &&str| Column::new(*header, *header, Kind::Text);
    let row = |cells: &&[&str]| Row::new(cells.iter().map(|words| Cell::text(*words)).collect());
    Table {
        columns: headers.iter().map(column).collect(),
        rows: rows.iter().map(row).collect(),
        ..Table::default()
    }
}

fn plan_of(tables: Vec<Table>) -> Workbook {
    plan_workbook(&Report {
        tables,
        ..Report::default()
    })
}

#[test]
fn a_report_is_cover_contents_notes_and_a_sheet_for_each_table() {
    let workbook = plan_workbook(&example::report());
    let names: Vec<&str> = workbook
        .sheets
        .iter()
        .map(|sheet| sheet.name.as_str())
        .collect();
    assert_eq!(names, ["Cover", "Contents", "Notes", "Table_1"]);
    let cover = sheet(&workbook, "Cover");
    assert_eq!(
        lines(cover),
        [
            "North West",
            "One table, on a sheet of its own.",
            "Made-up data.",
            "Where to find what",
            "Contents: all sheets",
            "Notes: what the tables refer to",
        ]
    );
    assert_eq!(cover.grid, None);
    assert_eq!(cover.lines[4].role, Role::Link("Contents".into()));
    let contents = sheet(&workbook, "Contents").grid.as_ref().unwrap();
    assert_eq!(
        rows(contents),
        [
            ["Notes", "Notes"],
            ["Table_1", "Table 1: Domain 2, Case supervision"]
        ]
    );
    let notes = sheet(&workbook, "Notes").grid.as_ref().unwrap();
    assert_eq!(
        rows(notes),
        [[
            "note 1",
            "2.1.2: asked in 10 cases, answered in none.",
            "Table_1"
        ]]
    );
}

#[test]
fn a_table_stands_directly_below_what_must_be_known_of_it() {
    let workbook = plan_workbook(&example::report());
    let sheet = sheet(&workbook, "Table_1");
    assert_eq!(
        lines(sheet),
        [
            "Table 1: Domain 2, Case supervision",
            "North | West: 1,128 cases.",
            "Percent yes of applicable cases.",
            "This sheet has one table.",
            "The notes are on the sheet Notes.",
            "Shorthand: [x] not available.",
            "Blank cells: a key question has no rating; in the column Notes, the row has no note.",
            "Source: case audits.",
        ]
    );
    let grid = sheet.grid.as_ref().unwrap();
    assert_eq!(
        headers(grid),
        [
            "Number",
            "Standard or key question",
            "Rating",
            "% yes",
            "Yes",
            "Notes"
        ]
    );
    assert_eq!(
        rows(grid),
        [
            ["2.1", "Assessment", "Good", "", "", ""],
            [
                "2.1.1",
                "Is \"it\" | enough,\nreally?",
                "",
                "83",
                "1,106",
                ""
            ],
            ["2.1.2", "=HYPERLINK(1)", "", "[x]", "0", "[note 1]"],
        ]
    );
}

#[test]
fn a_figure_stands_alone_in_its_cell_and_its_marks_beside_it() {
    let workbook = plan_workbook(&example::figures());
    let sheet = sheet(&workbook, "Table_1");
    let grid = sheet.grid.as_ref().unwrap();
    assert_eq!(
        headers(grid),
        ["Measure", "Value", "Value: shorthand", "Change"]
    );
    assert_eq!(
        rows(grid),
        [
            ["M1", "1,070.0", "[p] [z]", "−0.6"],
            ["M2", "9.5", "", "23.3"],
            ["M3", "[x]", "", "[x]"],
        ]
    );
    let number = Content::Number {
        plain: "1070.0".into(),
        shown: "1,070.0".into(),
        decimals: 1,
    };
    assert_eq!(grid.rows[0].cells[1], number);
    let said = lines(sheet);
    assert!(
        said.contains(&"Blank cells: in the column Value: shorthand, the figure has no shorthand."),
        "{said:?}"
    );
    assert!(!workbook.sheets.iter().any(|sheet| sheet.name == "Notes"));
}

#[test]
fn why_columns_of_shorthand_have_blanks_is_said_once_for_all_of_them() {
    let mut report = example::figures();
    let table = &mut report.tables[0];
    table.rows[1].cells[2].marks = table.rows[0].cells[1].marks.clone();
    let workbook = plan_workbook(&report);
    let said = lines(sheet(&workbook, "Table_1"));
    let words = "Blank cells: in the columns of shorthand, the figure has no shorthand.";
    assert!(said.contains(&words), "{said:?}");
}

#[test]
fn notes_have_one_numbering_and_the_same_words_one_number() {
    let table = |words: &[&str], cited: &[usize]| {
        let mut table = table_of(&["A"], &[]);
        words.iter().for_each(|words| {
            table.note(words);
        });
        table.rows = vec![Row::new(vec![Cell::text("a").with_notes(cited.to_vec())])];
        table
    };
    let tables = vec![
        table(&["one", "two"], &[2]),
        table(&["three", "two"], &[2, 1, 9]),
    ];
    let workbook = plan_of(tables);
    let notes = sheet(&workbook, "Notes").grid.as_ref().unwrap();
    assert_eq!(
        rows(notes),
        [
            ["note 1", "one.", "Table_1"],
            ["note 2", "two.", "Table_1, Table_2"],
            ["note 3", "three.", "Table_2"],
        ]
    );
    let first = sheet(&workbook, "Table_1");
    assert!(lines(first).contains(&"About the whole table: [note 1]."));
    assert_eq!(rows(first.grid.as_ref().unwrap()), [["a", "[note 2]"]]);
    let second = sheet(&workbook, "Table_2").grid.as_ref().unwrap();
    assert_eq!(rows(second), [["a", "[note 2] [note 3]"]]);
}

#[test]
fn no_row_and_no_column_is_blank_and_no_header_stands_twice() {
    let workbook = plan_of(vec![table_of(
        &["Name", "", "NAME", "gone", "two\nlines"],
        &[&["a", "b", "c", " ", "d"], &["", "", "", "", ""]],
    )]);
    let grid = sheet(&workbook, "Table_1").grid.as_ref().unwrap();
    assert_eq!(headers(grid), ["Name", "Column 2", "NAME (2)", "two lines"]);
    assert_eq!(rows(grid), [["a", "b", "c", "d"]]);
}

#[test]
fn a_table_without_rows_says_so_and_is_not_marked() {
    for table in [table_of(&["A"], &[]), Table::default()] {
        let workbook = plan_of(vec![table]);
        let sheet = sheet(&workbook, "Table_1");
        assert_eq!(sheet.grid, None);
        assert_eq!(
            lines(sheet),
            ["Table 1", "The table of this sheet has no rows."]
        );
    }
    let empty = plan_workbook(&Report::default());
    assert_eq!(empty.title, "Tables");
    assert_eq!(empty.sheets.len(), 2);
    assert!(empty.sheets.iter().all(|sheet| sheet.grid.is_none()));
}

#[test]
fn a_number_that_is_too_long_for_spreadsheets_stands_as_words() {
    let count = |count: u64| Row::new(vec![Value::Count(count).into()]);
    let table = Table {
        columns: vec![Column::new("n", "N", Kind::Count)],
        rows: vec![count(999_999_999_999_999), count(u64::MAX)],
        ..Table::default()
    };
    let workbook = plan_of(vec![table]);
    let grid = sheet(&workbook, "Table_1").grid.as_ref().unwrap();
    assert!(matches!(grid.rows[0].cells[0], Content::Number { .. }));
    assert_eq!(grid.rows[1].cells[0], Content::Words(u64::MAX.to_string()));
}

#[test]
fn the_cover_and_the_properties_say_who_publishes_what_and_when() {
    let report = Report {
        title: "Annex <1>".into(),
        about: About {
            organisation: "Inspectorate & Co".into(),
            contact: "annex@example.org".into(),
            keywords: vec!["probation".into(), "ratings".into()],
            published: Some("2019-01-23".into()),
            revisions: 1,
            ..About::default()
        },
        ..Report::default()
    };
    let workbook = plan_workbook(&report);
    let cover = lines(&workbook.sheets[0]);
    for line in [
        "Published by: Inspectorate & Co.",
        "Contact: annex@example.org.",
        "State: final, closed on 2019-01-23, version 2.",
    ] {
        assert!(cover.contains(&line), "{cover:?}");
    }
    let core = part(&write_xlsx(&report).unwrap(), "docProps/core.xml");
    let meta = part(&write_ods(&report).unwrap(), "meta.xml");
    for xml in [&core, &meta] {
        assert!(
            xml.contains("<dc:title>Annex &lt;1&gt;</dc:title>"),
            "{xml}"
        );
        assert!(
            xml.contains("<dc:creator>Inspectorate &amp; Co</dc:creator>"),
            "{xml}"
        );
        assert!(xml.contains("<dc:language>en-GB</dc:language>"), "{xml}");
        assert!(xml.contains(">2019-01-23T00:00:00"), "{xml}");
    }
    assert!(core.contains("<cp:keywords>probation, ratings</cp:keywords>"));
    assert!(
        meta.contains("<meta:keyword>probation</meta:keyword><meta:keyword>ratings</meta:keyword>")
    );
}

#[test]
fn both_formats_hold_what_was_planned() {
    assert_both_files_hold(&example::report());
    assert_both_files_hold(&example::figures());
    assert_both_files_hold(&Report::default());
}

#[test]
fn the_marks_of_headings_tables_and_typed_formulas_stand_in_the_files() {
    let report = example::report();
    let xlsx = write_xlsx(&report).unwrap();
    let table = part(&xlsx, "xl/tables/table4.xml");
    assert!(
        table.contains("name=\"table_1\" displayName=\"table_1\" ref=\"A9:F12\""),
        "{table}"
    );
    assert!(!table.contains("autoFilter"));
    let styles = part(&xlsx, "xl/styles.xml");
    assert!(styles.contains("<cellStyle name=\"Heading 1\" xfId=\"1\" builtinId=\"16\"/>"));
    let sheet = part(&xlsx, "xl/worksheets/sheet4.xml");
    let style_of = |words: &str| {
        let before = sheet.split(&format!(">{words}<")).next().unwrap();
        let style = before.rsplit("s=\"").next().unwrap().split('"').next();
        let style: usize = style.unwrap().parse().unwrap();
        let styles = styles.split("<cellXfs").nth(1).unwrap();
        styles.split("<xf ").nth(style + 1).unwrap().to_owned()
    };
    assert!(style_of("=HYPERLINK(1)").contains("quotePrefix=\"1\""));
    assert!(!style_of("Assessment").contains("quotePrefix"));
    let ods = write_ods(&report).unwrap();
    let content = part(&ods, "content.xml");
    assert!(content.contains(
        "table:name=\"table_1\" table:target-range-address=\"Table_1.A9:Table_1.F12\" table:contains-header=\"true\""
    ));
    assert!(content.contains("table:style-name=\"Heading_20_1\""));
    assert!(!content.contains("formula"));
    assert_eq!(&ods[30..38], b"mimetype");
    assert_eq!(
        part(&ods, "mimetype"),
        "application/vnd.oasis.opendocument.spreadsheet"
    );
}
