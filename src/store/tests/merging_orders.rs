//! Whatever people do on several laptops, every order of merging gives the same record, to the byte.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::merging::{Laptop, dump, merge};
use super::populations::drawn;
use super::*;
use crate::store::field_values::fields_set;
use crate::store::log::RawEntry;
use crate::store::{ConflictRow, Field};

/// What somebody does on one of the laptops.
#[derive(Debug, Clone)]
enum Deed {
    /// Adds a case under one of a few references.
    Add(u8, Option<bool>),
    /// Changes the case of this number among those that the laptop has.
    Change(usize, Change),
    /// Adds the case of this number, which two people may do with the same result, as a draw does.
    Draw(u8),
    /// Changes the inspection.
    Inspection(Change),
    /// Settles the conflict of this number among those that the laptop has, in favour of the first or the last word.
    Settle(usize, bool),
    /// Takes the free text out of the entry of this number, if it has any.
    Redact(usize),
    /// Takes over all work of another laptop.
    Merge(usize),
}

/// What is said beside the assessment that counts.
fn beside() -> impl Strategy<Value = Change> {
    let assessor = || prop::sample::select(vec!["INSP-07", "INSP-08"]);
    let role = || prop::sample::select(vec![Role::Second, Role::Second, Role::Exercise]);
    let notes = prop::collection::vec((0usize..4, prop::option::of("[a-c]")), 0..2);
    let further = (role(), assessor(), "[YNX_.]{0,4}", notes, any::<bool>());
    let further =
        further.prop_map(
            |(role, assessor, letters, notes, submits)| Change::AssessFurther {
                role,
                assessor: assessor.to_owned(),
                patch: patch(&letters),
                notes,
                submits,
            },
        );
    let reopen = (role(), assessor()).prop_map(|(role, assessor)| Change::ReopenFurther {
        role,
        assessor: assessor.to_owned(),
    });
    let answer = prop::sample::select(Answer::ALL.to_vec());
    let resolve = (0usize..4, answer).prop_map(|(place, answer)| Change::Resolve {
        place,
        answer,
        because: "the log shows it".into(),
    });
    let exercise = any::<bool>().prop_map(|exercise| Change::MarkExercise { exercise });
    let practice = prop::sample::select(vec![Practice::Effective, Practice::Poor]);
    let example = (0usize..4, prop::option::of(practice)).prop_map(|(place, practice)| {
        let example = practice.map(|practice| (practice, "1.1".to_owned()));
        Change::MarkExample { place, example }
    });
    prop_oneof![6 => further, 2 => reopen, 3 => resolve, 1 => exercise, 2 => example]
}

/// What is said of samples, of interests, and of the inspection itself.
fn about_samples() -> impl Strategy<Value = Change> {
    let reference = || prop::sample::select(vec!["A-1", "B-2", "C-0", "D-1"]);
    let draw = ("[12]", any::<bool>()).prop_map(|(seed, turned)| match turned {
        true => drawn(&seed, ["B-2", "A-1"]),
        false => drawn(&seed, ["A-1", "B-2"]),
    });
    let undo = Just(Change::UndoDraw {
        sample: "cases".into(),
    });
    let call_up = (reference(), prop::option::of(reference())).prop_map(|(reference, replaces)| {
        Change::CallUpReserve {
            sample: "cases".into(),
            reference: reference.into(),
            replaces: replaces.unwrap_or_default().into(),
        }
    });
    let interest = (any::<bool>(), any::<bool>()).prop_map(|(of_case, holds)| {
        let (reference, officer) = if of_case { ("C-0", "") } else { ("", "RO-1") };
        Change::DeclareInterest {
            assessor: "INSP-09".into(),
            reference: reference.into(),
            officer: officer.into(),
            holds,
        }
    });
    let correct = (prop::option::of("[ab]"), prop::option::of("[ab]"));
    let correct = correct.prop_map(|(name, period)| Change::ChangeInspection {
        name,
        provider: None,
        programme: None,
        period,
        national: None,
    });
    prop_oneof![2 => draw, 1 => undo, 3 => call_up, 1 => interest, 1 => correct]
}

/// Deeds on three laptops; `beside_weight` is how often they are about something else than answers and where a case stands.
fn deeds(beside_weight: u32) -> impl Strategy<Value = Vec<(usize, Deed)>> {
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
        Change::CloseInspection(None),
        Change::CloseInspection(Some(published("83"))),
        Change::CloseInspection(Some(published("82"))),
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
        beside_weight => (0usize..6, beside()).prop_map(|(case, change)| Deed::Change(case, change)),
        2 => (0u8..2).prop_map(Deed::Draw),
        2 => about_inspection.prop_map(Deed::Inspection),
        beside_weight.div_ceil(2) => about_samples().prop_map(Deed::Inspection),
        3 => (0usize..4, any::<bool>()).prop_map(|(conflict, first)| Deed::Settle(conflict, first)),
        1 => (0usize..30).prop_map(Deed::Redact),
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
    if let Some((role, assessor, "")) = conflict.field.further() {
        let assessor = assessor.to_owned();
        return Some(match saying.value.as_str() {
            "submitted" => Change::AssessFurther {
                role,
                assessor,
                patch: patch(""),
                notes: vec![],
                submits: true,
            },
            _ => Change::ReopenFurther { role, assessor },
        });
    }
    Some(match conflict.field {
        Field::Status if conflict.subject == INSPECTION && first => Change::CloseInspection(None),
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
        Deed::Draw(number) => {
            let add = add_case(&format!("D-{number}"), "cases", &[Some("high"), None]);
            Some((case_id(50 + number), add))
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
        Deed::Redact(number) => {
            let count = usize::try_from(laptop.store.read().entries_count().unwrap()).unwrap();
            let named = (1 + number % count).to_string();
            let action = laptop.action();
            let read = |text: &str| (text == TEXT).then(edition);
            let _refused = laptop.store.redact(&action, &named, read, |_, _| {});
            None
        }
        Deed::Merge(_) => None,
    };
    if let Some(change) = change {
        let _refused = laptop.try_do(&[change]);
    }
}

/// Every answer and note that the record does not keep, found by a plain walk through the links: what somebody said last
/// about a question, as far as nobody who had seen it said something else, must stand on the case or in a conflict.
fn lost(store: &Store) -> Vec<String> {
    let mut entries: Vec<RawEntry> = Vec::new();
    let mut before: Vec<BTreeSet<i64>> = Vec::new();
    let further = "SELECT parent FROM entry_parent WHERE entry = ?";
    let mut further = store.connection.prepare(further).unwrap();
    let read = store.read().each_entry(None, |entry| {
        let others = further.query_map([entry.seq], |row| row.get::<_, i64>(0));
        let parents = entry.parent.into_iter();
        let parents = parents.chain(others.unwrap().map(Result::unwrap));
        let mut seen = BTreeSet::new();
        for parent in parents {
            seen.insert(parent);
            seen.extend(&before[usize::try_from(parent).unwrap() - 1]);
        }
        before.push(seen);
        entries.push(entry);
        Ok(())
    });
    read.unwrap();
    // Case and field to the row of each entry that sets it, and the value.
    let mut said: BTreeMap<(ThingId, Field), Vec<(i64, String)>> = BTreeMap::new();
    for entry in &entries {
        let change = entry.change().unwrap();
        if matches!(change, Change::AddCase { .. }) {
            continue;
        }
        for (field, value) in fields_set(&change, Some(&edition().samples[0])) {
            if field.is_content() || matches!(field.further(), Some((_, _, "1" | "2" | "3" | "4")))
            {
                let settings = said.entry((entry.subject.unwrap(), field)).or_default();
                settings.push((entry.seq, value));
            }
        }
    }
    let mut lost = Vec::new();
    for ((case, field), settings) in said {
        let is_overwritten = |seq: i64| {
            settings
                .iter()
                .any(|(later, _)| before[usize::try_from(*later).unwrap() - 1].contains(&seq))
        };
        let mut standing: Vec<String> = settings
            .iter()
            .filter(|(seq, _)| !is_overwritten(*seq))
            .map(|(_, value)| value.clone())
            .collect();
        standing.sort();
        let conflicts = store.read().conflicts_about(case).unwrap();
        let conflict = conflicts.iter().find(|conflict| conflict.field == field);
        let kept: Vec<String> = match conflict {
            Some(conflict) => {
                let says = conflict.says.iter();
                let mut kept: Vec<String> = says.map(|saying| saying.value.clone()).collect();
                kept.sort();
                kept
            }
            None => {
                standing.dedup();
                vec![value_of(store, case, &field)]
            }
        };
        if kept != standing {
            lost.push(format!("{field}: {standing:?}, kept is {kept:?}"));
        }
    }
    lost
}

/// What stands on a case, in the words of entries.
fn value_of(store: &Store, id: ThingId, field: &Field) -> String {
    let cases = store.read().cases(INSPECTION).unwrap();
    let case = cases.iter().find(|case| case.id == id).unwrap();
    let questions = &edition().samples[0];
    if let Some((role, assessor, number)) = field.further() {
        let place = questions.question(number).unwrap();
        let mut rows = store.read().further(INSPECTION, Some(id)).unwrap();
        rows.retain(|row| (row.role, row.assessor.as_str()) == (role, assessor));
        if matches!(field, Field::FurtherAnswer(_)) {
            let said = rows.first().and_then(|row| row.sheet.mark(place).said());
            return said.map_or_else(|| "clear".to_owned(), |answer| answer.to_string());
        }
        let mut notes = store
            .read()
            .further_notes(INSPECTION, role, assessor)
            .unwrap();
        notes.retain(|(of, at, _)| (*of, *at) == (id, place));
        return notes
            .into_iter()
            .next()
            .map_or_else(String::new, |(_, _, text)| text);
    }
    match field {
        Field::Answer(number) => {
            let said = case.sheet.mark(questions.question(number).unwrap()).said();
            match said {
                Some(Answer::Yes) => "yes",
                Some(Answer::No) => "no",
                Some(Answer::NotApplicable) => "not applicable",
                None => "clear",
            }
            .to_owned()
        }
        Field::Note(number) => {
            let place = questions.question(number).unwrap();
            let notes = store.read().notes(id).unwrap().into_iter();
            let mut note = notes.filter(|(at, _)| *at == place);
            note.next().map_or_else(String::new, |(_, text)| text)
        }
        Field::Information(name) => {
            let place = questions.attribute(name).unwrap();
            case.information[place].clone().unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// Three laptops on which all this is done, merged in each of these orders.
fn check_orders(deeds: &[(usize, Deed)], orders: &[Vec<usize>]) -> Result<(), TestCaseError> {
    let mut office = in_memory();
    append(
        &mut office,
        Some(case_id(1)),
        &add_case("C-0", "cases", &[Some("high")]),
    )
    .unwrap();
    let mut laptops: Vec<Laptop> = (0..3).map(|number| Laptop::copy(&office, number)).collect();
    for (at, deed) in deeds {
        act(&mut laptops, *at, deed);
    }
    for laptop in &laptops {
        prop_assert_eq!(findings(&laptop.store), [""; 0]);
    }
    let stores: Vec<&Store> = laptops.iter().map(|laptop| &laptop.store).collect();
    let mut whole = Store::in_memory().unwrap();
    merge(&mut whole, &stores);
    prop_assert_eq!(findings(&whole), [""; 0]);
    prop_assert_eq!(lost(&whole), [""; 0]);
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
    Ok(())
}

fn orders() -> impl Strategy<Value = Vec<Vec<usize>>> {
    prop::collection::vec(prop::collection::vec(0usize..3, 2..5), 8)
}

// Two tests, because two run at once: 2,000 orders in all.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(125))]

    #[test]
    fn whatever_people_assess_on_three_laptops_every_order_of_merging_gives_the_same(
        deeds in deeds(1),
        orders in orders(),
    ) {
        check_orders(&deeds, &orders)?;
    }

    #[test]
    fn whatever_else_they_record_every_order_of_merging_gives_the_same(
        deeds in deeds(8),
        orders in orders(),
    ) {
        check_orders(&deeds, &orders)?;
    }
}
