//! What follows for cases when somebody settles which draw of a sample holds, or which reserve took the place of a case.
//!
//! Cases that only a losing draw or call-up brought in are withdrawn, unless work on them has begun: no work is lost, and people
//! are told what to do. Must not know how conflicts are found or named.

use std::collections::BTreeSet;

use super::drawing::find_draw;
use super::inspections::Inspection;
use super::withdrawing::is_untouched;
use crate::model::{Change, Problems};
use crate::store::{
    CaseRow, ConflictRow, DrawnRow, Field, HistoryRow, Reader, Status, ThingId, Writer,
};

/// What became of cases that only a losing draw or call-up had brought in, by reference.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CasesSettled {
    /// Withdrawn.
    pub withdrawn: Vec<String>,
    /// Still in the sample, because work on them has begun.
    pub kept: Vec<String>,
    /// Taken back: an earlier settlement had withdrawn them.
    pub restored: Vec<String>,
    /// Withdrawn cases that no reserve replaces any more.
    pub unreplaced: Vec<String>,
}

/// A conflict whose settlement has consequences for cases.
pub(super) enum Followed<'f> {
    /// Of draws of the sample of this id.
    Draw(&'f str),
    /// Of reserves called up.
    CallUp,
}

impl<'f> Followed<'f> {
    pub(super) fn of(field: &'f Field) -> Option<Followed<'f>> {
        match field {
            Field::Draw(sample) => Some(Followed::Draw(sample)),
            Field::Replacement(_) | Field::Reserve(_) => Some(Followed::CallUp),
            _ => None,
        }
    }

    /// Writes the change that settles the conflict, and what follows from it.
    pub(super) fn settle(
        &self,
        writer: &mut Writer<'_>,
        inspection: &Inspection,
        conflict: &ConflictRow,
        change: &Change,
    ) -> Result<CasesSettled, Problems> {
        let log = writer.read().history(None)?;
        let open = writer.read().conflicts_about(inspection.id)?;
        let mut done = CasesSettled::default();
        match (self, change) {
            (Followed::Draw(sample), _) => {
                writer.settle(Some(inspection.id), change)?;
                let place = inspection.find_sample(sample)?;
                follow_draw(writer, inspection, (place, sample), &log, &mut done)?;
            }
            (
                _,
                Change::CallUpReserve {
                    sample,
                    reference,
                    replaces,
                },
            ) => {
                let row = log.iter().find(|row| row.change == *change);
                writer.settle(row.and_then(|row| row.subject), change)?;
                let sides = Sides {
                    sample,
                    reserve: reference,
                    replaced: replaces,
                };
                // One call-up may settle both which reserve it is, and for which case.
                let fields = [
                    Field::Replacement(replaces.to_ascii_uppercase()),
                    Field::Reserve(reference.to_ascii_uppercase()),
                ];
                let settled = open.iter().filter(|open| fields.contains(&open.field));
                for conflict in settled {
                    sides.follow(writer, inspection, conflict, &log, &mut done)?;
                }
            }
            _ => {
                writer.settle(Some(conflict.subject), change)?;
            }
        }
        Ok(done)
    }
}

/// Withdraws the cases that the draw in force did not select, and takes back those that it did and an earlier settlement
/// withdrew.
fn follow_draw(
    writer: &mut Writer<'_>,
    inspection: &Inspection,
    (place, sample): (usize, &str),
    log: &[HistoryRow],
    done: &mut CasesSettled,
) -> Result<(), Problems> {
    let drawn = match find_draw(writer.read(), inspection, place) {
        Ok(draw) => writer.read().drawn_cases(&draw)?,
        // It was settled that the draw is taken back.
        Err(_) => Vec::new(),
    };
    let (meant, brought) = (meant(&drawn), brought_in(log, sample));
    for case in writer.read().cases(inspection.id)? {
        if case.sample != place || !brought.contains(&case.id) {
            continue;
        }
        let is_meant = meant.contains(&case.reference.to_ascii_lowercase());
        let is_withdrawn = case.status == Status::Withdrawn;
        if is_meant && is_withdrawn {
            restore(writer, &case, log, done)?;
        } else if !is_meant && !is_withdrawn && withdraw(writer, inspection, &case, done)? {
            give_back(writer, &case, sample, &drawn)?;
        }
    }
    Ok(())
}

/// The cases that are to be looked at, in small letters: those that were selected, and reserves in their place.
fn meant(drawn: &[DrawnRow]) -> BTreeSet<String> {
    let lower = |row: &DrawnRow| row.case.reference.to_ascii_lowercase();
    let selected = drawn.iter().filter(|row| !row.is_reserve);
    let mut meant: BTreeSet<String> = selected.map(lower).collect();
    // A reserve may stand for another that was replaced in turn.
    loop {
        let before = meant.len();
        for row in drawn {
            let stands = row.replaces.as_ref().map(|case| case.to_ascii_lowercase());
            if stands.is_some_and(|case| meant.contains(&case)) {
                meant.insert(lower(row));
            }
        }
        if meant.len() == before {
            return meant;
        }
    }
}

/// Cases that a draw of the sample, or a call-up of its reserves, added or took back.
fn brought_in(log: &[HistoryRow], of: &str) -> BTreeSet<ThingId> {
    let draws = log.iter().filter(|row| match &row.change {
        Change::DrawSample(drawn) => drawn.sample == of,
        Change::CallUpReserve { sample, .. } => sample == of,
        _ => false,
    });
    let draws: BTreeSet<i64> = draws.map(|row| row.action_seq).collect();
    let brought = log.iter().filter(|row| {
        let brings = matches!(row.change, Change::AddCase { .. } | Change::RestoreCase);
        brings && draws.contains(&row.action_seq)
    });
    brought.filter_map(|row| row.subject).collect()
}

/// Who took whose place, by the call-up that holds.
struct Sides<'s> {
    sample: &'s str,
    reserve: &'s str,
    replaced: &'s str,
}

impl Sides<'_> {
    fn follow(
        &self,
        writer: &mut Writer<'_>,
        inspection: &Inspection,
        conflict: &ConflictRow,
        log: &[HistoryRow],
        done: &mut CasesSettled,
    ) -> Result<(), Problems> {
        let said: BTreeSet<&str> = conflict.says.iter().map(|it| it.value.as_str()).collect();
        let place = inspection.find_sample(self.sample)?;
        let draw = find_draw(writer.read(), inspection, place)?;
        let drawn = writer.read().drawn_cases(&draw)?;
        let case = |reader: Reader<'_>, reference: &str| reader.case(inspection.id, reference);
        let is_replaced = |reference: &str| {
            let mut replaced = drawn.iter().filter_map(|row| row.replaces.as_deref());
            replaced.any(|other| other.eq_ignore_ascii_case(reference))
        };
        if let Some(chosen) = case(writer.read(), self.reserve)? {
            if self.replaced.is_empty() {
                withdraw(writer, inspection, &chosen, done)?;
            } else if chosen.status == Status::Withdrawn {
                restore(writer, &chosen, log, done)?;
            }
        }
        for other in said {
            if matches!(conflict.field, Field::Reserve(_)) {
                let is_case = !other.is_empty() && other != "waiting";
                if is_case && !other.eq_ignore_ascii_case(self.replaced) && !is_replaced(other) {
                    done.unreplaced.push(other.to_owned());
                }
            } else if !other.eq_ignore_ascii_case(self.reserve)
                && let Some(case) = case(writer.read(), other)?
                && (case.status == Status::Withdrawn || withdraw(writer, inspection, &case, done)?)
            {
                give_back(writer, &case, self.sample, &drawn)?;
            }
        }
        Ok(())
    }
}

/// Withdraws a case that only what does not hold brought in. False where work on it has begun: then it stays.
fn withdraw(
    writer: &mut Writer<'_>,
    inspection: &Inspection,
    case: &CaseRow,
    done: &mut CasesSettled,
) -> Result<bool, Problems> {
    let is_begun = !is_untouched(writer.read(), inspection, case)?;
    if is_begun {
        done.kept.push(case.reference.clone());
    } else if case.status != Status::Withdrawn {
        writer.settle(Some(case.id), &Change::WithdrawCase)?;
        done.withdrawn.push(case.reference.clone());
    }
    Ok(!is_begun)
}

/// A reserve that was called up waits again.
fn give_back(
    writer: &mut Writer<'_>,
    case: &CaseRow,
    sample: &str,
    drawn: &[DrawnRow],
) -> Result<(), Problems> {
    let mut called_up = drawn.iter().filter(|row| row.replaces.is_some());
    let Some(row) = called_up.find(|row| row.case.reference.eq_ignore_ascii_case(&case.reference))
    else {
        return Ok(());
    };
    let change = Change::CallUpReserve {
        sample: sample.to_owned(),
        reference: row.case.reference.clone(),
        replaces: String::new(),
    };
    writer.settle(Some(case.id), &change).map(drop)
}

/// Takes back a case that an earlier settlement of draws or call-ups withdrew; one that was withdrawn by hand stays so.
fn restore(
    writer: &mut Writer<'_>,
    case: &CaseRow,
    log: &[HistoryRow],
    done: &mut CasesSettled,
) -> Result<(), Problems> {
    let mut about = log.iter().rev();
    let withdrawn =
        about.find(|row| row.subject == Some(case.id) && row.change == Change::WithdrawCase);
    let by_settlement = withdrawn.is_some_and(|row| {
        let mut act = log
            .iter()
            .filter(|other| other.action_seq == row.action_seq);
        row.action.source == "settle"
            && act.any(|other| {
                let change = &other.change;
                matches!(
                    change,
                    Change::DrawSample(_) | Change::UndoDraw { .. } | Change::CallUpReserve { .. }
                )
            })
    });
    if by_settlement {
        writer.settle(Some(case.id), &Change::RestoreCase)?;
        done.restored.push(case.reference.clone());
    }
    Ok(())
}
