//! Which framework editions there are: those built in, and those that were added to the file.
//!
//! Must not know what a framework says beyond its id and samples.

use super::desk::Desk;
use crate::framework::{Framework, builtins};
use crate::model::{Change, Code, Problem, Problems, nearest};
use crate::store::{Edition, Store, Writer, sha256};

/// Where a framework edition comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameworkOrigin {
    /// It is part of the program.
    BuiltIn,
    /// Somebody added it to this file.
    Added,
}

/// A framework edition that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFramework {
    /// The framework itself.
    pub framework: Framework,
    /// Where it comes from.
    pub origin: FrameworkOrigin,
}

/// Every framework edition that can be used: those built in, then those of the file, if there is one.
///
/// # Errors
/// What the database reports.
pub fn list_frameworks(store: Option<&Store>) -> Result<Vec<ListedFramework>, Problems> {
    let mut listed = Vec::new();
    for (text, origin) in texts(store)? {
        listed.push(ListedFramework {
            framework: Framework::parse(&text, "framework")?,
            origin,
        });
    }
    Ok(listed)
}

/// The framework with this id, and its exact text. One that was added to the file goes before a built-in one; of several
/// added under one id the latest counts.
///
/// # Errors
/// No such framework, with the nearest id.
pub fn find_framework(store: Option<&Store>, id: &str) -> Result<(String, Framework), Problems> {
    let mut ids = Vec::new();
    for (text, _) in texts(store)?.into_iter().rev() {
        let framework = Framework::parse(&text, "framework")?;
        if framework.id.eq_ignore_ascii_case(id) {
            return Ok((text, framework));
        }
        ids.push(framework.id);
    }
    let what = format!("there is no framework {id}");
    let mut remedy = nearest(id, ids.iter().map(String::as_str));
    remedy.push_str("; `caseaudit framework add FILE` adds one");
    Err(Problem::new(Code::UnknownFramework, what, remedy).into())
}

/// Each text once: a built-in edition that an inspection uses is in the file as well.
fn texts(store: Option<&Store>) -> Result<Vec<(String, FrameworkOrigin)>, Problems> {
    let mut texts: Vec<(String, FrameworkOrigin)> = builtins()
        .iter()
        .map(|builtin| (builtin.text.to_owned(), FrameworkOrigin::BuiltIn))
        .collect();
    if let Some(store) = store {
        for (_, _, text) in store.read().frameworks()? {
            if texts.iter().all(|(known, _)| *known != text) {
                texts.push((text, FrameworkOrigin::Added));
            }
        }
    }
    Ok(texts)
}

/// Adds a framework file to the record. Adding the same text twice changes nothing; a changed text under the same id is a
/// new edition beside the old, which inspections opened under it keep.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn add_framework(
    store: &mut Store,
    desk: &Desk,
    text: &str,
    file: &str,
) -> Result<Framework, Problems> {
    let framework = Framework::parse(text, file)?;
    let edition = edition_of(text, &framework);
    let hash = edition.hash;
    let action = desk.action(None, file, "");
    store.write(&[edition], &action, |writer| {
        ensure_framework(writer, &hash, text)
    })?;
    Ok(framework)
}

pub(super) fn ensure_framework(
    writer: &mut Writer<'_>,
    hash: &[u8; 32],
    text: &str,
) -> Result<(), Problems> {
    if writer.read().framework_text(hash)?.is_none() {
        writer.append(
            None,
            &Change::AddFramework {
                text: text.to_owned(),
            },
        )?;
    }
    Ok(())
}

/// What the record needs of a framework whose exact text stands in its log; `None` for a text that is no framework.
pub(super) fn read_edition(text: &str) -> Option<Edition> {
    let framework = Framework::parse(text, "framework").ok()?;
    Some(edition_of(text, &framework))
}

pub(super) fn edition_of(text: &str, framework: &Framework) -> Edition {
    Edition {
        hash: sha256(text.as_bytes()),
        id: framework.id.clone(),
        samples: framework
            .samples
            .iter()
            .map(|sample| sample.questions.clone())
            .collect(),
    }
}
