//! The figures of a programme, all its inspections counted together. Must not know the inspection before.

use super::super::table::{Cell, Value};
use super::missing;
use crate::rating::{Contribution, InspectionRating, Pooled, QuestionRating, pool_question, words};

/// What the inspections of a programme counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Its name.
    pub name: String,
    /// Every inspection of it, the own one too, national figures left out.
    pub contributions: Vec<Contribution>,
}

/// The figures of a programme.
pub(super) struct Pool<'a> {
    programme: &'a Programme,
    /// How many of its inspections, and how many providers, have any figure in it.
    inspections_count: usize,
    providers_count: usize,
}

impl Pool<'_> {
    /// `None` where no key question has a figure of the programme.
    pub(super) fn new<'a>(programme: &'a Programme, rating: &InspectionRating) -> Option<Pool<'a>> {
        let questions = || rating.standards.iter().flat_map(|one| &one.questions);
        let has_figure = |one: &&Contribution| {
            one.questions.iter().any(|known| {
                let is_it =
                    |own: &QuestionRating| own.number == known.number && own.text == known.text;
                known.tally.share().is_some() && questions().any(is_it)
            })
        };
        let with_figures = programme.contributions.iter().filter(has_figure);
        let mut providers: Vec<&str> = with_figures.map(|one| one.provider.as_str()).collect();
        let inspections_count = providers.len();
        providers.sort_unstable();
        providers.dedup();
        let pool = Pool {
            programme,
            inspections_count,
            providers_count: providers.len(),
        };
        let has_any = questions().any(|question| pool.of(question).is_some());
        has_any.then_some(pool)
    }

    fn of(&self, question: &QuestionRating) -> Option<Pooled> {
        pool_question(question, &self.programme.contributions)
    }

    /// What its figures are made of.
    pub(super) fn units(&self) -> String {
        let inspections = words::count_of(self.inspections_count as u64, "inspection");
        let providers = words::count_of(self.providers_count as u64, "provider");
        format!(
            "programme: the applicable cases of all {inspections} of {} that have figures ({providers}; no national figures) counted together, yes ÷ (yes + no), \
             rounded once",
            self.programme.name
        )
    }

    /// Percent, yes and no of a key question, and what is to be said of them.
    pub(super) fn question(&self, question: &QuestionRating) -> ([Cell; 3], Option<String>) {
        let Some(pooled) = self.of(question) else {
            let reason = "fewer than two providers of the programme have a figure";
            let cell = missing(reason);
            return ([cell.clone(), cell.clone(), cell], Some(reason.to_owned()));
        };
        let share = pooled.share;
        let (of, all) = (pooled.providers_count, self.providers_count);
        let note = (of < all).then(|| format!("Programme: {of} of {all} providers have a figure"));
        let cells = [
            Value::Percent(share.percent()),
            Value::Count(share.part()),
            Value::Count(share.whole() - share.part()),
        ];
        (cells.map(Cell::from), note)
    }
}
