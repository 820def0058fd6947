//! Each rule with a workbook that breaks just it; the sound workbook of which all are made keeps every rule.

use super::fixture::{cell, draw, mark, put, sheet_of, sound, style, table};
use super::{Weight, hold_workbook, rules};
use crate::exchange::workbook_form::{
    Area, DrawingKind, Look, Position, Side, Value, WorkbookForm,
};

/// What is done to the sound workbook; its sheet with the table is given, too.
type Change = fn(&mut WorkbookForm);

/// Every rule with what breaks just it.
const BREAKS: &[(&str, Change)] = &[
    ("document-title", |book| book.properties.title.clear()),
    ("document-language", |book| book.properties.language.clear()),
    ("document-author", |book| book.properties.author.clear()),
    ("document-keywords", |book| book.properties.keywords.clear()),
    ("file-name", |book| {
        book.file_name = "Ratings 2018.ods".into()
    }),
    ("cover-sheet", |book| {
        book.sheets[0] = sheet_of(
            "Cover",
            &[
                &["Ratings"],
                &["One table."],
                &["To", "What"],
                &["Notes", "Table_1"],
            ],
        );
        mark(&mut book.sheets[0], "cover", "A3:B4");
        for (column, sheet) in [(0, "Notes"), (1, "Table_1")] {
            let cell = book.sheets[0]
                .cells
                .get_mut(&Position::new(3, column))
                .unwrap();
            cell.link = Some(format!("#{sheet}.A1"));
        }
    }),
    ("contents-links", |book| {
        book.sheets[0]
            .cells
            .get_mut(&Position::new(2, 0))
            .unwrap()
            .link = None;
    }),
    ("sheet-names", |book| {
        let mut more = table(book).clone();
        more.tables[0].name = "more".into();
        more.name = "Sheet1".into();
        book.sheets.push(more);
        book.sheets[0].cells.get_mut(&Position::A1).unwrap().link = Some("#Sheet1".into());
    }),
    ("sheet-name-spaces", |book| {
        table(book).name = "Table 1".into();
        book.sheets[0]
            .cells
            .get_mut(&Position::new(2, 0))
            .unwrap()
            .link = Some("#'Table 1'.A1".into());
    }),
    ("blank-sheet", |book| {
        book.sheets.push(sheet_of("More", &[]));
        book.sheets[0].cells.get_mut(&Position::A1).unwrap().link = Some("#More.A1".into());
    }),
    ("cursor-a1", |book| book.opens_on = 1),
    ("cursor-a1", |book| {
        book.sheets[0].cursor = Some(Position::new(0, 1))
    }),
    ("notes-table", |book| put(book, "A5", "South [note 2]")),
    ("no-macros", |book| book.has_macros = true),
    ("title-in-a1", |book| {
        put(book, "A1", "=12");
    }),
    ("heading-style", |book| cell(book, "A1").look = 0),
    ("heading-style", |book| {
        style(book, "A1", |look| look.heading = Some(2))
    }),
    ("column-a", |book| put(book, "C2", "beside")),
    ("table-announced", |book| {
        put(book, "A2", "Shorthand: [x] not available.")
    }),
    ("shorthand-explained", |book| put(book, "B5", "[low]")),
    ("blanks-explained", |book| {
        table(book).cells.remove(&Position::new(4, 1));
    }),
    ("one-table", |book| {
        table(book).tables[0].area = Area::parse("A3:B4").unwrap();
        mark(table(book), "more", "A5:B6");
        put(book, "B5", "Percent");
    }),
    ("left-edge", |book| {
        let sheet = table(book);
        for row in 2..6 {
            for column in [1, 0] {
                let moved = sheet.cells.remove(&Position::new(row, column)).unwrap();
                sheet.cells.insert(Position::new(row, column + 1), moved);
            }
        }
        sheet.tables[0].area = Area::parse("B3:C6").unwrap();
    }),
    ("nothing-beyond", |book| put(book, "A7", "Source: audits")),
    ("nothing-beyond", |book| put(book, "D4", "beside")),
    ("blank-row", |book| {
        for column in 0..2 {
            table(book).cells.remove(&Position::new(4, column));
        }
    }),
    ("blank-column", |book| {
        table(book).tables[0].area = Area::parse("A3:C6").unwrap()
    }),
    ("freeze-panes", |book| table(book).is_frozen = true),
    ("filters", |book| table(book).has_filter = true),
    ("filters", |book| table(book).tables[0].has_filter = true),
    ("hidden", |book| table(book).hidden_rows.push(3)),
    ("hidden", |book| {
        let mut more = sheet_of("More", &[]);
        more.is_hidden = true;
        book.sheets.push(more);
    }),
    ("page-headers", |book| {
        table(book).page_words = "Page 1".into()
    }),
    ("no-images", |book| {
        draw(book, DrawingKind::Picture, "a map")
    }),
    ("text-boxes", |book| draw(book, DrawingKind::TextBox, "")),
    ("table-marked", |book| table(book).tables.clear()),
    ("table-name", |book| {
        table(book).tables[0].name = "Table1".into()
    }),
    ("table-name", |book| {
        table(book).tables[0].name = "NOTES".into()
    }),
    ("header-row", |book| table(book).tables[0].headers_count = 0),
    ("header-row", |book| table(book).tables[0].headers_count = 2),
    ("header-filled", |book| {
        table(book).cells.remove(&Position::new(2, 1));
    }),
    ("header-unique", |book| put(book, "B3", "region ")),
    ("merged-cells", |book| {
        table(book).merges.push(Area::parse("A4:A5").unwrap())
    }),
    ("symbol-alone", |book| put(book, "B6", "-")),
    ("symbols-in-number", |book| put(book, "B5", "71%")),
    ("superscript", |book| {
        cell(book, "A4").has_superscript = true
    }),
    ("superscript", |book| {
        style(book, "A4", |look| look.is_superscript = true)
    }),
    ("number-format", |book| {
        cell(book, "B4").value = Value::Number {
            plain: "0.64".into(),
            adds: "%".into(),
        };
    }),
    ("number-as-text", |book| put(book, "B5", "1,071")),
    ("one-number", |book| put(book, "B5", "71 (20)")),
    ("shorthand-brackets", |book| put(book, "B6", "n/a")),
    ("shorthand-brackets", |book| put(book, "B6", "[x, p]")),
    ("link-target", |book| {
        cell(book, "A4").link = Some("#Gone.A1".into())
    }),
    ("link-words", |book| {
        put(book, "A4", "https://example.org/a/b");
        cell(book, "A4").link = Some("https://example.org/a/b".into());
    }),
    ("wrapped-text", |book| {
        put(book, "A4", "The North of the whole country");
        style(book, "A4", |look| look.wraps = false);
    }),
    ("alignment", |book| {
        style(book, "B4", |look| look.side = Some(Side::Left))
    }),
    ("alignment", |book| {
        style(book, "A4", |look| look.side = Some(Side::Middle))
    }),
    ("text-size", |book| {
        style(book, "A4", |look| look.size = Some(99))
    }),
    ("font", |book| {
        style(book, "A4", |look| {
            look.font = Some("Times New Roman".into())
        })
    }),
    ("text-style", |book| {
        style(book, "A4", |look| look.is_italic = true)
    }),
    ("text-style", |book| {
        style(book, "A4", |look| look.is_turned = true)
    }),
    ("background-fill", |book| {
        style(book, "B4", |look| look.fill = Some("red".into()))
    }),
    ("background-fill", |book| table(book).has_rule_colors = true),
    ("colour-only", |book| {
        put(book, "B5", "=64");
        style(book, "B4", |look| look.color = Some("red".into()));
    }),
];

fn broken(book: &WorkbookForm) -> Vec<&'static str> {
    let mut ids: Vec<_> = hold_workbook(book)
        .iter()
        .map(|finding| finding.rule.id)
        .collect();
    ids.dedup();
    ids
}

#[test]
fn a_sound_workbook_keeps_every_rule() {
    let found = hold_workbook(&sound());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn each_rule_is_broken_by_a_workbook_that_breaks_no_other() {
    for (place, (id, change)) in BREAKS.iter().enumerate() {
        let mut book = sound();
        change(&mut book);
        assert_eq!(broken(&book), [*id], "{place}");
    }
}

#[test]
fn every_rule_has_such_a_workbook_and_a_name_of_its_own() {
    let ids: Vec<&str> = rules().map(|rule| rule.id).collect();
    // A picture breaks the rule about pictures, too.
    let tried =
        |id: &&str| BREAKS.iter().any(|(known, _)| known == id) || *id == "alternative-text";
    let untried: Vec<_> = ids.iter().filter(|id| !tried(id)).collect();
    assert!(untried.is_empty(), "{untried:?}");
    for (place, id) in ids.iter().enumerate() {
        assert!(!ids[..place].contains(id), "{id} stands twice");
        let is_plain = |letter: char| letter.is_ascii_lowercase() || letter == '-' || letter == '1';
        assert!(id.chars().all(is_plain), "{id}");
    }
    for rule in rules() {
        let sentences = [rule.asks, rule.remedy, rule.source];
        assert!(
            sentences
                .iter()
                .all(|words| !words.is_empty() && !words.ends_with('.')),
            "{}",
            rule.id
        );
    }
}

#[test]
fn a_picture_without_alternative_text_breaks_what_is_essential() {
    let mut book = sound();
    draw(&mut book, DrawingKind::Chart, "");
    assert_eq!(broken(&book), ["no-images", "alternative-text"]);
    let weights: Vec<Weight> = hold_workbook(&book)
        .iter()
        .map(|found| found.rule.weight)
        .collect();
    assert_eq!(weights, [Weight::Advice, Weight::Essential]);
}

#[test]
fn stripes_and_coloured_columns_say_nothing_by_their_colour_but_coloured_blanks_do() {
    let grey: fn(&mut Look) = |look| look.fill = Some("grey".into());
    let mut striped = sound();
    put(&mut striped, "B5", "=64");
    for at in ["A5", "B5"] {
        style(&mut striped, at, grey);
    }
    assert_eq!(broken(&striped), ["background-fill"]);
    let mut column = sound();
    put(&mut column, "B5", "=64");
    for at in ["B4", "B5", "B6"] {
        style(&mut column, at, grey);
    }
    assert_eq!(broken(&column), ["background-fill"]);
    let mut blank = sound();
    cell(&mut blank, "B6").value = Value::Blank;
    style(&mut blank, "B6", grey);
    assert_eq!(
        broken(&blank),
        ["blanks-explained", "colour-only", "background-fill"]
    );
}

#[test]
fn a_workbook_without_anything_is_not_beyond_the_rules() {
    let found = broken(&WorkbookForm::default());
    assert_eq!(
        found,
        [
            "document-title",
            "document-language",
            "document-author",
            "document-keywords"
        ]
    );
}
