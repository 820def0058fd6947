//! Taking over a file of measures of many providers and periods, and recording one measure by hand.
//!
//! Must not know file formats (`exchange`), or what a value is worth (`rating`).

use std::path::Path;

use super::desk::Desk;
use super::history::describe_measurement;
use super::importing::source_name;
use super::inspections::Inspection;
use super::programmes::{Round, Wanted, find_inspections, gather_wanted};
use super::rounds::{ImportedRound, Said, once_each, write_round};
use crate::exchange::{
    self, MeasureColumns, MeasureRow, Options, read_count, read_figure, read_marks, read_value,
};
use crate::framework::{Framework, Measure};
use crate::model::{Change, Code, Decimal, Measurement, Place, Problem, Problems, nearest};
use crate::rating::words;
use crate::store::{Reader, Store, ThingId};

/// Imports a file of measures: one inspection for each provider and period, opened where its programme has none. A figure that is
/// recorded already as the file has it is left alone.
///
/// # Errors
/// Everything that is wrong with the file; a programme or framework that is not clear. Nothing is stored then.
pub fn import_measures(
    store: &mut Store,
    desk: &mut Desk,
    path: &Path,
    options: &Options<'_>,
    round: &Round<'_>,
) -> Result<ImportedRound, Problems> {
    let reading = exchange::read_measures(path, options)?;
    let columns = reading.says.columns;
    let at = |line, column| {
        Place::of(path.display().to_string())
            .line(line)
            .column(column)
    };
    let rows = reading.says.rows.iter();
    let (wanted, places) = gather_wanted(rows.map(|row| Wanted {
        provider: row.provider.clone(),
        period: row.period.clone(),
        place: at(row.line, columns.provider),
        period_column: columns.period,
    }));
    if wanted.is_empty() {
        return reading.finish([]).map(|_| ImportedRound::default());
    }
    let mut problems = Vec::new();
    let has_measures = |framework: &Framework| !framework.measures.is_empty();
    let found = find_inspections(store, desk, round, &wanted, has_measures, &mut problems);
    let (mut known_rows, mut wrong_rows) = (Vec::new(), Vec::new());
    for (row, place) in reading.says.rows.iter().zip(&places) {
        let Some(found) = found.get(*place).and_then(Option::as_ref) else {
            continue;
        };
        match check_row(&found.framework, row, columns) {
            Ok(measure) => known_rows.push((*place, measure, row.clone())),
            Err((column, problem)) => wrong_rows.push(problem.at(at(row.line, column))),
        }
    }
    problems.extend(once_each(wrong_rows));
    reading.finish(problems)?;
    let found: Vec<_> = found.iter().flatten().collect();
    let action = desk.action(None, &source_name(path), "");
    let mut imported = write_round(store, &action, &found, |reader| {
        let mut recorded = Vec::new();
        for found in &found {
            recorded.push(reader.measurements(found.id)?);
        }
        let said = known_rows.iter().map(|(place, measure, row)| Said {
            inspection: *place,
            place: at(row.line, columns.measure),
            about: measure.id.clone(),
            change: change_to(measure, row, columns, recorded.get(*place)),
        });
        Ok(said.collect())
    })?;
    let figures = known_rows.iter();
    let figures = figures.map(|(_, measure, row)| (*measure, row));
    let figures: Vec<_> = figures.collect();
    imported.looks_like_fractions = look_like_fractions(&percents_of(&figures));
    imported.doubts.extend(doubt_rows(&figures));
    Ok(imported)
}

/// What a row changes; `None` if it is recorded already.
fn change_to(
    measure: &Measure,
    row: &MeasureRow,
    columns: MeasureColumns,
    recorded: Option<&Vec<(String, Measurement)>>,
) -> Option<Change> {
    let known = recorded.and_then(|recorded| find(recorded, &measure.id));
    let before = known.cloned().unwrap_or_default();
    let measurement = columns.complete(&row.measurement, &before);
    (known != Some(&measurement)).then(|| Change::RecordMeasure {
        measure: measure.id.clone(),
        measurement: Some(measurement),
    })
}

fn find<'k>(known: &'k [(String, Measurement)], id: &str) -> Option<&'k Measurement> {
    let mut known = known.iter();
    known.find(|(known, _)| known == id).map(|(_, known)| known)
}

fn percents_of(figures: &[(&Measure, &MeasureRow)]) -> Vec<Decimal> {
    let percents = figures.iter().filter(|(measure, _)| measure.unit == "%");
    percents
        .filter_map(|(_, row)| row.measurement.value)
        .collect()
}

/// Whether no percent is above 1: then 0.712 is more likely 71.2% than seven in a thousand, as where a spreadsheet shows percents
/// and holds fractions.
fn look_like_fractions(percents: &[Decimal]) -> bool {
    let is_small = |value: &&Decimal| value.abs() <= Decimal::ONE;
    let mut percents = percents.iter().filter(|value| !value.is_zero()).peekable();
    percents.peek().is_some() && percents.all(|value| is_small(&value))
}

/// The doubts of all rows, each with its line.
fn doubt_rows(figures: &[(&Measure, &MeasureRow)]) -> Vec<String> {
    let doubts = figures.iter().flat_map(|(measure, row)| {
        let doubts = doubt_figures(measure, &row.measurement).into_iter();
        doubts.map(|doubt| format!("line {}: {doubt}", row.line))
    });
    doubts.collect()
}

/// Figures that can hardly be: percents outside 0 to 100 and rates below 0, a sentence each. Some measures have such figures, so
/// that they are recorded all the same.
fn doubt_figures(measure: &Measure, measurement: &Measurement) -> Vec<String> {
    let is_percent = measure.unit == "%";
    let is_rate = measure.unit.starts_with("per ");
    let hundred = Decimal::from(100);
    let doubt = |(what, figure): (&str, Option<Decimal>)| {
        let figure = figure?;
        let outside = if is_percent && (figure < Decimal::ZERO || figure > hundred) {
            "a percent outside 0 to 100"
        } else if is_rate && figure < Decimal::ZERO {
            "a rate below 0"
        } else {
            return None;
        };
        let figure = words::figure(figure);
        Some(format!(
            "the {what} of {} is {figure}, {outside}",
            measure.id
        ))
    };
    let figures = [
        ("value", measurement.value),
        ("target", measurement.target),
        ("national figure", measurement.national),
        ("previous figure", measurement.previous),
    ];
    figures.into_iter().filter_map(doubt).collect()
}

/// The measure that a row is about; what is wrong comes with its column.
fn check_row<'f>(
    framework: &'f Framework,
    row: &MeasureRow,
    columns: MeasureColumns,
) -> Result<&'f Measure, (u64, Problem)> {
    let measure =
        find_measure(framework, &row.measure).map_err(|problem| (columns.measure, problem))?;
    refuse_value(measure, &row.measurement).map_err(|problem| (columns.value, problem))?;
    Ok(measure)
}

fn find_measure<'f>(framework: &'f Framework, id: &str) -> Result<&'f Measure, Problem> {
    let found = framework.measure(id).map(|(_, measure)| measure);
    found.ok_or_else(|| {
        let what = format!("{} has no measure {id}", framework.id);
        let ids = framework.measures.iter().map(|measure| measure.id.as_str());
        Problem::new(Code::UnknownMeasure, what, nearest(id, ids))
    })
}

/// A value that is counted from the answers of an audit is never recorded beside them.
fn refuse_value(measure: &Measure, measurement: &Measurement) -> Result<(), Problem> {
    let Some(of) = measure
        .percent_yes_of
        .as_ref()
        .filter(|_| measurement.value.is_some())
    else {
        return Ok(());
    };
    let framework = if of.framework.is_empty() {
        String::new()
    } else {
        format!(" under {}", of.framework)
    };
    let what = format!(
        "the value of {} is the percent yes of {}{framework} and is not recorded",
        measure.id, of.question
    );
    let remedy = "leave the value empty: it is counted from the answers";
    Err(Problem::new(Code::WrongValue, what, remedy))
}

/// The figures of one measure as they were typed; what is left out stays as it is recorded.
#[derive(Debug, Clone, Copy, Default)]
pub struct TypedFigures<'a> {
    /// The value, perhaps with marks: `71.2 [p]`; `[x]` where it is not available.
    pub value: &'a str,
    /// Marks of the value: `p`, `r`, `z`.
    pub marks: &'a [String],
    /// The target; an empty text takes it back.
    pub target: Option<&'a str>,
    /// The national figure; an empty text takes it back.
    pub national: Option<&'a str>,
    /// The figure of the period before; an empty text takes it back.
    pub previous: Option<&'a str>,
    /// How many observations there were; an empty text takes it back.
    pub observations: Option<&'a str>,
}

/// What recording a measure by hand did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedMeasure {
    /// Id and title.
    pub measure: String,
    /// Whether anything changed.
    pub changed: bool,
    /// What is recorded now, in words; `None` after it was taken back.
    pub now: Option<String>,
    /// Figures that can hardly be, a sentence each.
    pub doubts: Vec<String>,
}

/// Records one measure of an inspection, or takes back what is recorded of it (`None`).
///
/// # Errors
/// An unknown measure, figures that are none, a value that is counted from answers, a closed inspection.
pub fn record_measure(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    id: &str,
    typed: Option<&TypedFigures<'_>>,
) -> Result<RecordedMeasure, Problems> {
    let measure = find_measure(&inspection.framework, id.trim())?;
    let action = desk.action(Some(inspection), "measure", "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let known = recorded(writer.read(), inspection.id, &measure.id)?;
        let measurement = typed
            .map(|typed| read_typed(typed, known.as_ref()))
            .transpose();
        let measurement = measurement.map_err(|wrong| at(wrong, &measure.id))?;
        if let Some(measurement) = &measurement {
            refuse_value(measure, measurement)
                .map_err(|problem| problem.at(Place::of(&measure.id)))?;
        }
        let changed = measurement != known;
        if changed {
            let change = Change::RecordMeasure {
                measure: measure.id.clone(),
                measurement: measurement.clone(),
            };
            writer.append(Some(inspection.id), &change)?;
        }
        let doubts = measurement.as_ref();
        let doubts = doubts.map_or_else(Vec::new, |figures| doubt_figures(measure, figures));
        let measure = format!("{} {}", measure.id, measure.title);
        Ok(RecordedMeasure {
            measure: measure.trim_end().to_owned(),
            changed,
            now: measurement.as_ref().map(describe_measurement),
            doubts,
        })
    })
}

fn at(wrong: Problems, measure: &str) -> Problems {
    let problems = wrong.0.into_iter();
    Problems(
        problems
            .map(|problem| problem.at(Place::of(measure)))
            .collect(),
    )
}

fn recorded(
    reader: Reader<'_>,
    inspection: ThingId,
    id: &str,
) -> Result<Option<Measurement>, Problems> {
    Ok(find(&reader.measurements(inspection)?, id).cloned())
}

/// All that is wrong with the typed figures at once.
fn read_typed(
    typed: &TypedFigures<'_>,
    known: Option<&Measurement>,
) -> Result<Measurement, Problems> {
    let mut problems = Problems::default();
    let (value, in_value) = keep(read_value(typed.value.trim()), &mut problems);
    let marks = keep(read_marks(&typed.marks.join(",")), &mut problems).and(in_value);
    if problems.0.is_empty() {
        keep(marks.check(value.is_some()), &mut problems);
    }
    let known = known.cloned().unwrap_or_default();
    let mut figure = |typed: Option<&str>, known| match typed {
        Some(text) => keep(read_figure(text.trim()), &mut problems),
        None => known,
    };
    let measurement = Measurement {
        value,
        provisional: marks.provisional,
        revised: marks.revised,
        unreliable: marks.unreliable,
        target: figure(typed.target, known.target),
        national: figure(typed.national, known.national),
        previous: figure(typed.previous, known.previous),
        observations: match typed.observations {
            Some(text) => keep(read_count(text.trim()), &mut problems),
            None => known.observations,
        },
        taken_from: String::new(),
    };
    problems.none_or(measurement)
}

fn keep<T: Default>(read: Result<T, Problem>, problems: &mut Problems) -> T {
    read.unwrap_or_else(|problem| {
        problems.0.push(problem);
        T::default()
    })
}
