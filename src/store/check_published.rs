//! Are the publications in the file those that the log says? What they hold only the caller can put into words.
//!
//! Must not mend anything.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::check::difference;
use crate::model::{Problem, Problems};

/// A publication of which the file holds something else than the log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlteredPublication {
    /// Name of the inspection.
    pub inspection: String,
    /// Its number among those of the inspection, from 1.
    pub number: i64,
    /// The figures in the file; `None` where it holds no such publication.
    pub stored: Option<String>,
    /// The figures that the log says; `None` where it knows of none.
    pub logged: Option<String>,
}

/// What one publication is: the name of its inspection, its figures, and its other columns.
struct Kept {
    name: String,
    figures: String,
    others: Vec<Value>,
}

const OTHERS: [&str; 8] = [
    "ifnull(name, '') AS name",
    "number",
    "basis",
    "who",
    "at",
    "reopened_by",
    "reopened_at",
    "reopened_because",
];

/// Compares the publications of a record with those of its replica. Beside those whose figures were altered: what is wrong with when
/// and by whom others were published, and with what they rest on.
pub(super) fn compare_publications(
    record: &Connection,
    replica: &Connection,
) -> Result<(Vec<AlteredPublication>, Vec<Problem>), Problems> {
    let (mut stored, logged) = (read_all(record)?, read_all(replica)?);
    let (mut altered, mut problems) = (Vec::new(), Vec::new());
    let alteration = |(_, number): (i64, i64), is: Option<&Kept>, should_be: Option<&Kept>| {
        let known = should_be.or(is);
        AlteredPublication {
            inspection: known.map(|kept| kept.name.clone()).unwrap_or_default(),
            number,
            stored: is.map(|kept| kept.figures.clone()),
            logged: should_be.map(|kept| kept.figures.clone()),
        }
    };
    for (key, should_be) in &logged {
        let is = stored.remove(key);
        if is.as_ref().map(|kept| &kept.figures) != Some(&should_be.figures) {
            altered.push(alteration(*key, is.as_ref(), Some(should_be)));
        }
        if let Some(is) = is.filter(|is| is.others != should_be.others) {
            let columns = OTHERS.map(|column| column.rsplit(' ').next().unwrap_or(column));
            let columns = columns.map(str::to_owned);
            let (is, should_be) = (Some(&*is.others), Some(&*should_be.others));
            problems.push(difference("publication", &columns, is, should_be));
        }
    }
    let added = stored
        .iter()
        .map(|(key, is)| alteration(*key, Some(is), None));
    altered.extend(added);
    Ok((altered, problems))
}

/// Every publication by the row of its inspection and its number.
fn read_all(db: &Connection) -> Result<BTreeMap<(i64, i64), Kept>, Problems> {
    let mut statement = db.prepare(&format!(
        "SELECT publication.inspection, figures, {} FROM publication
           LEFT JOIN inspection ON inspection.seq = publication.inspection",
        OTHERS.join(", ")
    ))?;
    let rows = statement.query_map([], |row| {
        let others: Vec<Value> = (2..2 + OTHERS.len())
            .map(|column| row.get(column))
            .collect::<Result<_, _>>()?;
        let key = (row.get(0)?, row.get(3)?);
        let kept = Kept {
            name: row.get(2)?,
            figures: row.get(1)?,
            others,
        };
        Ok((key, kept))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
