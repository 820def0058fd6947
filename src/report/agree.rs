//! How far assessors agree, as tables: by question, by standard and by pair of assessors, and where they differ; the same for an
//! exercise, by assessor.
//!
//! Must not compute a figure (`statistics`), nor know which assessments are compared, and by whom they may be seen.

use super::table::{Cell, Column, Kind, Report, Row, Symbol, Table, Value};
use crate::model::{Decimal, State, round_figure};
use crate::statistics::{Agreement, Confidence, Estimate, Undefined};

/// What assessments were compared, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Agreements {
    /// The inspection, and the exercise case where it is about one.
    pub scope: String,
    /// The confidence of every interval.
    pub confidence: Confidence,
    /// What a reader must know of all figures.
    pub notes: Vec<String>,
    /// By question, in the order of the framework.
    pub questions: Vec<AgreementLine>,
    /// By standard, in the order of the framework, over its questions.
    pub standards: Vec<AgreementLine>,
    /// By pair of assessors; of an exercise, by assessor.
    pub assessors: Vec<AgreementLine>,
    /// Over all of it; `None` where nothing was compared.
    pub all: Option<Agreement>,
    /// Where two assessments differ.
    pub disagreements: Vec<Disagreement>,
}

/// How far two assessors agree on one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementLine {
    /// A number, or names.
    pub name: String,
    /// The figures.
    pub agreement: Agreement,
}

/// Two answers that differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The case's reference.
    pub case: String,
    /// The question's number.
    pub question: String,
    /// Who assessed first, and what they say; of an exercise, the agreed answer.
    pub first: (String, State),
    /// Who assessed next, and what they say.
    pub second: (String, State),
    /// Whether it counts in the figures: both answered.
    pub is_counted: bool,
    /// The final answer and who gave it, with the reason, where it is resolved.
    pub resolved: Option<(State, String, String)>,
}

/// The tables of `agree`. Kappa and AC1 have this many decimals, percentages two fewer.
#[must_use]
pub fn agreement_report(agreements: &Agreements, decimals: u32) -> Report {
    let shown = (agreements.confidence, decimals);
    let mut tables = vec![
        figures(
            "agreement-by-question",
            "Agreement by question",
            ("number", "Number"),
            &agreements.questions,
            shown,
        ),
        figures(
            "agreement-by-standard",
            "Agreement by standard",
            ("number", "Number"),
            &with_all(&agreements.standards, agreements.all),
            shown,
        ),
        figures(
            "agreement-by-pair",
            "Agreement by pair of assessors",
            ("assessors", "Pair"),
            &agreements.assessors,
            shown,
        ),
    ];
    tables.push(disagreements(&agreements.disagreements, false));
    finish(
        format!("Agreement between assessors, {}", agreements.scope),
        agreements,
        tables,
    )
}

/// The tables of `agree --exercise`, with decimals as [`agreement_report`].
#[must_use]
pub fn exercise_report(agreements: &Agreements, decimals: u32) -> Report {
    let shown = (agreements.confidence, decimals);
    let assessors = figures(
        "exercise-by-assessor",
        "Agreement with the agreed answers, by assessor",
        ("assessor", "Assessor"),
        &with_all(&agreements.assessors, agreements.all),
        shown,
    );
    let questions = figures(
        "exercise-by-question",
        "Agreement with the agreed answers, by question",
        ("number", "Number"),
        &agreements.questions,
        shown,
    );
    let differing = disagreements(&agreements.disagreements, true);
    finish(
        format!("Exercise {}", agreements.scope),
        agreements,
        vec![assessors, questions, differing],
    )
}

/// Tables without rows are left out, but the list of differences, which then says that there are none.
fn finish(title: String, agreements: &Agreements, mut tables: Vec<Table>) -> Report {
    tables.retain(|table| !table.rows.is_empty() || table.id == DISAGREEMENTS);
    let notes = agreements.notes.iter().cloned();
    Report {
        title,
        notes: notes.chain([EXPLAINED.to_owned()]).collect(),
        tables,
        ..Report::default()
    }
}

fn with_all(lines: &[AgreementLine], all: Option<Agreement>) -> Vec<AgreementLine> {
    let all = all
        .filter(|_| lines.len() > 1)
        .map(|agreement| AgreementLine {
            name: ALL.to_owned(),
            agreement,
        });
    lines.iter().cloned().chain(all).collect()
}

/// What the columns of figures are.
const EXPLAINED: &str = "A pair is two answers, yes, no or not applicable, to one question of one case. Left out: where one of the two is no \
     answer. Kappa (Cohen) and AC1 (Gwet): 1 is full agreement, 0 what chance alone would give";
const ALL: &str = "All";
const DISAGREEMENTS: &str = "disagreements";

fn figures(
    id: &str,
    title: &str,
    (column, header): (&str, &str),
    lines: &[AgreementLine],
    (confidence, decimals): (Confidence, u32),
) -> Table {
    let has_left_out = lines.iter().any(|line| line.agreement.left_out > 0);
    let rows = lines.iter().map(|line| {
        let Agreement {
            pairs,
            left_out,
            share,
            kappa,
            ac1,
        } = line.agreement;
        let left_out = has_left_out.then_some(left_out);
        let counts = std::iter::once(pairs).chain(left_out);
        let counts = counts.map(|count| Value::Count(count).into());
        let percent = decimals.saturating_sub(2);
        let cells = std::iter::once(Cell::text(&line.name))
            .chain(counts)
            .chain(estimate(share, Decimal::ONE_HUNDRED, percent))
            .chain(estimate(kappa, Decimal::ONE, decimals))
            .chain(estimate(ac1, Decimal::ONE, decimals));
        Row {
            cells: cells.collect(),
            leads: line.name == ALL,
        }
    });
    let mut columns = vec![
        Column::new(column, header, Kind::Text),
        Column::new("pairs", "Pairs", Kind::Count),
    ];
    if has_left_out {
        columns.push(Column::new("left_out", "Left out", Kind::Count));
    }
    for (id, header) in [("agreed", "Agreed"), ("kappa", "Kappa"), ("ac1", "AC1")] {
        let limits = [("", ""), ("_low", " low"), ("_high", " high")];
        columns.extend(limits.map(|(end, word)| {
            Column::new(
                format!("{id}{end}"),
                format!("{header}{word}"),
                Kind::Figure,
            )
        }));
    }
    Table {
        id: id.to_owned(),
        title: title.to_owned(),
        units: format!(
            "Agreed: percent of the pairs. Low and high: the interval of {}% confidence",
            confidence.percent()
        ),
        columns,
        rows: rows.collect(),
        ..Table::default()
    }
}

/// A figure with the limits of its interval, or why they are not there.
fn estimate(estimate: Result<Estimate, Undefined>, times: Decimal, decimals: u32) -> [Cell; 3] {
    let shown = |figure: Decimal| Cell::figure(round_figure(figure * times, decimals));
    match estimate {
        Err(why) => [why, why, why].map(undefined),
        Ok(Estimate {
            value,
            interval: Ok(interval),
        }) => [value, interval.low, interval.high].map(shown),
        Ok(Estimate {
            value,
            interval: Err(why),
        }) => [shown(value), undefined(why), undefined(why)],
    }
}

fn undefined(why: Undefined) -> Cell {
    let symbol = match why {
        Undefined::NoPairs => Symbol::NOT_AVAILABLE,
        Undefined::OnePair | Undefined::OneCategory => Symbol::NOT_APPLICABLE,
    };
    Cell::missing(symbol, why.to_string())
}

fn disagreements(disagreements: &[Disagreement], is_exercise: bool) -> Table {
    let mut table = Table {
        id: DISAGREEMENTS.to_owned(),
        title: "Where answers differ".to_owned(),
        units: match disagreements.len() {
            0 => "There is no such answer".to_owned(),
            _ => String::new(),
        },
        columns: vec![
            Column::new("case", "Case", Kind::Code),
            Column::new("question", "Question", Kind::Code),
        ],
        ..Table::default()
    };
    let columns: &[(&str, &str, Kind)] = if is_exercise {
        &[
            ("agreed_answer", "Agreed answer", Kind::Text),
            ("assessor", "Assessor", Kind::Code),
            ("answer", "Their answer", Kind::Text),
        ]
    } else {
        &[
            ("first_assessor", "First", Kind::Text),
            ("first_answer", "First answer", Kind::Text),
            ("second_assessor", "Second", Kind::Text),
            ("second_answer", "Second answer", Kind::Text),
            ("final_answer", "Final answer", Kind::Text),
        ]
    };
    let columns = columns.iter();
    let columns = columns.map(|(id, header, kind)| Column::new(*id, *header, *kind));
    table.columns.extend(columns);
    for row in disagreements {
        let (first, second) = (&row.first, &row.second);
        let mut cells = vec![Cell::text(&row.case), Cell::text(&row.question)];
        if !is_exercise {
            cells.push(Cell::text(&first.0));
        }
        cells.push(Cell::text(state_words(first.1)));
        cells.push(Cell::text(&second.0));
        cells.push(Cell::text(state_words(second.1)));
        if let (false, Some((answer, who, because))) = (is_exercise, &row.resolved) {
            let note = table.note(&format!("Resolved by {who}: {because}"));
            cells.push(Cell::text(state_words(*answer)).with_notes(vec![note]));
        } else if !is_exercise {
            "Not resolved".clone_into(&mut table.blank_cells);
            cells.push(Cell::blank());
        }
        if !row.is_counted {
            let note = table.note("Left out of the figures: one of the two is no answer");
            if let Some(cell) = cells.get_mut(1) {
                cell.notes.push(note);
            }
        }
        table.rows.push(Row::new(cells));
    }
    table
}

fn state_words(state: State) -> &'static str {
    match state {
        State::Yes => "yes",
        State::No => "no",
        State::NotApplicable => "not applicable",
        State::NotAsked => "not asked",
        State::Unanswered => "unanswered",
    }
}
