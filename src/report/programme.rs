//! A programme in one table: providers by standards, each with its overall rating, and how many providers have which rating.
//!
//! The figures of the whole nation stand last and are counted nowhere. Must not know any output format, or rate anything.

mod groups;

use super::chart::profile_chart;
use super::footnotes::{overall_notes, partly_rated_note, standard_note};
use super::heading::{Heading, illustrative_note, licence_note, overtaken_notice, unique_id};
use super::measures::use_measure_symbols;
use super::profile::{PROFILE, profile_table};
use super::summary::{has_overall, overall_rating_cell, standard_rating_cell};
use super::table::{Cell, Column, Kind, Report, Row, Symbol, Table, Value};
use crate::framework::{Better, Framework, Rating, Rule};
use crate::model::Decimal;
use crate::rating::InspectionRating;
use crate::rating::compare::Standing;
pub use groups::SortBy;
pub(super) use groups::{Group, group};

/// One inspection of a programme, rated.
#[derive(Debug, Clone)]
pub struct Inspected {
    /// Whose figures these are.
    pub heading: Heading,
    /// Whether they are those of the whole nation: shown beside the providers and never counted among them.
    pub national: bool,
    /// The framework that rates them.
    pub framework: Framework,
    /// The ratings.
    pub rating: InspectionRating,
}

impl Inspected {
    /// What a programme ranks its providers by: the share of points of a rule that adds them up, targets met of those that there
    /// are, or else the points of the overall rating. `None` when there is none of it.
    pub(super) fn score(&self) -> Option<Decimal> {
        let rating = &self.rating;
        let share = |part: Decimal, whole: Decimal| {
            part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
        };
        match (rating.score, self.framework.overall.rule) {
            (Some(score), _) => score.percent.or_else(|| share(score.earned, score.max)),
            (None, Rule::TargetsMet) => share(
                Decimal::from(rating.targets.met),
                Decimal::from(rating.targets.with_target),
            ),
            (None, _) => {
                let overall = rating.overall.as_ref()?;
                Some(Decimal::from(self.framework.scale.points(overall.rating)))
            }
        }
    }

    /// Whether its rule added anything up, or counted targets; else only its rating can be held against others.
    pub(super) fn has_score(&self) -> bool {
        let targets = self.rating.targets;
        let counts = self.framework.overall.rule == Rule::TargetsMet && targets.with_target > 0;
        self.rating.score.is_some() || counts
    }

    fn standard_rating(&self, number: &str) -> Option<Rating> {
        let mut standards = self.rating.standards.iter();
        standards.find(|standard| standard.number == number)?.rating
    }
}

/// The tables of a programme: for each framework and period the ratings of every provider, and how many have which rating.
#[must_use]
pub fn programme_report(programme: &str, inspected: &[Inspected], sort: &SortBy) -> Report {
    let mut report = Report {
        title: format!("Programme results: {programme}"),
        notes: programme_notes(inspected),
        ..Report::default()
    };
    for group in group(inspected, sort) {
        let tables = std::iter::once(ratings_table(programme, &group))
            .chain(profile_table(programme, &group))
            .collect();
        let part = Report {
            tables,
            ..Report::default()
        };
        for table in use_measure_symbols(group.framework, part).tables {
            let is_profile = table.id == PROFILE;
            let id = add_table(&mut report, table, &group);
            let chart = is_profile.then(|| profile_chart(&group, &id)).flatten();
            report.charts.extend(chart);
        }
    }
    report
}

/// Adds a table of a group under a free id, which it gives; in files each of its rows names the period.
pub(super) fn add_table(report: &mut Report, mut table: Table, group: &Group<'_>) -> String {
    table.id = unique_id(&table.id, &report.tables);
    let id = table.id.clone();
    let period = Column::new("period", "Period", Kind::Text);
    table.shared.insert(0, (period, group.period.to_owned()));
    report.tables.push(table);
    id
}

/// What stands above the tables of several inspections: the notices of each, by its name, and what their frameworks say.
pub(super) fn programme_notes(inspected: &[Inspected]) -> Vec<String> {
    let notices = inspected.iter().flat_map(|one| {
        let overtaken = overtaken_notice(&one.framework, &one.rating, &one.heading);
        let notes = one.heading.notes().into_iter().chain(overtaken);
        notes.map(|note| format!("{}: {note}", one.heading.inspection))
    });
    let mut notes: Vec<String> = notices.collect();
    for one in inspected {
        let of_framework = inspected
            .iter()
            .filter(|other| other.framework.id == one.framework.id)
            .map(|other| &other.rating);
        let said = illustrative_note(&one.framework, of_framework);
        for note in said.into_iter().chain(licence_note(&one.framework)) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    notes
}

/// What a column of the table shows.
enum Field<'f> {
    Provider,
    Inspection,
    Counted,
    Standard(&'f str, &'f str),
    Overall,
    Points,
    MaxPoints,
    Percent,
    WithTarget,
    Met,
    Rank,
}

fn ratings_table(programme: &str, group: &Group<'_>) -> Table {
    let fields = fields(group);
    let mut table = Table {
        id: "programme".to_owned(),
        title: group.title("Ratings"),
        scope: programme.to_owned(),
        columns: fields.iter().map(Field::column).collect(),
        source: group.source(programme),
        ..Table::default()
    };
    let standings = group.rank(Better::Higher, |member| group.score(member));
    for (member, standing) in group.members.iter().zip(standings) {
        let cell = |field: &Field<'_>| {
            let notes = field.notes(member);
            let notes = notes.iter().map(|note| table.note(note)).collect();
            field.cell(member, standing).with_notes(notes)
        };
        let cells = fields.iter().map(cell).collect();
        table.rows.push(if member.national {
            Row::leading(cells)
        } else {
            Row::new(cells)
        });
    }
    table
}

/// The columns that say something of some member.
fn fields<'g>(group: &Group<'g>) -> Vec<Field<'g>> {
    let members = &group.members;
    let any = |has: &dyn Fn(&Inspected) -> bool| members.iter().any(|member| has(member));
    let repeats = |member: &Inspected| {
        let same = members
            .iter()
            .filter(|other| other.heading.provider == member.heading.provider);
        same.count() > 1
    };
    let mut fields = vec![Field::Provider];
    fields.extend(any(&repeats).then_some(Field::Inspection));
    fields.extend(any(&|member| member.national).then_some(Field::Counted));
    for standard in &group.framework.standards {
        if any(&|member| member.standard_rating(&standard.number).is_some()) {
            fields.push(Field::Standard(&standard.number, &standard.title));
        }
    }
    let score = |member: &Inspected| member.rating.score;
    let further = [
        (
            Field::Overall,
            any(&|member| has_overall(&member.framework, &member.rating)),
        ),
        (Field::Points, any(&|member| score(member).is_some())),
        (Field::MaxPoints, any(&|member| score(member).is_some())),
        (
            Field::Percent,
            any(&|member| score(member).is_some_and(|score| score.percent.is_some())),
        ),
        (
            Field::Met,
            any(&|member| member.rating.targets.with_target > 0),
        ),
        (
            Field::WithTarget,
            any(&|member| member.rating.targets.with_target > 0),
        ),
        (Field::Rank, any(&|member| member.score().is_some())),
    ];
    let further = further.into_iter().filter(|(_, is_wanted)| *is_wanted);
    fields.extend(further.map(|(field, _)| field));
    fields
}

impl Field<'_> {
    fn column(&self) -> Column {
        let (id, header, kind) = match self {
            Field::Provider => ("provider", "Provider", Kind::Text),
            Field::Inspection => ("inspection", "Inspection", Kind::Text),
            Field::Counted => ("counted", "Counted", Kind::Text),
            Field::Standard(number, title) => {
                let id = format!("standard_{}", number.replace('.', "_"));
                return Column::new(id, format!("{number} {title}"), Kind::Rating);
            }
            Field::Overall => ("overall", "Overall", Kind::Rating),
            Field::Points => ("points", "Points", Kind::Figure),
            Field::MaxPoints => ("max_points", "Of", Kind::Figure),
            Field::Percent => ("percent", "% of points", Kind::Figure),
            Field::Met => ("targets_met", "Targets met", Kind::Count),
            Field::WithTarget => ("with_target", "With target", Kind::Count),
            Field::Rank => ("rank", "Rank", Kind::Count),
        };
        Column::new(id, header, kind)
    }

    fn cell(&self, member: &Inspected, standing: Option<Standing>) -> Cell {
        let (framework, rating) = (&member.framework, &member.rating);
        let missing = |reason: &str| Cell::missing(Symbol::NOT_AVAILABLE, reason);
        let figure = |figure: Option<Decimal>| {
            figure.map_or_else(|| missing(&rating.overall_reason), Cell::figure)
        };
        match self {
            Field::Provider => Cell::text(&member.heading.provider),
            Field::Inspection => Cell::text(&member.heading.inspection),
            Field::Counted => Cell::text(if member.national {
                "not counted"
            } else {
                "yes"
            }),
            Field::Standard(number, _) => {
                let standards = rating.standards.iter();
                let found = standards.filter(|standard| standard.number == *number);
                found
                    .map(|standard| standard_rating_cell(framework, standard))
                    .next()
                    .unwrap_or_else(|| missing("its framework does not have the standard"))
            }
            Field::Overall => overall_rating_cell(framework, rating),
            Field::Points => figure(rating.score.map(|score| score.earned.normalize())),
            Field::MaxPoints => figure(rating.score.map(|score| score.max.normalize())),
            Field::Percent => figure(rating.score.and_then(|score| score.percent)),
            Field::Met => Value::Count(rating.targets.met).into(),
            Field::WithTarget => Value::Count(rating.targets.with_target).into(),
            Field::Rank => rank_cell(member, standing),
        }
    }
}

impl Field<'_> {
    /// What is to be said of a rating: whom it was moved by and from what, and how much of the framework it rests on.
    fn notes(&self, member: &Inspected) -> Vec<String> {
        let (framework, rating) = (&member.framework, &member.rating);
        let of_member = |note: String| format!("{}: {note}", member.heading.provider);
        match self {
            Field::Standard(number, _) => {
                let mut standards = rating.standards.iter();
                let moved = standards
                    .find(|standard| standard.number == *number && standard.moved_from.is_some());
                let note = moved.and_then(|standard| standard_note(framework, standard));
                note.into_iter().map(of_member).collect()
            }
            Field::Overall => {
                let notes = overall_notes(framework, rating).into_iter().map(of_member);
                notes.chain(partly_rated_note(framework, rating)).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// A rank; why there is none otherwise.
pub(super) fn rank_cell(member: &Inspected, standing: Option<Standing>) -> Cell {
    let reason = if member.national {
        "not counted among the providers"
    } else {
        "nothing to rank it by"
    };
    standing.map_or_else(
        || Cell::missing(Symbol::NOT_AVAILABLE, reason),
        |standing| Value::Count(standing.rank).into(),
    )
}

#[cfg(test)]
mod tests;
