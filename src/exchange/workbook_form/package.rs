//! The parts of a workbook's file, read one at a time and never more than a limit. Must not know what the parts hold.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::form::Format;
use super::xml::damaged;
use crate::exchange::source::open_file;
use crate::model::{Code, Problem};

/// How large a part may be once it is unpacked, and all parts that are read together: far more than published workbooks have.
const PART_BYTES_MAX: u64 = 64 << 20;
const ALL_BYTES_MAX: u64 = 256 << 20;

/// How many parts a file may have.
const PARTS_MAX: usize = 10_000;

const ODS_KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// A file of parts.
pub(super) struct Package {
    archive: ZipArchive<BufReader<File>>,
    bytes_left: u64,
}

impl Package {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be read, is no file of parts, or needs a password.
    pub(super) fn open(path: &Path) -> Result<Package, Problem> {
        let mut file = open_file(path)?;
        let mut first = [0; 8];
        let filled = file.read(&mut first).unwrap_or_default();
        let first = first.get(..filled).unwrap_or_default();
        if first.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            let what = "the file needs a password, or is a workbook of Excel 2003 or before";
            return Err(unreadable(
                what,
                "open it, and save it as .ods or .xlsx without a password",
            ));
        }
        if first.is_empty() {
            let remedy = "check that it is the right file and was saved";
            return Err(Problem::new(Code::EmptyFile, "the file is empty", remedy));
        }
        let rewound = file.seek(SeekFrom::Start(0));
        rewound.map_err(|error| damaged("(the file)", error))?;
        let archive = ZipArchive::new(BufReader::new(file)).map_err(|_| no_workbook())?;
        if archive.len() > PARTS_MAX {
            return Err(too_large());
        }
        Ok(Package {
            archive,
            bytes_left: ALL_BYTES_MAX,
        })
    }

    /// Which kind of workbook it is.
    ///
    /// # Errors
    /// It is none, or its name says another kind.
    pub(super) fn format(&mut self, path: &Path) -> Result<Format, Problem> {
        let kind = self.text("mimetype")?.unwrap_or_default();
        let kind = kind.trim();
        let format = if kind.starts_with(ODS_KIND) {
            Format::Ods
        } else if self.has("xl/workbook.xml") || self.has_kind("sheet.main+xml")? {
            Format::Xlsx
        } else if kind.contains("opendocument") || self.has("word/document.xml") {
            let what = "this is a document and no workbook";
            return Err(unreadable(
                what,
                "only .ods and .xlsx can be held against the rules",
            ));
        } else if self.has("ppt/presentation.xml") || self.has("xl/workbook.bin") {
            let what = "this is no workbook in .ods or .xlsx";
            return Err(unreadable(what, "save it as one of these"));
        } else {
            return Err(no_workbook());
        };
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        let (endings, name) = match format {
            Format::Ods => (&["ods", "ots"][..], "an OpenDocument spreadsheet (.ods)"),
            Format::Xlsx => (
                &["xlsx", "xlsm", "xltx", "xltm"][..],
                "a workbook of Excel (.xlsx)",
            ),
        };
        if !endings.iter().any(|known| ending == *known) {
            let what = format!("the file is {name}, and its name ends otherwise");
            return Err(unreadable(
                &what,
                "rename it, as programs choose by the ending",
            ));
        }
        Ok(format)
    }

    /// Whether the list of kinds of Office Open XML has one that ends so.
    fn has_kind(&mut self, ending: &str) -> Result<bool, Problem> {
        let kinds = self.text("[Content_Types].xml")?;
        Ok(kinds.is_some_and(|kinds| kinds.contains(ending)))
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Whether there is a part whose name begins so.
    pub(super) fn has_below(&self, folder: &str) -> bool {
        let mut names = self.archive.file_names();
        names.any(|name| name.is_ok_and(|name| name.starts_with(folder) && !name.ends_with('/')))
    }

    /// A part as text; `None` where there is no such part.
    ///
    /// # Errors
    /// It cannot be unpacked, is too large, needs a password, or is not UTF-8.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(locked()),
            Err(error) => return Err(damaged(name, error)),
        };
        let most = PART_BYTES_MAX.min(self.bytes_left);
        let mut bytes = Vec::new();
        // What a part says of its own size is not believed.
        let read = part.take(most + 1).read_to_end(&mut bytes);
        read.map_err(|error| damaged(name, error))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > most {
            return Err(too_large());
        }
        self.bytes_left -= size;
        let text = String::from_utf8(bytes).map_err(|_| damaged(name, "it is not UTF-8"))?;
        let unmarked = text.strip_prefix('\u{feff}').map(str::to_owned);
        Ok(Some(unmarked.unwrap_or(text)))
    }

    /// A part without which there is no workbook.
    ///
    /// # Errors
    /// It is not there, and as [`Package::text`].
    pub(super) fn needed(&mut self, name: &str) -> Result<String, Problem> {
        self.text(name)?
            .ok_or_else(|| damaged(name, "it is missing"))
    }
}

fn unreadable(what: &str, remedy: &str) -> Problem {
    Problem::new(Code::UnreadableFile, what, remedy)
}

fn no_workbook() -> Problem {
    let what = "the file is no workbook, or was cut short";
    unreadable(what, "name an .ods or .xlsx file, or copy it again")
}

/// The problem of a workbook that only opens with a password.
pub(super) fn locked() -> Problem {
    let remedy = "open it, and save it without a password";
    unreadable("the workbook needs a password", remedy)
}

/// The problem of a workbook that is larger than any published one.
pub(super) fn too_large() -> Problem {
    let what = "the workbook is larger than any that is published: more than 64 MB in a part, or 256 MB, 2,000,000 cells or 1,000 tables in all, or made to fill the memory";
    unreadable(what, "split it, or take out what nobody needs")
}
