//! Copies of one record that people worked on apart, brought together.

use std::path::Path;

use rusqlite::types::Value;

use super::*;
use crate::store::replay::STATE_TABLES;
use crate::store::{ConflictRow, Field, Merged, Status};

/// A copy of the record, and whose laptop it is on.
pub(super) struct Laptop {
    pub(super) store: Store,
    who: String,
    pub(super) actions_count: u32,
    ids_count: u8,
    pub(super) number: u8,
}

impl Laptop {
    /// A laptop with a copy of what `of` holds.
    pub(super) fn copy(of: &Store, number: u8) -> Laptop {
        let mut store = Store::in_memory().unwrap();
        merge(&mut store, &[of]);
        Laptop {
            store,
            who: format!("INSP-{number:02}"),
            actions_count: 0,
            ids_count: 0,
            number,
        }
    }

    pub(super) fn action(&mut self) -> Action {
        self.actions_count += 1;
        Action {
            // Clocks are wrong by years, and differently each time.
            at: format!(
                "{}-10-08T09:12:00.000Z",
                2018 - self.actions_count * 7 % 5 - u32::from(self.number)
            ),
            who: self.who.clone(),
            device: format!("laptop-{}", self.number),
            ..action()
        }
    }

    pub(super) fn try_do(&mut self, changes: &[(ThingId, Change)]) -> Result<(), Problems> {
        let action = self.action();
        self.store.write(&[edition()], &action, |writer| {
            for (subject, change) in changes {
                writer.append(Some(*subject), change)?;
            }
            Ok(())
        })
    }

    #[track_caller]
    pub(super) fn does(&mut self, subject: ThingId, change: &Change) {
        self.try_do(&[(subject, change.clone())]).unwrap();
    }

    #[track_caller]
    pub(super) fn settles(&mut self, subject: ThingId, change: &Change) {
        let action = self.action();
        let settled = self.store.write(&[edition()], &action, |writer| {
            writer.settle(Some(subject), change)
        });
        settled.unwrap();
        assert_eq!(findings(&self.store), [""; 0]);
    }

    pub(super) fn new_id(&mut self) -> ThingId {
        self.ids_count += 1;
        let mut id = [self.number + 100; 16];
        id[15] = self.ids_count;
        id
    }
}

pub(super) fn try_merge(into: &mut Store, others: &[&Store]) -> Result<Merged, Problems> {
    let logs: Vec<_> = others
        .iter()
        .map(|other| (Path::new("other.db"), other.read()))
        .collect();
    into.merge_logs(
        &logs,
        &Problems::default(),
        |text| (text == TEXT).then(edition),
        &mut |_, _| {},
    )
}

#[track_caller]
pub(super) fn merge(into: &mut Store, others: &[&Store]) -> Merged {
    try_merge(into, others).unwrap()
}

/// Every row of every table that follows from the log, the latest entries, and every entry with its body, by id.
pub(super) fn dump(store: &Store) -> Vec<String> {
    let mut lines = Vec::new();
    for (table, order) in STATE_TABLES {
        let mut statement = store
            .connection
            .prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))
            .unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<Value> = (0..columns)
                .map(|column| row.get(column).unwrap())
                .collect();
            lines.push(format!("{table} {values:?}"));
        }
    }
    let mut ids: Vec<String> = crate::store::log::heads(&store.connection)
        .unwrap()
        .iter()
        .map(|(_, id)| id.to_string())
        .collect();
    ids.sort();
    lines.extend(ids);
    let mut entries = Vec::new();
    store
        .read()
        .each_entry(None, |entry| {
            let stands = (entry.body, entry.redacted.is_some());
            entries.push(format!("{} {:?} {stands:?}", entry.id, entry.action));
            Ok(())
        })
        .unwrap();
    entries.sort();
    lines.extend(entries);
    lines
}

/// Two laptops with copies of three cases: C-1 of high risk, C-2 of low risk and I-1, none of them submitted.
pub(super) fn two_laptops() -> (Laptop, Laptop) {
    let mut office = with_cases(Store::in_memory().unwrap());
    append(&mut office, Some(case_id(1)), &Change::Reopen).unwrap();
    (Laptop::copy(&office, 1), Laptop::copy(&office, 2))
}

/// Merges both ways, and sees that both then hold the same.
#[track_caller]
pub(super) fn exchange(one: &mut Laptop, other: &mut Laptop) {
    merge(&mut one.store, &[&other.store]);
    merge(&mut other.store, &[&one.store]);
    assert_eq!(dump(&one.store), dump(&other.store));
    assert_eq!(findings(&one.store), [""; 0]);
    assert_eq!(findings(&other.store), [""; 0]);
}

fn status(laptop: &Laptop, reference: &str) -> Status {
    let case = laptop.store.read().case(INSPECTION, reference).unwrap();
    case.unwrap().status
}

/// Field, and what each of those says who are in conflict; `*` marks what stands.
fn conflicts(laptop: &Laptop) -> Vec<String> {
    let conflicts = laptop.store.read().conflicts(INSPECTION).unwrap();
    let shown = |conflict: &ConflictRow| {
        let mut says: Vec<String> = conflict
            .says
            .iter()
            .map(|saying| {
                let stands = if saying.in_force { "*" } else { "" };
                format!("{stands}{} by {}", saying.value, saying.who)
            })
            .collect();
        // Which stands follows from ids, which are as good as random.
        says.sort_by_key(|says| says.trim_start_matches('*').to_owned());
        format!("{}: {}", conflict.field, says.join(", "))
    };
    conflicts.iter().map(shown).collect()
}

fn without_marks(conflicts: &[String]) -> Vec<String> {
    conflicts.iter().map(|line| line.replace('*', "")).collect()
}

#[test]
fn work_on_different_cases_comes_together_without_conflict() {
    let (mut one, mut other) = two_laptops();
    one.does(case_id(1), &answers("Y"));
    one.does(case_id(1), &Change::Submit);
    other.does(case_id(2), &answers("Y..Y"));
    other.does(case_id(2), &Change::Submit);
    let merged = merge(&mut one.store, &[&other.store]);
    assert_eq!((merged.added[0].1, merged.cases_count), (2, 1));
    exchange(&mut one, &mut other);
    assert_eq!(conflicts(&one), [""; 0]);
    assert_eq!(status(&one, "C-1"), Status::Submitted);
    assert_eq!(status(&one, "C-2"), Status::Submitted);
    // What is recorded next has seen both.
    other.does(case_id(3), &answers("Y"));
    assert_eq!(findings(&other.store), [""; 0]);
    let latest = other.store.check(|_| Some(edition()), |_| {}).unwrap();
    assert_eq!(latest.latest.len(), 1);
}

#[test]
fn the_same_answer_changed_on_two_laptops_waits_for_somebody_to_settle_it() {
    let (mut one, mut other) = two_laptops();
    for (laptop, letters) in [(&mut one, "N"), (&mut other, "X")] {
        laptop.does(case_id(1), &answers(letters));
        laptop.does(case_id(1), &Change::Submit);
    }
    exchange(&mut one, &mut other);
    assert_eq!(
        without_marks(&conflicts(&one)),
        ["1: no by INSP-01, not applicable by INSP-02"]
    );
    assert_eq!(conflicts(&one)[0].matches('*').count(), 1);
    assert_eq!(status(&one, "C-1"), Status::InHand);
    for change in [
        Change::Submit,
        answers("Y"),
        Change::SubmitAnswers {
            patch: patch("...Y"),
            notes: vec![],
        },
    ] {
        let refused = one.try_do(&[(case_id(1), change)]).unwrap_err();
        assert_eq!(codes(&refused), ["conflict"]);
    }
    one.does(case_id(1), &answers("...N"));
    one.settles(case_id(1), &answers("X"));
    assert_eq!(conflicts(&one), [""; 0]);
    assert_eq!(status(&one, "C-1"), Status::InHand);
    one.does(case_id(1), &Change::Submit);
    exchange(&mut one, &mut other);
    assert_eq!(status(&other, "C-1"), Status::Submitted);
}

#[test]
fn the_same_said_twice_is_no_conflict() {
    let (mut one, mut other) = two_laptops();
    for laptop in [&mut one, &mut other] {
        let change = Change::SubmitAnswers {
            patch: patch("N"),
            notes: vec![(0, Some("as in the file".into()))],
        };
        laptop.does(case_id(1), &change);
    }
    exchange(&mut one, &mut other);
    assert_eq!(conflicts(&one), [""; 0]);
    assert_eq!(status(&one, "C-1"), Status::Submitted);
    // Taken out and back again, it is still what it was.
    one.does(case_id(1), &Change::WithdrawCase);
    exchange(&mut one, &mut other);
    other.does(case_id(1), &Change::RestoreCase);
    exchange(&mut one, &mut other);
    assert_eq!(status(&one, "C-1"), Status::Submitted);
}

#[test]
fn work_on_a_case_that_was_submitted_meanwhile_opens_it_again() {
    let (mut one, mut other) = two_laptops();
    one.does(case_id(1), &Change::Submit);
    other.does(case_id(1), &answers("...N"));
    exchange(&mut one, &mut other);
    assert_eq!(
        conflicts(&one),
        ["status: *changed by INSP-02, submitted by INSP-01"]
    );
    let case = one.store.read().case(INSPECTION, "C-1").unwrap().unwrap();
    assert_eq!((case.status, case.sheet.as_str()), (Status::InHand, "YNXN"));
    let refused = one.try_do(&[(case_id(1), Change::Submit)]).unwrap_err();
    assert_eq!(codes(&refused), ["conflict"]);
    // Ordinary work goes on meanwhile, and settles nothing.
    one.does(case_id(1), &answers("..Y"));
    assert_eq!(conflicts(&one).len(), 1);
    one.settles(case_id(1), &Change::Submit);
    assert_eq!(status(&one, "C-1"), Status::Submitted);
    exchange(&mut one, &mut other);
}

#[test]
fn work_on_a_case_that_was_withdrawn_meanwhile_takes_it_back() {
    for (settlement, stands) in [
        (Change::WithdrawCase, Status::Withdrawn),
        (Change::Reopen, Status::InHand),
        (Change::Submit, Status::Submitted),
    ] {
        let (mut one, mut other) = two_laptops();
        one.does(case_id(1), &Change::WithdrawCase);
        other.does(case_id(1), &answers("...N"));
        other.does(case_id(1), &Change::Submit);
        exchange(&mut one, &mut other);
        assert_eq!(
            conflicts(&one),
            ["status: *changed by INSP-02, submitted by INSP-02, withdrawn by INSP-01"]
        );
        assert_eq!(status(&one, "C-1"), Status::InHand);
        other.settles(case_id(1), &settlement);
        assert_eq!(status(&other, "C-1"), stands);
        exchange(&mut one, &mut other);
    }
}

#[test]
fn work_in_an_inspection_that_was_closed_meanwhile_opens_it_again() {
    let (mut one, mut other) = two_laptops();
    one.does(INSPECTION, &Change::CloseInspection(None));
    other.does(case_id(2), &answers("Y"));
    exchange(&mut one, &mut other);
    assert_eq!(
        conflicts(&other),
        ["status: *changed by INSP-02, closed by INSP-01"]
    );
    assert!(!other.store.read().inspections().unwrap()[0].closed);
    let refused = other.try_do(&[(INSPECTION, Change::CloseInspection(None))]);
    assert_eq!(codes(&refused.unwrap_err()), ["conflict"]);
    other.settles(INSPECTION, &Change::CloseInspection(None));
    assert!(other.store.read().inspections().unwrap()[0].closed);
    exchange(&mut one, &mut other);
    other.does(INSPECTION, &Change::ReopenInspection);
    exchange(&mut one, &mut other);
}

#[test]
fn two_cases_added_under_one_reference_are_both_kept() {
    let (mut one, mut other) = two_laptops();
    let (first, second) = (one.new_id(), other.new_id());
    one.does(first, &add_case("C-9", "cases", &[Some("high"), None]));
    one.does(first, &answers("Y"));
    other.does(second, &add_case("c-9", "interviews", &[]));
    other.does(second, &answers("N"));
    exchange(&mut one, &mut other);
    let shown = conflicts(&one);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].starts_with("reference: "), "{shown:?}");
    let conflict = one.store.read().conflicts(INSPECTION).unwrap().remove(0);
    assert_eq!(conflict.field, Field::Reference);
    let cases = one.store.read().cases(INSPECTION).unwrap();
    let later = cases
        .iter()
        .find(|case| case.id == conflict.subject)
        .unwrap();
    assert!(later.reference.to_lowercase() == "c-9 (2)", "{later:?}");
    let taken = Change::SetReference {
        reference: "C-1".into(),
    };
    let action = one.action();
    let refused = one.store.write(&[edition()], &action, |writer| {
        writer.settle(Some(conflict.subject), &taken)
    });
    assert_eq!(codes(&refused.unwrap_err()), ["duplicate-reference"]);
    let free = Change::SetReference {
        reference: "C-10".into(),
    };
    one.settles(conflict.subject, &free);
    assert_eq!(conflicts(&one), [""; 0]);
    exchange(&mut one, &mut other);
}

#[test]
fn information_assessors_judgements_measures_and_moderation_can_be_in_conflict_too() {
    let (mut one, mut other) = two_laptops();
    for (laptop, risk, name, rating) in [
        (&mut one, "high", "INSP-07", "good"),
        (&mut other, "low", "INSP-08", "poor"),
    ] {
        let values = vec![(0, Some(risk.to_owned()))];
        laptop.does(case_id(2), &Change::SetInformation { values });
        let assessor = name.to_owned();
        let joint_assessor = "INSP-09".to_owned();
        laptop.does(
            case_id(3),
            &Change::Assign {
                assessor,
                joint_assessor,
            },
        );
        laptop.does(
            INSPECTION,
            &Change::Judge {
                standard: "1.1".into(),
                rating: Some(rating.into()),
                because: format!("{name} thinks so"),
            },
        );
        laptop.does(INSPECTION, &propose(Some(rating)));
    }
    one.does(INSPECTION, &measured());
    let taken_back = Change::RecordMeasure {
        measure: "SL001".into(),
        measurement: None,
    };
    other.does(INSPECTION, &taken_back);
    exchange(&mut one, &mut other);
    assert_eq!(
        without_marks(&conflicts(&one)),
        [
            "1.1: good by INSP-01, poor by INSP-02",
            "SL001: 71.20 [p]; 29 observations; target 70.0; previous -0.5 by INSP-01, taken back by INSP-02",
            "moderation: good by INSP-01, poor by INSP-02",
            "risk: high by INSP-01, low by INSP-02",
            "assessor: INSP-07 with INSP-09 by INSP-01, INSP-08 with INSP-09 by INSP-02",
        ]
    );
    assert_eq!(one.store.read().moderation(INSPECTION).unwrap(), None);
    one.settles(INSPECTION, &propose(Some("good")));
    one.settles(INSPECTION, &taken_back);
    assert_eq!(conflicts(&one).len(), 3);
    exchange(&mut one, &mut other);
}
