//! What a rule is, and what it finds. Must not know any single rule.

use std::fmt;

use super::layout::Layout;
use crate::exchange::workbook_form::{Position, WorkbookForm};

/// How many places a finding names.
const PLACES_SHOWN: usize = 5;

/// How much of a cell is quoted.
const QUOTED_MAX: usize = 40;

/// What a rule weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// A workbook that breaks it shuts readers out.
    Essential,
    /// Better kept.
    Advice,
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its short name.
    pub id: &'static str,
    /// What it weighs.
    pub weight: Weight,
    /// What it asks for, as a sentence without full stop.
    pub asks: &'static str,
    /// What to do about a workbook that breaks it, as a sentence without full stop.
    pub remedy: &'static str,
    /// Who asks for it, and where.
    pub source: &'static str,
    /// Finds where a workbook breaks it.
    pub(super) find: fn(&Held<'_>) -> Vec<Spot>,
}

/// A place where a workbook breaks a rule; several cells of a sheet that break it in the same way are one.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The sheet; empty for the workbook as a whole.
    pub sheet: String,
    /// The cells, rows or columns; empty for the sheet as a whole.
    pub cells: String,
    /// What is wrong, as a sentence without full stop.
    pub what: String,
}

/// A workbook as rules look at it.
pub(super) struct Held<'w> {
    pub(super) book: &'w WorkbookForm,
    /// The sheets that people see.
    pub(super) sheets: Vec<Layout<'w>>,
}

/// What a rule finds in one place.
pub(super) struct Spot {
    sheet: String,
    cells: String,
    what: String,
}

/// Places of a sheet, the first few by name.
#[derive(Default)]
pub(super) struct Places {
    named: Vec<String>,
    count: usize,
    example: String,
}

impl Rule {
    pub(super) fn find(&'static self, held: &Held<'_>) -> Vec<Finding> {
        let spots = (self.find)(held).into_iter();
        let finding = |spot: Spot| Finding {
            rule: self,
            sheet: spot.sheet,
            cells: spot.cells,
            what: spot.what,
        };
        spots.map(finding).collect()
    }
}

impl Weight {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Weight::Essential => "essential",
            Weight::Advice => "advice",
        }
    }
}

impl<'w> Held<'w> {
    pub(super) fn of(book: &'w WorkbookForm) -> Held<'w> {
        let seen = book.sheets.iter().filter(|sheet| !sheet.is_hidden);
        Held {
            book,
            sheets: seen.map(Layout::of).collect(),
        }
    }

    /// One finding at most for each sheet that people see.
    pub(super) fn each_sheet(&self, find: impl Fn(&Layout<'w>) -> Option<Spot>) -> Vec<Spot> {
        self.sheets.iter().filter_map(find).collect()
    }
}

impl Spot {
    /// The workbook as a whole.
    pub(super) fn book(what: impl Into<String>) -> Spot {
        Spot {
            sheet: String::new(),
            cells: String::new(),
            what: what.into(),
        }
    }

    /// A sheet, and in it a place; the empty place stands for the sheet as a whole.
    pub(super) fn at(sheet: &str, place: impl fmt::Display, what: impl Into<String>) -> Spot {
        Spot {
            sheet: sheet.to_owned(),
            cells: place.to_string(),
            what: what.into(),
        }
    }
}

impl Places {
    /// One more place.
    pub(super) fn add(&mut self, place: impl fmt::Display) {
        self.count += 1;
        if self.named.len() < PLACES_SHOWN {
            self.named.push(place.to_string());
        }
    }

    /// Places of which no more than the first few need to be made.
    pub(super) fn add_all(&mut self, count: usize, mut each: impl Iterator<Item = Position>) {
        let total = self.count + count;
        while self.named.len() < PLACES_SHOWN
            && let Some(at) = each.next()
        {
            self.add(at);
        }
        self.count = total;
    }

    /// One more cell; what the first one says is kept.
    pub(super) fn add_cell(&mut self, at: Position, words: &str) {
        if self.count == 0 {
            self.example = quote(words);
        }
        self.add(at);
    }

    /// A finding if there is any place; `what` is given what the first cell says.
    pub(super) fn spot(self, sheet: &str, what: impl Fn(&str) -> String) -> Option<Spot> {
        let what = what(&self.example);
        (self.count > 0).then(|| Spot::at(sheet, self.to_string(), what))
    }
}

/// `B5, B6 and 7 more`.
impl fmt::Display for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = self.named.join(", ");
        match self.count.saturating_sub(self.named.len()) {
            0 => f.write_str(&named),
            more => write!(f, "{named} and {more} more"),
        }
    }
}

/// Words in quotation marks on one line, shortened where they are long.
pub(super) fn quote(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ");
    if words.chars().count() <= QUOTED_MAX {
        return format!("“{words}”");
    }
    let start: String = words.chars().take(QUOTED_MAX).collect();
    format!("“{}…”", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_places_are_named_and_the_others_counted() {
        let mut places = Places::default();
        assert_eq!(places.to_string(), "");
        for row in 0..7 {
            places.add_cell(Position::new(row, 1), "a\n b");
        }
        assert_eq!(places.to_string(), "B1, B2, B3, B4, B5 and 2 more");
        let spot = places.spot("S", |example| format!("as {example}")).unwrap();
        assert_eq!(spot.what, "as “a b”");
        assert!(Places::default().spot("S", str::to_owned).is_none());
    }

    #[test]
    fn long_words_are_quoted_in_part() {
        assert_eq!(quote(&"é".repeat(41)), format!("“{}…”", "é".repeat(40)));
    }
}
