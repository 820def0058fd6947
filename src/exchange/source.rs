//! Opens a file by its ending, and gives its header and its rows.
//!
//! Must not know what the columns mean.

use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::Path;
use std::sync::atomic::AtomicU64;

use csv::ByteRecord;

use super::blocks::{BLOCK_BYTES, Block, Blocks, cell_text, check_utf8, each_record};
use super::workbook::{Kind, Sheet};
use crate::model::{Code, Place, Problem};

/// How the text of a CSV file is written in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// With or without byte-order mark.
    #[default]
    Utf8,
    /// What older spreadsheet programs write on Windows in Western Europe.
    Windows1252,
}

impl Encoding {
    /// Reads the name of an encoding, in any case: `utf-8` or `windows-1252`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Encoding> {
        let is = |word: &str| name.eq_ignore_ascii_case(word);
        if is("utf-8") || is("utf8") {
            Some(Encoding::Utf8)
        } else if is("windows-1252") || is("cp1252") {
            Some(Encoding::Windows1252)
        } else {
            None
        }
    }
}

/// How a file is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// For CSV files without byte-order mark.
    pub encoding: Encoding,
    /// The sheet of a workbook; the first one if `None`.
    pub sheet: Option<&'a str>,
    /// The bytes of the file, where it is part of the program and not on disk.
    pub content: Option<&'a [u8]>,
    /// Counts the bytes of a CSV file that have been read, for a progress bar to look at.
    pub progress: Option<&'a AtomicU64>,
}

/// The first row that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Its line, from 1.
    pub(super) line: u64,
    /// Trimmed column names; columns without a name at the end are there too.
    pub(super) names: Vec<String>,
}

/// A file of which the header has been read.
pub(super) struct Source<'a> {
    /// The file's name, for messages.
    pub(super) file: String,
    /// What its columns are called.
    pub(super) header: Header,
    /// What follows the header.
    pub(super) rows: Rows<'a>,
}

/// The rows of a file.
pub(super) enum Rows<'a> {
    /// Of a CSV file.
    Text(Blocks<'a>),
    /// Of a workbook, the header among them.
    Sheet(Sheet),
}

impl<'a> Source<'a> {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// The file cannot be read, is of no known kind, or is empty.
    pub(super) fn open(path: &Path, options: &Options<'a>) -> Result<Source<'a>, Problem> {
        let file = path.display().to_string();
        let problem_at = |problem: Problem| problem.at(Place::of(&file));
        let kind = kind_of(path).map_err(problem_at)?;
        let decode = options.encoding == Encoding::Windows1252;
        if let Some(content) = options.content {
            return Source::from_blocks(
                Blocks::new(content, &file, decode, None, BLOCK_BYTES),
                file,
            );
        }
        let input = open_file(path).map_err(problem_at)?;
        if let Some(kind) = kind {
            let sheet = Sheet::open(path, kind, BufReader::new(input), options.sheet)?;
            return Source::from_sheet(sheet, file);
        }
        let blocks = Blocks::new(input, &file, decode, options.progress, BLOCK_BYTES);
        Source::from_blocks(blocks, file)
    }

    /// Reads the header of a CSV file.
    ///
    /// # Errors
    /// As [`Source::open`].
    pub(super) fn from_blocks(mut blocks: Blocks<'a>, file: String) -> Result<Source<'a>, Problem> {
        let (line, record) = blocks.take_first_record()?.ok_or_else(|| empty(&file))?;
        let bytes: Vec<u8> = record.iter().collect::<Vec<_>>().join(&b',');
        let block = Block {
            bytes,
            first_line: line,
            quoted: false,
        };
        if let Some(problem) = check_utf8(&block, &file) {
            return Err(problem);
        }
        let header = header(line, &record);
        if record.iter().any(|name| name.trim_ascii().contains(&b'\r')) {
            let what = "the lines end in a way that has not been used for twenty years (CR alone)";
            let problem = Problem::new(Code::WrongHeader, what, "save the file as \"CSV UTF-8\"");
            return Err(problem.at(Place::of(file).line(line)));
        }
        Ok(Source {
            file,
            header,
            rows: Rows::Text(blocks),
        })
    }

    fn from_sheet(sheet: Sheet, file: String) -> Result<Source<'a>, Problem> {
        let (line, record) = sheet.rows(0).next().ok_or_else(|| empty(&file))?;
        let header = header(line, &record);
        Ok(Source {
            file,
            header,
            rows: Rows::Sheet(sheet),
        })
    }

    /// Gives every row that is not blank, with its line, to `on_row` until it answers `false`.
    ///
    /// # Errors
    /// The file cannot be read on, or is not text; what `on_row` was given before still stands.
    pub(super) fn each_row(
        self,
        mut on_row: impl FnMut(u64, &ByteRecord) -> bool,
    ) -> Result<(), Problem> {
        match self.rows {
            Rows::Sheet(sheet) => {
                let mut rows = sheet.rows(self.header.names.len()).skip(1);
                rows.all(|(line, record)| on_row(line, &record));
            }
            Rows::Text(mut blocks) => {
                let mut block = Block::default();
                let mut wanted = true;
                while wanted && blocks.next_into(&mut block)? {
                    let wrong = check_utf8(&block, &self.file);
                    let wrong_line = wrong.as_ref().and_then(|problem| problem.place.line);
                    each_record(&block, |line, record, _| {
                        wanted =
                            wrong_line.is_none_or(|wrong| line < wrong) && on_row(line, record);
                        wanted
                    });
                    if let Some(problem) = wrong {
                        return Err(problem);
                    }
                }
            }
        }
        Ok(())
    }
}

fn header(line: u64, record: &ByteRecord) -> Header {
    let names = record.iter().map(|name| cell_text(name).to_owned());
    Header {
        line,
        names: names.collect(),
    }
}

fn empty(file: &str) -> Problem {
    let remedy = "check that it is the right file and was saved";
    Problem::new(Code::EmptyFile, "the file is empty", remedy).at(Place::of(file))
}

/// The problem of a file that has a header and nothing else.
pub(super) fn no_rows(file: &str) -> Problem {
    let what = "the file has a header and no rows";
    Problem::new(Code::EmptyFile, what, "check that it is the right file").at(Place::of(file))
}

/// The workbook that the file's ending names, or `None` for CSV.
fn kind_of(path: &Path) -> Result<Option<Kind>, Problem> {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "csv" => Ok(None),
        "xlsx" => Ok(Some(Kind::Xlsx)),
        "ods" => Ok(Some(Kind::Ods)),
        _ => {
            let what = "the file's name ends neither in .csv nor in .xlsx nor in .ods";
            let remedy = "save it as one of these, or rename it if it is one";
            Err(Problem::new(Code::UnreadableFile, what, remedy))
        }
    }
}

pub(super) fn open_file(path: &Path) -> Result<File, Problem> {
    let failed = |error: &std::io::Error| {
        let (what, remedy) = match error.kind() {
            ErrorKind::NotFound => ("there is no such file".into(), "check its name and folder"),
            ErrorKind::PermissionDenied => (
                "the file may not be read".into(),
                "close it in other programs, or ask its owner for permission",
            ),
            _ => (
                format!("the file cannot be opened: {error}"),
                "copy it to this computer and try again",
            ),
        };
        Problem::new(Code::UnreadableFile, what, remedy)
    };
    let file = File::open(path).map_err(|error| failed(&error))?;
    if file.metadata().is_ok_and(|about| about.is_dir()) {
        return Err(Problem::new(
            Code::UnreadableFile,
            "this is a folder",
            "name a file in it",
        ));
    }
    Ok(file)
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
