//! Whole draws by examples worked by hand, and keys that any program for hashes prints.

use super::*;
use crate::model::Decimal;

fn terms(size: u64, percent: i64) -> Terms<'static> {
    Terms {
        size,
        buffer: Buffer::of_percent(Decimal::from(percent)).unwrap(),
        officer_cap: None,
        seed: "2018-10",
    }
}

/// A population without strata: how many cases each group has, by its codes.
fn population<'a>(references: &'a [String], groups: &[(&[&'a str], usize)]) -> Population<'a> {
    let levels = groups.first().map_or(0, |(codes, _)| codes.len());
    let mut population = Population::new(vec!["all"], levels);
    let codes = groups
        .iter()
        .flat_map(|(codes, count)| std::iter::repeat_n(*codes, *count));
    for (reference, codes) in references.iter().zip(codes) {
        population.add(0, reference, codes);
    }
    population
}

fn references(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("C{number:03}")).collect()
}

/// Every group below the strata with its numbers: initial, after rounding, after the limit.
fn flatten(groups: &[Group<'_>]) -> Vec<(String, [u64; 3])> {
    groups
        .iter()
        .flat_map(|group| {
            let trail = group.trail;
            let numbers = [trail.initial, trail.after_rounding, trail.after_limit];
            let own = (group.code.to_owned(), numbers);
            std::iter::once(own).chain(flatten(&group.parts))
        })
        .collect()
}

#[test]
fn a_key_is_what_a_program_for_hashes_prints() {
    // printf %s '2018-10|female|CS-001' | sha256sum
    assert_eq!(
        draw_key("2018-10", "female", "CS-001"),
        "834cf1976ec28cafaaaeefe899d1f3b6b2451e9090496674d6b09d79a144f093"
    );
    // printf %s '7|all|Ü' | sha256sum, in UTF-8
    assert_eq!(
        draw_key("7", "all", "Ü"),
        "243a6e884018f216911674e8ae30b71b8999dbf479f03f5091dcebbb62aa27f6"
    );
}

#[test]
fn the_first_cases_in_the_order_of_their_keys_are_drawn() {
    // for r in C001 C002 … C008; do printf %s "2018-10|all|$r" | sha256sum; done | sort
    let in_order = [
        "C005", "C001", "C002", "C007", "C006", "C008", "C003", "C004",
    ];
    let references = references(8);
    let drawing = draw(&population(&references, &[(&[], 8)]), terms(5, 20));
    let drawn = |choices: &[Choice<'_>]| -> Vec<String> {
        choices
            .iter()
            .map(|choice| choice.reference.to_owned())
            .collect()
    };
    assert_eq!(drawn(&drawing.selected), in_order[..5]);
    assert_eq!(drawn(&drawing.reserves), in_order[5..6]);
    assert_eq!(drawing.wanted, 6);
}

#[test]
fn a_stratum_is_divided_over_clusters_units_and_officers() {
    let references = references(40);
    let population = population(
        &references,
        &[
            (&["N", "N1", "a"], 9),
            (&["N", "N1", "b"], 5),
            (&["N", "N2", "c"], 8),
            (&["S", "S1", "d"], 12),
            (&["S", "S1", "e"], 6),
        ],
    );
    let drawing = draw(&population, terms(13, 0));
    // N 22 × 13 / 40 = 7.15, so 7; S 18 × 13 / 40 = 5.85, so 6.
    // N1 14 × 7 / 22 = 4.45, so 4; N2 8 × 7 / 22 = 2.55, so 3. a 9 × 4 / 14 = 2.57, so 3; b 5 × 4 / 14 = 1.43, so 1.
    // d 12 × 6 / 18 = 4; e 2.
    let wanted = [
        ("N", [7, 7, 7]),
        ("N1", [4, 4, 4]),
        ("a", [3, 3, 3]),
        ("b", [1, 1, 1]),
        ("N2", [3, 3, 3]),
        ("c", [3, 3, 3]),
        ("S", [6, 6, 6]),
        ("S1", [6, 6, 6]),
        ("d", [4, 4, 4]),
        ("e", [2, 2, 2]),
    ];
    let wanted = wanted.map(|(code, numbers)| (code.to_owned(), numbers));
    assert_eq!(flatten(&drawing.strata[0].parts), wanted);
    assert_eq!(drawing.selected.len(), 13);
    assert_eq!(drawing.reserves, []);
}

#[test]
fn the_limit_of_officers_holds_over_strata_and_what_cannot_be_placed_is_short() {
    let references = references(44);
    let mut population = Population::new(vec!["men", "women", "nobody"], 2);
    for (place, reference) in references.iter().enumerate() {
        match place {
            0..16 => population.add(0, reference, &["N1", "a"]),
            16..22 => population.add(0, reference, &["N1", "b"]),
            22..36 => population.add(1, reference, &["N1", "a"]),
            36..44 => population.add(1, reference, &["N2", "c"]),
            _ => {}
        }
    }
    population.add(3, "of no stratum", &["N1", "a"]);
    let limited = Terms {
        officer_cap: Some(6),
        ..terms(22, 0)
    };
    let drawing = draw(&population, limited);
    // Men 22 × 22 / 44 = 11: a 16 × 11 / 22 = 8, over by 2; b 3, who takes both.
    let men = flatten(&drawing.strata[..1]);
    let numbers: Vec<[u64; 3]> = men.into_iter().map(|(_, numbers)| numbers).collect();
    assert_eq!(numbers, [[11, 11, 11], [11, 11, 11], [8, 8, 6], [3, 3, 5]]);
    // Women 11: N1 14 × 11 / 22 = 7, all of a, who has none left; N2 4, all of c. Nobody else is in N1: 7 short.
    let women = flatten(&drawing.strata[1..2]);
    let numbers: Vec<[u64; 3]> = women.into_iter().map(|(_, numbers)| numbers).collect();
    assert_eq!(
        numbers,
        [[11, 11, 4], [7, 7, 0], [7, 7, 0], [4, 4, 4], [4, 4, 4]]
    );
    assert_eq!(
        drawing.strata[2],
        Group {
            code: "nobody",
            trail: Trail::default(),
            parts: vec![]
        }
    );
    assert_eq!(
        (drawing.short_of_cases(), drawing.short_of_officers()),
        (0, 7)
    );
    assert_eq!(drawing.selected.len(), 15);
}

#[test]
fn a_population_that_does_not_suffice_is_drawn_whole_and_short() {
    let references = references(5);
    let drawing = draw(
        &population(&references, &[(&["N"], 2), (&["S"], 3)]),
        terms(5, 20),
    );
    assert_eq!((drawing.wanted, drawing.short_of_cases()), (6, 1));
    assert_eq!((drawing.selected.len(), drawing.reserves.len()), (5, 0));
    let nobody = draw(&Population::new(vec!["all"], 2), terms(5, 20));
    assert_eq!(
        (nobody.short_of_cases(), nobody.short_of_officers()),
        (6, 0)
    );
    assert_eq!(draw(&Population::new(vec![], 0), terms(5, 20)).strata, []);
}

#[test]
fn a_group_that_is_not_known_is_a_group_of_its_own() {
    let references = references(4);
    let mut population = Population::new(vec!["all"], 2);
    for reference in &references {
        population.add(0, reference, &["N"]);
    }
    let drawing = draw(&population, terms(2, 0));
    let codes: Vec<String> = flatten(&drawing.strata)
        .into_iter()
        .map(|(code, _)| code)
        .collect();
    assert_eq!(codes, ["all", "N", ""]);
}
