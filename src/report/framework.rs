//! Everything that a framework says, as tables: scale and rules, standards, measures, words, questions, case information, draws.
//!
//! Must not know cases or what anything is rated.

mod draw;
mod measures;
mod phrases;
mod rules;
mod samples;
#[cfg(test)]
mod tests;

use self::draw::draw_tables;
use self::measures::measures_table;
use self::phrases::{phrases_table, told_note};
use self::rules::{rule_notes, rule_of_standard, scale_table};
use self::samples::{information_table, questions_table};
use super::heading::unique_id;
use super::table::{Cell, Column, Kind, Report, Row, Table, Value};
use crate::framework::{Framework, Standard};
use crate::model::Decimal;
use crate::rating::words;

/// The framework as a report.
#[must_use]
pub fn framework_report(framework: &Framework) -> Report {
    let mut tables = vec![
        scale_table(framework),
        standards_table(framework),
        measures_table(framework),
        phrases_table(framework),
    ];
    tables.retain(|table| !table.rows.is_empty());
    for sample in &framework.samples {
        let mut of_sample = vec![questions_table(sample), information_table(sample)];
        of_sample.extend(draw_tables(sample));
        for mut table in of_sample {
            if !table.rows.is_empty() {
                table.id = unique_id(&table.id, &tables);
                tables.push(table);
            }
        }
    }
    let mut notes = vec![
        format!("Id: {}", framework.id),
        format!("Source: {}", framework.source),
    ];
    if !framework.licence.is_empty() {
        notes.push(format!("Licence: {}", framework.licence));
    }
    if let Some(publisher) = &framework.publisher {
        notes.push(format!("Published by: {}", publisher.organisation));
        if !publisher.contact.is_empty() {
            notes.push(format!("Contact: {}", publisher.contact));
        }
    }
    notes.extend(rule_notes(framework));
    notes.extend(told_note(framework));
    Report {
        title: format!("{}, {}", framework.title, framework.edition),
        notes,
        tables,
        ..Report::default()
    }
}

fn standards_table(framework: &Framework) -> Table {
    let mut table = Table {
        id: "standards".to_owned(),
        title: "Standards and their parts".to_owned(),
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("text", "Standard, key question or measure", Kind::Text),
            Column::new("rule", "Rule or sample", Kind::Text),
        ],
        ..Table::default()
    };
    let has_weights = is_weighted(framework);
    if has_weights {
        table
            .columns
            .push(Column::new("weight", "Weight", Kind::Text));
    }
    let row = |texts: [Cell; 3], weight: Decimal| {
        let weight = has_weights.then(|| weight_cell(weight));
        texts.into_iter().chain(weight).collect::<Vec<Cell>>()
    };
    for standard in &framework.standards {
        let rule = Cell::text(rule_of_standard(framework, standard));
        let cells = [
            Cell::text(&standard.number),
            Cell::text(&standard.title),
            rule,
        ];
        table.rows.push(Row::leading(row(cells, standard.weight)));
        for question in &standard.key_questions {
            let sample = question
                .asked_of
                .and_then(|(sample, _)| framework.samples.get(sample));
            let sample = sample.map_or_else(Cell::blank, |sample| Cell::text(&sample.id));
            let cells = [
                Cell::text(&question.number),
                Cell::text(&question.text),
                sample,
            ];
            table.rows.push(Row::new(row(cells, question.weight)));
        }
        for measure in standard
            .measures
            .iter()
            .filter_map(|place| framework.measures.get(*place))
        {
            let cells = [
                Cell::text(&measure.id),
                Cell::text(&measure.title),
                Cell::text("measure"),
            ];
            table.rows.push(Row::new(row(cells, measure.weight)));
        }
    }
    explain_blanks(&mut table);
    table
}

/// What a blank means, in each column that has one.
fn explain_blanks(table: &mut Table) {
    let is_blank = |place: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.cells.get(place));
        cells.any(|cell| cell.value == Value::Blank)
    };
    let meanings = [
        (2, "the question is asked of no case"),
        (3, "the weight is 1"),
    ];
    let said = meanings.into_iter().filter(|(place, _)| is_blank(*place));
    let said: Vec<&str> = said.map(|(_, words)| words).collect();
    table.blank_cells = said.join(", or ");
}

/// How much a part counts; that it counts once is said by silence.
fn weight_cell(weight: Decimal) -> Cell {
    if weight == Decimal::ONE {
        return Cell::blank();
    }
    Cell::text(words::figure(weight.normalize()))
}

/// Whether any part counts more or less than another.
fn is_weighted(framework: &Framework) -> bool {
    let of_standard = |standard: &Standard| {
        let questions = standard
            .key_questions
            .iter()
            .map(|question| question.weight);
        questions
            .chain([standard.weight])
            .any(|weight| weight != Decimal::ONE)
    };
    framework.standards.iter().any(of_standard)
        || framework
            .measures
            .iter()
            .any(|measure| measure.weight != Decimal::ONE)
}
