//! A workbook that keeps every rule, and how it is changed, for the tests of the rules.

use crate::exchange::workbook_form::{
    Area, Cell, Drawing, DrawingKind, Look, MarkedTable, Position, Properties, SheetForm, Value,
    WorkbookForm,
};

/// A sheet with these words; what follows `=` is a number.
pub(super) fn sheet_of(name: &str, rows: &[&[&str]]) -> SheetForm {
    let mut sheet = SheetForm {
        name: name.to_owned(),
        ..SheetForm::default()
    };
    for (row, cells) in (0..).zip(rows) {
        for (column, words) in (0..).zip(*cells).filter(|(_, words)| !words.is_empty()) {
            set(&mut sheet, Position::new(row, column), words);
        }
    }
    sheet
}

pub(super) fn set(sheet: &mut SheetForm, at: Position, words: &str) {
    let value = match words.strip_prefix('=') {
        Some(number) => Value::Number {
            plain: number.to_owned(),
            adds: String::new(),
        },
        None => Value::Words(words.to_owned()),
    };
    let look = usize::from(at == Position::A1);
    let cell = Cell {
        value,
        look,
        ..Cell::default()
    };
    sheet.cells.insert(at, cell);
}

pub(super) fn mark(sheet: &mut SheetForm, name: &str, area: &str) {
    sheet.tables.push(MarkedTable {
        name: name.to_owned(),
        area: Area::parse(area).unwrap(),
        headers_count: 1,
        has_filter: false,
    });
}

/// A workbook that keeps every rule: cover, notes, a table; its looks are plain and heading.
pub(super) fn sound() -> WorkbookForm {
    let mut cover = sheet_of("Cover", &[&["Ratings"], &["Notes"], &["Table 1"]]);
    for (row, sheet) in [(1, "Notes"), (2, "Table_1")] {
        let cell = cover.cells.get_mut(&Position::new(row, 0)).unwrap();
        cell.link = Some(format!("#'{sheet}'!A1"));
    }
    let mut notes = sheet_of(
        "Notes",
        &[
            &["Notes"],
            &["This sheet has one table."],
            &["Note", "Words"],
            &["note 1", "Few cases."],
        ],
    );
    mark(&mut notes, "notes", "A3:B4");
    let mut table = sheet_of(
        "Table_1",
        &[
            &["Table 1: ratings [note 1]"],
            &["This sheet has one table. Shorthand: [x] not available."],
            &["Region", "Percent yes"],
            &["North", "=64"],
            &["South", "=71"],
            &["Wales", "[x]"],
        ],
    );
    mark(&mut table, "table_1", "A3:B6");
    WorkbookForm {
        file_name: "ratings-2018.ods".to_owned(),
        properties: Properties {
            title: "Ratings".to_owned(),
            author: "Office".to_owned(),
            keywords: "ratings".to_owned(),
            language: "en-GB".to_owned(),
        },
        sheets: vec![cover, notes, table],
        looks: vec![
            Look {
                wraps: true,
                ..Look::default()
            },
            Look {
                heading: Some(1),
                ..Look::default()
            },
        ],
        ..WorkbookForm::default()
    }
}

pub(super) fn table(book: &mut WorkbookForm) -> &mut SheetForm {
    &mut book.sheets[2]
}

pub(super) fn put(book: &mut WorkbookForm, at: &str, words: &str) {
    set(table(book), Position::parse(at).unwrap(), words);
}

/// Gives a cell of the table a look of its own.
pub(super) fn style(book: &mut WorkbookForm, at: &str, change: fn(&mut Look)) {
    let at = Position::parse(at).unwrap();
    let place = book.looks.len();
    let cell = table(book).cells.entry(at).or_default();
    let mut look = Look {
        wraps: true,
        ..Look::default()
    };
    cell.look = place;
    if at == Position::A1 {
        look.heading = Some(1);
    }
    change(&mut look);
    book.looks.push(look);
}

pub(super) fn cell<'b>(book: &'b mut WorkbookForm, at: &str) -> &'b mut Cell {
    table(book)
        .cells
        .get_mut(&Position::parse(at).unwrap())
        .unwrap()
}

pub(super) fn draw(book: &mut WorkbookForm, kind: DrawingKind, alternative: &str) {
    table(book).drawings.push(Drawing {
        kind,
        at: None,
        alternative: alternative.to_owned(),
    });
}
