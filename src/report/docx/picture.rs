//! A chart as a picture in the text: PNG for every program, SVG for those that can show it, and its alternative text. Must not
//! know how a chart is drawn.

use super::super::chart::{Chart, draw_png, draw_svg};
use super::super::xml::escape_xml;
use super::package::File;
use super::widths::Page;
use crate::model::Problems;

/// English Metric Units in a twip.
const EMU: u32 = 635;

/// The greatest height of a picture, in twips: half of an upright page.
const HEIGHT_MAX: u32 = 8400;

/// A picture: the run that shows it, and its files.
pub(super) struct Picture {
    pub(super) run: String,
    pub(super) files: [File; 2],
}

/// The chart as wide as the page allows, as the picture of this number in the document.
///
/// # Errors
/// Only when it cannot be drawn in memory.
pub(super) fn picture(chart: &Chart, number: usize, page: Page) -> Result<Picture, Problems> {
    let png = draw_png(chart)?;
    let (width, height) = fit(size_of(&png), page);
    let id = format!("chart{number}");
    let run = format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{width}\" cy=\"{height}\"/>\
         <wp:docPr id=\"{number}\" name=\"Figure {number}\" title=\"{title}\" descr=\"{descr}\"/>\
         <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
         <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{id}.png\" descr=\"{descr}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"{id}-png\"><a:extLst>\
         <a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\">\
         <asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"{id}-svg\"/>\
         </a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
         </wp:inline></w:drawing></w:r>",
        title = escape_xml(&chart.title),
        descr = escape_xml(&chart.alternative),
    );
    let svg = draw_svg(chart).into_bytes();
    let files = [
        File::picture(&id, "png", png),
        File::picture(&id, "svg", svg),
    ];
    Ok(Picture { run, files })
}

/// Width and height of a PNG, which stand at a fixed place of its first bytes; a square for anything else.
fn size_of(png: &[u8]) -> (u32, u32) {
    let number = |from: usize| {
        let bytes = png.get(from..from + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?)).filter(|length| *length > 0)
    };
    number(16).zip(number(20)).unwrap_or((1, 1))
}

/// Width and height on the page, in English Metric Units.
fn fit((width, height): (u32, u32), page: Page) -> (u64, u64) {
    let [width, height] = [width, height].map(u64::from);
    let [room, most] =
        [page.room().min(Page::Portrait.room()), HEIGHT_MAX].map(|room| u64::from(room * EMU));
    let high = room * height / width;
    if high <= most {
        (room, high)
    } else {
        (most * width / height, most)
    }
}
