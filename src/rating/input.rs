//! Whether the evaluator got exactly what it expects. Must not rate anything.

use super::{Judgement, OVERALL};
use crate::framework::{Framework, Rule, Sample};
use crate::model::{Code, Problem, Problems, SampleTallies, Tally, nearest};

/// Checks tallies and judgements against the framework.
///
/// # Errors
/// Everything that does not fit, at once.
pub(super) fn check_input(
    framework: &Framework,
    tallies: &[SampleTallies],
    judgements: &[Judgement],
) -> Result<(), Problems> {
    let mut problems = Problems::default();
    check_rules(framework, &mut problems);
    if tallies.len() == framework.samples.len() {
        for (sample, tallies) in framework.samples.iter().zip(tallies) {
            check_sample(sample, tallies, &mut problems);
        }
    } else {
        problems.0.push(wrong_tallies(format!(
            "there are tallies of {} samples, but {} has {}",
            tallies.len(),
            framework.id,
            framework.samples.len()
        )));
    }
    for (place, judgement) in judgements.iter().enumerate() {
        let earlier = judgements.get(..place).unwrap_or_default();
        check_judgement(framework, judgement, earlier, &mut problems);
    }
    problems.none_or(())
}

/// A framework that was read from a file has been checked; one that was put together in code may not.
fn check_rules(framework: &Framework, problems: &mut Problems) {
    for standard in &framework.standards {
        let by_questions = standard.rule == Rule::Lowest;
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
}

fn check_sample(sample: &Sample, tallies: &SampleTallies, problems: &mut Problems) {
    let questions = &sample.questions.questions;
    if tallies.questions.len() != questions.len() {
        problems.0.push(wrong_tallies(format!(
            "sample {} has tallies of {} questions, but asks {}",
            sample.id,
            tallies.questions.len(),
            questions.len()
        )));
        return;
    }
    for (question, tally) in questions.iter().zip(&tallies.questions) {
        if sum(tally) != Some(tallies.cases) {
            problems.0.push(wrong_tallies(format!(
                "the tally of question {} in sample {} does not add up to its {} cases",
                question.number, sample.id, tallies.cases
            )));
        }
    }
}

/// All cases of a tally; `None` when they are more than can be counted.
fn sum(tally: &Tally) -> Option<u64> {
    [
        tally.no,
        tally.not_applicable,
        tally.not_asked,
        tally.unanswered,
    ]
    .iter()
    .try_fold(tally.yes, |sum, count| sum.checked_add(*count))
}

fn check_judgement(
    framework: &Framework,
    judgement: &Judgement,
    earlier: &[Judgement],
    problems: &mut Problems,
) {
    let number = &judgement.standard;
    let is_overall = number == OVERALL && framework.overall.rule == Rule::Judged;
    if !is_overall && framework.standard(number).is_none() {
        let numbers = framework
            .standards
            .iter()
            .map(|standard| standard.number.as_str());
        problems.0.push(Problem::new(
            Code::UnknownStandard,
            format!(
                "a judgement is on standard {number}, which {} does not have",
                framework.id
            ),
            nearest(number, numbers),
        ));
    }
    if judgement.rating.0 >= framework.scale.0.len() {
        problems.0.push(Problem::new(
            Code::UnknownRating,
            format!(
                "the judgement on {number} has a rating that the scale of {} does not have",
                framework.id
            ),
            nearest(
                "",
                framework.scale.0.iter().map(|rating| rating.title.as_str()),
            ),
        ));
    }
    if earlier.iter().any(|earlier| earlier.standard == *number) {
        problems.0.push(Problem::new(
            Code::DuplicateJudgement,
            format!("there are two judgements on {number}"),
            "keep the one that is in force",
        ));
    }
}

fn wrong_tallies(what: String) -> Problem {
    Problem::new(
        Code::WrongTallies,
        what,
        "count the answers under the framework that rates them",
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixture::rate_cases;
    use super::super::fixture::{Builder, judgement, tally};
    use super::*;

    fn framework() -> Framework {
        Builder::new()
            .sample("s", "case")
            .rated("2.1", "Assessment")
            .question("2.1.1", "s", "?")
            .framework
    }

    fn counted(cases: u64, questions: Vec<Tally>) -> Vec<SampleTallies> {
        vec![SampleTallies { cases, questions }]
    }

    fn codes(
        framework: &Framework,
        tallies: &[SampleTallies],
        judgements: &[Judgement],
    ) -> Vec<&'static str> {
        let problems = rate_cases(framework, tallies, judgements).unwrap_err();
        problems
            .0
            .iter()
            .map(|problem| problem.code.as_str())
            .collect()
    }

    #[test]
    fn tallies_of_another_shape_are_refused() {
        let framework = framework();
        assert_eq!(codes(&framework, &[], &[]), ["wrong-tallies"]);
        assert_eq!(
            codes(&framework, &counted(0, vec![]), &[]),
            ["wrong-tallies"]
        );
        let problems = rate_cases(&framework, &counted(3, vec![tally(1, 1)]), &[]).unwrap_err();
        assert_eq!(
            problems.to_string(),
            "the tally of question 2.1.1 in sample s does not add up to its 3 cases; \
             count the answers under the framework that rates them [wrong-tallies]"
        );
        let endless = counted(1, vec![tally(u64::MAX, 2)]);
        assert_eq!(
            codes(&framework, &endless, &[]),
            ["wrong-tallies"],
            "no overflow"
        );
    }

    #[test]
    fn judgements_that_do_not_fit_are_refused_all_at_once() {
        let judgements = [
            judgement("2.2", 1),
            judgement("2.1", 4),
            judgement("2.1", 1),
        ];
        assert_eq!(
            codes(&framework(), &counted(2, vec![tally(1, 1)]), &judgements),
            ["unknown-standard", "unknown-rating", "duplicate-judgement"]
        );
    }

    #[test]
    fn only_a_framework_that_leaves_it_to_people_takes_a_judgement_on_the_overall_rating() {
        let mut framework = framework();
        let tallies = counted(2, vec![tally(1, 1)]);
        let judgements = [judgement(OVERALL, 2)];
        assert_eq!(
            codes(&framework, &tallies, &judgements),
            ["unknown-standard"]
        );
        framework.overall.rule = Rule::Judged;
        assert!(rate_cases(&framework, &tallies, &judgements).is_ok());
    }

    #[test]
    fn a_framework_without_what_its_rules_need_is_refused() {
        let mut framework = framework();
        framework.bands = None;
        framework.standards[0].key_questions[0].asked_of = None;
        assert_eq!(
            codes(&framework, &counted(2, vec![tally(1, 1)]), &[]),
            ["bad-bands", "unknown-sample"]
        );
    }
}
