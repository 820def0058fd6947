//! The one table model: content only. How it looks and how it is written belongs to the writers.
//!
//! Title, scope, units, notes, legend, source and the reason of each empty cell are fields, never glued into headers.

mod about;
mod cell;
mod groups;
mod naming;
mod parts;
mod view;

use super::chart::Chart;
use super::revised::Revised;
pub use about::{About, Version};
pub use cell::{Cell, Missing, Symbol, Value};
pub use groups::{Caution, Groups};
use serde::{Deserialize, Serialize};
pub use view::View;

/// What a command gives out: tables with a common title.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Title of the whole.
    pub title: String,
    /// What a published file says of itself.
    pub about: About,
    /// What a reader must know of all tables, such as `Made-up data`; printed before them.
    pub notes: Vec<String>,
    /// The tables in order.
    pub tables: Vec<Table>,
    /// Pictures of some of the tables, for the writers that have room for pictures.
    pub charts: Vec<Chart>,
    /// What is other than in an earlier publication, in the order of the tables.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub revised: Vec<Revised>,
    /// What its tables of groups of cases are; `None` where nobody asked for any.
    pub groups: Option<Groups>,
    /// What is said only where certain tables stand together.
    pub cautions: Vec<Caution>,
}

/// A part of a report: some are shown only to those who ask for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Part {
    /// The published figures.
    #[default]
    Published,
    /// The published figures beside those of other inspections, which change without this one.
    Comparison,
    /// How sure they are.
    Technical,
    /// The figures of groups of cases.
    Subgroups,
    /// The words for the figures, for whoever writes the prose.
    Words,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    /// Its name in files, unique in the report: lower-case words with dashes.
    pub id: String,
    /// Its title.
    pub title: String,
    /// To which part of a report it belongs.
    pub part: Part,
    /// Id of the case information whose groups it shows; empty where it shows none.
    pub by: String,
    /// Whom and what it covers.
    pub scope: String,
    /// In what the figures are given.
    pub units: String,
    /// What a blank cell means; empty when there is none.
    pub blank_cells: String,
    /// What is the same in every row and stands in the title or scope, such as the period: files have a column for each, before
    /// the others.
    pub shared: Vec<(Column, String)>,
    /// The columns in order.
    pub columns: Vec<Column>,
    /// The rows in order, each with a cell for each column.
    pub rows: Vec<Row>,
    /// Footnotes; cells refer to them by number, from 1.
    pub notes: Vec<String>,
    /// Where the content comes from.
    pub source: String,
}

/// A column and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name in files, unique in the table: lower-case words with underscores.
    pub id: String,
    /// Its header for people, unique in the table.
    pub header: String,
    /// What its cells are.
    pub kind: Kind,
    /// Whether it is shown only to those who ask for the counts behind each percentage.
    pub is_detail: bool,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Words, which may be broken over lines.
    Text,
    /// A number of a standard or question, which may not.
    Code,
    /// How many.
    Count,
    /// Whole percent.
    Percent,
    /// A decimal number.
    Figure,
    /// A place on the framework's scale.
    Rating,
}

/// On which side the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// A cell for each column.
    pub cells: Vec<Cell>,
    /// Whether it leads the rows under it, as a standard leads its key questions, or sums up those above.
    pub leads: bool,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(id: impl Into<String>, header: impl Into<String>, kind: Kind) -> Column {
        Column {
            id: id.into(),
            header: header.into(),
            kind,
            is_detail: false,
        }
    }

    /// The same column, for those who ask for the counts behind each percentage.
    #[must_use]
    pub fn as_detail(mut self) -> Column {
        self.is_detail = true;
        self
    }
}

impl Kind {
    /// Words stand left, figures right.
    #[must_use]
    pub fn align(self) -> Align {
        match self {
            Kind::Text | Kind::Code | Kind::Rating => Align::Left,
            Kind::Count | Kind::Percent | Kind::Figure => Align::Right,
        }
    }

    /// The word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Code => "code",
            Kind::Count => "count",
            Kind::Percent => "percent",
            Kind::Figure => "figure",
            Kind::Rating => "rating",
        }
    }
}

impl Row {
    /// A plain row.
    #[must_use]
    pub fn new(cells: Vec<Cell>) -> Row {
        Row {
            cells,
            leads: false,
        }
    }

    /// A row that leads others or sums them up.
    #[must_use]
    pub fn leading(cells: Vec<Cell>) -> Row {
        Row { cells, leads: true }
    }
}

impl Table {
    /// The number of this note; added when the table does not have it yet.
    pub fn note(&mut self, words: &str) -> usize {
        match self.notes.iter().position(|note| note == words) {
            Some(place) => place + 1,
            None => {
                self.notes.push(words.to_owned());
                self.notes.len()
            }
        }
    }

    /// Whether any cell refers to the note with this number, from 1.
    pub(super) fn cites(&self, note: usize) -> bool {
        let mut cells = self.rows.iter().flat_map(|row| &row.cells);
        cells.any(|cell| cell.notes.contains(&note))
    }

    /// Takes out a column that says the same in every row, and keeps its words as shared ones; nothing where its rows differ.
    pub(super) fn share_column(&mut self, id: &str) {
        let Some(place) = self.columns.iter().position(|column| column.id == id) else {
            return;
        };
        let mut cells = self.rows.iter().filter_map(|row| row.cells.get(place));
        let Some(Value::Text(words)) = cells.next().map(|cell| cell.value.clone()) else {
            return;
        };
        if cells.all(|cell| cell.value == Value::Text(words.clone())) {
            self.shared.push((self.columns.remove(place), words));
            for row in &mut self.rows {
                row.cells.remove(place);
            }
        }
    }

    /// The symbols that are used in the cells, alone or beside a figure, each once, in the order of their first use.
    #[must_use]
    pub fn legend(&self) -> Vec<Symbol> {
        let mut symbols: Vec<Symbol> = Vec::new();
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        for symbol in cells.flat_map(Cell::symbols) {
            if !symbols.contains(symbol) {
                symbols.push(symbol.clone());
            }
        }
        symbols
    }

    /// Whom and what it covers and in what figures, as printed above it; empty parts are left out.
    #[must_use]
    pub fn lines_above(&self) -> Vec<String> {
        let lines = [self.scope.as_str(), self.units.as_str()];
        lines
            .iter()
            .filter(|line| !line.is_empty())
            .map(|line| sentence(line))
            .collect()
    }

    /// Notes, legend, the meaning of blanks and source, as printed below it; empty parts are left out. A note to which no cell
    /// refers is about the whole table and has no number, which people would look for.
    #[must_use]
    pub fn lines_below(&self) -> Vec<String> {
        let notes = (1..).zip(&self.notes).map(|(number, note)| {
            let words = sentence(note);
            if self.cites(number) {
                format!("[note {number}] {words}")
            } else {
                format!("Note: {words}")
            }
        });
        let legend = self
            .legend()
            .into_iter()
            .map(|symbol| format!("{} {}.", symbol.code, symbol.meaning));
        let mut lines: Vec<String> = notes.chain(legend).collect();
        if !self.blank_cells.is_empty() {
            lines.push(format!("Blank: {}", sentence(&self.blank_cells)));
        }
        if !self.source.is_empty() {
            lines.push(format!("Source: {}", sentence(&self.source)));
        }
        lines
    }
}

/// The words with a full stop, unless they have one: reasons that people wrote often do.
pub(super) fn sentence(words: &str) -> String {
    let words = words.trim_end();
    if words.ends_with(['.', '!', '?']) {
        words.to_owned()
    } else {
        format!("{words}.")
    }
}

/// `case-supervision` for `Case supervision`: lower-case letters and digits, all else a dash.
#[must_use]
pub(super) fn kebab(words: &str) -> String {
    let lower = words.to_lowercase();
    let parts = lower.split(|letter: char| !letter.is_ascii_alphanumeric());
    parts
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn the_legend_holds_only_the_symbols_that_are_used() {
        let table = &example::report().tables[0];
        assert_eq!(table.legend(), [Symbol::NOT_AVAILABLE]);
        assert!(Table::default().legend().is_empty());
    }

    #[test]
    fn a_note_to_which_no_cell_refers_has_no_number() {
        let mut table = Table {
            notes: vec!["About all".into(), "About one".into()],
            ..Table::default()
        };
        let cell = Cell::text("a").with_notes(vec![2]);
        table.rows = vec![Row::new(vec![cell])];
        assert_eq!(
            table.lines_below(),
            ["Note: About all.", "[note 2] About one."]
        );
    }

    #[test]
    fn the_same_note_is_kept_once() {
        let mut table = Table::default();
        assert_eq!(
            [table.note("a"), table.note("b"), table.note("a")],
            [1, 2, 1]
        );
        assert_eq!(table.notes, ["a", "b"]);
    }

    #[test]
    fn an_empty_table_has_nothing_to_say_around_it() {
        assert!(Table::default().lines_above().is_empty());
        assert!(Table::default().lines_below().is_empty());
    }

    #[test]
    fn table_ids_are_words_with_dashes() {
        assert_eq!(kebab("Case supervision"), "case-supervision");
        assert_eq!(kebab("NPS-specific work (2018)"), "nps-specific-work-2018");
        assert_eq!(kebab("…"), "");
    }
}
