//! Tests of the Word writer: what holds of every document, whatever words and tables it has.

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::chart::example;
use super::super::example::{figures, report};
use super::super::table::{About, Cell, Column, Kind, Report, Row, Table};
use super::*;

/// A part of the document as text.
fn part(report: &Report, name: &str) -> String {
    let parts = parts(report).unwrap();
    let part = parts.into_iter().find(|part| part.name == name).unwrap();
    String::from_utf8(part.content).unwrap()
}

fn document(report: &Report) -> String {
    part(report, "word/document.xml")
}

/// The value of each of these attributes in the order of the text.
fn values<'t>(text: &'t str, before: &'t str) -> Vec<&'t str> {
    let rest = text.split(before).skip(1);
    rest.map(|rest| rest.split('"').next().unwrap()).collect()
}

/// The text of all `w:t` elements, after asserting that the file is well-formed XML.
fn read(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut words, mut in_text) = (0, String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                depth += 1;
                assert!(start.attributes().all(|attribute| attribute.is_ok()));
                in_text = start.name().as_ref() == "w:t";
            }
            Event::End(_) => {
                depth -= 1;
                in_text = false;
            }
            Event::Empty(empty) => {
                assert!(empty.attributes().all(|attribute| attribute.is_ok()));
                match empty.name().as_ref() {
                    "w:br" => words.push('\n'),
                    "w:tab" => words.push('\t'),
                    _ => {}
                }
            }
            Event::Text(text) if in_text => words.push_str(&text),
            Event::GeneralRef(entity) if in_text => {
                words.push_str(match entity.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("&{other};"),
                });
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    words
}

/// A table with many columns of words that cannot be broken.
fn wide(columns_count: usize) -> Report {
    let mut table = Table {
        id: "wide".into(),
        title: "Wide".into(),
        columns: vec![Column::new("provider", "Provider", Kind::Text)],
        ..Table::default()
    };
    let note = table.note("not counted");
    let columns = (1..columns_count)
        .map(|place| Column::new(format!("c{place}"), format!("Standard {place}"), Kind::Text));
    table.columns.extend(columns);
    table.rows = ["East", "West"]
        .map(|name| {
            let mut cells = vec![Cell::text(name).with_notes(vec![note])];
            cells.resize(columns_count, Cell::text("unsatisfactory"));
            Row::new(cells)
        })
        .to_vec();
    Report {
        tables: vec![table],
        ..Report::default()
    }
}

fn with_chart() -> Report {
    let mut charted = report();
    let mut chart = example::bands();
    chart.after.clone_from(&charted.tables[0].id);
    charted.charts.push(chart);
    charted
}

#[test]
fn every_xml_file_of_the_document_is_well_formed_and_named_by_the_package() {
    let parts = parts(&with_chart()).unwrap();
    let types = String::from_utf8(parts[0].content.clone()).unwrap();
    for part in &parts {
        if part.name.ends_with(".png") {
            assert!(part.content.starts_with(b"\x89PNG"));
            continue;
        }
        read(std::str::from_utf8(&part.content).unwrap());
        let is_known = types.contains(&format!("\"/{}\"", part.name))
            || part.name.ends_with(".rels")
            || part.name.ends_with(".svg")
            || part.name == "[Content_Types].xml";
        assert!(is_known, "{}", part.name);
    }
    let document = document(&with_chart());
    let relations = part_relations(&with_chart());
    for id in values(&document, "r:embed=\"")
        .iter()
        .chain(&values(&document, "r:id=\""))
    {
        assert!(relations.contains(&format!("Id=\"{id}\"")), "{id}");
    }
}

fn part_relations(report: &Report) -> String {
    part(report, "word/_rels/document.xml.rels")
}

#[test]
fn every_table_has_one_header_row_a_caption_and_alternative_text() {
    for report in [report(), figures(), wide(30), with_chart()] {
        let document = document(&report);
        let tables: Vec<&str> = document.split("<w:tbl>").skip(1).collect();
        for table in tables {
            let table = table.split("</w:tbl>").next().unwrap();
            assert_eq!(table.matches("<w:tblHeader/>").count(), 1);
            assert_eq!(
                table.matches("<w:cantSplit/>").count(),
                table.matches("<w:tr>").count()
            );
            assert!(!table.contains("gridSpan") && !table.contains("vMerge"));
            assert_eq!(values(table, "<w:tblCaption w:val=\"").len(), 1);
            assert!(!values(table, "<w:tblDescription w:val=\"")[0].is_empty());
            let caption = table.split("<w:tblCaption w:val=\"").nth(1).unwrap();
            let caption = caption.split('"').next().unwrap();
            let above = format!(
                "<w:pStyle w:val=\"Caption\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{caption}</w:t>"
            );
            assert!(document.contains(&above), "{caption}");
        }
        assert_eq!(
            document.matches("<w:pStyle w:val=\"Title\"/>").count(),
            usize::from(!report.title.is_empty())
        );
    }
}

#[test]
fn a_short_table_stands_on_one_page_and_a_long_one_leaves_no_row_or_note_alone() {
    let kept = |rows_count: usize| -> Vec<bool> {
        let mut report = wide(3);
        let row = report.tables[0].rows[0].clone();
        report.tables[0].rows = vec![row; rows_count];
        report.tables[0].source = "case audits".into();
        let document = document(&report);
        let table = document.split("</w:tbl>").next().unwrap();
        let rows = table.split("<w:tr>").skip(2);
        rows.map(|row| row.contains("<w:keepNext/>")).collect()
    };
    assert_eq!(kept(3), [true; 3], "the last with the lines below");
    let long = kept(60);
    assert!(long[0] && long[58] && long[59]);
    assert!(!long[1..58].contains(&true));
    let document = document(&report());
    let below = document.rsplit("</w:tbl>").next().unwrap();
    let notes = below.matches("<w:pStyle w:val=\"TableNote\"/>").count();
    assert!(notes > 1);
    assert_eq!(below.matches("<w:keepNext/>").count(), notes - 1);
}

#[test]
fn the_heading_of_charts_stands_on_pages_that_lie_as_theirs() {
    let mut report = with_chart();
    let mut columns = wide(7).tables.remove(0);
    columns.id.clone_from(&report.tables[0].id);
    report.tables[0] = columns;
    let document = document(&report);
    let turned = document.find("w:orient=\"landscape\"").unwrap();
    assert!(document.find("Charts: ").unwrap() > turned);
}

#[test]
fn every_colour_is_six_digits_alone() {
    let document = document(&with_chart());
    for text in [document.as_str(), include_str!("styles.xml")] {
        let colours = values(text, "w:fill=\"");
        assert!(!colours.is_empty());
        let is_colour = |colour: &&str| {
            colour.len() == 6 && colour.bytes().all(|digit| digit.is_ascii_hexdigit())
        };
        assert!(colours.iter().all(is_colour), "{colours:?}");
    }
}

#[test]
fn no_level_of_headings_is_skipped_and_every_style_is_defined() {
    let styles = include_str!("styles.xml");
    for report in [report(), wide(30), with_chart()] {
        let document = document(&report);
        let mut level = 0;
        for style in values(&document, "<w:pStyle w:val=\"") {
            assert!(
                styles.contains(&format!("w:styleId=\"{style}\"")),
                "{style}"
            );
            if let Some(next) = style.strip_prefix("Heading") {
                let next: usize = next.parse().unwrap();
                assert!(next <= level + 1, "{level} {next}");
                level = next;
            }
        }
    }
}

#[test]
fn a_note_is_one_footnote_to_which_all_other_cells_point() {
    let report = wide(3);
    let document = document(&report);
    assert_eq!(values(&document, "<w:footnoteReference w:id=\""), ["1"]);
    assert_eq!(document.matches(" NOTEREF _RefNote1 ").count(), 1);
    assert_eq!(read(&part(&report, "word/footnotes.xml")), " not counted.");
    assert!(!document.contains("Note: "));
    let mut uncited = report;
    uncited.tables[0].note("a note of the whole table");
    assert!(read(&self::document(&uncited)).contains("Note: a note of the whole table."));
}

#[test]
fn a_wide_table_turns_the_page_and_one_wider_still_is_printed_in_parts_that_name_their_rows() {
    let pages = |columns_count| {
        let document = document(&wide(columns_count));
        let names = document.matches(">East<").count();
        (document.contains("w:orient=\"landscape\""), names)
    };
    assert_eq!(pages(4), (false, 1));
    assert_eq!(pages(7), (true, 1));
    assert_eq!(pages(10), (true, 2));
    for columns_count in [1, 4, 7, 10, 40] {
        let document = document(&wide(columns_count));
        for table in document.split("<w:tblW w:w=\"").skip(1) {
            let total: u32 = table.split('"').next().unwrap().parse().unwrap();
            let grid = table.split("</w:tblGrid>").next().unwrap();
            let widths = values(grid, "<w:gridCol w:w=\"");
            let sum: u32 = widths
                .iter()
                .map(|width| width.parse::<u32>().unwrap())
                .sum();
            assert_eq!(sum, total, "{columns_count}");
        }
    }
}

#[test]
fn a_chart_is_a_picture_with_alternative_text_and_its_figures_below() {
    let report = with_chart();
    let document = document(&report);
    let chart = &report.charts[0];
    let alternative = super::super::xml::escape_xml(&chart.alternative);
    assert_eq!(
        document
            .matches(&format!("descr=\"{alternative}\""))
            .count(),
        2
    );
    assert!(document.contains("<asvg:svgBlip"));
    let words = read(&document);
    assert!(words.contains("Figure 1: ") && words.contains("Data for Figure 1"));
}

#[test]
fn the_document_says_in_its_properties_whose_it_is() {
    let mut report = report();
    report.about = About {
        organisation: "Inspectorate of A & B".into(),
        contact: "enquiries@example.org".into(),
        keywords: vec!["probation".into(), "ratings".into()],
        published: Some("2019-01-23".into()),
        revisions: 1,
        ..About::default()
    };
    let core = part(&report, "docProps/core.xml");
    for expected in [
        "<dc:title>North West</dc:title>",
        "<dc:creator>Inspectorate of A &amp; B</dc:creator>",
        "<cp:keywords>probation, ratings</cp:keywords>",
        "<dc:language>en-GB</dc:language>",
        "2019-01-23T00:00:00Z</dcterms:modified>",
    ] {
        assert!(core.contains(expected), "{core}");
    }
    let words = read(&document(&report));
    assert!(
        words.contains("Published by: Inspectorate of A & B"),
        "{words}"
    );
}

#[test]
fn an_empty_report_is_a_document_too() {
    let bytes = write_docx(&Report::default()).unwrap();
    assert_eq!(bytes, write_docx(&Report::default()).unwrap());
    let untitled = Report {
        tables: vec![Table::default(), Table::default()],
        ..Report::default()
    };
    read(&document(&untitled));
}

/// What a document shows of these words.
fn printable(words: &str) -> String {
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    let letters = words.chars().map(|letter| match letter {
        '\n' | '\t' => letter,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        letter => letter,
    });
    letters.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_come_through(words in "(\\PC|[\u{0}-\u{1f}&<>\"'\u{fffe}]|🙂|\\]\\]>|&amp;){0,40}", repeat in 1_usize..200) {
        let words = words.repeat(repeat);
        let mut report = report();
        report.title.clone_from(&words);
        report.tables[0].title.clone_from(&words);
        report.tables[0].rows[1].cells[1] = Cell::text(&words);
        report.tables[0].notes[0].clone_from(&words);
        let printable = printable(&words);
        let document = read(&document(&report));
        prop_assert!(document.matches(&printable).count() >= 3 || printable.is_empty());
        let footnotes = read(&part(&report, "word/footnotes.xml"));
        prop_assert!(footnotes.contains(&self::printable(words.trim_end())));
    }
}
