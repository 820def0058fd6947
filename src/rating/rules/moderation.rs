//! A proposal to move the overall rating on further evidence, and what was decided; both ratings are shown.
//!
//! Source: the Probation Trust Rating System of 2013/14, where a moderation proposal may adjust the data-driven rating. An open or declined
//! proposal changes nothing but the reason; an accepted one makes the proposed rating the rating. Nothing is rounded and there are no
//! ties. Where there is no rating there is nothing to move. Must not know how the rating came about.

use super::Outcome;
use crate::framework::Framework;
use crate::rating::Moderation;

/// Applies the moderation of the overall rating, where there is one.
pub(in crate::rating) fn moderate(
    framework: &Framework,
    before: Outcome,
    moderation: Option<&Moderation>,
) -> Outcome {
    let (Some(moderation), Some(rating)) = (moderation, before.rating) else {
        return before;
    };
    let title = framework.scale.title(moderation.proposed);
    let decision = moderation.decision.as_ref();
    let is_accepted = decision.is_some_and(|decision| decision.accepted);
    let (state, words) = match decision {
        None => ("proposed", &moderation.evidence),
        Some(decision) if is_accepted => ("accepted", &decision.because),
        Some(decision) => ("declined", &decision.because),
    };
    let reason = format!("{}; moderation to {title} {state}: {words}", before.reason);
    if is_accepted && moderation.proposed != rating {
        Outcome {
            rating: Some(moderation.proposed),
            moved_from: Some(rating),
            reason,
            ..before
        }
    } else {
        Outcome { reason, ..before }
    }
}
