//! Conflicts: what people said on several laptops that goes apart, and how somebody settles it.
//!
//! A settlement is an entry like any other that sets the field again, by a person who has seen what was said. Must not
//! know how conflicts are found (`store`).

use super::cases::{check_pair, read_information};
use super::correcting::{Correction, check_correction};
use super::desk::{Desk, reason};
use super::giving::Bars;
use super::inspections::Inspection;
use super::judging::{find_rating, name_place};
use super::moderating::unmoderated_rating;
use super::recording::{find_case, name_settled, question_set, read_answer};
use super::resolving::refuse_assessors;
use super::settling_draws::{CasesSettled, Followed};
use super::settling_further::{hide, settle_further};
use crate::exchange::check_reference;
use crate::model::{Change, Code, Patch, Place, Problem, Problems, Role, Said, Settled};
use crate::store::{
    CaseRow, ConflictRow, Field, Reader, ResolutionRow, SayingRow, Store, ThingId, Writer,
};

/// What is in conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenConflict {
    /// The case's reference, or the inspection's name.
    pub about: String,
    /// What of it, as it is typed: `2.1.1`, `note:2.1.1`, `rosh`, `status`.
    pub field: String,
    /// What was said, at least twice.
    pub says: Vec<SayingRow>,
}

/// What settling did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settlement {
    /// How many conflicts of the same case, or of the inspection itself, are left.
    pub left_count: usize,
    /// Numbers of questions that stopped applying: their answers are parked.
    pub parked: Vec<String>,
    /// Numbers of questions that apply again: their answers are back in force.
    pub restored: Vec<String>,
    /// What became of cases that only another draw or reserve had brought in.
    pub cases: CasesSettled,
}

/// Every open conflict of an inspection; answers and notes that `viewer` may not see are left out of it.
///
/// # Errors
/// What the database reports.
pub fn list_conflicts(
    store: &Store,
    inspection: &Inspection,
    viewer: &str,
) -> Result<Vec<OpenConflict>, Problems> {
    let conflicts = store.read().conflicts(inspection.id)?;
    if conflicts.is_empty() {
        return Ok(Vec::new());
    }
    let cases = store.read().cases(inspection.id)?;
    let open = conflicts.into_iter().map(|mut conflict| {
        let case = cases.iter().find(|case| case.id == conflict.subject);
        if let Some(case) = case {
            hide(store.read(), inspection, (case, viewer), &mut conflict)?;
        }
        let is_status = matches!(conflict.field, Field::Status | Field::FurtherStatus(_));
        if is_status {
            conflict.says.iter_mut().for_each(name_open);
        }
        Ok(OpenConflict {
            about: case
                .map_or(&inspection.name, |case| &case.reference)
                .clone(),
            field: conflict.field.to_string(),
            says: conflict.says,
        })
    });
    open.collect()
}

/// Work that a closing or submission had not seen leaves open what it was done in; that it was work is told beside.
fn name_open(saying: &mut SayingRow) {
    if saying.value == "changed" {
        saying.value = "open (changed meanwhile)".to_owned();
    }
}

/// That conflicts are open, for whoever reads figures meanwhile; `None` when none is.
///
/// # Errors
/// What the database reports.
pub fn conflicts_notice(
    store: &Store,
    inspection: &Inspection,
) -> Result<Option<String>, Problems> {
    let count = store.read().conflicts(inspection.id)?.len();
    let open = match count {
        0 => return Ok(None),
        1 => "1 conflict is open".to_owned(),
        count => format!("{count} conflicts are open"),
    };
    Ok(Some(format!(
        "{open}: a case whose answers, information or status are in conflict does not count until somebody settles that (caseaudit settle)"
    )))
}

/// Settles one conflict: about a case, or about the inspection itself where `about` is its name.
///
/// # Errors
/// No reason; no such conflict; a value that the field cannot have; an assessment that is to be submitted and incomplete.
pub fn settle_conflict(
    store: &mut Store,
    desk: &Desk,
    inspection: &Inspection,
    about: &str,
    field: &str,
    value: &str,
    because: &str,
) -> Result<Settlement, Problems> {
    reason(because, "say why it is settled so: --because \"…\"")?;
    let made_on = if field.eq_ignore_ascii_case("moderation") {
        unmoderated_rating(store, inspection)?
    } else {
        None
    };
    let action = desk.action(Some(inspection), "settle", because);
    let editions = [inspection.edition.clone()];
    store.write(&editions, &action, |writer| {
        let reader = writer.read();
        let case = match reader.case(inspection.id, about)? {
            None if about.eq_ignore_ascii_case(&inspection.name) => None,
            _ => Some(find_case(reader, inspection, about)?),
        };
        let subject = case.as_ref().map_or(inspection.id, |case| case.id);
        let conflict = find_conflict(reader, subject, about, field)?;
        let settling = SettlingOne {
            inspection,
            case: case.as_ref(),
            conflict: &conflict,
            value: value.trim(),
            because: because.trim(),
            made_on,
        };
        let change = settling
            .change(writer, desk.who())
            .map_err(|wrong| name_place(wrong, about))?;
        let (settled, cases) = match Followed::of(&conflict.field) {
            Some(followed) => {
                let cases = followed.settle(writer, inspection, &conflict, &change)?;
                (Settled::default(), cases)
            }
            None => (
                writer.settle(Some(subject), &change)?,
                CasesSettled::default(),
            ),
        };
        let left_count = writer.read().conflicts_about(subject)?.len();
        Ok(settling.settlement(left_count, &settled, cases))
    })
}

fn find_conflict(
    reader: Reader<'_>,
    subject: ThingId,
    about: &str,
    field: &str,
) -> Result<ConflictRow, Problems> {
    let mut open = reader.conflicts_about(subject)?;
    let is_meant = |conflict: &ConflictRow| conflict.field.to_string().eq_ignore_ascii_case(field);
    if let Some(at) = open.iter().position(is_meant) {
        return Ok(open.swap_remove(at));
    }
    let fields: Vec<String> = open
        .iter()
        .map(|conflict| conflict.field.to_string())
        .collect();
    let remedy = if fields.is_empty() {
        "`caseaudit settle` lists what is in conflict".to_owned()
    } else {
        format!("in conflict are: {}", fields.join(", "))
    };
    let what = format!("{field} is not in conflict");
    Err(Problem::new(Code::NoConflict, what, remedy)
        .at(Place::of(about))
        .into())
}

pub(super) struct SettlingOne<'a> {
    pub(super) inspection: &'a Inspection,
    /// `None` where the conflict is about the inspection itself.
    pub(super) case: Option<&'a CaseRow>,
    pub(super) conflict: &'a ConflictRow,
    pub(super) value: &'a str,
    because: &'a str,
    /// The id of the overall rating without moderation, where that is in conflict.
    made_on: Option<String>,
}

impl SettlingOne<'_> {
    /// The case goes to the assessor, or the two of them, that were chosen.
    fn give_case(&self, writer: &Writer<'_>) -> Result<Change, Problems> {
        let (assessor, joint) = self.value.split_once(" with ").unwrap_or((self.value, ""));
        check_pair(assessor.trim(), joint.trim())?;
        if let Some(case) = self.case {
            let bars = Bars::read(writer.read(), self.inspection)?;
            bars.refuse(self.inspection, case, [assessor.trim(), joint.trim()])?;
        }
        Ok(Change::Assign {
            assessor: assessor.trim().to_owned(),
            joint_assessor: joint.trim().to_owned(),
        })
    }

    /// The change that sets the field to the value.
    fn change(&self, writer: &Writer<'_>, who: &str) -> Result<Change, Problems> {
        if let Some(case) = self.case {
            let about = (case, self.conflict, self.value);
            if let Some(change) = settle_further(writer, self.inspection, about, who)? {
                return Ok(change);
            }
        }
        match &self.conflict.field {
            Field::Answer(_) | Field::Note(_) => {
                let change = self.say()?;
                self.resolve_again(writer, who, change)
            }
            Field::Exercise => {
                let exercise = self.read_yes_or_no()?;
                Ok(Change::MarkExercise { exercise })
            }
            Field::Example(number) => self.mark_example(writer, number),
            Field::Information(id) => {
                let sample = self
                    .case
                    .and_then(|case| self.inspection.framework.samples.get(case.sample));
                let pair = [(id.clone(), self.value.to_owned())];
                let values = sample.map(|sample| read_information(sample, &pair));
                let values = values.transpose()?.unwrap_or_default();
                Ok(Change::SetInformation { values })
            }
            Field::Assessor => self.give_case(writer),
            Field::Reference => self.name_case(),
            Field::Status => self.rule(writer),
            Field::Judgement(standard) => Ok(Change::Judge {
                standard: standard.clone(),
                rating: self.rating()?,
                because: self.because.to_owned(),
            }),
            Field::Measure(_)
            | Field::Population(_)
            | Field::Draw(_)
            | Field::Interest(_)
            | Field::Replacement(_)
            | Field::Reserve(_)
            | Field::FurtherAnswer(_)
            | Field::FurtherNote(_)
            | Field::FurtherStatus(_) => self.choose_one(writer),
            Field::Moderation => {
                let rating = self.rating()?;
                Ok(Change::ProposeModeration {
                    made_on: self.made_on.clone().filter(|_| rating.is_some()),
                    rating,
                    evidence: self.because.to_owned(),
                })
            }
            Field::Inspection(what) => self.correct(what),
        }
    }

    /// An answer or a note.
    fn say(&self) -> Result<Change, Problems> {
        let questions = self.case.map(|case| question_set(self.inspection, case));
        let (mut patch, mut notes) = (Patch::default(), Vec::new());
        if let (Field::Answer(number) | Field::Note(number), Some(questions)) =
            (&self.conflict.field, questions)
            && let Some(at) = questions.question(number)
        {
            if matches!(self.conflict.field, Field::Answer(_)) {
                patch.set(at, read_answer(questions, at, self.value)?);
            } else {
                let text = Some(self.value.to_owned()).filter(|text| !text.is_empty());
                notes.push((at, text));
            }
        }
        Ok(Change::RecordAnswers { patch, notes })
    }

    /// A reference of its own; the one that the case stands under meanwhile is none.
    fn name_case(&self) -> Result<Change, Problems> {
        let reference = check_reference(self.value)?;
        Ok(Change::SetReference { reference })
    }

    /// The id of a rating; `None` for `withdrawn`.
    fn rating(&self) -> Result<Option<String>, Problems> {
        if self.value == "withdrawn" {
            return Ok(None);
        }
        let is_decision = ["accepted", "declined"].contains(&self.value);
        if is_decision && self.conflict.field == Field::Moderation {
            let remedy = "propose it anew by its rating, or say withdrawn; then decide it with `caseaudit moderate`";
            return Err(wrong_value(self.value, "a proposal", remedy).into());
        }
        let rating = find_rating(&self.inspection.framework, self.value)?;
        let scale = &self.inspection.framework.scale.0;
        Ok(scale.get(rating.0).map(|rating| rating.id.clone()))
    }

    /// What the inspection is called, or where it belongs.
    fn correct(&self, what: &str) -> Result<Change, Problems> {
        let text = |name: &str| (what == name).then_some(self.value);
        let national = match what {
            "national" => Some(self.read_yes_or_no()?),
            _ => None,
        };
        let correction = Correction {
            name: text("name"),
            provider: text("provider"),
            programme: text("programme"),
            period: text("period"),
            national,
        };
        check_correction(&correction)?;
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Ok(Change::ChangeInspection {
            name: owned(correction.name),
            provider: owned(correction.provider),
            programme: owned(correction.programme),
            period: owned(correction.period),
            national,
        })
    }

    fn read_yes_or_no(&self) -> Result<bool, Problem> {
        match self.value {
            "yes" => Ok(true),
            "no" => Ok(false),
            value => Err(wrong_value(value, "yes or no", "say yes or no")),
        }
    }

    /// The answer to a question that was resolved is a resolution again, by somebody who may resolve.
    fn resolve_again(
        &self,
        writer: &Writer<'_>,
        who: &str,
        change: Change,
    ) -> Result<Change, Problems> {
        let (Some(case), Change::RecordAnswers { patch, .. }) = (self.case, &change) else {
            return Ok(change);
        };
        let Some((place, said)) = patch.iter().next() else {
            return Ok(change);
        };
        let reader = writer.read();
        let resolutions = reader.resolutions(self.inspection.id)?;
        let is_this = |row: &ResolutionRow| (row.case, row.place) == (case.id, place);
        if !resolutions.iter().any(is_this) {
            return Ok(change);
        }
        let further = reader.further(self.inspection.id, Some(case.id))?;
        let seconds = further.iter().filter(|row| row.role == Role::Second);
        refuse_assessors(reader, case, seconds, who)?;
        match said {
            Said::Answer(answer) => Ok(Change::Resolve {
                place,
                answer,
                because: String::new(),
            }),
            Said::Cleared => {
                let remedy = "answer yes, no or na";
                Err(wrong_value(self.value, "a final answer", remedy).into())
            }
        }
    }

    /// What one of those in conflict said of a note; one who took the note back said that it is no example.
    fn mark_example(&self, writer: &Writer<'_>, number: &str) -> Result<Change, Problems> {
        let questions = self.case.map(|case| question_set(self.inspection, case));
        let place = questions.and_then(|questions| questions.question(number));
        Ok(match self.choose_one(writer)? {
            change @ Change::MarkExample { .. } => change,
            _ => Change::MarkExample {
                place: place.unwrap_or_default(),
                example: None,
            },
        })
    }

    /// What one of those in conflict recorded: the figures of a measure, a population, a draw, an interest.
    pub(super) fn choose_one(&self, writer: &Writer<'_>) -> Result<Change, Problems> {
        let says = &self.conflict.says;
        let exactly = says.iter().find(|saying| saying.value == self.value);
        let mut meant = says
            .iter()
            .filter(|saying| saying.value.starts_with(self.value));
        let beginning = meant
            .next()
            .filter(|first| meant.all(|other| other.value == first.value));
        let chosen = exactly.or(beginning);
        // Entries about a sample have no subject of their own.
        let rows = writer.read().history(self.case.map(|case| case.id))?;
        let row = chosen.and_then(|chosen| rows.into_iter().find(|row| row.id == chosen.entry));
        match row {
            Some(row) => Ok(row.change),
            None => {
                let remedy = "give one of those that were recorded, or as much of its beginning as tells it apart";
                Err(wrong_value(self.value, "one of those in conflict", remedy).into())
            }
        }
    }

    fn settlement(&self, left_count: usize, settled: &Settled, cases: CasesSettled) -> Settlement {
        let names = self
            .case
            .map(|case| name_settled(question_set(self.inspection, case), settled));
        let (parked, restored) = names.unwrap_or_default();
        Settlement {
            left_count,
            parked,
            restored,
            cases,
        }
    }
}

pub(super) fn wrong_value(value: &str, what: &str, remedy: &str) -> Problem {
    let shown = if value.is_empty() { "nothing" } else { value };
    Problem::new(Code::WrongValue, format!("{shown} is not {what}"), remedy)
}
