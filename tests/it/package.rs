//! A zipped file, such as a workbook, as text that a person can review in a diff.
//!
//! Must not know what its parts mean.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// Each part in its order: its name, then what it holds, one element a line.
pub(crate) fn package_text(bytes: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let mut content = String::new();
        part.read_to_string(&mut content).unwrap();
        let content = content.replace("><", ">\n<");
        text += &format!("=== {}\n{}\n", part.name().unwrap(), content.trim_end());
    }
    text
}
