//! Making cases of an inspection out of cases of its population: those that are drawn, and reserves that are called up.
//!
//! Must not know which cases are chosen (`drawing`, `replacing`).

use super::desk::Desk;
use super::inspections::Inspection;
use crate::model::{Change, Code, DrawnCase, Place, Problem, Problems};
use crate::store::{CaseRow, Eligible, Status, ThingId, Writer, sha256};

/// What was brought in.
pub(super) struct Brought {
    /// The ids of the cases, in the order in which they were given.
    pub(super) ids: Vec<ThingId>,
    /// Cases that had been withdrawn by hand and are taken back, each with why it had been withdrawn.
    pub(super) taken_back: Vec<(String, String)>,
}

/// Makes cases of the inspection out of cases of the population; one that was withdrawn comes back.
pub(super) fn bring_in(
    writer: &mut Writer<'_>,
    desk: &mut Desk,
    inspection: &Inspection,
    (sample, eligible): (usize, &Eligible),
    drawn: &[DrawnCase],
) -> Result<Brought, Problems> {
    let known = writer.read().cases(inspection.id)?;
    let mut known: Vec<&CaseRow> = known.iter().collect();
    known.sort_by_cached_key(|case| case.reference.to_ascii_lowercase());
    let (mut brought, mut problems) = (
        Brought {
            ids: Vec::new(),
            taken_back: Vec::new(),
        },
        Problems::default(),
    );
    for DrawnCase { reference, .. } in drawn {
        let lower = reference.to_ascii_lowercase();
        let found = known.binary_search_by_key(&lower, |case| case.reference.to_ascii_lowercase());
        let information = eligible
            .find(reference)
            .map(|case| eligible.information(case));
        let information = information.unwrap_or_default();
        match found.ok().map(|at| known[at]) {
            None => {
                let sample = &inspection.framework.samples[sample].id;
                let mut id = drawn_id(inspection.id, sample, reference);
                // It goes by another reference since.
                if known.iter().any(|case| case.id == id) {
                    id = desk.new_id();
                }
                add(writer, (id, sample, reference), information)?;
                brought.ids.push(id);
            }
            Some(case) if case.status == Status::Withdrawn && case.sample == sample => {
                let because = withdrawn_by_hand(writer, case)?;
                let because = because.map(|because| (case.reference.clone(), because));
                brought.taken_back.extend(because);
                take_back(writer, case, &information)?;
                brought.ids.push(case.id);
            }
            Some(case) => {
                let what =
                    "the inspection has a case of this reference already, which no draw brought in";
                let remedy = "withdraw it first, or leave it out of the extract";
                let problem = Problem::new(Code::DuplicateReference, what, remedy);
                problems.0.push(problem.at(Place::of(&case.reference)));
            }
        }
    }
    problems.none_or(brought)
}

/// The id of a case that is drawn: it follows from inspection, sample and reference, so that two people who draw the same
/// case on two laptops bring in one case. A UUIDv8.
fn drawn_id(inspection: ThingId, sample: &str, reference: &str) -> ThingId {
    let reference = reference.to_ascii_lowercase();
    let mut text = inspection.to_vec();
    text.extend(format!("|{sample}|{reference}").bytes());
    let hash = sha256(&text);
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    *uuid::Builder::from_custom_bytes(id).as_uuid().as_bytes()
}

fn add(
    writer: &mut Writer<'_>,
    (id, sample, reference): (ThingId, &str, &str),
    information: Vec<Option<String>>,
) -> Result<(), Problems> {
    let change = Change::AddCase {
        reference: reference.to_owned(),
        sample: sample.to_owned(),
        assessor: String::new(),
        joint_assessor: String::new(),
        information,
    };
    writer.append(Some(id), &change).map(drop)
}

/// Why somebody withdrew a case; `None` where that only followed from a draw that was taken back or settled, or from the case coming
/// back in whose place it stood.
fn withdrawn_by_hand(writer: &Writer<'_>, case: &CaseRow) -> Result<Option<String>, Problems> {
    let rows = writer.read().history(Some(case.id))?;
    let withdrawn = rows
        .into_iter()
        .rfind(|row| row.change == Change::WithdrawCase);
    let by_hand = withdrawn.filter(|row| {
        !["sample undo", "settle", "case restore"].contains(&row.action.source.as_str())
    });
    Ok(by_hand.map(|row| row.action.because))
}

fn take_back(
    writer: &mut Writer<'_>,
    case: &CaseRow,
    information: &[Option<String>],
) -> Result<(), Problems> {
    writer.append(Some(case.id), &Change::RestoreCase)?;
    let values = information.iter().zip(&case.information).enumerate();
    let values = values.filter(|(_, (new, old))| new != old);
    let values: Vec<(usize, Option<String>)> = values
        .map(|(place, (new, _))| (place, new.clone()))
        .collect();
    if !values.is_empty() {
        writer.append(Some(case.id), &Change::SetInformation { values })?;
    }
    Ok(())
}
