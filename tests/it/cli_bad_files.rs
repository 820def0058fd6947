//! What rows and headers in the wrong get: each one clear message with its line and column, all of them together, and
//! nothing stored.
//!
//! Must not know what good files give (`cli_import`).

use super::harness::Office;
use super::workbook::xlsx_file;

/// Two supervision cases, a court case and an interview.
pub(crate) fn with_cases() -> Office {
    let office = Office::opened();
    office.write(
        "known.csv",
        "reference,sample,rosh_issues,non_compliance\nCS-1,case-supervision,no,yes\nCS-2,case-supervision,yes,yes\n\
         CR-1,court-reports-and-allocation,,\nSI-1,staff-interviews,,\n",
    );
    office.run("import cases known.csv --quiet").says_nothing();
    office
}

/// Asserts that a file of this kind is refused with exactly these problems, and that nothing is stored.
#[track_caller]
pub(crate) fn refuses(
    office: &Office,
    kind: &str,
    name: &str,
    content: impl AsRef<[u8]>,
    problems: &[&str],
) {
    office.write(name, content);
    let message: String = problems
        .iter()
        .map(|problem| format!("error: {name}{problem}\n"))
        .collect();
    office.refuses(&format!("import {kind} {name}"), &message);
}

const LONG_HEADER: &str = "start with the line reference,question,answer or reference,question,answer,note, or with reference and the numbers of questions";

const CASE_HEADER: &str = "start with the line reference,sample or reference,sample,assessor and then ids of case information";

const WIDTH: &str = "give every row as many cells as the header; put quotation marks around a cell with a comma [ragged-row]";

#[test]
fn everything_wrong_with_long_answers_is_said_at_once() {
    refuses(
        &with_cases(),
        "answers",
        "a.csv",
        "reference,question,answer,note\n\
         CS-1,2.1.1,yes,\n\
         CS-9,2.1.1,yes,\n\
         CS-1,2.9.1,yes,\n\
         CS-1,3.1.1,yes,\n\
         CS-1,2.1.2,perhaps,\n\
         CS-1,2.1.1,no,\n\
         CS-1,2.1.3\n\
         ,2.1.3,yes,\n\
         CS-1,,yes,\n\
         \n\
         CS-2,2.3.1g,yes,\n\
         CR-1,2.1.1,yes,no,more\n",
        &[
            " line 3 column 1: there is no case CS-9; did you mean CS-1? [unknown-case]",
            " line 4 column 2: case CS-1 has no question 2.9.1; did you mean 2.1.1? [unknown-question]",
            " line 5 column 2: case CS-1 has no question 3.1.1; did you mean 2.1.1? [unknown-question]",
            " line 6 column 3: perhaps is not an answer; write yes, no or na, or leave the cell empty [unknown-answer]",
            " line 7 column 3: question 2.1.1 of case CS-1 is answered a second time, first on line 2; \
             leave one of the two out [duplicate-reference]",
            &format!(" line 8: the row has 2 cells and the header 4; {WIDTH}"),
            " line 9 column 1: the reference is missing; fill it in [empty-cell]",
            " line 10 column 2: the question is missing; fill it in [empty-cell]",
            " line 12 column 3: 2.3.1g does not apply to this case: it is asked only when 2.3.1f is answered yes; \
             leave it empty, or correct the case information or the earlier answer [does-not-apply]",
            &format!(" line 13: the row has 5 cells and the header 4; {WIDTH}"),
        ],
    );
}

#[test]
fn everything_wrong_with_wide_answers_is_said_at_once() {
    let office = with_cases();
    refuses(
        &office,
        "answers",
        "a.csv",
        "reference,2.1.1,2.1.9,2.2.3,2.1.1,2.1.1 note,2.1.1 Note\nCS-1,yes,no,yes,no,,\n",
        &[
            " line 1 column 3: there is no question 2.1.9; did you mean 2.1.1? [unknown-question]",
            " line 1 column 5: the column 2.1.1 stands twice; leave one of the two out [wrong-header]",
            " line 1 column 7: the column 2.1.1 Note stands twice; leave one of the two out [wrong-header]",
        ],
    );
    refuses(
        &office,
        "answers",
        "b.csv",
        "reference,2.1.1,3.1.1,2.2.3\nCS-1,yes,no,\nCR-1,yes,si,\nCS-2,,,nein\nCS-2,,,\nCS-3,,,\n",
        &[
            " line 2 column 3: case CS-1 has no question 3.1.1; did you mean 2.1.1? [unknown-question]",
            " line 3 column 2: case CR-1 has no question 2.1.1; did you mean 3.1.1? [unknown-question]",
            " line 3 column 3: si is not an answer; write yes, no or na, or leave the cell empty [unknown-answer]",
            " line 4 column 4: nein is not an answer; write yes, no or na, or leave the cell empty [unknown-answer]",
            " line 6 column 1: there is no case CS-3; did you mean CS-1? [unknown-case]",
        ],
    );
    refuses(
        &office,
        "answers",
        "c.csv",
        "reference,2.1.1,2.1.2,2.2.3\nCS-1,yes,,no\nCS-1,no,yes,\n",
        &[
            " line 3 column 2: question 2.1.1 of case CS-1 is answered a second time, first on line 2; \
           leave one of the two out [duplicate-reference]",
        ],
    );
}

#[test]
fn answers_to_questions_that_do_not_apply_are_refused_with_the_rule() {
    let office = with_cases();
    let advice =
        "leave it empty, or correct the case information or the earlier answer [does-not-apply]";
    let rosh =
        format!("does not apply to this case: it is asked only when rosh_issues is yes; {advice}");
    refuses(
        &office,
        "answers",
        "long.csv",
        "reference,question,answer,note\nCS-2,2.2.3,yes,\nCS-1,2.2.3,na,\nCS-1,2.2.3a,,Only a note\nCS-1,2.3.1g,no,\nCS-1,2.3.1f,no,\n",
        &[
            &format!(" line 3 column 3: 2.2.3 {rosh}"),
            &format!(" line 4 column 3: 2.2.3a {rosh}"),
            &format!(
                " line 5 column 3: 2.3.1g does not apply to this case: it is asked only when 2.3.1f is answered yes; {advice}"
            ),
        ],
    );
    refuses(
        &office,
        "answers",
        "wide.csv",
        "reference,2.1.1,2.2.3,2.2.3 note\nCS-2,yes,yes,\nCS-1,yes,,Only a note\n",
        &[&format!(" line 3 column 4: 2.2.3 {rosh}")],
    );
    let rows = [["reference", "2.1.1", "2.3.3"], ["CS-1", "yes", "no"]];
    refuses(
        &office,
        "answers",
        "wide.xlsx",
        xlsx_file(&rows.map(|row| row.map(str::to_owned).to_vec()).to_vec()),
        &[&format!(" line 2 column 3: 2.3.3 {rosh}")],
    );
}

#[test]
fn submitted_and_withdrawn_cases_take_no_other_answers_from_a_file() {
    let office = with_cases();
    let keys =
        "2.1.1=yes 2.1.2=yes 2.1.3=yes 2.2.1=yes 2.2.2=yes 2.3.1=yes 2.3.2=yes 2.4.1=yes 2.4.2=no";
    office
        .run(&format!("record CS-1 {keys} --quiet"))
        .says_nothing();
    office
        .run("submit CS-1 --because \"No victim\" --quiet")
        .says_nothing();
    office
        .run("case withdraw CS-2 --because Double --quiet")
        .says_nothing();
    refuses(
        &office,
        "answers",
        "a.csv",
        "reference,question,answer,note\nCR-1,3.1.1,yes,\nCS-1,2.1.1,yes,\nCS-1,2.1.2,no,\nCS-2,2.1.1,no,\n",
        &[
            " line 4 column 3: the assessment of CS-1 is submitted and locked, and the file says something else; \
             reopen it first: caseaudit reopen CS-1 --because \"…\" [locked]",
            " line 5 column 3: CS-2 is withdrawn from the sample; take it back first: caseaudit case restore CS-2 [withdrawn]",
        ],
    );
    refuses(
        &office,
        "cases",
        "c.csv",
        "reference,sample,rosh_issues\nCS-1,case-supervision,yes\nCS-2,case-supervision,no\nCS-3,case-supervision,no\n",
        &[
            " line 2: the assessment is submitted and locked; reopen it first: caseaudit reopen CS-1 --because \"…\" [locked]",
            " line 3: the case is withdrawn from the sample; take it back first: caseaudit case restore CS-2 [withdrawn]",
        ],
    );
}

#[test]
fn everything_wrong_with_cases_is_said_at_once() {
    refuses(
        &with_cases(),
        "cases",
        "c.csv",
        "reference,sample,gender,rosh,contact,officers_count,start_date,\n\
         CS-3,case-supervision,male,hgh,,,,\n\
         CS-3,case-supervision,,,,,,\n\
         CS-4,case-supervison,,,,,,\n\
         ,case-supervision,,,,,,\n\
         John Smith,case-supervision,,,,,,\n\
         CS-5,case-supervision,,,declined,one,31/02/2018,\n\
         CS-6,case-supervision\n\
         CS-7,,,,,,,stray\n\
         CR-1,case-supervision,,,,,,\n",
        &[
            " line 2 column 4: hgh is not a choice of rosh; did you mean high? [unknown-value]",
            " line 3 column 1: the reference CS-3 stands a second time, first on line 2; give each case its own reference [duplicate-reference]",
            " line 4 column 2: there is no sample case-supervison; did you mean case-supervision? [unknown-sample]",
            " line 5 column 1: the reference is missing; give every case a code [empty-cell]",
            " line 6 column 1: the reference John Smith has a space; \
             use a code, never a name: letters A to Z, digits and - _ / . only [bad-reference]",
            " line 7 column 5: cases of the sample case-supervision have no contact; empty the cell [unknown-attribute]",
            " line 7 column 6: one is not a whole number for officers_count; write digits only, such as 12 [unknown-value]",
            " line 7 column 7: 31/02/2018 is not a date for start_date; write 2018-10-01 or 01/10/2018 (day, month, year) [unknown-value]",
            &format!(" line 8: the row has 2 cells and the header 8; {WIDTH}"),
            " line 9 column 2: the sample is missing; there are: case-supervision, court-reports-and-allocation, \
             statutory-victim-work, staff-interviews [empty-cell]",
            " line 9 column 8: stray stands in a column without a name; name the column in the header, or empty it [ragged-row]",
            " line 10 column 2: CR-1 is a case of another sample already; its sample is court-reports-and-allocation; \
             a case of another sample needs another reference [duplicate-reference]",
        ],
    );
}

#[test]
fn wrong_headers_say_what_the_header_must_be() {
    let office = with_cases();
    refuses(
        &office,
        "cases",
        "c.csv",
        "ref,sample,gendr,rosh,Rosh\nCS-3,case-supervision,male,low,low\n",
        &[
            &format!(" line 1: the header has no column reference; {CASE_HEADER} [wrong-header]"),
            " line 1 column 1: there is no case information ref; there are 36 of them, such as reference, rosh, iom [unknown-attribute]",
            " line 1 column 3: there is no case information gendr; did you mean gender? [unknown-attribute]",
            " line 1 column 5: the column Rosh stands twice; leave one of the two out [wrong-header]",
        ],
    );
    refuses(
        &office,
        "answers",
        "a.csv",
        "reference,question,answers\nCS-1,2.1.1,yes\n",
        &[
            &format!(" line 1: the header has no column answer; {LONG_HEADER} [wrong-header]"),
            " line 1 column 3: a file of answers has no column answers; leave the column out [wrong-header]",
        ],
    );
    refuses(
        &office,
        "judgements",
        "j.csv",
        "standard,rating\n1.1,good\n",
        &[
            " line 1: the header has no column because; start with the line standard,rating,because or, for many providers, \
             provider,period,standard,rating,because [wrong-header]",
        ],
    );
    let commas = "separate the cells by commas: save the file as \"CSV UTF-8 (comma delimited)\" [wrong-header]";
    for (kind, content) in [
        ("cases", "reference;sample\nCS-3;case-supervision\n"),
        ("cases", "reference\tsample\nCS-3\tcase-supervision\n"),
        ("answers", "reference;question;answer\nCS-1;2.1.1;yes\n"),
        ("measures", "provider;measure;period;value\nN;SL1;2024;1\n"),
        ("judgements", "standard;rating;because\n1.1;good;a\n"),
    ] {
        let column = match kind {
            "measures" => "provider",
            "judgements" => "standard",
            _ => "reference",
        };
        let problem = format!(" line 1: the header has no column {column}; {commas}");
        refuses(&office, kind, "s.csv", content, &[&problem]);
    }
}

#[test]
fn everything_wrong_with_judgements_is_said_at_once() {
    refuses(
        &with_cases(),
        "judgements",
        "j.csv",
        "standard,rating,because\n1.1,good,a\n1.1,good,b\n1.2,,c\n1.3,god,c\n1.9,splendid,c\n1.4,good\n",
        &[
            " line 3 column 1: 1.1 is judged twice: on line 2 already; keep one of the lines [duplicate-reference]",
            " line 4 column 2: no rating is given; fill the cell, or delete the line [empty-cell]",
            " line 5 column 2: there is no rating god; did you mean good? [unknown-rating]",
            " line 6 column 1: there is no standard 1.9; did you mean 1.1? [unknown-standard]",
            " line 6 column 2: there is no rating splendid; there are: inadequate, requires-improvement, good, outstanding [unknown-rating]",
            &format!(" line 7: the row has 2 cells and the header 3; {WIDTH}"),
        ],
    );
}
