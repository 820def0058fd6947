//! The formats of results, and which files are written in which. Must not know how any of them is written.

use std::path::Path;

use clap::ValueEnum;

use crate::model::{Code, Place, Problem, Problems};
use crate::report::FileKind;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Tables for people
    Terminal,
    /// Tables as Markdown
    #[value(alias = "md")]
    Markdown,
    /// Comma-separated values
    Csv,
    /// For programs
    Json,
    /// One page for a browser, with its charts
    Html,
    /// A workbook for Excel, to a file
    Xlsx,
    /// An OpenDocument spreadsheet, to a file
    Ods,
    /// A Word document, to a file
    Docx,
}

impl Format {
    /// The format of a file of this name: the chosen one, or else that of its ending; without either, plain text.
    ///
    /// # Errors
    /// An ending that no format has, or that of another format than the chosen one.
    pub(super) fn of_file(chosen: Option<Format>, path: &Path) -> Result<Format, Problems> {
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase())
            .unwrap_or_default();
        match (chosen, Format::of_ending(&ending)) {
            (Some(chosen), Some(other)) if chosen != other => {
                Err(contradiction(path, chosen, &ending))
            }
            (Some(format), _) | (None, Some(format)) => Ok(format),
            (None, None) if ending.is_empty() => Ok(Format::Terminal),
            (None, None) => Err(has_no_format(path, &ending)),
        }
    }

    /// The format whose files end so; `None` where there is none.
    fn of_ending(ending: &str) -> Option<Format> {
        match ending {
            "txt" => Some(Format::Terminal),
            "md" | "markdown" => Some(Format::Markdown),
            "csv" => Some(Format::Csv),
            "json" => Some(Format::Json),
            "html" | "htm" => Some(Format::Html),
            "xlsx" => Some(Format::Xlsx),
            "ods" => Some(Format::Ods),
            "docx" => Some(Format::Docx),
            _ => None,
        }
    }

    /// The ending of its files.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Format::Terminal => "txt",
            Format::Markdown => "md",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Html => "html",
            Format::Xlsx => "xlsx",
            Format::Ods => "ods",
            Format::Docx => "docx",
        }
    }

    /// Whether its files are text, which a terminal can show.
    pub(super) fn is_printable(self) -> bool {
        !matches!(self, Format::Xlsx | Format::Ods | Format::Docx)
    }

    /// What kind of file it makes.
    pub(super) fn kind(self) -> FileKind {
        match self {
            Format::Terminal | Format::Markdown => FileKind::Text,
            Format::Csv => FileKind::Csv,
            Format::Json => FileKind::Json,
            Format::Html => FileKind::Html,
            Format::Xlsx => FileKind::Xlsx,
            Format::Ods => FileKind::Ods,
            Format::Docx => FileKind::Docx,
        }
    }

    fn word(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

fn contradiction(path: &Path, chosen: Format, ending: &str) -> Problems {
    let what = format!(
        "a file in the format {} does not end in .{ending}",
        chosen.word()
    );
    let right = path.with_extension(chosen.ending());
    let remedy = format!("name it {}, or leave --format out", right.display());
    let problem = Problem::new(Code::WrongValue, what, remedy);
    problem.at(Place::of(path.display().to_string())).into()
}

fn has_no_format(path: &Path, ending: &str) -> Problems {
    let what = format!("there is no format for the ending .{ending}");
    let remedy =
        "end the name in .docx, .html, .ods, .xlsx, .md, .csv, .json or .txt, or choose a --format";
    Problem::new(Code::WrongValue, what, remedy)
        .at(Place::of(path.display().to_string()))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_the_format_unless_another_is_chosen_and_never_against_it() {
        let of = |chosen, name: &str| Format::of_file(chosen, Path::new(name)).ok();
        assert_eq!(of(None, "a.DOCX"), Some(Format::Docx));
        assert_eq!(of(None, "a"), Some(Format::Terminal));
        assert_eq!(of(None, "a.pdf"), None);
        assert_eq!(of(Some(Format::Csv), "a"), Some(Format::Csv));
        assert_eq!(of(Some(Format::Markdown), "a.qmd"), Some(Format::Markdown));
        assert_eq!(of(Some(Format::Docx), "a.md"), None);
        assert_eq!(of(Some(Format::Terminal), "a.docx"), None);
        for format in Format::value_variants() {
            assert_eq!(Format::of_ending(format.ending()), Some(*format));
        }
    }
}
