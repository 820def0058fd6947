//! Properties that hold for any population, and the rule once more, word by word, for comparison.

use super::*;
use crate::model::Decimal;
use proptest::prelude::*;
use std::collections::HashMap;

/// The rule, done as a person would with a list and a pencil.
fn by_hand(total: u64, available: &[u64], percent: u32) -> Vec<[u64; 3]> {
    let half_up = |number: Decimal| -> u64 {
        let down = number.floor();
        let up = if number - down >= Decimal::new(5, 1) {
            Decimal::ONE
        } else {
            Decimal::ZERO
        };
        (down + up).try_into().unwrap()
    };
    let buffer = |number: u64| {
        half_up(Decimal::from(number) * Decimal::from(percent) / Decimal::ONE_HUNDRED)
    };
    let population: u64 = available.iter().sum();
    let mut steps = vec![];
    for available in available {
        // A quotient with an endless fraction is never within 1e-20 of a half.
        let share = Decimal::from(total * available) / Decimal::from(population.max(1));
        let initial = half_up(share.round_dp(20)).min(*available);
        let with_buffer = (initial + buffer(initial)).min(*available);
        steps.push([initial, with_buffer, with_buffer]);
    }
    let wanted = total + buffer(total);
    let rising = wanted > steps.iter().map(|step| step[1]).sum();
    let mut order: Vec<usize> = (0..steps.len()).collect();
    order.sort_by_key(|place| steps[*place][1]);
    if !rising {
        // Largest first, but equal ones still in their own order.
        order.sort_by_key(|place| std::cmp::Reverse(steps[*place][1]));
    }
    let mut turn = 0;
    let mut refusals = 0;
    while steps.iter().map(|step| step[2]).sum::<u64>() != wanted && refusals < order.len() {
        let place = order[turn % order.len()];
        turn += 1;
        let number = steps[place][2];
        let next = if rising {
            Some(number + 1)
        } else {
            number.checked_sub(1)
        };
        match next.filter(|next| *next <= available[place]) {
            Some(next) => {
                steps[place][2] = next;
                refusals = 0;
            }
            None => refusals += 1,
        }
    }
    steps
}

fn groups() -> impl Strategy<Value = Vec<u64>> {
    proptest::collection::vec(prop_oneof![0_u64..4, 0_u64..60, 0_u64..700], 0..12)
}

fn buffer(percent: u32) -> Buffer {
    Buffer::of_percent(Decimal::from(percent)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_numbers_are_those_of_the_rule_done_by_hand(total in 0_u64..900, available in groups(), percent in 0_u32..=100) {
        let trails = divide(total, &available, buffer(percent));
        let ours: Vec<[u64; 3]> = trails
            .iter()
            .map(|trail| [trail.initial, trail.with_buffer, trail.after_rounding])
            .collect();
        prop_assert_eq!(ours, by_hand(total, &available, percent));
    }

    #[test]
    fn the_numbers_add_up_and_no_group_gives_more_than_it_has(total in 0_u64..900, available in groups(), percent in 0_u32..=100) {
        let trails = divide(total, &available, buffer(percent));
        let wanted = total + buffer(percent).of(total);
        let sum: u64 = trails.iter().map(|trail| trail.after_rounding).sum();
        prop_assert_eq!(sum, wanted.min(available.iter().sum()));
        for (trail, available) in trails.iter().zip(&available) {
            prop_assert_eq!(trail.available, *available);
            prop_assert!(trail.initial <= trail.with_buffer && trail.with_buffer <= *available);
            prop_assert!(trail.after_rounding <= *available);
        }
    }

    #[test]
    fn a_larger_group_never_starts_with_less(total in 0_u64..900, available in groups(), percent in 0_u32..=100) {
        let trails = divide(total, &available, buffer(percent));
        for one in &trails {
            for other in trails.iter().filter(|other| other.available >= one.available) {
                prop_assert!(other.initial >= one.initial && other.with_buffer >= one.with_buffer);
            }
        }
    }

    #[test]
    fn a_larger_total_never_starts_any_group_with_less(total in 0_u64..900, available in groups(), percent in 0_u32..=100) {
        let less = divide(total, &available, buffer(percent));
        let more = divide(total + 1, &available, buffer(percent));
        for (less, more) in less.iter().zip(&more) {
            prop_assert!(more.initial >= less.initial && more.with_buffer >= less.with_buffer);
        }
    }

    #[test]
    fn a_whole_population_is_divided_exactly(available in groups()) {
        let trails = divide(available.iter().sum(), &available, Buffer::NONE);
        let numbers: Vec<u64> = trails.iter().map(|trail| trail.after_rounding).collect();
        prop_assert_eq!(numbers, available);
    }
}

/// A case's stratum, cluster, unit and officer; officers work in several units.
type Row = (usize, usize, usize, usize);

const CODES: [&str; 5] = ["A", "B", "C", "D", "E"];

fn rows() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec((0_usize..3, 0_usize..2, 0_usize..3, 0_usize..5), 0..150)
}

/// Draws from the rows in the order that is given.
fn draw_rows<'a>(
    rows: &[Row],
    references: &'a [String],
    order: &[usize],
    terms: Terms<'_>,
) -> Drawing<'a> {
    let mut population = Population::new(vec!["one", "two", "three"], 3);
    for place in order {
        let (stratum, cluster, unit, officer) = rows[*place];
        population.add(
            stratum,
            &references[*place],
            &[CODES[cluster], CODES[unit], CODES[officer]],
        );
    }
    draw(&population, terms)
}

/// Checks that each group's number after the limit is the sum of its parts'.
fn sums_hold(group: &Group<'_>) -> bool {
    let sum: u64 = group.parts.iter().map(|part| part.trail.after_limit).sum();
    let rounded: u64 = group
        .parts
        .iter()
        .map(|part| part.trail.after_rounding)
        .sum();
    let available: u64 = group.parts.iter().map(|part| part.trail.available).sum();
    group.trail.after_limit <= group.trail.available
        && (group.parts.is_empty()
            || (sum, rounded, available)
                == (
                    group.trail.after_limit,
                    group.trail.after_rounding,
                    group.trail.available,
                ))
        && group.parts.iter().all(sums_hold)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_draw_keeps_its_numbers_its_limit_and_its_choice_in_any_order_of_rows(
        (rows, order) in rows().prop_flat_map(|rows| {
            let order: Vec<usize> = (0..rows.len()).collect();
            (Just(rows), Just(order).prop_shuffle())
        }),
        size in 0_u64..120,
        percent in 0_u32..=50,
        cap in prop_oneof![Just(None), (0_u64..8).prop_map(Some)],
    ) {
        let references: Vec<String> = (0..rows.len()).map(|place| format!("C{place}")).collect();
        let terms = Terms { size, buffer: buffer(percent), officer_cap: cap, seed: "any" };
        let sorted: Vec<usize> = (0..rows.len()).collect();
        let drawing = draw_rows(&rows, &references, &sorted, terms);
        prop_assert_eq!(&drawing, &draw_rows(&rows, &references, &order, terms));

        let drawn: Vec<&Choice<'_>> = drawing.selected.iter().chain(&drawing.reserves).collect();
        let count = u64::try_from(drawn.len()).unwrap();
        prop_assert_eq!(count, drawing.wanted - drawing.short_of_cases() - drawing.short_of_officers());
        prop_assert_eq!(u64::try_from(drawing.selected.len()).unwrap(), size.min(count));
        prop_assert!(drawing.strata.iter().all(sums_hold));
        if cap.is_none() {
            prop_assert_eq!(drawing.short_of_officers(), 0);
        }

        let mut of_officer: HashMap<usize, u64> = HashMap::new();
        let mut of_stratum = [0_u64; 3];
        let mut seen = std::collections::HashSet::new();
        for choice in drawn {
            let place = references.iter().position(|reference| reference == choice.reference).unwrap();
            let (stratum, _, _, officer) = rows[place];
            prop_assert_eq!(stratum, choice.stratum);
            prop_assert!(seen.insert(place));
            *of_officer.entry(officer).or_default() += 1;
            of_stratum[stratum] += 1;
        }
        let given: Vec<u64> = drawing.strata.iter().map(|group| group.trail.after_limit).collect();
        prop_assert_eq!(given, of_stratum.to_vec());
        if let Some(cap) = cap {
            prop_assert!(of_officer.values().all(|number| *number <= cap));
        }
    }

    #[test]
    fn a_larger_sample_of_one_group_holds_the_smaller(count in 1_usize..80, size in 0_u64..60) {
        let references: Vec<String> = (0..count).map(|place| format!("C{place}")).collect();
        let draw_so_many = |size| {
            let mut population = Population::new(vec!["all"], 0);
            references.iter().for_each(|reference| population.add(0, reference, &[]));
            draw(&population, Terms { size, buffer: Buffer::NONE, officer_cap: None, seed: "any" }).selected
        };
        let (less, more) = (draw_so_many(size), draw_so_many(size + 1));
        prop_assert_eq!(&more[..less.len()], &less[..]);
    }
}
