//! What holds whatever people do, in whatever order.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::{SampleTallies, Tally};
use crate::store::{CaseRow, GroupTally, Status, TallyScope};

/// The most cases that a random history speaks of.
const CASES: u8 = 6;

fn information() -> impl Strategy<Value = Vec<Option<String>>> {
    let risk = prop::option::of(prop::sample::select(vec![
        "low".to_owned(),
        "high".to_owned(),
    ]));
    let unit = prop::option::of(prop::sample::select(vec!["A".to_owned(), "B".to_owned()]));
    (risk, unit).prop_map(|(risk, unit)| vec![risk, unit])
}

/// A change, about a case or (`None`) about the inspection.
fn change() -> impl Strategy<Value = (Option<u8>, Change)> {
    let case = 0..CASES;
    let notes = prop::collection::vec((0usize..4, prop::option::of("[a-z]{1,3}")), 0..2);
    let add = (case.clone(), any::<bool>(), information()).prop_map(|(case, interview, known)| {
        let (sample, known) = if interview {
            ("interviews", known[1..].to_vec())
        } else {
            ("cases", known)
        };
        let change = Change::AddCase {
            reference: format!("C-{case}"),
            sample: sample.into(),
            assessor: String::new(),
            joint_assessor: String::new(),
            information: known,
        };
        (Some(case), change)
    });
    let record = (
        case.clone(),
        "[YNX_.]{0,4}",
        notes,
        prop::bool::weighted(0.3),
    )
        .prop_map(|(case, letters, notes, submits)| {
            let patch = patch(&letters);
            let change = if submits {
                Change::SubmitAnswers { patch, notes }
            } else {
                Change::RecordAnswers { patch, notes }
            };
            (Some(case), change)
        });
    let inform = (case.clone(), information()).prop_map(|(case, values)| {
        let values = values.into_iter().enumerate().collect();
        (Some(case), Change::SetInformation { values })
    });
    let about_case = (
        case.clone(),
        prop::sample::select(vec![
            Change::Submit,
            Change::Submit,
            Change::Reopen,
            Change::WithdrawCase,
            Change::RestoreCase,
            Change::MarkExercise { exercise: true },
            Change::MarkExercise { exercise: false },
            Change::Assign {
                assessor: "INSP-02".into(),
                joint_assessor: "INSP-03".into(),
            },
        ]),
    );
    let beside = (
        case,
        "[YNX_.]{0,4}",
        prop::sample::select(vec!["INSP-02", "insp-02", "INSP-03"]),
        prop::sample::select(vec![Role::Second, Role::Exercise]),
        0u8..6,
    )
        .prop_map(|(case, letters, assessor, role, what)| {
            let assessor = assessor.to_owned();
            let change = match what {
                0..3 => Change::AssessFurther {
                    role,
                    assessor,
                    patch: patch(&letters),
                    notes: vec![(1, Some("late".into())), (0, None)],
                    submits: what == 0,
                },
                3 => Change::ReopenFurther { role, assessor },
                4 => Change::Resolve {
                    place: 1,
                    answer: Answer::No,
                    because: "the log shows it".into(),
                },
                _ => Change::MarkExample {
                    place: 0,
                    example: Some((Practice::Poor, "2.1".into())),
                },
            };
            (Some(case), change)
        });
    let about_inspection = prop::sample::select(vec![
        Change::CloseInspection(None),
        Change::CloseInspection(Some(published("83"))),
        Change::CloseInspection(Some(published("82"))),
        Change::ReopenInspection,
        Change::Judge {
            standard: "1.1".into(),
            rating: Some("good".into()),
            because: "agreed in the panel".into(),
        },
        Change::Judge {
            standard: "1.1".into(),
            rating: None,
            because: "agreed in the panel".into(),
        },
        measured(),
        Change::RecordMeasure {
            measure: "SL001".into(),
            measurement: None,
        },
        propose(Some("good")),
        propose(None),
        decide(true),
        decide(false),
    ]);
    prop_oneof![
        4 => add,
        6 => record,
        2 => inform,
        3 => beside,
        5 => about_case.prop_map(|(case, change)| (Some(case), change)),
        1 => about_inspection.prop_map(|change| (None, change)),
    ]
}

/// Tries each group of changes as one action; one that is refused leaves nothing behind.
fn act(history: &[Vec<(Option<u8>, Change)>]) -> Store {
    let mut store = in_memory();
    for changes in history {
        let action = Action {
            because: "agreed".into(),
            ..action()
        };
        let _refused = store.write(&[edition()], &action, |writer| {
            for (case, change) in changes {
                writer.append(Some(case.map_or(INSPECTION, case_id)), change)?;
            }
            Ok(())
        });
    }
    store
}

fn histories() -> impl Strategy<Value = Vec<Vec<(Option<u8>, Change)>>> {
    prop::collection::vec(prop::collection::vec(change(), 1..4), 0..40)
}

fn counts(case: &CaseRow, scope: TallyScope) -> bool {
    !case.exercise
        && match scope {
            TallyScope::Submitted => case.status == Status::Submitted,
            TallyScope::Started => matches!(case.status, Status::InHand | Status::Submitted),
        }
}

/// The same counts, one case and one question at a time.
fn fold(cases: &[&CaseRow]) -> Vec<SampleTallies> {
    let samples = edition().samples;
    let mut tallies: Vec<SampleTallies> = samples
        .iter()
        .map(|sample| SampleTallies {
            cases: 0,
            questions: vec![Tally::default(); sample.questions.len()],
        })
        .collect();
    for case in cases {
        tallies[case.sample].cases += 1;
        for (place, mark) in case.sheet.marks().enumerate() {
            tallies[case.sample].questions[place].add(mark.state());
        }
    }
    tallies
}

fn grouped(cases: &[&CaseRow], attribute: &str) -> Vec<GroupTally> {
    let mut groups: BTreeMap<(bool, Option<String>), Vec<&CaseRow>> = BTreeMap::new();
    for case in cases {
        let place = edition().samples[case.sample].attribute(attribute);
        let value = place.and_then(|place| case.information[place].clone());
        groups
            .entry((value.is_none(), value))
            .or_default()
            .push(case);
    }
    let tally = |((_, value), cases): ((bool, Option<String>), Vec<&CaseRow>)| GroupTally {
        value,
        samples: fold(&cases),
    };
    groups.into_iter().map(tally).collect()
}

/// Sample, question and state to how many, over the view that people read.
fn by_sql(store: &Store) -> BTreeMap<(String, String, String), u64> {
    let mut statement = store
        .connection
        .prepare(
            "SELECT sample, question, state, count(*) FROM answer WHERE counts GROUP BY 1, 2, 3",
        )
        .unwrap();
    let rows = statement
        .query_map([], |row| {
            let count: i64 = row.get(3)?;
            Ok((
                (row.get(0)?, row.get(1)?, row.get(2)?),
                u64::try_from(count).unwrap(),
            ))
        })
        .unwrap();
    rows.map(Result::unwrap).collect()
}

fn by_tally(samples: &[SampleTallies]) -> BTreeMap<(String, String, String), u64> {
    let mut counts = BTreeMap::new();
    for (set, tallies) in edition().samples.iter().zip(samples) {
        for (question, tally) in set.questions.iter().zip(&tallies.questions) {
            for (state, count) in [
                ("yes", tally.yes),
                ("no", tally.no),
                ("not applicable", tally.not_applicable),
                ("not asked", tally.not_asked),
                ("unanswered", tally.unanswered),
            ] {
                if count > 0 {
                    let key = (set.sample.clone(), question.number.clone(), state.into());
                    counts.insert(key, count);
                }
            }
        }
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn replaying_the_log_gives_the_state(history in histories()) {
        prop_assert_eq!(findings(&act(&history)), [""; 0]);
    }

    #[test]
    fn three_ways_of_counting_agree(history in histories()) {
        let store = act(&history);
        let cases = store.read().cases(INSPECTION).unwrap();
        for scope in [TallyScope::Submitted, TallyScope::Started] {
            let counted: Vec<&CaseRow> = cases.iter().filter(|case| counts(case, scope)).collect();
            let (samples, groups) = store
                .tally(INSPECTION, &edition().samples, scope, &["risk", "unit", "no such thing"])
                .unwrap();
            prop_assert_eq!(&samples, &fold(&counted));
            prop_assert_eq!(&groups[0], &grouped(&counted, "risk"));
            prop_assert_eq!(&groups[1], &grouped(&counted, "unit"));
            prop_assert_eq!(&groups[2], &grouped(&counted, "no such thing"));
            if scope == TallyScope::Submitted {
                prop_assert_eq!(by_sql(&store), by_tally(&samples));
            }
        }
    }
}

#[test]
fn a_file_read_and_counted_by_two_connections_gives_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = with_inspection(Store::create(&folder.path().join("record.db")).unwrap());
    store
        .write(&[edition()], &action(), |writer| {
            for number in 0..21_000u32 {
                let mut id = [0; 16];
                id[..4].copy_from_slice(&number.to_be_bytes());
                let unit = ["A", "B", "C"][number as usize % 3];
                let information = [Some("high"), Some(unit)];
                writer.append(
                    Some(id),
                    &add_case(&format!("C-{number}"), "cases", &information),
                )?;
                writer.append(
                    Some(id),
                    &answers(["YYYY", "NNXN", "XN.Y", "Y"][number as usize % 4]),
                )?;
                if number % 5 != 0 {
                    writer.append(Some(id), &Change::Submit)?;
                }
            }
            Ok(())
        })
        .unwrap();
    counts_by_two_connections(&store);
    let small = add_second_inspection(&mut store);
    counts_by_two_connections(&store);
    answers_what_was_read_by_two_connections(&mut store);
    let (samples, _) = store
        .tally(small, &edition().samples, TallyScope::Started, &[])
        .unwrap();
    assert_eq!(
        samples,
        fold(
            &store
                .read()
                .cases(small)
                .unwrap()
                .iter()
                .collect::<Vec<_>>()
        )
    );
    assert_eq!(samples[0].cases, 1);
}

fn counts_by_two_connections(store: &Store) {
    let cases = store.read().cases(INSPECTION).unwrap();
    for scope in [TallyScope::Submitted, TallyScope::Started] {
        let counted: Vec<&CaseRow> = cases.iter().filter(|case| counts(case, scope)).collect();
        let (samples, groups) = store
            .tally(INSPECTION, &edition().samples, scope, &["unit"])
            .unwrap();
        assert_eq!(samples, fold(&counted));
        assert_eq!(groups[0], grouped(&counted, "unit"));
    }
}

/// Cases next to each other, far apart, and one twice.
fn answers_what_was_read_by_two_connections(store: &mut Store) {
    let cases = store.read().cases(INSPECTION).unwrap();
    let open: Vec<&CaseRow> = cases.iter().step_by(5).collect();
    let answered = [0, 1, 2, 7, 7, 4_000].map(|at| open[at]);
    let read = store.write(&[edition()], &action(), |writer| {
        let read = writer.cases_to_answer(INSPECTION, &edition().samples)?;
        for (case, letters) in answered.iter().zip(["N", "N", "N", "Y", "N", "N"]) {
            writer.append(Some(case.id), &answers(letters))?;
        }
        Ok(read)
    });
    assert_eq!(read.unwrap(), cases);
    for case in answered {
        let mut expected = case.sheet.clone();
        expected.apply(&patch("N"));
        expected.settle(&edition().samples[0], &case.information);
        let now = store.read().case(INSPECTION, &case.reference).unwrap();
        assert_eq!(now.unwrap().sheet, expected, "{}", case.reference);
    }
}

/// One with a single case, which has an answer and a note.
fn add_second_inspection(store: &mut Store) -> ThingId {
    let id = [8; 16];
    let action = Action {
        inspection: Some(id),
        ..action()
    };
    let open = Change::OpenInspection {
        name: "South West".into(),
        framework: edition().hash,
        provider: "South West".into(),
        programme: String::new(),
        period: String::new(),
        national: false,
    };
    let change = Change::RecordAnswers {
        patch: patch("Y"),
        notes: vec![(3, Some("a note".into()))],
    };
    store
        .write(&[edition()], &action, |writer| {
            writer.append(Some(id), &open)?;
            writer.append(Some([1; 16]), &add_case("C-1", "cases", &[]))?;
            writer.append(Some([1; 16]), &change)
        })
        .unwrap();
    let note = ([1; 16], 3, "a note".to_owned());
    assert_eq!(store.read().all_notes(id).unwrap(), [note]);
    assert_eq!(store.read().all_notes(INSPECTION).unwrap(), []);
    id
}
