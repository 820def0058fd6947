//! One test for each thing that can be wrong with weights, and with rules that sum up.

use super::measured::{EXAMPLE, assert_broken, break_at};
use super::messages;

#[test]
fn wrong_weight_is_not_above_zero_or_too_fine_or_too_large() {
    let remedy = "write a number above 0, such as 2 or 0.5";
    for (weight, wrong) in [
        ("0", "0, not above 0"),
        ("-1", "-1, not above 0"),
        ("0.00001", "0.00001, finer than 4 decimals"),
        ("1000001", "1000001, over 1000000"),
    ] {
        let message = format!("f line 51 column 10: weight is {wrong}; {remedy} [wrong-weight]");
        assert_eq!(
            break_at("weight = 3\n", &format!("weight = {weight}\n")),
            message
        );
    }
    let message =
        format!("f line 33 column 17: weights_total is 0, not above 0; {remedy} [wrong-weight]");
    assert_eq!(break_at("12.5", "0"), message);
    assert_eq!(
        break_at("weight = 3\n", "weight = 3.0000\n"),
        "nothing wrong"
    );
}

#[test]
fn wrong_weight_misses_the_total_or_counts_nowhere() {
    let nowhere = "this weight counts nowhere: no rule that covers it is weighted-share; leave weight out, or write rule = \"weighted-share\" where it shall count";
    assert_broken(
        "wrong-weight",
        &[
            (
                "12.5",
                "100",
                "line 33 column 17: the weights add up to 12.5, not to 100; correct a weight, or the total",
            ),
            (
                "weight = 3\n",
                "weight = 4\n",
                "line 33 column 17: the weights add up to 13.5, not to 12.5; correct a weight, or the total",
            ),
            (
                "title = \"Quality elsewhere\"",
                "title = \"?\"\nweight = 9\nbetter = \"lower\"",
                "line 33 column 17: the weights add up to 21.5, not to 12.5; correct a weight, or the total",
            ),
            (
                "rule = \"targets-met\"",
                "rule = \"targets-met\"\nweight = 2",
                &format!("line 66 column 10: {nowhere}"),
            ),
            (
                "rule = \"weighted-share\"\nover = \"measures\"",
                "rule = \"targets-met\"",
                "line 32 column 17: weights_total without a weighted overall rating; leave it out, or write rule = \"weighted-share\"",
            ),
            (
                "over = \"measures\"\ngiven = true\nmoderation = true\nweights_total = 12.5\n",
                "",
                &format!("line 40 column 10: {nowhere}"),
            ),
            (
                "sums_up = [\"2\", \"3\"]\n",
                "measures = [\"SL001\"]\n",
                "line 33 column 17: the weights add up to 2.5, not to 12.5; correct a weight, or the total",
            ),
        ],
    );
    let unweighted = EXAMPLE.replace(
        "rule = \"targets-met\"",
        "rule = \"targets-met\"\nweight = 1",
    );
    assert_eq!(
        messages(&unweighted),
        "nothing wrong",
        "1 is what silence means"
    );
}

#[test]
fn key_questions_that_only_the_whole_rates_need_bands_too() {
    let unbanded = EXAMPLE
        .replace("[bands]\ngood = 50\nbest = 80\n", "")
        .replace("rule = \"lowest\"", "rule = \"none\"");
    assert_eq!(
        messages(&unbanded),
        "f line 26 column 8: this rule rates percentages, and there is no [bands]; add [bands] with the lowest whole percent of each rating [bad-bands]"
    );
}

#[test]
fn rule_circle_names_the_way_round() {
    let circle = |sums: &[(&str, &str)]| {
        let mut text = EXAMPLE.to_owned();
        for (number, parts) in sums {
            let title = format!("number = \"{number}\"\n");
            text = text.replace(&title, &format!("{title}sums_up = {parts}\n"));
        }
        messages(&text)
    };
    let remedy = "take one of them out of its sums_up";
    assert_eq!(
        circle(&[("2", "'1'")]),
        format!(
            "f line 69 column 11: standards go round in a circle: 1 sums up 2, 2 sums up 1; {remedy} [rule-circle]"
        )
    );
    assert_eq!(
        circle(&[("2", "['3']"), ("3", "['2', '3']")]),
        format!(
            "f line 76 column 12: standards go round in a circle: 2 sums up 3, 3 sums up 2; {remedy} [rule-circle]\n\
             f line 76 column 17: standards go round in a circle: 3 sums up 3; {remedy} [rule-circle]"
        )
    );
    assert_eq!(circle(&[("2", "'3'")]), "nothing wrong");
}

#[test]
fn a_long_chain_of_sums_is_followed_to_its_end() {
    let mut text = EXAMPLE.to_owned();
    for number in 4..5_000 {
        text += &format!(
            "[[standard]]\nnumber = \"{number}\"\ntitle = \"T\"\nrule = \"lowest\"\nsums_up = \"{}\"\n",
            number - 1
        );
    }
    assert_eq!(messages(&text), "nothing wrong");
    let text = text.replace(
        "title = \"Audited\"\n",
        "title = \"Audited\"\nsums_up = \"4999\"\n",
    );
    assert!(
        messages(&text).contains("a circle: 3 sums up 4999, 4999 sums up 4998, 4998 sums up 4997")
    );
}

#[test]
fn empty_standard_has_parts_that_cannot_have_a_rating() {
    let none_rated = "this rule rates the parts of the standard, and none of them can have a rating; give a measure a direction with bands or a distance, or write rule = \"targets-met\" or \"none\"";
    assert_broken(
        "empty-standard",
        &[
            (
                "[\"SL001\", \"sl-2.a\", \"SL003\", \"SL004\"]",
                "[\"SL004\"]",
                &format!("line 70 column 8: {none_rated}"),
            ),
            (
                "rule = \"points-total\"",
                "rule = \"none\"\n[[standard]]\nnumber = \"4\"\ntitle = \"T\"\nrule = \"lowest\"\nsums_up = \"2\"\n[[standard]]\nnumber = \"5\"\ntitle = \"T\"\nrule = \"none\"",
                &format!("line 74 column 8: {none_rated}"),
            ),
            (
                "sums_up = [\"2\", \"3\"]\n",
                "",
                "line 65 column 8: this rule counts targets that are met, and the standard has no measure; list its measures, or write rule = \"none\"",
            ),
        ],
    );
    let no_part = "no part of the overall rating can have a rating; give a counted standard a rule that rates, or write rule = \"targets-met\" or \"none\"";
    let only_given = "rule = \"lowest\"\ngiven = true";
    let counted = "rule = \"targets-met\"\nsums_up";
    let text = EXAMPLE
        .replace(
            "rule = \"weighted-share\"\nover = \"measures\"\ngiven = true",
            only_given,
        )
        .replace("weights_total = 12.5\n", "")
        .replace("weight = ", "# ")
        .replace(
            "[met_bands]\nband_on = \"exact\"\npoor = 0.0\ngood = 50\nbest = 99.9\n",
            "",
        );
    assert!(text.contains(counted));
    assert_eq!(
        messages(&text),
        "nothing wrong",
        "a given rating needs no part"
    );
    let text = text.replace("given = true\n", "");
    assert_eq!(
        messages(&text),
        format!("f line 24 column 8: {no_part} [empty-standard]")
    );
    let over_measures = text.replace("moderation = true", "over = \"measures\"");
    assert_eq!(messages(&over_measures), "nothing wrong");
}
