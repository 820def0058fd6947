//! Columns that are known by their names, in any order: which of them a file has, and the cells of its rows.
//!
//! Must not know what the cells mean.

use csv::ByteRecord;

use super::blocks::cell_text;
use super::gather::Gather;
use super::layout::{check_names, find_column, has_other_separator, header_place, missing_column};
use super::row_problems::{from_one, ragged, unnamed};
use super::source::Header;
use super::values::shown;
use crate::model::{Code, Place, Problem, nearest};

/// Which columns files of one kind have.
pub(super) struct Form {
    /// What such files hold, as in "a file of measures".
    pub(super) holds: &'static str,
    /// The names of all columns, those first that must be there.
    pub(super) names: &'static [&'static str],
    /// How many of them must be there.
    pub(super) required_count: usize,
    /// What to do about a header that lacks one of these.
    pub(super) remedy: &'static str,
}

/// The columns of one file, by the places of their names in the [`Form`].
pub(super) struct NamedColumns {
    width: usize,
    places: Vec<Option<usize>>,
    unnamed: Vec<usize>,
}

impl NamedColumns {
    /// Finds the columns in a header; `None` if the rows cannot be read without what is missing.
    pub(super) fn read(
        file: &str,
        header: &Header,
        form: &Form,
        problems: &mut Gather,
    ) -> Option<NamedColumns> {
        let required = || form.names.iter().take(form.required_count);
        let missing = |name: &str| missing_column(file, header, name, form.remedy);
        if has_other_separator(header) {
            problems.push(|| missing(required().next().unwrap_or(&"")));
            return None;
        }
        check_names(file, header, problems);
        let mut unnamed = Vec::new();
        for (column, name) in header.names.iter().enumerate() {
            if name.is_empty() {
                unnamed.push(column);
            } else if !form
                .names
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known))
            {
                problems.push(|| {
                    let what = format!("a file of {} has no column {}", form.holds, shown(name));
                    let remedy = nearest(name, form.names.iter().copied());
                    let problem = Problem::new(Code::WrongHeader, what, remedy);
                    problem.at(header_place(file, header, column))
                });
            }
        }
        let places: Vec<Option<usize>> = form
            .names
            .iter()
            .map(|name| find_column(header, name))
            .collect();
        let mut is_whole = true;
        for (name, place) in required().zip(&places) {
            if place.is_none() {
                problems.push(|| missing(name));
                is_whole = false;
            }
        }
        let width = header.names.len();
        is_whole.then_some(NamedColumns {
            width,
            places,
            unnamed,
        })
    }

    /// Whether the file has the column.
    pub(super) fn has(&self, name: usize) -> bool {
        self.number(name).is_some()
    }

    /// The column's number, from 1.
    pub(super) fn number(&self, name: usize) -> Option<u64> {
        self.places.get(name).copied().flatten().map(from_one)
    }

    /// The cells of a row in the order of the form, empty for a column that the file does not have; `None` for a row that is
    /// longer or shorter than the header. What is wrong is reported.
    pub(super) fn cells<'r>(
        &self,
        record: &'r ByteRecord,
        place: &Place,
        problems: &mut Gather,
    ) -> Option<Vec<&'r str>> {
        if record.len() != self.width {
            problems.push(|| ragged(record.len(), self.width).at(place.clone()));
            return None;
        }
        let cell = |column: usize| cell_text(record.get(column).unwrap_or_default());
        for column in &self.unnamed {
            let text = cell(*column);
            if !text.is_empty() {
                problems.push(|| unnamed(text).at(place.clone().column(from_one(*column))));
            }
        }
        let places = self.places.iter();
        Some(places.map(|place| place.map_or("", cell)).collect())
    }
}
