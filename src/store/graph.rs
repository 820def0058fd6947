//! The entries of a log as a graph: which entry's writer had seen which others, and the one order in which all files take
//! them.
//!
//! The canonical order is topological: an entry comes after all that its writer had seen. Where that leaves a choice, the
//! entry with the lowest id goes first, and what follows from it alone goes directly after it, so that a day's work on
//! one laptop stays together. No clock has a part in it. Two things hold for every set of entries:
//!
//! - The order is a function of the set: in which order the entries came into a file does not matter.
//! - Entries that are added never change the order of those that were there, and an entry whose writer had seen all
//!   others is the last. So what is recorded in the ordinary way goes to the end, and nothing has to be replayed for it.
//!
//! Must not know what entries say, or where they are stored. An entry is known here by its place in the file's own log,
//! from 0; its parents stand before it.

use crate::model::EntryId;

/// The entries of one log.
pub(super) struct Graph {
    parents: Vec<Vec<usize>>,
    order: Vec<usize>,
    /// The run that each entry belongs to, and how many of the run come before it.
    places: Vec<(usize, usize)>,
    /// For each run, how many entries of every other run its first entry knows; runs left off are not known.
    known: Vec<Vec<usize>>,
}

impl Graph {
    /// `parents` of each entry are places before its own.
    pub(super) fn new(ids: &[EntryId], parents: Vec<Vec<usize>>) -> Graph {
        let order = order(ids, &parents);
        let (places, known) = runs(&parents);
        Graph {
            parents,
            order,
            places,
            known,
        }
    }

    /// Every entry in canonical order.
    pub(super) fn order(&self) -> &[usize] {
        &self.order
    }

    /// The entries that one names as its parents.
    pub(super) fn parents(&self, entry: usize) -> &[usize] {
        self.parents.get(entry).map_or(&[], Vec::as_slice)
    }

    /// The entries that no other names, in canonical order.
    pub(super) fn heads(&self) -> Vec<usize> {
        let mut is_named = vec![false; self.parents.len()];
        for parent in self.parents.iter().flatten() {
            if let Some(named) = is_named.get_mut(*parent) {
                *named = true;
            }
        }
        let order = self.order.iter().copied();
        order
            .filter(|entry| is_named.get(*entry) == Some(&false))
            .collect()
    }

    /// Whether the writer of `later` had seen `earlier`. No entry is before itself.
    pub(super) fn is_before(&self, earlier: usize, later: usize) -> bool {
        let (Some((run, place)), Some((later_run, later_place))) =
            (self.places.get(earlier), self.places.get(later))
        else {
            return false;
        };
        if run == later_run {
            return place < later_place;
        }
        let known = self.known.get(*later_run).and_then(|known| known.get(*run));
        known.is_some_and(|count| place < count)
    }

    /// Whether neither writer had seen the other's entry.
    pub(super) fn are_concurrent(&self, one: usize, other: usize) -> bool {
        one != other && !self.is_before(one, other) && !self.is_before(other, one)
    }
}

fn order(ids: &[EntryId], parents: &[Vec<usize>]) -> Vec<usize> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    let mut waits_for: Vec<usize> = parents.iter().map(Vec::len).collect();
    for (entry, parents) in parents.iter().enumerate() {
        for parent in parents {
            children[*parent].push(entry);
        }
    }
    let lowest_last = |entries: &mut Vec<usize>| {
        entries.sort_unstable_by(|one, other| ids[*other].cmp(&ids[*one]));
    };
    let roots = waits_for.iter().enumerate();
    let mut ready: Vec<usize> = roots
        .filter(|(_, count)| **count == 0)
        .map(|(entry, _)| entry)
        .collect();
    lowest_last(&mut ready);
    let mut order = Vec::with_capacity(parents.len());
    while let Some(entry) = ready.pop() {
        order.push(entry);
        let mut freed = std::mem::take(&mut children[entry]);
        freed.retain(|child| {
            waits_for[*child] -= 1;
            waits_for[*child] == 0
        });
        lowest_last(&mut freed);
        ready.append(&mut freed);
    }
    order
}

/// Cuts the graph into runs, in each of which every entry but the first has the one before it as its only parent. What an
/// entry knows of other runs is then what the first of its run knows.
fn runs(parents: &[Vec<usize>]) -> (Vec<(usize, usize)>, Vec<Vec<usize>>) {
    let mut places: Vec<(usize, usize)> = Vec::with_capacity(parents.len());
    let mut known: Vec<Vec<usize>> = Vec::new();
    let mut lengths: Vec<usize> = Vec::new();
    for parents in parents {
        if let [parent] = parents.as_slice() {
            let (run, place) = places[*parent];
            if lengths[run] == place + 1 {
                lengths[run] += 1;
                places.push((run, place + 1));
                continue;
            }
        }
        let mut knows = vec![0; known.len()];
        for parent in parents {
            let (run, place) = places[*parent];
            for (count, of_parent) in knows.iter_mut().zip(&known[run]) {
                *count = (*count).max(*of_parent);
            }
            knows[run] = knows[run].max(place + 1);
        }
        places.push((known.len(), 0));
        known.push(knows);
        lengths.push(1);
    }
    (places, known)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: u8) -> EntryId {
        EntryId([number; 32])
    }

    #[test]
    fn each_branch_stays_together_and_the_lowest_id_goes_first() {
        // 0 forks into 9-1-2 and 3-4, which 5 joins.
        let ids = [0, 9, 1, 2, 3, 4, 5].map(id);
        let parents = [
            vec![],
            vec![0],
            vec![1],
            vec![2],
            vec![0],
            vec![4],
            vec![3, 5],
        ];
        let graph = Graph::new(&ids, parents.to_vec());
        assert_eq!(graph.order(), [0, 4, 5, 1, 2, 3, 6]);
        assert_eq!(graph.heads(), [6]);
        assert!(graph.is_before(1, 6) && graph.is_before(4, 6) && graph.is_before(0, 3));
        assert!(graph.are_concurrent(2, 5) && !graph.is_before(2, 2));
        let empty = Graph::new(&[], vec![]);
        assert_eq!((empty.order(), empty.heads()), (&[][..], vec![]));
    }

    /// Parents of each entry, each before it; the id of an entry is a random byte and its place.
    fn graphs() -> impl Strategy<Value = (Vec<EntryId>, Vec<Vec<usize>>)> {
        prop::collection::vec((any::<u8>(), any::<[u8; 2]>(), 0usize..8), 0..24).prop_map(|drawn| {
            let mut ids = vec![];
            let mut parents: Vec<Vec<usize>> = vec![];
            for (at, (byte, picks, several)) in drawn.into_iter().enumerate() {
                let mut id = [byte; 32];
                id[31] = u8::try_from(at).unwrap();
                ids.push(EntryId(id));
                let picks: Vec<usize> = picks.into_iter().map(usize::from).collect();
                let mut of = match at {
                    0 => vec![],
                    at if several > 5 => vec![picks[0] % at, picks[1] % at],
                    at if several > 2 => vec![at - 1],
                    at => vec![picks[0] % at],
                };
                of.sort_unstable();
                of.dedup();
                parents.push(of);
            }
            (ids, parents)
        })
    }

    proptest! {
        #[test]
        fn the_order_of_a_part_is_that_of_the_whole((ids, parents) in graphs(), keep in any::<u8>()) {
            let whole = Graph::new(&ids, parents.clone());
            // What one entry and those before it make.
            let last = usize::from(keep) % ids.len().max(1);
            let part: Vec<usize> = (0..ids.len()).filter(|at| *at == last || whole.is_before(*at, last)).collect();
            let place = |at: &usize| part.iter().position(|kept| kept == at).unwrap();
            let part_ids: Vec<EntryId> = part.iter().map(|at| ids[*at]).collect();
            let part_parents = part.iter().map(|at| parents[*at].iter().map(place).collect()).collect();
            let smaller = Graph::new(&part_ids, part_parents);
            let of_part: Vec<EntryId> = smaller.order().iter().map(|at| part_ids[*at]).collect();
            let of_whole: Vec<EntryId> = whole.order().iter().filter(|at| part.contains(at)).map(|at| ids[*at]).collect();
            prop_assert_eq!(of_part, of_whole);
            prop_assert_eq!(whole.order().len(), ids.len());
        }

        #[test]
        fn before_is_what_a_walk_through_the_parents_finds((ids, parents) in graphs()) {
            let graph = Graph::new(&ids, parents.clone());
            for later in 0..ids.len() {
                let mut found = vec![false; ids.len()];
                let mut waiting = parents[later].clone();
                while let Some(at) = waiting.pop() {
                    found[at] = true;
                    waiting.extend(&parents[at]);
                }
                for (earlier, found) in found.into_iter().enumerate() {
                    prop_assert_eq!(graph.is_before(earlier, later), found);
                }
            }
        }
    }
}
