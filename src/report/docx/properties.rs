//! What the document says of itself: title, author, language, keywords. Must not know its tables.

use super::super::table::Report;
use super::super::xml::escape_xml;
use super::package::File;

/// The language of all that the program writes.
const LANGUAGE: &str = "en-GB";

/// Title, author, keywords, language and, once the figures are closed, the date.
pub(super) fn core(report: &Report) -> File {
    let about = &report.about;
    let date = about
        .published
        .as_ref()
        .map(|day| format!("{day}T00:00:00Z"));
    let fields = [
        ("dc:title", report.title.clone()),
        ("dc:creator", about.organisation.clone()),
        ("cp:keywords", about.keywords.join(", ")),
        ("dc:language", LANGUAGE.to_owned()),
    ];
    let fields = fields.iter().filter(|(_, words)| !words.is_empty());
    let fields = fields.map(|(name, words)| format!("<{name}>{}</{name}>\n", escape_xml(words)));
    let dates = date.iter().flat_map(|date| {
        ["created", "modified"].map(|name| {
            let date = escape_xml(date);
            format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:{name}>\n")
        })
    });
    let content = format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n{}</cp:coreProperties>\n",
        fields.chain(dates).collect::<String>()
    );
    File::new(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        &content,
    )
}

/// The program that wrote it, and the organisation.
pub(super) fn app(report: &Report) -> File {
    let company = Some(&report.about.organisation).filter(|words| !words.is_empty());
    let company = company.map(|words| format!("<Company>{}</Company>\n", escape_xml(words)));
    let content = format!(
        "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\n\
         <Application>caseaudit</Application>\n{}</Properties>\n",
        company.unwrap_or_default()
    );
    File::new(
        "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties",
        &content,
    )
}
