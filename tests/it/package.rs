//! A zipped file, such as a workbook, as text that a person can review in a diff.
//!
//! Must not know what its parts mean.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// Each part in its order: its name, then what it holds, one element a line.
pub(crate) fn package_text(bytes: &[u8]) -> String {
    show_parts(bytes, |content| content.replace("><", ">\n<"))
}

/// Each part in its order: its name, then its own lines; of a picture, how large it is.
pub(crate) fn package_lines(bytes: &[u8]) -> String {
    show_parts(bytes, str::to_owned)
}

fn show_parts(bytes: &[u8], show: fn(&str) -> String) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let content = match String::from_utf8(content) {
            Ok(content) => show(&content),
            Err(error) => format!("{} bytes", error.as_bytes().len()),
        };
        text += &format!("=== {}\n{}\n", part.name().unwrap(), content.trim_end());
    }
    text
}
