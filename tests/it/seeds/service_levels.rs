//! Service levels 2023/24: framework, sample and the statements of the source, against its Tables 2 and 3.

use caseaudit::framework::{Better, Framework, Rule, Standard};
use caseaudit::model::Decimal;

use super::{cells, decimal, framework, published, rows, says};

fn ids<'f>(framework: &'f Framework, standard: &Standard) -> Vec<&'f str> {
    let measures = standard.measures.iter();
    measures
        .map(|place| framework.measures[*place].id.as_str())
        .collect()
}

/// A service level as it was published: code, title, value, target, change.
pub(super) struct Level {
    pub(super) id: String,
    pub(super) title: String,
    value: Decimal,
    pub(super) target: Decimal,
    change: Option<Decimal>,
}

impl Level {
    /// Published, note 1: for SL028 alone a decrease is an improvement.
    fn is_better(&self, difference: Decimal) -> bool {
        difference != Decimal::ZERO && (self.id == "SL028") == difference.is_sign_negative()
    }

    fn is_met(&self) -> bool {
        self.value == self.target || self.is_better(self.value - self.target)
    }
}

/// The tables of the Probation Service and of commissioned services, whose codes we tell apart by a prefix.
pub(super) fn levels() -> [Vec<Level>; 2] {
    let document = published("community-performance-2024");
    let (service, commissioned) = document.split_once("\nTable 3:").unwrap();
    [(service, ""), (commissioned, "CRS-")].map(|(part, prefix)| {
        let rows = part.lines().filter(|line| line.starts_with("SL"));
        rows.map(|line| {
            let [name, value, target, change] = cells(line);
            let (id, title) = name.split_once(" - ").unwrap();
            Level {
                id: format!("{prefix}{id}"),
                title: title.to_owned(),
                value: decimal(value),
                target: decimal(target),
                change: (change != "[x]").then(|| decimal(change.strip_suffix("pp").unwrap())),
            }
        })
        .collect()
    })
}

#[test]
fn the_framework_of_service_levels_has_the_published_titles_and_targets() {
    let framework = framework("service-levels-2023-24");
    for (standard, levels) in framework.standards.iter().zip(levels()) {
        let codes: Vec<&str> = levels.iter().map(|level| level.id.as_str()).collect();
        assert_eq!(ids(&framework, standard), codes);
        assert_eq!(standard.rule, Rule::TargetsMet);
        for level in &levels {
            let (_, measure) = framework.measure(&level.id).unwrap();
            let better = match level.id.as_str() {
                "SL028" => Better::Lower,
                _ => Better::Higher,
            };
            let is = (&measure.title, measure.target, measure.better);
            assert_eq!(is, (&level.title, Some(level.target), Some(better)));
            assert_eq!((measure.unit.as_str(), measure.decimals), ("%", 1));
        }
    }
    let titles = framework.standards.iter().map(|s| s.title.as_str());
    let expected = ["Probation Service", "Commissioned Rehabilitative Services"];
    assert!(titles.eq(expected));
    assert_eq!(framework.overall.rule, Rule::None);
    assert_eq!(framework.reliability.unwrap().observations, 30);
    let document = published("community-performance-2024");
    says(&document, "[z] | Unreliable (less than 30 observations)");
    says(
        &document,
        "a decrease in the proportion of Unpaid Work Stand Downs is a positive outcome",
    );
}

#[test]
fn the_sample_of_service_levels_has_the_published_values_and_what_follows_for_the_year_before() {
    let rows = rows("samples/service-levels-2023-24/measures.csv");
    assert_eq!(
        rows[0].join(","),
        "provider,measure,period,value,target,previous"
    );
    let levels = levels();
    let levels: Vec<&Level> = levels.iter().flatten().collect();
    assert_eq!((rows.len() - 1, levels.len()), (29, 29));
    for (row, level) in rows[1..].iter().zip(levels) {
        let [provider, id, period, value, target, previous] = &row[..] else {
            panic!("{row:?}");
        };
        assert_eq!(
            [provider, id, period],
            ["England and Wales", level.id.as_str(), "2023-24"]
        );
        assert_eq!(
            (decimal(value), decimal(target)),
            (level.value, level.target)
        );
        let expected = level.change.map(|change| level.value - change);
        let previous = (!previous.is_empty()).then(|| decimal(previous));
        assert_eq!(previous, expected, "{id}");
    }
}

#[test]
fn the_figures_give_the_published_statements_on_service_levels() {
    let document = published("community-performance-2024");
    let [service, commissioned] = levels();
    let count = |levels: &[Level]| {
        let changes = || levels.iter().filter_map(|l| Some((l, l.change?)));
        let improved = changes().filter(|(level, change)| level.is_better(*change));
        let met = levels.iter().filter(|level| level.is_met()).count();
        (levels.len(), met, changes().count(), improved.count())
    };
    assert_eq!(count(&service), (26, 9, 23, 19));
    says(&document, "9 of 26 probation service levels met target");
    says(
        &document,
        "9 probation service levels met or exceeded the expected target and 17 did not",
    );
    says(
        &document,
        "Of the 23 probation service levels that were measured in 2023 to 2024 and 2022 to 2023, 19 improved, and 4 service levels declined",
    );
    assert!(
        service
            .iter()
            .all(|level| level.change != Some(Decimal::ZERO)),
        "none stayed the same, so the other 4 declined"
    );
    assert_eq!(count(&commissioned), (3, 1, 2, 2));
    says(&document, "1 service level performed above target");
    says(
        &document,
        "2 were measured in the year April 2022 to March 2023 year, both of these improved",
    );
    let ordered = |levels: &[Level]| {
        let mut changes: Vec<_> = levels
            .iter()
            .filter_map(|l| Some((l.change?, l.id.clone())))
            .collect();
        changes.sort();
        changes
    };
    let changes = ordered(&service);
    assert_eq!(changes[22], (decimal("23.3"), "SL027".to_owned()));
    says(&document, "SL027 which increased by 23.3pp");
    assert_eq!(changes[0], (decimal("-2.5"), "SL011".to_owned()));
    says(&document, "The largest decrease, SL011, decreased by 2.5pp");
    let last = ordered(&commissioned).pop().unwrap();
    assert_eq!(last, (decimal("4.0"), "CRS-SL001R".to_owned()));
    says(&document, "SL001R, which increased by 4.0pp");
}
