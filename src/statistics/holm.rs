//! Many tests at once: Holm's adjustment of their probabilities.
//!
//! Source: S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6 (1979). It
//! needs no independence of the tests. Decimals only. Must not know what was tested.

use crate::model::Decimal;

/// The probabilities adjusted for being several, in their order: from the smallest, the first of n times n, the next times n − 1 and
/// so on, none smaller than one before it and none above 1. Where one is below a level, chance alone makes any of all the tests
/// seem so at most as often as that level says. Empty for none.
#[must_use]
pub fn adjust_holm(probabilities: &[Decimal]) -> Vec<Decimal> {
    let mut order: Vec<(usize, Decimal)> = probabilities.iter().copied().enumerate().collect();
    order.sort_by_key(|(_, probability)| *probability);
    let mut adjusted = vec![Decimal::ONE; probabilities.len()];
    let mut least = Decimal::ZERO;
    for (before, (place, probability)) in order.iter().enumerate() {
        let factor = Decimal::from(order.len() - before);
        least = probability
            .saturating_mul(factor)
            .min(Decimal::ONE)
            .max(least);
        if let Some(slot) = adjusted.get_mut(*place) {
            *slot = least;
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parse_figure;

    fn adjusted(probabilities: &[&str]) -> Vec<Decimal> {
        let figures = probabilities.iter().map(|text| parse_figure(text).unwrap());
        adjust_holm(&figures.collect::<Vec<_>>())
    }

    #[test]
    fn the_adjusted_probabilities_are_those_of_r() {
        // R 4: p.adjust(p, "holm"), equal ones among them.
        let expected = [
            ("0.034965034965", "0.174825174825"),
            ("0.002759456185", "0.024835105665"),
            ("0.000010825088", "0.000108250880"),
            ("0.071342403488", "0.285369613952"),
            ("0.127603090660", "0.382809271980"),
            ("0.026549568563", "0.159297411378"),
            ("0.019284321615", "0.154274572920"),
            ("0.019284321615", "0.154274572920"),
            ("1", "1"),
            ("0.485714285714", "0.971428571428"),
        ];
        let given = adjusted(&expected.map(|(probability, _)| probability));
        let nearly = Decimal::new(1, 9);
        for (given, (_, expected)) in given.iter().zip(expected) {
            let expected = parse_figure(expected).unwrap();
            assert!(
                (given - expected).abs() < nearly,
                "{given} is not {expected}"
            );
        }
    }

    #[test]
    fn one_test_stays_as_it_is_and_none_gives_none() {
        assert_eq!(adjusted(&["0.04"]), [parse_figure("0.04").unwrap()]);
        assert!(adjusted(&[]).is_empty());
    }

    #[test]
    fn none_is_above_one_or_below_one_that_was_smaller() {
        // R 4: p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.2, 1), "holm").
        let expected = ["0.05", "0.12", "0.12", "0.03", "0.40", "1"];
        let expected = expected.map(|text| parse_figure(text).unwrap());
        assert_eq!(
            adjusted(&["0.01", "0.04", "0.03", "0.005", "0.2", "1"]),
            expected
        );
    }
}
