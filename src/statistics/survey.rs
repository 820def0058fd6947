//! The share of yes in a population, estimated from a sample that was drawn by strata, and its interval.
//!
//! A question is answered in some of the cases only, so the share is a ratio of two estimates; its error is that of the ratio,
//! linearised, over all cases of the sample. Must not know questions, cases or how a sample is drawn.
//!
//! Sources: W. G. Cochran, "Sampling Techniques" (1977), 5A.14 and 6.11; as R's package `survey` gives it under
//! `svyciprop(method = "xlogit")`, the interval of its default method `logit`, with `survey.lonely.psu = "adjust"`. The logit
//! keeps both limits between 0 and 1, and needs no case more than the sample has, which a limit that is added to the share does
//! not. `tests/survey` holds the script that prints the figures of the tests.

use super::confidence::Confidence;
use super::estimate::{Interval, to_decimal};
use crate::model::Decimal;

/// One stratum of a sample and what was answered to one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Stratum {
    /// Cases from which it was drawn; `None` where nobody knows, and then each case stands for itself, without correction for a
    /// finite population. Fewer than there are cases in the sample count as so many.
    pub population: Option<u64>,
    /// Cases of it that were looked at, whether the question applies to them or not.
    pub cases: u64,
    /// Those of them with the answer yes.
    pub yes: u64,
    /// Those of them with the answer no.
    pub no: u64,
}

/// An estimated share with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareEstimate {
    /// The share of yes among the cases of the population to which the question applies, from 0 to 1.
    pub share: Decimal,
    /// The limits of its interval, both from 0 to 1.
    pub interval: Interval,
}

impl Stratum {
    fn answers(self) -> u64 {
        self.yes + self.no
    }

    /// How many cases of the population one of the sample stands for.
    fn weight(self) -> f64 {
        let population = self.population.unwrap_or(self.cases).max(self.cases);
        population as f64 / self.cases.max(1) as f64
    }

    /// The part of the stratum that was not looked at: the correction for a finite population.
    fn unseen(self) -> f64 {
        match self.population {
            None => 1.0,
            Some(population) => {
                population.saturating_sub(self.cases) as f64 / population.max(1) as f64
            }
        }
    }

    fn is_census(self) -> bool {
        self.population
            .is_some_and(|population| population <= self.cases)
    }

    /// What it adds to the square of the error of the total of w(y − share), over the cases with an answer. The single case of a
    /// stratum is held against the mean of all, which is 0.
    fn square_error(self, share: f64) -> f64 {
        let weight = self.weight();
        let (of_yes, of_no) = (weight * (1.0 - share), -weight * share);
        let outside = self.cases.saturating_sub(self.answers());
        let sum_of_squares = |middle: f64| {
            let square =
                |count: u64, value: f64| count as f64 * (value - middle) * (value - middle);
            square(self.yes, of_yes) + square(self.no, of_no) + square(outside, 0.0)
        };
        if self.cases < 2 {
            return self.unseen() * sum_of_squares(0.0);
        }
        let cases = self.cases as f64;
        let mean = (self.yes as f64 * of_yes + self.no as f64 * of_no) / cases;
        self.unseen() * cases / (cases - 1.0) * sum_of_squares(mean)
    }

    /// Whether it shows how answers vary: not where all its cases are alike.
    fn shows_variation(self) -> bool {
        let kinds = [self.yes, self.no, self.cases.saturating_sub(self.answers())];
        let several = kinds.iter().filter(|count| **count > 0).count() > 1;
        self.answers() > 0 && !self.is_census() && (several || self.cases == 1)
    }
}

/// Estimates the share of yes from the strata of a sample; `None` where nobody said yes or no. A stratum without a case in the
/// sample is left out: nothing is known of it.
///
/// - All answers alike: the other limit is that of Clopper and Pearson, exact for so many answers out of the cases that they stand
///   for (from the hypergeometric distribution; the binomial one where the population is not known).
/// - A population that was looked at as a whole: both limits are the share.
/// - No stratum shows how answers vary, or none has two answers: the answers count as a plain sample of the cases that they
///   stand for. R gives a limit that is too sure there, or none.
#[must_use]
pub fn estimate_share(strata: &[Stratum], confidence: Confidence) -> Option<ShareEstimate> {
    let answered = strata.iter().filter(|stratum| stratum.answers() > 0);
    let sum = |count: fn(&Stratum) -> u64| answered.clone().map(count).sum::<u64>();
    let (yes, answers) = (sum(|stratum| stratum.yes), sum(|stratum| stratum.answers()));
    if answers == 0 {
        return None;
    }
    let weigh = |count: fn(&Stratum) -> u64| {
        let weighted = answered
            .clone()
            .map(|stratum| stratum.weight() * count(stratum) as f64);
        weighted.sum::<f64>()
    };
    let total = weigh(|stratum| stratum.answers());
    let is_finite = answered.clone().all(|stratum| stratum.population.is_some());
    let plain = Plain {
        answers,
        stand_for: is_finite.then_some(total),
    };
    let share = weigh(|stratum| stratum.yes) / total;
    let interval = if yes == 0 {
        Interval::new(0.0, plain.limit_of_none(confidence))
    } else if yes == answers {
        return Some(ShareEstimate {
            share: Decimal::ONE,
            interval: Interval::new(1.0 - plain.limit_of_none(confidence), 1.0),
        });
    } else {
        let degrees = answers - answered.clone().count() as u64;
        let is_census = answered.clone().all(|stratum| stratum.is_census());
        let varies = answered.clone().any(|stratum| stratum.shows_variation());
        if is_census {
            Interval::new(share, share)
        } else if degrees == 0 || !varies {
            let error = plain.error(share);
            logit_interval(share, error, confidence.student_quantile(answers - 1))
        } else {
            let square: f64 = answered.map(|stratum| stratum.square_error(share)).sum();
            let error = square.sqrt() / total;
            logit_interval(share, error, confidence.student_quantile(degrees))
        }
    };
    Some(ShareEstimate {
        share: to_decimal(share),
        interval,
    })
}

/// The answers taken as a plain sample.
struct Plain {
    answers: u64,
    /// Of so many cases; `None` where the population is not known.
    stand_for: Option<f64>,
}

impl Plain {
    /// The standard error of a share between 0 and 1; it takes two answers that differ to have one.
    fn error(&self, share: f64) -> f64 {
        let answers = self.answers as f64;
        let looked_at = self
            .stand_for
            .map_or(0.0, |cases| (answers / cases).min(1.0));
        ((1.0 - looked_at) * share * (1.0 - share) / (answers - 1.0)).sqrt()
    }

    /// The largest share of which none among the answers is not rarer than what the interval leaves out on each
    /// side.
    fn limit_of_none(&self, confidence: Confidence) -> f64 {
        let tail = confidence.above();
        let answers = self.answers as f64;
        let Some(cases) = self.stand_for.map(f64::round) else {
            return -(tail.ln() / answers).exp_m1();
        };
        let (mut among, mut chance) = (0.0, 1.0);
        while among < cases {
            // Chance that none of one more is among the answers.
            chance *= (cases - answers - among).max(0.0) / (cases - among);
            if chance < tail {
                break;
            }
            among += 1.0;
        }
        among / cases
    }
}

/// The interval that reaches equally far to both sides on the scale of the logit, log(p/(1 − p)), for a share between 0 and 1.
fn logit_interval(share: f64, error: f64, quantile: f64) -> Interval {
    let logit = (share / (1.0 - share)).ln();
    let margin = quantile * error / (share * (1.0 - share));
    let back = |logit: f64| 1.0 / (1.0 + (-logit).exp());
    Interval::new(back(logit - margin), back(logit + margin))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::parse_figure;

    /// What `tests/survey/intervals.R` prints.
    const REFERENCE: &str = include_str!("../../tests/survey/intervals.txt");

    fn read_strata(line: &str) -> Vec<Stratum> {
        let strata = line.split(' ').map(|stratum| {
            let counts: Vec<Option<u64>> =
                stratum.split(':').map(|count| count.parse().ok()).collect();
            let [population, Some(cases), Some(yes), Some(no)] = counts[..] else {
                panic!("{line}");
            };
            Stratum {
                population,
                cases,
                yes,
                no,
            }
        });
        strata.collect()
    }

    fn figures(strata: &[Stratum]) -> [Decimal; 3] {
        figures_at(Confidence::default(), strata)
    }

    fn figures_at(confidence: Confidence, strata: &[Stratum]) -> [Decimal; 3] {
        let estimate = estimate_share(strata, confidence).unwrap();
        [
            estimate.share,
            estimate.interval.low,
            estimate.interval.high,
        ]
    }

    #[test]
    fn shares_and_intervals_are_those_of_the_survey_package_to_nine_decimals() {
        let nearly = Decimal::new(1, 9);
        for line in REFERENCE.lines() {
            let (strata, expected) = line.split_once(" | ").unwrap();
            let (percent, strata) = strata.split_once("% ").unwrap_or(("95", strata));
            let confidence = Confidence::of_percent(parse_figure(percent).unwrap()).unwrap();
            let expected = expected.split(' ').map(|text| parse_figure(text).unwrap());
            for (given, expected) in figures_at(confidence, &read_strata(strata))
                .into_iter()
                .zip(expected)
            {
                assert!((given - expected).abs() < nearly, "{given}: {line}");
            }
        }
        assert_eq!(REFERENCE.lines().count(), 47);
    }

    #[test]
    fn without_an_answer_nothing_is_estimated() {
        assert_eq!(estimate_share(&[], Confidence::default()), None);
        assert_eq!(
            estimate_share(&read_strata("557:128:0:0 30:0:0:0"), Confidence::default()),
            None
        );
    }

    #[test]
    fn a_population_smaller_than_its_sample_counts_as_looked_at_whole() {
        assert_eq!(
            figures(&read_strata("5:8:4:4")),
            figures(&read_strata("8:8:4:4"))
        );
    }

    #[test]
    fn more_confidence_takes_a_wider_interval() {
        let limits = |percent: i64, strata: &str| {
            let confidence = Confidence::of_percent(Decimal::from(percent)).unwrap();
            estimate_share(&read_strata(strata), confidence)
                .unwrap()
                .interval
        };
        for strata in [
            "557:128:84:44",
            "557:128:96:0",
            "-:20:0:20",
            "50:3:3:0 40:2:0:2",
        ] {
            let (less, more) = (limits(80, strata), limits(99, strata));
            assert!(
                more.low <= less.low && less.high <= more.high && more != less,
                "{strata}"
            );
        }
    }

    fn stratum() -> impl Strategy<Value = Stratum> {
        let counts = (0..20_u64, 0..20_u64, 0..20_u64, 0..300_u64, prop::bool::ANY);
        counts.prop_map(|(yes, no, outside, more, is_known)| Stratum {
            population: is_known.then_some(yes + no + outside + more),
            cases: yes + no + outside,
            yes,
            no,
        })
    }

    proptest! {
        #[test]
        fn the_share_lies_in_its_interval_and_both_between_0_and_1(strata in prop::collection::vec(stratum(), 1..6)) {
            if let Some(ShareEstimate { share, interval }) = estimate_share(&strata, Confidence::default()) {
                prop_assert!(Decimal::ZERO <= interval.low && interval.low <= share);
                prop_assert!(share <= interval.high && interval.high <= Decimal::ONE);
            }
        }

        #[test]
        fn yes_and_no_mirror_each_other(strata in prop::collection::vec(stratum(), 1..6)) {
            let turned: Vec<Stratum> = strata.iter().map(|one| Stratum { yes: one.no, no: one.yes, ..*one }).collect();
            let nearly = Decimal::new(1, 10);
            if let (Some(one), Some(other)) = (estimate_share(&strata, Confidence::default()), estimate_share(&turned, Confidence::default())) {
                prop_assert!((one.share + other.share - Decimal::ONE).abs() < nearly);
                prop_assert!((one.interval.low + other.interval.high - Decimal::ONE).abs() < nearly);
            }
        }
    }
}
