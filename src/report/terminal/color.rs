//! Colours and weight on a terminal. They only repeat what words say.

/// The code for bold.
pub(super) const BOLD: &str = "1";

/// Red, yellow, green, cyan from worst to best; the words say the same.
pub(super) fn rating_color(place: usize, of: usize) -> &'static str {
    match place {
        0 => "31",
        _ if place + 1 >= of => "36",
        _ if 2 * place < of => "33",
        _ => "32",
    }
}

/// The words in a colour or weight, if colours are wanted.
pub(super) fn paint(words: &str, code: &str, color: bool) -> String {
    if color && !words.is_empty() {
        format!("\u{1b}[{code}m{words}\u{1b}[0m")
    } else {
        words.to_owned()
    }
}

/// Characters without width that stand for a colour while the table is laid out, and what they become.
const MARKS: [(char, &str); 6] = [
    ('\u{2060}', "0"),
    ('\u{2061}', BOLD),
    ('\u{2062}', "31"),
    ('\u{2063}', "36"),
    ('\u{2064}', "33"),
    ('\u{206a}', "32"),
];

/// Puts colour marks around each word, so that a broken line carries no colour over to the next cell.
pub(super) fn mark(words: &str, code: Option<&str>, color: bool) -> String {
    let open = MARKS.iter().find(|(_, known)| Some(*known) == code);
    let (Some((open, _)), true) = (open, color) else {
        return words.to_owned();
    };
    let (end, _) = MARKS[0];
    let lines = words.split('\n').map(|line| {
        let words = line.split(' ').map(|word| {
            if word.is_empty() {
                String::new()
            } else {
                format!("{open}{word}{end}")
            }
        });
        words.collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Turns the marks of a laid out table into codes.
pub(super) fn colour_marks(drawn: &str) -> String {
    MARKS.iter().fold(drawn.to_owned(), |drawn, (mark, code)| {
        drawn.replace(*mark, &format!("\u{1b}[{code}m"))
    })
}

/// The text as it is without colours.
#[cfg(test)]
pub(super) fn without_codes(text: &str) -> String {
    MARKS.iter().fold(text.to_owned(), |text, (_, code)| {
        text.replace(&format!("\u{1b}[{code}m"), "")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_of_any_scale_have_a_colour() {
        let colors = |of| {
            (0..of)
                .map(|place| rating_color(place, of))
                .collect::<Vec<_>>()
        };
        assert_eq!(colors(4), ["31", "33", "32", "36"]);
        assert_eq!(colors(2), ["31", "36"]);
        assert_eq!(colors(1), ["31"]);
    }

    #[test]
    fn each_word_is_marked_by_itself() {
        let marked = mark("two  words\nmore", Some(BOLD), true);
        assert_eq!(
            colour_marks(&marked),
            "\u{1b}[1mtwo\u{1b}[0m  \u{1b}[1mwords\u{1b}[0m\n\u{1b}[1mmore\u{1b}[0m"
        );
        assert_eq!(mark("plain", None, true), "plain");
        assert_eq!(mark("plain", Some(BOLD), false), "plain");
        assert_eq!(paint("", BOLD, true), "");
    }
}
