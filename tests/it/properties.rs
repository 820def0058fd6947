//! What holds for every inspection, tried on many made-up ones through the program itself.
//!
//! Must not know how a rating comes about.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use super::harness::Office;
use super::made_up::{self, Chance, case_rows, csv_file, long_rows, wide_rows};
use super::naive::{Case, Framework};

/// Each case of a property starts several programs.
const CASES: u32 = 12;

/// The ratings of these cases, with the rows of their files in the order that `seed` gives.
fn rate(framework: &Framework, cases: &[Case], is_wide: bool, seed: u64) -> Value {
    let chance = &mut Chance::new(seed);
    let mut files = [
        case_rows(framework, cases),
        if is_wide {
            wide_rows(framework, cases)
        } else {
            long_rows(cases)
        },
    ];
    for rows in &mut files {
        chance.shuffle(&mut rows[1..]);
    }
    let office = Office::opened();
    office.write("cases.csv", csv_file(&files[0]));
    office.write("answers.csv", csv_file(&files[1]));
    office.run("import cases cases.csv --quiet").says_nothing();
    office
        .run("import answers answers.csv --quiet")
        .says_nothing();
    let rated = office.run("rate --indicative --format json").printed();
    serde_json::from_str(&rated).unwrap()
}

/// Ratings from the worst to the best; nothing rated is below all.
fn place(rating: &Value) -> Option<usize> {
    let scale = ["Inadequate", "Requires improvement", "Good", "Outstanding"];
    scale.iter().position(|title| rating == title)
}

/// Every rating of an inspection, by what it is of.
fn ratings(rated: &Value) -> BTreeMap<String, Option<usize>> {
    let mut ratings = BTreeMap::from([("overall".to_owned(), place(&rated["overall"]["rating"]))]);
    for standard in rated["standards"].as_array().unwrap() {
        ratings.insert(standard["number"].to_string(), place(&standard["rating"]));
        for question in standard["questions"].as_array().unwrap() {
            ratings.insert(question["number"].to_string(), place(&question["rating"]));
        }
    }
    ratings
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_cases_and_answers_never_changes_a_rating(
        seed in any::<u64>(),
        counts in prop::array::uniform4(0_usize..12),
        is_wide in any::<bool>(),
    ) {
        let framework = Framework::built_in();
        let cases = made_up::cases(&framework, &mut Chance::new(seed), counts);
        prop_assume!(cases.iter().any(|case| !case.answers.is_empty()));
        let rated = rate(&framework, &cases, false, seed);
        prop_assert_eq!(rated, rate(&framework, &cases, is_wide, seed ^ 1));
    }

    #[test]
    fn changing_one_no_to_yes_never_lowers_a_rating(seed in any::<u64>(), counts in prop::array::uniform3(1_usize..9)) {
        let framework = Framework::built_in();
        let chance = &mut Chance::new(seed);
        let mut cases = made_up::cases(&framework, chance, [counts[0], counts[1], counts[2], 0]);
        let mut turnable = vec![];
        for (place, case) in cases.iter().enumerate() {
            for question in framework.questions_of(&case.sample).filter(|question| question.key.is_none()) {
                if framework.state(case, question) == "no" {
                    turnable.push((place, question.number.clone()));
                }
            }
        }
        prop_assume!(!turnable.is_empty());
        let before = ratings(&rate(&framework, &cases, false, seed));
        let (turned, number) = turnable[chance.below(turnable.len())].clone();
        if let Some((answer, _)) = cases[turned].answers.get_mut(&number) {
            *answer = "yes".to_owned();
        }
        let after = ratings(&rate(&framework, &cases, false, seed));
        for (of, rating) in &before {
            prop_assert!(after[of] >= *rating, "{} of {} turned to yes lowered {}", number, cases[turned].reference, of);
        }
    }

    #[test]
    fn every_made_up_inspection_is_rated_as_worked_out_by_hand(seed in any::<u64>(), counts in prop::array::uniform4(0_usize..15)) {
        let framework = Framework::built_in();
        let cases = made_up::cases(&framework, &mut Chance::new(seed), counts);
        prop_assume!(cases.iter().any(|case| !case.answers.is_empty()));
        let rated = super::naive::without_sentences(rate(&framework, &cases, true, seed));
        let started: Vec<Case> = cases.iter().filter(|case| !case.answers.is_empty()).cloned().collect();
        prop_assert_eq!(rated, framework.rate(&started, &BTreeMap::new()));
    }
}
