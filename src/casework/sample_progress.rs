//! How far the work on drawn samples is: what is still needed for the size, and how exact the figures are today.
//!
//! Must not change anything.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::draw_shown::{standing, stratum_title};
use super::drawing::stratum_ids;
use super::inspections::Inspection;
use super::overview::{Beside, ProgressRow, group};
use super::population::count;
use super::sample_size::{MARGIN_DECIMALS, z_of_draw};
use crate::framework::Draw;
use crate::model::{Decimal, Problems};
use crate::sampling::margin_reached;
use crate::store::{CaseRow, DrawRow, DrawnRow, Reader, Status, Store};

/// How far the work on the drawn samples is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrawnProgress {
    /// The drawn samples, in framework order.
    pub samples: Vec<DrawnSampleProgress>,
    /// Their cases by stratum, in framework order.
    pub strata: Vec<ProgressRow>,
    /// Their cases by unit, in order of name.
    pub units: Vec<ProgressRow>,
    /// What a unit is called; empty where the framework has none.
    pub unit_title: String,
}

/// One drawn sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnSampleProgress {
    /// Its title.
    pub sample: String,
    /// Cases of its population.
    pub population: u64,
    /// Cases that are to be looked at.
    pub size: u64,
    /// Cases that are in the sample now: drawn or called up, and not withdrawn.
    pub selected: u64,
    /// Those of them that are submitted.
    pub submitted: u64,
    /// Submitted assessments that are missing to the size.
    pub still_needed: u64,
    /// Confidence in percent for which the margin holds.
    pub confidence: Decimal,
    /// The margin of error of today's submitted cases, in percentage points; `None` while there is none.
    pub margin: Option<Decimal>,
    /// Reserves that are not called up.
    pub reserves: u64,
}

/// The case that has waited longest for a first answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldestUntouched {
    /// Its reference.
    pub reference: String,
    /// Who is to assess it; empty for nobody yet.
    pub assessor: String,
    /// The day on which it came into the record, in UTC.
    pub since: String,
}

/// How far the work on the drawn samples is; empty where none is drawn.
///
/// # Errors
/// What the database reports.
pub fn show_drawn_progress(
    store: &Store,
    inspection: &Inspection,
) -> Result<DrawnProgress, Problems> {
    let reader = store.read();
    let mut progress = DrawnProgress::default();
    let draws = reader.draws(inspection.id)?;
    if draws.is_empty() {
        return Ok(progress);
    }
    let mut cases = reader.cases(inspection.id)?;
    cases.retain(|case| !case.exercise);
    let beside = Beside::load(store, inspection)?;
    let mut groups = Groups::default();
    for row in draws {
        let sample = &inspection.framework.samples[row.sample];
        let Some(draw) = &sample.draw else { continue };
        let drawn = reader.drawn_cases(&row)?;
        let of_sample = cases.iter().filter(|case| case.sample == row.sample);
        groups.add(draw, &drawn, of_sample);
        let unit = draw.hierarchy.last();
        if let Some(unit) = unit.and_then(|unit| sample.information.get(*unit)) {
            progress.unit_title.clone_from(&unit.title);
        }
        let progress_of_sample = progress_of(&sample.title, draw, &row, &drawn, &cases);
        progress.samples.push(progress_of_sample);
    }
    let rows = |name: &str, cases: &[CaseRow]| group(cases, &beside, |_| name.to_owned());
    let strata = groups.strata.iter();
    progress.strata = strata.flat_map(|(name, cases)| rows(name, cases)).collect();
    // A map of units has them in order of name.
    let units = groups.units.iter();
    progress.units = units.flat_map(|(name, cases)| rows(name, cases)).collect();
    Ok(progress)
}

/// The cases of the drawn samples by stratum, in framework order, and by unit.
#[derive(Default)]
struct Groups {
    strata: Vec<(String, Vec<CaseRow>)>,
    units: BTreeMap<String, Vec<CaseRow>>,
}

impl Groups {
    /// Adds the cases of a sample that the draw knows.
    fn add<'c>(
        &mut self,
        draw: &Draw,
        drawn: &[DrawnRow],
        cases: impl Iterator<Item = &'c CaseRow>,
    ) {
        let known: HashMap<String, &DrawnRow> = drawn
            .iter()
            .map(|row| (row.case.reference.to_ascii_lowercase(), row))
            .collect();
        let own = self.strata.len();
        let ids = stratum_ids(draw).into_iter();
        self.strata
            .extend(ids.map(|id| (stratum_title(draw, id), Vec::new())));
        for case in cases {
            let Some(row) = known.get(&case.reference.to_ascii_lowercase()) else {
                continue;
            };
            let title = stratum_title(draw, &row.case.stratum);
            let mut strata = self.strata.iter_mut().skip(own);
            if let Some((_, cases)) = strata.find(|(known, _)| *known == title) {
                cases.push(case.clone());
            }
            let unit = self.units.entry(row.case.unit.clone()).or_default();
            unit.push(case.clone());
        }
    }
}

fn progress_of(
    title: &str,
    draw: &Draw,
    row: &DrawRow,
    drawn: &[DrawnRow],
    cases: &[CaseRow],
) -> DrawnSampleProgress {
    let selected: HashSet<String> = standing(drawn, cases, row.sample)
        .map(|row| row.case.reference.to_ascii_lowercase())
        .collect();
    // What was added by hand, or withdrawn, is not of the sample: it makes no figure more exact.
    let submitted = cases.iter().filter(|case| {
        case.status == Status::Submitted && selected.contains(&case.reference.to_ascii_lowercase())
    });
    let submitted = count(submitted.count());
    let margin =
        z_of_draw(draw).and_then(|z| margin_reached(z, submitted, row.population, MARGIN_DECIMALS));
    let reserves = || drawn.iter().filter(|case| case.is_reserve);
    let called = reserves().filter(|case| case.replaces.is_some()).count();
    DrawnSampleProgress {
        sample: title.to_owned(),
        population: row.population,
        size: row.size,
        selected: count(selected.len()),
        submitted,
        still_needed: row.size.saturating_sub(submitted),
        confidence: draw.confidence,
        margin,
        reserves: count(reserves().count() - called),
    }
}

/// References, in lower case, of cases in whose place a reserve was called up.
pub(super) fn replaced_references(
    reader: Reader<'_>,
    inspection: &Inspection,
) -> Result<HashSet<String>, Problems> {
    let mut replaced = HashSet::new();
    for draw in reader.draws(inspection.id)? {
        let drawn = reader.drawn_cases(&draw)?.into_iter();
        let references = drawn.filter_map(|row| row.replaces);
        replaced.extend(references.map(|reference| reference.to_ascii_lowercase()));
    }
    Ok(replaced)
}

/// The case without an answer that came into the record first; `None` where every case is begun.
///
/// # Errors
/// What the database reports.
pub fn oldest_untouched(
    store: &Store,
    inspection: &Inspection,
) -> Result<Option<OldestUntouched>, Problems> {
    let reader = store.read();
    // Cases come in the order in which they were added.
    let mut cases = reader.cases(inspection.id)?.into_iter();
    let Some(case) = cases.find(|case| case.status == Status::Untouched) else {
        return Ok(None);
    };
    let history = reader.history(Some(case.id))?;
    let added = history.first().map_or("", |row| row.action.at.as_str());
    Ok(Some(OldestUntouched {
        since: added.get(..10).unwrap_or_default().to_owned(),
        reference: case.reference,
        assessor: case.assessor,
    }))
}
