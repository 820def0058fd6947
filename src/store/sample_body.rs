//! The bodies of entries about populations and draws. Must not know what these changes do to the state.

use super::body::{json, parse};
use crate::model::{Change, CodedColumn, DrawnCase, DrawnGroup, DrawnSample, Population};

/// A change to which cases there are, or who may assess them.
pub(super) fn decode_of_sample(kind: &str, body: &str) -> Option<Change> {
    match kind {
        "population" => decode_population(body),
        "draw" => decode_draw(body),
        "undo-draw" => {
            let (sample,) = parse(body)?;
            Some(Change::UndoDraw { sample })
        }
        "call-up" => {
            let (sample, reference, replaces) = parse(body)?;
            Some(Change::CallUpReserve {
                sample,
                reference,
                replaces,
            })
        }
        "interest" => {
            let (assessor, reference, officer, holds) = parse(body)?;
            Some(Change::DeclareInterest {
                assessor,
                reference,
                officer,
                holds,
            })
        }
        _ => None,
    }
}

/// Sample, columns, number of rows, exclusions, references, and values and digits of each piece of case information.
type PopulationBody = (
    String,
    Vec<(String, String)>,
    u64,
    Vec<(String, u64)>,
    String,
    Vec<(Vec<String>, String)>,
);

pub(super) fn encode_population(population: &Population) -> String {
    let information = population.information.iter();
    let information: Vec<(&[String], &str)> = information
        .map(|column| (column.values.as_slice(), column.digits.as_str()))
        .collect();
    json(&(
        &population.sample,
        &population.columns,
        population.rows_count,
        &population.exclusions,
        &population.references,
        information,
    ))
}

fn decode_population(body: &str) -> Option<Change> {
    let (sample, columns, rows_count, exclusions, references, information): PopulationBody =
        parse(body)?;
    let information = information.into_iter();
    let population = Population {
        sample,
        columns,
        rows_count,
        exclusions,
        references,
        information: information
            .map(|(values, digits)| CodedColumn { values, digits })
            .collect(),
    };
    let cases_count = population.cases_count();
    let is_sound = population
        .information
        .iter()
        .all(|column| column.is_sound(cases_count));
    is_sound.then_some(Change::ImportPopulation(population))
}

/// Depth, code, and the numbers in the order of their steps.
type GroupBody = (u64, String, [u64; 5]);
/// Reference, stratum and unit.
type CaseBody = (String, String, String);
/// Sample, seed, size, wanted and population; groups; selected cases; reserves.
type DrawBody = (
    (String, String, u64, u64, u64),
    Vec<GroupBody>,
    Vec<CaseBody>,
    Vec<CaseBody>,
);

pub(super) fn encode_draw(drawn: &DrawnSample) -> String {
    let groups = drawn.groups.iter().map(|group| {
        let numbers = [
            group.available,
            group.initial,
            group.with_buffer,
            group.after_rounding,
            group.after_limit,
        ];
        (group.depth, &group.code, numbers)
    });
    let groups: Vec<_> = groups.collect();
    let cases = |cases: &[DrawnCase]| -> String {
        let cases = cases.iter();
        let cases: Vec<_> = cases
            .map(|case| (&case.reference, &case.stratum, &case.unit))
            .collect();
        json(&cases)
    };
    let head = (
        &drawn.sample,
        &drawn.seed,
        drawn.size,
        drawn.wanted,
        drawn.population,
    );
    format!(
        "[{},{},{},{}]",
        json(&head),
        json(&groups),
        cases(&drawn.selected),
        cases(&drawn.reserves)
    )
}

fn decode_draw(body: &str) -> Option<Change> {
    let (head, groups, selected, reserves): DrawBody = parse(body)?;
    let (sample, seed, size, wanted, population) = head;
    let group = |(depth, code, numbers): GroupBody| {
        let [available, initial, with_buffer, after_rounding, after_limit] = numbers;
        DrawnGroup {
            depth,
            code,
            available,
            initial,
            with_buffer,
            after_rounding,
            after_limit,
        }
    };
    let case = |(reference, stratum, unit): CaseBody| DrawnCase {
        reference,
        stratum,
        unit,
    };
    Some(Change::DrawSample(DrawnSample {
        sample,
        seed,
        size,
        wanted,
        population,
        groups: groups.into_iter().map(group).collect(),
        selected: selected.into_iter().map(case).collect(),
        reserves: reserves.into_iter().map(case).collect(),
    }))
}
