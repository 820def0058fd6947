//! Proposals to move an overall rating, and what was decided: how they are recorded and read.
//!
//! One proposal is open at a time; the next one takes the place of one that was decided, which the log keeps. Must not know
//! what a rating is, or which frameworks let theirs be moved.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Reader, ThingId};
use crate::model::{Action, Code, Problem, Problems};

/// The latest proposal to move an overall rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModerationRow {
    /// The id of the rating that is asked for.
    pub rating: String,
    /// What the proposal rests on.
    pub evidence: String,
    /// The id of the rating that it is to move, as it stood when it was proposed; `None` where there was none.
    pub made_on: Option<String>,
    /// Who proposed it.
    pub who: String,
    /// When, in UTC.
    pub at: String,
    /// What was decided; `None` while it is open.
    pub decision: Option<DecisionRow>,
}

/// What was decided on a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// Whether the proposed rating is the rating from now on.
    pub accepted: bool,
    /// The reason.
    pub because: String,
    /// Who recorded it.
    pub who: String,
    /// When, in UTC.
    pub at: String,
}

/// Opens a proposal, or withdraws the open one (`None`). Unless that is strict, it takes the place of whatever is there.
pub(super) fn propose(
    db: &Connection,
    inspection: i64,
    action: &Action,
    (rating, evidence, made_on): (Option<&str>, &str, Option<&str>),
    is_strict: bool,
) -> Result<(), Problems> {
    let open = is_open(db, inspection)?;
    match rating {
        Some(_) if open && is_strict => {
            let remedy = "decide it with `caseaudit moderate --accept` or `--decline`, or take it back with `--withdraw`";
            let what = "a proposal to move the overall rating is open already";
            return Err(Problem::new(Code::ProposalOpen, what, remedy).into());
        }
        Some(rating) => db.execute(
            "INSERT OR REPLACE INTO moderation (inspection, rating, evidence, made_on, who, at) VALUES (?, ?, ?, ?, ?, ?)",
            params![inspection, rating, evidence, made_on, action.who, action.at],
        )?,
        None if open || !is_strict => db.execute("DELETE FROM moderation WHERE inspection = ?", [inspection])?,
        None => return Err(no_proposal().into()),
    };
    Ok(())
}

/// Decides the open proposal; unless that is strict, one that was decided otherwise, or none at all, is no obstacle.
pub(super) fn decide(
    db: &Connection,
    inspection: i64,
    action: &Action,
    (accepted, because): (bool, &str),
    is_strict: bool,
) -> Result<(), Problems> {
    let decided = db.execute(
        "UPDATE moderation SET accepted = ?, because = ?, decided_by = ?, decided_at = ?
          WHERE inspection = ? AND (accepted IS NULL OR NOT ?)",
        params![
            accepted, because, action.who, action.at, inspection, is_strict
        ],
    )?;
    if decided == 0 && is_strict {
        return Err(no_proposal().into());
    }
    Ok(())
}

fn is_open(db: &Connection, inspection: i64) -> rusqlite::Result<bool> {
    db.query_row(
        "SELECT EXISTS (SELECT 1 FROM moderation WHERE inspection = ? AND accepted IS NULL)",
        [inspection],
        |row| row.get(0),
    )
}

fn no_proposal() -> Problem {
    Problem::new(
        Code::NoProposal,
        "no proposal to move the overall rating is open",
        "propose one first: caseaudit moderate RATING --because \"…\"",
    )
}

impl Reader<'_> {
    /// The latest proposal to move the overall rating of an inspection; `None` where there is none.
    ///
    /// # Errors
    /// What the database reports.
    pub fn moderation(self, inspection: ThingId) -> Result<Option<ModerationRow>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT rating, evidence, who, at, accepted, because, decided_by, decided_at, made_on
               FROM moderation
              WHERE inspection = (SELECT seq FROM inspection WHERE id = ?)",
        )?;
        let row = statement.query_row([inspection], |row| {
            let accepted: Option<bool> = row.get(4)?;
            let decision = accepted.map(|accepted| {
                Ok::<_, rusqlite::Error>(DecisionRow {
                    accepted,
                    because: row.get(5)?,
                    who: row.get(6)?,
                    at: row.get(7)?,
                })
            });
            Ok(ModerationRow {
                rating: row.get(0)?,
                evidence: row.get(1)?,
                made_on: row.get(8)?,
                who: row.get(2)?,
                at: row.get(3)?,
                decision: decision.transpose()?,
            })
        });
        Ok(row.optional()?)
    }
}
