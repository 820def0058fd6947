//! What a revised annex says of itself: which figures are marked `[r]`, how many of which tables, why, and what they were.
//!
//! A figure is marked where it differs from any earlier publication, not only from the last one: whoever holds an older copy sees
//! that it changed since, and a figure once revised stays marked.
//!
//! Earlier figures of groups are not repeated, so that nobody finds those of before and after one case side by side. That does not
//! keep them from anybody who wants them: whoever kept the earlier version has them, and where a single group of a question changed,
//! its earlier figures are the earlier total, which is told, less the groups that are not marked. A note says so. Must not know where
//! publications are kept.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::chart::Chart;
use super::heading::unique_id;
use super::revision::{Change, find_changes, mark_table};
use super::table::{About, Cell, Column, Kind, Missing, Part, Report, Row, Symbol, Table, Value};
use super::table::{Version, View, sentence};
use crate::rating::words;

/// A figure that is other than it was published once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revised {
    /// The first day on which it was published so.
    pub published: String,
    /// What it was, and what it is.
    pub change: Change,
}

/// Marks every figure of a report that is other than, or is not, in earlier publications, first things first, each with the day of its
/// closing; and keeps what it was. A table that none of them has is new, not revised.
pub fn mark_revised(report: &mut Report, earlier: &[(String, Report)]) {
    for (day, earlier) in earlier {
        for change in find_changes(earlier, report, true) {
            add(report, day, guard(change));
        }
    }
    for (_, earlier) in earlier {
        for table in &mut report.tables {
            if let Some(known) = earlier.tables.iter().find(|known| known.id == table.id) {
                mark_table(table, known);
            }
        }
        for chart in &mut report.charts {
            if let Some(known) = earlier.charts.iter().find(|known| known.id == chart.id) {
                mark_table(&mut chart.data, &known.data);
            }
        }
    }
    report.charts.iter_mut().for_each(title_chart);
    note_scopes(report);
}

/// Keeps a change beside those of the same figure, unless it was published so before.
fn add(report: &mut Report, day: &str, change: Change) {
    // Which groups are shown is a choice of whoever publishes.
    if change.is_table() && change.part == Part::Subgroups {
        return;
    }
    let same = |one: &&Revised| place(&one.change) == place(&change);
    let mut known = report.revised.iter().filter(same);
    if known.any(|one| one.change.was == change.was) {
        return;
    }
    let last = report.revised.iter().rposition(|one| same(&one));
    let at = last.map_or(report.revised.len(), |last| last + 1);
    let published = day.to_owned();
    let revised = Revised { published, change };
    report.revised.insert(at, revised);
}

fn place(change: &Change) -> (&str, &str, &str) {
    (&change.table, &change.row, &change.column)
}

/// What is kept back now is not told from before; and a group's figures before and after one case tell of that case.
fn guard(mut change: Change) -> Change {
    let is_suppressed = |cell: &Cell| matches!(&cell.value, Value::Missing(Missing { symbol, .. }) if *symbol == Symbol::SUPPRESSED);
    let is_kept_back = change.is.as_ref().is_some_and(is_suppressed);
    let is_of_groups = change.part == Part::Subgroups && !change.row.is_empty();
    if let Some(was) = &mut change.was
        && (is_kept_back || is_of_groups)
    {
        let reason = match is_suppressed(was) {
            true => "it was kept back",
            false => NOT_REPEATED,
        };
        *was = Cell::missing(Symbol::SUPPRESSED, reason);
    }
    change
}

/// Why a figure that was published is not told again.
const NOT_REPEATED: &str = "figures of groups are not repeated";

/// What not repeating the earlier figures of groups cannot hide; `None` where none of these was published.
fn groups_note(revised: &[Revised]) -> Option<&'static str> {
    let is_told_before = |one: &Revised| {
        let was = one.change.was.as_ref().map(|cell| &cell.value);
        let is_not_repeated =
            matches!(was, Some(Value::Missing(Missing { reason, .. })) if reason == NOT_REPEATED);
        one.change.part == Part::Subgroups && is_not_repeated
    };
    revised.iter().any(is_told_before).then_some(
        "Earlier figures of groups are not repeated, [c], but are not secret: the earlier version shows them, and an earlier total less the groups that did not change can give them, too",
    )
}

/// Says in the title and words of a chart that figures of it were revised.
fn title_chart(chart: &mut Chart) {
    let is_revised = |cell: &Cell| cell.marks.contains(&Symbol::REVISED);
    let rows = chart.data.rows.iter();
    let rows = rows.filter(|row| row.cells.iter().any(is_revised));
    let named: Vec<String> = rows
        .filter_map(|row| row.cells.first().map(Cell::shown))
        .collect();
    if named.is_empty() {
        return;
    }
    chart.title.push_str(" (revised)");
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    chart.alternative = format!(
        "{} Revised since first published: {}.",
        sentence(&chart.alternative),
        words::list(&named)
    );
}

/// Says below a table that it covered others once: no mark can stand in its words.
fn note_scopes(report: &mut Report) {
    let revised = report.revised.iter();
    for one in revised.filter(|one| one.change.is_scope()) {
        let tables = report.tables.iter_mut();
        let mut tables = tables.filter(|table| table.id == one.change.table);
        if let (Some(table), Some(was)) = (tables.next(), &one.change.was) {
            let (day, was) = (&one.published, was.shown());
            table.note(&format!("Revised: as published on {day}, it covered {was}"));
        }
    }
}

/// A publication as `view` wants to see it. Of a revision, the first notes say when, by whom and why earlier figures were opened again
/// and which figures differ, and the last tables what they were; nothing of the kind where it is the first one.
#[must_use]
pub fn show_revised(report: Report, view: View) -> Report {
    let all_count = report.revised.len();
    let mut report = report.select(view);
    let tables = &report.tables;
    let is_shown = |change: &Change| {
        let went = change.is_table() && change.is.is_none();
        went || tables.iter().any(|table| table.id == change.table)
    };
    report.revised.retain(|one| is_shown(&one.change));
    if report.about.earlier.is_empty() {
        return report;
    }
    let mut notes = reasons(&report.about);
    notes.extend(describe(&report.revised));
    if report.revised.is_empty() {
        let none = match all_count {
            0 => "No figure differs from what was published before",
            _ => {
                "No figure that is shown here differs from what was published before; figures of other tables do"
            }
        };
        notes.push(none.to_owned());
    } else {
        let tables = revised_tables(&report);
        let titles: Vec<String> = tables
            .iter()
            .map(|table| format!("“{}”", table.title))
            .collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        notes.push(format!(
            "What was published before stands under {}",
            words::list(&titles)
        ));
        report.tables.extend(tables);
    }
    notes.extend(groups_note(&report.revised).map(str::to_owned));
    report.notes.splice(0..0, notes);
    report
}

/// When, by whom and why the figures of each earlier publication were opened again.
fn reasons(about: &About) -> Vec<String> {
    let days = about.earlier.iter().map(|version| &version.published);
    let nexts = days.skip(1).chain(&about.published);
    let versions = about.earlier.iter().enumerate().zip(nexts);
    let reasons = versions.map(|((place, version), next)| {
        let Version {
            published,
            closed_by,
            opened,
            by,
            because,
            gave_way,
        } = version;
        let first = if place == 0 { "first " } else { "" };
        let figures = format!("the figures {first}published on {published}");
        let because = because.trim_end_matches('.');
        match (opened.as_str(), gave_way) {
            ("", _) => format!("Revised on {next}: {figures} by {closed_by}"),
            (opened, false) => format!(
                "Revised on {next}: {figures} were opened again on {opened} by {by}: {because}"
            ),
            (opened, true) => format!(
                "Revised on {next}: {figures} by {closed_by} gave way to others on {opened} by {by}: {because}"
            ),
        }
    });
    reasons.collect()
}

/// How many figures of which tables differ, and that they are marked; that others, and whole tables, came or went.
fn describe(revised: &[Revised]) -> Vec<String> {
    let figures = |wanted: fn(&Change) -> bool| {
        let changes = revised.iter().map(|one| &one.change);
        changes.filter(move |one| !one.is_table() && wanted(one))
    };
    let mut notes = Vec::new();
    let (count, places) = count_places(figures(|one| !one.is_scope() && one.is.is_some()));
    if count > 0 {
        let (differ, are) = if count == 1 {
            ("differs", "is")
        } else {
            ("differ", "are")
        };
        notes.push(format!(
            "{} {differ} from what was published before and {are} marked [r]: {places}",
            words::count_of(count, "figure")
        ));
    }
    let (count, places) = count_places(figures(|one| one.is.is_none()));
    if count > 0 {
        let are = if count == 1 { "is" } else { "are" };
        notes.push(format!(
            "{} that {} published before {are} not published any more: {places}",
            words::count_of(count, "figure"),
            if count == 1 { "was" } else { "were" }
        ));
    }
    let (count, places) = count_places(figures(Change::is_scope));
    if count > 0 {
        notes.push(format!("Tables that covered other cases before: {places}"));
    }
    let whole = revised.iter().filter(|one| one.change.is_table());
    notes.extend(whole.map(|one| {
        let (title, day) = (&one.change.title, &one.published);
        match one.change.is {
            Some(_) => format!("The table “{title}” was not published on {day}"),
            None => format!("The table “{title}” was published on {day} and is not any more"),
        }
    }));
    notes
}

/// How many figures these are, each once, and in which tables: `1 in Summary and 2 in 4. Court work`.
fn count_places<'d>(changes: impl Iterator<Item = &'d Change>) -> (u64, String) {
    let mut seen = HashSet::new();
    let mut counts: Vec<(&str, u64)> = Vec::new();
    for one in changes.filter(|one| seen.insert(place(one))) {
        match counts.iter_mut().find(|(title, _)| *title == one.title) {
            Some((_, count)) => *count += 1,
            None => counts.push((&one.title, 1)),
        }
    }
    let count = counts.iter().map(|(_, count)| count).sum();
    let places = counts.iter();
    let places = places.map(|(title, count)| format!("{} in “{title}”", words::count(*count)));
    let places: Vec<String> = places.collect();
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    (count, words::list(&places))
}

/// Everything that was revised, what was published and what is now: numbers in a table of their own, ratings and other words in another.
fn revised_tables(report: &Report) -> Vec<Table> {
    let is_number = |cell: &Cell| {
        matches!(
            cell.value,
            Value::Count(_) | Value::Percent(_) | Value::Figure { .. }
        )
    };
    let has_number = |one: &&Revised| {
        let cells = [&one.change.was, &one.change.is];
        cells.into_iter().flatten().any(is_number)
    };
    let (numbers, words): (Vec<&Revised>, Vec<&Revised>) =
        report.revised.iter().partition(has_number);
    let absent = absent_number(&numbers);
    let tables = [
        ("figures", Kind::Figure, numbers, absent),
        ("words", Kind::Text, words, Cell::text("not published")),
    ];
    let sources = report.tables.iter().map(|table| table.source.clone());
    let source = sources.into_iter().next().unwrap_or_default();
    let mut made = Vec::new();
    for (what, kind, revised, absent) in tables {
        if !revised.is_empty() {
            made.push(Table {
                id: unique_id(&format!("revised-{what}"), &report.tables),
                title: format!("Revised {what}"),
                units: "As published then, and as published now, each in the unit of its table"
                    .to_owned(),
                columns: vec![
                    Column::new("table_title", "Table", Kind::Text),
                    Column::new("row", "Row", Kind::Text),
                    Column::new("figure", "Figure", Kind::Text),
                    Column::new("published", "Published on", Kind::Code),
                    Column::new("before", "Published then", kind),
                    Column::new("now", "Published now", kind),
                ],
                rows: revised
                    .into_iter()
                    .map(|one| revised_row(one, &absent))
                    .collect(),
                source: source.clone(),
                ..Table::default()
            });
        }
    }
    made
}

fn revised_row(revised: &Revised, absent: &Cell) -> Row {
    let change = &revised.change;
    let or = |words: &str, else_words: &str| {
        Cell::text(if words.is_empty() { else_words } else { words })
    };
    let figure = |cell: &Option<Cell>| cell.clone().unwrap_or_else(|| absent.clone());
    Row::new(vec![
        Cell::text(&change.title),
        or(&change.row, "the whole table"),
        or(&change.column, "all figures"),
        Cell::text(&revised.published),
        figure(&change.was),
        figure(&change.is),
    ])
}

/// What stands for a number that was not, or is not, published: by the same symbol and meaning as those that are missing.
fn absent_number(numbers: &[&Revised]) -> Cell {
    let cells = numbers
        .iter()
        .flat_map(|one| [&one.change.was, &one.change.is])
        .flatten();
    let mut symbols = cells.flat_map(Cell::symbols);
    let known = symbols.find(|symbol| symbol.code == Symbol::NOT_AVAILABLE.code);
    let symbol = known.cloned().unwrap_or(Symbol::NOT_AVAILABLE);
    Cell::missing(symbol, "it was not, or is not, published")
}

#[cfg(test)]
mod tests;
