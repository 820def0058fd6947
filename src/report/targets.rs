//! How many targets are met, and how the measures changed: for each standard and in total.
//!
//! The counts come from the rating; what is found here is only which measures changed most. Must not know any output format.

use super::heading::{Heading, source};
use super::measures::{change_with_unit, shared_unit};
use super::table::{Cell, Column, Kind, Row, Symbol, Table, Value};
use crate::framework::{Below, Framework, Rule};
use crate::model::Decimal;
use crate::rating::{InspectionRating, MeasureRating, StandardRating, TargetCount};

/// The measures that changed most; of equal changes all are named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Extremes<'r> {
    /// The largest rise; empty when nothing rose.
    pub(super) rise: Vec<&'r MeasureRating>,
    /// The largest fall; empty when nothing fell.
    pub(super) fall: Vec<&'r MeasureRating>,
}

/// The largest rise and fall of comparable measures, those whose change means something. Changes in different units cannot be
/// held against each other, so each unit has its own.
pub(super) fn find_extremes<'r>(measures: &[&'r MeasureRating]) -> Extremes<'r> {
    let comparable = || measures.iter().filter(|measure| measure.trend.is_some());
    let mut units: Vec<&str> = Vec::new();
    for measure in comparable() {
        if !units.contains(&measure.unit.as_str()) {
            units.push(&measure.unit);
        }
    }
    let mut extremes = Extremes::default();
    for unit in units {
        let of_unit = || comparable().filter(|measure| measure.unit == unit);
        let changes = || of_unit().filter_map(|measure| measure.change);
        let with = |wanted: Option<Decimal>| {
            of_unit().filter(move |measure| wanted.is_some() && measure.change == wanted)
        };
        let rise = changes().max().filter(|change| *change > Decimal::ZERO);
        let fall = changes().min().filter(|change| *change < Decimal::ZERO);
        extremes.rise.extend(with(rise));
        extremes.fall.extend(with(fall));
    }
    extremes
}

/// The measures that the counts of the whole are about, in the framework's order.
pub(super) fn counted_measures<'r>(
    framework: &Framework,
    rating: &'r InspectionRating,
) -> Vec<&'r MeasureRating> {
    at_places(rating, framework.below_whole())
}

fn at_places(rating: &InspectionRating, below: Below) -> Vec<&MeasureRating> {
    let mut places = below.measures;
    places.sort_unstable();
    let measures = places.into_iter();
    measures
        .filter_map(|place| rating.measures.get(place))
        .collect()
}

/// Targets met, and changes since the period before: nothing where no measure has a target, or a figure to compare with.
pub(super) fn target_tables(
    framework: &Framework,
    rating: &InspectionRating,
    heading: &Heading,
) -> Vec<Table> {
    let lines = lines(framework, rating);
    let any = |has: &dyn Fn(&TargetCount) -> bool| lines.iter().any(|line| has(&line.targets));
    let mut tables = Vec::new();
    if any(&|targets| targets.with_target > 0) {
        tables.push(met_table(&lines));
    }
    if any(&|targets| targets.comparable > 0) {
        tables.push(change_table(&lines));
    }
    let leaves_out = framework
        .reliability
        .is_some_and(|reliability| !reliability.rated);
    for table in &mut tables {
        if leaves_out {
            table.units.push_str("; unreliable values are left out");
        }
        table.scope = heading.subject();
        table.source = source(framework, heading);
    }
    tables
}

/// The counts of one standard, or of all that are counted.
struct Line<'r> {
    number: Cell,
    title: String,
    /// What its rule says of the count, where nothing else in the report says it.
    reason: Option<String>,
    targets: TargetCount,
    measures: Vec<&'r MeasureRating>,
    is_total: bool,
}

fn lines<'r>(framework: &Framework, rating: &'r InspectionRating) -> Vec<Line<'r>> {
    let mut lines = Vec::new();
    for (place, standard) in rating.standards.iter().enumerate() {
        let measures = at_places(rating, framework.below([place]));
        if !measures.is_empty() {
            lines.push(Line {
                number: Cell::text(&standard.number),
                title: standard.title.clone(),
                reason: reason_of_count(framework, standard),
                targets: standard.targets,
                measures,
                is_total: false,
            });
        }
    }
    let measures = counted_measures(framework, rating);
    let is_left_out = |line: &Line<'_>| {
        let mut of_line = line.measures.iter();
        of_line.any(|one| measures.iter().all(|counted| counted.id != one.id))
    };
    let left_out = lines.iter().any(is_left_out);
    if !measures.is_empty() && (lines.len() > 1 || left_out) {
        let title = if left_out {
            "All that are counted"
        } else {
            "All"
        };
        let counts_targets = framework.overall.rule == Rule::TargetsMet;
        lines.push(Line {
            number: Cell::blank(),
            title: title.to_owned(),
            reason: (counts_targets && !framework.rates_whole())
                .then(|| rating.overall_reason.clone()),
            targets: rating.targets,
            measures,
            is_total: true,
        });
    }
    lines
}

/// What a rule says that counts targets and rates nothing; where it rates, that is said with the rating.
fn reason_of_count(framework: &Framework, standard: &StandardRating) -> Option<String> {
    let stated = framework.standard(&standard.number)?;
    let is_count = stated.rule == Rule::TargetsMet && !framework.can_rate(stated);
    is_count.then(|| {
        format!(
            "{} {}: {}",
            standard.number, standard.title, standard.reason
        )
    })
}

impl Line<'_> {
    fn row(&self, notes: Vec<usize>, cells: impl IntoIterator<Item = Cell>) -> Row {
        let title = Cell::text(&self.title).with_notes(notes);
        let head = [self.number.clone(), title];
        let cells = head.into_iter().chain(cells).collect();
        if self.is_total {
            Row::leading(cells)
        } else {
            Row::new(cells)
        }
    }
}

fn met_table(lines: &[Line<'_>]) -> Table {
    let columns = [
        ("measures", "Measures"),
        ("with_target", "With target"),
        ("targets_met", "Targets met"),
    ];
    let mut table = base("targets", "Targets", lines);
    let columns = columns.map(|(id, header)| Column::new(id, header, Kind::Count));
    table.columns.extend(columns);
    "Number of measures; with target: those that have a value, a target and a direction"
        .clone_into(&mut table.units);
    for line in lines {
        let measures = u64::try_from(line.measures.len()).unwrap_or(u64::MAX);
        let counts = [measures, line.targets.with_target, line.targets.met];
        let notes = line.reason.iter().map(|reason| table.note(reason));
        let row = line.row(
            notes.collect(),
            counts.map(|count| Value::Count(count).into()),
        );
        table.rows.push(row);
    }
    table
}

fn change_table(lines: &[Line<'_>]) -> Table {
    let all: Vec<&MeasureRating> = lines
        .iter()
        .flat_map(|line| line.measures.clone())
        .collect();
    let unit = shared_unit(&all);
    let row = |line: &Line<'_>| {
        let targets = line.targets;
        let counts = [targets.comparable, targets.improved, targets.declined];
        let extremes = find_extremes(&line.measures);
        let counts = counts.map(|count| Value::Count(count).into());
        let named = [
            named_cell(&extremes.rise, unit, "nothing rose"),
            named_cell(&extremes.fall, unit, "nothing fell"),
        ];
        line.row(Vec::new(), counts.into_iter().chain(named))
    };
    let mut table = base("changes", "Changes since the period before", lines);
    let columns = [
        ("comparable", "Comparable", Kind::Count),
        ("improved", "Improved", Kind::Count),
        ("declined", "Declined", Kind::Count),
        ("largest_rise", "Largest rise", Kind::Text),
        ("largest_fall", "Largest fall", Kind::Text),
    ];
    let columns = columns.map(|(id, header, kind)| Column::new(id, header, kind));
    table.columns.extend(columns);
    let changes = match unit {
        Some("%") => "; changes in percentage points",
        Some(_) => "",
        None => "; pp: percentage points",
    };
    table.units = format!(
        "Number of measures; comparable: those that have a value, a figure of the period before and a direction{changes}"
    );
    table.rows = lines.iter().map(row).collect();
    table
}

fn base(id: &str, title: &str, lines: &[Line<'_>]) -> Table {
    let has_total = lines.iter().any(|line| line.is_total);
    Table {
        id: id.to_owned(),
        title: title.to_owned(),
        blank_cells: if has_total {
            "the total has no number"
        } else {
            ""
        }
        .to_owned(),
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("standard", "Standard", Kind::Text),
        ],
        ..Table::default()
    }
}

/// `M27 +23.3`, with its unit where units differ; all that are equal.
fn named_cell(measures: &[&MeasureRating], shared_unit: Option<&str>, none: &str) -> Cell {
    let named: Vec<String> = measures
        .iter()
        .filter_map(|measure| {
            let unit = if shared_unit.is_some() {
                ""
            } else {
                &measure.unit
            };
            let change = change_with_unit(measure.change?, unit);
            Some(format!("{} {change}", measure.id))
        })
        .collect();
    if named.is_empty() {
        Cell::missing(Symbol::NOT_RECORDED, none)
    } else {
        Cell::text(named.join("; "))
    }
}
