//! Which framework editions there are: those built in, and those that were added to the file.
//!
//! Must not know what a framework says beyond its id, its samples and the other frameworks that it names.

use super::desk::Desk;
use crate::framework::{Framework, Measure, PercentYesOf, READ_BY, builtin, builtins};
use crate::model::{Change, Code, Place, Problem, Problems, nearest};
use crate::store::{Edition, FrameworkReading, Store, Writer, sha256};

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
    let stored = store.map_or(Ok(Vec::new()), |store| store.read().frameworks())?;
    let is_meant = |known: &str| known.eq_ignore_ascii_case(id.trim());
    let mut added = stored.iter().rev().map(|(_, id, text)| (id, text));
    let added = added.find(|(id, text)| is_meant(id) && !is_built_in(text));
    let built_in = || builtin(id.trim()).map(|known| known.text);
    if let Some(text) = added.map(|(_, text)| text.as_str()).or_else(built_in) {
        return Ok((text.to_owned(), Framework::parse(text, "framework")?));
    }
    let mut ids: Vec<&str> = builtins().iter().map(|known| known.id).collect();
    ids.extend(stored.iter().map(|(_, id, _)| id.as_str()));
    let what = format!("there is no framework {id}");
    let mut remedy = nearest(id, ids);
    remedy.push_str("; `caseaudit framework add FILE` adds one");
    Err(Problem::new(Code::UnknownFramework, what, remedy).into())
}

/// Whether a text is that of a built-in edition, which is in the file as well once an inspection uses it.
fn is_built_in(text: &str) -> bool {
    builtins().iter().any(|known| known.text == text)
}

/// Each text once: those built in, then those that were added to the file.
fn texts(store: Option<&Store>) -> Result<Vec<(String, FrameworkOrigin)>, Problems> {
    let mut texts: Vec<(String, FrameworkOrigin)> = builtins()
        .iter()
        .map(|builtin| (builtin.text.to_owned(), FrameworkOrigin::BuiltIn))
        .collect();
    if let Some(store) = store {
        for (_, _, text) in store.read().frameworks()? {
            if !is_built_in(&text) {
                texts.push((text, FrameworkOrigin::Added));
            }
        }
    }
    Ok(texts)
}

/// What adding a framework file did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedFramework {
    /// The framework.
    pub framework: Framework,
    /// False where the very same text was there already.
    pub is_new: bool,
    /// What could not be checked yet, a sentence each.
    pub doubts: Vec<String>,
}

/// Adds a framework file to the record. The same text twice changes nothing; a changed text is told apart by another id or another
/// edition, and inspections keep the text that they were opened under.
///
/// # Errors
/// Everything that is wrong with the text; another text under the same id and edition.
pub fn add_framework(
    store: &mut Store,
    desk: &Desk,
    text: &str,
    file: &str,
) -> Result<AddedFramework, Problems> {
    let (framework, doubts) = check_framework(Some(store), text, file)?;
    let known = texts(Some(store))?;
    let is_new = known.iter().all(|(known, _)| known != text);
    if is_new {
        refuse_taken(&known, &framework, file)?;
        let edition = edition_to_add(text, &framework);
        let hash = edition.hash;
        let action = desk.action(None, file, "");
        store.write(&[edition], &action, |writer| {
            ensure_framework(writer, &hash, text)
        })?;
    }
    Ok(AddedFramework {
        framework,
        is_new,
        doubts,
    })
}

/// Two texts of one id and edition could not be told apart in any list or table.
fn refuse_taken(
    known: &[(String, FrameworkOrigin)],
    framework: &Framework,
    file: &str,
) -> Result<(), Problems> {
    for (text, _) in known {
        let known = Framework::parse(text, "framework")?;
        if known.id.eq_ignore_ascii_case(&framework.id) && known.edition == framework.edition {
            let what = format!(
                "there is another text of the framework {}, edition {}, already",
                known.id, known.edition
            );
            let remedy = "give the changed text another id, or another edition";
            let problem = Problem::new(Code::AlreadyExists, what, remedy);
            return Err(problem.at(Place::of(file)).into());
        }
    }
    Ok(())
}

/// Checks a framework file, and what it says of other frameworks against those that there are. Also returns what could not be
/// checked, a sentence each: a measure may take its value from a framework that is still to be added.
///
/// # Errors
/// Everything that is wrong with the text; a measure whose value comes from a question that the other framework does not ask.
pub fn check_framework(
    store: Option<&Store>,
    text: &str,
    file: &str,
) -> Result<(Framework, Vec<String>), Problems> {
    let framework = Framework::parse(text, file)?;
    let (mut problems, mut doubts) = (Problems::default(), Vec::new());
    let mut others: Vec<(&str, Result<Framework, Problems>)> = Vec::new();
    for measure in &framework.measures {
        let source = measure.percent_yes_of.as_ref();
        let Some(of) = source.filter(|of| !of.framework.is_empty()) else {
            continue;
        };
        if others.iter().all(|(id, _)| *id != of.framework) {
            let other = find_framework(store, &of.framework).map(|(_, other)| other);
            others.push((&of.framework, other));
        }
        match others.iter().find(|(id, _)| *id == of.framework) {
            Some((_, Ok(other))) => {
                let problem = unknown_question(measure, of, other);
                let place = place_of(text, file, of);
                problems.0.extend(problem.map(|problem| problem.at(place)));
            }
            Some((_, Err(unknown))) => {
                let unknown: Vec<String> = unknown
                    .0
                    .iter()
                    .map(|problem| format!("{}; {}", problem.what, problem.remedy))
                    .collect();
                doubts.push(format!(
                    "{} takes its value from another framework: {}",
                    measure.id,
                    unknown.join("; ")
                ));
            }
            None => {}
        }
    }
    problems.none_or((framework, doubts))
}

fn unknown_question(measure: &Measure, of: &PercentYesOf, other: &Framework) -> Option<Problem> {
    let samples = other.samples.iter();
    let asked = samples.flat_map(|sample| &sample.questions.questions);
    let numbers: Vec<&str> = asked.map(|question| question.number.as_str()).collect();
    (!numbers.contains(&of.question.as_str())).then(|| {
        let what = format!(
            "the value of {} is the percent yes of {}, and {} has no such question",
            measure.id, of.question, other.id
        );
        Problem::new(
            Code::UnknownQuestion,
            what,
            nearest(&of.question, numbers.iter().copied()),
        )
    })
}

/// Where a file names the question of another framework: on the line that names both, as they are mostly written.
fn place_of(text: &str, file: &str, of: &PercentYesOf) -> Place {
    let (framework, question) = (
        format!("\"{}\"", of.framework),
        format!("\"{}\"", of.question),
    );
    let mut start = 0;
    for (line, number) in text.split_inclusive('\n').zip(1..) {
        if let Some(at) = line.find(&question)
            && line.contains(&framework)
            && line.contains("percent_yes_of")
        {
            let begin = start + at;
            return Place {
                span: Some((begin, begin + question.len())),
                ..Place::of(file).line(number)
            };
        }
        start += line.len();
    }
    Place::of(file)
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
    Some(edition_to_add(text, &framework))
}

/// What the record needs of a framework that is there, by the SHA-256 of its text.
pub(super) fn edition_of(hash: [u8; 32], framework: &Framework) -> Edition {
    Edition {
        hash,
        id: framework.id.clone(),
        samples: framework
            .samples
            .iter()
            .map(|sample| sample.questions.clone())
            .collect(),
        reading: None,
    }
}

/// What the record needs of a framework that may enter it: beside the rest, what was made of its text.
pub(super) fn edition_to_add(text: &str, framework: &Framework) -> Edition {
    let reading = framework.to_form().map(|form| FrameworkReading {
        program: READ_BY.to_owned(),
        form,
    });
    Edition {
        reading,
        ..edition_of(sha256(text.as_bytes()), framework)
    }
}
