//! The comparison in the annex: an inspection beside the provider's one before it, and beside its programme.
//!
//! Standards and key questions are matched by number and the same wording. Must not find what is compared, or know any output format.

mod before;
mod columns;
mod pool;

use self::before::Before;
use self::columns::{blank_cells, columns, drop_empty_columns};
use self::pool::Pool;
pub use self::pool::Programme;
use super::annex::percent_cell;
use super::heading::{Heading, source, unique_id};
use super::measures::{change_cell, use_measure_symbols};
use super::programme::Inspected;
use super::summary::{has_overall, overall_rating_cell, standard_rating_cell};
use super::table::{Cell, Part, Report, Row, Symbol, Table};
use crate::framework::Framework;
use crate::model::Decimal;
use crate::rating::{InspectionRating, QuestionRating, StandardRating};

/// What stands around an inspection, as far as it exists.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The provider's inspection before it.
    pub previous: Option<Inspected>,
    /// The programme that it belongs to.
    pub programme: Option<Programme>,
}

/// The same annex with the comparison as its last table; with nothing to compare there is none.
#[must_use]
pub fn add_surroundings(
    mut report: Report,
    framework: &Framework,
    rating: &InspectionRating,
    surroundings: &Surroundings,
    heading: &Heading,
) -> Report {
    let comparison = Comparison {
        framework,
        rating,
        before: surroundings
            .previous
            .as_ref()
            .map(|one| Before::new(one, framework)),
        pool: surroundings
            .programme
            .as_ref()
            .and_then(|programme| Pool::new(programme, rating)),
    };
    if let Some(table) = comparison.table(heading) {
        let id = unique_id("comparison", &report.tables);
        let lone = Report {
            tables: vec![Table { id, ..table }],
            ..Report::default()
        };
        report
            .tables
            .extend(use_measure_symbols(framework, lone).tables);
    }
    report
}

/// Why a figure of the inspection before is missing where there is none.
const NONE_BEFORE: &str = "there is no inspection before";

/// An inspection and what it is held against.
struct Comparison<'a> {
    framework: &'a Framework,
    rating: &'a InspectionRating,
    before: Option<Before<'a>>,
    pool: Option<Pool<'a>>,
}

impl Comparison<'_> {
    fn table(&self, heading: &Heading) -> Option<Table> {
        let mut table = Table {
            title: "Comparison".to_owned(),
            part: Part::Comparison,
            scope: self.scope(heading),
            source: self.source(heading),
            columns: columns(),
            ..Table::default()
        };
        for standard in &self.rating.standards {
            let row = self.standard_row(standard, &mut table);
            table.rows.push(row);
            for question in &standard.questions {
                let row = self.question_row(question, &mut table);
                table.rows.push(row);
            }
        }
        if has_overall(self.framework, self.rating) {
            let row = self.overall_row(&mut table);
            table.rows.push(row);
        }
        drop_empty_columns(&mut table);
        let has = |id: &str| table.columns.iter().any(|column| column.id == id);
        let is_pooled = has("percent_yes_programme");
        let has_before = has("rating_before") || has("percent_yes_before");
        if !is_pooled && !has_before {
            return None;
        }
        table.units = self.units(has("percent_yes"), has("change"), is_pooled);
        table.blank_cells = blank_cells(&table);
        Some(table)
    }

    fn scope(&self, heading: &Heading) -> String {
        let before = self.before.map(|before| {
            let (name, label) = (&before.one.heading.inspection, before.label());
            if name == label {
                format!("before: inspection {name}")
            } else {
                format!("before: {label}, inspection {name}")
            }
        });
        let subject = std::iter::once(heading.subject());
        subject.chain(before).collect::<Vec<_>>().join("; ")
    }

    fn source(&self, heading: &Heading) -> String {
        let own = source(self.framework, heading);
        match self.before.map(|before| before.one) {
            Some(one) if one.framework.edition != self.framework.edition => {
                let Framework { title, edition, .. } = &one.framework;
                format!(
                    "{own}; inspection {} under {title}, {edition}",
                    one.heading.inspection
                )
            }
            Some(one) => format!("{own}; inspection {}", one.heading.inspection),
            None => own,
        }
    }

    /// In what the figures are, as far as there are such columns.
    fn units(&self, has_percent: bool, has_change: bool, is_pooled: bool) -> String {
        let percent = has_percent.then(|| "Percent yes of the applicable cases".to_owned());
        let change =
            has_change.then(|| "change in percentage points of the whole percents".to_owned());
        let programme = self.pool.as_ref().filter(|_| is_pooled).map(Pool::units);
        let parts = [percent, change, programme].into_iter().flatten();
        parts.collect::<Vec<_>>().join("; ")
    }

    fn standard_row(&self, standard: &StandardRating, table: &mut Table) -> Row {
        let before = self.before.map(|before| before.standard(standard));
        let (before, notes) = before.unwrap_or_else(|| (missing(NONE_BEFORE), Vec::new()));
        let notes = notes.iter().map(|note| table.note(note)).collect();
        let mut cells = vec![
            Cell::text(&standard.number),
            Cell::text(&standard.title).with_notes(notes),
            standard_rating_cell(self.framework, standard),
            before,
        ];
        cells.resize(table.columns.len(), Cell::blank());
        Row::leading(cells)
    }

    fn overall_row(&self, table: &mut Table) -> Row {
        let before = self.before.map(Before::overall);
        let (before, notes) = before.unwrap_or_else(|| (missing(NONE_BEFORE), Vec::new()));
        let notes = notes.iter().map(|note| table.note(note)).collect();
        let mut cells = vec![
            Cell::blank(),
            Cell::text("Overall").with_notes(notes),
            overall_rating_cell(self.framework, self.rating),
            before,
        ];
        cells.resize(table.columns.len(), Cell::blank());
        Row::leading(cells)
    }

    fn question_row(&self, question: &QuestionRating, table: &mut Table) -> Row {
        let before = self.before.map(|before| before.question(question));
        let (before, percent_before, note) =
            before.unwrap_or_else(|| (missing(NONE_BEFORE), None, None));
        let pooled = self.pool.as_ref().map(|pool| pool.question(question));
        let (pooled, note_on_pool) = pooled.unwrap_or_else(|| {
            let cell = missing("there is no figure of a programme");
            ([cell.clone(), cell.clone(), cell], None)
        });
        let notes = note.into_iter().chain(note_on_pool);
        let notes = notes.map(|note| table.note(&note)).collect();
        let both = percent_before.zip(question.percent);
        let change = both.map(|(before, now)| Decimal::from(now) - Decimal::from(before));
        let mut cells = vec![
            Cell::text(&question.number),
            Cell::text(&question.text).with_notes(notes),
            Cell::blank(),
            Cell::blank(),
            percent_cell(self.framework, question),
            before,
            change_cell(change),
        ];
        cells.extend(pooled);
        Row::new(cells)
    }
}

fn missing(reason: &str) -> Cell {
    Cell::missing(Symbol::NOT_AVAILABLE, reason)
}

#[cfg(test)]
mod tests;
