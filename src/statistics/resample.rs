//! Drawing the sample again: how the counts of a sample would come out in other samples of the same population.
//!
//! The population is rebuilt from the sample: each case of a stratum stands for as many as it was drawn for, the rest is filled with
//! further cases of it by lot, and from these as many are drawn as the sample has, without putting back. So nothing varies where a
//! stratum was looked at as a whole, and little where most of it was. Where the population is not known, cases are drawn with
//! putting back. All figures of a case are taken together. Must not know what is counted, or what follows from the counts.
//!
//! Source: J. G. Booth, R. W. Butler and P. Hall, "Bootstrap Methods for Finite Populations" (1994), in each stratum.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// How many cases a stratum has, and what they count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseTable {
    /// Cases from which the stratum was drawn; `None` where nobody knows.
    pub population: Option<u64>,
    /// A row for each case: what it adds to each count.
    pub rows: Vec<Vec<u32>>,
}

/// Draws the sample again and again.
pub struct Resampler {
    lots: ChaCha8Rng,
    /// Counts of each case, one row after the other.
    cells: Vec<u32>,
    width: usize,
    strata: Vec<Stratum>,
    counts: Vec<u32>,
}

/// One stratum.
struct Stratum {
    /// Places of its cases.
    first: u32,
    cases: u32,
    /// The cases of the rebuilt population: each as often as it surely is in it, and then the rest, which lots fill in each draw.
    population: Vec<u32>,
    rest: usize,
    /// Places of the rebuilt population, and of the cases, in the order in which the lots have left them.
    order: Vec<u32>,
    order_of_cases: Vec<u32>,
}

impl Resampler {
    /// Takes the strata of a sample. The same seed and stream give the same draws, different streams independent ones; all rows have
    /// as many counts as the first.
    #[must_use]
    pub fn new(seed: u64, stream: u64, tables: &[CaseTable]) -> Resampler {
        let mut bytes = [0; 32];
        bytes
            .iter_mut()
            .zip(seed.to_le_bytes())
            .for_each(|(byte, of_seed)| *byte = of_seed);
        let mut lots = ChaCha8Rng::from_seed(bytes);
        lots.set_stream(stream);
        let rows = || tables.iter().flat_map(|table| &table.rows);
        let width = rows().next().map_or(0, Vec::len);
        let mut first = 0;
        let strata = tables.iter().map(|table| {
            let stratum = Stratum::new(first, table);
            first += stratum.cases;
            stratum
        });
        Resampler {
            lots,
            strata: strata.collect(),
            cells: rows().flatten().copied().collect(),
            width,
            counts: vec![0; width],
        }
    }

    /// Draws the sample once more and counts it.
    pub fn draw(&mut self) -> &[u32] {
        self.counts.fill(0);
        let Resampler {
            lots,
            cells,
            width,
            strata,
            counts,
        } = self;
        for stratum in strata {
            stratum.draw(lots, |case| {
                let start = case as usize * *width;
                let row = cells.get(start..start + *width).unwrap_or_default();
                for (count, more) in counts.iter_mut().zip(row) {
                    *count += more;
                }
            });
        }
        &self.counts
    }
}

impl Stratum {
    fn new(first: u32, table: &CaseTable) -> Stratum {
        let cases = table.rows.len() as u32;
        let population = table.population.map(|population| population as usize);
        let population = population.map(|population| population.max(table.rows.len()));
        let rebuilt: Vec<u32> = match population {
            None => Vec::new(),
            Some(population) => (0..cases).cycle().take(population).collect(),
        };
        Stratum {
            first,
            cases,
            rest: rebuilt.len().checked_rem(table.rows.len()).unwrap_or(0),
            order: (0..rebuilt.len() as u32).collect(),
            order_of_cases: (0..cases).collect(),
            population: rebuilt,
        }
    }

    /// Calls with the place of each case that is drawn, as often as it is.
    fn draw(&mut self, lots: &mut ChaCha8Rng, mut take: impl FnMut(u32)) {
        let (first, cases) = (self.first, self.cases);
        if self.population.is_empty() {
            (0..cases).for_each(|_| take(first + below(lots, cases)));
            return;
        }
        if self.population.len() == cases as usize {
            (0..cases).for_each(|case| take(first + case));
            return;
        }
        shuffle_front(lots, &mut self.order_of_cases, self.rest);
        let filled = self.population.iter_mut().rev();
        for (slot, case) in filled.zip(self.order_of_cases.iter().take(self.rest)) {
            *slot = *case;
        }
        shuffle_front(lots, &mut self.order, cases as usize);
        for place in self.order.iter().take(cases as usize) {
            take(first + self.population.get(*place as usize).copied().unwrap_or(0));
        }
    }
}

/// Brings so many places, chosen by lot, to the front.
fn shuffle_front(lots: &mut ChaCha8Rng, places: &mut [u32], count: usize) {
    let all = places.len();
    for at in 0..count.min(all) {
        let other = at + below(lots, (all - at) as u32) as usize;
        places.swap(at, other);
    }
}

/// A whole number below `end`, each with the same chance. Source: D. Lemire, "Fast Random Integer Generation in an Interval" (2019).
fn below(lots: &mut ChaCha8Rng, end: u32) -> u32 {
    loop {
        let product = u64::from(lots.next_u32()) * u64::from(end);
        let low = product as u32;
        // Where the lowest numbers would come once too often.
        if low >= end || low >= end.wrapping_neg() % end.max(1) {
            return (product >> 32) as u32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWS: u32 = 20_000;

    /// Cases that count themselves, so that counts say how often each was drawn.
    fn table(cases: usize, population: Option<u64>) -> CaseTable {
        let row = |case: usize| (0..cases).map(|other| u32::from(other == case)).collect();
        CaseTable {
            population,
            rows: (0..cases).map(row).collect(),
        }
    }

    /// Mean and variance of how often the first case is drawn.
    fn moments(cases: usize, population: Option<u64>) -> (f64, f64) {
        let mut resampler = Resampler::new(1, 0, &[table(cases, population)]);
        let (mut sum, mut squares) = (0, 0);
        for _ in 0..DRAWS {
            let counts = resampler.draw();
            assert_eq!(counts.iter().sum::<u32>() as usize, cases);
            let times = u64::from(counts[0]);
            sum += times;
            squares += times * times;
        }
        let mean = sum as f64 / f64::from(DRAWS);
        (mean, squares as f64 / f64::from(DRAWS) - mean * mean)
    }

    #[test]
    fn each_case_is_drawn_once_on_average_and_the_less_often_twice_the_more_of_the_population_was_seen()
     {
        // Of a population of k times n cases, the times that one case is drawn are hypergeometric: n draws of k among kn.
        for (cases, population, variance) in [
            (20, None, 19.0 / 20.0),
            (20, Some(40), 19.0 / 39.0),
            (20, Some(100), 4.0 / 5.0 * 19.0 * 100.0 / (20.0 * 99.0)),
            (
                20,
                Some(2_000),
                99.0 / 100.0 * 19.0 * 2_000.0 / (20.0 * 1_999.0),
            ),
        ] {
            let (mean, given) = moments(cases, population);
            assert!((mean - 1.0).abs() < 0.03, "{population:?}: {mean}");
            assert!(
                (given - variance).abs() < 0.04,
                "{population:?}: {given} is not {variance}"
            );
        }
        let (_, between) = moments(20, Some(50));
        let (_, nearly_all) = moments(20, Some(21));
        assert!(between > 19.0 / 39.0 && between < 0.81, "{between}");
        assert!(nearly_all < 0.15, "{nearly_all}");
    }

    #[test]
    fn nothing_varies_where_all_cases_were_looked_at() {
        for population in [Some(20), Some(3)] {
            assert_eq!(moments(20, population), (1.0, 0.0));
        }
        assert_eq!(
            moments(1, Some(9)),
            (1.0, 0.0),
            "a single case stands for all of its stratum"
        );
    }

    #[test]
    fn the_counts_of_a_case_are_taken_together_and_strata_keep_their_sizes() {
        let rows = |count: usize, row: [u32; 3]| vec![row.to_vec(); count];
        let mixed = [rows(6, [1, 0, 1]), rows(4, [0, 1, 0])].concat();
        let tables = [
            CaseTable {
                population: Some(35),
                rows: mixed,
            },
            CaseTable {
                population: None,
                rows: rows(5, [0, 0, 1]),
            },
            CaseTable::default(),
        ];
        let mut resampler = Resampler::new(7, 1, &tables);
        for _ in 0..200 {
            let counts = resampler.draw();
            assert_eq!(counts[0] + counts[1], 10);
            assert_eq!(counts[2], counts[0] + 5);
        }
        assert!(Resampler::new(7, 1, &[]).draw().is_empty());
    }

    #[test]
    fn a_seed_gives_the_same_draws_and_each_stream_others() {
        let draws = |seed, stream| {
            let mut resampler = Resampler::new(seed, stream, &[table(30, Some(70))]);
            (0..5)
                .map(|_| resampler.draw().to_vec())
                .collect::<Vec<_>>()
        };
        assert_eq!(draws(1, 0), draws(1, 0));
        assert_ne!(draws(1, 0), draws(2, 0));
        assert_ne!(draws(1, 0), draws(1, 1));
    }

    #[test]
    fn every_number_below_a_bound_comes_equally_often() {
        let mut lots = ChaCha8Rng::from_seed([0; 32]);
        assert_eq!(below(&mut lots, 1), 0);
        let mut counts = [0_u32; 7];
        (0..70_000).for_each(|_| counts[below(&mut lots, 7) as usize] += 1);
        assert!(
            counts.iter().all(|count| count.abs_diff(10_000) < 400),
            "{counts:?}"
        );
    }
}
