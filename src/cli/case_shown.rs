//! One case with its information, answers and notes as tables. Must not know how it is found.

use crate::casework::{AnswerLine, CaseCard, Status, name_pair};
use crate::model::{Mark, Role, State};
use crate::report::{Cell, Column, Kind, Report, Row, Table};

fn status_words(status: Status) -> &'static str {
    match status {
        Status::Untouched => "untouched",
        Status::InHand => "in hand",
        Status::Submitted => "submitted",
        Status::Withdrawn => "withdrawn",
    }
}

/// `in hand`, `in hand, exercise`.
pub(super) fn list_status(status: Status, exercise: bool) -> String {
    let exercise = if exercise { ", exercise" } else { "" };
    format!("{}{exercise}", status_words(status))
}

pub(super) fn card_report(card: &CaseCard) -> Report {
    let assessors = name_pair(&card.assessor, &card.joint_assessor);
    let status = list_status(card.status, card.exercise);
    let of_role = |role| {
        let rows = card.further.iter().filter(|row| row.role == role);
        let rows = rows.map(|row| format!("{}: {}", row.assessor, status_words(row.status)));
        rows.collect::<Vec<_>>().join("; ")
    };
    let interested = card.interested.join(", ");
    let (second, exercises) = (of_role(Role::Second), of_role(Role::Exercise));
    let about = [
        ("Sample", card.sample.as_str()),
        ("Assessor", assessors.as_str()),
        ("Status", status.as_str()),
        ("Second assessment", second.as_str()),
        ("Answered as an exercise", exercises.as_str()),
        ("Have an interest in it", interested.as_str()),
    ];
    let information = card
        .information
        .iter()
        .map(|(title, value)| (title.as_str(), value.as_str()));
    let facts = about
        .into_iter()
        .chain(information)
        .filter(|(_, value)| !value.is_empty());
    let facts = Table {
        id: "case".to_owned(),
        title: format!("Case {}", card.reference),
        columns: vec![
            Column::new("about", "About", Kind::Text),
            Column::new("is", "Is", Kind::Text),
        ],
        rows: facts
            .map(|(title, value)| Row::new(vec![Cell::text(title), Cell::text(value)]))
            .collect(),
        ..Table::default()
    };
    let answers = own_answers_table(card);
    let further = card.further.iter().enumerate().filter_map(|(place, row)| {
        let title = match row.role {
            Role::Second => format!("Second assessment by {}", row.assessor),
            Role::Exercise => format!("Exercise, answered by {}", row.assessor),
        };
        let id = format!("{}-{}", row.role, place + 1);
        Some(answers_table(id, title, row.answers.as_ref()?))
    });
    let further: Vec<Table> = further.collect();
    Report {
        tables: [facts, answers].into_iter().chain(further).collect(),
        ..Report::default()
    }
}

fn own_answers_table(card: &CaseCard) -> Table {
    let mut answers = answers_table("answers".to_owned(), "Answers".to_owned(), &card.answers);
    if card.is_hidden {
        // Not so much as which questions have a note, or apply.
        for row in &mut answers.rows {
            row.cells.truncate(2);
            row.cells.extend([Cell::text("hidden"), Cell::text("")]);
        }
        answers.note(match card.exercise {
            true => "The agreed answers are hidden from you until they and yours are submitted",
            false => "The first answers are hidden from you until they and yours are submitted",
        });
    }
    answers
}

fn answers_table(id: String, title: String, answers: &[AnswerLine]) -> Table {
    let rows = answers.iter().map(|(number, text, mark, note)| {
        let texts = [number.as_str(), text, mark_words(*mark), note];
        Row::new(texts.into_iter().map(Cell::text).collect())
    });
    Table {
        id,
        title,
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("question", "Question", Kind::Text),
            Column::new("answer", "Answer", Kind::Text),
            Column::new("note", "Note", Kind::Text),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

fn mark_words(mark: Mark) -> &'static str {
    use crate::model::Answer;
    match (mark, mark.state()) {
        (Mark::Parked(Answer::Yes), _) => "parked: yes",
        (Mark::Parked(Answer::No), _) => "parked: no",
        (Mark::Parked(Answer::NotApplicable), _) => "parked: not applicable",
        (_, State::Yes) => "yes",
        (_, State::No) => "no",
        (_, State::NotApplicable) => "not applicable",
        (_, State::NotAsked) => "not asked",
        (_, State::Unanswered) => "unanswered",
    }
}
