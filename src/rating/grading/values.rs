//! A value against the value from which each rating starts, inclusive.
//!
//! Source: the scorecard of 2023/24 names bands of performance for its measures. Where lower is better, a rating starts at its
//! value and takes in all below. A value that reaches no start has the worst rating. Must not know targets.

use crate::framework::{Better, Rating};
use crate::model::Decimal;
use crate::rating::words;

/// The best rating whose start is reached. `starts` runs from the second worst rating to the best.
pub(super) fn grade(
    value: Decimal,
    starts: &[Decimal],
    better: Better,
    unit: &str,
) -> (Option<Rating>, String) {
    let reaches = |start: &Decimal| match better {
        Better::Higher => value >= *start,
        Better::Lower => value <= *start,
    };
    let reached = starts.iter().rposition(reaches);
    let start = starts.get(reached.unwrap_or(0));
    let words = match (reached, better) {
        (Some(_), Better::Higher) => "at least",
        (Some(_), Better::Lower) => "at most",
        (None, Better::Higher) => "under",
        (None, Better::Lower) => "over",
    };
    let start = start.map(|start| words::quantity(start.normalize(), unit));
    let reason = start.map_or_else(String::new, |start| format!("{words} {start}"));
    (Some(Rating(reached.map_or(0, |place| place + 1))), reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(value: &str, starts: [i64; 3], better: Better) -> (usize, String) {
        let value = crate::model::parse_figure(value).unwrap();
        let (rating, reason) = grade(value, &starts.map(Decimal::from), better, "%");
        (rating.unwrap().0, reason)
    }

    #[test]
    fn a_rating_starts_at_its_value_inclusive() {
        for (value, rating, reason) in [
            ("0.0", 0, "under 60%"),
            ("59.9", 0, "under 60%"),
            ("60.0", 1, "at least 60%"),
            ("69.9", 1, "at least 60%"),
            ("70.0", 2, "at least 70%"),
            ("79.9", 2, "at least 70%"),
            ("80.0", 3, "at least 80%"),
            ("100.0", 3, "at least 80%"),
        ] {
            let expected = (rating, reason.to_owned());
            assert_eq!(given(value, [60, 70, 80], Better::Higher), expected);
        }
    }

    #[test]
    fn where_lower_is_better_a_rating_takes_in_all_below_its_value() {
        for (value, rating, reason) in [
            ("30.1", 0, "over 30%"),
            ("30.0", 1, "at most 30%"),
            ("20.0", 2, "at most 20%"),
            ("10.1", 2, "at most 20%"),
            ("10.0", 3, "at most 10%"),
            ("-5", 3, "at most 10%"),
        ] {
            let expected = (rating, reason.to_owned());
            assert_eq!(given(value, [30, 20, 10], Better::Lower), expected);
        }
    }
}
