//! What kind of file a result is, and by what an earlier result of that kind is known, so that a result takes the place of one and
//! of nothing else. Must not know names of files.
//!
//! Formats with a place for it name the program that wrote them; another program that saves such a file writes its own name over
//! it. Text and CSV have no such place: they are known by their first line.

use std::io::{Cursor, Read};

use serde::Deserialize;
use zip::ZipArchive;

use super::chart::PNG_MARK;
use super::properties::PROGRAM;

/// How the stream of all tables begins, as [`super::write_csv`] writes it; the columns of the tables follow.
const CSV_START: &str = "table,about,item,words";

/// A kind of file that results are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Words, with or without Markdown.
    Text,
    /// All tables in one stream, as [`super::write_csv`] writes them.
    Csv,
    /// A JSON object.
    Json,
    /// A page.
    Html,
    /// A workbook for Excel.
    Xlsx,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A Word document.
    Docx,
    /// A picture that is drawn by lines.
    Svg,
    /// A picture of points.
    Png,
}

#[derive(Deserialize)]
struct Marked {
    generator: String,
}

impl FileKind {
    /// Whether `earlier` is a result of this kind, so that `new`, which is one, may take its place. No bytes at all are none.
    #[must_use]
    pub fn is_result(self, earlier: &[u8], new: &[u8]) -> bool {
        match self {
            FileKind::Text => first_line(earlier).is_some_and(|line| first_line(new) == Some(line)),
            FileKind::Csv => first_line(earlier).is_some_and(|line| line.starts_with(CSV_START)),
            FileKind::Json => serde_json::from_slice::<Marked>(earlier)
                .is_ok_and(|marked| marked.generator == PROGRAM),
            FileKind::Html => {
                let head = until(earlier, "</head>");
                let mark = format!("<meta name=\"generator\" content=\"{PROGRAM}\">");
                head.is_some_and(|head| head.starts_with("<!DOCTYPE html>") && head.contains(&mark))
            }
            FileKind::Svg => {
                let mark = format!("<metadata>{PROGRAM}</metadata>");
                let whole = text_of(earlier);
                whole.is_some_and(|whole| whole.starts_with("<svg ") && whole.contains(&mark))
            }
            FileKind::Png => earlier
                .get(PNG_MARK.0..)
                .is_some_and(|rest| rest.starts_with(PNG_MARK.1)),
            FileKind::Docx | FileKind::Xlsx => {
                let mark = format!("<Application>{PROGRAM}</Application>");
                let part = if self == FileKind::Docx {
                    "word/document.xml"
                } else {
                    "xl/workbook.xml"
                };
                has_part(earlier, part, "") && has_part(earlier, "docProps/app.xml", &mark)
            }
            FileKind::Ods => {
                let mark = format!("<meta:generator>{PROGRAM}</meta:generator>");
                let media_type = "application/vnd.oasis.opendocument.spreadsheet";
                has_part(earlier, "mimetype", media_type) && has_part(earlier, "meta.xml", &mark)
            }
        }
    }

    /// By what an earlier result of this kind is known, as the end of a sentence about one.
    #[must_use]
    pub fn sign(self) -> String {
        match self {
            FileKind::Text => "begins with the same line".to_owned(),
            FileKind::Csv => format!("begins with the columns {CSV_START}"),
            FileKind::Json | FileKind::Html => format!("names {PROGRAM} as its generator"),
            FileKind::Docx | FileKind::Xlsx | FileKind::Ods | FileKind::Svg | FileKind::Png => {
                format!("names {PROGRAM} as the program that saved it")
            }
        }
    }
}

/// The first line of a text in which anything stands; `None` for what is no text, or empty.
fn first_line(bytes: &[u8]) -> Option<&str> {
    let mut lines = text_of(bytes)?.lines().map(str::trim);
    lines.find(|line| !line.is_empty())
}

/// What of a text stands before these words, all of it where they are not in it; `None` for what is no text.
fn until<'b>(bytes: &'b [u8], words: &str) -> Option<&'b str> {
    text_of(bytes)?.split(words).next()
}

/// These bytes as a text; `None` for what is none.
fn text_of(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    // Any other letter can stand in a reason or a name, and so in a result.
    (!text.contains('\0')).then(|| text.trim_start_matches('\u{feff}'))
}

/// Whether these bytes are a package with a part of this name that holds these words.
fn has_part(bytes: &[u8], name: &str, words: &str) -> bool {
    /// What a file says of itself is short.
    const MOST: u64 = 64 * 1024;
    let Ok(mut package) = ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    let Ok(part) = package.by_name(name) else {
        return false;
    };
    let mut said = Vec::new();
    let read = words.is_empty() || part.take(MOST).read_to_end(&mut said).is_ok();
    read && String::from_utf8_lossy(&said).contains(words)
}

#[cfg(test)]
mod tests {
    use super::super::{TerminalOptions, write_ods, write_terminal, write_xlsx};
    use super::super::{chart, write_markdown};
    use super::super::{
        draw_png, draw_svg, example, write_csv, write_docx, write_html, write_json,
    };
    use super::*;

    fn results(report: &super::super::Report) -> Vec<(Vec<u8>, FileKind)> {
        let page = TerminalOptions::default();
        let drawn = chart::example::bands();
        vec![
            (write_docx(report).unwrap(), FileKind::Docx),
            (write_xlsx(report).unwrap(), FileKind::Xlsx),
            (write_ods(report).unwrap(), FileKind::Ods),
            (write_html(report).into_bytes(), FileKind::Html),
            (write_json(report).unwrap().into_bytes(), FileKind::Json),
            (write_csv(report).unwrap().into_bytes(), FileKind::Csv),
            (write_markdown(report).into_bytes(), FileKind::Text),
            (write_terminal(report, page).into_bytes(), FileKind::Text),
            (draw_svg(&drawn).into_bytes(), FileKind::Svg),
            (draw_png(&drawn).unwrap(), FileKind::Png),
        ]
    }

    #[test]
    fn every_result_is_known_as_one_of_its_kind_and_of_no_other() {
        for report in [example::report(), example::figures()] {
            let results = results(&report);
            for (bytes, kind) in &results {
                assert!(kind.is_result(bytes, bytes), "{kind:?}");
                for (other, _) in results.iter().filter(|(_, other)| other != kind) {
                    assert!(!kind.is_result(other, bytes), "{kind:?}");
                }
            }
        }
    }

    #[test]
    fn a_result_is_known_again_whatever_was_typed_into_its_reasons() {
        let pasted = b"# Results\n\nReopened because of \x1b[1mthis\x1b[0m\n";
        assert!(FileKind::Text.is_result(pasted, b"# Results\n"));
    }

    #[test]
    fn what_another_program_saved_is_no_result() {
        for (bytes, kind) in results(&example::report()) {
            for other in [
                &b"SQLite format 3\0"[..],
                b"%PDF-1.7\n\xe2\xe3",
                b"PK\x03\x04 cut short",
                b"\x89PNG\r\n\x1a\n",
                b"# Minutes of the meeting\n\nNorth West\n",
                b"reference,sample,gender\nCS-001,case-supervision,F\n",
                b"{\"title\": \"North West\", \"tables\": []}",
                b"{\"generator\": \"another\"}",
                b"<!DOCTYPE html>\n<html><head><title>North West</title></head>caseaudit</html>",
                b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>",
                b"\n",
                b"",
            ] {
                assert!(!kind.is_result(other, &bytes), "{kind:?} {other:?}");
            }
        }
        for (file, kind) in [("cases.xlsx", FileKind::Xlsx), ("cases.ods", FileKind::Ods)] {
            let path = format!("{}/tests/fixtures/{file}", env!("CARGO_MANIFEST_DIR"));
            assert!(
                !kind.is_result(&std::fs::read(path).unwrap(), b""),
                "{file}"
            );
        }
    }
}
