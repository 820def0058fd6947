//! Comparisons between inspections: whether a difference is more than chance, and who stands where among providers.
//!
//! Sources: R. A. Fisher, "The Logic of Inductive Inference" (1935), for the test; the two-sided form adds up every table that
//! is no likelier than the observed one, as R's `fisher.test` and SciPy's `fisher_exact` do. Ranks are competition ranks
//! ("1224"). Decimals only, so that the same counts give the same figure on every machine. Must not know what is compared.

use std::cmp::Ordering;

use super::Trend;
use crate::framework::Better;
use crate::model::Decimal;

/// With how many decimals a probability is given; smaller ones are 0.
const PROBABILITY_DECIMALS: u32 = 12;

/// Two tables whose probabilities differ by less than this share of themselves are equally likely: divisions are rounded.
const TIE_SHARE: Decimal = Decimal::from_parts(1, 0, 0, false, 7);

/// The two-sided p of Fisher's exact test on two groups' counts of yes and no: how often chance alone would make them differ at
/// least so much if they were drawn from one and the same population. From 0 to 1, rounded to 12 decimals. 1 where a group has no
/// cases, or where all cases of both say the same: nothing can differ then. The work grows with the square root of the counts.
#[must_use]
pub fn fisher_exact(yes1: u64, no1: u64, yes2: u64, no2: u64) -> Decimal {
    let table = Table {
        first: yes1.saturating_add(no1),
        second: yes2.saturating_add(no2),
        yes: yes1.saturating_add(yes2),
    };
    let weights = table.weigh_counts();
    let observed = weights
        .iter()
        .find(|(count, _)| *count == yes1)
        .map_or(Decimal::ZERO, |(_, weight)| *weight);
    let limit = observed + observed * TIE_SHARE;
    let sum = |most: Decimal| -> Decimal {
        let chosen = weights.iter().map(|(_, weight)| *weight);
        chosen.filter(|weight| *weight <= most).sum()
    };
    let extreme = sum(limit).checked_div(sum(Decimal::ONE + Decimal::ONE));
    let probability = extreme.unwrap_or(Decimal::ONE).min(Decimal::ONE);
    probability.round_dp(PROBABILITY_DECIMALS).normalize()
}

/// The margins of a table of two groups: they fix everything but the yes of the first group.
struct Table {
    first: u64,
    second: u64,
    yes: u64,
}

impl Table {
    /// The possible numbers of yes in the first group, each with its probability as a multiple of that of the likeliest, as far
    /// as it is not 0 at 28 decimals.
    fn weigh_counts(&self) -> Vec<(u64, Decimal)> {
        let least = self.yes.saturating_sub(self.second);
        let most = self.yes.min(self.first);
        let product = (u128::from(self.yes) + 1).saturating_mul(u128::from(self.first) + 1);
        let likeliest = product / (u128::from(self.first) + u128::from(self.second) + 2);
        let likeliest = u64::try_from(likeliest)
            .unwrap_or(u64::MAX)
            .clamp(least, most);
        let mut weights = vec![(likeliest, Decimal::ONE)];
        let mut weight = Decimal::ONE;
        for count in likeliest..most {
            let (up, down) = self.ratio(count);
            weight = scale(weight, up, down);
            if weight.is_zero() {
                break;
            }
            weights.push((count + 1, weight));
        }
        weight = Decimal::ONE;
        for count in (least..likeliest).rev() {
            let (up, down) = self.ratio(count);
            weight = scale(weight, down, up);
            if weight.is_zero() {
                break;
            }
            weights.push((count, weight));
        }
        weights
    }

    /// How much likelier `count` + 1 is than `count`, as two factors over two factors: (n₁−x)(k−x) over (x+1)(n₂−k+x+1).
    fn ratio(&self, count: u64) -> ([u64; 2], [u64; 2]) {
        let others_no = self.second.saturating_add(count + 1) - self.yes;
        (
            [self.first - count, self.yes - count],
            [count + 1, others_no],
        )
    }
}

/// The weight times the factors of `by`, over those of `over`.
fn scale(weight: Decimal, by: [u64; 2], over: [u64; 2]) -> Decimal {
    let step = |weight: Decimal, (by, over): (u64, u64)| {
        let product = weight.checked_mul(Decimal::from(by));
        product.and_then(|product| product.checked_div(Decimal::from(over)))
    };
    let mut pairs = by.into_iter().zip(over);
    pairs.try_fold(weight, step).unwrap_or_default()
}

/// What a change of a figure means, where one direction is better. Both figures are rounded as they are published.
#[must_use]
pub fn find_trend(value: Decimal, previous: Decimal, better: Better) -> Trend {
    let gain = match better {
        Better::Higher => value.cmp(&previous),
        Better::Lower => previous.cmp(&value),
    };
    match gain {
        Ordering::Greater => Trend::Improved,
        Ordering::Less => Trend::Declined,
        Ordering::Equal => Trend::Unchanged,
    }
}

/// Where one figure stands among several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// 1 is the best; equal figures share the better rank, and the next rank is left free for each of them.
    pub rank: u64,
    /// 1 for the best quarter to 4 for the worst: 4·rank/n, rounded up, over the n figures that there are.
    pub quartile: u64,
}

/// Where each figure stands; `None` for a missing one, which takes no rank and is not counted among the n.
#[must_use]
pub fn rank_figures(figures: &[Option<Decimal>], better: Better) -> Vec<Option<Standing>> {
    let mut sorted: Vec<Decimal> = figures.iter().copied().flatten().collect();
    sorted.sort_unstable_by(|one, other| match better {
        Better::Higher => other.cmp(one),
        Better::Lower => one.cmp(other),
    });
    let count = sorted.len();
    let stand = |figure: Decimal| {
        let rank = sorted.iter().position(|other| *other == figure)? + 1;
        Some(Standing {
            rank: u64::try_from(rank).ok()?,
            quartile: u64::try_from((4 * rank).div_ceil(count)).ok()?,
        })
    };
    figures.iter().map(|figure| stand((*figure)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn figure(text: &str) -> Decimal {
        crate::model::parse_figure(text).unwrap()
    }

    #[test]
    fn the_probabilities_are_those_of_scipy_to_nine_decimals() {
        // scipy.stats.fisher_exact, checked against exact fractions where the counts are small.
        let expected = [
            ((8, 2, 1, 5), "0.034965034965"),
            ((3, 1, 1, 3), "0.485714285714"),
            ((0, 10, 10, 0), "0.000010825088"),
            ((1, 9, 11, 3), "0.002759456185"),
            ((10, 2, 3, 15), "0.000536724119"),
            ((2, 7, 8, 2), "0.023014137565"),
            ((100, 2, 1000, 5), "0.130075936343"),
            ((30, 20, 20, 30), "0.071342403488"),
            ((80, 48, 96, 32), "0.042767144122"),
            ((106, 22, 95, 33), "0.127603090660"),
            ((66, 30, 50, 46), "0.026549568563"),
            ((700, 300, 650, 350), "0.019284321615"),
            ((60_000, 40_000, 59_500, 40_500), "0.022889239989"),
        ];
        let nearly = Decimal::new(1, 9);
        for ((yes1, no1, yes2, no2), p) in expected {
            let given = fisher_exact(yes1, no1, yes2, no2);
            assert!((given - figure(p)).abs() < nearly, "{given} is not {p}");
        }
    }

    #[test]
    fn groups_that_cannot_differ_differ_by_chance() {
        for (yes1, no1, yes2, no2) in [
            (0, 0, 0, 0),
            (12, 3, 0, 0),
            (0, 0, 3, 4),
            (0, 5, 0, 7),
            (7, 0, 9, 0),
            (5, 5, 5, 5),
            (1, 0, 0, 1),
        ] {
            assert_eq!(fisher_exact(yes1, no1, yes2, no2), Decimal::ONE);
        }
    }

    #[test]
    fn a_difference_beyond_all_chance_is_zero_and_large_counts_do_no_harm() {
        assert_eq!(fisher_exact(5_000, 0, 0, 5_000), Decimal::ZERO);
        let most = u64::MAX / 2;
        assert_eq!(fisher_exact(most, 0, most, 0), Decimal::ONE);
        assert_eq!(fisher_exact(0, most, 1, 0), Decimal::ZERO);
    }

    proptest! {
        #[test]
        fn neither_the_order_of_the_groups_nor_of_the_answers_matters(a in 0..60_u64, b in 0..60_u64, c in 0..60_u64, d in 0..60_u64) {
            let p = fisher_exact(a, b, c, d);
            prop_assert!(p >= Decimal::ZERO && p <= Decimal::ONE);
            let last_digit = Decimal::new(1, PROBABILITY_DECIMALS);
            for other in [fisher_exact(c, d, a, b), fisher_exact(b, a, d, c), fisher_exact(a, c, b, d)] {
                prop_assert!((p - other).abs() <= last_digit, "{} and {}", p, other);
            }
        }
    }

    fn standings(figures: &[&str], better: Better) -> Vec<Option<(u64, u64)>> {
        let figures: Vec<Option<Decimal>> = figures
            .iter()
            .map(|text| (!text.is_empty()).then(|| figure(text)))
            .collect();
        rank_figures(&figures, better)
            .into_iter()
            .map(|standing| standing.map(|standing| (standing.rank, standing.quartile)))
            .collect()
    }

    #[test]
    fn equal_figures_share_the_better_rank_and_missing_ones_have_none() {
        let figures = ["70.0", "", "82.5", "70", "61"];
        assert_eq!(
            standings(&figures, Better::Higher),
            [Some((2, 2)), None, Some((1, 1)), Some((2, 2)), Some((4, 4))]
        );
        assert_eq!(
            standings(&figures, Better::Lower),
            [Some((2, 2)), None, Some((4, 4)), Some((2, 2)), Some((1, 1))]
        );
        assert_eq!(standings(&[], Better::Higher), []);
        assert_eq!(standings(&["", ""], Better::Lower), [None, None]);
        assert_eq!(standings(&["-3"], Better::Higher), [Some((1, 4))]);
    }

    #[test]
    fn twelve_regions_make_four_quarters_of_three() {
        let figures: Vec<String> = (1..=12_u64)
            .rev()
            .map(|figure| figure.to_string())
            .collect();
        let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
        let quartiles: Vec<u64> = standings(&figures, Better::Higher)
            .into_iter()
            .map(|standing| standing.unwrap().1)
            .collect();
        assert_eq!(quartiles, [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
    }
}
