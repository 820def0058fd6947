//! How counts and percentages are printed for people. Must not compute them.

use crate::rating::words;

/// A count with thousands marked: `1,234`.
pub(super) fn format_count(count: u64) -> String {
    words::count(count)
}

/// A whole percentage: `83%`.
pub(super) fn format_percent(percent: u64) -> String {
    format!("{percent}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_print_as_published() {
        assert_eq!(format_count(0), "0");
        assert_eq!(format_count(1_128), "1,128");
        assert_eq!(format_percent(0), "0%");
        assert_eq!(format_percent(100), "100%");
    }
}
