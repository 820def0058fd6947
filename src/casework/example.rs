//! A small inspection in memory, for the tests of sessions.
//!
//! Must not be needed by anything but tests.

use chrono::DateTime;

use super::{
    Clock, Desk, Inspection, NewCase, NewInspection, add_case, add_framework, open_inspection,
};
use crate::store::Store;

/// 2.2.1b hangs on 2.2.1a, 2.2.1c on its own key question, and 2.3.1 on case information.
const FRAMEWORK: &str = r#"id = "small"
title = "A small framework"
edition = "1"
source = "Made up"
scale.ratings = [
  { id = "poor", title = "Poor", points = 0 },
  { id = "good", title = "Good", points = 1 },
]
bands = { good = 50 }
[[sample]]
id = "cases"
title = "Cases"
[[sample.information]]
id = "rosh"
choices = ["low", "high"]
[[standard]]
number = "2.1"
title = "Assessment"
domain = "2"
rule = "lowest-key-question"
[[standard.question]]
number = "2.1.1"
sample = "cases"
text = "Is the assessment good?"
guidance = "Judge it at the start."
note_on = ["no"]
[[standard.question.prompt]]
letter = "a"
text = "Were the sources used?"
[[standard.question.prompt]]
letter = "b"
text = "Was it on time?"
not_applicable = false
[[standard]]
number = "2.2"
title = "Planning"
domain = "2"
rule = "lowest-key-question"
[[standard.question]]
number = "2.2.1"
sample = "cases"
text = "Is the plan good?"
[[standard.question.prompt]]
letter = "a"
text = "Was there a breach?"
[[standard.question.prompt]]
letter = "b"
text = "Was the breach dealt with?"
applies_when = { "2.2.1a" = "yes" }
[[standard.question.prompt]]
letter = "c"
text = "Is it on file why not?"
applies_when = { "2.2.1" = "no" }
[[standard]]
number = "2.3"
title = "Risk"
domain = "2"
rule = "lowest-key-question"
[[standard.question]]
number = "2.3.1"
sample = "cases"
text = "Is the risk managed?"
applies_when = { rosh = "high" }
[[standard]]
number = "3.1"
title = "Staff"
domain = "3"
rule = "lowest-key-question"
[[sample]]
id = "staff"
[[standard.question]]
number = "3.1.1"
sample = "staff"
text = "Are staff trained?"
"#;

/// An inspection with case C-1 of low and C-2 of high risk, worked on by INSP-01, who has C-1.
pub(crate) fn small_inspection() -> (Store, Desk, Inspection) {
    let mut store = Store::in_memory().unwrap();
    let clock = Clock::Fixed(DateTime::UNIX_EPOCH);
    let mut desk = Desk::new("INSP-01", "laptop", clock, [1; 32]).unwrap();
    add_framework(&mut store, &desk, FRAMEWORK, "f.toml").unwrap();
    let new = NewInspection {
        name: "North 2018",
        framework: "small",
        provider: "North",
        ..NewInspection::default()
    };
    let inspection = open_inspection(&mut store, &mut desk, &new).unwrap();
    for (reference, risk, assessor) in [("C-1", "low", "INSP-01"), ("C-2", "high", "INSP-02")] {
        let information = [("rosh".to_owned(), risk.to_owned())];
        let new = NewCase {
            reference,
            sample: "cases",
            assessor,
            information: &information,
            ..NewCase::default()
        };
        add_case(&mut store, &mut desk, &inspection, &new).unwrap();
    }
    (store, desk, inspection)
}
