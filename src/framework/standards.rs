//! Reads the standards of a framework file and lays out the answer sheet of each sample.
//!
//! Must not know how standards are rated (`rating`), or what their rules need (`needs`).

use std::collections::HashMap;

use super::collect::{Collector, Span};
use super::condition::check_answer;
use super::ids::{Form, Ids, report_bad};
use super::measures::{check_listed, places_by_id};
use super::origins::StandardOrigin;
use super::phrases::check_told;
use super::raw::{Table, Written};
use super::rules::choose;
use super::sheets::{OnSheet, Sheets};
use super::weights::check_weight;
use super::{Domain, KeyQuestion, Measure, Rule, Sample, Standard, Wording};
use crate::model::{Code, Question, nearest};

/// Reads the standards and fills the samples' question sets.
pub(super) struct Standards<'t, 'p> {
    domains: &'p [Domain],
    measures: &'p [Measure],
    measure_places: HashMap<String, usize>,
    sheets: Sheets<'t, 'p>,
    problems: &'p mut Collector<'t>,
    numbers: Ids,
    question_numbers: Ids,
}

/// Of which cases a question is asked.
#[derive(Clone, Copy)]
enum Asked {
    /// The sample at this place.
    Of(usize),
    /// A sample that does not exist, which has been reported.
    Unknown,
    /// The file names none.
    OfNobody,
}

/// A key question as its prompts see it.
#[derive(Clone, Copy)]
struct Key<'t> {
    number: Option<Written<'t>>,
    asked: Asked,
    on_sheet: Option<OnSheet>,
}

impl<'t, 'p> Standards<'t, 'p> {
    /// A reader for the standards of a file whose domains, measures and samples have been read.
    pub(super) fn new(
        domains: &'p [Domain],
        measures: &'p [Measure],
        samples: &'p mut [Sample],
        problems: &'p mut Collector<'t>,
    ) -> Standards<'t, 'p> {
        Standards {
            domains,
            measures,
            measure_places: places_by_id(measures),
            sheets: Sheets::of(samples),
            problems,
            numbers: Ids::default(),
            question_numbers: Ids::default(),
        }
    }

    /// Reads every `[[standard]]`, as yet without the standards that it sums up, and where each is written.
    pub(super) fn check(&mut self, root: Table<'t>) -> (Vec<Standard>, Vec<StandardOrigin<'t>>) {
        let value = root.get("standard");
        if value.is_none_or(|value| value.is_empty_list()) {
            root.report_missing("[[standard]]", "at least one [[standard]]", self.problems);
        }
        let tables = root.tables("standard", "[[standard]]", self.problems);
        let standards = tables
            .into_iter()
            .map(|table| self.check_standard(table))
            .unzip();
        self.sheets.compile_conditions(self.problems);
        standards
    }

    fn check_standard(&mut self, table: Table<'t>) -> (Standard, StandardOrigin<'t>) {
        const KEYS: [&str; 10] = [
            "number",
            "domain",
            "title",
            "statement",
            "rule",
            "counted",
            "weight",
            "measures",
            "sums_up",
            "question",
        ];
        table.check_keys(&KEYS, self.problems);
        let number = table.text("number", self.problems);
        if let Some(number) = number {
            self.numbers
                .take(number, Form::Number, "standard", self.problems);
        }
        let rule = self.check_rule(table);
        let (weight, weight_at) = check_weight(table, self.problems);
        let questions = table.tables("question", "[[standard.question]]", self.problems);
        let (key_questions, question_weights) = questions
            .into_iter()
            .map(|table| self.check_key_question(table, number, rule))
            .unzip();
        let listed = table.get("measures");
        let (measures, all_known) =
            check_listed(listed, self.measures, &self.measure_places, self.problems);
        let sums_up = table.get("sums_up");
        let origin = StandardOrigin {
            rule: table.get("rule").map_or(table.span, |value| value.span),
            weight: weight_at,
            question_weights,
            sums_up: sums_up.map_or_else(Vec::new, |value| value.texts(self.problems)),
            is_wrong: rule.is_none() || !all_known,
        };
        let standard = Standard {
            number: number.map_or_else(String::new, |number| number.text.to_owned()),
            domain: self.check_domain(table),
            title: table.prose("title", self.problems),
            statement: table
                .optional_prose("statement", self.problems)
                .unwrap_or_default(),
            rule: rule.unwrap_or(Rule::None),
            counted: table.flag("counted", true, self.problems),
            weight,
            key_questions,
            measures,
            sums_up: Vec::new(),
        };
        (standard, origin)
    }

    fn check_rule(&mut self, table: Table<'t>) -> Option<Rule> {
        let Some(value) = table.get("rule") else {
            let example = "rule = \"lowest-key-question\" or rule = \"judged\"";
            table.report_missing("rule", example, self.problems);
            return None;
        };
        let mut names = vec![Rule::LOWEST_KEY_QUESTION];
        names.extend(Rule::NAMES);
        choose(value, Code::UnknownRule, &names, self.problems)
    }

    fn check_domain(&mut self, table: Table<'t>) -> String {
        let domain = table
            .get("domain")
            .and_then(|value| value.text(self.problems));
        let Some(domain) = domain else {
            return String::new();
        };
        let mut known = self.domains.iter().map(|domain| domain.number.as_str());
        if !self.domains.is_empty() && known.all(|number| number != domain.text) {
            let what = format!("there is no domain {:?}", domain.text);
            let known = self.domains.iter().map(|domain| domain.number.as_str());
            let remedy = nearest(domain.text, known);
            self.problems
                .add(Code::UnknownDomain, domain.span, what, remedy);
        }
        domain.text.to_owned()
    }

    fn check_key_question(
        &mut self,
        table: Table<'t>,
        standard: Option<Written<'t>>,
        rule: Option<Rule>,
    ) -> (KeyQuestion, Option<Span>) {
        const KEYS: [&str; 11] = [
            "number",
            "weight",
            "sample",
            "text",
            "guidance",
            "applies_when",
            "not_applicable",
            "note_on",
            "subsample",
            "prompt",
            "told",
        ];
        table.check_keys(&KEYS, self.problems);
        let number = self.check_number(table, standard);
        let asked = self.check_sample(table);
        if matches!(asked, Asked::OfNobody) {
            if rule.is_some_and(Rule::combines_ratings) {
                table.report_missing(
                    "sample",
                    "the sample that is asked: sample = \"…\"",
                    self.problems,
                );
            } else if let Some(value) = table.get("applies_when") {
                let what = "a question that is asked of no case cannot have a condition";
                let remedy = "name its sample, or leave applies_when out";
                self.problems
                    .add(Code::WrongValue, value.span, what, remedy);
            }
        }
        let text = table.prose("text", self.problems);
        let number_text = number.map_or_else(String::new, |number| number.text.to_owned());
        let on_sheet = self.lay_out(table, asked, number_text.clone(), &text, None);
        let key = Key {
            number,
            asked,
            on_sheet,
        };
        let subsample = table.optional_prose("subsample", self.problems);
        let mut letters = Ids::default();
        let prompts = table.tables("prompt", "[[standard.question.prompt]]", self.problems);
        let prompts = prompts.into_iter();
        let (weight, weight_at) = check_weight(table, self.problems);
        let question = KeyQuestion {
            number: number_text,
            text,
            asked_of: on_sheet.map(|on_sheet| (on_sheet.sample, on_sheet.place)),
            weight,
            subsample: subsample.unwrap_or_default(),
            told: check_told(table, self.problems),
            prompts: prompts
                .filter_map(|table| self.check_prompt(table, key, &mut letters))
                .collect(),
        };
        (question, weight_at)
    }

    /// The number of a key question, which continues its standard's.
    fn check_number(
        &mut self,
        table: Table<'t>,
        standard: Option<Written<'t>>,
    ) -> Option<Written<'t>> {
        let number = table.text("number", self.problems)?;
        let continues = standard.is_none_or(|standard| {
            let rest = number.text.strip_prefix(standard.text);
            rest.is_some_and(|rest| rest.starts_with('.'))
        });
        if let (false, Some(standard)) = (continues, standard) {
            let kind = format!("key question of standard {}", standard.text);
            let remedy = format!("write {}.1, {0}.2 and so on", standard.text);
            report_bad(number, &kind, &remedy, self.problems);
            self.question_numbers
                .take_once(number, "key question", self.problems);
        } else {
            self.question_numbers
                .take(number, Form::Number, "key question", self.problems);
        }
        Some(number)
    }

    fn check_sample(&mut self, table: Table<'t>) -> Asked {
        let Some(value) = table.get("sample") else {
            return Asked::OfNobody;
        };
        let Some(id) = value.text(self.problems) else {
            return Asked::Unknown;
        };
        let place = self
            .sheets
            .samples
            .iter()
            .position(|sample| sample.id == id.text);
        if place.is_none() {
            let what = format!("there is no sample {:?}", id.text);
            let remedy = nearest(
                id.text,
                self.sheets.samples.iter().map(|sample| &*sample.id),
            );
            self.problems
                .add(Code::UnknownSample, id.span, what, remedy);
        }
        place.map_or(Asked::Unknown, Asked::Of)
    }

    fn check_prompt(
        &mut self,
        table: Table<'t>,
        key: Key<'t>,
        letters: &mut Ids,
    ) -> Option<(usize, usize)> {
        const KEYS: [&str; 7] = [
            "letter",
            "sample",
            "text",
            "guidance",
            "applies_when",
            "not_applicable",
            "note_on",
        ];
        table.check_keys(&KEYS, self.problems);
        let letter = table.text("letter", self.problems);
        if let Some(letter) = letter {
            let is_letter =
                letter.text.len() == 1 && letter.text.bytes().all(|b| b.is_ascii_lowercase());
            if !is_letter {
                let remedy = "use one lower-case letter, such as a";
                report_bad(letter, "prompt's letter", remedy, self.problems);
            }
            letters.take_once(letter, "prompt", self.problems);
        }
        let text = table.prose("text", self.problems);
        let asked = match (self.check_sample(table), key.asked) {
            (Asked::OfNobody, asked) => asked,
            (own, _) => own,
        };
        if matches!(asked, Asked::OfNobody) {
            let example = "the sample that is asked: sample = \"…\"";
            table.report_missing("sample", example, self.problems);
        }
        let number = key.number.zip(letter);
        let number = number.map(|(key, letter)| format!("{}{}", key.text, letter.text));
        let number = number.unwrap_or_default();
        let on_sheet = self.lay_out(table, asked, number, &text, Some(key))?;
        Some((on_sheet.sample, on_sheet.place))
    }

    /// Reads what key questions and prompts have in common, and puts the question on its sheet.
    fn lay_out(
        &mut self,
        table: Table<'t>,
        asked: Asked,
        number: String,
        text: &str,
        prompt_of: Option<Key<'t>>,
    ) -> Option<OnSheet> {
        let allows_not_applicable = table.flag("not_applicable", true, self.problems);
        let wording = self.check_wording(table, text);
        let condition = table.get("applies_when");
        let condition = condition.and_then(|value| value.table("applies_when", self.problems));
        let sample = asked.place()?;
        let key = prompt_of.and_then(|key| key.on_sheet);
        let key = key.filter(|key| key.sample == sample);
        let question = Question {
            number,
            key_question: key.map(|key| key.place),
            is_prompt: prompt_of.is_some(),
            applies_when: None,
            allows_not_applicable,
        };
        self.sheets
            .lay_out(sample, question, wording, condition, key)
    }

    fn check_wording(&mut self, table: Table<'t>, text: &str) -> Wording {
        let guidance = table.optional_prose("guidance", self.problems);
        let note_on = table.get("note_on");
        let note_on = note_on.and_then(|value| value.list("a list of answers", self.problems));
        let note_on = note_on.unwrap_or_default().into_iter();
        Wording {
            text: text.to_owned(),
            guidance: guidance.unwrap_or_default(),
            note_on: note_on
                .filter_map(|value| check_answer(value.text(self.problems)?, self.problems))
                .collect(),
        }
    }
}

impl Asked {
    /// The sample's place, if there is one.
    fn place(self) -> Option<usize> {
        match self {
            Asked::Of(place) => Some(place),
            Asked::Unknown | Asked::OfNobody => None,
        }
    }
}
