//! That no officer gives more than so many cases over the whole sample.
//!
//! Within one unit of one stratum an officer's number is first cut to what the limit leaves; what was cut goes to the unit's
//! other officers, one case at a time, from the fewest cases upward, round and round, where the limit and their cases allow.
//! Fewest is counted in this unit and stratum, after the cut; of equal officers the one that stands first comes first: the
//! rule leaves both open, and this is our reading. What nobody can take is left out. Must not know how the numbers came about.

use std::collections::HashMap;

use super::Trail;
use super::allocate::go_round;

/// The limit, and how many cases each officer gives so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerLimit<'a> {
    cap: u64,
    taken: HashMap<&'a str, u64>,
}

impl<'a> OfficerLimit<'a> {
    /// At most so many cases of one officer; nothing is taken yet.
    #[must_use]
    pub fn new(cap: u64) -> OfficerLimit<'a> {
        OfficerLimit {
            cap,
            taken: HashMap::new(),
        }
    }

    /// Applies the limit to the officers of one unit and stratum, each once, with their numbers after rounding. What an
    /// officer already gives in other units and strata counts.
    pub fn apply(&mut self, officers: &[&'a str], trails: &mut [Trail]) {
        let mut cut = 0;
        for (officer, trail) in officers.iter().zip(trails.iter_mut()) {
            let taken = self.taken.entry(officer).or_default();
            trail.after_limit = trail.after_rounding.min(self.cap.saturating_sub(*taken));
            *taken += trail.after_limit;
            cut += u128::from(trail.after_rounding - trail.after_limit);
        }
        let mut order: Vec<usize> = (0..officers.len().min(trails.len())).collect();
        order.sort_by_key(|place| trails[*place].after_limit);
        go_round(order, cut, |place| {
            let taken = self.taken.entry(officers[place]).or_default();
            let trail = &mut trails[place];
            let has_room = *taken < self.cap && trail.after_limit < trail.available;
            trail.after_limit += u64::from(has_room);
            *taken += u64::from(has_room);
            has_room
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Applies the limit to officers with the numbers that they give and have; gives the numbers after it.
    fn apply<'a>(limit: &mut OfficerLimit<'a>, officers: &[(&'a str, u64, u64)]) -> Vec<u64> {
        let names: Vec<&str> = officers.iter().map(|(name, ..)| *name).collect();
        let trails = officers.iter().map(|(_, number, available)| Trail {
            available: *available,
            after_rounding: *number,
            ..Trail::default()
        });
        let mut trails: Vec<Trail> = trails.collect();
        limit.apply(&names, &mut trails);
        trails.iter().map(|trail| trail.after_limit).collect()
    }

    fn limited(officers: &[(&str, u64, u64)]) -> Vec<u64> {
        apply(&mut OfficerLimit::new(6), officers)
    }

    #[test]
    fn nothing_changes_where_nobody_is_over_the_limit() {
        assert_eq!(limited(&[("a", 1, 1), ("b", 6, 9), ("c", 3, 8)]), [1, 6, 3]);
        assert_eq!(limited(&[]), Vec::<u64>::new());
    }

    #[test]
    fn the_excess_goes_to_the_fewest_cases_first_and_round_and_round() {
        // b gives 11, 5 over. From the fewest: d 0, a 3, c 4, then b and e, who are full. First round d 1, a 4, c 5; then
        // d has no more, a 5; c has no more; then nobody but a: 6. All five are placed.
        assert_eq!(
            limited(&[
                ("a", 3, 9),
                ("b", 11, 14),
                ("c", 4, 5),
                ("d", 0, 1),
                ("e", 6, 7)
            ]),
            [6, 6, 5, 1, 6]
        );
    }

    #[test]
    fn nobody_gives_more_than_they_have_and_the_rest_is_left_out() {
        // b is 34 over. a has no more cases, c has two more.
        assert_eq!(
            limited(&[("a", 2, 2), ("b", 40, 90), ("c", 1, 3)]),
            [2, 6, 3]
        );
    }

    #[test]
    fn of_equal_officers_the_first_gets_the_case() {
        assert_eq!(limited(&[("a", 2, 9), ("b", 7, 9), ("c", 2, 9)]), [3, 6, 2]);
    }

    #[test]
    fn the_limit_holds_over_all_units_and_strata() {
        let mut limit = OfficerLimit::new(6);
        assert_eq!(
            apply(&mut limit, &[("a", 1, 9), ("b", 9, 9), ("c", 4, 9)]),
            [3, 6, 5]
        );
        // c has 1 left of 3, b none of 2: 4 over. From the fewest in this unit: b 0 (full), c 1 (full), d 2: d takes four.
        assert_eq!(
            apply(&mut limit, &[("b", 2, 9), ("c", 3, 9), ("d", 2, 9)]),
            [0, 1, 6]
        );
    }

    #[test]
    fn a_limit_of_nothing_leaves_nothing() {
        assert_eq!(apply(&mut OfficerLimit::new(0), &[("a", 2, 8)]), [0]);
    }
}
