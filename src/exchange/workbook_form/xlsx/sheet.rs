//! A sheet of an Office Open XML workbook. Must not know its other parts, nor any rule.

use super::super::CELLS_MAX;
use super::super::form::{Cell, SheetForm, Value, formula_link};
use super::super::package::too_large;
use super::super::place::{Area, Position};
use super::super::xml::{Element, Met, Node, walk};
use super::Shared;
use super::styles::Styles;
use crate::model::Problem;

/// The width of columns where the file says nothing, in characters.
const WIDTH: u32 = 8;

/// What the cells of all sheets refer to.
pub(super) struct SheetParts<'p> {
    pub(super) styles: &'p Styles,
    pub(super) shared: &'p Shared,
}

/// Reads a sheet; `outside` gives the address of a link by its id.
///
/// # Errors
/// The part is damaged, or the workbook has too many cells.
pub(super) fn read_sheet(
    xml: &str,
    name: &str,
    parts: &SheetParts<'_>,
    outside: impl Fn(&str) -> Option<String>,
    cells_count: &mut usize,
) -> Result<SheetForm, Problem> {
    let mut sheet = SheetForm::default();
    let mut next_row = 0;
    walk(
        xml,
        name,
        |name| !["worksheet", "sheetData"].contains(&name),
        |met| {
            let Met::Whole(element) = met else {
                return Ok(());
            };
            match element.name.as_str() {
                "row" => {
                    *cells_count += element.children().count();
                    if *cells_count > CELLS_MAX {
                        return Err(too_large());
                    }
                    read_row(&element, &mut next_row, parts, &mut sheet);
                }
                "sheetViews" => read_view(&element, &mut sheet),
                "cols" => element
                    .children()
                    .for_each(|columns| read_columns(columns, &mut sheet)),
                "autoFilter" => sheet.has_filter = true,
                "mergeCells" => {
                    let areas = element.children().filter_map(|merged| merged.get("ref"));
                    sheet.merges = areas.filter_map(Area::parse).collect();
                }
                "hyperlinks" => {
                    for link in element.children() {
                        read_link(link, &outside, &mut sheet);
                    }
                }
                "headerFooter" => sheet.page_words = page_words(&element),
                "conditionalFormatting" => {
                    sheet.has_rule_colors |= element.children().any(|rule| {
                        rule.get("dxfId").is_some()
                            || rule.children().any(|kind| kind.name != "formula")
                    });
                }
                _ => {}
            }
            Ok(())
        },
    )?;
    Ok(sheet)
}

fn read_view(views: &Element, sheet: &mut SheetForm) {
    let Some(view) = views.child("sheetView") else {
        return;
    };
    let pane = view.child("pane");
    sheet.is_frozen =
        pane.is_some_and(|pane| pane.get("state").is_some_and(|state| state != "split"));
    let active = pane.and_then(|pane| pane.get("activePane"));
    let selections = || view.children().filter(|child| child.name == "selection");
    let selection = selections().find(|selection| selection.get("pane") == active);
    let cell = selection
        .or(selections().next())
        .and_then(|found| found.get("activeCell"));
    // A sheet whose view says nothing has its cursor in the first cell.
    sheet.cursor = cell.map_or(Some(Position::A1), Position::parse);
}

fn read_columns(columns: &Element, sheet: &mut SheetForm) {
    let (Some(first), Some(last)) = (columns.number("min"), columns.number("max")) else {
        return;
    };
    // Programs write what is beyond their last column, too.
    let last = last.min(first.saturating_add(1024));
    let width = columns
        .get("width")
        .and_then(|width| width.split('.').next());
    let width = width.and_then(|width| width.parse().ok()).unwrap_or(WIDTH);
    for column in first.saturating_sub(1)..last {
        sheet.widths.insert(column, width);
        if columns.says("hidden") {
            sheet.hidden_columns.push(column);
        }
    }
}

fn read_row(element: &Element, next_row: &mut u32, parts: &SheetParts<'_>, sheet: &mut SheetForm) {
    let row = element
        .number("r")
        .map_or(*next_row, |number| number.saturating_sub(1));
    *next_row = row.saturating_add(1);
    if element.says("hidden") {
        sheet.hidden_rows.push(row);
    }
    let mut next_column = 0;
    for child in element.children().filter(|child| child.name == "c") {
        let named = child.get("r").and_then(Position::parse);
        let at = named.unwrap_or(Position::new(row, next_column));
        next_column = at.column.saturating_add(1);
        let cell = read_cell(child, parts);
        let look = parts.styles.looks.get(cell.look);
        let is_kept = cell.is_filled() || look.is_some_and(|look| look.fill.is_some());
        if is_kept && at.is_on_a_sheet() {
            sheet.cells.insert(at, cell);
        }
    }
}

fn read_cell(element: &Element, parts: &SheetParts<'_>) -> Cell {
    let style = element
        .number("s")
        .and_then(|style| usize::try_from(style).ok());
    let style = style.unwrap_or(0);
    let stored = element.child("v").map(Element::words).unwrap_or_default();
    let formula = element.child("f").map(Element::words).unwrap_or_default();
    let mut has_superscript = false;
    let words = |words: String| match words.trim() {
        "" => Value::Blank,
        words => Value::Words(words.to_owned()),
    };
    let value = match element.get("t").unwrap_or("n") {
        "s" => {
            let place: Option<usize> = stored.trim().parse().ok();
            let shared = place.and_then(|place| parts.shared.get(place));
            let (text, raised) = shared.cloned().unwrap_or_default();
            has_superscript = raised;
            words(text)
        }
        "inlineStr" => {
            let (text, raised) = element.child("is").map(read_string).unwrap_or_default();
            has_superscript = raised;
            words(text)
        }
        "str" => words(stored),
        "n" if stored.trim().is_empty() => Value::Blank,
        "n" if parts.styles.is_date(style) => Value::Other(stored),
        "n" => Value::Number {
            plain: stored.trim().to_owned(),
            adds: parts.styles.signs(style).to_owned(),
        },
        "b" => Value::Other(
            if stored.trim() == "1" {
                "TRUE"
            } else {
                "FALSE"
            }
            .to_owned(),
        ),
        _ if stored.trim().is_empty() => Value::Blank,
        _ => Value::Other(stored),
    };
    Cell {
        value,
        look: style,
        link: formula_link(&formula),
        has_superscript,
    }
}

/// The strings that cells share.
///
/// # Errors
/// The part is damaged.
pub(super) fn read_shared(xml: &str, name: &str) -> Result<Shared, Problem> {
    let mut shared = Shared::new();
    walk(
        xml,
        name,
        |name| name == "si",
        |met| {
            if let Met::Whole(element) = met {
                shared.push(read_string(&element));
            }
            Ok(())
        },
    )?;
    Ok(shared)
}

/// The words of a string without their reading aids, and whether some are raised.
fn read_string(element: &Element) -> (String, bool) {
    let (mut words, mut raised) = (String::new(), false);
    for child in element.children() {
        match child.name.as_str() {
            "t" => words += &unescape(&text_of(child)),
            "r" => {
                words += &unescape(&child.child("t").map(text_of).unwrap_or_default());
                let position = child
                    .child("rPr")
                    .and_then(|looks| looks.child("vertAlign"));
                raised |= position.is_some_and(|each| each.get("val") == Some("superscript"));
            }
            _ => {}
        }
    }
    (words, raised)
}

fn text_of(element: &Element) -> String {
    let words = element.nodes.iter().map(|node| match node {
        Node::Words(words) => words.as_str(),
        Node::Element(_) => "",
    });
    words.collect()
}

/// Characters that are written by their number, `_x000D_`, as themselves (ECMA-376 part 1, 22.9.2.19).
fn unescape(words: &str) -> String {
    let mut result = String::new();
    let mut rest = words;
    while let Some(place) = rest.find("_x") {
        let (before, from) = rest.split_at(place);
        result += before;
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        let taken = match code.and_then(char::from_u32) {
            Some(letter) => {
                result.push(letter);
                7
            }
            None => {
                result += "_x";
                2
            }
        };
        rest = from.get(taken..).unwrap_or_default();
    }
    result + rest
}

fn read_link(link: &Element, outside: impl Fn(&str) -> Option<String>, sheet: &mut SheetForm) {
    let target = link.get("id").and_then(outside).unwrap_or_default();
    let target = match link.get("location") {
        Some(location) => format!("{target}#{location}"),
        None => target,
    };
    let at = link.get("ref").and_then(Area::parse).map(|area| area.first);
    if let Some(cell) = at.and_then(|at| sheet.cells.get_mut(&at)) {
        cell.link = Some(target);
    }
}

/// The words of headers and footers without the codes for their place and font.
fn page_words(element: &Element) -> String {
    let words = element.children().map(Element::words);
    let words: Vec<String> = words.map(|words| words.trim().to_owned()).collect();
    words.join(" ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_by_their_number_are_themselves() {
        assert_eq!(unescape("a_x000A_b"), "a\nb");
        assert_eq!(unescape("_x005F_x0041_"), "_x0041_");
        assert_eq!(unescape("_xyz_x12_ é_x00é_"), "_xyz_x12_ é_x00é_");
    }
}
