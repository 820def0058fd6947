//! The comparison of an annex.

use super::super::annex_report;
use super::*;
use crate::framework::Rating;
use crate::model::{SampleTallies, Tally};
use crate::rating::fixture::{Builder, judgement, rate_cases, sample, tally};
use crate::rating::{ContributedQuestion, Contribution};

fn framework() -> Framework {
    Builder::new()
        .sample("s", "case")
        .judged("1", "Leadership")
        .rated("2", "Assessment")
        .question("2.1", "s", "Is it enough?")
        .question("2.2", "s", "Is it safe?")
        .framework
}

fn inspected(period: &str, answers: [(u64, u64); 2]) -> Inspected {
    let framework = framework();
    let tallies: [SampleTallies; 1] = [sample(40, &answers)];
    let rating = rate_cases(&framework, &tallies, &[judgement("1", 2)]).unwrap();
    Inspected {
        heading: Heading {
            inspection: format!("North {period}"),
            provider: "North".into(),
            period: period.into(),
            ..Heading::default()
        },
        national: false,
        framework,
        rating,
    }
}

fn contribution(provider: &str, tallies: [Tally; 2]) -> Contribution {
    let named = [("2.1", "Is it enough?"), ("2.2", "Is it safe?")];
    let questions = named.into_iter().zip(tallies);
    let questions = questions.map(|((number, text), tally)| ContributedQuestion {
        number: number.into(),
        text: text.into(),
        tally,
    });
    Contribution {
        provider: provider.into(),
        questions: questions.collect(),
    }
}

fn programme(contributions: Vec<Contribution>) -> Option<Programme> {
    Some(Programme {
        name: "Round".into(),
        contributions,
    })
}

/// The comparison of an inspection with 34 and 32 of 40 cases; `None` where its annex has none.
fn compared(previous: Option<Inspected>, programme: Option<Programme>) -> Option<Table> {
    let own = inspected("2023/24", [(34, 6), (32, 8)]);
    let annex = annex_report(&own.framework, &own.rating, &own.heading);
    let count = annex.tables.len();
    let surroundings = Surroundings {
        previous,
        programme,
    };
    let report = add_surroundings(
        annex,
        &own.framework,
        &own.rating,
        &surroundings,
        &own.heading,
    );
    assert!(report.tables.len() <= count + 1);
    report.tables.into_iter().nth(count)
}

fn headers(table: &Table) -> Vec<&str> {
    let headers = table.columns.iter().map(|column| column.header.as_str());
    headers.collect()
}

fn shown(table: &Table, place: usize) -> Vec<String> {
    let cells = table.rows[place].cells.iter();
    cells.map(Cell::shown_with_notes).collect()
}

#[test]
fn without_anything_beside_it_there_is_no_comparison() {
    assert_eq!(compared(None, None), None);
    let alone = programme(vec![contribution("north", [tally(34, 6), tally(32, 8)])]);
    assert_eq!(compared(None, alone), None, "one provider is no programme");
}

#[test]
fn ratings_and_percentages_stand_beside_those_before() {
    let table = compared(Some(inspected("2022/23", [(20, 20), (33, 7)])), None).unwrap();
    assert_eq!(
        (table.id.as_str(), table.part),
        ("comparison", Part::Comparison)
    );
    assert_eq!(
        headers(&table),
        [
            "Number",
            "Standard or key question",
            "Rating",
            "Rating before",
            "% yes",
            "% yes before",
            "Change"
        ]
    );
    assert_eq!(shown(&table, 0)[..4], ["1", "Leadership", "Good", "Good"]);
    assert_eq!(
        shown(&table, 1)[..4],
        ["2", "Assessment", "Outstanding", "Requires improvement"]
    );
    assert_eq!(shown(&table, 2)[4..], ["85%", "50%", "+35"]);
    assert_eq!(
        shown(&table, 3)[4..],
        ["80%", "83%", "−3"],
        "of the whole percents, though 82.5% was counted"
    );
    assert_eq!(
        shown(&table, 4)[1..4],
        ["Overall", "Good", "Requires improvement"].map(str::to_owned)
    );
    assert_eq!(
        table.scope,
        "North, 2023/24; before: 2022/23, inspection North 2022/23"
    );
    assert_eq!(
        table.blank_cells,
        "the overall rating has no number; a key question has no rating; only key questions have percentages"
    );
}

#[test]
fn the_programme_stands_alone_where_nothing_was_before() {
    let round = programme(vec![
        contribution("north", [tally(34, 6), tally(32, 8)]),
        contribution("south", [tally(10, 30), Tally::default()]),
        contribution("east", [tally(0, 1), tally(0, 2)]),
        contribution("silent", [Tally::default(), Tally::default()]),
    ]);
    let table = compared(None, round).unwrap();
    assert_eq!(
        headers(&table)[2..],
        [
            "Rating",
            "% yes",
            "% yes, programme",
            "Yes, programme",
            "No, programme"
        ]
    );
    assert_eq!(shown(&table, 2)[3..], ["85%", "54%", "44", "37"]);
    assert_eq!(
        shown(&table, 3)[1..],
        ["Is it safe? [note 1]", "", "80%", "76%", "32", "10"]
    );
    assert_eq!(
        table.notes,
        ["Programme: 2 of 3 providers have a figure"],
        "of those that have any"
    );
    assert_eq!(
        table.units,
        "Percent yes of the applicable cases; programme: the applicable cases of all 3 inspections of Round that have figures \
         (3 providers; no national figures) counted together, yes ÷ (yes + no), rounded once"
    );
}

#[test]
fn what_the_inspection_before_worded_otherwise_or_did_not_have_is_missing_with_the_reason() {
    let mut before = inspected("2022/23", [(20, 20), (33, 7)]);
    before.rating.standards[0].title = "Leading".into();
    before.rating.standards[1].questions[0].text = "Was it enough?".into();
    before.rating.standards[1].questions.truncate(1);
    let table = compared(Some(before), None).unwrap();
    assert_eq!(
        headers(&table)[2..],
        ["Rating", "Rating before", "% yes"],
        "columns without a figure are left out"
    );
    assert_eq!(
        shown(&table, 0)[1..4],
        ["Leadership [note 1]", "Good", "[x]"]
    );
    assert_eq!(
        table.notes,
        [
            "2022/23 worded 1 otherwise: Leading",
            "2022/23 worded 2.1 otherwise: Was it enough?",
            "2022/23 has no such key question"
        ]
    );
}

#[test]
fn ratings_of_another_scale_are_not_compared_and_percentages_are() {
    let mut before = inspected("2022/23", [(20, 20), (33, 7)]);
    before.framework.scale.0[0].title = "Poor".into();
    let table = compared(Some(before), None).unwrap();
    assert_eq!(headers(&table)[2..4], ["Rating", "% yes"]);
    assert_eq!(shown(&table, 2)[3..], ["85%", "50%", "+35"]);
    assert_eq!(table.notes, ["2022/23 was rated on another scale"]);
}

#[test]
fn a_rating_before_that_a_panel_moved_says_so_and_an_inspection_without_period_goes_by_its_name() {
    let mut before = inspected("", [(20, 20), (33, 7)]);
    before.rating.standards[1].moved_from = Some(Rating(1));
    before.rating.standards[1].rating = Some(Rating(2));
    before.rating.standards[1].because = Some("late files".into());
    let table = compared(Some(before), None).unwrap();
    assert_eq!(table.scope, "North, 2023/24; before: inspection North ");
    assert_eq!(
        table.notes,
        [
            "North : 2 Assessment: the ratings panel moved it from Requires improvement to Good: late files"
        ]
    );
}

#[test]
fn a_question_without_a_figure_has_no_change() {
    let table = compared(Some(inspected("2022/23", [(20, 20), (0, 0)])), None).unwrap();
    assert_eq!(shown(&table, 3)[4..], ["80%", "[z]", "[x]"]);
    let meanings = table.legend().into_iter();
    let meanings: Vec<_> = meanings.filter(|one| one.code == "[x]").collect();
    assert_eq!(meanings, [Symbol::NOT_AVAILABLE]);
}
