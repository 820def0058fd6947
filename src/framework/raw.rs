//! Typed readers over the parsed TOML: a value of the wanted type with its place, or a problem.
//!
//! Must not know which keys a framework has or what they mean.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::collect::{Collector, Span};
use crate::model::{Code, Decimal, nearest, parse_figure};

/// So far above any figure in use, and so much finer, that differences and sums of such figures are exact.
const MOST_FIGURE: u64 = 1_000_000_000_000;
const MOST_DECIMALS: u32 = 10;

/// A text and where it is written.
#[derive(Clone, Copy)]
pub(super) struct Written<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
}

/// One table of the file.
#[derive(Clone, Copy)]
pub(super) struct Table<'t> {
    entries: &'t DeTable<'t>,
    /// Its header, or the whole of an inline table.
    pub(super) span: Span,
    /// What messages call it.
    name: &'static str,
}

/// The value of a key.
#[derive(Clone, Copy)]
pub(super) struct Value<'t> {
    pub(super) key: Written<'t>,
    value: &'t DeValue<'t>,
    pub(super) span: Span,
}

fn span_of<T>(spanned: &Spanned<T>) -> Span {
    let range = spanned.span();
    (range.start, range.end)
}

impl<'t> Table<'t> {
    /// The whole file.
    pub(super) fn root(document: &'t Spanned<DeTable<'t>>) -> Table<'t> {
        Table {
            entries: document.get_ref(),
            span: span_of(document),
            name: "the file",
        }
    }

    /// Reports every key that is not among the known ones.
    pub(super) fn check_keys(&self, known: &[&'static str], problems: &mut Collector<'_>) {
        for key in self.entries.keys() {
            let text: &str = key.get_ref();
            if !known.contains(&text) {
                let what = format!("{} has no key {text:?}", self.name);
                let remedy = nearest(text, known.iter().copied());
                problems.add(Code::UnknownKey, span_of(key), what, remedy);
            }
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<Value<'t>> {
        let (key, value) = self.entries.get_key_value(key)?;
        Some(Value::new(key.get_ref(), span_of(key), value))
    }

    /// Every key and value, in the order of the file.
    pub(super) fn values(&self) -> Vec<Value<'t>> {
        let mut values: Vec<Value<'t>> = self
            .entries
            .iter()
            .map(|(key, value)| Value::new(key.get_ref(), span_of(key), value))
            .collect();
        values.sort_unstable_by_key(|value| value.key.span);
        values
    }

    /// Reports that a key is missing.
    pub(super) fn report_missing(&self, key: &str, example: &str, problems: &mut Collector<'_>) {
        let what = format!("{} has no {key}", self.name);
        problems.add(Code::MissingKey, self.span, what, format!("add {example}"));
    }

    /// A text that must be there and say something.
    pub(super) fn text(&self, key: &str, problems: &mut Collector<'_>) -> Option<Written<'t>> {
        let Some(value) = self.get(key) else {
            self.report_missing(key, &format!("{key} = \"…\""), problems);
            return None;
        };
        let written = value.text(problems)?;
        if written.text.trim().is_empty() {
            let what = format!("{key} is empty");
            let remedy = "write something between the quotes";
            problems.add(Code::WrongValue, written.span, what, remedy);
            return None;
        }
        Some(written)
    }

    /// A text for people that must be there, without white space around it; empty when it is missing.
    pub(super) fn prose(&self, key: &str, problems: &mut Collector<'_>) -> String {
        let written = self.text(key, problems);
        written.map_or_else(String::new, |written| written.text.trim().to_owned())
    }

    /// A text for people that may be left out, without white space around it.
    pub(super) fn optional_prose(&self, key: &str, problems: &mut Collector<'_>) -> Option<String> {
        let written = self.get(key)?.text(problems)?;
        Some(written.text.trim().to_owned())
    }

    /// True or false, with what silence means.
    pub(super) fn flag(&self, key: &str, silence: bool, problems: &mut Collector<'_>) -> bool {
        let Some(value) = self.get(key) else {
            return silence;
        };
        if let DeValue::Boolean(flag) = value.value {
            return *flag;
        }
        value.report_type(
            "true or false",
            "write true or false, without quotes",
            problems,
        );
        silence
    }

    /// A whole number up to `most`, inclusive; `None` when it is left out or wrong.
    pub(super) fn number(&self, key: &str, most: u64, problems: &mut Collector<'_>) -> Option<u64> {
        let value = self.get(key)?;
        let number = value.number(problems)?;
        if number > most {
            let what = format!("{key} is {number}, over {most}");
            let remedy = format!("write a whole number from 0 to {most}");
            problems.add(Code::WrongValue, value.span, what, remedy);
            return None;
        }
        Some(number)
    }

    /// A table inside this one; `None` when it is left out or wrong.
    pub(super) fn table(
        &self,
        key: &str,
        name: &'static str,
        problems: &mut Collector<'_>,
    ) -> Option<Table<'t>> {
        self.get(key)?.table(name, problems)
    }

    /// The tables of a list inside this one; empty when it is left out or wrong.
    pub(super) fn tables(
        &self,
        key: &str,
        name: &'static str,
        problems: &mut Collector<'_>,
    ) -> Vec<Table<'t>> {
        let tables = self.get(key).and_then(|value| value.tables(name, problems));
        tables.unwrap_or_default()
    }
}

impl<'t> Value<'t> {
    fn new(key: &'t str, key_span: Span, value: &'t Spanned<DeValue<'t>>) -> Value<'t> {
        Value {
            key: Written {
                text: key,
                span: key_span,
            },
            value: value.get_ref(),
            span: span_of(value),
        }
    }

    /// A text.
    pub(super) fn text(&self, problems: &mut Collector<'_>) -> Option<Written<'t>> {
        let written = self.written();
        if written.is_none() {
            self.report_type("a text", "write a text in quotes", problems);
        }
        written
    }

    /// A whole number that is not negative.
    pub(super) fn number(&self, problems: &mut Collector<'_>) -> Option<u64> {
        const REMEDY: &str = "write a whole number from 0, without quotes";
        let DeValue::Integer(integer) = self.value else {
            self.report_type("a whole number", REMEDY, problems);
            return None;
        };
        let number = u64::from_str_radix(integer.as_str(), integer.radix()).ok();
        if number.is_none() {
            let what = format!("{} is {integer}", self.key.text);
            problems.add(Code::WrongValue, self.span, what, REMEDY);
        }
        number
    }

    /// A decimal number, read from its own digits so that nothing is rounded: a number, or the same in quotes.
    pub(super) fn decimal(&self, problems: &mut Collector<'_>) -> Option<Decimal> {
        let digits = match self.value {
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
            DeValue::Float(float) => float.as_str(),
            DeValue::String(text) => text.trim(),
            DeValue::Integer(_) => "",
            _ => {
                self.report_type("a number", "write a number, such as 70 or 0.5", problems);
                return None;
            }
        };
        let decimal = parse_figure(digits).filter(|decimal| {
            decimal.scale() <= MOST_DECIMALS && decimal.abs() <= Decimal::from(MOST_FIGURE)
        });
        if decimal.is_none() {
            let what = format!("{} is no decimal number of a usual size", self.key.text);
            let remedy = "write it with plain digits, such as 70 or 0.5";
            problems.add(Code::WrongValue, self.span, what, remedy);
        }
        decimal
    }

    /// A table; `name` is what messages call it.
    pub(super) fn table(
        &self,
        name: &'static str,
        problems: &mut Collector<'_>,
    ) -> Option<Table<'t>> {
        let table = self.as_table(name);
        if table.is_none() {
            let remedy = format!("write {} = {{ … }} or a table of its own", self.key.text);
            self.report_type("a table", remedy, problems);
        }
        table
    }

    /// The tables of a list; `name` is what messages call one of them.
    pub(super) fn tables(
        &self,
        name: &'static str,
        problems: &mut Collector<'_>,
    ) -> Option<Vec<Table<'t>>> {
        let items = self.list("a list of tables", problems)?;
        let tables = items.iter().filter_map(|item| item.table(name, problems));
        Some(tables.collect())
    }

    /// The values of a list, each under the list's own key.
    pub(super) fn list(
        &self,
        wanted: &str,
        problems: &mut Collector<'_>,
    ) -> Option<Vec<Value<'t>>> {
        let DeValue::Array(items) = self.value else {
            let key = self.key.text;
            let remedy = match self.value {
                DeValue::Table(_) => format!("write [[{key}]] with two brackets, once for each"),
                _ => format!("write {key} = [ … ]"),
            };
            self.report_type(wanted, remedy, problems);
            return None;
        };
        let key = self.key;
        let values = items
            .iter()
            .map(|item| Value::new(key.text, key.span, item));
        Some(values.collect())
    }

    /// The texts of a list that may not be empty, or the one text that stands instead of it. What is wrong is reported
    /// and left out.
    pub(super) fn texts(&self, problems: &mut Collector<'_>) -> Vec<Written<'t>> {
        if let Some(written) = self.written() {
            return vec![written];
        }
        let items = self.list("a text or a list of texts", problems);
        if self.is_empty_list() {
            let what = format!("{} is an empty list", self.key.text);
            problems.add(Code::WrongValue, self.span, what, "name at least one");
        }
        let items = items.unwrap_or_default().into_iter();
        items.filter_map(|item| item.text(problems)).collect()
    }

    /// Whether it is a list with nothing in it.
    pub(super) fn is_empty_list(&self) -> bool {
        self.value.as_array().is_some_and(|items| items.is_empty())
    }

    /// The text, if it is one.
    fn written(&self) -> Option<Written<'t>> {
        let text = self.value.as_str()?;
        Some(Written {
            text,
            span: self.span,
        })
    }

    /// The table, if it is one.
    pub(super) fn as_table(&self, name: &'static str) -> Option<Table<'t>> {
        Some(Table {
            entries: self.value.as_table()?,
            span: self.span,
            name,
        })
    }

    fn report_type(&self, wanted: &str, remedy: impl Into<String>, problems: &mut Collector<'_>) {
        let is = match self.value {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a decimal number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let what = format!("{} must be {wanted}, but this is {is}", self.key.text);
        problems.add(Code::WrongValue, self.span, what, remedy);
    }
}
