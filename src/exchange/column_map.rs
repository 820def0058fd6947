//! Reads the small file that says which column of an extract holds what: `"Date of birth" = "date_of_birth"`, in TOML.
//!
//! Must not know extracts, nor which case information there is.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::{Code, Place, Problem, Problems};

/// Pairs of a column's name and what it holds, in the order of the file. They stand under `[columns]`, or at the top of a file
/// that has no such table.
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
    let at = |offset: usize| {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        Place::of(file).line(number(line)).column(number(column))
    };
    let document = DeTable::parse(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let what = format!("the map is not TOML: {}", error.message());
        Problem::new(Code::NotToml, what, REMEDY).at(at(start))
    })?;
    let columns = match document.get_ref().get("columns").map(Spanned::get_ref) {
        Some(DeValue::Table(columns)) => columns,
        _ => document.get_ref(),
    };
    let mut pairs: Vec<(usize, String, String)> = Vec::new();
    let mut problems = Problems::default();
    for (name, value) in columns {
        let (start, name) = (name.span().start, name.get_ref().trim());
        match value.get_ref().as_str() {
            Some(holds) => pairs.push((start, name.to_owned(), holds.trim().to_owned())),
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
