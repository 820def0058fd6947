//! The comparison in the annex: an inspection beside the provider's one before it, and beside its programme.
//!
//! Standards and key questions are matched by number and the same wording. Must not find what is compared, or know any output format.

mod before;
mod columns;
mod pool;

use self::before::{Before, QuestionBefore, label};
use self::columns::{blank_cells, columns, drop_empty_columns};
use self::pool::Pool;
pub use self::pool::{Member, Programme};
use super::annex::percent_cell;
use super::footnotes::partly_rated_note;
use super::heading::{Heading, source, unique_id};
use super::measures::{change_cell, use_measure_symbols};
use super::programme::Inspected;
use super::summary::{has_overall, overall_rating_cell, standard_rating_cell};
use super::table::{Cell, Part, Report, Row, Symbol, Table};
use crate::framework::Framework;
use crate::model::Decimal;
use crate::rating::{InspectionRating, QuestionRating, StandardRating, words};

/// What stands around an inspection, as far as it exists.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The provider's inspection before it.
    pub previous: Option<Previous>,
    /// The programme that it belongs to.
    pub programme: Option<Programme>,
}

/// An inspection before.
#[derive(Debug, Clone)]
pub struct Previous {
    /// Its ratings.
    pub inspected: Inspected,
    /// Whether it is closed, so that its figures stay.
    pub is_closed: bool,
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
        heading,
        before: surroundings
            .previous
            .as_ref()
            .map(|one| Before::new(one, framework)),
        pool: surroundings
            .programme
            .as_ref()
            .and_then(|programme| Pool::new(programme, rating)),
    };
    if let Some(table) = comparison.table() {
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

/// Below this many answers yes or no a note says how many a percentage rests on: a single case then moves it by more than ten
/// points. A rule of our own; no rating hangs on it.
const FEW_CASES: u64 = 10;

/// On how few cases a percentage rests; `None` where they are enough, and where there is none.
fn few_note(framework: &Framework, label: &str, question: &QuestionRating) -> Option<String> {
    let answered = question
        .percent
        .map(|_| question.tally.yes + question.tally.no);
    let answered = answered.filter(|answered| *answered < FEW_CASES)?;
    let sample = framework.samples.get(question.sample);
    let unit = sample.map_or("case", |sample| sample.unit.as_str());
    let cases = words::count_of(answered, unit);
    Some(format!("{label}: the percentage rests on {cases}"))
}

/// An inspection and what it is held against.
struct Comparison<'a> {
    framework: &'a Framework,
    rating: &'a InspectionRating,
    heading: &'a Heading,
    before: Option<Before<'a>>,
    pool: Option<Pool<'a>>,
}

impl Comparison<'_> {
    fn table(&self) -> Option<Table> {
        let mut table = Table {
            title: "Comparison".to_owned(),
            part: Part::Comparison,
            scope: self.scope(),
            source: self.source(),
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
        table.units = self.units(&has, has_before, is_pooled);
        table.blank_cells = blank_cells(&table);
        Some(table)
    }

    fn scope(&self) -> String {
        let before = self.before.map(|before| {
            let (name, label) = (&before.one.heading.inspection, before.label());
            if name == label {
                format!("before: inspection {name}")
            } else {
                format!("before: {label}, inspection {name}")
            }
        });
        let subject = std::iter::once(self.heading.subject());
        subject.chain(before).collect::<Vec<_>>().join("; ")
    }

    fn source(&self) -> String {
        let own = source(self.framework, self.heading);
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

    /// In what the figures are, as far as there are such columns, and which of them may still change.
    fn units(&self, has: &dyn Fn(&str) -> bool, has_before: bool, is_pooled: bool) -> String {
        let percent = has("percent_yes").then(|| "Percent yes of the applicable cases".to_owned());
        let change =
            has("change").then(|| "change in percentage points of the whole percents".to_owned());
        let before = self.before.filter(|_| has_before).and_then(Before::caution);
        let programme = self.pool.as_ref().filter(|_| is_pooled).map(Pool::units);
        let parts = [percent, change, before, programme].into_iter().flatten();
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
        let own = partly_rated_note(self.framework, self.rating);
        let own = own.map(|note| format!("{}: {note}", label(self.heading)));
        let notes = own.iter().chain(&notes).map(|note| table.note(note));
        let notes = notes.collect();
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
        let before = before.unwrap_or_else(|| QuestionBefore::none(NONE_BEFORE));
        let pooled = self.pool.as_ref().map(|pool| pool.question(question));
        let (pooled, note_on_pool) =
            pooled.unwrap_or_else(|| (missing("there is no figure of a programme"), None));
        let both = before.figure.zip(question.percent);
        let few = both.and_then(|_| few_note(self.framework, label(self.heading), question));
        let notes = few.into_iter().chain(before.note).chain(note_on_pool);
        let notes = notes.map(|note| table.note(&note)).collect();
        let change = both.map(|(before, now)| Decimal::from(now) - Decimal::from(before));
        let [yes_before, no_before] = before.counts;
        Row::new(vec![
            Cell::text(&question.number),
            Cell::text(&question.text).with_notes(notes),
            Cell::blank(),
            Cell::blank(),
            percent_cell(self.framework, question),
            before.percent,
            yes_before,
            no_before,
            change_cell(change),
            pooled,
        ])
    }
}

fn missing(reason: &str) -> Cell {
    Cell::missing(Symbol::NOT_AVAILABLE, reason)
}

#[cfg(test)]
mod tests;
