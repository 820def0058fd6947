//! A progress chart of plain characters: words and numbers first, so that nothing hangs on seeing the bars. Sees counts only.

use super::TerminalOptions;
use super::number::format_count;

/// How far a group of cases is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bar {
    /// What the cases are.
    pub name: String,
    /// Cases submitted.
    pub submitted: u64,
    /// Cases started and not submitted.
    pub in_hand: u64,
    /// All of them.
    pub cases: u64,
}

const LONGEST: usize = 40;
const SHORTEST: usize = 10;

/// A line for each bar that has a case, under a line that says what the characters mean; the bars are as long as the terminal
/// leaves room for.
#[must_use]
pub fn write_bars(bars: &[Bar], options: TerminalOptions) -> String {
    let words: Vec<(String, &Bar)> = bars
        .iter()
        .filter(|bar| bar.cases > 0)
        .map(|bar| (words(bar), bar))
        .collect();
    let Some(widest) = words.iter().map(|(words, _)| words.chars().count()).max() else {
        return String::new();
    };
    let room = options.width.map_or(LONGEST, |width| {
        usize::from(width).saturating_sub(widest + 2)
    });
    let length = room.clamp(SHORTEST, LONGEST);
    let mut chart = String::from("\nChart: # submitted, + in hand, . untouched\n");
    for (words, bar) in words {
        let gap = " ".repeat(widest + 1 - words.chars().count());
        chart.push_str(&format!("{words}{gap}{}\n", draw(bar, length)));
    }
    chart
}

fn words(bar: &Bar) -> String {
    let in_hand = match bar.in_hand {
        0 => String::new(),
        count => format!(", {} in hand", format_count(count)),
    };
    let (submitted, cases) = (format_count(bar.submitted), format_count(bar.cases));
    format!("{}: {submitted} of {cases} submitted{in_hand}", bar.name)
}

/// The bar itself. What is begun is never drawn as nothing, and what is left never as done.
fn draw(bar: &Bar, length: usize) -> String {
    let cells = |count: u64| {
        let length = u128::try_from(length).unwrap_or(0);
        let exact = u128::from(count) * length / u128::from(bar.cases.max(1));
        usize::try_from(exact).unwrap_or(0)
    };
    let submitted = cells(bar.submitted).max(usize::from(bar.submitted > 0));
    let begun = cells(bar.submitted + bar.in_hand);
    let begun = begun
        .max(submitted + usize::from(bar.in_hand > 0))
        .min(length);
    let submitted = submitted.min(begun - usize::from(bar.in_hand > 0));
    let (in_hand, untouched) = (begun - submitted, length - begun);
    [
        "#".repeat(submitted),
        "+".repeat(in_hand),
        ".".repeat(untouched),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(name: &str, submitted: u64, in_hand: u64, cases: u64) -> Bar {
        Bar {
            name: name.into(),
            submitted,
            in_hand,
            cases,
        }
    }

    #[test]
    fn words_and_numbers_stand_before_the_bars() {
        let bars = [
            bar("Court", 5, 0, 10),
            bar("Nothing", 0, 0, 0),
            bar("Victims", 1, 2, 1_234),
        ];
        let options = TerminalOptions {
            width: Some(60),
            color: false,
        };
        assert_eq!(
            write_bars(&bars, options),
            "\nChart: # submitted, + in hand, . untouched\n\
             Court: 5 of 10 submitted                 #########.........\n\
             Victims: 1 of 1,234 submitted, 2 in hand #+................\n"
        );
        assert_eq!(write_bars(&bars[1..2], options), "");
    }

    #[test]
    fn what_is_begun_shows_and_what_is_left_is_not_drawn_as_done() {
        assert_eq!(draw(&bar("", 0, 0, 5), 10), "..........");
        assert_eq!(draw(&bar("", 5, 0, 5), 10), "##########");
        assert_eq!(draw(&bar("", 999, 0, 1_000), 10), "#########.");
        assert_eq!(draw(&bar("", 1, 0, 1_000), 10), "#.........");
        assert_eq!(draw(&bar("", 999, 1, 1_000), 10), "#########+");
        assert_eq!(draw(&bar("", 0, 1, 1_000), 10), "+.........");
    }
}
