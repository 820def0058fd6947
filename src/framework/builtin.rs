//! The framework editions that the program brings along, as their exact texts.
//!
//! Must not know what they say: a built-in edition is read and checked like any other file.

/// A framework edition inside the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Builtin {
    /// Its id, the same as in the text.
    pub id: &'static str,
    /// The TOML text.
    pub text: &'static str,
}

const BUILTINS: &[Builtin] = &[
    Builtin {
        id: "hmip-nps-2018",
        text: include_str!("builtin/hmip-nps-2018.toml"),
    },
    Builtin {
        id: "hmip-7-standards",
        text: include_str!("builtin/hmip-7-standards.toml"),
    },
    Builtin {
        id: "hmip-8-standards",
        text: include_str!("builtin/hmip-8-standards.toml"),
    },
    Builtin {
        id: "hmip-9-standards",
        text: include_str!("builtin/hmip-9-standards.toml"),
    },
    Builtin {
        id: "hmip-12-standards",
        text: include_str!("builtin/hmip-12-standards.toml"),
    },
    Builtin {
        id: "probation-scorecard-2023-24",
        text: include_str!("builtin/probation-scorecard-2023-24.toml"),
    },
    Builtin {
        id: "service-levels-2023-24",
        text: include_str!("builtin/service-levels-2023-24.toml"),
    },
    Builtin {
        id: "ptrs-2013-14",
        text: include_str!("builtin/ptrs-2013-14.toml"),
    },
    Builtin {
        id: "cumbria-2010-11",
        text: include_str!("builtin/cumbria-2010-11.toml"),
    },
];

/// Every built-in edition: those of inspections first, then those of measures.
#[must_use]
pub fn builtins() -> &'static [Builtin] {
    BUILTINS
}

/// The built-in edition with this id, in any case.
#[must_use]
pub fn builtin(id: &str) -> Option<&'static Builtin> {
    BUILTINS
        .iter()
        .find(|builtin| builtin.id.eq_ignore_ascii_case(id))
}

#[cfg(test)]
mod tests {
    use super::super::Framework;
    use super::*;

    #[test]
    fn every_built_in_edition_is_without_problems_and_has_its_own_id() {
        for builtin in builtins() {
            let framework = Framework::parse(builtin.text, builtin.id);
            let framework = framework.unwrap_or_else(|problems| panic!("{problems}"));
            assert_eq!(framework.id, builtin.id);
        }
    }

    #[test]
    fn a_built_in_edition_is_found_by_its_id() {
        assert_eq!(builtin("HMIP-nps-2018"), builtins().first());
        assert_eq!(builtin("hmip"), None);
    }
}
