//! Plain values: what an answer, a case, an entry and a tally are.
//!
//! Must not know serde, SQL, the clock or any input or output: every other module may use these values, and a value
//! that could open a file would drag the whole program with it.

mod answer;
mod asked;
mod condition;
mod drawn_sample;
mod entry;
mod further;
mod measurement;
mod population;
mod problem;
mod publication;
mod question_set;
mod sheet;
mod tally;

pub use answer::{Answer, State};
pub use asked::Asked;
pub use condition::Condition;
pub use drawn_sample::{DrawnCase, DrawnGroup, DrawnSample};
pub use entry::{Action, Change, EntryId};
pub use further::{Practice, Role};
pub use measurement::{Measurement, parse_figure, round_figure};
pub use population::{CodedColumn, Population};
pub use problem::{Code, Place, Problem, Problems, list_some, nearest};
pub use publication::Publication;
pub use question_set::{Attribute, AttributeKind, Question, QuestionSet};
pub use sheet::{Mark, Patch, Said, Settled, Sheet};
pub use tally::{SampleTallies, Share, Tally};

/// An exact decimal number.
pub use rust_decimal::Decimal;
