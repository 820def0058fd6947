//! The styles of an OpenDocument spreadsheet, each followed to the one that it rests on. Must not know any cell or rule.

use std::collections::BTreeMap;

use super::super::form::{Look, Side, heading_level};
use super::super::xml::Element;

/// How many styles may rest on each other.
const PARENTS_MAX: usize = 50;

/// The styles of a workbook.
#[derive(Default)]
pub(super) struct Styles {
    /// By family and name.
    styles: BTreeMap<(String, String), Element>,
    /// The style of every cell.
    defaults: Option<Element>,
    /// What stands above or below each printed page, by the name of the page.
    pages: BTreeMap<String, String>,
    /// Names of fonts by the names that styles use for them.
    fonts: BTreeMap<String, String>,
    /// Looks that were asked for, and their places.
    looks: Vec<Look>,
    places: BTreeMap<String, usize>,
}

impl Styles {
    /// Takes in the part with the named styles.
    pub(super) fn add_part(&mut self, part: &Element) {
        for child in part.children() {
            match child.name.as_str() {
                "font-face-decls" => self.add_fonts(child),
                "styles" | "automatic-styles" => self.add(child),
                "master-styles" => {
                    for page in child.children().filter(|page| page.name == "master-page") {
                        let name = page.get("name").unwrap_or_default().to_owned();
                        self.pages.insert(name, page_words(page));
                    }
                }
                _ => {}
            }
        }
    }

    fn add_fonts(&mut self, element: &Element) {
        for font in element.children() {
            if let (Some(name), Some(family)) = (font.get("name"), font.get("font-family")) {
                self.fonts.insert(name.to_owned(), family.to_owned());
            }
        }
    }

    /// Takes in styles.
    pub(super) fn add(&mut self, element: &Element) {
        for style in element.children() {
            let family = style.get("family").unwrap_or_default().to_owned();
            match style.name.as_str() {
                "style" => {
                    let name = style.get("name").unwrap_or_default().to_owned();
                    self.styles.insert((family, name), style.clone());
                }
                "default-style" if family == "table-cell" => self.defaults = Some(style.clone()),
                _ => {}
            }
        }
    }

    fn find(&self, family: &str, name: &str) -> Option<&Element> {
        self.styles.get(&(family.to_owned(), name.to_owned()))
    }

    /// A style and those that it rests on, nearest first, the one of every cell last.
    fn chain(&self, family: &str, name: &str) -> Vec<&Element> {
        let mut chain = Vec::new();
        let mut next = self.find(family, name);
        while let Some(style) = next {
            chain.push(style);
            let parent = style.get("parent-style-name");
            next = parent.and_then(|parent| self.find(family, parent));
            if chain.len() > PARENTS_MAX {
                break;
            }
        }
        chain.extend(self.defaults.iter());
        chain
    }

    /// The place of the look of cells in this style.
    pub(super) fn look_of(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let look = self.read_look(name);
        self.looks.push(look);
        self.places.insert(name.to_owned(), self.looks.len() - 1);
        self.looks.len() - 1
    }

    /// A look by its place.
    pub(super) fn look(&self, place: usize) -> Option<&Look> {
        self.looks.get(place)
    }

    /// All looks that were asked for.
    pub(super) fn looks(self) -> Vec<Look> {
        self.looks
    }

    fn read_look(&self, name: &str) -> Look {
        let chain = self.chain("table-cell", name);
        let get = |properties: &str, attribute: &str| {
            let mut found = chain
                .iter()
                .filter_map(|style| style.child(properties).and_then(|each| each.get(attribute)));
            found.next()
        };
        let cell = |attribute: &str| get("table-cell-properties", attribute);
        let text = |attribute: &str| get("text-properties", attribute);
        let heading = chain.iter().find_map(|style| {
            heading_level(
                style
                    .get("display-name")
                    .or(style.get("name"))
                    .unwrap_or_default(),
            )
        });
        let side = get("paragraph-properties", "text-align").and_then(|side| match side {
            "start" | "left" => Some(Side::Left),
            "center" => Some(Side::Middle),
            "end" | "right" => Some(Side::Right),
            _ => None,
        });
        let is_fixed = cell("text-align-source") != Some("value-type");
        let font = text("font-name").map(|name| self.fonts.get(name).map_or(name, String::as_str));
        let is_color = |color: &&str| !["transparent", "none"].contains(color);
        Look {
            heading,
            wraps: cell("wrap-option") == Some("wrap"),
            side: side.filter(|_| is_fixed),
            fill: cell("background-color")
                .filter(is_color)
                .map(str::to_lowercase),
            color: text("color").map(str::to_lowercase),
            font: font.or(text("font-family")).map(unquoted),
            size: text("font-size").and_then(tenths_of_points),
            is_italic: text("font-style").is_some_and(|style| style != "normal"),
            is_superscript: text("text-position").is_some_and(is_raised),
            is_turned: cell("rotation-angle").is_some_and(|angle| !angle.starts_with('0'))
                || cell("direction") == Some("ttb"),
        }
    }

    /// Whether words in this style are raised.
    pub(super) fn is_raised(&self, name: &str) -> bool {
        let position = self.find("text", name).and_then(|style| {
            style
                .child("text-properties")
                .and_then(|text| text.get("text-position"))
        });
        position.is_some_and(is_raised)
    }

    /// The width of columns in this style, in characters.
    pub(super) fn width(&self, name: &str) -> Option<u32> {
        let style = self.find("table-column", name)?;
        let width = style
            .child("table-column-properties")?
            .get("column-width")?;
        // A character of 10 points is about 5 points wide.
        Some(tenths_of_points(width)? / 50)
    }

    /// Whether sheets in this style are hidden.
    pub(super) fn is_hidden(&self, name: &str) -> bool {
        let properties = self
            .find("table", name)
            .and_then(|style| style.child("table-properties"));
        properties.is_some_and(|each| each.get("display") == Some("false"))
    }

    /// What stands above or below each printed page of sheets in this style.
    pub(super) fn page_words(&self, name: &str) -> String {
        let style = self.find("table", name);
        let page = style.and_then(|style| style.get("master-page-name"));
        self.pages
            .get(page.unwrap_or("Default"))
            .cloned()
            .unwrap_or_default()
    }

    /// The language of all cells, such as `en-GB`; empty where none is set.
    pub(super) fn language(&self) -> String {
        let text = self
            .defaults
            .as_ref()
            .and_then(|style| style.child("text-properties"));
        let get = |name: &str| text.and_then(|text| text.get(name)).unwrap_or_default();
        match (get("language"), get("country")) {
            ("" | "none" | "zxx", _) => String::new(),
            (language, "" | "none") => language.to_owned(),
            (language, country) => format!("{language}-{country}"),
        }
    }
}

/// What a page has in its header and footer, as far as they are shown.
fn page_words(page: &Element) -> String {
    let is_band = |band: &&Element| {
        let name = band.name.as_str();
        (name.starts_with("header") || name.starts_with("footer"))
            && band.get("display") != Some("false")
    };
    let words = page.children().filter(is_band).map(Element::words);
    let words: Vec<String> = words.map(|words| words.trim().to_owned()).collect();
    words.join(" ").trim().to_owned()
}

fn is_raised(position: &str) -> bool {
    let first = position.split_whitespace().next().unwrap_or_default();
    let percent = first.trim_end_matches('%').parse::<i32>();
    first == "super" || percent.is_ok_and(|percent| percent > 0)
}

fn unquoted(name: &str) -> String {
    name.trim_matches(['\'', '"']).to_owned()
}

/// A length in tenths of a point: `10pt`, `2.258cm`, `0.8925in`.
fn tenths_of_points(length: &str) -> Option<u32> {
    let end = length.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
    let (number, unit) = length.split_at(end);
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let decimals: String = decimals.chars().chain("000".chars()).take(3).collect();
    let thousandths =
        whole.parse::<u64>().ok()?.checked_mul(1000)? + decimals.parse::<u64>().ok()?;
    // Thousandths of the unit in tenths of a point.
    let (times, by) = match unit {
        "pt" => (1, 100),
        "cm" => (720, 2540),
        "mm" => (72, 2540),
        "in" => (72, 100),
        "pc" => (12, 100),
        _ => return None,
    };
    u32::try_from(thousandths.checked_mul(times)? / by).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_every_unit() {
        assert_eq!(tenths_of_points("10pt"), Some(100));
        assert_eq!(tenths_of_points("10.5pt"), Some(105));
        assert_eq!(tenths_of_points("2.54cm"), Some(720));
        assert_eq!(tenths_of_points("25.4mm"), Some(720));
        assert_eq!(tenths_of_points("1in"), Some(720));
        for wrong in ["", "pt", "10", "10px", "99999999999999999999pt"] {
            assert_eq!(tenths_of_points(wrong), None, "{wrong}");
        }
    }
}
