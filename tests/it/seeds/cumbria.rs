//! The indicators of Cumbria 2010-11 and their six objectives, against the plan.

use std::collections::BTreeSet;
use std::str::FromStr;

use caseaudit::framework::{Rule, builtin};
use caseaudit::model::Decimal;

use super::{decimal, framework, published, rows, says};

/// An indicator of the plan: description and target, under its heading.
struct Indicator {
    id: String,
    kind: &'static str,
    title: String,
    target: Option<Decimal>,
    is_percent: bool,
}

/// The indicators of the plan's tables. A description goes on over lines; the target ends the first of them that ends in a
/// dash or a number.
fn indicators() -> Vec<Indicator> {
    let document = published("cumbria-plan-2010");
    let start = document.find("CUMBRIA PROBATI").unwrap();
    let mut rows: Vec<Vec<&str>> = vec![];
    let mut is_in_row = false;
    for line in document[start..].lines().map(str::trim) {
        let starts = ["OM", "INT", "IPPF"].iter().any(|prefix| {
            let rest = line.strip_prefix(prefix);
            rest.is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
        });
        let is_heading = line.contains("InDICATORS")
            || [
                "Targets",
                "Business Metrics",
                "Reference Description Target",
            ]
            .contains(&line);
        is_in_row = starts || (is_in_row && !is_heading);
        if starts {
            rows.push(vec![line]);
        } else if is_in_row {
            rows.last_mut().unwrap().push(line);
        }
    }
    rows.iter().map(|lines| indicator(lines)).collect()
}

fn indicator(lines: &[&str]) -> Indicator {
    let mut words: Vec<&str> = vec![];
    let mut target = None;
    for line in lines {
        words.extend(line.split_whitespace());
        let last = words.last().copied().unwrap();
        let is_target = last == "-" || Decimal::from_str(last.trim_end_matches('%')).is_ok();
        if target.is_none() && is_target {
            target = words.pop();
        }
    }
    let target = target.unwrap();
    let (id, title) = words.split_first().unwrap();
    Indicator {
        id: (*id).to_owned(),
        kind: match id.trim_end_matches(|letter: char| letter.is_ascii_digit()) {
            "OM" => "offender management",
            "INT" => "intervention",
            _ => "additional non-SLA",
        },
        title: title.join(" "),
        target: (target != "-").then(|| decimal(target.trim_end_matches('%'))),
        is_percent: target.ends_with('%'),
    }
}

#[test]
fn the_framework_of_cumbria_has_every_indicator_of_the_plan() {
    let framework = framework("cumbria-2010-11");
    let expected = indicators();
    assert_eq!(framework.measures.len(), expected.len());
    for (measure, indicator) in framework.measures.iter().zip(&expected) {
        let (title, kind) = (measure.title.as_str(), measure.kind.as_str());
        assert_eq!(
            (measure.id.as_str(), title, kind, measure.target),
            (
                indicator.id.as_str(),
                indicator.title.as_str(),
                indicator.kind,
                indicator.target
            )
        );
        // The plan prints IPPF14 without a sign; its description asks for a percentage.
        if measure.target.is_some() && measure.id != "IPPF14" {
            assert_eq!(measure.unit == "%", indicator.is_percent, "{}", measure.id);
        }
        assert!(measure.target.is_none() || measure.better.is_some());
    }
    let with_prefix = |prefix: &str| -> BTreeSet<u32> {
        let numbers = expected.iter().filter_map(|i| i.id.strip_prefix(prefix));
        numbers.map(|number| number.parse().unwrap()).collect()
    };
    let but = |last: u32, gaps: &[u32]| -> BTreeSet<u32> {
        (1..=last).filter(|n| !gaps.contains(n)).collect()
    };
    assert_eq!(with_prefix("OM"), but(40, &[22, 23, 24, 25]));
    assert_eq!(with_prefix("INT"), but(25, &[10]));
    assert_eq!(with_prefix("IPPF"), but(18, &[9, 12, 15]));
}

/// Joins the lines of a paragraph with single spaces.
fn join(lines: &str) -> String {
    lines.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_framework_of_cumbria_has_the_objectives_of_the_plan_and_names_all_their_topics() {
    let document = published("cumbria-plan-2010");
    let framework = framework("cumbria-2010-11");
    let toml = builtin("cumbria-2010-11").unwrap().text;
    let blocks: Vec<&str> = toml.split("[[standard]]").skip(1).collect();
    assert_eq!((framework.standards.len(), blocks.len()), (6, 6));
    for (standard, block) in framework.standards.iter().zip(blocks) {
        let start = format!("OBjECTIVE {}\n...\n", standard.number);
        let objective = document.split_once(&start).unwrap().1;
        let (title, rest) = objective.split_once("\n...\n").unwrap();
        assert_eq!(join(title), format!("{}.", standard.title));
        let topics = rest.split_once("\n\n").unwrap().0;
        for topic in topics.split("• ").skip(1) {
            let topic = join(topic);
            says(block, topic.trim_end_matches([';', '.']));
        }
        assert_eq!(standard.rule, Rule::TargetsMet);
    }
}

#[test]
fn the_example_for_cumbria_says_that_it_is_made_up() {
    let framework = framework("cumbria-2010-11");
    for row in &rows("samples/cumbria-2010-11/measures-made-up.csv")[1..] {
        assert!(row[0].ends_with("(made up)"), "{row:?}");
        assert!(framework.measure(&row[1]).is_some(), "{row:?}");
    }
}
