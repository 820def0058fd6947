//! Tells whether two rows of an extract are about the same person, without keeping who that is.
//!
//! What a row says of the person becomes a keyed hash (HMAC-SHA-256). The key is random, made for one import and never stored,
//! so that nobody who has the hash can try names against it, and persons are recognised within one extract only. Must not know
//! where the texts stand.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::values::read_date;

/// Stands for one person during one import.
pub type PersonKey = [u8; 32];

/// Makes the keys of one import.
pub(super) struct Persons(Option<Hmac<Sha256>>);

impl Persons {
    /// `key` is random, and known to nobody afterwards.
    pub(super) fn new(key: &[u8; 32]) -> Persons {
        // HMAC takes keys of any length.
        Persons(Hmac::new_from_slice(key).ok())
    }

    /// The key of a person by the id that the case management system has for them.
    pub(super) fn of_id(&self, id: &str) -> Option<PersonKey> {
        self.hash(&["id", &id.to_lowercase()])
    }

    /// The key of a person by their name, in one or several parts, and date of birth. `None` where either is not known: a name
    /// alone is that of many.
    pub(super) fn of_name(&self, parts: &[&str], birth: &str) -> Option<PersonKey> {
        let birth = read_date(birth)?;
        let name = normalise(parts);
        if name.is_empty() {
            return None;
        }
        self.hash(&["name", &name, &birth])
    }

    fn hash(&self, parts: &[&str]) -> Option<PersonKey> {
        let mut hash = self.0.clone()?;
        for part in parts {
            hash.update(part.as_bytes());
            // No part has this byte: parts do not run together.
            hash.update(&[0]);
        }
        Some(hash.finalize().into_bytes().into())
    }
}

/// The words of a name in lower case and alphabetic order, without punctuation: `SMITH-JONES, Mary` is `Mary Smith Jones`.
fn normalise(parts: &[&str]) -> String {
    let words = parts
        .iter()
        .flat_map(|part| part.split(|c: char| c.is_whitespace() || ",;.-".contains(c)));
    let words = words.map(|word| {
        let letters = word.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    });
    let mut words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_any_order_case_and_punctuation() {
        let persons = Persons::new(&[7; 32]);
        let key = persons.of_name(&["Mary", "Smith-Jones"], "1980-02-01");
        assert!(key.is_some());
        for (parts, birth) in [
            (&["SMITH JONES, Mary"][..], "01/02/1980"),
            (&["mary", "", "smith.jones"][..], "1980-02-01"),
        ] {
            assert_eq!(persons.of_name(parts, birth), key);
        }
        assert_ne!(persons.of_name(&["Mary", "Smith"], "1980-02-01"), key);
        assert_ne!(persons.of_name(&["Mary", "Smith Jones"], "1980-02-02"), key);
        assert_ne!(
            Persons::new(&[8; 32]).of_name(&["Mary", "Smith Jones"], "1980-02-01"),
            key
        );
    }

    #[test]
    fn a_name_without_date_of_birth_is_nobody() {
        let persons = Persons::new(&[7; 32]);
        assert_eq!(persons.of_name(&["Mary"], ""), None);
        assert_eq!(persons.of_name(&["", "-"], "1980-02-01"), None);
    }

    #[test]
    fn an_id_is_no_name() {
        let persons = Persons::new(&[7; 32]);
        assert_eq!(persons.of_id("p1"), persons.of_id("P1"));
        assert_ne!(persons.of_id("p1"), persons.of_id("p2"));
    }
}
