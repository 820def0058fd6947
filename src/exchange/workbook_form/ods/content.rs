//! The rows, columns and drawings of a sheet of an OpenDocument spreadsheet. Must not know its other parts, nor any rule.

use super::super::CELLS_MAX;
use super::super::form::{
    Cell, Drawing, DrawingKind, Look, SheetForm, Value, alternative, formula_link,
};
use super::super::package::too_large;
use super::super::place::{Area, Position};
use super::super::xml::{Element, Node};
use super::styles::Styles;
use crate::model::Problem;

/// How many of the same blank cells side by side are kept for their colour.
const COLORED_BLANKS_MAX: u32 = 100;

/// Columns that look alike.
struct Columns {
    first: u32,
    count: u32,
    style: Option<String>,
}

/// A sheet while it is being read.
pub(super) struct SheetReader {
    sheet: SheetForm,
    row: u32,
    column: u32,
    columns: Vec<Columns>,
}

impl SheetReader {
    pub(super) fn new(element: &Element, styles: &Styles) -> SheetReader {
        let style = element.get("style-name").unwrap_or_default();
        let sheet = SheetForm {
            name: element.get("name").unwrap_or_default().to_owned(),
            is_hidden: styles.is_hidden(style),
            page_words: styles.page_words(style),
            ..SheetForm::default()
        };
        SheetReader {
            sheet,
            row: 0,
            column: 0,
            columns: Vec::new(),
        }
    }

    /// Takes in what stands in the sheet: a row, a group of columns, drawings, or what does not matter.
    ///
    /// # Errors
    /// The workbook has too many cells.
    pub(super) fn read(
        &mut self,
        element: &Element,
        styles: &mut Styles,
        cells_count: &mut usize,
    ) -> Result<(), Problem> {
        match element.name.as_str() {
            "table-column" => self.read_columns(element, styles),
            "table-row" => self.read_row(element, styles, cells_count)?,
            "shapes" => self.read_drawings(element, None),
            "conditional-formats" => {
                self.sheet.has_rule_colors = element.children().next().is_some();
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn finish(self) -> SheetForm {
        self.sheet
    }

    fn read_columns(&mut self, element: &Element, styles: &Styles) {
        let count = repeats(element, "number-columns-repeated");
        let group = Columns {
            first: self.column,
            count,
            style: element.get("default-cell-style-name").map(str::to_owned),
        };
        // Programs write what is beyond their last column, too, as one group that nobody sees.
        let places = group.first..group.first.saturating_add(count.min(1024));
        let style = element.get("style-name").unwrap_or_default();
        if let Some(width) = styles.width(style) {
            self.sheet
                .widths
                .extend(places.clone().map(|place| (place, width)));
        }
        if is_hidden(element) {
            self.sheet.hidden_columns.extend(places);
        }
        self.column = group.first.saturating_add(count);
        self.columns.push(group);
    }

    fn read_row(
        &mut self,
        element: &Element,
        styles: &mut Styles,
        cells_count: &mut usize,
    ) -> Result<(), Problem> {
        let times = repeats(element, "number-rows-repeated");
        let mut column = 0_u32;
        for child in element.children() {
            let repeated = repeats(child, "number-columns-repeated");
            if child.name == "table-cell" {
                let at = Position::new(self.row, column);
                self.read_cell(child, at, (repeated, times), element, styles, cells_count)?;
            }
            if ["table-cell", "covered-table-cell"].contains(&child.name.as_str()) {
                column = column.saturating_add(repeated);
            }
        }
        let has_content = self
            .sheet
            .cells
            .range(Position::new(self.row, 0)..)
            .next()
            .is_some();
        if is_hidden(element) && (has_content || times < 1024) {
            let rows = self.row..self.row.saturating_add(times.min(1024));
            self.sheet.hidden_rows.extend(rows);
        }
        self.row = self.row.saturating_add(times);
        Ok(())
    }

    fn read_cell(
        &mut self,
        element: &Element,
        at: Position,
        (across, down): (u32, u32),
        row: &Element,
        styles: &mut Styles,
        cells_count: &mut usize,
    ) -> Result<(), Problem> {
        let spans = |name: &str| element.number(name).unwrap_or(1).max(1);
        let (wide, high) = (
            spans("number-columns-spanned"),
            spans("number-rows-spanned"),
        );
        if wide > 1 || high > 1 {
            let last = Position::new(
                at.row.saturating_add(high - 1),
                at.column.saturating_add(wide - 1),
            );
            self.sheet.merges.push(Area { first: at, last });
        }
        self.read_drawings(element, Some(at));
        let style = element
            .get("style-name")
            .or_else(|| row.get("default-cell-style-name"))
            .or_else(|| self.column_style(at.column));
        let look = styles.look_of(style.unwrap_or("Default"));
        let cell = cell_of(element, look, styles);
        let (across, down) = if cell.is_filled() {
            (across, down)
        } else if styles
            .look(look)
            .is_some_and(|look: &Look| look.fill.is_some())
        {
            (across.min(COLORED_BLANKS_MAX), down.min(COLORED_BLANKS_MAX))
        } else {
            return Ok(());
        };
        let copies = u64::from(across) * u64::from(down);
        let count = u64::try_from(*cells_count)
            .unwrap_or(u64::MAX)
            .saturating_add(copies);
        *cells_count = usize::try_from(count).unwrap_or(usize::MAX);
        if *cells_count > CELLS_MAX {
            return Err(too_large());
        }
        for row in at.row..at.row.saturating_add(down) {
            for column in at.column..at.column.saturating_add(across) {
                let at = Position::new(row, column);
                if at.is_on_a_sheet() {
                    self.sheet.cells.insert(at, cell.clone());
                }
            }
        }
        Ok(())
    }

    fn column_style(&self, column: u32) -> Option<&str> {
        let mut groups = self.columns.iter();
        let of = |group: &&Columns| {
            (group.first..group.first.saturating_add(group.count)).contains(&column)
        };
        groups.find(of)?.style.as_deref()
    }

    /// Everything that is drawn in an element.
    fn read_drawings(&mut self, element: &Element, at: Option<Position>) {
        for child in element.children() {
            let kind = match child.name.as_str() {
                "annotation" => continue,
                "frame" if child.child("text-box").is_some() => DrawingKind::TextBox,
                "frame" if child.child("object").is_some() => DrawingKind::Chart,
                "frame" if child.child("object-ole").is_some() => DrawingKind::Chart,
                "frame" => DrawingKind::Picture,
                "custom-shape" | "rect" | "ellipse" | "line" | "polyline" | "polygon" | "path"
                | "connector" | "control" | "caption" | "measure" | "circle" => {
                    match child.words().trim() {
                        "" => DrawingKind::Shape,
                        _ => DrawingKind::TextBox,
                    }
                }
                _ => {
                    self.read_drawings(child, at);
                    continue;
                }
            };
            let words = |name: &str| child.child(name).map(Element::words).unwrap_or_default();
            let alternative =
                alternative(&words("title"), &words("desc"), child.says("decorative"));
            self.sheet.drawings.push(Drawing {
                kind,
                at,
                alternative,
            });
        }
    }
}

fn cell_of(element: &Element, look: usize, styles: &Styles) -> Cell {
    let mut shown = Shown::default();
    let paragraphs = element.children().filter(|child| child.name == "p");
    for (place, paragraph) in paragraphs.enumerate() {
        if place > 0 {
            shown.words.push('\n');
        }
        shown.read(paragraph, styles);
    }
    let kind = element.get("value-type").unwrap_or_default();
    let words = shown.words.trim();
    let value = match kind {
        "float" | "percentage" | "currency" => {
            let plain = element.get("value").unwrap_or(words).to_owned();
            Value::Number {
                plain,
                adds: signs(words),
            }
        }
        "date" | "time" | "boolean" => Value::Other(words.to_owned()),
        _ if words.is_empty() => match element.get("string-value").map(str::trim) {
            Some(words) if !words.is_empty() => Value::Words(words.to_owned()),
            _ => Value::Blank,
        },
        _ => Value::Words(words.to_owned()),
    };
    let formula = element.get("formula").unwrap_or_default();
    Cell {
        value,
        look,
        link: shown.link.or_else(|| formula_link(formula)),
        has_superscript: shown.has_superscript,
    }
}

/// What a paragraph shows.
#[derive(Default)]
struct Shown {
    words: String,
    link: Option<String>,
    has_superscript: bool,
}

impl Shown {
    fn read(&mut self, element: &Element, styles: &Styles) {
        for node in &element.nodes {
            let child = match node {
                Node::Words(words) => {
                    self.words.push_str(words);
                    continue;
                }
                Node::Element(child) => child,
            };
            match child.name.as_str() {
                // As many as nobody writes side by side are as good as one.
                "s" => {
                    let count = child.number("c").unwrap_or(1).min(100);
                    (0..count).for_each(|_| self.words.push(' '));
                }
                "tab" => self.words.push(' '),
                "line-break" => self.words.push('\n'),
                "annotation" => {}
                name => {
                    if name == "a" && self.link.is_none() {
                        self.link = child.get("href").map(str::to_owned);
                    }
                    let style = child.get("style-name").unwrap_or_default();
                    self.has_superscript |= name == "span" && styles.is_raised(style);
                    self.read(child, styles);
                }
            }
        }
    }
}

/// What is shown beside the digits of a number, blanks, separators and its sign apart.
fn signs(shown: &str) -> String {
    let beside = |letter: &char| {
        !letter.is_numeric()
            && !letter.is_whitespace()
            && !matches!(letter, '.' | ',' | '-' | '−' | '+' | '\'' | '’' | '٬')
    };
    let signs: String = shown.chars().filter(beside).collect();
    // The exponent of a large number.
    if signs.eq_ignore_ascii_case("e") {
        String::new()
    } else {
        signs
    }
}

fn repeats(element: &Element, name: &str) -> u32 {
    element.number(name).unwrap_or(1).max(1)
}

fn is_hidden(element: &Element) -> bool {
    element
        .get("visibility")
        .is_some_and(|visibility| visibility != "visible")
}
