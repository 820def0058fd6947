//! Taking over the eligible population of a sample: whose cases can be drawn, and why the others are left out.
//!
//! Must not know file formats (`exchange`), nor how a sample is drawn.

use std::collections::HashMap;
use std::path::Path;

use super::desk::Desk;
use super::importing::source_name;
use super::inspections::Inspection;
use super::kept_columns::{KeptColumn, find_births, list_kept};
use super::population_encoding::{encode, is_recorded};
use super::strata::{Sorter, attributes_of};
use crate::exchange::{self, ColumnNames, Extract, ExtractSpec, Options, PersonKey};
use crate::framework::{Draw, Sample};
use crate::model::{Change, Code, Place, Problem, Problems};
use crate::store::{Reader, Store};

/// What taking over a population did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PopulationImported {
    /// Title of the sample.
    pub sample: String,
    /// Rows of the extract.
    pub rows_count: u64,
    /// Cases that are left.
    pub cases_count: u64,
    /// Reasons for which rows were left out, each with their number.
    pub exclusions: Vec<(String, u64)>,
    /// Names of the columns that were not needed.
    pub dropped: Vec<String>,
    /// The columns that are kept, with their first values, where a map is used for the first time or nothing is stored yet; else empty.
    pub kept: Vec<KeptColumn>,
    /// What the extract could not say, in words.
    pub notices: Vec<String>,
    /// False when the record holds exactly this already, or nothing was to be stored.
    pub is_new: bool,
}

/// The file of a population and how it is taken over.
#[derive(Debug, Clone, Copy)]
pub struct PopulationFile<'a> {
    /// The extract.
    pub path: &'a Path,
    /// A file that says which column holds what; `None`: the map of the latest import of such a sample, where it fits.
    pub map: Option<&'a Path>,
    /// Whether it is only looked at, and nothing is stored.
    pub only_look: bool,
}

/// Takes over the population of a sample from an extract; an earlier one gives way as long as no sample is drawn from it.
///
/// Names and dates of birth serve to find several cases of one person, within this extract; nothing of them is stored.
///
/// # Errors
/// An unknown sample; one that is drawn already; everything that is wrong with the file. Nothing is stored then.
pub fn import_population(
    store: &mut Store,
    desk: &mut Desk,
    inspection: &Inspection,
    sample: &str,
    PopulationFile {
        path,
        map,
        only_look,
    }: PopulationFile<'_>,
    options: &Options<'_>,
) -> Result<PopulationImported, Problems> {
    let place = inspection.find_sample(sample)?;
    let sample = &inspection.framework.samples[place];
    refuse_drawn(store.read(), inspection, place)?;
    let known = store.read().known_columns(inspection.id, &sample.id)?;
    let known = known.unwrap_or_default();
    let columns = match map {
        Some(map) => exchange::read_column_map(map)?,
        None => known.clone(),
    };
    let map_file = map.map(|map| map.display().to_string());
    let names = ColumnNames {
        map: &columns,
        file: map_file.as_deref(),
    };
    let (key, today) = (desk.new_key(), desk.today());
    let extract = read_extract(sample, (path, &today), options, names, &key)?;
    let (kept, exclusions) = choose_eligible(sample.draw.as_ref(), &extract, &today);
    let mut imported = PopulationImported {
        cases_count: count(kept.len()),
        kept: if only_look || columns != known {
            list_kept(sample, &extract)
        } else {
            vec![]
        },
        ..summarise(sample, &extract)
    };
    let columns = Vec::from_iter(columns.into_iter().filter(|_| extract.is_mapped));
    let population = encode(sample, &extract, kept, columns, exclusions);
    imported.exclusions.clone_from(&population.exclusions);
    if only_look {
        return Ok(imported);
    }
    let action = desk.action(Some(inspection), &source_name(path), "");
    let editions = [inspection.edition.clone()];
    imported.is_new = store.write(&editions, &action, |writer| {
        refuse_drawn(writer.read(), inspection, place)?;
        if is_recorded(writer.read(), inspection, place, &population)? {
            return Ok(false);
        }
        writer.append(None, &Change::ImportPopulation(population))?;
        Ok(true)
    })?;
    Ok(imported)
}

fn summarise(sample: &Sample, extract: &Extract) -> PopulationImported {
    PopulationImported {
        sample: sample.title.clone(),
        rows_count: count(extract.references.len()),
        dropped: extract.dropped.clone(),
        notices: notices(sample, extract),
        ..PopulationImported::default()
    }
}

pub(super) fn refuse_drawn(
    reader: Reader<'_>,
    inspection: &Inspection,
    sample: usize,
) -> Result<(), Problems> {
    let draws = reader.draws(inspection.id)?;
    if draws.iter().all(|draw| draw.sample != sample) {
        return Ok(());
    }
    let id = &inspection.framework.samples[sample].id;
    let what = "a sample is drawn from the population already";
    let remedy = format!("take the draw back first: caseaudit sample undo {id} --because \"…\"");
    Err(Problem::new(Code::AlreadyDrawn, what, remedy)
        .at(Place::of(id))
        .into())
}

fn read_extract(
    sample: &Sample,
    (path, today): (&Path, &str),
    options: &Options<'_>,
    names: ColumnNames<'_>,
    key: &[u8; 32],
) -> Result<Extract, Problems> {
    let information = sample.information.iter();
    let titles: Vec<Vec<String>> = information
        .map(|information| information.choice_titles.clone())
        .collect();
    let strata = sample.draw.as_ref().map_or(&[][..], |draw| &draw.strata);
    let needed = attributes_of(strata).into_iter();
    let needed: Vec<(usize, &str)> = needed
        .map(|attribute| (attribute, "which stratum a case is in"))
        .collect();
    let spec = ExtractSpec {
        questions: &sample.questions,
        choice_titles: &titles,
        names,
        needed: &needed,
        earliest_by: sample.draw.as_ref().and_then(|draw| draw.earliest_by),
        officer: sample.draw.as_ref().and_then(|draw| draw.officer),
        key,
    };
    let reading = exchange::read_extract(path, options, &spec)?;
    let file = path.display().to_string();
    let births = find_births(sample, &reading.says, (&file, today));
    reading.finish(births)
}

/// The information of the rows of an extract, by row and attribute.
struct Rows<'e> {
    extract: &'e Extract,
    /// Of each attribute, the place of its column.
    columns: HashMap<usize, usize>,
}

impl<'e> Rows<'e> {
    fn new(extract: &'e Extract) -> Rows<'e> {
        let columns = extract.information.iter().enumerate();
        let columns = columns.map(|(place, column)| (column.attribute, place));
        Rows {
            extract,
            columns: columns.collect(),
        }
    }

    fn has(&self, attribute: usize) -> bool {
        self.columns.contains_key(&attribute)
    }

    fn number(&self, row: usize, attribute: usize) -> usize {
        let column = self.columns.get(&attribute);
        let number = column.and_then(|at| self.extract.information[*at].numbers.get(row));
        number.map_or(0, |number| *number as usize)
    }

    fn value(&self, row: usize, attribute: usize) -> Option<&'e str> {
        let column = &self.extract.information[*self.columns.get(&attribute)?];
        let place = self.number(row, attribute).checked_sub(1)?;
        column.values.get(place).map(String::as_str)
    }
}

/// Rows of the extract that are eligible, and how many are left out for each reason, in the order in which the reasons apply.
fn choose_eligible(
    draw: Option<&Draw>,
    extract: &Extract,
    today: &str,
) -> (Vec<usize>, Vec<(String, u64)>) {
    let rows = Rows::new(extract);
    let mut kept: Vec<usize> = (0..extract.references.len()).collect();
    let mut exclusions = Vec::new();
    let Some(draw) = draw else {
        return (kept, exclusions);
    };
    let mut sorter = Sorter::new(&draw.exclusions);
    let mut counts = vec![0_u64; draw.exclusions.len()];
    kept.retain(|row| match sort(&mut sorter, &rows, *row) {
        Some(part) => {
            counts[part] += 1;
            false
        }
        None => true,
    });
    let titles = draw.exclusions.iter().map(|part| part.title.clone());
    exclusions.extend(titles.zip(counts));
    if let Some(start) = draw.start.filter(|start| rows.has(*start)) {
        leave_out(&mut kept, &mut exclusions, "No start date", |row| {
            rows.value(row, start).is_none()
        });
        let reason = "Not started yet";
        leave_out(&mut kept, &mut exclusions, reason, |row| {
            rows.value(row, start).is_some_and(|date| date > today)
        });
    }
    if !draw.strata.is_empty() {
        let mut sorter = Sorter::new(&draw.strata);
        leave_out(&mut kept, &mut exclusions, "No stratum", |row| {
            sort(&mut sorter, &rows, row).is_none()
        });
    }
    if let Some(date) = draw.earliest_by.filter(|_| extract.tells_persons) {
        let earliest = find_earliest(&rows, &kept, date);
        let reason = "Another case of the same person is earlier";
        leave_out(&mut kept, &mut exclusions, reason, |row| {
            let person = extract.persons[row];
            person.is_some_and(|person| earliest.get(&person) != Some(&row))
        });
    }
    (kept, exclusions)
}

fn sort(sorter: &mut Sorter<'_>, rows: &Rows<'_>, row: usize) -> Option<usize> {
    sorter.part_of(
        |attribute| rows.number(row, attribute),
        |attribute| rows.value(row, attribute).map(str::to_owned),
    )
}

fn leave_out(
    kept: &mut Vec<usize>,
    exclusions: &mut Vec<(String, u64)>,
    reason: &str,
    mut is_out: impl FnMut(usize) -> bool,
) {
    let before = kept.len();
    kept.retain(|row| !is_out(*row));
    exclusions.push((reason.to_owned(), count(before - kept.len())));
}

/// The row of each person's earliest case; one without a date comes last, and of equal dates the first reference counts, so that
/// the order of the rows does not.
fn find_earliest(rows: &Rows<'_>, kept: &[usize], date: usize) -> HashMap<PersonKey, usize> {
    let order = |row: usize| {
        let date = rows.value(row, date);
        (date.is_none(), date, &rows.extract.references[row])
    };
    let mut earliest: HashMap<PersonKey, usize> = HashMap::new();
    for row in kept {
        if let Some(person) = rows.extract.persons[*row] {
            let known = earliest.entry(person).or_insert(*row);
            if order(*row) < order(*known) {
                *known = *row;
            }
        }
    }
    earliest
}

/// What the extract cannot say, so that something of the framework's rule has no effect.
fn notices(sample: &Sample, extract: &Extract) -> Vec<String> {
    let Some(draw) = &sample.draw else {
        return Vec::new();
    };
    let rows = Rows::new(extract);
    let id = |place: usize| {
        let attribute = sample.questions.attributes.get(place);
        attribute.map_or("", |attribute| attribute.id.as_str())
    };
    let mut notices = Vec::new();
    let missing = |places: Vec<usize>| {
        let places = places.into_iter().filter(|place| !rows.has(*place));
        places.map(id).collect::<Vec<_>>().join(", ")
    };
    let unknown = missing(attributes_of(&draw.exclusions));
    if !unknown.is_empty() {
        notices.push(format!(
            "there is no column {unknown}: nothing was left out by it"
        ));
    }
    if let Some(start) = draw.start.filter(|start| !rows.has(*start)) {
        let id = id(start);
        notices.push(format!(
            "there is no column {id}: cases that have not started could not be left out"
        ));
    }
    let levels = draw.hierarchy.iter().copied().chain(draw.officer);
    let unknown = missing(levels.collect());
    if !unknown.is_empty() {
        notices.push(format!(
            "there is no column {unknown}: a sample will not be spread over it"
        ));
    }
    if draw.earliest_by.is_some() && !extract.tells_persons {
        notices.push(
            "no column tells persons apart (person, or name and date_of_birth): several cases of one person stay"
                .to_owned(),
        );
    }
    notices
}

pub(super) fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
