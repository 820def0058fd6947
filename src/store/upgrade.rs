//! Files of earlier versions: brought up to this version before anything is written, or read as they are.
//!
//! Whatever changed gets the exact text of `schema.sql`, so that an upgraded file is defined like a new one. Must not know what
//! entries mean: they are never touched.

use rusqlite::{Connection, TransactionBehavior};

use super::Store;
use super::failure::explain;
use super::open::{SCHEMA_VERSION, version_of};
use crate::model::{Problem, Problems};

/// What a version brought, beside what earlier ones had.
struct Step {
    /// The version.
    to: i64,
    /// Tables that got columns.
    grown: &'static [Grown],
    new_tables: &'static [&'static str],
    new_triggers: &'static [&'static str],
    /// Views that are defined anew.
    new_views: &'static [&'static str],
}

/// A table that got columns, and what stands in them for all rows of before.
type Grown = (&'static str, &'static [(&'static str, &'static str)]);

const STEPS: [Step; 3] = [
    // Measures and moderation, the period of an inspection, joint and further assessments, examples, populations with the
    // samples that are drawn from them, merging and redaction.
    Step {
        to: 2,
        grown: &[
            ("inspection", &[("period", "''"), ("national", "0")]),
            ("casefile", &[("joint_assessor", "''"), ("exercise", "0")]),
        ],
        new_tables: &[
            "measurement",
            "moderation",
            "further",
            "further_note",
            "resolution",
            "example",
            "entry_parent",
            "head",
            "redacted",
            "conflict",
            "population",
            "exclusion",
            "eligible",
            "draw",
            "draw_group",
            "drawn",
            "interest",
        ],
        new_triggers: &[
            "entry_parent_is_never_changed",
            "entry_parent_is_never_deleted",
        ],
        new_views: &["case", "answer", "measure"],
    },
    // Figures as they were published.
    Step {
        to: 3,
        grown: &[],
        new_tables: &["publication"],
        new_triggers: &[],
        new_views: &[],
    },
    // Readings of frameworks. There are none of before, so the texts are read.
    Step {
        to: 4,
        grown: &[],
        new_tables: &["reading"],
        new_triggers: &[],
        new_views: &[],
    },
];

/// What a file of this version lacks, in order.
fn steps_from(version: i64) -> impl Iterator<Item = &'static Step> {
    STEPS.iter().filter(move |step| step.to > version)
}

/// Brings a file up to this version: wholly or, where that fails or is cut off, not at all. True where there was something to do.
pub(super) fn upgrade(connection: &mut Connection) -> Result<bool, Problems> {
    // Rows go out of their table and in again: while they are away, what refers to them must not follow them.
    connection.pragma_update(None, "foreign_keys", false)?;
    let upgraded = rebuild(connection);
    connection.pragma_update(None, "foreign_keys", true)?;
    upgraded
}

fn rebuild(connection: &mut Connection) -> Result<bool, Problems> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Somebody else may have been faster.
    let version = version_of(&transaction)?;
    if version >= SCHEMA_VERSION {
        return Ok(false);
    }
    let new = Store::in_memory()?.connection;
    for (table, added) in steps_from(version).flat_map(|step| step.grown) {
        let columns = columns_of(&new, table)?;
        let (names, values) = (columns.join(", "), values_of(&columns, added).join(", "));
        transaction.execute_batch(&format!(
            "CREATE TEMP TABLE kept AS SELECT * FROM main.{table};
             DROP TABLE main.{table};
             {};
             INSERT INTO main.{table} ({names}) SELECT {values} FROM temp.kept ORDER BY seq;
             DROP TABLE temp.kept;",
            definition(&new, "table", table)?
        ))?;
    }
    for table in steps_from(version).flat_map(|step| step.new_tables) {
        transaction.execute_batch(&definition(&new, "table", table)?)?;
    }
    for trigger in steps_from(version).flat_map(|step| step.new_triggers) {
        transaction.execute_batch(&definition(&new, "trigger", trigger)?)?;
    }
    for view in steps_from(version).flat_map(|step| step.new_views) {
        transaction.execute_batch(&format!("DROP VIEW IF EXISTS main.\"{view}\""))?;
        transaction.execute_batch(&definition(&new, "view", view)?)?;
    }
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()?;
    Ok(true)
}

/// Lets a file of an earlier version be read as if it were of this one, without a change to it: views of this connection alone
/// stand in front of its tables.
pub(super) fn read_as_current(connection: &Connection) -> Result<(), Problem> {
    let show = || -> rusqlite::Result<()> {
        let new = Connection::open_in_memory()?;
        new.execute_batch(super::open::SCHEMA)?;
        let version = version_of(connection)?;
        for (table, added) in steps_from(version).flat_map(|step| step.grown) {
            let columns = columns_of(&new, table)?;
            let values = columns.iter().zip(values_of(&columns, added));
            let values: Vec<String> = values
                .map(|(column, value)| format!("{value} AS {column}"))
                .collect();
            connection.execute_batch(&format!(
                "CREATE TEMP VIEW {table} AS SELECT {} FROM main.{table}",
                values.join(", ")
            ))?;
        }
        for table in steps_from(version).flat_map(|step| step.new_tables) {
            let columns = columns_of(&new, table)?;
            let nothing: Vec<String> = columns
                .iter()
                .map(|column| format!("NULL AS {column}"))
                .collect();
            connection.execute_batch(&format!(
                "CREATE TEMP VIEW {table} AS SELECT {} WHERE 0",
                nothing.join(", ")
            ))?;
        }
        Ok(())
    };
    show().map_err(|error| explain(&error))
}

/// Whether a file of this version defines something otherwise than one of today, or not at all: `table casefile`.
pub(super) fn is_defined_anew(version: i64, named: &str) -> bool {
    let (kind, name) = named.split_once(' ').unwrap_or(("", named));
    steps_from(version).any(|step| match kind {
        "table" => {
            step.grown.iter().any(|(table, _)| *table == name) || step.new_tables.contains(&name)
        }
        "view" => step.new_views.contains(&name),
        "trigger" => step.new_triggers.contains(&name),
        _ => false,
    })
}

/// Where each column of the new table takes its value from.
fn values_of(columns: &[String], added: &[(&str, &str)]) -> Vec<String> {
    let value = |column: &String| {
        let added = added.iter().find(|(name, _)| name == column);
        added.map_or_else(|| column.clone(), |(_, value)| (*value).to_owned())
    };
    columns.iter().map(value).collect()
}

fn columns_of(new: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = new.prepare("SELECT name FROM pragma_table_info(?) ORDER BY cid")?;
    let columns = statement.query_map([table], |row| row.get(0))?;
    columns.collect()
}

fn definition(new: &Connection, kind: &str, name: &str) -> rusqlite::Result<String> {
    let sql = "SELECT sql FROM sqlite_schema WHERE type = ? AND name = ?";
    new.query_row(sql, [kind, name], |row| row.get(0))
}
