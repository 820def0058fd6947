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
    assert_eq!(findings(&store), [""; 0], "what it holds the caller says");
    let altered = store
        .check(|text| (text == TEXT).then(edition), |_| {})
        .unwrap()
        .altered;
    let said = altered.iter().map(|one| (&one.stored, &one.logged));
    let (is, was) = (Some("84".to_owned()), Some("83".to_owned()));
    assert_eq!(said.collect::<Vec<_>>(), [(&is, &was)]);
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

/// What is said of the status, and who says it.
fn said(store: &Store) -> Vec<String> {
    let open = store.read().conflicts_about(INSPECTION).unwrap();
    let says = open.iter().flat_map(|conflict| &conflict.says);
    let said = says.map(|saying| format!("{} by {}", saying.value, saying.who));
    said.collect()
}

#[test]
fn of_two_closings_apart_the_one_that_is_published_again_holds_and_all_are_kept() {
    let (mut one, mut other) = two_laptops();
    one.does(INSPECTION, &close("83"));
    other.does(INSPECTION, &close("82"));
    exchange(&mut one, &mut other);
    let both = publications(&one.store);
    assert_eq!(both, publications(&other.store), "in canonical order");
    assert!(both.iter().all(|row| row.ends_with('*')), "{both:?}");
    let says = said(&one.store);
    assert_eq!(says, said(&other.store));
    assert_eq!(says.len(), 2);
    assert!(
        says.iter().all(|said| said.starts_with("closed:")),
        "{says:?}"
    );
    other.settles(INSPECTION, &close("83"));
    exchange(&mut one, &mut other);
    let settled = publications(&one.store);
    assert_eq!(settled, publications(&other.store));
    assert_eq!(settled.len(), 3);
    assert!(
        settled[..2].iter().all(|row| row.contains(" until ")),
        "{settled:?}"
    );
    assert_eq!(settled[2], "83*");
    assert_eq!(said(&one.store), [""; 0]);
    for laptop in [&one, &other] {
        assert_eq!(findings(&laptop.store), [""; 0]);
        let altered = laptop.store.read().altered_publications(None).unwrap();
        assert!(altered.is_empty());
    }
}

#[test]
fn closings_apart_that_publish_the_same_are_no_conflict() {
    let (mut one, mut other) = two_laptops();
    one.does(INSPECTION, &close("83"));
    other.does(INSPECTION, &close("83"));
    exchange(&mut one, &mut other);
    assert_eq!(publications(&one.store), ["83*", "83*"]);
    assert_eq!(said(&one.store), [""; 0]);
}

#[test]
fn what_gave_way_does_not_come_back_when_the_one_that_holds_is_redacted() {
    let (mut one, mut other) = two_laptops();
    one.does(INSPECTION, &close("83"));
    other.does(INSPECTION, &close("82"));
    exchange(&mut one, &mut other);
    other.settles(INSPECTION, &close("83"));
    let last = other.store.read().entries_count().unwrap().to_string();
    let action = Action {
        because: "A name".to_owned(),
        ..action()
    };
    let read = |text: &str| (text == TEXT).then(edition);
    other.store.redact(&action, &last, read, |_, _| {}).unwrap();
    let left = publications(&other.store);
    assert_eq!(left.len(), 2);
    assert!(left.iter().all(|row| row.contains(" until ")), "{left:?}");
    assert_eq!(said(&other.store), [""; 0]);
}
