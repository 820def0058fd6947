//! Measures in the annex, and in what `rate` shows.

use super::super::fixture::{figure, moderate, rated_scorecard, scorecard};
use super::super::{View, annex_report, rate_lines, rate_report, write_markdown};
use super::*;
use crate::framework::{Over, Rating, Rule};
use crate::rating::{Decision, Moderation};

fn heading() -> Heading {
    Heading {
        inspection: "north".into(),
        provider: "North".into(),
        period: "2023/24".into(),
        ..Heading::default()
    }
}

fn annex(framework: &Framework, rating: &InspectionRating) -> Report {
    annex_report(framework, rating, &heading()).select(View::default())
}

/// The lines of one table, and what stands above and below it.
fn table(report: &Report, id: &str) -> String {
    let table = report.tables.iter().find(|table| table.id == id).unwrap();
    let report = Report {
        tables: vec![table.clone()],
        ..Report::default()
    };
    write_markdown(&report)
}

#[test]
fn each_standard_has_a_table_of_its_measures_with_only_the_columns_that_say_something() {
    let report = annex(&scorecard(), &rated_scorecard("71.2", 2));
    assert_eq!(report.title, "Inspection results: North, 2023/24");
    assert_eq!(
        report.notes,
        ["Illustrative settings, not published by the source: the weights of the measures"]
    );
    let ids: Vec<&str> = report
        .tables
        .iter()
        .map(|table| table.id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "ratings",
            "targets",
            "changes",
            "measures-1-sentence-delivery",
            "measures-2-reducing-reoffending"
        ]
    );
    let expected = "\
## 1. Sentence delivery

North, 2023/24.

Percent; change in percentage points.

| Code | Measure | Value | Target | Target met | Change | Improved or declined | Rating |
| :--- | :--- | ---: | ---: | :--- | ---: | :--- | :--- |
| M1 | Engagement | 71.2 \\[p\\] | 70.0 | Yes | +5.4 | Improved | Good |
| M2 | Stand downs | 0.9 | \\[x\\] | \\[x\\] | −0.1 | Improved | \\[x\\] |

\\[p\\] provisional.

\\[x\\] not applicable or not available.

Source: inspection north; standards and questions of Test inspectorate: divisions, 2018/19.
";
    assert_eq!(table(&report, "measures-1-sentence-delivery"), expected);
}

#[test]
fn an_unreliable_value_is_shown_marked_and_explained_with_the_number_of_the_framework() {
    let report = annex(&scorecard(), &rated_scorecard("71.2", 2));
    let shown = table(&report, "measures-2-reducing-reoffending");
    assert!(
        shown.contains("| M3 | Interviews \\[note 1\\] | 55.0 \\[z\\] | \\[x\\] |\n"),
        "{shown}"
    );
    assert!(shown.contains("note 1\\] M3 is not rated: fewer than 30 observations.\n"));
    assert!(shown.contains("\n\\[z\\] unreliable (fewer than 30 observations).\n"));
}

#[test]
fn no_table_gives_one_symbol_two_meanings() {
    let report = annex(&scorecard(), &rated_scorecard("71.2", 2));
    for table in &report.tables {
        let legend = table.legend();
        let mut codes: Vec<&str> = legend.iter().map(|symbol| symbol.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), legend.len(), "{}", table.id);
    }
}

#[test]
fn the_summary_shows_weighted_points_and_their_share() {
    let mut framework = scorecard();
    let rating = rated_scorecard("71.2", 2);
    let shown = table(&annex(&framework, &rating), "ratings");
    assert!(
        shown.contains("| 1 | Sentence delivery | Good | 2.5 | 3 | 83.3 |\n"),
        "{shown}"
    );
    assert!(
        shown.contains("| **Overall \\[note 2\\]** | **Good** | **2.5** | **3** | **83.3** |\n"),
        "{shown}"
    );
    framework.overall.over = Over::Standards;
    framework.standards[0].weight = figure("1.5");
    let shown = table(&annex(&framework, &rating), "ratings");
    assert!(
        shown.contains("| 1 | Sentence delivery | Good | 3 | 4.5 | 83.3 |\n"),
        "2 points of 3, times 1.5: {shown}"
    );
}

#[test]
fn targets_and_changes_are_counted_and_the_largest_named() {
    let mut rating = rated_scorecard("71.2", 2);
    let report = annex(&scorecard(), &rating);
    assert!(table(&report, "targets").contains("| 1 | Sentence delivery | 2 | 1 | 1 |\n"));
    let changes = table(&report, "changes");
    assert!(
        changes.contains("| 1 | Sentence delivery | 2 | 2 | 0 | M1 +5.4 | M2 −0.1 |\n"),
        "{changes}"
    );
    assert!(
        changes.contains("| **All** | **2** | **2** | **0** | **M1 +5.4** | **M2 −0.1** |"),
        "{changes}"
    );
    rating.measures[1].change = Some(figure("5.4"));
    let changes = table(&annex(&scorecard(), &rating), "changes");
    assert!(
        changes.contains("| M1 +5.4; M2 +5.4 | \\[x\\] |\n"),
        "all that are equal: {changes}"
    );
    rating.measures[1].unit = "days".into();
    rating.measures[1].change = Some(figure("12"));
    let changes = table(&annex(&scorecard(), &rating), "changes");
    assert!(
        changes.contains("| M1 +5.4 pp; M2 +12 days | "),
        "units are not compared: {changes}"
    );
}

#[test]
fn measures_of_different_units_say_theirs() {
    let mut rating = rated_scorecard("71.2", 2);
    rating.measures[1].unit = "days".into();
    let shown = table(
        &annex(&scorecard(), &rating),
        "measures-1-sentence-delivery",
    );
    assert!(
        shown.contains("| Code | Measure | Unit | Value |"),
        "{shown}"
    );
    assert!(
        shown.contains("| M2 | Stand downs | days | 0.9 |"),
        "{shown}"
    );
    assert!(
        shown.contains(
            "\nIn the unit of each measure; change of a percentage in percentage points.\n"
        )
    );
}

#[test]
fn a_line_of_rate_says_value_target_and_reason_under_the_standard() {
    let lines = rate_lines(&scorecard(), &rated_scorecard("71.2", 2), &heading());
    assert_eq!(
        lines,
        [
            "north: North, 2023/24",
            "Illustrative settings, not published by the source: the weights of the measures.",
            "",
            "1 Sentence delivery: Good: hand-made",
            "    M1 Engagement: 71.2% [p], target 70.0%, met: Good: 1.2 above the target",
            "    M2 Stand downs: 0.9%",
            "2 Reducing reoffending: not rated: hand-made",
            "    M3 Interviews: 55.0% [z]: not rated: fewer than 30 observations",
            "Overall: Good: 2.5 of 3 weighted points, 83.3% over 1 measure; M3 is not rated",
        ]
    );
    let report = rate_report(&scorecard(), &rated_scorecard("71.2", 2), &heading());
    assert!(
        table(&report, "measures-1-sentence-delivery").contains("| Good | 1.2 above the target |")
    );
}

#[test]
fn what_people_published_alone_rests_on_no_illustrative_setting() {
    let mut rating = rated_scorecard("71.2", 2);
    rating
        .standards
        .iter_mut()
        .for_each(|standard| standard.rating = None);
    rating
        .measures
        .iter_mut()
        .for_each(|measure| (measure.rating, measure.met) = (None, None));
    rating.overall.as_mut().unwrap().judged = true;
    assert!(annex(&scorecard(), &rating).notes.is_empty());
    rating.overall.as_mut().unwrap().moved_from = Some(Rating(1));
    let report = annex(&scorecard(), &rating);
    assert!(report.notes.is_empty(), "people moved what people gave");
    assert!(table(&report, "ratings").contains(
        "Overall: Good was recorded; the rules of the framework give Requires improvement."
    ));
}

#[test]
fn every_step_of_moderation_is_a_footnote_with_both_ratings() {
    let mut rating = rated_scorecard("71.2", 2);
    rating.moderation = Some(Moderation {
        made_on: Some(Rating(2)),
        proposed: Rating(3),
        evidence: "a late audit".into(),
        who: "lead".into(),
        at: String::new(),
        decision: None,
    });
    let note = |rating: &InspectionRating| {
        let table = table(&annex(&scorecard(), rating), "ratings");
        let from = table.find("Overall: moderation").unwrap();
        table[from..].lines().next().unwrap().to_owned()
    };
    assert_eq!(
        note(&rating),
        "Overall: moderation from Good to Outstanding is proposed: a late audit."
    );
    let decide = |accepted| Decision {
        accepted,
        because: "seen".into(),
        who: "board".into(),
        at: String::new(),
    };
    rating.moderation.as_mut().unwrap().decision = Some(decide(false));
    assert_eq!(
        note(&rating),
        "Overall: moderation from Good to Outstanding was proposed and declined: a late audit; declined: seen."
    );
    rating.moderation.as_mut().unwrap().decision = Some(decide(true));
    let overall = rating.overall.as_mut().unwrap();
    (overall.rating, overall.moved_from) = (Rating(3), Some(Rating(2)));
    assert_eq!(
        note(&rating),
        "Overall: moderation moved it from Good to Outstanding: a late audit; accepted: seen."
    );
}

#[test]
fn a_line_of_targets_counts_what_its_standard_sums_up() {
    let (mut framework, mut rating) = (scorecard(), rated_scorecard("71.2", 2));
    framework.standards[1].sums_up = vec![0];
    framework.standards[0].counted = false;
    rating.standards[1].targets = rating.targets;
    let shown = table(&annex(&framework, &rating), "targets");
    assert!(
        shown.contains("| 1 | Sentence delivery | 2 | 1 | 1 |\n"),
        "{shown}"
    );
    assert!(
        shown.contains("| 2 | Reducing reoffending | 3 | 1 | 1 |\n"),
        "{shown}"
    );
    assert!(
        shown.contains("| **All** | **3** | **1** | **1** |\n"),
        "what a counted standard sums up is counted: {shown}"
    );
}

#[test]
fn a_framework_that_rates_nothing_has_no_table_of_ratings_and_says_the_count_with_the_targets() {
    let (mut framework, mut rating) = (scorecard(), rated_scorecard("71.2", 2));
    for (stated, rated) in framework.standards.iter_mut().zip(&mut rating.standards) {
        stated.rule = Rule::TargetsMet;
        rated.rating = None;
        rated.reason = "1 of 1 target met".into();
    }
    framework.overall.rule = Rule::TargetsMet;
    rating.overall = None;
    rating.overall_reason = "1 of 1 target met; 2 have no target".into();
    let report = annex(&framework, &rating);
    assert_eq!(report.tables[0].id, "targets");
    let shown = table(&report, "targets");
    assert!(
        shown.contains("1 Sentence delivery: 1 of 1 target met."),
        "{shown}"
    );
    assert!(
        shown.contains("1 of 1 target met; 2 have no target."),
        "{shown}"
    );
    framework.met_bands = crate::rating::fixture::share_bands(["25", "50", "75"]);
    assert_eq!(annex(&framework, &rating).tables[0].id, "ratings");
}

#[test]
fn a_count_of_targets_rests_on_the_settings_of_its_author() {
    let mut rating = rated_scorecard("71.2", 2);
    for standard in &mut rating.standards {
        standard.rating = None;
    }
    for measure in &mut rating.measures {
        measure.rating = None;
    }
    rating.overall = None;
    assert!(rating.measures.iter().any(|measure| measure.met.is_some()));
    assert_eq!(annex(&scorecard(), &rating).notes.len(), 1);
}

#[test]
fn a_moderation_on_other_figures_than_there_are_now_is_to_be_looked_at_again() {
    let mut rating = rated_scorecard("71.2", 2);
    moderate(&mut rating);
    let report = annex(&scorecard(), &rating);
    assert!(!table(&report, "ratings").contains("gave"));
    rating.overall.as_mut().unwrap().unmoderated = Rating(1);
    rating.overall.as_mut().unwrap().moved_from = Some(Rating(1));
    let report = annex(&scorecard(), &rating);
    let overtaken =
        "moderation was proposed when the figures gave Good; they give Requires improvement now";
    assert_eq!(
        report.notes[0],
        format!("To be looked at again: {overtaken}")
    );
    assert!(table(&report, "ratings").contains(&format!("Overall: {overtaken}.")));
    let lines = rate_lines(&scorecard(), &rating, &heading());
    assert_eq!(lines[1], format!("To be looked at again: {overtaken}."));
    let indicative = Heading {
        indicative: Some(1),
        ..heading()
    };
    let lines = rate_lines(&scorecard(), &rating, &indicative);
    assert!(lines.iter().all(|line| !line.contains("looked at again")));
    rating.overall = None;
    assert_eq!(
        annex(&scorecard(), &rating).notes[0],
        "To be looked at again: moderation was proposed when the figures gave Good; they give no rating now"
    );
}

#[test]
fn what_is_left_out_and_what_is_blank_is_said() {
    let report = annex(&scorecard(), &rated_scorecard("71.2", 2));
    let left_out = "; unreliable values are left out.";
    assert!(table(&report, "targets").contains(left_out));
    assert!(table(&report, "changes").contains(left_out));
    let ratings = table(&report, "ratings");
    assert!(
        ratings.contains("Blank: the overall rating has no number; a standard whose rule adds up no points has none."),
        "{ratings}"
    );
    let mut framework = scorecard();
    framework.reliability = None;
    let report = annex(&framework, &rated_scorecard("71.2", 2));
    assert!(!table(&report, "targets").contains("left out"));
}
