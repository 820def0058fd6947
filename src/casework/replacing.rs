//! Replacing a case of a drawn sample by the next of its reserves.
//!
//! Must not know how the reserves came to their order (`sampling`).

use super::bringing_in::bring_in;
use super::desk::{Desk, reason};
use super::drawing::find_draw;
use super::inspections::Inspection;
use super::recording::find_case;
use super::withdrawing::{WorkLost, hand_over, work_on};
use crate::model::{Change, Code, Place, Problem, Problems};
use crate::store::{CaseRow, DrawnRow, Status, Store};

/// Which reserve took the place of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The reserve's reference.
    pub by: String,
    /// Whether it is of the same stratum.
    pub same_stratum: bool,
    /// How many reserves are left.
    pub left: usize,
    /// Who has the reserve now; empty for nobody.
    pub given_to: String,
    /// The work on the replaced case, which stops counting.
    pub lost: WorkLost,
    /// Why the reserve's case had been withdrawn by hand before; `None` where it had not.
    pub taken_back: Option<String>,
}

/// Withdraws a case and calls up the next reserve in its place: the first of the same stratum, or else of the same unit, or else
/// the first of all; it goes to the assessors of the case. A case that was withdrawn before can be replaced, too.
///
/// # Errors
/// No reason; a case that is not of a drawn sample, or replaced already; no reserve left.
pub fn replace_case(
    store: &mut Store,
    desk: &mut Desk,
    inspection: &Inspection,
    reference: &str,
    because: &str,
) -> Result<Replaced, Problems> {
    reason(because, "say why it is replaced: --because \"…\"")?;
    let action = desk.action(Some(inspection), "case replace", because);
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let reader = writer.read();
        let case = find_case(reader, inspection, reference)?;
        let draw = find_draw(reader, inspection, case.sample)?;
        let drawn = reader.drawn_cases(&draw)?;
        let row = find_standing(&drawn, &case)?;
        let reserve = next_reserve(&drawn, row).ok_or_else(|| {
            let what = "no reserve is left";
            let remedy = format!(
                "withdraw the case without one: caseaudit case withdraw {} --because \"…\"",
                case.reference
            );
            Problem::new(Code::NoReserve, what, remedy).at(Place::of(&case.reference))
        })?;
        let eligible = reader.eligible(inspection.id, case.sample)?;
        let lost = work_on(reader, inspection, &case)?;
        if case.status != Status::Withdrawn {
            writer.append(Some(case.id), &Change::WithdrawCase)?;
        }
        let called = std::slice::from_ref(&reserve.case);
        let brought = bring_in(writer, desk, inspection, (case.sample, &eligible), called)?;
        let change = Change::CallUpReserve {
            sample: inspection.framework.samples[case.sample].id.clone(),
            reference: reserve.case.reference.clone(),
            replaces: case.reference.clone(),
        };
        writer.append(brought.ids.first().copied(), &change)?;
        let given_to = hand_over(writer, inspection, &case, &reserve.case.reference)?;
        Ok(Replaced {
            given_to,
            lost,
            by: reserve.case.reference.clone(),
            same_stratum: reserve.case.stratum == row.case.stratum,
            left: waiting(&drawn).count() - 1,
            taken_back: brought.taken_back.into_iter().next().map(|(_, why)| why),
        })
    })
}

/// The case as the draw knows it. One that was replaced and taken back since can be replaced again.
fn find_standing<'d>(drawn: &'d [DrawnRow], case: &CaseRow) -> Result<&'d DrawnRow, Problem> {
    let is = |known: &str| known.eq_ignore_ascii_case(&case.reference);
    let row = drawn.iter().find(|row| is(&row.case.reference));
    let replaced_by = drawn
        .iter()
        .find(|row| row.replaces.as_deref().is_some_and(is));
    let (what, remedy) = match (row, replaced_by) {
        (Some(row), None) => return Ok(row),
        (Some(row), _) if case.status != Status::Withdrawn => return Ok(row),
        (_, Some(by)) => (
            format!("it is replaced by {} already", by.case.reference),
            "replace that one",
        ),
        (None, None) => (
            "the case is not of the drawn sample".to_owned(),
            "withdraw it: caseaudit case withdraw REF --because \"…\"",
        ),
    };
    let remedy = remedy.replace("REF", &case.reference);
    Err(Problem::new(Code::NotDrawn, what, remedy).at(Place::of(&case.reference)))
}

fn waiting(drawn: &[DrawnRow]) -> impl Iterator<Item = &DrawnRow> {
    drawn
        .iter()
        .filter(|row| row.is_reserve && row.replaces.is_none())
}

fn next_reserve<'d>(drawn: &'d [DrawnRow], replaced: &DrawnRow) -> Option<&'d DrawnRow> {
    let same_stratum = waiting(drawn).find(|row| row.case.stratum == replaced.case.stratum);
    let same_unit = || waiting(drawn).find(|row| row.case.unit == replaced.case.unit);
    same_stratum
        .or_else(same_unit)
        .or_else(|| waiting(drawn).next())
}
