//! What stands in a cell of a table: words, figures, ratings, and why one is missing. Must not know how any of it is written.

use std::borrow::Cow;

use super::super::number::{format_count, format_figure, format_percent};
use crate::model::Decimal;
use crate::rating::words;
use serde::{Deserialize, Serialize};

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What stands in it.
    pub value: Value,
    /// What is said of its figure by shorthand, such as `[p]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Symbol>,
    /// Numbers of the table's notes that belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<usize>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Words.
    Text(String),
    /// How many.
    Count(u64),
    /// Whole percent.
    Percent(u64),
    /// A decimal number.
    Figure {
        /// The number, with the decimals that it is published with.
        figure: Decimal,
        /// Whether it is a change: printed with `+` or `−` before it.
        signed: bool,
    },
    /// A place on a scale.
    Rating {
        /// Its published name.
        title: String,
        /// Its place; 0 is the worst.
        place: usize,
        /// How many ratings the scale has.
        of: usize,
    },
    /// A figure that would stand here and does not.
    Missing(Missing),
    /// Nothing belongs here; [`blank_cells`](super::Table::blank_cells) says why.
    Blank,
}

/// Why a figure is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// What is printed instead.
    pub symbol: Symbol,
    /// The reason, as a sentence without full stop.
    pub reason: String,
}

/// A shorthand in a cell, alone or beside a figure, and its meaning for the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// What is printed.
    pub code: &'static str,
    /// What it means; one code has one meaning in a table.
    pub meaning: Cow<'static, str>,
}

impl Symbol {
    /// There should be a figure, and there is none.
    pub const NOT_AVAILABLE: Symbol = Symbol {
        code: "[x]",
        meaning: Cow::Borrowed("not available"),
    };
    /// There can be no figure.
    pub const NOT_APPLICABLE: Symbol = Symbol {
        code: "[z]",
        meaning: Cow::Borrowed("not applicable"),
    };
    /// There is no figure, in tables of measures: their publishers tell the two cases apart in words only, and keep `[z]` for
    /// what is unreliable.
    pub const NOT_RECORDED: Symbol = Symbol {
        code: "[x]",
        meaning: Cow::Borrowed("not applicable or not available"),
    };
    /// The figure is kept back, so that nobody can be recognised by it.
    pub const SUPPRESSED: Symbol = Symbol {
        code: "[c]",
        meaning: Cow::Borrowed("suppressed, so that no person can be recognised"),
    };
    /// The figure may still change.
    pub const PROVISIONAL: Symbol = Symbol {
        code: "[p]",
        meaning: Cow::Borrowed("provisional"),
    };
    /// The figure was changed since it was first published.
    pub const REVISED: Symbol = Symbol {
        code: "[r]",
        meaning: Cow::Borrowed("revised"),
    };

    /// The figure rests on too few observations; `observations` is from how many on it would not, where the framework says so.
    #[must_use]
    pub fn unreliable(observations: Option<u64>) -> Symbol {
        let meaning = observations.map_or(Cow::Borrowed("unreliable"), |least| {
            let observations = words::count_of(least, "observation");
            Cow::Owned(format!("unreliable (fewer than {observations})"))
        });
        Symbol {
            code: "[z]",
            meaning,
        }
    }
}

impl Cell {
    /// Words.
    #[must_use]
    pub fn text(words: impl Into<String>) -> Cell {
        Value::Text(words.into()).into()
    }

    /// Nothing belongs here.
    #[must_use]
    pub fn blank() -> Cell {
        Value::Blank.into()
    }

    /// A missing figure and why.
    #[must_use]
    pub fn missing(symbol: Symbol, reason: impl Into<String>) -> Cell {
        let reason = reason.into();
        Value::Missing(Missing { symbol, reason }).into()
    }

    /// A decimal number without marks.
    #[must_use]
    pub fn figure(figure: Decimal) -> Cell {
        Value::Figure {
            figure,
            signed: false,
        }
        .into()
    }

    /// A change: a decimal number with its sign.
    #[must_use]
    pub fn change(figure: Decimal) -> Cell {
        Value::Figure {
            figure,
            signed: true,
        }
        .into()
    }

    /// The symbols in it: that of a missing figure, or the marks of one that is there.
    pub(in crate::report) fn symbols(&self) -> impl Iterator<Item = &Symbol> {
        let missing = match &self.value {
            Value::Missing(missing) => Some(&missing.symbol),
            _ => None,
        };
        missing.into_iter().chain(&self.marks)
    }

    /// The same cell with these marks beside its figure.
    #[must_use]
    pub fn with_marks(mut self, marks: Vec<Symbol>) -> Cell {
        self.marks = marks;
        self
    }

    /// The same cell with these notes.
    #[must_use]
    pub fn with_notes(mut self, notes: Vec<usize>) -> Cell {
        self.notes = notes;
        self
    }

    /// What a person reads, without note marks: `83% [r]`.
    #[must_use]
    pub fn shown(&self) -> String {
        let marks = self.marks.iter().map(|mark| format!(" {}", mark.code));
        std::iter::once(self.shown_alone()).chain(marks).collect()
    }

    fn shown_alone(&self) -> String {
        match &self.value {
            Value::Text(words) => words.clone(),
            Value::Count(count) => format_count(*count),
            Value::Percent(percent) => format_percent(*percent),
            Value::Figure { figure, signed } => format_figure(*figure, *signed),
            Value::Rating { title, .. } => title.clone(),
            Value::Missing(missing) => missing.symbol.code.to_owned(),
            Value::Blank => String::new(),
        }
    }

    /// What a person reads, with note marks: `2.2.3 [note 1]`.
    #[must_use]
    pub fn shown_with_notes(&self) -> String {
        let marks = self.notes.iter().map(|number| format!(" [note {number}]"));
        std::iter::once(self.shown()).chain(marks).collect()
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Cell {
        Cell {
            value,
            marks: Vec::new(),
            notes: Vec::new(),
        }
    }
}
