//! What is kept of an extract, looked at before it is: whether a column holds what the map says, as far as a program can tell, and the
//! first values, by which a person can.
//!
//! Must not know how an extract is read.

use crate::exchange::Extract;
use crate::framework::Sample;
use crate::model::{AttributeKind, Code, Place, Problem};

/// A column of an extract that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptColumn {
    /// Its name in the extract.
    pub column: String,
    /// What it holds: `reference`, or the id of case information.
    pub holds: String,
    /// The first three values that differ.
    pub values: Vec<String>,
}

const VALUES_SHOWN: usize = 3;

/// The columns of an extract that are kept, each with its first values.
pub(super) fn list_kept(sample: &Sample, extract: &Extract) -> Vec<KeptColumn> {
    let first = |values: &[String]| values.iter().take(VALUES_SHOWN).cloned().collect();
    let reference = KeptColumn {
        column: extract.reference_column.clone(),
        holds: "reference".to_owned(),
        values: first(&extract.references),
    };
    let information = extract.information.iter().map(|column| KeptColumn {
        column: column.name.clone(),
        holds: id_of(sample, column.attribute).to_owned(),
        values: first(&column.values),
    });
    std::iter::once(reference).chain(information).collect()
}

/// Dates of which more than half lie so many years back are dates of birth rather than starts of work on a case.
const YEARS_BACK: u32 = 20;

/// Problems of columns of dates that look like dates of birth, which would be kept. `today` as `2018-10-08`.
pub(super) fn find_births(
    sample: &Sample,
    extract: &Extract,
    (file, today): (&str, &str),
) -> Vec<Problem> {
    let Some((year, day)) = today.split_once('-') else {
        return Vec::new();
    };
    let year = year.parse::<u32>().unwrap_or(0).saturating_sub(YEARS_BACK);
    let limit = format!("{year:04}-{day}");
    let mut problems = Vec::new();
    for column in &extract.information {
        let attribute = sample.questions.attributes.get(column.attribute);
        if attribute.is_none_or(|attribute| attribute.kind != AttributeKind::Date) {
            continue;
        }
        let is_early: Vec<bool> = column.values.iter().map(|date| *date < limit).collect();
        let places = column.numbers.iter();
        let places = places.filter_map(|number| is_early.get((*number as usize).checked_sub(1)?));
        let (early, all) = places.fold((0_u64, 0_u64), |(early, all), is_early| {
            (early + u64::from(*is_early), all + 1)
        });
        if early * 2 <= all {
            continue;
        }
        let id = id_of(sample, column.attribute);
        let what = format!(
            "{early} of {all} dates of {id} lie more than {YEARS_BACK} years back, as dates of birth do"
        );
        let remedy = format!("check which column is {id}; dates of birth are date_of_birth");
        let problem = Problem::new(Code::UnknownValue, what, remedy);
        problems.push(problem.at(Place::of(file)));
    }
    problems
}

fn id_of(sample: &Sample, attribute: usize) -> &str {
    let attribute = sample.questions.attributes.get(attribute);
    attribute.map_or("", |attribute| attribute.id.as_str())
}
