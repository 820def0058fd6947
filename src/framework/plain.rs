//! How the plain values of `model`, which knows nothing of serde, are written in the form of a framework: field for field.
//!
//! Must not know what the form is for (`reading`), nor what the values mean.

use serde::{Deserialize, Serialize};

use crate::model::{Answer, Attribute, AttributeKind, Condition, Question, QuestionSet};

#[derive(Serialize, Deserialize)]
#[serde(remote = "QuestionSet")]
pub(super) struct QuestionSetForm {
    sample: String,
    #[serde(with = "attributes")]
    attributes: Vec<Attribute>,
    #[serde(with = "questions")]
    questions: Vec<Question>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Attribute")]
struct AttributeForm {
    id: String,
    #[serde(with = "AttributeKindForm")]
    kind: AttributeKind,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "AttributeKind")]
enum AttributeKindForm {
    Choice(Vec<String>),
    Code,
    Number,
    Date,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Question")]
struct QuestionForm {
    number: String,
    key_question: Option<usize>,
    is_prompt: bool,
    #[serde(with = "optional_condition")]
    applies_when: Option<Condition>,
    allows_not_applicable: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Condition")]
pub(super) enum ConditionForm {
    Information {
        attribute: usize,
        among: Vec<String>,
    },
    Answered {
        question: usize,
        #[serde(with = "answers")]
        among: Vec<Answer>,
    },
    All(#[serde(with = "conditions")] Vec<Condition>),
    Any(#[serde(with = "conditions")] Vec<Condition>),
    Not(#[serde(with = "boxed_condition")] Box<Condition>),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Answer")]
enum AnswerForm {
    Yes,
    No,
    NotApplicable,
}

/// A list of such values: a module to be named by `#[serde(with = …)]`.
macro_rules! list {
    ($list:ident, $value:ty, $form:literal) => {
        pub(super) mod $list {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};

            /// One that is written.
            #[derive(Serialize)]
            pub(super) struct Written<'v>(#[serde(with = $form)] pub(super) &'v $value);

            /// One that is read.
            #[derive(Deserialize)]
            pub(super) struct Read(#[serde(with = $form)] pub(super) $value);

            pub(in super::super) fn serialize<S: Serializer>(
                values: &[$value],
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(values.iter().map(Written))
            }

            pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Vec<$value>, D::Error> {
                let values = Vec::<Read>::deserialize(deserializer)?;
                Ok(values.into_iter().map(|Read(value)| value).collect())
            }
        }
    };
}

list!(attributes, crate::model::Attribute, "super::AttributeForm");
list!(questions, crate::model::Question, "super::QuestionForm");
list!(conditions, crate::model::Condition, "super::ConditionForm");
list!(answers, crate::model::Answer, "super::AnswerForm");

mod optional_condition {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::conditions::{Read, Written};
    use crate::model::Condition;

    pub(super) fn serialize<S: Serializer>(
        condition: &Option<Condition>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        condition.as_ref().map(Written).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Condition>, D::Error> {
        let condition = Option::<Read>::deserialize(deserializer)?;
        Ok(condition.map(|Read(condition)| condition))
    }
}

mod boxed_condition {
    use serde::{Deserializer, Serializer};

    use super::ConditionForm;
    use crate::model::Condition;

    pub(super) fn serialize<S: Serializer>(
        condition: &Condition,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        ConditionForm::serialize(condition, serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Box<Condition>, D::Error> {
        ConditionForm::deserialize(deserializer).map(Box::new)
    }
}
