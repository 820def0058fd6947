//! Tests of `answers`: the matrix is the same whatever the order, the cuts and the readers.

use std::io::Write;

use proptest::prelude::*;

use super::super::known::test_cases;
use super::super::locate::locate;
use super::*;
use crate::model::{Code, Place};

fn open(bytes: &[u8], block_bytes: usize) -> Result<Source<'_>, Problem> {
    Source::from_blocks(
        Blocks::new(bytes, "f.csv", false, None, block_bytes),
        "f.csv".into(),
    )
}

fn read(bytes: &[u8], block_bytes: usize, readers_count: usize) -> Result<AnswerRows, Problems> {
    let open = || open(bytes, block_bytes);
    read_source(open()?, &test_cases(), readers_count, open)?.finish([])
}

fn problems(text: &str) -> Vec<String> {
    read(text.as_bytes(), 1 << 20, 1)
        .unwrap_err()
        .0
        .iter()
        .map(Problem::to_string)
        .collect()
}

fn write(name: &str, text: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::File::create(&path)
        .unwrap()
        .write_all(text)
        .unwrap();
    (folder, path)
}

#[test]
fn answers_and_notes_stand_at_their_case_and_question() {
    let text = "reference,question,answer,note\nV1,3.2.1,no,\nA2,2.1.2,na,\"two\r\nlines\"\nA1,2.1.1a,,n\nA2,2.1.1,yes,\n";
    let rows = read(text.as_bytes(), 1, 1).unwrap();
    assert_eq!(
        (rows.letters(0), rows.letters(1), rows.letters(2)),
        (&[0, 0, 0][..], &b"Y\0X"[..], &b"N"[..])
    );
    assert_eq!(rows.letters(3), b"");
    assert_eq!(
        (rows.patch(0).as_str(), rows.patch(1).as_str()),
        ("", "Y.X")
    );
    assert_eq!(rows.answers(2).collect::<Vec<_>>(), [(0, Answer::No)]);
    assert_eq!(rows.answers_count(), 3);
    let note = |case, place, text: &str| Note {
        case,
        place,
        text: text.into(),
    };
    assert_eq!(rows.notes(), [note(0, 1, "n"), note(1, 2, "two\nlines")]);
}

#[test]
fn an_answer_given_twice_is_refused_even_if_it_is_the_same() {
    let text = "reference,question,answer\nA1,2.1.1,yes\nA2,2.1.1,yes\nA1,2.1.1,\nA1,2.1.1,yes\nA1,2.1.1,no\nA2,2.1.1,maybe";
    let expected = |line| {
        format!(
            "f.csv line {line} column 3: question 2.1.1 of case A1 is answered a second time, first on line 2; \
             leave one of the two out [duplicate-reference]"
        )
    };
    let found = problems(text);
    assert_eq!(found[..2], [expected(5), expected(6)]);
    assert!(found[2].contains("line 7 column 3: maybe is not an answer"));
    for readers_count in 1..4 {
        let shared = read(text.as_bytes(), 20, readers_count)
            .unwrap_err()
            .to_string();
        assert_eq!(shared, found.join("\n"));
    }
}

#[test]
fn two_notes_on_one_question_are_refused_and_a_wide_row_counts_once() {
    let notes = problems("reference,question,answer,note\nA1,2.1.1,,x\nA1,2.1.1,yes,\n");
    assert!(notes[0].contains(
        "line 3 column 3: question 2.1.1 of case A1 is answered a second time, first on line 2"
    ));
    let wide = problems("reference,2.1.1,2.1.2\nA1,yes,no\nA1,yes,no\nA1,yes,\n");
    assert_eq!(wide.len(), 2, "{wide:?}");
}

#[test]
fn empty_files_say_so() {
    for (text, what) in [
        ("", "the file is empty"),
        ("\u{feff}", "the file is empty"),
        ("\n ,\n", "the file is empty"),
        (
            "reference,question,answer\r\n",
            "the file has a header and no rows",
        ),
        ("reference,2.1.1\n,\n", "the file has a header and no rows"),
    ] {
        assert!(problems(text)[0].contains(what), "{text:?}");
        assert!(problems(text)[0].ends_with("[empty-file]"));
    }
}

#[test]
fn a_file_that_says_nothing_is_not_an_empty_file() {
    let rows = read(b"reference,2.1.1\nA1,\n", 1, 1).unwrap();
    assert_eq!(rows.answers_count(), 0);
}

#[test]
fn reading_stops_at_the_first_bytes_that_are_not_text_and_keeps_the_problems_before() {
    let mut text = b"reference,question,answer\nA9,2.1.1,yes\nA1,2.1.1,caf\xe9\n".to_vec();
    text.extend(b"A8,2.1.1,yes\n".repeat(40));
    for readers_count in 1..4 {
        let found = read(&text, 16, readers_count).unwrap_err().0;
        let codes: Vec<Code> = found.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::UnknownCase, Code::NotUtf8]);
        assert_eq!(found[1].place, Place::of("f.csv").line(3).column(3));
    }
}

#[test]
fn of_five_thousand_problems_a_thousand_are_shown_and_the_rest_counted() {
    let text = format!(
        "reference,question,answer\n{}",
        "X,2.1.1,yes\n".repeat(5_000)
    );
    for readers_count in 1..3 {
        let found = read(text.as_bytes(), 500, readers_count).unwrap_err().0;
        assert_eq!((found.len(), found[999].place.line), (1_001, Some(1_001)));
        assert_eq!(found[1_000].what, "… and 4000 more");
    }
}

#[test]
fn large_files_are_shared_and_progress_counts_every_byte() {
    let row = "A1,2.1.1,,\n";
    let text = format!(
        "reference,question,answer,note\n{}V1,3.2.1,no,\n",
        row.repeat(500_000)
    );
    let (_folder, path) = write("answers.CSV", text.as_bytes());
    let progress = std::sync::atomic::AtomicU64::new(0);
    let options = Options {
        progress: Some(&progress),
        ..Options::default()
    };
    assert_eq!(
        read_answers(&path, &options, &test_cases())
            .and_then(|reading| reading.finish([]))
            .unwrap()
            .letters(2),
        b"N"
    );
    assert_eq!(usize::try_from(progress.into_inner()).unwrap(), text.len());
}

#[test]
fn answers_are_located_by_case_and_place() {
    let (_folder, path) = write("a.csv", b"reference,2.1.1,2.1.2\n\nA1,yes,\n\nA2,bad,no\n");
    let file = path.display().to_string();
    let places = locate(
        &path,
        &Options::default(),
        &test_cases(),
        &[(1, 2), (0, 2), (0, 0), (1, 2)],
    )
    .unwrap();
    let second = Place::of(&file).line(5).column(3);
    assert_eq!(
        places,
        [
            second.clone(),
            Place::of(&file),
            Place::of(&file).line(3).column(2),
            second
        ]
    );
    assert_eq!(
        locate(&path, &Options::default(), &test_cases(), &[]).unwrap(),
        []
    );
}

/// What a plain fold over the rows gives.
fn fold(rows: &[(usize, usize, usize)]) -> Option<Vec<u8>> {
    let mut letters = vec![0; 6];
    for (case, place, answer) in rows {
        let letter = &mut letters[case * 3 + place];
        if *letter != 0 && *answer != 0 {
            return None;
        }
        *letter = (*letter).max([0, b'Y', b'N'][*answer]);
    }
    Some(letters)
}

proptest! {
    #[test]
    fn order_cuts_and_readers_never_change_the_answers(
        rows in proptest::collection::vec((0_usize..2, 0_usize..3, 0_usize..3), 1..12),
        quoted in proptest::collection::vec(any::<bool>(), 12),
        block_bytes in 1_usize..40,
        readers_count in 1_usize..4,
    ) {
        let mut text = String::from("reference,question,answer\n");
        for ((case, place, answer), quoted) in rows.iter().zip(quoted) {
            let number = ["2.1.1", "2.1.1a", "2.1.2"][*place];
            let answer = ["", "yes", "no"][*answer];
            let mark = if quoted { "\"" } else { "" };
            text += &format!("{mark}A{}{mark},{number},{mark}{answer}{mark}\n", case + 1);
        }
        let read = read(text.as_bytes(), block_bytes, readers_count).ok();
        let letters = read.map(|rows| [rows.letters(0), rows.letters(1)].concat());
        prop_assert_eq!(letters, fold(&rows));
    }

    #[test]
    fn no_bytes_make_it_panic_and_readers_agree(
        header in prop::sample::select(vec!["reference,question,answer\n", "reference,2.1.1,2.1.1 note\n", ""]),
        rows in proptest::collection::vec(
            prop_oneof![Just(b"A1,".to_vec()), Just(b"2.1.1,".to_vec()), Just(b"yes\n".to_vec()), Just(b"\"".to_vec()),
                proptest::collection::vec(any::<u8>(), 0..6)],
            0..20,
        ),
        block_bytes in 1_usize..40,
    ) {
        let bytes = [header.as_bytes().to_vec(), rows.concat()].concat();
        let whole = read(&bytes, 1 << 20, 1);
        prop_assert_eq!(&read(&bytes, block_bytes, 3), &whole);
    }
}
