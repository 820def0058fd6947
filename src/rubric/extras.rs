//! Rules about what programs add to a sheet: frozen panes, filters, what is hidden, page headers, pictures. Must not look into cells.

use super::layout::Layout;
use super::rule::{Held, Places, Rule, Spot, Weight};
use crate::exchange::workbook_form::{DrawingKind, column_letters};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "freeze-panes",
        weight: Weight::Advice,
        asks: "Nothing is frozen",
        remedy: "unfreeze the panes (Excel: View; LibreOffice: View, Freeze Rows and Columns), or say above the table that they are frozen",
        source: "checklist, Tables 7",
        find: |held| {
            each_with(
                held,
                |sheet| sheet.sheet.is_frozen,
                "rows or columns are frozen",
            )
        },
    },
    Rule {
        id: "filters",
        weight: Weight::Advice,
        asks: "Tables have no filter buttons",
        remedy: "switch the filter off (Data, Filter; LibreOffice: Data, AutoFilter)",
        source: "checklist, Tables 7",
        find: |held| {
            each_with(
                held,
                |sheet| {
                    sheet.sheet.has_filter
                        || sheet.sheet.tables.iter().any(|table| table.has_filter)
                },
                "the table has filter buttons",
            )
        },
    },
    Rule {
        id: "hidden",
        weight: Weight::Advice,
        asks: "No sheet, row or column is hidden",
        remedy: "show it or delete it, or say above the table what is hidden and how to show it",
        source: "checklist, Tables 9",
        find: hidden,
    },
    Rule {
        id: "page-headers",
        weight: Weight::Advice,
        asks: "Printed pages have no header and no footer",
        remedy: "clear them (Excel: Page Layout, Page Setup; LibreOffice: Format, Page Style), and say in A1 or on the cover what they said",
        source: "checklist, Formatting 6 (essential there)",
        find: |held| {
            each_with(
                held,
                |sheet| !sheet.sheet.page_words.is_empty(),
                "printed pages have a header or footer",
            )
        },
    },
    Rule {
        id: "no-images",
        weight: Weight::Advice,
        asks: "Sheets have no pictures, charts and shapes",
        remedy: "publish charts in a document or page; take logos out",
        source: "checklist, Formatting 11",
        find: |held| {
            drawings(
                held,
                |kind, _| kind != DrawingKind::TextBox,
                "a picture, chart or shape lies on the sheet",
            )
        },
    },
    Rule {
        id: "text-boxes",
        weight: Weight::Advice,
        asks: "Words stand in cells, not in text boxes",
        remedy: "move the words into column A",
        source: "checklist, Formatting 6 (essential there)",
        find: |held| {
            drawings(
                held,
                |kind, _| kind == DrawingKind::TextBox,
                "a text box lies on the sheet",
            )
        },
    },
    Rule {
        id: "alternative-text",
        weight: Weight::Essential,
        asks: "Pictures and charts have an alternative text",
        remedy: "say in the alternative text what the picture shows, or take it out",
        source: "checklist, Formatting 11; WCAG 1.1.1",
        find: |held| {
            drawings(
                held,
                |kind, alternative| kind != DrawingKind::TextBox && alternative.is_empty(),
                "a picture, chart or shape has no alternative text",
            )
        },
    },
];

fn each_with(held: &Held<'_>, is_broken: impl Fn(&Layout<'_>) -> bool, what: &str) -> Vec<Spot> {
    held.each_sheet(|sheet| is_broken(sheet).then(|| Spot::at(sheet.name(), "", what)))
}

fn hidden(held: &Held<'_>) -> Vec<Spot> {
    let mut spots = Vec::new();
    for sheet in &held.book.sheets {
        if sheet.is_hidden {
            spots.push(Spot::at(&sheet.name, "", "the sheet is hidden"));
            continue;
        }
        let mut places = Places::default();
        for row in &sheet.hidden_rows {
            places.add(format_args!("row {}", u64::from(*row) + 1));
        }
        for column in &sheet.hidden_columns {
            places.add(format_args!("column {}", column_letters(*column)));
        }
        spots.extend(places.spot(&sheet.name, |_| "rows or columns are hidden".to_owned()));
    }
    spots
}

fn drawings(
    held: &Held<'_>,
    is_meant: impl Fn(DrawingKind, &str) -> bool,
    what: &str,
) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let drawings = sheet.sheet.drawings.iter();
        let mut places = Places::default();
        for drawing in drawings.filter(|drawing| is_meant(drawing.kind, &drawing.alternative)) {
            match drawing.at {
                Some(at) => places.add(at),
                None => places.add("on the sheet"),
            }
        }
        places.spot(sheet.name(), |_| what.to_owned())
    })
}
