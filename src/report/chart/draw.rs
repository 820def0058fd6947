//! Charts as SVG: percentages with their intervals over the bands, and profiles of ratings. Must not compute a figure.
//!
//! Tints grow darker from the worst rating to the best and have dark edges, and every figure is written out, so that nothing hangs
//! on seeing colours, in print or on a screen.

use super::super::table::{Row, Symbol, Table};
use super::svg::{Anchor, INK, Picture};
use super::{Band, BandLine, Chart, Drawing, ProfileLine};
use crate::model::Decimal;

/// Widths and heights of the parts of a chart.
const LABELS: u32 = 90;
const PLOT: u32 = 500;
const FIGURES: u32 = 110;
const HEAD: u32 = 46;
const ROW: u32 = 36;
const FOOT: u32 = 46;
const LEGEND: u32 = 22;

/// The letters of a line of a chart take about this much room each.
const LETTER: u32 = 8;

/// The chart as an SVG file of its own, or part of a page.
#[must_use]
pub fn draw_svg(chart: &Chart) -> String {
    let picture = match &chart.drawing {
        Drawing::Bands { bands, lines } => draw_bands(bands, lines, &chart.data),
        Drawing::Profile { ratings, lines } => draw_profile(ratings, lines),
    };
    picture.finish(&chart.id, &chart.title, &chart.alternative)
}

fn count(lines: usize) -> u32 {
    u32::try_from(lines).unwrap_or(u32::MAX / ROW / 2)
}

/// `data` says by which symbol a percentage is missing, and which figures were revised.
fn draw_bands(bands: &[Band], lines: &[BandLine], data: &Table) -> Picture {
    let bottom = HEAD + ROW * count(lines.len());
    let mut legend: Vec<Symbol> = Vec::new();
    for symbol in lines.iter().flat_map(|line| symbols(line, data)) {
        if !legend.contains(&symbol) {
            legend.push(symbol);
        }
    }
    let height = bottom + FOOT + LEGEND * count(legend.len());
    let mut picture = Picture::new(LABELS + PLOT + FIGURES, height);
    for (place, band) in bands.iter().enumerate() {
        let (from, to) = (
            band.from,
            bands.get(place + 1).map_or(100, |next| next.from),
        );
        let (left, right) = (percent_x(from), percent_x(to));
        let area = [left, HEAD, right.saturating_sub(left), bottom - HEAD];
        picture.rectangle(area, &light_tint(place, bands.len()));
        write_band(&mut picture, band, left, right);
        picture.text(left, bottom + 20, Anchor::Middle, &format!("{from}%"));
    }
    picture.text(percent_x(100), bottom + 20, Anchor::Middle, "100%");
    picture.text(percent_x(50), bottom + 40, Anchor::Middle, "Percent yes");
    for (place, line) in lines.iter().enumerate() {
        let symbols: Vec<&str> = symbols(line, data)
            .iter()
            .map(|symbol| symbol.code)
            .collect();
        let y = HEAD + ROW * count(place) + ROW / 2;
        draw_line(&mut picture, line, &symbols, y);
    }
    for (place, symbol) in legend.iter().enumerate() {
        let y = bottom + FOOT + LEGEND * count(place) + 12;
        let words = format!("{} {}", symbol.code, symbol.meaning);
        picture.text(12, y, Anchor::Start, &words);
    }
    picture
}

/// Why a percentage is missing, or what is said of it or its interval.
fn symbols(line: &BandLine, data: &Table) -> Vec<Symbol> {
    let is_its = |row: &&Row| {
        row.cells
            .first()
            .is_some_and(|cell| cell.shown() == line.label)
    };
    let Some(row) = data.rows.iter().find(is_its) else {
        let missing = line.percent.is_none().then_some(Symbol::NOT_AVAILABLE);
        return missing.into_iter().collect();
    };
    let drawn = ["percent_yes", "low", "high"];
    let cells = data.columns.iter().zip(&row.cells);
    let cells = cells.filter(|(column, _)| drawn.contains(&&*column.id));
    let mut symbols: Vec<Symbol> = Vec::new();
    for (column, cell) in cells {
        // Where a percentage has no interval, none is drawn.
        let is_drawn = column.id == "percent_yes" || line.interval.is_some();
        for symbol in cell.symbols().filter(|_| is_drawn) {
            if !symbols.contains(symbol) {
                symbols.push(symbol.clone());
            }
        }
    }
    symbols
}

/// The rating of a band above it, broken into as many as two lines where it is narrow.
fn write_band(picture: &mut Picture, band: &Band, left: u32, right: u32) {
    let middle = u32::midpoint(left, right);
    let room = right.saturating_sub(left) / LETTER;
    match band.title.split_once(' ') {
        Some((first, rest)) if count(band.title.chars().count()) > room => {
            picture.text(middle, HEAD - 24, Anchor::Middle, first);
            picture.text(middle, HEAD - 8, Anchor::Middle, rest);
        }
        _ => picture.text(middle, HEAD - 8, Anchor::Middle, &band.title),
    }
}

fn draw_line(picture: &mut Picture, line: &BandLine, symbols: &[&str], y: u32) {
    picture.text(LABELS - 12, y + 5, Anchor::End, &line.label);
    if let Some((low, high)) = line.interval {
        let (low, high) = (figure_x(low), figure_x(high));
        picture.line([low, y, high, y], 3);
        picture.line([low, y - 8, low, y + 8], 3);
        picture.line([high, y - 8, high, y + 8], 3);
    }
    let figures = LABELS + PLOT + 14;
    let mut words = symbols.join(" ");
    if let Some(percent) = line.percent {
        picture.dot(percent_x(percent), y);
        words = format!("{percent}% {words}").trim_end().to_owned();
    }
    picture.text(figures, y + 5, Anchor::Start, &words);
}

fn draw_profile(ratings: &[String], lines: &[ProfileLine]) -> Picture {
    let labels = lines.iter().map(|line| line.label.chars().count());
    let start = count(labels.max().unwrap_or(0).min(60)) * LETTER + 24;
    let width = start + PLOT + FIGURES;
    let places = place_legend(ratings, width);
    let legend = places.last().map_or(0, |(_, y)| y + ROW);
    let mut picture = Picture::new(width, legend + ROW * count(lines.len()) + 24);
    for (place, (title, (x, y))) in ratings.iter().zip(places).enumerate() {
        let y = y + 8;
        picture.rectangle([x, y, 18, 18], &tint(place, ratings.len()));
        picture.text(x + 26, y + 14, Anchor::Start, title);
    }
    let whole = |line: &ProfileLine| line.counts.iter().sum::<u64>() + line.not_rated;
    let longest = lines.iter().map(whole).max().unwrap_or(0).max(1);
    for (place, line) in lines.iter().enumerate() {
        let y = legend + ROW * count(place) + 8;
        picture.text(start - 12, y + 19, Anchor::End, &line.label);
        let mut done = 0;
        for (rating, counted) in line.counts.iter().enumerate() {
            let [left, right] =
                [done, done + counted].map(|cases| start + bar_length(cases, longest));
            done += counted;
            if *counted > 0 {
                picture.rectangle([left, y, right - left, 26], &tint(rating, ratings.len()));
                let colour = ink_on(rating, ratings.len());
                let middle = u32::midpoint(left, right);
                picture.text_in(middle, y + 19, Anchor::Middle, &counted.to_string(), colour);
            }
        }
        if line.not_rated > 0 {
            let words = format!("{} not rated", line.not_rated);
            picture.text(
                start + bar_length(done, longest) + 8,
                y + 19,
                Anchor::Start,
                &words,
            );
        }
    }
    picture
}

/// Where the box of each rating stands above a profile: beside each other, and in a new line where the room is used up.
fn place_legend(ratings: &[String], width: u32) -> Vec<(u32, u32)> {
    let (mut x, mut y) = (12, 0);
    let place = |title: &String| {
        let needed = 26 + LETTER * count(title.chars().count());
        if x > 12 && x + needed > width - 12 {
            (x, y) = (12, y + ROW);
        }
        let place = (x, y);
        x += needed + 24;
        place
    };
    ratings.iter().map(place).collect()
}

/// Where a whole percentage stands; above 100 there is nothing.
fn percent_x(percent: u64) -> u32 {
    LABELS + u32::try_from(percent.min(100)).unwrap_or(100) * PLOT / 100
}

/// Where a percentage with decimals stands.
fn figure_x(figure: Decimal) -> u32 {
    let tenths = (figure.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED) * Decimal::TEN).round();
    let tenths = u32::try_from(tenths).unwrap_or(1_000);
    LABELS + tenths * PLOT / 1_000
}

/// How long the bar of so many is, when the longest of all takes the whole room.
fn bar_length(counted: u64, longest: u64) -> u32 {
    let reach = u128::from(counted) * u128::from(PLOT) / u128::from(longest);
    u32::try_from(reach).unwrap_or(PLOT)
}

/// From white for the worst rating to dark blue for the best.
fn tint(place: usize, of: usize) -> String {
    mix([0xff, 0xff, 0xff], [0x12, 0x43, 0x6d], place, of)
}

/// From white to a light blue on which every letter and line can be read.
pub(in crate::report) fn light_tint(place: usize, of: usize) -> String {
    mix([0xff, 0xff, 0xff], [0xbc, 0xd0, 0xe4], place, of)
}

fn mix(from: [u32; 3], to: [u32; 3], place: usize, of: usize) -> String {
    let (place, last) = (count(place), count(of.saturating_sub(1)).max(1));
    let part = |at: usize| {
        let [from, to] = [from, to].map(|colour| colour.get(at).copied().unwrap_or(0));
        (from * (last - place.min(last)) + to * place.min(last)) / last
    };
    format!("#{:02x}{:02x}{:02x}", part(0), part(1), part(2))
}

/// The colour of letters on a tint: white on the dark ones.
fn ink_on(place: usize, of: usize) -> &'static str {
    if place * 10 > of.saturating_sub(1) * 7 {
        "#ffffff"
    } else {
        INK
    }
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn a_percentage_stands_in_the_band_that_rates_it() {
        let svg = draw_svg(&example::bands());
        // 2.1.1 has 83%, the band from 80% begins at 90 + 400.
        assert!(svg.contains("<circle cx=\"505\" cy=\"64\""), "{svg}");
        assert!(
            svg.contains("<rect x=\"490\" y=\"46\" width=\"100\""),
            "{svg}"
        );
        assert!(svg.contains(">83%</text>"), "{svg}");
    }

    #[test]
    fn a_missing_percentage_is_said_and_not_drawn() {
        let svg = draw_svg(&example::bands());
        assert_eq!(svg.matches("<circle").count(), 1);
        assert!(svg.contains(">[x]</text>"), "{svg}");
    }

    #[test]
    fn words_cannot_become_marks() {
        let mut chart = example::bands();
        chart.title = "<script>&\"".into();
        let svg = draw_svg(&chart);
        assert!(svg.contains("&lt;script&gt;&amp;"), "{svg}");
    }

    #[test]
    fn bars_are_as_long_as_their_counts_and_the_longest_fills_the_plot() {
        let svg = draw_svg(&example::profile());
        assert!(svg.contains("width=\"500\" height=\"26\""), "{svg}");
        assert!(svg.contains("width=\"250\" height=\"26\""), "{svg}");
        assert!(svg.contains(">1 not rated</text>"), "{svg}");
    }

    #[test]
    fn a_legend_goes_on_below_where_its_line_is_full() {
        let titles = ["Inadequate", "Requires improvement", "Good"].map(str::to_owned);
        let places = |width| place_legend(&titles, width);
        assert_eq!(places(600), [(12, 0), (142, 0), (352, 0)]);
        assert_eq!(places(350), [(12, 0), (142, 0), (12, ROW)]);
        assert_eq!(places(100), [(12, 0), (12, ROW), (12, 2 * ROW)]);
    }

    #[test]
    fn an_empty_chart_is_a_picture_too() {
        for drawing in [
            Drawing::Bands {
                bands: vec![],
                lines: vec![],
            },
            Drawing::Profile {
                ratings: vec![],
                lines: vec![],
            },
        ] {
            let chart = Chart {
                drawing,
                ..example::bands()
            };
            assert!(draw_svg(&chart).ends_with("</svg>\n"));
        }
    }

    #[test]
    fn letters_can_be_read_on_every_tint() {
        for of in 2..7 {
            for place in 0..of {
                let ratio = contrast(&tint(place, of), ink_on(place, of));
                assert!(ratio >= 4.5, "{place} of {of}: {ratio}");
                assert!(contrast(&light_tint(place, of), INK) >= 4.5);
            }
        }
    }

    /// The contrast of two colours after WCAG 2.2.
    fn contrast(one: &str, other: &str) -> f64 {
        let luminance = |colour: &str| {
            let part = |at: usize| {
                let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
                if part <= 0.04045 {
                    part / 12.92
                } else {
                    ((part + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
        };
        let [one, other] = [one, other].map(luminance);
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }
}
