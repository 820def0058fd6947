//! Tests of `blocks`: however a file is cut, its rows and line numbers are the same.

use proptest::prelude::*;

use super::*;

type Rows = Vec<(u64, Vec<Vec<u8>>)>;

fn read(bytes: &[u8], block_bytes: usize) -> Result<Rows, Problem> {
    let mut blocks = Blocks::new(bytes, "f.csv", false, None, block_bytes);
    let mut block = Block::default();
    let mut rows = Vec::new();
    while blocks.next_into(&mut block)? {
        each_record(&block, |line, record, _| {
            rows.push((line, record.iter().map(<[u8]>::to_vec).collect()));
            true
        });
    }
    Ok(rows)
}

fn texts(bytes: &str) -> Vec<(u64, String)> {
    let rows = read(bytes.as_bytes(), 1).unwrap();
    let join = |cells: Vec<Vec<u8>>| String::from_utf8(cells.join(&b'|')).unwrap();
    rows.into_iter()
        .map(|(line, cells)| (line, join(cells)))
        .collect()
}

#[test]
fn lines_are_numbered_past_blank_lines_and_notes_of_several_lines() {
    let rows = texts("a,b\n\n\n1,\"two\nlines\"\n,,\n3,4");
    let expected = [(1, "a|b"), (4, "1|two\nlines"), (7, "3|4")];
    assert_eq!(rows, expected.map(|(line, text)| (line, text.to_owned())));
}

#[test]
fn quotation_marks_count_only_where_a_cell_begins() {
    assert_eq!(
        texts("a 5\" b,\"say \"\"x\"\",\n\"\nz")[0].1,
        "a 5\" b|say \"x\",\n"
    );
    assert_eq!(texts("\"\",\"\"\"\"\nz")[0].1, "|\"");
}

#[test]
fn an_unclosed_quotation_mark_is_named_by_its_line() {
    let problem = read(b"a,b\n1,2\n3,\"x\n4,5\n", 4).unwrap_err();
    assert_eq!(problem.code, Code::UnclosedQuote);
    assert_eq!(problem.place.line, Some(3));
}

#[test]
fn a_very_long_line_is_refused_and_a_long_one_is_not() {
    assert!(read(&vec![b'x'; 3 << 20], BLOCK_BYTES).is_ok());
    let endless = read(&vec![b'x'; 3 * RECORD_BYTES_MAX], 1 << 16);
    assert_eq!(endless.err().unwrap().code, Code::UnreadableFile);
    let mut unclosed = vec![b'x'; 3 * RECORD_BYTES_MAX];
    unclosed[0] = b'"';
    assert_eq!(
        read(&unclosed, BLOCK_BYTES).err().unwrap().code,
        Code::UnclosedQuote
    );
}

#[test]
fn the_first_record_is_taken_off_and_the_rest_keeps_its_lines() {
    let mut blocks = Blocks::new(
        &b"\xEF\xBB\xBF\n,\nh1,\"h\n2\"\na,b\nc,d"[..],
        "f",
        false,
        None,
        64,
    );
    let (line, header) = blocks.take_first_record().unwrap().unwrap();
    assert_eq!((line, header.len(), &header[0]), (3, 2, &b"h1"[..]));
    let mut block = Block::default();
    assert!(blocks.next_into(&mut block).unwrap());
    assert_eq!(
        (block.first_line, block.bytes.as_slice()),
        (5, &b"a,b\nc,d"[..])
    );
    assert!(!blocks.next_into(&mut block).unwrap());
}

#[test]
fn windows_1252_is_decoded_when_asked_for_and_never_after_a_byte_order_mark() {
    let decoded = |bytes: &'static [u8]| {
        let mut block = Block::default();
        let mut blocks = Blocks::new(bytes, "f", true, None, 1);
        let mut text = Vec::new();
        while blocks.next_into(&mut block).unwrap() {
            text.extend_from_slice(&block.bytes);
        }
        String::from_utf8(text).unwrap()
    };
    assert_eq!(decoded(b"caf\xe9 \x96 \x80"), "café – €");
    assert_eq!(decoded(b"\xEF\xBB\xBFcaf\xc3\xa9"), "café");
}

#[test]
fn bytes_that_are_not_utf_8_are_named_by_line_and_column() {
    let block = Block {
        bytes: b"a,b\n\"x\ny\",caf\xe9\n".to_vec(),
        first_line: 7,
        quoted: true,
    };
    let problem = check_utf8(&block, "f.csv").unwrap();
    assert_eq!(problem.place, Place::of("f.csv").line(8).column(2));
}

proptest! {
    #[test]
    fn cutting_a_file_anywhere_changes_nothing(
        bytes in proptest::collection::vec(prop::sample::select(b"ab,\"\n\r \0\xff".to_vec()), 0..80),
        block_bytes in 1_usize..20,
    ) {
        prop_assert_eq!(read(&bytes, block_bytes), read(&bytes, BLOCK_BYTES));
    }

    #[test]
    fn a_row_stands_on_the_line_that_a_plain_count_gives(
        bytes in proptest::collection::vec(prop::sample::select(b"a,\n\r".to_vec()), 0..60),
    ) {
        let expected: Vec<u64> = bytes
            .split(|byte| *byte == b'\n')
            .zip(1..)
            .filter(|(line, _)| line.contains(&b'a'))
            .map(|(_, number)| number)
            .collect();
        let lines: Vec<u64> = read(&bytes, 8).unwrap().into_iter().map(|(line, _)| line).collect();
        prop_assert_eq!(lines, expected);
    }
}
