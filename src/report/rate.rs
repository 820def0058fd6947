//! What the `rate` command shows: each standard with its reason and what a panel may consider; and the same by group.
//! Must not know any output format.

use super::annex::percent_cell;
use super::footnotes::can_rate;
use super::heading::{Heading, illustrative_note, notes, overtaken_notice, source, unique_id};
use super::measures::{measure_line, measure_tables, measures_of, use_measure_symbols};
use super::summary::{has_overall, overall_rating_cell, standard_rating_cell};
use super::table::{Cell, Column, Kind, Report, Row, Table, Value, sentence};
use super::targets::target_tables;
use crate::framework::Framework;
use crate::rating::{InspectionRating, QuestionRating, StandardRating};

/// A line for each standard, such as `2.4 Reviewing: Good: lowest is 2.4.3, 66% of 96 cases`, each followed by an indented line
/// for each of its measures and for what a panel may consider; last the overall rating. Notices come first.
#[must_use]
pub fn rate_lines(
    framework: &Framework,
    rating: &InspectionRating,
    heading: &Heading,
) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", heading.inspection, heading.subject())];
    lines.extend(heading.notes());
    lines.extend(overtaken_notice(framework, rating, heading).map(|note| sentence(&note)));
    lines.extend(
        illustrative_note(framework, [rating])
            .iter()
            .map(|note| sentence(note)),
    );
    lines.push(String::new());
    for standard in &rating.standards {
        let title = match standard.rating {
            Some(rating) => format!("{}: ", framework.scale.title(rating)),
            None if can_rate(framework, standard) => "not rated: ".to_owned(),
            None => String::new(),
        };
        lines.push(format!(
            "{} {}: {title}{}",
            standard.number, standard.title, standard.reason
        ));
        let measures = measures_of(framework, rating, &standard.number);
        let measures = measures.iter();
        lines.extend(measures.map(|measure| format!("    {}", measure_line(framework, measure))));
        if !standard.discretion.is_empty() {
            lines.push(format!(
                "    a panel may consider: {}",
                standard.discretion.join("; ")
            ));
        }
    }
    if has_overall(framework, rating) {
        let title = rating
            .overall
            .as_ref()
            .map_or("not rated", |overall| framework.scale.title(overall.rating));
        lines.push(format!("Overall: {title}: {}", rating.overall_reason));
    }
    lines
}

/// The same as tables: ratings, the evidence on judged standards, targets and measures, as far as there are any.
#[must_use]
pub fn rate_report(framework: &Framework, rating: &InspectionRating, heading: &Heading) -> Report {
    let mut table = Table {
        id: "ratings".to_owned(),
        title: "Ratings and reasons".to_owned(),
        scope: heading.subject(),
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("standard", "Standard", Kind::Text),
            Column::new("rating", "Rating", Kind::Rating),
            Column::new("reason", "Reason", Kind::Text),
            Column::new("discretion", "A panel may consider", Kind::Text),
        ],
        blank_cells: "no number, or nothing for a panel to consider".to_owned(),
        source: source(framework, heading),
        ..Table::default()
    };
    for standard in &rating.standards {
        table.rows.push(Row::new(vec![
            Cell::text(&standard.number),
            Cell::text(&standard.title),
            standard_rating_cell(framework, standard),
            Cell::text(&standard.reason),
            discretion_cell(standard),
        ]));
    }
    if has_overall(framework, rating) {
        table.rows.push(Row::leading(vec![
            Cell::blank(),
            Cell::text("Overall"),
            overall_rating_cell(framework, rating),
            Cell::text(&rating.overall_reason),
            Cell::blank(),
        ]));
    }
    let mut tables = vec![table];
    let further = evidence_table(framework, rating, heading)
        .into_iter()
        .chain(target_tables(framework, rating, heading))
        .chain(measure_tables(framework, rating, heading, true));
    for table in further {
        let id = unique_id(&table.id, &tables);
        tables.push(Table { id, ..table });
    }
    let report = Report {
        title: format!("Ratings: {}", heading.subject()),
        notes: notes(framework, [rating], heading),
        tables,
        ..Report::default()
    };
    use_measure_symbols(framework, report)
}

fn discretion_cell(standard: &StandardRating) -> Cell {
    if standard.discretion.is_empty() {
        Cell::blank()
    } else {
        Cell::text(standard.discretion.join("; "))
    }
}

/// What was answered under judged standards; `None` when nothing is asked there.
fn evidence_table(
    framework: &Framework,
    rating: &InspectionRating,
    heading: &Heading,
) -> Option<Table> {
    let judged = || rating.standards.iter().filter(|standard| standard.judged);
    let questions =
        || judged().flat_map(|standard| standard.questions.iter().chain(&standard.evidence));
    let row = |question: &QuestionRating| {
        let tally = question.tally;
        Row::new(vec![
            Cell::text(&question.number),
            Cell::text(&question.text),
            percent_cell(framework, question),
            Value::Count(tally.yes).into(),
            Value::Count(tally.no).into(),
        ])
    };
    questions().next()?;
    Some(Table {
        id: "evidence".to_owned(),
        title: "Evidence for judged standards".to_owned(),
        scope: heading.scope(framework, questions()),
        units: "Percent yes of those who answered yes or no; it rates nothing".to_owned(),
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("question", "Question", Kind::Text),
            Column::new("percent_yes", "% yes", Kind::Percent),
            Column::new("yes", "Yes", Kind::Count),
            Column::new("no", "No", Kind::Count),
        ],
        rows: questions().map(row).collect(),
        source: source(framework, heading),
        ..Table::default()
    })
}

/// The ratings of each group of cases, such as each local delivery unit: a row for each group and standard that key questions
/// rate. `by` is the title of the case information; each group comes with its value.
#[must_use]
pub fn rate_by_report(
    framework: &Framework,
    by: &str,
    groups: &[(String, InspectionRating)],
    heading: &Heading,
) -> Report {
    let mut table = Table {
        id: "ratings-by-group".to_owned(),
        title: format!("Ratings by {by}"),
        scope: heading.subject(),
        units: "Percent yes and applicable cases of the lowest key question".to_owned(),
        columns: vec![
            Column::new("group", "Group", Kind::Code),
            Column::new("number", "Number", Kind::Code),
            Column::new("standard", "Standard", Kind::Text),
            Column::new("rating", "Rating", Kind::Rating),
            Column::new("lowest", "Lowest", Kind::Code),
            Column::new("percent_yes", "% yes", Kind::Percent),
            Column::new("cases", "Cases", Kind::Count),
        ],
        source: source(framework, heading),
        ..Table::default()
    };
    for (value, rating) in groups {
        let by_questions =
            |standard: &&StandardRating| !standard.judged && !standard.questions.is_empty();
        for standard in rating.standards.iter().filter(by_questions) {
            table.rows.push(group_row(framework, value, standard));
        }
    }
    Report {
        title: format!("Ratings: {}", heading.subject()),
        notes: notes(framework, groups.iter().map(|(_, rating)| rating), heading),
        tables: vec![table],
        ..Report::default()
    }
}

fn group_row(framework: &Framework, value: &str, standard: &StandardRating) -> Row {
    let rating = standard_rating_cell(framework, standard);
    let decided = standard
        .lowest_question()
        .and_then(|question| Some((question, question.tally.share()?)));
    let figures = match decided {
        Some((question, share)) => [
            Cell::text(&question.number),
            percent_cell(framework, question),
            Value::Count(share.whole()).into(),
        ],
        None => {
            let missing = match &rating.value {
                Value::Missing(missing) => {
                    Cell::missing(missing.symbol.clone(), missing.reason.clone())
                }
                _ => Cell::blank(),
            };
            [missing.clone(), missing, Value::Count(0).into()]
        }
    };
    let mut cells = vec![
        Cell::text(value),
        Cell::text(&standard.number),
        Cell::text(&standard.title),
        rating,
    ];
    cells.extend(figures);
    Row::new(cells)
}

#[cfg(test)]
mod tests;
