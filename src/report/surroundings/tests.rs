//! The comparison of an annex.

use super::super::{View, annex_report};
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

fn closed(inspected: Inspected) -> Option<Previous> {
    Some(Previous {
        inspected,
        is_closed: true,
    })
}

fn member(provider: &str, tallies: [Tally; 2]) -> Member {
    let named = [("2.1", "Is it enough?"), ("2.2", "Is it safe?")];
    let questions = named.into_iter().zip(tallies);
    let questions = questions.map(|((number, text), tally)| ContributedQuestion {
        number: number.into(),
        text: text.into(),
        tally,
    });
    Member {
        contribution: Contribution {
            provider: provider.into(),
            questions: questions.collect(),
        },
        is_open_other: false,
    }
}

fn programme(members: Vec<Member>) -> Option<Programme> {
    Some(Programme {
        name: "Round".into(),
        members,
    })
}

/// The comparison of an inspection with 34 and 32 of 40 cases; `None` where its annex has none.
fn compared(previous: Option<Previous>, programme: Option<Programme>) -> Option<Table> {
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
    let two = ["north", "south"].map(|name| member(name, [tally(34, 6), tally(32, 8)]));
    let table = compared(None, programme(two.to_vec()));
    assert_eq!(table, None, "two providers would tell of each other");
}

#[test]
fn ratings_and_percentages_stand_beside_those_before() {
    let table = compared(closed(inspected("2022/23", [(20, 20), (33, 7)])), None).unwrap();
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
            "Yes before",
            "No before",
            "Change"
        ]
    );
    assert_eq!(shown(&table, 0)[..4], ["1", "Leadership", "Good", "Good"]);
    assert_eq!(
        shown(&table, 1)[..4],
        ["2", "Assessment", "Outstanding", "Requires improvement"]
    );
    assert_eq!(shown(&table, 2)[4..], ["85%", "50%", "20", "20", "+35"]);
    assert_eq!(
        shown(&table, 3)[4..],
        ["80%", "83%", "33", "7", "−3"],
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
        member("north", [tally(34, 6), tally(32, 8)]),
        member("south", [tally(10, 30), Tally::default()]),
        member("east", [tally(0, 1), tally(0, 2)]),
        member("west", [tally(0, 0), tally(3, 2)]),
        member("silent", [Tally::default(), Tally::default()]),
    ]);
    let table = compared(None, round).unwrap();
    assert_eq!(
        headers(&table)[2..],
        ["Rating", "% yes", "% yes, programme"],
        "without the counts, from which the others' could be taken"
    );
    assert_eq!(shown(&table, 2)[3..], ["85%", "54%"]);
    assert_eq!(
        shown(&table, 3)[1..],
        ["Is it safe? [note 1]", "", "80%", "74%"]
    );
    assert_eq!(
        table.notes,
        ["Programme: 3 of 4 providers have a figure"],
        "of those that have any"
    );
    assert_eq!(
        table.units,
        "Percent yes of the applicable cases; programme: the applicable cases of all 4 inspections of Round that have figures \
         (4 providers; no national figures) counted together, yes ÷ (yes + no), rounded once"
    );
}

#[test]
fn what_the_inspection_before_worded_otherwise_or_did_not_have_is_missing_with_the_reason() {
    let mut before = inspected("2022/23", [(20, 20), (33, 7)]);
    before.rating.standards[0].title = "Leading".into();
    before.rating.standards[1].questions[0].text = "Was it enough?".into();
    before.rating.standards[1].questions.truncate(1);
    let table = compared(closed(before), None).unwrap();
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
    let table = compared(closed(before), None).unwrap();
    assert_eq!(headers(&table)[2..4], ["Rating", "% yes"]);
    assert_eq!(shown(&table, 2)[3..], ["85%", "50%", "20", "20", "+35"]);
    assert_eq!(table.notes, ["2022/23 was rated on another scale"]);
}

#[test]
fn a_rating_before_that_a_panel_moved_says_so_and_an_inspection_without_period_goes_by_its_name() {
    let mut before = inspected("", [(20, 20), (33, 7)]);
    before.rating.standards[1].moved_from = Some(Rating(1));
    before.rating.standards[1].rating = Some(Rating(2));
    before.rating.standards[1].because = Some("late files".into());
    let table = compared(closed(before), None).unwrap();
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
    let table = compared(closed(inspected("2022/23", [(20, 20), (0, 0)])), None).unwrap();
    assert_eq!(shown(&table, 3)[4..], ["80%", "[z]", "[z]", "[z]", "[x]"]);
    let meanings = table.legend().into_iter();
    let meanings: Vec<_> = meanings.filter(|one| one.code == "[x]").collect();
    assert_eq!(meanings, [Symbol::NOT_AVAILABLE]);
}

#[test]
fn the_counts_before_stand_for_those_who_ask_for_counts() {
    let own = inspected("2023/24", [(34, 6), (32, 8)]);
    let annex = annex_report(&own.framework, &own.rating, &own.heading);
    let surroundings = Surroundings {
        previous: closed(inspected("2022/23", [(20, 20), (33, 7)])),
        programme: None,
    };
    let (framework, rating) = (&own.framework, &own.rating);
    let report = add_surroundings(annex, framework, rating, &surroundings, &own.heading);
    let plain = report.select(View::default());
    let table = plain.tables.last().unwrap();
    assert_eq!(headers(table)[4..], ["% yes", "% yes before", "Change"]);
}

#[test]
fn a_percentage_of_few_cases_says_of_how_many_then_and_now() {
    let before = inspected("2022/23", [(4, 5), (5, 5)]);
    let table = compared(closed(before), None).unwrap();
    assert_eq!(shown(&table, 2)[1], "Is it enough? [note 1]");
    assert_eq!(shown(&table, 3)[1], "Is it safe?", "ten are enough");
    assert_eq!(table.notes, ["2022/23: the percentage rests on 9 cases"]);
    let few = few_note(
        &framework(),
        "2023/24",
        &inspected("", [(1, 0), (0, 0)]).rating.standards[1].questions[0],
    );
    assert_eq!(few.unwrap(), "2023/24: the percentage rests on 1 case");
    let none = inspected("", [(0, 0), (0, 0)]);
    assert_eq!(
        few_note(&framework(), "", &none.rating.standards[1].questions[0]),
        None
    );
}

#[test]
fn an_overall_rating_before_says_on_how_much_it_rests() {
    let mut before = inspected("2022/23", [(20, 20), (33, 7)]);
    before.rating.overall.as_mut().unwrap().rated_count = 1;
    let table = compared(closed(before), None).unwrap();
    assert_eq!(shown(&table, 4)[1], "Overall [note 1]");
    assert_eq!(
        table.notes,
        ["2022/23: The overall rating rests on 1 of 2 standards"]
    );
}

#[test]
fn inspections_that_are_not_closed_are_named_and_counted() {
    let previous = Previous {
        inspected: inspected("2022/23", [(20, 20), (33, 7)]),
        is_closed: false,
    };
    let mut members = ["north", "south", "east"]
        .map(|name| member(name, [tally(34, 6), tally(32, 8)]))
        .to_vec();
    members[1].is_open_other = true;
    let table = compared(Some(previous.clone()), programme(members.clone())).unwrap();
    let first = "Percent yes of the applicable cases; change in percentage points of the whole percents; \
                 2022/23 is not closed, so that its figures may still change; programme: ";
    assert!(table.units.starts_with(first), "{}", table.units);
    let one = "; 1 other inspection of it is not closed, so that its figures may still change";
    assert!(table.units.ends_with(one), "{}", table.units);
    members[2].is_open_other = true;
    let table = compared(None, programme(members)).unwrap();
    let two = "; 2 other inspections of it are not closed, so that its figures may still change";
    assert!(table.units.ends_with(two), "{}", table.units);
}
