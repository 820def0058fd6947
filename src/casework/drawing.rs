//! Drawing a sample from its population, and taking a draw back while nothing is recorded.
//!
//! Must not know how many cases a group gives or which (`sampling`).

use super::bringing_in::bring_in;
use super::desk::{Desk, reason};
use super::inspections::Inspection;
use super::population::refuse_drawn;
use super::population_shown::{no_population, strata_of};
use super::sample_size::{cases_needed, too_many};
use super::strata::WHOLE;
use crate::framework::{Draw, Sample};
use crate::model::{Change, Code, DrawnCase, DrawnGroup, DrawnSample, Place, Problem, Problems};
use crate::sampling::{self, Buffer, Choice, Drawing, Group, Terms};
use crate::store::{DrawRow, Eligible, Reader, Status, Store};

/// What a draw did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleDrawn {
    /// Title of the sample.
    pub sample: String,
    /// The sample's id.
    pub sample_id: String,
    /// What was drawn.
    pub drawn: DrawnSample,
    /// How many cases fewer than wanted there are in the population.
    pub short_of_cases: u64,
    /// How many cases fewer than wanted were drawn because of the limit of cases of one officer.
    pub short_of_officers: u64,
    /// Cases that had been withdrawn by hand and are in the sample again, each with why it had been withdrawn.
    pub taken_back: Vec<(String, String)>,
}

/// Draws a sample: its cases are added to the inspection, its reserves wait until they are called up.
///
/// Without a size it is the one that the framework's confidence and margin need; without a seed one is made up, and kept.
///
/// # Errors
/// No population, no settings of the draw; a size that cannot be; a sample that is drawn already, or cases of the same
/// references that were added in another way.
pub fn draw_sample(
    store: &mut Store,
    desk: &mut Desk,
    inspection: &Inspection,
    sample: &str,
    (size, seed): (Option<u64>, Option<u64>),
) -> Result<SampleDrawn, Problems> {
    let place = inspection.find_sample(sample)?;
    let sample = &inspection.framework.samples[place];
    let draw = sample.draw.as_ref().ok_or_else(|| not_stated(sample))?;
    let seed = seed.unwrap_or_else(|| desk.new_seed()).to_string();
    let action = desk.action(Some(inspection), "sample draw", "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        refuse_drawn(writer.read(), inspection, place)?;
        let eligible = writer.read().eligible(inspection.id, place)?;
        if eligible.is_empty() {
            return Err(no_population(&sample.id).into());
        }
        let mut done = draw_from(sample, draw, &eligible, size, &seed)?;
        let selected = &done.drawn.selected;
        let brought = bring_in(writer, desk, inspection, (place, &eligible), selected)?;
        done.taken_back = brought.taken_back;
        writer.append(None, &Change::DrawSample(done.drawn.clone()))?;
        Ok(done)
    })
}

fn not_stated(sample: &Sample) -> Problem {
    let what = format!(
        "the framework does not say how the sample {} is drawn",
        sample.id
    );
    let remedy = "add its cases with `caseaudit import cases`, or state [sample.draw] in a framework of your own";
    Problem::new(Code::NoDrawStated, what, remedy)
}

/// The levels over which a stratum is divided: those of the framework of which the population says anything; and whether the
/// last is that of the officers.
pub(super) fn levels_of(draw: &Draw, eligible: &Eligible) -> (Vec<usize>, bool) {
    let is_known = |attribute: &usize| {
        let mut cases = 0..eligible.len();
        cases.any(|case| eligible.code(case, *attribute) != 0)
    };
    let levels = draw.hierarchy.iter().chain(&draw.officer).copied();
    let levels: Vec<usize> = levels.filter(is_known).collect();
    let has_officers = draw.officer.is_some() && levels.last() == draw.officer.as_ref();
    (levels, has_officers)
}

fn draw_from(
    sample: &Sample,
    draw: &Draw,
    eligible: &Eligible,
    size: Option<u64>,
    seed: &str,
) -> Result<SampleDrawn, Problems> {
    let count = super::population::count(eligible.len());
    let size = size.or_else(|| cases_needed(draw, count)).unwrap_or(0);
    if size > count {
        return Err(too_many(count).into());
    }
    if size == 0 {
        let problem = Problem::new(
            Code::WrongValue,
            "a sample has at least one case",
            "give a larger --size",
        );
        return Err(problem.into());
    }
    let (levels, has_officers) = levels_of(draw, eligible);
    let references: Vec<&str> = eligible.references().collect();
    let strata = stratum_ids(draw);
    let mut population = sampling::Population::new(strata.clone(), levels.len());
    let mut groups = vec![""; levels.len()];
    for (case, stratum) in strata_of(sample, eligible).into_iter().enumerate() {
        for (group, level) in groups.iter_mut().zip(&levels) {
            *group = eligible.value(case, *level).unwrap_or("");
        }
        if let Some(stratum) = stratum {
            population.add(stratum, references[case], &groups);
        }
    }
    let terms = Terms {
        size,
        buffer: Buffer::of_percent(draw.buffer).unwrap_or(Buffer::NONE),
        officer_cap: draw.officer_cap.filter(|_| has_officers),
        seed,
    };
    let drawing = sampling::draw(&population, terms);
    let named = |choices: &[Choice<'_>]| name_cases(draw, eligible, &strata, choices);
    Ok(SampleDrawn {
        sample: sample.title.clone(),
        sample_id: sample.id.clone(),
        short_of_cases: drawing.short_of_cases(),
        short_of_officers: drawing.short_of_officers(),
        taken_back: Vec::new(),
        drawn: DrawnSample {
            sample: sample.id.clone(),
            seed: seed.to_owned(),
            size,
            wanted: drawing.wanted,
            population: count,
            groups: flatten(&drawing),
            selected: named(&drawing.selected),
            reserves: named(&drawing.reserves),
        },
    })
}

fn name_cases(
    draw: &Draw,
    eligible: &Eligible,
    strata: &[&str],
    choices: &[Choice<'_>],
) -> Vec<DrawnCase> {
    let unit_level = draw.hierarchy.last().copied();
    let cases = choices.iter().map(|choice| DrawnCase {
        reference: choice.reference.to_owned(),
        stratum: strata.get(choice.stratum).map_or("", |id| id).to_owned(),
        unit: unit_of(eligible, unit_level, choice.reference),
    });
    cases.collect()
}

/// Ids of the strata; of a population that is not parted, one for the whole.
pub(super) fn stratum_ids(draw: &Draw) -> Vec<&str> {
    if draw.strata.is_empty() {
        return vec![WHOLE];
    }
    draw.strata.iter().map(|part| part.id.as_str()).collect()
}

fn unit_of(eligible: &Eligible, level: Option<usize>, reference: &str) -> String {
    let case = level.and_then(|level| Some((eligible.find(reference)?, level)));
    let unit = case.and_then(|(case, level)| eligible.value(case, level));
    unit.unwrap_or_default().to_owned()
}

/// Every group with its numbers, each before its parts.
fn flatten(drawing: &Drawing<'_>) -> Vec<DrawnGroup> {
    fn add(groups: &[Group<'_>], depth: u64, flat: &mut Vec<DrawnGroup>) {
        for group in groups {
            flat.push(DrawnGroup {
                depth,
                code: group.code.to_owned(),
                available: group.trail.available,
                initial: group.trail.initial,
                with_buffer: group.trail.with_buffer,
                after_rounding: group.trail.after_rounding,
                after_limit: group.trail.after_limit,
            });
            add(&group.parts, depth + 1, flat);
        }
    }
    let mut flat = Vec::new();
    add(&drawing.strata, 0, &mut flat);
    flat
}

/// The draw of a sample.
///
/// # Errors
/// There is none; what the database reports.
pub(super) fn find_draw(
    reader: Reader<'_>,
    inspection: &Inspection,
    sample: usize,
) -> Result<DrawRow, Problems> {
    let mut draws = reader.draws(inspection.id)?.into_iter();
    draws.find(|draw| draw.sample == sample).ok_or_else(|| {
        let id = &inspection.framework.samples[sample].id;
        let what = format!("no sample {id} is drawn");
        let remedy = format!("draw it: caseaudit sample draw {id}");
        Problem::new(Code::NotDrawn, what, remedy).into()
    })
}

/// Takes a draw back: its cases are withdrawn and taken from their assessors, and another sample can be drawn. Gives the number of cases.
///
/// # Errors
/// No reason; no draw; every case on which work has begun.
pub fn undo_draw(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    sample: &str,
    because: &str,
) -> Result<usize, Problems> {
    let place = inspection.find_sample(sample)?;
    let id = inspection.framework.samples[place].id.clone();
    reason(because, "say why it is taken back: --because \"…\"")?;
    let action = desk.action(Some(inspection), "sample undo", because);
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let reader = writer.read();
        let draw = find_draw(reader, inspection, place)?;
        let (mut ids, mut problems) = (Vec::new(), Problems::default());
        for row in reader.drawn_cases(&draw)? {
            if row.is_reserve && row.replaces.is_none() {
                continue;
            }
            let Some(case) = reader.case(inspection.id, &row.case.reference)? else {
                continue;
            };
            if case.sheet.is_started() || !reader.notes(case.id)?.is_empty() {
                let what = "work on the case has begun, so the draw stands";
                let remedy = "replace single cases: caseaudit case replace REF --because \"…\"";
                let problem = Problem::new(Code::WorkBegun, what, remedy);
                problems.0.push(problem.at(Place::of(case.reference)));
            } else if case.status != Status::Withdrawn {
                ids.push((case.id, !case.assessor.is_empty()));
            }
        }
        let ids = problems.none_or(ids)?;
        for (id, is_given) in &ids {
            if *is_given {
                // Another draw spreads its cases anew.
                let nobody = Change::Assign {
                    assessor: String::new(),
                    joint_assessor: String::new(),
                };
                writer.append(Some(*id), &nobody)?;
            }
            writer.append(Some(*id), &Change::WithdrawCase)?;
        }
        writer.append(None, &Change::UndoDraw { sample: id })?;
        Ok(ids.len())
    })
}
