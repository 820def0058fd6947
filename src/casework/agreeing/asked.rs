//! Which questions of a framework are compared.
//!
//! Must not know answers, nor who gave them.

use super::super::assessment::is_same;
use super::Compare;
use crate::framework::Framework;
use crate::model::{Code, Problem, Problems, nearest};

/// The questions that are compared: standard, number, sample and place, in the order of the framework.
pub(super) struct Asked(pub(super) Vec<(String, String, usize, usize)>);

impl Asked {
    /// Those that are asked for.
    ///
    /// # Errors
    /// An unknown question or standard.
    pub(super) fn find(framework: &Framework, compare: &Compare<'_>) -> Result<Asked, Problems> {
        let mut asked = Vec::new();
        for standard in &framework.standards {
            for key in &standard.key_questions {
                let places = key.asked_of.into_iter().map(|at| (at, false));
                let prompts = key.prompts.iter().map(|at| (*at, true));
                for ((sample, place), is_prompt) in places.chain(prompts) {
                    let question = framework.samples.get(sample);
                    let question =
                        question.and_then(|sample| sample.questions.questions.get(place));
                    let number = question.map_or("", |question| question.number.as_str());
                    asked.push((
                        standard.number.clone(),
                        number.to_owned(),
                        sample,
                        place,
                        is_prompt,
                    ));
                }
            }
        }
        let numbers: Vec<&str> = asked
            .iter()
            .map(|(_, number, ..)| number.as_str())
            .collect();
        if let Some(wanted) = compare.question
            && !numbers.iter().any(|number| is_same(number, wanted))
        {
            let what = format!("there is no question {wanted}");
            return Err(Problem::new(Code::UnknownQuestion, what, nearest(wanted, numbers)).into());
        }
        if let Some(wanted) = compare.standard
            && framework.standard(wanted).is_none()
        {
            let known = framework
                .standards
                .iter()
                .map(|standard| standard.number.as_str());
            let what = format!("there is no standard {wanted}");
            return Err(Problem::new(Code::UnknownStandard, what, nearest(wanted, known)).into());
        }
        let asked = asked
            .into_iter()
            .filter(|(standard, number, _, _, is_prompt)| {
                let is_wanted = match compare.question {
                    Some(wanted) => is_same(number, wanted),
                    None => compare.prompts || !is_prompt,
                };
                is_wanted && compare.standard.is_none_or(|wanted| standard == wanted)
            });
        let asked =
            asked.map(|(standard, number, sample, place, _)| (standard, number, sample, place));
        Ok(Asked(asked.collect()))
    }
}
