//! Two inspections side by side: ratings then and now, questions with a test of whether the change is more than chance, measures.
//!
//! Standards, questions and measures are matched by number and id. Must not know any output format; the test itself is
//! `rating::compare`.

mod measures;
mod pair;

use self::pair::Pair;
use super::annex::percent_cell;
use super::footnotes::{overall_notes, partly_rated_note, standard_note};
use super::heading::unique_id;
use super::measures::{change_cell, use_measure_symbols};
use super::programme::{Inspected, programme_notes};
use super::summary::{has_overall, overall_rating_cell, says_something, standard_rating_cell};
use super::table::{Cell, Column, Kind, Report, Row, Symbol, Table};
use crate::framework::{Rating, Rule};
use crate::model::{Decimal, Tally, round_figure};
use crate::rating::compare::fisher_exact;
use crate::rating::{QuestionRating, StandardRating, TargetCount, Trend};

/// With how many decimals a probability is printed.
const PROBABILITY_DECIMALS: u32 = 3;

/// Below this probability a change counts as more than chance: 5%, the usual level.
pub(super) const CHANCE_LEVEL: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// What the second inspection shows against the first.
#[must_use]
pub fn compare_report(one: &Inspected, other: &Inspected) -> Report {
    let pair = Pair::new(one, other);
    let tables = [
        ratings_table(&pair),
        score_table(&pair),
        questions_table(&pair),
        measures::measures_table(&pair),
    ];
    let mut report = Report {
        title: format!("Comparison: {} and {}", pair.labels[0], pair.labels[1]),
        notes: programme_notes(&[one.clone(), other.clone()]),
        ..Report::default()
    };
    report.notes.extend(pair.order_note());
    for table in tables
        .into_iter()
        .flatten()
        .filter(|table| !table.rows.is_empty())
    {
        let id = unique_id(&table.id, &report.tables);
        report.tables.push(Table { id, ..table });
    }
    let measured = pair
        .both
        .iter()
        .find(|one| !one.framework.measures.is_empty());
    match measured {
        Some(measured) => use_measure_symbols(&measured.framework, report),
        None => report,
    }
}

/// The ratings of both; `None` where neither framework has any to show.
fn ratings_table(pair: &Pair<'_>) -> Option<Table> {
    if !pair.both.iter().any(|one| says_something(&one.framework)) {
        return None;
    }
    let title = if pair.is_over_time {
        "Ratings then and now"
    } else {
        "Ratings"
    };
    let mut table = pair.table("ratings", title);
    table.columns = vec![
        Column::new("number", "Number", Kind::Code),
        Column::new("standard", "Standard", Kind::Text),
    ];
    table
        .columns
        .extend(pair.columns("rating", "Rating", Kind::Rating));
    table.columns.push(pair.verdict_column());
    let standards = pair.matched(
        |one| one.rating.standards.iter().collect(),
        |one| &one.number,
    );
    for both in standards {
        let Some(named) = both[1].or(both[0]) else {
            continue;
        };
        let mut cell =
            |place: usize| match (both.get(place).copied().flatten(), pair.both.get(place)) {
                (Some(standard), Some(one)) => {
                    let moved = standard
                        .moved_from
                        .and_then(|_| standard_note(&one.framework, standard));
                    let notes = moved.map(|note| table.note(&pair.of_label(place, &note)));
                    standard_rating_cell(&one.framework, standard)
                        .with_notes(notes.into_iter().collect())
                }
                _ => pair.absent(place, "standard"),
            };
        let cells = [cell(0), cell(1)];
        let rating = |standard: Option<&StandardRating>| standard.and_then(|one| one.rating);
        let head = [Cell::text(&named.number), Cell::text(&named.title)];
        let verdict = step_cell(pair, both.map(rating));
        let cells = head.into_iter().chain(cells).chain([verdict]);
        table.rows.push(Row::new(cells.collect()));
    }
    let overall = |one: &&Inspected| has_overall(&one.framework, &one.rating);
    if pair.both.iter().any(overall) {
        "the overall rating has no number".clone_into(&mut table.blank_cells);
        let row = overall_row(pair, &mut table);
        table.rows.push(row);
    }
    Some(table)
}

fn overall_row(pair: &Pair<'_>, table: &mut Table) -> Row {
    let notes = pair.both.iter().zip(&pair.labels).map(|(one, label)| {
        let reason = &one.rating.overall_reason;
        table.note(&format!("{label}: {reason}"))
    });
    let notes = notes.collect();
    let ratings = pair
        .both
        .map(|one| one.rating.overall.as_ref().map(|one| one.rating));
    let mut cells = vec![Cell::blank(), Cell::text("Overall").with_notes(notes)];
    for (place, one) in pair.both.iter().enumerate() {
        let moved = overall_notes(&one.framework, &one.rating).into_iter();
        let moved = moved.map(|note| pair.of_label(place, &note));
        let notes = moved.chain(partly_rated_note(&one.framework, &one.rating));
        let notes = notes.map(|note| table.note(&note)).collect();
        cells.push(overall_rating_cell(&one.framework, &one.rating).with_notes(notes));
    }
    cells.push(step_cell(pair, ratings));
    Row::leading(cells)
}

/// What became of a rating, or whose is better.
fn step_cell(pair: &Pair<'_>, ratings: [Option<Rating>; 2]) -> Cell {
    let missing = |reason: &str| Cell::missing(Symbol::NOT_AVAILABLE, reason);
    match ratings {
        [Some(_), Some(_)] if !pair.shares_scale() => missing("the scales differ"),
        [Some(one), Some(other)] => pair.verdict_cell(match other.cmp(&one) {
            std::cmp::Ordering::Greater => Trend::Improved,
            std::cmp::Ordering::Less => Trend::Declined,
            std::cmp::Ordering::Equal => Trend::Unchanged,
        }),
        _ => missing("there is no comparison"),
    }
}

/// What the overall rules added up or counted; `None` where neither does.
fn score_table(pair: &Pair<'_>) -> Option<Table> {
    let scores = pair.both.map(|one| one.rating.score);
    let targets = pair.both.map(|one| {
        let is_count = one.framework.overall.rule == Rule::TargetsMet;
        is_count.then_some(one.rating.targets)
    });
    let is_scored = scores.iter().any(Option::is_some) || targets.iter().any(Option::is_some);
    if !is_scored {
        return None;
    }
    let mut table = pair.table("score", "Overall score");
    table.columns = vec![Column::new("score", "Score", Kind::Text)];
    table
        .columns
        .extend(pair.columns("value", "Value", Kind::Figure));
    table.columns.push(pair.change_column());
    let count = |figure: fn(TargetCount) -> u64| {
        targets.map(|targets| Some(Decimal::from(figure(targets?))))
    };
    let earned = scores.map(|score| Some(score?.earned.normalize()));
    let max = scores.map(|score| Some(score?.max.normalize()));
    add_figures_of(&mut table, ["Points", "Of"], [earned, max]);
    let percent = scores.map(|score| score?.percent);
    if percent.iter().any(Option::is_some) {
        table.rows.push(figure_row("% of points", percent));
    }
    let figures = [
        count(|targets| targets.met),
        count(|targets| targets.with_target),
    ];
    add_figures_of(&mut table, ["Targets met", "Of targets"], figures);
    Some(table)
}

/// Figures of both and the most that these could be. Where that differs, so would figures of equal worth: none is taken from the
/// other, and a note says why.
fn add_figures_of(table: &mut Table, names: [&str; 2], figures: [[Option<Decimal>; 2]; 2]) {
    let [_, most] = figures;
    let is_comparable = most[0] == most[1];
    for (what, figures) in names.into_iter().zip(figures) {
        if figures.iter().all(Option::is_none) {
            continue;
        }
        let mut row = figure_row(what, figures);
        if let ([Some(_), Some(_)], false, Some(change)) =
            (figures, is_comparable, row.cells.last_mut())
        {
            let reason = "the most that there could be is not the same in both";
            *change = Cell::missing(Symbol::NOT_APPLICABLE, reason);
            let note = table.note(&format!("No difference is given, because {reason}"));
            if let Some(name) = row.cells.first_mut() {
                name.notes.push(note);
            }
        }
        table.rows.push(row);
    }
}

fn figure_row(what: &str, figures: [Option<Decimal>; 2]) -> Row {
    let cell = |figure: Option<Decimal>| {
        let missing = || Cell::missing(Symbol::NOT_AVAILABLE, "there is no score");
        figure.map_or_else(missing, Cell::figure)
    };
    let [one, other] = figures;
    let change = one
        .zip(other)
        .and_then(|(one, other)| other.checked_sub(one));
    Row::new(vec![
        Cell::text(what),
        cell(one),
        cell(other),
        change_cell(change),
    ])
}

fn questions_table(pair: &Pair<'_>) -> Option<Table> {
    let matched = pair.matched(
        |one| questions_of(one).collect(),
        |question: &QuestionRating| &question.number,
    );
    let tested = matched
        .iter()
        .filter(|both| tallies(both).is_some())
        .count();
    matched.first()?;
    let mut table = pair.table("questions", "Key questions");
    table.units = format!(
        "Percent yes of the applicable cases; {} in percentage points",
        pair.change_word()
    );
    table.columns = vec![
        Column::new("number", "Number", Kind::Code),
        Column::new("question", "Key question", Kind::Text),
    ];
    table
        .columns
        .extend(pair.columns("percent", "% yes", Kind::Percent));
    table.columns.extend([
        pair.change_column(),
        Column::new("p", "p", Kind::Figure),
        Column::new("more_than_chance", "More than chance", Kind::Text),
    ]);
    let test = (tested > 0).then(|| table.note(&test_note(pair, tested)));
    for both in matched {
        let row = question_row(pair, both, test, &mut table);
        table.rows.extend(row);
    }
    Some(table)
}

fn questions_of(one: &Inspected) -> impl Iterator<Item = &QuestionRating> {
    let standards = one.rating.standards.iter();
    standards.flat_map(|standard| &standard.questions)
}

/// What the test is, and what it cannot say.
fn test_note(pair: &Pair<'_>, tested: usize) -> String {
    let each = if tested == 1 {
        "One question is tested".to_owned()
    } else {
        let seem = if pair.is_over_time {
            "to have changed if none had"
        } else {
            "to differ if none did"
        };
        format!(
            "The {tested} questions are tested one by one, so that about one in twenty would seem {seem}"
        )
    };
    format!(
        "More than chance: two-sided Fisher’s exact test on the numbers of cases with yes and with no, at the 5% level (p below 0.05). {each}"
    )
}

/// The tallies of a question that somebody answered yes or no in both.
fn tallies(both: &[Option<&QuestionRating>; 2]) -> Option<[Tally; 2]> {
    let tally = |question: Option<&QuestionRating>| {
        let question = question?;
        question.percent.map(|_| question.tally)
    };
    Some([tally(both[0])?, tally(both[1])?])
}

fn question_row(
    pair: &Pair<'_>,
    both: [Option<&QuestionRating>; 2],
    test: Option<usize>,
    table: &mut Table,
) -> Option<Row> {
    let named = both[1].or(both[0])?;
    let cell = |place: usize| match (both.get(place).copied().flatten(), pair.both.get(place)) {
        (Some(question), Some(one)) => percent_cell(&one.framework, question),
        _ => pair.absent(place, "question"),
    };
    let missing = || Cell::missing(Symbol::NOT_AVAILABLE, "there is nothing to compare");
    let percents = both.map(|question| question.and_then(|one| one.percent).map(Decimal::from));
    let [one, other] = percents;
    let reworded = both[0].filter(|before| before.text != named.text);
    let reworded = reworded.map(|before| {
        let [label, _] = &pair.labels;
        table.note(&format!("{label}, {}: {}", before.number, before.text))
    });
    let mut cells = vec![
        Cell::text(&named.number),
        Cell::text(&named.text).with_notes(reworded.into_iter().collect()),
        cell(0),
        cell(1),
        change_cell(
            one.zip(other)
                .and_then(|(one, other)| other.checked_sub(one)),
        ),
    ];
    cells.extend(match tallies(&both) {
        None => [missing(), missing()],
        Some([one, other]) => {
            let p = fisher_exact(one.yes, one.no, other.yes, other.no);
            let verdict = if p < CHANCE_LEVEL {
                Cell::text("Yes").with_notes(test.into_iter().collect())
            } else {
                Cell::text("No")
            };
            [probability_cell(p, table), verdict]
        }
    });
    Some(Row::new(cells))
}

/// A probability; one that would be printed as 0 has a note.
pub(super) fn probability_cell(probability: Decimal, table: &mut Table) -> Cell {
    let rounded = round_figure(probability, PROBABILITY_DECIMALS);
    let notes = rounded
        .is_zero()
        .then(|| table.note("p is less than 0.0005"));
    Cell::figure(rounded).with_notes(notes.into_iter().collect())
}

#[cfg(test)]
mod tests;
