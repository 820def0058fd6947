//! The footnotes of the annex: sub-samples, missing figures, moved and unrated standards, moderation.
//! Questions with the same words share a note. Must not know how notes are numbered (`table`).

use super::table::Symbol;
use crate::framework::{Framework, Over, Rating, Standard};
use crate::rating::{InspectionRating, Moderation, NoShare, QuestionRating, StandardRating, words};

/// Words that several questions share, with the numbers of those questions.
struct Shared(Vec<(String, Vec<String>)>);

impl Shared {
    fn of(pairs: impl Iterator<Item = (String, String)>) -> Shared {
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for (words, number) in pairs {
            match groups.iter_mut().find(|(known, _)| *known == words) {
                Some((_, numbers)) => numbers.push(number),
                None => groups.push((words, vec![number])),
            }
        }
        Shared(groups)
    }

    /// The words of this question and the numbers of all that share them.
    fn find(&self, number: &str) -> Option<(&str, Vec<&str>)> {
        let (words, numbers) = self
            .0
            .iter()
            .find(|(_, numbers)| numbers.iter().any(|known| known == number))?;
        Some((words, numbers.iter().map(String::as_str).collect()))
    }
}

/// What the notes of one table say about its questions.
pub(super) struct Footnotes {
    subsamples: Shared,
    missing: Shared,
}

impl Footnotes {
    /// Gathers the notes of these standards, each with its rating.
    pub(super) fn gather(
        framework: &Framework,
        standards: &[(&Standard, &StandardRating)],
    ) -> Footnotes {
        let questions = standards
            .iter()
            .flat_map(|(standard, _)| &standard.key_questions);
        let subsamples = questions
            .filter(|question| !question.subsample.is_empty())
            .map(|question| (question.subsample.clone(), question.number.clone()));
        let missing = standards
            .iter()
            .flat_map(|(_, rating)| &rating.questions)
            .filter_map(|question| {
                Some((
                    missing_reason(framework, question)?.1,
                    question.number.clone(),
                ))
            });
        Footnotes {
            subsamples: Shared::of(subsamples),
            missing: Shared::of(missing),
        }
    }

    /// The notes of one question, as sentences without full stop.
    pub(super) fn of_question(&self, number: &str) -> Vec<String> {
        let subsample = self
            .subsamples
            .find(number)
            .map(|(words, numbers)| subsample_note(words, &numbers));
        let missing = self
            .missing
            .find(number)
            .map(|(words, numbers)| format!("{}: {words}", words::list(&numbers)));
        subsample.into_iter().chain(missing).collect()
    }
}

/// In the words of the published annexes.
fn subsample_note(words: &str, numbers: &[&str]) -> String {
    let subject = match numbers {
        [only] => format!("The percentage relating to question {only} is"),
        numbers => format!(
            "Percentages relating to questions {} are",
            words::list(numbers)
        ),
    };
    format!(
        "{subject} calculated for the relevant sub-sample – that is, {words}, rather than for the total inspected sample"
    )
}

/// Why a question has no percentage, and the symbol for it; `None` when it has one.
pub(super) fn missing_reason(
    framework: &Framework,
    question: &QuestionRating,
) -> Option<(Symbol, String)> {
    let unit = framework
        .samples
        .get(question.sample)
        .map_or("case", |sample| sample.unit.as_str());
    Some(match question.no_share()? {
        NoShare::NoCases => (Symbol::NOT_AVAILABLE, format!("no {}", words::plural(unit))),
        NoShare::NotApplicable => (
            Symbol::NOT_APPLICABLE,
            format!("no applicable {}", words::plural(unit)),
        ),
        NoShare::Unanswered { asked } => {
            let said = if question.tally.not_applicable > 0 {
                "answered yes or no"
            } else {
                "answered"
            };
            let asked = words::count_of(asked, unit);
            (
                Symbol::NOT_AVAILABLE,
                format!("asked in {asked}, {said} in none"),
            )
        }
    })
}

/// What is to be said about a standard itself: that a panel moved it, that it is unrated.
pub(super) fn standard_note(framework: &Framework, standard: &StandardRating) -> Option<String> {
    let name = format!("{} {}", standard.number, standard.title);
    match (standard.rating, standard.moved_from) {
        (None, _) if !can_rate(framework, standard) => Some(format!("{name}: {}", standard.reason)),
        (None, _) => Some(format!("{name} is not rated: {}", standard.reason)),
        (Some(rating), Some(computed)) => Some(format!(
            "{name}: the ratings panel moved it from {} to {}: {}",
            framework.scale.title(computed),
            framework.scale.title(rating),
            standard.because.as_deref().unwrap_or_default()
        )),
        (Some(_), None) => None,
    }
}

/// Whether the framework can give a standard a rating: one that only groups its parts, or counts their targets, has none to give.
pub(super) fn can_rate(framework: &Framework, standard: &StandardRating) -> bool {
    let stated = framework.standard(&standard.number);
    stated.is_none_or(|stated| framework.can_rate(stated))
}

/// What was done to the overall rating: that it differs from what the rules give, and each step of its moderation. Both ratings
/// are named.
pub(super) fn overall_notes(framework: &Framework, rating: &InspectionRating) -> Vec<String> {
    let title = |rating: Rating| framework.scale.title(rating);
    let Some(overall) = &rating.overall else {
        return Vec::new();
    };
    let accepted = |moderation: &&Moderation| {
        let decision = moderation.decision.as_ref();
        decision.is_some_and(|decision| decision.accepted)
    };
    let moderation = rating.moderation.as_ref();
    let mut notes = Vec::new();
    if let (Some(computed), None) = (overall.moved_from, moderation.filter(accepted)) {
        notes.push(format!(
            "Overall: {} was recorded; the rules of the framework give {}",
            title(overall.rating),
            title(computed)
        ));
    }
    notes.extend(moderation.map(|moderation| {
        let before = title(overall.unmoderated);
        let (to, evidence) = (title(moderation.proposed), &moderation.evidence);
        match &moderation.decision {
            None => format!("Overall: moderation from {before} to {to} is proposed: {evidence}"),
            Some(decision) if decision.accepted => format!(
                "Overall: moderation moved it from {before} to {to}: {evidence}; accepted: {}",
                decision.because
            ),
            Some(decision) => format!(
                "Overall: moderation from {before} to {to} was proposed and declined: {evidence}; declined: {}",
                decision.because
            ),
        }
    }));
    notes.extend(overtaken_note(framework, rating).map(|note| format!("Overall: {note}")));
    notes
}

/// That the figures have changed since the overall rating was moderated; `None` where they give what they gave then, or where
/// there was no moderation.
pub(super) fn overtaken_note(framework: &Framework, rating: &InspectionRating) -> Option<String> {
    let title = |rating: Option<Rating>| match rating {
        Some(rating) => framework.scale.title(rating),
        None => "no rating",
    };
    let [made_on, now] = rating.moderation_overtaken()?.map(title);
    Some(format!(
        "moderation was proposed when the figures gave {made_on}; they give {now} now"
    ))
}

/// On how many of the parts that are counted a computed overall rating rests; `None` where it rests on all of them, or on none.
/// It names nobody: whoever is rated on as many shares it.
pub(super) fn partly_rated_note(
    framework: &Framework,
    rating: &InspectionRating,
) -> Option<String> {
    let overall = rating.overall.as_ref()?;
    let (rated, counted) = (overall.rated_count, overall.counted_count);
    if rated == 0 || rated >= counted || !framework.overall.rule.combines_ratings() {
        return None;
    }
    let has_questions = !framework.samples.is_empty();
    let parts = match (framework.overall.over, framework.measures.is_empty()) {
        (Over::Standards, _) => "standards",
        (Over::Measures, true) => "key questions",
        (Over::Measures, false) if has_questions => "key questions and measures",
        (Over::Measures, false) => "measures",
    };
    Some(format!(
        "The overall rating rests on {rated} of {counted} {parts}"
    ))
}

/// Whether an unrated standard cannot have a rating, or has none yet.
pub(super) fn unrated_symbol(standard: &StandardRating) -> Symbol {
    let cannot = !standard.judged
        && !standard.questions.is_empty()
        && standard
            .questions
            .iter()
            .all(|question| question.no_share() == Some(NoShare::NotApplicable));
    if cannot {
        Symbol::NOT_APPLICABLE
    } else {
        Symbol::NOT_AVAILABLE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_question_and_several_read_as_english() {
        assert!(
            subsample_note("cases at risk", &["2.2.3"])
                .starts_with("The percentage relating to question 2.2.3 is")
        );
        assert_eq!(
            subsample_note("cases at risk", &["2.2.3", "2.3.3", "2.4.3"]),
            "Percentages relating to questions 2.2.3, 2.3.3 and 2.4.3 are calculated for the relevant sub-sample – that is, \
             cases at risk, rather than for the total inspected sample"
        );
    }

    #[test]
    fn questions_with_the_same_words_share_them() {
        let pairs = [("a", "1"), ("b", "2"), ("a", "3")]
            .map(|(words, number)| (words.to_owned(), number.to_owned()));
        let shared = Shared::of(pairs.into_iter());
        assert_eq!(shared.find("3"), Some(("a", vec!["1", "3"])));
        assert_eq!(shared.find("2"), Some(("b", vec!["2"])));
        assert_eq!(shared.find("4"), None);
    }
}
