//! The rule of the draw once more, word by word, as a person would do it with a list and a pencil: for comparison in tests.
//!
//! Shares no code with the modules under test.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Decimal;

/// The numbers of the groups: initial, with buffer, after rounding.
pub(super) fn by_hand(total: u64, available: &[u64], percent: u32) -> Vec<[u64; 3]> {
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

/// A case: its stratum, and its cluster, unit and officer.
type Case<'a> = (usize, [&'a str; 3]);

/// A whole draw of rows (stratum; cluster, unit and officer), for a size, a buffer in percent and a limit of officers: every group
/// with its path and its numbers: available, initial, with buffer, after rounding, after the limit.
pub(super) fn draw_by_hand(
    rows: &[Case<'_>],
    strata: usize,
    (size, percent, cap): (u64, u32, Option<u64>),
) -> Vec<(String, [u64; 5])> {
    let number_of = |fits: &dyn Fn(&Case<'_>) -> bool| -> u64 {
        rows.iter()
            .filter(|row| fits(row))
            .count()
            .try_into()
            .unwrap()
    };
    // What each officer gives so far, over all strata.
    let mut given: BTreeMap<&str, u64> = BTreeMap::new();
    let mut lines = Vec::new();
    let available: Vec<u64> = (0..strata)
        .map(|stratum| number_of(&|row| row.0 == stratum))
        .collect();
    for (stratum, numbers) in by_hand(size, &available, percent).into_iter().enumerate() {
        let mut below = Vec::new();
        let mut stratum_sum = 0;
        for (cluster, has, numbers) in part(rows, numbers[2], |row| {
            (row.0 == stratum).then_some(row.1[0])
        }) {
            let (mut units, mut cluster_sum) = (Vec::new(), 0);
            let in_cluster = |row: &Case<'_>| row.0 == stratum && row.1[0] == cluster;
            let path = format!("{stratum}/{cluster}");
            for (unit, has, numbers) in
                part(rows, numbers[2], |row| in_cluster(row).then_some(row.1[1]))
            {
                let in_unit = |row: &Case<'_>| in_cluster(row) && row.1[1] == unit;
                let officers = part(rows, numbers[2], |row| in_unit(row).then_some(row.1[2]));
                let limited = limit_by_hand(&officers, &mut given, cap);
                let path = format!("{path}/{unit}");
                let sum = limited.iter().sum::<u64>();
                units.push((path.clone(), [has, numbers[0], numbers[1], numbers[2], sum]));
                for ((officer, has, numbers), after) in officers.iter().zip(&limited) {
                    let numbers = [*has, numbers[0], numbers[1], numbers[2], *after];
                    units.push((format!("{path}/{officer}"), numbers));
                }
                cluster_sum += sum;
            }
            below.push((path, [has, numbers[0], numbers[1], numbers[2], cluster_sum]));
            below.append(&mut units);
            stratum_sum += cluster_sum;
        }
        let own = [
            available[stratum],
            numbers[0],
            numbers[1],
            numbers[2],
            stratum_sum,
        ];
        lines.push((stratum.to_string(), own));
        lines.append(&mut below);
    }
    lines
}

/// Divides a number over the groups of some rows, in the order of their codes: code, number of rows, and the rule's numbers.
fn part<'a>(
    rows: &[Case<'a>],
    number: u64,
    code: impl Fn(&Case<'a>) -> Option<&'a str>,
) -> Vec<(&'a str, u64, [u64; 3])> {
    let codes: BTreeSet<&str> = rows.iter().filter_map(&code).collect();
    let has = |wanted: &str| -> u64 {
        let rows = rows.iter().filter(|row| code(row) == Some(wanted));
        rows.count().try_into().unwrap()
    };
    let available: Vec<u64> = codes.iter().map(|code| has(code)).collect();
    let numbers = by_hand(number, &available, 0);
    let groups = codes.into_iter().zip(available).zip(numbers);
    groups
        .map(|((code, has), numbers)| (code, has, numbers))
        .collect()
}

/// The officers' numbers once nobody gives more than the limit over the whole sample: the excess goes to the unit's others, from the
/// fewest cases upward, again and again.
fn limit_by_hand<'a>(
    officers: &[(&'a str, u64, [u64; 3])],
    given: &mut BTreeMap<&'a str, u64>,
    cap: Option<u64>,
) -> Vec<u64> {
    let room = |given: &BTreeMap<&str, u64>, officer: &str| {
        let taken = given.get(officer).copied().unwrap_or(0);
        cap.map_or(u64::MAX, |cap| cap.saturating_sub(taken))
    };
    let mut excess = 0;
    let mut numbers = Vec::new();
    for (officer, _, [_, _, rounded]) in officers {
        let number = (*rounded).min(room(given, officer));
        excess += rounded - number;
        *given.entry(officer).or_default() += number;
        numbers.push(number);
    }
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by_key(|place| numbers[*place]);
    loop {
        let before = excess;
        for place in &order {
            let (officer, has, _) = officers[*place];
            if excess > 0 && room(given, officer) > 0 && numbers[*place] < has {
                numbers[*place] += 1;
                *given.entry(officer).or_default() += 1;
                excess -= 1;
            }
        }
        if excess == before {
            return numbers;
        }
    }
}
