//! One sheet of an Office Open XML workbook. Sees the plan only.

use super::super::super::xml::escape_xml;
use super::super::height::{header_height, line_height, row_height};
use super::super::plan::{Content, Grid, Role, Sheet, column_name};
use super::super::style::{LINES_WIDTH, Look, cell_look, line_look};
use super::styles::style_number;
use super::{MAIN, OFFICE, area};

/// The sheet; `looks` gives each cell its style by the place of its look.
pub(super) fn write(sheet: &Sheet, looks: &[Look], is_first: bool) -> String {
    let selected = if is_first { " tabSelected=\"1\"" } else { "" };
    let mut xml = format!(
        "<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}/relationships\">\
         <sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
         <sheetViews><sheetView{selected} workbookViewId=\"0\">\
         <selection activeCell=\"A1\" sqref=\"A1\"/></sheetView></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15.75\"/>{}<sheetData>",
        columns_xml(sheet)
    );
    let mut links = String::new();
    for (number, line) in (1_usize..).zip(&sheet.lines) {
        let style = style_number(looks, line_look(sheet, line), &line.words);
        let cell = words_cell("A", number, style, &line.words);
        let height = line_height(line, sheet.grid.is_none());
        xml += &row_xml(number, height, &cell);
        if let Role::Link(target) = &line.role {
            links += &link_xml("A", number, target);
        }
    }
    if let Some(grid) = &sheet.grid {
        let (rows, more) = grid_xml(sheet, grid, looks);
        xml += &rows;
        links += &more;
    }
    xml += "</sheetData>";
    if !links.is_empty() {
        xml += &format!("<hyperlinks>{links}</hyperlinks>");
    }
    xml += "<pageMargins left=\"0.6\" right=\"0.6\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
            <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>";
    if let Some(grid) = &sheet.grid {
        // Numbers of questions are words.
        xml += &format!(
            "<ignoredErrors><ignoredError sqref=\"{}\" numberStoredAsText=\"1\"/></ignoredErrors>\
             <tableParts count=\"1\"><tablePart r:id=\"rId1\"/></tableParts>",
            area(sheet, grid)
        );
    }
    xml + "</worksheet>"
}

fn columns_xml(sheet: &Sheet) -> String {
    let widths: Vec<usize> = match &sheet.grid {
        Some(grid) => grid.columns.iter().map(|column| column.width).collect(),
        None => vec![LINES_WIDTH],
    };
    let column = |(number, width): (usize, usize)| {
        format!("<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>")
    };
    let columns: String = (1..).zip(widths).map(column).collect();
    format!("<cols>{columns}</cols>")
}

/// Header and rows of the table, and the links in it.
fn grid_xml(sheet: &Sheet, grid: &Grid, looks: &[Look]) -> (String, String) {
    let first = sheet.header_row();
    let header = grid.columns.iter().enumerate().map(|(place, column)| {
        let style = style_number(looks, Look::Header(column.align), &column.header);
        words_cell(&column_name(place), first, style, &column.header)
    });
    let mut rows = row_xml(
        first,
        header_height(&grid.columns),
        &header.collect::<String>(),
    );
    let mut links = String::new();
    for (number, row) in (first + 1..).zip(&grid.rows) {
        let mut cells = String::new();
        for ((place, column), content) in grid.columns.iter().enumerate().zip(&row.cells) {
            let Some(look) = cell_look(column, row, content) else {
                continue;
            };
            let letters = column_name(place);
            let style = |words: &str| style_number(looks, look, words);
            cells += &match content {
                Content::Blank => String::new(),
                Content::Words(words) => words_cell(&letters, number, style(words), words),
                Content::Link { words, sheet } => {
                    links += &link_xml(&letters, number, sheet);
                    words_cell(&letters, number, style(words), words)
                }
                Content::Number { plain, .. } => {
                    format!(
                        "<c r=\"{letters}{number}\" s=\"{}\"><v>{plain}</v></c>",
                        style("")
                    )
                }
            };
        }
        rows += &row_xml(number, row_height(&grid.columns, row), &cells);
    }
    (rows, links)
}

/// A row of this height in quarters of a point; a program may fit it to its cells.
fn row_xml(number: usize, height: usize, cells: &str) -> String {
    let (points, rest) = (height / 4, height % 4 * 25);
    format!("<row r=\"{number}\" ht=\"{points}.{rest:02}\">{cells}</row>")
}

/// A cell of words: whatever they are, they are no formula.
fn words_cell(letters: &str, number: usize, style: usize, words: &str) -> String {
    format!(
        "<c r=\"{letters}{number}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        escape(words)
    )
}

fn link_xml(letters: &str, number: usize, sheet: &str) -> String {
    let sheet = escape_xml(sheet);
    format!("<hyperlink ref=\"{letters}{number}\" location=\"'{sheet}'!A1\" display=\"{sheet}\"/>")
}

/// Words in XML as this format writes them: `_x0041_` would be read as a character by its number, unless its first `_` is
/// itself written so (ECMA-376 part 1, 22.9.2.19).
pub(super) fn escape(words: &str) -> String {
    let escaped = escape_xml(words);
    let mut parts = escaped.split("_x").peekable();
    let mut result = parts.next().unwrap_or_default().to_owned();
    while let Some(part) = parts.next() {
        let digits = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        // The `_` at its end may be the first of the next one.
        let is_last = part.len() == 4 && parts.peek().is_some();
        let is_code = digits >= 4 && (is_last || part.as_bytes().get(4) == Some(&b'_'));
        result += if is_code { "_x005F_x" } else { "_x" };
        result += part;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_look_like_the_number_of_a_character_stay_as_they_are() {
        assert_eq!(escape("_x0041_"), "_x005F_x0041_");
        assert_eq!(escape("_x0041_x0042_x"), "_x005F_x0041_x005F_x0042_x");
        assert_eq!(escape("_x004_ _xyz _x00412"), "_x004_ _xyz _x00412");
        assert_eq!(escape("a<_x000D_"), "a&lt;_x005F_x000D_");
    }
}
