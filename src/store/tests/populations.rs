//! Populations and the samples drawn from them, through the one door.

use super::*;
use crate::model::{CodedColumn, Population};
use crate::store::PopulationRow;

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
