//! The styles of an Office Open XML workbook. Must not know any cell or rule.

use std::collections::BTreeMap;

use super::super::form::{Look, Side, heading_level};
use super::super::xml::Element;

/// The look of each style of cells, and what its numbers show.
#[derive(Default)]
pub(super) struct Styles {
    pub(super) looks: Vec<Look>,
    numbers: Vec<NumberFormat>,
}

/// What a number format makes of a number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct NumberFormat {
    is_date: bool,
    signs: String,
}

impl Styles {
    /// Whether numbers in this style are dates or times.
    pub(super) fn is_date(&self, style: usize) -> bool {
        self.numbers.get(style).is_some_and(|format| format.is_date)
    }

    /// What numbers in this style show beside their digits.
    pub(super) fn signs(&self, style: usize) -> &str {
        self.numbers.get(style).map_or("", |format| &format.signs)
    }
}

/// Reads the part of the styles.
pub(super) fn read_styles(part: &Element) -> Styles {
    let list = |name: &str| -> Vec<&Element> {
        part.child(name)
            .map(|list| list.children().collect())
            .unwrap_or_default()
    };
    let at = |list: &[&Element], element: &Element, name: &str| {
        let place = element
            .number(name)
            .and_then(|place| usize::try_from(place).ok());
        place.and_then(|place| list.get(place).copied()).cloned()
    };
    let (fonts, fills) = (list("fonts"), list("fills"));
    let codes: BTreeMap<u32, &str> = list("numFmts")
        .iter()
        .filter_map(|format| Some((format.number("numFmtId")?, format.get("formatCode")?)))
        .collect();
    let mut headings: BTreeMap<u32, u32> = BTreeMap::new();
    for style in list("cellStyles") {
        // Excel numbers its own headings from 16.
        let built_in = style.number("builtinId").filter(|id| (16..20).contains(id));
        let level = built_in.map(|id| id - 15);
        let level = level.or_else(|| heading_level(style.get("name").unwrap_or_default()));
        if let (Some(id), Some(level)) = (style.number("xfId"), level) {
            headings.insert(id, level);
        }
    }
    let mut styles = Styles::default();
    for style in list("cellXfs") {
        let font = at(&fonts, style, "fontId").unwrap_or_default();
        let fill = at(&fills, style, "fillId").unwrap_or_default();
        let named = style.number("xfId").unwrap_or(0);
        let mut look = look_of(style, &font, &fill);
        look.heading = headings.get(&named).copied();
        styles.looks.push(look);
        let format = style.number("numFmtId").unwrap_or(0);
        let code = codes
            .get(&format)
            .copied()
            .unwrap_or_else(|| built_in_code(format));
        styles.numbers.push(read_format(code));
    }
    styles
}

fn look_of(style: &Element, font: &Element, fill: &Element) -> Look {
    let alignment = style.child("alignment").cloned().unwrap_or_default();
    let pattern = fill.child("patternFill");
    let is_filled = pattern.is_some_and(|pattern| {
        !matches!(pattern.get("patternType"), None | Some("none" | "gray125"))
    });
    let foreground = pattern.and_then(|pattern| pattern.child("fgColor"));
    let gradient = fill.child("gradientFill").map(|_| "gradient".to_owned());
    let child = |name: &str| font.child(name).and_then(|child| child.get("val"));
    let color = font.child("color").map(color_name);
    Look {
        heading: None,
        wraps: alignment.says("wrapText"),
        side: match alignment.get("horizontal") {
            Some("left") => Some(Side::Left),
            Some("center" | "centerContinuous" | "distributed") => Some(Side::Middle),
            Some("right") => Some(Side::Right),
            _ => None,
        },
        fill: match (is_filled, foreground) {
            (true, Some(color)) => Some(color_name(color)),
            (true, None) => Some("pattern".to_owned()),
            (false, _) => gradient,
        },
        // The colour that stands for the one of the system.
        color: color.filter(|color| color != "theme 1 " && color != "indexed 64 "),
        font: child("name").map(str::to_owned),
        size: child("sz").and_then(tenths),
        is_italic: font
            .child("i")
            .is_some_and(|italic| italic.get("val").is_none_or(|val| val != "0")),
        is_superscript: child("vertAlign") == Some("superscript"),
        is_turned: alignment
            .get("textRotation")
            .is_some_and(|angle| angle != "0"),
    }
}

fn color_name(color: &Element) -> String {
    if let Some(rgb) = color.get("rgb") {
        return rgb.to_lowercase();
    }
    let tint = color.get("tint").unwrap_or_default();
    let named = ["theme", "indexed", "auto"].into_iter();
    let found = named
        .filter_map(|name| Some((name, color.get(name)?)))
        .next();
    found.map_or_else(String::new, |(name, value)| {
        format!("{name} {value} {tint}")
    })
}

/// `11` and `10.5` in tenths.
fn tenths(size: &str) -> Option<u32> {
    let (whole, decimals) = size.split_once('.').unwrap_or((size, "0"));
    let first = decimals.chars().next().and_then(|digit| digit.to_digit(10));
    whole
        .parse::<u32>()
        .ok()?
        .checked_mul(10)?
        .checked_add(first.unwrap_or(0))
}

/// The code of a format that every program knows by its number; those of plain numbers are left out.
fn built_in_code(id: u32) -> &'static str {
    match id {
        5..=8 | 41..=44 => "[$currency]0",
        9 | 10 => "0%",
        14..=22 | 27..=36 | 45..=47 | 50..=58 => "yyyy",
        _ => "",
    }
}

/// Whether a format shows dates, and what it shows beside the digits: `%`, a currency, words. Only its first part counts, which
/// is that of positive numbers.
fn read_format(code: &str) -> NumberFormat {
    let mut format = NumberFormat::default();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => break,
            '"' => format
                .signs
                .extend(letters.by_ref().take_while(|letter| *letter != '"')),
            '\\' => format.signs.extend(letters.next()),
            '_' | '*' => drop(letters.next()),
            '[' => {
                let inside: String = letters
                    .by_ref()
                    .take_while(|letter| *letter != ']')
                    .collect();
                // A currency is `[$£-809]`; else it is a colour, a condition or a count of hours.
                match inside.strip_prefix('$') {
                    Some(currency) => {
                        format.signs += currency.split('-').next().unwrap_or_default()
                    }
                    None => format.is_date |= ["h", "hh", "m", "mm", "s", "ss"].contains(&&*inside),
                }
            }
            'y' | 'Y' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => format.is_date = true,
            '%' | '£' | '€' | '¥' | '$' => format.signs.push(letter),
            // `General` holds the letters of dates.
            'G' | 'g' => drop(letters.by_ref().take("eneral".len()).count()),
            _ => {}
        }
    }
    format.signs = format.signs.trim().to_owned();
    let is_plain = format
        .signs
        .chars()
        .all(|sign| matches!(sign, '-' | '+' | '(' | ')' | ' ' | ',' | '.'));
    if is_plain {
        format.signs.clear();
    }
    format
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_say_what_they_show_beside_digits() {
        for (code, is_date, signs) in [
            ("", false, ""),
            ("General", false, ""),
            ("#,##0.00", false, ""),
            ("#,##0;-#,##0", false, ""),
            ("0%", false, "%"),
            ("0.0\"%\"", false, "%"),
            ("[$£-809]#,##0", false, "£"),
            ("0 \"cases\"", false, "cases"),
            ("[Red]0", false, ""),
            ("dd/mm/yyyy", true, ""),
            ("yyyy-mm-dd", true, ""),
            ("[h]:mm", true, ""),
            ("_-* #,##0_-", false, ""),
            ("0\\ \\*", false, "*"),
        ] {
            let format = read_format(code);
            assert_eq!(format.is_date, is_date, "{code}");
            if !is_date {
                assert_eq!(format.signs, signs, "{code}");
            }
        }
    }

    #[test]
    fn sizes_are_read_in_tenths() {
        assert_eq!(tenths("11"), Some(110));
        assert_eq!(tenths("10.5"), Some(105));
        assert_eq!(tenths("x"), None);
        assert_eq!(tenths("4294967295"), None);
    }
}
