//! From a value to a place on the scale: which way each measure is graded.
//!
//! All figures are rounded before they come here. Must not know targets met or changes (`measures`).

mod distance;
mod values;

use super::MeasureRating;
use crate::framework::{Better, Grading, Measure, Rating};
use crate::model::Decimal;

/// Where the value stands on the scale, and why; or why it stands nowhere. Empty words where the measure is not graded.
pub(super) fn grade_value(measure: &Measure, figures: &MeasureRating) -> (Option<Rating>, String) {
    let (Some(value), Some(better)) = (figures.value, measure.better) else {
        return (None, String::new());
    };
    match &measure.grading {
        Grading::None => (None, String::new()),
        Grading::Values(starts) => values::grade(value, starts, better, &measure.unit),
        Grading::Distances(distances) => distance::grade(figures, distances, better),
    }
}

/// How far a figure lies on the better side of another, in their unit; below 0 on the worse side. `None` when the figures are too
/// long to be subtracted.
pub(super) fn lead(figure: Decimal, other: Decimal, better: Better) -> Option<Decimal> {
    match better {
        Better::Higher => figure.checked_sub(other),
        Better::Lower => other.checked_sub(figure),
    }
}
