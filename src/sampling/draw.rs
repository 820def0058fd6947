//! Draws a sample: how many cases of each group by the rule of `allocate`, and which of them by the order of hashes.
//!
//! The choice within a group is open to anyone: the cases are put in the order of their keys, and the first so many are drawn.
//! A case's key is the SHA-256, in hexadecimal digits, of the text `seed|stratum|reference` in UTF-8 without a line end, such as
//! `2018-10|female|CS-001` ([`draw_key`]); `printf %s '2018-10|female|CS-001' | sha256sum` prints it. So the same seed and
//! population give the same sample everywhere, whatever the order of the rows. Equal keys go by reference.
//!
//! Of a stratum's drawn cases, again by their keys, the first are looked at ([`select`]) and the others are reserves. Must not
//! know where a population or a seed comes from, or what a stratum is.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{Buffer, OfficerLimit, Trail, divide, select};

/// The cases that a sample can be drawn from, as far as the draw must know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population<'a> {
    /// The ids of the strata, in the order in which equal ones come.
    strata: Vec<&'a str>,
    levels: Vec<Level<'a>>,
    /// Each case's stratum and reference.
    cases: Vec<(usize, &'a str)>,
    /// Each case's group at each level, one case after the other: a number of [`Level`].
    groups: Vec<u32>,
}

/// The codes of the groups of a level, each with a number: hundreds of thousands of cases are then sorted by numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Level<'a> {
    numbers: HashMap<&'a str, u32>,
}

impl<'a> Level<'a> {
    /// The number of a code, in the order in which codes are first seen.
    fn number(&mut self, code: &'a str) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(code).or_insert(next)
    }

    /// The codes in their order, and for each number the place of its code in it.
    fn ranked(&self) -> Ranks<'a> {
        let mut codes: Vec<(&'a str, u32)> = self
            .numbers
            .iter()
            .map(|(code, number)| (*code, *number))
            .collect();
        codes.sort_unstable();
        let mut places = vec![0; codes.len()];
        for (place, (_, number)) in codes.iter().enumerate() {
            places[*number as usize] = place;
        }
        Ranks {
            codes: codes.into_iter().map(|(code, _)| code).collect(),
            places,
        }
    }
}

/// The codes of a level in their order.
struct Ranks<'a> {
    codes: Vec<&'a str>,
    /// Of each number.
    places: Vec<usize>,
}

impl<'a> Population<'a> {
    /// No case yet. A stratum is divided over `levels` levels of groups, widest first, such as cluster, unit and officer.
    #[must_use]
    pub fn new(strata: Vec<&'a str>, levels: usize) -> Population<'a> {
        Population {
            strata,
            levels: vec![Level::default(); levels],
            cases: Vec::new(),
            groups: Vec::new(),
        }
    }

    /// Adds a case: the place of its stratum, its reference, which no other case has, and its group at each level. A group
    /// that is not known is the empty text, and is a group like any other. A case of a stratum that there is not is left out.
    pub fn add(&mut self, stratum: usize, reference: &'a str, groups: &[&'a str]) {
        if stratum < self.strata.len() {
            self.cases.push((stratum, reference));
            let known = groups.iter().copied().chain(std::iter::repeat(""));
            let levels = self.levels.iter_mut().zip(known);
            self.groups
                .extend(levels.map(|(level, code)| level.number(code)));
        }
    }
}

/// What is wanted of a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms<'a> {
    /// How many cases are to be looked at.
    pub size: u64,
    /// The reserves on top.
    pub buffer: Buffer,
    /// How many cases a group of the last level may give over the whole sample: officers.
    pub officer_cap: Option<u64>,
    /// Any text; it is kept with the sample, so that the draw can be repeated.
    pub seed: &'a str,
}

/// A drawn sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing<'a> {
    /// How many cases were wanted, buffer included.
    pub wanted: u64,
    /// The strata in their order, each with its parts.
    pub strata: Vec<Group<'a>>,
    /// The cases to be looked at, by stratum and then by key.
    pub selected: Vec<Choice<'a>>,
    /// The reserves, by stratum and then in the order in which they are called up.
    pub reserves: Vec<Choice<'a>>,
}

/// A group of cases and what it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<'a> {
    /// The stratum's id or the group's code; empty where it is not known.
    pub code: &'a str,
    /// Its numbers; the number after the limit is the sum of its parts.
    pub trail: Trail,
    /// The groups of the next level, in the order of their codes; empty at the last.
    pub parts: Vec<Group<'a>>,
}

/// A case that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<'a> {
    /// The place of its stratum.
    pub stratum: usize,
    /// Its reference.
    pub reference: &'a str,
}

impl Drawing<'_> {
    /// How many cases fewer than wanted were drawn because there are no more in the population.
    #[must_use]
    pub fn short_of_cases(&self) -> u64 {
        self.wanted - self.wanted.min(self.sum(|trail| trail.after_rounding))
    }

    /// How many cases fewer were drawn because of the limit of officers.
    #[must_use]
    pub fn short_of_officers(&self) -> u64 {
        let rounded = self.sum(|trail| trail.after_rounding);
        rounded - rounded.min(self.sum(|trail| trail.after_limit))
    }

    fn sum(&self, number: impl Fn(&Trail) -> u64) -> u64 {
        self.strata.iter().map(|group| number(&group.trail)).sum()
    }
}

/// Draws a sample; see the rule at the top. Strata are taken in their order, which matters for the limit of officers: what an
/// officer gives in one stratum is counted in the next.
#[must_use]
pub fn draw<'a>(population: &Population<'a>, terms: Terms<'_>) -> Drawing<'a> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); population.strata.len()];
    for (place, (stratum, _)) in population.cases.iter().enumerate() {
        members[*stratum].push(place);
    }
    let available: Vec<u64> = members.iter().map(|members| count(members)).collect();
    let mut trails = divide(terms.size, &available, terms.buffer);
    let mut drawer = Drawer {
        population,
        ranks: population.levels.iter().map(Level::ranked).collect(),
        limit: terms.officer_cap.map(OfficerLimit::new),
        key: Sha256::new(),
        drawn: Vec::new(),
    };
    let mut strata = Vec::with_capacity(members.len());
    let mut drawn = Vec::with_capacity(members.len());
    for ((code, mut members), trail) in population.strata.iter().zip(members).zip(&mut trails) {
        drawer.key = key_of_stratum(terms.seed, code);
        let parts = drawer.draw_parts(&mut members, trail, 0);
        drawn.push(drawer.take_drawn());
        strata.push(Group {
            code,
            trail: *trail,
            parts,
        });
    }
    let (mut selected, mut reserves) = (Vec::new(), Vec::new());
    let selected_counts = select(terms.size, &trails);
    for ((stratum, references), count) in drawn.into_iter().enumerate().zip(selected_counts) {
        for (place, reference) in (0..).zip(references) {
            let list = if place < count {
                &mut selected
            } else {
                &mut reserves
            };
            list.push(Choice { stratum, reference });
        }
    }
    Drawing {
        wanted: terms.size.saturating_add(terms.buffer.of(terms.size)),
        strata,
        selected,
        reserves,
    }
}

/// The key by which a case is drawn, as 64 hexadecimal digits.
#[must_use]
pub fn draw_key(seed: &str, stratum: &str, reference: &str) -> String {
    let key = key_of_case(&key_of_stratum(seed, stratum), reference);
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The part of the key that the cases of a stratum share.
fn key_of_stratum(seed: &str, stratum: &str) -> Sha256 {
    Sha256::new_with_prefix(format!("{seed}|{stratum}|"))
}

fn key_of_case(stratum: &Sha256, reference: &str) -> [u8; 32] {
    stratum.clone().chain_update(reference).finalize().into()
}

fn count(members: &[usize]) -> u64 {
    members.len().try_into().unwrap_or(u64::MAX)
}

/// A draw under way.
struct Drawer<'p, 'a> {
    population: &'p Population<'a>,
    /// Of each level.
    ranks: Vec<Ranks<'a>>,
    limit: Option<OfficerLimit<'a>>,
    /// Of the stratum that is being drawn.
    key: Sha256,
    /// What has been drawn of that stratum.
    drawn: Vec<([u8; 32], &'a str)>,
}

impl<'a> Drawer<'_, 'a> {
    /// Divides the members of a group over the groups of a level, and draws from the last. The number after the limit of the
    /// group's own trail is what was drawn in the end.
    fn draw_parts(
        &mut self,
        members: &mut [usize],
        own: &mut Trail,
        level: usize,
    ) -> Vec<Group<'a>> {
        let levels = self.ranks.len();
        if level == levels {
            self.draw_cases(members, own.after_limit);
            return Vec::new();
        }
        members.sort_unstable_by_key(|member| self.rank(*member, level));
        let parts =
            || members.chunk_by(|one, other| self.rank(*one, level) == self.rank(*other, level));
        let available: Vec<u64> = parts().map(count).collect();
        let codes = parts().filter_map(|part| part.first());
        let codes = codes.map(|member| self.ranks[level].codes[self.rank(*member, level)]);
        let codes: Vec<&'a str> = codes.collect();
        let mut trails = divide(own.after_rounding, &available, Buffer::NONE);
        if let Some(limit) = self.limit.as_mut().filter(|_| level + 1 == levels) {
            limit.apply(&codes, &mut trails);
        }
        let mut groups = Vec::with_capacity(trails.len());
        let mut rest = members;
        for ((code, available), mut trail) in codes.into_iter().zip(available).zip(trails) {
            let length = usize::try_from(available).unwrap_or(rest.len());
            let (part, others) = rest.split_at_mut(length);
            rest = others;
            let parts = self.draw_parts(part, &mut trail, level + 1);
            groups.push(Group { code, trail, parts });
        }
        own.after_limit = groups.iter().map(|group| group.trail.after_limit).sum();
        groups
    }

    /// The place of a case's group among the codes of a level.
    fn rank(&self, member: usize, level: usize) -> usize {
        let number = self.population.groups[member * self.ranks.len() + level];
        self.ranks[level].places[number as usize]
    }

    /// Draws the first so many cases in the order of their keys.
    fn draw_cases(&mut self, members: &[usize], wanted: u64) {
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        if wanted == 0 {
            return;
        }
        let keyed = members.iter().map(|member| {
            let (_, reference) = self.population.cases[*member];
            (key_of_case(&self.key, reference), reference)
        });
        let mut keyed: Vec<([u8; 32], &'a str)> = keyed.collect();
        if wanted < keyed.len() {
            keyed.select_nth_unstable(wanted);
            keyed.truncate(wanted);
        }
        self.drawn.append(&mut keyed);
    }

    /// The references that have been drawn of the stratum, in the order of their keys; nothing is left.
    fn take_drawn(&mut self) -> Vec<&'a str> {
        let mut drawn = std::mem::take(&mut self.drawn);
        drawn.sort_unstable();
        drawn.into_iter().map(|(_, reference)| reference).collect()
    }
}

#[cfg(test)]
mod tests;
