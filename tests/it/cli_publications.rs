//! What is published with a closing and what is not, what redaction leaves of it, and what happens where it was altered from outside,
//! or where two people closed apart.

use rusqlite::Connection;

use super::cli_closing::closed_on;
use super::cli_merge::{FRAMEWORK, copies, does, on};
use super::harness::{Office, Ran};

/// An office in which everything is done, with a free-text code for each case.
fn done() -> Office {
    let office = Office::new();
    let choices = "choices = [\"low\", \"high\"]\n";
    let code = "[[sample.information]]\nid = \"officer\"\ntitle = \"Officer\"\nkind = \"code\"\n";
    let words =
        "[words]\nscale = [{ from = 0, words = \"few\" }, { from = 50, words = \"most\" }]\n";
    let framework = FRAMEWORK.replace(choices, &format!("{choices}{code}"));
    office.write(
        "team.toml",
        framework.replace("[scale]\n", &format!("{words}[scale]\n")),
    );
    for line in [
        "init",
        "framework add team.toml",
        "inspection new North --framework team --provider \"North NPS\" --programme Round --period 2026",
        "case add CS-1 --sample orders --set rosh=low --set officer=Quackenbush",
        "case add CS-2 --sample orders --set rosh=low --set officer=PO-2",
        "case add CS-3 --sample orders --set rosh=high --set officer=PO-2",
        "record CS-1 2.1.1=yes 2.1.2=yes 2.1.3=yes",
        "record CS-2 2.1.1=yes 2.1.2=yes 2.1.3=yes",
        "record CS-3 2.1.1=no 2.1.2=yes 2.1.3=yes",
        "submit CS-1 CS-2 CS-3",
        "judge 1.1 good --because \"Seen in the interviews\"",
    ] {
        let ran = office.run(line);
        assert_eq!(ran.code, Some(0), "{line}: {}", ran.stderr);
    }
    office
}

fn close(office: &Office, options: &str) {
    let line = format!("inspection close North --quiet --now 2026-01-23T16:00:00Z {options}");
    office.run(&line).says_nothing();
}

/// A second laptop submits a case of which the closing knew nothing, and it is said to come too late.
fn merge_late_case(office: &Office) {
    does(office, 1, "case add CS-4 --sample orders --set rosh=low");
    does(office, 1, "record CS-4 2.1.1=no 2.1.2=yes 2.1.3=yes");
    does(office, 1, "submit CS-4");
    let merged = office.run("merge laptop-1.db");
    assert_eq!(merged.code, Some(0), "{}", merged.stderr);
    let settled = "settle North status closed --because \"After the deadline\" --quiet";
    office.run(settled).says_nothing();
}

#[track_caller]
fn refused(ran: Ran, with: &str) {
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    assert!(ran.stderr.contains(with), "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
}

const GROUPS: &str = "--smallest-group 0 --counts";

#[test]
fn groups_that_are_published_stay_as_they_were_in_whatever_order_they_are_asked_for() {
    let office = done();
    copies(&office, 1);
    let asked = [
        format!("annex --by rosh {GROUPS}"),
        format!("annex --by officer,rosh {GROUPS} --format md"),
        format!("annex --by rosh --by officer {GROUPS} --format csv"),
        "annex --by rosh,rosh --smallest-group 0 --format json".to_owned(),
        "annex --words".to_owned(),
        "annex".to_owned(),
    ];
    let shown = || asked.each_ref().map(|line| office.run(line).printed());
    let before = shown();
    assert!(before[1].contains("Quackenbush") && before[4].contains("most"));
    assert!(before[1].contains("Each table of groups hides"));
    close(&office, "--by rosh,officer --smallest-group 0");
    let before = closed_on("2026-01-23", &before);
    assert_eq!(shown().to_vec(), before);
    merge_late_case(&office);
    assert_eq!(shown().to_vec(), before, "and not of the record");
    let plain = office.run("annex --by rosh --format md").printed();
    assert!(
        plain.contains("Risk") && !plain.contains("Officer"),
        "{plain}"
    );
    let checked = office.run("check");
    let differs = "error: North, Orders by Risk, 2.1.1, Low, Applicable cases: published 2, now 3 [figures-differ]\n";
    assert!(checked.stderr.contains(differs), "{}", checked.stderr);
}

#[test]
fn what_was_not_published_is_refused_and_the_message_says_what_to_do() {
    let office = done();
    close(&office, "--by rosh --smallest-group 2");
    let remedy = "to publish it: caseaudit inspection reopen \"North\" --because \"…\", then caseaudit inspection close \"North\" --by rosh";
    for (options, what) in [
        (
            "--by officer",
            format!("no groups by officer were published when it was: only groups by rosh were; {remedy},officer [closed]"),
        ),
        (
            "--by rosh --smallest-group 1",
            format!("its groups were published with a smallest group of 2, not of 1; {remedy} [closed]"),
        ),
        (
            "--indicative",
            "the figures published on 2026-01-23 hold, and no others are given beside them; leave --indicative out; \
             `caseaudit rate --indicative` shows the record as it is [closed]"
                .to_owned(),
        ),
        ("--by offizer", "did you mean officer? [unknown-attribute]".to_owned()),
    ] {
        refused(office.run(&format!("annex {options}")), &what);
    }
    office.run("annex --by rosh --smallest-group 2").printed();
    office.refuses(
        "inspection close --by officer",
        "error: the inspection North is closed already; there is nothing to do; to publish it anew, reopen it: \
         caseaudit inspection reopen \"North\" --because \"…\" [closed]\n",
    );
    office.refuses(
        "example CS-1 2.1.1 --effective",
        "error: the inspection North is closed; reopen it: caseaudit inspection reopen \"North\" --because \"…\" [closed]\n",
    );
    // Published anew, with other groups; a table that nobody published before is no revision.
    office
        .run("inspection reopen North --because Groups --quiet")
        .says_nothing();
    close(&office, "--by officer");
    refused(office.run("annex --by rosh"), "only groups by officer were");
    let annex = office.run("annex --by officer").printed();
    assert!(annex.contains("No figure differs"), "{annex}");
}

#[test]
fn a_programme_says_nothing_else_of_a_closed_inspection_than_was_published_of_it() {
    let office = done();
    copies(&office, 1);
    close(&office, "");
    let page = office
        .run("annex --programme Round --format html")
        .printed();
    assert!(page.contains("2026-01-23"), "{page}");
    let indicative = office.run("annex --programme Round --indicative --format html");
    assert!(!indicative.printed().contains("2026-01-23"));
    merge_late_case(&office);
    let what = "error: North: the record gives other figures now than were published of it, and a programme is made of the record; ";
    refused(office.run("annex --programme Round"), what);
}

/// The entry that added a case, or closed the inspection.
fn entry(office: &Office, what: &str) -> String {
    let database = Connection::open(office.path("caseaudit.db")).unwrap();
    let sql = "SELECT lower(hex(id)) FROM entry WHERE body LIKE '%' || ? || '%' ORDER BY seq DESC LIMIT 1";
    database.query_row(sql, [what], |row| row.get(0)).unwrap()
}

#[test]
fn a_code_can_be_redacted_after_the_closing_without_a_false_alarm() {
    let office = done();
    copies(&office, 1);
    close(&office, "--by rosh,officer --smallest-group 0");
    let judged = entry(&office, "Seen in the interviews");
    let code = entry(&office, "\"Quackenbush\"");
    let line = format!("redact {code} --because \"A name was typed\" --quiet");
    office.run(&line).says_nothing();
    assert!(!judged.is_empty());
    let checked = office.run("check");
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);
    let left_out =
        "note: North: groups by officer are not compared, because codes of it were redacted\n";
    assert_eq!(checked.stderr, left_out);
    let rosh = office.run("annex --by rosh --smallest-group 0").printed();
    assert!(rosh.contains("67%"));
    office.run("annex --programme Round").printed();
    // Another code in its place is found all the same: it takes another entry.
    does(&office, 1, "reopen CS-1 --because Mistaken");
    does(&office, 1, "case set CS-1 officer=PO-3");
    does(&office, 1, "submit CS-1");
    let merged = office.run("merge laptop-1.db");
    assert_eq!(merged.code, Some(0), "{}", merged.stderr);
    let checked = office.run("check");
    assert_eq!(checked.code, Some(1));
    let found = "error: North: what the published figures rest on is no longer the same";
    assert!(checked.stderr.contains(found), "{}", checked.stderr);
}

/// A file whose publications were altered in this way.
fn tampered(sql: &str) -> Office {
    let office = done();
    close(&office, "");
    let database = Connection::open(office.path("caseaudit.db")).unwrap();
    database.execute_batch(sql).unwrap();
    office
}

#[test]
fn figures_that_were_altered_in_the_file_are_not_shown_and_check_says_which_they_are() {
    let insert = "INSERT INTO publication SELECT inspection, 2, replace(figures, '67', '76'), basis, who, at, NULL, NULL, NULL FROM publication";
    for (sql, found) in [
        (
            "UPDATE publication SET figures = replace(figures, '\"Percent\":67', '\"Percent\":76')",
            "error: North, publication 1, Standards, 2.1.1, % yes: the log says that this was published: 67%, the file holds 76%; ",
        ),
        (
            insert,
            "error: North, publication 2: it stands in the file, and the log knows nothing of it; ",
        ),
        (
            "DELETE FROM publication",
            "error: North, publication 1: it is missing in the file, though the log says that it was published; ",
        ),
        (
            "UPDATE publication SET figures = 'none'",
            "error: North, publication 1: it cannot be read any more; ",
        ),
        (
            "UPDATE publication SET reopened_by = 'X', reopened_at = '', reopened_because = ''",
            "error: table publication name North: reopened_by is X, the log says nothing; ",
        ),
    ] {
        let office = tampered(sql);
        for line in ["annex", "annex --words", "annex --programme Round"] {
            let what = "error: North: the figures that stand in the file as published are not those that the log says were published; \
                        see what differs with `caseaudit check`, and compare with a backup [state-differs]\n";
            refused(office.run(line), what);
        }
        let checked = office.run("check");
        assert_eq!(checked.code, Some(1));
        assert!(checked.stderr.contains(found), "{sql}: {}", checked.stderr);
        assert!(!checked.stderr.contains('{'), "{}", checked.stderr);
    }
}

/// Two laptops close apart: laptop 1 with a case more. Then each gets the other's work.
fn closed_apart() -> Office {
    let office = done();
    copies(&office, 2);
    does(&office, 1, "case add CS-4 --sample orders --set rosh=low");
    does(&office, 1, "record CS-4 2.1.1=no 2.1.2=yes 2.1.3=yes");
    does(&office, 1, "submit CS-4");
    does(&office, 1, "inspection close North");
    does(&office, 2, "inspection close North");
    for (to, from) in [(1, 2), (2, 1)] {
        does(&office, to, &format!("merge laptop-{from}.db"));
    }
    office
}

/// What can be said to hold: the closing of each laptop.
fn closings(office: &Office, laptop: u8) -> [String; 2] {
    let listed = on(office, laptop, "settle --format csv").printed();
    let said = |who: &str| {
        let mut cells = listed
            .lines()
            .map(|line| line.split(',').collect::<Vec<_>>());
        let row = cells.find(|cells| cells.iter().any(|cell| cell.starts_with(who)));
        let row = row.unwrap_or_else(|| panic!("{listed}"));
        let value = row.iter().find(|cell| cell.starts_with("closed:"));
        (*value.unwrap()).to_owned()
    };
    [said("INSP-01"), said("INSP-02")]
}

#[test]
fn of_two_closings_apart_the_one_that_is_said_to_hold_does_in_either_direction_of_the_merge() {
    for holds in [0, 1] {
        let office = closed_apart();
        let named = closings(&office, 1);
        assert_eq!(named, closings(&office, 2), "in either direction");
        for laptop in [1, 2] {
            let ran = on(&office, laptop, "annex");
            let what = format!(
                "say which holds: caseaudit settle \"North\" status {}",
                if ran.stderr.contains(&format!("status {}", named[0])) {
                    &named[0]
                } else {
                    &named[1]
                }
            );
            assert!(
                ran.stderr
                    .contains("error: North, Standards, 2.1.1, % yes: "),
                "{}",
                ran.stderr
            );
            refused(ran, &what);
            let wrong = on(&office, laptop, "settle North status closed --because Mine");
            refused(wrong, "say open, closed:");
        }
        let line = format!("settle North status {} --because \"Agreed\"", named[holds]);
        does(&office, 2, &line);
        does(&office, 1, "merge laptop-2.db");
        let shown = [1, 2].map(|laptop| on(&office, laptop, "annex").printed());
        assert_eq!(shown[0], shown[1]);
        assert!(shown[0].contains(["50%", "67%"][holds]), "{}", shown[0]);
        for laptop in [1, 2] {
            let history = on(&office, laptop, "history --format csv").printed();
            assert_eq!(history.matches("figures published").count(), 3, "{history}");
            let sound = on(&office, laptop, "check");
            assert!(sound.stdout.contains(": sound: "), "{}", sound.stderr);
            // The record holds the late case: what was published without it differs from it.
            assert_eq!(sound.code, Some([0, 1][holds]), "{}", sound.stderr);
        }
    }
}

#[test]
fn after_two_closings_apart_it_can_be_opened_and_published_anew() {
    let office = closed_apart();
    does(
        &office,
        1,
        "settle North status open --because \"Once more\"",
    );
    let revising = on(&office, 1, "annex").printed();
    assert!(revising.contains("Under revision"), "{revising}");
    does(&office, 1, "inspection close North");
    let annex = on(&office, 1, "annex").printed();
    assert_eq!(annex.matches("Revised on ").count(), 2, "{annex}");
    assert!(annex.contains("50% [r]"), "{annex}");
    assert_eq!(on(&office, 1, "check").code, Some(0));
}

#[test]
fn what_gave_way_to_another_closing_is_told_in_the_next_revision() {
    let office = closed_apart();
    let [_, holds] = closings(&office, 1);
    does(
        &office,
        1,
        &format!("settle North status {holds} --because Agreed"),
    );
    does(
        &office,
        1,
        "inspection reopen North --because \"A late case\"",
    );
    does(&office, 1, "inspection close North");
    let annex = on(&office, 1, "annex").printed();
    let annex = annex.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        annex.contains("were opened again on 2026-01-05 by INSP-01: A late case"),
        "{annex}"
    );
    assert!(
        annex.contains("by INSP-01 gave way to others on 2026-01-05 by INSP-01: Agreed"),
        "{annex}"
    );
    assert_eq!(annex.matches("Revised on ").count(), 2, "{annex}");
    assert_eq!(on(&office, 1, "check").code, Some(0));
}

#[test]
fn the_reason_of_an_imported_judgement_can_be_redacted_after_the_closing_too() {
    let office = done();
    let file = "standard,rating,because\n1.1,good,Quackenbush leads well\n";
    office.write("judgements.csv", file);
    let imported = office.run("import judgements judgements.csv --quiet");
    assert_eq!(imported.code, Some(0), "{}", imported.stderr);
    close(&office, "");
    let before = office.run("annex").printed();
    let judged = entry(&office, "Quackenbush leads well");
    let line = format!("redact {judged} --because \"A name was typed\" --quiet");
    office.run(&line).says_nothing();
    assert_eq!(office.run("annex").printed(), before);
    let checked = office.run("check");
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);
    assert_eq!(checked.stderr, "");
}
