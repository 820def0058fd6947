//! Weighs what people did to one case, or one inspection, without having seen each other's entries: where they are in
//! conflict, and where the case or inspection stands. A pure function of the entries and of who had seen which.
//!
//! # Fields
//!
//! The word that stands on a field is what the last entry in canonical order says that sets it. Of all entries that set
//! it, those that nobody overwrote after having seen them are *rivals*. Rivals that say the same agree, whoever they are;
//! rivals that say different things are a conflict, until an entry that has seen them all sets the field again.
//!
//! # Where a case stands
//!
//! Submitting, reopening, withdrawing and restoring are *rulings*. A ruling rules until another that has seen it. Rulings
//! of different outcome, none of which had seen the other, are a conflict. So is work on the case (an answer, a note, case
//! information) that a submission or withdrawal had not seen and that said something new to it; work whose field is a
//! conflict of its own, or was until it was settled, is not counted twice.
//!
//! While its status is in conflict a case is open: neither submitted nor withdrawn. While a conflict of its answers, notes
//! or case information is open it is not submitted, and it stays open once that is settled: somebody has to submit what
//! came of it. A conflict about its assessor or reference only keeps it from being submitted anew.
//!
//! A resolution says what an answer is and leaves the assessment submitted: it is a rival like any other, and no work.
//!
//! Where an inspection stands: see `weigh_closing`.
//!
//! Must not know the database, or what is settled how.

use std::collections::BTreeMap;

use super::field_values::fields_set;
use super::fields::Field;
use super::graph::Graph;
use crate::model::{Change, QuestionSet};

/// One entry about a case or an inspection.
#[derive(Debug, Clone)]
pub(super) struct Act {
    /// Its place in the graph.
    pub(super) at: usize,
    pub(super) change: Change,
}

/// One thing that was said in a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Saying {
    /// The entry's place in the graph.
    pub(super) at: usize,
    pub(super) value: String,
    /// Whether it stands for the time being.
    pub(super) in_force: bool,
}

/// What is in conflict, and what was said.
pub(super) type Conflicts = Vec<(Field, Vec<Saying>)>;

/// What came of weighing a case.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) conflicts: Conflicts,
    pub(super) submitted: bool,
    pub(super) withdrawn: bool,
}

/// Every setting of each field: the place of its act, and the value.
type Settings = BTreeMap<Field, Vec<(usize, String)>>;

/// Weighs a case; `acts` are all entries about it, in canonical order.
pub(super) fn weigh_case(graph: &Graph, questions: Option<&QuestionSet>, acts: &[Act]) -> Verdict {
    let weighing = Weighing::new(graph, questions, acts);
    let mut conflicts = weighing.rivalries();
    for (field, says) in &mut conflicts {
        if *field == Field::Exercise {
            // It counts nowhere until it is settled whether it does.
            says.iter_mut()
                .for_each(|saying| saying.in_force = saying.value == "yes");
        }
    }
    let (standing, says) = weighing.standing(&|_| true, &weighing.kept());
    if !says.is_empty() {
        conflicts.push((Field::Status, says));
    }
    Verdict {
        conflicts,
        submitted: standing.submitted,
        withdrawn: standing.withdrawn,
    }
}

/// Weighs what was recorded of an inspection beside its cases; `acts` are those entries, in canonical order.
pub(super) fn weigh_figures(graph: &Graph, acts: &[Act]) -> Conflicts {
    let mut conflicts = Weighing::new(graph, None, acts).rivalries();
    for (field, says) in &mut conflicts {
        if *field == Field::Moderation {
            // A decision is about one proposal and must not be read as one about another.
            says.iter_mut().for_each(|saying| saying.in_force = false);
        }
    }
    conflicts
}

/// Somebody worked on what another had submitted, withdrawn or closed meanwhile.
pub(super) fn changed(at: usize) -> Saying {
    Saying {
        at,
        value: "changed".to_owned(),
        in_force: true,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) submitted: bool,
    withdrawn: bool,
}

impl Standing {
    const OPEN: Standing = Standing {
        submitted: false,
        withdrawn: false,
    };

    /// The outcome of a ruling that leaves a case so.
    fn word(self) -> &'static str {
        match (self.withdrawn, self.submitted) {
            (true, _) => "withdrawn",
            (false, true) => "submitted",
            (false, false) => "open",
        }
    }
}

pub(super) struct Weighing<'a> {
    graph: &'a Graph,
    acts: &'a [Act],
    settings: Settings,
}

impl<'a> Weighing<'a> {
    pub(super) fn new(
        graph: &'a Graph,
        questions: Option<&QuestionSet>,
        acts: &'a [Act],
    ) -> Weighing<'a> {
        let mut settings = Settings::new();
        for (act, Act { change, .. }) in acts.iter().enumerate() {
            for (field, value) in fields_set(change, questions) {
                settings.entry(field).or_default().push((act, value));
            }
        }
        Weighing {
            graph,
            acts,
            settings,
        }
    }

    fn is_before(&self, earlier: usize, later: usize) -> bool {
        self.graph
            .is_before(self.acts[earlier].at, self.acts[later].at)
    }

    fn are_concurrent(&self, one: usize, other: usize) -> bool {
        self.graph
            .are_concurrent(self.acts[one].at, self.acts[other].at)
    }

    /// The settings of a field, among the acts that `counts`, that nobody overwrote after having seen them.
    fn rivals<'s>(
        &self,
        settings: &'s [(usize, String)],
        counts: &dyn Fn(usize) -> bool,
    ) -> Vec<&'s (usize, String)> {
        let counted = || settings.iter().filter(|(act, _)| counts(*act));
        // Of a case that two draws brought in, who had seen the one had seen the same of the other.
        let is_seen = |act: usize, value: &str, later: usize| {
            self.is_before(act, later)
                || self.adds(act)
                    && settings.iter().any(|(twin, said)| {
                        self.adds(*twin) && said == value && self.is_before(*twin, later)
                    })
        };
        counted()
            .filter(|(act, value)| !counted().any(|(later, _)| is_seen(*act, value, *later)))
            .collect()
    }

    /// Whether an act adds the case.
    fn adds(&self, act: usize) -> bool {
        matches!(self.acts[act].change, Change::AddCase { .. })
    }

    /// The value that stands for the time being: the last one, leaving out those of a case that was there already.
    fn stands<'s>(&self, settings: &'s [(usize, String)]) -> Option<&'s String> {
        let first = (0..self.acts.len()).find(|act| self.adds(*act));
        let mut applied = settings
            .iter()
            .rev()
            .filter(|(act, _)| !self.adds(*act) || Some(*act) == first);
        applied.next().map(|(_, value)| value)
    }

    fn rivalries(&self) -> Conflicts {
        let mut conflicts = Conflicts::new();
        for (field, settings) in &self.settings {
            let rivals = self.rivals(settings, &|_| true);
            let Some(stands) = self.stands(settings) else {
                continue;
            };
            if rivals.iter().all(|(_, value)| value == stands) {
                continue;
            }
            let says = rivals.iter().map(|(act, value)| Saying {
                at: self.acts[*act].at,
                value: value.clone(),
                in_force: value == stands,
            });
            conflicts.push((field.clone(), says.collect()));
        }
        conflicts
    }

    /// Whether rivals disagree on an answer, a note or case information, among the acts that `counts`.
    fn is_content_contested(&self, counts: &dyn Fn(usize) -> bool) -> bool {
        let mut content = self.settings.iter().filter(|(field, _)| field.is_content());
        content.any(|(_, settings)| {
            let rivals = self.rivals(settings, counts);
            rivals.iter().any(|(_, value)| *value != rivals[0].1)
        })
    }

    /// Whether the case was submitted when each withdrawal and restoration was recorded: both leave that as it is.
    pub(super) fn kept(&self) -> BTreeMap<usize, bool> {
        let mut kept = BTreeMap::new();
        for (act, Act { change, .. }) in self.acts.iter().enumerate() {
            if matches!(change, Change::WithdrawCase | Change::RestoreCase) {
                let (seen, _) = self.standing(&|other| self.is_before(other, act), &kept);
                kept.insert(act, seen.submitted);
            }
        }
        kept
    }

    /// What a ruling leaves the case as; `None` for any other act.
    fn outcome(&self, act: usize, kept: &BTreeMap<usize, bool>) -> Option<Standing> {
        let submitted = kept.get(&act).copied().unwrap_or(false);
        match self.acts[act].change {
            Change::Submit | Change::SubmitAnswers { .. } => Some(Standing {
                submitted: true,
                withdrawn: false,
            }),
            Change::Reopen => Some(Standing::OPEN),
            Change::WithdrawCase => Some(Standing {
                submitted,
                withdrawn: true,
            }),
            Change::RestoreCase => Some(Standing {
                submitted,
                withdrawn: false,
            }),
            _ => None,
        }
    }

    /// Where the case stands after the acts that `counts`, and what was said where that is in conflict.
    pub(super) fn standing(
        &self,
        counts: &dyn Fn(usize) -> bool,
        kept: &BTreeMap<usize, bool>,
    ) -> (Standing, Vec<Saying>) {
        let all: Vec<(usize, Standing)> = (0..self.acts.len())
            .filter(|act| counts(*act))
            .filter_map(|act| Some((act, self.outcome(act, kept)?)))
            .collect();
        let is_overruled = |act: usize| all.iter().any(|(later, _)| self.is_before(act, *later));
        let ruling: Vec<&(usize, Standing)> =
            all.iter().filter(|(act, _)| !is_overruled(*act)).collect();
        let Some((_, last)) = ruling.last() else {
            return (Standing::OPEN, Vec::new());
        };
        let unseen = ruling
            .iter()
            .filter(|(_, outcome)| *outcome != Standing::OPEN)
            .filter_map(|(act, _)| self.unseen_work(*act, counts))
            .max();
        let agree = ruling
            .iter()
            .all(|(_, outcome)| outcome.word() == last.word());
        if !agree || unseen.is_some() {
            let ruled = ruling.iter().map(|(act, outcome)| Saying {
                at: self.acts[*act].at,
                value: outcome.word().to_owned(),
                in_force: *outcome == Standing::OPEN,
            });
            let unseen = unseen.map(|act| changed(self.acts[act].at));
            return (Standing::OPEN, ruled.chain(unseen).collect());
        }
        let worked_on = |act: usize| {
            let content = self.settings.iter().filter(|(field, _)| field.is_content());
            content
                .flat_map(|(_, settings)| settings)
                .any(|(later, _)| {
                    counts(*later) && self.is_before(act, *later) && self.is_work(*later)
                })
        };
        let mut standing = *last;
        standing.submitted &= !ruling.iter().any(|(act, _)| worked_on(*act));
        standing.submitted &= !self.is_content_contested(counts);
        (standing, Vec::new())
    }

    /// Whether the case has to be submitted again after an act that set its content: not after a resolution, unless that
    /// settled what was in conflict.
    fn is_work(&self, act: usize) -> bool {
        let resolves = matches!(self.acts[act].change, Change::Resolve { .. });
        !resolves || self.is_content_contested(&|earlier| self.is_before(earlier, act))
    }

    /// The last work on the case that a ruling had not seen, and that said something new to it.
    fn unseen_work(&self, ruling: usize, counts: &dyn Fn(usize) -> bool) -> Option<usize> {
        let mut last = None;
        for (field, settings) in self.settings.iter().filter(|(field, _)| field.is_content()) {
            let seen = settings
                .iter()
                .rfind(|(act, _)| *act == ruling || self.is_before(*act, ruling));
            let seen_value = seen.map_or(field.blank(), |(_, value)| value.as_str());
            for (act, value) in settings {
                let is_rival = seen.is_some_and(|(seen, _)| self.are_concurrent(*seen, *act));
                if counts(*act)
                    && self.are_concurrent(*act, ruling)
                    && value != seen_value
                    && !is_rival
                    && !matches!(self.acts[*act].change, Change::Resolve { .. })
                {
                    last = last.max(Some(*act));
                }
            }
        }
        last
    }
}
