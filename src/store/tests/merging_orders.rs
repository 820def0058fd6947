//! Whatever people do on several laptops, every order of merging gives the same record, to the byte.

use proptest::prelude::*;

use super::merging::{Laptop, dump, merge};
use super::*;
use crate::store::{ConflictRow, Field};

/// What somebody does on one of the laptops.
#[derive(Debug, Clone)]
enum Deed {
    /// Adds a case under one of a few references.
    Add(u8, Option<bool>),
    /// Changes the case of this number among those that the laptop has.
    Change(usize, Change),
    /// Changes the inspection.
    Inspection(Change),
    /// Settles the conflict of this number among those that the laptop has, in favour of the first or the last word.
    Settle(usize, bool),
    /// Takes over all work of another laptop.
    Merge(usize),
}

fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let notes = prop::collection::vec((0usize..4, prop::option::of("[a-c]")), 0..2);
    let record =
        ("[YNX_.]{0,4}", notes, prop::bool::weighted(0.3)).prop_map(|(letters, notes, submits)| {
            let patch = patch(&letters);
            if submits {
                Change::SubmitAnswers { patch, notes }
            } else {
                Change::RecordAnswers { patch, notes }
            }
        });
    let inform = (0usize..2, prop::option::of(prop::bool::ANY)).prop_map(|(place, high)| {
        let value = high.map(|high| if high { "high" } else { "low" }.to_owned());
        Change::SetInformation {
            values: vec![(place, value)],
        }
    });
    let ruling = prop::sample::select(vec![
        Change::Submit,
        Change::Submit,
        Change::Reopen,
        Change::Reopen,
        Change::WithdrawCase,
        Change::RestoreCase,
        Change::Assign {
            assessor: "INSP-02".into(),
            joint_assessor: String::new(),
        },
        Change::Assign {
            assessor: "INSP-03".into(),
            joint_assessor: String::new(),
        },
    ]);
    let about_inspection = prop::sample::select(vec![
        Change::CloseInspection,
        Change::ReopenInspection,
        propose(Some("good")),
        propose(Some("poor")),
        propose(None),
        decide(true),
        decide(false),
        measured(),
        Change::Judge {
            standard: "1.1".into(),
            rating: Some("good".into()),
            because: "agreed".into(),
        },
        Change::Judge {
            standard: "1.1".into(),
            rating: None,
            because: "agreed".into(),
        },
    ]);
    let deed = prop_oneof![
        2 => (0u8..3, prop::option::of(any::<bool>())).prop_map(|(reference, high)| Deed::Add(reference, high)),
        8 => (0usize..6, record).prop_map(|(case, change)| Deed::Change(case, change)),
        2 => (0usize..6, inform).prop_map(|(case, change)| Deed::Change(case, change)),
        7 => (0usize..6, ruling).prop_map(|(case, change)| Deed::Change(case, change)),
        2 => about_inspection.prop_map(Deed::Inspection),
        3 => (0usize..4, any::<bool>()).prop_map(|(conflict, first)| Deed::Settle(conflict, first)),
        3 => (0usize..3).prop_map(Deed::Merge),
    ];
    prop::collection::vec((0usize..3, deed), 0..24)
}

/// An entry that settles a conflict in favour of one of those who said something.
fn settlement(laptop: &Laptop, conflict: &ConflictRow, first: bool) -> Option<Change> {
    let saying = if first {
        conflict.says.first()?
    } else {
        conflict.says.last()?
    };
    let rows = laptop.store.read().history(None).unwrap();
    let said = rows.into_iter().find(|row| row.id == saying.entry)?.change;
    Some(match conflict.field {
        Field::Status if conflict.subject == INSPECTION && first => Change::CloseInspection,
        Field::Status if conflict.subject == INSPECTION => Change::ReopenInspection,
        Field::Status => match saying.value.as_str() {
            "submitted" => Change::Submit,
            "withdrawn" => Change::WithdrawCase,
            _ => Change::Reopen,
        },
        Field::Reference => Change::SetReference {
            reference: format!("C-new-{}-{}", laptop.number, laptop.actions_count),
        },
        Field::Moderation => propose(first.then_some("good")),
        Field::Assessor => match said {
            Change::Assign { .. } => said,
            _ => return None,
        },
        _ => match said {
            Change::SubmitAnswers { patch, notes } => Change::RecordAnswers { patch, notes },
            said => said,
        },
    })
}

fn act(laptops: &mut [Laptop], at: usize, deed: &Deed) {
    if let Deed::Merge(from) = deed {
        if *from != at {
            let other = Laptop::copy(&laptops[*from].store, 9);
            merge(&mut laptops[at].store, &[&other.store]);
        }
        return;
    }
    let laptop = &mut laptops[at];
    let cases = laptop.store.read().cases(INSPECTION).unwrap();
    let change = match deed {
        Deed::Add(reference, high) => {
            let id = laptop.new_id();
            let high = high.map(|high| if high { "high" } else { "low" });
            let add = add_case(&format!("C-{reference}"), "cases", &[high, None]);
            Some((id, add))
        }
        Deed::Change(case, change) => {
            let id = |case: &crate::store::CaseRow| (case.id, change.clone());
            cases.get(case % cases.len().max(1)).map(id)
        }
        Deed::Inspection(change) => Some((INSPECTION, change.clone())),
        Deed::Settle(number, first) => {
            let conflicts = laptop.store.read().conflicts(INSPECTION).unwrap();
            let Some(conflict) = conflicts.get(number % conflicts.len().max(1)) else {
                return;
            };
            if let Some(change) = settlement(laptop, conflict, *first) {
                let action = laptop.action();
                // One entry may say more than what is in conflict, and then be refused for that.
                let _refused = laptop.store.write(&[edition()], &action, |writer| {
                    writer.settle(Some(conflict.subject), &change)
                });
            }
            None
        }
        Deed::Merge(_) => None,
    };
    if let Some(change) = change {
        let _refused = laptop.try_do(&[change]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn whatever_people_do_on_three_laptops_every_order_of_merging_gives_the_same(
        deeds in deeds(),
        orders in prop::collection::vec(prop::collection::vec(0usize..3, 3..6), 8),
    ) {
        let mut office = in_memory();
        append(&mut office, Some(case_id(1)), &add_case("C-0", "cases", &[Some("high")])).unwrap();
        let mut laptops: Vec<Laptop> = (0..3).map(|number| Laptop::copy(&office, number)).collect();
        for (at, deed) in &deeds {
            act(&mut laptops, *at, deed);
        }
        for laptop in &laptops {
            prop_assert_eq!(findings(&laptop.store), [""; 0]);
        }
        let stores: Vec<&Store> = laptops.iter().map(|laptop| &laptop.store).collect();
        let mut whole = Store::in_memory().unwrap();
        merge(&mut whole, &stores);
        prop_assert_eq!(findings(&whole), [""; 0]);
        let expected = dump(&whole);
        for (number, order) in orders.iter().enumerate() {
            // One by one, or several in one go; at the end whoever was left out.
            let mut merged = Store::in_memory().unwrap();
            for part in order.chunks(1 + number % 3) {
                let part: Vec<&Store> = part.iter().map(|at| stores[*at]).collect();
                merge(&mut merged, &part);
            }
            merge(&mut merged, &stores);
            prop_assert_eq!(&dump(&merged), &expected);
        }
        // Two who exchange their work with a third through each other.
        let mut chain = Laptop::copy(stores[2], 8);
        let mut middle = Laptop::copy(stores[1], 8);
        merge(&mut middle.store, &[stores[0]]);
        merge(&mut chain.store, &[&middle.store]);
        prop_assert_eq!(&dump(&chain.store), &expected);
    }
}
