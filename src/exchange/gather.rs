//! Collects what is wrong with a file, in bounded memory.
//!
//! Must not know what the problems are about.

use std::collections::HashMap;

use crate::model::{Code, Place, Problem, Problems};

/// How many problems a list shows before it only counts: a national file with a wrong column would have millions.
pub(super) const SHOWN_COUNT: usize = 1_000;

/// What has been read of a file: what it says, as far as that could be made out, and what is wrong with it. Whoever knows
/// more than the file may add to the problems, so that all of them are reported together.
#[derive(Debug)]
pub struct Reading<T> {
    /// What the file says; only what [`Reading::finish`] gives may be recorded.
    pub says: T,
    file: String,
    problems: Gather,
}

impl<T> Reading<T> {
    pub(super) fn new(file: &str, says: T, problems: Gather) -> Reading<T> {
        Reading {
            says,
            file: file.to_owned(),
            problems,
        }
    }

    /// Whether something is wrong with the file itself.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        !self.problems.is_empty()
    }

    /// What the file says, if neither it nor anything `further` is wrong.
    ///
    /// # Errors
    /// Everything that is wrong, in file order. Of a file that could not be read to its end, only what is wrong with the
    /// file: too much is missing to judge what it says.
    pub fn finish(mut self, further: impl IntoIterator<Item = Problem>) -> Result<T, Problems> {
        if self.problems.fatal.is_none() {
            for problem in further {
                self.problems.push(|| problem);
            }
        }
        self.problems.none_or(&self.file, self.says)
    }
}

/// The first problems in file order, a count of the rest, and what ended the reading early.
#[derive(Debug, Default)]
pub(super) struct Gather {
    found: Vec<Problem>,
    /// Of those that stand for several their place in `found`, and for how many more they stand.
    alike: HashMap<String, (usize, u64)>,
    more: u64,
    fatal: Option<Problem>,
}

impl Gather {
    /// Adds a problem; the message is only put together if it will be shown.
    pub(super) fn push(&mut self, problem: impl FnOnce() -> Problem) {
        if self.found.len() < SHOWN_COUNT {
            self.found.push(problem());
        } else {
            self.more += 1;
        }
    }

    /// Adds a problem that stands once for all that are told to be alike: of 600 rows that go wrong in one way the first is shown, and
    /// how many more there are.
    pub(super) fn push_alike(&mut self, alike: &str, problem: impl FnOnce() -> Problem) {
        if let Some((_, more)) = self.alike.get_mut(alike) {
            *more += 1;
            return;
        }
        if self.found.len() < SHOWN_COUNT {
            self.alike.insert(alike.to_owned(), (self.found.len(), 0));
        }
        self.push(problem);
    }

    /// Says of the problems that stand for several how many they stand for.
    fn count_alike(&mut self) {
        for (at, more) in std::mem::take(&mut self.alike).into_values() {
            let Some(problem) = self.found.get_mut(at).filter(|_| more > 0) else {
                continue;
            };
            let rows = if more == 1 { "row" } else { "rows" };
            problem
                .what
                .push_str(&format!(" (so in {more} more {rows})"));
        }
    }

    /// Adds a problem after which nothing in the file can be trusted. Of several the first in the file stays.
    pub(super) fn stop(&mut self, problem: Problem) {
        match &self.fatal {
            Some(known) if order(known) <= order(&problem) => {}
            _ => self.fatal = Some(problem),
        }
    }

    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty() && self.fatal.is_none()
    }

    /// Takes over what another reader of the same file has found.
    pub(super) fn absorb(&mut self, other: Gather) {
        self.found.extend(other.found);
        self.more += other.more;
        if let Some(fatal) = other.fatal {
            self.stop(fatal);
        }
    }

    /// The value, if nothing is wrong with `file`; else the problems in file order, and the last line of a cut list
    /// says how many there are besides.
    pub(super) fn none_or<T>(mut self, file: &str, value: T) -> Result<T, Problems> {
        self.count_alike();
        if let Some(fatal) = self.fatal.take() {
            // Readers work side by side: what lies behind the end was found or not by chance, so it is left out.
            self.found
                .retain(|problem| problem.place.line < fatal.place.line);
            self.more = 0;
            self.found.push(fatal);
        }
        self.found.sort_by_key(order);
        let cut = self.found.len().saturating_sub(SHOWN_COUNT);
        self.found.truncate(SHOWN_COUNT);
        let more = self.more + u64::try_from(cut).unwrap_or(u64::MAX);
        if more > 0 {
            let what = format!("… and {more} more");
            let remedy = "put the listed ones right first";
            self.found
                .push(Problem::new(Code::MoreProblems, what, remedy).at(Place::of(file)));
        }
        Problems(self.found).none_or(value)
    }
}

fn order(problem: &Problem) -> (Option<u64>, Option<u64>) {
    (problem.place.line, problem.place.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(line: u64) -> Problem {
        Problem::new(Code::UnknownAnswer, "", "").at(Place::of("f").line(line))
    }

    fn lines(gather: Gather) -> Vec<Option<u64>> {
        let problems = gather.none_or("f", ()).unwrap_err();
        problems.0.iter().map(|found| found.place.line).collect()
    }

    #[test]
    fn nothing_wrong_gives_the_value() {
        assert_eq!(Gather::default().none_or("f", 1), Ok(1));
    }

    #[test]
    fn a_thousand_problems_are_shown_and_one_more_is_counted() {
        let mut gather = Gather::default();
        (1..=1_000).for_each(|line| gather.push(|| problem(line)));
        let mut over = Gather::default();
        over.push(|| problem(1));
        gather.absorb(over);
        let problems = gather.none_or("f", ()).unwrap_err();
        assert_eq!(problems.0.len(), 1_001);
        let last = problems.0.last().unwrap();
        assert_eq!(last.code, Code::MoreProblems);
        assert_eq!(last.what, "… and 1 more");
        assert_eq!(problems.0[1].place.line, Some(1), "in file order");
    }

    #[test]
    fn problems_that_are_alike_are_shown_once_with_their_number() {
        let mut gather = Gather::default();
        gather.push(|| problem(1));
        for line in 2..=2_000 {
            gather.push_alike("gender", || problem(line));
        }
        gather.push_alike("rosh", || problem(3));
        let problems = gather.none_or("f", ()).unwrap_err();
        let shown: Vec<(Option<u64>, &str)> = problems
            .0
            .iter()
            .map(|found| (found.place.line, found.what.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                (Some(1), ""),
                (Some(2), " (so in 1998 more rows)"),
                (Some(3), "")
            ]
        );
    }

    #[test]
    fn a_full_list_of_exactly_a_thousand_is_not_cut() {
        let mut gather = Gather::default();
        (1..=1_000).for_each(|line| gather.push(|| problem(line)));
        assert_eq!(lines(gather).len(), 1_000);
    }

    #[test]
    fn the_end_of_reading_hides_what_lies_behind_it() {
        let mut gather = Gather::default();
        gather.push(|| problem(9));
        gather.push(|| problem(2));
        gather.stop(problem(7));
        gather.stop(problem(5));
        assert_eq!(lines(gather), [Some(2), Some(5)]);
    }
}
