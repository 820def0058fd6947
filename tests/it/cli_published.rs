//! Each published statement comes out of a documented command: the command lines of the samples' own pages, and what they print
//! beside the sentences of the excerpts in `tests/data/published`.
//!
//! Must not count anything itself: `seeds` holds the samples to the sources.

use std::path::Path;

use super::harness::Office;

fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Runs the commands that the page of a sample documents; what the last one prints as Markdown.
fn run_sample(name: &str, file: &str) -> String {
    let office = Office::new();
    office.run("init --quiet").says_nothing();
    let path = format!("samples/{name}/{file}");
    std::fs::create_dir_all(office.path(&format!("samples/{name}"))).unwrap();
    office.write(&path, text(&path));
    let page = text(&format!("samples/{name}/README.md"));
    let block = page.split("```sh\n").nth(1).unwrap();
    let block = block.split("```").next().unwrap();
    let mut printed = String::new();
    for line in block.lines() {
        let line = line.strip_prefix("caseaudit ").unwrap();
        let ran = office.run(&format!("{line} --format markdown"));
        assert_eq!(ran.code, Some(0), "{line}\n{}", ran.stderr);
        printed = ran.stdout;
    }
    assert!(!printed.is_empty(), "{block}");
    office.is_sound();
    printed
}

#[track_caller]
fn both(document: &str, sentence: &str, printed: &str, line: &str) {
    let document = text(&format!("tests/data/published/{document}.txt"));
    assert!(document.contains(sentence), "not published: {sentence}");
    assert!(printed.contains(line), "{line}\n{printed}");
}

const PERFORMANCE: &str = "community-performance-2024";

#[test]
fn the_service_levels_give_the_published_statements() {
    let printed = run_sample("service-levels-2023-24", "measures.csv");
    both(
        PERFORMANCE,
        "9 of 26 probation service levels met target",
        &printed,
        "1 Probation Service: 9 of 26 targets met.",
    );
    both(
        PERFORMANCE,
        "Of the 23 probation service levels that were measured in 2023 to 2024 and 2022 to 2023, 19 improved, and 4 service levels \
         declined",
        &printed,
        "| 1 | Probation Service | 23 | 19 | 4 | SL027 +23.3 | SL011 −2.5 |",
    );
    both(
        PERFORMANCE,
        "The largest increase was for SL027 which increased by 23.3pp. The largest decrease, SL011, decreased by 2.5pp.",
        &printed,
        "Improved | Declined | Largest rise | Largest fall |",
    );
    both(
        PERFORMANCE,
        "Of the 3 CRS service levels measured within this publication, 2 were measured in the year April 2022 to March 2023 year, \
         both of these improved",
        &printed,
        "| 2 | Commissioned Rehabilitative Services | 2 | 2 | 0 | CRS-SL001R +4.0 |",
    );
    for line in [
        "| SL001 | Judicial engagement | 71.2 | 70.0 | Yes | +5.4 | Improved |",
        "| SL028 | Unpaid work stand downs | 0.9 | 2.5 | Yes | −0.1 | Improved |",
        "| SL022R | POM/COM handover meeting | 55.8 | 93.3 | No | \\[x\\] | \\[x\\] |",
    ] {
        assert!(printed.contains(line), "{line}\n{printed}");
    }
    assert!(
        !printed.contains("Illustrative"),
        "no rating rests on a rule"
    );
}

#[test]
fn the_scorecard_gives_the_published_ratings_without_the_nation() {
    let printed = run_sample("scorecard-2023-24", "judgements.csv");
    both(
        PERFORMANCE,
        "2 of the 12 regions (Greater Manchester and Wales) did receive a score of 3 (Good)",
        &printed,
        "2 of 12 providers are rated Good.",
    );
    for line in [
        "| Good \\[note 2\\] | 2 | Greater Manchester; Wales |",
        "0 of 12 providers are rated Outstanding.",
        "England and Wales is rated Improvement Required and not counted.",
        "| **England and Wales** | **not counted** | **Improvement Required** | **\\[x\\]** |",
    ] {
        assert!(printed.contains(line), "{line}\n{printed}");
    }
    assert!(
        !printed.contains("Illustrative"),
        "no rating rests on a rule"
    );
}

#[test]
fn the_trusts_have_their_published_ratings() {
    let printed = run_sample("trust-ratings-2013-14", "judgements.csv");
    both(
        "trust-ratings-2014",
        "Rating 3 = Good performance",
        &printed,
        "31 of 35 providers are rated Good performance.",
    );
    both(
        "trust-ratings-2014",
        "Key: Rating 4 = Exceptional performance",
        &printed,
        "| 4 | Bedfordshire Probation Trust; Essex Probation; Thames Valley Probation; Warwickshire Probation Trust |",
    );
    both(
        "trust-ratings-2014",
        "the PTRS assessed the 35 probation trusts",
        &printed,
        "4 of 35 providers are rated Exceptional performance.",
    );
}
