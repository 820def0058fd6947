//! The built-in framework read a second time, and every figure worked out the slow way: what the program must agree with.
//!
//! Must not use any code of the program: it reads the TOML itself, keeps answers as words and counts case by case.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use toml::Table;

/// A question as it stands on the sheet of its sample.
pub(crate) struct Question {
    pub(crate) number: String,
    pub(crate) sample: String,
    /// For a prompt, the number of its key question.
    pub(crate) key: Option<String>,
    /// All of these must hold.
    conditions: Vec<Table>,
}

/// A piece of case information: its choices, or its kind without.
pub(crate) struct Information {
    pub(crate) id: String,
    pub(crate) choices: Vec<String>,
    pub(crate) kind: String,
}

/// The framework.
pub(crate) struct Framework {
    pub(crate) samples: Vec<(String, Vec<Information>)>,
    pub(crate) questions: Vec<Question>,
    standards: Vec<Standard>,
}

struct Standard {
    number: String,
    title: String,
    judged: bool,
    key_questions: Vec<String>,
}

/// A case with what is known of it and what was answered.
#[derive(Clone, Default)]
pub(crate) struct Case {
    pub(crate) reference: String,
    pub(crate) sample: String,
    pub(crate) information: BTreeMap<String, String>,
    /// Answer and note of each question that is answered.
    pub(crate) answers: BTreeMap<String, (String, String)>,
}

impl Framework {
    /// The built-in edition, from the file that is embedded in the program.
    pub(crate) fn built_in() -> Framework {
        let text = include_str!("../../src/framework/builtin/hmip-nps-2018.toml");
        let file: Table = text.parse().unwrap();
        let mut framework = Framework {
            samples: tables(&file, "sample").map(read_sample).collect(),
            questions: vec![],
            standards: vec![],
        };
        for standard in tables(&file, "standard") {
            let mut key_questions = vec![];
            for key in tables(standard, "question") {
                let number = text_of(key, "number");
                let sample = text_of(key, "sample");
                let condition = condition(key);
                for prompt in tables(key, "prompt") {
                    let own = text_of(prompt, "sample");
                    framework.questions.push(Question {
                        number: format!("{number}{}", text_of(prompt, "letter")),
                        sample: if own.is_empty() { sample.clone() } else { own },
                        key: Some(number.clone()),
                        conditions: condition
                            .clone()
                            .into_iter()
                            .chain(self::condition(prompt))
                            .collect(),
                    });
                }
                if !sample.is_empty() {
                    key_questions.push(number.clone());
                    framework.questions.push(Question {
                        number,
                        sample,
                        key: None,
                        conditions: condition.into_iter().collect(),
                    });
                }
            }
            framework.standards.push(Standard {
                number: text_of(standard, "number"),
                title: text_of(standard, "title"),
                judged: text_of(standard, "rule") == "judged",
                key_questions,
            });
        }
        // Key questions stand before their prompts; conditions look at earlier prompts only, so any order of answering does.
        framework
            .questions
            .sort_by(|one, other| one.number.cmp(&other.number));
        framework
    }

    /// The questions of a sample.
    pub(crate) fn questions_of<'f>(&'f self, sample: &str) -> impl Iterator<Item = &'f Question> {
        let sample = sample.to_owned();
        self.questions
            .iter()
            .filter(move |question| question.sample == sample)
    }

    /// The numbers of the judged standards.
    pub(crate) fn judged_standards(&self) -> Vec<String> {
        let judged = self.standards.iter().filter(|standard| standard.judged);
        judged.map(|standard| standard.number.clone()).collect()
    }

    /// `yes`, `no`, `na`, `not asked` or `unanswered`.
    pub(crate) fn state(&self, case: &Case, question: &Question) -> String {
        let parts = question
            .conditions
            .iter()
            .map(|condition| holds(condition, case));
        if parts.fold(Some(true), and) == Some(false) {
            return "not asked".to_owned();
        }
        let answer = case.answers.get(&question.number);
        answer.map_or("unanswered".to_owned(), |(answer, _)| answer.clone())
    }

    /// Whether a key question is answered yes although prompts that apply all say no.
    pub(crate) fn wants_note(&self, case: &Case, key: &Question) -> bool {
        let prompts: Vec<String> = self
            .questions_of(&case.sample)
            .filter(|question| question.key.as_ref() == Some(&key.number))
            .map(|question| self.state(case, question))
            .collect();
        let is = |word: &str| prompts.iter().any(|state| state == word);
        self.state(case, key) == "yes" && is("no") && !is("yes") && !is("unanswered")
    }

    /// Whether the assessment can be submitted.
    pub(crate) fn is_complete(&self, case: &Case) -> bool {
        let keys = || {
            self.questions_of(&case.sample)
                .filter(|question| question.key.is_none())
        };
        let has_note = |key: &Question| {
            let noted = case.answers.get(&key.number);
            noted.is_some_and(|(_, note)| !note.is_empty())
        };
        !case.answers.is_empty()
            && keys().all(|key| self.state(case, key) != "unanswered")
            && keys().all(|key| has_note(key) || !self.wants_note(case, key))
    }

    /// The ratings of these cases, in the shape of `rate --format json` without its sentences.
    pub(crate) fn rate(&self, cases: &[Case], judged: &BTreeMap<String, usize>) -> Value {
        let (mut points, mut rated) = (0, 0);
        let mut standards = vec![];
        for standard in &self.standards {
            let questions: Vec<Figures> = standard
                .key_questions
                .iter()
                .map(|number| self.count(cases, number))
                .collect();
            let rating = if standard.judged {
                judged.get(&standard.number).copied()
            } else {
                questions.iter().filter_map(Figures::rating).min()
            };
            if let Some(rating) = rating {
                points += rating;
                rated += 1;
            }
            standards.push(json!({
                "number": standard.number,
                "title": standard.title,
                "rating": rating.map(title),
                "judged": standard.judged,
                "moved_from": null,
                "discretion": discretion(&questions),
                "questions": questions.iter().map(Figures::json).collect::<Vec<_>>(),
            }));
        }
        let overall = (rated > 0).then(|| title(overall(points, rated)));
        json!({
            "overall": { "rating": overall, "points": points, "max_points": 3 * rated },
            "standards": standards,
        })
    }

    fn count(&self, cases: &[Case], number: &str) -> Figures {
        let question = self
            .questions
            .iter()
            .find(|question| question.number == number)
            .unwrap();
        let mut figures = Figures {
            number: number.to_owned(),
            ..Figures::default()
        };
        for case in cases.iter().filter(|case| case.sample == question.sample) {
            figures.cases += 1;
            match self.state(case, question).as_str() {
                "yes" => figures.yes += 1,
                "no" => figures.no += 1,
                "na" => figures.not_applicable += 1,
                "not asked" => figures.not_asked += 1,
                _ => figures.unanswered += 1,
            }
        }
        figures
    }
}

#[derive(Default, Clone)]
struct Figures {
    number: String,
    yes: u64,
    no: u64,
    not_applicable: u64,
    not_asked: u64,
    unanswered: u64,
    cases: u64,
}

impl Figures {
    /// The largest whole percent whose lower half-percent the share reaches: half rounds up.
    fn percent(&self) -> Option<u64> {
        let whole = self.yes + self.no;
        let reached = |percent: &u64| (2 * percent).saturating_sub(1) * whole <= 200 * self.yes;
        (0..=100).rev().find(reached).filter(|_| whole > 0)
    }

    fn rating(&self) -> Option<usize> {
        Some(match self.percent()? {
            0..50 => 0,
            50..65 => 1,
            65..80 => 2,
            _ => 3,
        })
    }

    fn json(&self) -> Value {
        json!({
            "number": self.number,
            "yes": self.yes,
            "no": self.no,
            "not_applicable": self.not_applicable,
            "not_asked": self.not_asked,
            "unanswered": self.unanswered,
            "percent": self.percent(),
            "rating": self.rating().map(title),
            "cases": self.cases,
        })
    }
}

fn title(rating: usize) -> &'static str {
    ["Inadequate", "Requires improvement", "Good", "Outstanding"][rating]
}

/// A tie between two ratings falls to the lower.
pub(crate) fn overall(points: usize, standards: usize) -> usize {
    [1, 3, 5]
        .iter()
        .filter(|edge| 2 * points > *edge * standards)
        .count()
}

/// Why a panel may consider another rating: near a boundary, one case away, few cases.
fn discretion(questions: &[Figures]) -> Vec<String> {
    let lowest = |questions: &[Figures]| questions.iter().filter_map(Figures::rating).min();
    let percents = questions
        .iter()
        .filter(|question| question.rating() == lowest(questions));
    let Some(deciding) = percents
        .filter(|question| question.percent().is_some())
        .min_by_key(|question| question.percent())
    else {
        return vec![];
    };
    let percent = deciding.percent().unwrap();
    let mut flags = vec![];
    for (upper, edge) in [(1, 50), (2, 65), (3, 80)] {
        if percent.abs_diff(edge) <= 5 {
            let beyond = if percent >= edge { upper - 1 } else { upper };
            flags.push(format!("within 5 points of {}", title(beyond)));
        }
    }
    let mut others = vec![];
    for place in 0..questions.len() {
        let mut changed = questions.to_vec();
        if questions[place].yes > 0 {
            (changed[place].yes, changed[place].no) =
                (questions[place].yes - 1, questions[place].no + 1);
            others.extend(lowest(&changed));
        }
        if questions[place].no > 0 {
            (changed[place].yes, changed[place].no) =
                (questions[place].yes + 1, questions[place].no - 1);
            others.extend(lowest(&changed));
        }
    }
    others.retain(|other| Some(*other) != lowest(questions));
    others.sort_unstable();
    others.dedup();
    for other in others {
        flags.push(format!(
            "one case judged differently would change the rating to {}",
            title(other)
        ));
    }
    match deciding.yes + deciding.no {
        1 => flags.push("only 1 applicable case (5 or fewer)".to_owned()),
        count @ 2..=5 => flags.push(format!("only {count} applicable cases (5 or fewer)")),
        _ => {}
    }
    flags
}

/// The ratings of the program without inspection, provider, framework, and the sentences that say why.
pub(crate) fn without_sentences(mut rated: Value) -> Value {
    let top = rated.as_object_mut().unwrap();
    for key in ["inspection", "provider", "framework", "notes"] {
        top.remove(key);
    }
    top["overall"].as_object_mut().unwrap().remove("reason");
    for standard in top["standards"].as_array_mut().unwrap() {
        standard.as_object_mut().unwrap().remove("reason");
    }
    rated
}

fn and(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// `None` where it hangs on case information that is not recorded.
fn holds(condition: &Table, case: &Case) -> Option<bool> {
    let parts = condition.iter().map(|(key, value)| match key.as_str() {
        "any" => {
            let none = value
                .as_array()
                .unwrap()
                .iter()
                .map(|part| not(holds(part.as_table().unwrap(), case)));
            not(none.fold(Some(true), and))
        }
        "all" => {
            let all = value
                .as_array()
                .unwrap()
                .iter()
                .map(|part| holds(part.as_table().unwrap(), case));
            all.fold(Some(true), and)
        }
        "not" => not(holds(value.as_table().unwrap(), case)),
        key if key.starts_with(|first: char| first.is_ascii_digit()) => Some(
            case.answers
                .get(key)
                .is_some_and(|(answer, _)| is_among(value, answer)),
        ),
        key => case
            .information
            .get(key)
            .map(|known| is_among(value, known)),
    });
    parts.fold(Some(true), and)
}

fn not(held: Option<bool>) -> Option<bool> {
    held.map(|held| !held)
}

fn is_among(value: &toml::Value, known: &str) -> bool {
    match value {
        toml::Value::Array(several) => several.iter().any(|value| value.as_str() == Some(known)),
        value => value.as_str() == Some(known),
    }
}

fn tables<'t>(table: &'t Table, key: &str) -> impl Iterator<Item = &'t Table> {
    let list = table.get(key).and_then(toml::Value::as_array);
    list.into_iter()
        .flatten()
        .map(|value| value.as_table().unwrap())
}

fn text_of(table: &Table, key: &str) -> String {
    table
        .get(key)
        .and_then(toml::Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn condition(question: &Table) -> Option<Table> {
    question
        .get("applies_when")
        .and_then(toml::Value::as_table)
        .cloned()
}

fn read_sample(sample: &Table) -> (String, Vec<Information>) {
    let information = tables(sample, "information").map(|information| {
        let choices = information.get("choices").and_then(toml::Value::as_array);
        let id = |choice: &toml::Value| match choice {
            toml::Value::Table(choice) => text_of(choice, "id"),
            choice => choice.as_str().unwrap().to_owned(),
        };
        Information {
            id: text_of(information, "id"),
            choices: choices.into_iter().flatten().map(id).collect(),
            kind: text_of(information, "kind"),
        }
    });
    (text_of(sample, "id"), information.collect())
}
