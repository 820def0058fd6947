//! A text file as a stream of blocks that each hold whole records, so that several readers can share it.
//!
//! Memory stays at a block for each reader whatever the size of the file. Must not know what the cells mean.

use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::ByteRecord;

use crate::model::{Code, Place, Problem};

/// Bytes read at a time: large enough that sharing costs nothing, small enough to stay in the processor's cache.
pub(super) const BLOCK_BYTES: usize = 1 << 20;

/// No record is longer than this; a quotation mark that is never closed would otherwise swallow the rest of the file.
const RECORD_BYTES_MAX: usize = 16 << 20;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whole records of a file.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The text, ending after a line end except at the end of the file.
    pub(super) bytes: Vec<u8>,
    /// The number, from 1, of the line that the block starts with.
    pub(super) first_line: u64,
    /// Whether there is a quotation mark anywhere: if not, a line is a record and a comma ends a cell.
    pub(super) quoted: bool,
}

/// Hands out a text file block by block.
pub(super) struct Blocks<'a> {
    input: Box<dyn Read + Send + 'a>,
    file: String,
    decode: bool,
    progress: Option<&'a AtomicU64>,
    block_bytes: usize,
    /// Read but not yet handed out.
    carry: Vec<u8>,
    /// Number of the line that `carry` starts with.
    line: u64,
    started: bool,
    ended: bool,
}

impl<'a> Blocks<'a> {
    /// `decode` reads the bytes as Windows-1252 unless they start with a UTF-8 byte-order mark.
    pub(super) fn new(
        input: impl Read + Send + 'a,
        file: &str,
        decode: bool,
        progress: Option<&'a AtomicU64>,
        block_bytes: usize,
    ) -> Blocks<'a> {
        Blocks {
            input: Box::new(input),
            file: file.to_owned(),
            decode,
            progress,
            block_bytes: block_bytes.max(1),
            carry: Vec::new(),
            line: 1,
            started: false,
            ended: false,
        }
    }

    /// Puts the next block into `block`, whose memory is used again; `false` at the end of the file.
    ///
    /// # Errors
    /// The file cannot be read on, a quotation mark is never closed, or a record is unreasonably long.
    pub(super) fn next_into(&mut self, block: &mut Block) -> Result<bool, Problem> {
        let bytes = &mut block.bytes;
        bytes.clear();
        // Copied, not swapped, so that each block keeps its memory: it would be given back and asked for again each time.
        bytes.append(&mut self.carry);
        let mut wanted = self.block_bytes;
        let end = loop {
            self.fill(bytes, wanted)?;
            if bytes.is_empty() && self.ended {
                return Ok(false);
            }
            block.quoted = bytes.contains(&b'"');
            let cut = cut_records(bytes, block.quoted, self.ended);
            if self.ended && cut.open_quote.is_none() {
                break bytes.len();
            }
            if cut.end > 0 {
                break cut.end;
            }
            let is_long = bytes.len() > RECORD_BYTES_MAX;
            match cut.open_quote {
                Some(quote) if self.ended || is_long => {
                    return Err(self.unclosed_quote(bytes, quote));
                }
                None if is_long => return Err(self.endless_line()),
                _ => {}
            }
            wanted = bytes.len() + self.block_bytes.max(bytes.len());
        };
        self.carry
            .extend_from_slice(bytes.get(end..).unwrap_or_default());
        bytes.truncate(end);
        block.first_line = self.line;
        self.line += count_line_ends(bytes);
        Ok(true)
    }

    /// The first record that is not blank, with its line, taken off the front; `None` when there is none.
    ///
    /// # Errors
    /// As [`Blocks::next_into`].
    pub(super) fn take_first_record(&mut self) -> Result<Option<(u64, ByteRecord)>, Problem> {
        let mut block = Block::default();
        while self.next_into(&mut block)? {
            let mut first = None;
            each_record(&block, |line, record, end| {
                first = Some((line, record.clone(), end));
                false
            });
            if let Some((line, record, end)) = first {
                let (taken, rest) = block.bytes.split_at_checked(end).unwrap_or_default();
                self.line = block.first_line + count_line_ends(taken);
                self.carry.splice(0..0, rest.iter().copied());
                return Ok(Some((line, record)));
            }
        }
        Ok(None)
    }

    /// Nothing more is handed out: one of the readers has met something that no other should read past.
    pub(super) fn stop(&mut self) {
        self.ended = true;
        self.carry.clear();
        self.input = Box::new(std::io::empty());
    }

    fn fill(&mut self, bytes: &mut Vec<u8>, wanted: usize) -> Result<(), Problem> {
        while !self.ended && bytes.len() < wanted {
            let before = bytes.len();
            let missing = u64::try_from(wanted - before).unwrap_or(u64::MAX);
            // Four bytes at least, so that the byte-order mark is seen whole.
            let read = self.input.by_ref().take(missing.max(4)).read_to_end(bytes);
            let read = read.map_err(|error| self.broken_off(&error))?;
            self.ended = read == 0;
            if let Some(progress) = self.progress {
                progress.fetch_add(u64::try_from(read).unwrap_or(0), Ordering::Relaxed);
            }
            if !self.started {
                self.started = true;
                if bytes.starts_with(BYTE_ORDER_MARK) {
                    bytes.drain(..BYTE_ORDER_MARK.len());
                    self.decode = false;
                }
            }
            if self.decode {
                let raw = bytes.split_off(before);
                let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&raw);
                bytes.extend_from_slice(text.as_bytes());
            }
        }
        Ok(())
    }

    fn broken_off(&self, error: &std::io::Error) -> Problem {
        let what = format!("the file cannot be read on: {error}");
        let remedy = "copy it to this computer and try again";
        Problem::new(Code::UnreadableFile, what, remedy).at(Place::of(&self.file).line(self.line))
    }

    fn unclosed_quote(&self, bytes: &[u8], quote: usize) -> Problem {
        let line = self.line + count_line_ends(bytes.get(..quote).unwrap_or_default());
        let what = "a quotation mark opens a cell and is never closed";
        let remedy =
            "close it, or write a mark that belongs to the text twice within a quoted cell";
        Problem::new(Code::UnclosedQuote, what, remedy).at(Place::of(&self.file).line(line))
    }

    fn endless_line(&self) -> Problem {
        let what = "the line is longer than 16 MB";
        let remedy = "check that this is a CSV file, with a line for each row";
        Problem::new(Code::UnreadableFile, what, remedy).at(Place::of(&self.file).line(self.line))
    }
}

/// Gives every record that is not blank to `on_record`, with its line and the place in the block where it ends, until
/// it answers `false`.
pub(super) fn each_record(
    block: &Block,
    mut on_record: impl FnMut(u64, &ByteRecord, usize) -> bool,
) {
    let bytes = block.bytes.as_slice();
    // A carriage return is trimmed off the last cell like other white space, so that a record ends at a line feed
    // here as it does where blocks are cut.
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(bytes);
    let mut record = ByteRecord::new();
    let mut line = block.first_line;
    let mut start = 0;
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let end = usize::try_from(reader.position().byte()).unwrap_or(bytes.len());
        let text = bytes.get(start..end).unwrap_or_default();
        // The reader skips empty lines before a record without saying so.
        let skipped = text.iter().take_while(|byte| **byte == b'\n').count();
        let at = line + u64::try_from(skipped).unwrap_or(0);
        if !is_blank(&record) && !on_record(at, &record, end) {
            return;
        }
        line += count_line_ends(text);
        start = end;
    }
}

/// Whether every cell is empty: lines that only hold commas are what spreadsheets leave behind.
pub(super) fn is_blank(record: &ByteRecord) -> bool {
    record
        .iter()
        .all(|cell| std::str::from_utf8(cell).is_ok_and(|text| text.trim().is_empty()))
}

/// A cell as trimmed text; empty if it is not UTF-8, which [`check_utf8`] has reported by then.
pub(super) fn cell_text(cell: &[u8]) -> &str {
    std::str::from_utf8(cell).unwrap_or_default().trim()
}

/// The problem of a block that is not UTF-8, at its first wrong cell.
pub(super) fn check_utf8(block: &Block, file: &str) -> Option<Problem> {
    let error = std::str::from_utf8(&block.bytes).err()?;
    let before = block.bytes.get(..error.valid_up_to()).unwrap_or_default();
    // No single cell is wrong where a quotation mark stands within a character.
    let mut place = Place::of(file).line(block.first_line + count_line_ends(before));
    each_record(block, |line, record, _| {
        let wrong = record
            .iter()
            .position(|cell| std::str::from_utf8(cell).is_err());
        if let Some(column) = wrong.and_then(|column| u64::try_from(column).ok()) {
            place = Place::of(file).line(line).column(column + 1);
        }
        wrong.is_none()
    });
    Some(not_utf8(&block.bytes).at(place))
}

fn not_utf8(bytes: &[u8]) -> Problem {
    if bytes.starts_with(b"PK\x03\x04") {
        let what = "the file is a workbook or archive, not text";
        return Problem::new(
            Code::NotUtf8,
            what,
            "give its name the ending .xlsx or .ods",
        );
    }
    let what = "the text is not UTF-8";
    let remedy = "save the file as \"CSV UTF-8\", or pass --encoding windows-1252";
    Problem::new(Code::NotUtf8, what, remedy)
}

/// Where whole records end.
struct Cut {
    /// Just behind the last line end outside quotation marks; 0 if there is none.
    end: usize,
    /// A quotation mark that opens a cell and is not closed within the bytes.
    open_quote: Option<usize>,
}

/// Follows quotation marks as the `csv` crate does: a mark opens a quoted cell only where the cell begins.
fn cut_records(bytes: &[u8], quoted: bool, ended: bool) -> Cut {
    let mut cut = Cut {
        end: 0,
        open_quote: None,
    };
    let mut outside_from = 0;
    loop {
        let open = if quoted {
            opening_quote(bytes, outside_from)
        } else {
            None
        };
        let outside = bytes.get(outside_from..open.unwrap_or(bytes.len()));
        if let Some(at) = outside.and_then(|text| text.iter().rposition(|byte| *byte == b'\n')) {
            cut.end = outside_from + at + 1;
        }
        let Some(open) = open else { return cut };
        match closing_quote(bytes, open + 1, ended) {
            Some(close) => outside_from = close + 1,
            None => {
                cut.open_quote = Some(open);
                return cut;
            }
        }
    }
}

fn find(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    let rest = bytes.get(from..)?;
    Some(from + rest.iter().position(|byte| *byte == wanted)?)
}

fn opening_quote(bytes: &[u8], from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let quote = find(bytes, from, b'"')?;
        let before = quote.checked_sub(1).and_then(|at| bytes.get(at));
        if matches!(before, None | Some(b',' | b'\n')) {
            return Some(quote);
        }
        from = quote + 1;
    }
}

/// A mark at the very end closes only if the file ends there too: the next byte may be a second mark.
fn closing_quote(bytes: &[u8], from: usize, ended: bool) -> Option<usize> {
    let mut from = from;
    loop {
        let quote = find(bytes, from, b'"')?;
        match bytes.get(quote + 1) {
            Some(b'"') => from = quote + 2,
            None if !ended => return None,
            _ => return Some(quote),
        }
    }
}

/// In runs short enough to be counted in bytes, which the compiler turns into vector instructions.
fn count_line_ends(bytes: &[u8]) -> u64 {
    let count = |run: &[u8]| {
        run.iter()
            .fold(0_u8, |count, byte| count + u8::from(*byte == b'\n'))
    };
    bytes.chunks(255).map(|run| u64::from(count(run))).sum()
}

#[cfg(test)]
#[path = "blocks_tests.rs"]
mod tests;
