//! A table of byte keys: which place a reference or question number has.
//!
//! The standard map would do, at several times the price: a national file asks for 15 million references. Only for keys
//! that come from our own record; a text from outside is only ever looked up. Must not know what the keys mean.

/// Keys in the order in which they were given, found by an open-addressed table at most half full.
#[derive(Debug, Clone, Default)]
pub(super) struct ByteTable {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    slots: Vec<Slot>,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    digest: Digest,
    /// The key's place plus 1; 0 is free.
    place_after: u32,
}

const FREE: Slot = Slot {
    digest: Digest {
        head: 0,
        tail: 0,
        length: 0,
    },
    place_after: 0,
};

/// What stands for a key in the table. Of a key of at most [`WHOLE_BYTES_MAX`] bytes it is the whole key, so that the bytes
/// themselves need not be looked at, which would mean waiting for memory once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Digest {
    /// The first bytes; of a longer key a hash.
    head: u64,
    /// The last bytes, which may overlap the first; of a longer key the last eight.
    tail: u64,
    length: u32,
}

/// The longest key of which nothing is lost in its [`Digest`].
const WHOLE_BYTES_MAX: usize = 16;

impl Digest {
    fn of(key: &[u8]) -> Digest {
        let length = u32::try_from(key.len()).unwrap_or(u32::MAX);
        let word = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
        let (head, tail) = match (key.first_chunk::<8>(), key.last_chunk::<8>()) {
            (Some(_), Some(last)) if key.len() > WHOLE_BYTES_MAX => {
                let (words, _) = key.as_chunks::<8>();
                let hash = words
                    .iter()
                    .fold(0, |hash, word| mix(hash, u64::from_le_bytes(*word)));
                (hash, u64::from_le_bytes(*last))
            }
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => match (key.first_chunk::<4>(), key.last_chunk::<4>()) {
                (Some(first), Some(last)) => (word(first), word(last)),
                _ => (
                    key.iter()
                        .fold(0, |head, byte| (head << 8) | u64::from(*byte)),
                    0,
                ),
            },
        };
        Digest { head, tail, length }
    }

    fn hash(self) -> u64 {
        mix(mix(u64::from(self.length), self.head), self.tail)
    }
}

/// Multiplies and folds, as rustc's own FxHash does.
fn mix(hash: u64, word: u64) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let product = (hash.rotate_left(5) ^ word).wrapping_mul(ODD);
    product ^ (product >> 32)
}

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
        let digest = Digest::of(self.key(place));
        let mut at = self.home(digest);
        while let Some(slot) = self.slots.get(at) {
            if slot.place_after == 0 {
                break;
            }
            if self.holds(*slot, digest, self.key(place)) {
                return;
            }
            at = self.after(at);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot {
                digest,
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
        self.find_digest(key, Digest::of(key))
    }

    fn find_digest(&self, key: &[u8], digest: Digest) -> Option<usize> {
        let mut at = self.home(digest);
        loop {
            let slot = *self.slots.get(at)?;
            if slot.place_after == 0 || self.holds(slot, digest, key) {
                return place_of(slot);
            }
            at = self.after(at);
        }
    }

    /// Where each of the keys stands, in the order of `keys`.
    ///
    /// In a table that is larger than the processor's cache every look waits for memory. The first loop does nothing but
    /// look, so that the waits overlap: this is several times faster than asking for one key after the other.
    pub(super) fn find_each(&self, keys: &[&[u8]]) -> Vec<Option<usize>> {
        let looked = keys.iter().map(|key| {
            let digest = Digest::of(key);
            (
                digest,
                self.slots.get(self.home(digest)).copied().unwrap_or(FREE),
            )
        });
        let looked: Vec<(Digest, Slot)> = looked.collect();
        let settle = |(key, (digest, slot)): (&&[u8], (Digest, Slot))| {
            if slot.place_after == 0 || self.holds(slot, digest, key) {
                place_of(slot)
            } else {
                self.find_digest(key, digest)
            }
        };
        keys.iter().zip(looked).map(settle).collect()
    }

    fn holds(&self, slot: Slot, digest: Digest, key: &[u8]) -> bool {
        slot.digest == digest
            && (key.len() <= WHOLE_BYTES_MAX
                || place_of(slot).is_some_and(|place| self.key(place) == key))
    }

    fn home(&self, digest: Digest) -> usize {
        let low = usize::try_from(digest.hash() & 0xFFFF_FFFF).unwrap_or(0);
        low & self.slots.len().wrapping_sub(1)
    }

    fn after(&self, at: usize) -> usize {
        (at + 1) & self.slots.len().wrapping_sub(1)
    }
}

/// `None` for a free slot.
fn place_of(slot: Slot) -> Option<usize> {
    usize::try_from(slot.place_after.checked_sub(1)?).ok()
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

    #[test]
    fn keys_of_every_length_are_told_apart() {
        let keys: Vec<String> = (0..40)
            .flat_map(|length| ["a", "b"].map(|c| c.repeat(length)))
            .collect();
        let table = ByteTable::new(&keys);
        for (place, key) in keys.iter().enumerate().skip(2) {
            assert_eq!(table.find(key.as_bytes()), Some(place), "{key}");
            let other = key.replacen(|_| true, "c", 1);
            assert_eq!(table.find(other.as_bytes()), None, "{other}");
        }
        assert_eq!(table.find(b"\0"), None, "a NUL is not nothing");
    }

    proptest! {
        #[test]
        fn it_finds_what_a_plain_search_finds(
            keys in proptest::collection::vec(proptest::collection::vec(0_u8..2, 0..20), 0..40),
            wanted in proptest::collection::vec(0_u8..2, 0..20),
        ) {
            let table = ByteTable::new(&keys);
            let all: Vec<&[u8]> = keys.iter().chain([&wanted]).map(Vec::as_slice).collect();
            let expected: Vec<_> = all.iter().map(|key| keys.iter().position(|known| known == key)).collect();
            prop_assert_eq!(&table.find_each(&all), &expected);
            prop_assert_eq!(all.iter().map(|key| table.find(key)).collect::<Vec<_>>(), expected);
        }
    }
}
