//! Properties that hold for any figures.

use super::fixture::{Builder, rate_cases, tally};
use super::*;
use crate::framework::{BandOn, Discretion, Rating};
use crate::model::{SampleTallies, Tally};
use proptest::prelude::*;

/// Three standards of two key questions each.
fn framework(band_on: BandOn) -> Framework {
    let mut builder = Builder::new().sample("s", "case");
    for standard in ["2.1", "2.2", "2.3"] {
        builder = builder.rated(standard, "?");
        for question in 1..=2 {
            builder = builder.question(&format!("{standard}.{question}"), "s", "?");
        }
    }
    let mut framework = builder.framework;
    if let Some(bands) = &mut framework.bands {
        bands.band_on = band_on;
    }
    framework
}

const CASES: u64 = 40;

fn tallies() -> impl Strategy<Value = SampleTallies> {
    let question = (0..=CASES).prop_flat_map(|applicable| {
        (0..=applicable).prop_map(move |yes| Tally {
            not_asked: CASES - applicable,
            ..tally(yes, applicable - yes)
        })
    });
    proptest::collection::vec(question, 6).prop_map(|questions| SampleTallies {
        cases: CASES,
        questions,
    })
}

fn band_on() -> impl Strategy<Value = BandOn> {
    prop_oneof![Just(BandOn::Rounded), Just(BandOn::Exact)]
}

fn rate(framework: &Framework, tallies: &SampleTallies) -> InspectionRating {
    rate_cases(framework, std::slice::from_ref(tallies), &[]).unwrap()
}

/// The rating of the whole and then of each standard.
fn ratings(rating: &InspectionRating) -> Vec<Option<Rating>> {
    let overall = rating.overall.as_ref().map(|overall| overall.rating);
    std::iter::once(overall)
        .chain(rating.standards.iter().map(|standard| standard.rating))
        .collect()
}

proptest! {
    #[test]
    fn changing_one_no_to_yes_never_lowers_a_rating(before in tallies(), place in 0..6_usize, band_on in band_on()) {
        prop_assume!(before.questions[place].no > 0);
        let mut after = before.clone();
        after.questions[place].no -= 1;
        after.questions[place].yes += 1;
        let framework = framework(band_on);
        let pairs = ratings(&rate(&framework, &before)).into_iter().zip(ratings(&rate(&framework, &after)));
        for (before, after) in pairs {
            prop_assert!(before <= after, "{before:?} became {after:?}");
        }
    }

    #[test]
    fn discretion_never_changes_a_rating(tallies in tallies(), band_on in band_on()) {
        let flagged = framework(band_on);
        let mut silent = flagged.clone();
        silent.discretion = Discretion::default();
        prop_assert_eq!(ratings(&rate(&flagged, &tallies)), ratings(&rate(&silent, &tallies)));
    }

    #[test]
    fn a_rounded_percentage_never_contradicts_its_rating(tallies in tallies()) {
        let framework = framework(BandOn::Rounded);
        for question in rate(&framework, &tallies).standards.iter().flat_map(|standard| &standard.questions) {
            let expected = question.percent.map(|percent| Rating([50, 65, 80].iter().filter(|lowest| percent >= **lowest).count()));
            prop_assert_eq!(question.rating, expected);
        }
    }

    #[test]
    fn a_case_that_the_panel_is_told_of_really_changes_the_rating(tallies in tallies(), band_on in band_on()) {
        let framework = framework(band_on);
        let rating = rate(&framework, &tallies);
        for (place, standard) in rating.standards.iter().enumerate() {
            let mut reached = Vec::new();
            for question in [2 * place, 2 * place + 1] {
                for to_yes in [true, false] {
                    let mut changed = tallies.clone();
                    let tally = &mut changed.questions[question];
                    let (from, to) = if to_yes { (&mut tally.no, &mut tally.yes) } else { (&mut tally.yes, &mut tally.no) };
                    if *from > 0 {
                        *from -= 1;
                        *to += 1;
                        reached.extend(rate(&framework, &changed).standards[place].rating);
                    }
                }
            }
            reached.retain(|other| Some(*other) != standard.rating);
            reached.sort_unstable();
            reached.dedup();
            let flagged = standard.discretion.iter().filter(|flag| flag.starts_with("one case")).count();
            prop_assert_eq!(flagged, reached.len());
        }
    }
}
