//! The comparison in the annex: an inspection beside the provider's one before it, and beside its programme.
//!
//! Standards and key questions are matched by number and the same wording. Must not find what is compared, or know any output format.

mod columns;

use self::columns::{blank_cells, columns, drop_empty_columns};
use super::annex::percent_cell;
use super::footnotes::{overall_notes, standard_note};
use super::heading::{Heading, source, unique_id};
use super::measures::{change_cell, use_measure_symbols};
use super::programme::Inspected;
use super::summary::{has_overall, overall_rating_cell, standard_rating_cell};
use super::table::{Cell, Part, Report, Row, Symbol, Table, Value};
use crate::framework::Framework;
use crate::model::Decimal;
use crate::rating::{
    Contribution, InspectionRating, Pooled, QuestionRating, StandardRating, pool_question, words,
};

/// What stands around an inspection, as far as it exists.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The provider's inspection before it.
    pub previous: Option<Inspected>,
    /// The programme that it belongs to.
    pub programme: Option<Programme>,
}

/// What the inspections of a programme counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Its name.
    pub name: String,
    /// Every inspection of it, the own one too, national figures left out.
    pub contributions: Vec<Contribution>,
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
        previous: surroundings.previous.as_ref().map(|one| {
            let is_period_clear = !one.heading.period.is_empty();
            let label = if is_period_clear {
                &one.heading.period
            } else {
                &one.heading.inspection
            };
            (one, label.as_str())
        }),
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

/// An inspection and what it is held against.
struct Comparison<'a> {
    framework: &'a Framework,
    rating: &'a InspectionRating,
    /// The inspection before it, and what it is called.
    previous: Option<(&'a Inspected, &'a str)>,
    pool: Option<Pool<'a>>,
}

/// The figures of a programme.
struct Pool<'a> {
    programme: &'a Programme,
    /// How many of its inspections, and how many providers, have any figure in it.
    inspections_count: usize,
    providers_count: usize,
}

impl Pool<'_> {
    /// `None` where no key question has a figure of the programme.
    fn new<'a>(programme: &'a Programme, rating: &InspectionRating) -> Option<Pool<'a>> {
        let questions = || rating.standards.iter().flat_map(|one| &one.questions);
        let has_figure = |one: &&Contribution| {
            one.questions.iter().any(|known| {
                let is_it =
                    |own: &QuestionRating| own.number == known.number && own.text == known.text;
                known.tally.share().is_some() && questions().any(is_it)
            })
        };
        let with_figures = programme.contributions.iter().filter(has_figure);
        let mut providers: Vec<&str> = with_figures.map(|one| one.provider.as_str()).collect();
        let inspections_count = providers.len();
        providers.sort_unstable();
        providers.dedup();
        let pool = Pool {
            programme,
            inspections_count,
            providers_count: providers.len(),
        };
        let has_any = questions().any(|question| pool.of(question).is_some());
        has_any.then_some(pool)
    }

    fn of(&self, question: &QuestionRating) -> Option<Pooled> {
        pool_question(question, &self.programme.contributions)
    }
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
        let before = self.previous.map(|(one, label)| {
            let name = &one.heading.inspection;
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
        match self.previous {
            Some((one, _)) if one.framework.edition != self.framework.edition => {
                let Framework { title, edition, .. } = &one.framework;
                format!(
                    "{own}; inspection {} under {title}, {edition}",
                    one.heading.inspection
                )
            }
            Some((one, _)) => format!("{own}; inspection {}", one.heading.inspection),
            None => own,
        }
    }

    /// In what the figures are, as far as there are such columns.
    fn units(&self, has_percent: bool, has_change: bool, is_pooled: bool) -> String {
        let percent = has_percent.then(|| "Percent yes of the applicable cases".to_owned());
        let change =
            has_change.then(|| "change in percentage points of the whole percents".to_owned());
        let programme = self.pool.as_ref().filter(|_| is_pooled).map(|pool| {
            let inspections = words::count_of(pool.inspections_count as u64, "inspection");
            let providers = words::count_of(pool.providers_count as u64, "provider");
            format!(
                "programme: the applicable cases of all {inspections} of {} that have figures ({providers}; no national figures) counted together, yes ÷ (yes + no), \
                 rounded once",
                pool.programme.name
            )
        });
        let parts = [percent, change, programme].into_iter().flatten();
        parts.collect::<Vec<_>>().join("; ")
    }

    fn standard_row(&self, standard: &StandardRating, table: &mut Table) -> Row {
        let (before, notes) = self.standard_before(standard);
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

    /// A standard's rating in the inspection before, and what is to be said of it.
    fn standard_before(&self, standard: &StandardRating) -> (Cell, Vec<String>) {
        let Some((one, label)) = self.previous else {
            return (missing("there is no inspection before"), Vec::new());
        };
        let mut all = one.rating.standards.iter();
        let found = all.find(|known| known.number == standard.number);
        match found {
            None => absent(format!("{label} has no such standard")),
            Some(found) if found.title != standard.title => {
                absent(reworded(label, &found.number, &found.title))
            }
            Some(_) if !self.shares_scale(one) => absent(other_scale(label)),
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

    fn overall_row(&self, table: &mut Table) -> Row {
        let (before, notes) = match self.previous {
            None => (missing("there is no inspection before"), Vec::new()),
            Some((one, label)) if !self.shares_scale(one) => absent(other_scale(label)),
            Some((one, label)) => {
                let notes = overall_notes(&one.framework, &one.rating).into_iter();
                let notes = notes.map(|note| format!("{label}: {note}"));
                let cell = overall_rating_cell(&one.framework, &one.rating);
                (cell, notes.collect())
            }
        };
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

    /// Whether a rating means the same in both.
    fn shares_scale(&self, one: &Inspected) -> bool {
        one.framework.scale == self.framework.scale
    }

    fn question_row(&self, question: &QuestionRating, table: &mut Table) -> Row {
        let (before, percent_before, note) = self.question_before(question);
        let (pooled, note_on_pool) = self.question_pooled(question);
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

    /// The percentage of a key question in the inspection before, as a cell and as a figure, and what is to be said of it.
    fn question_before(&self, question: &QuestionRating) -> (Cell, Option<u64>, Option<String>) {
        let Some((one, label)) = self.previous else {
            return (missing("there is no inspection before"), None, None);
        };
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

    /// Percent, yes and no of a key question in the programme, and what is to be said of them.
    fn question_pooled(&self, question: &QuestionRating) -> ([Cell; 3], Option<String>) {
        let Some(pool) = &self.pool else {
            let cell = missing("there is no figure of a programme");
            return ([cell.clone(), cell.clone(), cell], None);
        };
        let Some(pooled) = pool.of(question) else {
            let reason = "fewer than two providers of the programme have a figure";
            let cell = missing(reason);
            return ([cell.clone(), cell.clone(), cell], Some(reason.to_owned()));
        };
        let share = pooled.share;
        let (of, all) = (pooled.providers_count, pool.providers_count);
        let note = (of < all).then(|| format!("Programme: {of} of {all} providers have a figure"));
        let cells = [
            Value::Percent(share.percent()),
            Value::Count(share.part()),
            Value::Count(share.whole() - share.part()),
        ];
        (cells.map(Cell::from), note)
    }
}

fn missing(reason: &str) -> Cell {
    Cell::missing(Symbol::NOT_AVAILABLE, reason)
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

#[cfg(test)]
mod tests;
