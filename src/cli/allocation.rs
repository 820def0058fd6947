//! `case assign | replace | interest | withdraw | restore`: what they do, and what is said of it.

use super::output::Output;
use super::workplace::Workplace;
use crate::casework::{
    Inspection, Reserve, Store, ToReassign, WorkLost, assign_cases, declare_interest, list_given,
    list_interests, list_to_reassign, name_pair, replace_case, restore_case, spread_cases,
    withdraw_case,
};
use crate::model::{Problems, list_some};
use crate::report::{Cell, Column, Kind, Report, Row, Table};

/// So many of the cases that were taken from somebody, or stay with them, are named.
const CASES_SHOWN: usize = 5;

fn name_some(references: &[String]) -> String {
    let (shown, more) = references.split_at(references.len().min(CASES_SHOWN));
    match more.len() {
        0 => shown.join(", "),
        count => format!("{} and {count} more", shown.join(", ")),
    }
}

pub(super) fn assign(
    workplace: &Workplace<'_>,
    (references, from): (Vec<String>, Option<&str>),
    to: Option<&str>,
    with: &str,
) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let say = |line: &str| workplace.output.message(line);
    let (references, begun) = match from {
        Some(from) => list_given(&store, &inspection, from)?,
        None => (references, Vec::new()),
    };
    let assigned = assign_cases(&mut store, &desk, &inspection, &references, to, with)?;
    let to = match (to.map(str::trim), with.trim()) {
        (None, "") => "their assessors alone".to_owned(),
        (None, with) => format!("their assessors with {with}"),
        (Some(""), _) => "nobody".to_owned(),
        (Some(to), with) => name_pair(to, with),
    };
    let (count, all) = (assigned.changed_count, references.len());
    say(&format!("assigned {count} of {all} to {to}"));
    for (name, references) in &assigned.dropped {
        say(&format!("{name} has no longer: {}", name_some(references)));
    }
    if let Some(from) = from.filter(|_| !begun.is_empty()) {
        let begun = name_some(&begun);
        say(&format!("note: {from} has begun on, and keeps: {begun}"));
    }
    say_notices(workplace, &assigned.notices);
    Ok(())
}

fn say_notices(workplace: &Workplace<'_>, notices: &[String]) {
    for notice in notices {
        workplace.output.message(&format!("note: {notice}"));
    }
}

pub(super) fn spread(
    workplace: &Workplace<'_>,
    references: &[String],
    sample: Option<&str>,
    assessors: &[String],
) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let which = (references, sample);
    let spread = spread_cases(&mut store, &desk, &inspection, which, assessors)?;
    for (name, given, load) in &spread.assessors {
        let all = format!("{name}: {given} given, {load} in all");
        workplace.output.message(&all);
    }
    if !spread.left.is_empty() {
        workplace.output.message(&format!(
            "note: nobody of these may have {}, because of an interest or a second assessment; nobody has got it",
            spread.left.join(", ")
        ));
    }
    say_notices(workplace, &spread.notices);
    Ok(())
}

pub(super) fn replace(
    workplace: &Workplace<'_>,
    reference: &str,
    because: &str,
) -> Result<(), Problems> {
    let (mut store, inspection, mut desk) = workplace.work()?;
    let replaced = replace_case(&mut store, &mut desk, &inspection, reference, because)?;
    let from = if replaced.same_stratum {
        "the same stratum"
    } else {
        "another stratum: none of the same one is left"
    };
    workplace.output.message(&format!(
        "{reference} is withdrawn; reserve {} is called up, from {from}; reserves left: {}",
        replaced.by, replaced.left
    ));
    say_lost(workplace, reference, &replaced.lost);
    workplace.output.message(&match replaced.given_to.as_str() {
        "" => format!(
            "note: nobody has {by} yet; give it to somebody: caseaudit case assign {by} --to NAME",
            by = replaced.by
        ),
        name => format!("{} is given to {name}", replaced.by),
    });
    if let Some(because) = &replaced.taken_back {
        workplace.output.message(&taken_back(&replaced.by, because));
    }
    Ok(())
}

pub(super) fn withdraw(
    workplace: &Workplace<'_>,
    reference: &str,
    because: &str,
) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let lost = withdraw_case(&mut store, &desk, &inspection, reference, because)?;
    let message = format!("withdrew {reference}: it counts nowhere");
    workplace.output.message(&message);
    say_lost(workplace, reference, &lost);
    Ok(())
}

/// Says which work on a case that was left out stops counting.
fn say_lost(workplace: &Workplace<'_>, reference: &str, lost: &WorkLost) {
    let say = |line: &str| workplace.output.message(line);
    let answers = match lost.answers_count {
        1 => "1 answer stops counting".to_owned(),
        count => format!("{count} answers stop counting"),
    };
    if lost.was_submitted {
        say(&format!("note: {reference} was submitted; {answers}"));
    } else if lost.answers_count > 0 {
        say(&format!("note: {reference} was in hand; {answers}"));
    }
    if !lost.second.is_empty() {
        say(&format!(
            "note: its second assessment by {} leaves `agree`, too",
            lost.second
        ));
    }
}

pub(super) fn restore(workplace: &Workplace<'_>, reference: &str) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let reserve = restore_case(&mut store, &desk, &inspection, reference)?;
    let say = |line: &str| workplace.output.message(line);
    say(&format!("took {reference} back into the sample"));
    match reserve {
        Reserve::None => {}
        Reserve::SentBack(by) => say(&format!(
            "reserve {by}, which stood in its place and on which nobody had begun, waits again"
        )),
        Reserve::Stays(by) => say(&format!(
            "note: reserve {by}, which stood in its place, is begun and stays too: the sample has one case more than was drawn"
        )),
    }
    find_to_reassign(workplace.output, (&store, &inspection), Some(reference))
}

/// That a draw brought back a case which somebody had withdrawn.
pub(super) fn taken_back(reference: &str, because: &str) -> String {
    format!(
        "note: {reference} had been withdrawn by hand ({because}) and is taken back, because it was drawn; if that still holds: caseaudit case replace {reference} --because \"…\""
    )
}

pub(super) fn declare(
    workplace: &Workplace<'_>,
    assessor: &str,
    (references, officer): (&[String], &str),
    holds: bool,
) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let about = (references, officer);
    let declared = declare_interest(&mut store, &desk, &inspection, assessor, about, holds)?;
    workplace.output.message(&match (declared.count, holds) {
        (0, _) => "nothing new: it is recorded so already".to_owned(),
        (1, true) => format!("1 interest of {assessor} recorded"),
        (count, true) => format!("{count} interests of {assessor} recorded"),
        (1, false) => format!("1 interest of {assessor} taken back"),
        (count, false) => format!("{count} interests of {assessor} taken back"),
    });
    if holds && !declared.unknown_officer.is_empty() {
        let doubt = format!("note: {}", declared.unknown_officer);
        workplace.output.message(&doubt);
    }
    say_to_reassign(workplace.output, &declared.to_reassign);
    Ok(())
}

/// Says who has cases in which they have an interest.
pub(super) fn say_to_reassign(output: &Output, cases: &[ToReassign]) {
    let mut names: Vec<&str> = cases.iter().map(|case| case.assessor.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let theirs = cases.iter().filter(|case| case.assessor == name);
        let references: Vec<&str> = theirs.map(|case| case.reference.as_str()).collect();
        output.message(&format!(
            "note: {name} has {}, with an interest in it; give it to somebody else",
            list_some(&references)
        ));
    }
}

/// The same of one case, or of all of an inspection.
pub(super) fn find_to_reassign(
    output: &Output,
    (store, inspection): (&Store, &Inspection),
    reference: Option<&str>,
) -> Result<(), Problems> {
    let mut cases = list_to_reassign(store, inspection)?;
    cases.retain(|case| reference.is_none_or(|name| case.reference.eq_ignore_ascii_case(name)));
    say_to_reassign(output, &cases);
    Ok(())
}

pub(super) fn interests(workplace: &Workplace<'_>, assessor: Option<&str>) -> Result<(), Problems> {
    let (store, inspection) = workplace.look()?;
    let interests = list_interests(&store, &inspection, assessor)?;
    if interests.is_empty() {
        let message = "no interests; declare one: caseaudit case interest NAME REF";
        workplace.output.message(message);
        return Ok(());
    }
    let rows = interests.iter().map(|row| {
        let cells = [&row.assessor, &row.reference, &row.officer];
        Row::new(cells.into_iter().map(Cell::text).collect())
    });
    let table = Table {
        id: "interests".to_owned(),
        title: "Interests".to_owned(),
        scope: inspection.name.clone(),
        columns: vec![
            Column::new("assessor", "Assessor", Kind::Code),
            Column::new("reference", "Case", Kind::Code),
            Column::new("officer", "Every case of officer", Kind::Code),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    workplace.output.report(&Report {
        tables: vec![table],
        ..Report::default()
    })
}
