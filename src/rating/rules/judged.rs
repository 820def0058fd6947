//! Ratings that people set: of a judged standard, by a panel's discretion, or as the source published them.
//!
//! Sources: domain one of HMI Probation is judged against published characteristics; its ratings panel may move a standard (a setting of
//! the framework says when it may consider to). Nothing is rounded and there are no ties. Without a judgement there is no rating, and
//! without a computed rating a panel has nothing to move. Must not know parts.

use super::Outcome;
use crate::framework::Framework;
use crate::rating::Judgement;

/// The rating that people set; none before they do.
pub(super) fn rate(judgement: Option<&Judgement>, counted: Outcome) -> Outcome {
    Outcome {
        rating: judgement.map(|judgement| judgement.rating),
        judged: true,
        reason: judgement.map_or("not judged".to_owned(), |judgement| {
            format!("judged: {}", judgement.because)
        }),
        ..counted
    }
}

/// Lets a panel move the rating that a rule gave to a standard.
pub(in crate::rating) fn move_by_panel(
    framework: &Framework,
    computed: Outcome,
    judgement: Option<&Judgement>,
) -> Outcome {
    let Some(judgement) = judgement else {
        return computed;
    };
    let because = &judgement.because;
    let title = |rating| framework.scale.title(rating);
    let panel = match computed.rating {
        None => format!(
            "the panel's {} moves nothing: {because}",
            title(judgement.rating)
        ),
        Some(rating) if rating == judgement.rating => format!("panel confirmed it: {because}"),
        Some(rating) => format!("panel moved it from {}: {because}", title(rating)),
    };
    let moves = computed
        .rating
        .is_some_and(|rating| rating != judgement.rating);
    Outcome {
        rating: computed.rating.map(|_| judgement.rating),
        moved_from: computed.rating.filter(|_| moves),
        reason: format!("{}; {panel}", computed.reason),
        ..computed
    }
}

/// Takes the overall rating as the source published it. It stands alone where nothing was computed; else both are shown.
pub(in crate::rating) fn take_published(
    framework: &Framework,
    computed: Outcome,
    judgement: Option<&Judgement>,
) -> Outcome {
    let Some(judgement) = judgement else {
        return computed;
    };
    let published = format!("published rating: {}", judgement.because);
    let differs = computed.rating.filter(|rating| *rating != judgement.rating);
    let reason = match (computed.rating, differs) {
        (None, _) => published,
        (Some(_), None) => format!("{}; {published}", computed.reason),
        (Some(_), Some(rating)) => {
            let title = framework.scale.title(rating);
            format!("{}, which gives {title}; {published}", computed.reason)
        }
    };
    Outcome {
        rating: Some(judgement.rating),
        judged: true,
        moved_from: differs,
        reason,
        ..computed
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::framework;
    use super::*;
    use crate::framework::Rating;
    use crate::rating::fixture::judgement;

    fn computed(rating: Option<usize>) -> Outcome {
        Outcome {
            rating: rating.map(Rating),
            reason: "computed".to_owned(),
            ..Outcome::default()
        }
    }

    type Step = fn(&Framework, Outcome, Option<&Judgement>) -> Outcome;

    /// Rating, rating before, whether people set it, and the reason, after a judgement of Good.
    fn after(step: Step, rating: Option<usize>) -> (Option<usize>, Option<usize>, bool, String) {
        let outcome = step(&framework(), computed(rating), Some(&judgement("1.1", 2)));
        let place = |rating: Option<Rating>| rating.map(|rating| rating.0);
        (
            place(outcome.rating),
            place(outcome.moved_from),
            outcome.judged,
            outcome.reason,
        )
    }

    #[test]
    fn without_a_judgement_nothing_is_moved_or_judged() {
        let none = rate(None, Outcome::default());
        assert_eq!((none.rating, none.reason.as_str()), (None, "not judged"));
        for step in [move_by_panel, take_published] {
            assert_eq!(
                step(&framework(), computed(Some(1)), None),
                computed(Some(1))
            );
        }
    }

    #[test]
    fn a_panel_moves_or_confirms_what_was_computed_and_nothing_else() {
        let moved = "computed; panel moved it from Requires improvement: evidence on 1.1";
        assert_eq!(
            after(move_by_panel, Some(1)),
            (Some(2), Some(1), false, moved.into())
        );
        let same = "computed; panel confirmed it: evidence on 1.1";
        assert_eq!(
            after(move_by_panel, Some(2)),
            (Some(2), None, false, same.into())
        );
        let nothing = "computed; the panel's Good moves nothing: evidence on 1.1";
        assert_eq!(
            after(move_by_panel, None),
            (None, None, false, nothing.into())
        );
    }

    #[test]
    fn a_published_rating_stands_alone_or_beside_what_was_computed() {
        let alone = "published rating: evidence on 1.1";
        assert_eq!(
            after(take_published, None),
            (Some(2), None, true, alone.into())
        );
        let same = "computed; published rating: evidence on 1.1";
        assert_eq!(
            after(take_published, Some(2)),
            (Some(2), None, true, same.into())
        );
        let differs =
            "computed, which gives Requires improvement; published rating: evidence on 1.1";
        assert_eq!(
            after(take_published, Some(1)),
            (Some(2), Some(1), true, differs.into())
        );
    }
}
