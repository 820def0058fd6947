//! Sizes and margins against the formula in exact decimals, and against tables that another language's decimal module made.

use super::*;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn precision(z: &str, margin: &str) -> Precision {
    Precision::new(decimal(z), decimal(margin)).unwrap()
}

/// A checksum over a whole table, row by row.
fn checksum(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0, |sum, number| (sum * 31 + number) % 1_000_000_007)
}

#[test]
fn sizes_equal_a_table_made_with_sixty_decimals() {
    // Python 3, `decimal`, 60 digits: the sizes of N = 1 to 100,000 as sum and checksum, and some of them.
    let populations = [
        1, 2, 10, 100, 164, 165, 300, 500, 557, 558, 590, 591, 1_000, 5_000, 100_000,
    ];
    for (z, margin, sum, check, sizes) in [
        (
            "1.2816",
            "5",
            16_283_879,
            417_151_358,
            [
                1, 2, 10, 63, 83, 83, 107, 124, 128, 128, 129, 129, 142, 160, 164,
            ],
        ),
        (
            "1.96",
            "5",
            37_647_490,
            548_233_737,
            [
                1, 2, 10, 80, 116, 116, 169, 218, 228, 228, 233, 234, 278, 357, 383,
            ],
        ),
        (
            "1.6449",
            "2.5",
            102_968_233,
            109_235_277,
            [
                1, 2, 10, 92, 143, 144, 236, 343, 368, 369, 383, 383, 521, 890, 1_071,
            ],
        ),
        (
            "2.5758",
            "0.5",
            2_588_649_585,
            516_496_567,
            [
                1, 2, 10, 100, 164, 165, 299, 497, 553, 554, 585, 586, 986, 4_650, 39_886,
            ],
        ),
    ] {
        let size = |population| precision(z, margin).cases_needed(population, 0);
        assert_eq!(populations.map(size), sizes, "{z} {margin}");
        assert_eq!((1..=100_000).map(size).sum::<u64>(), sum, "{z} {margin}");
        assert_eq!(checksum((1..=100_000).map(size)), check, "{z} {margin}");
    }
}

#[test]
fn sizes_equal_the_formula_in_decimals_for_every_population_to_a_hundred_thousand() {
    for (z, margin) in [("1.2816", "5"), ("1.96", "3")] {
        let share = decimal(margin) / Decimal::ONE_HUNDRED;
        let n0 = decimal(z) * decimal(z) / (Decimal::from(4) * share * share);
        for population in 1..=100_000_u64 {
            let n = n0 / (Decimal::ONE + (n0 - Decimal::ONE) / Decimal::from(population));
            // A quotient that is whole comes out with an error in its last decimals.
            let n = n.round_dp(20).ceil();
            let ours = precision(z, margin).cases_needed(population, 0);
            assert_eq!(Decimal::from(ours), n, "{z} {margin} {population}");
        }
    }
}

/// A z in ten-thousandths of each of several confidences.
const CONFIDENCES: [(&str, u128); 5] = [
    ("50", 6_745),
    ("80", 12_816),
    ("90", 16_449),
    ("95", 19_600),
    ("99.9", 32_905),
];

/// n is the least number with n·(1 + (n0 − 1)/N) ≥ n0, n0 = z²·¼/m². Multiplied out with z in ten-thousandths and m in hundredths
/// of a percentage point, which are ten-thousandths too: n·(4m²·(N − 1) + z²) ≥ z²·N, in whole numbers.
#[test]
fn sizes_are_the_least_that_satisfy_the_formula_for_every_population_to_a_hundred_thousand() {
    for (confidence, z) in CONFIDENCES {
        let stated = z_of(decimal(confidence)).unwrap();
        for margin in [50_u128, 125, 250, 300, 500, 1_000, 2_500] {
            let points = Decimal::from_i128_with_scale(margin.try_into().unwrap(), 2);
            let precision = Precision::new(stated, points).unwrap();
            for population in 1..=100_000_u64 {
                let n = u128::from(precision.cases_needed(population, 0));
                let all = u128::from(population);
                let a_case = 4 * margin * margin * (all - 1) + z * z;
                let is_enough = n * a_case >= z * z * all;
                let is_least = (n - 1) * a_case < z * z * all;
                assert!(
                    is_enough && is_least && n <= all,
                    "{confidence} {points} {population}: {n}"
                );
            }
        }
    }
}

/// The margin m in hundredths of a percentage point is that of the formula, rounded half up, when m − ½ ≤ z·½·√((N − n)/(n·(N − 1)))
/// < m + ½. Doubled and squared, with z in ten-thousandths: (2m − 1)²·n·(N − 1) ≤ z²·(N − n) < (2m + 1)²·n·(N − 1).
#[test]
fn margins_are_the_formula_rounded_half_up_for_every_population_to_a_hundred_thousand() {
    for (confidence, z) in CONFIDENCES {
        let stated = z_of(decimal(confidence)).unwrap();
        let needed = Precision::new(stated, decimal("5")).unwrap();
        for population in 2..=100_000_u64 {
            let size = needed.cases_needed(population, 0);
            for cases in [
                1,
                size - 1,
                size,
                size + 1,
                population / 2,
                population - 1,
                population,
            ] {
                if cases == 0 || cases > population {
                    continue;
                }
                let margin = margin_reached(stated, cases, population, 2).unwrap();
                assert_eq!(margin.scale(), 2);
                let m = u128::try_from(margin.mantissa()).unwrap();
                let whole = u128::from(cases) * u128::from(population - 1);
                let square = z * z * u128::from(population - cases);
                let is_low = m == 0 || (2 * m - 1).pow(2) * whole <= square;
                let is_high = square < (2 * m + 1).pow(2) * whole;
                assert!(
                    is_low && is_high,
                    "{confidence}: {cases} of {population}: {margin}"
                );
            }
        }
    }
    assert_eq!(
        margin_reached(decimal("1.2816"), 1, 1, 2),
        Some(decimal("0.00"))
    );
}

#[test]
fn the_published_sample_of_128_fits_its_population() {
    let published = precision("1.2816", "5");
    let fitting = (1..=1_000).filter(|population| published.cases_needed(*population, 0) == 128);
    let fitting: Vec<u64> = fitting.collect();
    assert_eq!((fitting.first(), fitting.last()), (Some(&557), Some(&576)));
}

#[test]
fn a_smallest_size_is_kept_and_never_more_than_there_is() {
    let published = precision("1.2816", "5");
    assert_eq!(published.cases_needed(0, 20), 0);
    assert_eq!(published.cases_needed(12, 20), 12);
    assert_eq!(published.cases_needed(30, 28), 28);
    assert_eq!(published.cases_needed(600, 20), 130);
    assert_eq!(published.cases_needed(u64::MAX, 0), 165);
    assert_eq!(precision("10", "0.000001").cases_needed(7, 0), 7);
    assert_eq!(precision("0.00000001", "100").cases_needed(u64::MAX, 0), 1);
}

#[test]
fn a_size_never_falls_when_the_population_grows() {
    let published = precision("1.2816", "5");
    let sizes = (0..5_000).map(|population| published.cases_needed(population, 0));
    assert!(sizes.is_sorted());
}

#[test]
fn margins_equal_a_table_made_with_sixty_decimals() {
    for (z, cases, population, margins) in [
        ("1.2816", 128, 557, ["5", "5.0", "4.98", "4.975", "4.9752"]),
        ("1.2816", 128, 590, ["5", "5.0", "5.02", "5.016", "5.0163"]),
        (
            "1.2816",
            128,
            600_000,
            ["6", "5.7", "5.66", "5.663", "5.6633"],
        ),
        ("1.96", 1, 2, ["98", "98.0", "98.00", "98.000", "98.0000"]),
        (
            "1.2816",
            1,
            MOST_POPULATION,
            ["64", "64.1", "64.08", "64.080", "64.0800"],
        ),
        ("1.2816", 60, 573, ["8", "7.8", "7.83", "7.834", "7.8344"]),
        (
            "1.2816",
            5,
            10,
            ["21", "21.4", "21.36", "21.360", "21.3600"],
        ),
        ("1.2816", 7, 7, ["0", "0.0", "0.00", "0.000", "0.0000"]),
    ] {
        let margin = |decimals| margin_reached(decimal(z), cases, population, decimals).unwrap();
        let ours = [0, 1, 2, 3, 4].map(|decimals| margin(decimals).to_string());
        assert_eq!(ours, margins, "{cases} of {population}");
    }
    let z = decimal("1.2816");
    let table = (2..=2_000_u64).flat_map(|population| {
        let cases = (1..=population).step_by(7);
        cases.map(move |cases| {
            let margin = margin_reached(z, cases, population, 2).unwrap();
            u64::try_from(margin.mantissa()).unwrap()
        })
    });
    assert_eq!(checksum(table), 312_525_861);
}

#[test]
fn the_needed_cases_reach_their_margin_and_one_fewer_does_not() {
    let (z, margin) = (decimal("1.2816"), decimal("5"));
    for population in 2..3_000 {
        let needed = precision("1.2816", "5").cases_needed(population, 0);
        let reached = |cases| margin_reached(z, cases, population, 4).unwrap();
        assert!(reached(needed) <= margin, "{population}");
        assert!(needed == 1 || reached(needed - 1) >= margin, "{population}");
    }
}

#[test]
fn no_case_or_more_than_there_are_give_no_margin() {
    let z = decimal("1.2816");
    assert_eq!(margin_reached(z, 0, 10, 1), None);
    assert_eq!(margin_reached(z, 0, 0, 1), None);
    assert_eq!(margin_reached(z, 11, 10, 1), None);
    assert_eq!(margin_reached(z, 1, MOST_POPULATION + 1, 1), None);
    assert_eq!(margin_reached(Decimal::ZERO, 1, 10, 1), None);
}

#[test]
fn z_is_that_of_the_normal_distribution_to_four_decimals() {
    for (confidence, z) in [
        ("0.01", "0.0001"),
        ("1", "0.0125"),
        ("50", "0.6745"),
        ("68.27", "1.0000"),
        ("80", "1.2816"),
        ("85", "1.4395"),
        ("90", "1.6449"),
        ("95", "1.9600"),
        ("98", "2.3263"),
        ("99", "2.5758"),
        ("99.5", "2.8070"),
        ("99.9", "3.2905"),
        ("99.99", "3.8906"),
    ] {
        let ours = z_of(decimal(confidence)).unwrap();
        assert_eq!(ours.to_string(), z, "{confidence}");
    }
    // Python 3, `statistics.NormalDist`: every hundredth of a percent.
    let every = (1..10_000).map(|hundredths| z_of(Decimal::new(hundredths, 2)).unwrap());
    let every = every.map(|z| u64::try_from(z.mantissa()).unwrap());
    assert_eq!(checksum(every), 582_341_104);
    for wrong in ["0", "100", "-80", "80.001"] {
        assert_eq!(z_of(decimal(wrong)), None, "{wrong}");
    }
}

#[test]
fn a_precision_has_a_z_and_a_margin_of_a_usual_size() {
    for (z, margin) in [
        ("0", "5"),
        ("-1.2816", "5"),
        ("10.1", "5"),
        ("1.281551566", "5"),
        ("1.2816", "0"),
        ("1.2816", "100.5"),
        ("1.2816", "0.0000005"),
    ] {
        let precision = Precision::new(decimal(z), decimal(margin));
        assert_eq!(precision, None, "{z} {margin}");
    }
}
