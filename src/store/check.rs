//! Does the record still say what was recorded? Every hash and link of the log, the state against a full replay of the
//! log, what is defined against the schema, foreign keys, and SQLite's own integrity check.
//!
//! Must not mend anything: it says what is wrong, and where.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::check_published::{AlteredPublication, compare_publications};
use super::log::verify;
use super::open::version_of;
use super::readings::compare_readings;
use super::replay::{STATE_TABLES, replay};
use super::upgrade::is_defined_anew;
use super::{Edition, Store};
use crate::model::{Code, EntryId, Place, Problem, Problems};

/// At most this many differences are listed for one table; one more line says how many there are.
const DIFFERENCES_LISTED: usize = 20;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// How many entries were verified.
    pub entries_count: u64,
    /// The ids of the latest entries, in canonical order: together they name the whole history, so a note of them kept
    /// elsewhere proves the file later. Several only after files were merged, until something is recorded.
    pub latest: Vec<EntryId>,
    /// Everything that is wrong but with published figures.
    pub problems: Vec<Problem>,
    /// Publications that were altered from outside.
    pub altered: Vec<AlteredPublication>,
}

impl Store {
    /// Verifies the whole file.
    ///
    /// `read_framework` turns the text of a framework entry into an [`Edition`]; `progress` is told how many entries have
    /// been replayed so far.
    ///
    /// # Errors
    /// Only when the file cannot be read at all; what is wrong with its content is in the findings.
    pub fn check(
        &self,
        read_framework: impl Fn(&str) -> Option<Edition>,
        progress: impl FnMut(u64),
    ) -> Result<Findings, Problems> {
        let _snapshot = self.snapshot()?;
        let mut problems = sqlite_problems(&self.connection)?;
        problems.extend(empty_actions(&self.connection)?);
        let (links, wrong) = verify(self.read())?;
        problems.extend(wrong);
        let editions: Vec<Edition> = self
            .read()
            .framework_texts()?
            .iter()
            .filter_map(|text| read_framework(text))
            .collect();
        let replica = Store::in_memory()?;
        problems.extend(compare_schema(&self.connection, &replica.connection)?);
        let mut altered = Vec::new();
        let made = replica.connection.unchecked_transaction()?;
        match replay(&made, self.read(), &links, &editions, progress) {
            Ok(()) => {
                // A table that was removed is among what the schema lacks.
                let is_there = |table: &str| {
                    let sql = format!("SELECT 1 FROM {table}");
                    self.connection.prepare(&sql).is_ok()
                };
                for (table, order) in STATE_TABLES.into_iter().rev() {
                    if !is_there(table) {
                        continue;
                    }
                    match table {
                        "publication" => {
                            let (figures, wrong) = compare_publications(&self.connection, &made)?;
                            altered = figures;
                            problems.extend(wrong);
                        }
                        "reading" => problems.extend(compare_readings(&self.connection, &made)?),
                        _ => problems.extend(compare(&self.connection, &made, table, order)?),
                    }
                }
            }
            Err(wrong) => problems.extend(wrong.0.into_iter().map(|mut problem| {
                problem.what += "; the state could not be compared with the log";
                problem
            })),
        }
        Ok(Findings {
            entries_count: u64::try_from(links.ids.len()).unwrap_or(u64::MAX),
            latest: links
                .graph
                .heads()
                .iter()
                .map(|at| links.ids[*at])
                .collect(),
            problems,
            altered,
        })
    }
}

/// Foreign keys and SQLite's own integrity check.
fn sqlite_problems(connection: &Connection) -> Result<Vec<Problem>, Problems> {
    let mut problems = Vec::new();
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    for line in statement.query_map([], |row| row.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            problems.push(Problem::new(
                Code::DatabaseDamaged,
                line,
                "work on a backup",
            ));
        }
    }
    let mut statement =
        connection.prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check")?;
    let rows = statement.query_map([], |row| {
        let rowid: Option<i64> = row.get(1)?;
        Ok((row.get::<_, String>(0)?, rowid, row.get::<_, String>(2)?))
    })?;
    for row in rows {
        let (table, rowid, parent) = row?;
        let place = Place::of(format!("table {table} row {}", rowid.unwrap_or(0)));
        let what = format!("it refers to a row of {parent} that is not there");
        problems.push(Problem::new(Code::StateDiffers, what, "work on a backup").at(place));
    }
    Ok(problems)
}

/// Actions that no entry belongs to: no hash covers them.
fn empty_actions(connection: &Connection) -> Result<Vec<Problem>, Problems> {
    let mut statement = connection.prepare(
        "SELECT seq, who, at FROM action WHERE seq NOT IN (SELECT action FROM entry) ORDER BY seq",
    )?;
    let rows = statement.query_map([], |row| {
        let (seq, who, at): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let place = Place::of(format!("action {seq} (by {who} at {at})"));
        let what = "it has no entry: it was added from outside, or its entries were removed";
        Ok(Problem::new(Code::LogBroken, what, "compare with a backup").at(place))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The tables, views and triggers must be those of this version; in a file of an earlier one, those that have not changed since. A table or view beside them harms nothing; a trigger may.
fn compare_schema(record: &Connection, replica: &Connection) -> Result<Vec<Problem>, Problems> {
    let (is, mut should_be) = (schema(record)?, schema(replica)?);
    let version = version_of(record)?;
    should_be.retain(|name, _| !is_defined_anew(version, name));
    let differs = |name: &str, what: &str| {
        let place = Place::of(name);
        Problem::new(Code::StateDiffers, what, "compare with a backup").at(place)
    };
    let missing = should_be
        .iter()
        .filter_map(|(name, sql)| match is.get(name) {
            Some(other) if other == sql => None,
            Some(_) => Some(differs(name, "it was defined anew from outside")),
            None => Some(differs(name, "it was removed")),
        });
    let strange = is
        .keys()
        .filter(|name| name.starts_with("trigger ") && !should_be.contains_key(*name))
        .map(|name| differs(name, "the program has no such trigger"));
    Ok(missing.chain(strange).collect())
}

/// What is defined in a database: `table casefile`, and the SQL of it.
fn schema(connection: &Connection) -> Result<BTreeMap<String, String>, Problems> {
    let mut statement = connection
        .prepare("SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Goes through one table of both databases side by side, in the order of its key.
fn compare(
    record: &Connection,
    replica: &Connection,
    table: &str,
    order: &str,
) -> Result<Vec<Problem>, Problems> {
    let sql = format!("SELECT * FROM {table} ORDER BY {order}");
    let (mut stored, mut replayed) = (record.prepare(&sql)?, replica.prepare(&sql)?);
    let columns: Vec<String> = replayed.column_names().map(str::to_owned).collect();
    let (mut stored, mut replayed) = (stored.query([])?, replayed.query([])?);
    let mut problems = Vec::new();
    let mut differences = 0usize;
    loop {
        let values = |row: Option<&rusqlite::Row<'_>>| -> rusqlite::Result<Option<Vec<Value>>> {
            row.map(|row| (0..columns.len()).map(|column| row.get(column)).collect())
                .transpose()
        };
        let (is, should_be) = (values(stored.next()?)?, values(replayed.next()?)?);
        if is.is_none() && should_be.is_none() {
            break;
        }
        if is != should_be {
            differences += 1;
            if differences <= DIFFERENCES_LISTED {
                problems.push(difference(
                    table,
                    &columns,
                    is.as_deref(),
                    should_be.as_deref(),
                ));
            }
        }
    }
    if differences > DIFFERENCES_LISTED {
        let what = format!(
            "{} more rows differ from the log",
            differences - DIFFERENCES_LISTED
        );
        problems.push(
            Problem::new(Code::StateDiffers, what, "").at(Place::of(format!("table {table}"))),
        );
    }
    Ok(problems)
}

pub(super) fn difference(
    table: &str,
    columns: &[String],
    is: Option<&[Value]>,
    should_be: Option<&[Value]>,
) -> Problem {
    let what = match (is, should_be) {
        (Some(is), Some(should_be)) => {
            let differing = columns
                .iter()
                .zip(is.iter().zip(should_be))
                .filter(|(_, (is, should))| is != should);
            let described = differing.map(|(column, (is, should))| {
                format!("{column} is {}, the log says {}", show(is), show(should))
            });
            described.collect::<Vec<_>>().join("; ")
        }
        (Some(_), None) => "the log knows nothing of this row".to_owned(),
        _ => "the row is missing".to_owned(),
    };
    let row = should_be.or(is).unwrap_or_default();
    // The first columns are keys; a case is known by its reference, a figure by its measure.
    let named = columns.iter().zip(row).find(|(column, _)| {
        ["reference", "name", "number", "measure", "standard"].contains(&column.as_str())
    });
    let key = named.or_else(|| columns.iter().zip(row).next());
    let place = key.map_or_else(String::new, |(column, value)| {
        format!(" {column} {}", show(value))
    });
    Problem::new(Code::StateDiffers, what, "compare with a backup")
        .at(Place::of(format!("table {table}{place}")))
}

fn show(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) if text.chars().count() > 200 => {
            format!("{}…", text.chars().take(200).collect::<String>())
        }
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}
