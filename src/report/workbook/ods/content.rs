//! The sheets of an OpenDocument spreadsheet. Sees the plan only.

use super::super::super::xml::escape_xml;
use super::super::height::{header_height, line_height, row_height};
use super::super::plan::{Content, Grid, GridRow, Role, Sheet, Workbook, column_name};
use super::super::style::{LINES_WIDTH, Look, cell_look, line_look, looks};
use super::NAMESPACES;
use super::styles::{COLUMN, ROW, look_name, write_automatic};

/// Everything that stands in the cells, and which cells are tables.
pub(super) fn write(workbook: &Workbook) -> String {
    let looks = looks(workbook);
    let mut widths: Vec<usize> = Vec::new();
    for width in workbook.sheets.iter().flat_map(column_widths) {
        if !widths.contains(&width) {
            widths.push(width);
        }
    }
    let mut heights: Vec<usize> = Vec::new();
    for height in workbook.sheets.iter().flat_map(row_heights) {
        if !heights.contains(&height) {
            heights.push(height);
        }
    }
    let write = |sheet: &Sheet| sheet_xml(sheet, &looks);
    let sheets: String = workbook.sheets.iter().map(write).collect();
    let ranges: String = workbook.sheets.iter().map(range_xml).collect();
    let ranges = if ranges.is_empty() {
        ranges
    } else {
        format!("<table:database-ranges>{ranges}</table:database-ranges>")
    };
    format!(
        "<office:document-content {NAMESPACES}>{}<office:body><office:spreadsheet>{sheets}{ranges}\
         </office:spreadsheet></office:body></office:document-content>",
        write_automatic(&looks, &widths, &heights)
    )
}

fn column_widths(sheet: &Sheet) -> Vec<usize> {
    match &sheet.grid {
        Some(grid) => grid.columns.iter().map(|column| column.width).collect(),
        None => vec![LINES_WIDTH],
    }
}

fn row_heights(sheet: &Sheet) -> Vec<usize> {
    let wraps = sheet.grid.is_none();
    let lines = sheet.lines.iter().map(|line| line_height(line, wraps));
    let rows = sheet.grid.iter().flat_map(|grid| {
        let rows = grid.rows.iter().map(|row| row_height(&grid.columns, row));
        std::iter::once(header_height(&grid.columns)).chain(rows)
    });
    lines.chain(rows).collect()
}

fn sheet_xml(sheet: &Sheet, looks: &[Look]) -> String {
    let column =
        |width: &usize| format!("<table:table-column table:style-name=\"{COLUMN}{width}\"/>");
    let columns: String = column_widths(sheet).iter().map(column).collect();
    let lines = sheet.lines.iter().map(|line| {
        let style = look_name(looks, line_look(sheet, line));
        let words = match &line.role {
            Role::Link(target) => link(&line.words, target),
            _ => paragraphs(&line.words),
        };
        let height = line_height(line, sheet.grid.is_none());
        row_xml(height, &words_cell(&style, &words))
    });
    let lines: String = lines.collect();
    let grid = sheet.grid.as_ref();
    let grid = grid.map_or_else(String::new, |grid| grid_xml(grid, looks));
    format!(
        "<table:table table:name=\"{}\" table:style-name=\"sheet\">{columns}{lines}{grid}</table:table>",
        escape_xml(&sheet.name)
    )
}

/// Header and rows of a table; the header is repeated on each printed page.
fn grid_xml(grid: &Grid, looks: &[Look]) -> String {
    let header = grid.columns.iter().map(|column| {
        let style = look_name(looks, Look::Header(column.align));
        words_cell(&style, &paragraphs(&column.header))
    });
    let header = row_xml(header_height(&grid.columns), &header.collect::<String>());
    let rows = grid
        .rows
        .iter()
        .map(|row| row_xml(row_height(&grid.columns, row), &cells_xml(grid, row, looks)));
    format!(
        "<table:table-header-rows>{header}</table:table-header-rows>{}",
        rows.collect::<String>()
    )
}

fn cells_xml(grid: &Grid, row: &GridRow, looks: &[Look]) -> String {
    let cells = grid.columns.iter().zip(&row.cells).map(|(column, content)| {
        let style = cell_look(column, row, content).map(|look| look_name(looks, look));
        let style = style.unwrap_or_default();
        match content {
            Content::Blank => "<table:table-cell/>".to_owned(),
            Content::Words(words) => words_cell(&style, &paragraphs(words)),
            Content::Link { words, sheet } => words_cell(&style, &link(words, sheet)),
            Content::Number { plain, shown, .. } => format!(
                "<table:table-cell table:style-name=\"{style}\" office:value-type=\"float\" office:value=\"{plain}\">\
                 {}</table:table-cell>",
                paragraphs(shown)
            ),
        }
    });
    cells.collect()
}

fn row_xml(height: usize, cells: &str) -> String {
    format!("<table:table-row table:style-name=\"{ROW}{height}\">{cells}</table:table-row>")
}

/// A cell of words: whatever they are, they are no formula.
fn words_cell(style: &str, paragraphs: &str) -> String {
    format!(
        "<table:table-cell table:style-name=\"{style}\" office:value-type=\"string\">{paragraphs}</table:table-cell>"
    )
}

/// A link to the first cell of a sheet.
fn link(words: &str, sheet: &str) -> String {
    format!(
        "<text:p><text:a xlink:type=\"simple\" xlink:href=\"#{}.A1\">{}</text:a></text:p>",
        escape_xml(sheet),
        spaced(words)
    )
}

/// A paragraph for each line.
fn paragraphs(words: &str) -> String {
    let lines = words.split('\n');
    lines
        .map(|line| format!("<text:p>{}</text:p>", spaced(line)))
        .collect()
}

/// One line, in which blanks that a reader would drop (at either end, or after another) are written as elements.
fn spaced(line: &str) -> String {
    let mut result = String::new();
    let mut words = String::new();
    let mut before = ' ';
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != ' ' || (before != ' ' && letters.peek().is_some()) {
            words.push(letter);
        } else {
            result += &escape_xml(&std::mem::take(&mut words));
            result += "<text:s/>";
        }
        before = letter;
    }
    result + &escape_xml(&words)
}

/// The mark that these cells are a table: its name, its place and its header row.
fn range_xml(sheet: &Sheet) -> String {
    let Some(grid) = &sheet.grid else {
        return String::new();
    };
    let first = sheet.header_row();
    let (sheet, last) = (escape_xml(&sheet.name), first + grid.rows.len());
    let column = column_name(grid.columns.len().saturating_sub(1));
    format!(
        "<table:database-range table:name=\"{}\" table:target-range-address=\"{sheet}.A{first}:{sheet}.{column}{last}\" \
         table:contains-header=\"true\" table:display-filter-buttons=\"false\"/>",
        escape_xml(&grid.name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_lines_stay_as_they_were_written() {
        assert_eq!(spaced("a b c"), "a b c");
        assert_eq!(spaced(" a  b "), "<text:s/>a <text:s/>b<text:s/>");
        assert_eq!(spaced("   "), "<text:s/><text:s/><text:s/>");
        assert_eq!(spaced("<&>"), "&lt;&amp;&gt;");
        assert_eq!(
            paragraphs("a\n\nb"),
            "<text:p>a</text:p><text:p></text:p><text:p>b</text:p>"
        );
    }
}
