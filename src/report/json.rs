//! A report as structured JSON.
//!
//! ```json
//! {"generator": "caseaudit", "title": "…", "notes": ["Made-up data"],
//!  "about": {"state": "final", "organisation": "…", "contact": "…", "keywords": ["…"],
//!    "published": "2019-03-01", "first_published": "2019-01-23", "version": 2,
//!    "earlier": [{"published": "2019-01-23", "opened": "2019-02-01", "because": "…", "gave_way": false, "with_previous": false}]},
//!  "tables": [{"id": "case-supervision", "title": "…", "scope": "…", "units": "…", "blank_cells": "…", "source": "…",
//!    "columns": [{"id": "percent_yes", "header": "% yes", "kind": "percent"}],
//!    "rows": [{"values": {"number": "3.2.3", "percent_yes": null},
//!              "missing": {"percent_yes": {"symbol": "[x]", "reason": "…"}}, "notes": [1]}],
//!    "notes": ["…"], "legend": {"[x]": "not available"}}]}
//! ```
//! `generator` is the program that wrote it. `about` says how final the figures are: `state` is `final`, `superseded`, `provisional` or `indicative`; `published` and `version` are `null` unless it
//! was closed. It is left out where a report says nothing of itself. `values` has a key for each column, first for what all rows share, such as the period; a blank or missing cell is `null`; `missing`, `marks` (as `{"value": ["[p]"]}`) and
//! `notes` (numbers from 1) are left out when empty. Decimal figures keep their digits. Sees tables only.

use super::number::plain_figure;
use super::properties::PROGRAM;
use super::table::{About, Cell, Column, Report, Row, Table, Value, Version};
use crate::model::{Code, Decimal, Problem, Problems};
use serde::ser::Error;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// Pairs that print as an object in their own order.
struct Object<'a, V>(Vec<(&'a str, V)>);

impl<V: Serialize> Serialize for Object<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

#[derive(Serialize)]
struct ReportForm<'a> {
    generator: &'a str,
    title: &'a str,
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<AboutForm<'a>>,
    tables: Vec<TableForm<'a>>,
}

#[derive(Serialize)]
struct AboutForm<'a> {
    state: &'a str,
    organisation: &'a str,
    contact: &'a str,
    keywords: &'a [String],
    published: Option<&'a str>,
    first_published: Option<&'a str>,
    version: Option<u64>,
    earlier: &'a [Version],
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded: Option<&'a str>,
}

#[derive(Serialize)]
struct TableForm<'a> {
    id: &'a str,
    title: &'a str,
    scope: &'a str,
    units: &'a str,
    blank_cells: &'a str,
    source: &'a str,
    columns: Vec<Object<'a, &'a str>>,
    rows: Vec<RowForm<'a>>,
    notes: &'a [String],
    legend: Object<'a, String>,
}

#[derive(Serialize)]
struct RowForm<'a> {
    values: Object<'a, Plain<'a>>,
    #[serde(skip_serializing_if = "is_empty")]
    missing: Object<'a, Object<'a, &'a str>>,
    #[serde(skip_serializing_if = "is_empty")]
    marks: Object<'a, Vec<&'a str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<usize>,
}

fn is_empty<V>(object: &Object<'_, V>) -> bool {
    object.0.is_empty()
}

/// The report as one JSON object; the module describes its keys.
///
/// # Errors
/// Only when the text cannot be built in memory.
pub fn write_json(report: &Report) -> Result<String, Problems> {
    print_json(&ReportForm {
        generator: PROGRAM,
        title: &report.title,
        notes: &report.notes,
        about: about_form(&report.about),
        tables: report.tables.iter().map(table_form).collect(),
    })
}

/// `None` where a report says nothing of itself.
fn about_form(about: &About) -> Option<AboutForm<'_>> {
    (*about != About::default()).then(|| AboutForm {
        state: about.state(),
        organisation: &about.organisation,
        contact: &about.contact,
        keywords: &about.keywords,
        published: about.published.as_deref(),
        first_published: about.first_published(),
        version: about
            .published
            .as_ref()
            .map(|_| about.revisions.saturating_add(1)),
        earlier: &about.earlier,
        superseded: about.superseded.as_deref(),
    })
}

/// Indented, with a line end at the end of the file.
pub(super) fn print_json(form: &impl Serialize) -> Result<String, Problems> {
    let mut text = serde_json::to_string_pretty(form).map_err(|error| -> Problems {
        Problem::new(
            Code::StorageFailed,
            format!("the JSON cannot be written: {error}"),
            "try another format",
        )
        .into()
    })?;
    text.push('\n');
    Ok(text)
}

fn table_form(table: &Table) -> TableForm<'_> {
    let legend = table
        .legend()
        .into_iter()
        .map(|symbol| (symbol.code, symbol.meaning.into_owned()));
    TableForm {
        id: &table.id,
        title: &table.title,
        scope: &table.scope,
        units: &table.units,
        blank_cells: &table.blank_cells,
        source: &table.source,
        columns: shared_columns(table)
            .chain(&table.columns)
            .map(column_form)
            .collect(),
        rows: table.rows.iter().map(|row| row_form(table, row)).collect(),
        notes: &table.notes,
        legend: Object(legend.collect()),
    }
}

fn column_form(column: &Column) -> Object<'_, &str> {
    Object(vec![
        ("id", column.id.as_str()),
        ("header", column.header.as_str()),
        ("kind", column.kind.word()),
    ])
}

fn shared_columns(table: &Table) -> impl Iterator<Item = &Column> {
    table.shared.iter().map(|(column, _)| column)
}

fn row_form<'a>(table: &'a Table, row: &'a Row) -> RowForm<'a> {
    let pairs = || table.columns.iter().zip(&row.cells);
    let shared = table.shared.iter();
    let shared = shared.map(|(column, words)| (column.id.as_str(), Plain::Words(words)));
    let missing = pairs().filter_map(|(column, cell)| match &cell.value {
        Value::Missing(missing) => {
            let reason = vec![
                ("symbol", missing.symbol.code),
                ("reason", missing.reason.as_str()),
            ];
            Some((column.id.as_str(), Object(reason)))
        }
        _ => None,
    });
    let marks = pairs().filter(|(_, cell)| !cell.marks.is_empty());
    let marks = marks.map(|(column, cell)| {
        let codes = cell.marks.iter().map(|mark| mark.code);
        (column.id.as_str(), codes.collect())
    });
    RowForm {
        values: Object(
            shared
                .chain(pairs().map(|(column, cell)| (column.id.as_str(), plain(cell))))
                .collect(),
        ),
        missing: Object(missing.collect()),
        marks: Object(marks.collect()),
        notes: row
            .cells
            .iter()
            .flat_map(|cell| cell.notes.iter().copied())
            .collect(),
    }
}

/// A value of a cell; what is blank or missing is null.
#[derive(Serialize)]
#[serde(untagged)]
enum Plain<'a> {
    Words(&'a str),
    Count(u64),
    Figure(ExactNumber),
    Null,
}

fn plain(cell: &Cell) -> Plain<'_> {
    match &cell.value {
        Value::Text(words) => Plain::Words(words),
        Value::Count(count) => Plain::Count(*count),
        Value::Percent(percent) => Plain::Count(*percent),
        Value::Figure { figure, .. } => Plain::Figure(ExactNumber(*figure)),
        Value::Rating { title, .. } => Plain::Words(title),
        Value::Missing(_) | Value::Blank => Plain::Null,
    }
}

/// A decimal number that stands in the file with exactly its digits: `70.0` stays `70.0`.
pub(super) struct ExactNumber(pub(super) Decimal);

impl Serialize for ExactNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = RawValue::from_string(plain_figure(self.0));
        digits.map_err(S::Error::custom)?.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn figures_are_numbers_and_what_is_missing_says_why() {
        let text = write_json(&example::report()).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let table = &value["tables"][0];
        assert_eq!(value["notes"][0], "Made-up data");
        assert_eq!(table["rows"][1]["values"]["percent_yes"], 83);
        assert_eq!(table["rows"][1]["values"]["yes"], 1106);
        assert_eq!(table["rows"][0]["values"]["rating"], "Good");
        let missing = &table["rows"][2];
        assert_eq!(missing["values"]["percent_yes"], serde_json::Value::Null);
        assert_eq!(missing["missing"]["percent_yes"]["symbol"], "[x]");
        assert_eq!(missing["notes"], serde_json::json!([1]));
        assert_eq!(table["legend"]["[x]"], "not available");
        assert!(table["rows"][1].get("missing").is_none());
    }

    #[test]
    fn keys_stand_in_the_order_of_the_columns() {
        let text = write_json(&example::report()).unwrap();
        let places: Vec<_> = [
            "\"number\":",
            "\"text\":",
            "\"rating\":",
            "\"percent_yes\":",
            "\"yes\":",
        ]
        .iter()
        .map(|key| text.find(key).unwrap())
        .collect();
        assert!(places.is_sorted());
    }

    #[test]
    fn decimal_figures_keep_their_digits_and_their_marks_stand_beside_them() {
        let text = write_json(&example::figures()).unwrap();
        assert!(text.contains("\"value\": 1070.0,\n"), "{text}");
        assert!(text.contains("\"change\": -0.6\n"), "{text}");
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let rows = &value["tables"][0]["rows"];
        assert_eq!(rows[0]["marks"]["value"], serde_json::json!(["[p]", "[z]"]));
        assert!(rows[1].get("marks").is_none());
        assert_eq!(
            value["tables"][0]["legend"]["[z]"],
            "unreliable (fewer than 30 observations)"
        );
    }

    #[test]
    fn an_empty_report_is_still_an_object() {
        let value: serde_json::Value =
            serde_json::from_str(&write_json(&Report::default()).unwrap()).unwrap();
        assert_eq!(
            value,
            serde_json::json!({"generator": "caseaudit", "title": "", "notes": [], "tables": []})
        );
    }
}
