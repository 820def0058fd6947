//! The few shapes that a chart is made of, as SVG. Must not know what a chart shows.

use std::fmt::Write;

use super::super::properties::PROGRAM;
use super::super::xml::escape_xml;

/// The letters of every chart: those of Arial, or a font of the same widths.
pub(super) const FONT: &str = "Arimo";

/// What text and lines are drawn in: dark enough on white and on every tint.
pub(super) const INK: &str = "#0b0c0c";

/// Where a text starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Its first letter stands there.
    Start,
    /// Its middle stands there.
    Middle,
    /// Its last letter stands there.
    End,
}

/// A picture that is being drawn; lengths are in points of the picture, from its upper left corner.
pub(super) struct Picture {
    width: u32,
    height: u32,
    shapes: String,
}

impl Picture {
    /// An empty one.
    pub(super) fn new(width: u32, height: u32) -> Picture {
        Picture {
            width,
            height,
            shapes: String::new(),
        }
    }

    /// A filled rectangle with a thin edge.
    pub(super) fn rectangle(&mut self, [x, y, width, height]: [u32; 4], fill: &str) {
        let _infallible = writeln!(
            self.shapes,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\" stroke=\"{INK}\" stroke-width=\"1\"/>"
        );
    }

    /// A straight line.
    pub(super) fn line(&mut self, [x1, y1, x2, y2]: [u32; 4], width: u32) {
        let _infallible = writeln!(
            self.shapes,
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{INK}\" stroke-width=\"{width}\"/>"
        );
    }

    /// A dot with a white edge, so that it stands out from what is under it.
    pub(super) fn dot(&mut self, x: u32, y: u32) {
        let _infallible = writeln!(
            self.shapes,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"7\" fill=\"#12436d\" stroke=\"#ffffff\" stroke-width=\"2\"/>"
        );
    }

    /// A line of text on the base line `y`.
    pub(super) fn text(&mut self, x: u32, y: u32, anchor: Anchor, words: &str) {
        self.text_in(x, y, anchor, words, INK);
    }

    /// The same in a colour of its own.
    pub(super) fn text_in(&mut self, x: u32, y: u32, anchor: Anchor, words: &str, colour: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let words = escape_xml(words);
        let _infallible = writeln!(
            self.shapes,
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{words}</text>"
        );
    }

    /// The whole, with its title and its words for those who cannot see it. `id` must be unique on the page that takes it in.
    pub(super) fn finish(self, id: &str, title: &str, alternative: &str) -> String {
        let Picture {
            width,
            height,
            shapes,
        } = self;
        let (title, alternative) = (escape_xml(title), escape_xml(alternative));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-words\" font-family=\"Arial, '{FONT}', Helvetica, sans-serif\" font-size=\"15\">\n<title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-words\">{alternative}</desc>\n<metadata>{PROGRAM}</metadata>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{shapes}</svg>\n"
        )
    }
}
