//! What stands beside the assessment that counts: further assessments of a case, and notes marked as examples of practice.
//!
//! Must not know who may assess what, or what is shown to whom (`casework`).

use std::fmt;

/// Why a case is assessed once more. Neither counts in any rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// By a second person, independently of the first, to see how far the two agree.
    Second,
    /// By everybody, as an exercise, to be compared with the agreed answers.
    Exercise,
}

impl Role {
    /// The word for it in the record and in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Role::Second => "second",
            Role::Exercise => "exercise",
        }
    }

    /// The role that a word stands for; `None` for any other word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Role> {
        [Role::Second, Role::Exercise]
            .into_iter()
            .find(|role| role.word() == word)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a note is an example of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Practice {
    /// Practice that others may follow.
    Effective,
    /// Practice that falls short.
    Poor,
}

impl Practice {
    /// The word for it in the record, in files and for people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Practice::Effective => "effective",
            Practice::Poor => "poor",
        }
    }

    /// The practice that a word stands for; `None` for any other word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Practice> {
        [Practice::Effective, Practice::Poor]
            .into_iter()
            .find(|practice| practice.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_for_what_it_was_made_of() {
        for role in [Role::Second, Role::Exercise] {
            assert_eq!(Role::parse(role.word()), Some(role));
        }
        for practice in [Practice::Effective, Practice::Poor] {
            assert_eq!(Practice::parse(practice.word()), Some(practice));
        }
        assert_eq!((Role::parse("first"), Practice::parse("")), (None, None));
    }
}
