//! How high the rows of a sheet are. Must not know any file format.
//!
//! Estimated, as only the program that shows a sheet knows its fonts: programs that fit rows to what stands in them do so again,
//! the others show every line.

use super::plan::{Content, GridColumn, GridRow, Line, Role};
use super::style::LINES_WIDTH;

/// The height of a line of words of 12 points, in quarters of a point; of titles and of headings.
const LINE: usize = 63;
const TITLE: usize = 84;
const HEADING: usize = 75;

/// The height of a row above the table, in quarters of a point; `wraps` says whether it is broken over lines.
pub(super) fn line_height(line: &Line, wraps: bool) -> usize {
    match line.role {
        Role::Title => TITLE,
        Role::Heading => HEADING,
        Role::Plain | Role::Link(_) if wraps => LINE * count_lines(&line.words, LINES_WIDTH),
        Role::Plain | Role::Link(_) => LINE,
    }
}

/// The height of the header, in quarters of a point.
pub(super) fn header_height(columns: &[GridColumn]) -> usize {
    let lines = columns
        .iter()
        .map(|column| count_lines(&column.header, column.width));
    LINE * lines.max().unwrap_or(1)
}

/// The height of a row of the table, in quarters of a point.
pub(super) fn row_height(columns: &[GridColumn], row: &GridRow) -> usize {
    let lines = columns
        .iter()
        .zip(&row.cells)
        .map(|(column, content)| match content {
            Content::Blank | Content::Number { .. } => 1,
            Content::Words(words) | Content::Link { words, .. } => count_lines(words, column.width),
        });
    LINE * lines.max().unwrap_or(1)
}

/// Over how many lines words are broken at their blanks in a column of this many characters.
///
/// Widths are counted in digits, and most letters are narrower: even of bold ones eleven have room for ten digits.
fn count_lines(words: &str, width: usize) -> usize {
    let width = width + width / 10;
    words
        .split('\n')
        .map(|line| count_broken(line, width.max(1)))
        .sum()
}

fn count_broken(line: &str, width: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in line.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            lines += 1;
            used = 0;
        }
        used += length + usize::from(used > 0);
        // A word that is longer than the column is broken within.
        lines += used.saturating_sub(1) / width;
        used -= (used.saturating_sub(1) / width) * width;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_blanks_and_long_words_within() {
        assert_eq!(count_lines("", 10), 1);
        assert_eq!(count_lines("ten digits!", 10), 1);
        assert_eq!(count_lines("ten digits!!", 10), 2);
        assert_eq!(count_lines("one\n\ntwo", 10), 3);
        assert_eq!(count_lines(&"a".repeat(33), 10), 3);
        assert_eq!(count_lines(&format!("b {}", "a".repeat(34)), 10), 5);
    }
}
