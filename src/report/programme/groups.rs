//! The inspections of a programme in groups whose ratings mean the same, and their order.
//!
//! Must not know how a group is printed.

use super::Inspected;
use crate::framework::{Better, Framework};
use crate::model::Decimal;
use crate::rating::compare::{Standing, rank_figures};

/// In what order the providers of a programme stand. The nation is always last, and of equals the first by name comes first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SortBy {
    /// By name.
    #[default]
    Provider,
    /// The best overall rating first, and of equal ratings the higher score.
    Overall,
    /// The best rating of the standard with this number first.
    Standard(String),
    /// By rank: of the overall score, or of the figure that is shown.
    Rank,
}

/// The inspections that share a framework and a period, in order.
pub(in crate::report) struct Group<'i> {
    pub(in crate::report) framework: &'i Framework,
    pub(in crate::report) period: &'i str,
    /// The providers, sorted; then the nation.
    pub(in crate::report) members: Vec<&'i Inspected>,
    /// How many of them are providers.
    pub(in crate::report) providers_count: usize,
}

impl<'i> Group<'i> {
    /// The providers without the nation.
    pub(in crate::report) fn providers(&self) -> &[&'i Inspected] {
        self.members.get(..self.providers_count).unwrap_or_default()
    }

    /// The figures of the nation.
    pub(in crate::report) fn national(&self) -> &[&'i Inspected] {
        self.members.get(self.providers_count..).unwrap_or_default()
    }

    /// Where each member stands by a figure; the nation, and members without a figure, stand nowhere.
    pub(in crate::report) fn rank(
        &self,
        better: Better,
        figure: impl Fn(&Inspected) -> Option<Decimal>,
    ) -> Vec<Option<Standing>> {
        let figures = self.members.iter().map(|member| {
            if member.national {
                None
            } else {
                figure(member)
            }
        });
        rank_figures(&figures.collect::<Vec<_>>(), better)
    }

    /// What of each member's overall result can be held against that of the others: its score, where any of them has one; points
    /// that a rule adds up are never held against the points of a rating.
    pub(in crate::report) fn score(&self, member: &Inspected) -> Option<Decimal> {
        let adds_up = |member: &&Inspected| member.has_score();
        let any = self.providers().iter().any(adds_up);
        member.score().filter(|_| !any || member.has_score())
    }

    /// A title, with the period where there is one.
    pub(in crate::report) fn title(&self, words: &str) -> String {
        match self.period {
            "" => words.to_owned(),
            period => format!("{words}, {period}"),
        }
    }

    /// Where the content of its tables comes from.
    pub(in crate::report) fn source(&self, programme: &str) -> String {
        let Framework { title, edition, .. } = self.framework;
        format!("programme {programme}; standards and measures of {title}, {edition}")
    }
}

/// Whether two are one framework, perhaps in two editions, whose ratings mean the same.
fn has_same_ratings(one: &Framework, other: &Framework) -> bool {
    one.id == other.id && one.scale == other.scale
}

/// Groups the inspections by framework and period, in the order of their framework and of the name of the period.
pub(in crate::report) fn group<'i>(inspected: &'i [Inspected], sort: &SortBy) -> Vec<Group<'i>> {
    let mut groups: Vec<Group<'i>> = Vec::new();
    for one in inspected {
        let (framework, period) = (&one.framework, one.heading.period.as_str());
        let is_same = |group: &Group<'_>| {
            has_same_ratings(group.framework, framework) && group.period == period
        };
        match groups.iter_mut().find(|group| is_same(group)) {
            Some(group) => group.members.push(one),
            None => groups.push(Group {
                framework,
                period,
                members: vec![one],
                providers_count: 0,
            }),
        }
    }
    groups.sort_by(|one, other| {
        (&one.framework.id, one.period).cmp(&(&other.framework.id, other.period))
    });
    for group in &mut groups {
        sort_members(&mut group.members, sort);
        group.providers_count = group.members.iter().filter(|one| !one.national).count();
    }
    groups
}

fn sort_members(members: &mut [&Inspected], sort: &SortBy) {
    members.sort_by_cached_key(|one| one.heading.provider.to_lowercase());
    // Each of these keeps the order of names among equals.
    match sort {
        SortBy::Provider => {}
        SortBy::Rank => {
            members.sort_by_key(|one| std::cmp::Reverse((one.has_score(), one.score())))
        }
        SortBy::Overall => members.sort_by_key(|one| {
            let overall = one.rating.overall.as_ref().map(|overall| overall.rating);
            std::cmp::Reverse((overall, one.score()))
        }),
        SortBy::Standard(number) => {
            members.sort_by_key(|one| std::cmp::Reverse(one.standard_rating(number)));
        }
    }
    members.sort_by_key(|one| one.national);
}
