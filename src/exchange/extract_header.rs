//! What the columns of an extract hold: by their own names, or by a map from those names.
//!
//! Must not know rows.

use super::column_map::as_value;
use super::gather::Gather;
use super::layout::{has_other_separator, header_place, missing_column};
use super::source::Header;
use super::values::shown;
use crate::model::{Code, Place, Problem, QuestionSet, nearest};

/// What tells the persons of an extract apart: the case management system's own id of the person, names and the date of birth.
/// They serve to find several cases of one person, and are never kept.
pub const PERSON_COLUMNS: [&str; 3] = ["person", "name", "date_of_birth"];

/// The names that the columns of an extract have.
#[derive(Debug, Clone, Copy, Default)]
pub struct ColumnNames<'a> {
    /// Pairs of a column's name and what it holds; a column that is not among them has the name of what it holds. Also pairs of a
    /// value as the extract writes it, and the case information and value that it means: `M` and `gender=male`.
    pub map: &'a [(String, String)],
    /// The file that the map was read from; `None` for the one of an earlier import, which is left aside where no column of
    /// the extract is in it.
    pub file: Option<&'a str>,
}

/// What is to be read from an extract.
#[derive(Debug, Clone, Copy)]
pub struct ExtractSpec<'a> {
    /// The sample's case information.
    pub questions: &'a QuestionSet,
    /// Titles of the choices of each attribute, in the order of `questions.attributes`; empty for other kinds.
    pub choice_titles: &'a [Vec<String>],
    /// How its columns are called.
    pub names: ColumnNames<'a>,
    /// Places of the attributes without which nothing can be drawn, each with what it is needed for.
    pub needed: &'a [(usize, &'static str)],
    /// Place of the attribute that says which of several cases of a person is kept; needed where persons can be told apart.
    pub earliest_by: Option<usize>,
    /// Place of the attribute that is an officer, who is known by a code.
    pub officer: Option<usize>,
    /// A random key, for recognising persons within this extract.
    pub key: &'a [u8; 32],
}

/// The columns of an extract, by their place from 0.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) width: usize,
    pub(super) reference: usize,
    pub(super) person: Option<usize>,
    /// One, or several that together are the name.
    pub(super) names: Vec<usize>,
    pub(super) date_of_birth: Option<usize>,
    /// Column and place of the attribute.
    pub(super) information: Vec<(usize, usize)>,
    /// Place of the attribute, a value as the extract writes it, and what that means.
    pub(super) written: Vec<(usize, String, String)>,
    /// Names of columns that are not needed.
    pub(super) dropped: Vec<String>,
    /// Whether the map was needed.
    pub(super) is_mapped: bool,
}

impl Columns {
    /// Whether the extract can say that two rows are about the same person.
    pub(super) fn tells_persons(&self) -> bool {
        self.person.is_some() || self.date_of_birth.is_some() && !self.names.is_empty()
    }
}

const REMEDY: &str = "give the column that name, or say with --map FILE which column it is";

/// `None` if the rows cannot be read without what is missing.
pub(super) fn read_header(
    file: &str,
    header: &Header,
    spec: &ExtractSpec<'_>,
    problems: &mut Gather,
) -> Option<Columns> {
    if has_other_separator(header) {
        problems.push(|| missing_column(file, header, "reference", REMEDY));
        return None;
    }
    let map = map_in_use(file, header, spec, problems);
    let mut columns = Columns {
        width: header.names.len(),
        is_mapped: !map.is_empty(),
        written: written_values(spec, map),
        ..Columns::default()
    };
    let mut reference = None;
    for (column, name) in header
        .names
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
    {
        let mapped = columns_of(map).find(|(known, _)| is(known, name));
        let holds = mapped.map_or(name, |(_, holds)| holds);
        match take(&mut columns, &mut reference, spec, column, holds) {
            Taken::Once => {}
            Taken::Twice => problems.push(|| {
                let what = format!("a second column holds {}", shown(holds));
                let problem = Problem::new(Code::WrongHeader, what, "leave one of the two out");
                problem.at(header_place(file, header, column))
            }),
            Taken::Unknown if mapped.is_some() => problems.push(|| {
                let what = format!(
                    "{} says that {} holds {}, and there is no such case information",
                    map_words(spec),
                    shown(name),
                    shown(holds)
                );
                let problem =
                    Problem::new(Code::UnknownAttribute, what, nearest(holds, known(spec)));
                problem.at(header_place(file, header, column))
            }),
            Taken::Unknown => columns.dropped.push(name.clone()),
        }
    }
    report_missing(file, header, spec, &columns, problems);
    if reference.is_none() {
        problems.push(|| missing_column(file, header, "reference", REMEDY));
    }
    columns.reference = reference?;
    Some(columns)
}

/// The map as far as it holds for this extract; columns of it that are not there are reported.
fn map_in_use<'a>(
    file: &str,
    header: &Header,
    spec: &ExtractSpec<'a>,
    problems: &mut Gather,
) -> &'a [(String, String)] {
    let is_there = |name: &str| header.names.iter().any(|known| is(known, name));
    let ColumnNames {
        map,
        file: map_file,
    } = spec.names;
    if map_file.is_none() && !columns_of(map).any(|(name, _)| is_there(name)) {
        return &[];
    }
    for (text, holds) in map {
        let Some((attribute, _)) = as_value(holds) else {
            continue;
        };
        if find_attribute(spec, attribute).is_none() {
            problems.push(|| {
                let text = shown(text);
                let what = format!("{} says what {text} means in {attribute}, and there is no such case information", map_words(spec));
                let problem = Problem::new(Code::UnknownAttribute, what, nearest(attribute, known(spec)));
                problem.at(Place::of(file).line(header.line))
            });
        }
    }
    for (name, _) in columns_of(map).filter(|(name, _)| !is_there(name)) {
        problems.push(|| {
            let what = format!(
                "the header has no column {}, which {} names",
                shown(name),
                map_words(spec)
            );
            let names = header.names.iter().map(String::as_str);
            let names = names.filter(|name| !name.is_empty());
            let problem = Problem::new(Code::WrongHeader, what, nearest(name, names));
            problem.at(Place::of(file).line(header.line))
        });
    }
    map
}

enum Taken {
    Once,
    Twice,
    Unknown,
}

/// Takes a column for what it holds.
fn take(
    columns: &mut Columns,
    reference: &mut Option<usize>,
    spec: &ExtractSpec<'_>,
    column: usize,
    holds: &str,
) -> Taken {
    let slot = if is(holds, "reference") {
        reference
    } else if is(holds, "person") {
        &mut columns.person
    } else if is(holds, "date_of_birth") {
        &mut columns.date_of_birth
    } else if is(holds, "name") {
        columns.names.push(column);
        return Taken::Once;
    } else {
        let Some(place) = find_attribute(spec, holds) else {
            return Taken::Unknown;
        };
        if columns.information.iter().any(|(_, known)| *known == place) {
            return Taken::Twice;
        }
        columns.information.push((column, place));
        return Taken::Once;
    };
    if slot.replace(column).is_some() {
        return Taken::Twice;
    }
    Taken::Once
}

/// Reports case information without which nothing can be drawn.
fn report_missing(
    file: &str,
    header: &Header,
    spec: &ExtractSpec<'_>,
    columns: &Columns,
    problems: &mut Gather,
) {
    let earliest = spec.earliest_by.filter(|_| columns.tells_persons());
    let earliest = earliest.map(|place| (place, "which of a person's cases is the earliest"));
    let mut said: Vec<usize> = Vec::new();
    for (place, what_for) in spec.needed.iter().copied().chain(earliest) {
        let is_there = columns.information.iter().any(|(_, known)| *known == place);
        if is_there || said.contains(&place) {
            continue;
        }
        said.push(place);
        let id = spec
            .questions
            .attributes
            .get(place)
            .map_or("", |attribute| &attribute.id);
        problems.push(|| {
            let what = format!("the header has no column {id}, which says {what_for}");
            let problem = Problem::new(Code::WrongHeader, what, REMEDY);
            problem.at(Place::of(file).line(header.line))
        });
    }
}

fn find_attribute(spec: &ExtractSpec<'_>, id: &str) -> Option<usize> {
    let mut attributes = spec.questions.attributes.iter();
    attributes.position(|attribute| is(&attribute.id, id))
}

/// The pairs of a map that are about values.
fn written_values(
    spec: &ExtractSpec<'_>,
    map: &[(String, String)],
) -> Vec<(usize, String, String)> {
    let values = map.iter().filter_map(|(text, holds)| {
        let (attribute, value) = as_value(holds)?;
        let place = find_attribute(spec, attribute)?;
        Some((place, text.clone(), value.to_owned()))
    });
    values.collect()
}

/// The pairs of a map that are about columns.
fn columns_of(map: &[(String, String)]) -> impl Iterator<Item = &(String, String)> {
    map.iter().filter(|(_, holds)| as_value(holds).is_none())
}

pub(super) fn is(name: &str, other: &str) -> bool {
    name.to_lowercase() == other.to_lowercase()
}

fn known<'a>(spec: &ExtractSpec<'a>) -> impl Iterator<Item = &'a str> {
    let attributes = spec.questions.attributes.iter();
    let ids = attributes.map(|attribute| attribute.id.as_str());
    std::iter::once("reference")
        .chain(PERSON_COLUMNS)
        .chain(ids)
}

fn map_words(spec: &ExtractSpec<'_>) -> String {
    spec.names.file.map_or_else(
        || "the map of an earlier import".to_owned(),
        |file| format!("the map {file}"),
    )
}
