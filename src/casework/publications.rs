//! What was published of an inspection, first to last: whether it can be trusted, which of it holds, and what gave way to what.
//!
//! Must not know what an annex shows (`publishing`), nor whether the record still gives the same figures (`published`).

use std::collections::HashSet;

use super::inspections::Inspection;
use crate::model::{Code, Place, Problem, Problems};
use crate::report::{Report, find_differences, read_stored};
use crate::store::{PublicationRow, Store, ThingId};

/// At most this many figures are named that two closings publish differently.
const DIFFERENCES_LISTED: usize = 5;

/// Everything that was published of an inspection, in the order of the log.
///
/// # Errors
/// What the file holds as published is not what the log says; what the database reports.
pub(super) fn load_publications(
    store: &Store,
    inspection: &Inspection,
) -> Result<Vec<PublicationRow>, Problems> {
    let publications = store.read().publications(inspection.id)?;
    // Of an inspection that was never closed there is nothing to be looked after in the log.
    if inspection.closed || !publications.is_empty() {
        let altered = store.read().altered_publications(Some(inspection.id))?;
        refuse_altered(&altered, [inspection])?;
    }
    Ok(publications)
}

/// Refuses inspections of which other figures stand in the file than the log says were published.
///
/// # Errors
/// One for each of them.
pub(super) fn refuse_altered<'i>(
    altered: &HashSet<ThingId>,
    inspections: impl IntoIterator<Item = &'i Inspection>,
) -> Result<(), Problems> {
    let altered = inspections
        .into_iter()
        .filter(|inspection| altered.contains(&inspection.id));
    let problems = altered.map(|inspection| {
        let what = "the figures that stand in the file as published are not those that the log says were published";
        let remedy = "see what differs with `caseaudit check`, and compare with a backup";
        Problem::new(Code::StateDiffers, what, remedy).at(Place::of(&inspection.name))
    });
    Problems(problems.collect()).none_or(())
}

/// The publication that holds; `None` while there is none, or the figures are under revision.
pub(super) fn standing(publications: &[PublicationRow]) -> Option<&PublicationRow> {
    publications.iter().rfind(|row| row.reopened.is_none())
}

/// What is wrong where people closed an inspection apart from each other and published different things: which of them holds has to
/// be settled. Empty where nobody did.
pub(super) fn closed_twice(
    inspection: &Inspection,
    publications: &[PublicationRow],
) -> Result<Vec<Problem>, Problems> {
    let mut standing: Vec<&PublicationRow> = Vec::new();
    for row in publications.iter().filter(|row| row.reopened.is_none()) {
        if !standing.iter().any(|known| is_same(known, row)) {
            standing.push(row);
        }
    }
    let [first, others @ ..] = standing.as_slice() else {
        return Ok(Vec::new());
    };
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let name = &inspection.name;
    let named = |row: &PublicationRow| format!("closed:{}", row.digits());
    let closings = standing.iter().map(|row| {
        let (day, who) = (day(&row.at), &row.who);
        format!("{} on {day} by {who}", named(row))
    });
    let what = format!(
        "it was closed more than once apart, and what was published is not the same: {}",
        closings.collect::<Vec<_>>().join(", ")
    );
    let remedy = format!(
        "say which holds: caseaudit settle \"{name}\" status {} --because \"…\"; or open it again, with `open`, and publish anew",
        named(first)
    );
    let mut problems = vec![Problem::new(Code::FiguresDiffer, what, remedy).at(Place::of(name))];
    let published = read_stored(&first.publication.figures)?;
    for other in others {
        let other_published = read_stored(&other.publication.figures)?;
        let differences = find_differences(&published, &other_published, true);
        if differences.is_empty() {
            let what = describe_words(
                (&published, &named(first)),
                (&other_published, &named(other)),
            );
            problems.push(Problem::new(Code::FiguresDiffer, what, "").at(Place::of(name)));
        }
        let listed = differences.iter().take(DIFFERENCES_LISTED);
        problems.extend(listed.map(|difference| {
            let said =
                |shown: &Option<String>| shown.clone().unwrap_or_else(|| "nothing".to_owned());
            let what = format!(
                "{} in {}, {} in {}",
                said(&difference.was),
                named(first),
                said(&difference.is),
                named(other)
            );
            let place = format!("{name}, {}", difference.at.join(", "));
            Problem::new(Code::FiguresDiffer, what, "").at(Place::of(place))
        }));
    }
    Ok(problems)
}

/// What two publications say differently whose figures are the same.
fn describe_words((one, first): (&Report, &str), (other, second): (&Report, &str)) -> String {
    let mut said = Vec::new();
    let day = |report: &Report| report.about.published.clone().unwrap_or_default();
    if day(one) != day(other) {
        let (day, other) = (day(one), day(other));
        said.push(format!(
            "closed on {day} in {first}, on {other} in {second}"
        ));
    }
    for ((this, named), that) in [((one, first), other), ((other, second), one)] {
        let alone = this.notes.iter().filter(|note| !that.notes.contains(note));
        said.extend(alone.map(|note| format!("only {named} has the note “{note}”")));
    }
    if said.is_empty() {
        said.push("other words around them do".to_owned());
    }
    format!("no figure differs: {}", said.join("; "))
}

fn is_same(one: &PublicationRow, other: &PublicationRow) -> bool {
    one.publication.figures == other.publication.figures
}

/// What was published, each once: settling which of two closings holds publishes that again. Each as it was published first, and
/// with the end that it had last.
pub(super) fn each_once(publications: Vec<PublicationRow>) -> Vec<PublicationRow> {
    let mut once: Vec<PublicationRow> = Vec::new();
    for row in publications {
        match once.iter_mut().find(|known| is_same(known, &row)) {
            Some(known) => known.reopened = row.reopened,
            None => once.push(row),
        }
    }
    once
}

/// `the figures published on … were opened again on …: why`; of what somebody else published apart, that it gave way. Who did so
/// stands in the log, not in what is published.
pub(super) fn describe_end(row: &PublicationRow, all: &[PublicationRow]) -> String {
    let published = format!("the figures published on {}", day(&row.at));
    let Some(end) = &row.reopened else {
        return published;
    };
    let what = if gave_way(row, all) {
        "gave way to others"
    } else {
        "were opened again"
    };
    format!(
        "{published} {what} on {}: {}",
        day(&end.at),
        end.because.trim_end_matches('.')
    )
}

/// The day from which one of the publications, each once, did not stand any more, and a note that says so; `None` where it stands.
pub(super) fn describe_supersession(
    place: usize,
    versions: &[PublicationRow],
    all: &[PublicationRow],
) -> Option<(String, String)> {
    let row = versions.get(place)?;
    let end = row.reopened.as_ref()?;
    let because = end.because.trim_end_matches('.');
    let ended = day(&end.at);
    if gave_way(row, all) {
        let note = format!("Superseded on {ended}: it gave way to another closing: {because}");
        return Some((ended.to_owned(), note));
    }
    // What was published apart supersedes nothing, be it that it gave way or was opened in the same act.
    let supersedes =
        |later: &PublicationRow| later.reopened.as_ref() != Some(end) && !gave_way(later, all);
    let mut later = (1..).zip(versions).skip(place + 1);
    let next = later.find(|(_, later)| supersedes(later));
    let opened = format!("these figures were opened again on {ended}: {because}");
    Some(match next {
        Some((number, next)) => {
            let day = day(&next.at);
            let note = format!("Superseded on {day} by version {number}: {opened}");
            (day.to_owned(), note)
        }
        None => {
            let note = format!("Superseded on {ended}, and under revision: {opened}");
            (ended.to_owned(), note)
        }
    })
}

/// Whether figures ended because others, that somebody published apart, were settled to hold.
pub(super) fn gave_way(row: &PublicationRow, all: &[PublicationRow]) -> bool {
    let Some(end) = &row.reopened else {
        return false;
    };
    // Who settles which closing holds publishes that again, in the same act.
    let is_again = |at: usize, other: &PublicationRow| {
        let mut before = all.iter().take(at);
        (&other.who, &other.at) == (&end.who, &end.at) && before.any(|one| is_same(one, other))
    };
    let mut others = all.iter().enumerate();
    others.any(|(at, other)| is_again(at, other) && !is_same(other, row))
}

/// How often figures were revised: everything that was published after the first is a revision.
pub(super) fn count_revisions(publications: Vec<PublicationRow>) -> u64 {
    let once = each_once(publications);
    u64::try_from(once.len().saturating_sub(1)).unwrap_or(u64::MAX)
}

/// The day of a moment, in UTC.
pub(super) fn day(at: &str) -> &str {
    at.get(..10).unwrap_or(at)
}
