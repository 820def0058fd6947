//! Taking over the eligible population of a sample: whose cases can be drawn, and why the others are left out.
//!
//! Must not know file formats (`exchange`), nor how a sample is drawn.

use std::collections::HashMap;
use std::path::Path;

use super::desk::Desk;
use super::importing::source_name;
use super::inspections::Inspection;
use super::strata::{Sorter, attributes_of};
use crate::exchange::{self, ColumnNames, Extract, ExtractSpec, Options, PersonKey};
use crate::framework::{Draw, Sample};
use crate::model::{Change, Code, CodedColumn, Place, Population, Problem, Problems};
use crate::store::{Eligible, PopulationRow, Reader, Store};

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
    /// What the extract could not say, in words.
    pub notices: Vec<String>,
    /// False when the record holds exactly this already.
    pub is_new: bool,
}

/// Takes over the population of a sample from an extract; an earlier one gives way as long as no sample is drawn from it.
///
/// Names and dates of birth serve to find several cases of one person, within this extract; nothing of them is stored. `map` names
/// a file that says which column holds what; without, the map of the latest import of such a sample is used where it fits.
///
/// # Errors
/// An unknown sample; one that is drawn already; everything that is wrong with the file. Nothing is stored then.
pub fn import_population(
    store: &mut Store,
    desk: &mut Desk,
    inspection: &Inspection,
    sample: &str,
    (path, map): (&Path, Option<&Path>),
    options: &Options<'_>,
) -> Result<PopulationImported, Problems> {
    let place = inspection.find_sample(sample)?;
    let sample = &inspection.framework.samples[place];
    refuse_drawn(store.read(), inspection, place)?;
    let (columns, map_file) = match map {
        Some(map) => {
            let file = map.display().to_string();
            (exchange::read_column_map(map)?, Some(file))
        }
        None => {
            let known = store.read().known_columns(inspection.id, &sample.id)?;
            (known.unwrap_or_default(), None)
        }
    };
    let names = ColumnNames {
        map: &columns,
        file: map_file.as_deref(),
    };
    let extract = read_extract(sample, path, options, names, &desk.new_key())?;
    let (kept, exclusions) = choose_eligible(sample.draw.as_ref(), &extract, &desk.today());
    let mut imported = PopulationImported {
        sample: sample.title.clone(),
        rows_count: count(extract.references.len()),
        cases_count: count(kept.len()),
        dropped: extract.dropped.clone(),
        notices: notices(sample, &extract),
        ..PopulationImported::default()
    };
    let columns = if extract.is_mapped {
        columns
    } else {
        Vec::new()
    };
    let population = encode(sample, &extract, kept, columns, exclusions);
    imported.exclusions.clone_from(&population.exclusions);
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
    path: &Path,
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
        key,
    };
    exchange::read_extract(path, options, &spec)?.finish([])
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

fn encode(
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
fn is_recorded(
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

pub(super) fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
