//! What a person types in a session: lines, and what they mean. Must not know what is done about them.

use std::io::{BufRead, Read as _};

use crate::model::{Answer, Practice};

/// Longest line that is read, in bytes: far more than a terminal lets anyone type, far less than memory.
const LINE_BYTES: usize = 16_384;

/// A line of input.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line without its end and without blanks around it.
    Text(String),
    /// A line that cannot be used, and why.
    Unusable(&'static str),
    /// There is no more input.
    End,
}

/// Reads one line. Of a line that is too long nothing is kept, and the next line is read as usual.
///
/// # Errors
/// What the input reports.
pub(super) fn read_line(input: &mut dyn BufRead) -> std::io::Result<Line> {
    let mut bytes = Vec::new();
    let mut start = (&mut *input).take(LINE_BYTES as u64 + 1);
    if start.read_until(b'\n', &mut bytes)? == 0 {
        return Ok(Line::End);
    }
    if bytes.len() > LINE_BYTES && !bytes.ends_with(b"\n") {
        input.skip_until(b'\n')?;
        return Ok(Line::Unusable(
            "That line is too long: 16,000 letters at most.",
        ));
    }
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Ok(Line::Unusable(
            "That line has letters that are not UTF-8 and cannot be read.",
        ));
    };
    // Windows PowerShell puts a byte order mark before what it pipes.
    let text = text.trim_start_matches('\u{feff}').trim();
    let text = text.replace('\t', " ");
    if text.chars().any(char::is_control) {
        return Ok(Line::Unusable(
            "That line has keys that are not text, such as arrow keys.",
        ));
    }
    Ok(Line::Text(text))
}

/// What a typed line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Typed<'t> {
    /// The present answer stays (Enter).
    Keep,
    /// This answer.
    Answer(Answer),
    /// The question before.
    Back,
    /// The answer is taken back.
    Clear,
    /// This note; empty when it is to be asked for.
    Note(&'t str),
    /// The note as an example of practice: the note itself, or empty for the one that is there.
    Example(Practice, &'t str),
    /// The question with this number; empty when it was left out.
    GoTo(&'t str),
    /// The first unanswered question.
    Unanswered,
    /// The list of answers.
    List,
    /// All keys.
    Help,
    /// The assessment is to be submitted. Not *yes*: whoever types y out of habit at the end must not lock it.
    Submit,
    /// The end of the session.
    Stop,
    /// None of these.
    Unknown,
}

/// Understands a line, in any case, as a letter or as the word it stands for.
pub(super) fn understand(line: &str) -> Typed<'_> {
    if let Some(answer) = Answer::parse(line) {
        return Typed::Answer(answer);
    }
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    match (word.to_ascii_lowercase().as_str(), rest.is_empty()) {
        ("", _) => Typed::Keep,
        ("t" | "note", _) => Typed::Note(rest),
        ("e" | "effective", _) => Typed::Example(Practice::Effective, rest),
        ("p" | "poor", _) => Typed::Example(Practice::Poor, rest),
        ("g" | "go", _) => Typed::GoTo(rest),
        ("a", true) => Typed::Answer(Answer::NotApplicable),
        ("b" | "back", true) => Typed::Back,
        ("c" | "clear", true) => Typed::Clear,
        ("s" | "submit", true) => Typed::Submit,
        ("u" | "unanswered", true) => Typed::Unanswered,
        ("l" | "list", true) => Typed::List,
        ("?" | "h" | "help", true) => Typed::Help,
        ("q" | "quit" | "stop" | "exit", true) => Typed::Stop,
        _ => Typed::Unknown,
    }
}

/// Whether a text is too short to be a note or a reason: a single letter is a key that was meant for another prompt.
pub(super) fn is_mistyped_note(text: &str) -> bool {
    text.chars().count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mut bytes: &[u8]) -> Vec<Line> {
        let mut lines = Vec::new();
        loop {
            match read_line(&mut bytes).unwrap() {
                Line::End => return lines,
                line => lines.push(line),
            }
        }
    }

    fn text(line: &str) -> Line {
        Line::Text(line.to_owned())
    }

    #[test]
    fn lines_are_read_without_their_ends_and_the_last_one_needs_none() {
        assert_eq!(
            read(b"y\r\n  t a\tb \n\nq"),
            [text("y"), text("t a b"), text(""), text("q")]
        );
        assert_eq!(read("\u{feff}y\n".as_bytes()), [text("y")]);
        assert_eq!(read(b""), []);
    }

    #[test]
    fn a_line_of_the_greatest_length_is_read_and_a_longer_one_is_left_out() {
        for end in ["\n", ""] {
            let line = "x".repeat(LINE_BYTES);
            assert_eq!(read((line.clone() + end).as_bytes()), [text(&line)]);
            let lines = read((line + "x" + end).as_bytes());
            assert!(matches!(lines.as_slice(), [Line::Unusable(_)]));
        }
        let lines = read(("x".repeat(20 * LINE_BYTES) + "\ny\n").as_bytes());
        assert!(matches!(lines.as_slice(), [Line::Unusable(_), last] if *last == text("y")));
    }

    #[test]
    fn a_line_that_is_not_text_is_unusable() {
        for bytes in [&b"caf\xe9\n"[..], b"\x1b[A\n", b"y\0\n"] {
            assert!(matches!(read(bytes).as_slice(), [Line::Unusable(_)]));
        }
    }

    #[test]
    fn keys_are_understood_as_letters_and_words_in_any_case() {
        for (line, typed) in [
            ("", Typed::Keep),
            ("Y", Typed::Answer(Answer::Yes)),
            ("no", Typed::Answer(Answer::No)),
            ("A", Typed::Answer(Answer::NotApplicable)),
            ("n/a", Typed::Answer(Answer::NotApplicable)),
            ("not applicable", Typed::Answer(Answer::NotApplicable)),
            ("t Seen  late", Typed::Note("Seen  late")),
            ("t", Typed::Note("")),
            ("e", Typed::Example(Practice::Effective, "")),
            ("P  Seen late", Typed::Example(Practice::Poor, "Seen late")),
            ("effective -", Typed::Example(Practice::Effective, "-")),
            ("g  2.4.1", Typed::GoTo("2.4.1")),
            ("go", Typed::GoTo("")),
            ("HELP", Typed::Help),
            ("q", Typed::Stop),
        ] {
            assert_eq!(understand(line), typed, "{line:?}");
        }
    }

    #[test]
    fn an_answer_with_anything_behind_it_is_not_guessed_at() {
        for line in ["yes but", "a bit", "yy", "quite", "b 2", "g2.1", "1"] {
            assert_eq!(understand(line), Typed::Unknown, "{line:?}");
        }
    }

    #[test]
    fn a_single_letter_is_no_note() {
        assert!(is_mistyped_note("y") && is_mistyped_note("é"));
        assert!(!is_mistyped_note("") && !is_mistyped_note("ok"));
    }
}
