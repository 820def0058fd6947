//! What an office file says of itself: title, author, keywords, language, date. Written for Word documents and Excel workbooks
//! alike. Must not know what either holds.

use super::xml::escape_xml;

/// The program that wrote a file, by which an earlier result is known as one.
pub(super) const PROGRAM: &str = "caseaudit";

/// The language of everything that the program writes.
pub(super) const LANGUAGE: &str = "en-GB";

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";

/// A file of a package that describes the whole of it.
pub(super) struct Described {
    /// Its path in the package.
    pub(super) name: &'static str,
    pub(super) media_type: &'static str,
    /// What it is to the package.
    pub(super) relation: String,
    /// What it holds, without the declaration.
    pub(super) xml: String,
}

/// What a file says of itself; what is empty is left out.
pub(super) struct Properties<'a> {
    pub(super) title: &'a str,
    /// The organisation that publishes it.
    pub(super) author: &'a str,
    /// Words to find it by.
    pub(super) keywords: &'a [String],
    /// The day on which its figures were closed, such as `2019-01-23`: no clock says when it was written.
    pub(super) published: Option<&'a str>,
}

impl Properties<'_> {
    /// The files that hold them, in the order in which packages list them.
    pub(super) fn files(&self) -> [Described; 2] {
        [self.core(), self.app()]
    }

    /// Title, author, keywords, language and, once the figures are closed, the date.
    fn core(&self) -> Described {
        let date = self.published.map(|day| format!("{day}T00:00:00Z"));
        let date = date.unwrap_or_default();
        let keywords = self.keywords.join(", ");
        let date_type = " xsi:type=\"dcterms:W3CDTF\"";
        let fields = [
            ("dc:title", "", self.title),
            ("dc:creator", "", self.author),
            ("cp:keywords", "", keywords.as_str()),
            ("dc:language", "", LANGUAGE),
            ("dcterms:created", date_type, date.as_str()),
            ("dcterms:modified", date_type, date.as_str()),
        ];
        let said = fields.iter().filter(|(_, _, words)| !words.is_empty());
        let each: String = said
            .map(|(name, kind, words)| format!("<{name}{kind}>{}</{name}>\n", escape_xml(words)))
            .collect();
        Described {
            name: "docProps/core.xml",
            media_type: "application/vnd.openxmlformats-package.core-properties+xml",
            relation: format!("{PACKAGE}/relationships/metadata/core-properties"),
            xml: format!(
                "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
                 xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
                 xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n{each}</cp:coreProperties>\n"
            ),
        }
    }

    /// The program that wrote it, and the organisation.
    fn app(&self) -> Described {
        let company = match self.author {
            "" => String::new(),
            author => format!("<Company>{}</Company>\n", escape_xml(author)),
        };
        Described {
            name: "docProps/app.xml",
            media_type: "application/vnd.openxmlformats-officedocument.extended-properties+xml",
            relation: format!("{OFFICE}/relationships/extended-properties"),
            xml: format!(
                "<Properties xmlns=\"{OFFICE}/extended-properties\">\n\
                 <Application>{PROGRAM}</Application>\n{company}</Properties>\n"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_says_is_left_out_and_what_is_said_is_no_markup() {
        let nobody = Properties {
            title: "A & B",
            author: "",
            keywords: &[],
            published: None,
        };
        let [core, app] = nobody.files();
        assert!(
            core.xml
                .contains("<dc:title>A &amp; B</dc:title>\n<dc:language>en-GB</dc:language>\n</")
        );
        assert!(!app.xml.contains("Company"));
        let closed = Properties {
            author: "Inspectorate",
            keywords: &["probation".into(), "ratings".into()],
            published: Some("2019-01-23"),
            ..nobody
        };
        let [core, app] = closed.files();
        assert!(
            core.xml
                .contains("<cp:keywords>probation, ratings</cp:keywords>")
        );
        assert_eq!(core.xml.matches(">2019-01-23T00:00:00Z<").count(), 2);
        assert!(app.xml.contains("<Company>Inspectorate</Company>"));
    }
}
