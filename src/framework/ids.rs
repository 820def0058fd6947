//! How ids and numbers are written, and that none stands twice. Must not know what they name.

use std::collections::HashMap;

use super::collect::{Collector, Span};
use super::raw::Written;
use crate::model::Code;

/// The ways of writing an id.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// Lower-case letters, digits and dashes: frameworks, ratings, samples, choices.
    Dashed,
    /// Lower-case letters, digits and underscores: case information.
    Underscored,
    /// Digits with dots between them: domains, standards, key questions.
    Number,
    /// Letters, digits, dashes and dots, as published codes are written: measures.
    Published,
}

impl Form {
    /// Whether a text is written so.
    pub(super) fn fits(self, text: &str) -> bool {
        let every = |extra: u8| {
            let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == extra;
            !text.is_empty() && text.bytes().all(fits)
        };
        match self {
            Form::Dashed => every(b'-'),
            Form::Underscored => every(b'_'),
            Form::Number => text
                .split('.')
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())),
            Form::Published => {
                let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
                !text.is_empty() && text.bytes().all(fits)
            }
        }
    }

    /// How to write it.
    pub(super) fn remedy(self) -> &'static str {
        match self {
            Form::Dashed => "use only lower-case letters, digits and dashes",
            Form::Underscored => "use only lower-case letters, digits and underscores",
            Form::Number => "use digits with dots between them, such as 2.1",
            Form::Published => "use only letters, digits, dashes and dots, such as A1-2.3",
        }
    }
}

/// The ids of one kind that have been seen, each with its first place. Capitals make no difference.
#[derive(Default)]
pub(super) struct Ids(HashMap<String, Span>);

impl Ids {
    /// Takes an id: reports one that is badly written or that has been taken before. `kind` is what messages call it.
    pub(super) fn take(
        &mut self,
        id: Written<'_>,
        form: Form,
        kind: &str,
        problems: &mut Collector<'_>,
    ) {
        if !form.fits(id.text) {
            report_bad(id, kind, form.remedy(), problems);
        }
        self.take_once(id, kind, problems);
    }

    /// Takes a text whose form is checked elsewhere: reports one that has been taken before.
    pub(super) fn take_once(&mut self, id: Written<'_>, kind: &str, problems: &mut Collector<'_>) {
        if let Some(first) = self.0.get(&id.text.to_lowercase()) {
            let what = format!("the {kind} {:?} stands twice", id.text);
            let line = problems.line(*first);
            let remedy = format!("change one of them; the first is on line {line}");
            problems.add(Code::DuplicateId, id.span, what, remedy);
        } else {
            self.0.insert(id.text.to_lowercase(), id.span);
        }
    }
}

/// Reports an id that is not written as it must be.
pub(super) fn report_bad(id: Written<'_>, kind: &str, remedy: &str, problems: &mut Collector<'_>) {
    let what = format!("{:?} cannot be a {kind}", id.text);
    problems.add(Code::BadId, id.span, what, remedy);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_and_numbers_have_digits_on_both_sides_of_a_dot() {
        for id in ["a", "hmip-nps-2018", "2"] {
            assert!(Form::Dashed.fits(id), "{id}");
        }
        for id in ["", "A", "a_b", "a b", "é"] {
            assert!(!Form::Dashed.fits(id), "{id}");
        }
        assert!(Form::Underscored.fits("rosh_issues"));
        assert!(!Form::Underscored.fits("rosh-issues"));
        for number in ["2", "2.1", "10.2.3"] {
            assert!(Form::Number.fits(number), "{number}");
        }
        for number in ["", ".", "2.", ".1", "2..1", "2.1a", "2,1"] {
            assert!(!Form::Number.fits(number), "{number}");
        }
        for code in ["SL001", "sl-1.2"] {
            assert!(Form::Published.fits(code), "{code}");
        }
        for code in ["", "SL 1", "SL_1", "É"] {
            assert!(!Form::Published.fits(code), "{code}");
        }
    }
}
