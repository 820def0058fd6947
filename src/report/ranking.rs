//! The providers of a programme side by side: each measure, question and overall score with rank, quartile and national figure.
//!
//! The nation stands last and takes no rank. Must not know any output format, or rate anything.

use super::footnotes::{overall_notes, partly_rated_note};
use super::measures::{use_measure_symbols, value_cell};
use super::programme::{Group, Inspected, SortBy, add_table, group, programme_notes, rank_cell};
use super::table::{Cell, Column, Kind, Report, Row, Symbol, Table, Value};
use crate::framework::{Better, Framework, Rule};
use crate::model::Decimal;
use crate::rating::compare::Standing;
use crate::rating::{MeasureRating, OVERALL, QuestionRating};

/// What the providers are held against each other by.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item<'f> {
    Measure(&'f str),
    Question(&'f str),
    Overall,
}

/// For each framework and period a table with a row for each measure, key question and the overall score, by provider. `on` is the
/// id of the only one that is wanted. No tables where nothing has a figure.
#[must_use]
pub fn ranking_report(
    programme: &str,
    inspected: &[Inspected],
    on: Option<&str>,
    sort: &SortBy,
) -> Report {
    let mut report = Report {
        title: format!("Comparison of providers: {programme}"),
        notes: programme_notes(inspected),
        ..Report::default()
    };
    for group in group(inspected, sort) {
        let mut table = ranking_table(programme, &group);
        for item in items(&group, on) {
            add_rows(&group, &item, sort, &mut table);
        }
        if table.rows.is_empty() {
            continue;
        }
        leave_out_empty_columns(&mut table);
        if on.is_some() {
            name_in_scope(&mut table);
        }
        let part = Report {
            tables: vec![table],
            ..Report::default()
        };
        for table in use_measure_symbols(group.framework, part).tables {
            add_table(&mut report, table, &group);
        }
    }
    report
}

/// What providers under this framework can be compared on, by id: measures, key questions, and the overall score.
#[must_use]
pub fn comparable_ids(framework: &Framework) -> Vec<&str> {
    let measures = framework.measures.iter().map(|measure| measure.id.as_str());
    let questions = framework
        .standards
        .iter()
        .flat_map(|standard| &standard.key_questions)
        .filter(|question| question.asked_of.is_some())
        .map(|question| question.number.as_str());
    measures.chain(questions).chain([OVERALL]).collect()
}

fn ranking_table(programme: &str, group: &Group<'_>) -> Table {
    let columns = [
        ("id", "Number or code", Kind::Code),
        ("title", "Measure or question", Kind::Text),
        ("provider", "Provider", Kind::Text),
        ("unit", "Unit", Kind::Code),
        ("value", "Value", Kind::Figure),
        ("rank", "Rank", Kind::Count),
        ("quartile", "Quartile", Kind::Count),
        ("national", "National", Kind::Figure),
        ("difference", "Difference", Kind::Figure),
    ];
    Table {
        id: "providers".to_owned(),
        title: group.title("Providers compared"),
        scope: programme.to_owned(),
        units: "Rank 1 and quartile 1 are the best; difference from the national figure, of percentages in percentage points"
            .to_owned(),
        columns: columns.map(|(id, header, kind)| Column::new(id, header, kind)).into(),
        source: group.source(programme),
        ..Table::default()
    }
}

/// What some provider has a figure for.
fn items<'g>(group: &Group<'g>, on: Option<&str>) -> Vec<Item<'g>> {
    let item = |id: &'g str| {
        if id == OVERALL {
            Item::Overall
        } else if group.framework.measure(id).is_some() {
            Item::Measure(id)
        } else {
            Item::Question(id)
        }
    };
    let ids = comparable_ids(group.framework).into_iter();
    let wanted = ids.filter(|id| on.is_none_or(|on| on.eq_ignore_ascii_case(id)));
    let members = &group.members;
    wanted
        .map(item)
        .filter(|item| members.iter().any(|member| item.figure(member).is_some()))
        .collect()
}

/// Names what all rows are about above the table instead of in each of them.
fn name_in_scope(table: &mut Table) {
    for id in ["id", "title", "unit"] {
        table.share_column(id);
    }
    let words = |id: &str| {
        let mut shared = table.shared.iter();
        shared.find(|(column, _)| column.id == id)
    };
    let named = ["id", "title"].map(words).into_iter().flatten();
    let named: Vec<&str> = named.map(|(_, words)| words.as_str()).collect();
    let unit = words("unit").map_or("", |(_, words)| words);
    let unit = if unit.is_empty() {
        String::new()
    } else {
        format!(" ({unit})")
    };
    if !named.is_empty() {
        table.scope = format!("{}: {}{unit}", table.scope, named.join(" "));
    }
}

/// Adds the rows of one measure, question or score, in the order of the group, or by rank.
fn add_rows(group: &Group<'_>, item: &Item<'_>, sort: &SortBy, table: &mut Table) {
    let better = item.better(group.framework);
    let standings = better.map_or_else(
        || vec![None; group.members.len()],
        |better| group.rank(better, |member| item.ranked_figure(group, member)),
    );
    let has_quarters = standings.iter().flatten().count() >= 4;
    let mut members: Vec<(&Inspected, Option<Standing>)> =
        group.members.iter().copied().zip(standings).collect();
    if *sort == SortBy::Rank {
        members.sort_by_key(|(member, standing)| {
            let rank = standing.map_or(u64::MAX, |standing| standing.rank);
            (member.national, rank)
        });
    }
    let nation = group.national().first();
    for (member, standing) in members {
        // What is counted in other units is no yardstick.
        let yardstick = nation.filter(|nation| item.unit(nation) == item.unit(member));
        let yardstick = yardstick.and_then(|nation| item.figure(nation));
        let mut row = item.row(member, standing, has_quarters, yardstick);
        let notes = item.notes(member).into_iter().map(|note| table.note(&note));
        let notes = notes.collect();
        if let Some(value) = row.cells.get_mut(VALUE) {
            value.notes = notes;
        }
        table.rows.push(row);
    }
}

impl Item<'_> {
    fn measure<'i>(&self, member: &'i Inspected) -> Option<&'i MeasureRating> {
        let mut measures = member.rating.measures.iter();
        match self {
            Item::Measure(id) => measures.find(|measure| measure.id.eq_ignore_ascii_case(id)),
            _ => None,
        }
    }

    fn question<'i>(&self, member: &'i Inspected) -> Option<&'i QuestionRating> {
        let standards = member.rating.standards.iter();
        let mut questions = standards.flat_map(|standard| &standard.questions);
        match self {
            Item::Question(number) => questions.find(|question| question.number == *number),
            _ => None,
        }
    }

    fn figure(&self, member: &Inspected) -> Option<Decimal> {
        match self {
            Item::Measure(_) => self.measure(member)?.value,
            Item::Question(_) => self.question(member)?.percent.map(Decimal::from),
            Item::Overall => overall_figure(member),
        }
    }

    /// The figure that takes a rank: an unreliable value only where its framework rates it all the same.
    fn ranked_figure(&self, group: &Group<'_>, member: &Inspected) -> Option<Decimal> {
        let left_out = self
            .measure(member)
            .is_some_and(|measure| member.framework.leaves_out(measure.unreliable));
        match self {
            _ if left_out => None,
            Item::Overall => group.score(member),
            _ => self.figure(member),
        }
    }

    fn better(&self, framework: &Framework) -> Option<Better> {
        match self {
            Item::Measure(id) => framework.measure(id)?.1.better,
            _ => Some(Better::Higher),
        }
    }

    fn row(
        &self,
        member: &Inspected,
        standing: Option<Standing>,
        has_quarters: bool,
        nation: Option<Decimal>,
    ) -> Row {
        let missing = |reason: &str| Cell::missing(Symbol::NOT_AVAILABLE, reason);
        let measure = self.measure(member);
        let figure = self.figure(member);
        let stated = measure.and_then(|measure| measure.national);
        let national = stated.or(nation);
        let difference = figure.zip(national).filter(|_| !member.national);
        let difference = difference.and_then(|(figure, national)| figure.checked_sub(national));
        let or_missing = |figure: Option<Decimal>, cell: fn(Decimal) -> Cell| {
            figure.map_or_else(|| missing("there is no figure to compare with"), cell)
        };
        let quartile = match standing {
            Some(_) if !has_quarters => missing("fewer than four providers are ranked"),
            Some(standing) => Value::Count(standing.quartile).into(),
            None => rank_cell(member, None),
        };
        let (id, title, unit) = self.names(member);
        let cells = vec![
            Cell::text(id),
            Cell::text(title),
            Cell::text(&member.heading.provider),
            Cell::text(unit),
            match measure {
                Some(measure) => value_cell(&member.framework, measure),
                None => figure.map_or_else(|| missing("not available"), Cell::figure),
            },
            rank_cell(member, standing),
            quartile,
            or_missing(national, Cell::figure),
            or_missing(difference, Cell::change),
        ];
        if member.national {
            Row::leading(cells)
        } else {
            Row::new(cells)
        }
    }

    /// What is to be said of an overall score: how much of the framework it rests on, and that the rating was moved.
    fn notes(&self, member: &Inspected) -> Vec<String> {
        if *self != Item::Overall {
            return Vec::new();
        }
        let (framework, rating) = (&member.framework, &member.rating);
        let notes = overall_notes(framework, rating).into_iter();
        let notes = notes.map(|note| format!("{}: {note}", member.heading.provider));
        notes.chain(partly_rated_note(framework, rating)).collect()
    }

    fn unit<'n>(&'n self, member: &'n Inspected) -> &'n str {
        self.names(member).2
    }

    /// Id, title and unit.
    fn names<'n>(&'n self, member: &'n Inspected) -> (&'n str, &'n str, &'n str) {
        match self {
            Item::Measure(id) => {
                let stated = member.framework.measure(id);
                stated.map_or((id, "", ""), |(_, stated)| {
                    (&stated.id, &stated.title, &stated.unit)
                })
            }
            Item::Question(number) => {
                let text = self.question(member).map_or("", |question| &question.text);
                (number, text, "%")
            }
            Item::Overall => (OVERALL, "Overall score", overall_unit(member)),
        }
    }
}

/// The overall score as it is published: the percent of a weighted share, points, targets met.
fn overall_figure(member: &Inspected) -> Option<Decimal> {
    let rating = &member.rating;
    match (rating.score, member.framework.overall.rule) {
        (Some(score), _) => Some(score.percent.unwrap_or(score.earned.normalize())),
        (None, Rule::TargetsMet) if rating.targets.with_target > 0 => {
            Some(Decimal::from(rating.targets.met))
        }
        _ => member.score(),
    }
}

/// In what that score is: one that no rule added up is the points of the rating.
fn overall_unit(member: &Inspected) -> &'static str {
    match member.rating.score {
        Some(score) if score.percent.is_some() => "%",
        Some(_) => "points",
        None if member.has_score() => "targets met",
        None => "points of the rating",
    }
}

/// Columns without any figure say nothing.
fn leave_out_empty_columns(table: &mut Table) {
    let is_kept: Vec<bool> = (0..table.columns.len())
        .map(|place| {
            let cells = || table.rows.iter().filter_map(|row| row.cells.get(place));
            !cells().all(|cell| matches!(cell.value, Value::Missing(_))) || place <= VALUE
        })
        .collect();
    let mut kept = is_kept.iter();
    table
        .columns
        .retain(|_| kept.next().copied().unwrap_or(true));
    for row in &mut table.rows {
        let mut kept = is_kept.iter();
        row.cells.retain(|_| kept.next().copied().unwrap_or(true));
    }
}

/// Place of the value, which stays whatever it is.
const VALUE: usize = 4;

#[cfg(test)]
mod tests;
