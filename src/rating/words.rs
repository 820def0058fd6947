//! The sentences that say why: each rating carries its reason. Must not decide anything.

use crate::model::Decimal;

/// A count with thousands marked: `1,234`.
pub(crate) fn count(value: u64) -> String {
    mark_thousands(&value.to_string())
}

fn mark_thousands(digits: &str) -> String {
    let mut marked = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            marked.push(',');
        }
        marked.push(digit);
    }
    marked
}

/// A figure with thousands marked, as many decimals as it has, and a true minus sign: `1,234.5`, `−0.6`.
pub(crate) fn figure(value: Decimal) -> String {
    let digits = value.abs().to_string();
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits.as_str(), ""), |(whole, fraction)| (whole, fraction));
    let sign = if value.is_sign_negative() && !value.is_zero() {
        "−"
    } else {
        ""
    };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", mark_thousands(whole))
}

/// A count of a sample's units: `1 case`, `96 cases`, `0 enquiries`.
pub(crate) fn count_of(value: u64, unit: &str) -> String {
    format!(
        "{} {}",
        count(value),
        if value == 1 {
            unit.to_owned()
        } else {
            plural(unit)
        }
    )
}

/// The plural of an English noun of regular form.
pub(crate) fn plural(noun: &str) -> String {
    let consonant_y = noun
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']) && !stem.is_empty());
    match consonant_y {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "ch", "sh"]
            .iter()
            .any(|ending| noun.ends_with(ending)) =>
        {
            format!("{noun}es")
        }
        None => format!("{noun}s"),
    }
}

/// `2.2.3, 2.3.3 and 2.4.3`; empty for none.
pub(crate) fn list(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `3.2.3 and 3.2.4 have`, `3.2.3 has`; `None` for none.
pub(super) fn list_have(names: &[&str]) -> Option<String> {
    list_with_verb(names, "has", "have")
}

/// `3.2.3 and 3.2.4 are not rated`, `3.2.3 is not rated`; `None` for none.
pub(super) fn not_rated(names: &[&str]) -> Option<String> {
    list_with_verb(names, "is not rated", "are not rated")
}

fn list_with_verb(names: &[&str], one: &str, several: &str) -> Option<String> {
    let verb = if names.len() == 1 { one } else { several };
    (!names.is_empty()).then(|| format!("{} {verb}", list(names)))
}

/// A figure with its unit: `71.2%`, `1,234 completions`; the figure alone where it has no unit.
pub(crate) fn quantity(value: Decimal, unit: &str) -> String {
    let figure = figure(value);
    match unit {
        "" => figure,
        "%" => format!("{figure}%"),
        unit => format!("{figure} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_marked_and_agree_with_their_unit() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_000), "1,000");
        assert_eq!(count(12_345_678), "12,345,678");
        assert_eq!(count_of(1, "case"), "1 case");
        assert_eq!(count_of(0, "enquiry"), "0 enquiries");
        assert_eq!(count_of(2, "survey"), "2 surveys");
        assert_eq!(count_of(2, "search"), "2 searches");
    }

    #[test]
    fn lists_read_as_english() {
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["2.1"]), "2.1");
        assert_eq!(list(&["2.1", "2.2"]), "2.1 and 2.2");
        assert_eq!(list(&["2.1", "2.2", "2.3"]), "2.1, 2.2 and 2.3");
    }

    #[test]
    fn figures_carry_their_unit_and_a_true_minus_sign() {
        let figure = |text| crate::model::parse_figure(text).unwrap();
        assert_eq!(quantity(figure("71.20"), "%"), "71.20%");
        assert_eq!(quantity(figure("1234.5"), "days"), "1,234.5 days");
        assert_eq!(quantity(figure("-0.6"), ""), "−0.6");
        assert_eq!(quantity(figure("0.0"), "%"), "0.0%");
    }

    #[test]
    fn verbs_agree_with_their_subjects() {
        assert_eq!(not_rated(&[]), None);
        assert_eq!(not_rated(&["2.1"]).as_deref(), Some("2.1 is not rated"));
        assert_eq!(list_have(&["1", "2"]).as_deref(), Some("1 and 2 have"));
    }
}
