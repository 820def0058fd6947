//! Everything that a framework says, as tables: scale and rules, standards, questions, case information, draws.
//!
//! Must not know ratings or cases.

mod draw;

use self::draw::draw_tables;
use super::heading::unique_id;
use super::table::{Cell, Column, Kind, Report, Row, Table, Value, kebab};
use crate::framework::{BandOn, Framework, Rule, Sample};
use crate::model::AttributeKind;

/// The framework as a report.
#[must_use]
pub fn framework_report(framework: &Framework) -> Report {
    let mut tables = vec![scale_table(framework), standards_table(framework)];
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
    notes.extend(discretion_notes(framework));
    Report {
        title: format!("{}, {}", framework.title, framework.edition),
        notes,
        tables,
    }
}

fn discretion_notes(framework: &Framework) -> Option<String> {
    let discretion = framework.discretion;
    let mut tests = Vec::new();
    tests.extend(
        discretion
            .within_points
            .map(|points| format!("within {points} points of a boundary")),
    );
    tests.extend(
        discretion
            .one_case
            .then(|| "one case judged differently would change the rating".to_owned()),
    );
    tests.extend(
        discretion
            .cases_at_most
            .map(|cases| format!("{cases} applicable cases or fewer")),
    );
    let tests = tests.join("; or ");
    (!tests.is_empty()).then(|| format!("A panel may consider another rating: {tests}"))
}

fn scale_table(framework: &Framework) -> Table {
    let mut table = Table {
        id: "scale".to_owned(),
        title: "Ratings".to_owned(),
        columns: vec![
            Column::new("id", "Id", Kind::Code),
            Column::new("rating", "Rating", Kind::Text),
            Column::new("points", "Points", Kind::Count),
        ],
        ..Table::default()
    };
    if let Some(bands) = &framework.bands {
        table
            .columns
            .push(Column::new("from", "From percent yes", Kind::Percent));
        table.notes.push(match bands.band_on {
            BandOn::Rounded => {
                "Percentages are rounded to whole numbers, half up, before they are banded"
                    .to_owned()
            }
            BandOn::Exact => "The exact share is banded, before rounding".to_owned(),
        });
    }
    table.notes.push(match framework.overall.rule {
        Rule::PointsTotal => {
            "Overall: the mean of the points of the counted, rated standards falls to the nearest rating; a tie \
             falls to the lower"
                .to_owned()
        }
        Rule::Judged => "Overall: judged by people".to_owned(),
        _ => "There is no overall rating".to_owned(),
    });
    for (place, rating) in framework.scale.0.iter().enumerate() {
        let mut cells = vec![
            Cell::text(&rating.id),
            Cell::text(&rating.title),
            Value::Count(rating.points).into(),
        ];
        if let Some(from) = framework
            .bands
            .as_ref()
            .and_then(|bands| bands.lowest_percents.get(place))
        {
            cells.push(Value::Percent(*from).into());
        }
        table.rows.push(Row::new(cells));
    }
    table
}

fn standards_table(framework: &Framework) -> Table {
    let mut table = Table {
        id: "standards".to_owned(),
        title: "Standards and key questions".to_owned(),
        blank_cells: "the question is asked of no case, or the line is a standard".to_owned(),
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("text", "Standard or key question", Kind::Text),
            Column::new("rule", "Rule or sample", Kind::Code),
        ],
        ..Table::default()
    };
    for standard in &framework.standards {
        let rule = match standard.rule {
            Rule::Lowest => "lowest key question",
            Rule::Judged => "judged",
            _ => "",
        };
        let counted = if standard.counted {
            ""
        } else {
            ", not counted"
        };
        let texts = [
            &standard.number,
            &standard.title,
            &format!("{rule}{counted}"),
        ];
        table
            .rows
            .push(Row::leading(texts.into_iter().map(Cell::text).collect()));
        for question in &standard.key_questions {
            let sample = question
                .asked_of
                .and_then(|(sample, _)| framework.samples.get(sample));
            let sample = sample.map_or_else(Cell::blank, |sample| Cell::text(&sample.id));
            table.rows.push(Row::new(vec![
                Cell::text(&question.number),
                Cell::text(&question.text),
                sample,
            ]));
        }
    }
    table
}

fn questions_table(sample: &Sample) -> Table {
    let rows =
        sample
            .questions
            .questions
            .iter()
            .zip(&sample.wordings)
            .map(|(question, wording)| {
                let condition = question.applies_when.as_ref();
                let condition = condition.map_or_else(Cell::blank, |condition| {
                    Cell::text(condition.describe(&sample.questions))
                });
                let cells = vec![
                    Cell::text(&question.number),
                    Cell::text(&wording.text),
                    condition,
                ];
                if question.is_prompt {
                    Row::new(cells)
                } else {
                    Row::leading(cells)
                }
            });
    Table {
        id: format!("questions-{}", kebab(&sample.id)),
        title: format!("Questions of the sample {} ({})", sample.title, sample.id),
        blank_cells: "the question is always asked".to_owned(),
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("question", "Question or prompt", Kind::Text),
            Column::new("asked_when", "Asked when", Kind::Text),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

fn information_table(sample: &Sample) -> Table {
    let rows = sample
        .questions
        .attributes
        .iter()
        .zip(&sample.information)
        .map(|(attribute, information)| {
            let values = match &attribute.kind {
                AttributeKind::Choice(ids) => ids.join(", "),
                AttributeKind::Code => "any code".to_owned(),
                AttributeKind::Number => "a whole number".to_owned(),
                AttributeKind::Date => "a date, such as 2018-10-01".to_owned(),
            };
            let texts = [&attribute.id, &information.title, &values];
            Row::new(texts.into_iter().map(Cell::text).collect())
        });
    Table {
        id: format!("information-{}", kebab(&sample.id)),
        title: format!(
            "Case information of the sample {} ({})",
            sample.title, sample.id
        ),
        columns: vec![
            Column::new("id", "Id", Kind::Code),
            Column::new("information", "Case information", Kind::Text),
            Column::new("values", "Values", Kind::Text),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}
