//! What lies on a sheet of an Office Open XML workbook. Must not know any cell or rule.

use super::super::form::{Drawing, DrawingKind, alternative};
use super::super::place::Position;
use super::super::xml::Element;

/// The drawings of a part.
pub(super) fn read(part: &Element) -> Vec<Drawing> {
    let mut drawings = Vec::new();
    for anchor in part.children() {
        let from = anchor.child("from");
        let number = |name: &str| from?.child(name)?.words().trim().parse().ok();
        let at = match (number("row"), number("col")) {
            (Some(row), Some(column)) => Some(Position::new(row, column)),
            _ => None,
        };
        add(anchor, at, &mut drawings);
    }
    drawings
}

fn add(element: &Element, at: Option<Position>, drawings: &mut Vec<Drawing>) {
    for child in element.children() {
        let kind = match child.name.as_str() {
            "pic" => DrawingKind::Picture,
            "graphicFrame" => DrawingKind::Chart,
            "sp" if child
                .child("txBody")
                .is_some_and(|body| !body.words().trim().is_empty()) =>
            {
                DrawingKind::TextBox
            }
            "sp" | "cxnSp" => DrawingKind::Shape,
            // Newer drawings stand beside what older programs show instead.
            "grpSp" | "AlternateContent" | "Choice" => {
                add(child, at, drawings);
                continue;
            }
            _ => continue,
        };
        let about = child.find("cNvPr");
        let words = |name: &str| about.and_then(|about| about.get(name)).unwrap_or_default();
        let mark = about.and_then(|about| about.find("decorative"));
        let is_decorative = mark.is_some_and(|mark| mark.says("val"));
        drawings.push(Drawing {
            kind,
            at,
            alternative: alternative(words("title"), words("descr"), is_decorative),
        });
    }
}
