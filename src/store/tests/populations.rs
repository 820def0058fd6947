//! Populations and the samples drawn from them, through the one door.

use super::*;
use crate::model::{CodedColumn, DrawnCase, DrawnGroup, DrawnSample, Population};
use crate::store::{InterestRow, PopulationRow};

fn population(references: &str, units: &[usize]) -> Change {
    let units = CodedColumn::new(vec!["N".into(), "S".into()], units.iter().copied());
    let risks = CodedColumn::new(vec!["low".into()], units.numbers().map(|unit| unit % 2));
    Change::ImportPopulation(Population {
        sample: "cases".into(),
        columns: vec![("CRN".into(), "reference".into())],
        rows_count: 5,
        exclusions: vec![("No stratum".into(), 1), ("Redacted".into(), 0)],
        references: references.into(),
        information: vec![risks, units],
    })
}

fn say(store: &mut Store, change: &Change) {
    append(store, None, change).unwrap();
    assert_eq!(findings(store), [""; 0]);
}

#[test]
fn a_population_reads_back_and_the_next_takes_its_place() {
    let mut store = in_memory();
    assert_eq!(store.read().populations(INSPECTION).unwrap(), []);
    assert!(store.read().eligible(INSPECTION, 0).unwrap().is_empty());
    say(&mut store, &population("A-1 a-2 B-1 ", &[1, 2, 0]));
    let eligible = store.read().eligible(INSPECTION, 0).unwrap();
    assert_eq!(
        eligible.references().collect::<Vec<_>>(),
        ["A-1", "a-2", "B-1"]
    );
    assert_eq!(
        [
            eligible.find("A-2"),
            eligible.find("b-1"),
            eligible.find("A-3")
        ],
        [Some(1), Some(2), None]
    );
    let known = |value: &str| Some(value.to_owned());
    let information: Vec<_> = (0..eligible.len())
        .map(|case| eligible.information(case))
        .collect();
    assert_eq!(
        information,
        [
            vec![known("low"), known("N")],
            vec![None, known("S")],
            vec![None, None]
        ]
    );
    assert_eq!(eligible.value(3, 0), None);
    let row = PopulationRow {
        sample: 0,
        columns: vec![("CRN".into(), "reference".into())],
        rows_count: 5,
        exclusions: vec![("No stratum".into(), 1), ("Redacted".into(), 0)],
        cases_count: 3,
    };
    assert_eq!(store.read().populations(INSPECTION).unwrap(), [row]);
    say(&mut store, &population("Z-1 ", &[2]));
    let eligible = store.read().eligible(INSPECTION, 0).unwrap();
    assert_eq!(eligible.references().collect::<Vec<_>>(), ["Z-1"]);
    assert_eq!(eligible.value(0, 1), Some("S"));
}

#[test]
fn the_columns_of_an_extract_are_known_to_the_next_inspection_too() {
    let mut store = in_memory();
    assert_eq!(
        store.read().known_columns(INSPECTION, "cases").unwrap(),
        None
    );
    say(&mut store, &population("A-1 ", &[1]));
    let columns = vec![("CRN".to_owned(), "reference".to_owned())];
    for inspection in [INSPECTION, [7; 16]] {
        let known = store.read().known_columns(inspection, "cases").unwrap();
        assert_eq!(known.as_ref(), Some(&columns));
        let other = store
            .read()
            .known_columns(inspection, "interviews")
            .unwrap();
        assert_eq!(other, None);
    }
}

pub(super) fn drawn(seed: &str, references: [&str; 2]) -> Change {
    let case = |reference: &str| DrawnCase {
        reference: reference.into(),
        stratum: "all".into(),
        unit: "N".into(),
    };
    Change::DrawSample(DrawnSample {
        sample: "cases".into(),
        seed: seed.into(),
        size: 1,
        wanted: 2,
        population: 3,
        groups: vec![DrawnGroup {
            available: 3,
            ..DrawnGroup::default()
        }],
        selected: vec![case(references[0])],
        reserves: vec![case(references[1])],
    })
}

/// Reference, whether it is a reserve, and what it replaces.
fn cases_drawn(store: &Store) -> Vec<(String, bool, Option<String>)> {
    let draws = store.read().draws(INSPECTION).unwrap();
    let cases = draws.iter().flat_map(|draw| {
        assert_eq!(store.read().draw_groups(draw).unwrap()[0].available, 3);
        store.read().drawn_cases(draw).unwrap()
    });
    cases
        .map(|row| (row.case.reference, row.is_reserve, row.replaces))
        .collect()
}

#[test]
fn a_draw_reads_back_reserves_are_called_up_and_it_is_taken_back() {
    let mut store = in_memory();
    say(&mut store, &drawn("1", ["A-1", "B-1"]));
    say(&mut store, &drawn("2", ["A-2", "B-2"]));
    let draws = store.read().draws(INSPECTION).unwrap();
    let [draw] = draws.as_slice() else {
        panic!("one draw a sample")
    };
    assert_eq!(
        (draw.seed.as_str(), draw.size, draw.wanted, draw.population),
        ("2", 1, 2, 3)
    );
    assert_eq!(
        (draw.who.clone(), draw.at.clone()),
        (action().who, action().at)
    );
    let call_up = |reference: &str| Change::CallUpReserve {
        sample: "cases".into(),
        reference: reference.into(),
        replaces: "A-2".into(),
    };
    // A case that is no reserve of this draw is none afterwards.
    say(&mut store, &call_up("A-2"));
    say(&mut store, &call_up("b-2"));
    let called = [
        ("A-2".into(), false, None),
        ("B-2".into(), true, Some("A-2".into())),
    ];
    assert_eq!(cases_drawn(&store), called);
    let undo = Change::UndoDraw {
        sample: "cases".into(),
    };
    say(&mut store, &undo);
    assert_eq!(store.read().draws(INSPECTION).unwrap(), []);
    say(&mut store, &undo);
}

#[test]
fn an_interest_is_declared_once_and_taken_back() {
    let mut store = in_memory();
    let interest = |reference: &str, officer: &str, holds| Change::DeclareInterest {
        assessor: "INSP-01".into(),
        reference: reference.into(),
        officer: officer.into(),
        holds,
    };
    for (reference, officer) in [("A-1", ""), ("a-1", ""), ("", "RO-1")] {
        say(&mut store, &interest(reference, officer, true));
    }
    let row = |reference: &str, officer: &str| InterestRow {
        assessor: "INSP-01".into(),
        reference: reference.into(),
        officer: officer.into(),
    };
    let declared = [row("", "RO-1"), row("A-1", "")];
    assert_eq!(store.read().interests(INSPECTION).unwrap(), declared);
    say(&mut store, &interest("A-1", "", false));
    assert_eq!(store.read().interests(INSPECTION).unwrap(), declared[..1]);
}
