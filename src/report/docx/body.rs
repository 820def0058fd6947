//! The text of the document: title, what it says of itself, notices, and each table with all that stands around it, on pages
//! that lie as the tables need. Must not know how a table or a footnote is written.

use super::super::chart::Chart;
use super::super::table::{About, Report, Table, sentence};
use super::footnotes::{Footnotes, Referred};
use super::package::File;
use super::picture::picture;
use super::table::table as table_xml;
use super::text::{paragraph, run, special_paragraph};
use super::widths::{Page, lay_out};
use crate::model::Problems;

/// The document while it grows.
#[derive(Default)]
pub(super) struct Body {
    /// The footnotes of what was written so far.
    pub(super) footnotes: Footnotes,
    sections: Vec<Section>,
    /// The files of its charts.
    pub(super) pictures: Vec<File>,
    tables_count: usize,
    charts_count: usize,
}

/// What stands on pages that lie alike.
#[derive(Default)]
struct Section {
    page: Page,
    blocks: Vec<Block>,
}

enum Block {
    Paragraph { style: &'static str, runs: String },
    Table(String),
}

impl Body {
    /// The whole report.
    ///
    /// # Errors
    /// Only when a chart cannot be drawn in memory.
    pub(super) fn of(report: &Report) -> Result<Body, Problems> {
        let mut body = Body::default();
        body.turn(report.tables.first().map(page_of).unwrap_or_default());
        if !report.title.is_empty() {
            body.say("Title", &report.title);
        }
        for line in details(&report.about) {
            body.say("Details", &line);
        }
        for note in &report.notes {
            body.say("Notice", &sentence(note));
        }
        for table in &report.tables {
            body.turn(page_of(table));
            if !table.title.is_empty() {
                body.say("Heading1", &table.title);
            }
            body.add_table(table);
            let charts = report.charts.iter();
            let charts = charts.filter(|chart| chart.after == table.id);
            for (place, chart) in charts.enumerate() {
                if place == 0 {
                    let heading = format!("Charts: {}", unnumbered(&table.title));
                    body.say("Heading2", &heading);
                }
                body.add_chart(chart)?;
            }
        }
        Ok(body)
    }

    /// Goes on on pages that lie so.
    fn turn(&mut self, page: Page) {
        if self
            .sections
            .last()
            .is_none_or(|section| section.page != page)
        {
            self.sections.push(Section {
                page,
                blocks: Vec::new(),
            });
        }
    }

    fn push(&mut self, block: Block) {
        if let Some(section) = self.sections.last_mut() {
            section.blocks.push(block);
        }
    }

    fn say(&mut self, style: &'static str, words: &str) {
        let runs = run(words);
        self.push(Block::Paragraph { style, runs });
    }

    /// A chart and the table of its figures.
    fn add_chart(&mut self, chart: &Chart) -> Result<(), Problems> {
        let page = page_of(&chart.data);
        self.turn(page);
        self.charts_count += 1;
        let caption = format!("Figure {}: {}", self.charts_count, chart.title);
        self.say("Caption", &caption);
        let picture = picture(chart, self.charts_count, page)?;
        self.pictures.extend(picture.files);
        self.push(Block::Paragraph {
            style: "Figure",
            runs: picture.run,
        });
        self.add_table(&chart.data);
        Ok(())
    }

    fn add_table(&mut self, table: &Table) {
        for line in table.lines_above() {
            self.say("TableScope", &line);
        }
        let (page, parts) = lay_out(table);
        let mut referred = Referred::default();
        let parts_count = parts.len();
        for (place, columns) in parts.iter().enumerate() {
            let part = table.with_columns(columns);
            self.tables_count += 1;
            let caption = caption(&table.title, place, parts_count);
            self.say(
                "Caption",
                &format!("Table {}: {caption}", self.tables_count),
            );
            let xml = table_xml(
                &part,
                &caption,
                page.room(),
                &mut self.footnotes,
                &mut referred,
            );
            self.push(Block::Table(xml));
        }
        for line in lines_below(table, &referred) {
            self.say("TableNote", &line);
        }
    }

    /// The main file of the document.
    pub(super) fn document(&self) -> String {
        let mut text = String::from(
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
             xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
             xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\n<w:body>\n",
        );
        for (place, section) in self.sections.iter().enumerate() {
            let is_last = place + 1 == self.sections.len();
            section.write(is_last, &mut text);
        }
        text.push_str("</w:body>\n</w:document>\n");
        text
    }
}

impl Section {
    fn write(&self, is_last: bool, text: &mut String) {
        let properties = section_properties(self.page);
        let mut before_table = false;
        let ending = |place| {
            if place + 1 == self.blocks.len() && !is_last {
                properties.as_str()
            } else {
                ""
            }
        };
        for (place, block) in self.blocks.iter().enumerate() {
            match block {
                Block::Paragraph { style, runs } => {
                    text.push_str(&special_paragraph(style, ending(place), runs));
                    before_table = false;
                }
                Block::Table(xml) => {
                    if before_table {
                        text.push_str(&paragraph("TableNote", ""));
                    }
                    text.push_str(xml);
                    before_table = true;
                }
            }
        }
        // A table needs a paragraph after it to end a section or the document.
        if before_table {
            let properties = if is_last { "" } else { properties.as_str() };
            text.push_str(&special_paragraph("TableNote", properties, ""));
        }
        if is_last {
            text.push_str(&properties);
            text.push('\n');
        }
    }
}

fn section_properties(page: Page) -> String {
    let (width, height) = page.size();
    let turned = match page {
        Page::Portrait => "",
        Page::Landscape => " w:orient=\"landscape\"",
    };
    let margin = Page::MARGIN;
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{turned}/>\
         <w:pgMar w:top=\"{margin}\" w:right=\"{margin}\" w:bottom=\"{margin}\" w:left=\"{margin}\" \
         w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
    )
}

fn page_of(table: &Table) -> Page {
    lay_out(table).0
}

/// What a table is called behind its number; each part of a wide one is called its own name.
fn caption(title: &str, place: usize, parts_count: usize) -> String {
    let title = unnumbered(title);
    if parts_count == 1 {
        title.to_owned()
    } else {
        format!("{title}, part {} of {parts_count}", place + 1)
    }
}

/// The title without the number of a domain before it, which reads oddly behind another number.
fn unnumbered(title: &str) -> &str {
    let is_number = |word: &str| word.bytes().all(|letter| letter.is_ascii_digit());
    match title.split_once(". ") {
        Some((number, rest)) if is_number(number) => rest,
        _ => title,
    }
}

/// Who published it, when its figures were closed and whom to ask.
fn details(about: &About) -> Vec<String> {
    let lines = about.lines().into_iter();
    lines
        .map(|(label, words)| format!("{label}: {words}"))
        .collect()
}

/// What stands below a table: the notes that no cell refers to, legend, meaning of blanks and source.
fn lines_below(table: &Table, referred: &Referred) -> Vec<String> {
    let notes = table.notes.len();
    let lines = table.lines_below().into_iter().enumerate();
    let kept = lines.filter(|(place, _)| *place >= notes || !referred.has(place + 1));
    kept.map(|(place, line)| match table.notes.get(place) {
        Some(note) => format!("Note: {}", sentence(note)),
        None => line,
    })
    .collect()
}
