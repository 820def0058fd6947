//! Charts as PNG, for programs that cannot show SVG: drawn by `resvg` from the same SVG, with a font that comes along, so that
//! every machine gives the same picture. Must not know what a chart shows.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::Chart;
use super::draw::draw_svg;
use super::svg::FONT;
use crate::model::{Code, Problem, Problems};

/// The Latin letters of Arimo, which has the widths of Arial; its licence stands beside it.
const LETTERS: &[u8] = include_bytes!("arimo-latin.ttf");

/// How many points of the PNG a point of the SVG becomes: sharp in print.
const SCALE: f32 = 2.0;

/// How long the beginning of a PNG file is: its signature, and what says how large it is.
const BEGINNING: usize = 33;

/// Where a PNG file of ours names the program that wrote it, and how: a text under the keyword `Software`, behind its length and
/// before its checksum.
pub(in super::super) const PNG_MARK: (usize, &[u8]) = (
    BEGINNING,
    b"\0\0\0\x12tEXtSoftware\0caseaudit\x8f\x09\xd2\x79",
);

/// The chart as a PNG file.
///
/// # Errors
/// Only when the picture cannot be drawn in memory.
pub fn draw_png(chart: &Chart) -> Result<Vec<u8>, Problems> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(LETTERS.to_vec());
    let options = Options {
        font_family: FONT.to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    let tree = Tree::from_str(&draw_svg(chart), &options).map_err(|error| cannot_draw(&error))?;
    let size = tree.size();
    let [width, height] = [size.width(), size.height()].map(|length| (length * SCALE) as u32);
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| cannot_draw(&"it is too large"))?;
    let scale = Transform::from_scale(SCALE, SCALE);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    let mut bytes = pixels.encode_png().map_err(|error| cannot_draw(&error))?;
    let (place, mark) = PNG_MARK;
    let rest = bytes.split_off(place.min(bytes.len()));
    Ok([&bytes, mark, &rest].concat())
}

fn cannot_draw(error: &dyn std::fmt::Display) -> Problems {
    let what = format!("a chart cannot be drawn: {error}");
    Problem::new(
        Code::StorageFailed,
        what,
        "leave the charts out with --no-charts",
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn a_chart_has_letters_and_the_same_bytes_twice() {
        let with = draw_png(&example::bands()).unwrap();
        assert_eq!(with, draw_png(&example::bands()).unwrap());
        let mut chart = example::bands();
        if let super::super::Drawing::Bands { lines, .. } = &mut chart.drawing {
            lines[0].label = String::new();
        }
        assert_ne!(with, draw_png(&chart).unwrap());
    }

    #[test]
    fn a_picture_names_the_program_where_others_look_for_it() {
        let checksum = |bytes: &[u8]| {
            let step = |sum: u32, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1));
            !bytes.iter().fold(u32::MAX, |sum, byte| {
                (0..8).fold(sum ^ u32::from(*byte), step)
            })
        };
        let bytes = draw_png(&example::bands()).unwrap();
        let mut rest = &bytes[8..];
        let mut parts = Vec::new();
        while !rest.is_empty() {
            let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
            let part = &rest[4..8 + length];
            let sum = &rest[8 + length..12 + length];
            assert_eq!(checksum(part).to_be_bytes(), sum);
            parts.push(part);
            rest = &rest[12 + length..];
        }
        assert!(parts[0].starts_with(b"IHDR"));
        assert_eq!(parts[1], b"tEXtSoftware\0caseaudit");
    }
}
