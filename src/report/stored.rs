//! A report as one exact text, to be kept and read back: every byte of every format comes out as it did before.
//!
//! The text is the table model as JSON, under the number of its form. A field that the model gets later must say what it is
//! in texts of before (`#[serde(default)]`); where that is impossible, the form gets another number and the old one a reader.
//! Must not know what a report says, nor where the text is kept.

use std::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::table::{Report, Symbol};
use crate::model::{Code, Problem, Problems};

/// The form that this program writes.
const FORM: u32 = 1;

/// Every shorthand that a report can hold.
const SYMBOL_CODES: [&str; 5] = ["[c]", "[p]", "[r]", "[x]", "[z]"];

#[derive(Serialize)]
struct Written<'r> {
    form: u32,
    report: &'r Report,
}

#[derive(Deserialize)]
struct Form {
    form: u32,
}

#[derive(Deserialize)]
struct Read {
    report: Report,
}

/// The report as a text. Reading it back with [`read_stored`] gives the same report.
///
/// # Errors
/// Only when the text cannot be built in memory.
pub fn write_stored(report: &Report) -> Result<String, Problems> {
    let written = Written { form: FORM, report };
    serde_json::to_string(&written).map_err(|error| {
        let what = format!("the report cannot be kept: {error}");
        Problem::new(Code::ProgramFailed, what, "report it as a fault").into()
    })
}

/// The report that a text of [`write_stored`] stands for.
///
/// # Errors
/// A form that only a newer program knows; a text that is of no form.
pub fn read_stored(text: &str) -> Result<Report, Problems> {
    let unreadable = |error: serde_json::Error| -> Problems {
        let what = format!("the published figures cannot be read: {error}");
        Problem::new(Code::DatabaseDamaged, what, "compare with a backup").into()
    };
    let Form { form } = serde_json::from_str(text).map_err(unreadable)?;
    if form > FORM {
        let what =
            format!("the published figures are of form {form}, this program knows up to {FORM}");
        let remedy = "use the newer program that closed the inspection";
        return Err(Problem::new(Code::NewerDatabase, what, remedy).into());
    }
    let Read { report } = serde_json::from_str(text).map_err(unreadable)?;
    Ok(report)
}

impl Serialize for Symbol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.code, &self.meaning).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Symbol {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Symbol, D::Error> {
        let (code, meaning) = <(String, String)>::deserialize(deserializer)?;
        let known = SYMBOL_CODES.into_iter().find(|known| *known == code);
        Ok(Symbol {
            code: known.ok_or_else(|| D::Error::custom(format!("{code} is no shorthand")))?,
            meaning: Cow::Owned(meaning),
        })
    }
}

#[cfg(test)]
mod tests;
