//! Whether the framework has what its rules need. One that was read from a file has been checked; one put together in code may not.
//!
//! Must not look at evidence (`input`) or rate anything.

use crate::framework::{Framework, Grading, Rule, ShareBands, Standard};
use crate::model::{Code, Decimal, Problem, Problems};
use crate::rating::order::order_standards;
use crate::rating::rules::WEIGHT_DECIMALS;

/// With points and weights up to this, sums are exact: the limit of framework files.
const MOST: u64 = 1_000_000;

/// Checks rules, places, weights and bands.
pub(super) fn check_framework(framework: &Framework, problems: &mut Problems) {
    for standard in &framework.standards {
        check_questions(framework, standard, problems);
        check_places(framework, standard, problems);
    }
    for place in order_standards(framework).circular {
        if let Some(standard) = framework.standards.get(place) {
            let what = format!("standard {} rests on its own rating", standard.number);
            let remedy = "let no standard sum up itself, directly or by way of others";
            problems
                .0
                .push(Problem::new(Code::RuleCircle, what, remedy));
        }
    }
    check_weights(framework, problems);
    check_bands(framework, problems);
}

fn check_questions(framework: &Framework, standard: &Standard, problems: &mut Problems) {
    let by_questions = standard.rule.combines_ratings() && !standard.key_questions.is_empty();
    if by_questions && framework.bands.is_none() {
        problems.0.push(Problem::new(
            Code::BadBands,
            format!(
                "standard {} is rated by key questions, but there are no bands",
                standard.number
            ),
            "add a [bands] table to the framework",
        ));
    }
    for question in &standard.key_questions {
        let exists = question.asked_of.map(|(sample, place)| {
            let sample = framework.samples.get(sample);
            sample.is_some_and(|sample| place < sample.questions.questions.len())
        });
        if exists == Some(false) || (by_questions && exists.is_none()) {
            problems.0.push(Problem::new(
                Code::UnknownSample,
                format!(
                    "question {} is asked of no sample of the framework",
                    question.number
                ),
                "name its sample in the framework",
            ));
        }
    }
}

fn check_places(framework: &Framework, standard: &Standard, problems: &mut Problems) {
    let lists = [
        ("measure", &standard.measures, framework.measures.len()),
        ("standard", &standard.sums_up, framework.standards.len()),
    ];
    for (thing, places, count) in lists {
        for place in places.iter().filter(|place| **place >= count) {
            let number = &standard.number;
            let what = format!("standard {number} lists {thing} {place} of {count}");
            let remedy = format!("count the {thing}s of the framework from 0");
            problems
                .0
                .push(Problem::new(Code::WrongValue, what, remedy));
        }
    }
}

fn check_weights(framework: &Framework, problems: &mut Problems) {
    let standards = framework.standards.iter();
    let questions = standards
        .clone()
        .flat_map(|standard| &standard.key_questions);
    let weights = standards
        .map(|standard| (&standard.number, standard.weight))
        .chain(questions.map(|question| (&question.number, question.weight)))
        .chain(framework.measures.iter().map(|one| (&one.id, one.weight)));
    for (name, weight) in weights {
        let is_sound = weight > Decimal::ZERO
            && weight <= Decimal::from(MOST)
            && weight.normalize().scale() <= WEIGHT_DECIMALS;
        if !is_sound {
            let what = format!("the weight of {name} is {weight}");
            let remedy = "write a number above 0, up to 1,000,000, with at most 4 decimals";
            problems
                .0
                .push(Problem::new(Code::WrongWeight, what, remedy));
        }
    }
    for rating in framework.scale.0.iter().filter(|one| one.points > MOST) {
        let what = format!("{} is worth {} points", rating.title, rating.points);
        let remedy = "give it at most 1,000,000 points";
        problems
            .0
            .push(Problem::new(Code::WrongValue, what, remedy));
    }
}

fn check_bands(framework: &Framework, problems: &mut Problems) {
    let ratings_count = framework.scale.0.len();
    let rules = framework.standards.iter().map(|standard| standard.rule);
    let mut rules = rules.chain([framework.overall.rule]);
    if framework.share_bands.is_none() && rules.any(|rule| rule == Rule::WeightedShare) {
        let what = "a rule is a weighted share, but there are no bands for it";
        let remedy = "add a [share_bands] table to the framework";
        problems.0.push(Problem::new(Code::BadBands, what, remedy));
    }
    let is_sound = |bands: &ShareBands| {
        let percents = &bands.lowest_percents;
        let at_most_one_decimal = |percent: &Decimal| percent.normalize().scale() <= 1;
        percents.len() == ratings_count && percents.iter().all(at_most_one_decimal)
    };
    let bands = framework.share_bands.iter().chain(&framework.met_bands);
    for bands in bands.filter(|bands| !is_sound(bands)) {
        let count = bands.lowest_percents.len();
        let what = format!("there are {count} bands of percents for {ratings_count} ratings");
        let remedy = "write one for each rating, with at most one decimal";
        problems.0.push(Problem::new(Code::BadBands, what, remedy));
    }
    for measure in &framework.measures {
        let (starts_count, is_graded) = match &measure.grading {
            Grading::None => (0, false),
            Grading::Values(starts) => (starts.len(), true),
            Grading::Distances(distances) => (distances.len(), true),
        };
        if is_graded && (starts_count + 1 != ratings_count || measure.better.is_none()) {
            let what = format!("measure {} cannot be graded", measure.id);
            let remedy = "say which way is better, and where each rating but the worst starts";
            problems.0.push(Problem::new(Code::BadBands, what, remedy));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::{BandOn, Better};
    use crate::rating::fixture::{Builder, decimal};

    fn problems(framework: &Framework) -> Vec<String> {
        let mut problems = Problems::default();
        check_framework(framework, &mut problems);
        let problems = problems.0.iter();
        problems
            .map(|problem| format!("{} [{}]", problem.what, problem.code.as_str()))
            .collect()
    }

    fn framework() -> Framework {
        Builder::new()
            .sample("s", "case")
            .measure("M1", "%", Some(Better::Higher))
            .rated("2.1", "Assessment")
            .question("2.1.1", "s", "?")
            .measures(&["M1"])
            .rated("2.2", "Planning")
            .framework
    }

    #[test]
    fn a_framework_without_what_its_rules_need_is_refused() {
        let mut framework = framework();
        assert!(problems(&framework).is_empty());
        framework.bands = None;
        framework.standards[0].key_questions[0].asked_of = None;
        framework.overall.rule = Rule::WeightedShare;
        assert_eq!(
            problems(&framework),
            [
                "standard 2.1 is rated by key questions, but there are no bands [bad-bands]",
                "question 2.1.1 is asked of no sample of the framework [unknown-sample]",
                "a rule is a weighted share, but there are no bands for it [bad-bands]",
            ]
        );
    }

    #[test]
    fn places_that_do_not_exist_and_circles_are_refused() {
        let mut framework = framework();
        framework.standards[0].measures = vec![0, 1];
        framework.standards[0].sums_up = vec![1, 7];
        framework.standards[1].sums_up = vec![0];
        assert_eq!(
            problems(&framework),
            [
                "standard 2.1 lists measure 1 of 1 [wrong-value]",
                "standard 2.1 lists standard 7 of 2 [wrong-value]",
                "standard 2.1 rests on its own rating [rule-circle]",
                "standard 2.2 rests on its own rating [rule-circle]",
            ]
        );
    }

    #[test]
    fn weights_points_and_bands_that_could_not_be_added_up_exactly_are_refused() {
        let mut framework = framework();
        framework.standards[0].weight = Decimal::ZERO;
        framework.standards[0].key_questions[0].weight = decimal("1.00001");
        framework.measures[0].weight = decimal("1000000.1");
        framework.scale.0[3].points = 1_000_001;
        framework.measures[0].grading = Grading::Values(vec![Decimal::ONE]);
        framework.met_bands = Some(ShareBands {
            lowest_percents: ["0", "1.25", "2", "3"].map(decimal).to_vec(),
            band_on: BandOn::Exact,
        });
        assert_eq!(
            problems(&framework),
            [
                "the weight of 2.1 is 0 [wrong-weight]",
                "the weight of 2.1.1 is 1.00001 [wrong-weight]",
                "the weight of M1 is 1000000.1 [wrong-weight]",
                "Outstanding is worth 1000001 points [wrong-value]",
                "there are 4 bands of percents for 4 ratings [bad-bands]",
                "measure M1 cannot be graded [bad-bands]",
            ]
        );
    }

    #[test]
    fn trailing_zeros_of_a_weight_do_not_count_as_decimals() {
        let mut framework = framework();
        framework.measures[0].weight = decimal("12.50000000");
        assert!(problems(&framework).is_empty());
    }
}
