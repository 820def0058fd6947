//! What rating takes and gives: evidence in, ratings with their reasons out.
//!
//! Must not rate anything.

use crate::framework::{Better, Rating};
use crate::model::{Decimal, Measurement, SampleTallies, Tally};

/// A rating set by people, with their reason: of a judged standard, or a ratings panel's discretion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Number of the standard, or [`OVERALL`](super::OVERALL).
    pub standard: String,
    /// The rating that they set.
    pub rating: Rating,
    /// Their reason; printed with the rating.
    pub because: String,
    /// Who recorded it.
    pub who: String,
    /// When, as text; carried along, never read.
    pub at: String,
}

/// A request to move the overall rating on further evidence, and what was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moderation {
    /// The rating that is asked for.
    pub proposed: Rating,
    /// What the proposal rests on.
    pub evidence: String,
    /// The rating that it is to move, as it stood when it was proposed; `None` where there was none.
    pub made_on: Option<Rating>,
    /// Who proposed it.
    pub who: String,
    /// When, as text; carried along, never read.
    pub at: String,
    /// What was decided; `None` while it is open.
    pub decision: Option<Decision>,
}

/// What was decided on a moderation proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether the proposal was accepted, so that the proposed rating is the rating.
    pub accepted: bool,
    /// The reason.
    pub because: String,
    /// Who decided.
    pub who: String,
    /// When, as text; carried along, never read.
    pub at: String,
}

/// Everything that an inspection is rated on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence<'a> {
    /// One for each sample of the framework, in order.
    pub tallies: &'a [SampleTallies],
    /// One for each measure of the framework, in order; `None` where nothing was recorded.
    pub measurements: &'a [Option<Measurement>],
    /// At most one for each standard, and one for the overall rating where the framework takes it.
    pub judgements: &'a [Judgement],
    /// The moderation of the overall rating, where there was a proposal.
    pub moderation: Option<&'a Moderation>,
}

/// All ratings of one inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectionRating {
    /// The overall rating; `None` when nothing is rated or the framework gives none.
    pub overall: Option<OverallRating>,
    /// Why the overall rating is what it is, or why there is none.
    pub overall_reason: String,
    /// What the overall rule added up; `None` for rules that add nothing up, and when there is nothing to add.
    pub score: Option<Score>,
    /// Targets met by the measures of the counted standards and of those that they sum up, each measure once.
    pub targets: TargetCount,
    /// The moderation of the overall rating, where there was a proposal.
    pub moderation: Option<Moderation>,
    /// Every standard of the framework, in order.
    pub standards: Vec<StandardRating>,
    /// Every measure of the framework, in order.
    pub measures: Vec<MeasureRating>,
}

/// The overall rating and how it was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverallRating {
    /// The rating, after judgement and moderation.
    pub rating: Rating,
    /// Whether people set it: the framework leaves it to them, or it was recorded as published.
    pub judged: bool,
    /// The rating that the rules gave (or that was recorded as published), where a decision moved it to another.
    pub moved_from: Option<Rating>,
    /// The rating before moderation, whether that moves it or not.
    pub unmoderated: Rating,
    /// How many parts are counted and rated.
    pub rated_count: u64,
    /// How many parts the framework counts.
    pub counted_count: u64,
}

impl InspectionRating {
    /// Whether a proposal to move the rating was made on another one than the figures give by now: both, the former first.
    #[must_use]
    pub fn moderation_overtaken(&self) -> Option<[Option<Rating>; 2]> {
        let made_on = self.moderation.as_ref()?.made_on;
        let now = self.overall.as_ref().map(|overall| overall.unmoderated);
        (made_on != now).then_some([made_on, now])
    }
}

/// Points that rated parts earned, and the most that they could have earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Points of the rated parts, times their weights where the rule is weighted.
    pub earned: Decimal,
    /// The most that those parts could have; above 0.
    pub max: Decimal,
    /// Earned of max in percent with one decimal, half up; `None` where the rule is not weighted.
    pub percent: Option<Decimal>,
}

/// How many measures meet their targets, and how many did better than the period before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TargetCount {
    /// Measures that have a value, a target and a direction; none whose value is too unreliable to be rated.
    pub with_target: u64,
    /// Those of them that meet it.
    pub met: u64,
    /// Measures that have a value, a previous value and a direction; none whose value is too unreliable to be rated.
    pub comparable: u64,
    /// Those of them that changed for the better.
    pub improved: u64,
    /// Those of them that changed for the worse.
    pub declined: u64,
}

/// The figures of one measure and what they are worth. All figures are rounded to the measure's decimals, and everything rests on
/// the rounded figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeasureRating {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What the value counts, such as `%`; may be empty.
    pub unit: String,
    /// Which way is better; `None` where the measure is only watched.
    pub better: Option<Better>,
    /// The value; `None` is not available, `[x]`.
    pub value: Option<Decimal>,
    /// The value is provisional, `[p]`.
    pub provisional: bool,
    /// The value was revised, `[r]`.
    pub revised: bool,
    /// The value is unreliable, `[z]`: the source says so, or it rests on too few observations.
    pub unreliable: bool,
    /// How many observations it rests on, where that is known.
    pub observations: Option<u64>,
    /// Where the value was taken from, in words; empty when it was recorded.
    pub taken_from: String,
    /// The value to reach.
    pub target: Option<Decimal>,
    /// The national figure.
    pub national: Option<Decimal>,
    /// The figure of the period before.
    pub previous: Option<Decimal>,
    /// Whether the target is met; `None` without value, target or direction, and for an unreliable value that is not rated.
    pub met: Option<bool>,
    /// Value less previous, in the measure's unit.
    pub change: Option<Decimal>,
    /// What the change means; `None` without change or direction, and for an unreliable value that is not rated.
    pub trend: Option<Trend>,
    /// Its place on the scale; `None` where it has no value, is not graded, or is unreliable and not rated.
    pub rating: Option<Rating>,
    /// Why the rating is what it is, or why there is none.
    pub reason: String,
}

/// What a change means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// For the better.
    Improved,
    /// For the worse.
    Declined,
    /// Nothing changed in the figures as they are published.
    Unchanged,
}

/// The rating of one standard and how it was reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StandardRating {
    /// Its number, such as `2.1`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its rating, after the panel; `None` when no part of it is rated, it is not judged yet, or its rule rates nothing.
    pub rating: Option<Rating>,
    /// Whether its rating is set by people rather than by a rule.
    pub judged: bool,
    /// Whether it counts towards the overall rating.
    pub counted: bool,
    /// The rating that the rule gave, where a panel moved it to another.
    pub moved_from: Option<Rating>,
    /// The reason that people gave, where they judged or moved it.
    pub because: Option<String>,
    /// Why a panel may consider the rating that the lowest part gave; empty when it may not, and for other rules.
    pub discretion: Vec<String>,
    /// Why the rating is what it is, or why there is none.
    pub reason: String,
    /// Which of `questions` decides; `None` where another part decides, or all parts do together.
    pub lowest: Option<usize>,
    /// What the rule added up; `None` for rules that add nothing up, and when there is nothing to add.
    pub score: Option<Score>,
    /// Targets met by its measures and those of the standards that it sums up, each measure once.
    pub targets: TargetCount,
    /// Its key questions in order; of a judged standard those that are asked of a sample, which rate nothing.
    pub questions: Vec<QuestionRating>,
    /// The prompts of a judged standard that are asked of a sample, such as staff interviews; they rate nothing.
    pub evidence: Vec<QuestionRating>,
}

/// The figures of one key question (or, as evidence, of one prompt).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuestionRating {
    /// Its number, such as `2.1.1`.
    pub number: String,
    /// Its wording.
    pub text: String,
    /// Place of its sample in the framework.
    pub sample: usize,
    /// How many cases of the sample were counted, whether the question applies to them or not.
    pub cases: u64,
    /// In which state those cases stand.
    pub tally: Tally,
    /// Whole percent yes of the applicable cases; `None` when nobody said yes or no.
    pub percent: Option<u64>,
    /// The band of the percentage; `None` without one, and in a judged standard.
    pub rating: Option<Rating>,
}

/// Why a question has no percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoShare {
    /// No case of the sample is counted.
    NoCases,
    /// It applies to none of the cases.
    NotApplicable,
    /// It applies to some cases and nobody said yes or no.
    Unanswered {
        /// In how many cases it was asked.
        asked: u64,
    },
}

impl QuestionRating {
    /// Why there is no percentage; `None` when there is one.
    #[must_use]
    pub fn no_share(&self) -> Option<NoShare> {
        let tally = &self.tally;
        if tally.yes > 0 || tally.no > 0 {
            None
        } else if self.cases == 0 {
            Some(NoShare::NoCases)
        } else if tally.unanswered == 0 {
            Some(NoShare::NotApplicable)
        } else {
            Some(NoShare::Unanswered {
                asked: tally.unanswered + tally.not_applicable,
            })
        }
    }
}

impl StandardRating {
    /// The key question that decides; `None` where there is none, as in a judged or unrated standard.
    #[must_use]
    pub fn lowest_question(&self) -> Option<&QuestionRating> {
        self.questions.get(self.lowest?)
    }
}
