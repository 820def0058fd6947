//! XML of a part as elements, small enough to be held one at a time. Must not know what any element means.
//!
//! Names are taken without their prefix. Nothing outside the part is ever read: a part that declares entities is refused.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::model::{Code, Problem};

/// How deep elements may stand in each other, and how many one that is held may have in it.
const DEPTH_MAX: usize = 200;
const ELEMENTS_MAX: usize = 1_000_000;

/// An element with what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Element {
    /// Its name without prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// What stands in it, in order.
    pub(super) nodes: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Words.
    Words(String),
}

/// What a walk meets.
pub(super) enum Met<'e> {
    /// The beginning of an element, without what stands in it.
    Open(&'e Element),
    /// An element that was asked for whole.
    Whole(Element),
    /// The end of an element that was not.
    Close,
}

impl Element {
    /// The attribute with this name without prefix; the first of several.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether the attribute says yes.
    pub(super) fn says(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|value| ["1", "true", "on"].contains(&value))
    }

    /// The attribute as a whole number, if it is one.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }

    /// The elements directly in it.
    pub(super) fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Words(_) => None,
        })
    }

    /// The first element directly in it with this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children().find(|child| child.name == name)
    }

    /// The first element with this name, however deep.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        let mut within = self.children();
        within.find_map(|child| {
            if child.name == name {
                Some(child)
            } else {
                child.find(name)
            }
        })
    }

    /// Every element with this name, however deep, but not within another of that name.
    pub(super) fn find_all<'e>(&'e self, name: &str, found: &mut Vec<&'e Element>) {
        for child in self.children() {
            if child.name == name {
                found.push(child);
            } else {
                child.find_all(name, found);
            }
        }
    }

    /// All words in it.
    pub(super) fn words(&self) -> String {
        let mut words = String::new();
        self.add_words(&mut words);
        words
    }

    fn add_words(&self, words: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Words(more) => words.push_str(more),
                Node::Element(element) => element.add_words(words),
            }
        }
    }
}

/// A part as one element.
///
/// # Errors
/// The part is not well-formed, declares entities, or has more in it than anybody writes.
pub(super) fn read_tree(xml: &str, part: &str) -> Result<Element, Problem> {
    let mut root = None;
    walk(
        xml,
        part,
        |_| true,
        |met| {
            if let Met::Whole(element) = met {
                root = Some(element);
            }
            Ok(())
        },
    )?;
    root.ok_or_else(|| damaged(part, "it is empty"))
}

/// Walks through a part; elements for whose name `is_whole` says so are given with all that stands in them.
///
/// # Errors
/// As [`read_tree`], and what `meet` refuses.
pub(super) fn walk(
    xml: &str,
    part: &str,
    is_whole: impl Fn(&str) -> bool,
    mut meet: impl FnMut(Met<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut reader = Reader::from_str(xml);
    // Elements that are being held, the outermost first; how many are open beside them.
    let mut held: Vec<Element> = Vec::new();
    let (mut open, mut count) = (0_usize, 0_usize);
    loop {
        let event = reader.read_event();
        match event.map_err(|error| damaged(part, error))? {
            Event::Start(start) => {
                let element = element_of(&start, part)?;
                if held.is_empty() && !is_whole(&element.name) {
                    open += 1;
                    meet(Met::Open(&element))?;
                } else {
                    count = if held.is_empty() { 1 } else { count + 1 };
                    held.push(element);
                }
                if open + held.len() > DEPTH_MAX || count > ELEMENTS_MAX {
                    return Err(damaged(part, "too much stands in one element"));
                }
            }
            Event::Empty(start) => {
                let element = element_of(&start, part)?;
                if let Some(last) = held.last_mut() {
                    count += 1;
                    last.nodes.push(Node::Element(element));
                } else if is_whole(&element.name) {
                    meet(Met::Whole(element))?;
                } else {
                    meet(Met::Open(&element))?;
                    meet(Met::Close)?;
                }
                if count > ELEMENTS_MAX {
                    return Err(damaged(part, "too much stands in one element"));
                }
            }
            Event::End(_) => match (held.pop(), held.last_mut()) {
                (Some(element), Some(last)) => last.nodes.push(Node::Element(element)),
                (Some(element), None) => meet(Met::Whole(element))?,
                (None, _) => {
                    open = open.saturating_sub(1);
                    meet(Met::Close)?;
                }
            },
            Event::Text(text) => add_words(&mut held, &text.xml10_content()),
            Event::CData(text) => add_words(&mut held, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                add_words(&mut held, &referred(&reference, part)?);
            }
            Event::DocType(_) => return Err(damaged(part, "it declares entities of its own")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof if open + held.len() > 0 => return Err(damaged(part, "it breaks off")),
            Event::Eof => return Ok(()),
        }
    }
}

fn add_words(held: &mut [Element], words: &str) {
    let Some(last) = held.last_mut() else { return };
    match last.nodes.last_mut() {
        Some(Node::Words(before)) => before.push_str(words),
        _ => last.nodes.push(Node::Words(words.to_owned())),
    }
}

/// The character that a reference stands for.
fn referred(reference: &BytesRef<'_>, part: &str) -> Result<String, Problem> {
    let by_number = reference.resolve_char_ref();
    if let Some(letter) = by_number.map_err(|error| damaged(part, error))? {
        return Ok(letter.to_string());
    }
    let letter = match &**reference {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(damaged(part, "it uses an entity that XML does not have")),
    };
    Ok(letter.to_owned())
}

fn element_of(start: &BytesStart<'_>, part: &str) -> Result<Element, Problem> {
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| damaged(part, error))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|error| damaged(part, error))?.into_owned();
        let name = attribute.key.local_name().into_inner().to_owned();
        attributes.push((name, value));
    }
    Ok(Element {
        name: start.local_name().into_inner().to_owned(),
        attributes,
        nodes: Vec::new(),
    })
}

/// The problem of a part that cannot be read.
pub(super) fn damaged(part: &str, why: impl std::fmt::Display) -> Problem {
    let what = format!("the workbook is damaged in its part {part}: {why}");
    let remedy = "open it in a spreadsheet program and save it again";
    Problem::new(Code::UnreadableFile, what, remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_lose_their_prefix_and_keep_their_words_and_attributes() {
        let tree = read_tree(
            "<?xml version=\"1.0\"?><!-- c --><t:a x:n=\"1 &lt; 2\" m=\"true\">one <b>two&#33;</b><![CDATA[<3>]]> &amp;<c/></t:a>",
            "p",
        )
        .unwrap();
        assert_eq!((tree.name.as_str(), tree.get("n")), ("a", Some("1 < 2")));
        assert!(tree.says("m") && !tree.says("n"));
        assert_eq!(tree.words(), "one two!<3> &");
        assert_eq!(tree.find("b").unwrap().words(), "two!");
        assert_eq!(tree.children().count(), 2);
    }

    #[test]
    fn a_walk_gives_whole_only_what_was_asked_for() {
        let mut met = Vec::new();
        let seen = |step: Met<'_>| {
            met.push(match step {
                Met::Open(element) => format!("+{}", element.name),
                Met::Whole(element) => format!("{}={}", element.name, element.words()),
                Met::Close => "-".to_owned(),
            });
            Ok(())
        };
        let xml = "<a><row>1<c>2</c></row><b/><row/>words</a>";
        walk(xml, "p", |name| name == "row", seen).unwrap();
        assert_eq!(met, ["+a", "row=12", "+b", "-", "row=", "-"]);
    }

    #[test]
    fn hostile_parts_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        let deep = "<a>".repeat(300);
        let closed = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
        for (xml, why) in [
            (bomb, "declares entities"),
            ("<a>&x;</a>", "uses an entity"),
            ("<a><b></a>", "damaged in its part p"),
            ("<a", "damaged"),
            ("<a>", "breaks off"),
            ("", "it is empty"),
            ("words", "it is empty"),
            (&deep, "too much"),
            (&closed, "too much"),
            ("<a b=\"&y;\"/>", "damaged"),
            ("<a b=>", "damaged"),
        ] {
            let problem = read_tree(xml, "p").unwrap_err();
            assert!(problem.what.contains(why), "{xml}: {problem}");
        }
    }
}
