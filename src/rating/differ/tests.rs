//! The fewest answers are those that trying all of them finds.

use proptest::prelude::*;

use super::super::fixture::{Builder, judgement, north_west, sample, share_bands};
use super::super::{Evidence, InspectionRating, rate_inspection};
use super::*;
use crate::framework::{Framework, Rule};

fn framework(rule: Rule, overall: Rule, over: Over) -> Framework {
    let mut framework = Builder::new()
        .sample("s", "case")
        .standard("2.1", "Assessment", rule)
        .question("2.1.1", "s", "?")
        .question("2.1.2", "s", "?")
        .standard("2.2", "Planning", Rule::Lowest)
        .question("2.2.1", "s", "?")
        .framework;
    framework.share_bands = share_bands(["40.0", "60.0", "80.0"]);
    framework.overall.rule = overall;
    framework.overall.over = over;
    framework
}

const CASES: u64 = 7;

/// The overall rating after those of the standards.
fn ratings(rated: &InspectionRating) -> Vec<Option<Rating>> {
    let overall = rated.overall.as_ref().map(|overall| overall.rating);
    let standards = rated.standards.iter().map(|standard| standard.rating);
    standards.chain([overall]).collect()
}

/// For each standard and the whole, the fewest answers that change its rating, found by trying all of them.
fn try_all(
    framework: &Framework,
    answers: &[(u64, u64)],
    direction: Direction,
) -> Vec<Option<u64>> {
    let rate = |answers: &[(u64, u64)]| {
        let tallies = [sample(CASES, answers)];
        let evidence = Evidence {
            tallies: &tallies,
            ..Evidence::default()
        };
        ratings(&rate_inspection(framework, &evidence).unwrap())
    };
    let now = rate(answers);
    let mut fewest: Vec<Option<u64>> = vec![None; now.len()];
    let most = |(yes, no): (u64, u64)| if direction == Direction::Up { no } else { yes };
    let [a, b, c] = answers else {
        panic!("three questions")
    };
    for moves in (0..=most(*a))
        .flat_map(|x| (0..=most(*b)).flat_map(move |y| (0..=most(*c)).map(move |z| [x, y, z])))
    {
        let moved: Vec<(u64, u64)> = answers
            .iter()
            .zip(moves)
            .map(|((yes, no), moved)| match direction {
                Direction::Up => (yes + moved, no - moved),
                Direction::Down => (yes - moved, no + moved),
            })
            .collect();
        let total: u64 = moves.iter().sum();
        for ((now, then), fewest) in now.iter().zip(rate(&moved)).zip(&mut fewest) {
            if *now != then && fewest.is_none_or(|known| total < known) {
                *fewest = Some(total);
            }
        }
    }
    fewest
}

fn rule() -> impl Strategy<Value = Rule> {
    prop_oneof![
        Just(Rule::Lowest),
        Just(Rule::PointsTotal),
        Just(Rule::WeightedShare)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_fewer_answers_change_a_rating_and_these_do(
        answers in prop::collection::vec((0..=CASES).prop_flat_map(|asked| (0..=asked).prop_map(move |yes| (yes, asked - yes))), 3),
        standard in rule(),
        overall in rule(),
        over in prop_oneof![Just(Over::Standards), Just(Over::Measures)],
        direction in prop_oneof![Just(Direction::Up), Just(Direction::Down)],
    ) {
        let framework = framework(standard, overall, over);
        let tallies = [sample(CASES, &answers)];
        let evidence = Evidence { tallies: &tallies, ..Evidence::default() };
        let found = Rater::new(&framework, evidence).unwrap().find_differences(direction);
        let counts: Vec<Option<u64>> = found.iter().map(|found| found.as_ref().ok().map(|found| found.answers)).collect();
        prop_assert_eq!(counts, try_all(&framework, &answers, direction));
        for (place, found) in found.iter().enumerate() {
            let Ok(found) = found else { continue };
            let mut moved = answers.clone();
            for (number, count) in &found.questions {
                let at = ["2.1.1", "2.1.2", "2.2.1"].iter().position(|known| known == number).unwrap();
                let (yes, no) = moved[at];
                moved[at] = match direction {
                    Direction::Up => (yes + count, no - count),
                    Direction::Down => (yes - count, no + count),
                };
            }
            let tallies = [sample(CASES, &moved)];
            let rated = rate_inspection(&framework, &Evidence { tallies: &tallies, ..Evidence::default() }).unwrap();
            prop_assert_eq!(ratings(&rated)[place], Some(found.rating));
            prop_assert_eq!(found.questions.iter().map(|(_, count)| count).sum::<u64>(), found.answers);
        }
    }
}

#[test]
fn the_published_standards_say_which_answers_would_move_them() {
    let (framework, tallies, judgements) = north_west();
    let evidence = Evidence {
        tallies: &tallies,
        judgements: &judgements,
        ..Evidence::default()
    };
    let mut rater = Rater::new(&framework, evidence).unwrap();
    let [up, down] =
        [Direction::Up, Direction::Down].map(|direction| rater.find_differences(direction));
    assert!(
        up[..4]
            .iter()
            .chain(&down[..4])
            .all(|found| *found == Err(NoDifference::Fixed)),
        "people set domain one"
    );
    let reviewing = down[7].as_ref().unwrap();
    assert_eq!(reviewing.rating, Rating(1));
    assert_eq!(reviewing.questions[0].0, "2.4.3");
    assert_eq!(
        up[10],
        Err(NoDifference::Fixed),
        "26 points cannot be reached with domain one as it is judged"
    );
    let overall = down[10].as_ref().unwrap();
    assert_eq!(overall.rating, Rating(1));
    let counts = overall.questions.iter().map(|(_, count)| count);
    assert_eq!(counts.sum::<u64>(), overall.answers);
}

#[test]
fn what_a_panel_moved_no_answers_change_and_parts_that_share_questions_are_not_added_up() {
    let mut framework = framework(Rule::Lowest, Rule::PointsTotal, Over::Standards);
    let tallies = [sample(CASES, &[(5, 2), (5, 2), (5, 2)])];
    let find = |framework: &Framework, judgements: &[_]| {
        let evidence = Evidence {
            tallies: &tallies,
            judgements,
            ..Evidence::default()
        };
        let mut rater = Rater::new(framework, evidence).unwrap();
        rater.find_differences(Direction::Up)
    };
    let moved = find(&framework, &[judgement("2.1", 0)]);
    assert_eq!(moved[0], Err(NoDifference::Fixed));
    assert_eq!(moved[1].as_ref().unwrap().answers, 1);
    framework.standards[0].sums_up = vec![1];
    framework.standards[0].rule = Rule::PointsTotal;
    let shared = find(&framework, &[]);
    assert_eq!(shared[2], Err(NoDifference::Unknown), "2.2 counts twice");
}
