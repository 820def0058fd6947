//! A table as WordprocessingML: caption and alternative text, a header row that is repeated on each page, rows that stay whole,
//! no merged cells. Must not know where on which page it stands.

use super::super::chart::light_tint;
use super::super::table::{Align, Cell, Column, Row, Table, Value, sentence};
use super::super::xml::escape_xml;
use super::footnotes::{Footnotes, Referred};
use super::text::{KEEP_NEXT, paragraph, run, special_paragraph};
use super::widths::{Page, count_lines, share_room};
use crate::rating::words;

/// Behind the header row, on which the writing is white.
const HEADER_FILL: &str = "#12436D";
/// Behind rows that lead others.
const LEAD_FILL: &str = "#f0f1f2";

/// Where a table stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) page: Page,
    /// Whether lines follow that belong to it, which may not stand on a page without any of its rows.
    pub(super) is_led_on: bool,
}

/// The table, as wide as its page allows, named `caption`; its notes become footnotes where they are referred to first.
pub(super) fn table(
    table: &Table,
    caption: &str,
    stands: Standing,
    footnotes: &mut Footnotes,
    referred: &mut Referred,
) -> String {
    let room = stands.page.room();
    let widths = share_room(table, room);
    let grid = widths
        .iter()
        .map(|width| format!("<w:gridCol w:w=\"{width}\"/>"));
    let mut xml = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"AnnexTable\"/><w:tblW w:w=\"{room}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0620\" w:firstRow=\"1\" w:lastRow=\"0\" \
         w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>\
         <w:tblCaption w:val=\"{}\"/><w:tblDescription w:val=\"{}\"/></w:tblPr>\n<w:tblGrid>{}</w:tblGrid>\n",
        escape_xml(caption),
        escape_xml(&describe(table)),
        grid.collect::<String>(),
    );
    xml.push_str(&header_row(&table.columns, &widths));
    let is_short = count_lines(table, &widths) <= stands.page.lines_together();
    for (place, row) in table.rows.iter().enumerate() {
        let left = table.rows.len() - place - 1;
        let is_kept = match left {
            0 => stands.is_led_on,
            // No row of a long table stands alone at the foot or the top of a page.
            1 => true,
            _ => is_short || place == 0,
        };
        let next = if is_kept { KEEP_NEXT } else { "" };
        xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>\n");
        for ((cell, column), width) in row.cells.iter().zip(&table.columns).zip(&widths) {
            let notes = footnotes.refer(&cell.notes, &table.notes, referred);
            xml.push_str(&body_cell(row, cell, column, *width, next, &notes));
        }
        xml.push_str("</w:tr>\n");
    }
    xml.push_str("</w:tbl>\n");
    xml
}

/// Alternative text: how large the table is, what its columns hold and what it covers.
fn describe(table: &Table) -> String {
    let count = |many: usize, one| words::count_of(u64::try_from(many).unwrap_or(u64::MAX), one);
    let headers = table.columns.iter().map(|column| column.header.as_str());
    let mut sentences = vec![format!(
        "Table of {} and {}: {}.",
        count(table.rows.len(), "row"),
        count(table.columns.len(), "column"),
        headers.collect::<Vec<_>>().join(", ")
    )];
    sentences.extend(table.lines_above());
    if !table.blank_cells.is_empty() {
        sentences.push(format!("Blank: {}", sentence(&table.blank_cells)));
    }
    sentences.join(" ")
}

fn header_row(columns: &[Column], widths: &[u32]) -> String {
    let cells = columns.iter().zip(widths).map(|(column, width)| {
        let style = match column.kind.align() {
            Align::Left => "TableHeader",
            Align::Right => "TableHeaderNumber",
        };
        table_cell(
            *width,
            Some(HEADER_FILL),
            "bottom",
            &paragraph(style, &run(&column.header)),
        )
    });
    format!(
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>\n{}</w:tr>\n",
        cells.collect::<String>()
    )
}

fn body_cell(
    row: &Row,
    cell: &Cell,
    column: &Column,
    width: u32,
    next: &str,
    notes: &str,
) -> String {
    let style = match (column.kind.align(), row.leads) {
        (Align::Left, false) => "TableText",
        (Align::Left, true) => "TableLead",
        (Align::Right, false) => "TableNumber",
        (Align::Right, true) => "TableLeadNumber",
    };
    let fill = match &cell.value {
        Value::Rating { place, of, .. } => Some(light_tint(*place, *of)),
        _ => Some(LEAD_FILL.to_owned()).filter(|_| row.leads),
    };
    let runs = format!("{}{notes}", run(&cell.shown()));
    table_cell(
        width,
        fill.as_deref(),
        "top",
        &special_paragraph(style, next, &runs),
    )
}

fn table_cell(width: u32, fill: Option<&str>, align: &str, content: &str) -> String {
    let fill = fill.map(|fill| {
        // Word takes the six digits alone.
        let fill = fill.trim_start_matches('#');
        format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>")
    });
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{}<w:vAlign w:val=\"{align}\"/></w:tcPr>{}</w:tc>\n",
        fill.unwrap_or_default(),
        content.trim_end()
    )
}
