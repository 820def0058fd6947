//! The files of the document as parts of a package, with what describes them. Must not know what they say.

use super::super::package::Part;
use super::super::properties::Described;

/// Where the names of the standard begin.
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A file of the package.
pub(super) struct File {
    /// Its path.
    name: String,
    /// Its media type; pictures have theirs by their ending.
    media_type: Option<String>,
    /// What it is to the package or to the document.
    relation: String,
    /// The id by which the document names it; `None` for what belongs to the package.
    id: Option<String>,
    content: Vec<u8>,
}

impl File {
    /// A file that says what the document says of itself.
    pub(super) fn describing(file: &Described) -> File {
        File::new(file.name, file.media_type, &file.relation, &file.xml)
    }

    /// An XML file that belongs to the package itself.
    fn new(name: &str, media_type: &str, relation: &str, content: &str) -> File {
        File {
            name: name.to_owned(),
            media_type: Some(media_type.to_owned()),
            relation: relation.to_owned(),
            id: None,
            content: format!("{XML}{content}").into_bytes(),
        }
    }

    /// The main file.
    pub(super) fn document(content: &str) -> File {
        let relation = format!("{OFFICE}/officeDocument");
        let media_type = media_type("document.main");
        File::new("word/document.xml", &media_type, &relation, content)
    }

    /// A file of the document, such as `word/styles.xml`, which names it as it is called.
    pub(super) fn of_document(name: &str, content: &str) -> File {
        let (path, relation) = (format!("word/{name}.xml"), format!("{OFFICE}/{name}"));
        File {
            id: Some(name.to_owned()),
            ..File::new(&path, &media_type(name), &relation, content)
        }
    }

    /// A picture that the document names by `id`; the ending says what kind.
    pub(super) fn picture(id: &str, ending: &str, content: Vec<u8>) -> File {
        File {
            name: format!("word/media/{id}.{ending}"),
            media_type: None,
            relation: format!("{OFFICE}/image"),
            id: Some(format!("{id}-{ending}")),
            content,
        }
    }
}

fn media_type(kind: &str) -> String {
    format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml")
}

/// The files as parts of a package, after those that say what each is.
pub(super) fn describe(files: Vec<File>) -> Vec<Part> {
    let mut parts = vec![
        Part::new("[Content_Types].xml", content_types(&files)),
        Part::new("_rels/.rels", relations(&files, false)),
        Part::new("word/_rels/document.xml.rels", relations(&files, true)),
    ];
    let files = files.into_iter();
    parts.extend(files.map(|file| Part::new(file.name, file.content)));
    parts
}

fn content_types(files: &[File]) -> String {
    let overrides = files.iter().filter_map(|file| {
        let (name, media_type) = (&file.name, file.media_type.as_ref()?);
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
fn relations(files: &[File], of_document: bool) -> String {
    let named = files.iter().filter(|file| file.id.is_some() == of_document);
    let relations = named.enumerate().map(|(place, file)| {
        let id = file.id.clone();
        let id = id.unwrap_or_else(|| format!("part{}", place + 1));
        let target = file.name.strip_prefix("word/").filter(|_| of_document);
        let (relation, target) = (&file.relation, target.unwrap_or(&file.name));
        format!("<Relationship Id=\"{id}\" Type=\"{relation}\" Target=\"{target}\"/>\n")
    });
    format!(
        "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">\n{}</Relationships>\n",
        relations.collect::<String>()
    )
}
