//! An inspection is closed: its figures are published, and stay, whatever becomes of the record; a revision says so.

use rusqlite::Connection;

use super::cli_merge::{copies, does, office, on};
use super::harness::Office;

/// Every way in which the annex can be seen as text.
const ANNEXES: [&str; 9] = [
    "annex",
    "annex --counts",
    "annex --format md",
    "annex --format csv",
    "annex --format json --counts",
    "annex --format md --counts",
    "annex --technical",
    "annex --technical --counts --format csv",
    "annex --words",
];

/// Every file that says on which day it was published, or holds charts.
const FILES: [&str; 6] = [
    "annex --counts --out annex.ods",
    "annex --technical --out annex.xlsx",
    "annex --technical --out annex.html",
    "annex --no-charts --out plain.html",
    "annex --technical --out annex.docx",
    "annex --no-charts --counts --out plain.docx",
];

/// An office in which everything is done: 2.1.1 is 67%, 2.1.2 and 2.1.3 are 100%.
fn done() -> Office {
    let office = office();
    for line in [
        "submit CS-1",
        "record CS-2 2.1.1=yes 2.1.2=yes 2.1.3=yes",
        "submit CS-2",
        "record CS-3 2.1.1=no 2.1.2=yes 2.1.3=yes",
        "submit CS-3",
        "judge 1.1 good --because \"Seen in the interviews\"",
    ] {
        let ran = office.run(line);
        assert_eq!(ran.code, Some(0), "{line}: {}", ran.stderr);
    }
    office
}

fn closed() -> Office {
    let office = done();
    close(&office, "2026-01-23");
    office
}

#[track_caller]
fn close(office: &Office, day: &str) {
    let line = format!("inspection close North --now {day}T16:00:00Z --quiet");
    office.run(&line).says_nothing();
}

#[track_caller]
fn reopen(office: &Office, day: &str, because: &str) {
    let line = format!(
        "inspection reopen North --because \"{because}\" --now {day}T10:00:00Z --as HEAD --quiet"
    );
    office.run(&line).says_nothing();
}

fn annexes(office: &Office) -> Vec<String> {
    let annexes = ANNEXES.iter().map(|line| office.run(line).printed());
    annexes.collect()
}

/// Annexes of an open inspection, as they are once it is closed: nothing but their state is another.
pub(super) fn closed_on(day: &str, annexes: &[String]) -> Vec<String> {
    let quoted = format!("\"{day}\"");
    let annexes = annexes.iter().map(|annex| {
        let state = format!("final, closed on {day}, version 1");
        annex
            .replace(
                "provisional, not closed: the figures may still change",
                &state,
            )
            .replace("\"state\": \"provisional\"", "\"state\": \"final\"")
            .replace("published\": null", &format!("published\": {quoted}"))
            .replace("\"version\": null", "\"version\": 1")
    });
    annexes.collect()
}

fn files(office: &Office) -> Vec<Vec<u8>> {
    let files = FILES.iter().map(|line| {
        let ran = office.run(line);
        assert_eq!(ran.code, Some(0), "{line}: {}", ran.stderr);
        let name = line.rsplit(' ').next().unwrap();
        std::fs::read(office.path(name)).unwrap()
    });
    let mut files: Vec<Vec<u8>> = files.collect();
    let ran = office.run("annex --charts pictures --quiet");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let pictures = std::fs::read_dir(office.path("pictures")).unwrap();
    let mut pictures: Vec<_> = pictures.map(|entry| entry.unwrap().path()).collect();
    pictures.sort_unstable();
    assert!(pictures.len() > 1, "{pictures:?}");
    files.extend(pictures.iter().map(|path| std::fs::read(path).unwrap()));
    files
}

/// A second laptop submits a case of which the closing knew nothing.
fn merge_late_case(office: &Office) {
    does(office, 1, "case add CS-4 --sample orders");
    does(office, 1, "record CS-4 2.1.1=no 2.1.2=yes 2.1.3=yes");
    does(office, 1, "submit CS-4");
    let merged = office.run("merge laptop-1.db");
    assert_eq!(merged.code, Some(0), "{}", merged.stderr);
}

#[test]
fn closing_waits_for_every_case_judgement_and_conflict() {
    let office = office();
    office.refuses(
        "inspection close",
        "error: CS-1: the case is not submitted; \
         submit it, or: caseaudit case withdraw CS-1 --because \"…\" [not-submitted]\n\
         error: CS-2: the case is not submitted; \
         submit it, or: caseaudit case withdraw CS-2 --because \"…\" [not-submitted]\n\
         error: CS-3: the case is not submitted; \
         submit it, or: caseaudit case withdraw CS-3 --because \"…\" [not-submitted]\n\
         error: standard 1.1: it is not judged yet; \
         judge it: caseaudit judge 1.1 RATING --because \"…\" [incomplete]\n",
    );
}

#[test]
fn the_annex_of_a_closed_inspection_is_that_of_its_closing() {
    let office = done();
    let before = annexes(&office);
    assert!(before[0].contains("67%"), "{}", before[0]);
    close(&office, "2026-01-23");
    assert_eq!(annexes(&office), closed_on("2026-01-23", &before));
    let checked = office.run("check").printed();
    let figures = "published figures: those of 1 closed inspection are what the record gives\n";
    assert!(checked.ends_with(figures), "{checked}");
    let history = office.run("history --format csv").printed();
    assert!(history.contains("inspection closed, figures published"));
}

#[test]
fn two_closings_apart_with_other_figures_publish_neither_until_it_is_published_anew() {
    let office = done();
    copies(&office, 1);
    close(&office, "2026-01-23");
    does(&office, 1, "case add CS-4 --sample orders");
    does(&office, 1, "record CS-4 2.1.1=no 2.1.2=yes 2.1.3=yes");
    does(&office, 1, "submit CS-4");
    does(&office, 1, "inspection close North");
    let merged = office.run("merge laptop-1.db");
    assert_eq!(merged.code, Some(0), "{}", merged.stderr);
    for line in ["annex", "check"] {
        let ran = office.run(line);
        assert_eq!(ran.code, Some(1), "{line}");
        let said = "error: North: it was closed more than once apart, and what was published is not the same: closed:";
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        assert!(ran.stderr.contains("[figures-differ]"), "{}", ran.stderr);
    }
}

#[test]
fn what_comes_late_changes_the_record_but_not_what_was_published() {
    let office = done();
    copies(&office, 1);
    let published = closed_on("2026-01-23", &annexes(&office));
    close(&office, "2026-01-23");
    let written = files(&office);
    merge_late_case(&office);
    assert_eq!(annexes(&office), published);
    assert!(files(&office) == written, "the same bytes");
    assert!(office.run("rate").printed().contains("50% of 4 cases"));
    let checked = office.run("check");
    assert_eq!(checked.code, Some(1));
    assert!(checked.stdout.contains(": sound: "), "{}", checked.stdout);
    let remedy = "find out why with `caseaudit history`; to publish a revision: \
                  caseaudit inspection reopen \"North\" --because \"…\", then close it [figures-differ]\n";
    for differs in [
        "error: North: what the published figures rest on is no longer the same [figures-differ]\n",
        "error: North, Standards, 2.1.1, % yes: published 67%, now 50% [figures-differ]\n",
        "error: North, Standards, 2.1.1, No: published 1, now 2 [figures-differ]\n",
    ] {
        assert!(checked.stderr.contains(differs), "{}", checked.stderr);
    }
    let said = checked.stderr.matches(remedy).count();
    assert!(
        said == 1 && checked.stderr.ends_with(remedy),
        "{}",
        checked.stderr
    );
    // Said to hold, it holds; the difference stays until a revision is published.
    office
        .run("settle North status closed --because \"After the deadline\" --quiet")
        .says_nothing();
    assert_eq!(annexes(&office), published);
    assert_eq!(office.run("check").code, Some(1));
    reopen(&office, "2026-02-01", "A case that came late");
    assert_eq!(office.run("check").code, Some(0), "under revision");
    close(&office, "2026-02-05");
    office.is_sound();
}

#[test]
fn other_answers_that_give_the_same_figures_are_found() {
    let office = done();
    copies(&office, 1);
    close(&office, "2026-01-23");
    // CS-2 and CS-3 change places.
    for (case, answer) in [("CS-2", "no"), ("CS-3", "yes")] {
        does(&office, 1, &format!("reopen {case} --because Mistaken"));
        does(&office, 1, &format!("record {case} 2.1.1={answer}"));
        does(&office, 1, &format!("submit {case}"));
    }
    let merged = office.run("merge laptop-1.db");
    assert_eq!(merged.code, Some(0), "{}", merged.stderr);
    let checked = office.run("check");
    assert_eq!(checked.code, Some(1));
    let differs = "error: North: what the published figures rest on is no longer the same, though no figure differs; ";
    assert!(checked.stderr.starts_with(differs), "{}", checked.stderr);
}

#[test]
fn figures_that_were_altered_in_the_file_are_found() {
    let tampered = |sql: &str| {
        let office = closed();
        let database = Connection::open(office.path("caseaudit.db")).unwrap();
        database.execute_batch(sql).unwrap();
        drop(database);
        let checked = office.run("check");
        assert_eq!(checked.code, Some(1));
        checked.stderr
    };
    let state = tampered("UPDATE publication SET figures = replace(figures, '67', '76')");
    assert!(state.contains("[state-differs]"), "{state}");
    let log = tampered(
        "DROP TRIGGER entry_is_never_changed;
         UPDATE entry SET body = replace(body, '67', '76') WHERE kind = 'close'",
    );
    assert!(log.contains("(close by tester at "), "{log}");
    assert!(log.contains("[log-broken]"), "{log}");
    let both = tampered("DELETE FROM publication");
    assert!(both.contains("it is missing in the file"), "{both}");
}

#[test]
fn a_revision_says_when_by_whom_and_why_and_marks_what_changed() {
    let office = closed();
    let first = office.run("annex").printed();
    reopen(
        &office,
        "2026-02-01",
        "Factual accuracy check by the provider",
    );
    let revising = office.run("annex").printed();
    let opened = "the figures published on 2026-01-23 were opened again on 2026-02-01 by HEAD: \
                  Factual accuracy check by the provider";
    let notice = format!("Under revision: {opened}; they may still change");
    assert!(one_line(&revising).contains(&notice), "{revising}");
    for line in [
        "reopen CS-3 --because \"Evidence of the provider\"",
        "record CS-3 2.1.1=yes",
        "submit CS-3",
    ] {
        assert_eq!(office.run(line).code, Some(0), "{line}");
    }
    close(&office, "2026-02-05");
    let second = office.run("annex").printed();
    for said in [
        "State: final, closed on 2026-02-05, version 2, first published on 2026-01-23",
        "Revised on 2026-02-05: the figures first published on 2026-01-23 were opened again on 2026-02-01 by HEAD: \
         Factual accuracy check by the provider",
        "1 figure differs from what was published before and is marked [r]: 1 in “Standards”",
        "What was published before stands under “Revised figures”",
        "100% [r]",
        "[r] revised.",
        "Standards 2.1.1 % yes 2026-01-23 67% 100%",
    ] {
        assert!(one_line(&second).contains(said), "{said}\n{second}");
    }
    assert!(!first.contains("[r]") && first.contains("67%"));
    office.is_sound();
    // Back to the first figure: it differs from the second publication, and so it is marked still.
    reopen(&office, "2026-03-01", "The evidence was of another case");
    for line in [
        "reopen CS-3 --because \"Of another case\"",
        "record CS-3 2.1.1=no",
        "submit CS-3",
    ] {
        assert_eq!(office.run(line).code, Some(0), "{line}");
    }
    close(&office, "2026-03-02");
    let third = office.run("annex").printed();
    assert!(third.contains("67% [r]"), "{third}");
    assert_eq!(
        one_line(&third).matches("Revised on ").count(),
        2,
        "{third}"
    );
    let history = office.run("history --format csv").printed();
    assert_eq!(history.matches("figures published").count(), 3);
    office.is_sound();
}

#[test]
fn a_revision_without_another_figure_says_so() {
    let office = closed();
    reopen(&office, "2026-02-01", "Checked again");
    close(&office, "2026-02-05");
    let annex = office.run("annex").printed();
    assert!(annex.contains("No figure differs from what was published before"));
    assert!(!annex.contains("[r]"), "{annex}");
}

#[test]
fn published_figures_can_be_redacted_and_the_annex_is_then_of_the_record() {
    let office = closed();
    let entry = office.entries_count();
    let line = format!("redact {entry} --because \"A name stood in a note\"");
    let redacted = office.run(&line);
    assert_eq!(redacted.code, Some(0), "{}", redacted.stderr);
    assert!(
        redacted
            .stderr
            .contains("the figures as they were published")
    );
    let annex = office.run("annex").printed();
    assert!(annex.contains("67%"));
    // It is closed all the same.
    assert!(annex.contains(
        "State: provisional, closed, but the figures as they were published are not kept"
    ));
    assert!(!annex.contains("not closed"), "{annex}");
    let figures = "published figures";
    assert!(!office.run("check").printed().contains(figures));
}

#[test]
fn a_version_keeps_its_number_where_one_before_it_is_redacted() {
    let office = closed();
    let first = office.entries_count();
    reopen(&office, "2026-02-01", "Checked again");
    close(&office, "2026-02-05");
    let line = format!("redact {first} --because \"A name stood in a note\" --quiet");
    office.run(&line).says_nothing();
    let state = |day: &str, number: u64| {
        let annex = office.run("annex").printed();
        let state = format!("State: final, closed on {day}, version {number}");
        assert!(annex.contains(&state), "{annex}");
    };
    state("2026-02-05", 2);
    reopen(&office, "2026-03-01", "Checked once more");
    close(&office, "2026-03-05");
    state("2026-03-05", 3);
    office.is_sound();
}

#[test]
fn laptops_that_close_the_same_record_agree() {
    let office = done();
    copies(&office, 2);
    for laptop in [1, 2] {
        does(&office, laptop, "inspection close North");
    }
    let merged = office.run("merge laptop-1.db laptop-2.db");
    assert_eq!(merged.code, Some(0), "{}", merged.stderr);
    office.is_sound();
    assert_eq!(
        on(&office, 1, "annex").printed(),
        office.run("annex").printed()
    );
}

#[test]
fn a_published_file_says_who_published_it_and_when() {
    let office = Office::opened();
    office
        .run("inspection change North --programme \"Round 1\" --period 2025-26 --because Late --quiet")
        .says_nothing();
    let pages = [
        "annex --format html",
        "annex --programme \"Round 1\" --format html",
    ];
    let keywords = [
        "content=\"HM Inspectorate of Probation: National Probation Service divisions, North NPS, Round 1, 2025-26\"",
        "content=\"HM Inspectorate of Probation: National Probation Service divisions, Round 1, 2025-26\"",
    ];
    let author = "<meta name=\"author\" content=\"HM Inspectorate of Probation\">";
    for (page, keywords) in pages.iter().zip(keywords) {
        let page = office.run(page).printed();
        assert!(page.contains(author) && page.contains(keywords), "{page}");
        assert!(!page.contains("2026-01-23"));
    }
    let line = "inspection close --because Enough --now 2026-01-23T16:00:00Z --quiet";
    office.run(line).says_nothing();
    for page in pages {
        let page = office.run(page).printed();
        assert!(
            page.contains(author) && page.contains("2026-01-23"),
            "{page}"
        );
    }
}

/// Notes are broken over lines.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
