//! Tests of what is gathered: figures in the framework's order, and values that come from an audit of the same provider.

use chrono::DateTime;

use super::*;
use crate::casework::{
    Clock, Desk, NewCase, NewInspection, Says, Target, add_case, add_framework, close_inspection,
    current_inspection, open_inspection, rate, record_answers, submit_assessment,
};
use crate::model::Change;

const AUDIT: &str = r#"id = "audit"
title = "An audit"
edition = "1"
source = "Made up"
bands = { good = 50 }
[scale]
ratings = [
  { id = "poor", title = "Poor", points = 0 },
  { id = "good", title = "Good", points = 1 },
]
[[sample]]
id = "cases"
[[standard]]
number = "1"
title = "Quality"
rule = "lowest-key-question"
[[standard.question]]
number = "1.1"
sample = "cases"
text = "Is it good?"
"#;

const SCORECARD: &str = r#"id = "scorecard"
title = "A scorecard"
edition = "1"
source = "Made up"
overall.rule = "none"
[[measure]]
id = "Z9"
title = "Completions"
unit = "%"
[[measure]]
id = "A1"
title = "Quality of the work"
unit = "%"
decimals = 0
percent_yes_of = { framework = "audit", question = "1.1" }
[[standard]]
number = "1"
title = "All"
rule = "none"
measures = ["Z9", "A1"]
"#;

struct Scene {
    store: Store,
    desk: Desk,
}

impl Scene {
    fn new() -> Scene {
        let mut store = Store::in_memory().unwrap();
        let clock = Clock::Fixed(DateTime::UNIX_EPOCH);
        let desk = Desk::new("INSP-01", "laptop", clock, [1; 32]).unwrap();
        for text in [AUDIT, SCORECARD] {
            add_framework(&mut store, &desk, text, "f.toml").unwrap();
        }
        Scene { store, desk }
    }

    fn open(&mut self, framework: &str, name: &str, provider: &str, period: &str) -> Inspection {
        let new = NewInspection {
            name,
            framework,
            provider,
            period,
            ..NewInspection::default()
        };
        open_inspection(&mut self.store, &mut self.desk, &new).unwrap()
    }

    /// An audit of two cases that are good and one that is not; one more is not submitted.
    fn audit(&mut self, name: &str, provider: &str, period: &str) {
        let audit = self.open("audit", name, provider, period);
        let Scene { store, desk } = self;
        for (reference, answer) in [("C-1", "yes"), ("C-2", "yes"), ("C-3", "no"), ("C-4", "no")] {
            let case = NewCase {
                reference,
                sample: "cases",
                ..NewCase::default()
            };
            add_case(store, desk, &audit, &case).unwrap();
            let says = Says {
                question: "1.1".into(),
                answer: Some(answer.into()),
                note: None,
            };
            record_answers(
                store,
                desk,
                &audit,
                "record",
                Target::own(reference),
                &[says],
            )
            .unwrap();
            if reference != "C-4" {
                submit_assessment(store, desk, &audit, Target::own(reference), "").unwrap();
            }
        }
    }

    fn close(&mut self, name: &str) {
        let inspection = current_inspection(&self.store, Some(name)).unwrap();
        close_inspection(&mut self.store, &self.desk, &inspection, None, "by mistake").unwrap();
    }

    fn record(&mut self, inspection: &Inspection, measure: &str, value: &str, target: &str) {
        let change = Change::RecordMeasure {
            measure: measure.into(),
            measurement: Some(Measurement {
                value: value.parse().ok(),
                target: target.parse().ok(),
                ..Measurement::default()
            }),
        };
        let action = self.desk.action(Some(inspection), "measure", "");
        self.store
            .write(
                std::slice::from_ref(&inspection.edition),
                &action,
                |writer| writer.append(Some(inspection.id), &change),
            )
            .unwrap();
    }

    fn measurements(&self, inspection: &Inspection) -> Result<Vec<Option<Measurement>>, Problems> {
        let gathered = load_evidence(&self.store, inspection, RatingScope::Submitted)?;
        Ok(gathered.measurements)
    }

    /// Value, observations and words of the measure that is taken from an audit; `None` where nothing is known of it.
    fn taken(&self, inspection: &Inspection) -> Option<(Option<u64>, Option<u64>, String)> {
        let taken = self.measurements(inspection).unwrap().pop().unwrap()?;
        let value = taken.value.and_then(|value| value.to_string().parse().ok());
        Some((value, taken.observations, taken.taken_from))
    }
}

fn named(words: &str) -> Option<(Option<u64>, Option<u64>, String)> {
    let words = format!("percent yes of 1.1 in inspection {words}");
    Some((Some(67), Some(3), words))
}

#[test]
fn measurements_stand_in_the_order_of_the_framework_and_none_is_made_up() {
    let mut scene = Scene::new();
    let scorecard = scene.open("scorecard", "S", "North", "");
    assert_eq!(scene.measurements(&scorecard).unwrap(), [None, None]);
    scene.record(&scorecard, "Z9", "71.2", "70");
    let measurements = scene.measurements(&scorecard).unwrap();
    let value = measurements[0].as_ref().unwrap().value;
    assert_eq!((value, &measurements[1]), ("71.2".parse().ok(), &None));
}

#[test]
fn a_value_is_taken_from_the_audit_of_the_same_provider_and_target_stays_as_recorded() {
    let mut scene = Scene::new();
    let scorecard = scene.open("scorecard", "S", "North", "2024");
    scene.audit("South audit", "South", "2024");
    assert_eq!(scene.taken(&scorecard), None);
    scene.record(&scorecard, "A1", "99", "60");
    let nothing = (None, None, String::new());
    assert_eq!(scene.taken(&scorecard), Some(nothing), "no audit, no value");
    scene.audit("North audit", "north", "");
    assert_eq!(scene.taken(&scorecard), named("North audit"));
    let measurements = scene.measurements(&scorecard).unwrap();
    let target = measurements[1].as_ref().unwrap().target;
    assert_eq!(target, "60".parse().ok());
}

#[test]
fn an_audit_without_answers_gives_no_value_but_says_where_it_was_looked_for() {
    let mut scene = Scene::new();
    let scorecard = scene.open("scorecard", "S", "North", "");
    scene.open("audit", "Empty", "North", "");
    let words = "percent yes of 1.1 in inspection Empty".to_owned();
    assert_eq!(scene.taken(&scorecard), Some((None, None, words)));
}

#[test]
fn of_several_audits_the_one_of_the_same_period_counts_and_a_single_one_names_its_own() {
    let mut scene = Scene::new();
    let scorecard = scene.open("scorecard", "S", "North", "2024");
    scene.audit("Before", "North", "2023");
    assert_eq!(scene.taken(&scorecard), named("Before (2023)"));
    scene.audit("Long before", "North", "2022");
    assert_eq!(scene.taken(&scorecard), None, "both are of other periods");
    scene.audit("Now", "North", "2024");
    assert_eq!(scene.taken(&scorecard), named("Now"));
}

#[test]
fn audits_that_cannot_be_told_apart_are_named() {
    let mut scene = Scene::new();
    let scorecard = scene.open("scorecard", "S", "North", "");
    scene.audit("One", "North", "2023");
    scene.audit("Two", "North", "2024");
    let words = "percent yes of one of several inspections, and it is not clear of which: One, Two; \
                 those not meant are closed or corrected with inspection change";
    assert_eq!(
        scene.taken(&scorecard),
        Some((None, None, words.to_owned()))
    );
    assert!(rate(&scene.store, &scorecard, RatingScope::Submitted).is_ok());
    scene.close("Two");
    assert_eq!(scene.taken(&scorecard), named("One (2023)"));
}

#[test]
fn an_audit_without_cases_that_count_gives_way_and_so_does_a_closed_one() {
    let mut scene = Scene::new();
    let scorecard = scene.open("scorecard", "S", "North", "");
    scene.audit("Full", "North", "");
    scene.open("audit", "Empty", "North", "");
    assert_eq!(scene.taken(&scorecard), named("Full"));
    scene.close("Full");
    assert_eq!(
        scene.taken(&scorecard),
        named("Full"),
        "closed is what is done"
    );
    scene.audit("Second", "North", "");
    assert_eq!(scene.taken(&scorecard), named("Second"));
}

#[test]
fn an_indicative_rating_counts_the_assessments_of_the_audit_as_well() {
    let mut scene = Scene::new();
    let scorecard = scene.open("scorecard", "S", "North", "");
    assert_eq!(count_indicative(&scene.store, &scorecard), Ok(0));
    scene.audit("One", "North", "");
    assert_eq!(count_indicative(&scene.store, &scorecard), Ok(1));
}

#[test]
fn of_several_audits_the_one_of_the_same_programme_is_preferred() {
    let mut scene = Scene::new();
    scene.audit("One", "North", "");
    let Scene { store, desk } = &mut scene;
    let new = NewInspection {
        name: "Two",
        framework: "audit",
        provider: "North",
        programme: "Round 1",
        ..NewInspection::default()
    };
    open_inspection(store, desk, &new).unwrap();
    let new = NewInspection {
        name: "S",
        framework: "scorecard",
        ..new
    };
    let scorecard = open_inspection(store, desk, &new).unwrap();
    let words = "percent yes of 1.1 in inspection Two".to_owned();
    assert_eq!(scene.taken(&scorecard), Some((None, None, words)));
}

#[test]
fn a_question_that_the_audit_does_not_ask_is_a_problem() {
    let mut scene = Scene::new();
    let other = SCORECARD
        .replace("1.1", "1.2")
        .replace("\"scorecard\"", "\"other\"");
    let problems = add_framework(&mut scene.store, &scene.desk, &other, "f.toml").unwrap_err();
    assert_eq!(
        problems.to_string(),
        "f.toml line 15: the value of A1 is the percent yes of 1.2, and audit has no such question; \
         did you mean 1.1? [unknown-question]"
    );
    // Where the audit's framework comes later, or in another edition, the value is missing and says why.
    let later = other.replace("\"audit\"", "\"later\"");
    let added = add_framework(&mut scene.store, &scene.desk, &later, "f.toml").unwrap();
    let doubt =
        "A1 takes its value from another framework: there is no framework later; there are: ";
    assert!(
        matches!(added.doubts.as_slice(), [only] if only.starts_with(doubt)),
        "{:?}",
        added.doubts
    );
    let audit = AUDIT.replace("\"audit\"", "\"later\"");
    add_framework(&mut scene.store, &scene.desk, &audit, "f.toml").unwrap();
    let scorecard = scene.open("other", "S", "North", "");
    scene.open("later", "One", "North", "");
    let words =
        "percent yes of 1.2 in inspection One, whose framework later does not ask it".to_owned();
    assert_eq!(scene.taken(&scorecard), Some((None, None, words)));
}
