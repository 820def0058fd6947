//! Published overall ratings, of the scorecard 2023/24 and of the trusts 2013/14: frameworks and samples against the sources' tables.

use std::collections::BTreeMap;

use caseaudit::framework::{Grading, Measure, Over, Overall, Rule};

use super::service_levels::levels;
use super::{cells, framework, published, rows, says};

#[test]
fn the_scorecard_has_the_published_ratings_and_thresholds() {
    let document = published("community-performance-2024");
    let framework = framework("probation-scorecard-2023-24");
    let bands = framework.share_bands.as_ref().unwrap();
    let titles: Vec<&str> = framework.scale.0.iter().map(|r| r.title.as_str()).collect();
    let from = |place: usize| format!("{:.1}%", bands.lowest_percents[place]);
    for (place, title) in titles.iter().enumerate() {
        let start = format!("{} - {title} | ", place + 1);
        let below = |above: usize| format!("Less than {}", from(above));
        let at_least = match place {
            0 => below(1),
            3 => format!("Greater than or equal to {}", from(3)),
            place => format!(
                "{} and greater than or equal to {}",
                below(place + 1),
                from(place)
            ),
        };
        says(&document, &format!("{start}{at_least} |"));
        assert_eq!(framework.scale.0[place].points, 1 + place as u64);
    }
    assert_eq!(
        (framework.overall.rule, framework.overall.over),
        (Rule::WeightedShare, Over::Measures)
    );
    assert!(framework.overall.given);
    let [service, _] = levels();
    for measure in &framework.measures {
        match service.iter().find(|level| level.id == measure.id) {
            Some(level) => {
                let is = (&measure.title, measure.target);
                assert_eq!(is, (&level.title, Some(level.target)));
            }
            None => assert!(measure.percent_yes_of.is_some(), "{}", measure.id),
        }
    }
}

/// The ratings of a sample, provider by provider, each named in full.
fn given(path: &str, period: &str) -> Vec<(String, String, String)> {
    let rows = rows(path);
    assert_eq!(rows[0].join(","), "provider,period,standard,rating,because");
    rows[1..]
        .iter()
        .map(|row| {
            assert_eq!((row[1].as_str(), row[2].as_str()), (period, "overall"));
            (row[0].clone(), row[3].clone(), row[4].clone())
        })
        .collect()
}

#[test]
fn the_sample_of_the_scorecard_has_the_published_ratings() {
    let document = published("community-performance-2024");
    let titles = framework("probation-scorecard-2023-24").scale.0;
    let table = document.split_once("Region | Overall Score |").unwrap().1;
    let table = table.lines().skip(2).take_while(|line| !line.is_empty());
    let expected: Vec<_> = table
        .map(|line| {
            let [region, score] = cells(line);
            let place: usize = score.parse().unwrap();
            let because = format!(
                "Community Performance Annual to March 2024, Table 1: Overall Score {score}"
            );
            (region.to_owned(), titles[place - 1].title.clone(), because)
        })
        .collect();
    let given = given("samples/scorecard-2023-24/judgements.csv", "2023-24");
    assert_eq!(given, expected);
    let (national, regions) = given.split_last().unwrap();
    assert_eq!(
        (regions.len(), national.0.as_str()),
        (12, "England and Wales")
    );
    let rated = |rating: &str| -> Vec<&str> {
        let rated = regions.iter().filter(|(_, is, _)| is == rating);
        rated.map(|(region, ..)| region.as_str()).collect()
    };
    assert_eq!(rated("Good"), ["Greater Manchester", "Wales"]);
    assert!(rated("Outstanding").is_empty());
    says(
        &document,
        "2 of the 12 regions (Greater Manchester and Wales) did receive a score of 3 (Good)",
    );
}

#[test]
fn the_sample_of_trusts_has_every_trust_once_with_its_published_rating() {
    let document = published("trust-ratings-2014");
    let scale = framework("ptrs-2013-14").scale.0;
    for (place, rating) in scale.iter().enumerate() {
        assert_eq!(rating.points, 1 + place as u64);
        says(
            &document,
            &format!("Rating {} = {}\n", rating.points, rating.title),
        );
    }
    let mut trusts: BTreeMap<String, usize> = BTreeMap::new();
    for line in document.lines().filter(|line| line.starts_with("| ")) {
        let pairs: Vec<(&str, &str)> = if line.ends_with(" |") {
            let [name, score] = cells(line);
            vec![(name, score)]
        } else {
            let run_together = line[2..].split_inclusive(|letter: char| letter.is_ascii_digit());
            run_together
                .map(|pair| pair.split_at(pair.len() - 1))
                .collect()
        };
        for (name, score) in pairs {
            let score = score.parse().unwrap();
            let known = *trusts.entry(name.to_owned()).or_insert(score);
            assert_eq!(known, score, "{name}");
        }
    }
    let expected: Vec<_> = trusts
        .into_iter()
        .map(|(name, score)| {
            let because =
                format!("Probation Trust Annual Performance Ratings 2013/14: rating {score}");
            (name, scale[score - 1].title.clone(), because)
        })
        .collect();
    let given = given("samples/trust-ratings-2013-14/judgements.csv", "2013-14");
    assert_eq!(given, expected);
    assert_eq!(given.len(), 35);
    says(&document, "assessed the 35 probation trusts");
    let (exceptional, good): (Vec<_>, Vec<_>) = given
        .iter()
        .partition(|(_, rating, _)| rating == "Exceptional performance");
    assert!(
        good.iter()
            .all(|(_, rating, _)| rating == "Good performance")
    );
    assert_eq!(good.len(), 31);
    let names: Vec<&str> = exceptional.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Bedfordshire Probation Trust",
            "Essex Probation",
            "Thames Valley Probation",
            "Warwickshire Probation Trust"
        ]
    );
}

#[test]
fn the_trust_rating_system_has_the_published_domains_and_seven_indicators() {
    let document = published("trust-ratings-2014");
    let framework = framework("ptrs-2013-14");
    let domains: Vec<String> = framework
        .standards
        .iter()
        .map(|standard| standard.title.to_lowercase())
        .collect();
    says(
        &document,
        &format!("{}; {}; and {}", domains[0], domains[1], domains[2]),
    );
    says(&document, "by looking at performance in seven indicators");
    assert_eq!(framework.measures.len(), 7);
    assert!(framework.measures.iter().all(is_called_illustrative));
    let expected = Overall {
        rule: Rule::PointsTotal,
        over: Over::Measures,
        given: true,
        moderation: true,
    };
    assert_eq!(framework.overall, expected);
    says(&document, "No moderation proposals were submitted");
}

fn is_called_illustrative(measure: &Measure) -> bool {
    measure.title.ends_with(" (illustrative)")
        && measure.kind == "illustrative"
        && matches!(measure.grading, Grading::Distances(_))
}
