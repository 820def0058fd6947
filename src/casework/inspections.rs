//! Opening and finding an inspection.
//!
//! Must not know how its cases are recorded.

use super::desk::{Desk, check_name};
use super::frameworks::{edition_of, edition_to_add, ensure_framework};
use crate::framework::{Framework, READ_BY};
use crate::model::{Code, Problem, Problems, list_some, nearest};
use crate::store::{Edition, InspectionRow, Store, ThingId};

/// An inspection with the framework edition that it was opened under.
pub struct Inspection {
    /// Its id.
    pub id: ThingId,
    /// Its name.
    pub name: String,
    /// The service that is inspected.
    pub provider: String,
    /// The round it belongs to; empty for none.
    pub programme: String,
    /// The period it is about; empty for none.
    pub period: String,
    /// Whether its figures are those of the whole nation: shown beside the providers, never counted among them.
    pub national: bool,
    /// Whether it is closed.
    pub closed: bool,
    /// The framework, from the exact text that it was opened with.
    pub framework: Framework,
    /// What the record needs of the framework.
    pub(super) edition: Edition,
}

impl Inspection {
    /// Place of the sample with this id or title.
    ///
    /// # Errors
    /// No such sample, with the nearest id.
    pub fn find_sample(&self, name: &str) -> Result<usize, Problems> {
        self.framework
            .sample(name)
            .map(|(place, _)| place)
            .ok_or_else(|| {
                let what = format!("there is no sample {name}");
                let remedy = nearest(
                    name,
                    self.framework
                        .samples
                        .iter()
                        .map(|sample| sample.id.as_str()),
                );
                Problem::new(Code::UnknownSample, what, remedy).into()
            })
    }

    /// The title of a piece of case information that some sample has.
    ///
    /// # Errors
    /// No sample has it, with the nearest id.
    pub fn find_attribute(&self, id: &str) -> Result<&str, Problems> {
        let title = self.framework.samples.iter().find_map(|sample| {
            let place = sample.questions.attribute(id)?;
            sample.information.get(place)
        });
        if let Some(information) = title {
            return Ok(&information.title);
        }
        let attributes = self
            .edition
            .samples
            .iter()
            .flat_map(|sample| &sample.attributes);
        let mut known: Vec<&str> = attributes.map(|known| known.id.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        let what = format!("no sample has case information {id}");
        let mut remedy = nearest(id, known);
        // A question needs no list behind it.
        if !remedy.ends_with('?') {
            remedy += &format!(
                "; `caseaudit framework show {}` lists them with their titles",
                self.framework.id
            );
        }
        Err(Problem::new(Code::UnknownAttribute, what, remedy).into())
    }
}

/// What is said of an inspection when it is opened.
#[derive(Debug, Clone, Copy, Default)]
pub struct NewInspection<'a> {
    /// Its name, unique in the database.
    pub name: &'a str,
    /// Id of the framework.
    pub framework: &'a str,
    /// The service that is inspected.
    pub provider: &'a str,
    /// The round it belongs to; empty for none.
    pub programme: &'a str,
    /// The period it is about; empty for none.
    pub period: &'a str,
    /// Whether its figures are those of the whole nation.
    pub national: bool,
}

/// Opens a new inspection under a framework that is built in, or was added to the file.
///
/// # Errors
/// An unknown framework, an empty name or provider, a name that is taken.
pub fn open_inspection(
    store: &mut Store,
    desk: &mut Desk,
    new: &NewInspection<'_>,
) -> Result<Inspection, Problems> {
    let (name, provider) = (new.name.trim(), new.provider.trim());
    for (text, what) in [
        (name, "the inspection has no name"),
        (provider, "no provider is named"),
    ] {
        if text.is_empty() {
            return Err(Problem::new(Code::EmptyCell, what, "give one").into());
        }
    }
    check_name(name, "the name of the inspection")?;
    check_name(provider, "the name of the provider")?;
    check_name(new.programme, "the name of the programme")?;
    check_name(new.period, "the period")?;
    let (text, framework) = super::frameworks::find_framework(Some(store), new.framework)?;
    let edition = edition_to_add(&text, &framework);
    let id = desk.new_id();
    let action = desk.action(None, "inspection new", "");
    let hash = edition.hash;
    let editions = [edition];
    store.write(&editions, &action, |writer| {
        ensure_framework(writer, &hash, &text)?;
        let change = crate::model::Change::OpenInspection {
            name: name.to_owned(),
            framework: hash,
            provider: provider.to_owned(),
            programme: new.programme.trim().to_owned(),
            period: new.period.trim().to_owned(),
            national: new.national,
        };
        writer.append(Some(id), &change).map(drop)
    })?;
    named_inspection(store, name)
}

/// The inspection to work in: the one that is named, or else the only open one, or else the only one there is.
///
/// # Errors
/// No such inspection, none at all, or several to choose from.
pub fn current_inspection(store: &Store, name: Option<&str>) -> Result<Inspection, Problems> {
    if let Some(name) = name {
        return named_inspection(store, name);
    }
    let rows = store.read().inspections()?;
    load(store, current_row(&rows)?)
}

/// The only open inspection, or else the only one.
pub(super) fn current_row(rows: &[InspectionRow]) -> Result<&InspectionRow, Problems> {
    let open: Vec<&InspectionRow> = rows.iter().filter(|row| !row.closed).collect();
    let choice: Vec<&InspectionRow> = match (open.as_slice(), rows) {
        ([only], _) => return Ok(*only),
        ([], [only]) => return Ok(only),
        ([], []) => {
            let what = "there is no inspection yet";
            let remedy = "open one: caseaudit inspection new NAME --framework ID --provider P";
            return Err(Problem::new(Code::UnknownInspection, what, remedy).into());
        }
        ([], all) => all.iter().collect(),
        (several, _) => several.to_vec(),
    };
    let names: Vec<&str> = choice.iter().map(|row| row.name.as_str()).collect();
    let what = "there are several inspections";
    let remedy = format!("name one with --inspection: {}", list_some(&names));
    Err(Problem::new(Code::WhichInspection, what, remedy).into())
}

fn named_inspection(store: &Store, name: &str) -> Result<Inspection, Problems> {
    let rows = store.read().inspections()?;
    load(store, named_row(&rows, name)?)
}

/// The inspection of this name, in any case.
pub(super) fn named_row<'r>(
    rows: &'r [InspectionRow],
    name: &str,
) -> Result<&'r InspectionRow, Problems> {
    let mut found = rows.iter();
    let found = found.find(|row| row.name.eq_ignore_ascii_case(name.trim()));
    found.ok_or_else(|| {
        let what = format!("there is no inspection named {name}");
        let remedy = nearest(name, rows.iter().map(|row| row.name.as_str()));
        Problem::new(Code::UnknownInspection, what, remedy).into()
    })
}

/// The framework of an inspection, with the exact text that it was opened with.
pub(super) fn load_framework(
    store: &Store,
    row: &InspectionRow,
) -> Result<(String, Framework), Problems> {
    let text = store.read().framework_text(&row.framework)?;
    let text = text.unwrap_or_default();
    let framework = Framework::parse(&text, &row.framework_id)?;
    Ok((text, framework))
}

/// The framework of an inspection, as this program made it of the text when that came into the record; else from the text.
fn recall_framework(store: &Store, row: &InspectionRow) -> Result<Framework, Problems> {
    let known = store
        .read()
        .reading(&row.framework, READ_BY, Framework::from_form)?;
    match known.filter(|(framework, samples)| framework.samples.len() == *samples) {
        Some((framework, _)) => Ok(framework),
        None => load_framework(store, row).map(|(_, framework)| framework),
    }
}

/// An inspection with its framework.
pub(super) fn load(store: &Store, row: &InspectionRow) -> Result<Inspection, Problems> {
    let framework = recall_framework(store, row)?;
    let edition = edition_of(row.framework, &framework);
    Ok(Inspection {
        id: row.id,
        name: row.name.clone(),
        provider: row.provider.clone(),
        programme: row.programme.clone(),
        period: row.period.clone(),
        national: row.national,
        closed: row.closed,
        framework,
        edition,
    })
}
