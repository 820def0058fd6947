//! Rated again, an inspection has the ratings that it has when it is rated as a whole.

use proptest::prelude::*;

use super::super::differ::{Direction, NoDifference};
use super::super::fixture::{Builder, judgement, moderation, sample, share_bands};
use super::*;
use crate::framework::{Better, Over, Reliability};
use crate::model::Measurement;
use crate::rating::measures::fixture::{decimal, value};

/// Two samples; standards under three rules, one judged, one moved by a panel, one that sums up others. Measures that are taken from
/// a rated question, from a judged one and from a prompt, the less the better, and one that is recorded.
fn framework(rule: Rule, over: Over) -> Framework {
    let mut framework = Builder::new()
        .sample("s", "case")
        .sample("t", "visit")
        .measure("M1", "%", Some(Better::Higher))
        .target("80")
        .starts(["50", "65", "80"])
        .percent_yes_of("2.1.1")
        .measure("M2", "%", Some(Better::Higher))
        .starts(["20", "40", "60"])
        .percent_yes_of("1.1.1")
        .measure("M3", "%", Some(Better::Lower))
        .target("30")
        .starts(["80", "50", "20"])
        .percent_yes_of("2.1.2a")
        .measure("M4", "%", Some(Better::Higher))
        .target("30")
        .starts(["20", "50", "80"])
        .judged("1.1", "Leadership")
        .question("1.1.1", "s", "?")
        .rated("2.1", "Assessment")
        .question("2.1.1", "s", "?")
        .question("2.1.2", "t", "?")
        .prompt("a", "t", "?")
        .measures(&["M2", "M4"])
        .rated("2.2", "Planning")
        .question("2.2.1", "t", "?")
        .standard("2.3", "Delivery", Rule::WeightedShare)
        .question("2.3.1", "s", "?")
        .question("2.3.2", "s", "?")
        .standard("3", "All of it", Rule::PointsTotal)
        .question("3.1.1", "t", "?")
        .standard("4", "Targets", Rule::TargetsMet)
        .measures(&["M1", "M3"])
        .framework;
    framework.met_bands = share_bands(["25.0", "50.0", "75.0"]);
    framework.reliability = Some(Reliability {
        observations: 3,
        rated: false,
    });
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
    prop::collection::vec(answers, 8)
}

/// Samples with these answers: four questions of the first, four of the second.
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
        rule in prop_oneof![Just(Rule::Lowest), Just(Rule::PointsTotal), Just(Rule::WeightedShare), Just(Rule::TargetsMet)],
        over in prop_oneof![Just(Over::Standards), Just(Over::Measures)],
        moves in prop::bool::ANY,
    ) {
        let framework = framework(rule, over);
        let judgements = [judgement("1.1", 2), judgement("2.2", 1)];
        let moderation = moderation(3, Some(true));
        let base = tallies(&draws[0]);
        let measurements = [None, None, Some(Measurement { target: Some(decimal("60")), ..value("5") }), Some(value("55"))];
        let evidence = Evidence {
            tallies: &base,
            measurements: &measurements,
            judgements: &judgements,
            moderation: moves.then_some(&moderation),
        };
        let mut rater = Rater::new(&framework, evidence).unwrap();
        for answers in &draws {
            let drawn = tallies(answers);
            let whole = rate_inspection(&framework, &Evidence { tallies: &drawn, ..evidence }).unwrap();
            let counts: Vec<[u64; 2]> = rater.asked().iter().map(|(sample, place)| {
                let tally = &drawn[*sample].questions[*place];
                [tally.yes, tally.no]
            }).collect();
            prop_assert_eq!(rater.rate(&counts), &ratings_of(&whole));
        }
    }
}

#[test]
fn a_measure_that_is_taken_from_answers_moves_with_them_and_a_recorded_one_stays() {
    let framework = Builder::new()
        .sample("s", "case")
        .measure("M1", "%", Some(Better::Higher))
        .starts(["50", "65", "80"])
        .percent_yes_of("1.1.1a")
        .measure("M2", "%", Some(Better::Higher))
        .starts(["50", "65", "80"])
        .judged("1.1", "Leadership")
        .question("1.1.1", "s", "?")
        .prompt("a", "s", "?")
        .rated("2.1", "Taken")
        .measures(&["M1"])
        .rated("2.2", "Recorded")
        .measures(&["M2"])
        .framework;
    let tallies = [sample(20, &[(20, 0), (13, 7)])];
    let evidence = Evidence {
        tallies: &tallies,
        measurements: &[None, Some(value("70"))],
        ..Evidence::default()
    };
    let mut rater = Rater::new(&framework, evidence).unwrap();
    assert_eq!(rater.questions(), []);
    assert_eq!(rater.asked(), [(0, 1)]);
    let mut rate = |answers| rater.rate(&[answers]).standards[1..].to_vec();
    assert_eq!(rate([13, 7]), [Some(Rating(2)), Some(Rating(2))]);
    assert_eq!(rate([12, 8]), [Some(Rating(1)), Some(Rating(2))]);
    assert_eq!(rate([0, 0]), [None, Some(Rating(2))]);
    let expected = [
        Err(NoDifference::Fixed),
        Err(NoDifference::Moving),
        Err(NoDifference::Fixed),
        Err(NoDifference::Moving),
    ];
    assert_eq!(rater.find_differences(Direction::Down), expected);
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
