//! The measures of two inspections side by side.
//!
//! Must not know any output format, or how a value is rated.

use super::pair::Pair;
use crate::rating::MeasureRating;
use crate::rating::compare::find_trend;
use crate::report::measures::{change_cell, shared_unit, value_cell};
use crate::report::table::{Cell, Column, Kind, Row, Symbol, Table};

/// A row for each measure with both values and what became of it; `None` where neither has measures.
pub(super) fn measures_table(pair: &Pair<'_>) -> Option<Table> {
    let matched = pair.matched(
        |one| one.rating.measures.iter().collect(),
        |measure: &MeasureRating| &measure.id,
    );
    matched.first()?;
    let all: Vec<&MeasureRating> = matched.iter().flatten().copied().flatten().collect();
    let unit = shared_unit(&all);
    let mut table = pair.table("measures", "Measures");
    table.units = match unit {
        Some("") => String::new(),
        Some("%") => format!("Percent; {} in percentage points", pair.change_word()),
        Some(unit) => format!("Figures are {unit}"),
        None => format!(
            "In the unit of each measure; {} of a percentage in percentage points",
            pair.change_word()
        ),
    };
    table.columns = vec![
        Column::new("measure", "Code", Kind::Code),
        Column::new("title", "Measure", Kind::Text),
    ];
    if unit.is_none() {
        table.columns.push(Column::new("unit", "Unit", Kind::Code));
    }
    table
        .columns
        .extend(pair.columns("value", "Value", Kind::Figure));
    table
        .columns
        .extend([pair.change_column(), pair.verdict_column()]);
    for both in matched {
        let row = measure_row(pair, both, unit.is_none());
        table.rows.extend(row);
    }
    Some(table)
}

fn measure_row(pair: &Pair<'_>, both: [Option<&MeasureRating>; 2], has_unit: bool) -> Option<Row> {
    let named = both[1].or(both[0])?;
    let cell = |place: usize| match (both.get(place).copied().flatten(), pair.both.get(place)) {
        (Some(measure), Some(one)) => value_cell(&one.framework, measure),
        _ => pair.absent(place, "measure"),
    };
    let mut cells = vec![Cell::text(&named.id), Cell::text(&named.title)];
    if has_unit {
        cells.push(Cell::text(&named.unit));
    }
    let values = match both {
        [Some(one), Some(other)] if one.unit == other.unit => one.value.zip(other.value),
        _ => None,
    };
    // Figures that are too long to be subtracted are not compared.
    let change = values.and_then(|(one, other)| other.checked_sub(one));
    let trend = change.and(values).zip(named.better);
    let trend = trend.filter(|_| is_reliable(pair, both));
    let trend = trend.map(|((one, other), better)| find_trend(other, one, better));
    cells.extend([
        cell(0),
        cell(1),
        change_cell(change),
        trend.map_or_else(
            || Cell::missing(Symbol::NOT_AVAILABLE, "there is no comparison"),
            |trend| pair.verdict_cell(trend),
        ),
    ]);
    Some(Row::new(cells))
}

/// Whether both values may be judged: an unreliable one only where its framework rates it all the same.
fn is_reliable(pair: &Pair<'_>, both: [Option<&MeasureRating>; 2]) -> bool {
    both.iter().zip(pair.both).all(|(measure, one)| {
        measure.is_none_or(|measure| !one.framework.leaves_out(measure.unreliable))
    })
}
