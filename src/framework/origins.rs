//! Where the parts of a framework are written in its file, for what can be checked only when all of them have been read.
//!
//! Must not know what is checked.

use super::collect::Span;
use super::raw::Written;

/// Where measures and standards are written, in the order of the framework.
pub(super) struct Origins<'t> {
    pub(super) measures: Vec<MeasureOrigin<'t>>,
    pub(super) standards: Vec<StandardOrigin<'t>>,
}

/// Where a measure is written.
pub(super) struct MeasureOrigin<'t> {
    /// Its id; `None` when it has none.
    pub(super) id: Option<Written<'t>>,
    pub(super) weight: Option<Span>,
    /// Its own bands or distance.
    pub(super) grading: Option<Span>,
    /// The question of this framework whose percent yes it takes.
    pub(super) question: Option<Written<'t>>,
}

/// Where a standard is written.
pub(super) struct StandardOrigin<'t> {
    /// Its rule, or its header when it has none.
    pub(super) rule: Span,
    pub(super) weight: Option<Span>,
    /// The weight of each of its key questions, in order.
    pub(super) question_weights: Vec<Option<Span>>,
    /// The numbers of the standards that it sums up.
    pub(super) sums_up: Vec<Written<'t>>,
    /// Whether something about its rule or parts is wrong and reported, so that nothing follows from what it has.
    pub(super) is_wrong: bool,
}
