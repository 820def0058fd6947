//! The messages for what can be wrong with a row of cases or answers, without their places.
//!
//! Must not know how rows are read.

use super::known::{FoundCase, KnownCases};
use super::values::shown;
use crate::model::{Code, Problem};

/// A column's number as people count.
pub(super) fn from_one(column: usize) -> u64 {
    u64::try_from(column).unwrap_or(u64::MAX).saturating_add(1)
}

/// A row that has more or fewer cells than the header.
pub(super) fn ragged(width: usize, wanted: usize) -> Problem {
    let what = format!("the row has {width} cells and the header {wanted}");
    let remedy = "give every row as many cells as the header; \
                  put quotation marks around a cell with a comma";
    Problem::new(Code::RaggedRow, what, remedy)
}

/// A filled cell in a column without a name.
pub(super) fn unnamed(text: &str) -> Problem {
    let what = format!("{} stands in a column without a name", shown(text));
    let remedy = "name the column in the header, or empty it";
    Problem::new(Code::RaggedRow, what, remedy)
}

/// An empty cell that must be filled.
pub(super) fn missing(name: &str, remedy: impl Into<String>) -> Problem {
    Problem::new(Code::EmptyCell, format!("the {name} is missing"), remedy)
}

/// A reference that no case has, or none at all.
pub(super) fn unknown_case(known: &KnownCases, reference: &str) -> Problem {
    if reference.is_empty() {
        return missing("reference", "fill it in");
    }
    let what = format!("there is no case {}", shown(reference));
    Problem::new(Code::UnknownCase, what, known.suggest_case(reference))
}

/// A question that the case's sample does not have, or none at all.
pub(super) fn unknown_question(known: &KnownCases, case: FoundCase, number: &str) -> Problem {
    if number.is_empty() {
        return missing("question", "fill it in");
    }
    let reference = known.reference(case.case);
    let what = format!("case {reference} has no question {}", shown(number));
    let remedy = known.suggest_question(Some(case.sample), number);
    Problem::new(Code::UnknownQuestion, what, remedy)
}

/// Something that is not an answer.
pub(super) fn unknown_answer(text: &str) -> Problem {
    let what = format!("{} is not an answer", shown(text));
    let remedy = "write yes, no or na, or leave the cell empty";
    Problem::new(Code::UnknownAnswer, what, remedy)
}

/// *Not applicable* where the framework wants yes or no.
pub(super) fn not_applicable(number: &str) -> Problem {
    let what = format!("question {number} cannot be answered with na");
    let remedy = "answer yes or no, or leave the cell empty";
    Problem::new(Code::NotApplicableNotAllowed, what, remedy)
}

/// A question that is answered on two lines.
pub(super) fn doubled(reference: &str, number: &str, first_line: u64) -> Problem {
    let what = format!(
        "question {number} of case {reference} is answered a second time, first on line {first_line}"
    );
    Problem::new(Code::DuplicateReference, what, "leave one of the two out")
}
