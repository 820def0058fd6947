//! Weighs the further assessments of a case that several people worked on at once: whether each is submitted, and with which
//! answers of the case's own assessment it is compared.
//!
//! A further assessment stands by the same rules as a case. It is compared with the case's own answers as they stood for the
//! first person who had both submitted before them; where nobody had, as they stand when everything is put together. So what
//! is compared does not change when more comes in later. Must not know the database.

use std::collections::BTreeSet;

use super::field_values::further_name;
use super::graph::Graph;
use super::weigh::{Act, Saying, Weighing};
use crate::model::{Change, QuestionSet, Role};

/// Which entries somebody had before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// Those that the writer of the entry at this place had seen.
    Before(usize),
    /// These, and that entry.
    After(usize),
    /// All.
    Whole,
}

impl View {
    /// Whether the entry at a place is among them.
    pub(super) fn has(self, graph: &Graph, at: usize) -> bool {
        match self {
            View::Before(entry) => graph.is_before(at, entry),
            View::After(entry) => at == entry || graph.is_before(at, entry),
            View::Whole => true,
        }
    }
}

/// Where a further assessment stands.
pub(super) struct FurtherVerdict {
    pub(super) role: Role,
    /// Its assessor in capitals.
    pub(super) assessor: String,
    pub(super) submitted: bool,
    /// What was said where it is in conflict whether it is submitted; else nothing.
    pub(super) says: Vec<Saying>,
    /// From when on it is compared; `None` while it is not.
    pub(super) compared: Option<View>,
    /// The place of the last entry that records something in it.
    pub(super) last: usize,
}

/// Weighs every further assessment of a case; `acts` are all entries about the case, in canonical order.
pub(super) fn weigh_further(
    graph: &Graph,
    questions: &QuestionSet,
    acts: &[Act],
) -> Vec<FurtherVerdict> {
    let mut whose = BTreeSet::new();
    for act in acts {
        if let Change::AssessFurther { role, assessor, .. } = &act.change {
            whose.insert((role.word(), assessor.to_ascii_uppercase()));
        }
    }
    if whose.is_empty() {
        return Vec::new();
    }
    let own = Weighing::new(graph, Some(questions), acts);
    let own_kept = own.kept();
    let own_is_submitted = |view: View| {
        let counts = |act: usize| view.has(graph, acts[act].at);
        own.standing(&counts, &own_kept).0.submitted
    };
    let weighed = whose.into_iter().filter_map(|(role, assessor)| {
        let role = Role::parse(role)?;
        let theirs = acts_of(acts, &further_name(role, &assessor));
        let weighing = Weighing::new(graph, Some(questions), &theirs);
        let kept = weighing.kept();
        let is_submitted = |view: View| {
            let counts = |act: usize| view.has(graph, theirs[act].at);
            weighing.standing(&counts, &kept).0.submitted
        };
        let (standing, says) = weighing.standing(&|_| true, &kept);
        let views = acts
            .iter()
            .flat_map(|act| [View::Before(act.at), View::After(act.at)]);
        let mut views = views.chain([View::Whole]);
        let compared = match role {
            Role::Second => views.find(|view| is_submitted(*view) && own_is_submitted(*view)),
            Role::Exercise => None,
        };
        let mut recorded = theirs.iter().rev();
        let last = recorded.find(|act| act.change != Change::Reopen);
        Some(FurtherVerdict {
            role,
            submitted: standing.submitted,
            says,
            compared,
            last: last.map_or(0, |act| act.at),
            assessor,
        })
    });
    weighed.collect()
}

/// The entries about a further assessment, as if it were a case's own.
fn acts_of(acts: &[Act], whose: &str) -> Vec<Act> {
    let theirs = acts.iter().filter_map(|act| {
        let change = match &act.change {
            Change::AssessFurther {
                role,
                assessor,
                patch,
                notes,
                submits,
            } if further_name(*role, assessor) == whose => {
                let (patch, notes) = (patch.clone(), notes.clone());
                match submits {
                    true => Change::SubmitAnswers { patch, notes },
                    false => Change::RecordAnswers { patch, notes },
                }
            }
            Change::ReopenFurther { role, assessor } if further_name(*role, assessor) == whose => {
                Change::Reopen
            }
            _ => return None,
        };
        Some(Act { at: act.at, change })
    });
    theirs.collect()
}
