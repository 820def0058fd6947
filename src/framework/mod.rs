//! One edition of a published set of standards and its rating rules, read from a TOML file and checked as a whole.
//!
//! Nothing of an inspectorate is a constant in this program: standards, questions, samples, case information, bands and
//! rules all stand in the file. Must not know cases, answers or the store.

mod bands;
mod below;
mod builtin;
mod check;
mod collect;
mod condition;
mod draw;
mod draws;
mod explain;
mod gradings;
mod ids;
mod lines;
mod measure;
mod measures;
mod needs;
mod origins;
mod phrases;
mod plain;
mod raw;
mod reading;
mod rule;
mod rules;
mod samples;
mod sheets;
mod standards;
mod sums;
#[cfg(test)]
mod tests;
mod weights;

pub use below::Below;
pub use builtin::{Builtin, builtin, builtins};
pub use draw::{Draw, Part};
pub use explain::render_problems;
pub use measure::{Better, Distance, Grading, Measure, PercentYesOf, Reliability};
pub use reading::READ_BY;
pub use rule::{Over, Overall, Rule, ShareBands};

use serde::{Deserialize, Serialize};

use crate::model::{AttributeKind, Decimal, Problems, QuestionSet};

/// A framework file that has been checked whole: every id resolves, every rule has what it needs. (One that comes from a form is
/// taken at its word; `caseaudit check` holds the form against the text.)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// Its id, such as `hmip-nps-2018`.
    pub id: String,
    /// Its full title.
    pub title: String,
    /// The edition, such as `2018/19`.
    pub edition: String,
    /// The documents it is taken from.
    pub source: String,
    /// The licence of the official text that it quotes; may be empty.
    pub licence: String,
    /// Who publishes the figures; `None` where the file does not say.
    pub publisher: Option<Publisher>,
    /// The ratings, worst to best.
    pub scale: Scale,
    /// From which percent yes each rating starts; needed only where key questions are rated.
    pub bands: Option<Bands>,
    /// When a ratings panel may consider moving a rating.
    pub discretion: Discretion,
    /// From which percent a weighted share earns each rating; needed only where a rule is weighted.
    pub share_bands: Option<ShareBands>,
    /// From which percent of targets met each rating starts; without them targets met are counted, not rated.
    pub met_bands: Option<ShareBands>,
    /// When a value of a measure is unreliable; `None`: only where the file of measures says so, and then it is rated.
    pub reliability: Option<Reliability>,
    /// From how many applicable cases on the figures of a group of cases may be published; `None` where the framework does not
    /// say, 0 and 1 for any.
    pub smallest_group: Option<u64>,
    /// How the overall rating is made.
    pub overall: Overall,
    /// Which of the settings are illustrative because the source does not publish them, in words; empty for none.
    pub illustrative: Vec<String>,
    /// The words for proportions, by rising percents, the first from 0; empty for none.
    pub phrases: Vec<Phrase>,
    /// The parts of the framework; may be empty.
    pub domains: Vec<Domain>,
    /// The kinds of case that are looked at.
    pub samples: Vec<Sample>,
    /// The indicators, in order; may be empty.
    pub measures: Vec<Measure>,
    /// The standards in order.
    pub standards: Vec<Standard>,
}

/// Who publishes the figures of a framework's inspections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// The organisation.
    pub organisation: String,
    /// Whom to ask about the figures; empty where nobody is named.
    pub contact: String,
}

/// What proportions are called in prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// From which whole percent on, inclusive, up to the next phrase.
    pub from: u64,
    /// The words, such as `just over half`.
    pub words: String,
}

/// Which answer prose tells of a question: always the same, so that no figure is reported from both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Side {
    /// The share of *yes*.
    #[default]
    Yes,
    /// The share of *no*.
    No,
}

/// A place on a framework's scale: 0 is the worst rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rating(pub usize);

/// The ratings of a framework, worst to best; empty only where nothing is rated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale(pub Vec<ScaleRating>);

/// One rating of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaleRating {
    /// Its id, such as `requires-improvement`.
    pub id: String,
    /// Its published name, such as `Requires improvement`.
    pub title: String,
    /// Points towards a total.
    pub points: u64,
}

/// From which whole percent each rating starts, inclusive, in scale order; the worst rating starts at 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bands {
    /// Lowest percent of each rating of the scale, rising, first 0.
    pub lowest_percents: Vec<u64>,
    /// What is held against the bands.
    pub band_on: BandOn,
}

/// Which figure decides a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BandOn {
    /// The whole percent that is published, so that what is printed never contradicts the rating.
    Rounded,
    /// The exact share.
    Exact,
}

/// When a ratings panel may consider discretion; each test is off when `None` or false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Discretion {
    /// The deciding percentage is at most this many points from a boundary.
    pub within_points: Option<u64>,
    /// One case judged differently would change the rating.
    pub one_case: bool,
    /// The deciding question has at most this many applicable cases.
    pub cases_at_most: Option<u64>,
}

/// A part of the framework that groups standards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// Its number, such as `2`.
    pub number: String,
    /// Its title.
    pub title: String,
}

/// A kind of case, with its own questions and case information.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// Its id, such as `case-supervision`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What one of them is called, such as `case` or `interview`.
    pub unit: String,
    /// Titles and texts of the case information, in the order of `questions.attributes`.
    pub information: Vec<Information>,
    /// What is asked, in the order of the answer sheet.
    #[serde(with = "plain::QuestionSetForm")]
    pub questions: QuestionSet,
    /// The wording of each question, in the order of `questions.questions`.
    pub wordings: Vec<Wording>,
    /// How its cases are drawn from a population; `None` where the framework leaves that open.
    pub draw: Option<Draw>,
}

/// How a piece of case information is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Information {
    /// Its title.
    pub title: String,
    /// Titles of its choices, in the order of [`AttributeKind::Choice`](crate::model::AttributeKind); else empty.
    pub choice_titles: Vec<String>,
}

/// What an assessor reads of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The question itself.
    pub text: String,
    /// Help; may be empty.
    pub guidance: String,
    /// The answers for which the session asks for a note.
    #[serde(with = "plain::answers")]
    pub note_on: Vec<crate::model::Answer>,
}

/// A standard: what is rated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standard {
    /// Its number, such as `2.1`.
    pub number: String,
    /// The number of its domain; may be empty.
    pub domain: String,
    /// Its title.
    pub title: String,
    /// What good looks like, in the official words; may be empty.
    pub statement: String,
    /// How its rating is made.
    pub rule: Rule,
    /// Whether it counts towards the overall rating.
    pub counted: bool,
    /// How much it counts in a weighted share over standards; above 0.
    pub weight: Decimal,
    /// Its key questions in order.
    pub key_questions: Vec<KeyQuestion>,
    /// Its measures, as places in [`Framework::measures`], each once.
    pub measures: Vec<usize>,
    /// The standards that it sums up, as places in [`Framework::standards`]; never itself, directly or by way of others.
    pub sums_up: Vec<usize>,
}

/// A key question of a standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyQuestion {
    /// Its number, such as `2.1.1`.
    pub number: String,
    /// Its title in the official words.
    pub text: String,
    /// Of which sample it is asked (place in `Framework::samples`) and where it stands on that sample's sheet; `None` for
    /// a question of a judged standard that is asked of no case.
    pub asked_of: Option<(usize, usize)>,
    /// How much it counts in a weighted share; above 0.
    pub weight: Decimal,
    /// For a question asked of part of a sample, that part in words for the footnote; else empty.
    pub subsample: String,
    /// Which answer prose tells.
    pub told: Side,
    /// Its prompts, in order: sample and place on its sheet.
    pub prompts: Vec<(usize, usize)>,
}

impl Framework {
    /// The words for a whole percent; `None` where the framework has none.
    #[must_use]
    pub fn phrase(&self, percent: u64) -> Option<&str> {
        let mut phrases = self.phrases.iter().rev();
        let phrase = phrases.find(|phrase| phrase.from <= percent)?;
        Some(&phrase.words)
    }

    /// Reads and checks a framework file.
    ///
    /// # Errors
    /// Everything that is wrong with the text, each problem with its line, column and remedy. `file` names it in messages.
    pub fn parse(text: &str, file: &str) -> Result<Framework, Problems> {
        check::check(text, file)
    }

    /// The sample with this id, or else this title, in any case.
    #[must_use]
    pub fn sample(&self, name: &str) -> Option<(usize, &Sample)> {
        let samples = || self.samples.iter();
        let by_id = samples().position(|sample| sample.id.eq_ignore_ascii_case(name));
        let by_title = || samples().position(|sample| sample.title.eq_ignore_ascii_case(name));
        let place = by_id.or_else(by_title)?;
        Some((place, self.samples.get(place)?))
    }

    /// The measure with this id, in any case.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<(usize, &Measure)> {
        let mut measures = self.measures.iter().enumerate();
        measures.find(|(_, measure)| measure.id.eq_ignore_ascii_case(id))
    }

    /// Whether the rule of a standard can give it a rating.
    #[must_use]
    pub fn can_rate(&self, standard: &Standard) -> bool {
        self.rates_by(standard.rule)
    }

    /// Whether a rule can give a rating under this framework.
    #[must_use]
    pub fn rates_by(&self, rule: Rule) -> bool {
        match rule {
            Rule::None => false,
            Rule::TargetsMet => self.met_bands.is_some(),
            Rule::Lowest | Rule::PointsTotal | Rule::WeightedShare | Rule::Judged => true,
        }
    }

    /// Whether anything but measures can have a rating: a standard, or the whole.
    #[must_use]
    pub fn rates_standards(&self) -> bool {
        self.rates_whole()
            || self
                .standards
                .iter()
                .any(|standard| self.can_rate(standard))
    }

    /// Whether the whole can have a rating, by its rule or as it was published.
    #[must_use]
    pub fn rates_whole(&self) -> bool {
        self.overall.given || self.rates_by(self.overall.rule)
    }

    /// Whether a value is left out of ratings, targets met and ranks because it is unreliable.
    #[must_use]
    pub fn leaves_out(&self, is_unreliable: bool) -> bool {
        is_unreliable && self.reliability.is_some_and(|limit| !limit.rated)
    }

    /// The standard with this number.
    #[must_use]
    pub fn standard(&self, number: &str) -> Option<&Standard> {
        self.standards
            .iter()
            .find(|standard| standard.number == number)
    }
}

impl Sample {
    /// The title of a value of the attribute at `place`: that of the choice, or the value itself.
    #[must_use]
    pub fn title_of<'v>(&'v self, place: usize, value: &'v str) -> &'v str {
        let attribute = self.questions.attributes.get(place);
        let choice = match attribute.map(|attribute| &attribute.kind) {
            Some(AttributeKind::Choice(ids)) => ids.iter().position(|id| id == value),
            _ => None,
        };
        let titles = self
            .information
            .get(place)
            .map(|information| &information.choice_titles);
        choice
            .zip(titles)
            .and_then(|(choice, titles)| titles.get(choice))
            .map_or(value, String::as_str)
    }
}

impl Scale {
    /// The rating with this id, or else this title, in any case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Rating> {
        let ratings = || self.0.iter();
        let by_id = ratings().position(|rating| rating.id.eq_ignore_ascii_case(name));
        let by_title = || ratings().position(|rating| rating.title.eq_ignore_ascii_case(name));
        by_id.or_else(by_title).map(Rating)
    }

    /// The published name of a rating; empty for one that the scale does not have.
    #[must_use]
    pub fn title(&self, rating: Rating) -> &str {
        self.0
            .get(rating.0)
            .map_or("", |rating| rating.title.as_str())
    }

    /// The points of a rating; 0 for one that the scale does not have.
    #[must_use]
    pub fn points(&self, rating: Rating) -> u64 {
        self.0.get(rating.0).map_or(0, |rating| rating.points)
    }

    /// The points of the best rating.
    #[must_use]
    pub fn max_points(&self) -> u64 {
        self.0.iter().map(|rating| rating.points).max().unwrap_or(0)
    }
}
