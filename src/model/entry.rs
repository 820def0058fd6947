//! What an entry of the log says: one change to the record, and the act it was part of.
//!
//! Must not know how entries are encoded, hashed, stored or applied (`store`).

use std::fmt;

use super::{Answer, DrawnSample, Measurement, Patch, Population, Practice, Publication, Role};

/// The hash of an entry's content (SHA-256), which is its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub [u8; 32]);

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// One act of one person: who, when, on which device, in which inspection, from what, and why. The entries that one
/// command, import or saved form writes share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// When, in UTC, as RFC 3339 with milliseconds: `2018-10-08T09:12:00.000Z`.
    pub at: String,
    /// Who, as they name themselves.
    pub who: String,
    /// The device's name.
    pub device: String,
    /// The inspection that it belongs to (a UUID), or `None` for what stands outside any inspection or belongs to several.
    pub inspection: Option<[u8; 16]>,
    /// Where it came from: `record`, `assess`, or the name of an imported file.
    pub source: String,
    /// The reason that was given; empty where none is asked for.
    pub because: String,
}

/// One change to the record. Everything that is ever written is one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A framework edition was added: its exact text.
    AddFramework {
        /// The TOML text.
        text: String,
    },
    /// An inspection was opened; the entry's subject is its new id.
    OpenInspection {
        /// Its name, unique in the file.
        name: String,
        /// SHA-256 of the framework's text.
        framework: [u8; 32],
        /// The service that is inspected.
        provider: String,
        /// The round of inspections that it belongs to; empty for none.
        programme: String,
        /// The period that it is about, such as `2023-24`; empty for none.
        period: String,
        /// Whether its figures are those of the whole nation: shown beside the providers, never counted among them.
        national: bool,
    },
    /// What an inspection is called and where it belongs was corrected; `None` stays as it is.
    ChangeInspection {
        /// Its name, unique in the file.
        name: Option<String>,
        /// The service that is inspected.
        provider: Option<String>,
        /// The round of inspections that it belongs to; empty takes it out of its round.
        programme: Option<String>,
        /// The period that it is about; empty for none.
        period: Option<String>,
        /// Whether its figures are those of the whole nation.
        national: Option<bool>,
    },
    /// The inspection was closed, with the figures that are published: nothing in it changes until it is reopened. `None` where
    /// none were kept (programs before version 3 of the record), or where an earlier closing is said to hold.
    CloseInspection(Option<Publication>),
    /// The closed inspection was opened again.
    ReopenInspection,
    /// A case was added; the entry's subject is its new id.
    AddCase {
        /// Its reference, unique in the inspection.
        reference: String,
        /// The sample's id.
        sample: String,
        /// Who is to assess it; empty for nobody yet.
        assessor: String,
        /// Who assesses it together with them; empty for nobody.
        joint_assessor: String,
        /// Case information in framework order; `None` is not recorded.
        information: Vec<Option<String>>,
    },
    /// Case information was set, or cleared (`None`): attribute place and value.
    SetInformation {
        /// Only what changes.
        values: Vec<(usize, Option<String>)>,
    },
    /// The case was given to an assessor, or to nobody (empty).
    Assign {
        /// The assessor's name or code.
        assessor: String,
        /// Who assesses it together with them; empty for nobody.
        joint_assessor: String,
    },
    /// The case got another reference, because two people had given the same one to different cases.
    SetReference {
        /// Its reference, unique in the inspection.
        reference: String,
    },
    /// The case was left out of the sample: it stays in the record and counts nowhere.
    WithdrawCase,
    /// A withdrawn case was taken back into the sample.
    RestoreCase,
    /// Answers and notes were recorded.
    RecordAnswers {
        /// Answers set and cleared.
        patch: Patch,
        /// Notes set, or cleared (`None`), by question place.
        notes: Vec<(usize, Option<String>)>,
    },
    /// Answers and notes were recorded and the assessment submitted in one step, as an import does.
    SubmitAnswers {
        /// Answers set and cleared.
        patch: Patch,
        /// Notes set, or cleared (`None`), by question place.
        notes: Vec<(usize, Option<String>)>,
    },
    /// The assessment was submitted: it counts, and is locked.
    Submit,
    /// The submitted assessment was opened again for changes.
    Reopen,
    /// Answers and notes of a further assessment were recorded, and perhaps that was submitted. One in which nothing is
    /// left that was said is no assessment any more.
    AssessFurther {
        /// Which of the further assessments.
        role: Role,
        /// Whose assessment it is.
        assessor: String,
        /// Answers set and cleared.
        patch: Patch,
        /// Notes set, or cleared (`None`), by question place.
        notes: Vec<(usize, Option<String>)>,
        /// Whether it is submitted by this.
        submits: bool,
    },
    /// A submitted further assessment was opened again for changes.
    ReopenFurther {
        /// Which of the further assessments.
        role: Role,
        /// Whose assessment it is.
        assessor: String,
    },
    /// A disagreement between the first and a second assessment was resolved: this is the case's answer from now on.
    Resolve {
        /// The question's place on the sheet.
        place: usize,
        /// The final answer.
        answer: Answer,
        /// The reason; empty where the act gives it.
        because: String,
    },
    /// The case became an exercise, which everybody answers and which is counted nowhere, or a case like any other again.
    MarkExercise {
        /// Whether it is an exercise from now on.
        exercise: bool,
    },
    /// A note was marked as an example of practice, or is none any more (`None`).
    MarkExample {
        /// The question's place on the sheet.
        place: usize,
        /// What it is an example of, and the number of the standard that it belongs to.
        example: Option<(Practice, String)>,
    },
    /// A standard's rating was set by people, or the judgement was withdrawn (`None`).
    Judge {
        /// The standard's number.
        standard: String,
        /// The rating's id.
        rating: Option<String>,
        /// What the judgement rests on.
        because: String,
    },
    /// The figures of a measure were recorded in place of any earlier ones, or withdrawn (`None`).
    RecordMeasure {
        /// The measure's id.
        measure: String,
        /// All that is known of it; where a value was taken from is never recorded.
        measurement: Option<Measurement>,
    },
    /// It was proposed to move the overall rating, or the open proposal was withdrawn (`None`).
    ProposeModeration {
        /// The id of the rating that is asked for.
        rating: Option<String>,
        /// What the proposal rests on, or why it is withdrawn.
        evidence: String,
        /// The id of the rating that it is to move, as it stood when it was proposed; `None` where there was none.
        made_on: Option<String>,
    },
    /// The open proposal was decided.
    DecideModeration {
        /// Whether the proposed rating is the rating from now on.
        accepted: bool,
        /// The reason.
        because: String,
    },
    /// The body of an earlier entry was replaced by one without free text; the action says why.
    Redact {
        /// The id of that entry.
        entry: EntryId,
        /// SHA-256 of the body that stands there from then on.
        body: [u8; 32],
    },
    /// The population of a sample was taken over from an extract, in place of any earlier one.
    ImportPopulation(Population),
    /// A sample was drawn from its population; its cases are entries of their own in the same action.
    DrawSample(DrawnSample),
    /// A draw was taken back: its cases are withdrawn by entries of their own in the same action.
    UndoDraw {
        /// The sample's id.
        sample: String,
    },
    /// A reserve took the place of a case that was withdrawn, or was given back; the entry's subject is the case that it became.
    CallUpReserve {
        /// The sample's id.
        sample: String,
        /// The reserve's reference.
        reference: String,
        /// The reference of the case that it replaces; empty where it is given back to the reserves.
        replaces: String,
    },
    /// Somebody has an interest in a case, which is then its subject, or in every case of an officer, and so may not assess them.
    DeclareInterest {
        /// The assessor's name or code.
        assessor: String,
        /// The reference of the case; empty where it is about an officer.
        reference: String,
        /// The officer's code; empty where it is about a case.
        officer: String,
        /// Whether there is an interest; false takes back what was declared.
        holds: bool,
    },
}

impl Change {
    /// The short word that the log keeps for this kind of change.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Change::AddFramework { .. } => "framework",
            Change::OpenInspection { .. } => "inspection",
            Change::ChangeInspection { .. } => "correction",
            Change::CloseInspection(_) => "close",
            Change::ReopenInspection => "open-again",
            Change::AddCase { .. } => "case",
            Change::SetInformation { .. } => "information",
            Change::Assign { .. } => "assign",
            Change::SetReference { .. } => "reference",
            Change::WithdrawCase => "withdraw",
            Change::RestoreCase => "restore",
            Change::RecordAnswers { .. } => "answers",
            Change::SubmitAnswers { .. } => "assessment",
            Change::Submit => "submit",
            Change::Reopen => "reopen",
            Change::AssessFurther { .. } => "further",
            Change::ReopenFurther { .. } => "reopen-further",
            Change::Resolve { .. } => "resolve",
            Change::MarkExercise { .. } => "exercise",
            Change::MarkExample { .. } => "example",
            Change::Judge { .. } => "judge",
            Change::RecordMeasure { .. } => "measure",
            Change::ProposeModeration { .. } => "proposal",
            Change::DecideModeration { .. } => "decision",
            Change::Redact { .. } => "redact",
            Change::ImportPopulation(_) => "population",
            Change::DrawSample(_) => "draw",
            Change::UndoDraw { .. } => "undo-draw",
            Change::CallUpReserve { .. } => "call-up",
            Change::DeclareInterest { .. } => "interest",
        }
    }
}
