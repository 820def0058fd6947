//! Reads weights, and checks that each counts somewhere and that they add up to the total that the file states.
//!
//! Must not know how a weighted share is made (`rating`).

use super::collect::{Collector, Span};
use super::origins::Origins;
use super::raw::Table;
use super::sums::mark;
use super::{Framework, Grading, Over, Rule};
use crate::model::{Code, Decimal};

/// So far above any weight in use that sums of weights times points are exact.
const MOST_WEIGHT: u64 = 1_000_000;
const MOST_DECIMALS: u32 = 4;

/// Reads `weight`: how much a part counts, and where that is written. A weight of 1 is what silence means, written or not,
/// and so has no place that it could be wrong at.
pub(super) fn check_weight(
    table: Table<'_>,
    problems: &mut Collector<'_>,
) -> (Decimal, Option<Span>) {
    let weight = check_positive(table, "weight", problems).unwrap_or(Decimal::ONE);
    let written = table.get("weight").filter(|_| weight != Decimal::ONE);
    (weight, written.map(|value| value.span))
}

/// A number above 0; `None` when it is left out or wrong.
fn check_positive(table: Table<'_>, key: &str, problems: &mut Collector<'_>) -> Option<Decimal> {
    let value = table.get(key)?;
    let weight = value.decimal(problems)?;
    let wrong = if weight <= Decimal::ZERO {
        "not above 0".to_owned()
    } else if weight > Decimal::from(MOST_WEIGHT) {
        format!("over {MOST_WEIGHT}")
    } else if weight.normalize().scale() > MOST_DECIMALS {
        format!("finer than {MOST_DECIMALS} decimals")
    } else {
        return Some(weight);
    };
    let what = format!("{key} is {weight}, {wrong}");
    let remedy = "write a number above 0, such as 2 or 0.5";
    problems.add(Code::WrongWeight, value.span, what, remedy);
    None
}

/// Reports weights that no weighted rule takes into account, and weights that do not add up to `weights_total`.
pub(super) fn check_weights(
    root: Table<'_>,
    framework: &Framework,
    origins: &Origins<'_>,
    problems: &mut Collector<'_>,
) {
    let overall = root
        .get("overall")
        .and_then(|value| value.as_table("[overall]"));
    let total = overall.and_then(|table| {
        let total = check_positive(table, "weights_total", problems)?;
        Some((total, table.get("weights_total")?.span))
    });
    let unclear = [
        Code::UnknownRule,
        Code::UnknownMeasure,
        Code::UnusedMeasure,
        Code::UnknownStandard,
        Code::WrongWeight,
    ];
    let over = overall.and_then(|table| table.get("over"));
    let is_over_wrong = over.is_some_and(|value| problems.has_within(value.span));
    if is_over_wrong || unclear.into_iter().any(|code| problems.has(code)) {
        return;
    }
    let mut in_whole = vec![false; framework.standards.len()];
    mark(&mut in_whole, &framework.below_whole().standards);
    let spans = uncovered(framework, origins, &in_whole);
    let is_weighted = framework.overall.rule == Rule::WeightedShare;
    let uncounted = uncounted_weights(framework, origins, &in_whole);
    let (left_out, others): (Vec<Span>, Vec<Span>) = spans
        .into_iter()
        .partition(|span| is_weighted && uncounted.contains(span));
    if let Some(span) = left_out.iter().min() {
        let what = match left_out.len() {
            1 => "this weight counts nowhere: its standard is not counted".to_owned(),
            count => format!(
                "this weight and {} more count nowhere: their standards are not counted",
                count - 1
            ),
        };
        let remedy = "leave these weights out, or take counted = false away";
        problems.add(Code::WrongWeight, *span, what, remedy);
    }
    for span in others {
        let what = "this weight counts nowhere: no rule that covers it is weighted-share";
        let remedy = "leave weight out, or write rule = \"weighted-share\" where it shall count";
        problems.add(Code::WrongWeight, span, what, remedy);
    }
    if let Some((total, span)) = total {
        check_total(framework, total, span, problems);
    }
}

/// The weights that would count in the whole if their standards did.
fn uncounted_weights(framework: &Framework, origins: &Origins<'_>, in_whole: &[bool]) -> Vec<Span> {
    let mut measures = vec![false; framework.measures.len()];
    let mut spans = Vec::new();
    let standards = framework.standards.iter().zip(&origins.standards);
    for ((standard, origin), counts) in standards.zip(in_whole) {
        match framework.overall.over {
            Over::Measures if !counts => {
                mark(&mut measures, &standard.measures);
                spans.extend(origin.question_weights.iter().flatten());
            }
            Over::Standards if !standard.counted => spans.extend(origin.weight),
            _ => {}
        }
    }
    let measures = origins.measures.iter().zip(measures);
    spans.extend(measures.filter_map(|(origin, is_left)| origin.weight.filter(|_| is_left)));
    spans
}

/// Every weight that is written and that no weighted rule covers.
fn uncovered(framework: &Framework, origins: &Origins<'_>, in_whole: &[bool]) -> Vec<Span> {
    let is_overall = |over: Over| {
        framework.overall.rule == Rule::WeightedShare && framework.overall.over == over
    };
    let mut measures = vec![false; framework.measures.len()];
    let mut standards = vec![false; framework.standards.len()];
    let mut spans = Vec::new();
    for ((place, standard), origin) in framework
        .standards
        .iter()
        .enumerate()
        .zip(&origins.standards)
    {
        let in_standard = standard.rule == Rule::WeightedShare;
        if in_standard || (is_overall(Over::Measures) && in_whole.get(place) == Some(&true)) {
            mark(&mut measures, &standard.measures);
        } else {
            spans.extend(origin.question_weights.iter().flatten());
        }
        if in_standard {
            mark(&mut standards, &standard.sums_up);
        }
        if is_overall(Over::Standards) && standard.counted {
            mark(&mut standards, &[place]);
        }
    }
    let measures = origins
        .measures
        .iter()
        .map(|origin| origin.weight)
        .zip(measures);
    let standards = origins
        .standards
        .iter()
        .map(|origin| origin.weight)
        .zip(standards);
    let parts = measures.chain(standards);
    spans.extend(parts.filter_map(|(weight, is_covered)| weight.filter(|_| !is_covered)));
    spans
}

fn check_total(framework: &Framework, total: Decimal, span: Span, problems: &mut Collector<'_>) {
    if framework.overall.rule != Rule::WeightedShare {
        let what = "weights_total without a weighted overall rating";
        let remedy = "leave it out, or write rule = \"weighted-share\"";
        problems.add(Code::WrongWeight, span, what, remedy);
        return;
    }
    let sum: Decimal = match framework.overall.over {
        Over::Standards => weights_of_standards(framework),
        Over::Measures => weights_of_leaves(framework),
    };
    if sum != total {
        let (sum, total) = (sum.normalize(), total.normalize());
        let what = format!("the weights add up to {sum}, not to {total}");
        let remedy = "correct a weight, or the total";
        problems.add(Code::WrongWeight, span, what, remedy);
    }
}

/// All weights of the counted standards that can have a rating.
fn weights_of_standards(framework: &Framework) -> Decimal {
    let standards = framework.standards.iter();
    let counted = standards.filter(|standard| standard.counted && framework.can_rate(standard));
    counted.map(|standard| standard.weight).sum()
}

/// All weights of the key questions and graded measures of the standards that count in the whole, each once.
fn weights_of_leaves(framework: &Framework) -> Decimal {
    let below = framework.below_whole();
    let measures = below.measures.iter();
    let measures = measures.filter_map(|place| framework.measures.get(*place));
    let graded = measures.filter(|measure| measure.grading != Grading::None);
    let standards = below.standards.iter();
    let standards = standards.filter_map(|place| framework.standards.get(*place));
    let rated = standards.filter(|standard| standard.rule != Rule::Judged);
    let questions = rated.flat_map(|standard| &standard.key_questions);
    let asked = questions.filter(|question| question.asked_of.is_some());
    let of_questions: Decimal = asked.map(|question| question.weight).sum();
    graded.map(|measure| measure.weight).sum::<Decimal>() + of_questions
}
