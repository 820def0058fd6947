//! How counts, percentages, decimal figures and times are printed for people. Must not compute them.

use crate::model::Decimal;
use crate::rating::words;

/// A count with thousands marked: `1,234`.
pub(super) fn format_count(count: u64) -> String {
    words::count(count)
}

/// A whole percentage: `83%`.
pub(super) fn format_percent(percent: u64) -> String {
    format!("{percent}%")
}

/// A decimal figure with thousands marked and a true minus sign; a change has its plus sign too, unless it is zero.
pub(super) fn format_figure(figure: Decimal, signed: bool) -> String {
    let plus = if signed && figure > Decimal::ZERO {
        "+"
    } else {
        ""
    };
    format!("{plus}{}", words::figure(figure))
}

/// A decimal figure as another program reads it: `-0.6`, `1234.50`, and never a negative zero.
pub(super) fn plain_figure(figure: Decimal) -> String {
    let mut figure = figure;
    if figure.is_zero() {
        figure.set_sign_positive(true);
    }
    figure.to_string()
}

/// A time of the record to the second: `2018-10-08 09:13:00` for `2018-10-08T09:13:00.250Z`. Its clock is UTC; tables say so.
#[must_use]
pub fn shown_time(at: &str) -> String {
    at.replace('T', " ").chars().take(19).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_to_the_second() {
        assert_eq!(
            shown_time("2018-10-08T09:13:00.250Z"),
            "2018-10-08 09:13:00"
        );
    }
    use crate::model::parse_figure;

    #[test]
    fn figures_print_as_published() {
        assert_eq!(format_count(0), "0");
        assert_eq!(format_count(1_128), "1,128");
        assert_eq!(format_percent(0), "0%");
        assert_eq!(format_percent(100), "100%");
    }

    #[test]
    fn decimal_figures_keep_their_decimals_and_changes_their_sign() {
        let shown = |text: &str, signed| format_figure(parse_figure(text).unwrap(), signed);
        assert_eq!(shown("1234.50", false), "1,234.50");
        assert_eq!(shown("-0.6", false), "−0.6");
        assert_eq!(shown("23.3", true), "+23.3");
        assert_eq!(shown("-2.5", true), "−2.5");
        assert_eq!(shown("0.0", true), "0.0");
        assert_eq!(plain_figure(-parse_figure("0.0").unwrap()), "0.0");
        assert_eq!(plain_figure(parse_figure("-1,234.50").unwrap()), "-1234.50");
    }
}
