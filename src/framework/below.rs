//! What lies below standards: those that they sum up, those that these sum up, and the measures of all of them.
//!
//! Must not know how any of it is rated (`rating`).

use super::Framework;

/// Standards and the measures below them, as places in the framework, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Below {
    /// The standards that it was asked of, each followed by those that it sums up.
    pub standards: Vec<usize>,
    /// The measures of these standards, in their order.
    pub measures: Vec<usize>,
}

impl Framework {
    /// What lies below the standards at these places, with themselves; nothing for a place that does not exist. A standard that
    /// was met already is passed over, so that no circle is walked, and what is still to be looked at is kept in a list, so that
    /// no depth exhausts the stack.
    #[must_use]
    pub fn below(&self, places: impl IntoIterator<Item = usize>) -> Below {
        let mut below = Below::default();
        let mut is_met = vec![false; self.standards.len()];
        let mut is_listed = vec![false; self.measures.len()];
        let mut waiting: Vec<usize> = places.into_iter().collect();
        waiting.reverse();
        while let Some(place) = waiting.pop() {
            if !take(&mut is_met, place) {
                continue;
            }
            let Some(standard) = self.standards.get(place) else {
                continue;
            };
            below.standards.push(place);
            let measures = standard.measures.iter().copied();
            below
                .measures
                .extend(measures.filter(|measure| take(&mut is_listed, *measure)));
            waiting.extend(standard.sums_up.iter().rev());
        }
        below
    }

    /// What lies below the standards that count towards the overall rating.
    #[must_use]
    pub fn below_whole(&self) -> Below {
        let standards = self.standards.iter().enumerate();
        let counted = standards.filter(|(_, standard)| standard.counted);
        self.below(counted.map(|(place, _)| place))
    }
}

/// Whether a place exists and was not taken yet.
fn take(is_taken: &mut [bool], place: usize) -> bool {
    is_taken
        .get_mut(place)
        .is_some_and(|taken| !std::mem::replace(taken, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"id = "f"
title = "F"
edition = "1"
source = "S"
[[measure]]
id = "M1"
title = "One"
[[measure]]
id = "M2"
title = "Two"
[[standard]]
number = "1"
title = "First"
rule = "none"
measures = ["M1", "M2"]
"#;

    /// Standards that sum up these, and have these measures, of two.
    fn framework(standards: &[(&[usize], &[usize])]) -> Framework {
        let mut framework = Framework::parse(TEXT, "f").unwrap();
        let one = framework.standards[0].clone();
        framework.standards = standards
            .iter()
            .map(|(sums_up, measures)| super::super::Standard {
                sums_up: sums_up.to_vec(),
                measures: measures.to_vec(),
                ..one.clone()
            })
            .collect();
        framework
    }

    #[test]
    fn what_is_summed_up_follows_its_sum_and_each_stands_once() {
        let framework = framework(&[(&[2, 1], &[1]), (&[2], &[0, 1]), (&[], &[1])]);
        let below = framework.below([0]);
        assert_eq!(
            (below.standards, below.measures),
            (vec![0, 2, 1], vec![1, 0])
        );
        assert_eq!(framework.below([2, 9, 2]).standards, [2]);
        assert_eq!(framework.below([]), Below::default());
    }

    #[test]
    fn only_what_counts_or_is_summed_up_by_it_lies_below_the_whole() {
        let mut framework = framework(&[(&[1], &[]), (&[], &[0]), (&[], &[1])]);
        for standard in &mut framework.standards[1..] {
            standard.counted = false;
        }
        let below = framework.below_whole();
        assert_eq!((below.standards, below.measures), (vec![0, 1], vec![0]));
    }

    #[test]
    fn a_circle_is_not_walked() {
        let framework = framework(&[(&[1], &[]), (&[0], &[])]);
        assert_eq!(framework.below([1]).standards, [1, 0]);
    }
}
