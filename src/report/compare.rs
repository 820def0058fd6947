//! Two inspections side by side: ratings then and now, questions with a test of whether the change is more than chance, measures.
//!
//! Standards, questions and measures are matched by number and id. Must not know any output format; the test itself is
//! `rating::compare`.

mod measures;

use super::annex::percent_cell;
use super::heading::unique_id;
use super::measures::{change_cell, trend_cell, use_measure_symbols};
use super::programme::{Inspected, programme_notes};
use super::summary::{has_overall, overall_rating_cell, says_something, standard_rating_cell};
use super::table::{Cell, Column, Kind, Report, Row, Symbol, Table};
use crate::framework::{Framework, Rating, Rule};
use crate::model::{Decimal, Tally, round_figure};
use crate::rating::compare::fisher_exact;
use crate::rating::{QuestionRating, StandardRating, TargetCount, Trend};

/// With how many decimals a probability is printed.
const PROBABILITY_DECIMALS: u32 = 3;

/// Below this probability a change counts as more than chance: 5%, the usual level.
const CHANCE_LEVEL: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

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

/// The two inspections and how they are called: by what tells them apart.
struct Pair<'i> {
    both: [&'i Inspected; 2],
    labels: [String; 2],
}

impl<'i> Pair<'i> {
    fn new(one: &'i Inspected, other: &'i Inspected) -> Pair<'i> {
        let names: [fn(&Inspected) -> &str; 2] = [
            |inspected| &inspected.heading.period,
            |inspected| &inspected.heading.provider,
        ];
        let same_provider = one.heading.provider == other.heading.provider;
        let name = |inspected: &Inspected| {
            let name = names
                .get(usize::from(!same_provider))
                .map(|name| name(inspected));
            name.unwrap_or_default().to_owned()
        };
        let (first, second) = (name(one), name(other));
        let is_clear = first != second && !first.is_empty() && !second.is_empty();
        Pair {
            both: [one, other],
            labels: if is_clear {
                [first, second]
            } else {
                [one, other].map(|inspected| inspected.heading.inspection.clone())
            },
        }
    }

    fn table(&self, id: &str, title: &str) -> Table {
        let [one, other] = self.both.map(|inspected| {
            let Framework { title, edition, .. } = &inspected.framework;
            let subject = inspected.heading.subject();
            (
                subject,
                inspected.heading.inspection.clone(),
                format!("{title}, {edition}"),
            )
        });
        let frameworks = if one.2 == other.2 {
            one.2
        } else {
            format!("{} and {}", one.2, other.2)
        };
        Table {
            id: id.to_owned(),
            title: title.to_owned(),
            scope: format!("{} and {}", one.0, other.0),
            source: format!("inspections {} and {}; {frameworks}", one.1, other.1),
            ..Table::default()
        }
    }

    /// A column for each of the two.
    fn columns(&self, id: &str, header: &str, kind: Kind) -> [Column; 2] {
        let [one, other] = &self.labels;
        [("a", one), ("b", other)].map(|(end, label)| {
            Column::new(format!("{id}_{end}"), format!("{header}, {label}"), kind)
        })
    }

    /// What both have: those of the second in its order, then those that only the first has.
    fn matched<T>(
        &self,
        all: impl Fn(&'i Inspected) -> Vec<&'i T>,
        key: impl Fn(&T) -> &str,
    ) -> Vec<[Option<&'i T>; 2]> {
        let [one, other] = self.both.map(&all);
        let find = |among: &[&'i T], item: &T| {
            let mut among = among.iter().copied();
            among.find(|known| key(known).eq_ignore_ascii_case(key(item)))
        };
        let later = other.iter().map(|item| [find(&one, item), Some(*item)]);
        let gone = one.iter().filter(|item| find(&other, item).is_none());
        later.chain(gone.map(|item| [Some(*item), None])).collect()
    }

    /// Why one of the two has no cell.
    fn absent(&self, place: usize, what: &str) -> Cell {
        let label = self.labels.get(place).map_or("", String::as_str);
        Cell::missing(Symbol::NOT_AVAILABLE, format!("{label} has no such {what}"))
    }

    /// Whether a rating means the same in both.
    fn shares_scale(&self) -> bool {
        let [one, other] = self.both;
        one.framework.scale == other.framework.scale
    }
}

/// Ratings then and now; `None` where neither framework has any to show.
fn ratings_table(pair: &Pair<'_>) -> Option<Table> {
    if !pair.both.iter().any(|one| says_something(&one.framework)) {
        return None;
    }
    let mut table = pair.table("ratings", "Ratings then and now");
    table.columns = vec![
        Column::new("number", "Number", Kind::Code),
        Column::new("standard", "Standard", Kind::Text),
    ];
    table
        .columns
        .extend(pair.columns("rating", "Rating", Kind::Rating));
    table.columns.push(Column::new(
        "improved_or_declined",
        "Improved or declined",
        Kind::Text,
    ));
    let standards = pair.matched(
        |one| one.rating.standards.iter().collect(),
        |one| &one.number,
    );
    for both in standards {
        let Some(named) = both[1].or(both[0]) else {
            continue;
        };
        let cell = |place: usize| match (both.get(place).copied().flatten(), pair.both.get(place)) {
            (Some(standard), Some(one)) => standard_rating_cell(&one.framework, standard),
            _ => pair.absent(place, "standard"),
        };
        let rating = |standard: Option<&StandardRating>| standard.and_then(|one| one.rating);
        table.rows.push(Row::new(vec![
            Cell::text(&named.number),
            Cell::text(&named.title),
            cell(0),
            cell(1),
            step_cell(pair, both.map(rating)),
        ]));
    }
    let overall = |one: &&Inspected| has_overall(&one.framework, &one.rating);
    if pair.both.iter().any(overall) {
        "the overall rating has no number".clone_into(&mut table.blank_cells);
        let notes = pair.both.iter().zip(&pair.labels).map(|(one, label)| {
            let reason = &one.rating.overall_reason;
            table.note(&format!("{label}: {reason}"))
        });
        let notes = notes.collect();
        let ratings = pair
            .both
            .map(|one| one.rating.overall.as_ref().map(|one| one.rating));
        let [one, other] = pair
            .both
            .map(|one| overall_rating_cell(&one.framework, &one.rating));
        table.rows.push(Row::leading(vec![
            Cell::blank(),
            Cell::text("Overall").with_notes(notes),
            one,
            other,
            step_cell(pair, ratings),
        ]));
    }
    Some(table)
}

/// What became of a rating.
fn step_cell(pair: &Pair<'_>, ratings: [Option<Rating>; 2]) -> Cell {
    let missing = |reason: &str| Cell::missing(Symbol::NOT_AVAILABLE, reason);
    match ratings {
        [Some(_), Some(_)] if !pair.shares_scale() => missing("the scales differ"),
        [Some(one), Some(other)] => trend_cell(match other.cmp(&one) {
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
    table
        .columns
        .push(Column::new("change", "Change", Kind::Figure));
    let mut add = |what: &str, figures: [Option<Decimal>; 2]| {
        if figures.iter().any(Option::is_some) {
            table.rows.push(figure_row(what, figures));
        }
    };
    add(
        "Points",
        scores.map(|score| Some(score?.earned.normalize())),
    );
    add("Of", scores.map(|score| Some(score?.max.normalize())));
    add("% of points", scores.map(|score| score?.percent));
    let count = |figure: fn(TargetCount) -> u64| {
        targets.map(|targets| Some(Decimal::from(figure(targets?))))
    };
    add("Targets met", count(|targets| targets.met));
    add("Of targets", count(|targets| targets.with_target));
    Some(table)
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
    "Percent yes of the applicable cases; change in percentage points".clone_into(&mut table.units);
    table.columns = vec![
        Column::new("number", "Number", Kind::Code),
        Column::new("question", "Key question", Kind::Text),
    ];
    table
        .columns
        .extend(pair.columns("percent", "% yes", Kind::Percent));
    table.columns.extend([
        Column::new("change", "Change", Kind::Figure),
        Column::new("p", "p", Kind::Figure),
        Column::new("more_than_chance", "More than chance", Kind::Text),
    ]);
    let test = (tested > 0).then(|| table.note(&test_note(tested)));
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
fn test_note(tested: usize) -> String {
    let each = if tested == 1 {
        "One question is tested".to_owned()
    } else {
        format!(
            "The {tested} questions are tested one by one, so that about one in twenty would seem to have changed if none had"
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
            let rounded = round_figure(p, PROBABILITY_DECIMALS);
            let is_tiny = rounded.is_zero();
            let notes = is_tiny.then(|| table.note("p is less than 0.0005"));
            let figure = Cell::figure(rounded).with_notes(notes.into_iter().collect());
            [figure, verdict]
        }
    });
    Some(Row::new(cells))
}

#[cfg(test)]
mod tests;
