//! What the provider's inspection before had for each standard and key question: found by number, comparable only where it is worded
//! and rated alike. Must not know the programme.

use super::super::annex::percent_cell;
use super::super::footnotes::{overall_notes, standard_note};
use super::super::programme::Inspected;
use super::super::summary::{overall_rating_cell, standard_rating_cell};
use super::super::table::Cell;
use super::missing;
use crate::framework::Framework;
use crate::rating::{QuestionRating, StandardRating};

/// The inspection before.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub(super) one: &'a Inspected,
    /// Whether a rating means the same in both.
    shares_scale: bool,
}

impl<'a> Before<'a> {
    /// `framework` is that of the inspection that it stands before.
    pub(super) fn new(one: &'a Inspected, framework: &Framework) -> Before<'a> {
        Before {
            one,
            shares_scale: one.framework.scale == framework.scale,
        }
    }

    /// What it is called: its period, or its name where it has none.
    pub(super) fn label(self) -> &'a str {
        let heading = &self.one.heading;
        match heading.period.as_str() {
            "" => &heading.inspection,
            period => period,
        }
    }

    /// A standard's rating, and what is to be said of it.
    pub(super) fn standard(self, standard: &StandardRating) -> (Cell, Vec<String>) {
        let (one, label) = (self.one, self.label());
        let mut all = one.rating.standards.iter();
        match all.find(|known| known.number == standard.number) {
            None => absent(format!("{label} has no such standard")),
            Some(found) if found.title != standard.title => {
                absent(reworded(label, &found.number, &found.title))
            }
            Some(_) if !self.shares_scale => absent(other_scale(label)),
            Some(found) => {
                let moved = found
                    .moved_from
                    .and_then(|_| standard_note(&one.framework, found));
                let notes = moved.map(|note| format!("{label}: {note}"));
                let cell = standard_rating_cell(&one.framework, found);
                (cell, notes.into_iter().collect())
            }
        }
    }

    /// The overall rating, and what is to be said of it.
    pub(super) fn overall(self) -> (Cell, Vec<String>) {
        let (one, label) = (self.one, self.label());
        if !self.shares_scale {
            return absent(other_scale(label));
        }
        let notes = overall_notes(&one.framework, &one.rating).into_iter();
        let notes = notes.map(|note| format!("{label}: {note}"));
        let cell = overall_rating_cell(&one.framework, &one.rating);
        (cell, notes.collect())
    }

    /// The percentage of a key question, as a cell and as a figure, and what is to be said of it.
    pub(super) fn question(self, question: &QuestionRating) -> (Cell, Option<u64>, Option<String>) {
        let (one, label) = (self.one, self.label());
        let standards = one.rating.standards.iter();
        let mut all = standards.flat_map(|standard| &standard.questions);
        let gone = match all.find(|known| known.number == question.number) {
            Some(found) if found.text == question.text => {
                return (percent_cell(&one.framework, found), found.percent, None);
            }
            Some(found) => reworded(label, &found.number, &found.text),
            None => format!("{label} has no such key question"),
        };
        (missing(&gone), None, Some(gone))
    }
}

/// A missing cell whose reason is a note, too.
fn absent(reason: String) -> (Cell, Vec<String>) {
    (missing(&reason), vec![reason])
}

fn reworded(label: &str, number: &str, words: &str) -> String {
    format!("{label} worded {number} otherwise: {words}")
}

fn other_scale(label: &str) -> String {
    format!("{label} was rated on another scale")
}
