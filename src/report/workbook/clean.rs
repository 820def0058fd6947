//! Words made fit for a cell. Must not know what they say, nor any file format.

/// How many UTF-16 units a cell of Excel holds; OpenDocument has no limit, but whoever converts a file meets this one.
const CELL_UNITS_MAX: usize = 32_767;

/// How long a header or a title may be: Excel refuses longer names of columns, and nobody reads longer titles.
const NAME_UNITS_MAX: usize = 255;

/// What stands at the end of words that were too long.
const SHORTENED: &str = " … (shortened)";

/// The words for a cell: line breaks as `\n`, other control characters as `�`, no blanks at the end, not longer than a cell.
pub(super) fn clean_words(words: &str) -> String {
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    let printable = words.chars().map(|letter| match letter {
        '\n' => letter,
        '\t' => ' ',
        letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => '\u{fffd}',
        letter => letter,
    });
    let words: String = printable.collect();
    shorten(words.trim_end(), CELL_UNITS_MAX)
}

/// The words on one line, as headers and titles are.
pub(super) fn clean_line(words: &str) -> String {
    let cleaned = clean_words(words);
    let parts: Vec<&str> = cleaned.split_whitespace().collect();
    shorten(&parts.join(" "), NAME_UNITS_MAX)
}

fn shorten(words: &str, units_max: usize) -> String {
    let units = |words: &str| words.chars().map(char::len_utf16).sum::<usize>();
    if units(words) <= units_max {
        return words.to_owned();
    }
    let mut room = units_max.saturating_sub(units(SHORTENED));
    let fits = |letter: &char| match room.checked_sub(letter.len_utf16()) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    let kept: String = words.chars().take_while(fits).collect();
    format!("{kept}{SHORTENED}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_cell_can_hold_is_replaced_and_the_rest_stays() {
        assert_eq!(
            clean_words(" a\r\nb\rc\td\u{0}\u{1b}[1m\u{85} \n"),
            " a\nb\nc d��[1m�"
        );
        assert_eq!(clean_words("=1+1 <&> 🙂 é"), "=1+1 <&> 🙂 é");
        assert_eq!(clean_line("  two\n lines "), "two lines");
        assert_eq!(clean_words("\n \n"), "");
    }

    #[test]
    fn words_that_are_too_long_say_that_they_were_shortened() {
        let full = "é".repeat(CELL_UNITS_MAX);
        assert_eq!(clean_words(&full), full);
        // Each of these letters takes two units.
        for long in ["é".repeat(CELL_UNITS_MAX + 1), "🙂".repeat(20_000)] {
            let short = clean_words(&long);
            assert!(short.ends_with(SHORTENED));
            let units = short.encode_utf16().count();
            assert!(
                [CELL_UNITS_MAX - 1, CELL_UNITS_MAX].contains(&units),
                "{units}"
            );
        }
        assert_eq!(clean_line(&"a".repeat(300)).chars().count(), 255);
    }
}
