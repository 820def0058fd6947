//! What a framework file says of measures, weights and sums; what can be wrong with them stands in `refused`.

use crate::framework::{
    BandOn, Better, Distance, Framework, Grading, Over, PercentYesOf, Rating, Reliability, Rule,
    ShareBands,
};
use crate::model::{Decimal, parse_figure};

/// A small file that uses every part of the format that measures need. Tests break it in one place at a time.
pub(super) const EXAMPLE: &str = r#"id = "card"
title = "A scorecard"
edition = "1"
source = "Made up"
illustrative = ["the weights", " the bands "]
[scale]
ratings = [
  { id = "poor", title = "Poor", points = 1 },
  { id = "good", title = "Good", points = 2 },
  { id = "best", title = "Best", points = 3 },
]
[bands]
good = 50
best = 80
[share_bands]
good = 60.0
best = "73.3"
[met_bands]
band_on = "exact"
poor = 0.0
good = 50
best = 99.9
[reliability]
observations = 30
[distance]
best = { target = 5.0, national = 0.0 }
good = { target = -0.5 }
[overall]
rule = "weighted-share"
over = "measures"
given = true
moderation = true
weights_total = 12.5
[[sample]]
id = "cases"
[[measure]]
id = "SL001"
title = "Enforced"
kind = "effectiveness"
unit = "%"
better = "higher"
target = 70.10
national = -68
weight = 2.5
[[measure]]
id = "SL-2.a"
title = "Days"
decimals = 2
better = "lower"
bands = { best = "0.10", good = 1_000.5 }
weight = 3
[[measure]]
id = "SL003"
title = "Quality"
better = "higher"
percent_yes_of = "3.1a"
weight = 2
[[measure]]
id = "SL004"
title = "Quality elsewhere"
percent_yes_of = { framework = "other-1", question = "9.9" }
[[standard]]
number = "1"
title = "All"
rule = "targets-met"
sums_up = ["2", "3"]
[[standard]]
number = "2"
title = "Measured"
rule = "points-total"
counted = false
measures = ["SL001", "sl-2.a", "SL003", "SL004"]
[[standard]]
number = "3"
title = "Audited"
rule = "lowest"
counted = false
measures = ["SL003"]
[[standard.question]]
number = "3.1"
sample = "cases"
text = "Is it good?"
weight = 5
[[standard.question.prompt]]
letter = "a"
text = "Is it on time?"
"#;

fn figure(text: &str) -> Decimal {
    parse_figure(text).unwrap()
}

fn example() -> Framework {
    Framework::parse(EXAMPLE, "f").unwrap_or_else(|problems| panic!("{problems}"))
}

/// The messages about the example after the only place that reads `from` has been replaced.
pub(super) fn break_at(from: &str, to: &str) -> String {
    assert_eq!(EXAMPLE.matches(from).count(), 1, "{from:?} once");
    super::messages(&EXAMPLE.replace(from, to))
}

/// Breaks the example in each of these ways: each time this is among the messages.
pub(super) fn assert_broken(code: &str, ways: &[(&str, &str, &str)]) {
    for (from, to, message) in ways {
        let found = break_at(from, to);
        let wanted = format!("f {message} [{code}]");
        assert!(
            found.lines().any(|line| line == wanted),
            "{found}\nwanted: {wanted}"
        );
    }
}

#[test]
fn measures_are_read_exactly_with_what_silence_means() {
    let framework = example();
    let [enforced, days, quality, elsewhere] = framework.measures.as_slice() else {
        panic!("four measures")
    };
    assert_eq!((&*enforced.kind, &*enforced.unit), ("effectiveness", "%"));
    assert_eq!((enforced.decimals, days.decimals), (1, 2));
    assert_eq!(enforced.better, Some(Better::Higher));
    assert_eq!(enforced.target.unwrap().to_string(), "70.10");
    assert_eq!(enforced.national, Some(figure("-68")));
    assert_eq!(
        (enforced.weight, elsewhere.weight),
        (figure("2.5"), Decimal::ONE)
    );
    let starts = vec![figure("1000.5"), figure("0.1")];
    assert_eq!(days.grading, Grading::Values(starts));
    let of = |framework: &str, question: &str| {
        let (framework, question) = (framework.to_owned(), question.to_owned());
        Some(PercentYesOf {
            framework,
            question,
        })
    };
    assert_eq!(quality.percent_yes_of, of("", "3.1a"));
    assert_eq!(elsewhere.percent_yes_of, of("other-1", "9.9"));
    let (place, _) = framework.measure("sl-2.A").unwrap();
    assert_eq!(place, 1);
}

#[test]
fn a_direction_without_bands_takes_the_distances_of_the_framework() {
    let framework = example();
    let distances = vec![
        Distance {
            target: Some(figure("-0.5")),
            national: None,
        },
        Distance {
            target: Some(figure("5")),
            national: Some(Decimal::ZERO),
        },
    ];
    let default = Grading::Distances(distances);
    assert_eq!(framework.measures[0].grading, default);
    assert_eq!(framework.measures[2].grading, default);
    assert_eq!(
        framework.measures[3].grading,
        Grading::None,
        "it has no direction"
    );
}

#[test]
fn rules_bands_and_sums_are_read() {
    let framework = example();
    assert_eq!(framework.illustrative, ["the weights", "the bands"]);
    let bands = |band_on, percents: [&str; 3]| {
        let lowest_percents = percents.map(figure).to_vec();
        Some(ShareBands {
            lowest_percents,
            band_on,
        })
    };
    let share_bands = bands(BandOn::Rounded, ["0", "60", "73.3"]);
    assert_eq!(framework.share_bands, share_bands);
    let met_bands = bands(BandOn::Exact, ["0", "50", "99.9"]);
    assert_eq!(framework.met_bands, met_bands);
    let reliability = Reliability {
        observations: 30,
        rated: false,
    };
    assert_eq!(framework.reliability, Some(reliability));
    let overall = framework.overall;
    assert_eq!(
        (overall.rule, overall.over),
        (Rule::WeightedShare, Over::Measures)
    );
    assert!(overall.given && overall.moderation);
    let standards = &framework.standards;
    assert_eq!(standards[0].sums_up, [1, 2]);
    assert_eq!(standards[1].measures, [0, 1, 2, 3]);
    assert_eq!(standards[2].rule, Rule::Lowest);
    assert_eq!(standards[2].key_questions[0].weight, figure("5"));
}

#[test]
fn a_framework_that_only_counts_targets_needs_no_scale() {
    let text = "id = 's'\ntitle = 'S'\nedition = '1'\nsource = 'S'\noverall.rule = 'targets-met'\n\
        [[measure]]\nid = 'A'\ntitle = 'A'\nbetter = 'lower'\ntarget = 3\n\
        [[standard]]\nnumber = '1'\ntitle = 'T'\nrule = 'none'\nmeasures = 'A'\n";
    let framework = Framework::parse(text, "f").unwrap();
    assert_eq!(framework.scale.find("good"), None::<Rating>);
    assert_eq!(framework.standards[0].measures, [0]);
    for (wanting, place) in [
        ("overall.given = true\n", "line 6 column 17"),
        ("[met_bands]\n", "line 6 column 2"),
        ("[distance]\n", "line 6 column 2"),
    ] {
        let text = text.replacen("[[measure]]", &format!("{wanting}[[measure]]"), 1);
        assert_eq!(
            super::messages(&text),
            format!(
                "f {place}: this needs ratings, and there is no [scale]; \
                 add [scale] with ratings = [ … ], from the worst to the best [missing-key]"
            )
        );
    }
    for (from, to, place) in [
        ("rule = 'none'", "rule = 'judged'", "line 14 column 8"),
        ("'targets-met'", "'judged'", "line 5 column 16"),
        (
            "target = 3",
            "distance = { good = { target = 1 } }",
            "line 10 column 1",
        ),
    ] {
        let message = super::messages(&text.replace(from, to));
        assert!(
            message.starts_with(&format!("f {place}: this needs ratings")),
            "{message}"
        );
        assert_eq!(message.lines().count(), 1, "{message}");
    }
}

#[test]
fn wrong_value_is_a_figure_that_is_no_decimal_number() {
    let remedy = "write it with plain digits, such as 70 or 0.5";
    for value in ["7e1", "inf", "\"70 %\"", "0x46", "1e-30", "2000000000000"] {
        let message = format!(
            "f line 42 column 10: target is no decimal number of a usual size; {remedy} [wrong-value]"
        );
        assert_eq!(break_at("70.10", value), message);
    }
    assert_broken(
        "wrong-value",
        &[
            (
                "70.10",
                "true",
                "line 42 column 10: target must be a number, but this is true or false; \
                 write a number, such as 70 or 0.5",
            ),
            (
                "decimals = 2",
                "decimals = 7",
                "line 48 column 12: decimals is 7, over 6; write a whole number from 0 to 6",
            ),
            (
                "better = \"lower\"",
                "better = \"less\"",
                "line 49 column 10: better cannot be \"less\"; there are: higher, lower",
            ),
            (
                "good = 60.0",
                "good = 60.05",
                "line 16 column 8: good has more than one decimal; \
                 write a percent from 0 to 100 with at most one decimal, such as 73.3",
            ),
            (
                "good = 60.0",
                "good = -60.0",
                "line 16 column 8: good is below 0; \
                 write a percent from 0 to 100 with at most one decimal, such as 73.3",
            ),
            (
                "weight = 3\n",
                "weight = 3\ndistance = { good = { target = 0 }, best = { target = 1 } }\n",
                "line 52 column 1: a measure has either bands or a distance; leave one of them out",
            ),
            (
                "rule = \"weighted-share\"\nover = \"measures\"\ngiven = true\nmoderation = true\nweights_total = 12.5",
                "rule = \"judged\"\nover = \"measures\"",
                "line 30 column 8: the rule judged looks at no measures; \
                 leave over out, or name a rule that combines measures, such as weighted-share",
            ),
            (
                "[\"the weights\", \" the bands \"]",
                "[]",
                "line 5 column 16: illustrative is an empty list; name at least one",
            ),
        ],
    );
}

#[test]
fn a_file_of_measures_that_is_cut_off_anywhere_is_read_or_reported_with_its_place() {
    for end in 0..EXAMPLE.len() {
        let Err(problems) = Framework::parse(&EXAMPLE[..end], "f") else {
            continue;
        };
        for problem in &problems.0 {
            assert!(problem.place.line.is_some(), "{problem}");
        }
    }
}
