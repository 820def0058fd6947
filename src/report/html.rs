//! A report as one self-contained HTML page: no script, nothing that is loaded from elsewhere. Sees tables and charts only; owns its
//! escaping.
//!
//! Written after WCAG 2.2 AA: a caption and headers with a scope for each table, a region that can be scrolled by keyboard where a
//! table is wider than the screen, nothing said by colour alone, and a style for print.

mod table;

use std::fmt::Write;

use super::chart::{Chart, draw_svg};
use super::properties::PROGRAM;
use super::table::{About, Report, Table, sentence};
use super::xml::escape_xml;
use table::write_table;

/// How many columns an upright page has room for.
const UPRIGHT_COLUMNS: usize = 6;

const STYLE: &str = include_str!("html/style.css");

/// The page.
#[must_use]
pub fn write_html(report: &Report) -> String {
    let title = escape_xml(&report.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"{PROGRAM}\">\n{}<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#_main\">Skip to the tables</a>\n\
         <header>\n<h1>{title}</h1>\n",
        meta(&report.about)
    );
    for note in &report.notes {
        push(&mut page, "p", "note", &sentence(note));
    }
    page.push_str(&about(&report.about));
    page.push_str("</header>\n");
    page.push_str(&contents(report));
    page.push_str("<main id=\"_main\">\n");
    for (name, table) in report.named_tables() {
        let id = escape_xml(&table.id);
        let wide = if is_wide(table) {
            " class=\"wide\""
        } else {
            ""
        };
        let _infallible = write!(
            page,
            "<section{wide} aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">"
        );
        let _infallible = writeln!(page, "{}</h2>", escape_xml(&table.title));
        page.push_str(&write_table(table, &name));
        for (number, chart) in report.charts_after(table) {
            page.push_str(&figure(chart, number));
        }
        page.push_str("</section>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// Whether it is printed on turned pages, as an upright one is too narrow for so many columns.
fn is_wide(table: &Table) -> bool {
    table.columns.len() > UPRIGHT_COLUMNS
}

/// An element of one text.
fn push(page: &mut String, element: &str, class: &str, words: &str) {
    let words = escape_xml(words);
    let _infallible = writeln!(page, "<{element} class=\"{class}\">{words}</{element}>");
}

fn meta(about: &About) -> String {
    let keywords = about.keywords.join(", ");
    let parts = [("author", &about.organisation), ("keywords", &keywords)];
    let said = parts.iter().filter(|(_, words)| !words.is_empty());
    said.map(|(name, words)| format!("<meta name=\"{name}\" content=\"{}\">\n", escape_xml(words)))
        .collect()
}

/// Who published it, when, and whom to ask; nothing where nobody says.
fn about(about: &About) -> String {
    let said: Vec<String> = about
        .lines()
        .iter()
        .map(|(name, words)| format!("<dt>{name}</dt>\n<dd>{}</dd>\n", escape_xml(words)))
        .collect();
    if said.is_empty() {
        return String::new();
    }
    format!("<dl>\n{}</dl>\n", said.concat())
}

/// Links to the tables, where there are several.
fn contents(report: &Report) -> String {
    if report.tables.len() < 2 {
        return String::new();
    }
    let link = |(name, table): (String, &Table)| {
        let (id, words) = (escape_xml(&table.id), escape_xml(&table.caption(&name)));
        format!("<li><a href=\"#{id}\">{words}</a></li>\n")
    };
    let links: String = report.named_tables().map(link).collect();
    format!(
        "<nav aria-labelledby=\"_contents\">\n<h2 id=\"_contents\">Contents</h2>\n<ul>\n{links}</ul>\n</nav>\n"
    )
}

/// A chart, and the table of its figures.
fn figure(chart: &Chart, number: usize) -> String {
    let caption = escape_xml(&chart.caption(number));
    let drawn = draw_svg(chart);
    let data = write_table(&chart.data, &Chart::data_name(number));
    // Charts beside a wide table are printed upright, two on a page, unless their own figures are as wide.
    let class = if is_wide(&chart.data) {
        "wide"
    } else {
        "upright"
    };
    format!(
        "<div class=\"{class}\">\n<figure>\n<figcaption>\n<h3>{caption}</h3>\n</figcaption>\n<div class=\"scroll\" role=\"region\" aria-label=\"Figure {number}\" tabindex=\"0\">\n{drawn}</div>\n</figure>\n{data}</div>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::super::chart::example as charts;
    use super::super::example;
    use super::*;

    #[test]
    fn every_table_has_a_heading_a_caption_and_scoped_headers() {
        let page = write_html(&example::report());
        assert!(
            page.contains("<h2 id=\"case-supervision\">Domain 2, Case supervision</h2>"),
            "{page}"
        );
        assert!(page.contains("<caption"), "{page}");
        assert!(
            page.contains("<th scope=\"col\" class=\"figure\">% yes</th>"),
            "{page}"
        );
        assert!(
            page.contains("<th scope=\"row\" class=\"code\">2.1.1</th>"),
            "{page}"
        );
        assert!(page.contains("<td class=\"figure\">83%</td>"), "{page}");
    }

    #[test]
    fn words_are_never_read_as_markup() {
        let mut report = example::report();
        report.title = "<script>alert(1)</script>".into();
        report.tables[0].id = "\"><script>".into();
        let page = write_html(&report);
        assert!(!page.contains("<script"), "{page}");
    }

    #[test]
    fn a_chart_stands_after_its_table_with_its_words_and_figures() {
        let mut report = example::report();
        report.charts = vec![charts::bands()];
        let page = write_html(&report);
        let places =
            ["</table>", "<svg", "<desc", "</figure>"].map(|part| page.find(part).unwrap());
        assert!(places.is_sorted(), "{places:?}");
        assert!(page.contains("Figure 1: 2.1 Assessment"), "{page}");
    }

    #[test]
    fn a_chart_is_printed_upright_unless_its_figures_are_wide() {
        let mut report = example::report();
        report.charts = vec![charts::bands()];
        assert!(write_html(&report).contains("<div class=\"upright\">\n<figure>"));
        let column = report.tables[0].columns[0].clone();
        report.charts[0].data.columns = vec![column; UPRIGHT_COLUMNS + 1];
        assert!(write_html(&report).contains("<div class=\"wide\">\n<figure>"));
    }

    #[test]
    fn what_a_file_says_of_itself_is_left_out_where_nobody_says_it() {
        assert!(!write_html(&example::report()).contains("<dl>"));
        let mut report = example::report();
        report.about.published = Some("2019-01-23".into());
        let page = write_html(&report);
        assert!(
            page.contains("<dt>State</dt>\n<dd>final, closed on 2019-01-23, version 1</dd>"),
            "{page}"
        );
    }
}
