//! The overall scales for seven, eight, nine and twelve standards: the ranges of points that each file states are the ones it gives.

use std::fmt::Write as _;

use caseaudit::framework::{Rating, builtin};
use caseaudit::rating::{Evidence, Judgement, rate_inspection};

use super::framework;

/// The rating that so many points give, with the standards as even as can be.
fn rating_of(id: &str, points: usize) -> Rating {
    let framework = framework(id);
    let count = framework.standards.len();
    let judgements: Vec<Judgement> = framework
        .standards
        .iter()
        .enumerate()
        .map(|(place, standard)| Judgement {
            standard: standard.number.clone(),
            rating: Rating((points + place) / count),
            because: "as published".to_owned(),
            who: "INSP-01".to_owned(),
            at: String::new(),
        })
        .collect();
    let evidence = Evidence {
        judgements: &judgements,
        ..Evidence::default()
    };
    let rated = rate_inspection(&framework, &evidence).unwrap();
    rated.overall.unwrap().rating
}

#[test]
fn each_scale_states_the_points_from_which_its_ratings_start() {
    for (count, stated) in [
        (
            7,
            "Inadequate 0 to 3, Requires improvement 4 to 10, Good 11 to 17, Outstanding 18 to 21",
        ),
        (
            8,
            "Inadequate 0 to 4, Requires improvement 5 to 12, Good 13 to 20, Outstanding 21 to 24",
        ),
        (
            9,
            "Inadequate 0 to 4, Requires improvement 5 to 13, Good 14 to 22, Outstanding 23 to 27",
        ),
        (
            12,
            "Inadequate 0 to 6, Requires improvement 7 to 18, Good 19 to 30, Outstanding 31 to 36",
        ),
    ] {
        let id = format!("hmip-{count}-standards");
        let framework = framework(&id);
        assert_eq!(framework.standards.len(), count);
        let mut ranges = String::new();
        for (place, rating) in framework.scale.0.iter().enumerate() {
            let mut points = (0..=3 * count).filter(|points| rating_of(&id, *points).0 == place);
            let (first, last) = (points.next().unwrap(), points.next_back().unwrap());
            let comma = if place == 0 { "" } else { ", " };
            write!(ranges, "{comma}{} {first} to {last}", rating.title).unwrap();
        }
        assert_eq!(ranges, stated);
        assert!(builtin(&id).unwrap().text.contains(&format!("# {stated}.")));
    }
}
