//! Collects everything that is wrong with a framework file; lines and columns are worked out only when there is something
//! to report. Must not know what a framework means.

use super::lines::Lines;
use crate::model::{Code, Place, Problem, Problems};

/// A range of bytes of the file.
pub(super) type Span = (usize, usize);

/// The problems of one file so far.
pub(super) struct Collector<'t> {
    text: &'t str,
    file: &'t str,
    found: Vec<Problem>,
    /// Found when a message first needs them.
    lines: Option<Lines<'t>>,
}

impl<'t> Collector<'t> {
    /// Nothing found yet; `file` names the text in messages.
    pub(super) fn new(text: &'t str, file: &'t str) -> Collector<'t> {
        Collector {
            text,
            file,
            found: Vec::new(),
            lines: None,
        }
    }

    /// Adds one problem at a range of the text.
    pub(super) fn add(
        &mut self,
        code: Code,
        span: Span,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let place = Place {
            span: Some(span),
            ..Place::of(self.file)
        };
        self.found.push(Problem::new(code, what, remedy).at(place));
    }

    /// Whether a problem of this kind has been found, so that what follows from it need not be reported as well.
    pub(super) fn has(&self, code: Code) -> bool {
        self.found.iter().any(|problem| problem.code == code)
    }

    /// Whether something within this range has been reported.
    pub(super) fn has_within(&self, (start, end): Span) -> bool {
        let spans = self.found.iter().filter_map(|problem| problem.place.span);
        spans
            .into_iter()
            .any(|span| start <= span.0 && span.1 <= end)
    }

    /// The line on which a range starts, from 1, for a message that points at a second place.
    pub(super) fn line(&mut self, span: Span) -> usize {
        let lines = self.lines.get_or_insert_with(|| Lines::of(self.text));
        lines.number(span.0)
    }

    /// All problems in the order of the file, with line and column.
    pub(super) fn finish(self) -> Problems {
        let (text, mut found) = (self.text, self.found);
        found.sort_by_key(|problem| problem.place.span);
        let mut position = Position::start(text);
        for problem in &mut found {
            if let Some((start, _)) = problem.place.span {
                position.advance(text, start);
                problem.place.line = Some(position.line);
                problem.place.column = Some(position.column);
            }
        }
        Problems(found)
    }
}

/// A place in the text that only moves forward, so that locating any number of problems is one walk.
struct Position {
    offset: usize,
    line: u64,
    column: u64,
}

impl Position {
    /// Before the first character; a byte order mark is no character.
    fn start(text: &str) -> Position {
        let mark = '\u{feff}';
        Position {
            offset: if text.starts_with(mark) {
                mark.len_utf8()
            } else {
                0
            },
            line: 1,
            column: 1,
        }
    }

    fn advance(&mut self, text: &str, offset: usize) {
        let passed = text.as_bytes().get(self.offset..offset).unwrap_or_default();
        for byte in passed {
            if *byte == b'\n' {
                self.line += 1;
                self.column = 1;
            } else if byte & 0b1100_0000 != 0b1000_0000 {
                // Not a continuation byte: a character starts here.
                self.column += 1;
            }
        }
        self.offset = self.offset.max(offset);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str, spans: &[Span]) -> Vec<(u64, u64)> {
        let mut collector = Collector::new(text, "f.toml");
        for span in spans {
            collector.add(Code::WrongValue, *span, "wrong", "mend it");
        }
        let places = collector
            .finish()
            .0
            .into_iter()
            .map(|problem| problem.place);
        places
            .map(|place| (place.line.unwrap(), place.column.unwrap()))
            .collect()
    }

    #[test]
    fn columns_count_characters_and_problems_come_in_file_order() {
        let text = "é = ü\r\nab = c";
        assert_eq!(
            located(text, &[(14, 15), (5, 7), (0, 2)]),
            [(1, 1), (1, 5), (2, 6)]
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        assert_eq!(located("\u{feff}a", &[(0, 0), (3, 4)]), [(1, 1), (1, 1)]);
    }
}
