//! What the provider's inspection before had for each standard and key question: found by number, comparable only where it is worded
//! and rated alike. Must not know the programme.

use super::super::annex::percent_cell;
use super::super::footnotes::{overall_notes, partly_rated_note, standard_note};
use super::super::heading::Heading;
use super::super::programme::Inspected;
use super::super::summary::{overall_rating_cell, standard_rating_cell};
use super::super::table::{Cell, Value};
use super::{Previous, few_note, missing};
use crate::framework::Framework;
use crate::rating::{QuestionRating, StandardRating};

/// The inspection before.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub(super) one: &'a Inspected,
    /// Whether it is closed, so that its figures stay.
    is_closed: bool,
    /// Whether a rating means the same in both.
    shares_scale: bool,
}

/// A key question as the inspection before had it.
pub(super) struct QuestionBefore {
    /// Percent yes.
    pub(super) percent: Cell,
    /// How many cases with yes and with no are behind that.
    pub(super) counts: [Cell; 2],
    /// The percentage as a figure.
    pub(super) figure: Option<u64>,
    /// What is to be said of it.
    pub(super) note: Option<String>,
}

impl QuestionBefore {
    /// There is none, and why.
    pub(super) fn none(reason: &str) -> QuestionBefore {
        QuestionBefore {
            percent: missing(reason),
            counts: [missing(reason), missing(reason)],
            figure: None,
            note: None,
        }
    }
}

/// What an inspection is called beside another: its period, or its name where it has none.
pub(super) fn label(heading: &Heading) -> &str {
    match heading.period.as_str() {
        "" => &heading.inspection,
        period => period,
    }
}

impl<'a> Before<'a> {
    /// `framework` is that of the inspection that it stands before.
    pub(super) fn new(previous: &'a Previous, framework: &Framework) -> Before<'a> {
        let one = &previous.inspected;
        Before {
            one,
            is_closed: previous.is_closed,
            shares_scale: one.framework.scale == framework.scale,
        }
    }

    /// What it is called.
    pub(super) fn label(self) -> &'a str {
        label(&self.one.heading)
    }

    /// That its figures may still change; `None` where they may not.
    pub(super) fn caution(self) -> Option<String> {
        let caution = || {
            let label = self.label();
            format!("{label} is not closed, so that its figures may still change")
        };
        (!self.is_closed).then(caution)
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
        let moved = overall_notes(&one.framework, &one.rating).into_iter();
        let notes = moved.chain(partly_rated_note(&one.framework, &one.rating));
        let notes = notes.map(|note| format!("{label}: {note}"));
        let cell = overall_rating_cell(&one.framework, &one.rating);
        (cell, notes.collect())
    }

    /// A key question.
    pub(super) fn question(self, question: &QuestionRating) -> QuestionBefore {
        let (one, label) = (self.one, self.label());
        let standards = one.rating.standards.iter();
        let mut all = standards.flat_map(|standard| &standard.questions);
        let gone = match all.find(|known| known.number == question.number) {
            Some(found) if found.text == question.text => {
                let percent = percent_cell(&one.framework, found);
                let count = |count: u64| match found.percent {
                    Some(_) => Cell::from(Value::Count(count)),
                    None => percent.clone(),
                };
                return QuestionBefore {
                    counts: [found.tally.yes, found.tally.no].map(count),
                    percent: percent.clone(),
                    figure: found.percent,
                    note: few_note(&one.framework, label, found),
                };
            }
            Some(found) => reworded(label, &found.number, &found.text),
            None => format!("{label} has no such key question"),
        };
        QuestionBefore {
            note: Some(gone.clone()),
            ..QuestionBefore::none(&gone)
        }
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
