//! Measures and moderation through the one door.

use super::*;
use crate::store::{DecisionRow, ModerationRow};

fn say(store: &mut Store, change: &Change) -> Vec<&'static str> {
    match append(store, Some(INSPECTION), change) {
        Ok(_) => Vec::new(),
        Err(problems) => codes(&problems),
    }
}

#[test]
fn a_measure_reads_back_digit_by_digit_is_replaced_whole_and_taken_back() {
    let mut store = in_memory();
    say(&mut store, &measured());
    let Change::RecordMeasure { measurement, .. } = measured() else {
        panic!("not a measure");
    };
    let recorded = store.read().measurements(INSPECTION).unwrap();
    assert_eq!(recorded, [("SL001".to_owned(), measurement.unwrap())]);
    let value = recorded[0].1.value.map(|value| value.to_string());
    assert_eq!(value.as_deref(), Some("71.20"));
    assert_eq!(store.read().measurements([7; 16]).unwrap(), []);
    let shown: (f64, String, Option<f64>) = store
        .connection
        .query_row("SELECT value, marks, national FROM measure", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    assert_eq!(shown, (71.2, "p".to_owned(), None));
    let mut record = |measurement: Option<Measurement>| {
        let measure = "SL001".to_owned();
        let change = Change::RecordMeasure {
            measure,
            measurement,
        };
        assert_eq!(say(&mut store, &change), [""; 0]);
        assert_eq!(findings(&store), [""; 0]);
        store.read().measurements(INSPECTION).unwrap()
    };
    let nothing = Measurement::default();
    assert_eq!(record(Some(nothing.clone()))[0].1, nothing);
    assert_eq!(record(None), []);
}

#[test]
fn a_proposal_is_decided_once_and_the_next_takes_its_place() {
    let mut store = in_memory();
    assert_eq!(say(&mut store, &decide(true)), ["no-proposal"]);
    assert_eq!(say(&mut store, &propose(None)), ["no-proposal"]);
    assert_eq!(say(&mut store, &propose(Some("good"))), [""; 0]);
    assert_eq!(say(&mut store, &propose(Some("poor"))), ["proposal-open"]);
    assert_eq!(say(&mut store, &decide(false)), [""; 0]);
    assert_eq!(say(&mut store, &decide(true)), ["no-proposal"]);
    assert_eq!(say(&mut store, &propose(None)), ["no-proposal"]);
    let row = ModerationRow {
        rating: "good".into(),
        evidence: "two returns came late".into(),
        made_on: Some("fair".into()),
        who: action().who,
        at: action().at,
        decision: Some(DecisionRow {
            accepted: false,
            because: "the returns were confirmed".into(),
            who: action().who,
            at: action().at,
        }),
    };
    assert_eq!(store.read().moderation(INSPECTION).unwrap(), Some(row));
    assert_eq!(say(&mut store, &propose(Some("poor"))), [""; 0]);
    let open = store.read().moderation(INSPECTION).unwrap().unwrap();
    assert_eq!((open.rating.as_str(), open.decision), ("poor", None));
    assert_eq!(findings(&store), [""; 0]);
    assert_eq!(say(&mut store, &propose(None)), [""; 0]);
    assert_eq!(store.read().moderation(INSPECTION).unwrap(), None);
    assert_eq!(findings(&store), [""; 0]);
}

#[test]
fn a_closed_inspection_takes_no_measure_and_no_moderation() {
    let mut store = in_memory();
    say(&mut store, &propose(Some("good")));
    say(&mut store, &Change::CloseInspection(None));
    for change in [measured(), propose(None), decide(true)] {
        assert_eq!(say(&mut store, &change), ["closed"]);
    }
}
