//! Disclosure control: which figures of groups of cases are kept back, so that nobody learns what was said of a few cases.
//!
//! **What an intruder is taken to know:** every published figure of the groups; for each question how many of all cases are yes,
//! no, not applicable and not asked, which is published whatever the groups are; the rules by which questions are asked; and from
//! elsewhere how many cases each group has.
//!
//! **What is promised:** a group with fewer than so many applicable cases is not published, nor are further groups, until
//! - at least two groups are kept back, and together they have as many applicable cases as a group must have,
//! - for the yes, the no and the applicable cases of each of them at least [`VALUES_LEFT`] values stay possible, or all that
//!   the totals alone leave possible.
//!
//! **Why that holds:** cases that are kept back can change places between groups of which the same is asked: no published figure
//! changes by it. So each count of a group can be anything from the least to the most that its margins allow (Fréchet's bounds). Three
//! things go with it. A group of which the rules never ask a question has nothing to hide there: everybody knows, and it hides nobody.
//! Groups of which the rules ask differently cannot change places, and hide only behind their own kind. Questions that tell about
//! each other ([`Family`]) keep back the same groups, so that the cases change places with all their answers.
//!
//! Groups with too few cases at all are kept back in every question, always together with the same others: what is
//! published does not change when two of them exchange cases, so that it cannot tell how many cases either has (unless a question is
//! never asked of some of them, so that others take their place).
//!
//! **What is not promised:** nothing is kept from those who know single answers, such as the people in a group of two, or how many
//! cases of a group have some other case information; a group that is large enough is published even if all its cases say the same;
//! whoever follows this method can conclude from the groups that were added that fewer were not enough, and so exclude some of the
//! values; and two tables that each keep this promise may break it together where the groups of one are parts of the groups of the
//! other, or where the record changed between them.
//!
//! Sources: the Office for National Statistics lets no figure out of its Secure Research Service that rests on fewer than
//! ten cases (threshold rule; likewise its 10-5 rule), nor one that can be told from others; M. Fréchet (1951) for the bounds.
//! Must not know what the groups are, or how a figure is printed.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Asked, SampleTallies, Tally};

/// From how many applicable cases on the figures of a group are published, unless somebody says otherwise: ten, the threshold of the
/// Office for National Statistics.
pub const SMALLEST_GROUP: u64 = 10;

/// How many values at least stay possible for a count that is kept back.
pub const VALUES_LEFT: u64 = 3;

/// A group of cases and what is asked of it.
#[derive(Debug, Clone, Copy)]
pub struct CountedGroup<'g> {
    /// Its answers.
    pub tallies: &'g SampleTallies,
    /// For each question of which of its cases it is asked; what is not said is [`Asked::Always`].
    pub asked: &'g [Asked],
}

/// Questions that tell about each other: what is known of one says something of the other, because it hangs on the answer to it,
/// or both hang on the same case information. Those of different families say nothing about each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Family {
    /// All of them, by their places, also those of which no figure is published.
    pub questions: Vec<usize>,
    /// Those that are published.
    pub published: Vec<usize>,
}

/// What may be published of a group's answers to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Publish {
    /// Its figures.
    #[default]
    Figures,
    /// Nothing: they are kept back.
    Nothing,
    /// That the rules never ask it of the group.
    NeverAsked,
}

/// What may be published of each group and question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suppressed(BTreeMap<usize, Vec<Publish>>);

impl Suppressed {
    /// What may be published of a group's answers to a question, by the places of both.
    #[must_use]
    pub fn publish(&self, group: usize, question: usize) -> Publish {
        let groups = self.0.get(&question);
        let publish = groups.and_then(|groups| groups.get(group));
        publish.copied().unwrap_or_default()
    }
}

/// What may be published of these groups; they are all cases of a sample, each in one of them, those of which the
/// group is not known as one more. `smallest` is from how many applicable cases on a group may be published; 0 and 1 keep
/// nothing back. Nor is anything kept back of a question that applies to no case at all. The same counts in the same order
/// always give the same answer: of the groups that are added, the smallest come first, and of equal ones the earlier.
#[must_use]
pub fn suppress_groups(
    groups: &[CountedGroup<'_>],
    families: &[Family],
    smallest: u64,
) -> Suppressed {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|place| groups.get(*place).map(|group| group.tallies.cases));
    let always = keep_back_small(groups, &order, smallest);
    let mut suppressed = Suppressed::default();
    for family in families {
        let kinds = tell_kinds(groups, family);
        let places = family.published.iter();
        let tables: Vec<(usize, QuestionTable)> = places
            .map(|place| (*place, QuestionTable::new(groups, *place, &kinds)))
            .collect();
        let mut hidden = vec![false; groups.len()];
        if smallest > 1 {
            for (_, table) in &tables {
                table.mark_small(&mut hidden, &always, smallest);
            }
            let order = own_kind_first(&order, &hidden, &kinds);
            extend(&mut hidden, &order, |hidden| {
                let mut tables = tables.iter();
                tables.all(|(_, table)| table.is_safe(hidden, smallest))
            });
        }
        let published = tables
            .iter()
            .map(|(place, table)| (*place, table.publish(&hidden)));
        suppressed.0.extend(published);
    }
    suppressed
}

/// For each group the first one of which the questions of a family are asked alike.
fn tell_kinds(groups: &[CountedGroup<'_>], family: &Family) -> Vec<usize> {
    let mut kinds: Vec<(Vec<&Asked>, usize)> = Vec::new();
    let all = groups.iter().enumerate().map(|(place, group)| {
        let questions = family.questions.iter();
        let asked: Vec<&Asked> = questions
            .map(|question| group.asked_of(*question))
            .collect();
        match kinds.iter().find(|(known, _)| *known == asked) {
            Some((_, first)) => *first,
            None => {
                kinds.push((asked, place));
                place
            }
        }
    });
    all.collect()
}

/// The same order, but first the groups behind which those that are hidden can hide.
fn own_kind_first(order: &[usize], hidden: &[bool], kinds: &[usize]) -> Vec<usize> {
    let hidden = kinds.iter().zip(hidden).filter(|(_, hidden)| **hidden);
    let of_hidden: BTreeSet<usize> = hidden.map(|(kind, _)| *kind).collect();
    let mut order = order.to_vec();
    order.sort_by_key(|place| {
        let kind = kinds.get(*place);
        !kind.is_some_and(|kind| of_hidden.contains(kind))
    });
    order
}

impl<'g> CountedGroup<'g> {
    fn asked_of(&self, question: usize) -> &'g Asked {
        self.asked.get(question).unwrap_or(&Asked::Always)
    }
}

/// The groups with too few cases in any question, and as many of the next smallest as hide how many cases each of them has.
fn keep_back_small(groups: &[CountedGroup<'_>], order: &[usize], smallest: u64) -> Vec<bool> {
    let mut hidden: Vec<bool> = groups
        .iter()
        .map(|group| group.tallies.cases < smallest)
        .collect();
    if !hidden.contains(&true) {
        return hidden;
    }
    let is_enough = |hidden: &[bool]| {
        let kept = groups.iter().zip(hidden).filter(|(_, hidden)| **hidden);
        let cases: Vec<u64> = kept.map(|(group, _)| group.tallies.cases).collect();
        let sum = cases
            .iter()
            .fold(0, |sum: u64, cases| sum.saturating_add(*cases));
        // As many cases as groups would be one each.
        let is_one_each = cases.iter().all(|cases| *cases <= 1);
        cases.len() >= 2 && sum >= smallest && !is_one_each
    };
    extend(&mut hidden, order, is_enough);
    hidden
}

/// Adds groups in this order until it is enough, or all are in.
fn extend(hidden: &mut [bool], order: &[usize], is_enough: impl Fn(&[bool]) -> bool) {
    for place in order {
        if is_enough(hidden) {
            break;
        }
        if let Some(hidden) = hidden.get_mut(*place) {
            *hidden = true;
        }
    }
}

/// One question's counts, a line for each group.
struct QuestionTable(Vec<Line>);

/// What an intruder may not tell of a group, and what they may know: its cases, and what is asked of them.
#[derive(Clone, Copy, Default)]
struct Line {
    cases: u64,
    yes: u64,
    no: u64,
    is_never_asked: bool,
    /// Groups of the same kind can change cases without anybody noticing.
    kind: usize,
}

impl QuestionTable {
    fn new(groups: &[CountedGroup<'_>], question: usize, kinds: &[usize]) -> QuestionTable {
        let line = |(group, kind): (&CountedGroup<'_>, &usize)| {
            let tally = group.tallies.questions.get(question);
            let Tally { yes, no, .. } = tally.copied().unwrap_or_default();
            Line {
                cases: group.tallies.cases,
                yes,
                no,
                // Answers to what is never asked would contradict the rules, and be something to hide.
                is_never_asked: *group.asked_of(question) == Asked::Never && (yes, no) == (0, 0),
                kind: *kind,
            }
        };
        QuestionTable(groups.iter().zip(kinds).map(line).collect())
    }

    fn applies_to_nothing(&self) -> bool {
        self.0.iter().all(|line| line.applicable() == 0)
    }

    /// Marks the groups of `always` and the small ones.
    fn mark_small(&self, hidden: &mut [bool], always: &[bool], smallest: u64) {
        if self.applies_to_nothing() {
            return;
        }
        for ((line, hidden), always) in self.0.iter().zip(hidden).zip(always) {
            *hidden |= !line.is_never_asked && (*always || line.applicable() < smallest);
        }
    }

    fn publish(&self, hidden: &[bool]) -> Vec<Publish> {
        let applies_to_nothing = self.applies_to_nothing();
        let lines = self.0.iter().zip(hidden);
        let publish = lines.map(|(line, hidden)| match hidden {
            _ if line.is_never_asked => Publish::NeverAsked,
            true if !applies_to_nothing => Publish::Nothing,
            _ => Publish::Figures,
        });
        publish.collect()
    }

    /// Whether nothing can be told of the groups that are kept back but what may be.
    fn is_safe(&self, hidden: &[bool], smallest: u64) -> bool {
        let lines = self.0.iter().zip(hidden);
        let asked = || lines.clone().filter(|(line, _)| !line.is_never_asked);
        let kept: Vec<Line> = asked()
            .filter(|(_, hidden)| **hidden)
            .map(|(line, _)| *line)
            .collect();
        if kept.is_empty() || self.applies_to_nothing() {
            return true;
        }
        let together = sum(kept.iter().copied());
        let all = sum(asked().map(|(line, _)| *line));
        let mut of_kind = vec![Line::default(); self.0.len()];
        for line in &kept {
            if let Some(known) = of_kind.get_mut(line.kind) {
                *known = sum([*known, *line].into_iter());
            }
        }
        let hides = |line: &Line, of: fn(Line) -> u64| {
            let free = |among: Line| range(line.cases, among.cases, of(among));
            let alike = of_kind.get(line.kind).copied().unwrap_or_default();
            free(alike) >= free(all).min(VALUES_LEFT - 1)
        };
        let counts: [fn(Line) -> u64; 3] = [|line| line.yes, |line| line.no, Line::applicable];
        kept.len() >= 2
            && together.applicable() >= smallest
            && kept
                .iter()
                .all(|line| counts.iter().all(|count| hides(line, *count)))
    }
}

impl Line {
    fn applicable(self) -> u64 {
        self.yes.saturating_add(self.no)
    }
}

fn sum(lines: impl Iterator<Item = Line>) -> Line {
    lines.fold(Line::default(), |sum, line| Line {
        cases: sum.cases.saturating_add(line.cases),
        yes: sum.yes.saturating_add(line.yes),
        no: sum.no.saturating_add(line.no),
        ..sum
    })
}

/// By how much the count of a group of `own` cases can vary, if of `all` cases with it `said` are counted: the most that it can
/// be, min(own, said), less the least, max(0, own + said − all).
fn range(own: u64, all: u64, said: u64) -> u64 {
    let most = own.min(said);
    most.saturating_sub(own.saturating_add(said).saturating_sub(all))
}

#[cfg(test)]
mod tests;
