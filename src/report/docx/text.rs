//! Words as WordprocessingML: escaped, and broken where they were. Must not know of what they speak.

use std::borrow::Cow;

use super::super::xml::escape_xml;

/// The property of a paragraph that stands on one page with the next.
pub(super) const KEEP_NEXT: &str = "<w:keepNext/>";

/// Words as a run of a paragraph; nothing for no words.
pub(super) fn run(words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    format!("<w:r>{}</w:r>", pieces(words))
}

/// Words as a run in a character style.
pub(super) fn styled_run(style: &str, words: &str) -> String {
    format!(
        "<w:r><w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr>{}</w:r>",
        pieces(words)
    )
}

/// The text between line breaks and tabs, and these as elements.
fn pieces(words: &str) -> String {
    let lines = unix_lines(words);
    let lines = lines.split('\n').map(|line| {
        let pieces = line.split('\t').map(|piece| match piece {
            "" => String::new(),
            piece => format!("<w:t xml:space=\"preserve\">{}</w:t>", escape_xml(piece)),
        });
        pieces.collect::<Vec<_>>().join("<w:tab/>")
    });
    lines.collect::<Vec<_>>().join("<w:br/>")
}

fn unix_lines(words: &str) -> Cow<'_, str> {
    if words.contains('\r') {
        words.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        words.into()
    }
}

/// A paragraph of these runs in a style.
pub(super) fn paragraph(style: &str, runs: &str) -> String {
    special_paragraph(style, "", runs)
}

/// A paragraph of these runs in a style, with further properties of its own.
pub(super) fn special_paragraph(style: &str, properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{runs}</w:p>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_read_as_markup_and_keep_their_lines() {
        assert_eq!(
            run("a<b>&\"c\"\r\nnext\tcell"),
            "<w:r><w:t xml:space=\"preserve\">a&lt;b&gt;&amp;&quot;c&quot;</w:t><w:br/>\
             <w:t xml:space=\"preserve\">next</w:t><w:tab/><w:t xml:space=\"preserve\">cell</w:t></w:r>"
        );
        assert_eq!(run(""), "");
    }
}
