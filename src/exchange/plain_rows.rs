//! Splits the lines of a block without quotation marks at commas, which is how national files look.
//!
//! The `csv` crate gives the same rows in about half as much time again. Must not know what the cells mean.

use super::blocks::{Block, cell_text};

/// A line, split at its commas.
pub(super) struct PlainRow<'a> {
    /// Its number, from 1.
    pub(super) line: u64,
    /// How many cells it has, whether they are kept or not.
    pub(super) width: usize,
    text: &'a [u8],
    cells: Vec<&'a [u8]>,
}

impl<'a> PlainRow<'a> {
    /// The cell of a column, from 0, without white space at either end; empty beyond those that are kept.
    pub(super) fn cell(&self, column: usize) -> &'a [u8] {
        match self.cells.get(column) {
            // As nearly every cell is.
            Some(cell @ [first, .., last]) if *first > b' ' && *last > b' ' => cell,
            cell => cell.map_or(b"", |cell| cell.trim_ascii()),
        }
    }

    /// Whether every cell is empty.
    pub(super) fn is_blank(&self) -> bool {
        self.text
            .split(|byte| *byte == b',')
            .all(|cell| std::str::from_utf8(cell).is_ok() && cell_text(cell).is_empty())
    }

    fn add(&mut self, cell: &'a [u8], kept: usize) {
        if self.width < kept {
            self.cells.push(cell);
        }
        self.width += 1;
    }
}

/// Gives every line, blank ones too, to `on_row`, each with as many of its cells as are to be kept.
pub(super) fn each_plain_row<'a>(
    block: &'a Block,
    kept: usize,
    mut on_row: impl FnMut(&PlainRow<'a>),
) {
    let bytes = block.bytes.as_slice();
    let mut row = PlainRow {
        line: block.first_line,
        width: 0,
        text: b"",
        cells: Vec::with_capacity(kept),
    };
    let (mut row_start, mut cell_start) = (0, 0);
    each_mark(bytes, |at| {
        row.add(bytes.get(cell_start..at).unwrap_or_default(), kept);
        cell_start = at + 1;
        if bytes.get(at) == Some(&b'\n') {
            row.text = bytes.get(row_start..at).unwrap_or_default();
            on_row(&row);
            row_start = cell_start;
            row.width = 0;
            row.cells.clear();
            row.line += 1;
        }
    });
    if row_start < bytes.len() {
        row.add(bytes.get(cell_start..).unwrap_or_default(), kept);
        row.text = bytes.get(row_start..).unwrap_or_default();
        on_row(&row);
    }
}

/// Gives the place of every comma and line feed, in order; eight bytes are looked at together.
fn each_mark(bytes: &[u8], mut on_mark: impl FnMut(usize)) {
    let (words, rest) = bytes.as_chunks::<8>();
    for (word, start) in words.iter().zip((0..).step_by(8)) {
        let word = u64::from_le_bytes(*word);
        let mut marks = bytes_equal(word, b',') | bytes_equal(word, b'\n');
        while marks != 0 {
            on_mark(start + (marks.trailing_zeros() / 8) as usize);
            marks &= marks - 1;
        }
    }
    for (byte, at) in rest.iter().zip(8 * words.len()..) {
        if matches!(byte, b',' | b'\n') {
            on_mark(at);
        }
    }
}

/// The highest bit of every byte of a word that is `wanted`.
fn bytes_equal(word: u64, wanted: u8) -> u64 {
    const LOW_BITS: u64 = u64::from_le_bytes([0x7F; 8]);
    // A byte is 0 where it is equal: then neither its own bits nor the sum of the lower ones reach the highest.
    let differs = word ^ u64::from_le_bytes([wanted; 8]);
    !(((differs & LOW_BITS) + LOW_BITS) | differs | LOW_BITS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::blocks::each_record;
    use super::*;

    const KEPT: usize = 4;

    type Rows = Vec<(u64, usize, Vec<Vec<u8>>)>;

    fn plain(block: &Block) -> Rows {
        let mut rows = Vec::new();
        each_plain_row(block, KEPT, |row| {
            let cells = (0..row.width.min(KEPT)).map(|column| row.cell(column).to_vec());
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
                let cells = record.iter().take(KEPT).map(|cell| cell.trim_ascii().to_vec());
                expected.push((line, record.len(), cells.collect()));
                true
            });
            prop_assert_eq!(plain(&block), expected);
        }
    }
}
