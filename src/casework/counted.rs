//! The cases that count, as their draw sees them: each in its stratum, with the population that it was drawn from.
//!
//! Must not compute a figure, or know how a sample is drawn.

use std::collections::HashMap;

use super::inspections::Inspection;
use super::rating::RatingScope;
use crate::model::{Answer, Mark, Problems, Sheet};
use crate::statistics::Stratum;
use crate::store::{DrawRow, Reader, Store};

/// The counted cases of one sample.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct CountedSample {
    /// Cases of its population; `None` where no draw is recorded.
    pub(super) population: Option<u64>,
    /// Its strata. One of an unknown population, where no draw is recorded; else those of the draw from which a case counts, and
    /// last one of the cases that were not drawn, if there are any.
    pub(super) strata: Vec<CountedStratum>,
}

/// The counted cases of one stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CountedStratum {
    /// Cases from which it was drawn; `None` where nobody knows. Cases that were not drawn stand for nothing but themselves.
    pub(super) population: Option<u64>,
    /// Whether its cases were not drawn, but added by hand.
    pub(super) is_outside: bool,
    /// Their answers, in the order of their references.
    pub(super) sheets: Vec<Sheet>,
}

impl CountedStratum {
    /// What was answered to the question at a place of the sheets.
    pub(super) fn count_answers(&self, place: usize) -> Stratum {
        let count = |answer| {
            let marks = self.sheets.iter().map(|sheet| sheet.mark(place));
            marks.filter(|mark| *mark == Mark::InForce(answer)).count() as u64
        };
        Stratum {
            population: self.population,
            cases: self.sheets.len() as u64,
            yes: count(Answer::Yes),
            no: count(Answer::No),
        }
    }
}

/// The counted cases of each sample of the framework, in order.
///
/// # Errors
/// What the database reports; a record that does not fit its framework.
pub(super) fn load_counted(
    store: &Store,
    inspection: &Inspection,
    scope: RatingScope,
) -> Result<Vec<CountedSample>, Problems> {
    let reader = store.read();
    let samples = &inspection.edition.samples;
    let cases = reader.counted_cases(inspection.id, samples, scope.tally_scope())?;
    let mut sheets: Vec<Vec<(String, Sheet)>> = vec![Vec::new(); samples.len()];
    for case in cases {
        if let Some(sheets) = sheets.get_mut(case.sample) {
            sheets.push((case.reference.to_ascii_lowercase(), case.sheet));
        }
    }
    let draws = reader.draws(inspection.id)?;
    let counted = sheets.into_iter().enumerate().map(|(sample, sheets)| {
        match draws.iter().find(|draw| draw.sample == sample) {
            Some(draw) => sort_by_stratum(reader, draw, sheets),
            None => Ok(leave_undrawn(sheets)),
        }
    });
    counted.collect()
}

fn leave_undrawn(sheets: Vec<(String, Sheet)>) -> CountedSample {
    let stratum = CountedStratum {
        population: None,
        is_outside: false,
        sheets: sheets.into_iter().map(|(_, sheet)| sheet).collect(),
    };
    CountedSample {
        population: None,
        strata: vec![stratum],
    }
}

fn sort_by_stratum(
    reader: Reader<'_>,
    draw: &DrawRow,
    sheets: Vec<(String, Sheet)>,
) -> Result<CountedSample, Problems> {
    let groups = reader.draw_groups(draw)?.into_iter();
    let groups: Vec<(String, u64)> = groups
        .filter(|group| group.depth == 0)
        .map(|group| (group.code, group.available))
        .collect();
    // A reserve that was called up is of the stratum that it was drawn from.
    let drawn = reader.drawn_cases(draw)?.into_iter();
    let strata: HashMap<String, String> = drawn
        .map(|row| (row.case.reference.to_ascii_lowercase(), row.case.stratum))
        .collect();
    let mut sorted: Vec<Vec<Sheet>> = vec![Vec::new(); groups.len() + 1];
    for (reference, sheet) in sheets {
        let stratum = strata.get(&reference);
        let place = groups.iter().position(|(code, _)| Some(code) == stratum);
        if let Some(sheets) = sorted.get_mut(place.unwrap_or(groups.len())) {
            sheets.push(sheet);
        }
    }
    let populations = groups.iter().map(|(_, available)| Some(*available));
    let strata = populations.chain([None]).zip(sorted);
    let strata = strata.filter(|(_, sheets)| !sheets.is_empty());
    Ok(CountedSample {
        population: Some(draw.population),
        strata: strata
            .map(|(population, sheets)| CountedStratum {
                population: Some(population.unwrap_or(sheets.len() as u64)),
                is_outside: population.is_none(),
                sheets,
            })
            .collect(),
    })
}
