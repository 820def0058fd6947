//! Parts put together into one zipped file, as office documents are. Must not know what the parts hold.
//!
//! The same parts give the same bytes, whenever and wherever they are written: every part has the same date, and none has the
//! extras (data descriptors, 64-bit sizes) that some readers of office documents refuse.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::model::{Code, Problem, Problems};

/// A part of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its path in the package, with forward slashes.
    pub(super) name: String,
    /// What it holds.
    pub(super) content: Vec<u8>,
    /// Whether it stands in the package as it is, so that programs can tell the kind of file from its first bytes.
    pub(super) is_stored: bool,
}

impl Part {
    /// A part that is compressed.
    pub(super) fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Part {
        Part {
            name: name.into(),
            content: content.into(),
            is_stored: false,
        }
    }

    /// A part that is not.
    pub(super) fn stored(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Part {
        Part {
            is_stored: true,
            ..Part::new(name, content)
        }
    }
}

/// The parts as one file, in their order.
///
/// # Errors
/// Only when the file cannot be built in memory.
pub(super) fn write_package(parts: &[Part]) -> Result<Vec<u8>, Problems> {
    zip_parts(parts).map_err(|error| {
        Problem::new(
            Code::StorageFailed,
            format!("the file cannot be put together: {error}"),
            "try another format",
        )
        .into()
    })
}

fn zip_parts(parts: &[Part]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        let method = if part.is_stored {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(0o644)
            .system(System::Unix);
        writer.start_file(part.name.as_str(), options)?;
        writer.write_all(&part.content)?;
    }
    writer.finish().map(Cursor::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn package() -> Vec<u8> {
        let kind = Part::stored("mimetype", "application/x-test");
        let text = Part::new("folder/text.xml", "<a/>".repeat(1_000));
        write_package(&[kind, text]).unwrap()
    }

    #[test]
    fn the_same_parts_give_the_same_bytes_without_a_date_of_today() {
        let bytes = package();
        assert_eq!(bytes, package());
        let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        for place in 0..archive.len() {
            let part = archive.by_index(place).unwrap();
            assert_eq!(part.last_modified(), Some(DateTime::DEFAULT));
        }
        let mut text = String::new();
        let mut part = archive.by_name("folder/text.xml").unwrap();
        part.read_to_string(&mut text).unwrap();
        assert_eq!(text.len(), 4_000);
    }

    #[test]
    fn the_first_part_can_be_read_from_the_first_bytes_and_no_part_has_extras() {
        let bytes = package();
        // Local header: flags at 6 (no data descriptor), method at 8, length of the extra field at 28, then name and content.
        assert_eq!(&bytes[..4], b"PK\x03\x04");
        assert_eq!((&bytes[6..10], &bytes[28..30]), (&[0; 4][..], &[0; 2][..]));
        assert_eq!(&bytes[30..56], b"mimetypeapplication/x-test");
        assert_eq!(&bytes[56..60], b"PK\x03\x04");
        assert_eq!((bytes[62] & 8, &bytes[84..86]), (0, &[0, 0][..]));
    }
}
