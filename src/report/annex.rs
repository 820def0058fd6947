//! The annex: the tables that are published for an inspection.
//!
//! Laid out like Annex 2 of the North West report of 2018: a summary of ratings, then a table for each domain whose standards
//! key questions rate; where there are measures, the targets that they meet and a table for each standard. Must not know any output format.

use super::footnotes::{Footnotes, missing_reason, standard_note};
use super::heading::{Heading, notes, source, unique_id};
use super::measures::{measure_tables, use_measure_symbols};
use super::summary::{standard_rating_cell, summary_table};
use super::table::{Cell, Column, Kind, Report, Row, Symbol, Table, Value, kebab};
use super::targets::target_tables;
use crate::framework::{Framework, Standard};
use crate::rating::{InspectionRating, QuestionRating, StandardRating};

/// The tables of the annex, with every detail: [`Report::select`] leaves out what nobody asked for. `rating` must be of this
/// framework.
#[must_use]
pub fn annex_report(framework: &Framework, rating: &InspectionRating, heading: &Heading) -> Report {
    let mut tables: Vec<Table> = summary_table(framework, rating, heading)
        .into_iter()
        .collect();
    for (number, standards) in by_domain(framework, rating) {
        if standards
            .iter()
            .any(|(_, rating)| !rating.judged && !rating.questions.is_empty())
        {
            add_table(
                &mut tables,
                domain_table(framework, number, &standards, heading),
            );
        }
    }
    for table in target_tables(framework, rating, heading)
        .into_iter()
        .chain(measure_tables(framework, rating, heading, false))
    {
        add_table(&mut tables, table);
    }
    let report = Report {
        title: format!("Inspection results: {}", heading.subject()),
        notes: notes(framework, [rating], heading),
        tables,
        ..Report::default()
    };
    use_measure_symbols(framework, report)
}

fn add_table(tables: &mut Vec<Table>, table: Table) {
    let id = unique_id(&table.id, tables);
    tables.push(Table { id, ..table });
}

/// Standards and their ratings under the number of their domain, in the framework's order.
fn by_domain<'a>(
    framework: &'a Framework,
    rating: &'a InspectionRating,
) -> Vec<(&'a str, Vec<(&'a Standard, &'a StandardRating)>)> {
    let mut domains: Vec<(&str, Vec<(&Standard, &StandardRating)>)> = Vec::new();
    for pair in framework.standards.iter().zip(&rating.standards) {
        let number = pair.0.domain.as_str();
        match domains.iter_mut().find(|(known, _)| *known == number) {
            Some((_, standards)) => standards.push(pair),
            None => domains.push((number, vec![pair])),
        }
    }
    domains
}

fn domain_table(
    framework: &Framework,
    number: &str,
    standards: &[(&Standard, &StandardRating)],
    heading: &Heading,
) -> Table {
    let domain = framework
        .domains
        .iter()
        .find(|domain| domain.number == number);
    let (id, title) = match (domain, number) {
        (Some(domain), _) => (
            kebab(&domain.title),
            format!("Domain {number}, {}", domain.title),
        ),
        (None, "") => ("standards".to_owned(), "Standards".to_owned()),
        (None, number) => (
            kebab(&format!("domain {number}")),
            format!("Domain {number}"),
        ),
    };
    let questions = || standards.iter().flat_map(|(_, rating)| &rating.questions);
    let mut table = Table {
        id,
        title,
        scope: heading.scope(framework, questions()),
        units: "Percent yes of the applicable cases".to_owned(),
        blank_cells: "a standard has a rating, a key question a percentage".to_owned(),
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("text", "Standard or key question", Kind::Text),
            Column::new("rating", "Rating", Kind::Rating),
            Column::new("percent_yes", "% yes", Kind::Percent),
            Column::new("yes", "Yes", Kind::Count).as_detail(),
            Column::new("no", "No", Kind::Count).as_detail(),
            Column::new("not_applicable", "Not applicable", Kind::Count).as_detail(),
            Column::new("not_asked", "Not asked", Kind::Count).as_detail(),
            Column::new("unanswered", "Unanswered", Kind::Count).as_detail(),
        ],
        source: source(framework, heading),
        ..Table::default()
    };
    let footnotes = Footnotes::gather(framework, standards);
    for (standard, rating) in standards {
        let row = standard_row(framework, standard, rating, &mut table);
        table.rows.push(row);
        for question in &rating.questions {
            let notes = footnotes.of_question(&question.number);
            let notes = notes.iter().map(|note| table.note(note)).collect();
            table.rows.push(question_row(framework, question, notes));
        }
    }
    table
}

fn standard_row(
    framework: &Framework,
    standard: &Standard,
    rating: &StandardRating,
    table: &mut Table,
) -> Row {
    let notes = standard_note(framework, rating)
        .iter()
        .map(|note| table.note(note))
        .collect();
    let words = match standard.statement.as_str() {
        "" => standard.title.clone(),
        statement => format!("{}: {statement}", standard.title),
    };
    let mut cells = vec![
        Cell::text(&standard.number),
        Cell::text(words).with_notes(notes),
        standard_rating_cell(framework, rating),
    ];
    cells.resize(table.columns.len(), Cell::blank());
    Row::leading(cells)
}

fn question_row(framework: &Framework, question: &QuestionRating, notes: Vec<usize>) -> Row {
    let tally = question.tally;
    let counts = [
        tally.yes,
        tally.no,
        tally.not_applicable,
        tally.not_asked,
        tally.unanswered,
    ];
    let mut cells = vec![
        Cell::text(&question.number),
        Cell::text(&question.text).with_notes(notes),
        Cell::blank(),
        percent_cell(framework, question),
    ];
    cells.extend(counts.map(|count| Value::Count(count).into()));
    Row::new(cells)
}

/// A question's percentage; a missing one says why.
pub(super) fn percent_cell(framework: &Framework, question: &QuestionRating) -> Cell {
    match (question.percent, missing_reason(framework, question)) {
        (Some(percent), _) => Value::Percent(percent).into(),
        (None, Some((symbol, reason))) => Cell::missing(symbol, reason),
        (None, None) => Cell::missing(Symbol::NOT_AVAILABLE, "not known"),
    }
}

#[cfg(test)]
mod tests;
