//! Tests of `source`: files of every kind and in every state of disrepair, read through the readers that people use.

use std::path::PathBuf;

use proptest::prelude::*;

use super::super::known::{KnownCases, test_cases};
use super::super::{AnswerRows, read_answers, read_cases};
use super::*;
use crate::model::Problems;

fn fixture(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "fixtures", name]
        .iter()
        .collect()
}

fn answers(path: &Path, options: &Options<'_>, known: &KnownCases) -> Result<AnswerRows, Problems> {
    read_answers(path, options, known)?.finish([])
}

fn written(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn problem(path: &Path, options: &Options<'_>) -> Problem {
    let Problems(problems) = answers(path, options, &test_cases()).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].clone()
}

#[test]
fn workbooks_say_what_csv_says() {
    let options = Options {
        sheet: Some("Answers"),
        ..Options::default()
    };
    for name in ["answers-wide.xlsx", "answers-wide.ods"] {
        let rows = answers(&fixture(name), &options, &test_cases()).unwrap();
        assert_eq!(
            (rows.letters(0), rows.letters(1), rows.letters(2)),
            (&b"YNX"[..], &[0, 0, 0][..], &b"Y"[..]),
            "{name}"
        );
        assert_eq!(rows.notes()[0].text, "made up note");
    }
}

#[test]
fn problems_in_workbooks_have_the_row_and_column_that_the_spreadsheet_shows() {
    let options = Options {
        sheet: Some("answers"),
        ..Options::default()
    };
    let known = KnownCases::new(
        &[&super::super::known::test_sets()[0]],
        [("A1", 0), ("V1", 0)],
    );
    for name in ["answers-wide.xlsx", "answers-wide.ods"] {
        let Problems(problems) = answers(&fixture(name), &options, &known).unwrap_err();
        assert_eq!(
            (problems[0].place.line, problems[0].place.column),
            (Some(1), Some(6)),
            "{name}: unknown question"
        );
    }
}

#[test]
fn the_first_sheet_is_read_unless_another_is_named() {
    for name in ["answers-wide.xlsx", "answers-wide.ods"] {
        let first = problem(&fixture(name), &Options::default());
        assert_eq!(
            first.code,
            Code::WrongHeader,
            "the first sheet is a note about the file"
        );
        let missing = problem(
            &fixture(name),
            &Options {
                sheet: Some("Answer"),
                ..Options::default()
            },
        );
        assert_eq!(
            (missing.code, missing.remedy.as_str()),
            (Code::UnreadableFile, "did you mean Answers?")
        );
    }
}

#[test]
fn files_that_cannot_be_read_say_why_and_what_to_do() {
    let (folder, text) = written("a.txt", b"reference,question,answer\n");
    let cases = [
        (folder.path().join("none.csv"), "there is no such file"),
        (text, "the file's name ends neither in .csv"),
        (
            folder.path().join("none"),
            "the file's name ends neither in .csv",
        ),
    ];
    for (path, what) in cases {
        let problem = problem(&path, &Options::default());
        assert_eq!(problem.code, Code::UnreadableFile);
        assert!(
            problem.what.starts_with(what) && !problem.remedy.is_empty(),
            "{problem}"
        );
    }
    let inside = folder.path().join("folder.csv");
    std::fs::create_dir(&inside).unwrap();
    assert!(!problem(&inside, &Options::default()).remedy.is_empty());
}

#[test]
fn a_file_with_the_wrong_ending_is_recognised() {
    let (_folder, path) = written("a.csv", &std::fs::read(fixture("cases.xlsx")).unwrap());
    let found = problem(&path, &Options::default());
    assert_eq!(
        (found.code, found.what.as_str()),
        (Code::NotUtf8, "the file is a workbook or archive, not text")
    );
    for name in ["a.xlsx", "a.ods"] {
        let (_folder, path) = written(name, b"reference,question,answer\nA1,2.1.1,yes\n");
        assert!(
            problem(&path, &Options::default())
                .what
                .starts_with("the file cannot be read as a workbook")
        );
    }
}

#[test]
fn text_of_older_programs_is_refused_with_the_remedy_and_read_when_asked() {
    let (_folder, path) = written(
        "a.csv",
        b"reference,question,answer,note\r\nA1,2.1.1,yes,caf\xe9\r\n",
    );
    let found = problem(&path, &Options::default());
    assert_eq!(
        (found.code, found.place.line, found.place.column),
        (Code::NotUtf8, Some(2), Some(4))
    );
    assert!(found.remedy.contains("--encoding windows-1252"));
    let options = Options {
        encoding: Encoding::Windows1252,
        ..Options::default()
    };
    assert_eq!(
        answers(&path, &options, &test_cases()).unwrap().notes()[0].text,
        "café"
    );
}

#[test]
fn a_header_that_is_not_text_or_ends_in_cr_alone_is_refused() {
    let (_folder, path) = written("a.csv", b"\xff\xfer\0e\0f\0\n\0");
    assert_eq!(problem(&path, &Options::default()).code, Code::NotUtf8);
    let (_folder, path) = written("b.csv", b"reference,question,answer\rA1,2.1.1,yes\r");
    assert!(
        problem(&path, &Options::default())
            .what
            .contains("CR alone")
    );
}

#[test]
fn names_of_encodings_are_read_in_any_case() {
    assert_eq!(Encoding::parse("UTF-8"), Some(Encoding::Utf8));
    assert_eq!(Encoding::parse("Windows-1252"), Some(Encoding::Windows1252));
    assert_eq!(Encoding::parse("ebcdic"), None);
}

/// Reads without caring what comes out.
fn read_anyhow(path: &Path) {
    let _ = read_cases(path, &Options::default(), &[]);
    let _ = read_answers(path, &Options::default(), &test_cases());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn damaged_workbooks_are_refused_without_panic(
        name in prop::sample::select(vec!["cases.xlsx", "cases.ods"]),
        cut in any::<prop::sample::Index>(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        truncate in any::<bool>(),
    ) {
        let mut bytes = std::fs::read(fixture(name)).unwrap();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if truncate {
            bytes.truncate(cut.index(bytes.len()));
        }
        let (_folder, path) = written(name, &bytes);
        read_anyhow(&path);
    }

    #[test]
    fn random_bytes_are_refused_without_panic(
        name in prop::sample::select(vec!["a.csv", "a.xlsx", "a.ods"]),
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let (_folder, path) = written(name, &bytes);
        read_anyhow(&path);
    }
}
