//! Taking over files of cases and answers: whole or not at all.
//!
//! Every problem of a file is reported with its line; saying again what is recorded already changes nothing, and an empty
//! cell says nothing. Must not know file formats (`exchange`).

use std::path::Path;

use super::cases::check_pair;
use super::desk::Desk;
use super::giving::Bars;
use super::inspections::Inspection;
use super::recording::name_settled;
use crate::exchange::{self, CaseFile, Options, Reading, SampleInfo};
use crate::model::{Change, Code, Place, Problem, Problems};
use crate::store::{CaseRow, Store, Writer};

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Cases that were added.
    pub added: usize,
    /// Cases whose information, assessor, answers or notes changed.
    pub changed: usize,
    /// Cases of which the file says nothing new.
    pub unchanged: usize,
    /// Answers that were set.
    pub answers_count: usize,
    /// Notes that were set.
    pub notes_count: usize,
    /// Assessments that were submitted.
    pub submitted: usize,
    /// Case and number of answers that were parked, because their questions stopped applying.
    pub parked: Vec<(String, String)>,
    /// Why assessments of the file were not submitted though asked for; they stay in hand.
    pub obstacles: Problems,
}

impl Imported {
    /// References of the assessments that were to be submitted and were not.
    #[must_use]
    pub fn left_in_hand(&self) -> Vec<String> {
        let mut references: Vec<String> = self
            .obstacles
            .0
            .iter()
            .filter_map(|problem| problem.place.file.clone())
            .collect();
        references.dedup();
        references
    }
}

/// Imports a file of cases. A case that is there already is brought up to date with what the file says.
///
/// # Errors
/// Everything that is wrong with the file; nothing is stored then.
pub fn import_cases(
    store: &mut Store,
    desk: &mut Desk,
    inspection: &Inspection,
    path: &Path,
    options: &Options<'_>,
) -> Result<Imported, Problems> {
    let reading = read_cases(inspection, path, options)?;
    let action = desk.action(Some(inspection), &source_name(path), "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let known = writer.read().cases(inspection.id)?;
        let by_reference: std::collections::HashMap<&str, &CaseRow> = known
            .iter()
            .map(|case| (case.reference.as_str(), case))
            .collect();
        let bars = Bars::read(writer.read(), inspection)?;
        let (mut imported, mut problems) = (Imported::default(), Vec::new());
        for row in &reading.says.rows {
            let place = Place::of(path.display().to_string()).line(row.line);
            let at = |wrong: Problems| wrong.0.into_iter().map(|problem| problem.at(place.clone()));
            let known = by_reference.get(row.reference.as_str());
            let (assessor, joint_assessor) = assessors(known.copied(), row);
            if let Err(problem) = check_pair(assessor, joint_assessor) {
                let column = reading.says.joint_assessor_column.unwrap_or(1);
                problems.push(problem.at(place.clone().column(column)));
                continue;
            }
            match known {
                Some(case) if row.sample != case.sample => {
                    let place = place.clone().column(reading.says.sample_column);
                    problems.push(is_of_another_sample(inspection, case).at(place));
                }
                Some(case) => {
                    let about = (inspection, &bars);
                    match update_case(writer, about, case, row, &mut imported) {
                        Ok(true) => imported.changed += 1,
                        Ok(false) => imported.unchanged += 1,
                        Err(wrong) => problems.extend(at(wrong)),
                    }
                }
                // Nothing of the file will be stored.
                None if reading.is_wrong() => {}
                None => {
                    let change = new_case(inspection, row);
                    let added = writer.append(Some(desk.new_id()), &change);
                    match added
                        .and_then(|_| bars.refuse_own(writer.read(), inspection, &row.reference))
                    {
                        Ok(()) => imported.added += 1,
                        Err(wrong) => problems.extend(at(wrong)),
                    }
                }
            }
        }
        reading.finish(problems)?;
        Ok(imported)
    })
}

/// Reads a file of cases in the terms of the inspection's framework.
fn read_cases(
    inspection: &Inspection,
    path: &Path,
    options: &Options<'_>,
) -> Result<Reading<CaseFile>, Problems> {
    let titles: Vec<Vec<Vec<String>>> = inspection
        .framework
        .samples
        .iter()
        .map(|sample| {
            sample
                .information
                .iter()
                .map(|known| known.choice_titles.clone())
                .collect()
        })
        .collect();
    let samples: Vec<SampleInfo<'_>> = inspection
        .framework
        .samples
        .iter()
        .zip(&titles)
        .map(|(sample, choice_titles)| SampleInfo {
            title: &sample.title,
            questions: &sample.questions,
            choice_titles,
        })
        .collect();
    exchange::read_cases(path, options, &samples)
}

fn is_of_another_sample(inspection: &Inspection, case: &CaseRow) -> Problem {
    let samples = &inspection.edition.samples;
    let sample = samples.get(case.sample).map_or("", |set| &set.sample);
    let what = format!("{} is a case of another sample already", case.reference);
    let remedy =
        format!("its sample is {sample}; a case of another sample needs another reference");
    Problem::new(Code::DuplicateReference, what, remedy)
}

fn new_case(inspection: &Inspection, row: &exchange::CaseRow) -> Change {
    let (assessor, joint_assessor) = assessors(None, row);
    Change::AddCase {
        reference: row.reference.clone(),
        sample: inspection.edition.samples[row.sample].sample.clone(),
        assessor: assessor.to_owned(),
        joint_assessor: joint_assessor.to_owned(),
        information: row.information.clone(),
    }
}

/// Who assesses the case after the import: of whom the file says nothing, those stay.
fn assessors<'r>(known: Option<&'r CaseRow>, row: &'r exchange::CaseRow) -> (&'r str, &'r str) {
    let (assessor, joint_assessor) =
        known.map_or(("", ""), |case| (&case.assessor, &case.joint_assessor));
    (
        row.assessor.as_deref().unwrap_or(assessor),
        row.joint_assessor.as_deref().unwrap_or(joint_assessor),
    )
}

/// Brings a known case up to date; false when the file says nothing new.
fn update_case(
    writer: &mut Writer<'_>,
    (inspection, bars): (&Inspection, &Bars),
    case: &CaseRow,
    row: &exchange::CaseRow,
    imported: &mut Imported,
) -> Result<bool, Problems> {
    let mut changed = false;
    let values: Vec<(usize, Option<String>)> = row
        .information
        .iter()
        .zip(&case.information)
        .enumerate()
        .filter(|(_, (new, old))| new.is_some() && new != old)
        .map(|(place, (new, _))| (place, new.clone()))
        .collect();
    if !values.is_empty() {
        let settled = writer.append(Some(case.id), &Change::SetInformation { values })?;
        let (parked, _) = name_settled(&inspection.edition.samples[case.sample], &settled);
        imported.parked.extend(
            parked
                .into_iter()
                .map(|number| (case.reference.clone(), number)),
        );
        changed = true;
    }
    let (assessor, joint_assessor) = assessors(Some(case), row);
    if (assessor, joint_assessor) != (&case.assessor, &case.joint_assessor) {
        writer.append(
            Some(case.id),
            &Change::Assign {
                assessor: assessor.to_owned(),
                joint_assessor: joint_assessor.to_owned(),
            },
        )?;
        bars.refuse_own(writer.read(), inspection, &case.reference)?;
        changed = true;
    }
    Ok(changed)
}

/// The file's own name: folders of one machine do not belong in the record.
pub(super) fn source_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
