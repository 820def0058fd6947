//! A zipped file, such as a workbook, as text that a person can review in a diff, and as parts that a test can change.
//!
//! Must not know what its parts mean.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

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

/// Parts of a file: name and content.
pub(crate) type Parts = Vec<(String, Vec<u8>)>;

/// The parts of a file, in order.
pub(crate) fn unpack(file: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let read = |place: usize| {
        let mut part = archive.by_index(place).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        (part.name().unwrap().into_owned(), content)
    };
    (0..ZipArchive::new(Cursor::new(file)).unwrap().len())
        .map(read)
        .collect()
}

/// Parts as a file.
pub(crate) fn pack(parts: &Parts) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
