//! How many cases a sample needs, and how exact so many cases are.
//!
//! Must not know a formula (`sampling`), or any confidence of its own: what is not given is what a framework states.

use super::frameworks::list_frameworks;
use super::inspections::Inspection;
use crate::framework::{Draw, Framework};
use crate::model::{Code, Decimal, Problem, Problems};
use crate::sampling::{Precision, margin_reached, z_of};
use crate::store::Store;

/// Decimals with which a margin of error is shown.
pub(super) const MARGIN_DECIMALS: u32 = 2;

/// What is asked about the size of a sample.
#[derive(Debug, Clone, Copy, Default)]
pub struct SizeQuestion<'a> {
    /// Cases that there are.
    pub population: u64,
    /// Cases that are looked at, where the margin is asked for.
    pub cases: Option<u64>,
    /// Two-sided confidence in percent, as it was typed; `None`: that of the framework.
    pub confidence: Option<&'a str>,
    /// The margin of error in percentage points, as it was typed; `None`: that of the framework.
    pub margin: Option<&'a str>,
}

/// The size of a sample and the exactness that it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleSize {
    /// Cases that there are.
    pub population: u64,
    /// Cases that are looked at: those needed, or those that were asked about.
    pub cases: u64,
    /// Two-sided confidence in percent.
    pub confidence: Decimal,
    /// The z of that confidence.
    pub z: Decimal,
    /// The margin that was wanted, in percentage points; `None` where the number of cases was given.
    pub margin_wanted: Option<Decimal>,
    /// The margin that so many cases give, in percentage points; `None` where there is no case.
    pub margin_reached: Option<Decimal>,
    /// Id of the framework whose settings stand where none were given; empty where all were.
    pub framework: String,
}

/// Works out how many cases are needed, or what margin of error a number of cases gives.
///
/// # Errors
/// A population, confidence, margin or number of cases that cannot be.
pub fn size_sample(
    framework: Option<&Framework>,
    question: &SizeQuestion<'_>,
) -> Result<SampleSize, Problems> {
    let stated = framework.and_then(|framework| Some((framework, stated_draw(framework)?)));
    let given = |text: Option<&str>, what| text.map(|text| read_decimal(text, what)).transpose();
    let confidence = given(question.confidence, "confidence")?;
    let margin = given(question.margin, "margin")?;
    let is_stated = confidence.is_none() || margin.is_none() && question.cases.is_none();
    let (framework, draw) = match stated {
        Some((framework, draw)) => (framework.id.as_str(), Some(draw)),
        None => ("", None),
    };
    let stated_confidence = draw.map(|draw| draw.confidence);
    let confidence = confidence.or(stated_confidence);
    let confidence = confidence.ok_or_else(|| not_given("--confidence"))?;
    let stated_z = draw.filter(|draw| draw.confidence == confidence);
    let stated_z = stated_z.and_then(|draw| draw.z);
    let z = stated_z.or_else(|| z_of(confidence)).ok_or_else(|| {
        let what = "a confidence lies above 0 and under 100 percent, with at most two decimals";
        Problem::new(Code::WrongValue, what, "give one such as --confidence 80")
    })?;
    let (cases, margin_wanted) = match question.cases {
        Some(cases) if cases > question.population => {
            return Err(too_many(question.population).into());
        }
        Some(cases) => (cases, None),
        None => {
            let margin = margin.or(draw.map(|draw| draw.margin));
            let margin = margin.ok_or_else(|| not_given("--margin"))?;
            let precision = Precision::new(z, margin).ok_or_else(|| {
                let what = "a margin lies above 0 and is at most 100 percentage points, with at most six decimals";
                Problem::new(Code::WrongValue, what, "give one such as --margin 5")
            })?;
            (precision.cases_needed(question.population, 0), Some(margin))
        }
    };
    Ok(SampleSize {
        population: question.population,
        cases,
        confidence,
        z,
        margin_wanted,
        margin_reached: margin_reached(z, cases, question.population, MARGIN_DECIMALS),
        framework: if is_stated {
            framework.to_owned()
        } else {
            String::new()
        },
    })
}

/// The framework whose confidence and margin hold where none are given: that of the inspection, or else the first one built in
/// that states how a sample is drawn.
///
/// # Errors
/// What the database reports.
pub fn framework_for_size(
    store: Option<&Store>,
    inspection: Option<Inspection>,
) -> Result<Option<Framework>, Problems> {
    let own = inspection.map(|inspection| inspection.framework);
    if let Some(framework) = own.filter(|framework| stated_draw(framework).is_some()) {
        return Ok(Some(framework));
    }
    let mut listed = list_frameworks(store)?.into_iter();
    let stated = listed.find(|listed| stated_draw(&listed.framework).is_some());
    Ok(stated.map(|listed| listed.framework))
}

fn stated_draw(framework: &Framework) -> Option<&Draw> {
    framework
        .samples
        .iter()
        .find_map(|sample| sample.draw.as_ref())
}

/// The z that a draw uses.
pub(super) fn z_of_draw(draw: &Draw) -> Option<Decimal> {
    draw.z.or_else(|| z_of(draw.confidence))
}

/// How many cases a draw needs of a population; `None` for settings that no framework file can state.
pub(super) fn cases_needed(draw: &Draw, population: u64) -> Option<u64> {
    let precision = Precision::new(z_of_draw(draw)?, draw.margin)?;
    Some(precision.cases_needed(population, draw.minimum))
}

pub(super) fn too_many(population: u64) -> Problem {
    let what = format!("there are only {population} cases");
    Problem::new(Code::WrongValue, what, "give a number up to that")
}

fn not_given(option: &str) -> Problem {
    let what = format!("no framework states it, and {option} is not given");
    Problem::new(Code::WrongValue, what, format!("give {option}"))
}

pub(super) fn read_decimal(text: &str, what: &str) -> Result<Decimal, Problem> {
    crate::model::parse_figure(text.trim()).ok_or_else(|| {
        let what = format!("{text} is no {what}");
        Problem::new(Code::WrongValue, what, "write a plain number, such as 80")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(question: &SizeQuestion<'_>) -> Result<SampleSize, String> {
        size_sample(None, question).map_err(|problems| problems.to_string())
    }

    #[test]
    fn the_size_and_the_margin_are_those_of_the_formula() {
        let question = SizeQuestion {
            population: 590,
            confidence: Some("80"),
            margin: Some("5"),
            ..SizeQuestion::default()
        };
        let size = ask(&question).unwrap();
        assert_eq!((size.cases, size.z.to_string()), (129, "1.2816".to_owned()));
        assert_eq!(size.framework, "");
        let reverse = SizeQuestion {
            cases: Some(128),
            ..question
        };
        let size = ask(&reverse).unwrap();
        assert_eq!(
            size.margin_reached
                .map(|margin| margin.to_string())
                .as_deref(),
            Some("5.02")
        );
        assert_eq!(size.margin_wanted, None);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let question = |cases, confidence, margin| SizeQuestion {
            population: 100,
            cases,
            confidence,
            margin,
        };
        for (question, what) in [
            (
                question(Some(101), Some("80"), None),
                "there are only 100 cases",
            ),
            (
                question(None, Some("100"), Some("5")),
                "a confidence lies above 0",
            ),
            (
                question(None, Some("80"), Some("0")),
                "a margin lies above 0",
            ),
            (
                question(None, Some("much"), Some("5")),
                "much is no confidence",
            ),
            (question(None, None, Some("5")), "no framework states it"),
        ] {
            let message = ask(&question).unwrap_err();
            assert!(
                message.starts_with(what) && message.ends_with("[wrong-value]"),
                "{message}"
            );
        }
    }
}
