//! Inspections that were corrected, and samples that were drawn, on two laptops at once.

use super::merging::{Laptop, dump, exchange, merge, two_laptops};
use super::populations::drawn;
use super::*;

fn correct(period: &str) -> Change {
    Change::ChangeInspection {
        name: None,
        provider: None,
        programme: None,
        period: Some(period.to_owned()),
        national: None,
    }
}

fn interest(holds: bool) -> Change {
    Change::DeclareInterest {
        assessor: "INSP-09".into(),
        reference: String::new(),
        officer: "RO-1".into(),
        holds,
    }
}

/// As the use cases say it: without a subject.
fn says(laptop: &mut Laptop, change: &Change) {
    let action = laptop.action();
    let said = laptop.store.write(&[edition()], &action, |writer| {
        writer.append(None, change).map(drop)
    });
    said.unwrap();
}

#[test]
fn corrections_and_draws_that_go_apart_are_conflicts_until_they_are_settled() {
    let (mut one, mut two) = two_laptops();
    let inspection = action().inspection.unwrap();
    one.does(inspection, &correct("2024"));
    two.does(inspection, &correct("2025"));
    says(&mut one, &drawn("1", ["A-1", "B-2"]));
    says(&mut two, &drawn("2", ["B-2", "A-1"]));
    says(&mut one, &interest(true));
    says(&mut two, &interest(true));
    let before = Laptop::copy(&two.store, 9);
    merge(&mut two.store, &[&one.store]);
    merge(&mut one.store, &[&before.store]);
    assert_eq!(dump(&one.store), dump(&two.store));
    assert_eq!(findings(&one.store), [""; 0]);
    let fields = |laptop: &Laptop| -> Vec<String> {
        let open = laptop.store.read().conflicts(inspection).unwrap();
        open.iter().map(|open| open.field.to_string()).collect()
    };
    assert_eq!(fields(&one), ["draw:cases", "period"]);
    one.settles(inspection, &correct("2025"));
    one.settles(inspection, &drawn("2", ["B-2", "A-1"]));
    merge(&mut two.store, &[&one.store]);
    assert_eq!(fields(&two), [""; 0]);
    assert_eq!(dump(&one.store), dump(&two.store));
    assert_eq!(findings(&two.store), [""; 0]);
}

#[test]
fn an_interest_stays_with_its_case_when_two_of_one_reference_are_told_apart() {
    let (mut one, mut two) = two_laptops();
    let interested = |assessor: &str| Change::DeclareInterest {
        assessor: assessor.into(),
        reference: "C-9".into(),
        officer: String::new(),
        holds: true,
    };
    let mut own = Vec::new();
    for (laptop, assessor) in [(&mut one, "INSP-11"), (&mut two, "INSP-12")] {
        let id = laptop.new_id();
        laptop.does(id, &add_case("C-9", "cases", &[None, None]));
        laptop.does(id, &interested(assessor));
        own.push((id, assessor));
    }
    exchange(&mut one, &mut two);
    let is_kept = |laptop: &Laptop| {
        let reader = laptop.store.read();
        let cases = reader.cases(INSPECTION).unwrap();
        let interests = reader.interests(INSPECTION).unwrap();
        assert_eq!(interests.len(), 2);
        own.iter().all(|(id, assessor)| {
            let case = cases.iter().find(|case| case.id == *id).unwrap();
            let mut theirs = interests.iter().filter(|row| row.assessor == *assessor);
            theirs.all(|row| row.reference == case.reference)
        })
    };
    assert!(is_kept(&one));
    let later = one.store.read().conflicts(INSPECTION).unwrap()[0].subject;
    let reference = "C-10".to_owned();
    one.settles(later, &Change::SetReference { reference });
    assert!(is_kept(&one));
    exchange(&mut one, &mut two);
    assert!(is_kept(&two));
}
