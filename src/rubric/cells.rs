//! Rules about what stands in cells: numbers, symbols, shorthand, links. Must not know how cells look, but for the side on which
//! a number stands.

use std::collections::{BTreeMap, BTreeSet};

use super::book::linked_sheet;
use super::layout::Layout;
use super::rule::{Held, Places, Rule, Spot, Weight};
use crate::exchange::workbook_form::{Cell, Side, Value};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "symbol-alone",
        weight: Weight::Essential,
        asks: "No cell of a table holds nothing but a symbol, such as - or *",
        remedy: "write shorthand in square brackets in its place, such as [x], [z] or [low], and explain it above the table",
        source: "Symbols and shorthand in tables; checklist, Footnotes 1",
        find: |held| {
            each_body(held, is_symbol, |example| {
                format!("a symbol stands for words: {example}")
            })
        },
    },
    Rule {
        id: "symbols-in-number",
        weight: Weight::Essential,
        asks: "No number has a sign or mark beside it, such as 12%, £5 or 12*",
        remedy: "let the number stand alone, as a number; put the unit into the header, and a mark into a column of its own",
        source: "Symbols and shorthand in tables; checklist, Footnotes 1",
        find: |held| {
            each_body(
                held,
                |cell| {
                    cell.words()
                        .is_some_and(|words| number_of(words) == Numeric::Signed)
                },
                |example| format!("a number stands as text with a sign or mark: {example}"),
            )
        },
    },
    Rule {
        id: "superscript",
        weight: Weight::Essential,
        asks: "No words are raised, as marks of footnotes are",
        remedy: "refer to notes as [note 1], in titles, headers, or a column of their own",
        source: "checklist, Footnotes 1",
        find: |held| {
            held.each_sheet(|sheet| {
                let mut places = Places::default();
                for (at, cell) in sheet.sheet.filled() {
                    let look = held.book.look(cell);
                    if cell.has_superscript || look.is_some_and(|look| look.is_superscript) {
                        places.add_cell(at, &cell.shown());
                    }
                }
                places.spot(sheet.name(), |example| {
                    format!("words are raised: {example}")
                })
            })
        },
    },
    Rule {
        id: "number-format",
        weight: Weight::Advice,
        asks: "The format of numbers shows no sign and no words beside them",
        remedy: "choose a plain number format, and put the unit into the header",
        source: "Releasing statistics in spreadsheets",
        find: |held| {
            each_body(
                held,
                |cell| matches!(&cell.value, Value::Number { adds, .. } if !adds.is_empty()),
                |example| format!("the number format adds a sign or words: {example}"),
            )
        },
    },
    Rule {
        id: "number-as-text",
        weight: Weight::Advice,
        asks: "Numbers are numbers; a code of digits, such as 2.1, is text that somebody set left",
        remedy: "turn the text into a number, or set it left (Home, Align Left) if it is a code",
        source: "Releasing statistics in spreadsheets",
        find: number_as_text,
    },
    Rule {
        id: "one-number",
        weight: Weight::Advice,
        asks: "A cell holds one number and nothing else",
        remedy: "give the second number, or the shorthand, a column of its own",
        source: "Releasing statistics in spreadsheets",
        find: |held| {
            each_body(
                held,
                |cell| {
                    cell.words()
                        .is_some_and(|words| number_of(words) == Numeric::WithMore)
                },
                |example| format!("a cell holds a number and more: {example}"),
            )
        },
    },
    Rule {
        id: "shorthand-brackets",
        weight: Weight::Advice,
        asks: "Words in a column of numbers stand in square brackets, each shorthand in its own",
        remedy: "write shorthand as [c], and two as [p] [r]",
        source: "Symbols and shorthand in tables; checklist, Footnotes 1",
        find: shorthand_brackets,
    },
    Rule {
        id: "link-target",
        weight: Weight::Essential,
        asks: "Every link within the workbook leads to a sheet that is there",
        remedy: "make the link anew",
        source: "checklist, Formatting 2",
        find: link_targets,
    },
    Rule {
        id: "link-words",
        weight: Weight::Essential,
        asks: "A link says in words where it leads",
        remedy: "show words in place of the address",
        source: "checklist, Formatting 2; WCAG 2.4.4",
        find: |held| {
            held.each_sheet(|sheet| {
                let mut places = Places::default();
                let links = sheet.sheet.filled().filter(|(_, cell)| cell.link.is_some());
                for (at, cell) in links.filter(|(_, cell)| is_address(&cell.shown())) {
                    places.add_cell(at, &cell.shown());
                }
                places.spot(sheet.name(), |example| {
                    format!("a link shows its address: {example}")
                })
            })
        },
    },
];

/// One finding at most for each sheet: the cells below the headers of which this holds.
fn each_body(
    held: &Held<'_>,
    is_broken: impl Fn(&Cell) -> bool,
    what: impl Fn(&str) -> String,
) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        for (at, cell) in sheet.body().filter(|(_, cell)| is_broken(cell)) {
            places.add_cell(at, &cell.shown());
        }
        places.spot(sheet.name(), &what)
    })
}

/// Whether a cell holds nothing but symbols. Units are none: the checklist counts them among the signs that are safe, and they
/// may stand in a column of their own.
fn is_symbol(cell: &Cell) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || "%£€$".contains(letter);
    cell.words()
        .is_some_and(|words| !words.chars().any(is_word))
}

/// What a text is, read as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numeric {
    /// No number.
    None,
    /// A number and nothing else.
    Plain,
    /// A number with a sign or mark: `12%`, `£5`, `12*`.
    Signed,
    /// A number with something in brackets, or another number: `12 (5%)`, `12 [p]`.
    WithMore,
}

fn number_of(words: &str) -> Numeric {
    let is_currency = |letter: char| "£$€¥".contains(letter);
    let words = words.trim();
    let unsigned = words.trim_start_matches(['+', '-', '−']);
    let number = unsigned
        .trim_start_matches(is_currency)
        .trim_start_matches(['+', '-', '−']);
    let is_part = |letter: char| letter.is_ascii_digit() || ",.".contains(letter);
    let end = number
        .find(|letter: char| !is_part(letter))
        .unwrap_or(number.len());
    let (digits, rest) = number.split_at(end);
    let digits = digits.trim_end_matches([',', '.']);
    if !is_decimal(digits) {
        return Numeric::None;
    }
    let rest = rest.trim();
    let has_currency = number.len() < unsigned.len();
    if rest.starts_with(['(', '[']) && rest.ends_with([')', ']']) {
        Numeric::WithMore
    } else if rest.is_empty() && !has_currency {
        Numeric::Plain
    } else if rest
        .chars()
        .any(|letter| letter.is_alphanumeric() || letter.is_whitespace())
    {
        Numeric::None
    } else {
        Numeric::Signed
    }
}

/// `12`, `1,070.5`: at most one point, and three digits after each comma.
fn is_decimal(digits: &str) -> bool {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    are_digits(first)
        && groups.all(|group| group.len() == 3 && are_digits(group))
        && are_digits(decimals)
}

fn number_as_text(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        for (at, cell) in sheet.body() {
            let side = held.book.look(cell).and_then(|look| look.side);
            let is_number = cell
                .words()
                .is_some_and(|words| number_of(words) == Numeric::Plain);
            if is_number && side != Some(Side::Left) {
                places.add_cell(at, &cell.shown());
            }
        }
        places.spot(sheet.name(), |example| {
            format!("a number stands as text: {example}")
        })
    })
}

/// The columns of this sheet in which most cells are numbers.
fn number_columns(sheet: &Layout<'_>) -> BTreeSet<u32> {
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (at, cell) in sheet.body() {
        let (numbers, others) = counts.entry(at.column).or_default();
        match cell.value {
            Value::Number { .. } => *numbers += 1,
            _ => *others += 1,
        }
    }
    let are_numbers = counts
        .into_iter()
        .filter(|(_, (numbers, others))| numbers > others);
    are_numbers.map(|(column, _)| column).collect()
}

fn shorthand_brackets(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let columns = number_columns(sheet);
        let mut places = Places::default();
        for (at, cell) in sheet.body() {
            let Some(words) = cell.words() else { continue };
            let is_bare = columns.contains(&at.column)
                && !words.starts_with('[')
                && words.chars().any(char::is_alphanumeric)
                && number_of(words) == Numeric::None;
            if is_bare || has_shared_brackets(words) {
                places.add_cell(at, words);
            }
        }
        places.spot(sheet.name(), |example| {
            format!("words or shorthand do not stand in brackets of their own: {example}")
        })
    })
}

/// `[p, r]`: several codes in the same brackets.
fn has_shared_brackets(words: &str) -> bool {
    let inside = words
        .strip_prefix('[')
        .and_then(|words| words.strip_suffix(']'));
    inside.is_some_and(|inside| {
        let codes = inside.split(',').map(str::trim);
        let is_code =
            |code: &str| code.chars().count() <= 3 && code.chars().all(char::is_alphabetic);
        inside.contains(',') && codes.clone().all(|code| !code.is_empty() && is_code(code))
    })
}

fn link_targets(held: &Held<'_>) -> Vec<Spot> {
    held.each_sheet(|sheet| {
        let mut places = Places::default();
        let links = sheet
            .sheet
            .filled()
            .filter_map(|(at, cell)| Some((at, cell, cell.link.as_deref()?)));
        for (at, cell, target) in links {
            let linked = linked_sheet(held.book, target).map(|name| name.replace("''", "'"));
            let is_there = |name: &str| {
                held.book
                    .sheets
                    .iter()
                    .any(|sheet| sheet.name.eq_ignore_ascii_case(name))
            };
            if linked.is_some_and(|name| !is_there(&name)) {
                places.add_cell(at, &cell.shown());
            }
        }
        places.spot(sheet.name(), |example| {
            format!("the link {example} leads to a sheet that is not there")
        })
    })
}

/// Whether words are an address that is longer than the name of a site, which reads as well as any words.
fn is_address(words: &str) -> bool {
    let start = ["http://", "https://", "www."].into_iter().find(|start| {
        let found = words.get(..start.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(start))
    });
    let rest = start.and_then(|start| words.get(start.len()..));
    rest.is_some_and(|rest| {
        !rest.contains(char::is_whitespace) && rest.trim_end_matches('/').contains('/')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_the_numbers_that_people_mean() {
        for (words, numeric) in [
            ("12", Numeric::Plain),
            ("-1,070.5", Numeric::Plain),
            ("−0.6", Numeric::Plain),
            ("12%", Numeric::Signed),
            ("£5", Numeric::Signed),
            ("-£5.20", Numeric::Signed),
            ("12*", Numeric::Signed),
            ("12 %", Numeric::Signed),
            ("3†‡", Numeric::Signed),
            ("12 (45%)", Numeric::WithMore),
            ("12 [p]", Numeric::WithMore),
            ("12[note 1]", Numeric::WithMore),
            ("2.1.1", Numeric::None),
            ("18-25", Numeric::None),
            ("18 to 25", Numeric::None),
            ("2nd", Numeric::None),
            ("2018/19", Numeric::None),
            ("1,07", Numeric::None),
            ("2. Case supervision", Numeric::None),
            ("[x]", Numeric::None),
            ("", Numeric::None),
            ("£", Numeric::None),
        ] {
            assert_eq!(number_of(words), numeric, "{words}");
        }
    }

    #[test]
    fn codes_that_share_their_brackets_are_seen() {
        assert!(has_shared_brackets("[p, r]") && has_shared_brackets("[p,r]"));
        for words in [
            "[p]",
            "[p] [r]",
            "[not available, see below]",
            "[,]",
            "p, r",
        ] {
            assert!(!has_shared_brackets(words), "{words}");
        }
    }
}
