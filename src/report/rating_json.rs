//! The stable machine form of `rate --format json`: keys keep their names, nesting and order.
//!
//! A missing figure or rating is `null`. Keys of what a framework does not have (periods, measures, weights, moderation) are left out. Must not compute anything.

use super::heading::{Heading, illustrative_note, overtaken_notice};
use super::json::{ExactNumber, print_json};
use super::measures::{marks, measures_of};
use super::targets::{counted_measures, find_extremes};
use crate::framework::{Framework, Rating, Rule};
use crate::model::{Decimal, Problems};
use crate::rating::{
    InspectionRating, MeasureRating, QuestionRating, StandardRating, TargetCount, Trend,
};
use serde::Serialize;

#[derive(Serialize)]
struct InspectionForm<'a> {
    inspection: &'a str,
    provider: &'a str,
    /// Left out where the inspection has none.
    #[serde(skip_serializing_if = "str::is_empty")]
    period: &'a str,
    framework: &'a str,
    #[serde(flatten)]
    ratings: RatingsForm<'a>,
}

#[derive(Serialize)]
struct RatingsForm<'a> {
    overall: OverallForm<'a>,
    standards: Vec<StandardForm<'a>>,
    /// Notices and the sentence on indicative ratings; left out when there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

#[derive(Serialize)]
struct OverallForm<'a> {
    rating: Option<&'a str>,
    /// Null where there is no total: nothing is rated, or people judge the whole.
    points: Option<ExactNumber>,
    max_points: Option<ExactNumber>,
    /// Where the rule is weighted.
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<Option<ExactNumber>>,
    /// Where the rating may be given or moderated: what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_from: Option<Option<&'a str>>,
    /// Where the rating may be moderated: the proposal and what was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    moderation: Option<Option<ModerationForm<'a>>>,
    /// Where there are measures.
    #[serde(skip_serializing_if = "Option::is_none")]
    targets: Option<TargetsForm<'a>>,
    reason: &'a str,
}

#[derive(Serialize)]
struct StandardForm<'a> {
    number: &'a str,
    title: &'a str,
    rating: Option<&'a str>,
    judged: bool,
    moved_from: Option<&'a str>,
    discretion: &'a [String],
    questions: Vec<QuestionForm<'a>>,
    /// Where the framework has measures.
    #[serde(skip_serializing_if = "Option::is_none")]
    measures: Option<Vec<MeasureForm<'a>>>,
    reason: &'a str,
}

#[derive(Serialize)]
struct QuestionForm<'a> {
    number: &'a str,
    yes: u64,
    no: u64,
    not_applicable: u64,
    not_asked: u64,
    unanswered: u64,
    percent: Option<u64>,
    rating: Option<&'a str>,
    cases: u64,
}

/// One measure; its number is its id.
#[derive(Serialize)]
struct MeasureForm<'a> {
    number: &'a str,
    title: &'a str,
    unit: &'a str,
    value: Option<ExactNumber>,
    target: Option<ExactNumber>,
    national: Option<ExactNumber>,
    previous: Option<ExactNumber>,
    change: Option<ExactNumber>,
    met: Option<bool>,
    trend: Option<&'a str>,
    observations: Option<u64>,
    /// Letters as in files of measures: `p`, `r`, `z`.
    marks: Vec<&'a str>,
    rating: Option<&'a str>,
    taken_from: Option<&'a str>,
    reason: &'a str,
}

#[derive(Serialize)]
struct ModerationForm<'a> {
    proposed: &'a str,
    evidence: &'a str,
    /// The rating that it was to move; null where there was none.
    made_on: Option<&'a str>,
    /// Null while it is open, and so is the reason.
    accepted: Option<bool>,
    because: Option<&'a str>,
}

#[derive(Serialize)]
struct TargetsForm<'a> {
    measures: usize,
    with_target: u64,
    met: u64,
    comparable: u64,
    improved: u64,
    declined: u64,
    largest_rise: Vec<ChangeForm<'a>>,
    largest_fall: Vec<ChangeForm<'a>>,
}

#[derive(Serialize)]
struct ChangeForm<'a> {
    measure: &'a str,
    change: Option<ExactNumber>,
}

#[derive(Serialize)]
struct GroupsForm<'a> {
    by: &'a str,
    groups: Vec<GroupForm<'a>>,
}

#[derive(Serialize)]
struct GroupForm<'a> {
    value: &'a str,
    #[serde(flatten)]
    inspection: InspectionForm<'a>,
}

/// The ratings of an inspection as one JSON object:
/// `inspection`, `provider`, `framework`, `overall` and `standards` with their `questions` and `measures`.
///
/// # Errors
/// Only when the text cannot be built in memory.
pub fn write_rating_json(
    framework: &Framework,
    rating: &InspectionRating,
    heading: &Heading,
) -> Result<String, Problems> {
    print_json(&inspection_form(framework, rating, heading))
}

/// The ratings of each group: `{"by": …, "groups": [{"value": …, and the same keys as for an inspection}]}`.
///
/// # Errors
/// Only when the text cannot be built in memory.
pub fn write_rating_by_json(
    framework: &Framework,
    by: &str,
    groups: &[(String, InspectionRating)],
    heading: &Heading,
) -> Result<String, Problems> {
    let groups = groups
        .iter()
        .map(|(value, rating)| GroupForm {
            value,
            inspection: inspection_form(framework, rating, heading),
        })
        .collect();
    print_json(&GroupsForm { by, groups })
}

fn inspection_form<'a>(
    framework: &'a Framework,
    rating: &'a InspectionRating,
    heading: &'a Heading,
) -> InspectionForm<'a> {
    InspectionForm {
        inspection: &heading.inspection,
        provider: &heading.provider,
        period: &heading.period,
        framework: &framework.id,
        ratings: RatingsForm {
            overall: overall_form(framework, rating),
            standards: rating
                .standards
                .iter()
                .map(|standard| standard_form(framework, rating, standard))
                .collect(),
            notes: heading
                .notes()
                .into_iter()
                .chain(overtaken_notice(framework, rating, heading))
                .chain(illustrative_note(framework, [rating]))
                .collect(),
        },
    }
}

fn overall_form<'a>(framework: &'a Framework, rating: &'a InspectionRating) -> OverallForm<'a> {
    let rule = framework.overall;
    let title = |rating: Rating| framework.scale.title(rating);
    let overall = rating.overall.as_ref();
    let points = |figure: Decimal| ExactNumber(figure.normalize());
    OverallForm {
        rating: overall.map(|overall| title(overall.rating)),
        points: rating.score.map(|score| points(score.earned)),
        max_points: rating.score.map(|score| points(score.max)),
        percent: (rule.rule == Rule::WeightedShare).then(|| {
            rating
                .score
                .and_then(|score| score.percent)
                .map(ExactNumber)
        }),
        moved_from: (rule.given || rule.moderation)
            .then(|| overall.and_then(|overall| overall.moved_from).map(title)),
        moderation: rule.moderation.then(|| {
            let moderation = rating.moderation.as_ref()?;
            let decision = moderation.decision.as_ref();
            Some(ModerationForm {
                proposed: title(moderation.proposed),
                evidence: &moderation.evidence,
                made_on: moderation.made_on.map(title),
                accepted: decision.map(|decision| decision.accepted),
                because: decision.map(|decision| decision.because.as_str()),
            })
        }),
        targets: (!framework.measures.is_empty())
            .then(|| targets_form(rating.targets, &counted_measures(framework, rating))),
        reason: &rating.overall_reason,
    }
}

fn targets_form<'a>(targets: TargetCount, measures: &[&'a MeasureRating]) -> TargetsForm<'a> {
    let extremes = find_extremes(measures);
    let changes = |measures: Vec<&'a MeasureRating>| {
        let change = |measure: &'a MeasureRating| ChangeForm {
            measure: &measure.id,
            change: measure.change.map(ExactNumber),
        };
        measures.into_iter().map(change).collect()
    };
    TargetsForm {
        measures: measures.len(),
        with_target: targets.with_target,
        met: targets.met,
        comparable: targets.comparable,
        improved: targets.improved,
        declined: targets.declined,
        largest_rise: changes(extremes.rise),
        largest_fall: changes(extremes.fall),
    }
}

fn measure_form<'a>(framework: &'a Framework, measure: &'a MeasureRating) -> MeasureForm<'a> {
    MeasureForm {
        number: &measure.id,
        title: &measure.title,
        unit: &measure.unit,
        value: measure.value.map(ExactNumber),
        target: measure.target.map(ExactNumber),
        national: measure.national.map(ExactNumber),
        previous: measure.previous.map(ExactNumber),
        change: measure.change.map(ExactNumber),
        met: measure.met,
        trend: measure.trend.map(|trend| match trend {
            Trend::Improved => "improved",
            Trend::Declined => "declined",
            Trend::Unchanged => "unchanged",
        }),
        observations: measure.observations,
        marks: marks(framework, measure)
            .iter()
            .map(|mark| mark.code.trim_matches(['[', ']']))
            .collect(),
        rating: measure.rating.map(|rating| framework.scale.title(rating)),
        taken_from: Some(measure.taken_from.as_str()).filter(|words| !words.is_empty()),
        reason: &measure.reason,
    }
}

fn standard_form<'a>(
    framework: &'a Framework,
    rating: &'a InspectionRating,
    standard: &'a StandardRating,
) -> StandardForm<'a> {
    let title = |rating: Rating| framework.scale.title(rating);
    let measures = || measures_of(framework, rating, &standard.number).into_iter();
    StandardForm {
        number: &standard.number,
        title: &standard.title,
        rating: standard.rating.map(title),
        judged: standard.judged,
        moved_from: standard.moved_from.map(title),
        discretion: &standard.discretion,
        questions: standard
            .questions
            .iter()
            .map(|question| question_form(framework, question))
            .collect(),
        measures: (!framework.measures.is_empty()).then(|| {
            measures()
                .map(|measure| measure_form(framework, measure))
                .collect()
        }),
        reason: &standard.reason,
    }
}

fn question_form<'a>(framework: &'a Framework, question: &'a QuestionRating) -> QuestionForm<'a> {
    let tally = question.tally;
    QuestionForm {
        number: &question.number,
        yes: tally.yes,
        no: tally.no,
        not_applicable: tally.not_applicable,
        not_asked: tally.not_asked,
        unanswered: tally.unanswered,
        percent: question.percent,
        rating: question.rating.map(|rating| framework.scale.title(rating)),
        cases: question.cases,
    }
}

#[cfg(test)]
mod tests;
