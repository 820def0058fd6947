//! Reads an extract of a case management system: the cases from which a sample is drawn.
//!
//! Kept is the reference and the case information that the framework knows; names and dates of birth become keys by which
//! several cases of one person are found (`person`), and every other column is dropped. Must not know which cases are eligible.

use std::collections::HashMap;
use std::path::Path;

use csv::ByteRecord;

use super::blocks::cell_text;
use super::extract_header::{Columns, ExtractSpec, is, read_header};
use super::gather::{Gather, Reading};
use super::person::{PersonKey, Persons};
use super::row_problems::{from_one, missing, ragged};
use super::source::{Options, Source, no_rows};
use super::values::{check_reference, check_value, read_date};
use crate::model::{Attribute, AttributeKind, Code, Place, Problem, Problems};

/// What an extract says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extract {
    /// Name of the column of the references.
    pub reference_column: String,
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
    /// Its name in the extract.
    pub name: String,
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
    let name = |column: usize| source.header.names.get(column).cloned().unwrap_or_default();
    let information = columns.information.iter();
    let information = information.map(|(column, place)| {
        InformationReader::new(spec, &columns, (*column, name(*column)), *place)
    });
    let mut reader = ExtractReader {
        file: &file,
        information: information.collect(),
        says: Extract {
            reference_column: name(columns.reference),
            ..Extract::default()
        },
        persons: Persons::new(spec.key),
        columns,
        problems,
        lines: HashMap::new(),
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
        persons,
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
    persons.join(&mut says.persons);
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
            Err(problem) => self.tell((line, column), problem),
        }
        for at in 0..self.information.len() {
            let reader = &mut self.information[at];
            let column = reader.column;
            if let Err(problem) = reader.read(cell(column)) {
                self.tell((line, column), problem);
            }
        }
        let birth = self.columns.date_of_birth.map_or("", cell);
        if let Some(column) = self.columns.date_of_birth
            && !birth.is_empty()
        {
            match read_date(birth) {
                Some(birth) => self.compare_with_birth(line, &birth),
                None => self.tell((line, column), wrong_birth()),
            }
        }
        let id = self.columns.person.map_or("", cell);
        let parts: Vec<&str> = self.columns.names.iter().copied().map(cell).collect();
        self.says.persons.push(self.persons.take(id, &parts, birth));
    }

    /// Reports what is wrong with a cell. Where a whole column is wrong, it is said once.
    fn tell(&mut self, (line, column): (u64, usize), problem: Problem) {
        let place = Place::of(self.file).line(line).column(from_one(column));
        // Of a choice each wrong value is one thing to mend; what else is wrong is the same whatever the cell says.
        let says = match problem.code {
            Code::DuplicateReference => return self.problems.push(|| problem.at(place)),
            Code::UnknownValue if self.is_choice(column) => &problem.what,
            _ => &problem.remedy,
        };
        let alike = format!("{column} {says}");
        self.problems.push_alike(&alike, || problem.at(place));
    }

    fn is_choice(&self, column: usize) -> bool {
        let reader = self
            .information
            .iter()
            .find(|reader| reader.column == column);
        let kind = reader.and_then(|reader| reader.attribute);
        kind.is_some_and(|attribute| matches!(attribute.kind, AttributeKind::Choice(_)))
    }

    /// A day before the person was born tells that columns are mixed up, and a date of birth would be kept.
    fn compare_with_birth(&mut self, line: u64, birth: &str) {
        let early = self.information.iter().filter(|reader| {
            let date = reader.latest().filter(|_| reader.is_date());
            date.is_some_and(|date| date < birth)
        });
        let early: Vec<(usize, String)> = early
            .map(|reader| {
                let id = reader.attribute.map_or("", |attribute| &attribute.id);
                (reader.column, id.to_owned())
            })
            .collect();
        for (column, id) in early {
            let what = format!("{id} lies before the date of birth");
            let remedy = "check which column is which: the two may be mixed up";
            let problem = Problem::new(Code::UnknownValue, what, remedy);
            self.tell((line, column), problem);
        }
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
    if !reference.bytes().any(|byte| byte.is_ascii_digit()) {
        // It is not quoted: it may be a surname.
        let what = "the reference has no digit";
        let remedy = "use the case's code, never a name, and check which column is the reference";
        return Err(Problem::new(Code::BadReference, what, remedy));
    }
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
    /// Whether it is an officer, who is known by a code.
    is_officer: bool,
    /// Values as the extract writes them, and what they mean.
    written: Vec<(String, String)>,
    choice_titles: &'a [String],
    /// The number of each text as it stands in the file.
    texts: HashMap<String, u32>,
    numbers: HashMap<String, u32>,
    read: ExtractColumn,
}

impl<'a> InformationReader<'a> {
    fn new(
        spec: &ExtractSpec<'a>,
        columns: &Columns,
        (column, name): (usize, String),
        attribute: usize,
    ) -> InformationReader<'a> {
        let titles = spec.choice_titles.get(attribute);
        let written = columns.written.iter().filter(|(of, ..)| *of == attribute);
        InformationReader {
            column,
            is_officer: spec.officer == Some(attribute),
            written: written
                .map(|(_, text, value)| (text.clone(), value.clone()))
                .collect(),
            attribute: spec.questions.attributes.get(attribute),
            choice_titles: titles.map_or(&[], Vec::as_slice),
            texts: HashMap::from([(String::new(), 0)]),
            numbers: HashMap::new(),
            read: ExtractColumn {
                name,
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

    /// The value of the row that was read last.
    fn latest(&self) -> Option<&str> {
        let place = self.read.numbers.last()?.checked_sub(1)?;
        self.read.values.get(place as usize).map(String::as_str)
    }

    fn is_date(&self) -> bool {
        let kind = self.attribute.map(|attribute| &attribute.kind);
        matches!(kind, Some(AttributeKind::Date))
    }

    fn read_new(&mut self, text: &str) -> Result<u32, Problem> {
        let Some(attribute) = self.attribute else {
            return Ok(0);
        };
        let written = self.written.iter().find(|(known, _)| is(known, text));
        let meant = written.map_or(text, |(_, value)| value);
        let value = check_value(attribute, self.choice_titles, meant);
        let value = value.map_err(|problem| tell_of_values(attribute, problem))?;
        if self.is_officer && value.contains([' ', ',']) {
            return Err(no_code(attribute));
        }
        let values = &mut self.read.values;
        let number = *self.numbers.entry(value).or_insert_with_key(|value| {
            values.push(value.clone());
            u32::try_from(values.len()).unwrap_or(u32::MAX)
        });
        self.texts.insert(text.to_owned(), number);
        Ok(number)
    }
}

/// A choice may be written in another way, which the map can say; a slip of spelling has a remedy of its own.
fn tell_of_values(attribute: &Attribute, mut problem: Problem) -> Problem {
    let is_choice = matches!(attribute.kind, AttributeKind::Choice(_));
    if is_choice && !problem.remedy.ends_with('?') {
        let part = format!(
            "; or say in the map what it means, under [values.{}]",
            attribute.id
        );
        problem.remedy.push_str(&part);
    }
    problem
}

/// The value is not quoted: it may be a name.
fn no_code(attribute: &Attribute) -> Problem {
    let what = format!("{} has a space or comma, as names have", attribute.id);
    let remedy = "an officer is known by a code: check which column is the officer";
    Problem::new(Code::UnknownValue, what, remedy)
}

#[cfg(test)]
#[path = "extract_tests.rs"]
mod tests;
