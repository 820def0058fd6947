//! Tests of the rules.
use crate::exchange::workbook_form::{Cell, Position, SheetForm, Value};

/// A sheet with these words and numbers.
pub(super) fn sheet_of(name: &str, rows: &[&[&str]]) -> SheetForm {
    let mut sheet = SheetForm {
        name: name.to_owned(),
        ..SheetForm::default()
    };
    for (row, cells) in (0..).zip(rows) {
        for (column, words) in (0..).zip(*cells).filter(|(_, words)| !words.is_empty()) {
            let value = match words.strip_prefix('=') {
                Some(number) => Value::Number {
                    plain: number.to_owned(),
                    adds: String::new(),
                },
                None => Value::Words((*words).to_owned()),
            };
            let cell = Cell {
                value,
                ..Cell::default()
            };
            sheet.cells.insert(Position::new(row, column), cell);
        }
    }
    sheet
}
