//! What goes through the one door, and what it refuses.

use super::*;
use crate::model::{Settled, Sheet, Tally};
use crate::store::{GroupTally, Status, TallyScope};

fn sheet_of(store: &Store, reference: &str) -> String {
    let case = store.read().case(INSPECTION, reference).unwrap().unwrap();
    case.sheet.as_str().to_owned()
}

fn refusal(store: &mut Store, subject: Option<ThingId>, change: &Change) -> Vec<&'static str> {
    let before = store.read().entries_count().unwrap();
    let problems = append(store, subject, change).unwrap_err();
    assert_eq!(
        store.read().entries_count().unwrap(),
        before,
        "a refusal leaves no entry"
    );
    codes(&problems)
}

#[test]
fn what_was_recorded_reads_back() {
    let store = with_cases(Store::in_memory().unwrap());
    let cases = store.read().cases(INSPECTION).unwrap();
    let seen: Vec<(&str, Status, &str)> = cases
        .iter()
        .map(|case| (case.reference.as_str(), case.status, case.sheet.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("C-1", Status::Submitted, "YNXY"),
            ("C-2", Status::InHand, "N--."),
            ("I-1", Status::Untouched, ".."),
        ]
    );
    assert_eq!(
        cases[0].information,
        [Some("high".to_owned()), Some("A".to_owned())]
    );
    assert_eq!(cases[1].information, [Some("low".to_owned()), None]);
    assert_eq!(store.read().entries_count().unwrap(), 8);
}

#[test]
fn information_is_read_for_an_import_where_questions_look_at_it() {
    let mut store = with_cases(Store::in_memory().unwrap());
    let all = store.read().cases(INSPECTION).unwrap();
    let read = store.write(&[edition()], &action(), |writer| {
        writer.cases_to_answer(INSPECTION, &edition().samples)
    });
    let to_answer = read.unwrap();
    assert_eq!(to_answer[..2], all[..2]);
    assert_eq!(
        to_answer[2].information,
        [],
        "no question of an interview does"
    );
    assert_eq!(to_answer[2].sheet, all[2].sheet);
}

#[test]
fn an_action_that_fails_leaves_nothing_behind() {
    let mut store = with_cases(Store::in_memory().unwrap());
    let result = store.write(&[edition()], &action(), |writer| {
        writer.append(Some(case_id(4)), &add_case("C-4", "cases", &[Some("high")]))?;
        writer.append(Some(case_id(5)), &add_case("C-4", "cases", &[]))
    });
    assert_eq!(codes(&result.unwrap_err()), ["duplicate-reference"]);
    assert_eq!(store.read().case(INSPECTION, "C-4").unwrap(), None);
    assert_eq!(findings(&store), [""; 0]);
}

#[test]
fn an_action_without_entries_leaves_nothing_behind() {
    let mut store = with_cases(Store::in_memory().unwrap());
    store.write(&[edition()], &action(), |_| Ok(())).unwrap();
    let actions: i64 = store
        .connection
        .query_row("SELECT count(*) FROM action", [], |row| row.get(0))
        .unwrap();
    assert_eq!(actions, 2);
}

#[test]
fn several_changes_to_one_case_follow_each_other_in_one_action() {
    let mut store = with_cases(Store::in_memory().unwrap());
    store
        .write(&[edition()], &action(), |writer| {
            writer.append(Some(case_id(2)), &answers("Y..N"))?;
            writer.append(Some(case_id(3)), &answers("Y"))?;
            assert_eq!(
                writer
                    .read()
                    .case(INSPECTION, "C-2")
                    .unwrap()
                    .unwrap()
                    .sheet
                    .as_str(),
                "Y--N"
            );
            writer.append(
                Some(case_id(2)),
                &Change::SetInformation {
                    values: vec![(0, Some("high".into()))],
                },
            )?;
            writer.append(Some(case_id(2)), &answers(".N"))?;
            writer.append(Some(case_id(2)), &Change::Submit)
        })
        .unwrap();
    assert_eq!(sheet_of(&store, "C-2"), "YN.N");
    assert_eq!(sheet_of(&store, "I-1"), "Y.");
    assert_eq!(
        refusal(&mut store, Some(case_id(2)), &answers("N")),
        ["locked"]
    );
    assert_eq!(findings(&store), [""; 0]);
}

#[test]
fn a_submitted_assessment_is_locked_until_it_is_reopened() {
    let mut store = with_cases(Store::in_memory().unwrap());
    let case = Some(case_id(1));
    assert_eq!(refusal(&mut store, case, &answers("N")), ["locked"]);
    assert_eq!(refusal(&mut store, case, &Change::Submit), ["locked"]);
    append(&mut store, case, &Change::Reopen).unwrap();
    assert_eq!(
        refusal(&mut store, case, &Change::Reopen),
        ["not-submitted"]
    );
    append(&mut store, case, &answers("N")).unwrap();
    assert_eq!(sheet_of(&store, "C-1"), "NNXY");
}

#[test]
fn an_assessment_is_recorded_and_submitted_in_one_step() {
    let mut store = with_cases(Store::in_memory().unwrap());
    let whole = Change::SubmitAnswers {
        patch: patch("NYXN"),
        notes: vec![(0, Some("seen in the file".into()))],
    };
    let settled = append(&mut store, Some(case_id(2)), &whole).unwrap();
    assert_eq!(settled.parked, [1, 2], "its risk is low");
    let case = store.read().case(INSPECTION, "C-2").unwrap().unwrap();
    assert_eq!(
        (case.status, case.sheet.as_str()),
        (Status::Submitted, "NyxN")
    );
    assert_eq!(store.read().notes(case.id).unwrap().len(), 1);
    assert_eq!(refusal(&mut store, Some(case_id(2)), &whole), ["locked"]);
    assert_eq!(findings(&store), [""; 0]);
}

#[test]
fn cases_changed_in_order_and_out_of_order_stay_what_the_log_says() {
    let mut store = with_inspection(Store::in_memory().unwrap());
    let turns = [
        0, 1, 2, 3, 3, 1, 4, 5, 9, 6, 7, 8, 9, 9, 0, 1, 2, 3, 8, 4, 5, 6, 7, 8, 9,
    ];
    store
        .write(&[edition()], &action(), |writer| {
            for number in 0..10 {
                let add = add_case(&format!("C-{number}"), "cases", &[Some("high")]);
                writer.append(Some(case_id(number)), &add)?;
            }
            for (turn, number) in turns.into_iter().enumerate() {
                let letters = [".", "Y", ".N", "..X", "...Y", "_"][turn % 6];
                writer.append(Some(case_id(number)), &answers(letters))?;
            }
            for number in 0..10 {
                writer.append(Some(case_id(number)), &answers("...N"))?;
                writer.append(Some(case_id(number)), &Change::Submit)?;
            }
            Ok(())
        })
        .unwrap();
    let mut expected = vec![Sheet::unanswered(4); 10];
    for (turn, number) in turns.into_iter().enumerate() {
        let letters = [".", "Y", ".N", "..X", "...Y", "_"][turn % 6];
        let sheet = &mut expected[usize::from(number)];
        sheet.apply(&patch(letters));
        sheet.settle(&edition().samples[0], &[Some("high".into())]);
    }
    let cases = store.read().cases(INSPECTION).unwrap();
    for (case, mut sheet) in cases.into_iter().zip(expected) {
        sheet.apply(&patch("...N"));
        sheet.settle(&edition().samples[0], &[Some("high".into())]);
        assert_eq!(case.sheet, sheet, "{}", case.reference);
    }
    assert_eq!(findings(&store), [""; 0]);
}

#[test]
fn a_withdrawn_case_refuses_everything_but_its_return() {
    let mut store = with_cases(Store::in_memory().unwrap());
    let case = Some(case_id(2));
    assert_eq!(
        refusal(&mut store, case, &Change::RestoreCase),
        ["withdrawn"]
    );
    append(&mut store, case, &Change::WithdrawCase).unwrap();
    for change in [answers("Y"), Change::Submit, Change::WithdrawCase] {
        assert_eq!(refusal(&mut store, case, &change), ["withdrawn"]);
    }
    append(&mut store, case, &Change::RestoreCase).unwrap();
    append(&mut store, case, &answers("Y")).unwrap();
}

#[test]
fn a_closed_inspection_refuses() {
    let mut store = with_cases(Store::in_memory().unwrap());
    append(&mut store, Some(INSPECTION), &Change::CloseInspection(None)).unwrap();
    let judge = Change::Judge {
        standard: "1.1".into(),
        rating: Some("good".into()),
        because: "agreed in the panel".into(),
    };
    let add = add_case("C-9", "cases", &[]);
    for (subject, change) in [
        (case_id(2), answers("Y")),
        (case_id(9), add),
        (INSPECTION, judge),
        (INSPECTION, Change::CloseInspection(None)),
    ] {
        assert_eq!(refusal(&mut store, Some(subject), &change), ["closed"]);
    }
    append(&mut store, Some(INSPECTION), &Change::ReopenInspection).unwrap();
    append(&mut store, Some(case_id(2)), &answers("Y")).unwrap();
    assert_eq!(
        refusal(&mut store, Some(INSPECTION), &Change::ReopenInspection),
        ["not-closed"]
    );
    assert_eq!(findings(&store), [""; 0]);
}

#[test]
fn information_that_changes_parks_answers_and_brings_them_back() {
    let mut store = with_cases(Store::in_memory().unwrap());
    let case = Some(case_id(1));
    append(&mut store, case, &Change::Reopen).unwrap();
    let risk = |value: &str| Change::SetInformation {
        values: vec![(0, Some(value.into()))],
    };
    let settled = append(&mut store, case, &risk("low")).unwrap();
    assert_eq!(
        settled,
        Settled {
            parked: vec![1, 2],
            restored: vec![]
        }
    );
    assert_eq!(sheet_of(&store, "C-1"), "YnxY");
    append(&mut store, case, &risk("high")).unwrap();
    assert_eq!(sheet_of(&store, "C-1"), "YNXY");
    assert_eq!(findings(&store), [""; 0]);
}

#[test]
fn a_parked_answer_counts_as_not_asked() {
    let mut store = with_cases(Store::in_memory().unwrap());
    let case = Some(case_id(1));
    append(&mut store, case, &Change::Reopen).unwrap();
    let values = vec![(0, Some("low".into()))];
    append(&mut store, case, &Change::SetInformation { values }).unwrap();
    append(&mut store, case, &Change::Submit).unwrap();
    let (samples, _) = store
        .tally(INSPECTION, &edition().samples, TallyScope::Submitted, &[])
        .unwrap();
    assert_eq!(samples[0].cases, 1);
    assert_eq!(
        samples[0].questions[1],
        Tally {
            not_asked: 1,
            ..Tally::default()
        }
    );
}

#[test]
fn only_submitted_cases_count_unless_started_ones_are_asked_for() {
    let store = with_cases(Store::in_memory().unwrap());
    let cases = |scope| {
        let (samples, groups) = store
            .tally(INSPECTION, &edition().samples, scope, &["unit"])
            .unwrap();
        let groups: Vec<GroupTally> = groups.into_iter().flatten().collect();
        let values = groups.into_iter().map(|group| group.value).collect();
        (samples[0].cases, samples[1].cases, values)
    };
    let unit_a = Some("A".to_owned());
    assert_eq!(cases(TallyScope::Submitted), (1, 0, vec![unit_a.clone()]));
    assert_eq!(
        cases(TallyScope::Started),
        (2, 0, vec![unit_a, None]),
        "the group without a value comes last"
    );
}

#[test]
fn notes_are_replaced_and_cleared() {
    let mut store = with_cases(Store::in_memory().unwrap());
    let note = |text: Option<&str>| Change::RecordAnswers {
        patch: Patch::default(),
        notes: vec![(3, text.map(str::to_owned))],
    };
    for text in [Some("first"), Some("second")] {
        append(&mut store, Some(case_id(2)), &note(text)).unwrap();
    }
    assert_eq!(
        store.read().notes(case_id(2)).unwrap(),
        [(3, "second".to_owned())]
    );
    append(&mut store, Some(case_id(2)), &note(None)).unwrap();
    assert_eq!(store.read().all_notes(INSPECTION).unwrap(), []);
    assert_eq!(findings(&store), [""; 0]);
}

#[test]
fn a_corrected_inspection_keeps_what_is_not_named_and_its_log_replays() {
    let mut store = in_memory();
    let correct = |name: Option<&str>, national| Change::ChangeInspection {
        name: name.map(str::to_owned),
        provider: None,
        programme: Some("Round 1".into()),
        period: None,
        national,
    };
    append(&mut store, Some(INSPECTION), &correct(None, Some(true))).unwrap();
    append(
        &mut store,
        Some(INSPECTION),
        &correct(Some("NORTH WEST"), None),
    )
    .unwrap();
    let rows = store.read().inspections().unwrap();
    assert_eq!(rows[0].name, "NORTH WEST");
    assert_eq!(
        (rows[0].provider.as_str(), rows[0].national),
        ("North West", true)
    );
    assert_eq!(findings(&store), Vec::<String>::new());
}
