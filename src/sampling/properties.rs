//! Properties that hold for any population, and its numbers beside those of the rule done by hand.

use super::by_hand::{by_hand, draw_by_hand};
use super::*;
use crate::model::Decimal;
use proptest::prelude::*;
use std::collections::HashMap;

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

/// Rows of populations that are rarely seen: strata without a case, one officer for all, one case a unit, one stratum with nearly all.
fn odd_rows() -> impl Strategy<Value = Vec<Row>> {
    let of = |strata: usize, clusters: usize, units: usize, officers: usize, most: usize| {
        let row = (0..strata, 0..clusters, 0..units, 0..officers);
        proptest::collection::vec(row, 0..most)
    };
    let mostly_first = prop_oneof![20 => Just(0_usize), 1 => Just(1), 1 => Just(2)];
    let row = (mostly_first, 0_usize..2, 0_usize..3, 0_usize..5);
    prop_oneof![
        of(3, 2, 3, 5, 250),
        of(1, 1, 1, 1, 40),
        of(2, 2, 3, 1, 60),
        of(3, 1, 1, 2, 60),
        of(2, 2, 5, 5, 8),
        proptest::collection::vec(row, 0..250),
    ]
}

/// Every group of a draw with its path and its numbers: available, initial, with buffer, after rounding, after the limit.
fn lines(drawing: &Drawing<'_>) -> Vec<(String, [u64; 5])> {
    fn add(path: &str, group: &Group<'_>, lines: &mut Vec<(String, [u64; 5])>) {
        let trail = group.trail;
        let numbers = [
            trail.available,
            trail.initial,
            trail.with_buffer,
            trail.after_rounding,
            trail.after_limit,
        ];
        lines.push((path.to_owned(), numbers));
        for part in &group.parts {
            add(&format!("{path}/{}", part.code), part, lines);
        }
    }
    let mut lines = Vec::new();
    for (place, stratum) in drawing.strata.iter().enumerate() {
        add(&place.to_string(), stratum, &mut lines);
    }
    lines
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
    fn every_number_of_a_draw_is_that_of_the_rule_done_by_hand(
        rows in odd_rows(),
        size in prop_oneof![0_u64..6, 0_u64..60, 0_u64..400],
        percent in prop_oneof![Just(20_u32), 0_u32..=100],
        cap in prop_oneof![Just(None), Just(Some(6)), (0_u64..4).prop_map(Some)],
    ) {
        let references: Vec<String> = (0..rows.len()).map(|place| format!("C{place}")).collect();
        let terms = Terms { size, buffer: buffer(percent), officer_cap: cap, seed: "any" };
        let order: Vec<usize> = (0..rows.len()).collect();
        let drawing = draw_rows(&rows, &references, &order, terms);
        let coded: Vec<(usize, [&str; 3])> = rows
            .iter()
            .map(|(stratum, cluster, unit, officer)| (*stratum, [CODES[*cluster], CODES[*unit], CODES[*officer]]))
            .collect();
        let by_hand = draw_by_hand(&coded, 3, (size, percent, cap));
        prop_assert_eq!(lines(&drawing), by_hand);
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
