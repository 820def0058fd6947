//! The technical tables of an annex: how sure its figures are. None of it is part of what is published as a rating.
//!
//! Must not estimate or draw anything (`statistics`), nor rate (`rating`): it lays out what was found.

mod differences;
mod ratings;

use super::annex::percent_cell;
use super::footnotes::unrated_symbol;
use super::heading::{Heading, source, unique_id};
use super::summary::{has_overall, overall_rating_cell, standard_rating_cell};
use super::table::{Cell, Column, Kind, Part, Report, Row, Symbol, Table, Value};
use crate::framework::Framework;
use crate::model::{Decimal, round_figure};
use crate::rating::{
    Difference, InspectionRating, NoDifference, QuestionRating, StandardRating, words,
};
use crate::statistics::{Confidence, ShareEstimate};

/// How sure the figures of an inspection are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sureness {
    /// How often intervals that are made so hold the true figure.
    pub confidence: Confidence,
    /// How each sample of the framework was drawn, in order.
    pub samples: Vec<SampleDesign>,
    /// The key questions that are asked of a sample, by number, as estimated for the population; `None` without an answer yes or no.
    pub questions: Vec<(String, Option<ShareEstimate>)>,
    /// What came of drawing the samples again; no standards where no rule rates an answer.
    pub resampled: Resampled,
}

/// How the counted cases of a sample were drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SampleDesign {
    /// Cases of its population; `None` where no draw is recorded.
    pub population: Option<u64>,
    /// Strata of the draw from which a case counts.
    pub strata: u64,
    /// Cases of the population that lie in other strata.
    pub unseen: u64,
    /// Cases that count and were not drawn.
    pub outside: u64,
}

/// What came of drawing the samples of an inspection again and rating them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resampled {
    /// From which seed.
    pub seed: u64,
    /// How often.
    pub draws: u64,
    /// Each standard of the framework, in order.
    pub standards: Vec<Chances>,
    /// The whole.
    pub overall: Chances,
}

/// How often each rating came out, and what it would take for another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chances {
    /// How many draws gave each rating of the scale, worst first.
    pub ratings: Vec<u64>,
    /// How many gave none.
    pub not_rated: u64,
    /// The fewest answers that would have to differ for a better rating.
    pub up: Result<Difference, NoDifference>,
    /// The fewest for a worse one.
    pub down: Result<Difference, NoDifference>,
}

impl Default for Chances {
    fn default() -> Chances {
        Chances {
            ratings: Vec::new(),
            not_rated: 0,
            up: Err(NoDifference::Fixed),
            down: Err(NoDifference::Fixed),
        }
    }
}

/// The same annex with the technical tables last: of percentages where key questions are asked of a sample, of ratings where some
/// rest on answers.
#[must_use]
pub fn add_technical(
    mut report: Report,
    framework: &Framework,
    rating: &InspectionRating,
    sureness: &Sureness,
    heading: &Heading,
) -> Report {
    let mut tables = Vec::new();
    if !sureness.questions.is_empty() {
        tables.push(percentages_table(framework, rating, sureness, heading));
    }
    if !sureness.resampled.standards.is_empty() {
        tables.push(ratings::ratings_table(framework, rating, sureness, heading));
        tables.push(differences::differences_table(
            framework, rating, sureness, heading,
        ));
    }
    for table in tables {
        let id = unique_id(&table.id, &report.tables);
        report.tables.push(Table { id, ..table });
    }
    report
}

fn percentages_table(
    framework: &Framework,
    rating: &InspectionRating,
    sureness: &Sureness,
    heading: &Heading,
) -> Table {
    let is_weighted = sureness
        .samples
        .iter()
        .any(|sample| sample.population.is_some());
    let questions = || rating.standards.iter().flat_map(|one| &one.questions);
    let mut columns = vec![
        Column::new("number", "Number", Kind::Code),
        Column::new("text", "Key question", Kind::Text),
        Column::new("percent_yes", "% yes", Kind::Percent),
    ];
    if is_weighted {
        columns.push(Column::new("estimate", "Weighted, %", Kind::Figure));
    }
    columns.extend([
        Column::new("low", "Lower limit, %", Kind::Figure),
        Column::new("high", "Upper limit, %", Kind::Figure),
        Column::new("cases", "Applicable cases", Kind::Count),
    ]);
    if is_weighted {
        columns.push(Column::new("population", "Population", Kind::Count));
    }
    let mut table = Table {
        id: "sureness-of-percentages".to_owned(),
        title: "How sure the percentages are".to_owned(),
        part: Part::Technical,
        scope: heading.scope(framework, questions()),
        units: format!(
            "Percent, and its interval at {}% confidence: that of the logit with Student's t, as R's package survey gives it \
             under svyciprop(method = \"xlogit\"), or where all answers are alike that of Clopper and Pearson. Not part of the \
             published ratings",
            sureness.confidence.percent()
        ),
        columns,
        source: source(framework, heading),
        ..Table::default()
    };
    for question in questions() {
        let row = question_row(framework, question, sureness, is_weighted, &mut table);
        table.rows.push(row);
    }
    table
}

fn question_row(
    framework: &Framework,
    question: &QuestionRating,
    sureness: &Sureness,
    is_weighted: bool,
    table: &mut Table,
) -> Row {
    let design = sureness.samples.get(question.sample).copied();
    let design = design.unwrap_or_default();
    let estimated = sureness
        .questions
        .iter()
        .find(|(number, _)| *number == question.number)
        .and_then(|(_, estimate)| *estimate);
    let population = match design.population {
        Some(population) => Value::Count(population).into(),
        None => Cell::missing(Symbol::NOT_AVAILABLE, "no draw is recorded"),
    };
    let answers = question.tally.yes + question.tally.no;
    let is_whole = design.population.is_some_and(|all| all <= question.cases);
    let is_point = |estimate: ShareEstimate| estimate.interval.low == estimate.interval.high;
    // Without cases and without a draw there is nothing to say of how they were drawn.
    let is_known = estimated.is_some() || design.population.is_some();
    let said = is_known.then(|| describe_design(framework, question.sample, design));
    let mut notes: Vec<usize> = said.iter().map(|words| table.note(words)).collect();
    if estimated.is_some_and(is_point) && !is_whole {
        let unit = framework.samples.get(question.sample);
        let unit = unit.map_or("case", |sample| sample.unit.as_str());
        notes.push(table.note(&describe_point(answers, unit)));
    }
    let published = percent_cell(framework, question);
    // What has no percentage has no interval either, for the same reason.
    let figure = |of: fn(ShareEstimate) -> Decimal| match estimated {
        Some(estimate) => Cell::figure(in_percent(of(estimate))),
        None => published.clone(),
    };
    let estimate = figure(|estimate| estimate.share);
    let limits = [
        figure(|estimate| estimate.interval.low),
        figure(|estimate| estimate.interval.high),
    ];
    let mut cells = vec![
        Cell::text(&question.number),
        Cell::text(&question.text).with_notes(notes),
        published.clone(),
    ];
    cells.extend(is_weighted.then_some(estimate));
    cells.extend(limits);
    cells.push(Value::Count(answers).into());
    cells.extend(is_weighted.then_some(population));
    Row::new(cells)
}

/// What an interval without width says of a population of which not every case was looked at.
fn describe_point(answers: u64, unit: &str) -> String {
    let stand = match answers {
        1 => "stands for no other",
        _ => "stand for no others",
    };
    let answered = words::count_of(answers, &format!("answered {unit}"));
    format!(
        "The {answered} {stand}, so the two limits are one: nothing is known of those that were not looked at"
    )
}

/// A share in percent with one decimal.
fn in_percent(share: Decimal) -> Decimal {
    round_figure(share * Decimal::ONE_HUNDRED, 1)
}

/// Why the rating of a standard cannot vary with the answers, where it cannot.
fn fixed_standard(standard: &StandardRating) -> Option<(Symbol, String)> {
    let by_people = match (&standard.because, standard.judged) {
        _ if standard.rating.is_none() => {
            return Some((unrated_symbol(standard), standard.reason.clone()));
        }
        (_, true) => "set by people",
        (Some(_), false) => "set by the ratings panel",
        (None, false) => return None,
    };
    Some((Symbol::NOT_APPLICABLE, by_people.to_owned()))
}

/// Why the overall rating cannot, where it cannot.
fn fixed_overall(rating: &InspectionRating) -> Option<(Symbol, String)> {
    match &rating.overall {
        None => Some((Symbol::NOT_AVAILABLE, rating.overall_reason.clone())),
        Some(overall) if overall.judged => {
            Some((Symbol::NOT_APPLICABLE, "set by people".to_owned()))
        }
        Some(_) => None,
    }
}

/// A row for each standard and last for the whole: number, title and rating, then what `further` says of it. A rating that cannot
/// vary says why instead.
fn add_rows(
    table: &mut Table,
    framework: &Framework,
    rating: &InspectionRating,
    resampled: &Resampled,
    further: impl Fn(&Chances) -> Vec<Cell>,
) {
    let count = table.columns.len();
    let finish = |mut cells: Vec<Cell>, fixed: Option<(Symbol, String)>, chances: &Chances| {
        match fixed {
            Some((symbol, reason)) => cells.resize(count, Cell::missing(symbol, reason)),
            None => cells.extend(further(chances)),
        }
        cells
    };
    for (standard, chances) in rating.standards.iter().zip(&resampled.standards) {
        let cells = vec![
            Cell::text(&standard.number),
            Cell::text(&standard.title),
            standard_rating_cell(framework, standard),
        ];
        let cells = finish(cells, fixed_standard(standard), chances);
        table.rows.push(Row::new(cells));
    }
    if has_overall(framework, rating) {
        let cells = vec![
            Cell::blank(),
            Cell::text("Overall"),
            overall_rating_cell(framework, rating),
        ];
        let cells = finish(cells, fixed_overall(rating), &resampled.overall);
        table.rows.push(Row::leading(cells));
        "the overall rating has no number".clone_into(&mut table.blank_cells);
    }
}

/// The columns that all tables of ratings begin with.
fn rated_columns() -> Vec<Column> {
    vec![
        Column::new("number", "Number", Kind::Code),
        Column::new("standard", "Standard", Kind::Text),
        Column::new("rating", "Rating", Kind::Rating),
    ]
}

/// How a sample was drawn, and what follows for its figures.
fn describe_design(framework: &Framework, sample: usize, design: SampleDesign) -> String {
    let (title, unit) = framework
        .samples
        .get(sample)
        .map_or(("", "case"), |sample| {
            (sample.title.as_str(), sample.unit.as_str())
        });
    let units = words::plural(unit);
    let Some(population) = design.population else {
        return format!(
            "{title}: no draw is recorded, so its {units} are taken as a plain sample of a population of unknown size"
        );
    };
    let estimated = |strata: &str| {
        format!(
            "estimated from {strata} of the draw, each {unit} weighted by how many it was drawn from, with the correction for a \
             finite population of {}",
            words::count_of(population, unit)
        )
    };
    let estimated = match design.strata {
        0 => format!("no {unit} of the draw counts yet"),
        1 => estimated("one stratum"),
        strata => estimated(&format!("{} strata", words::count(strata))),
    };
    let mut said = vec![format!("{title}: {estimated}")];
    if design.unseen > 0 && design.strata > 0 {
        let unseen = words::count_of(design.unseen, unit);
        said.push(format!(
            "{unseen} of it in strata from which none counts are left out"
        ));
    }
    if design.outside > 0 {
        let outside = words::count_of(design.outside, unit);
        let [were, stand] = match design.outside {
            1 => ["was", "stands for itself"],
            _ => ["were", "stand for themselves"],
        };
        said.push(format!("{outside} {were} not drawn and {stand} alone"));
    }
    said.join("; ")
}

#[cfg(test)]
mod tests;
