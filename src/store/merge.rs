//! Brings together what several copies of one record hold: the union of their entries, and the state that follows.
//!
//! A team goes out with copies of the same file. Merging adds the entries that this file does not have, and makes the
//! state anew from all of them in canonical order (`graph`, `replay`). So the result is the same whatever the order of
//! the files, and however often each is merged; merging records nothing of its own. Entries are taken over as they are:
//! their ids say what they must contain, and every file is verified whole before anything of it is stored. What people
//! did without having seen each other's work `weigh` says.
//!
//! Where one file has an entry redacted and another still has its text, the redacted form goes before, everywhere.
//!
//! Must not change the files that it is given, and must not trust their state: only their entries count.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::entries::insert_action;
use super::log::{Links, RawEntry, broken, verify};
use super::redact::{is_redacted_form, replace_body};
use super::replay::{clear_state, replay, seq_of};
use super::{Access, Edition, Reader, Store, ThingId, failure};
use crate::model::{Code, EntryId, Place, Problem, Problems};

/// What merging did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// Each file, and how many entries it brought.
    pub added: Vec<(PathBuf, usize)>,
    /// How many cases those entries are about.
    pub cases_count: usize,
    /// How many entries that were here with their text are redacted now.
    pub redacted_count: usize,
}

impl Store {
    /// Adds the entries of other copies of this record.
    ///
    /// `read_framework` turns the text of a framework entry into an [`Edition`]; `progress` is told how many entries have
    /// been worked through, of how many.
    ///
    /// # Errors
    /// Everything that is wrong with the files or with this one: not a database or of a newer version, this file itself,
    /// another record, a broken chain, an altered entry, each with its place. Nothing is stored then. And a file that others
    /// are reading, where text was redacted: the entries are stored, and the same asked again erases what is left of it.
    pub fn merge(
        &mut self,
        paths: &[PathBuf],
        read_framework: impl Fn(&str) -> Option<Edition>,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Merged, Problems> {
        let (mut others, mut problems) = (Vec::new(), Problems::default());
        for path in paths {
            if is_same_file(path, &self.path) {
                let what = "it is the database itself";
                let problem = Problem::new(Code::SameFile, what, "name the other copies only");
                problems.0.push(problem.at(place(path)));
                continue;
            }
            match Store::open(path, Access::Inspect) {
                Ok(other) => others.push(other),
                Err(wrong) => problems.0.extend(wrong.0),
            }
        }
        let logs: Vec<_> = others
            .iter()
            .map(|other| (other.path(), other.read()))
            .collect();
        let merged = self.merge_logs(&logs, &problems, read_framework, &mut progress)?;
        // Of a redaction that came in before, too: somebody may have been reading the file then.
        if self.read().holds_redactions()? {
            self.erase_traces()?;
        }
        Ok(merged)
    }

    /// The same for logs that are open, in any number; `problems` are those found before.
    pub(super) fn merge_logs(
        &mut self,
        logs: &[(&Path, Reader<'_>)],
        problems: &Problems,
        read_framework: impl Fn(&str) -> Option<Edition>,
        progress: &mut impl FnMut(u64, u64),
    ) -> Result<Merged, Problems> {
        if !self.connection.is_autocommit() {
            return Err(failure::read_only().into());
        }
        self.connection.pragma_update(None, "secure_delete", true)?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (links, wrong) = verify(Reader::new(&transaction))?;
        Problems(wrong).none_or(())?;
        let mut union = Union::new(&transaction, &links)?;
        let mut problems = problems.clone();
        for (path, log) in logs {
            if let Err(wrong) = union.read_log(path, *log) {
                problems.0.extend(within(path, wrong).0);
            }
        }
        problems.none_or(())?;
        let mut merged = Merged {
            added: union.added,
            redacted_count: union.redactions.len(),
            ..Merged::default()
        };
        if union.newcomers.is_empty() && union.redactions.is_empty() {
            return Ok(merged);
        }
        insert(&transaction, &links, &union.newcomers)?;
        for (seq, (body, body_hash)) in &union.redactions {
            replace_body(&transaction, *seq, body, body_hash)?;
        }
        rebuild(&transaction, read_framework, progress)?;
        merged.cases_count = count_cases(&transaction, &union.newcomers)?;
        transaction.commit()?;
        Ok(merged)
    }
}

/// Makes the state anew from the log as it stands, which is verified once more.
pub(super) fn rebuild(
    db: &Connection,
    read_framework: impl Fn(&str) -> Option<Edition>,
    progress: &mut impl FnMut(u64, u64),
) -> Result<(), Problems> {
    let log = Reader::new(db);
    let (links, wrong) = verify(log)?;
    Problems(wrong).none_or(())?;
    let texts = log.framework_texts()?;
    let editions: Vec<Edition> = texts
        .iter()
        .filter_map(|text| read_framework(text))
        .collect();
    let count = u64::try_from(links.ids.len()).unwrap_or(u64::MAX);
    clear_state(db)?;
    replay(db, log, &links, &editions, |applied| {
        progress(applied, count);
    })
}

fn place(path: &Path) -> Place {
    Place::of(path.display().to_string())
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// An entry that this file does not have.
struct Newcomer {
    entry: RawEntry,
    parents: Vec<EntryId>,
    /// Which of the files it comes from; together with its action's row there, that is its action.
    file: usize,
    /// Another entry of its action that this file has already.
    fellow: Option<EntryId>,
}

/// The entries of all files together.
struct Union<'d> {
    db: &'d Connection,
    /// The first entry of all; `None` while there is none.
    root: Option<EntryId>,
    /// The row of each entry that is here, and whether its body was redacted.
    here: HashMap<EntryId, (i64, bool)>,
    newcomers: Vec<Newcomer>,
    /// Place of each newcomer in the list.
    places: HashMap<EntryId, usize>,
    /// The redacted body, and the hash of the one that goes, of entries that are here with their text.
    redactions: HashMap<i64, (String, [u8; 32])>,
    added: Vec<(PathBuf, usize)>,
}

impl<'d> Union<'d> {
    fn new(db: &'d Connection, links: &Links) -> Result<Union<'d>, Problems> {
        let mut statement = db.prepare("SELECT entry FROM redacted")?;
        let redacted = statement.query_map([], |row| row.get(0))?;
        let redacted: HashSet<i64> = redacted.collect::<Result<_, _>>()?;
        let ids = links.ids.iter().enumerate();
        let here = ids.map(|(at, id)| {
            let seq = seq_of(at);
            (*id, (seq, redacted.contains(&seq)))
        });
        Ok(Union {
            db,
            root: links.ids.first().copied(),
            here: here.collect(),
            newcomers: Vec::new(),
            places: HashMap::new(),
            redactions: HashMap::new(),
            added: Vec::new(),
        })
    }

    /// Verifies the log of another file and takes up what is new in it.
    fn read_log(&mut self, path: &Path, log: Reader<'_>) -> Result<(), Problems> {
        let (links, mut wrong) = verify(log)?;
        let root = links.ids.first().copied();
        if root.is_some() && self.root.is_some() && root != self.root {
            let what = "it is another record: its first entry is not the one of this database";
            let remedy = "merge only copies of the same file, made with `caseaudit backup` after it was created";
            wrong.push(Problem::new(Code::AnotherRecord, what, remedy));
        }
        Problems(std::mem::take(&mut wrong)).none_or(())?;
        self.root = self.root.or(root);
        let before = self.newcomers.len();
        // Of each action, an entry that was known when its first new one came.
        let mut fellows: HashMap<i64, EntryId> = HashMap::new();
        let mut at = 0;
        log.each_entry(None, |entry| {
            let parents = links.graph.parents(at);
            let parents = parents.iter().map(|parent| links.ids[*parent]).collect();
            wrong.extend(self.compare_forms(&entry)?);
            self.take_up(entry, parents, &mut fellows);
            at += 1;
            Ok(())
        })?;
        Problems(wrong).none_or(())?;
        self.added
            .push((path.to_owned(), self.newcomers.len() - before));
        Ok(())
    }

    /// Where an entry is known with its text and redacted, the one form must be what redacting leaves of the other.
    fn compare_forms(&self, entry: &RawEntry) -> Result<Option<Problem>, Problems> {
        let is_redacted = entry.redacted.is_some();
        let (known, known_in) = match (self.here.get(&entry.id), self.places.get(&entry.id)) {
            (Some((_, redacted)), _) if *redacted == is_redacted => return Ok(None),
            (Some((seq, _)), _) => (
                Reader::new(self.db).entry(*seq)?,
                "this database".to_owned(),
            ),
            (None, Some(place)) => match self.newcomers.get(*place) {
                Some(known) if known.entry.redacted.is_some() != is_redacted => {
                    let path = self.added.get(known.file).map(|(path, _)| path.display());
                    let path =
                        path.map_or_else(|| "another file".to_owned(), |path| path.to_string());
                    (known.entry.clone(), path)
                }
                _ => return Ok(None),
            },
            (None, None) => return Ok(None),
        };
        let (redacted, original) = if is_redacted {
            (entry, &known)
        } else {
            (&known, entry)
        };
        if is_redacted_form(&entry.kind, &redacted.body, Some(&original.body)) {
            return Ok(None);
        }
        let what = if is_redacted {
            format!(
                "was altered, not redacted: {known_in} has its text, of which redacting leaves something else"
            )
        } else {
            format!(
                "was altered, not redacted, in {known_in}: redacting leaves something else of the text that stands here"
            )
        };
        Ok(Some(broken(entry, &what)))
    }

    fn take_up(
        &mut self,
        entry: RawEntry,
        parents: Vec<EntryId>,
        fellows: &mut HashMap<i64, EntryId>,
    ) {
        let body_hash = entry.body_hash();
        if let Some((seq, is_redacted)) = self.here.get(&entry.id) {
            fellows.insert(entry.action_seq, entry.id);
            if entry.redacted.is_some() && !is_redacted {
                self.redactions.insert(*seq, (entry.body, body_hash));
            }
        } else if let Some(known) = self.places.get(&entry.id) {
            fellows.insert(entry.action_seq, entry.id);
            if let Some(known) = self.newcomers.get_mut(*known)
                && entry.redacted.is_some()
            {
                known.entry.body = entry.body;
                known.entry.redacted = entry.redacted;
            }
        } else {
            self.places.insert(entry.id, self.newcomers.len());
            self.newcomers.push(Newcomer {
                parents,
                file: self.added.len(),
                fellow: fellows.get(&entry.action_seq).copied(),
                entry,
            });
        }
    }
}

/// Names the file in problems that may have a place within it.
fn within(path: &Path, problems: Problems) -> Problems {
    let placed = problems.0.into_iter().map(|problem| {
        let within = format!("{} {}", path.display(), problem.place);
        problem.at(Place::of(within.trim_end()))
    });
    Problems(placed.collect())
}

/// Appends entries to the log; each stands after its parents.
fn insert(db: &Connection, links: &Links, newcomers: &[Newcomer]) -> Result<(), Problems> {
    let ids = links.ids.iter().enumerate();
    let mut seqs: HashMap<EntryId, i64> = ids.map(|(at, id)| (*id, seq_of(at))).collect();
    let mut actions: HashMap<(usize, i64), i64> = HashMap::new();
    for newcomer in newcomers {
        let entry = &newcomer.entry;
        let act = (newcomer.file, entry.action_seq);
        let action = match (actions.get(&act), newcomer.fellow) {
            (Some(action), _) => *action,
            (None, Some(fellow)) => action_of(db, seqs.get(&fellow).copied())?,
            (None, None) => insert_action(db, &entry.action)?,
        };
        actions.insert(act, action);
        let mut parents: Vec<i64> = newcomer
            .parents
            .iter()
            .filter_map(|parent| seqs.get(parent).copied())
            .collect();
        parents.sort_unstable();
        let parent = parents.pop();
        db.prepare_cached(
            "INSERT INTO entry (id, action, parent, kind, subject, body) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            entry.id.0,
            action,
            parent,
            entry.kind,
            entry.subject,
            entry.body
        ])?;
        let seq = db.last_insert_rowid();
        seqs.insert(entry.id, seq);
        for parent in parents {
            db.prepare_cached("INSERT INTO entry_parent (entry, parent) VALUES (?, ?)")?
                .execute([seq, parent])?;
        }
        if let Some(body_hash) = entry.redacted {
            db.prepare_cached("INSERT INTO redacted (entry, body_hash) VALUES (?, ?)")?
                .execute(params![seq, body_hash])?;
        }
    }
    db.execute_batch(
        "DELETE FROM head;
         INSERT INTO head
         SELECT seq FROM entry
          WHERE seq < (SELECT max(seq) FROM entry)
            AND seq NOT IN (SELECT parent FROM entry WHERE parent IS NOT NULL
                            UNION ALL SELECT parent FROM entry_parent)",
    )?;
    Ok(())
}

fn action_of(db: &Connection, entry: Option<i64>) -> Result<i64, Problems> {
    let action = db
        .prepare_cached("SELECT action FROM entry WHERE seq = ?")?
        .query_row([entry], |row| row.get(0))
        .optional()?;
    action.ok_or_else(|| failure::damaged("an action has lost its entries").into())
}

/// How many different cases entries are about.
fn count_cases(db: &Connection, newcomers: &[Newcomer]) -> Result<usize, Problems> {
    let subjects: HashSet<ThingId> = newcomers
        .iter()
        .filter_map(|newcomer| newcomer.entry.subject)
        .collect();
    let mut count = 0;
    for subject in subjects {
        let is_case: bool = db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM casefile WHERE id = ?)")?
            .query_row([subject], |row| row.get(0))?;
        count += usize::from(is_case);
    }
    Ok(count)
}
