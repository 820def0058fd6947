//! Figures as they were published: kept with each closing, ended by who had seen it, taken out where that is asked for.

use super::merging::{exchange, two_laptops};
use super::*;
use crate::model::Publication;
use crate::store::PublicationRow;

fn close(figures: &str) -> Change {
    Change::CloseInspection(Some(published(figures)))
}

/// What was published, each with `*` where it stands.
fn publications(store: &Store) -> Vec<String> {
    let rows = store.read().publications(INSPECTION).unwrap().into_iter();
    let said = rows.map(|row: PublicationRow| {
        let Publication { figures, basis } = row.publication;
        assert_eq!(basis, sha256(figures.as_bytes()));
        match row.reopened {
            None => format!("{figures}*"),
            Some(reopened) => format!("{figures} until {}", reopened.who),
        }
    });
    said.collect()
}

#[test]
fn what_was_published_stands_until_it_is_reopened_and_is_kept_after() {
    let mut store = with_cases(Store::in_memory().unwrap());
    assert_eq!(publications(&store), [""; 0]);
    append(&mut store, Some(INSPECTION), &close("83")).unwrap();
    assert_eq!(publications(&store), ["83*"]);
    append(&mut store, Some(INSPECTION), &Change::ReopenInspection).unwrap();
    assert_eq!(publications(&store), ["83 until INSP-01"]);
    // Without figures, as an earlier program closed.
    append(&mut store, Some(INSPECTION), &Change::CloseInspection(None)).unwrap();
    append(&mut store, Some(INSPECTION), &Change::ReopenInspection).unwrap();
    append(&mut store, Some(INSPECTION), &close("82")).unwrap();
    assert_eq!(publications(&store), ["83 until INSP-01", "82*"]);
    assert_eq!(findings(&store), [""; 0]);
}

#[test]
fn a_publication_that_was_altered_is_found() {
    let mut store = with_cases(Store::in_memory().unwrap());
    append(&mut store, Some(INSPECTION), &close("83")).unwrap();
    store
        .connection
        .execute_batch("UPDATE publication SET figures = '84'")
        .unwrap();
    assert_eq!(
        findings(&store),
        [
            "table publication number 1: figures is 84, the log says 83; compare with a backup [state-differs]"
        ]
    );
}

#[test]
fn work_that_came_late_leaves_what_was_published() {
    let (mut one, mut other) = two_laptops();
    one.does(INSPECTION, &close("83"));
    other.does(case_id(2), &answers("Y"));
    exchange(&mut one, &mut other);
    assert_eq!(publications(&one.store), ["83*"]);
    // The closing is said to hold.
    other.settles(INSPECTION, &Change::CloseInspection(None));
    exchange(&mut one, &mut other);
    assert_eq!(publications(&one.store), ["83*"]);
    one.does(INSPECTION, &Change::ReopenInspection);
    exchange(&mut one, &mut other);
    assert_eq!(publications(&other.store), ["83 until INSP-01"]);
}

#[test]
fn reopening_does_not_end_what_nobody_there_had_seen() {
    let (mut one, mut other) = two_laptops();
    one.does(INSPECTION, &close("83"));
    exchange(&mut one, &mut other);
    one.does(INSPECTION, &Change::ReopenInspection);
    one.does(INSPECTION, &close("82"));
    other.does(INSPECTION, &Change::ReopenInspection);
    exchange(&mut one, &mut other);
    let publications = publications(&other.store);
    assert_eq!(publications.len(), 2);
    assert!(publications[0].starts_with("83 until"));
    assert_eq!(publications[1], "82*");
}
