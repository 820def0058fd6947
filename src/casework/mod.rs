//! The use cases: one function for each thing that a person does, shared by the terminal and the web page.
//!
//! Rules of how a case is recorded, submitted and rated meet here. Must not print, parse arguments, or read the clock:
//! who, when and on which device come with the [`Desk`].

mod cases;
mod desk;
mod evidence;
#[cfg(test)]
pub(crate) mod example;
mod frameworks;
mod history;
mod importing;
mod importing_answers;
mod inspections;
mod judging;
mod merging;
mod moderating;
mod overview;
mod rating;
mod recording;
mod redacting;
mod session;
mod settling;
mod submitting;

// What every use case takes or gives comes along, so that terminal and web page need no other module.
pub use crate::exchange::{Encoding, Options};
pub use crate::framework::{Framework, render_problems};
pub use crate::store::{Access, Status, Store};
pub use cases::{
    CaseCard, InformationSet, NewCase, add_case, assign_cases, list_cases, name_pair, restore_case,
    set_information, show_case, withdraw_case,
};
pub use desk::{Clock, Desk};
pub use evidence::{Gathered, load_evidence};
pub use frameworks::{
    FrameworkOrigin, ListedFramework, add_framework, find_framework, list_frameworks,
};
pub use history::{HistoryLine, show_history};
pub use importing::{Imported, import_cases, import_judgements};
pub use importing_answers::import_answers;
pub use inspections::{
    Inspection, NewInspection, close_inspection, current_inspection, open_inspection,
    reopen_inspection,
};
pub use judging::{Judged, judge_standard, load_judgements};
pub use merging::{MergedFiles, merge_files};
pub use moderating::{Moderated, decide_moderation, propose_moderation, withdraw_moderation};
pub use overview::{
    Progress, ProgressRow, check_record, holds_entry, outstanding_notice, show_progress,
};
pub use rating::{GroupRating, RatingScope, rate, rate_by};
pub use recording::{Recorded, Says, record_answers};
pub use redacting::{RedactedText, redact_entry};
pub use session::{Heard, Listed, Session, Step};
pub use settling::{OpenConflict, Settlement, conflicts_notice, list_conflicts, settle_conflict};
pub use submitting::{Gaps, Submitted, find_gaps, reopen_assessment, submit_assessment};
