//! The rubric that a published spreadsheet is held against: one catalogue of rules, each a pure function over a workbook.
//!
//! The rules are those of the UK Government Analysis Function: *Making spreadsheets accessible: a brief checklist of the basics*
//! and *Symbols and shorthand in tables*; and of the Web Content Accessibility Guidelines. Must not know files, their formats, or
//! how findings are shown.

mod book;
mod cells;
mod extras;
#[cfg(test)]
mod fixture;
mod layout;
mod looks;
mod rule;
mod sheet;
mod table;

pub use rule::{Finding, Rule, Weight};

use crate::exchange::workbook_form::WorkbookForm;
use rule::Held;

/// A workbook that was held against the rules.
#[derive(Debug, Clone)]
pub struct HeldWorkbook {
    /// Its file, as somebody named it.
    pub file: String,
    /// Where it breaks which rules.
    pub findings: Vec<Finding>,
}

impl HeldWorkbook {
    /// How many rules of this weight it breaks.
    #[must_use]
    pub fn broken_count(&self, weight: Weight) -> usize {
        let of_weight = rules().filter(|rule| rule.weight == weight);
        of_weight.filter(|rule| self.breaks(rule)).count()
    }

    /// Whether it breaks this rule.
    #[must_use]
    pub fn breaks(&self, rule: &Rule) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.rule.id == rule.id)
    }
}

/// Every rule, in the order in which findings are listed.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let groups = [
        book::RULES,
        sheet::RULES,
        extras::RULES,
        table::RULES,
        cells::RULES,
        looks::RULES,
    ];
    groups.into_iter().flatten()
}

/// Where a workbook breaks which rules: by rule, then by sheet. Nothing where it keeps them all.
#[must_use]
pub fn hold_workbook(book: &WorkbookForm) -> Vec<Finding> {
    let held = Held::of(book);
    rules().flat_map(|rule| rule.find(&held)).collect()
}

#[cfg(test)]
mod tests;
