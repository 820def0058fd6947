//! Reads an extract of a case management system: the cases from which a sample is drawn.
//!
//! Kept is the reference and the case information that the framework knows; names and dates of birth become keys by which
//! several cases of one person are found (`person`), and every other column is dropped. Must not know which cases are eligible.

use std::collections::HashMap;
use std::path::Path;

use csv::ByteRecord;

use super::blocks::cell_text;
use super::extract_header::{Columns, ExtractSpec, read_header};
use super::gather::{Gather, Reading};
use super::person::{PersonKey, Persons};
use super::row_problems::{from_one, missing, ragged};
use super::source::{Options, Source, no_rows};
use super::values::{check_reference, check_value, read_date};
use crate::model::{Attribute, Code, Place, Problem, Problems};

/// What an extract says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extract {
    /// The references in file order; each is there once, capitals or not.
    pub references: Vec<String>,
    /// The person of each row; `None` where the extract does not tell.
    pub persons: Vec<Option<PersonKey>>,
    /// The case information that the extract has columns for.
    pub information: Vec<ExtractColumn>,
    /// Names of columns that are not needed, in file order.
    pub dropped: Vec<String>,
    /// Whether it has columns that tell persons apart.
    pub tells_persons: bool,
    /// Whether its columns have names of their own, which a map explains.
    pub is_mapped: bool,
}

/// One piece of case information.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractColumn {
    /// Its place among the sample's attributes.
    pub attribute: usize,
    /// The values that occur, in the order of their first use.
    pub values: Vec<String>,
    /// For each row the place of its value, from 1; 0 is an empty cell.
    pub numbers: Vec<u32>,
}

/// Reads an extract.
///
/// # Errors
/// The file cannot be opened, or is empty; what is wrong with its header and its rows is kept in the [`Reading`].
pub fn read_extract(
    path: &Path,
    options: &Options<'_>,
    spec: &ExtractSpec<'_>,
) -> Result<Reading<Extract>, Problems> {
    let source = Source::open(path, options)?;
    let file = source.file.clone();
    let mut problems = Gather::default();
    let Some(columns) = read_header(&file, &source.header, spec, &mut problems) else {
        return Ok(Reading::new(&file, Extract::default(), problems));
    };
    let information = columns.information.iter();
    let information =
        information.map(|(column, place)| InformationReader::new(spec, *column, *place));
    let mut reader = ExtractReader {
        file: &file,
        information: information.collect(),
        persons: Persons::new(spec.key),
        columns,
        problems,
        lines: HashMap::new(),
        says: Extract::default(),
    };
    let mut any = false;
    let ended = source.each_row(|line, record| {
        any = true;
        reader.row(line, record);
        true
    });
    let ExtractReader {
        columns,
        information,
        mut problems,
        mut says,
        ..
    } = reader;
    if let Err(problem) = ended {
        problems.stop(problem);
    } else if !any && problems.is_empty() {
        return Err(no_rows(&file).into());
    }
    says.tells_persons = columns.tells_persons();
    says.is_mapped = columns.is_mapped;
    says.dropped = columns.dropped;
    says.information = information.into_iter().map(|reader| reader.read).collect();
    Ok(Reading::new(&file, says, problems))
}

struct ExtractReader<'a> {
    file: &'a str,
    columns: Columns,
    information: Vec<InformationReader<'a>>,
    persons: Persons,
    problems: Gather,
    /// The line of each reference, in lower case.
    lines: HashMap<String, u64>,
    says: Extract,
}

impl ExtractReader<'_> {
    fn row(&mut self, line: u64, record: &ByteRecord) {
        let place = || Place::of(self.file).line(line);
        if record.len() != self.columns.width {
            let width = self.columns.width;
            self.problems
                .push(|| ragged(record.len(), width).at(place()));
            return;
        }
        let cell = |column: usize| cell_text(record.get(column).unwrap_or_default());
        let column = self.columns.reference;
        match take_reference(&mut self.lines, line, cell(column)) {
            Ok(reference) => self.says.references.push(reference),
            Err(problem) => self
                .problems
                .push(|| problem.at(place().column(from_one(column)))),
        }
        for reader in &mut self.information {
            if let Err(problem) = reader.read(cell(reader.column)) {
                let column = from_one(reader.column);
                self.problems.push(|| problem.at(place().column(column)));
            }
        }
        let birth = self.columns.date_of_birth.map_or("", cell);
        if let Some(column) = self.columns.date_of_birth
            && !birth.is_empty()
            && read_date(birth).is_none()
        {
            self.problems
                .push(|| wrong_birth().at(place().column(from_one(column))));
        }
        let id = self.columns.person.map_or("", cell);
        let person = if id.is_empty() {
            let parts: Vec<&str> = self.columns.names.iter().copied().map(cell).collect();
            self.persons.of_name(&parts, birth)
        } else {
            self.persons.of_id(id)
        };
        self.says.persons.push(person);
    }
}

fn take_reference(
    lines: &mut HashMap<String, u64>,
    line: u64,
    text: &str,
) -> Result<String, Problem> {
    if text.is_empty() {
        return Err(missing("reference", "give every case a code"));
    }
    let reference = check_reference(text)?;
    if let Some(first) = lines.insert(reference.to_ascii_lowercase(), line) {
        let what = format!("the reference {reference} stands a second time, first on line {first}");
        let remedy = "give each case its own reference, also in more than its capitals";
        return Err(Problem::new(Code::DuplicateReference, what, remedy));
    }
    Ok(reference)
}

/// The date itself is not quoted: it may stand in a log afterwards.
fn wrong_birth() -> Problem {
    let remedy = "write 1980-10-01 or 01/10/1980 (day, month, year), or empty the cell";
    Problem::new(
        Code::UnknownValue,
        "the date of birth is not a date",
        remedy,
    )
}

/// Reads one column of case information. A value that occurred before is not checked again: there are few and many rows.
struct InformationReader<'a> {
    column: usize,
    attribute: Option<&'a Attribute>,
    choice_titles: &'a [String],
    /// The number of each text as it stands in the file.
    texts: HashMap<String, u32>,
    numbers: HashMap<String, u32>,
    read: ExtractColumn,
}

impl<'a> InformationReader<'a> {
    fn new(spec: &ExtractSpec<'a>, column: usize, attribute: usize) -> InformationReader<'a> {
        let titles = spec.choice_titles.get(attribute);
        InformationReader {
            column,
            attribute: spec.questions.attributes.get(attribute),
            choice_titles: titles.map_or(&[], Vec::as_slice),
            texts: HashMap::from([(String::new(), 0)]),
            numbers: HashMap::new(),
            read: ExtractColumn {
                attribute,
                values: Vec::new(),
                numbers: Vec::new(),
            },
        }
    }

    fn read(&mut self, text: &str) -> Result<(), Problem> {
        let number = match self.texts.get(text) {
            Some(number) => *number,
            None => self.read_new(text)?,
        };
        self.read.numbers.push(number);
        Ok(())
    }

    fn read_new(&mut self, text: &str) -> Result<u32, Problem> {
        let Some(attribute) = self.attribute else {
            return Ok(0);
        };
        let value = check_value(attribute, self.choice_titles, text)?;
        let values = &mut self.read.values;
        let number = *self.numbers.entry(value).or_insert_with_key(|value| {
            values.push(value.clone());
            u32::try_from(values.len()).unwrap_or(u32::MAX)
        });
        self.texts.insert(text.to_owned(), number);
        Ok(number)
    }
}

#[cfg(test)]
#[path = "extract_tests.rs"]
mod tests;
