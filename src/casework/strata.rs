//! Which stratum, or which kind that is left out, a case belongs to.
//!
//! Must not know where case information comes from.

use std::collections::HashMap;

use crate::framework::Part;
use crate::model::Sheet;

/// The stratum of a framework that has none: the whole population.
pub(super) const WHOLE: &str = "all";

/// Sorts cases into the parts of a population. What cases of equal information belong to is worked out once.
pub(super) struct Sorter<'a> {
    parts: &'a [Part],
    /// Places of the attributes that any part looks at.
    attributes: Vec<usize>,
    known: HashMap<Vec<usize>, Option<usize>>,
    /// The codes of the case that is being sorted.
    codes: Vec<usize>,
}

impl<'a> Sorter<'a> {
    pub(super) fn new(parts: &'a [Part]) -> Sorter<'a> {
        Sorter {
            parts,
            attributes: attributes_of(parts),
            known: HashMap::new(),
            codes: Vec::new(),
        }
    }

    /// Place of the first part that a case surely belongs to; `None` where there is none. `code` gives a number that stands for
    /// the value of an attribute, `value` the value itself, `None` where it is not recorded.
    pub(super) fn part_of(
        &mut self,
        code: impl Fn(usize) -> usize,
        value: impl Fn(usize) -> Option<String>,
    ) -> Option<usize> {
        self.codes.clear();
        self.codes
            .extend(self.attributes.iter().map(|attribute| code(*attribute)));
        if let Some(part) = self.known.get(self.codes.as_slice()) {
            return *part;
        }
        let most = self.attributes.last().map_or(0, |last| last + 1);
        let mut information = vec![None; most];
        for attribute in &self.attributes {
            information[*attribute] = value(*attribute);
        }
        let part = part_of(self.parts, &information);
        self.known.insert(self.codes.clone(), part);
        part
    }
}

/// Place of the first part that a case with this information surely belongs to.
pub(super) fn part_of(parts: &[Part], information: &[Option<String>]) -> Option<usize> {
    // A draw comes before any answer.
    let sheet = Sheet::unanswered(0);
    parts
        .iter()
        .position(|part| part.when.holds(information, &sheet) == Some(true))
}

/// Places of the attributes that these parts look at, rising, each once.
pub(super) fn attributes_of(parts: &[Part]) -> Vec<usize> {
    let attributes = parts.iter().flat_map(|part| part.when.attributes());
    let mut attributes: Vec<usize> = attributes.collect();
    attributes.sort_unstable();
    attributes.dedup();
    attributes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Condition;

    fn part(attribute: usize, value: &str) -> Part {
        Part {
            id: value.into(),
            title: value.into(),
            when: Condition::Information {
                attribute,
                among: vec![value.into()],
            },
        }
    }

    #[test]
    fn a_case_belongs_to_the_first_part_that_surely_holds() {
        let parts = [part(2, "low"), part(0, "female")];
        let mut sorter = Sorter::new(&parts);
        let values = [
            ["female", "", "low"],
            ["female", "", ""],
            ["male", "", "high"],
        ];
        let found = values.map(|values| {
            let value = |at: usize| Some(values[at].to_owned()).filter(|value| !value.is_empty());
            let code = |at: usize| values[at].len();
            let twice = [sorter.part_of(code, value), sorter.part_of(code, value)];
            assert_eq!(twice[0], twice[1]);
            twice[0]
        });
        assert_eq!(found, [Some(0), Some(1), None]);
        assert_eq!(Sorter::new(&[]).part_of(|_| 0, |_| None), None);
    }
}
