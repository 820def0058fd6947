//! What a good framework file gives, and in `form`, `meaning` and `draw` one test for each thing that can be wrong with it.

mod draw;
mod form;
mod meaning;
mod measured;
mod once;
mod phrases;
mod reading;
mod refused;
mod refused_sums;

use super::*;
use crate::model::{Answer, AttributeKind, Condition, Question};

/// A small file that uses every part of the format. Tests break it in one place at a time.
const EXAMPLE: &str = r#"id = "small"
title = "A small framework"
edition = "1"
source = "Made up"
[scale]
ratings = [
  { id = "poor", title = "Poor", points = 0 },
  { id = "good", title = "Good", points = 2 },
  { id = "best", title = "Best", points = 3 },
]
[bands]
good = 50
best = 80
[discretion]
within_points = 5
one_case = true
[overall]
rule = "points-total"
[[domain]]
number = "2"
title = "Cases"
[[sample]]
id = "cases"
[[sample.information]]
id = "rosh"
title = "Risk"
choices = ["low", "very-high", { id = "none", title = "Not known" }]
[[sample.information]]
id = "unit"
[[sample.information]]
id = "started"
kind = "date"
[[sample]]
id = "staff"
title = "Staff interviews"
unit = "interview"
[[standard]]
number = "1.1"
title = "Leadership"
rule = "judged"
counted = false
[[standard.question]]
number = "1.1.1"
text = "Is it led?"
[[standard.question.prompt]]
letter = "a"
sample = "staff"
text = "Are staff heard?"
[[standard]]
number = "2.1"
domain = "2"
title = "Assessment"
statement = " All cases are assessed. "
rule = "lowest-key-question"
[[standard.question]]
number = "2.1.1"
sample = "cases"
text = "Is the assessment good?"
guidance = "Read the file"
subsample = "cases of very high risk"
applies_when = { rosh = "very-high" }
[[standard.question.prompt]]
letter = "a"
text = "Were the sources used?"
not_applicable = false
note_on = ["no", "na"]
applies_when = { unit = "N1", any = [ { "2.1.1" = ["no", "na"] }, { not = { rosh = "low" } } ] }
[[standard.question.prompt]]
letter = "b"
text = "Was it on time?"
[[standard.question.prompt]]
letter = "c"
sample = "staff"
text = "Do staff know how?"
applies_when = { "1.1.1a" = "yes" }
"#;

fn example() -> Framework {
    Framework::parse(EXAMPLE, "f.toml").unwrap_or_else(|problems| panic!("{problems}"))
}

/// The messages about the example after the only place that reads `from` has been replaced.
fn break_at(from: &str, to: &str) -> String {
    assert_eq!(EXAMPLE.matches(from).count(), 1, "{from:?} once");
    messages(&EXAMPLE.replace(from, to))
}

fn messages(text: &str) -> String {
    match Framework::parse(text, "f") {
        Ok(_) => "nothing wrong".to_owned(),
        Err(problems) => problems.to_string(),
    }
}

fn risk_is(value: &str) -> Condition {
    Condition::Information {
        attribute: 0,
        among: vec![value.to_owned()],
    }
}

#[test]
fn the_rules_are_read_with_what_silence_means() {
    let framework = example();
    assert_eq!(framework.licence, "");
    assert_eq!(framework.scale.find("best"), Some(Rating(2)));
    assert_eq!(framework.scale.max_points(), 3);
    let bands = framework.bands.unwrap();
    assert_eq!(bands.lowest_percents, [0, 50, 80]);
    assert_eq!(bands.band_on, BandOn::Rounded);
    let discretion = Discretion {
        within_points: Some(5),
        one_case: true,
        cases_at_most: None,
    };
    assert_eq!(framework.discretion, discretion);
    assert_eq!(framework.overall.rule, Rule::PointsTotal);
}

#[test]
fn the_smallest_group_to_be_published_is_a_whole_number_or_left_open() {
    assert_eq!(example().smallest_group, None);
    let with = |table: &str| EXAMPLE.replace("[overall]", &format!("{table}\n[overall]"));
    let framework = Framework::parse(&with("[disclosure]\nsmallest_group = 5"), "f").unwrap();
    assert_eq!(framework.smallest_group, Some(5));
    assert_eq!(
        messages(&with("[disclosure]\nsmallest = 5")),
        "f line 17 column 1: [disclosure] has no smallest_group; add smallest_group = 10 [missing-key]\n\
         f line 18 column 1: [disclosure] has no key \"smallest\"; there are: smallest_group [unknown-key]"
    );
    assert!(messages(&with("[disclosure]\nsmallest_group = 2.5")).contains("[wrong-value]"));
}

#[test]
fn samples_and_case_information_get_their_titles_and_kinds() {
    let framework = example();
    let [cases, staff] = framework.samples.as_slice() else {
        panic!("two samples")
    };
    assert_eq!(
        (cases.title.as_str(), cases.unit.as_str()),
        ("cases", "case")
    );
    assert_eq!(staff.unit, "interview");
    let choices = ["low", "very-high", "none"].map(str::to_owned).to_vec();
    let attributes = &cases.questions.attributes;
    assert_eq!(attributes[0].kind, AttributeKind::Choice(choices));
    assert_eq!(attributes[1].kind, AttributeKind::Code);
    assert_eq!(attributes[2].kind, AttributeKind::Date);
    let risk = &cases.information[0];
    assert_eq!(risk.title, "Risk");
    assert_eq!(risk.choice_titles, ["Low", "Very high", "Not known"]);
    assert_eq!(cases.information[1].title, "unit");
}

#[test]
fn a_sheet_holds_the_questions_of_its_sample_in_file_order() {
    let framework = example();
    let numbers = |sample: usize| -> Vec<&str> {
        let questions = framework.samples[sample].questions.questions.iter();
        questions.map(|question| question.number.as_str()).collect()
    };
    assert_eq!(numbers(0), ["2.1.1", "2.1.1a", "2.1.1b"]);
    assert_eq!(numbers(1), ["1.1.1a", "2.1.1c"]);
    let judged = &framework.standards[0];
    assert!(!judged.counted);
    assert_eq!(judged.key_questions[0].asked_of, None);
    assert_eq!(judged.key_questions[0].prompts, [(1, 0)]);
    let rated = &framework.standards[1];
    assert_eq!(rated.statement, "All cases are assessed.");
    assert_eq!(rated.key_questions[0].asked_of, Some((0, 0)));
    assert_eq!(rated.key_questions[0].prompts, [(0, 1), (0, 2), (1, 1)]);
    assert_eq!(rated.key_questions[0].subsample, "cases of very high risk");
    let wordings = &framework.samples[0].wordings;
    assert_eq!(wordings[0].guidance, "Read the file");
    assert_eq!(wordings[1].text, "Were the sources used?");
    assert_eq!(wordings[1].note_on, [Answer::No, Answer::NotApplicable]);
}

#[test]
fn a_prompt_inherits_the_condition_of_its_key_question_on_the_same_sheet_only() {
    let framework = example();
    let own = Condition::All(vec![
        Condition::Information {
            attribute: 1,
            among: vec!["N1".into()],
        },
        Condition::Any(vec![
            Condition::Answered {
                question: 0,
                among: vec![Answer::No, Answer::NotApplicable],
            },
            Condition::Not(Box::new(risk_is("low"))),
        ]),
    ]);
    let prompt = |number: &str, applies_when: Condition, not_applicable: bool| Question {
        number: number.into(),
        key_question: Some(0),
        is_prompt: true,
        applies_when: Some(applies_when),
        allows_not_applicable: not_applicable,
    };
    let both = Condition::All(vec![risk_is("very-high"), own]);
    let asked = &framework.samples[0].questions.questions;
    assert_eq!(asked[1], prompt("2.1.1a", both, false));
    assert_eq!(asked[2], prompt("2.1.1b", risk_is("very-high"), true));
    let of_staff = &framework.samples[1].questions.questions;
    assert_eq!(of_staff[0].applies_when, None);
    assert_eq!(of_staff[1].key_question, None);
    let heard = Condition::Answered {
        question: 0,
        among: vec![Answer::Yes],
    };
    assert_eq!(of_staff[1].applies_when, Some(heard));
}

#[test]
fn a_framework_of_judgements_needs_neither_samples_nor_bands() {
    let text = "id = 'j'\ntitle = 'J'\nedition = '1'\nsource = 'S'\n\
        scale.ratings = [{ id = 'no', title = 'No', points = 0 }, { id = 'yes', title = 'Yes', points = 1 }]\n\
        [[standard]]\nnumber = '1'\ndomain = 'any'\ntitle = 'T'\nrule = 'judged'\n";
    let framework = Framework::parse(&format!("\u{feff}{text}"), "f.toml").unwrap();
    assert_eq!(framework.bands, None);
    assert_eq!(framework.overall.rule, Rule::None);
    assert_eq!(framework.discretion, Discretion::default());
    assert_eq!(framework.standard("1").unwrap().domain, "any");
    assert!(framework.standards[0].counted);
}

#[test]
fn windows_line_ends_change_nothing() {
    let framework = Framework::parse(&EXAMPLE.replace('\n', "\r\n"), "f.toml");
    assert_eq!(framework, Ok(example()));
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_read_or_reported_with_its_place() {
    for end in 0..EXAMPLE.len() {
        let Err(problems) = Framework::parse(&EXAMPLE[..end], "f.toml") else {
            continue;
        };
        assert!(!problems.0.is_empty());
        for problem in &problems.0 {
            let place = &problem.place;
            assert!(place.line.is_some() && place.column.is_some(), "{problem}");
            assert!(
                place
                    .span
                    .is_some_and(|(start, stop)| start <= stop && stop <= end)
            );
        }
    }
}

#[test]
fn an_id_goes_before_a_title_that_reads_the_same() {
    let rating = |id: &str, title: &str| super::ScaleRating {
        id: id.into(),
        title: title.into(),
        points: 0,
    };
    let scale = super::Scale(vec![rating("b", "A"), rating("a", "B")]);
    assert_eq!(scale.find("a"), Some(super::Rating(1)));
    assert_eq!(scale.find("b"), Some(super::Rating(0)));
}
