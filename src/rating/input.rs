//! Whether the evaluator got exactly what it expects. Must not rate anything.

mod framework;

use super::{Evidence, Judgement, Moderation, OVERALL};
use crate::framework::{Framework, Rating, Rule, Sample};
use crate::model::{Code, Problem, Problems, SampleTallies, Tally, nearest};

/// Checks everything that an inspection is rated on against the framework.
///
/// # Errors
/// Everything that does not fit, at once.
pub(super) fn check_input(framework: &Framework, evidence: &Evidence<'_>) -> Result<(), Problems> {
    let Evidence {
        tallies,
        measurements,
        judgements,
        moderation,
    } = *evidence;
    let mut problems = Problems::default();
    framework::check_framework(framework, &mut problems);
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
    if !measurements.is_empty() && measurements.len() != framework.measures.len() {
        problems.0.push(Problem::new(
            Code::ProgramFailed,
            format!(
                "there are measurements of {} measures, but {} has {}",
                measurements.len(),
                framework.id,
                framework.measures.len()
            ),
            "give one for each measure of the framework that rates them",
        ));
    }
    for (place, judgement) in judgements.iter().enumerate() {
        let earlier = judgements.get(..place).unwrap_or_default();
        check_judgement(framework, judgement, earlier, &mut problems);
    }
    if let Some(moderation) = moderation {
        check_moderation(framework, moderation, &mut problems);
    }
    problems.none_or(())
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
    let takes_overall = framework.overall.rule == Rule::Judged || framework.overall.given;
    let is_overall = number == OVERALL && takes_overall;
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
    let subject = format!("the judgement on {number}");
    check_rating(framework, judgement.rating, &subject, problems);
    if earlier.iter().any(|earlier| earlier.standard == *number) {
        problems.0.push(Problem::new(
            Code::DuplicateJudgement,
            format!("there are two judgements on {number}"),
            "keep the one that is in force",
        ));
    }
}

fn check_moderation(framework: &Framework, moderation: &Moderation, problems: &mut Problems) {
    if !framework.overall.moderation {
        problems.0.push(Problem::new(
            Code::WrongValue,
            format!("the overall rating of {} is not moderated", framework.id),
            "withdraw the proposal, or set moderation = true in [overall]",
        ));
    }
    let subject = "the proposed moderation";
    check_rating(framework, moderation.proposed, subject, problems);
}

fn check_rating(framework: &Framework, rating: Rating, subject: &str, problems: &mut Problems) {
    if rating.0 >= framework.scale.0.len() {
        let titles = framework.scale.0.iter().map(|rating| rating.title.as_str());
        problems.0.push(Problem::new(
            Code::UnknownRating,
            format!(
                "{subject} has a rating that the scale of {} does not have",
                framework.id
            ),
            nearest("", titles),
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
    use super::super::fixture::{Builder, judgement, moderation, tally};
    use super::super::rate_inspection;
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
    fn a_published_rating_is_taken_where_the_framework_says_so() {
        let mut framework = framework();
        framework.overall.given = true;
        let tallies = counted(2, vec![tally(1, 1)]);
        assert!(rate_cases(&framework, &tallies, &[judgement(OVERALL, 2)]).is_ok());
    }

    #[test]
    fn measurements_are_none_or_one_for_each_measure() {
        let framework = framework();
        let tallies = counted(2, vec![tally(1, 1)]);
        let evidence = Evidence {
            tallies: &tallies,
            measurements: &[None],
            ..Evidence::default()
        };
        assert_eq!(
            rate_inspection(&framework, &evidence)
                .unwrap_err()
                .to_string(),
            "there are measurements of 1 measures, but test-2018 has 0; \
             give one for each measure of the framework that rates them [program-failed]"
        );
    }

    #[test]
    fn a_moderation_needs_a_framework_that_takes_it_and_a_rating_of_its_scale() {
        let framework = framework();
        let tallies = counted(2, vec![tally(1, 1)]);
        let moderation = moderation(4, None);
        let evidence = Evidence {
            tallies: &tallies,
            moderation: Some(&moderation),
            ..Evidence::default()
        };
        let problems = rate_inspection(&framework, &evidence).unwrap_err().0;
        let codes: Vec<&str> = problems.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, ["wrong-value", "unknown-rating"]);
    }
}
