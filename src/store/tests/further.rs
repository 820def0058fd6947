//! Further assessments, resolutions and examples in the record.

use super::merging::{Laptop, exchange, merge, two_laptops};
use super::*;
use crate::store::FurtherRow;

fn second(letters: &str, submits: bool) -> Change {
    Change::AssessFurther {
        role: Role::Second,
        assessor: "INSP-02".into(),
        patch: patch(letters),
        notes: vec![],
        submits,
    }
}

fn noted(text: Option<&str>) -> Change {
    Change::AssessFurther {
        role: Role::Second,
        assessor: "insp-02".into(),
        patch: Patch::default(),
        notes: vec![(0, text.map(str::to_owned))],
        submits: false,
    }
}

fn further(store: &Store, case: u8) -> Vec<FurtherRow> {
    store
        .read()
        .further(INSPECTION, Some(case_id(case)))
        .unwrap()
}

fn act(store: &mut Store, case: u8, change: &Change) {
    append(store, Some(case_id(case)), change).unwrap();
    assert_eq!(findings(store), [""; 0]);
}

fn against(store: &Store) -> Option<String> {
    let rows = further(store, 2);
    let against = rows[0].against.as_ref();
    against.map(|against| against.sheet.as_str().to_owned())
}

#[test]
fn what_applies_on_a_second_sheet_follows_from_its_own_answers() {
    let mut store = with_cases(in_memory_store());
    // The first says no to question 2, so that 3 is asked; the second says yes.
    act(&mut store, 1, &second("YYYN", false));
    assert_eq!(further(&store, 1)[0].sheet.as_str(), "YYyN");
    let first = store.read().case(INSPECTION, "C-1").unwrap().unwrap();
    assert_eq!(first.sheet.as_str(), "YNXY");
    // Corrected case information parks what hangs on it in both.
    append(&mut store, Some(case_id(1)), &Change::Reopen).unwrap();
    let low = vec![(0, Some("low".into()))];
    act(&mut store, 1, &Change::SetInformation { values: low });
    assert_eq!(further(&store, 1)[0].sheet.as_str(), "YyyN");
}

fn in_memory_store() -> Store {
    Store::in_memory().unwrap()
}

#[test]
fn the_first_answers_are_kept_as_they_stood_when_both_were_first_submitted() {
    let mut store = with_cases(in_memory_store());
    act(&mut store, 2, &second("Y..N", true));
    assert_eq!(against(&store), None, "the first is in hand");
    act(&mut store, 2, &Change::Submit);
    assert_eq!(against(&store).as_deref(), Some("N--."));
    // What becomes of the first afterwards changes nothing.
    act(&mut store, 2, &Change::Reopen);
    let submitted = Change::SubmitAnswers {
        patch: patch("Y..Y"),
        notes: vec![],
    };
    act(&mut store, 2, &submitted);
    assert_eq!(against(&store).as_deref(), Some("N--."));
}

#[test]
fn the_second_may_be_the_one_that_is_submitted_last() {
    let mut store = with_cases(in_memory_store());
    append(&mut store, Some(case_id(2)), &Change::Submit).unwrap();
    act(&mut store, 2, &second("N", false));
    assert_eq!(against(&store), None);
    act(&mut store, 2, &second("", true));
    assert_eq!(against(&store).as_deref(), Some("N--."));
}

#[test]
fn a_further_assessment_in_which_nothing_is_left_is_none() {
    let mut store = with_cases(in_memory_store());
    act(&mut store, 2, &second("Y", false));
    act(&mut store, 2, &noted(Some("late")));
    act(&mut store, 2, &second("_", false));
    assert_eq!(further(&store, 2).len(), 1, "a note is left");
    assert_eq!(further(&store, 2)[0].assessor, "INSP-02");
    act(&mut store, 2, &noted(None));
    assert_eq!(further(&store, 2), []);
}

#[test]
fn a_resolution_is_the_final_answer_and_leaves_the_assessment_submitted() {
    let mut store = with_cases(in_memory_store());
    act(&mut store, 1, &second("YYXN", true));
    let resolve = Change::Resolve {
        place: 3,
        answer: Answer::No,
        because: String::new(),
    };
    let action = Action {
        because: "the log shows it".into(),
        ..action()
    };
    let write = |writer: &mut Writer<'_>| writer.append(Some(case_id(1)), &resolve);
    store.write(&[edition()], &action, write).unwrap();
    assert_eq!(findings(&store), [""; 0]);
    let case = store.read().case(INSPECTION, "C-1").unwrap().unwrap();
    assert_eq!(case.sheet.as_str(), "YNXN");
    assert_eq!(case.status, crate::store::Status::Submitted);
    let kept = further(&store, 1)[0].against.clone().unwrap();
    assert_eq!(kept.sheet.as_str(), "YNXY", "the original stays");
    let resolutions = store.read().resolutions(INSPECTION).unwrap();
    assert_eq!((resolutions.len(), resolutions[0].place), (1, 3));
}

#[test]
fn an_example_goes_with_its_note() {
    let mut store = with_cases(in_memory_store());
    let note = |text: Option<&str>| Change::RecordAnswers {
        patch: Patch::default(),
        notes: vec![(0, text.map(str::to_owned))],
    };
    let mark = Change::MarkExample {
        place: 0,
        example: Some((Practice::Effective, "1".into())),
    };
    act(&mut store, 2, &note(Some("a good plan")));
    act(&mut store, 2, &mark);
    let examples = store.read().examples(INSPECTION).unwrap();
    assert_eq!(examples[0].note, "a good plan");
    act(&mut store, 2, &note(None));
    act(&mut store, 2, &note(Some("another")));
    assert_eq!(store.read().examples(INSPECTION).unwrap(), []);
}

#[test]
fn what_is_compared_on_several_laptops_does_not_hang_on_the_ids_of_entries() {
    use super::merging::{Laptop, exchange, merge};
    for run in 0..8 {
        let mut office = with_cases(in_memory_store());
        act(&mut office, 2, &answers("N__Y"));
        let [mut one, mut two, mut three] = [1, 2, 3].map(|number| Laptop::copy(&office, number));
        let case = case_id(2);
        // One submits; another answers otherwise at the same time; a third makes the second assessment.
        one.actions_count = run;
        one.does(case, &Change::Submit);
        two.does(case, &answers("Y"));
        three.does(case, &second("N..N", true));
        exchange(&mut two, &mut three);
        merge(&mut one.store, &[&two.store]);
        assert_eq!(findings(&one.store), [""; 0]);
        assert_eq!(against(&one.store), None, "the case is in conflict");
        one.settles(case, &Change::Reopen);
        one.does(case, &Change::Submit);
        exchange(&mut one, &mut two);
        for laptop in [&one, &two] {
            assert_eq!(against(&laptop.store).as_deref(), Some("Y--Y"));
        }
    }
}
fn exercise(note: Option<&str>, submits: bool) -> Change {
    Change::AssessFurther {
        role: Role::Exercise,
        assessor: "INSP-08".into(),
        patch: Patch::default(),
        notes: note
            .map(|text| (0, Some(text.to_owned())))
            .into_iter()
            .collect(),
        submits,
    }
}

fn further_submitted(laptop: &Laptop) -> Vec<bool> {
    let rows = further(&laptop.store, 1);
    rows.iter().map(|row| row.submitted).collect()
}

#[test]
fn nothing_is_recorded_in_a_submitted_further_assessment_that_came_from_another_laptop() {
    let (mut one, mut other) = two_laptops();
    one.does(case_id(1), &exercise(Some("a"), true));
    one.does(case_id(1), &Change::Submit);
    other.does(case_id(1), &answers("N"));
    merge(&mut other.store, &[&one.store]);
    assert_eq!(further_submitted(&other), [true]);
    for change in [exercise(None, false), exercise(None, true)] {
        let refused = other.try_do(&[(case_id(1), change)]).unwrap_err();
        assert_eq!(codes(&refused), ["locked"]);
        let remedy = &refused.0[0].remedy;
        assert!(remedy.contains("reopen C-1 --exercise --because"));
    }
    assert_eq!(further_submitted(&other), [true]);
    exchange(&mut one, &mut other);
}

#[test]
fn a_further_assessment_without_answers_that_is_submitted_stays_in_every_order() {
    let (mut one, mut other) = two_laptops();
    one.does(case_id(1), &second("", true));
    other.does(case_id(1), &second("", false));
    exchange(&mut one, &mut other);
    assert_eq!(further_submitted(&one), [true]);
    one.does(case_id(1), &Change::Submit);
    assert_eq!(findings(&one.store), [""; 0]);
    exchange(&mut one, &mut other);
}
