//! The notes of all tables as footnotes of one document, numbered through. Must not know what they say.

use super::super::table::sentence;
use super::text::{paragraph, run, styled_run};

/// Footnotes in the order in which the document refers to them.
#[derive(Default)]
pub(super) struct Footnotes {
    words: Vec<String>,
}

/// Which notes of one table are footnotes already: the number of each, by its place in the table.
#[derive(Default)]
pub(super) struct Referred(Vec<Option<usize>>);

impl Referred {
    fn of(&self, note: usize) -> Option<usize> {
        *self.0.get(note.checked_sub(1)?)?
    }

    fn set(&mut self, note: usize, number: usize) {
        if self.0.len() < note {
            self.0.resize(note, None);
        }
        if let Some(place) = note.checked_sub(1).and_then(|place| self.0.get_mut(place)) {
            *place = Some(number);
        }
    }
}

impl Footnotes {
    /// References to these notes of a table, whose words are `words`: the first to a note makes it a footnote, later ones
    /// point to that.
    pub(super) fn refer(
        &mut self,
        notes: &[usize],
        words: &[String],
        referred: &mut Referred,
    ) -> String {
        let mut runs = String::new();
        for note in notes {
            let Some(words) = note.checked_sub(1).and_then(|place| words.get(place)) else {
                continue;
            };
            if !runs.is_empty() {
                runs.push_str(&styled_run("FootnoteReference", ", "));
            }
            match referred.of(*note) {
                Some(number) => runs.push_str(&pointer(number)),
                None => {
                    self.words.push(words.clone());
                    let number = self.words.len();
                    referred.set(*note, number);
                    runs.push_str(&reference(number));
                }
            }
        }
        runs
    }

    /// The file of the footnotes; the first two are the lines above them.
    pub(super) fn file(&self) -> String {
        let lines = [("separator", -1), ("continuationSeparator", 0)].map(|(kind, id)| {
            let line = paragraph("FootnoteText", &format!("<w:r><w:{kind}/></w:r>"));
            format!(
                "<w:footnote w:type=\"{kind}\" w:id=\"{id}\">{}</w:footnote>\n",
                line.trim_end()
            )
        });
        let notes = self.words.iter().enumerate().map(|(place, words)| {
            let mark =
                "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>";
            let runs = format!("{mark}{}", run(&format!(" {}", sentence(words))));
            let note = paragraph("FootnoteText", &runs);
            format!(
                "<w:footnote w:id=\"{}\">{}</w:footnote>\n",
                place + 1,
                note.trim_end()
            )
        });
        format!(
            "<w:footnotes xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\n{}</w:footnotes>\n",
            lines.into_iter().chain(notes).collect::<String>()
        )
    }
}

/// The reference that makes the footnote, with a name by which others can point to it.
fn reference(number: usize) -> String {
    format!(
        "<w:bookmarkStart w:id=\"{number}\" w:name=\"_RefNote{number}\"/>\
         <w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{number}\"/></w:r>\
         <w:bookmarkEnd w:id=\"{number}\"/>"
    )
}

/// The number of a footnote that stands elsewhere; Word keeps it right when footnotes come or go.
fn pointer(number: usize) -> String {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{}<w:r><w:instrText xml:space=\"preserve\"> NOTEREF _RefNote{number} \\f \\h </w:instrText></w:r>{}{}{}",
        field("begin"),
        field("separate"),
        styled_run("FootnoteReference", &number.to_string()),
        field("end"),
    )
}
