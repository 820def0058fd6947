//! Reads weights, and checks that each counts somewhere and that they add up to the total that the file states.
//!
//! Must not know how a weighted share is made (`rating`).

use super::collect::{Collector, Span};
use super::origins::Origins;
use super::raw::Table;
use super::{Framework, Over, Rule};
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
        Code::UnknownStandard,
        Code::WrongWeight,
    ];
    if unclear.into_iter().any(|code| problems.has(code)) {
        return;
    }
    for span in uncovered(framework, origins) {
        let what = "this weight counts nowhere: no rule that covers it is weighted-share";
        let remedy = "leave weight out, or write rule = \"weighted-share\" where it shall count";
        problems.add(Code::WrongWeight, span, what, remedy);
    }
    if let Some((total, span)) = total {
        check_total(framework, total, span, problems);
    }
}

/// Every weight that is written and that no weighted rule covers.
fn uncovered(framework: &Framework, origins: &Origins<'_>) -> Vec<Span> {
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
        if in_standard || (is_overall(Over::Measures) && standard.counted) {
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

fn mark(covered: &mut [bool], places: &[usize]) {
    for place in places {
        if let Some(is_covered) = covered.get_mut(*place) {
            *is_covered = true;
        }
    }
}

fn check_total(framework: &Framework, total: Decimal, span: Span, problems: &mut Collector<'_>) {
    if framework.overall.rule != Rule::WeightedShare {
        let what = "weights_total without a weighted overall rating";
        let remedy = "leave it out, or write rule = \"weighted-share\"";
        problems.add(Code::WrongWeight, span, what, remedy);
        return;
    }
    let sum: Decimal = overall_weights(framework).into_iter().sum();
    if sum != total {
        let what = format!(
            "the weights add up to {}, not to {}",
            sum.normalize(),
            total.normalize()
        );
        let remedy = "correct a weight, or the total";
        problems.add(Code::WrongWeight, span, what, remedy);
    }
}

/// The weights of the parts of the overall rating.
fn overall_weights(framework: &Framework) -> Vec<Decimal> {
    let counted = || {
        framework
            .standards
            .iter()
            .filter(|standard| standard.counted)
    };
    if framework.overall.over == Over::Standards {
        return counted().map(|standard| standard.weight).collect();
    }
    let mut is_counted = vec![false; framework.measures.len()];
    counted().for_each(|standard| mark(&mut is_counted, &standard.measures));
    let measures = framework.measures.iter().zip(is_counted);
    let measures = measures.filter_map(|(measure, counts)| counts.then_some(measure.weight));
    let questions = counted().flat_map(|standard| &standard.key_questions);
    let asked = questions.filter(|question| question.asked_of.is_some());
    measures
        .chain(asked.map(|question| question.weight))
        .collect()
}
