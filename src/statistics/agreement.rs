//! How far two assessors agree: the share of pairs with the same answer, Cohen's kappa and Gwet's AC1.
//!
//! All three are without unit; 1 is full agreement. Kappa and AC1 take off what chance alone would give and differ in what they hold
//! chance to be: where nearly everybody says yes, kappa can be near 0 although nearly all answers are the same, and AC1 is not.
//!
//! Every variance is summed from squares of deviations, never as a difference of two large sums, so that a variance of nothing
//! comes out as 0 and a small one keeps its digits. Must not know questions, cases or assessors, only the table of their pairs.

use super::confidence::Confidence;
use super::estimate::{Estimate, Interval, Undefined, to_decimal, wilson_interval};
use super::pairs::PairTable;
use crate::model::Answer;

/// How far two assessors agree, over the pairs of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// How many pairs are counted.
    pub pairs: u64,
    /// How many pairs are left out, because either question is not asked or unanswered.
    pub left_out: u64,
    /// The share of pairs with the same answer, from 0 to 1: percent agreement before it is written as a percent.
    pub share: Result<Estimate, Undefined>,
    /// Cohen's kappa, from -1 to 1. Its interval is not cut at either end.
    pub kappa: Result<Estimate, Undefined>,
    /// Gwet's AC1, from -1 to 1. Its interval is cut at 1, and not below.
    pub ac1: Result<Estimate, Undefined>,
}

/// Measures agreement, with intervals at this confidence. Without pairs none of the figures is defined.
#[must_use]
pub fn measure_agreement(table: &PairTable, confidence: Confidence) -> Agreement {
    let margins = Margins::of(table);
    Agreement {
        pairs: table.pairs(),
        left_out: table.left_out(),
        share: measure_share(table, confidence),
        kappa: (margins.as_ref().map_err(|why| *why))
            .and_then(|margins| measure_kappa(table, margins, confidence)),
        ac1: margins.map(|margins| measure_ac1(table, &margins, confidence)),
    }
}

/// The share of pairs with the same answer, in Wilson's interval.
fn measure_share(table: &PairTable, confidence: Confidence) -> Result<Estimate, Undefined> {
    let share = table.share().ok_or(Undefined::NoPairs)?;
    Ok(Estimate {
        value: to_decimal(share.part() as f64 / share.whole() as f64),
        interval: Ok(wilson_interval(share, confidence)),
    })
}

/// What each assessor said over all pairs, as shares of the pairs.
struct Margins {
    pairs: u64,
    /// The share of pairs with different answers.
    differing: f64,
    first: [f64; 3],
    second: [f64; 3],
    /// What of the second's answers is another answer: counted, because 1 minus a share near 1 loses digits.
    second_other: [f64; 3],
}

impl Margins {
    fn of(table: &PairTable) -> Result<Margins, Undefined> {
        let share = table.share().ok_or(Undefined::NoPairs)?;
        let pairs = table.pairs();
        let part = |count: u64| count as f64 / pairs as f64;
        let first = Answer::ALL.map(|said| {
            Answer::ALL
                .map(|other| table.cell(said, other))
                .iter()
                .sum()
        });
        let second = Answer::ALL.map(|said| {
            Answer::ALL
                .map(|other| table.cell(other, said))
                .iter()
                .sum()
        });
        Ok(Margins {
            pairs,
            differing: part(share.whole() - share.part()),
            first: first.map(part),
            second: second.map(part),
            second_other: second.map(|count: u64| part(pairs - count)),
        })
    }

    /// The share of each answer among those of both.
    fn both(&self) -> [f64; 3] {
        Answer::ALL.map(|said| (of(&self.first, said) + of(&self.second, said)) / 2.0)
    }

    /// How many of the three answers either of them gave at all.
    fn categories(&self) -> usize {
        self.both().iter().filter(|share| **share > 0.0).count()
    }
}

/// The figure of one answer.
fn of(figures: &[f64; 3], answer: Answer) -> f64 {
    let [yes, no, not_applicable] = *figures;
    match answer {
        Answer::Yes => yes,
        Answer::No => no,
        Answer::NotApplicable => not_applicable,
    }
}

/// The mean over all pairs of the squared distance between what a pair contributes and the middle.
fn mean_square(
    table: &PairTable,
    pairs: u64,
    middle: f64,
    contributes: impl Fn(Answer, Answer) -> f64,
) -> f64 {
    let squares = table.cells().map(|(first, second, count)| {
        let distance = contributes(first, second) - middle;
        count as f64 * distance * distance
    });
    squares.sum::<f64>() / pairs as f64
}

/// 1 for a pair with the same answer, else 0.
fn agrees(first: Answer, second: Answer) -> f64 {
    if first == second { 1.0 } else { 0.0 }
}

/// κ = (p − e)/(1 − e), p being the share of pairs that agree and e = Σ rₖcₖ, the share that two people would agree on who draw
/// lots, each with the shares of their own answers.
///
/// Sources: J. Cohen, "A Coefficient of Agreement for Nominal Scales" (1960); for the standard error that holds whatever κ is,
/// J. L. Fleiss, J. Cohen and B. S. Everitt, "Large Sample Standard Errors of Kappa and Weighted Kappa" (1969):
/// n(1−e)²·var κ = Σ pₖₖ[1 − (rₖ+cₖ)(1−κ)]² + (1−κ)² Σ pⱼₖ(cⱼ+rₖ)² (j ≠ k) − [κ − e(1−κ)]², which is a mean of squares less
/// the square of the mean. The interval is κ ± z·s, not cut, as `cohens_kappa` of `statsmodels` gives it. By this formula it
/// shrinks to a point, however few the pairs, where all agree and where one of the two gives a single answer only (κ is 0 then).
fn measure_kappa(
    table: &PairTable,
    margins: &Margins,
    confidence: Confidence,
) -> Result<Estimate, Undefined> {
    if margins.categories() < 2 {
        return Err(Undefined::OneCategory);
    }
    let sum = |columns: &[f64; 3]| -> f64 {
        let products = margins.first.iter().zip(columns);
        products.map(|(row, column)| row * column).sum()
    };
    let by_chance = sum(&margins.second);
    let beyond_chance = sum(&margins.second_other);
    let lacking = margins.differing / beyond_chance;
    let kappa = 1.0 - lacking;
    let mean = kappa - by_chance * lacking;
    let square = mean_square(table, margins.pairs, mean, |first, second| {
        agrees(first, second) - (of(&margins.second, first) + of(&margins.first, second)) * lacking
    });
    let error = (square / margins.pairs as f64).sqrt() / beyond_chance;
    Ok(Estimate {
        value: to_decimal(kappa),
        interval: Ok(Interval::around(
            kappa,
            confidence.normal_quantile() * error,
        )),
    })
}

/// AC1 = (p − e)/(1 − e) with e = Σ πₖ(1 − πₖ)/(q − 1), πₖ being the share of an answer among those of both and q the number of
/// different answers that either gave: one that nobody gave is not a category. With a single category AC1 is 1, without an interval.
///
/// Source: K. L. Gwet, "Computing inter-rater reliability and its variance in the presence of high agreement" (2008). The
/// variance is that of the pairs' contributions, a = (δ − e)/(1 − e) − 2(1 − AC1)(eⱼₖ − e)/(1 − e), eⱼₖ = (1 − (πⱼ+πₖ)/2)/(q − 1),
/// around AC1, over n(n − 1); the interval takes the quantile of t with n − 1 degrees of freedom and is cut at 1: all as
/// `gwet.ac1.raw` of R's `irrCAC` gives it, and `CAC.gwet` of Python's.
fn measure_ac1(table: &PairTable, margins: &Margins, confidence: Confidence) -> Estimate {
    let categories = margins.categories();
    if categories < 2 {
        return Estimate {
            value: to_decimal(1.0),
            interval: Err(Undefined::OneCategory),
        };
    }
    let both = margins.both();
    let others = (categories - 1) as f64;
    let by_chance = both.iter().map(|share| share * (1.0 - share)).sum::<f64>() / others;
    let lacking = margins.differing / (1.0 - by_chance);
    let ac1 = 1.0 - lacking;
    let square = mean_square(table, margins.pairs, ac1, |first, second| {
        let chance = (1.0 - f64::midpoint(of(&both, first), of(&both, second))) / others;
        (agrees(first, second) - by_chance - 2.0 * lacking * (chance - by_chance))
            / (1.0 - by_chance)
    });
    let degrees = margins.pairs - 1;
    let interval = if degrees == 0 {
        Err(Undefined::OnePair)
    } else {
        let margin = confidence.student_quantile(degrees) * (square / degrees as f64).sqrt();
        Ok(Interval::new(ac1 - margin, (ac1 + margin).min(1.0)))
    };
    Estimate {
        value: to_decimal(ac1),
        interval,
    }
}
