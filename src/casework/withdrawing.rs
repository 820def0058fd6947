//! Leaving a case out of the sample and taking it back, and what that means for work that was done on it and for a reserve in its place.
//!
//! Must not know which reserve is called up (`replacing`).

use super::cases::name_pair;
use super::desk::{Desk, reason};
use super::giving::Bars;
use super::inspections::Inspection;
use super::recording::find_case;
use crate::model::{Change, Mark, Problems, Role};
use crate::store::{CaseRow, DrawnRow, Reader, Status, Store, Writer};

/// The work on a case that stops counting when it is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkLost {
    /// Whether its assessment is submitted.
    pub was_submitted: bool,
    /// How many answers are in force.
    pub answers_count: usize,
    /// Who makes its second assessment; empty for nobody.
    pub second: String,
}

/// The work on a case that is to be left out; one that is left out already counts nowhere.
pub(super) fn work_on(
    reader: Reader<'_>,
    inspection: &Inspection,
    case: &CaseRow,
) -> Result<WorkLost, Problems> {
    if case.status == Status::Withdrawn {
        return Ok(WorkLost::default());
    }
    let further = reader.further(inspection.id, Some(case.id))?;
    let second = further.into_iter().find(|row| row.role == Role::Second);
    let in_force = |mark: &Mark| matches!(mark, Mark::InForce(_));
    Ok(WorkLost {
        was_submitted: case.status == Status::Submitted,
        answers_count: case.sheet.marks().filter(in_force).count(),
        second: second.map_or_else(String::new, |row| row.assessor),
    })
}

/// Leaves a case out of the sample: it stays in the record and counts nowhere.
///
/// # Errors
/// No reason; an unknown case, or one that is withdrawn already.
pub fn withdraw_case(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    reference: &str,
    because: &str,
) -> Result<WorkLost, Problems> {
    reason(because, "say why it is left out: --because \"…\"")?;
    let action = desk.action(Some(inspection), "case withdraw", because);
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let case = find_case(writer.read(), inspection, reference)?;
        let lost = work_on(writer.read(), inspection, &case)?;
        writer.append(Some(case.id), &Change::WithdrawCase)?;
        Ok(lost)
    })
}

/// What became of the reserve in the place of a case that is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reserve {
    /// None was called up, or it is withdrawn itself.
    None,
    /// Nobody had begun on it: it is withdrawn, and waits again.
    SentBack(String),
    /// Somebody has begun on it: it stays, so that the sample has one case more than was drawn.
    Stays(String),
}

/// Takes a withdrawn case back into the sample, with its answers as they were. A reserve in its place on which nobody has begun
/// leaves the sample and waits again.
///
/// # Errors
/// An unknown case, or one that is not withdrawn.
pub fn restore_case(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    reference: &str,
) -> Result<Reserve, Problems> {
    let action = desk.action(Some(inspection), "case restore", "");
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let reader = writer.read();
        let case = find_case(reader, inspection, reference)?;
        let reserve = match find_in_place_of(reader, inspection, &case)? {
            None => Reserve::None,
            Some(row) if is_untouched(reader, inspection, &row)? => {
                send_back(writer, inspection, &row)?;
                Reserve::SentBack(row.reference)
            }
            Some(row) => Reserve::Stays(row.reference),
        };
        writer.append(Some(case.id), &Change::RestoreCase)?;
        Ok(reserve)
    })
}

/// A reserve that was called up leaves the sample and waits again.
fn send_back(
    writer: &mut Writer<'_>,
    inspection: &Inspection,
    reserve: &CaseRow,
) -> Result<(), Problems> {
    let nobody = String::new;
    if !reserve.assessor.is_empty() {
        let change = Change::Assign {
            assessor: nobody(),
            joint_assessor: nobody(),
        };
        writer.append(Some(reserve.id), &change)?;
    }
    writer.append(Some(reserve.id), &Change::WithdrawCase)?;
    let change = Change::CallUpReserve {
        sample: inspection.framework.samples[reserve.sample].id.clone(),
        reference: reserve.reference.clone(),
        replaces: nobody(),
    };
    writer.append(Some(reserve.id), &change).map(drop)
}

/// The case that is in the sample in place of this one: the reserve called up for it, or the one called up for that.
fn find_in_place_of(
    reader: Reader<'_>,
    inspection: &Inspection,
    case: &CaseRow,
) -> Result<Option<CaseRow>, Problems> {
    let mut draws = reader.draws(inspection.id)?.into_iter();
    let Some(draw) = draws.find(|draw| draw.sample == case.sample) else {
        return Ok(None);
    };
    let mut waiting: Vec<DrawnRow> = reader.drawn_cases(&draw)?;
    waiting.retain(|row| row.replaces.is_some());
    let mut places = vec![case.reference.clone()];
    while let Some(place) = places.pop() {
        let is_there = |row: &DrawnRow| {
            let replaces = row.replaces.as_deref();
            replaces.is_some_and(|replaced| replaced.eq_ignore_ascii_case(&place))
        };
        let there = waiting.extract_if(.., |row| is_there(row));
        for row in there.collect::<Vec<_>>() {
            match reader.case(inspection.id, &row.case.reference)? {
                Some(case) if case.status != Status::Withdrawn => return Ok(Some(case)),
                _ => places.push(row.case.reference),
            }
        }
    }
    Ok(None)
}

/// Whether nobody has said anything about a case.
pub(super) fn is_untouched(
    reader: Reader<'_>,
    inspection: &Inspection,
    case: &CaseRow,
) -> Result<bool, Problems> {
    Ok(!case.sheet.is_started()
        && reader.notes(case.id)?.is_empty()
        && reader.further(inspection.id, Some(case.id))?.is_empty())
}

/// Gives a reserve to the assessors of the case that it replaces; gives who they are, empty where nobody has that case, or one of them
/// an interest in the reserve.
pub(super) fn hand_over(
    writer: &mut Writer<'_>,
    inspection: &Inspection,
    replaced: &CaseRow,
    reserve: &str,
) -> Result<String, Problems> {
    let case = find_case(writer.read(), inspection, reserve)?;
    let names = [&replaced.assessor, &replaced.joint_assessor].map(String::as_str);
    let bars = Bars::read(writer.read(), inspection)?;
    let is_barred = bars.refuse(inspection, &case, names).is_err();
    if replaced.assessor.is_empty() || is_barred {
        return Ok(String::new());
    }
    let [assessor, joint_assessor] = names.map(str::to_owned);
    let pair = name_pair(&assessor, &joint_assessor);
    let change = Change::Assign {
        assessor,
        joint_assessor,
    };
    writer.append(Some(case.id), &change)?;
    Ok(pair)
}
