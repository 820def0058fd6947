//! Reads the small file that says which column of an extract holds what: `"Date of birth" = "date_of_birth"`, in TOML; and how the
//! extract writes values: `M = "male"` under `[values.gender]`.
//!
//! Must not know extracts, nor which case information there is.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::{Code, Place, Problem, Problems};

/// Pairs of a column's name and what it holds, in the order of the file. They stand under `[columns]`, or at the top of a file
/// that has no such table. How a value is written is such a pair too, which `as_value` tells apart: `M` and `gender=male`.
///
/// # Errors
/// The file cannot be read, is not TOML, or holds anything but texts.
pub fn read_column_map(path: &Path) -> Result<Vec<(String, String)>, Problems> {
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        let what = format!("the map cannot be read: {error}");
        let remedy = "check its name and folder, and that it was saved as UTF-8 text";
        Problem::new(Code::UnreadableFile, what, remedy).at(Place::of(&file))
    })?;
    parse(&text, &file)
}

const REMEDY: &str = "write lines such as \"Date of birth\" = \"date_of_birth\"";

fn parse(text: &str, file: &str) -> Result<Vec<(String, String)>, Problems> {
    let at = |offset| place_at(text, file, offset);
    let document = DeTable::parse(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let what = format!("the map is not TOML: {}", error.message());
        Problem::new(Code::NotToml, what, REMEDY).at(at(start))
    })?;
    let document = document.get_ref();
    let table = |name: &str| match document.get(name).map(Spanned::get_ref) {
        Some(DeValue::Table(table)) => Some(table),
        _ => None,
    };
    let values = table("values");
    let columns = table("columns").unwrap_or(document);
    let is_values = |name: &str| name == "values" && values.is_some();
    let columns = columns
        .iter()
        .filter(|(name, _)| !is_values(name.get_ref()))
        .map(|(name, value)| ("", name, value));
    let (mut said, mut problems) = (columns.collect::<Vec<_>>(), Problems::default());
    for (attribute, written) in values.into_iter().flatten() {
        match written.get_ref() {
            DeValue::Table(written) => {
                let written = written.iter();
                said.extend(written.map(|(text, value)| (&**attribute.get_ref(), text, value)));
            }
            _ => {
                let what = format!(
                    "values.{} does not say how values are written",
                    attribute.get_ref()
                );
                let remedy = "write [values.gender], and under it lines such as M = \"male\"";
                let problem = Problem::new(Code::WrongValue, what, remedy);
                problems.0.push(problem.at(at(attribute.span().start)));
            }
        }
    }
    let mut pairs: Vec<(usize, String, String)> = Vec::new();
    for (attribute, name, value) in said {
        let (start, name) = (name.span().start, name.get_ref().trim());
        match value.get_ref().as_str().map(str::trim) {
            Some(holds) if attribute.is_empty() => {
                pairs.push((start, name.to_owned(), holds.to_owned()));
            }
            Some(value) => pairs.push((start, name.to_owned(), format!("{attribute}={value}"))),
            None => {
                let what = format!("{name} does not name what the column holds");
                let problem = Problem::new(Code::WrongValue, what, REMEDY);
                problems.0.push(problem.at(at(value.span().start)));
            }
        }
    }
    if pairs.is_empty() && problems.0.is_empty() {
        let problem = Problem::new(Code::EmptyFile, "the map names no column", REMEDY);
        problems.0.push(problem.at(Place::of(file)));
    }
    pairs.sort_unstable_by_key(|(start, ..)| *start);
    let pairs = pairs.into_iter().map(|(_, name, holds)| (name, holds));
    problems.none_or(pairs.collect())
}

fn place_at(text: &str, file: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    Place::of(file).line(number(line)).column(number(column))
}

/// Of a pair that says how a value is written, the case information and its value; `None` for a pair about a column.
pub(super) fn as_value(holds: &str) -> Option<(&str, &str)> {
    holds.split_once('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(String, String)>, String> {
        parse(text, "map.toml").map_err(|problems| problems.to_string())
    }

    #[test]
    fn pairs_stand_under_columns_or_at_the_top_and_keep_their_order() {
        let pairs = [("Sex", "gender"), ("CRN", "reference")];
        let pairs = pairs.map(|(name, holds)| (name.to_owned(), holds.to_owned()));
        let lines = "Sex = \"gender\"\n\"CRN\" = \" reference\"\n";
        assert_eq!(read(lines).unwrap(), pairs);
        assert_eq!(read(&format!("[columns]\n{lines}")).unwrap(), pairs);
    }

    #[test]
    fn values_may_be_written_otherwise_beside_columns_with_a_table_or_without() {
        for columns in ["Sex = \"gender\"\n", "[columns]\nSex = \"gender\"\n"] {
            let pairs = read(&format!("{columns}[values.gender]\nM = \"male\"\n")).unwrap();
            let shown: Vec<(&str, &str)> = pairs
                .iter()
                .map(|(name, holds)| (name.as_str(), holds.as_str()))
                .collect();
            assert_eq!(shown, [("Sex", "gender"), ("M", "gender=male")]);
        }
        assert_eq!(as_value("gender=male"), Some(("gender", "male")));
        assert_eq!(as_value("gender"), None);
        let message = read("Sex = \"gender\"\n[values]\ngender = \"male\"\n").unwrap_err();
        assert!(
            message.contains("line 3 column 1: values.gender does not say"),
            "{message}"
        );
    }

    #[test]
    fn what_is_no_map_is_told_with_its_place() {
        let message = read("Sex = \"gender\"\nCRN reference\n").unwrap_err();
        assert!(message.starts_with("map.toml line 2 column"), "{message}");
        assert!(message.ends_with("[not-toml]"), "{message}");
        let message = read("Sex = 1\nCRN = [\"reference\"]\n").unwrap_err();
        assert_eq!(message.lines().count(), 2, "{message}");
        assert!(
            message.contains("map.toml line 2 column 7: CRN does not name"),
            "{message}"
        );
        assert!(read("").unwrap_err().ends_with("[empty-file]"));
    }
}
