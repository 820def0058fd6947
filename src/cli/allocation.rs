//! `case assign | replace | withdraw | restore`: what they do, and what is said of it.

use super::interest::find_to_reassign;
use super::workplace::Workplace;
use crate::casework::{
    Reserve, WorkLost, assign_cases, list_given, name_pair, replace_case, restore_case,
    spread_cases, withdraw_case,
};
use crate::model::Problems;

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
