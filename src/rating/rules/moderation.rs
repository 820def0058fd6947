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
    let moves = is_accepted && moderation.proposed != rating;
    let from = if moves {
        format!("from {} ", framework.scale.title(rating))
    } else {
        String::new()
    };
    let reason = format!(
        "{}; moderation {from}to {title} {state}: {words}",
        before.reason
    );
    if moves {
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

#[cfg(test)]
mod tests {
    use super::super::fixture::framework;
    use super::*;
    use crate::framework::Rating;
    use crate::rating::fixture::moderation;

    /// Rating, rating before and reason, after a proposal of Outstanding.
    fn after(
        rating: Option<usize>,
        accepted: Option<bool>,
    ) -> (Option<usize>, Option<usize>, String) {
        let before = Outcome {
            rating: rating.map(Rating),
            reason: "computed".to_owned(),
            ..Outcome::default()
        };
        let outcome = moderate(&framework(), before, Some(&moderation(3, accepted)));
        let place = |rating: Option<Rating>| rating.map(|rating| rating.0);
        (
            place(outcome.rating),
            place(outcome.moved_from),
            outcome.reason,
        )
    }

    #[test]
    fn an_open_or_declined_proposal_changes_only_the_reason() {
        let proposed = "computed; moderation to Outstanding proposed: further evidence";
        assert_eq!(after(Some(2), None), (Some(2), None, proposed.into()));
        let declined = "computed; moderation to Outstanding declined: it convinced";
        assert_eq!(
            after(Some(2), Some(false)),
            (Some(2), None, declined.into())
        );
    }

    #[test]
    fn an_accepted_proposal_is_the_rating_and_the_other_stays() {
        let moved = "computed; moderation from Good to Outstanding accepted: it convinced";
        assert_eq!(after(Some(2), Some(true)), (Some(3), Some(2), moved.into()));
        let accepted = "computed; moderation to Outstanding accepted: it convinced";
        assert_eq!(after(Some(3), Some(true)), (Some(3), None, accepted.into()));
    }

    #[test]
    fn without_a_rating_there_is_nothing_to_move() {
        assert_eq!(after(None, Some(true)), (None, None, "computed".into()));
        let before = Outcome::default();
        assert_eq!(moderate(&framework(), before.clone(), None), before);
    }
}
