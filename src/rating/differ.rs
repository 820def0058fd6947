//! How many answers would have to differ for another rating: the least number of no that would be yes to raise it, or of yes that
//! would be no to lower it.
//!
//! A rating is never lowered by a no that becomes yes, so each part has a ladder: the ratings that lie that way, each with the
//! fewest answers that reach it. The ladders of the parts are climbed in the order of answers in all, and the rule is asked on each
//! rung: the first that it rates otherwise has the fewest. Must not know a rule (`rules`).

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use super::again::Rater;
use super::band::band_share;
use crate::framework::{Bands, Over, Rating};
use crate::model::Share;

/// Which way answers are to differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// No that would be yes, for a better rating.
    Up,
    /// Yes that would be no, for a worse one.
    Down,
}

/// The fewest answers that would have to differ for another rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The rating that they would give.
    pub rating: Rating,
    /// How many answers, in all.
    pub answers: u64,
    /// Of which key questions, and how many of each, in the order of the framework. Where several choices are equally few, one of
    /// them.
    pub questions: Vec<(String, u64)>,
}

/// Why there are no answers that would change a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDifference {
    /// None would: it has the last rating that answers can give that way, or people set it.
    Fixed,
    /// There are too many ways to try them all, or the parts share questions, so that their answers cannot be added up.
    Unknown,
    /// A measure that it rests on is taken from answers, and would move with them: up or down, as its better side is.
    Moving,
}

/// How many combinations of rungs are looked at before a search is given up.
const COMBINATIONS_MAX: usize = 20_000;

/// What one part can be brought to, nearest first: its rating, and how many answers to which questions of [`Rater::questions`] it takes.
#[derive(Debug, Clone, Default)]
struct Ladder {
    rungs: Vec<Rung>,
}

/// A part with the rating that it has and those that it could have.
#[derive(Debug, Clone)]
struct Part {
    rating: Option<Rating>,
    ladder: Ladder,
}

impl Part {
    /// The rung at a level, from 1; none on the ground.
    fn rung(&self, level: usize) -> Option<&Rung> {
        self.ladder.rungs.get(level.checked_sub(1)?)
    }

    fn rating_at(&self, level: usize) -> Option<Rating> {
        self.rung(level).map_or(self.rating, |rung| rung.rating)
    }

    /// Every question that any rung takes.
    fn questions(&self) -> HashSet<usize> {
        let rungs = self.ladder.rungs.iter();
        rungs
            .flat_map(|rung| rung.questions.iter().map(|(question, _)| *question))
            .collect()
    }
}

#[derive(Debug, Clone)]
struct Rung {
    rating: Option<Rating>,
    answers: u64,
    questions: Vec<(usize, u64)>,
}

impl Rater<'_> {
    /// For each standard, and last for the whole, the fewest answers that would have to differ that way.
    pub fn find_differences(
        &mut self,
        direction: Direction,
    ) -> Vec<Result<Difference, NoDifference>> {
        let questions = self.climb_questions(direction);
        let mut ladders = vec![Err(NoDifference::Unknown); self.framework.standards.len()];
        for place in self.order.clone() {
            let ladder = self.climb_standard(place, direction, &questions, &ladders);
            if let Some(slot) = ladders.get_mut(place) {
                *slot = ladder;
            }
        }
        ladders.push(self.climb_whole(direction, &questions, &ladders));
        let nearest = ladders.into_iter().map(|ladder| {
            let nearest = ladder?.rungs.into_iter().next();
            let named = nearest.and_then(|rung| self.name_difference(rung));
            named.ok_or(NoDifference::Fixed)
        });
        nearest.collect()
    }

    fn name_difference(&self, rung: Rung) -> Option<Difference> {
        let mut questions = rung.questions;
        questions.sort_unstable();
        let named = questions.into_iter().filter_map(|(question, answers)| {
            let question = self.questions().get(question)?;
            let standard = self.rated.standards.get(question.standard)?;
            let number = &standard.questions.get(question.place)?.number;
            Some((number.clone(), answers))
        });
        Some(Difference {
            rating: rung.rating?,
            answers: rung.answers,
            questions: named.collect(),
        })
    }

    /// The ladder of every question, in the order of [`Rater::questions`].
    fn climb_questions(&self, direction: Direction) -> Vec<Ladder> {
        let ladders = self.questions().iter().enumerate().map(|(at, question)| {
            let standard = self.rated.standards.get(question.standard);
            let figures = standard.and_then(|standard| standard.questions.get(question.place));
            let share = figures.and_then(|figures| figures.tally.share());
            share
                .zip(self.framework.bands.as_ref())
                .map(|(share, bands)| climb_bands(at, share, bands, direction))
                .unwrap_or_default()
        });
        ladders.collect()
    }

    /// The key questions of a standard as parts; of every standard, where none is named.
    fn question_parts(&self, of: Option<usize>, ladders: &[Ladder]) -> Vec<Part> {
        let questions = self.questions().iter().zip(ladders);
        let own = questions.filter(|(question, _)| of.is_none_or(|of| question.standard == of));
        let parts = own.map(|(question, ladder)| {
            let standard = self.rated.standards.get(question.standard);
            let figures = standard.and_then(|standard| standard.questions.get(question.place));
            Part {
                rating: figures.and_then(|figures| figures.rating),
                ladder: ladder.clone(),
            }
        });
        parts.collect()
    }

    fn climb_standard(
        &mut self,
        place: usize,
        direction: Direction,
        questions: &[Ladder],
        standards: &[Result<Ladder, NoDifference>],
    ) -> Result<Ladder, NoDifference> {
        if self.rests_on_moving(Some(place)) {
            return Err(NoDifference::Moving);
        }
        let mut parts = self.question_parts(Some(place), questions);
        let sums_up = self.framework.standards.get(place);
        for part in sums_up.into_iter().flat_map(|standard| &standard.sums_up) {
            let rated = self.rated.standards.get(*part).zip(standards.get(*part));
            let (rated, ladder) = rated.ok_or(NoDifference::Unknown)?;
            parts.push(Part {
                rating: rated.rating,
                ladder: ladder.clone()?,
            });
        }
        climb(&parts, direction, |ratings| {
            self.rate_standard_of(place, ratings)
        })
    }

    fn climb_whole(
        &mut self,
        direction: Direction,
        questions: &[Ladder],
        standards: &[Result<Ladder, NoDifference>],
    ) -> Result<Ladder, NoDifference> {
        if self.rests_on_moving(None) {
            return Err(NoDifference::Moving);
        }
        let parts = match self.framework.overall.over {
            Over::Measures => self.question_parts(None, questions),
            Over::Standards => {
                let stated = self.framework.standards.iter().zip(&self.rated.standards);
                let parts = stated.zip(standards).map(|((stated, rated), ladder)| {
                    let ladder = match stated.counted {
                        true => ladder.clone()?,
                        false => Ladder::default(),
                    };
                    Ok(Part {
                        rating: rated.rating,
                        ladder,
                    })
                });
                parts.collect::<Result<_, NoDifference>>()?
            }
        };
        climb(&parts, direction, |ratings| self.rate_whole_of(ratings))
    }
}

/// The ladder of one question: from how many answers on it has which rating.
fn climb_bands(question: usize, share: Share, bands: &Bands, direction: Direction) -> Ladder {
    let (yes, whole) = (share.part(), share.whole());
    let most = match direction {
        Direction::Up => whole - yes,
        Direction::Down => yes,
    };
    let mut last = band_share(share, bands);
    let mut ladder = Ladder::default();
    for answers in 1..=most {
        let yes = match direction {
            Direction::Up => yes + answers,
            Direction::Down => yes - answers,
        };
        let rating = Share::new(yes, whole).map_or(last, |share| band_share(share, bands));
        if rating != last {
            ladder.rungs.push(Rung {
                rating: Some(rating),
                answers,
                questions: vec![(question, answers)],
            });
            last = rating;
        }
    }
    ladder
}

/// The ladder of what is made of these parts.
///
/// # Errors
/// It would take too long to find, or parts share questions, so that their answers cannot be added up.
fn climb(
    parts: &[Part],
    direction: Direction,
    mut rate: impl FnMut(Vec<Option<Rating>>) -> Option<Rating>,
) -> Result<Ladder, NoDifference> {
    let mut seen = HashSet::new();
    let questions = parts.iter().flat_map(Part::questions);
    if !questions.into_iter().all(|question| seen.insert(question)) {
        return Err(NoDifference::Unknown);
    }
    let top: Vec<usize> = parts.iter().map(|part| part.ladder.rungs.len()).collect();
    let mut at = |levels: &[usize]| {
        let ratings = parts.iter().zip(levels);
        rate(
            ratings
                .map(|(part, level)| part.rating_at(*level))
                .collect(),
        )
    };
    let (mut last, end) = (at(&vec![0; parts.len()]), at(&top));
    let mut ladder = Ladder::default();
    // A combination is reached in one way only: its rungs are climbed part by part.
    let mut waiting = BinaryHeap::from([Reverse((0, vec![0; parts.len()], 0))]);
    let mut looked_at = 0;
    while last != end {
        let Reverse((answers, levels, from)) = waiting.pop().ok_or(NoDifference::Unknown)?;
        looked_at += 1;
        if looked_at > COMBINATIONS_MAX {
            return Err(NoDifference::Unknown);
        }
        let rating = at(&levels);
        let is_beyond = match direction {
            Direction::Up => rating > last,
            Direction::Down => rating < last,
        };
        if is_beyond {
            last = rating;
            let rungs = parts.iter().zip(&levels);
            let rungs = rungs.filter_map(|(part, level)| part.rung(*level));
            ladder.rungs.push(Rung {
                rating,
                answers,
                questions: rungs.flat_map(|rung| rung.questions.clone()).collect(),
            });
        }
        for (place, part) in parts.iter().enumerate().skip(from) {
            let level = levels.get(place).copied().unwrap_or_default();
            let Some(next) = part.rung(level + 1) else {
                continue;
            };
            let before = part.rung(level).map_or(0, |rung| rung.answers);
            let mut levels = levels.clone();
            if let Some(slot) = levels.get_mut(place) {
                *slot = level + 1;
            }
            waiting.push(Reverse((answers + next.answers - before, levels, place)));
        }
    }
    Ok(ladder)
}

#[cfg(test)]
mod tests;
