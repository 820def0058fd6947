//! What was measured of one provider for one period: exact decimals, never floats.
//!
//! Must not know targets of a framework or what a value is worth (`framework`, `rating`).

use rust_decimal::{Decimal, RoundingStrategy};

/// What was recorded of one measure. Everything may be missing; nothing missing is ever 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measurement {
    /// The value, in the measure's unit; `None` is not available, `[x]`.
    pub value: Option<Decimal>,
    /// The value is provisional, `[p]`.
    pub provisional: bool,
    /// The value was revised since it was first published, `[r]`.
    pub revised: bool,
    /// The source itself calls the value unreliable, `[z]`.
    pub unreliable: bool,
    /// How many observations the value rests on, where that is known.
    pub observations: Option<u64>,
    /// The target of this provider and period; it goes before the framework's.
    pub target: Option<Decimal>,
    /// The national figure of this period; it goes before the framework's.
    pub national: Option<Decimal>,
    /// The provider's figure of the period before.
    pub previous: Option<Decimal>,
    /// Where the value comes from, in words, where it was taken from an audit and not recorded; else empty.
    pub taken_from: String,
}

/// A figure as it is published: rounded half up (away from zero) to this many decimals, and written with all of them.
#[must_use]
pub fn round_figure(figure: Decimal, decimals: u32) -> Decimal {
    let mut rounded =
        figure.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    rounded
}

/// Reads a decimal number as people write it: `71.2`, `-0.5`, `+3`, `1,234.5`; `None` for anything else. No group of
/// thousands starts with 0: `0,712` is a decimal comma.
#[must_use]
pub fn parse_figure(text: &str) -> Option<Decimal> {
    let negative = text.starts_with(['-', '−']);
    let unsigned = text.strip_prefix(['+', '-', '−']).unwrap_or(text);
    if !unsigned.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let grouped = whole.contains(',');
    if grouped && whole.starts_with('0') {
        return None;
    }
    let groups_fit = |(place, group): (usize, &str)| {
        group.bytes().all(|byte| byte.is_ascii_digit())
            && (!grouped || group.len() == 3 || (place == 0 && (1..=3).contains(&group.len())))
    };
    let fits = whole.split(',').enumerate().all(groups_fit)
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !fits {
        return None;
    }
    let mut figure = Decimal::from_str_exact(&unsigned.replace(',', "")).ok()?;
    figure.set_sign_negative(negative && !figure.is_zero());
    Some(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str) -> Decimal {
        parse_figure(text).unwrap()
    }

    #[test]
    fn figures_are_read_as_people_write_them() {
        for (written, shown) in [
            ("71.2", "71.2"),
            ("95", "95"),
            ("-0.6", "-0.6"),
            ("−0.6", "-0.6"),
            ("+23.3", "23.3"),
            ("1,234.50", "1234.50"),
            ("-0", "0"),
            ("0012", "12"),
        ] {
            assert_eq!(figure(written).to_string(), shown, "{written}");
        }
        for wrong in [
            "",
            "-",
            "x",
            ".5",
            "5.",
            "1e3",
            "1,23",
            "0,712",
            "1,2345",
            "12,34,567",
            "0x1",
            "1 2",
            "--1",
            "+-1",
            "NaN",
            "1_000",
            "½",
        ] {
            assert_eq!(parse_figure(wrong), None, "{wrong}");
        }
        assert_eq!(parse_figure(&"9".repeat(40)), None, "too long to be exact");
    }

    #[test]
    fn figures_round_half_up_and_keep_their_decimals() {
        for (written, decimals, shown) in [
            ("71.25", 1, "71.3"),
            ("71.24", 1, "71.2"),
            ("-2.55", 1, "-2.6"),
            ("70", 1, "70.0"),
            ("0.5", 0, "1"),
            ("10.5", 2, "10.50"),
        ] {
            assert_eq!(
                round_figure(figure(written), decimals).to_string(),
                shown,
                "{written}"
            );
        }
    }
}
