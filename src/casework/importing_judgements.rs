//! Taking over a file of judgements: of one inspection, or of many providers and periods.
//!
//! Must not know file formats (`exchange`).

use std::path::Path;

use super::desk::Desk;
use super::importing::source_name;
use super::inspections::current_inspection;
use super::judging::read_judgement;
use super::programmes::{Round, Wanted, find_inspections, gather_wanted};
use super::rounds::{ImportedRound, Said, once_each, write_round};
use crate::exchange::{self, JudgementColumns, JudgementFile, JudgementRow, Options, Reading};
use crate::framework::Framework;
use crate::model::{Change, Code, Place, Problem, Problems};
use crate::store::Store;

/// Imports a file of judgements: of the inspection to work in or, where the file names providers, of one inspection for each
/// provider and period, opened where its programme has none. A judgement that stands already as the file has it is left alone.
///
/// # Errors
/// Everything that is wrong with the file; an inspection, programme or framework that is not clear. Nothing is stored then.
pub fn import_judgements(
    store: &mut Store,
    desk: &mut Desk,
    path: &Path,
    options: &Options<'_>,
    round: &Round<'_>,
) -> Result<ImportedRound, Problems> {
    let reading = exchange::read_judgements(path, options)?;
    // Without its columns nothing can be said of the file but what its header lacks.
    if reading.says.columns.standard == 0 {
        return reading.finish([]).map(|_| ImportedRound::default());
    }
    match reading.says.columns.provider {
        Some(provider) => import_round(store, desk, path, round, reading, provider),
        None => import_one(store, desk, path, round, reading),
    }
}

fn import_one(
    store: &mut Store,
    desk: &Desk,
    path: &Path,
    round: &Round<'_>,
    reading: Reading<JudgementFile>,
) -> Result<ImportedRound, Problems> {
    let options = [
        ("--programme", round.programme),
        ("--framework", round.framework),
        ("--national", round.national),
    ];
    if let Some((option, _)) = options.iter().find(|(_, given)| given.is_some()) {
        let what = format!("the file names no providers, so that {option} has nothing to say");
        let remedy = "add the columns provider and period, or leave the option out";
        let problem = Problem::new(Code::WrongHeader, what, remedy);
        return reading.finish([problem]).map(|_| ImportedRound::default());
    }
    let inspection = current_inspection(store, round.inspection)?;
    let columns = reading.says.columns;
    let (mut changes, mut wrong_rows) = (Vec::new(), Vec::new());
    for row in &reading.says.rows {
        match read_row(&inspection.framework, row, columns, path) {
            Ok(change) => changes.push((row.standard.clone(), change)),
            Err(wrong) => wrong_rows.extend(wrong),
        }
    }
    reading.finish(once_each(wrong_rows))?;
    let action = desk.action(Some(&inspection), &source_name(path), "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let known = writer.read().judgements(inspection.id)?;
        let mut imported = ImportedRound::default();
        for (_, change) in changes {
            if known.iter().any(|known| known.is(&change)) {
                imported.unchanged += 1;
            } else {
                writer.append(Some(inspection.id), &change)?;
                imported.recorded += 1;
            }
        }
        Ok(imported)
    })
}

fn import_round(
    store: &mut Store,
    desk: &mut Desk,
    path: &Path,
    round: &Round<'_>,
    reading: Reading<JudgementFile>,
    provider: u64,
) -> Result<ImportedRound, Problems> {
    let columns = reading.says.columns;
    let rows = reading.says.rows.iter();
    let (wanted, places) = gather_wanted(rows.map(|row| Wanted {
        provider: row.provider.clone(),
        period: row.period.clone(),
        place: place(path, row, provider),
        period_column: columns.period.unwrap_or(provider),
    }));
    if wanted.is_empty() {
        return reading.finish([]).map(|_| ImportedRound::default());
    }
    let mut problems = Vec::new();
    let found = find_inspections(store, desk, round, &wanted, |_| true, &mut problems);
    let (mut said, mut wrong_rows) = (Vec::new(), Vec::new());
    for (row, at) in reading.says.rows.iter().zip(&places) {
        let Some(found) = found.get(*at).and_then(Option::as_ref) else {
            continue;
        };
        match read_row(&found.framework, row, columns, path) {
            Ok(change) => said.push((*at, row.clone(), change)),
            Err(wrong) => wrong_rows.extend(wrong),
        }
    }
    problems.extend(once_each(wrong_rows));
    reading.finish(problems)?;
    let found: Vec<_> = found.iter().flatten().collect();
    let action = desk.action(None, &source_name(path), "");
    write_round(store, &action, &found, |reader| {
        let mut known = Vec::new();
        for found in &found {
            known.push(reader.judgements(found.id)?);
        }
        let is_known = |at: usize, change: &Change| {
            let known = known.get(at).into_iter().flatten();
            known.into_iter().any(|known| known.is(change))
        };
        let said = said.into_iter().map(|(at, row, change)| Said {
            inspection: at,
            place: place(path, &row, columns.standard),
            change: (!is_known(at, &change)).then_some(change),
            about: row.standard,
        });
        Ok(said.collect())
    })
}

fn place(path: &Path, row: &JudgementRow, column: u64) -> Place {
    let file = path.display().to_string();
    Place::of(file).line(row.line).column(column)
}

/// A row in the terms of a framework, or what is wrong with it.
fn read_row(
    framework: &Framework,
    row: &JudgementRow,
    columns: JudgementColumns,
    path: &Path,
) -> Result<Change, Vec<Problem>> {
    let read = read_judgement(framework, &row.standard, &row.rating, &row.because);
    read.map_err(|wrong| {
        let at = |problem: Problem| {
            let column = match problem.code {
                Code::UnknownStandard => columns.standard,
                _ => columns.rating,
            };
            problem.at(place(path, row, column))
        };
        wrong.0.into_iter().map(at).collect()
    })
}
