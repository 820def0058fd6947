//! The sentences that say why: each rating carries its reason. Must not decide anything.

use super::{NoShare, QuestionRating, Score, StandardRating};
use crate::framework::{Framework, Rating};
use crate::model::Decimal;

/// A count with thousands marked: `1,234`.
pub(crate) fn count(value: u64) -> String {
    mark_thousands(&value.to_string())
}

fn mark_thousands(digits: &str) -> String {
    let mut marked = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            marked.push(',');
        }
        marked.push(digit);
    }
    marked
}

/// A figure with thousands marked, as many decimals as it has, and a true minus sign: `1,234.5`, `−0.6`.
pub(crate) fn figure(value: Decimal) -> String {
    let digits = value.abs().to_string();
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits.as_str(), ""), |(whole, fraction)| (whole, fraction));
    let sign = if value.is_sign_negative() && !value.is_zero() {
        "−"
    } else {
        ""
    };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", mark_thousands(whole))
}

/// A count of a sample's units: `1 case`, `96 cases`, `0 enquiries`.
pub(crate) fn count_of(value: u64, unit: &str) -> String {
    format!(
        "{} {}",
        count(value),
        if value == 1 {
            unit.to_owned()
        } else {
            plural(unit)
        }
    )
}

/// The plural of an English noun of regular form.
pub(crate) fn plural(noun: &str) -> String {
    let consonant_y = noun
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']) && !stem.is_empty());
    match consonant_y {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "ch", "sh"]
            .iter()
            .any(|ending| noun.ends_with(ending)) =>
        {
            format!("{noun}es")
        }
        None => format!("{noun}s"),
    }
}

/// `2.2.3, 2.3.3 and 2.4.3`; empty for none.
pub(crate) fn list(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `3.2.3 and 3.2.4 have`, `3.2.3 has`.
fn list_have(numbers: &[&str]) -> String {
    format!(
        "{} {}",
        list(numbers),
        if numbers.len() == 1 { "has" } else { "have" }
    )
}

/// What the key questions say: which is the lowest, and which have nothing to say.
pub(super) fn questions_reason(
    framework: &Framework,
    questions: &[QuestionRating],
    lowest: Option<usize>,
) -> String {
    let unanswered = |question: &&QuestionRating| {
        matches!(question.no_share(), Some(NoShare::Unanswered { .. }))
    };
    let Some((deciding, share)) = lowest
        .and_then(|place| questions.get(place))
        .and_then(|question| Some((question, question.tally.share()?)))
    else {
        let any = |wanted: &dyn Fn(NoShare) -> bool| {
            let mut missing = questions.iter().filter_map(QuestionRating::no_share);
            missing.any(wanted)
        };
        return if any(&|missing| matches!(missing, NoShare::Unanswered { .. })) {
            "no answers yet"
        } else if any(&|missing| missing == NoShare::NoCases) {
            "no cases counted"
        } else {
            "no applicable cases"
        }
        .to_owned();
    };
    let unit = framework
        .samples
        .get(deciding.sample)
        .map_or("case", |sample| sample.unit.as_str());
    let mut parts = vec![format!(
        "lowest is {}, {}% of {}",
        deciding.number,
        share.percent(),
        count_of(share.whole(), unit)
    )];
    let numbers = |wanted: &dyn Fn(&&QuestionRating) -> bool| -> Vec<&str> {
        let chosen = questions.iter().filter(|question| wanted(question));
        chosen.map(|question| question.number.as_str()).collect()
    };
    let silent = numbers(&|question| unanswered(question));
    if !silent.is_empty() {
        parts.push(format!("{} no answers", list_have(&silent)));
    }
    let inapplicable = numbers(&|question| question.no_share().is_some() && !unanswered(question));
    if !inapplicable.is_empty() {
        parts.push(format!("{} no applicable cases", list_have(&inapplicable)));
    }
    parts.join("; ")
}

/// What people did to the rating that the key questions gave.
pub(super) fn panel_reason(
    framework: &Framework,
    computed: Option<Rating>,
    judged: Rating,
    because: &str,
) -> String {
    match computed {
        None => format!(
            "the panel's {} moves nothing: {because}",
            framework.scale.title(judged)
        ),
        Some(computed) if computed == judged => format!("panel confirmed it: {because}"),
        Some(computed) => format!(
            "panel moved it from {}: {because}",
            framework.scale.title(computed)
        ),
    }
}

/// `19 of 30 points over 10 standards; 2.1 is not rated`.
pub(super) fn points_reason(score: Score, rated_count: u64, unrated: &[&StandardRating]) -> String {
    let total = format!(
        "{} of {} {} over {}",
        figure(score.earned),
        figure(score.max),
        if score.max == Decimal::ONE {
            "point"
        } else {
            "points"
        },
        count_of(rated_count, "standard")
    );
    let numbers: Vec<&str> = unrated
        .iter()
        .map(|standard| standard.number.as_str())
        .collect();
    match numbers.len() {
        0 => total,
        1 => format!("{total}; {} is not rated", list(&numbers)),
        _ => format!("{total}; {} are not rated", list(&numbers)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_marked_and_agree_with_their_unit() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_000), "1,000");
        assert_eq!(count(12_345_678), "12,345,678");
        assert_eq!(count_of(1, "case"), "1 case");
        assert_eq!(count_of(0, "enquiry"), "0 enquiries");
        assert_eq!(count_of(2, "survey"), "2 surveys");
        assert_eq!(count_of(2, "search"), "2 searches");
    }

    #[test]
    fn lists_read_as_english() {
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["2.1"]), "2.1");
        assert_eq!(list(&["2.1", "2.2"]), "2.1 and 2.2");
        assert_eq!(list(&["2.1", "2.2", "2.3"]), "2.1, 2.2 and 2.3");
    }
}
