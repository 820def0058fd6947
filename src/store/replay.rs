//! Makes the state from the log: every entry in canonical order, and then what the entries of several laptops have in
//! conflict.
//!
//! The state is a function of the set of entries, its row numbers included, whatever file they stand in and in whatever
//! order they came there. Must not verify the log (`log`), nor know what it is replayed for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::conflicts::keep_saying;
use super::fields::Field;
use super::log::{Links, RawEntry, broken};
use super::publications::{digits, set_end};
use super::read::stored_place;
use super::state::{Mode, State};
use super::weigh::{Act, Conflicts, Saying, weigh_case, weigh_figures};
use super::weigh_closing::{Outcome, Ruling, weigh_closing, weigh_publications};
use super::{Edition, Reader, ThingId};
use crate::model::{Change, Problem, Problems};

/// The tables that follow from the log, each with the columns that put its rows in order; each stands after those that
/// refer to it. `reading` follows from the texts of the log and from the program.
pub(super) const STATE_TABLES: [(&str, &str); 25] = [
    ("conflict", "subject, field, name, place"),
    ("interest", "inspection, assessor, reference, officer"),
    ("drawn", "draw, place"),
    ("draw_group", "draw, place"),
    ("draw", "seq"),
    ("eligible", "population, reference"),
    ("exclusion", "population, place"),
    ("population", "seq"),
    ("publication", "inspection, number"),
    ("moderation", "inspection"),
    ("measurement", "inspection, measure"),
    ("judgement", "inspection, standard"),
    ("example", "casefile, place"),
    ("resolution", "casefile, place"),
    ("further_note", "casefile, role, assessor, place"),
    ("further", "casefile, role, assessor"),
    ("note", "casefile, place"),
    ("casefile", "seq"),
    ("inspection", "seq"),
    ("attribute_value", "sample, place, code"),
    ("attribute", "sample, place"),
    ("question", "sample, place"),
    ("sample", "seq"),
    ("reading", "framework"),
    ("framework", "seq"),
];

/// Takes the whole state out of a database, to be made anew.
pub(super) fn clear_state(db: &Connection) -> Result<(), Problems> {
    for (table, _) in STATE_TABLES {
        db.execute_batch(&format!("DELETE FROM {table}"))?;
    }
    Ok(())
}

/// Replays a log into a database without state; `progress` is told how many entries have been applied.
///
/// # Errors
/// What cannot be read, or applied, with its place.
pub(super) fn replay(
    db: &Connection,
    log: Reader<'_>,
    links: &Links,
    editions: &[Edition],
    mut progress: impl FnMut(u64),
) -> Result<(), Problems> {
    // In one person's file everything fits, or somebody altered it.
    let mode = if links.is_chain {
        Mode::Recording
    } else {
        Mode::Merging
    };
    let mut replay = Replay {
        state: State::new(editions, mode),
        links,
        contested: contested(links),
        acts: BTreeMap::new(),
        closings: BTreeMap::new(),
        work: HashMap::new(),
    };
    let mut applied = 0;
    let mut visit = |at: usize, entry: RawEntry| {
        replay.apply(db, at, &entry)?;
        applied += 1;
        progress(applied);
        Ok(())
    };
    if links.is_chain {
        let mut places = 0..;
        log.each_entry(None, |entry| visit(places.next().unwrap_or(0), entry))?;
        return Ok(());
    }
    for at in links.graph.order() {
        visit(*at, log.entry(seq_of(*at))?)?;
    }
    replay.weigh(db, log)
}

/// The row of an entry at a place of the log.
pub(super) fn seq_of(at: usize) -> i64 {
    stored_place(at + 1)
}

/// Subjects about which there are entries whose writers had not seen each other's.
fn contested(links: &Links) -> BTreeSet<ThingId> {
    let mut last: HashMap<ThingId, usize> = HashMap::new();
    let mut contested = BTreeSet::new();
    if links.is_chain {
        return contested;
    }
    for at in links.graph.order() {
        let Some(subject) = links.subjects.get(*at).copied().flatten() else {
            continue;
        };
        if let Some(before) = last.insert(subject, *at)
            && !links.graph.is_before(before, *at)
        {
            contested.insert(subject);
        }
    }
    contested
}

struct Replay<'l> {
    state: State<'l>,
    links: &'l Links,
    contested: BTreeSet<ThingId>,
    /// Entries about contested subjects, in canonical order.
    acts: BTreeMap<ThingId, Vec<Act>>,
    /// For each inspection that was ever closed, the entries that closed or reopened it, in canonical order.
    closings: BTreeMap<ThingId, Vec<Ruling>>,
    /// For each inspection, the places of all other entries in it.
    work: HashMap<ThingId, Vec<usize>>,
}

impl Replay<'_> {
    fn apply(&mut self, db: &Connection, at: usize, entry: &RawEntry) -> Result<(), Problems> {
        let give_up = |what: &str| {
            let problem: Problem = broken(entry, what);
            Problems::from(problem)
        };
        let change = entry.change().ok_or_else(|| give_up("cannot be read"))?;
        let about = self.links.subjects.get(at).copied().flatten();
        let is_contested = about.is_some_and(|about| self.contested.contains(&about));
        self.state.is_contested = is_contested;
        let applied = self.state.apply(db, &entry.action, entry.subject, &change);
        applied.map_err(|problems| give_up(&format!("cannot be applied: {problems}")))?;
        if self.links.is_chain {
            return Ok(());
        }
        // An act on several inspections names none: each of its entries has its own as subject.
        let inspection = entry.action.inspection.or(entry.subject);
        match (&change, inspection) {
            (Change::CloseInspection(_) | Change::ReopenInspection, Some(inspection)) => {
                let outcome = match &change {
                    Change::CloseInspection(Some(published)) => {
                        Outcome::Published(Some(digits(published)))
                    }
                    Change::CloseInspection(None) if entry.redacted.is_some() => {
                        Outcome::Published(None)
                    }
                    Change::CloseInspection(None) => Outcome::Closed,
                    _ => Outcome::Open,
                };
                let closings = self.closings.entry(inspection).or_default();
                closings.push(Ruling { at, outcome });
            }
            (Change::Redact { .. }, _) => return Ok(()),
            (_, Some(inspection)) => self.work.entry(inspection).or_default().push(at),
            _ => {}
        }
        if let Some(subject) = about.filter(|_| is_contested) {
            self.acts
                .entry(subject)
                .or_default()
                .push(Act { at, change });
        }
        Ok(())
    }

    /// Finds what is in conflict, and where cases and inspections stand that several people worked on at once.
    fn weigh(&mut self, db: &Connection, log: Reader<'_>) -> Result<(), Problems> {
        let graph = &self.links.graph;
        for (subject, acts) in std::mem::take(&mut self.acts) {
            let conflicts = match self.case_of(db, subject)? {
                Some((case, sample)) => {
                    let further = self
                        .state
                        .conclude_further(db, graph, (case, sample), &acts)?;
                    let questions = self.state.question_set(db, sample)?;
                    let verdict = weigh_case(graph, Some(questions), &acts);
                    db.prepare_cached(
                        "UPDATE casefile SET submitted = ?, withdrawn = ? WHERE id = ?",
                    )?
                    .execute(params![
                        verdict.submitted,
                        verdict.withdrawn,
                        subject
                    ])?;
                    let mut conflicts = verdict.conflicts;
                    if conflicts.iter().any(|(field, _)| *field == Field::Exercise) {
                        db.prepare_cached("UPDATE casefile SET exercise = 1 WHERE seq = ?")?
                            .execute([case])?;
                    }
                    conflicts.extend(further);
                    conflicts
                }
                None => weigh_figures(graph, &acts),
            };
            if conflicts
                .iter()
                .any(|(field, _)| *field == Field::Moderation)
            {
                db.execute(
                    "DELETE FROM moderation WHERE inspection = (SELECT seq FROM inspection WHERE id = ?)",
                    [subject],
                )?;
            }
            // A reference that was taken is the next conflict.
            let is_taken = |field: &Field| {
                *field == Field::Reference && self.state.claims.contains_key(&subject)
            };
            let conflicts: Conflicts = conflicts
                .into_iter()
                .filter(|(field, _)| !is_taken(field))
                .collect();
            keep(db, log, subject, &conflicts)?;
        }
        self.weigh_claims(db, log)?;
        for (inspection, rulings) in &self.closings {
            let work = self.work.get(inspection).map_or(&[][..], Vec::as_slice);
            let (closed, says) = weigh_closing(graph, rulings, work);
            db.prepare_cached("UPDATE inspection SET closed = ? WHERE id = ?")?
                .execute(params![closed, inspection])?;
            if !says.is_empty() {
                keep(db, log, *inspection, &[(Field::Status, says)])?;
            }
        }
        self.weigh_publications(db, log)
    }

    /// Publications are numbered in canonical order, as they were applied.
    fn weigh_publications(&self, db: &Connection, log: Reader<'_>) -> Result<(), Problems> {
        for (inspection, rulings) in &self.closings {
            let ends = weigh_publications(&self.links.graph, rulings);
            for (place, end) in ends.into_iter().enumerate() {
                let end = end.map(|at| log.entry(seq_of(at))).transpose()?;
                let end = end.as_ref().map(|entry| &entry.action);
                set_end(db, *inspection, place, end)?;
            }
        }
        Ok(())
    }

    /// The row of a case, and that of its sample.
    fn case_of(&self, db: &Connection, case: ThingId) -> Result<Option<(i64, i64)>, Problems> {
        let rows = db
            .prepare_cached("SELECT seq, sample FROM casefile WHERE id = ?")?
            .query_row([case], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(rows.optional()?)
    }

    /// A case whose reference was taken is in conflict with the one that has it.
    fn weigh_claims(&self, db: &Connection, log: Reader<'_>) -> Result<(), Problems> {
        for (case, claim) in &self.state.claims {
            let holder: Option<ThingId> = db
                .prepare_cached(
                    "SELECT holder.id FROM casefile AS holder
                       JOIN casefile AS claiming ON claiming.inspection = holder.inspection
                      WHERE claiming.id = ? AND holder.reference = ?",
                )?
                .query_row(params![case, claim], |row| row.get(0))
                .optional()?;
            let mut says = Vec::new();
            for (subject, in_force) in [(holder, true), (Some(*case), false)] {
                if let Some(at) = self.naming(log, subject)? {
                    says.push(Saying {
                        at,
                        value: claim.clone(),
                        in_force,
                    });
                }
            }
            keep(db, log, *case, &[(Field::Reference, says)])?;
        }
        Ok(())
    }

    /// The last entry that gives a case its reference.
    fn naming(&self, log: Reader<'_>, case: Option<ThingId>) -> Result<Option<usize>, Problems> {
        let order = self.links.graph.order().iter().rev();
        let about = order.filter(|at| self.links.subjects.get(**at) == Some(&case));
        for at in about {
            if matches!(log.entry(seq_of(*at))?.kind.as_str(), "case" | "reference") {
                return Ok(Some(*at));
            }
        }
        Ok(None)
    }
}

fn keep(
    db: &Connection,
    log: Reader<'_>,
    subject: ThingId,
    conflicts: &[(Field, Vec<Saying>)],
) -> Result<(), Problems> {
    for (field, says) in conflicts {
        for (place, saying) in says.iter().enumerate() {
            let entry = log.entry(seq_of(saying.at))?;
            let said = (place, saying.value.as_str(), saying.in_force);
            keep_saying(db, subject, field, said, &entry)?;
        }
    }
    Ok(())
}
