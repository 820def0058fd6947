//! Text inside XML. Must not know in which file it stands.

/// Whether XML 1.0 allows this character; it has no way to write the others.
fn is_writable(letter: char) -> bool {
    !matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// The words as content of an element or an attribute in double quotes: never mark-up, and what XML cannot hold as `�`.
#[must_use]
pub(super) fn escape_xml(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Written as they are, readers would make spaces of them in attributes, and line feeds of returns.
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' => escaped.push_str("&#9;"),
            letter if is_writable(letter) => escaped.push(letter),
            _ => escaped.push('\u{fffd}'),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_markup_and_what_xml_cannot_hold_is_replaced() {
        assert_eq!(
            escape_xml("a & b <c> \"d\" 'e'"),
            "a &amp; b &lt;c&gt; &quot;d&quot; 'e'"
        );
        assert_eq!(escape_xml("\u{0}\u{1b}[31m\u{ffff}"), "��[31m�");
        assert_eq!(escape_xml("1\r\n\t2 é 🙂"), "1&#13;&#10;&#9;2 é 🙂");
    }
}
