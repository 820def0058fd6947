//! The styles of an Office Open XML workbook. Sees looks only.

use super::super::super::table::Align;
use super::super::style::Look;
use super::MAIN;

/// Numbers of formats from which on they are free to be given.
const FORMATS_FROM: u32 = 164;

/// Fonts: plain, of headings of the first and second level, of links, of what leads.
const FONTS: &str = "<fonts count=\"5\">\
    <font><sz val=\"12\"/><name val=\"Arial\"/><family val=\"2\"/></font>\
    <font><b/><sz val=\"16\"/><name val=\"Arial\"/><family val=\"2\"/></font>\
    <font><b/><sz val=\"14\"/><name val=\"Arial\"/><family val=\"2\"/></font>\
    <font><u/><sz val=\"12\"/><color rgb=\"FF1D70B8\"/><name val=\"Arial\"/><family val=\"2\"/></font>\
    <font><b/><sz val=\"12\"/><name val=\"Arial\"/><family val=\"2\"/></font></fonts>";

/// Fills and borders: none, and a line under the header.
const SHAPES: &str = "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
    <fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>\
    <border><left/><right/><top/><bottom style=\"medium\"><color rgb=\"FF000000\"/></bottom><diagonal/></border></borders>";

/// The styles that have a name which programs know: normal, heading 1, heading 2, link.
const NAMED: &str = "<cellStyleXfs count=\"4\">\
    <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>\
    <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" applyFont=\"1\"/>\
    <xf numFmtId=\"0\" fontId=\"2\" fillId=\"0\" borderId=\"0\" applyFont=\"1\"/>\
    <xf numFmtId=\"0\" fontId=\"3\" fillId=\"0\" borderId=\"0\" applyFont=\"1\"/></cellStyleXfs>";
const NAMES: &str = "<cellStyles count=\"4\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>\
    <cellStyle name=\"Heading 1\" xfId=\"1\" builtinId=\"16\"/>\
    <cellStyle name=\"Heading 2\" xfId=\"2\" builtinId=\"17\"/>\
    <cellStyle name=\"Hyperlink\" xfId=\"3\" builtinId=\"8\"/></cellStyles>";

/// The number of the style of words or a number of this look; that of cells without a look is 0.
///
/// Each look has two: the second is for words that would be a formula if somebody typed them, and that Excel takes for words
/// even after somebody edited them.
pub(super) fn style_number(looks: &[Look], look: Look, words: &str) -> usize {
    let place = looks.iter().position(|known| *known == look);
    let is_guarded = words.starts_with(['=', '+', '-', '@']);
    place.map_or(0, |place| 1 + place * 2 + usize::from(is_guarded))
}

/// Two styles for each look, after the one of cells without any.
pub(super) fn write(looks: &[Look]) -> String {
    let mut decimals: Vec<u32> = Vec::new();
    for look in looks {
        if let Look::Number { decimals: each, .. } = look
            && !decimals.contains(each)
        {
            decimals.push(*each);
        }
    }
    let format = |(id, decimals): (u32, &u32)| {
        format!(
            "<numFmt numFmtId=\"{id}\" formatCode=\"{}\"/>",
            format_code(*decimals)
        )
    };
    let formats: String = (FORMATS_FROM..).zip(&decimals).map(format).collect();
    let formats = match decimals.len() {
        0 => String::new(),
        count => format!("<numFmts count=\"{count}\">{formats}</numFmts>"),
    };
    let format_id = |wanted: u32| {
        let known = (FORMATS_FROM..).zip(&decimals);
        let mut found = known.filter(|(_, decimals)| **decimals == wanted);
        found.next().map_or(0, |(id, _)| id)
    };
    let both = |look: &Look| {
        ["", " quotePrefix=\"1\""]
            .map(|quote| style(*look, quote, format_id))
            .concat()
    };
    let styles: String = looks.iter().map(both).collect();
    let count = looks.len() * 2 + 1;
    format!(
        "<styleSheet xmlns=\"{MAIN}\">{formats}{FONTS}{SHAPES}{NAMED}\
         <cellXfs count=\"{count}\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>{styles}</cellXfs>\
         {NAMES}</styleSheet>"
    )
}

/// Thousands are marked, and the decimals that the figure is published with are shown.
fn format_code(decimals: u32) -> String {
    match decimals {
        0 => "#,##0".to_owned(),
        decimals => format!(
            "#,##0.{}",
            "0".repeat(usize::try_from(decimals).unwrap_or_default())
        ),
    }
}

fn style(look: Look, quote: &str, format_id: impl Fn(u32) -> u32) -> String {
    let plain = Align::Left;
    let (named, font, border, align, wraps) = match look {
        Look::Title => (1, 1, 0, plain, false),
        Look::Heading => (2, 2, 0, plain, false),
        Look::Line { wraps } => (0, 0, 0, plain, wraps),
        Look::Link { wraps } => (3, 3, 0, plain, wraps),
        Look::Header(align) => (0, 4, 1, align, true),
        Look::Words { align, leads, .. } => (0, bold(leads), 0, align, true),
        Look::Number { leads, .. } => (0, bold(leads), 0, Align::Right, false),
    };
    let number = match look {
        Look::Number { decimals, .. } => format_id(decimals),
        _ => 0,
    };
    let side = match align {
        Align::Left => "left",
        // Away from the words of the next column.
        Align::Right => "right\" indent=\"1",
    };
    let wrap = if wraps { " wrapText=\"1\"" } else { "" };
    format!(
        "<xf numFmtId=\"{number}\" fontId=\"{font}\" fillId=\"0\" borderId=\"{border}\" xfId=\"{named}\"{quote} \
         applyNumberFormat=\"1\" applyFont=\"1\" applyBorder=\"1\" applyAlignment=\"1\">\
         <alignment horizontal=\"{side}\" vertical=\"top\"{wrap}/></xf>"
    )
}

/// The font of what leads, or the plain one.
fn bold(leads: bool) -> u32 {
    if leads { 4 } else { 0 }
}
