//! In which order standards are rated: those that another sums up come before it.
//!
//! Must not rate anything.

use crate::framework::Framework;

/// Places of the standards.
pub(super) struct Order {
    /// In an order in which each comes after those that it sums up, else as they stand.
    pub(super) sound: Vec<usize>,
    /// Those that sum up themselves, directly or by way of others, or rest on such.
    pub(super) circular: Vec<usize>,
}

/// Orders the standards of a framework. A standard that does not exist is passed over.
pub(super) fn order_standards(framework: &Framework) -> Order {
    let standards = &framework.standards;
    let mut wholes: Vec<Vec<usize>> = vec![Vec::new(); standards.len()];
    let mut waits_for: Vec<usize> = vec![0; standards.len()];
    for (whole, (standard, waits)) in standards.iter().zip(&mut waits_for).enumerate() {
        for part in &standard.sums_up {
            if let Some(known) = wholes.get_mut(*part) {
                known.push(whole);
                *waits += 1;
            }
        }
    }
    let is_ready = |place: &usize| waits_for.get(*place) == Some(&0);
    let mut sound: Vec<usize> = (0..standards.len()).filter(is_ready).collect();
    let mut next = 0;
    while let Some(part) = sound.get(next) {
        for whole in wholes.get(*part).into_iter().flatten() {
            if let Some(waits) = waits_for.get_mut(*whole) {
                *waits -= 1;
                if *waits == 0 {
                    sound.push(*whole);
                }
            }
        }
        next += 1;
    }
    let circular = (0..standards.len()).filter(|place| waits_for.get(*place) != Some(&0));
    Order {
        circular: circular.collect(),
        sound,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Builder;
    use super::*;

    fn order(sums: &[(usize, &[usize])]) -> (Vec<usize>, Vec<usize>) {
        let mut builder = Builder::new();
        for number in ["1", "2", "3", "4"] {
            builder = builder.rated(number, "?");
        }
        for (place, parts) in sums {
            builder.framework.standards[*place].sums_up = parts.to_vec();
        }
        let order = order_standards(&builder.framework);
        (order.sound, order.circular)
    }

    #[test]
    fn what_is_summed_up_comes_first() {
        assert_eq!(order(&[]), (vec![0, 1, 2, 3], vec![]));
        assert_eq!(
            order(&[(0, &[1, 3]), (1, &[2])]),
            (vec![2, 3, 1, 0], vec![])
        );
        assert_eq!(order(&[(0, &[9])]), (vec![0, 1, 2, 3], vec![]));
    }

    #[test]
    fn a_circle_is_found_and_not_walked() {
        assert_eq!(order(&[(1, &[1])]), (vec![0, 2, 3], vec![1]));
        assert_eq!(
            order(&[(0, &[1]), (1, &[2]), (2, &[1])]),
            (vec![3], vec![0, 1, 2])
        );
    }

    #[test]
    fn a_long_chain_is_ordered_and_walked_without_end_of_stack_or_patience() {
        const LENGTH: usize = 20_000;
        let mut framework = Builder::new().rated("1", "?").framework;
        let one = framework.standards[0].clone();
        framework.standards = (1..=LENGTH)
            .map(|next| crate::framework::Standard {
                sums_up: vec![next],
                ..one.clone()
            })
            .collect();
        let order = order_standards(&framework);
        assert_eq!((order.sound.len(), order.sound[0]), (LENGTH, LENGTH - 1));
        assert_eq!(framework.below([0]).standards.len(), LENGTH);
    }
}
