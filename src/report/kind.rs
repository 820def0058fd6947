//! What kind of file some bytes are, so that a result takes the place of an earlier one and of nothing else. Must not know names
//! of files.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// A kind of file that results are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Words, with or without Markdown.
    Text,
    /// All tables in one stream, as [`super::write_csv`] writes them; other CSV files are none of ours.
    Csv,
    /// A JSON object, as [`super::write_json`] writes it; others are none of ours.
    Json,
    /// A page.
    Html,
    /// A workbook for Excel.
    Xlsx,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A Word document.
    Docx,
}

impl FileKind {
    /// What these bytes are; `None` for all that no result is written as, such as a database. No bytes at all are of no kind.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<FileKind> {
        if bytes.is_empty() {
            return None;
        }
        if bytes.starts_with(b"PK") {
            return of_package(bytes);
        }
        let text = std::str::from_utf8(bytes).ok()?;
        // Any other letter can stand in a reason or a name, and so in a result.
        if text.contains('\0') {
            return None;
        }
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let page = text.get(..9).map(str::to_lowercase);
        Some(match text {
            _ if page.as_deref() == Some("<!doctype") => FileKind::Html,
            _ if text.starts_with('{') => return is_report(text).then_some(FileKind::Json),
            _ if text.starts_with("table,about,item,words") => FileKind::Csv,
            _ => FileKind::Text,
        })
    }
}

/// Whether an object begins as a report does.
fn is_report(object: &str) -> bool {
    let members = object.trim_start_matches('{').trim_start();
    members.starts_with("\"title\":")
}

/// The kind of an office file, by the part that every one of its kind has.
fn of_package(bytes: &[u8]) -> Option<FileKind> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if package.index_for_name("word/document.xml").is_some() {
        return Some(FileKind::Docx);
    }
    if package.index_for_name("xl/workbook.xml").is_some() {
        return Some(FileKind::Xlsx);
    }
    let mut kind = String::new();
    let named = package.by_name("mimetype").ok()?;
    named.take(100).read_to_string(&mut kind).ok()?;
    (kind == "application/vnd.oasis.opendocument.spreadsheet").then_some(FileKind::Ods)
}

#[cfg(test)]
mod tests {
    use super::super::{TerminalOptions, write_ods, write_terminal, write_xlsx};
    use super::super::{example, write_csv, write_docx, write_html, write_json, write_markdown};
    use super::*;

    #[test]
    fn every_result_is_of_the_kind_that_it_is_written_as() {
        for report in [example::report(), example::figures()] {
            let page = TerminalOptions::default();
            for (bytes, kind) in [
                (write_docx(&report).unwrap(), FileKind::Docx),
                (write_xlsx(&report).unwrap(), FileKind::Xlsx),
                (write_ods(&report).unwrap(), FileKind::Ods),
                (write_html(&report).into_bytes(), FileKind::Html),
                (write_json(&report).unwrap().into_bytes(), FileKind::Json),
                (write_csv(&report).unwrap().into_bytes(), FileKind::Csv),
                (write_markdown(&report).into_bytes(), FileKind::Text),
                (write_terminal(&report, page).into_bytes(), FileKind::Text),
            ] {
                assert_eq!(FileKind::of(&bytes), Some(kind));
            }
        }
    }

    #[test]
    fn what_no_result_is_written_as_is_of_no_kind() {
        for bytes in [
            &b"SQLite format 3\0"[..],
            b"%PDF-1.7\n\xe2\xe3",
            b"PK\x03\x04 cut short",
            b"\x89PNG\r\n\x1a\n",
            b"{\"name\": \"settings\", \"title\": \"of another program\"}",
            b"{}",
            b"",
        ] {
            assert_eq!(FileKind::of(bytes), None, "{bytes:?}");
        }
        let pasted = b"# Results\n\nReopened because of \x1b[1mthis\x1b[0m\n";
        assert_eq!(FileKind::of(pasted), Some(FileKind::Text));
        let cases = b"reference,sample,gender\nCS-001,case-supervision,F\n";
        assert_ne!(FileKind::of(cases), Some(FileKind::Csv));
    }
}
