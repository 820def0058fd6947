//! Files as one ZIP package of Office Open XML, with what describes them. Must not know what they say.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::model::{Code, Problem, Problems};

/// Where the names of the standard begin.
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A file of the package.
pub(super) struct Part {
    /// Its path.
    pub(super) name: String,
    /// Its media type; pictures have theirs by their ending.
    media_type: Option<String>,
    /// What it is to the package or to the document.
    relation: String,
    /// The id by which the document names it; `None` for what belongs to the package.
    id: Option<String>,
    content: Vec<u8>,
}

impl Part {
    /// A file that belongs to the package itself.
    pub(super) fn new(name: &str, media_type: &str, relation: &str, content: &str) -> Part {
        Part {
            name: name.to_owned(),
            media_type: Some(media_type.to_owned()),
            relation: relation.to_owned(),
            id: None,
            content: format!("{XML}{content}").into_bytes(),
        }
    }

    /// The main file `word/{name}.xml`.
    pub(super) fn main(name: &str, kind: &str, content: &str) -> Part {
        let relation = format!("{RELATIONS}/officeDocument");
        Part::new(
            &format!("word/{name}.xml"),
            &media_type(kind),
            &relation,
            content,
        )
    }

    /// A file `word/{name}.xml` that the document names by its own name.
    pub(super) fn word(name: &str, kind: &str, content: &str) -> Part {
        let relation = format!("{RELATIONS}/{kind}");
        Part {
            id: Some(name.to_owned()),
            ..Part::new(
                &format!("word/{name}.xml"),
                &media_type(kind),
                &relation,
                content,
            )
        }
    }

    /// A picture that the document names by `id`; `ending` says what kind.
    pub(super) fn picture(id: &str, ending: &str, content: Vec<u8>) -> Part {
        Part {
            name: format!("word/media/{id}.{ending}"),
            media_type: None,
            relation: format!("{RELATIONS}/image"),
            id: Some(id.to_owned()),
            content,
        }
    }
}

fn media_type(kind: &str) -> String {
    format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml")
}

/// The parts as the bytes of a package; its files carry the earliest date that ZIP knows.
pub(super) fn pack(parts: &[Part]) -> Result<Vec<u8>, Problems> {
    let described = [
        ("[Content_Types].xml", content_types(parts)),
        ("_rels/.rels", relations(parts, false)),
        ("word/_rels/document.xml.rels", relations(parts, true)),
    ];
    let described = described
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()));
    let given = parts
        .iter()
        .map(|part| (part.name.as_str(), part.content.as_slice()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in described.chain(given) {
        archive
            .start_file(name, options)
            .map_err(|error| cannot_pack(&error))?;
        archive
            .write_all(bytes)
            .map_err(|error| cannot_pack(&error))?;
    }
    let bytes = archive.finish().map_err(|error| cannot_pack(&error))?;
    Ok(bytes.into_inner())
}

fn cannot_pack(error: &dyn std::error::Error) -> Problems {
    let what = format!("the document cannot be put together: {error}");
    Problem::new(Code::StorageFailed, what, "choose another --format").into()
}

fn content_types(parts: &[Part]) -> String {
    let overrides = parts.iter().filter_map(|part| {
        let media_type = part.media_type.as_ref()?;
        let name = &part.name;
        Some(format!(
            "<Override PartName=\"/{name}\" ContentType=\"{media_type}\"/>\n"
        ))
    });
    format!(
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\">\n\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\n\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\n\
         <Default Extension=\"png\" ContentType=\"image/png\"/>\n\
         <Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>\n{}</Types>\n",
        overrides.collect::<String>()
    )
}

/// What the package (or the document) names, by id.
fn relations(parts: &[Part], of_document: bool) -> String {
    let named = parts.iter().filter(|part| part.id.is_some() == of_document);
    let relations = named.enumerate().map(|(place, part)| {
        let id = part
            .id
            .clone()
            .unwrap_or_else(|| format!("part{}", place + 1));
        let target = part.name.strip_prefix("word/").filter(|_| of_document);
        let (relation, target) = (&part.relation, target.unwrap_or(&part.name));
        format!("<Relationship Id=\"{id}\" Type=\"{relation}\" Target=\"{target}\"/>\n")
    });
    format!(
        "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">\n{}</Relationships>\n",
        relations.collect::<String>()
    )
}
