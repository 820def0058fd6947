//! Standards and the overall rating as a whole, from tallies to sentences.

use super::fixture::{Builder, judgement, north_west, rate_cases, sample, tally};
use super::*;
use crate::framework::Rating;
use crate::model::{SampleTallies, Tally};

fn number<'a>(rating: &'a InspectionRating, number: &str) -> &'a StandardRating {
    rating
        .standards
        .iter()
        .find(|standard| standard.number == number)
        .unwrap()
}

/// Points and the most points of the whole.
fn score(rating: &InspectionRating) -> Option<(u64, u64)> {
    let score = rating.score?;
    Some((score.earned.try_into().ok()?, score.max.try_into().ok()?))
}

/// One standard of two key questions, with these tallies.
fn two_questions(first: Tally, second: Tally, judgements: &[Judgement]) -> InspectionRating {
    let framework = Builder::new()
        .sample("s", "case")
        .rated("2.4", "Reviewing")
        .question("2.4.1", "s", "?")
        .question("2.4.2", "s", "?")
        .framework;
    let tallies = [SampleTallies {
        cases: first.cases(),
        questions: vec![first, second],
    }];
    rate_cases(&framework, &tallies, judgements).unwrap()
}

#[test]
fn the_north_west_of_2018_is_rated_as_it_was_published() {
    let (framework, tallies, judgements) = north_west();
    let rating = rate_cases(&framework, &tallies, &judgements).unwrap();
    let ratings: Vec<(&str, usize)> = rating
        .standards
        .iter()
        .map(|standard| (standard.number.as_str(), standard.rating.unwrap().0))
        .collect();
    assert_eq!(
        ratings,
        [
            ("1.1", 2),
            ("1.2", 1),
            ("1.3", 2),
            ("1.4", 1),
            ("2.1", 2),
            ("2.2", 2),
            ("2.3", 2),
            ("2.4", 2),
            ("3.1", 2),
            ("3.2", 3)
        ]
    );
    let overall = rating.overall.as_ref().unwrap();
    assert_eq!(overall.rating, Rating(2));
    assert_eq!(score(&rating), Some((19, 30)));
    assert_eq!(rating.overall_reason, "19 of 30 points over 10 standards");
    let reviewing = number(&rating, "2.4");
    assert_eq!(reviewing.reason, "lowest is 2.4.3, 66% of 96 cases");
    assert_eq!(
        reviewing.discretion,
        ["within 5 points of Requires improvement"]
    );
    let victims = number(&rating, "3.2");
    assert_eq!(
        victims.reason,
        "lowest is 3.2.1, 82% of 11 cases; 3.2.3 and 3.2.4 have no answers"
    );
    assert_eq!(
        victims.questions[2].no_share(),
        Some(NoShare::Unanswered { asked: 10 })
    );
    assert_eq!(victims.questions[2].percent, None);
}

#[test]
fn of_equal_percentages_the_first_question_is_named() {
    let (framework, tallies, _) = north_west();
    let rating = rate_cases(&framework, &tallies, &[]).unwrap();
    assert_eq!(
        number(&rating, "2.3").lowest_question().unwrap().number,
        "2.3.2"
    );
}

#[test]
fn a_judged_standard_shows_its_evidence_and_is_rated_by_people_only() {
    let (framework, tallies, judgements) = north_west();
    let rating = rate_cases(&framework, &tallies, &judgements).unwrap();
    let staff = number(&rating, "1.2");
    assert!(staff.judged && staff.questions.is_empty() && staff.discretion.is_empty());
    assert_eq!(staff.reason, "judged: evidence on 1.2");
    let workload = &staff.evidence[0];
    assert_eq!(
        (workload.number.as_str(), workload.percent, workload.rating),
        ("1.2.1a", Some(56), None)
    );
    let without = rate_cases(&framework, &tallies, &judgements[1..]).unwrap();
    assert_eq!(number(&without, "1.1").rating, None);
    assert_eq!(number(&without, "1.1").reason, "not judged");
    assert_eq!(
        without.overall_reason,
        "17 of 27 points over 9 standards; 1.1 is not rated"
    );
}

#[test]
fn a_panel_moves_a_rated_standard_and_both_ratings_stay() {
    let rating = two_questions(tally(66, 34), tally(80, 20), &[judgement("2.4", 1)]);
    let moved = &rating.standards[0];
    assert_eq!(
        (moved.rating, moved.moved_from),
        (Some(Rating(1)), Some(Rating(2)))
    );
    assert_eq!(moved.because.as_deref(), Some("evidence on 2.4"));
    assert_eq!(
        moved.reason,
        "lowest is 2.4.1, 66% of 100 cases; panel moved it from Good: evidence on 2.4"
    );
    assert_eq!(
        moved.discretion,
        ["within 5 points of Requires improvement"],
        "the flags speak of the rating that the questions gave"
    );
    assert_eq!(score(&rating), Some((1, 3)), "the moved rating counts");
}

#[test]
fn a_panel_that_agrees_moves_nothing_and_its_reason_is_kept() {
    let rating = two_questions(tally(66, 34), tally(80, 20), &[judgement("2.4", 2)]);
    let kept = &rating.standards[0];
    assert_eq!((kept.rating, kept.moved_from), (Some(Rating(2)), None));
    assert_eq!(
        kept.reason,
        "lowest is 2.4.1, 66% of 100 cases; panel confirmed it: evidence on 2.4"
    );
}

#[test]
fn without_applicable_cases_nothing_is_rated_and_no_panel_changes_that() {
    let nobody = Tally {
        not_asked: 3,
        not_applicable: 1,
        ..Tally::default()
    };
    let rating = two_questions(nobody, nobody, &[]);
    assert_eq!(rating.standards[0].reason, "no applicable cases");
    assert_eq!((rating.standards[0].rating, &rating.overall), (None, &None));
    assert_eq!(rating.overall_reason, "no standard is rated yet");
    let judged = two_questions(nobody, nobody, &[judgement("2.4", 2)]);
    assert_eq!(
        (judged.standards[0].rating, judged.standards[0].moved_from),
        (None, None)
    );
    assert_eq!(
        judged.standards[0].reason,
        "no applicable cases; the panel's Good moves nothing: evidence on 2.4"
    );
}

#[test]
fn what_is_unanswered_is_told_from_what_does_not_apply() {
    let unanswered = Tally {
        unanswered: 100,
        ..Tally::default()
    };
    let inapplicable = Tally {
        not_applicable: 100,
        ..Tally::default()
    };
    assert_eq!(
        two_questions(unanswered, inapplicable, &[]).standards[0].reason,
        "no answers yet"
    );
    assert_eq!(
        two_questions(tally(0, 100), inapplicable, &[]).standards[0].reason,
        "lowest is 2.4.1, 0% of 100 cases; 2.4.2 has no applicable cases"
    );
    let rated = two_questions(tally(100, 0), unanswered, &[]);
    assert_eq!(
        rated.standards[0].reason,
        "lowest is 2.4.1, 100% of 100 cases; 2.4.2 has no answers"
    );
    assert_eq!(
        rated.standards[0].rating,
        Some(Rating(3)),
        "missing is not 0%"
    );
    let question = |cases| QuestionRating {
        cases,
        ..QuestionRating::default()
    };
    assert_eq!(question(0).no_share(), Some(NoShare::NoCases));
    assert_eq!(question(1).no_share(), Some(NoShare::NotApplicable));
}

#[test]
fn people_judge_the_overall_rating_or_nobody_does_where_the_framework_says_so() {
    let mut framework = Builder::new()
        .sample("s", "case")
        .judged("1.1", "Leadership")
        .framework;
    let rate = |framework: &Framework, judgements: &[Judgement]| {
        rate_cases(framework, &[sample(0, &[])], judgements).unwrap()
    };
    framework.overall.rule = Rule::Judged;
    assert_eq!(rate(&framework, &[]).overall_reason, "not judged");
    let judged = rate(&framework, &[judgement(OVERALL, 3)]);
    assert_eq!(judged.overall_reason, "judged: evidence on overall");
    assert_eq!(score(&judged), None);
    assert_eq!(judged.overall.unwrap().rating, Rating(3));
    framework.overall.rule = Rule::None;
    let none = rate(&framework, &[judgement("1.1", 3)]);
    assert_eq!(
        (none.overall, none.overall_reason.as_str()),
        (None, "the framework gives no overall rating")
    );
}
