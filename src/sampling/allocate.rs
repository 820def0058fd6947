//! How many cases each group of a population gives: one proportional rule for strata, clusters, units and officers alike.
//!
//! The rule is that of the inspectorate's own sampler, step by step, and each step keeps its number:
//!
//! 1. *initial*: total × the group's share of the population, rounded half up, never more than the group has;
//! 2. *with buffer*: the buffer of that number, rounded half up, on top, never more than the group has;
//! 3. *after rounding*: the groups together shall come to the total and the buffer of the total, rounded half up. If they fall
//!    short, one case at a time goes to the groups from the smallest number upward, where cases are left; if they exceed it,
//!    one case at a time is taken from the largest downward; both go round until the sum is right. The order is that of the
//!    numbers with buffer, and does not change while cases are added or taken.
//!
//! Of groups with equal numbers the one that stands first comes first, both upward and downward: the rule leaves that open,
//! and this is our reading. Must not know what a group is, or which of its cases are chosen.

use crate::model::Decimal;

/// What a buffer is counted in: hundredths of a percent.
const WHOLE: u128 = 10_000;

/// How many cases are drawn on top, as a percentage of those that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buffer {
    /// Hundredths of a percent.
    hundredths: u64,
}

impl Buffer {
    /// Nothing on top.
    pub const NONE: Buffer = Buffer { hundredths: 0 };

    /// From a percentage, such as 20. `None` when it is below 0 or above 100, or has more than two decimals.
    #[must_use]
    pub fn of_percent(percent: Decimal) -> Option<Buffer> {
        let mut percent = percent.normalize();
        let fits = percent >= Decimal::ZERO && percent <= Decimal::ONE_HUNDRED;
        if !fits || percent.scale() > 2 {
            return None;
        }
        percent.rescale(2);
        let hundredths = u64::try_from(percent.mantissa()).ok()?;
        Some(Buffer { hundredths })
    }

    /// The buffer of a number of cases, rounded half up.
    #[must_use]
    pub fn of(self, cases: u64) -> u64 {
        share_of(cases, self.hundredths, WHOLE)
    }
}

/// The number of cases that a group gives, by the steps that led to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trail {
    /// How many cases the group has.
    pub available: u64,
    /// Its share of the total, rounded half up, at most what it has.
    pub initial: u64,
    /// With its buffer, at most what it has; a part of a stratum gets none, because the stratum's number has it already.
    pub with_buffer: u64,
    /// After the groups were made to add up.
    pub after_rounding: u64,
    /// After no officer gives too many: the number of cases that are drawn.
    pub after_limit: u64,
}

/// Divides a total over groups by the number of cases that each has, with a buffer on top; see the rule at the top.
///
/// The numbers come in the order of the groups. They add up to the total and its buffer, or to all cases there are where that
/// is less. No limit of officers is applied: the last number of each trail is that after rounding. No group, no numbers.
#[must_use]
pub fn divide(total: u64, available: &[u64], buffer: Buffer) -> Vec<Trail> {
    let population: u128 = available.iter().copied().map(u128::from).sum();
    let mut trails: Vec<Trail> = available
        .iter()
        .map(|available| {
            let initial = share_of(total, *available, population).min(*available);
            let with_buffer = initial.saturating_add(buffer.of(initial)).min(*available);
            Trail {
                available: *available,
                initial,
                with_buffer,
                ..Trail::default()
            }
        })
        .collect();
    let mut numbers: Vec<u64> = trails.iter().map(|trail| trail.with_buffer).collect();
    reconcile(
        total.saturating_add(buffer.of(total)),
        &mut numbers,
        available,
    );
    for (trail, number) in trails.iter_mut().zip(numbers) {
        trail.after_rounding = number;
        trail.after_limit = number;
    }
    trails
}

/// How many of each stratum's drawn cases are looked at from the start; the others are reserves.
///
/// The initial numbers, at most what was drawn, made to add up to the size by the same rule: so the size is reached wherever
/// enough was drawn, even where a limit left one stratum short. The rule leaves this open, and this is our reading.
#[must_use]
pub fn select(size: u64, drawn: &[Trail]) -> Vec<u64> {
    let available: Vec<u64> = drawn.iter().map(|trail| trail.after_limit).collect();
    let initial = drawn
        .iter()
        .map(|trail| trail.initial.min(trail.after_limit));
    let mut numbers: Vec<u64> = initial.collect();
    reconcile(size, &mut numbers, &available);
    numbers
}

/// Makes the numbers add up to what is wanted, as far as there are cases.
fn reconcile(wanted: u64, numbers: &mut [u64], available: &[u64]) {
    let sum: u128 = numbers.iter().copied().map(u128::from).sum();
    let difference = u128::from(wanted).abs_diff(sum);
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    if u128::from(wanted) > sum {
        order.sort_by_key(|place| numbers[*place]);
        go_round(order, difference, |place| {
            let has_left = numbers[place] < available[place];
            numbers[place] += u64::from(has_left);
            has_left
        });
    } else {
        order.sort_by_key(|place| std::cmp::Reverse(numbers[*place]));
        go_round(order, difference, |place| {
            let has_any = numbers[place] > 0;
            numbers[place] -= u64::from(has_any);
            has_any
        });
    }
}

/// Goes round the places in order, one step each, until so many steps are made or none is possible any more. `step` says
/// whether it made one; a place where it did not is passed over from then on. Gives the steps that could not be made.
pub(super) fn go_round(
    mut order: Vec<usize>,
    mut steps: u128,
    mut step: impl FnMut(usize) -> bool,
) -> u128 {
    while steps > 0 && !order.is_empty() {
        order.retain(|place| {
            let is_made = steps > 0 && step(*place);
            steps -= u128::from(is_made);
            is_made || steps == 0
        });
    }
    steps
}

/// `number` × `part` / `whole`, rounded half up; 0 of an empty whole.
fn share_of(number: u64, part: u64, whole: u128) -> u64 {
    if whole == 0 {
        return 0;
    }
    let product = u128::from(number) * u128::from(part);
    let (down, rest) = (product / whole, product % whole);
    // Not `2 * rest`, which might not fit.
    let rounded = down + u128::from(rest >= whole - rest);
    u64::try_from(rounded).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
