//! How a sample is drawn: what a file gives, and one test for each thing that can be wrong with it.

use super::{EXAMPLE, messages};
use crate::framework::{Draw, Framework, Part, builtin};
use crate::model::{Condition, Decimal};

const DRAW: &str = r#"[sample.draw]
confidence = 80
margin = 5
z = 1.2816
buffer = 12.5
minimum = 20
hierarchy = ["unit"]
officer = "officer"
officer_cap = 6
earliest_by = "started"
start = "started"
stratum = [
  { id = "low", title = "Low risk", when = { rosh = "low" } },
  { id = "not-low", when = { not = { rosh = "low" } } },
]
exclude = [ { id = "far", when = { all = [ { unit = "N9" }, { rosh = ["none", "low"] } ] } } ]
"#;

/// The example with an officer and a draw in its first sample, after the only place that reads `from` has been replaced.
pub(super) fn with_draw(from: &str, to: &str) -> String {
    assert_eq!(DRAW.matches(from).count(), 1, "{from:?} once");
    let draw = DRAW.replace(from, to);
    let before = "kind = \"date\"\n";
    assert_eq!(EXAMPLE.matches(before).count(), 1);
    let information = format!("{before}[[sample.information]]\nid = \"officer\"\n{draw}");
    EXAMPLE.replace(before, &information)
}

/// The messages about the example with a draw that starts on line 35.
fn break_draw(from: &str, to: &str) -> String {
    messages(&with_draw(from, to))
}

fn draw_of(text: &str) -> Draw {
    let framework = Framework::parse(text, "f").unwrap_or_else(|problems| panic!("{problems}"));
    framework.samples[0].draw.clone().unwrap()
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

#[test]
fn a_draw_is_read_with_every_id_resolved() {
    let is = |attribute: usize, among: &[&str]| Condition::Information {
        attribute,
        among: among.iter().map(|value| (*value).to_owned()).collect(),
    };
    let part = |id: &str, title: &str, when: Condition| Part {
        id: id.into(),
        title: title.into(),
        when,
    };
    let wanted = Draw {
        confidence: decimal("80"),
        margin: decimal("5"),
        z: Some(decimal("1.2816")),
        buffer: decimal("12.5"),
        minimum: 20,
        hierarchy: vec![1],
        officer: Some(3),
        officer_cap: Some(6),
        strata: vec![
            part("low", "Low risk", is(0, &["low"])),
            part(
                "not-low",
                "Not low",
                Condition::Not(Box::new(is(0, &["low"]))),
            ),
        ],
        exclusions: vec![part(
            "far",
            "Far",
            Condition::All(vec![is(1, &["N9"]), is(0, &["none", "low"])]),
        )],
        earliest_by: Some(2),
        start: Some(2),
    };
    assert_eq!(
        draw_of(&with_draw("[sample.draw]", "[sample.draw]")),
        wanted
    );
}

#[test]
fn what_a_draw_leaves_out_is_off() {
    let start = DRAW.find("z = ").unwrap();
    let draw = draw_of(&with_draw(&DRAW[start..], ""));
    assert_eq!(
        (draw.z, draw.buffer, draw.minimum),
        (None, Decimal::ZERO, 0)
    );
    assert_eq!(
        (draw.officer, draw.officer_cap, draw.earliest_by, draw.start),
        (None, None, None, None)
    );
    assert!(draw.hierarchy.is_empty() && draw.strata.is_empty() && draw.exclusions.is_empty());
    let without = Framework::parse(EXAMPLE, "f").unwrap();
    assert!(without.samples.iter().all(|sample| sample.draw.is_none()));
}

#[test]
fn keys_that_are_missing_or_unknown_are_reported() {
    for (from, to, message) in [
        (
            "confidence = 80\n",
            "",
            "line 35 column 1: [sample.draw] has no confidence; add confidence = 80 [missing-key]",
        ),
        (
            "margin = 5\n",
            "",
            "line 35 column 1: [sample.draw] has no margin; add margin = 5 [missing-key]",
        ),
        (
            "officer = \"officer\"\n",
            "",
            "line 35 column 1: [sample.draw] has no officer; add officer = \"…\", the case information with the officer, \
             or leave officer_cap out [missing-key]",
        ),
        (
            "buffer =",
            "bufer =",
            "line 39 column 1: [sample.draw] has no key \"bufer\"; did you mean buffer? [unknown-key]",
        ),
        (
            "id = \"far\", ",
            "",
            "line 50 column 13: an exclusion has no id; add id = \"…\" [missing-key]",
        ),
        (
            ", when = { not = { rosh = \"low\" } }",
            "",
            "line 48 column 3: a stratum has no when; add when = { … }, the cases that belong to it [missing-key]",
        ),
        (
            "id = \"low\",",
            "id = \"low\", x = 1,",
            "line 47 column 17: a stratum has no key \"x\"; there are: id, title, when [unknown-key]",
        ),
    ] {
        assert_eq!(break_draw(from, to), format!("f {message}"));
    }
}

#[test]
fn figures_out_of_their_range_are_reported() {
    for (from, to, message) in [
        (
            "confidence = 80",
            "confidence = 100",
            "line 36 column 14: confidence is 100, not above 0 and under 100, with at most two decimals; write such a number, for example 80",
        ),
        (
            "confidence = 80",
            "confidence = 80.125",
            "line 36 column 14: confidence is 80.125, not above 0 and under 100, with at most two decimals; write such a number, for example 80",
        ),
        (
            "margin = 5",
            "margin = 0",
            "line 37 column 10: margin is 0, not above 0 and at most 100, with at most two decimals; write such a number, for example 5",
        ),
        (
            "z = 1.2816",
            "z = -1.2816",
            "line 38 column 5: z is -1.2816, not above 0 and at most 10, with at most eight decimals; write such a number, for example 1.2816",
        ),
        (
            "buffer = 12.5",
            "buffer = 120",
            "line 39 column 10: buffer is 120, not from 0 to 100, with at most two decimals; write such a number, for example 20",
        ),
        (
            "minimum = 20",
            "minimum = 1000001",
            "line 40 column 11: minimum is 1000001, over 1000000; write a whole number from 0 to 1000000",
        ),
        (
            "officer_cap = 6",
            "officer_cap = 0",
            "line 43 column 15: officer_cap is 0, so that no case could be drawn; write how many cases one officer may give, such as 6",
        ),
        (
            "hierarchy = [\"unit\"]",
            "hierarchy = []",
            "line 41 column 13: hierarchy is an empty list; name at least one",
        ),
        (
            "[sample.draw]",
            "[[sample.draw]]",
            "line 35 column 1: draw must be a table, but this is a list; write draw = { … } or a table of its own",
        ),
    ] {
        assert_eq!(break_draw(from, to), format!("f {message} [wrong-value]"));
    }
}

#[test]
fn case_information_that_is_unknown_or_of_the_wrong_kind_is_reported() {
    for (from, to, message) in [
        (
            "hierarchy = [\"unit\"]",
            "hierarchy = [\"units\"]",
            "line 41 column 14: the sample cases has no case information \"units\"; did you mean unit? [unknown-attribute]",
        ),
        (
            "officer = \"officer\"",
            "officer = \"oficer\"",
            "line 42 column 11: the sample cases has no case information \"oficer\"; did you mean officer? [unknown-attribute]",
        ),
        (
            "earliest_by = \"started\"",
            "earliest_by = \"start\"",
            "line 44 column 15: the sample cases has no case information \"start\"; did you mean started? [unknown-attribute]",
        ),
        (
            "start = \"started\"",
            "start = \"unit\"",
            "line 45 column 9: unit is not a date; there are: started [wrong-value]",
        ),
        (
            "hierarchy = [\"unit\"]",
            "hierarchy = [\"started\"]",
            "line 41 column 14: started is a date, which groups no cases; take case information with choices or codes, such as a unit [wrong-value]",
        ),
        (
            "hierarchy = [\"unit\"]",
            "hierarchy = [\"officer\"]",
            "line 42 column 11: the level \"officer\" stands twice; change one of them; the first is on line 41 [duplicate-id]",
        ),
    ] {
        assert_eq!(break_draw(from, to), format!("f {message}"));
    }
}

#[test]
fn parts_of_a_population_have_ids_of_their_own_and_look_at_case_information_only() {
    for (from, to, message) in [
        (
            "id = \"low\",",
            "id = \"Low|\",",
            "line 47 column 10: \"Low|\" cannot be a stratum; use only lower-case letters, digits and dashes [bad-id]",
        ),
        (
            "id = \"not-low\"",
            "id = \"low\"",
            "line 48 column 10: the stratum \"low\" stands twice; change one of them; the first is on line 47 [duplicate-id]",
        ),
        (
            "when = { rosh = \"low\" } }",
            "when = { \"2.1.1\" = \"yes\" } }",
            "line 47 column 46: a draw comes before any answer, so it cannot look at a question; look at case information [unknown-question]",
        ),
        (
            "when = { rosh = \"low\" } }",
            "when = { rsoh = \"low\" } }",
            "line 47 column 46: the sample cases has no case information \"rsoh\"; did you mean rosh? [unknown-attribute]",
        ),
        (
            "when = { rosh = \"low\" } }",
            "when = { rosh = \"lo\" } }",
            "line 47 column 53: rosh has no choice \"lo\"; did you mean low? [unknown-value]",
        ),
        (
            "when = { rosh = \"low\" } }",
            "when = {} }",
            "line 47 column 44: a condition says nothing; name case information or an earlier question, or leave the condition out [wrong-value]",
        ),
    ] {
        assert_eq!(break_draw(from, to), format!("f {message}"));
    }
}

#[test]
fn the_edition_of_2018_draws_its_case_supervision_sample_as_the_inspectorate_did() {
    let edition = builtin("hmip-nps-2018").unwrap();
    let framework = Framework::parse(edition.text, "f").unwrap();
    let (_, sample) = framework.sample("case-supervision").unwrap();
    let draw = sample.draw.as_ref().unwrap();
    let strata: Vec<&str> = draw.strata.iter().map(|part| part.id.as_str()).collect();
    assert_eq!(
        strata,
        [
            "male-community-low",
            "male-community-not-low",
            "male-post-custody-low",
            "male-post-custody-not-low",
            "female"
        ]
    );
    let id = |place: usize| sample.questions.attributes[place].id.as_str();
    let levels: Vec<&str> = draw.hierarchy.iter().map(|place| id(*place)).collect();
    assert_eq!(
        (levels, draw.officer.map(id)),
        (vec!["cluster", "ldu"], Some("officer"))
    );
    assert_eq!(
        (draw.buffer, draw.officer_cap),
        (Decimal::from(20), Some(6))
    );
    let last = sample.questions.attributes.last().unwrap();
    assert_eq!(
        last.id, "redacted",
        "older editions keep the places of their case information"
    );
    // Every man with a disposal and a risk belongs to one stratum, every woman to the fifth, nobody else to any.
    let place = |id: &str| sample.questions.attribute(id).unwrap();
    let values = |id: &str| match &sample.questions.attributes[place(id)].kind {
        crate::model::AttributeKind::Choice(choices) => choices.clone(),
        _ => vec![],
    };
    for gender in values("gender") {
        for disposal in values("disposal") {
            for rosh in values("rosh") {
                let mut information = vec![None; sample.questions.attributes.len()];
                information[place("gender")] = Some(gender.clone());
                information[place("disposal")] = Some(disposal.clone());
                information[place("rosh")] = Some(rosh);
                let sheet = crate::model::Sheet::unanswered(0);
                let holding = draw.strata.iter();
                let holding =
                    holding.filter(|part| part.when.holds(&information, &sheet) == Some(true));
                assert_eq!(holding.count(), usize::from(gender != "other"));
            }
        }
    }
}
