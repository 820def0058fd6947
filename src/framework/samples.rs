//! Reads the samples of a framework file and their case information. Must not know questions (`standards`).

use super::collect::Collector;
use super::draws::check_draw;
use super::ids::{Form, Ids, report_bad};
use super::raw::{Table, Value};
use super::rules::choose;
use super::{Information, Sample};
use crate::model::{Attribute, AttributeKind, Code, QuestionSet};

/// Words of conditions and columns of case files: case information of such a name could not be told from them.
const TAKEN: [&str; 7] = [
    "all",
    "any",
    "not",
    "reference",
    "sample",
    "assessor",
    "joint_assessor",
];

/// Reads every `[[sample]]`, as yet without questions.
pub(super) fn check_samples(root: Table<'_>, problems: &mut Collector<'_>) -> Vec<Sample> {
    let mut ids = Ids::default();
    let tables = root.tables("sample", "[[sample]]", problems);
    let samples = tables
        .into_iter()
        .map(|table| check_sample(table, &mut ids, problems));
    samples.collect()
}

fn check_sample(table: Table<'_>, ids: &mut Ids, problems: &mut Collector<'_>) -> Sample {
    table.check_keys(&["id", "title", "unit", "information", "draw"], problems);
    let id = table.text("id", problems);
    if let Some(id) = id {
        ids.take(id, Form::Dashed, "sample", problems);
    }
    let id = id.map_or_else(String::new, |id| id.text.to_owned());
    let mut sample = Sample {
        title: table
            .optional_prose("title", problems)
            .unwrap_or_else(|| id.clone()),
        unit: table
            .optional_prose("unit", problems)
            .unwrap_or_else(|| "case".to_owned()),
        information: Vec::new(),
        questions: QuestionSet {
            sample: id.clone(),
            attributes: Vec::new(),
            questions: Vec::new(),
        },
        wordings: Vec::new(),
        draw: None,
        id,
    };
    let mut ids = Ids::default();
    for table in table.tables("information", "[[sample.information]]", problems) {
        let (attribute, information) = check_information(table, &mut ids, problems);
        sample.questions.attributes.push(attribute);
        sample.information.push(information);
    }
    sample.draw = check_draw(table, &sample, problems);
    sample
}

fn check_information(
    table: Table<'_>,
    ids: &mut Ids,
    problems: &mut Collector<'_>,
) -> (Attribute, Information) {
    table.check_keys(&["id", "title", "choices", "kind"], problems);
    let id = table.text("id", problems);
    if let Some(id) = id {
        ids.take(id, Form::Underscored, "piece of case information", problems);
        if TAKEN.contains(&id.text) {
            let remedy = "take another id: conditions or case files use this word";
            report_bad(id, "piece of case information", remedy, problems);
        }
    }
    let id = id.map_or_else(String::new, |id| id.text.to_owned());
    let title = table.optional_prose("title", problems);
    let (kind, choice_titles) = check_kind(table, problems);
    let information = Information {
        title: title.unwrap_or_else(|| id.clone()),
        choice_titles,
    };
    (Attribute { id, kind }, information)
}

/// What the values may be, and the titles of the choices.
fn check_kind(table: Table<'_>, problems: &mut Collector<'_>) -> (AttributeKind, Vec<String>) {
    let kind = table.get("kind");
    if let Some(choices) = table.get("choices") {
        if let Some(kind) = kind {
            let what = "case information has either choices or a kind";
            problems.add(Code::WrongValue, kind.span, what, "leave one of them out");
        }
        let (ids, titles) = check_choices(choices, problems);
        return (AttributeKind::Choice(ids), titles);
    }
    let names = [
        ("code", AttributeKind::Code),
        ("number", AttributeKind::Number),
        ("date", AttributeKind::Date),
    ];
    let kind = kind.and_then(|value| choose(value, Code::WrongValue, &names, problems));
    (kind.unwrap_or(AttributeKind::Code), Vec::new())
}

/// Ids and titles of the choices.
fn check_choices(choices: Value<'_>, problems: &mut Collector<'_>) -> (Vec<String>, Vec<String>) {
    let items = choices.list("a list of ids", problems);
    if choices.is_empty_list() {
        let remedy = "list at least one id, or leave choices out";
        problems.add(Code::WrongValue, choices.span, "there is no choice", remedy);
    }
    let mut ids = Ids::default();
    let choices = items.unwrap_or_default().into_iter();
    choices
        .filter_map(|item| check_choice(item, &mut ids, problems))
        .unzip()
}

/// Id and title of one choice: a table, or the plain id.
fn check_choice(
    item: Value<'_>,
    ids: &mut Ids,
    problems: &mut Collector<'_>,
) -> Option<(String, String)> {
    let (id, title) = match item.as_table("a choice") {
        Some(table) => {
            table.check_keys(&["id", "title"], problems);
            let title = table.optional_prose("title", problems);
            (table.text("id", problems)?, title)
        }
        None => (item.text(problems)?, None),
    };
    ids.take(id, Form::Dashed, "choice", problems);
    let title = title.unwrap_or_else(|| title_of(id.text));
    Some((id.text.to_owned(), title))
}

/// `very-high` is `Very high`.
pub(super) fn title_of(id: &str) -> String {
    let mut title = id.replace('-', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_choice_gets_its_title_from_its_id() {
        assert_eq!(title_of("very-high"), "Very high");
        assert_eq!(title_of("18-20"), "18 20");
        assert_eq!(title_of(""), "");
        assert_eq!(title_of("é"), "é");
    }
}
