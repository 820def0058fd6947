//! A report as a Word document (Office Open XML) that keeps the rules of accessible publications: headings in order, captioned
//! tables with repeated header rows and alternative text, no merged cells, real footnotes, a language. Sees tables only; knows no
//! clock and nothing random, so that the same report gives the same bytes.

mod body;
mod footnotes;
mod package;
mod picture;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod widths;

use super::package::{Part, write_package};
use super::properties::Properties;
use super::table::Report;
use crate::model::Problems;
use body::Body;
use package::{File, describe};

/// The report as the bytes of a DOCX file.
///
/// # Errors
/// Only when a chart cannot be drawn, or the file not be built, in memory.
pub fn write_docx(report: &Report) -> Result<Vec<u8>, Problems> {
    write_package(&parts(report)?)
}

/// The parts of the package in their order.
fn parts(report: &Report) -> Result<Vec<Part>, Problems> {
    let body = Body::of(report)?;
    let about = &report.about;
    let properties = Properties {
        title: &report.title,
        author: &about.organisation,
        keywords: &about.keywords,
        published: about.published.as_deref(),
    };
    let mut files: Vec<File> = properties.files().iter().map(File::describing).collect();
    files.extend([
        File::document(&body.document()),
        File::of_document("styles", include_str!("docx/styles.xml")),
        File::of_document("settings", include_str!("docx/settings.xml")),
        File::of_document("fontTable", include_str!("docx/fonts.xml")),
        File::of_document("footer", include_str!("docx/footer.xml")),
        File::of_document("footnotes", &body.footnotes.file()),
    ]);
    files.extend(body.pictures);
    Ok(describe(files))
}
