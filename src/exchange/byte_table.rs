//! A table of byte keys: which place a reference or question number has.
//!
//! The standard map would do, at three times the price: a national file asks for 15 million references. Only for keys that
//! come from our own record; a text from outside is only ever looked up. Must not know what the keys mean.

/// Keys in the order in which they were given, found by an open-addressed table at most half full.
#[derive(Debug, Clone, Default)]
pub(super) struct ByteTable {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    slots: Vec<Slot>,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    /// The upper half of the hash, so that most other keys are passed over without looking at their bytes.
    tag: u32,
    /// The key's place plus 1; 0 is free.
    place_after: u32,
}

const FREE: Slot = Slot {
    tag: 0,
    place_after: 0,
};

impl ByteTable {
    /// A key that is given again keeps its first place; the later place stays unused.
    pub(super) fn new<K: AsRef<[u8]>>(keys: impl IntoIterator<Item = K>) -> ByteTable {
        let mut table = ByteTable::default();
        for key in keys {
            table.bytes.extend_from_slice(key.as_ref());
            table.ends.push(table.bytes.len());
        }
        let size = (table.ends.len() * 2).next_power_of_two();
        table.slots = vec![FREE; size];
        for place in 0..table.ends.len() {
            table.enter(place);
        }
        table
    }

    fn enter(&mut self, place: usize) {
        let Ok(place_after) = u32::try_from(place + 1) else {
            return;
        };
        let hash = hash(self.key(place));
        let mut at = self.home(hash);
        while let Some(slot) = self.slots.get(at) {
            if slot.place_after == 0 {
                break;
            }
            if self.key_of(*slot) == self.key(place) {
                return;
            }
            at = self.after(at);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot {
                tag: tag(hash),
                place_after,
            };
        }
    }

    /// How many keys were given.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The key at a place; empty beyond the last.
    pub(super) fn key(&self, place: usize) -> &[u8] {
        let start = place
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// Where the key stands.
    pub(super) fn find(&self, key: &[u8]) -> Option<usize> {
        let hash = hash(key);
        let tag = tag(hash);
        let mut at = self.home(hash);
        loop {
            let slot = *self.slots.get(at)?;
            if slot.place_after == 0 {
                return None;
            }
            if slot.tag == tag && self.key_of(slot) == key {
                return place_of(slot);
            }
            at = self.after(at);
        }
    }

    /// Where each of the keys stands, in the order of `keys`.
    ///
    /// In a table that is larger than the processor's cache every step waits for memory. Taken one step at a time for many
    /// keys, the waits overlap: this is several times faster than asking for one key after the other.
    pub(super) fn find_each(&self, keys: &[&[u8]]) -> Vec<Option<usize>> {
        let hashes: Vec<u64> = keys.iter().map(|key| hash(key)).collect();
        let homes: Vec<Slot> = hashes
            .iter()
            .map(|hash| self.slots.get(self.home(*hash)).copied().unwrap_or(FREE))
            .collect();
        let likely: Vec<&[u8]> = homes.iter().map(|slot| self.key_of(*slot)).collect();
        let settled = keys.iter().zip(likely).zip(homes);
        settled
            .map(|((key, likely), home)| {
                if *key == likely && home.place_after != 0 {
                    place_of(home)
                } else {
                    self.find(key)
                }
            })
            .collect()
    }

    fn key_of(&self, slot: Slot) -> &[u8] {
        self.key(place_of(slot).unwrap_or(usize::MAX))
    }

    fn home(&self, hash: u64) -> usize {
        let low = usize::try_from(hash & 0xFFFF_FFFF).unwrap_or(0);
        low & self.slots.len().wrapping_sub(1)
    }

    fn after(&self, at: usize) -> usize {
        (at + 1) & self.slots.len().wrapping_sub(1)
    }
}

fn place_of(slot: Slot) -> Option<usize> {
    usize::try_from(slot.place_after.checked_sub(1)?).ok()
}

fn tag(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or(0)
}

/// Multiplies and folds eight bytes at a time, as rustc's own FxHash does.
fn hash(key: &[u8]) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, word: u64| {
        let product = (hash ^ word).wrapping_mul(ODD);
        product ^ (product >> 32)
    };
    let (words, rest) = key.as_chunks::<8>();
    let start = u64::try_from(key.len()).unwrap_or(0);
    let hash = words
        .iter()
        .fold(start, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let tail = rest
        .iter()
        .fold(0, |tail, byte| (tail << 8) | u64::from(*byte));
    mix(mix(hash, tail), ODD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_empty_table_finds_nothing() {
        let table = ByteTable::new::<&str>([]);
        assert_eq!(table.find(b""), None);
        assert_eq!(ByteTable::default().find(b"a"), None);
        assert_eq!(table.key(0), b"");
    }

    #[test]
    fn a_key_given_twice_keeps_its_first_place() {
        let table = ByteTable::new(["a", "b", "a", ""]);
        assert_eq!(
            (table.find(b"a"), table.find(b"b"), table.find(b"")),
            (Some(0), Some(1), Some(3))
        );
        assert_eq!(table.len(), 4);
    }

    #[test]
    fn numbered_references_spread_well() {
        let table = ByteTable::new((0..100_000).map(|number| format!("C{number:06}")));
        for number in (0..100_000).step_by(7) {
            assert_eq!(table.find(format!("C{number:06}").as_bytes()), Some(number));
        }
        let filled: Vec<bool> = table
            .slots
            .iter()
            .map(|slot| slot.place_after != 0)
            .collect();
        let longest = filled.split(|filled| !filled).map(<[bool]>::len).max();
        assert!(
            longest < Some(200),
            "the longest run of slots is {longest:?}"
        );
    }

    proptest! {
        #[test]
        fn it_finds_what_a_plain_search_finds(
            keys in proptest::collection::vec(proptest::collection::vec(0_u8..3, 0..12), 0..40),
            wanted in proptest::collection::vec(0_u8..3, 0..12),
        ) {
            let table = ByteTable::new(&keys);
            let all: Vec<&[u8]> = keys.iter().chain([&wanted]).map(Vec::as_slice).collect();
            let expected: Vec<_> = all.iter().map(|key| keys.iter().position(|known| known == key)).collect();
            prop_assert_eq!(&table.find_each(&all), &expected);
            prop_assert_eq!(all.iter().map(|key| table.find(key)).collect::<Vec<_>>(), expected);
        }
    }
}
