//! What the program keeps of the text of a framework: used where it is its own, checked, and missed by nobody.
//!
//! Must not know what a form says beyond its bands.

use rusqlite::Connection;

use super::harness::Office;

const LOOKS: [&str; 4] = [
    "rate",
    "annex --counts",
    "progress",
    "inspection show --format json",
];

/// An inspection with a submitted case under a framework that somebody added.
fn recorded() -> Office {
    let office = Office::new();
    office.write(
        "f.toml",
        r#"id = "small"
title = "A small framework"
edition = "1"
source = "Made up"
bands = { good = 50 }
[scale]
ratings = [
  { id = "poor", title = "Poor", points = 0 },
  { id = "good", title = "Good", points = 1 },
]
[[sample]]
id = "orders"
[[standard]]
number = "1"
title = "Placement"
rule = "lowest-key-question"
[[standard.question]]
number = "1.1"
sample = "orders"
text = "Was the placement right?"
"#,
    );
    for line in [
        "init",
        "framework add f.toml",
        "inspection new North --framework small --provider North",
        "case add U-1 --sample orders",
        "record U-1 1.1=no --note 1.1=Smith",
        "submit U-1",
    ] {
        office.run(&format!("{line} --quiet")).says_nothing();
    }
    office
}

fn open(office: &Office, name: &str) -> Connection {
    Connection::open(office.path(name)).unwrap()
}

#[track_caller]
fn alter(office: &Office, sql: &str) {
    open(office, "caseaudit.db").execute_batch(sql).unwrap();
}

/// Framework id and program of every reading in a file.
fn readings(office: &Office, name: &str) -> Vec<(String, String)> {
    let database = open(office, name);
    let sql =
        "SELECT id, program FROM reading JOIN framework ON framework.seq = framework ORDER BY seq";
    let mut statement = database.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn own(ids: &[&str]) -> Vec<(String, String)> {
    let own = |id: &&str| ((*id).to_owned(), caseaudit::framework::READ_BY.to_owned());
    ids.iter().map(own).collect()
}

fn said(office: &Office) -> Vec<String> {
    LOOKS
        .iter()
        .map(|line| office.run(line).printed())
        .collect()
}

#[test]
fn a_form_that_was_altered_is_found() {
    let office = recorded();
    office.is_sound();
    // No rating comes of it unseen: a band of 50 is one of 0 now, and no good.
    assert!(office.run("rate").printed().contains("1 Placement: Poor"));
    alter(
        &office,
        "UPDATE reading SET form = replace(form, '[0,50]', '[0,0]')",
    );
    assert!(office.run("rate").printed().contains("1 Placement: Good"));
    let found = "error: table reading framework small: form is not what the text of the framework gives; \
                 compare with a backup [state-differs]\n";
    let checked = office.run("check");
    assert_eq!(
        (checked.code, checked.stdout.as_str()),
        (Some(1), ""),
        "{}",
        checked.stderr
    );
    assert!(checked.stderr.contains(found), "{}", checked.stderr);
    // One that is no form at all, or of other samples than the record's, is found, too, and does no harm: the text is read.
    alter(
        &office,
        "UPDATE reading SET form = json_set(form, '$.samples', json('[]'))",
    );
    assert!(office.run("rate").printed().contains("1 Placement: Poor"));
    assert!(office.run("check").stderr.contains(found));
    alter(&office, "UPDATE reading SET form = '{}'");
    assert!(office.run("rate").printed().contains("1 Placement: Poor"));
    assert!(office.run("check").stderr.contains(found));
}

#[test]
fn without_a_reading_of_its_own_the_program_says_the_same() {
    let office = recorded();
    let before = said(&office);
    for sql in [
        // Of a program that made something else of the text.
        "UPDATE reading SET program = '0.0.1/9', form = '{\"title\":\"Another\"}'",
        "UPDATE reading SET program = '0.0.1/9', form = replace(form, '[0,50]', '[0,0]')",
        "DELETE FROM reading",
    ] {
        alter(&office, sql);
        assert_eq!(said(&office), before, "{sql}");
        office.is_sound();
    }
    office
        .run("case add U-2 --sample orders --quiet")
        .says_nothing();
    office.is_sound();
    assert_eq!(readings(&office, "caseaudit.db"), []);
}

#[test]
fn every_framework_that_enters_the_record_has_a_reading_whatever_way_it_comes() {
    let office = recorded();
    assert_eq!(readings(&office, "caseaudit.db"), own(&["small"]));
    office
        .run("inspection new South --framework hmip-nps-2018 --provider South --quiet")
        .says_nothing();
    office.write(
        "values.csv",
        "provider,measure,period,value\nNorth,SL001,2023-24,70\nSouth,SL001,2023-24,80\n",
    );
    let round = "--programme Levels --framework service-levels-2023-24";
    office
        .run(&format!("import measures values.csv {round} --quiet"))
        .says_nothing();
    let all = own(&["small", "hmip-nps-2018", "service-levels-2023-24"]);
    assert_eq!(readings(&office, "caseaudit.db"), all);
    office.run("backup copy.db --quiet").says_nothing();
    assert_eq!(readings(&office, "copy.db"), all);
    // Merging and redacting make the state anew, so what another program had made gives way to what this one makes.
    let made_by_another = "UPDATE reading SET program = '0.0.1/9'";
    open(&office, "copy.db")
        .execute_batch(made_by_another)
        .unwrap();
    office
        .run("--db copy.db case add U-9 --sample orders --inspection North --quiet")
        .says_nothing();
    alter(&office, made_by_another);
    office.run("merge copy.db --quiet").says_nothing();
    assert_eq!(readings(&office, "caseaudit.db"), all);
    alter(&office, "DELETE FROM reading");
    let note = "SELECT seq FROM entry WHERE body LIKE '%Smith%'";
    let note: i64 = open(&office, "caseaudit.db")
        .query_row(note, [], |row| row.get(0))
        .unwrap();
    office
        .run(&format!("redact {note} --because \"A name\" --quiet"))
        .says_nothing();
    assert_eq!(readings(&office, "caseaudit.db"), all);
    office.is_sound();
}
