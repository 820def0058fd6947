//! Two answers to the same question of the same case, side by side: counted in a table, and listed where they differ.
//!
//! The same for a second assessment against the first and for an exercise case against the agreed answers (benchmarking). Must not
//! know what agreement by chance is (`agreement`), nor who the assessors are.

use crate::model::{Answer, Share, State};

/// How often each answer of one assessor met each answer of another: the confusion table of their pairs.
///
/// A pair is counted where both answered, yes, no or not applicable. A pair in which either question is not asked or unanswered is
/// left out and counted apart. Tables are pooled with `+=`: over the questions of a standard, or over the cases of two assessors.
/// Kappa sees who is first: turn the pairs of the same two people the same way round, with [`PairTable::swapped`] where needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct PairTable {
    /// By the first's answer, then by the second's, both in the order of [`Answer::ALL`].
    cells: [[u64; 3]; 3],
    left_out: u64,
}

impl PairTable {
    /// Counts one more pair.
    pub fn add(&mut self, first: State, second: State) {
        let said = said(first).zip(said(second));
        let cell = said
            .and_then(|(row, column)| self.cells.get_mut(row as usize)?.get_mut(column as usize));
        *cell.unwrap_or(&mut self.left_out) += 1;
    }

    /// How many pairs have these two answers.
    #[must_use]
    pub fn cell(&self, first: Answer, second: Answer) -> u64 {
        let row = self.cells.get(first as usize);
        row.and_then(|row| row.get(second as usize))
            .copied()
            .unwrap_or_default()
    }

    /// How many pairs are counted.
    #[must_use]
    pub fn pairs(&self) -> u64 {
        self.cells.iter().flatten().sum()
    }

    /// How many pairs are left out, because either question is not asked or unanswered.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The counted pairs and how many of them are twice the same answer: percent agreement, exactly. `None` without pairs.
    #[must_use]
    pub fn share(&self) -> Option<Share> {
        let agreed = Answer::ALL.map(|answer| self.cell(answer, answer));
        Share::new(agreed.iter().sum(), self.pairs())
    }

    /// The same pairs with the second assessor as the first.
    #[must_use]
    pub fn swapped(&self) -> PairTable {
        PairTable {
            cells: Answer::ALL.map(|row| Answer::ALL.map(|column| self.cell(column, row))),
            left_out: self.left_out,
        }
    }

    /// Every kind of pair with its number, first by first.
    pub(super) fn cells(&self) -> impl Iterator<Item = (Answer, Answer, u64)> {
        let kinds = Answer::ALL
            .into_iter()
            .flat_map(|first| Answer::ALL.map(|second| (first, second)));
        kinds.map(|(first, second)| (first, second, self.cell(first, second)))
    }
}

impl std::ops::AddAssign for PairTable {
    fn add_assign(&mut self, other: PairTable) {
        let others = other.cells.iter().flatten();
        for (cell, more) in self.cells.iter_mut().flatten().zip(others) {
            *cell += more;
        }
        self.left_out += other.left_out;
    }
}

impl FromIterator<(State, State)> for PairTable {
    fn from_iter<I: IntoIterator<Item = (State, State)>>(pairs: I) -> PairTable {
        let mut table = PairTable::default();
        for (first, second) in pairs {
            table.add(first, second);
        }
        table
    }
}

/// The answer that a state is; `None` where nobody answered.
fn said(state: State) -> Option<Answer> {
    match state {
        State::Yes => Some(Answer::Yes),
        State::No => Some(Answer::No),
        State::NotApplicable => Some(Answer::NotApplicable),
        State::NotAsked | State::Unanswered => None,
    }
}

/// A place at which two assessments say different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference<P> {
    /// Where: a question, or a case and a question, as the caller names it.
    pub place: P,
    /// What the first says.
    pub first: State,
    /// What the second says.
    pub second: State,
}

impl<P> Difference<P> {
    /// Whether both answered, so that the pair counts as one that does not agree. Otherwise the question is not asked, or
    /// unanswered, in one of the two, and the pair is left out of every figure.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        said(self.first).is_some() && said(self.second).is_some()
    }
}

/// Two assessments side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison<P> {
    /// All pairs, counted.
    pub table: PairTable,
    /// The places at which at least one answered and the two say different things, in the order given.
    pub differences: Vec<Difference<P>>,
}

/// Lays two assessments side by side, place by place: the first and the second of one case, or one assessor's answers and the
/// agreed answers to an exercise case. Nothing to compare gives an empty table and no differences.
#[must_use]
pub fn compare_answers<P>(pairs: impl IntoIterator<Item = (P, State, State)>) -> Comparison<P> {
    let mut table = PairTable::default();
    let mut differences = Vec::new();
    for (place, first, second) in pairs {
        table.add(first, second);
        if said(first) != said(second) {
            differences.push(Difference {
                place,
                first,
                second,
            });
        }
    }
    Comparison { table, differences }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_in_which_either_did_not_answer_are_left_out_and_counted_apart() {
        let table: PairTable = [
            (State::Yes, State::Yes),
            (State::Yes, State::No),
            (State::NotApplicable, State::No),
            (State::Yes, State::NotAsked),
            (State::Unanswered, State::No),
            (State::NotAsked, State::NotAsked),
        ]
        .into_iter()
        .collect();
        assert_eq!((table.pairs(), table.left_out()), (3, 3));
        assert_eq!(table.cell(Answer::Yes, Answer::No), 1);
        assert_eq!(table.cell(Answer::No, Answer::Yes), 0);
        assert_eq!(table.cell(Answer::NotApplicable, Answer::No), 1);
        assert_eq!(table.swapped().cell(Answer::No, Answer::NotApplicable), 1);
        assert_eq!(table.share(), Share::new(1, 3));
    }

    #[test]
    fn pooled_tables_hold_the_pairs_of_both() {
        let mut pooled: PairTable = [(State::Yes, State::No)].into_iter().collect();
        pooled += [(State::Yes, State::No), (State::No, State::Unanswered)]
            .into_iter()
            .collect();
        assert_eq!(pooled.cell(Answer::Yes, Answer::No), 2);
        assert_eq!((pooled.pairs(), pooled.left_out()), (2, 1));
    }

    #[test]
    fn no_pairs_have_no_share() {
        assert_eq!(PairTable::default().share(), None);
        let silent: PairTable = [(State::NotAsked, State::Yes)].into_iter().collect();
        assert_eq!(silent.share(), None);
    }

    #[test]
    fn an_exercise_case_is_compared_with_the_agreed_answers() {
        let compared = compare_answers([
            ("2.1.1", State::Yes, State::Yes),
            ("2.1.2", State::Yes, State::No),
            ("2.1.3", State::NotAsked, State::No),
            ("2.1.4", State::NotAsked, State::Unanswered),
        ]);
        assert_eq!(compared.table.share(), Share::new(1, 2));
        let listed: Vec<(&str, bool)> = compared
            .differences
            .iter()
            .map(|difference| (difference.place, difference.is_counted()))
            .collect();
        assert_eq!(listed, [("2.1.2", true), ("2.1.3", false)]);
        let nothing = compare_answers::<&str>([]);
        assert_eq!((nothing.table.pairs(), nothing.differences), (0, vec![]));
    }
}
