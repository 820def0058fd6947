//! What `rate` shows.

use super::*;
use crate::rating::fixture::rate_cases;
use crate::rating::fixture::{judgement, north_west, sample};

fn heading() -> Heading {
    Heading {
        inspection: "nw-2018".into(),
        provider: "North West NPS".into(),
        ..Heading::default()
    }
}

fn shown(row: &Row) -> Vec<String> {
    row.cells.iter().map(Cell::shown_with_notes).collect()
}

#[test]
fn each_standard_is_a_line_and_what_a_panel_may_consider_another() {
    let (framework, tallies, mut judgements) = north_west();
    judgements.remove(0);
    judgements.push(judgement("2.1", 3));
    let rating = rate_cases(&framework, &tallies, &judgements).unwrap();
    let heading = Heading {
        indicative: Some(3),
        ..heading()
    };
    assert_eq!(
        rate_lines(&framework, &rating, &heading),
        [
            "nw-2018: North West NPS",
            "Indicative ratings: 3 assessments not yet submitted are counted too",
            "",
            "1.1 Leadership: not rated: not judged",
            "1.2 Staff: Requires improvement: judged: evidence on 1.2",
            "1.3 Services: Good: judged: evidence on 1.3",
            "1.4 Information and facilities: Requires improvement: judged: evidence on 1.4",
            "2.1 Assessment: Outstanding: lowest is 2.1.3, 76% of 128 cases; panel moved it from Good: evidence on 2.1",
            "    a panel may consider: within 5 points of Outstanding",
            "2.2 Planning: Good: lowest is 2.2.3, 71% of 96 cases",
            "2.3 Implementation and delivery: Good: lowest is 2.3.2, 71% of 128 cases",
            "2.4 Reviewing: Good: lowest is 2.4.3, 66% of 96 cases",
            "    a panel may consider: within 5 points of Requires improvement",
            "3.1 Court reports and case allocation: Good: lowest is 3.1.2, 73% of 120 cases",
            "3.2 Statutory victim work: Outstanding: lowest is 3.2.1, 82% of 11 cases; 3.2.3 and 3.2.4 have no answers",
            "    a panel may consider: within 5 points of Good; one case judged differently would change the rating to Good",
            "Overall: Good: 18 of 27 points over 9 standards; 1.1 is not rated",
        ]
    );
}

#[test]
fn the_tables_say_the_same_and_show_the_evidence() {
    let (framework, tallies, judgements) = north_west();
    let rating = rate_cases(&framework, &tallies, &judgements).unwrap();
    let report = rate_report(&framework, &rating, &heading());
    let ratings = &report.tables[0];
    assert_eq!(
        shown(&ratings.rows[7]),
        [
            "2.4",
            "Reviewing",
            "Good",
            "lowest is 2.4.3, 66% of 96 cases",
            "within 5 points of Requires improvement"
        ]
    );
    assert_eq!(
        shown(&ratings.rows[10])[1..4],
        ["Overall", "Good", "19 of 30 points over 10 standards"]
    );
    let evidence = &report.tables[1];
    assert_eq!(
        evidence.scope,
        "North West NPS: 107 interviews (staff interviews)"
    );
    assert_eq!(
        shown(&evidence.rows[0]),
        ["1.2.1a", "Is your workload manageable?", "56%", "60", "47"]
    );
}

#[test]
fn groups_stand_in_long_form_and_one_without_cases_is_not_rated() {
    let (framework, mut tallies, _) = north_west();
    tallies[1] = sample(0, &[(0, 0), (0, 0)]);
    let rating = rate_cases(&framework, &tallies, &[]).unwrap();
    let report = rate_by_report(
        &framework,
        "local delivery unit",
        &[("LDU-1".to_owned(), rating)],
        &heading(),
    );
    let table = &report.tables[0];
    assert_eq!(
        table.rows.len(),
        6,
        "judged standards do not depend on the cases of a group"
    );
    assert_eq!(
        shown(&table.rows[3]),
        ["LDU-1", "2.4", "Reviewing", "Good", "2.4.3", "66%", "96"]
    );
    assert_eq!(
        shown(&table.rows[4]),
        [
            "LDU-1",
            "3.1",
            "Court reports and case allocation",
            "[x]",
            "[x]",
            "[x]",
            "0"
        ]
    );
}

#[test]
fn no_groups_give_an_empty_table() {
    let (framework, ..) = north_west();
    assert!(
        rate_by_report(&framework, "team", &[], &heading()).tables[0]
            .rows
            .is_empty()
    );
}
