//! A planned workbook as Office Open XML (ECMA-376), the format of Excel. Sees the plan only; owns its escaping.
//!
//! Written here, as the crates for it can neither mark a cell as a heading nor name the language of the workbook.

mod sheet;
mod styles;

use super::super::package::{Part, write_package};
use super::super::properties::{Described, Properties};
use super::super::xml::escape_xml;
use super::plan::{Grid, Sheet, Workbook, column_name};
use super::style::looks;
use crate::model::Problems;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";

/// The workbook as a file.
///
/// # Errors
/// Only when the file cannot be built in memory.
pub(super) fn write(workbook: &Workbook) -> Result<Vec<u8>, Problems> {
    write_package(&parts(workbook))
}

fn parts(workbook: &Workbook) -> Vec<Part> {
    let looks = looks(workbook);
    let part = |name: &str, xml: String| Part::new(name, format!("{DECLARATION}{xml}"));
    let mut parts = vec![
        part("[Content_Types].xml", content_types(workbook)),
        part("_rels/.rels", package_relations(workbook)),
        part("xl/workbook.xml", workbook_xml(workbook)),
        part("xl/_rels/workbook.xml.rels", workbook_relations(workbook)),
        part("xl/styles.xml", styles::write(&looks)),
    ];
    let described = described(workbook).into_iter();
    parts.extend(described.map(|file| part(file.name, file.xml)));
    for (number, sheet) in (1_usize..).zip(&workbook.sheets) {
        let name = format!("xl/worksheets/sheet{number}.xml");
        parts.push(part(&name, sheet::write(sheet, &looks, number == 1)));
        if let Some(grid) = &sheet.grid {
            let name = format!("xl/worksheets/_rels/sheet{number}.xml.rels");
            let target = format!("../tables/table{number}.xml");
            let relation = relation("rId1", &format!("{OFFICE}/relationships/table"), &target);
            parts.push(part(&name, relations(&relation)));
            let name = format!("xl/tables/table{number}.xml");
            parts.push(part(&name, table_xml(number, sheet, grid)));
        }
    }
    parts
}

fn content_types(workbook: &Workbook) -> String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let part =
        |name: &str, kind: &str| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    let package = "application/vnd.openxmlformats-package";
    let mut xml = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"{package}.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    for file in described(workbook) {
        xml += &part(file.name, file.media_type);
    }
    xml += &part("xl/workbook.xml", &format!("{kind}.sheet.main+xml"));
    xml += &part("xl/styles.xml", &format!("{kind}.styles+xml"));
    for (number, sheet) in (1_usize..).zip(&workbook.sheets) {
        let name = format!("xl/worksheets/sheet{number}.xml");
        xml += &part(&name, &format!("{kind}.worksheet+xml"));
        if sheet.grid.is_some() {
            let name = format!("xl/tables/table{number}.xml");
            xml += &part(&name, &format!("{kind}.table+xml"));
        }
    }
    xml + "</Types>"
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
}

fn relations(each: &str) -> String {
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{each}</Relationships>")
}

fn package_relations(workbook: &Workbook) -> String {
    let kind = format!("{OFFICE}/relationships/officeDocument");
    let described = (2_usize..).zip(described(workbook));
    let described = described
        .map(|(number, file)| relation(&format!("rId{number}"), &file.relation, file.name));
    let first = relation("rId1", &kind, "xl/workbook.xml");
    relations(&std::iter::once(first).chain(described).collect::<String>())
}

/// The files that say what the workbook says of itself.
fn described(workbook: &Workbook) -> [Described; 2] {
    let properties = Properties {
        title: &workbook.title,
        author: &workbook.author,
        keywords: &workbook.keywords,
        published: workbook.published.as_deref(),
    };
    properties.files()
}

fn workbook_relations(workbook: &Workbook) -> String {
    let kind = format!("{OFFICE}/relationships");
    let count = workbook.sheets.len();
    let sheet = |number: usize| {
        let target = format!("worksheets/sheet{number}.xml");
        relation(
            &format!("rId{number}"),
            &format!("{kind}/worksheet"),
            &target,
        )
    };
    let sheets: String = (1..=count).map(sheet).collect();
    let id = format!("rId{}", count + 1);
    relations(&(sheets + &relation(&id, &format!("{kind}/styles"), "styles.xml")))
}

fn workbook_xml(workbook: &Workbook) -> String {
    let sheet = |(number, sheet): (usize, &Sheet)| {
        format!(
            "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>",
            escape_xml(&sheet.name)
        )
    };
    let sheets: String = (1..).zip(&workbook.sheets).map(sheet).collect();
    format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}/relationships\">\
         <bookViews><workbookView activeTab=\"0\"/></bookViews><sheets>{sheets}</sheets></workbook>"
    )
}

/// The mark that these cells are a table: its name, its place, its header row, and what it is about.
fn table_xml(number: usize, sheet: &Sheet, grid: &Grid) -> String {
    let column = |(number, column): (usize, &super::plan::GridColumn)| {
        let header = sheet::escape(&column.header);
        format!("<tableColumn id=\"{number}\" name=\"{header}\"/>")
    };
    let columns: String = (1..).zip(&grid.columns).map(column).collect();
    let count = grid.columns.len();
    let (name, area) = (&grid.name, area(sheet, grid));
    let summary = sheet::escape(&grid.title);
    format!(
        "<table xmlns=\"{MAIN}\" id=\"{number}\" name=\"{name}\" displayName=\"{name}\" ref=\"{area}\" \
         headerRowCount=\"1\" totalsRowShown=\"0\">\
         <tableColumns count=\"{count}\">{columns}</tableColumns>\
         <tableStyleInfo showFirstColumn=\"0\" showLastColumn=\"0\" showRowStripes=\"0\" showColumnStripes=\"0\"/>\
         <extLst><ext uri=\"{{504A1905-F514-4f6f-8877-14C23A59335A}}\" \
         xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\">\
         <x14:table altText=\"{summary}\"/></ext></extLst></table>"
    )
}

/// The cells of a table, header included: `A7:F20`.
fn area(sheet: &Sheet, grid: &Grid) -> String {
    let first = sheet.header_row();
    let last = first + grid.rows.len();
    let column = column_name(grid.columns.len().saturating_sub(1));
    format!("A{first}:{column}{last}")
}
