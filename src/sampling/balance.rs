//! Gives cases to assessors: as evenly as may be, each unit spread over them, never a case to one with an interest in it.
//!
//! Must not know names, or how an interest came to be known.

use std::collections::{HashMap, VecDeque};

/// Somebody who can be given cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Assessor {
    /// How many cases they have already.
    pub load: u64,
}

/// A case that is to be given to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting<'a> {
    /// Its reference.
    pub reference: &'a str,
    /// The unit that it comes from; empty where it is not known.
    pub unit: &'a str,
    /// The places of the assessors who have an interest in it.
    pub interested: Vec<usize>,
}

/// Who gets each case, as a place among the assessors, in the order of the cases; `None` where everybody has an interest in
/// it, or there is nobody.
///
/// The cases that fewest may take are given first, then by unit and reference. Each goes to the assessor with the smallest
/// load who may take it; of those, to the one with the fewest of these cases from its unit; of those, to the first. Then cases
/// move from a larger load to one that is smaller by two or more, directly or handed on by others in between, as long as that
/// is possible: then no other way of giving these cases makes the loads more even. The order of the cases makes no difference to
/// who gets which.
#[must_use]
pub fn balance(cases: &[Waiting<'_>], assessors: &[Assessor]) -> Vec<Option<usize>> {
    let may_take = |case: &Waiting<'_>, assessor: usize| !case.interested.contains(&assessor);
    let takers = |case: &Waiting<'_>| {
        let places = 0..assessors.len();
        places.filter(|place| may_take(case, *place)).count()
    };
    let mut order: Vec<usize> = (0..cases.len()).collect();
    order.sort_by_cached_key(|place| {
        let case = &cases[*place];
        (takers(case), case.unit, case.reference)
    });
    let mut loads: Vec<u64> = assessors.iter().map(|assessor| assessor.load).collect();
    let mut of_unit: HashMap<(usize, &str), u64> = HashMap::new();
    let mut given = vec![None; cases.len()];
    for place in &order {
        let case = &cases[*place];
        let able = (0..assessors.len()).filter(|assessor| may_take(case, *assessor));
        let taker = able.min_by_key(|assessor| {
            let from_unit = of_unit.get(&(*assessor, case.unit));
            (loads[*assessor], from_unit.copied().unwrap_or(0))
        });
        if let Some(taker) = taker {
            loads[taker] += 1;
            *of_unit.entry((taker, case.unit)).or_default() += 1;
            given[*place] = Some(taker);
        }
    }
    // Each chain of moves makes the sum of the squares of the loads smaller, so this ends.
    while let Some(moves) = find_moves(&order, &given, &loads, |place, to| {
        may_take(&cases[place], to)
    }) {
        for (place, to) in moves {
            if let Some(from) = given[place].replace(to) {
                loads[from] -= 1;
                loads[to] += 1;
            }
        }
    }
    given
}

/// Cases that move, each with who gets it then, so that one load becomes smaller by one and another, which was smaller by two or
/// more, larger by one: the fewest moves from the largest load from which that is possible.
fn find_moves(
    order: &[usize],
    given: &[Option<usize>],
    loads: &[u64],
    may_take: impl Fn(usize, usize) -> bool,
) -> Option<Vec<(usize, usize)>> {
    let mut from: Vec<usize> = (0..loads.len()).collect();
    from.sort_by_key(|assessor| std::cmp::Reverse(loads[*assessor]));
    from.iter().find_map(|first| {
        // The case that comes to each assessor who can be reached, and from whom.
        let mut reached: Vec<Option<(usize, usize)>> = vec![None; loads.len()];
        let mut waiting = VecDeque::from([*first]);
        while let Some(giver) = waiting.pop_front() {
            let theirs = order.iter().filter(|place| given[**place] == Some(giver));
            for place in theirs {
                for taker in 0..loads.len() {
                    if taker == *first || reached[taker].is_some() || !may_take(*place, taker) {
                        continue;
                    }
                    reached[taker] = Some((*place, giver));
                    if loads[taker] + 2 <= loads[*first] {
                        return Some(trace(&reached, taker));
                    }
                    waiting.push_back(taker);
                }
            }
        }
        None
    })
}

/// The moves by which a case comes to the last taker.
fn trace(reached: &[Option<(usize, usize)>], last: usize) -> Vec<(usize, usize)> {
    let (mut moves, mut taker) = (Vec::new(), last);
    while let Some((place, giver)) = reached[taker] {
        moves.push((place, taker));
        taker = giver;
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn waiting<'a>(reference: &'a str, unit: &'a str, interested: &[usize]) -> Waiting<'a> {
        Waiting {
            reference,
            unit,
            interested: interested.to_vec(),
        }
    }

    fn with_loads(loads: &[u64]) -> Vec<Assessor> {
        loads.iter().map(|load| Assessor { load: *load }).collect()
    }

    #[test]
    fn each_unit_is_spread_over_the_assessors() {
        let cases = ["1", "2", "3", "4", "5", "6"]
            .map(|reference| waiting(reference, if reference < "4" { "N" } else { "S" }, &[]));
        // N: 1, 2 and 3 go round; S: the same. Everybody has one of each.
        let given = balance(&cases, &with_loads(&[0, 0, 0]));
        assert_eq!(given, [0, 1, 2, 0, 1, 2].map(Some));
    }

    #[test]
    fn who_has_cases_already_gets_fewer() {
        let cases = ["1", "2", "3"].map(|reference| waiting(reference, "N", &[]));
        let given = balance(&cases, &with_loads(&[2, 0]));
        assert_eq!(given, [Some(1), Some(1), Some(0)]);
    }

    #[test]
    fn nobody_gets_a_case_in_which_they_have_an_interest() {
        let cases = [
            waiting("1", "N", &[0]),
            waiting("2", "N", &[0, 1]),
            waiting("3", "N", &[]),
        ];
        assert_eq!(
            balance(&cases, &with_loads(&[0, 5])),
            [Some(1), None, Some(0)]
        );
        assert_eq!(balance(&cases, &[]), [None, None, None]);
        assert_eq!(balance(&[], &with_loads(&[0])), []);
    }

    #[test]
    fn a_case_is_handed_on_where_no_single_move_helps() {
        // The third cannot take what the first has; the second can, and has something for the third.
        let cases = [
            waiting("1", "N", &[2]),
            waiting("2", "N", &[2]),
            waiting("3", "N", &[2]),
            waiting("4", "N", &[2]),
            waiting("5", "N", &[0]),
        ];
        let given = balance(&cases, &with_loads(&[0, 0, 1]));
        let of = |assessor| {
            given
                .iter()
                .filter(|taker| **taker == Some(assessor))
                .count()
        };
        assert_eq!([of(0), of(1), of(2)], [2, 2, 1]);
        // 1 and 2 only the first two may take; 3 and 4 the last two.
        let cases = [
            waiting("1", "A", &[2]),
            waiting("2", "A", &[2]),
            waiting("3", "B", &[0]),
            waiting("4", "B", &[0]),
        ];
        let given = balance(&cases, &with_loads(&[2, 0, 0]));
        let of = |assessor| {
            given
                .iter()
                .filter(|taker| **taker == Some(assessor))
                .count()
        };
        assert_eq!([2 + of(0), of(1), of(2)], [2, 2, 2]);
    }

    /// The smallest sum of the squares of the loads, by trying everything.
    fn smallest(cases: &[Waiting<'_>], loads: &mut Vec<u64>) -> u64 {
        let Some((case, rest)) = cases.split_first() else {
            return loads.iter().map(|load| load * load).sum();
        };
        let able: Vec<usize> = (0..loads.len())
            .filter(|place| !case.interested.contains(place))
            .collect();
        let sums = able.iter().map(|place| {
            loads[*place] += 1;
            let sum = smallest(rest, loads);
            loads[*place] -= 1;
            sum
        });
        let least: Option<u64> = sums.collect::<Vec<u64>>().into_iter().min();
        least.unwrap_or_else(|| smallest(rest, loads))
    }

    proptest! {
        #[test]
        fn no_other_way_of_giving_makes_the_loads_more_even(
            loads in proptest::collection::vec(0_u64..5, 1..5),
            barred in proptest::collection::vec(proptest::collection::vec(0_usize..4, 0..4), 0..6),
        ) {
            let references: Vec<String> = (0..barred.len()).map(|place| format!("C{place}")).collect();
            let cases: Vec<Waiting<'_>> = references.iter().zip(&barred).map(|(reference, barred)| waiting(reference, "", barred)).collect();
            let mut after = loads.clone();
            for taker in balance(&cases, &with_loads(&loads)).into_iter().flatten() {
                after[taker] += 1;
            }
            let sum: u64 = after.iter().map(|load| load * load).sum();
            prop_assert_eq!(sum, smallest(&cases, &mut loads.clone()));
        }

        #[test]
        fn the_loads_are_as_even_as_moving_one_case_can_make_them_in_any_order_of_the_cases(
            loads in proptest::collection::vec(0_u64..6, 1..6),
            cases in proptest::collection::vec((0_usize..4, proptest::collection::vec(0_usize..6, 0..5)), 0..30),
            turn in 0_usize..30,
        ) {
            let references: Vec<String> = (0..cases.len()).map(|place| format!("C{place:02}")).collect();
            let units = ["A", "B", "C", "D"];
            let waiting: Vec<Waiting<'_>> = cases
                .iter()
                .zip(&references)
                .map(|((unit, interested), reference)| waiting(reference, units[*unit], interested))
                .collect();
            let given = balance(&waiting, &with_loads(&loads));
            let mut after = loads.clone();
            for taker in given.iter().flatten() {
                after[*taker] += 1;
            }
            for (case, taker) in waiting.iter().zip(&given) {
                let able: Vec<usize> = (0..loads.len()).filter(|place| !case.interested.contains(place)).collect();
                prop_assert_eq!(taker.is_none(), able.is_empty());
                if let Some(taker) = taker {
                    prop_assert!(able.contains(taker));
                    prop_assert!(able.iter().all(|other| after[*other] + 1 >= after[*taker]));
                }
            }
            let mut turned = waiting.clone();
            let turn = turn % waiting.len().max(1);
            turned.rotate_left(turn);
            let mut given_turned = balance(&turned, &with_loads(&loads));
            given_turned.rotate_right(turn);
            prop_assert_eq!(given, given_turned);
        }
    }
}
