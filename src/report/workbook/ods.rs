//! A planned workbook as an OpenDocument spreadsheet (ODF 1.2). Sees the plan only; owns its escaping.
//!
//! Laid out so that Excel opens it without repair: the kind of file stands first and is not compressed, there is a page for the
//! sheets to be printed on, the cursor stands in a cell, and no cell of words has a value beside them.

mod content;
mod styles;

use super::super::package::{Part, write_package};
use super::super::properties::{LANGUAGE, PROGRAM};
use super::super::xml::escape_xml;
use super::plan::{Sheet, Workbook};
use crate::model::Problems;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// The names that the parts use for the vocabularies of OpenDocument.
const NAMESPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
    xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" \
    xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" \
    xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" \
    xmlns:xlink=\"http://www.w3.org/1999/xlink\" office:version=\"1.2\"";

/// The workbook as a file.
///
/// # Errors
/// Only when the file cannot be built in memory.
pub(super) fn write(workbook: &Workbook) -> Result<Vec<u8>, Problems> {
    let part = |name: &str, xml: String| Part::new(name, format!("{DECLARATION}{xml}"));
    write_package(&[
        Part::stored("mimetype", KIND),
        part("META-INF/manifest.xml", manifest()),
        part("meta.xml", properties(workbook)),
        part("settings.xml", settings(workbook)),
        part("styles.xml", styles::write_named()),
        part("content.xml", content::write(workbook)),
    ])
}

fn manifest() -> String {
    let entry = |path: &str, kind: &str| {
        format!(
            "<manifest:file-entry manifest:full-path=\"{path}\" manifest:media-type=\"{kind}\"/>"
        )
    };
    let parts = ["meta.xml", "settings.xml", "styles.xml", "content.xml"];
    let parts: String = parts.iter().map(|part| entry(part, "text/xml")).collect();
    format!(
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" \
         manifest:version=\"1.2\">{}{parts}</manifest:manifest>",
        entry("/", KIND)
    )
}

fn properties(workbook: &Workbook) -> String {
    let mut each = format!("<dc:title>{}</dc:title>", escape_xml(&workbook.title));
    if !workbook.author.is_empty() {
        let author = escape_xml(&workbook.author);
        each += &format!(
            "<meta:initial-creator>{author}</meta:initial-creator><dc:creator>{author}</dc:creator>"
        );
    }
    for keyword in &workbook.keywords {
        each += &format!("<meta:keyword>{}</meta:keyword>", escape_xml(keyword));
    }
    if let Some(day) = &workbook.published {
        let day = escape_xml(day);
        each += &format!(
            "<meta:creation-date>{day}T00:00:00</meta:creation-date><dc:date>{day}T00:00:00</dc:date>"
        );
    }
    format!(
        "<office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.2\"><office:meta>\
         <meta:generator>{PROGRAM}</meta:generator>{each}<dc:language>{LANGUAGE}</dc:language>\
         </office:meta></office:document-meta>"
    )
}

/// The first sheet is the one that opens, and the cursor of each stands in its first cell.
fn settings(workbook: &Workbook) -> String {
    let item = |name: &str, kind: &str, value: &str| {
        format!(
            "<config:config-item config:name=\"{name}\" config:type=\"{kind}\">{value}</config:config-item>"
        )
    };
    let cursor = item("CursorPositionX", "int", "0") + &item("CursorPositionY", "int", "0");
    let sheet = |sheet: &Sheet| {
        format!(
            "<config:config-item-map-entry config:name=\"{}\">{cursor}</config:config-item-map-entry>",
            escape_xml(&sheet.name)
        )
    };
    let sheets: String = workbook.sheets.iter().map(sheet).collect();
    let first = workbook.sheets.first();
    let active = first.map_or_else(String::new, |sheet| escape_xml(&sheet.name));
    format!(
        "<office:document-settings xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\" \
         xmlns:ooo=\"http://openoffice.org/2004/office\" office:version=\"1.2\"><office:settings>\
         <config:config-item-set config:name=\"ooo:view-settings\">\
         <config:config-item-map-indexed config:name=\"Views\"><config:config-item-map-entry>{}{}\
         <config:config-item-map-named config:name=\"Tables\">{sheets}</config:config-item-map-named>\
         </config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>\
         </office:settings></office:document-settings>",
        item("ViewId", "string", "view1"),
        item("ActiveTable", "string", &active),
    )
}
