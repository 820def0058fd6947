//! Disclosure control: which figures of groups of cases are kept back, so that nobody learns what was said of a few cases.
//!
//! **What an intruder is taken to know:** every published figure of the groups; for each question how many of all cases are yes,
//! no and neither, which is published whatever the groups are; and from elsewhere how many cases each group has. With that,
//! the questions say nothing about each other, and each is a table of groups by yes, no and neither with known margins, in
//! which the least and the most that a cell can be are known exactly (Fréchet's bounds).
//!
//! **What is promised:** a group with fewer than so many applicable cases is not published, nor are further groups, until
//! - at least two groups are kept back, and together they have as many applicable cases as a group must have,
//! - for the yes and the no of each of them at least [`VALUES_LEFT`] values stay possible, or all that the totals alone leave possible.
//!
//! Groups with too few cases at all are kept back in every question, always together with the same others: what is
//! published does not change when two of them exchange cases, so that it cannot tell how many cases either has.
//!
//! **What is not promised:** nothing is kept from those who know single answers, such as the people in a group of two; a group
//! that is large enough is published even if all its cases say the same; and two tables that each keep this promise
//! may break it together where the groups of one are parts of the groups of the other, or where the record changed between them.
//!
//! Sources: the Office for National Statistics lets no figure out of its Secure Research Service that rests on fewer than
//! ten cases (threshold rule; likewise its 10-5 rule), nor one that can be told from others; M. Fréchet (1951) for the bounds.
//! Must not know what the groups are, or how a figure is printed.

use crate::model::{SampleTallies, Tally};

/// From how many applicable cases on the figures of a group are published, unless somebody says otherwise: ten, the threshold of the
/// Office for National Statistics.
pub const SMALLEST_GROUP: u64 = 10;

/// How many values at least stay possible for a count that is kept back.
pub const VALUES_LEFT: u64 = 3;

/// Which cells of a table of groups by questions are kept back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suppressed(Vec<Vec<bool>>);

impl Suppressed {
    /// Whether the figures of a group on a question are kept back, by the places of both.
    #[must_use]
    pub fn holds(&self, group: usize, question: usize) -> bool {
        let groups = self.0.get(question);
        groups.is_some_and(|groups| groups.get(group).copied().unwrap_or(false))
    }
}

/// Which figures of these groups are kept back; the groups are all cases of a sample, each in one of them, those of which the
/// group is not known as one more. `smallest` is from how many applicable cases on a group may be published; 0 and 1 keep
/// nothing back. Nor is anything kept back of a question that applies to no case at all. The same counts in the same order
/// always give the same answer: of the groups that are added, the smallest come first, and of equal ones the earlier.
#[must_use]
pub fn suppress_groups(groups: &[SampleTallies], smallest: u64) -> Suppressed {
    let questions = groups.iter().map(|group| group.questions.len()).max();
    if smallest <= 1 {
        return Suppressed::default();
    }
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|place| groups.get(*place).map(|group| group.cases));
    let always = keep_back_small(groups, &order, smallest);
    let questions = (0..questions.unwrap_or(0)).map(|question| {
        let table = QuestionTable::new(groups, question);
        table.keep_back(&always, &order, smallest)
    });
    Suppressed(questions.collect())
}

/// The groups with too few cases in any question, and as many of the next smallest as hide how many cases each of them has.
fn keep_back_small(groups: &[SampleTallies], order: &[usize], smallest: u64) -> Vec<bool> {
    let mut hidden: Vec<bool> = groups.iter().map(|group| group.cases < smallest).collect();
    if !hidden.contains(&true) {
        return hidden;
    }
    let is_enough = |hidden: &[bool]| {
        let kept = groups.iter().zip(hidden).filter(|(_, hidden)| **hidden);
        let cases: Vec<u64> = kept.map(|(group, _)| group.cases).collect();
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

/// What an intruder may not tell of a group, and what they may know: its cases.
#[derive(Clone, Copy, Default)]
struct Line {
    cases: u64,
    yes: u64,
    no: u64,
}

impl QuestionTable {
    fn new(groups: &[SampleTallies], question: usize) -> QuestionTable {
        let line = |group: &SampleTallies| {
            let Tally { yes, no, .. } = group.questions.get(question).copied().unwrap_or_default();
            Line {
                cases: group.cases,
                yes,
                no,
            }
        };
        QuestionTable(groups.iter().map(line).collect())
    }

    /// Which groups are kept back: those of `always` and the small ones, and then as many as it takes.
    fn keep_back(&self, always: &[bool], order: &[usize], smallest: u64) -> Vec<bool> {
        if self.0.iter().all(|line| line.applicable() == 0) {
            return vec![false; self.0.len()];
        }
        let lines = self.0.iter().zip(always);
        let mut hidden: Vec<bool> = lines
            .map(|(line, always)| *always || line.applicable() < smallest)
            .collect();
        if hidden.contains(&true) {
            extend(&mut hidden, order, |hidden| self.is_safe(hidden, smallest));
        }
        hidden
    }

    /// Whether nothing can be told of the groups that are kept back but what may be.
    fn is_safe(&self, hidden: &[bool], smallest: u64) -> bool {
        let kept = || {
            let lines = self.0.iter().zip(hidden);
            lines.filter(|(_, hidden)| **hidden).map(|(line, _)| *line)
        };
        let (together, all) = (sum(kept()), sum(self.0.iter().copied()));
        let hides = |of: fn(Line) -> u64, line: Line| {
            let free = |among: Line| range(line.cases, among.cases, of(among));
            free(together) >= free(all).min(VALUES_LEFT - 1)
        };
        kept().count() >= 2
            && together.applicable() >= smallest
            && kept().all(|line| hides(|line| line.yes, line) && hides(|line| line.no, line))
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
