//! Files that can hardly be read: empty, of another kind, cut, in another encoding, with marks gone wrong, nonsense; and large ones.
//!
//! Each gets one clear message, and nothing is stored. Must not know what rows may say (`cli_bad_files`).

use std::fmt::Write;

use super::cli_bad_files::{refuses, with_cases};
use super::harness::Office;
use super::made_up::csv_file;
use super::workbook::xlsx_file;

const QUOTE: &str = "a quotation mark opens a cell and is never closed; \
                     close it, or write a mark that belongs to the text twice within a quoted cell [unclosed-quote]";

#[test]
fn files_that_cannot_be_read_get_one_message() {
    let office = with_cases();
    let empty = ": the file is empty; check that it is the right file and was saved [empty-file]";
    for kind in ["cases", "answers", "measures", "judgements"] {
        refuses(&office, kind, "e.csv", "", &[empty]);
        refuses(&office, kind, "e.csv", "\n\r\n ,, \n", &[empty]);
        refuses(&office, kind, "e.csv", b"\xEF\xBB\xBF", &[empty]);
        refuses(
            &office,
            kind,
            "e.txt",
            "x",
            &[
                ": the file's name ends neither in .csv nor in .xlsx nor in .ods; \
               save it as one of these, or rename it if it is one [unreadable-file]",
            ],
        );
        office.refuses(
            &format!("import {kind} nosuch.csv"),
            "error: nosuch.csv: there is no such file; check its name and folder [unreadable-file]\n",
        );
        std::fs::create_dir_all(office.path("folder.csv")).unwrap();
        office.refuses(
            &format!("import {kind} folder.csv"),
            "error: folder.csv: this is a folder; name a file in it [unreadable-file]\n",
        );
    }
    let no_rows =
        ": the file has a header and no rows; check that it is the right file [empty-file]";
    refuses(
        &office,
        "cases",
        "h.csv",
        "reference,sample\n\n",
        &[no_rows],
    );
    refuses(
        &office,
        "answers",
        "h.csv",
        "reference,question,answer\n",
        &[no_rows],
    );
    refuses(
        &office,
        "judgements",
        "h.csv",
        "standard,rating,because",
        &[no_rows],
    );
}

#[test]
fn files_of_another_kind_than_their_ending_says_are_named_as_such() {
    let office = with_cases();
    let book = xlsx_file(&vec![vec!["reference".to_owned(), "sample".to_owned()]]);
    office.write("book.csv", &book);
    let said = office.run("import cases book.csv");
    assert_eq!(said.code, Some(1));
    assert!(
        said.stderr.ends_with(
            ": the file is a workbook or archive, not text; give its name the ending .xlsx or .ods [not-utf-8]\n"
        ) || said.stderr.contains("[wrong-header]"),
        "{}",
        said.stderr
    );
    for name in ["text.xlsx", "text.ods"] {
        office.write(name, "reference,sample\nCS-9,case-supervision\n");
        let said = office.run(&format!("import cases {name}"));
        assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""));
        assert!(
            said.stderr.starts_with(&format!(
                "error: {name}: the file cannot be read as a workbook: "
            )) && said
                .stderr
                .ends_with("or save it as \"CSV UTF-8\" [unreadable-file]\n")
                && said.stderr.lines().count() == 1,
            "{}",
            said.stderr
        );
    }
    // Cut short at any place.
    for length in (0..book.len()).step_by(97) {
        office.write("cut.xlsx", &book[..length]);
        let said = office.run("import cases cut.xlsx");
        assert_eq!(said.code, Some(1), "{length}");
        assert_eq!(said.stderr.lines().count(), 1, "{}", said.stderr);
    }
    office.is_sound();
}

#[test]
fn quotation_marks_and_line_ends_gone_wrong_are_found_at_their_line() {
    let office = with_cases();
    refuses(
        &office,
        "answers",
        "a.csv",
        "reference,question,answer,note\nCS-1,2.1.1,yes,\"closed, \"\"here\"\"\"\nCS-1,2.1.2,yes,\"never closed\nCS-2,2.1.1,yes,\n",
        &[&format!(" line 3: {QUOTE}")],
    );
    refuses(
        &office,
        "cases",
        "c.csv",
        "reference,sample\nCS-3,\"case-supervision\nCS-4,case-supervision\n",
        &[&format!(" line 2: {QUOTE}")],
    );
    refuses(
        &office,
        "cases",
        "mac.csv",
        "reference,sample\rCS-3,case-supervision\r",
        &[
            " line 1: the lines end in a way that has not been used for twenty years (CR alone); save the file as \"CSV UTF-8\" [wrong-header]",
        ],
    );
    let latin = b"reference,sample,court\nCR-2,court-reports-and-allocation,Orl\xe9ans\n";
    let place = " line 2 column 3: the text is not UTF-8; save the file as \"CSV UTF-8\", or pass --encoding windows-1252 [not-utf-8]";
    refuses(&office, "cases", "latin.csv", latin, &[place]);
    refuses(
        &office,
        "cases",
        "nul.csv",
        "reference,sample\nCS\0-3,case-supervision\n",
        &[
            " line 2 column 1: the reference CS\\u{0}-3 has the character \\0; \
           use a code, never a name: letters A to Z, digits and - _ / . only [bad-reference]",
        ],
    );
}

#[test]
fn a_long_list_of_problems_is_cut_and_counted() {
    let office = with_cases();
    let mut text = "reference,question,answer\n".to_owned();
    for line in 0..1_203 {
        writeln!(text, "CS-1,2.1.1x{line},yes").unwrap();
    }
    office.write("a.csv", text);
    let said = office.run("import answers a.csv");
    assert_eq!(said.code, Some(1));
    assert_eq!(said.stderr.lines().count(), 1_001);
    assert!(
        said.stderr.ends_with(
            "\nerror: a.csv: … and 203 more; put the listed ones right first [more-problems]\n"
        ),
        "{}",
        said.stderr.lines().last().unwrap()
    );
    office.is_sound();
}

#[test]
fn one_bad_row_in_the_middle_of_a_million_is_found_and_nothing_is_stored() {
    let office = Office::opened();
    // Questions of a supervision case that always apply.
    let questions = [
        "2.1.1", "2.1.1a", "2.1.1b", "2.1.1c", "2.1.2", "2.1.2a", "2.1.2b", "2.1.2c", "2.1.3",
        "2.1.3a",
    ];
    let cases_count = 2_000;
    let mut cases = "reference,sample\n".to_owned();
    let mut answers = "reference,question,answer,note\n".to_owned();
    for case in 0..cases_count {
        writeln!(cases, "CS-{case:05},case-supervision").unwrap();
    }
    for row in 0..1_000_000 {
        let (case, question) = (row / 10 % cases_count, questions[row % 10]);
        match row {
            500_000 => writeln!(answers, "CS-{case:05},{question},maybe,").unwrap(),
            // Rows beyond the first answer of each question say nothing, as exports do.
            row if row >= cases_count * 10 => {
                writeln!(answers, "CS-{case:05},{question},,").unwrap()
            }
            _ => writeln!(answers, "CS-{case:05},{question},yes,").unwrap(),
        }
    }
    office.write("cases.csv", cases);
    office.run("import cases cases.csv --quiet").says_nothing();
    office.write("answers.csv", &answers);
    let started = std::time::Instant::now();
    office.refuses(
        "import answers answers.csv",
        "error: answers.csv line 500002 column 3: maybe is not an answer; write yes, no or na, or leave the cell empty [unknown-answer]\n",
    );
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
    office.write("answers.csv", answers.replace(",maybe,", ",,"));
    office
        .run("import answers answers.csv")
        .says("answers.csv: assessments: 2000 changed, 20000 answers\n");
}

#[test]
fn files_of_nonsense_are_refused_without_a_panic() {
    let office = with_cases();
    let entries = office.entries_count();
    let rows = |cells: &[&str]| {
        let row: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        csv_file(&vec![row.clone(), row])
    };
    let nonsense: [Vec<u8>; 7] = [
        vec![0; 1_000],
        vec![0xFF; 1_000],
        b"\"".repeat(999),
        b",".repeat(100_000),
        rows(&["reference", "question", "answer"]),
        rows(&["reference", "sample", "sample"]),
        format!(
            "reference,sample\n{},case-supervision\n",
            "x".repeat(100_000)
        )
        .into_bytes(),
    ];
    for (place, content) in nonsense.iter().enumerate() {
        for kind in ["cases", "answers", "measures", "judgements"] {
            office.write("n.csv", content);
            let said = office.run(&format!("import {kind} n.csv"));
            assert_eq!(
                (said.code, said.stdout.as_str()),
                (Some(1), ""),
                "{kind} {place}"
            );
            assert!(said.stderr.len() < 2_000, "{kind} {place} {}", said.stderr);
        }
    }
    assert_eq!(office.entries_count(), entries);
    office.is_sound();
}
