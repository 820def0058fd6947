//! Weighs whether an inspection is closed, and what of it is published, where people closed and reopened it without having seen each
//! other's entries. A pure function of the entries and of who had seen which.
//!
//! Closing and reopening are its rulings, and any work in the inspection is news to a closing that had not seen it. What was
//! published with a closing stands until an entry that has seen it reopens the inspection or publishes something. Where several
//! publications stand that are not the same, it is in conflict which of them holds.
//!
//! Must not know the database, or what is published.

use super::graph::Graph;
use super::weigh::{Saying, changed};

/// One entry that closed an inspection or opened it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ruling {
    /// Its place in the graph.
    pub(super) at: usize,
    pub(super) outcome: Outcome,
}

/// What a ruling makes of an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    Open,
    /// Closed without publishing anything: by an early program, or to say that an earlier closing holds.
    Closed,
    /// Closed, and something published: digits that tell it apart; `None` once that is redacted.
    Published(Option<String>),
}

impl Ruling {
    pub(super) fn closes(&self) -> bool {
        self.outcome != Outcome::Open
    }

    /// Whether what was published before ends with it.
    fn ends(&self) -> bool {
        self.outcome != Outcome::Closed
    }
}

/// For each publication, in canonical order, the place of the entry with which it ended; `None` where it stands.
pub(super) fn weigh_publications(graph: &Graph, rulings: &[Ruling]) -> Vec<Option<usize>> {
    let published = rulings
        .iter()
        .filter(|one| matches!(one.outcome, Outcome::Published(Some(_))));
    let ends = published.map(|one| end_of(graph, rulings, one).map(|end| end.at));
    ends.collect()
}

fn end_of<'r>(graph: &Graph, rulings: &'r [Ruling], published: &Ruling) -> Option<&'r Ruling> {
    let mut later = rulings.iter().filter(|later| later.ends());
    later.find(|later| graph.is_before(published.at, later.at))
}

/// Weighs whether an inspection is closed: its `rulings` and the places of all other work in it, in canonical order. Gives whether
/// it is closed, and what was said where that, or which closing holds, is in conflict.
pub(super) fn weigh_closing(
    graph: &Graph,
    rulings: &[Ruling],
    work: &[usize],
) -> (bool, Vec<Saying>) {
    let is_last = |one: &Ruling| {
        !rulings
            .iter()
            .any(|later| graph.is_before(one.at, later.at))
    };
    let ruling: Vec<&Ruling> = rulings.iter().filter(|one| is_last(one)).collect();
    let unseen = work.iter().rfind(|work| {
        let mut closings = ruling.iter().filter(|one| one.closes());
        closings.any(|one| graph.are_concurrent(one.at, **work))
    });
    let closes = ruling.iter().any(|one| one.closes());
    let agree = ruling.iter().all(|one| one.closes() == closes);
    let is_settled = agree && unseen.is_none();
    let digits = |one: &Ruling| match &one.outcome {
        Outcome::Published(digits) if end_of(graph, rulings, one).is_none() => digits.clone(),
        _ => None,
    };
    let mut published: Vec<String> = rulings.iter().filter_map(digits).collect();
    published.sort_unstable();
    published.dedup();
    let is_twice = published.len() > 1;
    if is_settled && !is_twice {
        return (closes, Vec::new());
    }
    let said = rulings.iter().filter_map(|one| {
        let value = match digits(one) {
            Some(digits) if is_twice => format!("closed:{digits}"),
            // What was published says already that it is closed.
            _ if !is_last(one) || is_twice && one.closes() => return None,
            _ if one.closes() => "closed".to_owned(),
            _ => "open".to_owned(),
        };
        Some(Saying {
            at: one.at,
            value,
            in_force: !one.closes(),
        })
    });
    let unseen = unseen.map(|at| changed(*at));
    (is_settled && closes, said.chain(unseen).collect())
}
