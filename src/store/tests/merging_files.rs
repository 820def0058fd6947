//! Files that are merged again, are of another record, or were altered.

use super::merging::*;
use super::*;

#[test]
fn merging_again_or_itself_changes_nothing() {
    let (mut one, mut other) = two_laptops();
    other.does(case_id(2), &answers("Y"));
    one.does(case_id(2), &answers("...N"));
    merge(&mut one.store, &[&other.store, &other.store]);
    let before = (dump(&one.store), one.store.read().entries_count().unwrap());
    for _ in 0..2 {
        let again = merge(&mut one.store, &[&other.store]);
        assert_eq!((again.added[0].1, again.cases_count), (0, 0));
    }
    let same = Laptop::copy(&one.store, 3);
    merge(&mut one.store, &[&same.store]);
    assert_eq!(
        before,
        (dump(&one.store), one.store.read().entries_count().unwrap())
    );
}

#[test]
fn another_record_is_refused_and_nothing_of_it_is_stored() {
    let (mut one, mut other) = two_laptops();
    other.does(case_id(2), &answers("Y"));
    let mut foreign = Store::in_memory().unwrap();
    let action = Action {
        who: "somebody else".into(),
        ..action()
    };
    foreign.write(&[edition()], &action, begin).unwrap();
    let before = dump(&one.store);
    let refused = try_merge(&mut one.store, &[&other.store, &foreign]).unwrap_err();
    assert_eq!(codes(&refused), ["another-record"]);
    assert_eq!(refused.0[0].place.to_string(), "other.db");
    assert_eq!(dump(&one.store), before);
}

#[test]
fn an_altered_entry_is_refused_with_its_place() {
    let (mut one, mut other) = two_laptops();
    other.does(case_id(2), &answers("Y"));
    other
        .store
        .connection
        .execute_batch(
            "DROP TRIGGER entry_is_never_changed; UPDATE entry SET body = '[\"N\"]' WHERE seq = 10",
        )
        .unwrap();
    let before = dump(&one.store);
    let refused = try_merge(&mut one.store, &[&other.store]).unwrap_err();
    assert_eq!(codes(&refused), ["log-broken"]);
    let place = refused.0[0].place.to_string();
    assert!(
        place.starts_with("other.db log entry 10 (answers by INSP-02 at "),
        "{place}"
    );
    assert_eq!(dump(&one.store), before);
}
