//! The styles of an OpenDocument spreadsheet. Sees looks only.

use super::super::super::table::Align;
use super::super::style::Look;
use super::NAMESPACES;

/// How the names of the styles of columns begin, before their width.
pub(super) const COLUMN: &str = "column";

/// The same of rows, before their height.
pub(super) const ROW: &str = "row";

/// The styles that have a name which programs know, and the page: A4, as wide as the sheet, without header and footer.
pub(super) fn write_named() -> String {
    let cell = |name: &str, title: &str, parent: &str, text: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:display-name=\"{title}\" style:family=\"table-cell\"{parent}>\
             <style:text-properties {text}/></style:style>"
        )
    };
    let child = " style:parent-style-name=\"Default\"";
    let bold = "fo:font-weight=\"bold\"";
    let named = [
        cell("Default", "Default", "", &font("12pt", "")),
        cell("Heading_20_1", "Heading 1", child, &font("16pt", bold)),
        cell("Heading_20_2", "Heading 2", child, &font("14pt", bold)),
        cell(
            "Hyperlink",
            "Hyperlink",
            child,
            "fo:color=\"#1d70b8\" style:text-underline-style=\"solid\" style:text-underline-width=\"auto\" \
             style:text-underline-color=\"font-color\"",
        ),
    ];
    format!(
        "<office:document-styles {NAMESPACES}><office:font-face-decls>\
         <style:font-face style:name=\"Arial\" svg:font-family=\"Arial\" style:font-family-generic=\"swiss\"/>\
         </office:font-face-decls><office:styles>\
         <style:default-style style:family=\"table-cell\"><style:text-properties {} \
         fo:language=\"en\" fo:country=\"GB\"/></style:default-style>{}</office:styles>\
         <office:automatic-styles><style:page-layout style:name=\"page\"><style:page-layout-properties \
         fo:page-width=\"29.7cm\" fo:page-height=\"21cm\" style:print-orientation=\"landscape\" \
         fo:margin=\"1.5cm\" style:scale-to-X=\"1\" style:scale-to-Y=\"0\"/>\
         <style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>\
         <office:master-styles><style:master-page style:name=\"Default\" style:page-layout-name=\"page\">\
         <style:header style:display=\"false\"/><style:footer style:display=\"false\"/></style:master-page>\
         </office:master-styles></office:document-styles>",
        font("12pt", ""),
        named.concat()
    )
}

fn font(size: &str, more: &str) -> String {
    format!("style:font-name=\"Arial\" fo:font-size=\"{size}\" {more}")
        .trim_end()
        .to_owned()
}

/// The styles of this workbook: of its sheets, rows, columns, numbers and looks.
pub(super) fn write_automatic(looks: &[Look], widths: &[usize], heights: &[usize]) -> String {
    let column = |width: &usize| {
        // A digit of Arial 12 is 2.35 mm wide.
        let (whole, rest) = (width * 235 / 1000, width * 235 % 1000);
        format!(
            "<style:style style:name=\"{COLUMN}{width}\" style:family=\"table-column\">\
             <style:table-column-properties style:column-width=\"{whole}.{rest:03}cm\"/></style:style>"
        )
    };
    let columns: String = widths.iter().map(column).collect();
    let row = |height: &usize| {
        let (points, rest) = (height / 4, height % 4 * 25);
        format!(
            "<style:style style:name=\"{ROW}{height}\" style:family=\"table-row\">\
             <style:table-row-properties style:row-height=\"{points}.{rest:02}pt\" \
             style:use-optimal-row-height=\"true\"/></style:style>"
        )
    };
    let rows: String = heights.iter().map(row).collect();
    let mut decimals: Vec<u32> = Vec::new();
    for look in looks {
        if let Look::Number { decimals: each, .. } = look
            && !decimals.contains(each)
        {
            decimals.push(*each);
        }
    }
    let number = |decimals: &u32| {
        format!(
            "<number:number-style style:name=\"decimals{decimals}\"><number:number number:decimal-places=\"{decimals}\" \
             number:min-integer-digits=\"1\" number:grouping=\"true\"/></number:number-style>"
        )
    };
    let numbers: String = decimals.iter().map(number).collect();
    let styles: String = looks.iter().map(|look| style_xml(looks, *look)).collect();
    format!(
        "<office:font-face-decls><style:font-face style:name=\"Arial\" svg:font-family=\"Arial\" \
         style:font-family-generic=\"swiss\"/></office:font-face-decls><office:automatic-styles>\
         <style:style style:name=\"sheet\" style:family=\"table\" style:master-page-name=\"Default\">\
         <style:table-properties table:display=\"true\"/></style:style>\
         {columns}{rows}{numbers}{styles}</office:automatic-styles>"
    )
}

/// The name of the style of this look; headings have the one that programs know.
pub(super) fn look_name(looks: &[Look], look: Look) -> String {
    match look {
        Look::Title => "Heading_20_1".to_owned(),
        Look::Heading => "Heading_20_2".to_owned(),
        _ => {
            let place = looks.iter().position(|known| *known == look);
            format!("cell{}", place.unwrap_or_default())
        }
    }
}

/// The style of a look; nothing for headings.
fn style_xml(looks: &[Look], look: Look) -> String {
    let left = Align::Left;
    let (parent, align, wraps, leads) = match look {
        Look::Title | Look::Heading => return String::new(),
        Look::Line { wraps } => ("Default", left, wraps, false),
        Look::Link { wraps } => ("Hyperlink", left, wraps, false),
        Look::Header(align) => ("Default", align, true, true),
        Look::Words { align, leads, .. } => ("Default", align, true, leads),
        Look::Number { leads, .. } => ("Default", Align::Right, false, leads),
    };
    let data = match look {
        Look::Number { decimals, .. } => format!(" style:data-style-name=\"decimals{decimals}\""),
        _ => String::new(),
    };
    let side = match align {
        Align::Left => "start",
        Align::Right => "end",
    };
    let wrap = if wraps {
        " fo:wrap-option=\"wrap\""
    } else {
        ""
    };
    let border = match look {
        Look::Header(_) => " fo:border-bottom=\"1.5pt solid #000000\"",
        _ => "",
    };
    let bold = if leads {
        "<style:text-properties fo:font-weight=\"bold\"/>"
    } else {
        ""
    };
    format!(
        "<style:style style:name=\"{}\" style:family=\"table-cell\" style:parent-style-name=\"{parent}\"{data}>\
         <style:table-cell-properties style:vertical-align=\"top\" fo:padding-right=\"0.2cm\" style:text-align-source=\"fix\"{wrap}{border}/>\
         <style:paragraph-properties fo:text-align=\"{side}\"/>{bold}</style:style>",
        look_name(looks, look)
    )
}
