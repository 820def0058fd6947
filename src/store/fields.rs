//! What each kind of change sets, field by field: two people who set the same field to different values without having
//! seen each other's entry are in conflict.
//!
//! Must not know who saw what (`weigh`), nor the database. A new kind of change names its fields in [`fields_set`].

use std::fmt;

use super::{body, sha256};
use crate::model::{Answer, Change, Measurement, Practice, QuestionSet, Role, Said};

/// One thing about a case or an inspection that can be set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The answer to the question of this number.
    Answer(String),
    /// The note on the question of this number.
    Note(String),
    /// The case information of this id.
    Information(String),
    /// Who assesses the case.
    Assessor,
    /// The case's reference.
    Reference,
    /// Whether a case is open, submitted or withdrawn; whether an inspection is open or closed.
    Status,
    /// The judgement of the standard of this number.
    Judgement(String),
    /// The figures of the measure of this id.
    Measure(String),
    /// The proposal to move the overall rating, and what was decided on it.
    Moderation,
    /// What an inspection is called or where it belongs: `name`, `provider`, `programme`, `period` or `national`.
    Inspection(&'static str),
    /// The population of the sample of this id.
    Population(String),
    /// The draw of the sample of this id.
    Draw(String),
    /// Whether this assessor has an interest in the case; of an inspection, `INSP-01:RO-1`, in the cases of that officer.
    Interest(String),
    /// An answer of a further assessment: `second:INSP-02:2.1.1`.
    FurtherAnswer(String),
    /// A note of a further assessment: `second:INSP-02:2.1.1`.
    FurtherNote(String),
    /// Whether a further assessment is open or submitted: `second:INSP-02`.
    FurtherStatus(String),
    /// Whether the case is an exercise.
    Exercise,
    /// What the note on the question of this number is an example of.
    Example(String),
    /// The reserve that took the place of the case of this reference.
    Replacement(String),
    /// The case whose place the reserve of this reference took.
    Reserve(String),
}

/// What [`Field::Inspection`] can be.
const OF_INSPECTION: [&str; 5] = ["name", "provider", "programme", "period", "national"];

impl Field {
    /// The word that the record keeps for this kind of field.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Field::Answer(_) => "answer",
            Field::Note(_) => "note",
            Field::Information(_) => "information",
            Field::Assessor => "assessor",
            Field::Reference => "reference",
            Field::Status => "status",
            Field::Judgement(_) => "judgement",
            Field::Measure(_) => "measure",
            Field::Moderation => "moderation",
            Field::Inspection(_) => "inspection",
            Field::Population(_) => "population",
            Field::Draw(_) => "draw",
            Field::Interest(_) => "interest",
            Field::FurtherAnswer(_) => "further-answer",
            Field::FurtherNote(_) => "further-note",
            Field::FurtherStatus(_) => "further-status",
            Field::Exercise => "exercise",
            Field::Example(_) => "example",
            Field::Replacement(_) => "replacement",
            Field::Reserve(_) => "reserve",
        }
    }

    /// What tells it apart from others of its kind; empty where there are none.
    pub(super) fn name(&self) -> &str {
        match self {
            Field::Answer(name)
            | Field::Note(name)
            | Field::Information(name)
            | Field::Judgement(name)
            | Field::Measure(name)
            | Field::Population(name)
            | Field::Draw(name)
            | Field::Interest(name)
            | Field::FurtherAnswer(name)
            | Field::FurtherNote(name)
            | Field::FurtherStatus(name)
            | Field::Example(name)
            | Field::Replacement(name)
            | Field::Reserve(name) => name,
            Field::Inspection(name) => name,
            _ => "",
        }
    }

    /// The field that a kind and a name stand for.
    pub(super) fn read(kind: &str, name: String) -> Option<Field> {
        Some(match kind {
            "answer" => Field::Answer(name),
            "note" => Field::Note(name),
            "information" => Field::Information(name),
            "assessor" => Field::Assessor,
            "reference" => Field::Reference,
            "status" => Field::Status,
            "judgement" => Field::Judgement(name),
            "measure" => Field::Measure(name),
            "moderation" => Field::Moderation,
            "inspection" => {
                Field::Inspection(OF_INSPECTION.into_iter().find(|known| *known == name)?)
            }
            "population" => Field::Population(name),
            "draw" => Field::Draw(name),
            "interest" => Field::Interest(name),
            "further-answer" => Field::FurtherAnswer(name),
            "further-note" => Field::FurtherNote(name),
            "further-status" => Field::FurtherStatus(name),
            "exercise" => Field::Exercise,
            "example" => Field::Example(name),
            "replacement" => Field::Replacement(name),
            "reserve" => Field::Reserve(name),
            _ => return None,
        })
    }

    /// Whether it is part of what a submission is about: answers, notes and case information.
    pub(super) fn is_content(&self) -> bool {
        matches!(
            self,
            Field::Answer(_) | Field::Note(_) | Field::Information(_)
        )
    }

    /// Whether it is part of a further assessment: of this one, `second:INSP-02`, where one is named.
    pub(super) fn is_further(&self, of: Option<&str>) -> bool {
        let whose = match self {
            Field::FurtherAnswer(name) | Field::FurtherNote(name) => {
                name.rsplit_once(':').map_or("", |(whose, _)| whose)
            }
            Field::FurtherStatus(name) => name,
            _ => return false,
        };
        of.is_none_or(|of| of == whose)
    }

    /// Whose further assessment it is part of, and the number of the question; empty of its status. `None` for anything else.
    #[must_use]
    pub fn further(&self) -> Option<(Role, &str, &str)> {
        let (whose, number) = match self {
            Field::FurtherAnswer(name) | Field::FurtherNote(name) => name.rsplit_once(':')?,
            Field::FurtherStatus(name) => (name.as_str(), ""),
            _ => return None,
        };
        let (role, assessor) = whose.split_once(':')?;
        Some((Role::parse(role)?, assessor, number))
    }

    /// What stands in it before anybody says anything.
    pub(super) fn blank(&self) -> &'static str {
        match self {
            Field::Answer(_) => "clear",
            _ => "",
        }
    }
}

/// As people type it: `2.1.1`, `note:2.1.1`, `rosh`, `assessor`, `period`, `draw:cs`, `status:second:INSP-02`.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Note(name)
            | Field::Population(name)
            | Field::Draw(name)
            | Field::Interest(name)
            | Field::Example(name)
            | Field::Replacement(name)
            | Field::Reserve(name) => {
                write!(f, "{}:{name}", self.kind())
            }
            Field::FurtherNote(name) => write!(f, "note:{name}"),
            Field::FurtherStatus(name) => write!(f, "status:{name}"),
            _ if self.name().is_empty() => f.write_str(self.kind()),
            _ => f.write_str(self.name()),
        }
    }
}

/// Every field that a change sets, with its value in words. `questions` are those of the case's sample.
pub(super) fn fields_set(change: &Change, questions: Option<&QuestionSet>) -> Vec<(Field, String)> {
    match change {
        Change::AddCase {
            reference,
            assessor,
            joint_assessor,
            information,
            ..
        } => {
            let places = information.iter().enumerate();
            let known = places.filter(|(_, value)| value.is_some());
            let mut set: Vec<(Field, String)> = known
                .filter_map(|(place, value)| information_set(questions, place, value.as_deref()))
                .collect();
            // Given to nobody yet: nothing is said of who assesses it.
            if !assessor.is_empty() {
                set.push((Field::Assessor, pair(assessor, joint_assessor)));
            }
            set.push((Field::Reference, reference.clone()));
            set
        }
        Change::SetInformation { values } => {
            let values = values.iter();
            values
                .filter_map(|(place, value)| information_set(questions, *place, value.as_deref()))
                .collect()
        }
        Change::Assign {
            assessor,
            joint_assessor,
        } => vec![(Field::Assessor, pair(assessor, joint_assessor))],
        Change::SetReference { reference } => vec![(Field::Reference, reference.clone())],
        Change::RecordAnswers { .. }
        | Change::SubmitAnswers { .. }
        | Change::AssessFurther { .. }
        | Change::Resolve { .. }
        | Change::MarkExample { .. } => said_set(change, questions),
        change => figures_set(change),
    }
}

/// The same for what is said about questions. A note that is taken back is no example any more either.
fn said_set(change: &Change, questions: Option<&QuestionSet>) -> Vec<(Field, String)> {
    let number = |place: usize| {
        let question = questions.and_then(|questions| questions.questions.get(place));
        question.map(|question| question.number.clone())
    };
    match change {
        Change::RecordAnswers { patch, notes } | Change::SubmitAnswers { patch, notes } => {
            let answers = patch.iter().filter_map(|(place, said)| {
                Some((Field::Answer(number(place)?), said_words(said).to_owned()))
            });
            let texts = notes.iter().filter_map(|(place, text)| {
                let text = text.clone().unwrap_or_default();
                Some((Field::Note(number(*place)?), text))
            });
            let unmarked = notes.iter().filter(|(_, text)| text.is_none());
            let unmarked = unmarked.filter_map(|(place, _)| {
                Some((Field::Example(number(*place)?), example_words(None)))
            });
            answers.chain(texts).chain(unmarked).collect()
        }
        Change::AssessFurther {
            role,
            assessor,
            patch,
            notes,
            ..
        } => {
            let whose = further_name(*role, assessor);
            let named = |place: usize| Some(format!("{whose}:{}", number(place)?));
            let answers = patch.iter().filter_map(|(place, said)| {
                let said = said_words(said).to_owned();
                Some((Field::FurtherAnswer(named(place)?), said))
            });
            let texts = notes.iter().filter_map(|(place, text)| {
                let text = text.clone().unwrap_or_default();
                Some((Field::FurtherNote(named(*place)?), text))
            });
            answers.chain(texts).collect()
        }
        Change::Resolve { place, answer, .. } => {
            let said = said_words(Said::Answer(*answer)).to_owned();
            let set = number(*place).map(|number| (Field::Answer(number), said));
            set.into_iter().collect()
        }
        Change::MarkExample { place, example } => {
            let set = number(*place).map(|number| {
                let words = example_words(example.as_ref());
                (Field::Example(number), words)
            });
            set.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// `second:INSP-02`. The record does not tell names apart by capitals.
pub(super) fn further_name(role: Role, assessor: &str) -> String {
    format!("{}:{}", role.word(), assessor.to_ascii_uppercase())
}

/// `effective in 2.1`, or `none`.
fn example_words(example: Option<&(Practice, String)>) -> String {
    example.map_or_else(
        || "none".to_owned(),
        |(practice, standard)| format!("{} in {standard}", practice.word()),
    )
}

/// The same for what is recorded of an inspection beside its cases.
fn figures_set(change: &Change) -> Vec<(Field, String)> {
    match change {
        Change::Judge {
            standard, rating, ..
        } => {
            let rating = rating.clone().unwrap_or_else(|| "withdrawn".to_owned());
            vec![(Field::Judgement(standard.clone()), rating)]
        }
        Change::RecordMeasure {
            measure,
            measurement,
        } => {
            let figures = measurement
                .as_ref()
                .map_or_else(|| "taken back".to_owned(), figures_words);
            vec![(Field::Measure(measure.clone()), figures)]
        }
        Change::ProposeModeration { rating, .. } => {
            let rating = rating.clone().unwrap_or_else(|| "withdrawn".to_owned());
            vec![(Field::Moderation, rating)]
        }
        Change::DecideModeration { accepted, .. } => {
            let decision = if *accepted { "accepted" } else { "declined" };
            vec![(Field::Moderation, decision.to_owned())]
        }
        Change::ChangeInspection {
            name,
            provider,
            programme,
            period,
            national,
        } => {
            let national = national.map(|yes| if yes { "yes" } else { "no" }.to_owned());
            let said = [name, provider, programme, period].map(Option::clone);
            let said = OF_INSPECTION
                .into_iter()
                .zip(said.into_iter().chain([national]));
            said.filter_map(|(what, value)| Some((Field::Inspection(what), value?)))
                .collect()
        }
        change => sample_set(change),
    }
}

/// The same for which cases there are to be, and who may assess them. A population or a draw is told apart by the first
/// digits of its hash: others may have the same numbers.
fn sample_set(change: &Change) -> Vec<(Field, String)> {
    let digits = || {
        let hash = sha256(body::encode(change).as_bytes());
        let digits: String = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        digits
    };
    match change {
        Change::ImportPopulation(population) => {
            let (cases, rows) = (population.cases_count(), population.rows_count);
            let value = format!("{}: {cases} of {rows} rows eligible", digits());
            vec![(Field::Population(population.sample.clone()), value)]
        }
        Change::DrawSample(drawn) => {
            let (selected, reserves) = (drawn.selected.len(), drawn.reserves.len());
            let value = format!(
                "{}: {selected} of {} cases and {reserves} in reserve, seed {}",
                digits(),
                drawn.population,
                drawn.seed
            );
            vec![(Field::Draw(drawn.sample.clone()), value)]
        }
        Change::UndoDraw { sample } => {
            vec![(Field::Draw(sample.clone()), "taken back".to_owned())]
        }
        Change::CallUpReserve {
            reference,
            replaces,
            ..
        } => {
            let reserve = Field::Reserve(reference.to_ascii_uppercase());
            if replaces.is_empty() {
                return vec![(reserve, "waiting".to_owned())];
            }
            let replacement = Field::Replacement(replaces.to_ascii_uppercase());
            vec![
                (replacement, reference.clone()),
                (reserve, replaces.clone()),
            ]
        }
        Change::MarkExercise { exercise } => {
            vec![(
                Field::Exercise,
                if *exercise { "yes" } else { "no" }.to_owned(),
            )]
        }
        Change::DeclareInterest {
            assessor,
            officer,
            holds,
            ..
        } => {
            // The record tells neither of them apart by capitals.
            let name = match officer.as_str() {
                "" => assessor.to_ascii_uppercase(),
                officer => format!("{assessor}:{officer}").to_ascii_uppercase(),
            };
            let value = if *holds { "declared" } else { "taken back" };
            vec![(Field::Interest(name), value.to_owned())]
        }
        _ => Vec::new(),
    }
}

fn information_set(
    questions: Option<&QuestionSet>,
    place: usize,
    value: Option<&str>,
) -> Option<(Field, String)> {
    let attribute = questions?.attributes.get(place)?;
    let field = Field::Information(attribute.id.clone());
    Some((field, value.unwrap_or_default().to_owned()))
}

fn pair(assessor: &str, joint_assessor: &str) -> String {
    if joint_assessor.is_empty() {
        assessor.to_owned()
    } else {
        format!("{assessor} with {joint_assessor}")
    }
}

fn said_words(said: Said) -> &'static str {
    match said {
        Said::Answer(Answer::Yes) => "yes",
        Said::Answer(Answer::No) => "no",
        Said::Answer(Answer::NotApplicable) => "not applicable",
        Said::Cleared => "clear",
    }
}

/// `71.2 [p]; 120 observations; target 70.0`, exactly as recorded; `[x]` for a value that is not available.
fn figures_words(measurement: &Measurement) -> String {
    let value = measurement.value;
    let mut words = value.map_or_else(|| "[x]".to_owned(), |value| value.to_string());
    let marks = [
        (measurement.provisional, " [p]"),
        (measurement.revised, " [r]"),
        (measurement.unreliable, " [z]"),
    ];
    for (_, mark) in marks.iter().filter(|(stands, _)| *stands) {
        words.push_str(mark);
    }
    if let Some(count) = measurement.observations {
        words.push_str(&format!("; {count} observations"));
    }
    let beside = [
        ("target", measurement.target),
        ("national", measurement.national),
        ("previous", measurement.previous),
    ];
    for (name, figure) in beside {
        if let Some(figure) = figure {
            words.push_str(&format!("; {name} {figure}"));
        }
    }
    words
}
