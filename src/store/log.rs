//! The entries of the log as they are stored, and how they hang together.
//!
//! Must not know what entries mean for the state (`state`), nor mend anything: [`verify`] says what is wrong, and where.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row};

use super::failure::damaged;
use super::graph::Graph;
use super::hash::ActionHash;
use super::redact::is_redacted_form;
use super::{Reader, ThingId, body, sha256};
use crate::model::{Action, Change, Code, EntryId, Place, Problem, Problems};

/// An entry as it is stored.
#[derive(Debug, Clone)]
pub(super) struct RawEntry {
    pub(super) seq: i64,
    pub(super) id: EntryId,
    pub(super) action_seq: i64,
    pub(super) action: Action,
    /// One of its parents; the others stand in `entry_parent`.
    pub(super) parent: Option<i64>,
    pub(super) kind: String,
    pub(super) subject: Option<ThingId>,
    pub(super) body: String,
    /// The hash of the body that is gone, where this one stands in its place.
    pub(super) redacted: Option<[u8; 32]>,
}

impl RawEntry {
    /// The hash of the body from which the id follows.
    pub(super) fn body_hash(&self) -> [u8; 32] {
        self.redacted
            .unwrap_or_else(|| sha256(self.body.as_bytes()))
    }

    pub(super) fn change(&self) -> Option<Change> {
        body::decode(&self.kind, &self.body)
    }
}

const ENTRY_COLUMNS: &str = "entry.seq, entry.id, entry.action, action.at, action.who, action.device,
     action.inspection, action.source, action.because,
     entry.parent, entry.kind, entry.subject, entry.body, redacted.body_hash
  FROM entry JOIN action ON action.seq = entry.action LEFT JOIN redacted ON redacted.entry = entry.seq";

/// The query for entries as [`raw_entry`] reads them, with the rest of it.
pub(super) fn select_entries(rest: &str) -> String {
    format!("SELECT {ENTRY_COLUMNS} {rest}")
}

pub(super) fn raw_entry(row: &Row<'_>) -> rusqlite::Result<RawEntry> {
    Ok(RawEntry {
        seq: row.get(0)?,
        id: EntryId(row.get(1)?),
        action_seq: row.get(2)?,
        action: Action {
            at: row.get(3)?,
            who: row.get(4)?,
            device: row.get(5)?,
            inspection: row.get(6)?,
            source: row.get(7)?,
            because: row.get(8)?,
        },
        parent: row.get(9)?,
        kind: row.get(10)?,
        subject: row.get(11)?,
        body: row.get(12)?,
        redacted: row.get(13)?,
    })
}

impl Reader<'_> {
    /// Calls `visit` with each entry of the log, or each about one subject, in the order in which the file got to know them.
    pub(super) fn each_entry(
        self,
        subject: Option<ThingId>,
        mut visit: impl FnMut(RawEntry) -> Result<(), Problems>,
    ) -> Result<(), Problems> {
        let rest = "WHERE ?1 IS NULL OR entry.subject = ?1 ORDER BY entry.seq";
        let mut statement = self.connection.prepare_cached(&select_entries(rest))?;
        let mut rows = statement.query([subject])?;
        while let Some(row) = rows.next()? {
            visit(raw_entry(row)?)?;
        }
        Ok(())
    }

    /// One entry by its row.
    pub(super) fn entry(self, seq: i64) -> Result<RawEntry, Problems> {
        let mut statement = self
            .connection
            .prepare_cached(&select_entries("WHERE entry.seq = ?"))?;
        Ok(statement.query_row([seq], raw_entry)?)
    }

    /// The row of the entry that somebody names: by its row number, or by at least the first 12 digits of its id.
    ///
    /// # Errors
    /// No such entry, or several.
    pub fn find_entry(self, named: &str) -> Result<i64, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq FROM entry WHERE iif(length(?1) < 12, seq = CAST(?1 AS INTEGER), hex(id) LIKE ?1 || '%') LIMIT 2",
        )?;
        let is_number = named.len() < 12 && named.bytes().all(|digit| digit.is_ascii_digit());
        let is_id = named.len() >= 12 && named.bytes().all(|digit| digit.is_ascii_hexdigit());
        let found: Vec<i64> = if is_number || is_id {
            let rows = statement.query_map([named], |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        } else {
            Vec::new()
        };
        let what = match found.as_slice() {
            [only] => return Ok(*only),
            [] => format!("the log has no entry {named}"),
            _ => format!("several entries begin with {named}"),
        };
        let remedy = "give 12 or more digits of it, as `caseaudit history` prints them";
        Err(Problem::new(Code::UnknownEntry, what, remedy).into())
    }

    /// The exact texts of all frameworks of the log.
    pub(super) fn framework_texts(self) -> Result<Vec<String>, Problems> {
        let mut statement = self
            .connection
            .prepare("SELECT body FROM entry WHERE kind = 'framework' ORDER BY seq")?;
        let texts = statement.query_map([], |row| row.get(0))?;
        Ok(texts.collect::<Result<_, _>>()?)
    }
}

/// The latest entry by its row, and then the other entries that none names yet: what the next entry's writer has seen.
pub(super) fn heads(connection: &Connection) -> rusqlite::Result<Vec<(i64, EntryId)>> {
    let read = |row: &Row<'_>| Ok((row.get(0)?, EntryId(row.get(1)?)));
    let latest = connection
        .prepare_cached("SELECT seq, id FROM entry ORDER BY seq DESC LIMIT 1")?
        .query_row([], read)
        .optional()?;
    let mut statement = connection.prepare_cached(
        "SELECT entry.seq, entry.id FROM head JOIN entry ON entry.seq = head.entry ORDER BY entry.seq",
    )?;
    let others = statement.query_map([], read)?;
    latest.map(Ok).into_iter().chain(others).collect()
}

/// The ids of the entries that one names as its parents.
pub(super) fn parents_of(
    connection: &Connection,
    entry: &RawEntry,
) -> rusqlite::Result<Vec<EntryId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM entry WHERE seq = ?1 UNION ALL
         SELECT id FROM entry_parent JOIN entry ON entry.seq = entry_parent.parent WHERE entry_parent.entry = ?2",
    )?;
    let ids = statement.query_map(rusqlite::params![entry.parent, entry.seq], |row| {
        row.get(0).map(EntryId)
    })?;
    ids.collect()
}

/// The links between the entries of a log; an entry is known by its place, which is its row number less one.
pub(super) struct Links {
    pub(super) ids: Vec<EntryId>,
    pub(super) subjects: Vec<Option<ThingId>>,
    pub(super) graph: Graph,
    /// Whether each entry follows from the one before it alone, as in every file that was never merged.
    pub(super) is_chain: bool,
}

/// Verifies a log: every hash, every link, and what is said of redacted entries.
///
/// # Errors
/// Only when it cannot be read; what is wrong is in the list. Where links are broken, the entries are taken in the order of
/// their rows.
pub(super) fn verify(reader: Reader<'_>) -> Result<(Links, Vec<Problem>), Problems> {
    let mut log = Verifier {
        further: further_parents(reader.connection)?,
        ..Verifier::default()
    };
    reader.each_entry(None, |entry| {
        log.visit(&entry);
        Ok(())
    })?;
    log.refuse_wrong_redactions();
    log.refuse_doubles();
    let count = log.ids.len();
    let chain = || (0..count).map(|at| at.checked_sub(1).into_iter().collect());
    if log.is_broken {
        log.parents = chain().collect();
    }
    let is_chain = log.parents.iter().cloned().eq(chain());
    let graph = Graph::new(&log.ids, log.parents);
    if !log.is_broken {
        let stored = heads(reader.connection)?;
        let mut stored: Vec<usize> = stored.iter().map(|(seq, _)| index_of(*seq)).collect();
        let mut named = graph.heads();
        stored.sort_unstable();
        named.sort_unstable();
        if stored != named {
            let what = "the latest entries are not those that the links between entries say";
            let problem = Problem::new(Code::StateDiffers, what, "compare with a backup");
            log.problems.push(problem.at(Place::of("table head")));
        }
    }
    let links = Links {
        ids: log.ids,
        subjects: log.subjects,
        graph,
        is_chain,
    };
    Ok((links, log.problems))
}

fn further_parents(connection: &Connection) -> Result<HashMap<i64, Vec<i64>>, Problems> {
    let mut statement =
        connection.prepare("SELECT entry, parent FROM entry_parent ORDER BY entry, parent")?;
    let mut rows = statement.query([])?;
    let mut further: HashMap<i64, Vec<i64>> = HashMap::new();
    while let Some(row) = rows.next()? {
        further.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(further)
}

/// The place of a row of `entry`; beyond every log for a row that none has.
fn index_of(seq: i64) -> usize {
    usize::try_from(seq - 1).unwrap_or(usize::MAX)
}

/// The log as far as it has been read.
#[derive(Default)]
struct Verifier {
    further: HashMap<i64, Vec<i64>>,
    ids: Vec<EntryId>,
    subjects: Vec<Option<ThingId>>,
    parents: Vec<Vec<usize>>,
    /// Redacted entries: id, place in words, hash of the body that stands there.
    redacted: Vec<(EntryId, Problem, [u8; 32])>,
    /// What entries say was redacted: id of the entry, hash of the body that is to stand there; the entry that says so.
    redactions: Vec<(EntryId, [u8; 32], Problem)>,
    /// Whether some entry's place or parents cannot be made out.
    is_broken: bool,
    problems: Vec<Problem>,
}

impl Verifier {
    /// Each entry must have its parents before it, and be named by the hash of its content.
    fn visit(&mut self, entry: &RawEntry) {
        let place = self.ids.len();
        let further = self.further.get(&entry.seq).map_or(&[][..], Vec::as_slice);
        let rows = entry.parent.iter().chain(further);
        let mut parents: Vec<usize> = rows.map(|seq| index_of(*seq)).collect();
        parents.sort_unstable();
        let is_linked = index_of(entry.seq) == place
            && parents.iter().all(|parent| *parent < place)
            && parents.is_empty() == (place == 0);
        self.ids.push(entry.id);
        // Which reserve takes whose place is a matter of the whole sample.
        let subject = entry.subject.filter(|_| entry.kind != "call-up");
        self.subjects.push(subject.or(entry.action.inspection));
        if !is_linked {
            self.is_broken = true;
            let what = "does not follow the entry before it: one is missing or moved";
            self.problems.push(broken(entry, what));
            return;
        }
        let ids: Vec<EntryId> = parents.iter().map(|parent| self.ids[*parent]).collect();
        self.parents.push(parents);
        let hash = ActionHash::new(&entry.action);
        let id = hash.entry_id(&entry.kind, entry.subject, &ids, &entry.body_hash());
        if id != entry.id {
            let what = "does not match its hash: it, its action or an entry before it was altered";
            self.problems.push(broken(entry, what));
        }
        if entry.redacted.is_some() {
            let what = "was redacted, but no entry says so, or another body stands there";
            let stands = sha256(entry.body.as_bytes());
            self.redacted.push((entry.id, broken(entry, what), stands));
            if !is_redacted_form(&entry.kind, &entry.body, None) {
                let what = "was redacted, but what stands there is not what redacting leaves";
                self.problems.push(broken(entry, what));
            }
        }
        if let Some(Change::Redact { entry: of, body }) = entry.change_if("redact") {
            let what =
                "says that an entry was redacted which still has its body, or has another now";
            self.redactions.push((of, body, broken(entry, what)));
        }
    }

    fn refuse_wrong_redactions(&mut self) {
        for (id, problem, stands) in &self.redacted {
            let mut said = self.redactions.iter();
            if !said.any(|(of, body, _)| of == id && body == stands) {
                self.problems.push(problem.clone());
            }
        }
        // Redacting leaves the same of an entry whoever does it: two that say otherwise cannot both be right.
        for (of, body, problem) in &self.redactions {
            let mut redacted = self.redacted.iter();
            if !redacted.any(|(id, _, stands)| id == of && stands == body) {
                self.problems.push(problem.clone());
            }
        }
    }

    fn refuse_doubles(&mut self) {
        let mut ids: Vec<EntryId> = self.ids.clone();
        ids.sort_unstable();
        for pair in ids.windows(2) {
            if pair[0] == pair[1] {
                let what = format!("entry {} stands twice in the log", pair[0]);
                let problem = Problem::new(Code::LogBroken, what, "compare with a backup");
                self.problems.push(problem);
            }
        }
    }
}

impl RawEntry {
    /// What an entry of this kind says; `None` for one of another kind, which is not read at all.
    fn change_if(&self, kind: &str) -> Option<Change> {
        (self.kind == kind).then(|| self.change()).flatten()
    }
}

/// Something is wrong with one entry of the log.
pub(super) fn broken(entry: &RawEntry, what: &str) -> Problem {
    Problem::new(Code::LogBroken, what, "compare with a backup").at(place_of(entry))
}

/// `log entry 5 (answers by INSP-01 at …)`.
pub(super) fn place_of(entry: &RawEntry) -> Place {
    let Action { who, at, .. } = &entry.action;
    Place::of(format!(
        "log entry {} ({} by {who} at {at})",
        entry.seq, entry.kind
    ))
}

/// An entry of a kind, or with a body, that this version does not know.
pub(super) fn unreadable(seq: i64) -> Problem {
    damaged(&format!("entry {seq} of the log cannot be read"))
}
