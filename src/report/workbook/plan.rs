//! The plan of a workbook: what stands in which cell. Must not know what the tables are about, nor any file format.

use super::super::table::Align;

/// A workbook; its first sheet is the one that opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Workbook {
    /// Its title.
    pub(super) title: String,
    /// The organisation that publishes it; empty where none is named.
    pub(super) author: String,
    /// Words to find it by.
    pub(super) keywords: Vec<String>,
    /// The day of publication, such as `2019-01-23`.
    pub(super) published: Option<String>,
    /// The sheets in order; at least one.
    pub(super) sheets: Vec<Sheet>,
}

/// A sheet: lines in column A from the first row, then at most one table, directly below them at the left edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    /// Its name: ASCII letters, digits and `_`, unique in the workbook.
    pub(super) name: String,
    /// What stands above the table, a row each; the first is the title.
    pub(super) lines: Vec<Line>,
    /// The table.
    pub(super) grid: Option<Grid>,
}

/// A row above the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its words.
    pub(super) words: String,
    /// What it is.
    pub(super) role: Role,
}

/// What a row above the table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// The title of the sheet.
    Title,
    /// The heading of the lines below it.
    Heading,
    /// A sentence.
    Plain,
    /// A link to the sheet with this name.
    Link(String),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    /// Its name, unique in the workbook: ASCII letters, digits and `_`, never that of a cell.
    pub(super) name: String,
    /// What it is about.
    pub(super) title: String,
    /// The columns; at least one.
    pub(super) columns: Vec<GridColumn>,
    /// The rows; at least one.
    pub(super) rows: Vec<GridRow>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GridColumn {
    /// Its header, unique in the table whatever the case of its letters.
    pub(super) header: String,
    /// On which side its cells stand.
    pub(super) align: Align,
    /// Its width in characters.
    pub(super) width: usize,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GridRow {
    /// A cell for each column.
    pub(super) cells: Vec<Content>,
    /// Whether it leads the rows under it or sums up those above.
    pub(super) leads: bool,
}

/// What stands in a cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing.
    Blank,
    /// Words; not empty.
    Words(String),
    /// A link.
    Link {
        /// Its words; not empty.
        words: String,
        /// The sheet to which it leads.
        sheet: String,
    },
    /// A number.
    Number {
        /// The number as programs read it, such as `-1070.50`: at most 15 digits.
        plain: String,
        /// How people read it.
        shown: String,
        /// How many decimals it has.
        decimals: u32,
    },
}

impl Line {
    /// The title of a sheet.
    pub(super) fn title(words: String) -> Line {
        let role = Role::Title;
        Line { words, role }
    }

    /// A sentence.
    pub(super) fn plain(words: String) -> Line {
        let role = Role::Plain;
        Line { words, role }
    }
}

impl Sheet {
    /// The place of the table's header, counted from 1.
    pub(super) fn header_row(&self) -> usize {
        self.lines.len() + 1
    }
}

/// `A` for 0, `AA` for 26.
pub(super) fn column_name(place: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(place % 26).unwrap_or_default());
    match place / 26 {
        0 => letter.to_string(),
        rest => format!("{}{letter}", column_name(rest - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let names = [0, 25, 26, 51, 52, 701, 702].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
