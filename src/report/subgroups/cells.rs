//! The cells of a row of a table of groups.
//!
//! Must not decide what is shown of a group.

use super::super::annex::percent_cell;
use super::super::compare::{CHANCE_LEVEL, probability_cell};
use super::super::table::{Cell, Symbol, Table, Value};
use super::NoteOnTests;
use super::lines::Line;
use crate::framework::Framework;
use crate::model::{Decimal, Tally};
use crate::rating::{QuestionRating, words};

fn head_cells(line: &Line<'_>, notes: Vec<usize>) -> Vec<Cell> {
    vec![
        line.number.map_or_else(Cell::blank, Cell::text),
        Cell::text(line.text),
        Cell::text(line.group).with_notes(notes),
    ]
}

/// Of which no figure is shown.
pub(super) fn hidden(line: &Line<'_>, smallest: u64, unit: &str, table: &mut Table) -> Vec<Cell> {
    let few = words::count_of(smallest, &format!("applicable {unit}"));
    let note = table.note(&format!(
        "Suppressed are groups with fewer than {few}, and as many others as it takes for nobody to work those out from the rest"
    ));
    let mut cells = head_cells(line, vec![note]);
    let reason = format!("fewer than {few}, or needed to hide such a group");
    let hidden = Cell::missing(Symbol::SUPPRESSED, reason);
    cells.resize(table.columns.len(), hidden);
    cells
}

/// Of a question that the rules never ask of the group: it has no figures, and nothing to compare.
pub(super) fn never_asked(line: &Line<'_>, count: usize) -> Vec<Cell> {
    let reason = "never asked of this group, by the rules of the framework";
    let mut cells = head_cells(line, Vec::new());
    cells.resize(count, Cell::missing(Symbol::NOT_APPLICABLE, reason));
    cells
}

/// Of a question that applies to nothing, as the whole sample shows.
pub(super) fn nothing(
    framework: &Framework,
    line: &Line<'_>,
    question: &QuestionRating,
    table: &mut Table,
) -> Vec<Cell> {
    let missing = percent_cell(framework, question);
    let reason = match &missing.value {
        Value::Missing(missing) => {
            Some(table.note(&format!("{}: {}", question.number, missing.reason)))
        }
        _ => None,
    };
    let mut cells = head_cells(line, reason.into_iter().collect());
    cells.extend([0, 0].map(|count| Cell::from(Value::Count(count))));
    cells.extend(std::iter::repeat_n(missing, 6));
    cells
}

/// Of answers that are shown.
pub(super) fn shown(
    framework: &Framework,
    line: &Line<'_>,
    question: &QuestionRating,
    cases: u64,
    [own, others]: [&Tally; 2],
) -> Vec<Cell> {
    let percents = [own, others].map(|tally| tally.share().map(|share| share.percent()));
    let [percent, percent_others] = percents;
    let group = QuestionRating {
        tally: *own,
        percent,
        cases,
        ..question.clone()
    };
    let difference = percent
        .zip(percent_others)
        .map(|(one, others)| Decimal::from(one) - Decimal::from(others));
    let mut cells = head_cells(line, Vec::new());
    cells.extend([
        Value::Count(own.yes.saturating_add(own.no)).into(),
        Value::Count(own.yes).into(),
        percent_cell(framework, &group),
        percent_others.map_or_else(nothing_to_compare, |percent| Value::Percent(percent).into()),
        difference.map_or_else(nothing_to_compare, Cell::change),
    ]);
    cells
}

/// The note on the tests stands where a group differs, and at the first test wherever that leads.
pub(super) fn of_test(
    tested: Option<[Decimal; 2]>,
    note: &mut NoteOnTests,
    table: &mut Table,
) -> [Cell; 3] {
    let Some([probability, adjusted]) = tested else {
        return [(); 3].map(|()| nothing_to_compare());
    };
    let differs = adjusted < CHANCE_LEVEL;
    let verdict = Cell::text(if differs { "Yes" } else { "No" });
    let is_first = !std::mem::replace(&mut note.stands, true);
    let notes = note.number.filter(|_| differs || is_first);
    [
        probability_cell(probability, table),
        probability_cell(adjusted, table),
        verdict.with_notes(notes.into_iter().collect()),
    ]
}

fn nothing_to_compare() -> Cell {
    Cell::missing(Symbol::NOT_APPLICABLE, "there is nothing to compare")
}
