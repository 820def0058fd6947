//! The tables of measures: for each standard its measures with value, target and change, and what they are worth.
//!
//! Every figure comes rounded, judged and explained from the rating; must not compute one, or know any output format.

use super::heading::{Heading, rating_cell, source};
use super::number::format_figure;
use super::table::{Cell, Column, Kind, Report, Row, Symbol, Table, Value, kebab};
use crate::framework::{Framework, Grading};
use crate::model::Decimal;
use crate::rating::{InspectionRating, MeasureRating, StandardRating, Trend};

/// The measures of a standard, in the framework's order.
pub(super) fn measures_of<'r>(
    framework: &Framework,
    rating: &'r InspectionRating,
    number: &str,
) -> Vec<&'r MeasureRating> {
    let places = framework
        .standard(number)
        .map_or(&[][..], |standard| &standard.measures);
    places
        .iter()
        .filter_map(|place| rating.measures.get(*place))
        .collect()
}

/// A table for each standard that has measures; `reasons` adds why each measure is rated as it is.
pub(super) fn measure_tables(
    framework: &Framework,
    rating: &InspectionRating,
    heading: &Heading,
    reasons: bool,
) -> Vec<Table> {
    let standards = rating.standards.iter();
    standards
        .filter_map(|standard| {
            let measures = measures_of(framework, rating, &standard.number);
            let table = || measure_table(framework, standard, &measures, heading, reasons);
            (!measures.is_empty()).then(table)
        })
        .collect()
}

fn measure_table(
    framework: &Framework,
    standard: &StandardRating,
    measures: &[&MeasureRating],
    heading: &Heading,
    reasons: bool,
) -> Table {
    let mut table = Table {
        id: kebab(&format!("measures {} {}", standard.number, standard.title)),
        title: format!("{}. {}", standard.number, standard.title),
        scope: heading.subject(),
        units: units(measures),
        source: source(framework, heading),
        ..Table::default()
    };
    let fields = fields(framework, measures, reasons);
    table.columns = fields.iter().map(Field::column).collect();
    for measure in measures {
        let notes: Vec<usize> = measure_notes(framework, measure)
            .iter()
            .map(|note| table.note(note))
            .collect();
        let cells = fields.iter().map(|field| {
            let cell = field.cell(framework, measure);
            match field {
                Field::Title => cell.with_notes(notes.clone()),
                _ => cell,
            }
        });
        let row = Row::new(cells.collect());
        table.rows.push(row);
    }
    table
}

/// In what the figures are: one unit for all, or that of each measure in a column of its own.
fn units(measures: &[&MeasureRating]) -> String {
    let has_change = measures.iter().any(|measure| measure.change.is_some());
    let is_percent = |measure: &&MeasureRating| measure.unit == "%";
    match shared_unit(measures) {
        Some("") => String::new(),
        Some("%") if has_change => "Percent; change in percentage points".to_owned(),
        Some("%") => "Percent".to_owned(),
        Some(unit) => format!("Figures are {unit}"),
        None if has_change && measures.iter().any(is_percent) => {
            "In the unit of each measure; change of a percentage in percentage points".to_owned()
        }
        None => "In the unit of each measure".to_owned(),
    }
}

/// The unit of all these measures; `None` where they differ.
pub(super) fn shared_unit<'r>(measures: &[&'r MeasureRating]) -> Option<&'r str> {
    let first = measures.first()?.unit.as_str();
    let same = measures.iter().all(|measure| measure.unit == first);
    same.then_some(first)
}

/// What a column of a table of measures shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Id,
    Title,
    Unit,
    Value,
    Target,
    Met,
    National,
    Change,
    Trend,
    Rating,
    Reason,
}

/// The columns that say something of some measure.
fn fields(framework: &Framework, measures: &[&MeasureRating], reasons: bool) -> Vec<Field> {
    let any = |has: &dyn Fn(&MeasureRating) -> bool| measures.iter().any(|measure| has(measure));
    let wanted = [
        (Field::Id, true),
        (Field::Title, true),
        (Field::Unit, shared_unit(measures).is_none()),
        (Field::Value, true),
        (Field::Target, any(&|measure| measure.target.is_some())),
        (Field::Met, any(&|measure| measure.met.is_some())),
        (Field::National, any(&|measure| measure.national.is_some())),
        (Field::Change, any(&|measure| measure.change.is_some())),
        (Field::Trend, any(&|measure| measure.trend.is_some())),
        (Field::Rating, any(&|measure| is_graded(framework, measure))),
        (Field::Reason, reasons),
    ];
    let shown = wanted.iter().filter(|(_, is_wanted)| *is_wanted);
    shown.map(|(field, _)| *field).collect()
}

impl Field {
    fn column(&self) -> Column {
        let (id, header, kind) = match self {
            Field::Id => ("measure", "Code", Kind::Code),
            Field::Title => ("title", "Measure", Kind::Text),
            Field::Unit => ("unit", "Unit", Kind::Code),
            Field::Value => ("value", "Value", Kind::Figure),
            Field::Target => ("target", "Target", Kind::Figure),
            Field::Met => ("met", "Target met", Kind::Text),
            Field::National => ("national", "National", Kind::Figure),
            Field::Change => ("change", "Change", Kind::Figure),
            Field::Trend => ("improved_or_declined", "Improved or declined", Kind::Text),
            Field::Rating => ("rating", "Rating", Kind::Rating),
            Field::Reason => ("reason", "Reason", Kind::Text),
        };
        Column::new(id, header, kind)
    }

    fn cell(&self, framework: &Framework, measure: &MeasureRating) -> Cell {
        let missing = |reason: &str| Cell::missing(Symbol::NOT_RECORDED, reason);
        let or = |figure: Option<Decimal>, reason: &str| {
            figure.map_or_else(|| missing(reason), Cell::figure)
        };
        match self {
            Field::Id => Cell::text(&measure.id),
            Field::Title => Cell::text(&measure.title),
            Field::Unit => Cell::text(&measure.unit),
            Field::Value => value_cell(framework, measure),
            Field::Target => or(measure.target, "it has no target"),
            Field::Met => match measure.met {
                Some(true) => Cell::text("Yes"),
                Some(false) => Cell::text("No"),
                None => missing(&measure.reason),
            },
            Field::National => or(measure.national, "there is no national figure"),
            Field::Change => change_cell(measure.change),
            Field::Trend => measure
                .trend
                .map_or_else(|| missing("there is no comparison"), trend_cell),
            Field::Rating => rating_cell(
                framework,
                measure.rating,
                Symbol::NOT_RECORDED,
                &measure.reason,
            ),
            Field::Reason => Cell::text(&measure.reason),
        }
    }
}

/// Whether a measure can have a rating.
fn is_graded(framework: &Framework, measure: &MeasureRating) -> bool {
    let stated = framework.measure(&measure.id);
    measure.rating.is_some() || stated.is_some_and(|(_, stated)| stated.grading != Grading::None)
}

/// A measure's value with its marks; a missing one says why.
pub(super) fn value_cell(framework: &Framework, measure: &MeasureRating) -> Cell {
    match measure.value {
        None => Cell::missing(Symbol::NOT_RECORDED, measure.reason.clone()),
        Some(figure) => Cell::figure(figure).with_marks(marks(framework, measure)),
    }
}

/// A change since another period, of a measure or of any other figure; a missing one says why.
pub(super) fn change_cell(change: Option<Decimal>) -> Cell {
    let reason = "there is no figure to compare with";
    change.map_or_else(
        || Cell::missing(Symbol::NOT_AVAILABLE, reason),
        Cell::change,
    )
}

/// What a change means.
pub(super) fn trend_cell(trend: Trend) -> Cell {
    Cell::text(match trend {
        Trend::Improved => "Improved",
        Trend::Declined => "Declined",
        Trend::Unchanged => "No change",
    })
}

/// What is to be said of a value by shorthand.
pub(super) fn marks(framework: &Framework, measure: &MeasureRating) -> Vec<Symbol> {
    let observations = framework
        .reliability
        .map(|reliability| reliability.observations);
    let marks = [
        (measure.unreliable, Symbol::unreliable(observations)),
        (measure.provisional, Symbol::PROVISIONAL),
        (measure.revised, Symbol::REVISED),
    ];
    let said = marks.into_iter().filter(|(is_so, _)| *is_so);
    said.map(|(_, mark)| mark).collect()
}

/// A figure with its unit, in a sentence: `71.2%`, `1,070 completions`.
pub(super) fn with_unit(figure: Decimal, unit: &str) -> String {
    join_unit(&format_figure(figure, false), unit)
}

/// A change with its unit, in a sentence: `+5.4 pp`, `−12 completions`.
pub(super) fn change_with_unit(change: Decimal, unit: &str) -> String {
    let unit = if unit == "%" { "pp" } else { unit };
    join_unit(&format_figure(change, true), unit)
}

fn join_unit(figure: &str, unit: &str) -> String {
    match unit {
        "" => figure.to_owned(),
        "%" => format!("{figure}%"),
        unit => format!("{figure} {unit}"),
    }
}

/// What a reader must know of one measure beyond its figures: where its value was taken from, why a graded one has no rating.
fn measure_notes(framework: &Framework, measure: &MeasureRating) -> Vec<String> {
    let id = &measure.id;
    let taken = Some(&measure.taken_from).filter(|words| !words.is_empty());
    let taken = taken.map(|words| format!("{id}: the value is the {words}"));
    let is_unrated =
        is_graded(framework, measure) && measure.value.is_some() && measure.rating.is_none();
    let reason = why_unrated(&measure.reason);
    let unrated = is_unrated.then(|| format!("{id} is not rated: {reason}"));
    taken.into_iter().chain(unrated).collect()
}

/// The reason without the words that it was not rated, for a sentence that says so already.
fn why_unrated(reason: &str) -> &str {
    reason.strip_suffix(": not rated").unwrap_or(reason)
}

/// A measure in one line: `M1 Engagement: 71.2%, target 70.0%, met: Good: 1.2 above the target`.
pub(super) fn measure_line(framework: &Framework, measure: &MeasureRating) -> String {
    let mut figures = vec![match measure.value {
        None => "[x]".to_owned(),
        Some(value) => std::iter::once(with_unit(value, &measure.unit))
            .chain(
                marks(framework, measure)
                    .iter()
                    .map(|mark| format!(" {}", mark.code)),
            )
            .collect(),
    }];
    figures.extend(
        measure
            .target
            .map(|target| format!("target {}", with_unit(target, &measure.unit))),
    );
    figures.extend(
        measure
            .met
            .map(|met| if met { "met" } else { "not met" }.to_owned()),
    );
    let rating = match measure.rating {
        Some(rating) => Some(framework.scale.title(rating)),
        None => is_graded(framework, measure).then_some("not rated"),
    };
    let reason = match rating {
        Some("not rated") => why_unrated(&measure.reason),
        _ => &measure.reason,
    };
    let parts = [Some(figures.join(", ").as_str()), rating, Some(reason)]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(": ");
    format!("{} {}: {parts}", measure.id, measure.title)
}

/// The report with the symbols that publishers of measures use. They keep `[z]` for what is unreliable, and `[x]` stands both
/// where there is no figure and where there can be none; what is kept back stays so. Reports without measures stay as they are.
#[must_use]
pub fn use_measure_symbols(framework: &Framework, mut report: Report) -> Report {
    if framework.measures.is_empty() {
        return report;
    }
    let drawn = report.charts.iter_mut().map(|chart| &mut chart.data);
    let tables = report.tables.iter_mut().chain(drawn);
    let rows = tables.flat_map(|table| &mut table.rows);
    for cell in rows.flat_map(|row| &mut row.cells) {
        if let Value::Missing(missing) = &mut cell.value
            && missing.symbol != Symbol::SUPPRESSED
        {
            missing.symbol = Symbol::NOT_RECORDED;
        }
    }
    report
}

#[cfg(test)]
mod tests;
