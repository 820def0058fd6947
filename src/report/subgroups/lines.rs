//! The rows of a table of groups: what is shown of each group and question.
//!
//! Must not know how a row is laid out.

use super::{Subgroup, Subgroups};
use crate::framework::Sample;
use crate::model::{Decimal, Tally};
use crate::rating::compare::fisher_exact;
use crate::rating::{InspectionRating, QuestionRating};
use crate::statistics::{CountedGroup, Family, Publish, Suppressed, suppress_groups};

/// What a row says whose figures are those of all groups, or that are kept back of all.
const EVERY_GROUP: &str = "every group";

/// A question and a group: a row.
pub(super) struct Line<'r> {
    /// The question's number; `None` for all questions.
    pub(super) number: Option<&'r str>,
    /// Its wording.
    pub(super) text: &'r str,
    pub(super) group: &'r str,
    pub(super) figures: Figures<'r>,
}

/// What is said of a group's answers to a question.
pub(super) enum Figures<'r> {
    /// Nothing, so that nobody can be recognised.
    Hidden,
    /// That the rules never ask it of the group.
    NeverAsked,
    /// The question applies to no case, of any group.
    Nothing(&'r QuestionRating),
    /// What the group answered, and all others; and how many cases it has.
    Shown {
        question: &'r QuestionRating,
        cases: u64,
        own: Tally,
        others: Tally,
    },
}

/// The key questions of a sample that are rated: those of which a table has rows.
pub(super) fn rated_questions(
    rating: &InspectionRating,
    sample: usize,
) -> impl Iterator<Item = &QuestionRating> {
    let rated = rating.standards.iter().filter(|standard| !standard.judged);
    let questions = rated.flat_map(|standard| &standard.questions);
    questions.filter(move |question| question.sample == sample)
}

/// Every row: the key questions that are rated, by group. A question that applies to no case has one row, and so has a group of which
/// no figure is shown, or all of them if of no group any is.
pub(super) fn gather_lines<'r>(
    rating: &'r InspectionRating,
    subgroups: &'r Subgroups,
    sample: &Sample,
    smallest: u64,
) -> Vec<Line<'r>> {
    let placed: Vec<(&QuestionRating, usize)> = rated_questions(rating, subgroups.sample)
        .filter_map(|question| Some((question, sample.questions.question(&question.number)?)))
        .collect();
    let places: Vec<usize> = placed.iter().map(|(_, place)| *place).collect();
    let suppressed = suppress(subgroups, &places, smallest);
    let answered = places.iter().copied();
    let answered: Vec<usize> = answered
        .filter(|place| subgroups.sum(*place).share().is_some())
        .collect();
    let groups = subgroups.groups.iter().enumerate();
    let (closed, open): (Vec<_>, Vec<_>) =
        groups.partition(|(group, _)| is_all_hidden(*group, &answered, &suppressed));
    let mut lines = Vec::new();
    for (question, place) in placed {
        let line = |group, figures| Line {
            number: Some(&question.number),
            text: &question.text,
            group,
            figures,
        };
        if answered.contains(&place) {
            lines.extend(open.iter().map(|(at, group)| {
                let figures = figures_of(subgroups, *at, (question, place), &suppressed);
                line(group.name(), figures)
            }));
        } else if !subgroups.groups.is_empty() {
            lines.push(line(EVERY_GROUP, Figures::Nothing(question)));
        }
    }
    let closed = closed.iter().map(|(_, group)| group.name());
    let closed: Vec<&str> = match open.is_empty() {
        true => closed.take(1).map(|_| EVERY_GROUP).collect(),
        false => closed.collect(),
    };
    let text = match answered.len() == places.len() {
        true => "All key questions",
        false => "All answered key questions",
    };
    lines.extend(closed.into_iter().map(|group| Line {
        number: None,
        text,
        group,
        figures: Figures::Hidden,
    }));
    lines
}

/// What may be published of the questions at these places.
fn suppress(subgroups: &Subgroups, places: &[usize], smallest: u64) -> Suppressed {
    let groups = subgroups.groups.iter().map(|group| CountedGroup {
        tallies: &group.tallies,
        asked: &group.asked,
    });
    let families = subgroups.linked.iter().map(|questions| Family {
        questions: questions.clone(),
        published: {
            let published = questions.iter().filter(|place| places.contains(place));
            published.copied().collect()
        },
    });
    let families: Vec<Family> = families.collect();
    suppress_groups(&groups.collect::<Vec<_>>(), &families, smallest)
}

/// Whether of several questions that are asked of a group every one is kept back.
fn is_all_hidden(group: usize, places: &[usize], suppressed: &Suppressed) -> bool {
    let publish = places.iter().map(|place| suppressed.publish(group, *place));
    let asked: Vec<Publish> = publish
        .filter(|publish| *publish != Publish::NeverAsked)
        .collect();
    asked.len() > 1 && asked.iter().all(|publish| *publish == Publish::Nothing)
}

fn figures_of<'r>(
    subgroups: &Subgroups,
    group: usize,
    (question, place): (&'r QuestionRating, usize),
    suppressed: &Suppressed,
) -> Figures<'r> {
    match suppressed.publish(group, place) {
        Publish::Nothing => return Figures::Hidden,
        Publish::NeverAsked => return Figures::NeverAsked,
        Publish::Figures => {}
    }
    let (mut cases, mut own, mut others) = (0, Tally::default(), Tally::default());
    for (other, of_group) in subgroups.groups.iter().enumerate() {
        if other == group {
            (cases, own) = (of_group.tallies.cases, of_group.tally(place));
        } else {
            others += of_group.tally(place);
        }
    }
    Figures::Shown {
        question,
        cases,
        own,
        others,
    }
}

impl Subgroups {
    /// The answers of all groups to a question.
    fn sum(&self, place: usize) -> Tally {
        let mut sum = Tally::default();
        for group in &self.groups {
            sum += group.tally(place);
        }
        sum
    }
}

impl Subgroup {
    fn name(&self) -> &str {
        self.title.as_deref().unwrap_or("not recorded")
    }

    fn tally(&self, place: usize) -> Tally {
        let tally = self.tallies.questions.get(place);
        tally.copied().unwrap_or_default()
    }
}

impl Line<'_> {
    /// Whether chance alone would make the group differ so; `None` where there are no two sides, or nothing is said of them.
    pub(super) fn test(&self) -> Option<Decimal> {
        match &self.figures {
            Figures::Shown { own, others, .. }
                if own.share().is_some() && others.share().is_some() =>
            {
                Some(fisher_exact(own.yes, own.no, others.yes, others.no))
            }
            _ => None,
        }
    }
}
