//! Splits the lines of a block without quotation marks at commas, which is how national files look.
//!
//! The `csv` crate gives the same rows in about half as much time again. Must not know what the cells mean.

use super::blocks::{Block, cell_text};

/// How many cells of a line are kept.
pub(super) const PLAIN_CELLS_MAX: usize = 4;

/// A line, split at its commas.
pub(super) struct PlainRow<'a> {
    /// Its number, from 1.
    pub(super) line: u64,
    /// How many cells it has; only the first few are kept.
    pub(super) width: usize,
    text: &'a [u8],
    cells: [&'a [u8]; PLAIN_CELLS_MAX],
}

impl<'a> PlainRow<'a> {
    /// The cell of a column, from 0, without white space at either end; empty beyond those that are kept.
    pub(super) fn cell(&self, column: usize) -> &'a [u8] {
        self.cells.get(column).map_or(b"", |cell| cell.trim_ascii())
    }

    /// Whether every cell is empty.
    pub(super) fn is_blank(&self) -> bool {
        self.text
            .split(|byte| *byte == b',')
            .all(|cell| std::str::from_utf8(cell).is_ok() && cell_text(cell).is_empty())
    }

    fn add(&mut self, cell: &'a [u8]) {
        if let Some(place) = self.cells.get_mut(self.width) {
            *place = cell;
        }
        self.width += 1;
    }
}

/// Gives every line, blank ones too, to `on_row`.
pub(super) fn each_plain_row<'a>(block: &'a Block, mut on_row: impl FnMut(&PlainRow<'a>)) {
    let bytes = block.bytes.as_slice();
    let mut row = PlainRow {
        line: block.first_line,
        width: 0,
        text: b"",
        cells: [b""; PLAIN_CELLS_MAX],
    };
    let (mut row_start, mut cell_start) = (0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        // Letters and digits lie above the comma: nearly every byte takes one comparison.
        if *byte > b',' || !matches!(*byte, b',' | b'\n') {
            continue;
        }
        row.add(bytes.get(cell_start..at).unwrap_or_default());
        cell_start = at + 1;
        if *byte == b'\n' {
            row.text = bytes.get(row_start..at).unwrap_or_default();
            on_row(&row);
            row_start = cell_start;
            row.width = 0;
            row.line += 1;
        }
    }
    if row_start < bytes.len() {
        row.add(bytes.get(cell_start..).unwrap_or_default());
        row.text = bytes.get(row_start..).unwrap_or_default();
        on_row(&row);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::blocks::each_record;
    use super::*;

    type Rows = Vec<(u64, usize, Vec<Vec<u8>>)>;

    fn plain(block: &Block) -> Rows {
        let mut rows = Vec::new();
        each_plain_row(block, |row| {
            let cells = (0..row.width.min(PLAIN_CELLS_MAX)).map(|column| row.cell(column).to_vec());
            if !row.is_blank() {
                rows.push((row.line, row.width, cells.collect()));
            }
        });
        rows
    }

    proptest! {
        #[test]
        fn it_gives_the_rows_that_the_csv_crate_gives(
            bytes in proptest::collection::vec(prop::sample::select(b"ab,\n\r\0\xff".to_vec()), 0..80),
        ) {
            let block = Block { bytes, first_line: 3, quoted: false };
            let mut expected = Rows::new();
            each_record(&block, |line, record, _| {
                let cells = record.iter().take(PLAIN_CELLS_MAX).map(|cell| cell.trim_ascii().to_vec());
                expected.push((line, record.len(), cells.collect()));
                true
            });
            prop_assert_eq!(plain(&block), expected);
        }
    }
}
