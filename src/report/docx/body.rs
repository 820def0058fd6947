//! The text of the document: title, what it says of itself, notices, and each table with all that stands around it, on pages
//! that lie as the tables need. Must not know how a table or a footnote is written.

use super::super::chart::Chart;
use super::super::table::{About, Report, Table, sentence};
use super::footnotes::{Footnotes, Referred};
use super::package::File;
use super::picture::picture;
use super::table::{Standing, table as table_xml};
use super::text::{KEEP_NEXT, paragraph, run, special_paragraph};
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
}

/// What stands on pages that lie alike.
#[derive(Default)]
struct Section {
    page: Page,
    blocks: Vec<Block>,
}

enum Block {
    Paragraph {
        style: &'static str,
        /// What it has beside its style.
        properties: &'static str,
        runs: String,
    },
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
        for (name, table) in report.named_tables() {
            body.turn(page_of(table));
            if !table.title.is_empty() {
                body.say("Heading1", &table.title);
            }
            body.add_table(table, &name);
            for (place, (number, chart)) in report.charts_after(table).enumerate() {
                // Before the heading, so that it stands on the page of its chart.
                body.turn(page_of(&chart.data));
                if place == 0 {
                    body.say("Heading2", &format!("Charts: {}", table.title));
                }
                body.add_chart(chart, number)?;
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
        self.say_with(style, "", words);
    }

    fn say_with(&mut self, style: &'static str, properties: &'static str, words: &str) {
        self.push(Block::Paragraph {
            style,
            properties,
            runs: run(words),
        });
    }

    /// The chart of this number and the table of its figures.
    fn add_chart(&mut self, chart: &Chart, number: usize) -> Result<(), Problems> {
        self.say("Caption", &chart.caption(number));
        let picture = picture(chart, number, page_of(&chart.data))?;
        self.pictures.extend(picture.files);
        self.push(Block::Paragraph {
            style: "Figure",
            properties: "",
            runs: picture.run,
        });
        self.add_table(&chart.data, &Chart::data_name(number));
        Ok(())
    }

    /// A table under this name, in as many parts as it needs, and what stands around it.
    fn add_table(&mut self, table: &Table, name: &str) {
        for line in table.lines_above() {
            self.say("TableScope", &line);
        }
        let (page, parts) = lay_out(table);
        let below = lines_below(table);
        let mut referred = Referred::default();
        let parts_count = parts.len();
        for (place, columns) in parts.iter().enumerate() {
            let part = table.with_columns(columns);
            let caption = caption(table, name, place, parts_count);
            self.say("Caption", &caption);
            let stands = Standing {
                page,
                is_led_on: place + 1 == parts_count && !below.is_empty(),
            };
            let xml = table_xml(&part, &caption, stands, &mut self.footnotes, &mut referred);
            self.push(Block::Table(xml));
        }
        for (place, line) in below.iter().enumerate() {
            let is_last = place + 1 == below.len();
            self.say_with("TableNote", if is_last { "" } else { KEEP_NEXT }, line);
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
                Block::Paragraph {
                    style,
                    properties,
                    runs,
                } => {
                    let properties = format!("{properties}{}", ending(place));
                    text.push_str(&special_paragraph(style, &properties, runs));
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

/// What a table is called; each part of a wide one says which it is.
fn caption(table: &Table, name: &str, place: usize, parts_count: usize) -> String {
    let caption = table.caption(name);
    if parts_count == 1 {
        caption
    } else {
        format!("{caption}, part {} of {parts_count}", place + 1)
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
fn lines_below(table: &Table) -> Vec<String> {
    let notes = table.notes.len();
    let lines = table.lines_below().into_iter().enumerate();
    let kept = lines.filter(|(place, _)| *place >= notes || !table.cites(place + 1));
    kept.map(|(_, line)| line).collect()
}
