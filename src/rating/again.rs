//! Rating the same inspection on other answers, as often as somebody asks: ratings alone, without reasons.
//!
//! A rating follows from the ratings of its parts, whichever rule makes it. So what the rules once made of parts with these
//! ratings is kept, and asked of them again only for parts with others. A measure that is taken from the percent yes of a question
//! of the same framework moves with the answers (`moving`); other measures, judgements and moderation stay as they are.
//! Must not know a rule (`rules`), nor why the answers are others.

mod moving;

use std::collections::HashMap;

use super::band::band_share;
use super::parts::{Parts, Rated};
use super::rules::moderation;
use super::{
    Evidence, InspectionRating, StandardRating, decide_standard, find_judgement, order,
    rate_inspection, rate_whole,
};
use crate::framework::{Framework, Over, Rating, Rule};
use crate::model::{Problems, Share};
use moving::{Moving, Standing};

/// The ratings of parts, in order; `None` for one that has none.
type PartRatings = Vec<Option<Rating>>;

/// What a rule once made of parts: of their ratings, and of where the measures that move stand.
type Known = HashMap<(PartRatings, Vec<Standing>), Option<Rating>>;

/// Rates an inspection on other answers to its key questions.
pub struct Rater<'a> {
    pub(super) framework: &'a Framework,
    evidence: Evidence<'a>,
    pub(super) rated: InspectionRating,
    /// Places of the standards, each after those that it sums up.
    pub(super) order: Vec<usize>,
    questions: Vec<RatedQuestion>,
    /// The questions that are counted: sample and place on the sheet.
    asked: Vec<(usize, usize)>,
    moving: Vec<Moving>,
    /// Where each of these measures stands.
    standings: Vec<Standing>,
    /// For each standard, and last for the whole, the places in `moving` of the measures below it.
    moving_below: Vec<Vec<usize>>,
    /// The standards as they are, with the ratings that are asked about.
    working: Vec<Option<StandardRating>>,
    /// For each standard, what its rule makes of its questions and then of the standards that it sums up.
    known: Vec<Known>,
    known_whole: Known,
    ratings: Ratings,
}

/// A key question whose answers a rule rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatedQuestion {
    /// Its standard: place in the framework.
    pub standard: usize,
    /// Its place among the questions of the standard's rating.
    pub place: usize,
    /// Its sample, and its place on the sheet.
    pub asked_of: (usize, usize),
}

/// The ratings of an inspection without their reasons.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ratings {
    /// Of each standard of the framework, in order.
    pub standards: Vec<Option<Rating>>,
    /// Of the whole, after judgement and moderation.
    pub overall: Option<Rating>,
}

impl<'a> Rater<'a> {
    /// Rates the inspection as it stands.
    ///
    /// # Errors
    /// Those of [`rate_inspection`].
    pub fn new(framework: &'a Framework, evidence: Evidence<'a>) -> Result<Rater<'a>, Problems> {
        let rated = rate_inspection(framework, &evidence)?;
        let mut questions = Vec::new();
        let standards = framework.standards.iter().enumerate();
        for (standard, stated) in standards.filter(|(_, stated)| stated.rule != Rule::Judged) {
            let asked = stated
                .key_questions
                .iter()
                .filter_map(|question| question.asked_of);
            questions.extend(asked.enumerate().map(|(place, asked_of)| RatedQuestion {
                standard,
                place,
                asked_of,
            }));
        }
        let mut asked: Vec<(usize, usize)> =
            questions.iter().map(|question| question.asked_of).collect();
        let moving = Moving::find(framework, evidence.measurements, &mut asked);
        let overall = rated.overall.as_ref().map(|overall| overall.rating);
        let ratings = Ratings {
            standards: rated.standards.iter().map(|one| one.rating).collect(),
            overall,
        };
        Ok(Rater {
            framework,
            evidence,
            order: order::order_standards(framework).sound,
            questions,
            asked,
            standings: vec![(None, None); moving.len()],
            moving_below: find_moving_below(framework, &moving),
            moving,
            working: rated.standards.iter().cloned().map(Some).collect(),
            known: vec![Known::new(); framework.standards.len()],
            known_whole: Known::new(),
            ratings,
            rated,
        })
    }

    /// The key questions whose answers a rule rates, in the order of the framework.
    #[must_use]
    pub fn questions(&self) -> &[RatedQuestion] {
        &self.questions
    }

    /// The questions on whose answers a rating rests: first each of [`questions`](Rater::questions), then those from whose percent
    /// yes a rated measure is taken and which are not among them. Each is its sample, and its place on the sheet.
    #[must_use]
    pub fn asked(&self) -> &[(usize, usize)] {
        &self.asked
    }

    /// Whether the rating of a standard, by its place, or of the whole (`None`) rests on a measure that moves with the answers.
    pub(super) fn rests_on_moving(&self, standard: Option<usize>) -> bool {
        let place = standard.unwrap_or(self.framework.standards.len());
        let below = self.moving_below.get(place);
        below.is_some_and(|below| !below.is_empty())
    }

    /// The ratings on these answers: how many yes and no there are to each question of [`asked`](Rater::asked), in order. A question
    /// that is left out has none.
    pub fn rate(&mut self, answers: &[[u64; 2]]) -> &Ratings {
        for (moving, standing) in self.moving.iter_mut().zip(&mut self.standings) {
            let answers = answers.get(moving.asked).copied().unwrap_or_default();
            *standing = moving.stand(self.framework, answers);
        }
        let bands = self.framework.bands.as_ref();
        let mut by_standard: Vec<PartRatings> = vec![Vec::new(); self.framework.standards.len()];
        for (place, question) in self.questions.iter().enumerate() {
            let [yes, no] = answers.get(place).copied().unwrap_or_default();
            let share = Share::new(yes, yes + no).zip(bands);
            if let Some(ratings) = by_standard.get_mut(question.standard) {
                ratings.push(share.map(|(share, bands)| band_share(share, bands)));
            }
        }
        let whole_of_questions = match self.framework.overall.over {
            Over::Standards => None,
            Over::Measures => Some(by_standard.concat()),
        };
        for next in 0..self.order.len() {
            let place = self.order.get(next).copied().unwrap_or_default();
            let mut parts = by_standard
                .get_mut(place)
                .map(std::mem::take)
                .unwrap_or_default();
            let sums_up = self.framework.standards.get(place);
            let sums_up = sums_up.into_iter().flat_map(|standard| &standard.sums_up);
            parts.extend(sums_up.map(|part| self.ratings.standards.get(*part).copied().flatten()));
            let rating = self.rate_standard_of(place, parts);
            if let Some(slot) = self.ratings.standards.get_mut(place) {
                *slot = rating;
            }
        }
        let parts = whole_of_questions.unwrap_or_else(|| self.ratings.standards.clone());
        self.ratings.overall = self.rate_whole_of(parts);
        &self.ratings
    }

    /// The rating of the standard at a place whose questions, and then the standards that it sums up, have these ratings.
    pub(super) fn rate_standard_of(
        &mut self,
        place: usize,
        ratings: PartRatings,
    ) -> Option<Rating> {
        let standard = self.framework.standards.get(place)?;
        let key = (ratings, self.standings_below(place));
        if let Some(known) = self.known.get(place)?.get(&key) {
            return *known;
        }
        self.settle_measures();
        let ratings = &key.0;
        let mut questions = self.rated.standards.get(place)?.questions.clone();
        let (of_questions, of_standards) = match standard.rule {
            Rule::Judged => ratings.split_at(0),
            _ => ratings.split_at(questions.len().min(ratings.len())),
        };
        for (question, rating) in questions.iter_mut().zip(of_questions) {
            question.rating = *rating;
        }
        for (part, rating) in standard.sums_up.iter().zip(of_standards) {
            if let Some(Some(part)) = self.working.get_mut(*part) {
                part.rating = *rating;
            }
        }
        let parts = Parts::of_standard(
            Rated {
                framework: self.framework,
                measures: &self.rated.measures,
                standards: &self.working,
            },
            place,
            standard,
            &questions,
        );
        let judgement = find_judgement(&self.evidence, &standard.number);
        let rating = decide_standard(self.framework, standard, &parts, judgement).rating;
        self.known.get_mut(place)?.insert(key, rating);
        rating
    }

    /// Where the moving measures below a standard, or last below the whole, stand.
    fn standings_below(&self, place: usize) -> Vec<Standing> {
        let below = self.moving_below.get(place).into_iter().flatten();
        below
            .filter_map(|moving| self.standings.get(*moving).copied())
            .collect()
    }

    /// Gives the measures that move the ratings that they have where they stand.
    fn settle_measures(&mut self) {
        for (moving, (rating, met)) in self.moving.iter().zip(&self.standings) {
            if let Some(measure) = self.rated.measures.get_mut(moving.measure) {
                (measure.rating, measure.met) = (*rating, *met);
            }
        }
    }

    /// The rating of the whole whose parts have these ratings: every standard of the framework, or every question of
    /// [`questions`](Rater::questions) where it is made of questions and measures.
    pub(super) fn rate_whole_of(&mut self, ratings: PartRatings) -> Option<Rating> {
        let key = (
            ratings,
            self.standings_below(self.framework.standards.len()),
        );
        if let Some(known) = self.known_whole.get(&key) {
            return *known;
        }
        self.settle_measures();
        let ratings = &key.0;
        match self.framework.overall.over {
            Over::Standards => {
                for (standard, rating) in self.working.iter_mut().flatten().zip(ratings) {
                    standard.rating = *rating;
                }
            }
            Over::Measures => {
                for (question, rating) in self.questions.iter().zip(ratings) {
                    let standard = self.working.get_mut(question.standard);
                    let questions = standard.and_then(Option::as_mut);
                    let figures =
                        questions.and_then(|standard| standard.questions.get_mut(question.place));
                    if let Some(figures) = figures {
                        figures.rating = *rating;
                    }
                }
            }
        }
        let parts = Parts::of_whole(Rated {
            framework: self.framework,
            measures: &self.rated.measures,
            standards: &self.working,
        });
        let before = rate_whole(self.framework, &parts, &self.evidence);
        let outcome = moderation::moderate(self.framework, before, self.evidence.moderation);
        self.known_whole.insert(key, outcome.rating);
        outcome.rating
    }
}

/// For each standard, and last for the whole, which of these measures lie below it, as their places.
fn find_moving_below(framework: &Framework, moving: &[Moving]) -> Vec<Vec<usize>> {
    let standards = 0..framework.standards.len();
    let below = standards.map(|place| framework.below([place]));
    let below = below.chain([framework.below_whole()]);
    let places = below.map(|below| {
        let moving = moving.iter().enumerate();
        let below = moving.filter(|(_, moving)| below.measures.contains(&moving.measure));
        below.map(|(place, _)| place).collect()
    });
    places.collect()
}

#[cfg(test)]
mod tests;
