//! Correcting what an inspection is called and where it belongs: name, provider, programme, period, national.
//!
//! Must not touch what is recorded in it; its framework stays what it was opened under.

use super::desk::{Desk, check_name, reason};
use super::inspections::Inspection;
use super::programmes::is_same;
use crate::model::{Change, Code, Problem, Problems};
use crate::store::{InspectionRow, Store};

/// What an inspection is to be from now on; `None` leaves it as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Correction<'a> {
    /// Its name, unique in the file.
    pub name: Option<&'a str>,
    /// The service that is inspected.
    pub provider: Option<&'a str>,
    /// The round it belongs to; empty takes it out of its round.
    pub programme: Option<&'a str>,
    /// The period it is about; empty for none.
    pub period: Option<&'a str>,
    /// Whether its figures are those of the whole nation.
    pub national: Option<bool>,
}

/// What correcting an inspection did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// Whether anything differs from what was recorded before.
    pub changed: bool,
    /// The inspection as it is now.
    pub now: InspectionRow,
    /// Names of other inspections that are about the same provider and period under the same framework in the same programme.
    pub twins: Vec<String>,
}

/// Corrects an inspection; the history keeps what it was.
///
/// # Errors
/// No reason, nothing to change, an empty name or provider, a name that is taken, a closed inspection. Nothing is stored then.
pub fn change_inspection(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    correction: &Correction<'_>,
    because: &str,
) -> Result<Corrected, Problems> {
    reason(because, "say why it is corrected: --because \"…\"")?;
    check_correction(correction)?;
    let action = desk.action(Some(inspection), "inspection change", because);
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let before = row_of(&writer.read().inspections()?, inspection)?;
        let change = difference(&before, correction);
        if let Some(change) = &change {
            writer.append(Some(inspection.id), change)?;
        }
        let rows = writer.read().inspections()?;
        let now = row_of(&rows, inspection)?;
        let is_twin = |row: &&InspectionRow| {
            row.id != now.id
                && row.framework_id == now.framework_id
                && is_same(&row.programme, &now.programme)
                && is_same(&row.provider, &now.provider)
                && is_same(&row.period, &now.period)
        };
        let twins = rows.iter().filter(is_twin);
        Ok(Corrected {
            changed: change.is_some(),
            twins: twins.map(|row| row.name.clone()).collect(),
            now,
        })
    })
}

/// Everything that is wrong with the new names at once.
pub(super) fn check_correction(correction: &Correction<'_>) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let named = [
        (correction.name, "the name of the inspection", true),
        (correction.provider, "the name of the provider", true),
        (correction.programme, "the name of the programme", false),
        (correction.period, "the period", false),
    ];
    for (text, what, must_be_filled) in named {
        let Some(text) = text else { continue };
        if must_be_filled && text.trim().is_empty() {
            let what = format!("{what} is empty");
            let remedy = "give one, or leave the option out";
            problems.0.push(Problem::new(Code::EmptyCell, what, remedy));
        }
        problems.0.extend(
            check_name(text, what)
                .err()
                .into_iter()
                .flat_map(|wrong| wrong.0),
        );
    }
    if named.iter().all(|(text, ..)| text.is_none()) && correction.national.is_none() {
        let what = "nothing is said of what is to change";
        let remedy = "give --name, --provider, --programme, --period, --national or --not-national";
        problems.0.push(Problem::new(Code::EmptyCell, what, remedy));
    }
    problems.none_or(())
}

fn row_of(rows: &[InspectionRow], inspection: &Inspection) -> Result<InspectionRow, Problems> {
    let found = rows.iter().find(|row| row.id == inspection.id);
    found.cloned().ok_or_else(|| {
        let what = format!("there is no inspection named {}", inspection.name);
        let remedy = "caseaudit inspection list shows all";
        Problem::new(Code::UnknownInspection, what, remedy).into()
    })
}

/// The change as far as it says something new; `None` if all is so already.
fn difference(before: &InspectionRow, correction: &Correction<'_>) -> Option<Change> {
    let text = |new: Option<&str>, old: &str| {
        let new = new.map(str::trim).filter(|new| *new != old);
        new.map(str::to_owned)
    };
    let name = text(correction.name, &before.name);
    let provider = text(correction.provider, &before.provider);
    let programme = text(correction.programme, &before.programme);
    let period = text(correction.period, &before.period);
    let national = correction.national.filter(|new| *new != before.national);
    let texts = [&name, &provider, &programme, &period];
    let says_something = texts.iter().any(|text| text.is_some()) || national.is_some();
    says_something.then_some(Change::ChangeInspection {
        name,
        provider,
        programme,
        period,
        national,
    })
}
