//! Tells whether two rows of an extract are about the same person, without keeping who that is.
//!
//! What a row says of the person becomes a keyed hash (HMAC-SHA-256). The key is random, made for one import and never stored,
//! so that nobody who has the hash can try names against it, and persons are recognised within one extract only. Must not know
//! where the texts stand.

use std::collections::HashMap;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;

use super::values::read_date;

/// Stands for one person during one import.
pub type PersonKey = [u8; 32];

/// Makes the keys of one import.
pub(super) struct Persons {
    hash: Option<Hmac<Sha256>>,
    /// By the key of name and date of birth, the key of the id that goes with them; `None` where several do.
    ids: HashMap<PersonKey, Option<PersonKey>>,
}

impl Persons {
    /// `key` is random, and known to nobody afterwards.
    pub(super) fn new(key: &[u8; 32]) -> Persons {
        // HMAC takes keys of any length.
        Persons {
            hash: Hmac::new_from_slice(key).ok(),
            ids: HashMap::new(),
        }
    }

    /// The key of the person of a row: by their id, or else by name and date of birth. `None` where the row does not tell.
    pub(super) fn take(&mut self, id: &str, parts: &[&str], birth: &str) -> Option<PersonKey> {
        let by_name = self.of_name(parts, birth);
        if id.is_empty() {
            return by_name;
        }
        let by_id = self.of_id(id);
        if let Some(name) = by_name {
            let known = self.ids.entry(name).or_insert(by_id);
            if *known != by_id {
                *known = None;
            }
        }
        by_id
    }

    /// Joins the rows that have no id with those of the same name and date of birth that have one. Where several ids go with
    /// these, they are different people, and nobody knows whose such a row is: it stays on its own.
    pub(super) fn join(&self, rows: &mut [Option<PersonKey>]) {
        for person in rows.iter_mut().flatten() {
            if let Some(Some(id)) = self.ids.get(person) {
                *person = *id;
            }
        }
    }

    /// The key of a person by the id that the case management system has for them.
    fn of_id(&self, id: &str) -> Option<PersonKey> {
        self.hash(&["id", &id.to_lowercase()])
    }

    /// The key of a person by their name, in one or several parts, and date of birth. `None` where either is not known: a name
    /// alone is that of many.
    fn of_name(&self, parts: &[&str], birth: &str) -> Option<PersonKey> {
        let birth = read_date(birth)?;
        let name = normalise(parts);
        if name.is_empty() {
            return None;
        }
        self.hash(&["name", &name, &birth])
    }

    fn hash(&self, parts: &[&str]) -> Option<PersonKey> {
        let mut hash = self.hash.clone()?;
        for part in parts {
            hash.update(part.as_bytes());
            // No part has this byte: parts do not run together.
            hash.update(&[0]);
        }
        Some(hash.finalize().into_bytes().into())
    }
}

/// The words of a name in lower case and alphabetic order, without punctuation: `SMITH-JONES, Mary` is `Mary Smith Jones`. A letter
/// with an accent is the same whether it was written as one character or as two.
fn normalise(parts: &[&str]) -> String {
    let words = parts
        .iter()
        .flat_map(|part| part.split(|c: char| c.is_whitespace() || ",;.-".contains(c)));
    let words = words.map(|word| {
        let letters = word.nfkc().filter(|c| c.is_alphanumeric());
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
    fn an_accent_is_the_same_as_one_character_and_as_two() {
        let persons = Persons::new(&[7; 32]);
        let key = persons.of_name(&["Ren\u{e9}e", "Doe"], "1980-02-01");
        assert_eq!(persons.of_name(&["RENE\u{301}E", "Doe"], "1980-02-01"), key);
        assert_ne!(persons.of_name(&["Renee", "Doe"], "1980-02-01"), key);
    }

    #[test]
    fn a_row_without_id_is_of_the_one_person_with_that_name_and_date_of_birth() {
        let mut persons = Persons::new(&[7; 32]);
        let rows = [
            ("", "Mary", "1980-02-01"),
            ("P1", "Mary", "1980-02-01"),
            ("", "Mary", "1980-02-01"),
            ("P2", "John", "1981-02-01"),
            ("P3", "John", "1981-02-01"),
            ("", "John", "1981-02-01"),
            ("P4", "Anne", ""),
            ("", "Anne", ""),
        ];
        let mut keys = rows.map(|(id, name, birth)| persons.take(id, &[name], birth));
        persons.join(&mut keys);
        assert_eq!(keys[0], persons.of_id("P1"));
        assert_eq!(keys[..3], [keys[0]; 3]);
        // Two people of one name: whose the last row is nobody knows.
        let johns = [keys[3], keys[4], keys[5]];
        assert!(
            johns
                .iter()
                .all(|key| johns.iter().filter(|other| *other == key).count() == 1)
        );
        assert_eq!(keys[6], persons.of_id("P4"));
        assert_eq!(keys[7], None);
    }

    #[test]
    fn an_id_is_no_name() {
        let persons = Persons::new(&[7; 32]);
        assert_eq!(persons.of_id("p1"), persons.of_id("P1"));
        assert_ne!(persons.of_id("p1"), persons.of_id("p2"));
    }
}
