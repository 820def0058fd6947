//! Several publications of one inspection: which groups go on, what each says of those before, and how an earlier one is read.

use rusqlite::Connection;

use super::cli_merge::{copies, does, on};
use super::cli_publications::done;
use super::harness::Office;

#[track_caller]
fn does_quietly(office: &Office, line: &str) {
    office.run(&format!("{line} --quiet")).says_nothing();
}

#[track_caller]
fn reopen(office: &Office, because: &str) {
    let line = format!(
        "inspection reopen North --because \"{because}\" --as john.smith --now 2026-02-01T10:00:00Z"
    );
    does_quietly(office, &line);
}

/// Closes, and gives what is said of it.
#[track_caller]
fn close(office: &Office, day: &str, options: &str) -> String {
    let line = format!("inspection close North --as john.smith --now {day}T16:00:00Z {options}");
    let ran = office.run(&line);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.stderr
}

/// CS-3 says yes in 2.1.1, where it said no.
fn correct(office: &Office) {
    does_quietly(office, "reopen CS-3 --because Evidence");
    does_quietly(office, "record CS-3 2.1.1=yes");
    does_quietly(office, "submit CS-3");
}

fn words_of(office: &Office, line: &str) -> String {
    let printed = office.run(line).printed();
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_record_that_was_altered_past_the_log_is_not_published() {
    for options in ["", " --because \"Given up\""] {
        let office = done();
        let database = Connection::open(office.path("caseaudit.db")).unwrap();
        let altered = "UPDATE casefile SET withdrawn = 1 WHERE reference = 'CS-3'";
        assert_eq!(database.execute(altered, []).unwrap(), 1);
        let ran = office.run(&format!("inspection close North{options}"));
        assert_eq!(ran.code, Some(1));
        let what = "error: North: the file does not hold what its log says (1 problem), and nothing of it is published; \
                    see what differs with `caseaudit check`, and compare with a backup [state-differs]\n";
        assert!(ran.stderr.starts_with(what), "{}", ran.stderr);
        assert!(office.run("inspection list").printed().contains("open"));
    }
}

#[test]
fn groups_are_published_again_unless_others_or_none_are_wanted() {
    let office = done();
    close(&office, "2026-01-23", "--by rosh --smallest-group 2");
    let shown = words_of(&office, "inspection show North");
    assert!(shown.contains("closed"), "{shown}");
    assert!(shown.contains("on 2026-01-23, version 1"), "{shown}");
    assert!(shown.contains("by rosh, smallest group 2"), "{shown}");
    reopen(&office, "A check");
    let shown = words_of(&office, "inspection show North");
    let revising = "on 2026-01-23, version 1, under revision";
    assert!(shown.contains(revising), "{shown}");
    let said = close(&office, "2026-02-05", "");
    assert_eq!(
        said,
        "closed North\nnote: published again, as before: tables of groups by rosh, smallest group 2; to publish none: --no-groups\n"
    );
    office.run("annex --by rosh --smallest-group 2").printed();
    reopen(&office, "Another");
    assert_eq!(
        close(&office, "2026-02-06", "--no-groups"),
        "closed North\n"
    );
    let annex = words_of(&office, "annex");
    let gone = "was published on 2026-01-23 (version 1) and is not any more";
    assert!(annex.contains(&format!("Risk” {gone}")), "{annex}");
    let refused = office.run("annex --by rosh");
    let before = "version 2 has them: caseaudit annex --publication 2 --by rosh; to publish it: ";
    assert!(refused.stderr.contains(before), "{}", refused.stderr);
    reopen(&office, "And again");
    assert_eq!(close(&office, "2026-02-07", ""), "closed North\n", "none");
    assert!(words_of(&office, "inspection show North").contains("none"));
    assert_eq!(office.run("check").code, Some(0));
}

#[test]
fn a_smallest_group_that_hides_nobody_is_warned_of() {
    for (smallest, is_warned) in [(0, true), (1, true), (2, false)] {
        let options = format!("--by rosh --smallest-group {smallest}");
        let said = close(&done(), "2026-01-23", &options);
        assert_eq!(said.contains("warning: "), is_warned, "{said}");
    }
}

#[test]
fn an_earlier_publication_is_shown_whole_and_says_when_it_was_superseded() {
    let office = done();
    office
        .run("annex --publication 1")
        .fails("error: North: nothing was published of it yet; `caseaudit annex` shows the record; closing publishes it: caseaudit inspection close \"North\" [unknown-publication]\n");
    close(&office, "2026-01-23", "--by rosh --smallest-group 2");
    let first = office.run("annex --counts --by rosh --format md").printed();
    let line = "annex --publication 1 --counts --by rosh --format md";
    assert_eq!(office.run(line).printed(), first, "while it stands");
    reopen(&office, "A check");
    let revising = words_of(&office, "annex --publication 1");
    let note = "Superseded on 2026-02-01, and under revision: these figures were opened again on 2026-02-01: A check";
    assert!(revising.contains(note), "{revising}");
    correct(&office);
    close(&office, "2026-02-05", "--no-groups");
    let formats = ["terminal", "md", "csv", "json"].map(|format| {
        let printed = words_of(&office, &format!("annex --publication 1 --counts --format {format}"));
        assert!(printed.contains("superseded"), "{format}: {printed}");
        assert!(printed.contains("67"), "{format}: {printed}");
        let note = "Superseded on 2026-02-05 by version 2: these figures were opened again on 2026-02-01: A check";
        assert!(printed.contains(note), "{format}: {printed}");
        printed
    });
    assert!(formats[0].contains("superseded on 2026-02-05, closed on 2026-01-23, version 1"));
    assert!(
        formats[3].contains("\"state\": \"superseded\""),
        "{}",
        formats[3]
    );
    for file in ["docx", "html", "ods", "xlsx"] {
        let line = format!("annex --publication 1 --by rosh --out first.{file}");
        assert_eq!(office.run(&line).code, Some(0), "{line}");
    }
    assert_eq!(
        office.run("annex --publication 2 --format md").printed(),
        office.run("annex --format md").printed()
    );
    for (options, what) in [
        (
            "--publication 3",
            "there is no publication 3: it was published 2 times; give a number from 1 to 2 [unknown-publication]",
        ),
        (
            "--publication 1 --by officer",
            "of publication 1, no groups by officer were published when it was: only groups by rosh were; leave out what it does not have [closed]",
        ),
    ] {
        office
            .run(&format!("annex {options}"))
            .fails(&format!("error: North: {what}\n"));
    }
    assert_eq!(office.run("annex --publication 0").code, Some(2));
}

#[test]
fn a_revision_names_versions_and_reasons_and_nobody() {
    let office = done();
    close(
        &office,
        "2026-01-23",
        "--because \"Two files could not be had.\"",
    );
    let annex = words_of(&office, "annex");
    let reason = "Closed on 2026-01-23 with a reason: Two files could not be had";
    assert!(annex.contains(reason), "{annex}");
    reopen(&office, "A check");
    assert!(!words_of(&office, "annex").contains("john.smith"));
    close(&office, "2026-01-23", "");
    reopen(&office, "Another");
    correct(&office);
    close(&office, "2026-01-23", "");
    for format in ["terminal", "json", "csv"] {
        let annex = words_of(&office, &format!("annex --format {format}"));
        assert!(!annex.contains("john.smith"), "{annex}");
    }
    let annex = words_of(&office, "annex");
    for note in [
        "Revised on 2026-01-23 as version 2: version 1, published on 2026-01-23, was opened again on 2026-02-01: A check",
        "Revised on 2026-01-23 as version 3: version 2, published on 2026-01-23, was opened again on 2026-02-01: Another",
    ] {
        assert!(annex.contains(note), "{annex}");
    }
    assert!(words_of(&office, "history").contains("john.smith"));
}

#[test]
fn two_closings_that_differ_in_words_alone_say_which_and_can_each_be_read() {
    let office = done();
    copies(&office, 2);
    does(&office, 1, "inspection close North");
    does(&office, 2, "inspection close North --because \"A reason\"");
    does(&office, 1, "merge laptop-2.db");
    let ran = on(&office, 1, "annex");
    let named = "has the note “Closed on 2026-01-05 with a reason: A reason”";
    assert!(ran.stderr.contains("no figure differs: "), "{}", ran.stderr);
    assert!(ran.stderr.contains(named), "{}", ran.stderr);
    let listed = on(&office, 1, "inspection list").printed();
    assert!(listed.contains("in conflict"), "{listed}");
    for number in [1, 2] {
        let annex = on(&office, 1, &format!("annex --publication {number}")).printed();
        assert!(annex.contains("Not settled: "), "{annex}");
    }
}
