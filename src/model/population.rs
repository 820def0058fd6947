//! The eligible population of a sample: the cases from which it is drawn, each with its case information.
//!
//! It is kept in few long texts, because a nation has hundreds of thousands of cases: the references in one, and for each piece
//! of case information one with a fixed number of digits a case. Must not know names or dates of birth, nor how cases are chosen.

/// What an extract of a case management system gave for one sample.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Population {
    /// The sample's id.
    pub sample: String,
    /// Which column of the extract holds what, where its columns have names of their own; else empty.
    pub columns: Vec<(String, String)>,
    /// How many rows the extract had.
    pub rows_count: u64,
    /// Reasons for which rows were left out, each with their number.
    pub exclusions: Vec<(String, u64)>,
    /// The references of the cases that are left, in the order of their letters, with a space after each.
    pub references: String,
    /// The case information, in framework order; what is not known of any case may be left out at the end.
    pub information: Vec<CodedColumn>,
}

/// One piece of case information of every case: a number for each, written in so many digits to the base 64.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodedColumn {
    /// The values that occur; number 1 is the first of them, and 0 is "not recorded".
    pub values: Vec<String>,
    /// The digits of one case after the other.
    pub digits: String,
}

const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

impl Population {
    /// The references of the cases, in order.
    pub fn cases(&self) -> impl Iterator<Item = &str> {
        self.references.split_terminator(' ')
    }

    /// How many cases there are.
    #[must_use]
    pub fn cases_count(&self) -> usize {
        self.references.bytes().filter(|byte| *byte == b' ').count()
    }
}

impl CodedColumn {
    /// Writes a number for each case: the place of its value, from 1, or 0.
    #[must_use]
    pub fn new(values: Vec<String>, numbers: impl Iterator<Item = usize>) -> CodedColumn {
        let width = width_of(values.len());
        let mut digits = String::new();
        for number in numbers {
            for place in (0..width).rev() {
                let digit = number >> (6 * place) & 63;
                digits.push(char::from(DIGITS.get(digit).copied().unwrap_or(b'0')));
            }
        }
        CodedColumn { values, digits }
    }

    /// The number of each case, in order. A character that is no digit reads as a number that no value has.
    pub fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        let width = width_of(self.values.len());
        self.digits.as_bytes().chunks(width).map(|digits| {
            digits.iter().fold(0_usize, |number, digit| {
                number << 6 | value_of(*digit).unwrap_or(usize::MAX)
            })
        })
    }

    /// Whether it holds a number that it knows for each of so many cases.
    #[must_use]
    pub fn is_sound(&self, cases_count: usize) -> bool {
        self.digits.len() == cases_count * width_of(self.values.len())
            && self.numbers().all(|number| number <= self.values.len())
    }
}

/// Digits that the numbers up to this one need.
fn width_of(values_count: usize) -> usize {
    match values_count {
        0..64 => 1,
        64..4_096 => 2,
        _ => 3,
    }
}

fn value_of(digit: u8) -> Option<usize> {
    let after = |first: u8, at: usize| usize::from(digit - first) + at;
    Some(match digit {
        b'0'..=b'9' => after(b'0', 0),
        b'A'..=b'Z' => after(b'A', 10),
        b'a'..=b'z' => after(b'a', 36),
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values_count: usize, numbers: &[usize]) -> CodedColumn {
        let values = (0..values_count).map(|value| value.to_string()).collect();
        CodedColumn::new(values, numbers.iter().copied())
    }

    #[test]
    fn numbers_come_back_in_one_two_and_three_digits() {
        for (count, width) in [
            (0, 1),
            (1, 1),
            (63, 1),
            (64, 2),
            (4_095, 2),
            (4_096, 3),
            (70_000, 3),
        ] {
            let numbers = [0, count, count / 2, count.min(1)];
            let column = column(count, &numbers);
            assert_eq!(column.digits.len(), 4 * width, "{count}");
            assert_eq!(column.numbers().collect::<Vec<_>>(), numbers, "{count}");
            assert!(column.is_sound(4) && !column.is_sound(5));
        }
    }

    #[test]
    fn a_foreign_character_and_a_number_too_large_are_noticed() {
        let mut column = column(2, &[1, 2]);
        column.digits = "1!".into();
        assert!(!column.is_sound(2));
        column.digits = "13".into();
        assert!(!column.is_sound(2));
    }

    #[test]
    fn references_are_read_one_by_one() {
        let population = Population {
            references: "A-1 B-2 ".into(),
            ..Population::default()
        };
        assert_eq!(population.cases().collect::<Vec<_>>(), ["A-1", "B-2"]);
        assert_eq!(population.cases_count(), 2);
        assert_eq!(Population::default().cases().count(), 0);
    }
}
