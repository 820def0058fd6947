//! A framework of measures and its ratings, put together by hand, for the tests of reports.

use crate::framework::{Better, Framework, Grading, Measure, Over, Rating, Reliability, Rule};
use crate::model::{Decimal, parse_figure};
use crate::rating::fixture::Builder;
use crate::rating::{
    Decision, InspectionRating, MeasureRating, Moderation, OverallRating, Score, StandardRating,
    TargetCount, Trend,
};

pub(super) fn figure(text: &str) -> Decimal {
    parse_figure(text).unwrap()
}

fn measure(id: &str, title: &str) -> Measure {
    Measure {
        id: id.into(),
        title: title.into(),
        kind: String::new(),
        unit: "%".into(),
        decimals: 1,
        better: Some(Better::Higher),
        target: None,
        national: None,
        weight: Decimal::ONE,
        grading: Grading::Values(vec![figure("50"), figure("65"), figure("80")]),
        percent_yes_of: None,
    }
}

/// Two standards of measures; the whole is their weighted share.
pub(super) fn scorecard() -> Framework {
    let mut framework = Builder::new()
        .rated("1", "Sentence delivery")
        .rated("2", "Reducing reoffending")
        .framework;
    framework.measures = vec![
        measure("M1", "Engagement"),
        measure("M2", "Stand downs"),
        measure("M3", "Interviews"),
    ];
    framework.measures[1].better = Some(Better::Lower);
    framework.measures[1].grading = Grading::None;
    framework.standards[0].measures = vec![0, 1];
    framework.standards[1].measures = vec![2];
    for standard in &mut framework.standards {
        standard.rule = Rule::WeightedShare;
        standard.domain = String::new();
    }
    framework.bands = None;
    framework.overall.rule = Rule::WeightedShare;
    framework.overall.over = Over::Measures;
    framework.reliability = Some(Reliability {
        observations: 30,
        rated: false,
    });
    framework.illustrative = vec!["the weights of the measures".into()];
    framework
}

fn standard(number: &str, title: &str, rating: Option<usize>) -> StandardRating {
    StandardRating {
        number: number.into(),
        title: title.into(),
        rating: rating.map(Rating),
        counted: true,
        reason: "hand-made".into(),
        ..StandardRating::default()
    }
}

/// Its ratings for one provider: M1 is `value` (target 70.0), M2 fell, M3 is unreliable and not rated.
pub(super) fn rated_scorecard(value: &str, rating: usize) -> InspectionRating {
    let value = figure(value);
    let met = TargetCount {
        with_target: 1,
        met: 1,
        comparable: 2,
        improved: 2,
        declined: 0,
    };
    let score = Score {
        earned: figure("2.50"),
        max: figure("3.0"),
        percent: Some(figure("83.3")),
    };
    InspectionRating {
        overall: Some(OverallRating {
            rating: Rating(rating),
            judged: false,
            moved_from: None,
            unmoderated: Rating(rating),
            rated_count: 2,
            counted_count: 3,
        }),
        overall_reason: "2.5 of 3 weighted points, 83.3% over 1 measure; M3 is not rated".into(),
        score: Some(score),
        targets: met,
        moderation: None,
        standards: vec![
            StandardRating {
                score: Some(score),
                targets: met,
                ..standard("1", "Sentence delivery", Some(rating))
            },
            standard("2", "Reducing reoffending", None),
        ],
        measures: vec![
            MeasureRating {
                target: Some(figure("70.0")),
                met: Some(value >= figure("70.0")),
                change: Some(value - figure("65.8")),
                trend: Some(Trend::Improved),
                rating: Some(Rating(rating)),
                provisional: true,
                reason: "1.2 above the target".into(),
                ..measured("M1", "Engagement", value)
            },
            MeasureRating {
                better: Some(Better::Lower),
                change: Some(figure("-0.1")),
                trend: Some(Trend::Improved),
                ..measured("M2", "Stand downs", figure("0.9"))
            },
            MeasureRating {
                unreliable: true,
                observations: Some(12),
                reason: "fewer than 30 observations: not rated".into(),
                ..measured("M3", "Interviews", figure("55.0"))
            },
        ],
    }
}

/// An accepted moderation to the best rating, proposed on what the figures give.
pub(super) fn moderate(rating: &mut InspectionRating) {
    let overall = rating.overall.as_mut().unwrap();
    rating.moderation = Some(Moderation {
        proposed: Rating(3),
        evidence: "a late audit".into(),
        made_on: Some(overall.rating),
        who: "lead".into(),
        at: String::new(),
        decision: Some(Decision {
            accepted: true,
            because: "seen".into(),
            who: "board".into(),
            at: String::new(),
        }),
    });
    overall.moved_from = Some(overall.rating);
    overall.rating = Rating(3);
}

fn measured(id: &str, title: &str, value: Decimal) -> MeasureRating {
    MeasureRating {
        id: id.into(),
        title: title.into(),
        unit: "%".into(),
        better: Some(Better::Higher),
        value: Some(value),
        ..MeasureRating::default()
    }
}
