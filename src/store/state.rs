//! What each kind of change does to the state. The same function serves the first write and every replay.
//!
//! Work as it is recorded is refused where it does not fit the state. Entries of several laptops fitted the state that
//! their writers had seen; put in canonical order, some no longer do, and none may be lost. So a replay of merged entries
//! ([`Mode::Merging`]) refuses nothing:
//!
//! - what was recorded for a submitted or withdrawn case, or in a closed inspection, is applied (where the case then
//!   stands `weigh` says);
//! - a case added under a reference that is taken, or an inspection under a name, is kept as `CS-001 (2)`, a form that
//!   nobody can type for a new case, so that the two can be told apart until somebody settles it;
//! - a framework that was added twice is there once;
//! - a proposal takes the place of an open one, and a decision without a proposal does nothing.
//!
//! Must not append to the log, read the clock, or look anywhere but at the state and the change.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, params};

use super::draws::{call_up, record_draw, remove_draw};
use super::failure::damaged;
use super::information::InformationCodes;
use super::inspection::{InspectionState, change_inspection};
use super::interests::declare_interest;
use super::measurements::record_measure;
use super::one_case::Cases;
use super::read::stored_place;
use super::readings::keep_reading;
use super::{Edition, ThingId, sha256};
use super::{moderation, publications};
use crate::model::{Action, Change, Problem, Problems, QuestionSet, Settled};

/// How a change comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// As work that is recorded: what does not fit is refused, and so is what is in conflict.
    Recording,
    /// To settle a conflict.
    Settling,
    /// As one of the entries of several laptops: nothing is refused.
    Merging,
}

/// Applies changes, remembering what never changes within a transaction.
pub(super) struct State<'e> {
    editions: &'e [Edition],
    /// Question set of each `sample` row.
    question_sets: HashMap<i64, &'e QuestionSet>,
    /// Framework row, sample id and `sample` row.
    pub(super) sample_rows: Vec<(i64, String, i64)>,
    pub(super) information: InformationCodes,
    pub(super) cases: Cases,
    /// Whether the file holds any further assessment; `None` until it matters.
    pub(super) has_further: Option<bool>,
    pub(super) mode: Mode,
    /// Whether any conflict was open when the transaction began, once that is known.
    pub(super) has_conflicts: Option<bool>,
    /// Whether the change that is applied is about a case on which several people worked at once: what its assessments are
    /// compared with is said when all is applied.
    pub(super) is_contested: bool,
    /// Cases that stand under another reference than their own, because that was taken: the reference that they claim.
    pub(super) claims: BTreeMap<ThingId, String>,
    /// The `inspection` row that was asked for last.
    pub(super) inspection: Option<(ThingId, InspectionState)>,
}

impl<'e> State<'e> {
    pub(super) fn new(editions: &'e [Edition], mode: Mode) -> State<'e> {
        State {
            mode,
            has_conflicts: None,
            claims: BTreeMap::new(),
            editions,
            question_sets: HashMap::new(),
            sample_rows: Vec::new(),
            information: InformationCodes::default(),
            cases: Cases::default(),
            has_further: None,
            is_contested: false,
            inspection: None,
        }
    }

    pub(super) fn apply(
        &mut self,
        db: &Connection,
        action: &Action,
        subject: Option<ThingId>,
        change: &Change,
    ) -> Result<Settled, Problems> {
        if self.mode != Mode::Merging {
            self.heed_conflicts(db, action, subject, change)?;
        }
        match change {
            Change::Redact { .. } => {}
            Change::AddFramework { text } => self.add_framework(db, text)?,
            Change::OpenInspection { .. } => {
                let id = named(subject)?;
                self.open_inspection(db, id, change)?;
            }
            Change::ChangeInspection { .. } => {
                let inspection = self.open_inspection_of(db, action)?;
                change_inspection(db, inspection.seq, change, self.mode)?;
            }
            Change::CloseInspection(publication) => {
                let inspection = self.set_closed(db, action, true)?;
                publications::publish(db, inspection, action, publication.as_ref())?;
            }
            Change::ReopenInspection => {
                let inspection = self.set_closed(db, action, false)?;
                publications::end_all(db, inspection, action)?;
            }
            Change::AddCase {
                reference,
                sample,
                assessor,
                joint_assessor,
                information,
            } => {
                let inspection = self.open_inspection_of(db, action)?;
                let id = named(subject)?;
                self.add_case(
                    db,
                    inspection,
                    id,
                    (reference, sample, assessor, joint_assessor),
                    information,
                )?;
            }
            Change::Judge { .. }
            | Change::RecordMeasure { .. }
            | Change::ProposeModeration { .. }
            | Change::DecideModeration { .. } => {
                self.change_figures(db, action, subject, change)?
            }
            Change::ImportPopulation(_)
            | Change::DrawSample(_)
            | Change::UndoDraw { .. }
            | Change::CallUpReserve { .. }
            | Change::DeclareInterest { .. } => self.change_sample(db, action, subject, change)?,
            change => return self.change_case(db, action, subject, change),
        }
        Ok(Settled::default())
    }

    /// Which cases there are to be, and who may assess them.
    fn change_sample(
        &mut self,
        db: &Connection,
        action: &Action,
        subject: Option<ThingId>,
        change: &Change,
    ) -> Result<(), Problems> {
        let inspection = self.open_inspection_of(db, action)?;
        match change {
            Change::ImportPopulation(population) => {
                self.import_population(db, inspection, population)
            }
            Change::DrawSample(drawn) => {
                let sample = self.sample_row(db, inspection.framework, &drawn.sample)?;
                record_draw(db, (inspection.seq, sample), action, drawn)
            }
            Change::UndoDraw { sample } => {
                let sample = self.sample_row(db, inspection.framework, sample)?;
                remove_draw(db, inspection.seq, sample)
            }
            Change::CallUpReserve {
                sample,
                reference,
                replaces,
            } => {
                let sample = self.sample_row(db, inspection.framework, sample)?;
                call_up(db, (inspection.seq, sample), reference, replaces)
            }
            Change::DeclareInterest {
                assessor,
                reference,
                officer,
                holds,
            } => {
                let about = [assessor, reference, officer].map(String::as_str);
                declare_interest(db, inspection.seq, subject, about, *holds)
            }
            _ => Ok(()),
        }
    }

    /// What is recorded of an inspection beside its cases. An action that belongs to several inspections names none: each
    /// of its entries has its own as subject.
    fn change_figures(
        &mut self,
        db: &Connection,
        action: &Action,
        subject: Option<ThingId>,
        change: &Change,
    ) -> Result<(), Problems> {
        let id = action.inspection.or(subject);
        let inspection = self.open_inspection_by(db, id)?.seq;
        match change {
            Change::Judge {
                standard,
                rating,
                because,
            } => judge(
                db,
                inspection,
                action,
                (standard, rating.as_deref(), because),
            ),
            Change::RecordMeasure {
                measure,
                measurement,
            } => record_measure(db, inspection, measure, measurement.as_ref()),
            Change::ProposeModeration {
                rating,
                evidence,
                made_on,
            } => {
                let is_strict = self.mode == Mode::Recording;
                let proposal = (rating.as_deref(), evidence.as_str(), made_on.as_deref());
                moderation::propose(db, inspection, action, proposal, is_strict)
            }
            Change::DecideModeration { accepted, because } => {
                let is_strict = self.mode == Mode::Recording;
                moderation::decide(db, inspection, action, (*accepted, because), is_strict)
            }
            _ => Ok(()),
        }
    }

    fn add_framework(&mut self, db: &Connection, text: &str) -> Result<(), Problems> {
        let hash = sha256(text.as_bytes());
        let Some(edition) = self.editions.iter().find(|edition| edition.hash == hash) else {
            return Err(damaged("the log holds a framework that cannot be read").into());
        };
        let added = db
            .prepare_cached(
                "INSERT INTO framework (hash, id, text) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING",
            )?
            .execute(params![hash, edition.id, text])?;
        if added == 0 {
            return Ok(());
        }
        let framework = db.last_insert_rowid();
        if let Some(reading) = &edition.reading {
            keep_reading(db, framework, reading)?;
        }
        for (place, questions) in edition.samples.iter().enumerate() {
            db.prepare_cached("INSERT INTO sample (framework, place, id) VALUES (?, ?, ?)")?
                .execute(params![framework, stored_place(place), questions.sample])?;
            let sample = db.last_insert_rowid();
            for (place, question) in questions.questions.iter().enumerate() {
                db.prepare_cached(
                    "INSERT INTO question (sample, place, number, is_prompt) VALUES (?, ?, ?, ?)",
                )?
                .execute(params![
                    sample,
                    stored_place(place),
                    question.number,
                    question.is_prompt
                ])?;
            }
            for (place, attribute) in questions.attributes.iter().enumerate() {
                db.prepare_cached("INSERT INTO attribute (sample, place, id) VALUES (?, ?, ?)")?
                    .execute(params![sample, stored_place(place), attribute.id])?;
            }
        }
        Ok(())
    }

    pub(super) fn question_set(
        &mut self,
        db: &Connection,
        sample: i64,
    ) -> Result<&'e QuestionSet, Problems> {
        if let Some(questions) = self.question_sets.get(&sample) {
            return Ok(questions);
        }
        let (hash, place): ([u8; 32], i64) = db
            .prepare_cached(
                "SELECT framework.hash, sample.place FROM sample
                   JOIN framework ON framework.seq = sample.framework WHERE sample.seq = ?",
            )?
            .query_row([sample], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let questions = self
            .editions
            .iter()
            .find(|edition| edition.hash == hash)
            .and_then(|edition| edition.samples.get(usize::try_from(place).ok()?))
            .ok_or_else(|| damaged("a sample's framework is not there"))?;
        self.question_sets.insert(sample, questions);
        Ok(questions)
    }
}

/// The case or inspection that an entry is about.
pub(super) fn named(subject: Option<ThingId>) -> Result<ThingId, Problem> {
    subject.ok_or_else(|| damaged("an entry has no subject"))
}

/// `name` itself where it is free, else with the first number in brackets that makes it so.
pub(super) fn free_name(
    name: &str,
    is_taken: impl Fn(&str) -> rusqlite::Result<bool>,
) -> rusqlite::Result<String> {
    let mut free = name.to_owned();
    let mut number = 2;
    while is_taken(&free)? {
        free = format!("{name} ({number})");
        number += 1;
    }
    Ok(free)
}

fn judge(
    db: &Connection,
    inspection: i64,
    action: &Action,
    (standard, rating, because): (&str, Option<&str>, &str),
) -> Result<(), Problems> {
    match rating {
        Some(rating) => db.execute(
            "INSERT OR REPLACE INTO judgement (inspection, standard, rating, because, who, at)
             VALUES (?, ?, ?, ?, ?, ?)",
            params![inspection, standard, rating, because, action.who, action.at],
        )?,
        None => db.execute(
            "DELETE FROM judgement WHERE inspection = ? AND standard = ?",
            params![inspection, standard],
        )?,
    };
    Ok(())
}
