//! A report as a Word document (Office Open XML) that keeps the rules of accessible publications: headings in order, captioned
//! tables with repeated header rows and alternative text, no merged cells, real footnotes, a language. Sees tables only; knows no
//! clock and nothing random, so that the same report gives the same bytes.

mod body;
mod footnotes;
mod package;
mod properties;
mod table;
mod text;
mod widths;

use super::table::Report;
use crate::model::Problems;
use body::Body;
use package::{Part, pack};

/// The report as the bytes of a DOCX file.
///
/// # Errors
/// Whatever the ZIP archive reports; it is made in memory, so nothing is known that could fail.
pub fn write_docx(report: &Report) -> Result<Vec<u8>, Problems> {
    pack(&parts(report))
}

/// The files of the package in their order, without what only describes the package.
fn parts(report: &Report) -> Vec<Part> {
    let body = Body::of(report);
    vec![
        properties::core(report),
        properties::app(report),
        Part::main("document", "document.main", body.document()),
        Part::word("styles", "styles", include_str!("docx/styles.xml")),
        Part::word("settings", "settings", include_str!("docx/settings.xml")),
        Part::word("fontTable", "fontTable", include_str!("docx/fonts.xml")),
        Part::word("footer", "footer", include_str!("docx/footer.xml")),
        Part::word("footnotes", "footnotes", &body.footnotes.part()),
    ]
}
