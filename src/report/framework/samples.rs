//! The questions and the case information of a sample, as tables.
//!
//! Must not know rules or measures.

use crate::framework::Sample;
use crate::model::AttributeKind;
use crate::report::table::{Cell, Column, Kind, Row, Table, kebab};

/// What is asked, and when.
pub(super) fn questions_table(sample: &Sample) -> Table {
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

/// The case information and its values; without rows when there is none.
pub(super) fn information_table(sample: &Sample) -> Table {
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
