//! One table as HTML, with what stands around it. Must not know the page that it stands on.

use std::fmt::Write;

use super::super::table::{Align, Cell, Column, Kind, Row, Table};
use super::super::xml::escape_xml;
use super::push;

/// Words of a column with no more letters in any cell need no room of their own.
const FEW_LETTERS: usize = 20;

/// The table under `name`, such as `Table 1`, in a region that can be scrolled, and what stands below it.
pub(super) fn write_table(table: &Table, name: &str) -> String {
    let id = escape_xml(&table.id);
    let caption = escape_xml(&table.caption(name));
    let mut html = String::new();
    for line in table.lines_above() {
        push(&mut html, "p", "above", &line);
    }
    let _infallible = write!(
        html,
        "<div class=\"scroll\" role=\"region\" aria-labelledby=\"{id}_caption\" tabindex=\"0\">\n<table>\n\
         <caption id=\"{id}_caption\"><span>{caption}</span></caption>\n<thead>\n<tr>\n"
    );
    let classes = classes(table);
    for (column, class) in table.columns.iter().zip(&classes) {
        let header = escape_xml(&column.header);
        let _infallible = writeln!(html, "<th scope=\"col\"{class}>{header}</th>");
    }
    html.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        write_row(&mut html, table, &classes, row);
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
    for (place, line) in table.lines_below().iter().enumerate() {
        if place < table.notes.len() {
            let (number, words) = (place + 1, escape_xml(line));
            let _infallible = writeln!(
                html,
                "<p class=\"below\" id=\"{id}_note-{number}\">{words}</p>"
            );
        } else {
            push(&mut html, "p", "below", line);
        }
    }
    html
}

/// Of what class the cells of each column are. Words are `text`, which takes room, only where they are many.
fn classes(table: &Table) -> Vec<&'static str> {
    let columns = table.columns.iter().enumerate();
    let class = |(place, column): (usize, &Column)| {
        let mut cells = table.rows.iter().filter_map(|row| row.cells.get(place));
        match (column.kind, column.kind.align()) {
            (Kind::Code, _) => " class=\"code\"",
            (_, Align::Right) => " class=\"figure\"",
            (Kind::Text, _) if cells.any(|cell| cell.shown().chars().count() > FEW_LETTERS) => {
                " class=\"text\""
            }
            (_, Align::Left) => "",
        }
    };
    columns.map(class).collect()
}

/// A row; its first cell heads it, unless that is blank.
fn write_row(html: &mut String, table: &Table, classes: &[&str], row: &Row) {
    html.push_str(if row.leads {
        "<tr class=\"leads\">\n"
    } else {
        "<tr>\n"
    });
    for (place, (class, cell)) in classes.iter().zip(&row.cells).enumerate() {
        let words = cell_words(table, cell);
        let _infallible = if place == 0 && !words.is_empty() {
            writeln!(html, "<th scope=\"row\"{class}>{words}</th>")
        } else {
            writeln!(html, "<td{class}>{words}</td>")
        };
    }
    html.push_str("</tr>\n");
}

/// What a person reads, with links to the notes.
fn cell_words(table: &Table, cell: &Cell) -> String {
    let id = escape_xml(&table.id);
    let mut words = escape_xml(&cell.shown()).replace("&#10;", "<br>");
    for number in &cell.notes {
        let _infallible = write!(
            words,
            " <a href=\"#{id}_note-{number}\">[note {number}]</a>"
        );
    }
    words
}
