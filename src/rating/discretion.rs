//! When a ratings panel may consider moving a standard, and why.
//!
//! Only flags: people decide, with a recorded reason. Must not change a rating.

use super::QuestionRating;
use super::band::{band_share, is_within, reaches};
use super::words;
use crate::framework::{Bands, Framework, Rating};
use crate::model::{Share, Tally};

/// Every reason for which the panel may consider the rating that the lowest part gave; empty when nothing is rated. `lowest` is the
/// key question that decides; where another part decides, percentages and cases of questions are no reason, but one case may still
/// lower the rating. `others` are the ratings of those other parts.
pub(super) fn flag_discretion(
    framework: &Framework,
    bands: &Bands,
    questions: &[QuestionRating],
    others: &[Rating],
    lowest: Option<usize>,
) -> Vec<String> {
    let deciding = lowest
        .and_then(|lowest| questions.get(lowest))
        .and_then(|question| Some((question, question.tally.share()?)));
    let tests = framework.discretion;
    let mut flags = Vec::new();
    if let Some((points, (_, share))) = tests.within_points.zip(deciding) {
        flags.extend(near_boundaries(framework, bands, share, points));
    }
    if tests.one_case {
        let titles = one_case_away(bands, questions, others).into_iter();
        flags.extend(titles.map(|rating| {
            let title = framework.scale.title(rating);
            format!("one case judged differently would change the rating to {title}")
        }));
    }
    let few = tests.cases_at_most.zip(deciding);
    if let Some((most, (deciding, share))) = few.filter(|(most, (_, share))| share.whole() <= *most)
    {
        let unit = framework
            .samples
            .get(deciding.sample)
            .map_or("case", |sample| sample.unit.as_str());
        let cases = words::count_of(share.whole(), &format!("applicable {unit}"));
        flags.push(format!("only {cases} ({most} or fewer)"));
    }
    flags
}

/// `within 5 points of` a rating, for each boundary that is near: the rating on its far side is named.
fn near_boundaries(framework: &Framework, bands: &Bands, share: Share, points: u64) -> Vec<String> {
    let near = bands
        .lowest_percents
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, lowest)| is_within(share, points, **lowest, bands.band_on));
    near.map(|(upper, lowest)| {
        let is_above = reaches(share, *lowest, bands.band_on);
        let beyond = Rating(if is_above { upper - 1 } else { upper });
        format!(
            "within {} of {}",
            words::count_of(points, "point"),
            framework.scale.title(beyond)
        )
    })
    .collect()
}

/// The other ratings that the standard would have if one yes of one key question were a no, or the reverse; worst first.
fn one_case_away(bands: &Bands, questions: &[QuestionRating], others: &[Rating]) -> Vec<Rating> {
    let mut ratings: Vec<Rating> = questions.iter().filter_map(|one| one.rating).collect();
    ratings.extend(others);
    ratings.sort_unstable();
    let computed = ratings.first().copied();
    let mut away = Vec::new();
    for question in questions {
        // What the others give without this question: the lowest rating, or the next where the lowest is its own.
        let is_lowest = question.rating == computed;
        let rest = ratings.get(usize::from(is_lowest)).copied();
        for flip in [yes_to_no, no_to_yes] {
            let Some(share) = flip(question.tally).and_then(|tally| tally.share()) else {
                continue;
            };
            let flipped = band_share(share, bands);
            let rating = rest.map_or(flipped, |rest| rest.min(flipped));
            away.extend(Some(rating).filter(|rating| Some(*rating) != computed));
        }
    }
    away.sort_unstable();
    away.dedup();
    away
}

fn yes_to_no(tally: Tally) -> Option<Tally> {
    let yes = tally.yes.checked_sub(1)?;
    Some(Tally {
        yes,
        no: tally.no + 1,
        ..tally
    })
}

fn no_to_yes(tally: Tally) -> Option<Tally> {
    let no = tally.no.checked_sub(1)?;
    Some(Tally {
        yes: tally.yes + 1,
        no,
        ..tally
    })
}

#[cfg(test)]
mod tests {
    use super::super::StandardRating;
    use super::super::fixture::rate_cases;
    use super::super::fixture::{Builder, tally};
    use crate::framework::{BandOn, Discretion};
    use crate::model::{SampleTallies, Tally};

    /// One standard with a key question for each (yes, no).
    fn rate(discretion: Discretion, band_on: BandOn, answers: &[(u64, u64)]) -> StandardRating {
        let mut builder = Builder::new()
            .sample("s", "case")
            .rated("2.1", "Assessment");
        for place in 0..answers.len() {
            builder = builder.question(&format!("2.1.{}", place + 1), "s", "?");
        }
        let mut framework = builder.framework;
        framework.discretion = discretion;
        framework.bands.as_mut().unwrap().band_on = band_on;
        let cases = answers.iter().map(|(yes, no)| yes + no).max().unwrap_or(0);
        let fill = |(yes, no): &(u64, u64)| Tally {
            not_asked: cases - yes - no,
            ..tally(*yes, *no)
        };
        let tallies = [SampleTallies {
            cases,
            questions: answers.iter().map(fill).collect(),
        }];
        rate_cases(&framework, &tallies, &[])
            .unwrap()
            .standards
            .remove(0)
    }

    fn within(points: u64) -> Discretion {
        Discretion {
            within_points: Some(points),
            ..Discretion::default()
        }
    }

    const ONE_CASE: Discretion = Discretion {
        within_points: None,
        one_case: true,
        cases_at_most: None,
    };

    #[test]
    fn a_percentage_near_a_boundary_names_the_rating_on_the_other_side() {
        let flags = |yes| rate(within(5), BandOn::Rounded, &[(yes, 100 - yes)]).discretion;
        assert_eq!(flags(66), ["within 5 points of Requires improvement"]);
        assert_eq!(flags(64), ["within 5 points of Good"]);
        assert_eq!(flags(65), ["within 5 points of Requires improvement"]);
        assert_eq!(flags(70), ["within 5 points of Requires improvement"]);
        assert!(flags(71).is_empty());
        assert_eq!(flags(75), ["within 5 points of Outstanding"]);
        assert_eq!(flags(45), ["within 5 points of Requires improvement"]);
        assert!(flags(44).is_empty());
        assert!(flags(0).is_empty());
        assert!(flags(100).is_empty());
    }

    #[test]
    fn every_boundary_in_reach_is_listed() {
        let flags = rate(within(8), BandOn::Rounded, &[(72, 28)]).discretion;
        assert_eq!(
            flags,
            [
                "within 8 points of Requires improvement",
                "within 8 points of Outstanding"
            ]
        );
    }

    #[test]
    fn where_the_exact_share_is_banded_it_also_decides_the_side() {
        let flags = |band_on| rate(within(5), band_on, &[(796, 204)]).discretion;
        assert_eq!(flags(BandOn::Exact), ["within 5 points of Outstanding"]);
        assert_eq!(
            flags(BandOn::Rounded),
            ["within 5 points of Good"],
            "printed and rated as 80%"
        );
    }

    #[test]
    fn one_case_may_lift_or_lower_the_rating() {
        let flags = |answers: &[(u64, u64)]| rate(ONE_CASE, BandOn::Rounded, answers).discretion;
        let to = |title| format!("one case judged differently would change the rating to {title}");
        assert_eq!(flags(&[(79, 21)]), [to("Outstanding")]);
        assert_eq!(flags(&[(80, 20)]), [to("Good")]);
        assert_eq!(flags(&[(2, 1)]), [to("Inadequate"), to("Outstanding")]);
        assert_eq!(flags(&[(1, 0)]), [to("Inadequate")]);
        assert!(flags(&[(72, 28)]).is_empty());
    }

    #[test]
    fn one_case_of_a_question_that_is_not_the_lowest_can_lower_but_not_lift() {
        let flags = |answers: &[(u64, u64)]| rate(ONE_CASE, BandOn::Rounded, answers).discretion;
        assert!(flags(&[(72, 28), (79, 21)]).is_empty());
        assert!(
            flags(&[(79, 21), (79, 21)]).is_empty(),
            "both would have to change"
        );
        assert_eq!(
            flags(&[(81, 19), (80, 20)]),
            ["one case judged differently would change the rating to Good"]
        );
        assert_eq!(
            flags(&[(690, 310), (2, 1)]),
            ["one case judged differently would change the rating to Inadequate"]
        );
    }

    #[test]
    fn few_applicable_cases_are_flagged_up_to_the_limit() {
        let few = Discretion {
            cases_at_most: Some(5),
            ..Discretion::default()
        };
        let flags = |yes, no| rate(few, BandOn::Rounded, &[(yes, no)]).discretion;
        assert_eq!(flags(1, 0), ["only 1 applicable case (5 or fewer)"]);
        assert_eq!(flags(3, 2), ["only 5 applicable cases (5 or fewer)"]);
        assert!(flags(3, 3).is_empty());
        assert!(
            flags(0, 0).is_empty(),
            "nothing to consider where nothing is rated"
        );
    }

    #[test]
    fn no_test_is_on_unless_the_framework_says_so() {
        assert!(
            rate(Discretion::default(), BandOn::Rounded, &[(2, 1)])
                .discretion
                .is_empty()
        );
    }
}
