//! Where the lines of a text start. Must not know what the text says.

/// The lines of a text, numbered from 1.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

/// One line of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    pub(super) number: usize,
    /// Its first byte in the text.
    pub(super) start: usize,
    /// Its text without the line break.
    pub(super) text: &'t str,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    pub(super) fn of(text: &'t str) -> Lines<'t> {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Lines {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// The number of the line that holds a byte; the last line for one beyond the text.
    pub(super) fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The line that holds a byte; `None` beyond the text.
    pub(super) fn around(&self, offset: usize) -> Option<Line<'t>> {
        if offset > self.text.len() {
            return None;
        }
        let number = self.number(offset);
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let text = self.text.get(start..)?.lines().next().unwrap_or_default();
        Some(Line {
            number,
            start,
            text,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_its_own_break_and_the_last_may_be_empty() {
        let lines = Lines::of("a\r\nb\n");
        let line = |number, start, text| {
            Some(Line {
                number,
                start,
                text,
            })
        };
        assert_eq!(lines.around(2), line(1, 0, "a"));
        assert_eq!(lines.around(3), line(2, 3, "b"));
        assert_eq!(lines.around(5), line(3, 5, ""));
        assert_eq!(lines.around(6), None);
        assert_eq!(Lines::of("").around(0), line(1, 0, ""));
    }
}
