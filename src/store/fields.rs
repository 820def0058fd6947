//! What can be in conflict: one thing about a case or an inspection that can be set.
//!
//! Must not know what sets it (`field_values`), who saw what (`weigh`), nor the database.

use std::fmt;

use crate::model::Role;

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
pub(super) const OF_INSPECTION: [&str; 5] = ["name", "provider", "programme", "period", "national"];

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

/// Whether what a framework calls a measure or a piece of case information is what another field is called.
fn is_taken(name: &str) -> bool {
    let words = ["status", "exercise", "moderation"];
    let mut words = words.into_iter().chain(OF_INSPECTION);
    let is_number = |name: &str| {
        name.bytes()
            .all(|byte| byte == b'.' || byte.is_ascii_digit())
    };
    words.any(|word| word.eq_ignore_ascii_case(name)) || is_number(name)
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
            Field::Information(name) | Field::Measure(name) if is_taken(name) => {
                write!(f, "{}:{name}", self.kind())
            }
            Field::FurtherNote(name) => write!(f, "note:{name}"),
            Field::FurtherStatus(name) => write!(f, "status:{name}"),
            _ if self.name().is_empty() => f.write_str(self.kind()),
            _ => f.write_str(self.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_fields_are_called_the_same_whatever_a_framework_calls_its_own() {
        let named = |field: Field| field.to_string();
        assert_eq!(named(Field::Status), "status");
        assert_eq!(named(Field::Information("rosh".into())), "rosh");
        assert_eq!(named(Field::Measure("SL001".into())), "SL001");
        for word in ["status", "exercise"] {
            let field = Field::Information(word.into());
            assert_eq!(named(field), format!("information:{word}"));
        }
        for word in ["Status", "moderation", "Name", "national", "1.1"] {
            let field = Field::Measure(word.into());
            assert_eq!(named(field), format!("measure:{word}"));
        }
    }
}
