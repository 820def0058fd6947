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
    pub members: Vec<Member>,
}

/// An inspection of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// What it counted.
    pub contribution: Contribution,
    /// Whether it is another than the own one and not closed, so that what it counted may still change.
    pub is_open_other: bool,
}

/// The figures of a programme.
pub(super) struct Pool<'a> {
    programme: &'a Programme,
    /// How many of its inspections, and how many providers, have any figure in it.
    inspections_count: usize,
    providers_count: usize,
    /// How many of these inspections are others that are not closed.
    open_count: usize,
}

impl Pool<'_> {
    /// `None` where no key question has a figure of the programme.
    pub(super) fn new<'a>(programme: &'a Programme, rating: &InspectionRating) -> Option<Pool<'a>> {
        let questions = || rating.standards.iter().flat_map(|one| &one.questions);
        let has_figure = |one: &&Member| {
            one.contribution.questions.iter().any(|known| {
                let is_it =
                    |own: &QuestionRating| own.number == known.number && own.text == known.text;
                known.tally.share().is_some() && questions().any(is_it)
            })
        };
        let with_figures: Vec<&Member> = programme.members.iter().filter(has_figure).collect();
        let providers = with_figures.iter().map(|one| &one.contribution.provider);
        let mut providers: Vec<&str> = providers.map(String::as_str).collect();
        let open = with_figures.iter().filter(|one| one.is_open_other);
        providers.sort_unstable();
        providers.dedup();
        let pool = Pool {
            programme,
            inspections_count: with_figures.len(),
            providers_count: providers.len(),
            open_count: open.count(),
        };
        let has_any = questions().any(|question| pool.of(question).is_some());
        has_any.then_some(pool)
    }

    fn of(&self, question: &QuestionRating) -> Option<Pooled> {
        let members = self.programme.members.iter();
        pool_question(question, members.map(|one| &one.contribution))
    }

    /// What its figures are made of.
    pub(super) fn units(&self) -> String {
        let inspections = words::count_of(self.inspections_count as u64, "inspection");
        let providers = words::count_of(self.providers_count as u64, "provider");
        let open = self.open_count;
        let open = (open > 0).then(|| {
            let others = words::count_of(open as u64, "other inspection");
            let are = if open == 1 { "is" } else { "are" };
            format!("; {others} of it {are} not closed, so that its figures may still change")
        });
        format!(
            "programme: the applicable cases of all {inspections} of {} that have figures ({providers}; no national figures) counted together, yes ÷ (yes + no), \
             rounded once{}",
            self.programme.name,
            open.unwrap_or_default()
        )
    }

    /// The percentage of a key question, and what is to be said of it. Its counts stay out: less one's own, they are the others'.
    pub(super) fn question(&self, question: &QuestionRating) -> (Cell, Option<String>) {
        let Some(pooled) = self.of(question) else {
            let reason = "fewer than three providers of the programme have a figure";
            return (missing(reason), Some(reason.to_owned()));
        };
        let (of, all) = (pooled.providers_count, self.providers_count);
        let note = (of < all).then(|| format!("Programme: {of} of {all} providers have a figure"));
        (Value::Percent(pooled.share.percent()).into(), note)
    }
}
