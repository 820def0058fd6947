//! The neutral form of a workbook: plain values. Must not know any file format, nor what is good or bad about a workbook.

use std::collections::BTreeMap;

use super::place::{Area, Position};

/// A kind of workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// OpenDocument.
    #[default]
    Ods,
    /// Office Open XML.
    Xlsx,
}

/// A workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkbookForm {
    /// The name of its file, without folders.
    pub file_name: String,
    /// Its kind.
    pub format: Format,
    /// What it says of itself.
    pub properties: Properties,
    /// Its sheets in order, hidden ones too.
    pub sheets: Vec<SheetForm>,
    /// The sheet with which it opens, from 0.
    pub opens_on: usize,
    /// Whether it brings programs along.
    pub has_macros: bool,
    /// How cells look; cells refer to them by place.
    pub looks: Vec<Look>,
}

/// What a workbook says of itself; empty where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Properties {
    /// Its title.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// Words to find it by.
    pub keywords: String,
    /// Its language, such as `en-GB`.
    pub language: String,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetForm {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// The cells that are filled, and blank ones with a colour.
    pub cells: BTreeMap<Position, Cell>,
    /// Cells that are merged into one.
    pub merges: Vec<Area>,
    /// What is marked as a table.
    pub tables: Vec<MarkedTable>,
    /// Whether a filter is switched on outside of marked tables.
    pub has_filter: bool,
    /// Where the cursor stands; `None` where the file does not say.
    pub cursor: Option<Position>,
    /// Whether rows or columns are frozen.
    pub is_frozen: bool,
    /// Hidden rows, from 0.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns, from 0.
    pub hidden_columns: Vec<u32>,
    /// Widths of columns in characters; a column that does not stand here has the width of the format.
    pub widths: BTreeMap<u32, u32>,
    /// What each printed page has above or below the sheet; empty for nothing.
    pub page_words: String,
    /// Pictures, charts and the like.
    pub drawings: Vec<Drawing>,
    /// Whether a rule colours its cells by what they hold.
    pub has_rule_colors: bool,
}

/// What is marked as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedTable {
    /// Its name.
    pub name: String,
    /// Its cells, header included.
    pub area: Area,
    /// How many header rows are marked: 0 or 1.
    pub headers_count: u32,
    /// Whether its header has buttons to filter by.
    pub has_filter: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What stands in it.
    pub value: Value,
    /// The place of its look in the workbook.
    pub look: usize,
    /// Where its link leads, as the file writes it: `#Table_1.A1`, `#'Table 1'!A1`, `https://…`.
    pub link: Option<String>,
    /// Whether some of its words are raised, as marks of footnotes are.
    pub has_superscript: bool,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing, or nothing but blanks.
    #[default]
    Blank,
    /// Words.
    Words(String),
    /// A number.
    Number {
        /// As the file holds it.
        plain: String,
        /// What its format shows beside its digits, such as `%`; empty for nothing.
        adds: String,
    },
    /// A date, a truth value, or the sign of a failed formula.
    Other(String),
}

/// On which side of its cell something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Left.
    Left,
    /// In the middle.
    Middle,
    /// Right.
    Right,
}

/// How a cell looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// The level of the heading style, from 1.
    pub heading: Option<u32>,
    /// Whether its words are broken over lines.
    pub wraps: bool,
    /// Where it stands, if somebody said so.
    pub side: Option<Side>,
    /// The colour behind it.
    pub fill: Option<String>,
    /// The colour of its words, if somebody chose one.
    pub color: Option<String>,
    /// The name of its font, if the file says.
    pub font: Option<String>,
    /// The size of its font in tenths of a point, if the file says.
    pub size: Option<u32>,
    /// Whether its words are slanted.
    pub is_italic: bool,
    /// Whether its words are raised.
    pub is_superscript: bool,
    /// Whether its words do not run from left to right on one line.
    pub is_turned: bool,
}

/// A picture or the like that lies on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// What it is.
    pub kind: DrawingKind,
    /// The cell where it begins, if it has one.
    pub at: Option<Position>,
    /// The text for those who cannot see it, or that it only adorns; empty for neither.
    pub alternative: String,
}

/// What lies on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawingKind {
    /// A picture.
    Picture,
    /// A chart or another embedded document.
    Chart,
    /// A text box.
    TextBox,
    /// A shape, a line, a button.
    Shape,
}

impl Cell {
    /// The words in it; `None` for a number, a date or nothing.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match &self.value {
            Value::Words(words) => Some(words),
            _ => None,
        }
    }

    /// What stands in it, to be quoted.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.value {
            Value::Blank => String::new(),
            Value::Words(words) | Value::Other(words) => words.clone(),
            Value::Number { plain, adds } if adds == "%" => format!("{plain} shown as %"),
            Value::Number { plain, .. } => plain.clone(),
        }
    }

    /// Whether anything stands in it.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        self.value != Value::Blank
    }
}

impl SheetForm {
    /// The cells that are filled, row by row.
    pub fn filled(&self) -> impl Iterator<Item = (Position, &Cell)> {
        let cells = self.cells.iter().filter(|(_, cell)| cell.is_filled());
        cells.map(|(at, cell)| (*at, cell))
    }

    /// The cell, if it is filled.
    #[must_use]
    pub fn filled_at(&self, at: Position) -> Option<&Cell> {
        self.cells.get(&at).filter(|cell| cell.is_filled())
    }
}

impl WorkbookForm {
    /// How a cell looks.
    #[must_use]
    pub fn look(&self, cell: &Cell) -> Option<&Look> {
        self.looks.get(cell.look)
    }
}

/// The text for those who cannot see a drawing: its title and description, or that it only adorns.
#[must_use]
pub(super) fn alternative(title: &str, description: &str, is_decorative: bool) -> String {
    match format!("{title} {description}").trim() {
        "" if is_decorative => "decorative".to_owned(),
        words => words.to_owned(),
    }
}

/// Where a formula leads that does nothing but link: `=HYPERLINK("#Table_1.A1"; "Table 1")`, whatever stands before its `=`.
#[must_use]
pub(super) fn formula_link(formula: &str) -> Option<String> {
    let (_, rest) = formula.split_once('=').unwrap_or(("", formula));
    let rest = rest.trim_start();
    let name = rest.get(..9)?;
    let target = rest.get(9..)?.strip_prefix("(\"")?;
    let is_link = name.eq_ignore_ascii_case("HYPERLINK");
    let (target, _) = target.split_once('"').filter(|_| is_link)?;
    Some(target.to_owned())
}

/// 1 for `Heading 1`, `Heading_20_1` and `Heading1`; `None` for what is no heading with a level.
pub(super) fn heading_level(name: &str) -> Option<u32> {
    let name = name.replace("_20_", "").replace(' ', "").to_lowercase();
    // So LibreOffice calls those that came with a file of Excel.
    let name = name.strip_prefix("excelbuilt-in").unwrap_or(&name);
    name.strip_prefix("heading")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_their_names_in_every_spelling() {
        for name in [
            "Heading 1",
            "Heading_20_1",
            "Heading1",
            "heading 1",
            "Excel_20_Built-in_20_Heading_20_1",
        ] {
            assert_eq!(heading_level(name), Some(1), "{name}");
        }
        assert_eq!(heading_level("Heading 2"), Some(2));
        for name in ["Heading", "Title", "Heading one", ""] {
            assert_eq!(heading_level(name), None, "{name}");
        }
    }

    #[test]
    fn a_formula_that_only_links_is_a_link() {
        for formula in [
            "HYPERLINK(\"#A.A1\",\"a\")",
            "of:=HYPERLINK(\"#A.A1\";\"a\")",
            "=hyperlink(\"#A.A1\")",
        ] {
            assert_eq!(formula_link(formula).as_deref(), Some("#A.A1"), "{formula}");
        }
        for formula in [
            "",
            "=1+1",
            "HYPERLINK(A1)",
            "=SUM(HYPERLINK(\"#A\"))",
            "é=éééééé",
        ] {
            assert_eq!(formula_link(formula), None, "{formula}");
        }
    }
}
