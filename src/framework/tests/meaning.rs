//! One test for each problem of meaning that a framework file can have: rules, references, conditions, bands.

use super::{EXAMPLE, break_at};
use crate::framework::Framework;

#[test]
fn unknown_rule_lists_the_rules() {
    assert_eq!(
        break_at("rule = \"points-total\"", "rule = \"points\""),
        "f line 18 column 8: rule cannot be \"points\"; there are: lowest, points-total, weighted-share, targets-met, judged, none [unknown-rule]"
    );
    assert_eq!(
        break_at(
            "rule = \"lowest-key-question\"",
            "rule = \"lowest-key-questions\""
        ),
        "f line 54 column 8: rule cannot be \"lowest-key-questions\"; did you mean lowest-key-question? [unknown-rule]"
    );
}

#[test]
fn unknown_sample_is_reported_once_and_not_again_for_its_prompts() {
    assert_eq!(
        break_at("sample = \"cases\"", "sample = \"case\""),
        "f line 57 column 10: there is no sample \"case\"; did you mean cases? [unknown-sample]"
    );
}

#[test]
fn unknown_domain_is_reported_where_domains_are_declared() {
    assert_eq!(
        break_at("domain = \"2\"", "domain = \"4\""),
        "f line 51 column 10: there is no domain \"4\"; there are: 2 [unknown-domain]"
    );
}

#[test]
fn unknown_rating_is_a_band_of_no_rating() {
    assert_eq!(
        break_at("best = 80", "best = 80\nbestt = 90"),
        "f line 14 column 1: the scale has no rating \"bestt\"; did you mean best? [unknown-rating]"
    );
}

#[test]
fn unknown_attribute_belongs_to_another_sample_or_to_none() {
    assert_eq!(
        break_at(
            "{ rosh = \"very-high\" }",
            "{ rsoh = \"low\", units = \"N1\" }"
        ),
        "f line 61 column 18: the sample cases has no case information \"rsoh\"; did you mean rosh? [unknown-attribute]\n\
         f line 61 column 32: the sample cases has no case information \"units\"; did you mean unit? [unknown-attribute]"
    );
    assert_eq!(
        break_at("{ \"1.1.1a\" = \"yes\" }", "{ rosh = \"low\" }"),
        "f line 75 column 18: the sample staff has no case information \"rosh\"; there is none [unknown-attribute]"
    );
}

#[test]
fn unknown_value_is_not_among_the_choices() {
    assert_eq!(
        break_at(
            "{ rosh = \"very-high\" }",
            "{ rosh = [\"low\", \"veryhigh\"] }"
        ),
        "f line 61 column 33: rosh has no choice \"veryhigh\"; did you mean very-high? [unknown-value]"
    );
}

#[test]
fn unknown_answer_is_none_of_the_three_words() {
    assert_eq!(
        break_at("[\"no\", \"na\"] },", "[\"no\", \"n/a\"] },"),
        "f line 67 column 58: \"n/a\" is not an answer; did you mean na? [unknown-answer]"
    );
    assert_eq!(
        break_at("note_on = [\"no\", \"na\"]", "note_on = [\"No\"]"),
        "f line 66 column 12: \"No\" is not an answer; did you mean no? [unknown-answer]"
    );
}

#[test]
fn unknown_question_is_not_on_the_sheet() {
    let condition = "{ \"2.1.1\" = [\"no\", \"na\"] }";
    assert_eq!(
        break_at(condition, "{ \"2.1.2\" = \"no\" }"),
        "f line 67 column 41: the sample cases has no question \"2.1.2\"; did you mean 2.1.1? [unknown-question]"
    );
    assert_eq!(
        break_at(condition, "{ \"1.1.1a\" = \"no\" }"),
        "f line 67 column 41: question 1.1.1a is asked of another sample; \
         look at a question of cases, or at case information [unknown-question]"
    );
}

#[test]
fn forward_condition_looks_at_itself_or_further_down() {
    let condition = "{ \"2.1.1\" = [\"no\", \"na\"] }";
    assert_eq!(
        break_at(condition, "{ \"2.1.1a\" = \"no\" }"),
        "f line 67 column 41: question 2.1.1a hangs on itself; \
         look at an earlier question, or at case information [forward-condition]"
    );
    assert_eq!(
        break_at(condition, "{ \"2.1.1b\" = \"no\" }"),
        "f line 67 column 41: question 2.1.1b comes later on the sheet; \
         look at an earlier question, or at case information [forward-condition]"
    );
}

#[test]
fn bad_bands_leave_a_gap_or_do_not_rise_or_pass_a_hundred() {
    for (from, to, message) in [
        (
            "best = 80",
            "best = 101",
            "line 13 column 8: no percent reaches 101; write a whole percent from 0 to 100",
        ),
        (
            "best = 80",
            "best = 50",
            "line 13 column 8: the bands overlap: 50 is not above 50, where the rating below starts; let the percents rise from the worst rating to the best",
        ),
        (
            "good = 50",
            "good = 0",
            "line 12 column 8: the bands overlap: 0 is not above 0, where the rating below starts; let the percents rise from the worst rating to the best",
        ),
        (
            "best = 80\n",
            "",
            "line 11 column 1: the rating \"best\" has no band; add best = …, its lowest whole percent",
        ),
        (
            "good = 50",
            "good = 50\npoor = 1",
            "line 13 column 8: the worst rating does not start at 0, so lower percents have no rating; write 0 or leave it out",
        ),
        (
            "[bands]\ngood = 50\nbest = 80\n",
            "",
            "line 51 column 8: this rule rates percentages, and there is no [bands]; add [bands] with the lowest whole percent of each rating",
        ),
    ] {
        assert_eq!(break_at(from, to), format!("f {message} [bad-bands]"));
    }
    for to in ["best = 100", "best = 51", "best = 80\npoor = 0"] {
        assert_eq!(break_at("best = 80", to), "nothing wrong");
    }
}

#[test]
fn empty_standard_has_a_rule_and_nothing_to_rate() {
    let standard = "[[standard]]\nnumber = \"2.1\"";
    let empty = "[[standard]]\nnumber = \"1.2\"\ntitle = \"T\"\nrule = \"lowest-key-question\"";
    for questions in ["", "\nquestion = []"] {
        assert_eq!(
            break_at(standard, &format!("{empty}{questions}\n{standard}")),
            "f line 52 column 8: this rule rates the parts of the standard, and there is none; \
             add a [[standard.question]], measures or sums_up, or write rule = \"judged\" [empty-standard]"
        );
    }
}

#[test]
fn every_problem_of_a_file_is_reported_at_once_in_its_order() {
    let text = EXAMPLE
        .replace("best = 80", "best = 40")
        .replace("rosh = \"low\"", "rosh = \"lo\"")
        .replace("id = \"small\"", "id = 7");
    let codes: Vec<&str> = Framework::parse(&text, "f")
        .unwrap_err()
        .0
        .iter()
        .map(|problem| problem.code.as_str())
        .collect();
    assert_eq!(codes, ["wrong-value", "bad-bands", "unknown-value"]);
}
