//! The parts of a standard or of the whole, in one shape, so that every rule works on all of them.
//!
//! Must not know any rule (`rules`).

use super::{MeasureRating, QuestionRating, StandardRating, TargetCount, Trend};
use crate::framework::{Below, Framework, Grading, Over, Rating, Rule, Standard};
use crate::model::Decimal;

/// What a rule works on.
#[derive(Debug, Default)]
pub(super) struct Parts<'a> {
    /// The parts that can have a rating: key questions, then measures, then standards, each in order.
    pub(super) list: Vec<Part<'a>>,
    /// Every measure below, whether it can be rated or not, each once: of these targets are counted.
    pub(super) measures: Vec<&'a MeasureRating>,
}

/// One part, and how much it counts in a weighted share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) weight: Decimal,
    pub(super) figures: Figures<'a>,
}

/// What a part is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Figures<'a> {
    Question(&'a QuestionRating),
    Measure(&'a MeasureRating),
    Standard(&'a StandardRating),
}

/// Everything that is rated so far.
#[derive(Clone, Copy)]
pub(super) struct Rated<'a> {
    pub(super) framework: &'a Framework,
    /// Every measure of the framework, in order.
    pub(super) measures: &'a [MeasureRating],
    /// Every standard of the framework, in order; `None` where its turn has not come.
    pub(super) standards: &'a [Option<StandardRating>],
}

impl<'a> Part<'a> {
    /// Its number or id.
    pub(super) fn name(&self) -> &'a str {
        match self.figures {
            Figures::Question(question) => &question.number,
            Figures::Measure(measure) => &measure.id,
            Figures::Standard(standard) => &standard.number,
        }
    }

    /// Its place on the scale; `None` while it has none.
    pub(super) fn rating(&self) -> Option<Rating> {
        match self.figures {
            Figures::Question(question) => question.rating,
            Figures::Measure(measure) => measure.rating,
            Figures::Standard(standard) => standard.rating,
        }
    }
}

impl<'a> Parts<'a> {
    /// The parts of the standard at a place: its key questions with these figures, its measures, and the standards that it sums
    /// up.
    pub(super) fn of_standard(
        rated: Rated<'a>,
        place: usize,
        standard: &'a Standard,
        questions: &'a [QuestionRating],
    ) -> Parts<'a> {
        let mut list = question_parts(standard, questions);
        list.extend(measure_parts(rated, &standard.measures));
        list.extend(standard_parts(rated, standard.sums_up.iter().copied()));
        Parts {
            list,
            measures: all_measures(rated, &rated.framework.below([place])),
        }
    }

    /// The parts of the whole: the counted standards, or the key questions and measures below them.
    pub(super) fn of_whole(rated: Rated<'a>) -> Parts<'a> {
        let standards = &rated.framework.standards;
        let below = rated.framework.below_whole();
        let list = match rated.framework.overall.over {
            Over::Standards => {
                let counted = standards.iter().enumerate().filter(|(_, one)| one.counted);
                standard_parts(rated, counted.map(|(place, _)| place))
            }
            Over::Measures => {
                let mut list = Vec::new();
                for place in &below.standards {
                    if let Some((standard, Some(rating))) =
                        standards.get(*place).zip(rated.standards.get(*place))
                    {
                        list.extend(question_parts(standard, &rating.questions));
                    }
                }
                list.extend(measure_parts(rated, &below.measures));
                list
            }
        };
        Parts {
            list,
            measures: all_measures(rated, &below),
        }
    }

    /// Targets met, and changes for the better and worse, among the measures.
    pub(super) fn count_targets(&self) -> TargetCount {
        let count = |wanted: fn(&MeasureRating) -> bool| {
            as_count(self.measures.iter().filter(|one| wanted(one)).count())
        };
        TargetCount {
            with_target: count(|measure| measure.met.is_some()),
            met: count(|measure| measure.met == Some(true)),
            comparable: count(|measure| measure.trend.is_some()),
            improved: count(|measure| measure.trend == Some(Trend::Improved)),
            declined: count(|measure| measure.trend == Some(Trend::Declined)),
        }
    }

    /// Names of the parts that have no rating, in order.
    pub(super) fn unrated(&self) -> Vec<&'a str> {
        let unrated = self.list.iter().filter(|part| part.rating().is_none());
        unrated.map(Part::name).collect()
    }

    /// What one of the parts is called, all together.
    pub(super) fn noun(&self) -> &'static str {
        let all = |wanted: fn(&Part<'_>) -> bool| self.list.iter().all(wanted);
        if all(|part| matches!(part.figures, Figures::Standard(_))) {
            "standard"
        } else if all(|part| matches!(part.figures, Figures::Measure(_))) {
            "measure"
        } else if all(|part| matches!(part.figures, Figures::Question(_))) {
            "key question"
        } else {
            "part"
        }
    }
}

/// The key questions of a standard that are asked of a sample; those of a judged standard rate nothing.
fn question_parts<'a>(standard: &Standard, questions: &'a [QuestionRating]) -> Vec<Part<'a>> {
    let asked = standard.key_questions.iter();
    let asked = asked.filter(|question| question.asked_of.is_some());
    let parts = asked.zip(questions).map(|(question, figures)| Part {
        weight: question.weight,
        figures: Figures::Question(figures),
    });
    parts.filter(|_| standard.rule != Rule::Judged).collect()
}

fn measure_parts<'a>(rated: Rated<'a>, places: &[usize]) -> Vec<Part<'a>> {
    let parts = places.iter().filter_map(|place| {
        let measure = rated.framework.measures.get(*place)?;
        let figures = rated.measures.get(*place)?;
        (measure.grading != Grading::None).then_some(Part {
            weight: measure.weight,
            figures: Figures::Measure(figures),
        })
    });
    parts.collect()
}

fn standard_parts<'a>(rated: Rated<'a>, places: impl Iterator<Item = usize>) -> Vec<Part<'a>> {
    let framework = rated.framework;
    let parts = places.filter_map(|place| {
        let standard = framework.standards.get(place)?;
        let figures = rated.standards.get(place)?.as_ref()?;
        framework.can_rate(standard).then_some(Part {
            weight: standard.weight,
            figures: Figures::Standard(figures),
        })
    });
    parts.collect()
}

fn all_measures<'a>(rated: Rated<'a>, below: &Below) -> Vec<&'a MeasureRating> {
    let places = below.measures.iter();
    places
        .filter_map(|place| rated.measures.get(*place))
        .collect()
}

/// A length as a count.
pub(super) fn as_count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
