//! From tallies to the figures of key questions and prompts.
//!
//! Must not know how questions make a standard (`rules`).

use super::QuestionRating;
use super::band::band_share;
use crate::framework::{Bands, Framework, Rule, Standard};
use crate::model::SampleTallies;

/// The figures of the key questions of a standard that are asked of a sample, in order. In a judged standard they rate nothing.
pub(super) fn measure_questions(
    framework: &Framework,
    standard: &Standard,
    tallies: &[SampleTallies],
) -> Vec<QuestionRating> {
    let bands = framework
        .bands
        .as_ref()
        .filter(|_| standard.rule != Rule::Judged);
    let questions = standard.key_questions.iter().filter_map(|question| {
        let asked_of = question.asked_of?;
        measure(tallies, asked_of, &question.number, &question.text, bands)
    });
    questions.collect()
}

/// The figures of every prompt of a standard.
pub(super) fn measure_prompts(
    framework: &Framework,
    standard: &Standard,
    tallies: &[SampleTallies],
) -> Vec<QuestionRating> {
    let prompts = standard
        .key_questions
        .iter()
        .flat_map(|question| &question.prompts);
    prompts
        .filter_map(|&(sample, place)| {
            let asked = framework.samples.get(sample)?;
            let number = &asked.questions.questions.get(place)?.number;
            let text = asked
                .wordings
                .get(place)
                .map_or("", |wording| wording.text.as_str());
            measure(tallies, (sample, place), number, text, None)
        })
        .collect()
}

fn measure(
    tallies: &[SampleTallies],
    (sample, place): (usize, usize),
    number: &str,
    text: &str,
    bands: Option<&Bands>,
) -> Option<QuestionRating> {
    let counted = tallies.get(sample)?;
    let tally = *counted.questions.get(place)?;
    let share = tally.share();
    Some(QuestionRating {
        number: number.to_owned(),
        text: text.to_owned(),
        sample,
        cases: counted.cases,
        tally,
        percent: share.map(|share| share.percent()),
        rating: share
            .zip(bands)
            .map(|(share, bands)| band_share(share, bands)),
    })
}
