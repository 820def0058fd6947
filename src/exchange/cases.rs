//! Reads a file of cases: `reference,sample[,assessor[,joint_assessor]]` and columns of case information, in any order.
//!
//! Must not know which cases there are already, nor the texts of a framework beyond the titles it is given.

use std::collections::HashMap;
use std::path::Path;

use csv::ByteRecord;

use super::blocks::cell_text;
use super::gather::{Gather, Reading};
use super::layout::{check_names, find_column, has_other_separator, header_place, missing_column};
use super::row_problems::{from_one, missing, ragged, unnamed};
use super::source::{Header, Options, Source, no_rows};
use super::values::{check_reference, check_value, shown};
use crate::model::{Code, Place, Problem, Problems, QuestionSet, nearest};

/// What is known of a sample to which cases may belong.
#[derive(Debug, Clone, Copy)]
pub struct SampleInfo<'a> {
    /// Its title, by which people may name it as well.
    pub title: &'a str,
    /// Its id and case information.
    pub questions: &'a QuestionSet,
    /// Titles of the choices of each attribute, in the order of `questions.attributes`; empty for other kinds.
    pub choice_titles: &'a [Vec<String>],
}

/// What a file of cases says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseFile {
    /// The cases in file order.
    pub rows: Vec<CaseRow>,
    /// Which column the sample stands in, from 1.
    pub sample_column: u64,
    /// Which column the second assessor stands in, from 1; `None` without one.
    pub joint_assessor_column: Option<u64>,
    /// Whether there is a column of assessors.
    pub has_assessor: bool,
    /// Ids of the case information that the file has columns for, in file order; it says nothing of any other.
    pub columns: Vec<String>,
}

/// One case of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// Its line, from 1.
    pub line: u64,
    /// Its reference, unique in the file.
    pub reference: String,
    /// Its sample's place in the samples that were given.
    pub sample: usize,
    /// Who is to assess it; `None` for an empty cell or no such column.
    pub assessor: Option<String>,
    /// Who assesses it together with them; `None` for an empty cell or no such column.
    pub joint_assessor: Option<String>,
    /// Case information in the order of the sample's attributes; `None` where the file says nothing.
    pub information: Vec<Option<String>>,
}

/// Reads a file of cases.
///
/// # Errors
/// The file cannot be opened, or is empty; what is wrong with its header and its rows is kept in the [`Reading`].
pub fn read_cases(
    path: &Path,
    options: &Options<'_>,
    samples: &[SampleInfo<'_>],
) -> Result<Reading<CaseFile>, Problems> {
    let source = Source::open(path, options)?;
    let file = source.file.clone();
    let mut problems = Gather::default();
    let mut says = CaseFile::default();
    let Some(columns) = read_header(&file, &source.header, samples, &mut problems) else {
        return Ok(Reading::new(&file, says, problems));
    };
    says.sample_column = from_one(columns.sample);
    says.joint_assessor_column = columns.joint_assessor.map(from_one);
    let mut reader = CaseReader {
        file: &file,
        samples,
        columns,
        problems,
        lines: HashMap::new(),
        any: false,
    };
    let ended = source.each_row(|line, record| {
        says.rows.extend(reader.row(line, record));
        true
    });
    let CaseReader {
        columns,
        mut problems,
        any,
        ..
    } = reader;
    if let Err(problem) = ended {
        problems.stop(problem);
    } else if !any && problems.is_empty() {
        return Err(no_rows(&file).into());
    }
    says.has_assessor = columns.assessor.is_some();
    let information = columns.information.into_iter();
    says.columns = information.map(|column| column.id).collect();
    Ok(Reading::new(&file, says, problems))
}

/// The columns of a file of cases, by their place from 0.
struct Columns {
    width: usize,
    reference: usize,
    sample: usize,
    assessor: Option<usize>,
    joint_assessor: Option<usize>,
    information: Vec<InformationColumn>,
    unnamed: Vec<usize>,
}

struct InformationColumn {
    column: usize,
    id: String,
    /// The attribute's place in each sample that has it.
    places: Vec<Option<usize>>,
}

/// The columns that every file of cases may have.
const FIXED: [&str; 4] = ["reference", "sample", "assessor", "joint_assessor"];

const REMEDY: &str = "start with the line reference,sample or reference,sample,assessor and then ids of case information";

/// `None` if the rows cannot be read without what is missing.
fn read_header(
    file: &str,
    header: &Header,
    samples: &[SampleInfo<'_>],
    problems: &mut Gather,
) -> Option<Columns> {
    if has_other_separator(header) {
        problems.push(|| missing_column(file, header, "reference", REMEDY));
        return None;
    }
    check_names(file, header, problems);
    let mut need = |name: &str| {
        let column = find_column(header, name);
        if column.is_none() {
            problems.push(|| missing_column(file, header, name, REMEDY));
        }
        column
    };
    let (reference, sample) = (need("reference"), need("sample"));
    let assessor = find_column(header, "assessor");
    let joint_assessor = find_column(header, "joint_assessor");
    let (mut information, mut unnamed) = (Vec::new(), Vec::new());
    for (column, name) in header.names.iter().enumerate() {
        if name.is_empty() {
            unnamed.push(column);
        } else if !FIXED.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            match information_column(column, name, samples) {
                Some(found) => information.push(found),
                None => problems
                    .push(|| unknown_column(name, samples).at(header_place(file, header, column))),
            }
        }
    }
    let width = header.names.len();
    Some(Columns {
        width,
        reference: reference?,
        sample: sample?,
        assessor,
        joint_assessor,
        information,
        unnamed,
    })
}

fn information_column(
    column: usize,
    name: &str,
    samples: &[SampleInfo<'_>],
) -> Option<InformationColumn> {
    let mut id = None;
    let mut places = Vec::new();
    for sample in samples {
        let attributes = &sample.questions.attributes;
        let place = attributes
            .iter()
            .position(|attribute| attribute.id.eq_ignore_ascii_case(name));
        id = id.or_else(|| Some(attributes.get(place?)?.id.clone()));
        places.push(place);
    }
    Some(InformationColumn {
        column,
        id: id?,
        places,
    })
}

fn unknown_column(name: &str, samples: &[SampleInfo<'_>]) -> Problem {
    let mut ids = FIXED.to_vec();
    for attribute in samples
        .iter()
        .flat_map(|sample| &sample.questions.attributes)
    {
        if !ids.contains(&attribute.id.as_str()) {
            ids.push(&attribute.id);
        }
    }
    let what = format!("there is no case information {}", shown(name));
    Problem::new(Code::UnknownAttribute, what, nearest(name, ids))
}

struct CaseReader<'a> {
    file: &'a str,
    samples: &'a [SampleInfo<'a>],
    columns: Columns,
    problems: Gather,
    /// The line of each reference.
    lines: HashMap<String, u64>,
    any: bool,
}

impl CaseReader<'_> {
    /// `None` if something is wrong with the row, which has then been reported.
    fn row(&mut self, line: u64, record: &ByteRecord) -> Option<CaseRow> {
        self.any = true;
        let place = Place::of(self.file).line(line);
        if record.len() != self.columns.width {
            self.problems
                .push(|| ragged(record.len(), self.columns.width).at(place));
            return None;
        }
        let cell = |column: usize| cell_text(record.get(column).unwrap_or_default());
        let at = |column: usize| place.clone().column(from_one(column));
        for column in &self.columns.unnamed {
            let text = cell(*column);
            if !text.is_empty() {
                self.problems.push(|| unnamed(text).at(at(*column)));
            }
        }
        let reference = self.reference(line, cell(self.columns.reference));
        let sample = find_sample(self.samples, cell(self.columns.sample));
        let mut keep =
            |column: usize, problem: Problem| self.problems.push(|| problem.at(at(column)));
        let reference = reference
            .map_err(|problem| keep(self.columns.reference, problem))
            .ok();
        let sample = sample
            .map_err(|problem| keep(self.columns.sample, problem))
            .ok()?;
        let mut information = vec![None; self.samples.get(sample)?.questions.attributes.len()];
        for column in &self.columns.information {
            let text = cell(column.column);
            match information_of(self.samples, sample, column, text) {
                Ok(Some((place, value))) => {
                    if let Some(slot) = information.get_mut(place) {
                        *slot = Some(value);
                    }
                }
                Ok(None) => {}
                Err(problem) => keep(column.column, problem),
            }
        }
        let person = |column: Option<usize>| {
            let name = column.map(cell).filter(|text| !text.is_empty());
            name.map(str::to_owned)
        };
        Some(CaseRow {
            line,
            reference: reference?,
            sample,
            assessor: person(self.columns.assessor),
            joint_assessor: person(self.columns.joint_assessor),
            information,
        })
    }

    fn reference(&mut self, line: u64, text: &str) -> Result<String, Problem> {
        if text.is_empty() {
            return Err(missing("reference", "give every case a code"));
        }
        let reference = check_reference(text)?;
        if let Some(first) = self.lines.get(&reference) {
            let what =
                format!("the reference {reference} stands a second time, first on line {first}");
            return Err(Problem::new(
                Code::DuplicateReference,
                what,
                "give each case its own reference",
            ));
        }
        self.lines.insert(reference.clone(), line);
        Ok(reference)
    }
}

fn find_sample(samples: &[SampleInfo<'_>], name: &str) -> Result<usize, Problem> {
    let ids = || {
        samples
            .iter()
            .map(|sample| sample.questions.sample.as_str())
    };
    if name.is_empty() {
        return Err(missing("sample", nearest("", ids())));
    }
    let is = |known: &str| known.to_lowercase() == name.to_lowercase();
    let by_id = ids().position(is);
    let by_title = || samples.iter().position(|sample| is(sample.title));
    by_id.or_else(by_title).ok_or_else(|| {
        Problem::new(
            Code::UnknownSample,
            format!("there is no sample {}", shown(name)),
            nearest(name, ids()),
        )
    })
}

/// The value of a cell with the place of its attribute, or `None` for an empty cell.
fn information_of(
    samples: &[SampleInfo<'_>],
    sample: usize,
    column: &InformationColumn,
    text: &str,
) -> Result<Option<(usize, String)>, Problem> {
    let Some(info) = samples.get(sample).filter(|_| !text.is_empty()) else {
        return Ok(None);
    };
    let place = column.places.get(sample).copied().flatten();
    let Some((place, attribute)) =
        place.and_then(|place| Some((place, info.questions.attributes.get(place)?)))
    else {
        let what = format!(
            "cases of the sample {} have no {}",
            info.questions.sample, column.id
        );
        return Err(Problem::new(Code::UnknownAttribute, what, "empty the cell"));
    };
    let titles = info.choice_titles.get(place).map_or(&[][..], Vec::as_slice);
    check_value(attribute, titles, text).map(|value| Some((place, value)))
}

#[cfg(test)]
#[path = "cases_tests.rs"]
mod tests;
