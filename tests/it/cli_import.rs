//! Held-out inspections: files of every form, imported and rated, against figures worked out without the program's code.
//!
//! Must not know what bad files get (`cli_bad_files`).

use std::collections::BTreeMap;

use serde_json::Value;

use super::harness::Office;
use super::made_up::{self, Chance, case_rows, csv_file, long_rows, wide_rows};
use super::naive::{Case, Framework, without_sentences};
use super::workbook::{ods_file, xlsx_file};

const RATINGS: [&str; 4] = ["Inadequate", "requires-improvement", "good", "OUTSTANDING"];

/// Imports judgements of domain one, drawn by chance, and returns them.
fn judge_by_chance(
    office: &Office,
    framework: &Framework,
    chance: &mut Chance,
) -> BTreeMap<String, usize> {
    let mut judged = BTreeMap::new();
    let mut file = "standard,rating,because\n".to_owned();
    for number in framework.judged_standards() {
        let rating = chance.below(4);
        file.push_str(&format!(
            "{number},{},\"Evidence, and interviews\"\n",
            RATINGS[rating]
        ));
        judged.insert(number, rating);
    }
    office.write("judgements.csv", file);
    office
        .run("import judgements judgements.csv")
        .says("judgements.csv: recorded 4 judgements\n");
    judged
}

/// The cases that a submitting import counts.
fn complete(framework: &Framework, cases: &[Case]) -> Vec<Case> {
    cases
        .iter()
        .filter(|case| framework.is_complete(case))
        .cloned()
        .collect()
}

#[test]
fn a_held_out_inspection_is_rated_right_to_the_last_count() {
    let framework = Framework::built_in();
    for (seed, counts) in [
        (1, [60, 40, 25, 12]),
        (2, [9, 5, 3, 1]),
        (3, [130, 0, 4, 0]),
        (4, [1, 1, 1, 1]),
    ] {
        let chance = &mut Chance::new(seed);
        let cases = made_up::cases(&framework, chance, counts);
        let office = Office::opened();
        office.write("cases.csv", csv_file(&case_rows(&framework, &cases)));
        office.write("answers.csv", csv_file(&long_rows(&cases)));
        office
            .run("import cases cases.csv")
            .says(&format!("cases.csv: cases: {} added\n", cases.len()));
        let said = office.run("import answers answers.csv --submit").said();
        let counted = complete(&framework, &cases);
        let submitted = format!(", {} submitted\n", counted.len());
        assert!(said.contains(&submitted) || counted.is_empty(), "{said}");
        let judged = judge_by_chance(&office, &framework, chance);
        let rated = office.rated();
        assert_eq!(rated["framework"], "hmip-nps-2018");
        let expected = framework.rate(&counted, &judged);
        assert_eq!(
            pretty(&without_sentences(rated)),
            pretty(&expected),
            "seed {seed}"
        );
        let started: Vec<Case> = cases
            .iter()
            .filter(|case| !case.answers.is_empty())
            .cloned()
            .collect();
        let indicative = office.run("rate --indicative --format json").printed();
        let indicative = without_sentences(serde_json::from_str(&indicative).unwrap());
        assert_eq!(
            pretty(&indicative),
            pretty(&framework.rate(&started, &judged)),
            "seed {seed}"
        );
        office.is_sound();
    }
}

#[test]
fn ratings_by_group_add_up_to_those_of_each_group_alone() {
    let framework = Framework::built_in();
    let cases = made_up::cases(&framework, &mut Chance::new(5), [50, 30, 20, 0]);
    let office = imported(
        &framework,
        &cases,
        "answers.csv",
        &csv_file(&long_rows(&cases)),
    );
    let by: Value =
        serde_json::from_str(&office.run("rate --by ldu --format json").printed()).unwrap();
    let counted = complete(&framework, &cases);
    let mut groups: BTreeMap<Option<&String>, Vec<Case>> = BTreeMap::new();
    for case in &counted {
        groups
            .entry(case.information.get("ldu"))
            .or_default()
            .push(case.clone());
    }
    assert_eq!(by["by"], "ldu");
    let given = by["groups"].as_array().unwrap();
    assert_eq!(given.len(), groups.len());
    for group in given {
        let mut group = group.clone();
        let value = group.as_object_mut().unwrap().remove("value").unwrap();
        let value = value
            .as_str()
            .filter(|value| *value != "not recorded")
            .map(str::to_owned);
        let expected = framework.rate(&groups[&value.as_ref()], &BTreeMap::new());
        assert_eq!(
            pretty(&without_sentences(group)),
            pretty(&expected),
            "{value:?}"
        );
    }
}

/// An office into which these cases and this file of answers have been imported, and submitted.
fn imported(framework: &Framework, cases: &[Case], name: &str, answers: &[u8]) -> Office {
    let office = Office::opened();
    office.write("cases.csv", csv_file(&case_rows(framework, cases)));
    office.write(name, answers);
    office.run("import cases cases.csv --quiet").says_nothing();
    office
        .run(&format!("import answers {name} --submit --quiet"))
        .says_nothing();
    office
}

#[test]
fn every_form_of_a_file_of_answers_gives_the_same_record() {
    let framework = Framework::built_in();
    let cases = made_up::cases(&framework, &mut Chance::new(6), [30, 20, 10, 5]);
    let (long, wide) = (long_rows(&cases), wide_rows(&framework, &cases));
    let mut mixed = long.clone();
    Chance::new(6).shuffle(&mut mixed[1..]);
    let windows = [b"\xEF\xBB\xBF".to_vec(), with_crlf(&csv_file(&mixed))].concat();
    let forms = [
        ("long.csv", csv_file(&long)),
        ("mixed.csv", windows),
        ("wide.csv", csv_file(&wide)),
        ("long.xlsx", xlsx_file(&long)),
        ("wide.xlsx", xlsx_file(&wide)),
        ("long.ods", ods_file(&long)),
        ("wide.ods", ods_file(&wide)),
    ];
    let rated = without_sentences(imported(&framework, &cases, "long.csv", &forms[0].1).rated());
    assert_eq!(
        pretty(&rated),
        pretty(&framework.rate(&complete(&framework, &cases), &BTreeMap::new()))
    );
    for (name, content) in &forms {
        let office = imported(&framework, &cases, name, content);
        assert_eq!(without_sentences(office.rated()), rated, "{name}");
        assert_eq!(
            stored_answers(&office),
            stored_answers_of(&framework, &cases),
            "{name}"
        );
        office.is_sound();
    }
}

#[test]
fn a_file_in_any_order_gives_the_same_entries() {
    let framework = Framework::built_in();
    let cases = made_up::cases(&framework, &mut Chance::new(9), [30, 20, 10, 5]);
    let long = long_rows(&cases);
    let mut mixed = long.clone();
    Chance::new(9).shuffle(&mut mixed[1..]);
    let wide = wide_rows(&framework, &cases);
    let entries = |rows: &Vec<Vec<String>>| {
        let office = imported(&framework, &cases, "answers.csv", &csv_file(rows));
        let database = rusqlite::Connection::open(office.path("caseaudit.db")).unwrap();
        let hashes = "SELECT group_concat(hex(id), ' ') FROM (SELECT id FROM entry ORDER BY seq)";
        database
            .query_row(hashes, [], |row| row.get::<_, String>(0))
            .unwrap()
    };
    let in_order = entries(&long);
    assert_eq!(entries(&mixed), in_order);
    assert_eq!(entries(&wide), in_order);
}

/// Line ends as Windows writes them, in notes too.
fn with_crlf(text: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(text).unwrap();
    text.replace('\n', "\r\n").into_bytes()
}

/// Reference, question, state and note of every question that is answered, from the view for plain reading.
fn stored_answers(office: &Office) -> Vec<[String; 4]> {
    let database = rusqlite::Connection::open(office.path("caseaudit.db")).unwrap();
    let mut statement = database
        .prepare(
            "SELECT reference, question, state, coalesce(note, '') FROM answer
              WHERE state IN ('yes', 'no', 'not applicable') ORDER BY reference, question",
        )
        .unwrap();
    let rows = statement.query_map([], |row| {
        Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn stored_answers_of(framework: &Framework, cases: &[Case]) -> Vec<[String; 4]> {
    let mut rows = vec![];
    for case in cases {
        for question in framework.questions_of(&case.sample) {
            if let Some((answer, note)) = case.answers.get(&question.number) {
                let state = if answer == "na" {
                    "not applicable"
                } else {
                    answer
                };
                rows.push([
                    case.reference.clone(),
                    question.number.clone(),
                    state.to_owned(),
                    note.clone(),
                ]);
            }
        }
    }
    rows.sort();
    rows
}

#[test]
fn files_of_cases_are_read_from_workbooks_too() {
    let framework = Framework::built_in();
    let cases = made_up::cases(&framework, &mut Chance::new(7), [20, 10, 5, 5]);
    let rows = case_rows(&framework, &cases);
    let card = |name: &str, content: &[u8]| {
        let office = Office::opened();
        office.write(name, content);
        office
            .run(&format!("import cases {name}"))
            .says(&format!("{name}: cases: 40 added\n"));
        office.run("case show CS-003 --format csv").printed()
    };
    let plain = card("cases.csv", &csv_file(&rows));
    assert!(plain.contains("Case supervision"), "{plain}");
    assert_eq!(card("cases.xlsx", &xlsx_file(&rows)), plain);
    assert_eq!(card("cases.ods", &ods_file(&rows)), plain);
}

#[test]
fn key_questions_alone_without_case_information_are_imported_and_rated() {
    let framework = Framework::built_in();
    let mut cases = made_up::cases(&framework, &mut Chance::new(8), [40, 30, 10, 0]);
    for (place, case) in cases.iter_mut().enumerate() {
        case.information.clear();
        case.answers.clear();
        for question in framework
            .questions_of(&case.sample)
            .filter(|question| question.key.is_none())
        {
            let answer = ["yes", "no", "yes", "na", "yes"][(place + question.number.len() * 3) % 5];
            case.answers
                .insert(question.number.clone(), (answer.to_owned(), String::new()));
        }
    }
    let office = Office::opened();
    let plain: Vec<Vec<String>> = case_rows(&framework, &cases)
        .iter()
        .map(|row| row[..2].to_vec())
        .collect();
    office.write("cases.csv", csv_file(&plain));
    office.write("answers.csv", csv_file(&long_rows(&cases)));
    office
        .run("import cases cases.csv")
        .says("cases.csv: cases: 80 added\n");
    let said = office.run("import answers answers.csv --submit").said();
    assert_eq!(
        said,
        "answers.csv: assessments: 80 changed, 640 answers, 80 submitted\n"
    );
    let rated = without_sentences(office.rated());
    assert_eq!(
        pretty(&rated),
        pretty(&framework.rate(&cases, &BTreeMap::new()))
    );
}

#[test]
fn importing_the_same_files_again_changes_nothing() {
    let framework = Framework::built_in();
    let cases = made_up::cases(&framework, &mut Chance::new(9), [20, 10, 5, 5]);
    let office = imported(
        &framework,
        &cases,
        "answers.csv",
        &csv_file(&long_rows(&cases)),
    );
    office.write("wide.csv", csv_file(&wide_rows(&framework, &cases)));
    judge_by_chance(&office, &framework, &mut Chance::new(9));
    let entries = office.entries_count();
    let answered = cases.iter().filter(|case| !case.answers.is_empty()).count();
    office
        .run("import cases cases.csv")
        .says("cases.csv: cases: 40 unchanged\n");
    let unchanged = format!("assessments: {answered} unchanged");
    office
        .run("import answers answers.csv")
        .says(&format!("answers.csv: {unchanged}\n"));
    office
        .run("import answers wide.csv")
        .says(&format!("wide.csv: {unchanged}\n"));
    office
        .run("import answers answers.csv --submit --quiet")
        .says_nothing();
    office
        .run("import judgements judgements.csv")
        .says("judgements.csv: nothing changed\n");
    assert_eq!(office.entries_count(), entries);
    office.is_sound();
}

#[test]
fn a_later_file_adds_and_corrects_and_says_what_it_parks() {
    let office = Office::opened();
    office.write(
        "cases.csv",
        "reference,sample,rosh_issues\nCS-1,case-supervision,yes\nCS-2,case-supervision,no\n",
    );
    office.write(
        "answers.csv",
        "reference,question,answer,note\nCS-1,2.1.1,yes,\nCS-1,2.2.3,no,Late\nCS-2,2.1.1,no,\n",
    );
    office.run("import cases cases.csv --quiet").says_nothing();
    office
        .run("import answers answers.csv")
        .says("answers.csv: assessments: 2 changed, 3 answers, 1 note\n");
    office.write("cases.csv", "Reference,Sample,Assessor,ROSH_issues\nCS-1,Case supervision,INSP-02,No\nCS-3,case-supervision,,\n");
    office.run("import cases cases.csv").says(
        "cases.csv: cases: 1 added, 1 changed\n\
         CS-1: 2.2.3 no longer applies; its answer is parked\n",
    );
    assert_eq!(office.answer("CS-1", "2.2.3"), "parked: no");
    // An empty cell says nothing: it takes nothing back.
    office.write(
        "answers.csv",
        "reference,question,answer,note\nCS-1,2.1.1,,\nCS-2,2.1.1,YES,\nCS-2,2.1.2,,Not found\n",
    );
    office
        .run("import answers answers.csv")
        .says("answers.csv: assessments: 1 changed, 1 answer, 1 note\n");
    assert_eq!(office.answer("CS-1", "2.1.1"), "yes");
    assert_eq!(office.answer("CS-2", "2.1.1"), "yes");
    office.is_sound();
}

#[test]
fn a_submitting_import_leaves_incomplete_assessments_in_hand_and_says_why() {
    let office = Office::opened();
    office.write(
        "cases.csv",
        "reference,sample,contact\nV-1,statutory-victim-work,declined\nV-2,statutory-victim-work,declined\n\
         V-3,statutory-victim-work,declined\nV-4,statutory-victim-work,declined\n",
    );
    office.write(
        "answers.csv",
        "reference,3.2.1,3.2.1a,3.2.2,3.2.2a,3.2.2 note\nV-1,yes,yes,no,,\nV-2,yes,,,,\nV-3,yes,no,n/a,,\nV-4,yes,,Y,n,\n",
    );
    office.run("import cases cases.csv --quiet").says_nothing();
    office.run("import answers answers.csv --submit").says(
        "answers.csv: assessments: 4 changed, 10 answers, 3 submitted\n\
         1 not submitted, because something is missing:\n  \
         V-2: 3.2.2 is unanswered; answer it, or submit the assessment as it is with a reason: caseaudit submit V-2 --because \"…\" [incomplete]\n",
    );
    assert_eq!(office.question("3.2.1")["cases"], 3);
    office.write("rest.csv", "reference,question,answer,note\nV-2,3.2.2,yes,\nV-2,3.2.2a,no,\nV-2,3.2.2b,na,\nV-2,3.2.2c,no,\n");
    office.run("import answers rest.csv --submit").says(
        "rest.csv: assessments: 1 changed, 4 answers\n\
         1 not submitted, because something is missing:\n  \
         V-2: 3.2.2 is yes while all its prompts are no; say why: caseaudit record V-2 --note 3.2.2=\"…\" [note-wanted]\n",
    );
    office.write(
        "note.csv",
        "reference,question,answer,note\nV-2,3.2.2,,The letters show it\n",
    );
    office
        .run("import answers note.csv --submit")
        .says("note.csv: assessments: 1 changed, 1 note, 1 submitted\n");
    assert_eq!(office.question("3.2.1")["cases"], 4);
    office.is_sound();
}

#[test]
fn latin_1_is_refused_with_its_place_and_read_where_it_is_named() {
    let office = Office::opened();
    office.write("cases.csv", "reference,sample\nCS-1,case-supervision\n");
    office.run("import cases cases.csv --quiet").says_nothing();
    office.write("answers.csv", b"reference,question,answer,note\nCS-1,2.1.1,yes,Fine\nCS-1,2.1.2,no,\"Caf\xe9, \x93late\x94\"\n");
    office.refuses(
        "import answers answers.csv",
        "error: answers.csv line 3 column 4: the text is not UTF-8; \
         save the file as \"CSV UTF-8\", or pass --encoding windows-1252 [not-utf-8]\n",
    );
    office
        .run("import answers answers.csv --encoding windows-1252")
        .says("answers.csv: assessments: 1 changed, 2 answers, 2 notes\n");
    let notes: Vec<String> = stored_answers(&office)
        .into_iter()
        .map(|[_, _, _, note]| note)
        .collect();
    assert_eq!(notes, ["Fine", "Café, “late”"]);
}

#[test]
fn the_sheet_of_a_workbook_is_chosen_by_name() {
    let office = Office::opened();
    let rows = vec![
        vec!["reference".into(), "sample".into()],
        vec!["CS-1".into(), "case-supervision".into()],
    ];
    office.write("cases.xlsx", xlsx_file(&rows));
    office.refuses(
        "import cases cases.xlsx --sheet Shet1",
        "error: cases.xlsx: the workbook has no sheet Shet1; did you mean Sheet1? [unreadable-file]\n",
    );
    office
        .run("import cases cases.xlsx --sheet sheet1")
        .says("cases.xlsx: cases: 1 added\n");
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}
