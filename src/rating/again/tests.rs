//! Rated again, an inspection has the ratings that it has when it is rated as a whole.

use proptest::prelude::*;

use super::super::fixture::{Builder, judgement, moderation, sample, share_bands};
use super::*;
use crate::framework::Over;

/// Two samples; standards under three rules, one judged, one moved by a panel, one that sums up others.
fn framework(rule: Rule, over: Over) -> Framework {
    let mut framework = Builder::new()
        .sample("s", "case")
        .sample("t", "visit")
        .judged("1.1", "Leadership")
        .question("1.1.1", "s", "?")
        .rated("2.1", "Assessment")
        .question("2.1.1", "s", "?")
        .question("2.1.2", "t", "?")
        .rated("2.2", "Planning")
        .question("2.2.1", "t", "?")
        .standard("2.3", "Delivery", Rule::WeightedShare)
        .question("2.3.1", "s", "?")
        .question("2.3.2", "s", "?")
        .standard("3", "All of it", Rule::PointsTotal)
        .question("3.1.1", "t", "?")
        .framework;
    framework.standards[4].sums_up = vec![1, 3];
    framework.share_bands = share_bands(["40.0", "60.0", "80.0"]);
    framework.overall.rule = rule;
    framework.overall.over = over;
    framework.overall.moderation = true;
    framework
}

const CASES: u64 = 12;

fn answers() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let answers =
        (0..=CASES).prop_flat_map(|asked| (0..=asked).prop_map(move |yes| (yes, asked - yes)));
    prop::collection::vec(answers, 7)
}

/// Samples with these answers: four questions of the first, three of the second.
fn tallies(answers: &[(u64, u64)]) -> [crate::model::SampleTallies; 2] {
    [sample(CASES, &answers[..4]), sample(CASES, &answers[4..])]
}

fn ratings_of(rated: &InspectionRating) -> Ratings {
    Ratings {
        standards: rated.standards.iter().map(|one| one.rating).collect(),
        overall: rated.overall.as_ref().map(|overall| overall.rating),
    }
}

proptest! {
    #[test]
    fn rating_again_is_rating_as_a_whole(
        draws in prop::collection::vec(answers(), 1..20),
        rule in prop_oneof![Just(Rule::Lowest), Just(Rule::PointsTotal), Just(Rule::WeightedShare)],
        over in prop_oneof![Just(Over::Standards), Just(Over::Measures)],
        moves in prop::bool::ANY,
    ) {
        let framework = framework(rule, over);
        let judgements = [judgement("1.1", 2), judgement("2.2", 1)];
        let moderation = moderation(3, Some(true));
        let base = tallies(&draws[0]);
        let evidence = Evidence {
            tallies: &base,
            judgements: &judgements,
            moderation: moves.then_some(&moderation),
            ..Evidence::default()
        };
        let mut rater = Rater::new(&framework, evidence).unwrap();
        for answers in &draws {
            let drawn = tallies(answers);
            let whole = rate_inspection(&framework, &Evidence { tallies: &drawn, ..evidence }).unwrap();
            let counts: Vec<[u64; 2]> = rater.questions().iter().map(|question| {
                let tally = &drawn[question.asked_of.0].questions[question.asked_of.1];
                [tally.yes, tally.no]
            }).collect();
            prop_assert_eq!(rater.rate(&counts), &ratings_of(&whole));
        }
    }
}

#[test]
fn a_question_without_answers_leaves_its_standard_unrated() {
    let framework = Builder::new()
        .sample("s", "case")
        .rated("2.1", "Assessment")
        .question("2.1.1", "s", "?")
        .framework;
    let tallies = [sample(4, &[(3, 1)])];
    let evidence = Evidence {
        tallies: &tallies,
        ..Evidence::default()
    };
    let mut rater = Rater::new(&framework, evidence).unwrap();
    assert_eq!(
        rater.rate(&[[3, 1]]),
        &Ratings {
            standards: vec![Some(Rating(2))],
            overall: Some(Rating(2))
        }
    );
    assert_eq!(
        rater.rate(&[]),
        &Ratings {
            standards: vec![None],
            overall: None
        }
    );
}
