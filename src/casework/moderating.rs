//! Moderation of the overall rating: somebody proposes another one on further evidence, and somebody decides.
//!
//! Must not decide a rating: it records what people proposed and decided, and why.

use super::desk::{Desk, reason};
use super::inspections::Inspection;
use super::judging::{find_rating, name_place};
use super::rating::{RatingScope, rate};
use crate::framework::Rating;
use crate::model::{Change, Code, Problem, Problems};
use crate::rating::{Decision, Moderation};
use crate::store::{Reader, Store};

/// What moderating did, and what the overall rating is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moderated {
    /// The proposal as it stands; `None` once it is withdrawn.
    pub moderation: Option<Moderation>,
    /// The overall rating; `None` where nothing is rated yet, so that there is nothing to move.
    pub overall: Option<Rating>,
    /// Where the proposal was made on another rating than the figures give by now: both, the former first.
    pub overtaken: Option<[Option<Rating>; 2]>,
}

/// Proposes another overall rating, with the evidence for it. An earlier proposal that was decided is history from then on, and
/// moves the rating no more.
///
/// # Errors
/// A framework that takes no moderation, no evidence, an unknown rating; the rating that it is already; a proposal that is open
/// already.
pub fn propose_moderation(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    rating: &str,
    evidence: &str,
) -> Result<Moderated, Problems> {
    refuse_unmoderated(inspection)?;
    let remedy = "say what the proposal rests on: --because \"…\"";
    reason(evidence, remedy)?;
    let scale = &inspection.framework.scale;
    let rating = find_rating(&inspection.framework, rating)?;
    let id_of = |rating: Rating| scale.0.get(rating.0).map(|rating| rating.id.clone());
    let now = rate(store, inspection, RatingScope::Submitted)?.overall;
    if now.as_ref().is_some_and(|now| now.rating == rating) {
        let what = format!("the overall rating is {} already", scale.title(rating));
        let remedy =
            "propose another rating; as long as no proposal is open there is nothing to decide";
        return Err(Problem::new(Code::AlreadyExists, what, remedy).into());
    }
    let change = Change::ProposeModeration {
        rating: id_of(rating),
        evidence: evidence.trim().to_owned(),
        made_on: now.and_then(|overall| id_of(overall.unmoderated)),
    };
    record(store, desk, inspection, &change, evidence)
}

/// Takes the open proposal back.
///
/// # Errors
/// A framework that takes no moderation, no reason; no open proposal.
pub fn withdraw_moderation(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    because: &str,
) -> Result<Moderated, Problems> {
    refuse_unmoderated(inspection)?;
    reason(because, "say why it is taken back: --because \"…\"")?;
    let change = Change::ProposeModeration {
        rating: None,
        evidence: because.trim().to_owned(),
        made_on: None,
    };
    record(store, desk, inspection, &change, because)
}

/// Decides the open proposal: accepted, it is the overall rating, and the one that it moved stays beside it.
///
/// # Errors
/// A framework that takes no moderation, no reason; no open proposal.
pub fn decide_moderation(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    accepted: bool,
    because: &str,
) -> Result<Moderated, Problems> {
    refuse_unmoderated(inspection)?;
    reason(because, "say why it is decided so: --because \"…\"")?;
    let change = Change::DecideModeration {
        accepted,
        because: because.trim().to_owned(),
    };
    record(store, desk, inspection, &change, because)
}

/// The id of the overall rating as it is without moderation; `None` where there is none yet.
pub(super) fn unmoderated_rating(
    store: &Store,
    inspection: &Inspection,
) -> Result<Option<String>, Problems> {
    let overall = rate(store, inspection, RatingScope::Submitted)?.overall;
    let scale = &inspection.framework.scale.0;
    let rating = overall.and_then(|overall| scale.get(overall.unmoderated.0));
    Ok(rating.map(|rating| rating.id.clone()))
}

fn record(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    change: &Change,
    because: &str,
) -> Result<Moderated, Problems> {
    let action = desk.action(Some(inspection), "moderate", because);
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        writer.append(Some(inspection.id), change).map(drop)
    })?;
    let rated = rate(store, inspection, RatingScope::Submitted)?;
    Ok(Moderated {
        overtaken: rated.moderation_overtaken(),
        moderation: load_moderation(store.read(), inspection)?,
        overall: rated.overall.map(|overall| overall.rating),
    })
}

fn refuse_unmoderated(inspection: &Inspection) -> Result<(), Problems> {
    let framework = &inspection.framework;
    if framework.overall.moderation {
        return Ok(());
    }
    let what = format!(
        "the overall rating of {} is not open to moderation",
        framework.id
    );
    let remedy = "only a framework with moderation = true under [overall] has this step";
    Err(Problem::new(Code::NotModerated, what, remedy).into())
}

/// The moderation of the overall rating in the terms of the framework; `None` where there was no proposal.
///
/// # Errors
/// A rating that the framework's scale does not have.
pub(super) fn load_moderation(
    reader: Reader<'_>,
    inspection: &Inspection,
) -> Result<Option<Moderation>, Problems> {
    // Without this step nothing is ever proposed.
    if !inspection.framework.overall.moderation {
        return Ok(None);
    }
    let Some(row) = reader.moderation(inspection.id)? else {
        return Ok(None);
    };
    let find = |id: &str| {
        find_rating(&inspection.framework, id)
            .map_err(|problems| name_place(problems, "moderation"))
    };
    Ok(Some(Moderation {
        proposed: find(&row.rating)?,
        evidence: row.evidence,
        made_on: row.made_on.as_deref().map(find).transpose()?,
        who: row.who,
        at: row.at,
        decision: row.decision.map(|decision| Decision {
            accepted: decision.accepted,
            because: decision.because,
            who: decision.who,
            at: decision.at,
        }),
    }))
}
