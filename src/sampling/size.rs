//! How many cases are needed for a confidence and a margin of error, and what margin a number of cases gives.
//!
//! n0 = z² · ¼ / margin² cases are needed of a population without end, and n = n0 / (1 + (n0 − 1) / N) of N cases, rounded up
//! (the finite population correction). Everything is computed in whole numbers, so that no n is off by one. Must not know
//! strata or how cases are chosen.

use crate::model::Decimal;

/// Decimals that are kept of z; z is at most 10.
const Z_DECIMALS: u32 = 8;
/// Decimals that are kept of a margin in percentage points: the share itself has two more, as many as z.
const MARGIN_DECIMALS: u32 = 6;
/// So far above any population that every product below fits.
const MOST_POPULATION: u64 = 1_000_000_000_000;
/// Of a margin in percentage points, so that every product fits.
const MOST_MARGIN_DECIMALS: u32 = 4;
/// Twice the density of the normal distribution at its mean: √(2/π), its first 28 decimals.
const DOUBLE_DENSITY: i128 = 7_978_845_608_028_653_558_798_921_199;

/// How exactly a sample shall speak for its population.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Precision {
    /// z in hundred-millionths.
    z: u128,
    /// The margin as a share, in hundred-millionths.
    margin: u128,
}

impl Precision {
    /// From the z of a confidence and a margin in percentage points, such as 1.2816 and 5.
    ///
    /// `None` when z is not above 0 and at most 10 with eight decimals, or the margin not above 0 and at most 100 with six.
    #[must_use]
    pub fn new(z: Decimal, margin_points: Decimal) -> Option<Precision> {
        Some(Precision {
            z: whole(z, Z_DECIMALS, 10)?,
            margin: whole(margin_points, MARGIN_DECIMALS, 100)?,
        })
    }

    /// How many of a population's cases are needed: n, or `minimum` where that is more, and never more than there are. 0 of
    /// an empty population.
    ///
    /// With n0 = a/b, n is a · N / (b · (N − 1) + a).
    #[must_use]
    pub fn cases_needed(self, population: u64, minimum: u64) -> u64 {
        let Some(others) = population.checked_sub(1) else {
            return 0;
        };
        let (a, b) = (self.z * self.z, 4 * self.margin * self.margin);
        let needed = (a * u128::from(population)).div_ceil(b * u128::from(others) + a);
        let needed = u64::try_from(needed).unwrap_or(population);
        needed.max(minimum).min(population)
    }
}

/// A decimal above 0 and at most `most`, as a whole number of its last kept decimal; `None` for any other.
fn whole(decimal: Decimal, decimals: u32, most: u32) -> Option<u128> {
    let mut decimal = decimal.normalize();
    let fits = decimal > Decimal::ZERO && decimal <= Decimal::from(most);
    if !fits || decimal.scale() > decimals {
        return None;
    }
    decimal.rescale(decimals);
    u128::try_from(decimal.mantissa()).ok()
}

/// The margin of error that a number of cases gives, in percentage points, rounded half up to so many decimals (at most four):
/// z · ½ · √((N − n) / (n · (N − 1))). 0 when every case was looked at.
///
/// `None` when there is no case, or more than the population or a million million of them, or z is not as [`Precision::new`]
/// wants it.
#[must_use]
pub fn margin_reached(z: Decimal, cases: u64, population: u64, decimals: u32) -> Option<Decimal> {
    let z = whole(z, Z_DECIMALS, 10)?;
    let decimals = decimals.min(MOST_MARGIN_DECIMALS);
    let left = population.checked_sub(cases)?;
    if cases == 0 || population > MOST_POPULATION {
        return None;
    }
    if left == 0 {
        return Some(Decimal::new(0, decimals));
    }
    // The square of twice the margin, in units of the last decimal: its whole root, halved, rounds half up exactly.
    let numerator = z * z * u128::from(left) * 10_u128.pow(2 * decimals);
    let denominator = u128::from(cases) * u128::from(population - 1) * 10_u128.pow(12);
    let margin = (numerator / denominator).isqrt().div_ceil(2);
    Some(Decimal::from_i128_with_scale(
        i128::try_from(margin).ok()?,
        decimals,
    ))
}

/// The z of a two-sided confidence in percent, rounded half up to four decimals: 1.2816 for 80, 1.9600 for 95.
///
/// `None` unless the confidence lies between 0 and 100 and has at most two decimals.
#[must_use]
pub fn z_of(confidence: Decimal) -> Option<Decimal> {
    let hundred = Decimal::ONE_HUNDRED;
    if confidence <= Decimal::ZERO || confidence >= hundred || confidence.normalize().scale() > 2 {
        return None;
    }
    let wanted = confidence / hundred;
    // The first z, in ten-thousandths, with the confidence below the half above it. At 6 lies more than any two decimals.
    let (mut low, mut high) = (0_i64, 60_000);
    while low < high {
        let middle = low.midpoint(high);
        if share_within(Decimal::new(10 * middle + 5, 5)) > wanted {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(Decimal::new(low, 4))
}

/// The share of a normal distribution that lies within z standard deviations of its mean, by the series of the error
/// function; exact to some twenty decimals for a z up to 6.
fn share_within(z: Decimal) -> Decimal {
    let half_square = z * z / Decimal::TWO;
    let (mut power, mut sum) = (z, z);
    for term in 1..200_u32 {
        power = -power * half_square / Decimal::from(term);
        if power.is_zero() {
            break;
        }
        sum += power / Decimal::from(2 * term + 1);
    }
    sum * Decimal::from_i128_with_scale(DOUBLE_DENSITY, 28)
}

#[cfg(test)]
mod tests;
