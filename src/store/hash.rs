//! The name of an entry: the SHA-256 of everything that it says.
//!
//! The content is a sequence of fields, each its length (four bytes, low byte first) and its bytes, so that no two
//! contents run together: the format's name, the action's time, who, device, inspection, source and reason; then the kind,
//! the subject, the ids of the latest entries that the writer had seen (sorted), and the SHA-256 of the body. The hash
//! of the body stands there in place of the body, so that a body can be redacted and the id still follows from what is
//! left. Must not know what the fields mean.

use sha2::{Digest, Sha256};

use super::ThingId;
use crate::model::{Action, EntryId};

const FORMAT: &[u8] = b"caseaudit entry 1";

/// SHA-256 of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The part of the content that all entries of an action share, hashed once.
#[derive(Clone)]
pub(super) struct ActionHash(Sha256);

impl ActionHash {
    pub(super) fn new(action: &Action) -> ActionHash {
        let mut hash = Sha256::new();
        field(&mut hash, FORMAT);
        field(&mut hash, action.at.as_bytes());
        field(&mut hash, action.who.as_bytes());
        field(&mut hash, action.device.as_bytes());
        field(
            &mut hash,
            action.inspection.as_ref().map_or(&[][..], |id| id),
        );
        field(&mut hash, action.source.as_bytes());
        field(&mut hash, action.because.as_bytes());
        ActionHash(hash)
    }

    /// The id of one entry of the action.
    pub(super) fn entry_id(
        &self,
        kind: &str,
        subject: Option<ThingId>,
        parents: &[EntryId],
        body_hash: &[u8; 32],
    ) -> EntryId {
        let mut hash = self.0.clone();
        field(&mut hash, kind.as_bytes());
        field(&mut hash, subject.as_ref().map_or(&[][..], |id| id));
        match parents {
            // What nearly every entry has, without a list made for it.
            [parent] => field(&mut hash, &parent.0),
            parents => {
                let mut parents = parents.to_vec();
                parents.sort_unstable();
                let ids: Vec<u8> = parents.iter().flat_map(|parent| parent.0).collect();
                field(&mut hash, &ids);
            }
        }
        field(&mut hash, body_hash);
        EntryId(hash.finalize().into())
    }
}

fn field(hash: &mut Sha256, bytes: &[u8]) {
    // A field of 4 GiB cannot occur: SQLite refuses values over 1 GB.
    hash.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
    hash.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action() -> Action {
        Action {
            at: "2018-10-08T09:12:00.000Z".into(),
            who: "INSP-01".into(),
            device: "laptop".into(),
            inspection: None,
            source: "record".into(),
            because: String::new(),
        }
    }

    #[test]
    fn every_part_of_the_content_changes_the_id() {
        let id = |action: &Action, kind, subject, parents: &[EntryId], body: &[u8]| {
            ActionHash::new(action).entry_id(kind, subject, parents, &sha256(body))
        };
        let base = id(&action(), "answers", None, &[], b"x");
        assert_eq!(base, id(&action(), "answers", None, &[], b"x"));
        let other = Action {
            who: "INSP-02".into(),
            ..action()
        };
        assert_ne!(base, id(&other, "answers", None, &[], b"x"));
        assert_ne!(base, id(&action(), "submit", None, &[], b"x"));
        assert_ne!(base, id(&action(), "answers", Some([1; 16]), &[], b"x"));
        assert_ne!(
            base,
            id(&action(), "answers", None, &[EntryId([0; 32])], b"x")
        );
        assert_ne!(base, id(&action(), "answers", None, &[], b"y"));
    }

    #[test]
    fn fields_do_not_run_together() {
        let one = Action {
            who: "ab".into(),
            device: "c".into(),
            ..action()
        };
        let other = Action {
            who: "a".into(),
            device: "bc".into(),
            ..action()
        };
        let id =
            |action: &Action| ActionHash::new(action).entry_id("submit", None, &[], &sha256(b""));
        assert_ne!(id(&one), id(&other));
    }

    #[test]
    fn parents_count_in_any_order() {
        let (a, b) = (EntryId([1; 32]), EntryId([2; 32]));
        let id = |parents: &[EntryId]| {
            ActionHash::new(&action()).entry_id("submit", None, parents, &sha256(b""))
        };
        assert_eq!(id(&[a, b]), id(&[b, a]));
    }
}
