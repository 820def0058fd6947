//! Files of earlier versions: brought up to this version before anything is written, or read as they are.
//!
//! Whatever changed gets the exact text of `schema.sql`, so that an upgraded file is defined like a new one. Must not know what
//! entries mean: they are never touched.

use rusqlite::{Connection, TransactionBehavior};

use super::Store;
use super::failure::explain;
use super::open::{SCHEMA_VERSION, version_of};
use crate::model::{Problem, Problems};

/// A table that got columns, and what stands in them for all rows of before.
type Grown = (&'static str, &'static [(&'static str, &'static str)]);

/// What version 2 brought: measures and moderation, the period of an inspection, joint and further assessments, examples,
/// populations with the samples that are drawn from them, merging and redaction.
const GROWN: [Grown; 2] = [
    ("inspection", &[("period", "''"), ("national", "0")]),
    ("casefile", &[("joint_assessor", "''"), ("exercise", "0")]),
];
const NEW_TABLES: [&str; 17] = [
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
];
const NEW_TRIGGERS: [&str; 2] = [
    "entry_parent_is_never_changed",
    "entry_parent_is_never_deleted",
];
const NEW_VIEWS: [&str; 3] = ["case", "answer", "measure"];

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
    if version_of(&transaction)? >= SCHEMA_VERSION {
        return Ok(false);
    }
    let new = Store::in_memory()?.connection;
    for (table, added) in GROWN {
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
    for table in NEW_TABLES {
        transaction.execute_batch(&definition(&new, "table", table)?)?;
    }
    for trigger in NEW_TRIGGERS {
        transaction.execute_batch(&definition(&new, "trigger", trigger)?)?;
    }
    for view in NEW_VIEWS {
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
        for (table, added) in GROWN {
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
        for table in NEW_TABLES {
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

/// Whether a file of an earlier version defines this otherwise, or not at all: `table casefile`.
pub(super) fn is_defined_anew(named: &str) -> bool {
    let (kind, name) = named.split_once(' ').unwrap_or(("", named));
    match kind {
        "table" => GROWN.iter().any(|(table, _)| *table == name) || NEW_TABLES.contains(&name),
        "view" => NEW_VIEWS.contains(&name),
        "trigger" => NEW_TRIGGERS.contains(&name),
        _ => false,
    }
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
