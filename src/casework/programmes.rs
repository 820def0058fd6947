//! The inspections that a file about many providers and periods speaks of: found in a programme, or opened there.
//!
//! Must not know what the file says of them.

mod finder;
mod near_names;

use std::collections::HashMap;
use std::rc::Rc;

use super::desk::{Desk, check_name};
use super::frameworks::{edition_of, edition_to_add, ensure_framework};
use super::inspections::{current_row, named_row};
use crate::framework::Framework;
use crate::model::{Change, Code, Place, Problem, Problems, list_some, nearest};
use crate::store::{Edition, InspectionRow, Store, ThingId, Writer, is_closed, sha256};
use finder::Finder;
pub use near_names::doubt_inspection;
pub(super) use near_names::doubt_names;

/// What a person says about where a file of many providers belongs; what is left out follows from the record.
#[derive(Debug, Clone, Copy, Default)]
pub struct Round<'a> {
    /// The programme.
    pub programme: Option<&'a str>,
    /// Id of the framework under which missing inspections are opened.
    pub framework: Option<&'a str>,
    /// The provider whose figures are those of the whole nation.
    pub national: Option<&'a str>,
    /// The inspection to work in, where one was named.
    pub inspection: Option<&'a str>,
}

/// A provider and period of a file. Capitals make no difference; an empty period is that of any one inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) provider: String,
    pub(super) period: String,
    /// Where the provider stands first.
    pub(super) place: Place,
    /// The column of the period; that of the provider in a file without.
    pub(super) period_column: u64,
}

impl Wanted {
    fn is_about(&self, row: &InspectionRow) -> bool {
        is_same(&self.provider, &row.provider) && is_same(&self.period, &row.period)
    }

    /// Whether an inspection can bear these names.
    fn check(&self) -> Result<(), Problems> {
        let mut problems = check_name(&self.provider, "the name of the provider")
            .err()
            .unwrap_or_default();
        let wrong = check_name(&self.period, "the period").err();
        let place = Place {
            column: Some(self.period_column),
            ..self.place.clone()
        };
        let wrong = wrong.into_iter().flat_map(|wrong| wrong.0);
        problems
            .0
            .extend(wrong.map(|problem| problem.at(place.clone())));
        problems.none_or(())
    }

    fn shown(&self) -> String {
        format!("{} {}", self.provider, self.period)
            .trim_end()
            .to_owned()
    }
}

/// The inspection of a [`Wanted`].
pub(super) struct Found {
    /// Its id; of one that is still to be opened, the id that it will have.
    pub(super) id: ThingId,
    pub(super) name: String,
    pub(super) provider: String,
    pub(super) period: String,
    pub(super) closed: bool,
    /// The framework, from the exact text that the inspection is opened with.
    pub(super) framework: Rc<Framework>,
    text: Rc<str>,
    /// What opens it, where it is missing.
    opening: Option<Change>,
}

impl Found {
    /// Whether it is still to be opened.
    pub(super) fn is_missing(&self) -> bool {
        self.opening.is_some()
    }

    /// SHA-256 of its framework's text.
    pub(super) fn framework_hash(&self) -> [u8; 32] {
        sha256(self.text.as_bytes())
    }

    /// What the record needs of its framework.
    pub(super) fn edition(&self) -> Edition {
        if self.is_missing() {
            edition_to_add(&self.text, &self.framework)
        } else {
            edition_of(self.framework_hash(), &self.framework)
        }
    }

    /// Opens it, if it is missing.
    ///
    /// # Errors
    /// What the database reports.
    pub(super) fn open(&self, writer: &mut Writer<'_>) -> Result<(), Problems> {
        if let Some(opening) = &self.opening {
            ensure_framework(writer, &self.framework_hash(), &self.text)?;
            writer.append(Some(self.id), opening)?;
        }
        Ok(())
    }

    /// The problem of a change to it while it is closed.
    pub(super) fn is_closed(&self) -> Problem {
        is_closed(&self.name)
    }
}

/// Whether two names differ in capitals, and in spaces around them, at most.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Each provider and period that rows speak of, in the order of the file, and for every row the place of its own.
pub(super) fn gather_wanted(rows: impl Iterator<Item = Wanted>) -> (Vec<Wanted>, Vec<usize>) {
    let (mut wanted, mut places) = (Vec::new(), Vec::new());
    let mut known = HashMap::new();
    for row in rows {
        let key = [row.provider.to_lowercase(), row.period.to_lowercase()];
        places.push(*known.entry(key).or_insert_with(|| {
            wanted.push(row);
            wanted.len() - 1
        }));
    }
    (wanted, places)
}

/// Finds the inspection of each provider and period; one that is missing in its programme is made ready to be opened. `None`
/// for one with which something is wrong; that is added to the problems.
///
/// `fits` says whether the file could be about an inspection under such a framework at all.
pub(super) fn find_inspections(
    store: &Store,
    desk: &mut Desk,
    round: &Round<'_>,
    wanted: &[Wanted],
    fits: impl Fn(&Framework) -> bool,
    problems: &mut Vec<Problem>,
) -> Vec<Option<Found>> {
    let found = find_each(store, desk, round, wanted, fits).unwrap_or_else(|wrong| {
        problems.extend(wrong.0);
        Vec::new()
    });
    let mut ids: Vec<ThingId> = Vec::new();
    let found = found.into_iter().zip(wanted).map(|(found, wanted)| {
        let found = found.and_then(|found| {
            if ids.contains(&found.id) {
                return Err(is_twice(&found, wanted).into());
            }
            ids.push(found.id);
            Ok(found)
        });
        found.map_err(|wrong| {
            let at = |problem: Problem| match problem.place.column {
                Some(_) => problem,
                None => problem.at(wanted.place.clone()),
            };
            problems.extend(wrong.0.into_iter().map(at));
        })
    });
    let mut found: Vec<Option<Found>> = found.map(Result::ok).collect();
    found.resize_with(wanted.len(), || None);
    found
}

/// Rows with and without period that are about the same inspection could say the same thing twice.
fn is_twice(found: &Found, wanted: &Wanted) -> Problem {
    let what = format!(
        "{} is the inspection {}, of which earlier lines speak in another way",
        wanted.shown(),
        found.name
    );
    let remedy = "give the same period in all of its lines";
    Problem::new(Code::DuplicateReference, what, remedy)
}

fn find_each(
    store: &Store,
    desk: &mut Desk,
    round: &Round<'_>,
    wanted: &[Wanted],
    fits: impl Fn(&Framework) -> bool,
) -> Result<Vec<Result<Found, Problems>>, Problems> {
    check_national(round, wanted)?;
    let rows = store.read().inspections()?;
    let scope = find_scope(&rows, round, wanted)?;
    let mut finder = Finder::new(store, desk, round, rows);
    match scope {
        Scope::Inspection(row) => {
            let found = wanted.iter();
            let found = found.map(|one| {
                one.check()?;
                finder.the_only(&row, one, wanted)
            });
            Ok(found.collect())
        }
        Scope::Programme(name) => {
            let members = finder.members(&name, fits)?;
            let opening = finder.opening_framework(&members)?;
            let found = wanted.iter();
            let found = found.map(|one| {
                one.check()?;
                finder.one(one, &name, &members, opening.as_ref())
            });
            Ok(found.collect())
        }
    }
}

fn check_national(round: &Round<'_>, wanted: &[Wanted]) -> Result<(), Problem> {
    let Some(national) = round.national else {
        return Ok(());
    };
    let mut providers: Vec<&str> = wanted.iter().map(|one| one.provider.as_str()).collect();
    providers.dedup();
    if providers
        .iter()
        .any(|provider| is_same(provider, national.trim()))
    {
        return Ok(());
    }
    let what = format!("the file has no provider {national}, named with --national");
    let remedy = nearest(national, providers);
    Err(Problem::new(Code::WrongValue, what, remedy))
}

/// Where the inspections of a file are looked for.
enum Scope {
    /// All rows are about this one.
    Inspection(InspectionRow),
    /// In the programme of this name.
    Programme(String),
}

/// The programme that was named, else the inspection that was named, else the only programme there is, else the current
/// inspection.
fn find_scope(
    rows: &[InspectionRow],
    round: &Round<'_>,
    wanted: &[Wanted],
) -> Result<Scope, Problems> {
    let mut programmes: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|row| !row.programme.is_empty()) {
        if !programmes
            .iter()
            .any(|known| is_same(known, &row.programme))
        {
            programmes.push(&row.programme);
        }
    }
    if let Some(name) = round.programme.map(str::trim) {
        check_name(name, "the name of the programme")?;
        if name.is_empty() {
            let problem = Problem::new(Code::EmptyCell, "the programme has no name", "give one");
            return Err(problem.into());
        }
        let known = programmes.iter().find(|known| is_same(known, name));
        return Ok(Scope::Programme((*known.unwrap_or(&name)).to_owned()));
    }
    let is_of = |row: &InspectionRow| {
        wanted
            .iter()
            .all(|wanted| is_same(&wanted.provider, &row.provider))
    };
    if let Some(name) = round.inspection {
        let row = named_row(rows, name)?.clone();
        return Ok(if row.programme.is_empty() || is_of(&row) {
            Scope::Inspection(row)
        } else {
            Scope::Programme(row.programme)
        });
    }
    if let [only] = programmes.as_slice() {
        return Ok(Scope::Programme((*only).to_owned()));
    }
    match current_row(rows) {
        Ok(row) if is_of(row) => Ok(Scope::Inspection(row.clone())),
        _ => {
            let what = "it is not clear which programme the file belongs to";
            let remedy = if programmes.is_empty() {
                "name it: --programme NAME".to_owned()
            } else {
                format!("name one with --programme: {}", list_some(&programmes))
            };
            Err(Problem::new(Code::WhichInspection, what, remedy).into())
        }
    }
}
