//! The use cases: one function for each thing that a person does, shared by the terminal and the web page.
//!
//! Rules of how a case is recorded, submitted and rated meet here. Must not print, parse arguments, or read the clock:
//! who, when and on which device come with the [`Desk`].

mod agreeing;
mod allocating;
mod assessment;
mod basis;
mod bringing_in;
mod cases;
mod checking_workbooks;
mod closing;
mod comparing;
mod correcting;
mod counted;
mod desk;
mod draw_shown;
mod drawing;
mod evidence;
#[cfg(test)]
pub(crate) mod example;
mod frameworks;
mod giving;
mod history;
mod importing;
mod importing_answers;
mod importing_judgements;
mod importing_measures;
mod inspections;
mod interests;
mod judging;
mod kept_columns;
mod merging;
mod moderating;
mod overview;
mod population;
mod population_encoding;
mod population_shown;
mod practice;
mod programmes;
mod publications;
mod published;
mod publishing;
mod rating;
mod recording;
mod redacting;
mod replacing;
mod reporting;
mod resolving;
mod revising;
mod rounds;
mod sample_progress;
mod sample_size;
mod session;
mod settling;
mod settling_draws;
mod settling_further;
mod settling_status;
mod showing;
mod strata;
mod subgroups;
mod submitting;
mod sureness;
mod surroundings;
mod withdrawing;

// What every use case takes or gives comes along, so that terminal and web page need no other module.
pub use crate::exchange::{Encoding, Options};
pub use crate::framework::{Framework, render_problems};
pub use crate::rubric::{HeldWorkbook, Weight};
pub use crate::store::{Access, Status, Store};
pub use agreeing::{Agreed, Compare, compare_assessments, compare_exercise};
pub use allocating::{Spread, list_given, spread_cases};
pub use assessment::Target;
pub use cases::{
    Assigned, InformationSet, NewCase, add_case, assign_cases, list_cases, mark_exercise,
    name_pair, set_information,
};
pub use checking_workbooks::check_workbook;
pub use closing::{close_inspection, reopen_inspection};
pub use comparing::{
    Rated, check_item, differing_texts, find_order, rate_latest_periods, rate_programme, rate_two,
};
pub use correcting::{Corrected, Correction, change_inspection};
pub use desk::{Clock, Desk};
pub use draw_shown::{KeyedCase, SampleShown, SharesShown, list_draw_keys, show_sample};
pub use drawing::{SampleDrawn, draw_sample, undo_draw};
pub use evidence::{Gathered, load_evidence};
pub use frameworks::{
    AddedFramework, FrameworkOrigin, ListedFramework, add_framework, check_framework,
    find_framework, list_frameworks,
};
pub use giving::{ToReassign, list_to_reassign};
pub use history::{HistoryLine, show_history};
pub use importing::{Imported, import_cases};
pub use importing_answers::import_answers;
pub use importing_judgements::import_judgements;
pub use importing_measures::{RecordedMeasure, TypedFigures, import_measures, record_measure};
pub use inspections::{Inspection, NewInspection, current_inspection, open_inspection};
pub use interests::{InterestDeclared, declare_interest, list_interests};
pub use judging::{Judged, judge_standard, load_judgements};
pub use kept_columns::KeptColumn;
pub use merging::{MergedFiles, merge_files};
pub use moderating::{Moderated, decide_moderation, propose_moderation, withdraw_moderation};
pub use overview::{
    Progress, ProgressRow, check_record, holds_entry, outstanding_notice, show_progress,
};
pub use population::{PopulationFile, PopulationImported, import_population};
pub use population_shown::{GroupCounts, PopulationShown, show_populations};
pub use practice::{Example, Mark, list_examples, mark_example};
pub use programmes::{Round, doubt_inspection};
pub use published::{Compared, compare_published, refuse_differing};
pub use publishing::{about_programme, build_annex};
pub use rating::{GroupRating, RatingScope, rate, rate_by};
pub use recording::{Recorded, Says, record_answers};
pub use redacting::{RedactedText, redact_entry};
pub use replacing::{Replaced, replace_case};
pub use reporting::{AnnexWanted, GroupsWanted, head_all, head_one, head_report};
pub use resolving::{Resolved, resolve_disagreement};
pub use rounds::ImportedRound;
pub use sample_progress::{
    DrawnProgress, DrawnSampleProgress, OldestUntouched, oldest_untouched, show_drawn_progress,
};
pub use sample_size::{SampleSize, SizeQuestion, framework_for_size, size_sample};
pub use session::{Heard, Listed, Session, Step};
pub use settling::{OpenConflict, Settlement, conflicts_notice, list_conflicts, settle_conflict};
pub use settling_draws::CasesSettled;
pub use showing::{AnswerLine, CaseCard, FurtherCard, show_case};
pub use submitting::{Gaps, Submitted, find_gaps, reopen_assessment, submit_assessment};
pub use sureness::SurenessWanted;
pub use surroundings::lacking_period;
pub use withdrawing::{Reserve, WorkLost, restore_case, withdraw_case};
