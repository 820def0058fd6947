//! The proportional rule by examples worked by hand.

use super::*;

fn buffer(percent: i64) -> Buffer {
    Buffer::of_percent(Decimal::from(percent)).unwrap()
}

/// Initial, with buffer and after rounding, of each group.
fn steps(total: u64, available: &[u64], percent: i64) -> Vec<[u64; 3]> {
    let trails = divide(total, available, buffer(percent));
    assert!(
        trails
            .iter()
            .all(|trail| trail.after_limit == trail.after_rounding)
    );
    let trails = trails.iter();
    trails
        .map(|trail| [trail.initial, trail.with_buffer, trail.after_rounding])
        .collect()
}

#[test]
fn five_strata_with_a_buffer_exceed_the_total_and_the_largest_gives_one() {
    // 573 cases, 128 wanted, 20% on top: 25.6, so 26, together 154.
    // 150 × 128 / 573 = 33.51, so 34; 6.8 on top, so 7: 41
    // 208 × 128 / 573 = 46.46, so 46; 9.2, so 9: 55
    //  61 × 128 / 573 = 13.63, so 14; 2.8, so 3: 17
    //  97 × 128 / 573 = 21.67, so 22; 4.4, so 4: 26
    //  57 × 128 / 573 = 12.73, so 13; 2.6, so 3: 16
    // That is 155, one over: the largest, 55, gives it.
    assert_eq!(
        steps(128, &[150, 208, 61, 97, 57], 20),
        [
            [34, 41, 41],
            [46, 55, 54],
            [14, 17, 17],
            [22, 26, 26],
            [13, 16, 16]
        ]
    );
}

#[test]
fn groups_that_fall_short_get_one_each_from_the_smallest_upward() {
    // 11 of 60: 10 × 11 / 60 = 1.83, so 2; 33 × 11 / 60 = 6.05, so 6; 17 × 11 / 60 = 3.12, so 3. 11 exactly.
    assert_eq!(
        steps(11, &[10, 33, 17], 0),
        [[2, 2, 2], [6, 6, 6], [3, 3, 3]]
    );
    // 10 of 100, five groups: 2.4, 2.4, 2.4, 1.4 and 1.4 all go down, to 8: two short. The smallest are the fourth and fifth.
    assert_eq!(
        steps(10, &[24, 24, 24, 14, 14], 0),
        [[2, 2, 2], [2, 2, 2], [2, 2, 2], [1, 1, 2], [1, 1, 2]]
    );
}

#[test]
fn of_equal_groups_the_first_gets_or_gives_the_case() {
    // 7 over three times 20: 2.33 each, so 2: one short.
    assert_eq!(
        steps(7, &[20, 20, 20], 0),
        [[2, 2, 3], [2, 2, 2], [2, 2, 2]]
    );
    // 8: 2.67 each, so 3: one over.
    assert_eq!(
        steps(8, &[20, 20, 20], 0),
        [[3, 3, 2], [3, 3, 3], [3, 3, 3]]
    );
}

#[test]
fn a_half_goes_up() {
    // 10 of 40: 2.5 and 7.5, so 3 and 8: one over, which the larger gives. The buffer of 10% of 5 is 0.5, so 1.
    assert_eq!(steps(10, &[10, 30], 0), [[3, 3, 3], [8, 8, 7]]);
    assert_eq!(steps(5, &[100], 10), [[5, 6, 6]]);
    assert_eq!(steps(4, &[100], 10), [[4, 4, 4]]);
    // Exactly a half, where a division of floats may not see one: 3 × 1/6.
    assert_eq!(steps(3, &[1, 5], 0), [[1, 1, 1], [3, 3, 2]]);
}

#[test]
fn nobody_gives_more_than_they_have_and_the_others_go_on_giving() {
    // 8 wanted of 9, half on top, so 12: 1.78, so 2, with 1 on top 3, but there are only 2; 0.89, so 1, with 0.5, so 1, on
    // top 2, but there is only 1; 5.33, so 5, with 2.5, so 3, on top 8, but there are only 6. 9 is all there is.
    assert_eq!(steps(8, &[2, 1, 6], 50), [[2, 2, 2], [1, 1, 1], [5, 6, 6]]);
    // 20% of 40 is 8, of each 10 it is 2. All are full at 48.
    assert_eq!(steps(100, &[10, 38], 20), [[10, 10, 10], [38, 38, 38]]);
}

#[test]
fn a_full_group_is_passed_over_and_the_round_begins_again() {
    // 9 over numbers 0, 0, 4, of which the first two may rise to 1 and to 9: 5 short. 0 → 1 and 0 → 1, 4 → 5; then the first
    // is full: 1 → 2, 5 → 6.
    let mut numbers = [0, 0, 4];
    reconcile(9, &mut numbers, &[1, 9, 9]);
    assert_eq!(numbers, [1, 2, 6]);
    // 4 over numbers 1, 3, 4: one each from 4, 3 and 1, then from 3 (it was the largest).
    let mut numbers = [1, 3, 4];
    reconcile(4, &mut numbers, &[9, 9, 9]);
    assert_eq!(numbers, [0, 2, 2]);
}

#[test]
fn nothing_is_wanted_or_nothing_is_there() {
    assert_eq!(divide(10, &[], buffer(20)), []);
    assert_eq!(steps(10, &[0, 0], 20), [[0, 0, 0], [0, 0, 0]]);
    assert_eq!(steps(0, &[5, 7], 20), [[0, 0, 0], [0, 0, 0]]);
    assert_eq!(steps(3, &[0, 7], 0), [[0, 0, 0], [3, 3, 3]]);
    let most = divide(u64::MAX, &[u64::MAX, u64::MAX], Buffer::NONE);
    assert_eq!(most[0].initial, u64::MAX / 2 + 1);
    assert_eq!(
        [most[0].after_rounding, most[1].after_rounding],
        [u64::MAX / 2, u64::MAX / 2 + 1]
    );
}

#[test]
fn the_selected_come_to_the_size_and_the_rest_are_reserves() {
    // The initial numbers of the first example come to 129, one over 128: the largest gives it.
    let trails = divide(128, &[150, 208, 61, 97, 57], buffer(20));
    assert_eq!(select(128, &trails), [34, 45, 14, 22, 13]);
    // A limit left the first stratum with 30: the three that miss go to the smallest, in turn.
    let mut limited = trails;
    limited[0].after_limit = 30;
    assert_eq!(select(128, &limited), [30, 46, 15, 23, 14]);
    assert_eq!(select(500, &limited), [30, 54, 17, 26, 16]);
    assert!(select(5, &[]).is_empty());
}

#[test]
fn a_buffer_is_a_percentage_with_two_decimals_at_most() {
    let percent = |text: &str| Buffer::of_percent(Decimal::from_str_exact(text).unwrap());
    assert_eq!(percent("12.5").unwrap().of(4), 1);
    assert_eq!(percent("12.49").unwrap().of(4), 0);
    assert_eq!(percent("20.00"), percent("20"));
    assert_eq!(percent("0"), Some(Buffer::NONE));
    assert_eq!(percent("100").unwrap().of(u64::MAX), u64::MAX);
    for wrong in ["-1", "100.01", "0.001"] {
        assert_eq!(percent(wrong), None, "{wrong}");
    }
}
