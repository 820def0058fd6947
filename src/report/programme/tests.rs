//! A programme as a whole.

use super::super::fixture::{moderate, rated_scorecard, scorecard};
use super::super::write_markdown;
use super::*;

fn inspected(provider: &str, period: &str, value: &str, rating: usize) -> Inspected {
    Inspected {
        heading: Heading {
            inspection: format!("{provider} {period}"),
            provider: provider.into(),
            period: period.into(),
            ..Heading::default()
        },
        national: provider == "Nation",
        framework: scorecard(),
        rating: {
            let mut rating = rated_scorecard(value, rating);
            let score = rating.score.as_mut().unwrap();
            score.percent = Some(super::super::fixture::figure(value));
            rating
        },
    }
}

fn providers(report: &Report, table: usize) -> Vec<String> {
    let rows = report.tables[table].rows.iter();
    rows.map(|row| row.cells[0].shown()).collect()
}

fn round() -> Vec<Inspected> {
    vec![
        inspected("West", "2023/24", "71.0", 1),
        inspected("Nation", "2023/24", "99.0", 3),
        inspected("East", "2023/24", "83.3", 2),
        inspected("north", "2023/24", "71.0", 2),
    ]
}

#[test]
fn the_table_has_a_row_for_each_provider_and_the_nation_last() {
    let report = programme_report("Round", &round(), &SortBy::Provider);
    let text = write_markdown(&Report {
        tables: vec![report.tables[0].clone()],
        ..Report::default()
    });
    let expected = "\
## Ratings, 2023/24

Round.

| Provider | Counted | 1 Sentence delivery | Overall | Points | Of | % of points | Targets met | With target | Rank |
| :--- | :--- | :--- | :--- | ---: | ---: | ---: | ---: | ---: | ---: |
| East | yes | Good | Good \\[note 1\\] | 2.5 | 3 | 83.3 | 1 | 1 | 1 |
| north | yes | Good | Good \\[note 1\\] | 2.5 | 3 | 71.0 | 1 | 1 | 2 |
| West | yes | Requires improvement | Requires improvement \\[note 1\\] | 2.5 | 3 | 71.0 | 1 | 1 | 2 |
| **Nation** | **not counted** | **Outstanding** | **Outstanding \\[note 1\\]** | **2.5** | **3** | **99.0** | **1** | **1** | **\\[x\\]** |

\\[note 1\\] The overall rating rests on 2 of 3 measures.

\\[x\\] not applicable or not available.

Source: programme Round; standards and measures of Test inspectorate: divisions, 2018/19.
";
    assert_eq!(text, expected);
    assert_eq!(
        report.notes,
        ["Illustrative settings, not published by the source: the weights of the measures"]
    );
}

#[test]
fn the_profile_says_how_many_providers_have_which_rating() {
    let report = programme_report("Round", &round(), &SortBy::Provider);
    let profile = &report.tables[1];
    let shown: Vec<Vec<String>> = profile
        .rows
        .iter()
        .map(|row| row.cells.iter().map(Cell::shown).collect())
        .collect();
    assert_eq!(shown[0], ["Outstanding", "0", "none"]);
    assert_eq!(shown[1], ["Good", "2", "East; north"]);
    assert_eq!(shown[2], ["Requires improvement", "1", "West"]);
    assert_eq!(
        profile.notes,
        [
            "0 of 3 providers are rated Outstanding",
            "2 of 3 providers are rated Good",
            "1 of 3 providers is rated Requires improvement",
            "0 of 3 providers are rated Inadequate",
            "Nation is rated Outstanding and not counted",
        ]
    );
}

#[test]
fn rows_stand_in_the_order_that_is_asked_for() {
    let order = |sort: SortBy| providers(&programme_report("Round", &round(), &sort), 0);
    let by_number = SortBy::Standard("1".into());
    assert_eq!(order(SortBy::Provider), ["East", "north", "West", "Nation"]);
    assert_eq!(order(SortBy::Overall), ["East", "north", "West", "Nation"]);
    assert_eq!(order(SortBy::Rank), ["East", "north", "West", "Nation"]);
    assert_eq!(order(by_number), ["East", "north", "West", "Nation"]);
    let mut round = round();
    round[0].rating.overall.as_mut().unwrap().rating = Rating(3);
    round[0].rating.score.as_mut().unwrap().percent = None;
    round[3].rating.standards[0].rating = None;
    let order = |sort: SortBy| providers(&programme_report("Round", &round, &sort), 0);
    assert_eq!(order(SortBy::Overall), ["West", "East", "north", "Nation"]);
    assert_eq!(
        order(SortBy::Standard("1".into())),
        ["East", "West", "north", "Nation"],
        "what is not rated stands after what is"
    );
}

#[test]
fn each_period_has_its_own_tables() {
    let mut round = round();
    round.push(inspected("East", "2022/23", "60.0", 1));
    let report = programme_report("Round", &round, &SortBy::Provider);
    let titles: Vec<&str> = report
        .tables
        .iter()
        .map(|table| table.title.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Ratings, 2022/23",
            "Ratings profile, 2022/23",
            "Ratings, 2023/24",
            "Ratings profile, 2023/24"
        ]
    );
    assert_eq!(report.tables[2].id, "programme-2");
    assert_eq!(providers(&report, 0), ["East"]);
}

#[test]
fn two_inspections_of_one_provider_say_which_is_which() {
    let mut round = round();
    round.push(inspected("East", "2023/24", "60.0", 1));
    let report = programme_report("Round", &round, &SortBy::Provider);
    assert_eq!(report.tables[0].columns[1].header, "Inspection");
}

#[test]
fn a_programme_without_ratings_has_no_profile() {
    let mut one = inspected("East", "", "60.0", 1);
    one.rating.overall = None;
    one.rating.score = None;
    let report = programme_report("Round", &[one], &SortBy::Rank);
    assert_eq!(report.tables.len(), 1);
    assert_eq!(report.tables[0].title, "Ratings");
    let headers = report.tables[0]
        .columns
        .iter()
        .map(|column| column.id.as_str());
    assert!(!headers.collect::<Vec<_>>().contains(&"rank"));
}

#[test]
fn moved_ratings_name_the_provider_and_both_ratings() {
    let mut round = round();
    moderate(&mut round[0].rating);
    let standard = &mut round[0].rating.standards[0];
    (standard.moved_from, standard.because) = (Some(Rating(0)), Some("new evidence".into()));
    let report = programme_report("Round", &round, &SortBy::Provider);
    let table = &report.tables[0];
    let west = &table.rows[2].cells;
    assert_eq!(west[2].shown_with_notes(), "Requires improvement [note 2]");
    assert_eq!(west[3].shown_with_notes(), "Outstanding [note 3] [note 1]");
    assert_eq!(
        table.notes[1..],
        [
            "West: 1 Sentence delivery: the ratings panel moved it from Inadequate to Requires improvement: new evidence",
            "West: Overall: moderation moved it from Requires improvement to Outstanding: a late audit; accepted: seen",
        ]
    );
    round[0].rating.overall.as_mut().unwrap().unmoderated = Rating(2);
    let report = programme_report("Round", &round, &SortBy::Provider);
    assert!(report.notes[0].starts_with("West 2023/24: To be looked at again: moderation"));
}

#[test]
fn what_rests_on_everything_or_on_nothing_computed_needs_no_note() {
    let mut round = round();
    for (one, rated) in round.iter_mut().zip([0, 3, 3, 1]) {
        one.rating.overall.as_mut().unwrap().rated_count = rated;
    }
    let report = programme_report("Round", &round, &SortBy::Provider);
    let table = &report.tables[0];
    assert_eq!(table.notes, ["The overall rating rests on 1 of 3 measures"]);
    assert_eq!(table.rows[1].cells[3].notes, [1], "of north");
}

#[test]
fn files_name_the_period_in_every_row() {
    let report = programme_report("Round", &round(), &SortBy::Provider);
    for table in &report.tables {
        assert_eq!(table.shared[0].0.id, "period");
        assert_eq!(table.shared[0].1, "2023/24");
    }
    let csv = super::super::write_csv(&report).unwrap();
    assert!(csv.contains("\nprogramme,,,,2023/24,East,yes,"), "{csv}");
    let json = super::super::write_json(&report).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let table = &json["tables"][0];
    assert_eq!(table["columns"][0]["id"], "period");
    assert_eq!(table["rows"][0]["values"]["period"], "2023/24");
}

#[test]
fn points_that_were_added_up_are_not_ranked_against_those_of_a_published_rating() {
    let mut round = round();
    round[0].rating.score = None;
    let report = programme_report("Round", &round, &SortBy::Rank);
    assert_eq!(providers(&report, 0), ["East", "north", "West", "Nation"]);
    let ranks = report.tables[0].rows.iter();
    let ranks: Vec<String> = ranks.map(|row| row.cells.last().unwrap().shown()).collect();
    assert_eq!(ranks, ["1", "2", "[x]", "[x]"]);
}

#[test]
fn editions_whose_ratings_differ_have_tables_of_their_own() {
    let mut round = round();
    round[0].framework.scale.0[1].title = "Weak".into();
    let report = programme_report("Round", &round, &SortBy::Provider);
    assert_eq!(report.tables.len(), 4);
    let titles = report.tables[1].rows.iter().chain(&report.tables[3].rows);
    let titles: Vec<String> = titles.map(|row| row.cells[0].shown()).collect();
    assert_eq!(titles.iter().filter(|title| *title == "Weak").count(), 1);
}
