//! Whether a table fits the width of a terminal as it is, in parts below each other, or only as a list. Must not know what it says.

use super::super::table::{Kind, Table};
use super::{header, shown};

/// What a column of words needs for a table to be readable, unless all it holds is shorter.
pub(super) const WORDS_WIDTH: usize = 20;

/// What is enough for titles, which are broken over a few lines then.
const TITLE_WIDTH: usize = 12;

/// Over how many lines a title may be broken.
const TITLE_LINES: usize = 6;

/// In how many parts a table is still read as one.
const MOST_PARTS: usize = 4;

/// Blank columns around a cell, and the line beside it.
const PADDING: usize = 3;

/// How a table is printed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// As it is; `words` is what a column of longer words is given at least.
    Whole { words: usize },
    /// Below each other: the places of the columns of each part, which begins with what names the rows.
    Parts(Vec<Vec<usize>>),
    /// A few lines for each row.
    List,
}

/// How a table is best printed at a width; `None` is any width.
pub(super) fn lay_out(table: &Table, width: Option<u16>) -> Layout {
    let Some(width) = width.map(usize::from) else {
        return Layout::Whole { words: WORDS_WIDTH };
    };
    let fits = |words: usize| {
        let columns = room(table, words).into_iter();
        columns.map(|room| PADDING + room).sum::<usize>() <= width
    };
    let titles_only = (0..table.columns.len())
        .all(|place| !is_words(table, place) || widest(table, place) <= TITLE_WIDTH * TITLE_LINES);
    if fits(WORDS_WIDTH) {
        return Layout::Whole { words: WORDS_WIDTH };
    }
    if titles_only && fits(TITLE_WIDTH) {
        return Layout::Whole { words: TITLE_WIDTH };
    }
    split(table, width).map_or(Layout::List, Layout::Parts)
}

/// The columns of each part; `None` where there would be too many, or where more than names are words: a list reads better then.
fn split(table: &Table, width: usize) -> Option<Vec<Vec<usize>>> {
    let names = table.naming_columns()?;
    let rooms = room(table, WORDS_WIDTH);
    let room = |place: &usize| PADDING + rooms.get(*place).copied().unwrap_or_default();
    let start: usize = names.iter().map(room).sum();
    let (mut parts, mut used) = (vec![names.clone()], start);
    for place in names.len()..table.columns.len() {
        if is_words(table, place) && widest(table, place) > WORDS_WIDTH {
            return None;
        }
        if used + room(&place) > width {
            parts.push(names.clone());
            used = start;
        }
        used += room(&place);
        parts.last_mut()?.push(place);
    }
    // Each part shows more than one thing of each row.
    let is_readable = |part: &Vec<usize>| part.len() > names.len() + 1;
    let (_, full) = parts.split_last()?;
    let fits = used <= width && parts.len() <= MOST_PARTS;
    (fits && full.iter().all(is_readable)).then_some(parts)
}

fn is_words(table: &Table, place: usize) -> bool {
    let column = table.columns.get(place);
    column.is_some_and(|column| column.kind == Kind::Text)
}

/// What each column needs; `words` is what one of longer words can do with.
pub(super) fn room(table: &Table, words: usize) -> Vec<usize> {
    let columns = narrowest(table).into_iter().enumerate();
    let room = columns.map(|(place, least)| {
        if is_words(table, place) {
            widest(table, place).min(words).max(least)
        } else {
            least
        }
    });
    room.collect()
}

fn widest(table: &Table, place: usize) -> usize {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(place));
    cells.map(|cell| width_of(&shown(cell))).max().unwrap_or(0)
}

/// The longest part of each column that must not be broken: a whole code, the longest word of anything else.
fn narrowest(table: &Table) -> Vec<usize> {
    let longest_word = |words: &str| words.split([' ', '\n']).map(width_of).max().unwrap_or(0);
    let columns = table.columns.iter().enumerate();
    columns
        .map(|(place, column)| {
            let cells = table.rows.iter().filter_map(|row| row.cells.get(place));
            let parts = cells.map(|cell| match column.kind {
                Kind::Code | Kind::Figure | Kind::Count | Kind::Percent => width_of(&shown(cell)),
                _ => longest_word(&shown(cell)),
            });
            parts
                .chain([longest_word(&header(column))])
                .max()
                .unwrap_or(0)
        })
        .collect()
}

pub(super) fn width_of(words: &str) -> usize {
    words.chars().count()
}

#[cfg(test)]
mod tests {
    use super::super::super::table::{Cell, Column, Report, Row, Value};
    use super::super::{TerminalOptions, write_terminal};
    use super::*;

    /// Providers by five standards and four figures, as `annex --programme` prints them.
    fn programme() -> Table {
        let mut columns = vec![
            Column::new("provider", "Provider", Kind::Text),
            Column::new("counted", "Counted", Kind::Text),
        ];
        let titles = [
            "1 Settled accommodation",
            "2 Employment and training",
            "3 Public protection",
            "4 Delivery of sentences",
            "5 Workforce",
        ];
        let id = |title: &str| title.replace(' ', "_");
        columns.extend(titles.map(|title| Column::new(id(title), title, Kind::Rating)));
        let figures = ["Points", "Of", "Targets met", "Rank"];
        columns.extend(figures.map(|title| Column::new(id(title), title, Kind::Count)));
        let row = |name: &str| {
            let mut cells = vec![Cell::text(name), Cell::text("yes")];
            cells.extend(titles.map(|_| Cell::text("Good")));
            cells.extend(figures.map(|_| Cell::from(Value::Count(12))));
            Row::new(cells)
        };
        Table {
            title: "Ratings".to_owned(),
            columns,
            rows: ["North of England", "South"].map(row).into(),
            ..Table::default()
        }
    }

    fn print(table: &Table, width: u16) -> String {
        let report = Report {
            tables: vec![table.clone()],
            ..Report::default()
        };
        let options = TerminalOptions {
            width: Some(width),
            color: false,
        };
        write_terminal(&report, options)
    }

    #[test]
    fn a_wide_table_stays_a_table_at_every_usual_width() {
        for width in [80, 100, 110, 120] {
            let text = print(&programme(), width);
            let widest = text.lines().map(width_of).max().unwrap();
            assert!(widest <= usize::from(width), "{width}:\n{text}");
            assert!(text.contains('═') && !text.contains(": Good"), "{text}");
            assert!(text.contains(" North of England "), "{text}");
        }
        let parts = |width| match lay_out(&programme(), Some(width)) {
            Layout::Whole { .. } => 1,
            Layout::Parts(parts) => parts.len(),
            Layout::List => 0,
        };
        assert_eq!([80, 100, 110, 120, 140].map(parts), [2, 2, 2, 2, 1]);
        assert_eq!(lay_out(&programme(), None), Layout::Whole { words: 20 });
    }

    #[test]
    fn each_part_begins_with_what_tells_its_rows_apart() {
        let Layout::Parts(parts) = lay_out(&programme(), Some(80)) else {
            panic!("not in parts");
        };
        assert!(parts.iter().all(|part| part[0] == 0));
        let shown: Vec<usize> = parts.iter().flat_map(|part| part[1..].to_vec()).collect();
        assert_eq!(shown, (1..11).collect::<Vec<_>>(), "every column once");
        let mut twice = programme();
        twice.rows[1].cells[0] = twice.rows[0].cells[0].clone();
        assert_eq!(lay_out(&twice, Some(80)), Layout::List);
        twice.rows[1].cells[1] = Cell::text("no");
        let Layout::Parts(parts) = lay_out(&twice, Some(80)) else {
            panic!("not in parts");
        };
        assert!(parts.iter().all(|part| part[..2] == [0, 1]));
    }

    #[test]
    fn titles_are_broken_before_the_table_is() {
        let measures = |title: &str| {
            let row = vec![
                Cell::text("C1"),
                Cell::text(title),
                Value::Count(1_000_000).into(),
            ];
            Table {
                columns: vec![
                    Column::new("code", "Code", Kind::Code),
                    Column::new("title", "Measure", Kind::Text),
                    Column::new("value", "Value", Kind::Count),
                ],
                rows: vec![Row::new(row)],
                ..Table::default()
            }
        };
        let title = "Settled accommodation at the end";
        assert_eq!(
            lay_out(&measures(title), Some(42)),
            Layout::Whole { words: 20 }
        );
        assert_eq!(
            lay_out(&measures(title), Some(36)),
            Layout::Whole { words: 12 }
        );
        let long = title.repeat(4);
        assert_ne!(
            lay_out(&measures(&long), Some(36)),
            Layout::Whole { words: 12 }
        );
    }

    #[test]
    fn in_a_list_everything_but_the_first_words_has_its_label() {
        let text = print(&programme(), 20);
        assert!(text.contains("\nSouth\n    Counted: yes;"), "{text}");
    }
}
