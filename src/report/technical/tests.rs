//! The technical tables of ratings whose sureness is made up.

use super::super::View;
use super::super::annex::annex_report;
use super::*;
use crate::framework::Rating;
use crate::rating::fixture::{Builder, judgement, rate_cases, sample};
use crate::statistics::{Confidence, Stratum, estimate_share};

fn heading() -> Heading {
    Heading {
        inspection: "nw".into(),
        provider: "North West NPS".into(),
        ..Heading::default()
    }
}

/// Three standards: judged, rated, and moved by a panel.
fn framework() -> Framework {
    Builder::new()
        .sample("cases", "case")
        .judged("1.1", "Leadership")
        .rated("2.1", "Assessment")
        .question("2.1.1", "cases", "Is it good?")
        .question("2.1.2", "cases", "Is it on time?")
        .rated("2.2", "Planning")
        .question("2.2.1", "cases", "Is there a plan?")
        .framework
}

fn difference(rating: usize, questions: &[(&str, u64)]) -> Result<Difference, NoDifference> {
    Ok(Difference {
        rating: Rating(rating),
        answers: questions.iter().map(|(_, answers)| answers).sum(),
        questions: questions
            .iter()
            .map(|(number, answers)| ((*number).to_owned(), *answers))
            .collect(),
    })
}

fn sureness(design: SampleDesign) -> Sureness {
    let stratum = Stratum {
        population: Some(40),
        cases: 10,
        yes: 7,
        no: 3,
    };
    let fixed = Chances {
        ratings: vec![0, 0, 1_000, 0],
        ..Chances::default()
    };
    let varying = Chances {
        ratings: vec![1, 420, 579, 0],
        up: difference(3, &[("2.1.1", 1), ("2.1.2", 2)]),
        down: Err(NoDifference::Unknown),
        ..Chances::default()
    };
    Sureness {
        samples: vec![design],
        confidence: Confidence::default(),
        questions: vec![
            (
                "2.1.1".into(),
                estimate_share(&[stratum], Confidence::default()),
            ),
            ("2.1.2".into(), None),
        ],
        resampled: Resampled {
            seed: 1,
            draws: 1_000,
            standards: vec![fixed.clone(), varying, fixed],
            overall: Chances {
                ratings: vec![0, 1, 999, 0],
                ..Chances::default()
            },
        },
    }
}

fn tables(design: SampleDesign, counts: bool) -> Vec<Table> {
    let framework = framework();
    let judgements = [judgement("1.1", 2), judgement("2.2", 2)];
    let rating = rate_cases(
        &framework,
        &[sample(10, &[(7, 3), (0, 0), (6, 4)])],
        &judgements,
    )
    .unwrap();
    let report = annex_report(&framework, &rating, &heading());
    let published = report.tables.len();
    let report = add_technical(report, &framework, &rating, &sureness(design), &heading());
    let report = report.select(View {
        counts,
        technical: true,
        ..View::default()
    });
    report.tables[published..].to_vec()
}

fn shown(table: &Table) -> Vec<Vec<String>> {
    let rows = table.rows.iter();
    rows.map(|row| row.cells.iter().map(Cell::shown).collect())
        .collect()
}

const DRAWN: SampleDesign = SampleDesign {
    population: Some(60),
    strata: 1,
    unseen: 20,
    outside: 0,
};

#[test]
fn each_percentage_has_its_interval_and_where_it_is_missing_the_reason() {
    let tables = tables(DRAWN, false);
    let rows = shown(&tables[0]);
    assert_eq!(
        rows[0],
        [
            "2.1.1",
            "Is it good?",
            "70%",
            "70.0",
            "35.9",
            "90.7",
            "10",
            "60"
        ]
    );
    assert_eq!(rows[1][2..], ["[z]", "[z]", "[z]", "[z]", "0", "60"]);
    assert_eq!(
        tables[0].notes,
        [
            "cases: estimated from one stratum of the draw, each case weighted by how many it was drawn from, with the correction \
          for a finite population of 60 cases; 20 cases of it in strata from which none counts are left out"
        ]
    );
}

#[test]
fn a_draw_of_which_nothing_counts_says_so() {
    let design = SampleDesign {
        strata: 0,
        unseen: 60,
        outside: 2,
        ..DRAWN
    };
    assert_eq!(
        tables(design, false)[0].notes,
        [
            "cases: no case of the draw counts yet; 2 cases were not drawn and stand for themselves alone"
        ]
    );
}

#[test]
fn without_a_draw_there_is_no_population_to_show() {
    let tables = tables(SampleDesign::default(), false);
    assert_eq!(
        shown(&tables[0])[0],
        ["2.1.1", "Is it good?", "70%", "35.9", "90.7", "10"]
    );
    assert!(
        tables[0].notes[0].ends_with("taken as a plain sample of a population of unknown size")
    );
    assert!(tables[1].notes[0].contains("each sample from its own cases, putting each back"));
}

#[test]
fn ratings_come_with_their_chances_the_most_frequent_first_and_what_people_set_has_none() {
    let tables = tables(DRAWN, true);
    let rows = shown(&tables[1]);
    assert_eq!(
        rows[0],
        [
            "1.1",
            "Leadership",
            "Good",
            "[z]",
            "[z]",
            "[z]",
            "[z]",
            "[z]",
            "[z]"
        ]
    );
    let chances = "Good 58%, Requires improvement 42%, Inadequate under 1%";
    assert_eq!(
        rows[1],
        [
            "2.1",
            "Assessment",
            "Good",
            chances,
            "0%",
            "42%",
            "58%",
            "0%",
            "0%"
        ]
    );
    assert_eq!(rows[2][3], "[z]", "the panel set it");
    assert_eq!(
        rows[3][..4],
        [
            "",
            "Overall",
            "Good",
            "Good over 99%, Requires improvement under 1%"
        ]
    );
    assert_eq!(tables[1].columns[5].id, "percent_requires_improvement");
}

#[test]
fn answers_that_would_change_a_rating_are_named_by_question() {
    let rows = shown(&tables(DRAWN, true)[2]);
    let better = "Outstanding: 1 more yes in 2.1.1 and 2 in 2.1.2";
    assert_eq!(rows[1][3..], [better, "3", "[x]", "[x]"]);
    assert_eq!(rows[3][3..], ["[z]"; 4]);
}

#[test]
fn without_key_questions_of_a_sample_nothing_is_added() {
    let framework = Builder::new().judged("1.1", "Leadership").framework;
    let rating = rate_cases(&framework, &[], &[]).unwrap();
    let report = annex_report(&framework, &rating, &heading());
    let same = add_technical(
        report.clone(),
        &framework,
        &rating,
        &Sureness::default(),
        &heading(),
    );
    assert_eq!(same, report);
}

/// The notes on each rating of how often it came out, of three standards and the whole, with so many answers to each question.
fn notes_on_chances(design: SampleDesign, answers: [(u64, u64); 3]) -> Vec<Vec<String>> {
    let framework = framework();
    let judgements = [judgement("1.1", 2)];
    let tallies = [sample(10, &answers)];
    let rating = rate_cases(&framework, &tallies, &judgements).unwrap();
    let report = add_technical(
        Report::default(),
        &framework,
        &rating,
        &sureness(design),
        &heading(),
    );
    let table = &report.tables[1];
    let rows = table.rows.iter().map(|row| {
        let notes = row.cells[3].notes.iter().skip(1);
        notes.map(|note| table.notes[note - 1].clone()).collect()
    });
    rows.collect()
}

#[test]
fn a_rating_that_always_came_out_of_few_answers_is_not_called_sure() {
    let few = notes_on_chances(DRAWN, [(7, 3), (6, 4), (1, 0)]);
    let note = "2.2.1 was answered in 1 case only. Samples drawn again are made of the same few answers, so they come out alike: that \
                does not make the rating sure";
    assert_eq!(few, [vec![], vec![], vec![note.to_owned()], vec![]]);
    let all_few = notes_on_chances(DRAWN, [(3, 0), (2, 1), (1, 0)]);
    assert!(all_few[1].is_empty(), "2.1 came out differently");
    assert!(all_few[3][0].starts_with("No key question was answered in more than 3 cases. "));
}

#[test]
fn where_many_answered_or_the_whole_population_was_looked_at_there_is_no_such_note() {
    let none: [Vec<String>; 4] = Default::default();
    assert_eq!(notes_on_chances(DRAWN, [(7, 3), (6, 4), (5, 5)]), none);
    let whole = SampleDesign {
        population: Some(10),
        unseen: 0,
        ..DRAWN
    };
    assert_eq!(notes_on_chances(whole, [(7, 3), (6, 4), (1, 0)]), none);
}

#[test]
fn an_interval_without_width_says_so_unless_everything_was_looked_at() {
    let census = Stratum {
        population: Some(1),
        cases: 1,
        yes: 1,
        no: 0,
    };
    let notes = |population| {
        let design = SampleDesign {
            population: Some(population),
            outside: 1,
            ..DRAWN
        };
        let mut sureness = sureness(design);
        sureness.questions[0].1 = estimate_share(&[census], Confidence::default());
        let framework = framework();
        let rating = rate_cases(&framework, &[sample(10, &[(1, 0), (0, 0), (6, 4)])], &[]).unwrap();
        let report = Report::default();
        let report = add_technical(report, &framework, &rating, &sureness, &heading());
        report.tables[0].notes.clone()
    };
    assert_eq!(
        notes(60)[1],
        "The 1 answered case stands for no other, so the two limits are one: nothing is known of those that were not looked at"
    );
    assert_eq!(notes(10).len(), 1);
}
