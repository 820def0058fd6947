//! A population as the record keeps it, from the rows of an extract that are eligible; and whether it is there already.
//!
//! Must not know which rows are eligible.

use super::inspections::Inspection;
use super::population::count;
use crate::exchange::Extract;
use crate::framework::Sample;
use crate::model::{CodedColumn, Population, Problems};
use crate::store::{Eligible, PopulationRow, Reader};

/// What is recorded of an extract: the rows that are kept, in the order of their references.
pub(super) fn encode(
    sample: &Sample,
    extract: &Extract,
    mut kept: Vec<usize>,
    columns: Vec<(String, String)>,
    exclusions: Vec<(String, u64)>,
) -> Population {
    // As the record orders references, capitals or not.
    kept.sort_by_cached_key(|row| extract.references[*row].to_ascii_lowercase());
    let references = kept.iter().map(|row| extract.references[*row].as_str());
    let references = references.flat_map(|reference| [reference, " "]).collect();
    let attributes = extract.information.iter().map(|column| column.attribute);
    let known = attributes.max().map_or(0, |last| last + 1);
    let mut information = vec![CodedColumn::new(Vec::new(), kept.iter().map(|_| 0)); known];
    for column in &extract.information {
        let (values, numbers) = renumber(&column.values, &column.numbers, &kept);
        information[column.attribute] = CodedColumn::new(values, numbers.into_iter());
    }
    Population {
        sample: sample.id.clone(),
        columns,
        rows_count: count(extract.references.len()),
        exclusions,
        references,
        information,
    }
}

/// The values that the kept rows have, in alphabetic order, and the number of each row: whatever the order of the rows, the
/// same population is the same text.
fn renumber(values: &[String], numbers: &[u32], kept: &[usize]) -> (Vec<String>, Vec<usize>) {
    let number = |row: &usize| numbers.get(*row).map_or(0, |number| *number as usize);
    let mut is_used = vec![false; values.len() + 1];
    for row in kept {
        is_used[number(row)] = true;
    }
    let mut order: Vec<usize> = (1..=values.len()).filter(|place| is_used[*place]).collect();
    order.sort_unstable_by_key(|place| &values[place - 1]);
    let mut new = vec![0; values.len() + 1];
    for (place, old) in order.iter().enumerate() {
        new[*old] = place + 1;
    }
    let values = order.iter().map(|place| values[place - 1].clone());
    (
        values.collect(),
        kept.iter().map(|row| new[number(row)]).collect(),
    )
}

/// Whether the record holds exactly this population.
pub(super) fn is_recorded(
    reader: Reader<'_>,
    inspection: &Inspection,
    sample: usize,
    population: &Population,
) -> Result<bool, Problems> {
    let known = reader.populations(inspection.id)?;
    let is_known = known.iter().any(|row: &PopulationRow| {
        row.sample == sample
            && row.columns == population.columns
            && row.rows_count == population.rows_count
            && row.exclusions == population.exclusions
            && row.cases_count == count(population.cases_count())
    });
    if !is_known {
        return Ok(false);
    }
    let eligible = reader.eligible(inspection.id, sample)?;
    Ok(eligible.references().eq(population.cases()) && has_information(&eligible, population))
}

fn has_information(eligible: &Eligible, population: &Population) -> bool {
    (0..eligible.attributes_count()).all(|attribute| match population.information.get(attribute) {
        Some(column) => column.numbers().enumerate().all(|(case, number)| {
            let value = number
                .checked_sub(1)
                .and_then(|place| column.values.get(place));
            eligible.value(case, attribute) == value.map(String::as_str)
        }),
        None => (0..eligible.len()).all(|case| eligible.code(case, attribute) == 0),
    })
}
