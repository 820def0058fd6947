//! How far a sample's make-up is from its population's. Must not know what the groups are.

use crate::model::{Decimal, round_figure};

/// Counts above this have no exact product that a [`Decimal`] holds.
const MOST_CASES: u64 = 1_000_000_000_000;

/// The group whose share of the sample is furthest from its share of the population.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imbalance {
    /// Its place among the groups; of several equally far, the first.
    pub place: usize,
    /// Its share of the sample less its share of the population, in percentage points, rounded half up (away from zero) to one
    /// decimal. Below 0 where it is under-represented.
    pub points: Decimal,
}

/// The largest imbalance between a population and a sample, both counted by the same groups.
///
/// `None` where either is empty, which has no shares, or has more than a million million cases.
#[must_use]
pub fn largest_imbalance(population: &[u64], sample: &[u64]) -> Option<Imbalance> {
    let sum = |counts: &[u64]| -> Option<i128> {
        let sum: i128 = counts.iter().copied().map(i128::from).sum();
        (sum > 0 && sum <= i128::from(MOST_CASES)).then_some(sum)
    };
    let (population_sum, sample_sum) = (sum(population)?, sum(sample)?);
    let pairs = population.iter().zip(sample);
    // Over the product of both sums, so that differences are compared as whole numbers.
    let differences = pairs.map(|(population, sample)| {
        i128::from(*sample) * population_sum - i128::from(*population) * sample_sum
    });
    let (place, difference) = differences
        .enumerate()
        .max_by_key(|(place, difference)| (difference.abs(), std::cmp::Reverse(*place)))?;
    let share = Decimal::from(100 * difference) / Decimal::from(population_sum * sample_sum);
    Some(Imbalance {
        place,
        points: round_figure(share, 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn largest(population: &[u64], sample: &[u64]) -> Option<(usize, String)> {
        let largest = largest_imbalance(population, sample)?;
        Some((largest.place, largest.points.to_string()))
    }

    #[test]
    fn the_share_that_is_furthest_off_is_found_with_its_sign() {
        // 40% of the population and 30% of the sample; 60% and 70%: equally far, the first counts.
        assert_eq!(largest(&[40, 60], &[3, 7]), Some((0, "-10.0".into())));
        // 10/30 against 4/10 is 6.67 points over; 15/30 against 4/10 is 10 points under.
        assert_eq!(largest(&[10, 15, 5], &[4, 4, 2]), Some((1, "-10.0".into())));
        assert_eq!(largest(&[1, 2], &[1, 1]), Some((0, "16.7".into())));
        assert_eq!(largest(&[2, 4], &[1, 2]), Some((0, "0.0".into())));
    }

    #[test]
    fn what_is_empty_has_no_shares() {
        assert_eq!(largest(&[], &[]), None);
        assert_eq!(largest(&[0, 0], &[0, 0]), None);
        assert_eq!(largest(&[5, 5], &[0, 0]), None);
        assert_eq!(largest(&[0], &[5]), None);
        assert_eq!(largest(&[MOST_CASES, 1], &[1, 1]), None);
        let most = MOST_CASES / 2;
        assert_eq!(
            largest(&[most, most], &[MOST_CASES, 0]),
            Some((0, "50.0".into()))
        );
    }
}
