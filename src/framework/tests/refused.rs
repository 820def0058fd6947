//! One test for each thing that can be wrong with measures and their bands.

use super::measured::{EXAMPLE, assert_broken, break_at};
use super::messages;

const RISE: &str = "let the distances rise from the worst rating to the best";

#[test]
fn bad_id_and_duplicate_id_of_a_measure_go_by_its_letters() {
    assert_broken(
        "bad-id",
        &[
            (
                "id = \"SL004\"",
                "id = \"SL 4\"",
                "line 59 column 6: \"SL 4\" cannot be a measure; use only letters, digits, dashes and dots, such as A1-2.3",
            ),
            (
                "\"other-1\"",
                "\"Other\"",
                "line 61 column 32: \"Other\" cannot be a framework; use only lower-case letters, digits and dashes",
            ),
        ],
    );
    assert_broken(
        "duplicate-id",
        &[
            (
                "id = \"SL003\"",
                "id = \"sl001\"",
                "line 53 column 6: the measure \"sl001\" stands twice; change one of them; the first is on line 37",
            ),
            (
                "id = \"SL004\"",
                "id = \"3.1A\"",
                "line 59 column 6: the measure \"3.1A\" is called like a question; change its id",
            ),
            (
                "\"sl-2.a\", ",
                "\"sl-2.a\", \"sl001\", ",
                "line 72 column 32: the measure of this standard \"sl001\" stands twice; change one of them; the first is on line 72",
            ),
            (
                "[\"2\", \"3\"]",
                "[\"2\", \"3\", \"2\"]",
                "line 66 column 22: the standard of this sum \"2\" stands twice; change one of them; the first is on line 66",
            ),
        ],
    );
}

#[test]
fn unknown_measure_suggests_the_nearest_and_is_no_unused_one_as_well() {
    let message =
        "f line 72 column 32: there is no measure \"SL03\"; did you mean SL003? [unknown-measure]";
    assert_eq!(
        break_at("\"SL003\", \"SL004\"", "\"SL03\", \"SL004\""),
        message
    );
}

#[test]
fn unused_measure_stands_in_no_standard() {
    let twice = EXAMPLE.replace(
        "[[standard]]\nnumber = \"1\"",
        "[[measure]]\nid = \"sl001\"\ntitle = \"T\"\n[[standard]]\nnumber = \"1\"",
    );
    assert_eq!(
        messages(&twice),
        "f line 63 column 6: the measure \"sl001\" stands twice; change one of them; the first is on line 37 [duplicate-id]",
        "a second one of the same id is no unused one as well"
    );
    let message = "f line 59 column 6: the measure \"SL004\" stands in no standard; list it in one: measures = [ \"SL004\" ], or leave it out [unused-measure]";
    assert_eq!(break_at(", \"SL004\"", ""), message);
}

#[test]
fn unknown_question_has_no_percent_yes() {
    assert_broken(
        "unknown-question",
        &[
            (
                "\"3.1a\"",
                "\"3.1b\"",
                "line 56 column 18: there is no question \"3.1b\"; did you mean 3.1?",
            ),
            (
                "{ framework = \"other-1\", question = \"9.9\" }",
                "{ framework = \"card\", question = \"9.9\" }",
                "line 61 column 51: there is no question \"9.9\"; did you mean 3.1?",
            ),
        ],
    );
    let question = "[[standard.question]]\nnumber = \"2.1\"\ntext = \"?\"";
    let asked_of_nobody = EXAMPLE
        .replace("\"SL004\"]", &format!("\"SL004\"]\n{question}"))
        .replace("rule = \"points-total\"", "rule = \"judged\"");
    assert_eq!(
        messages(&asked_of_nobody.replace("\"3.1a\"", "\"2.1\"")),
        "f line 56 column 18: question 2.1 is asked of no case, so it has no percent yes; give it a sample, or name another question [unknown-question]"
    );
}

#[test]
fn unknown_standard_is_a_sum_of_none() {
    let message =
        "f line 66 column 17: there is no standard \"4\"; there are: 1, 2, 3 [unknown-standard]";
    assert_eq!(break_at("\"3\"]", "\"4\"]"), message);
}

#[test]
fn no_direction_is_a_target_bands_or_a_distance_that_point_nowhere() {
    let remedy = "add better = \"higher\" or better = \"lower\"";
    assert_broken(
        "no-direction",
        &[
            (
                "better = \"higher\"\ntarget",
                "target",
                &format!("line 41 column 1: target without a direction; {remedy}"),
            ),
            (
                "better = \"lower\"\n",
                "",
                &format!("line 49 column 1: bands without a direction; {remedy}"),
            ),
            (
                "better = \"higher\"\npercent",
                "distance = { good = { target = 0 }, best = { target = 1 } }\npercent",
                &format!("line 55 column 1: distance without a direction; {remedy}"),
            ),
        ],
    );
}

#[test]
fn bad_bands_of_shares_overlap_or_are_missing() {
    assert_broken(
        "bad-bands",
        &[
            (
                "good = 60.0",
                "good = 73.3",
                "line 17 column 8: the bands overlap: 73.3 is not above 73.3, where the rating below starts; let the percents rise from the worst rating to the best",
            ),
            (
                "best = \"73.3\"",
                "best = \"100.1\"",
                "line 17 column 8: no percent reaches 100.1; write a percent from 0 to 100",
            ),
            (
                "best = \"73.3\"\n",
                "",
                "line 15 column 1: the rating \"best\" has no band; add best = …, its lowest percent",
            ),
            (
                "poor = 0.0",
                "poor = 0.1",
                "line 20 column 8: the worst rating does not start at 0, so lower percents have no rating; write 0 or leave it out",
            ),
            (
                "[share_bands]\ngood = 60.0\nbest = \"73.3\"\n",
                "",
                "line 26 column 8: this rule rates a weighted share, and there is no [share_bands]; add [share_bands] with the lowest percent of each rating",
            ),
            (
                "[bands]\ngood = 50\nbest = 80\n",
                "",
                "line 73 column 8: this rule rates percentages, and there is no [bands]; add [bands] with the lowest whole percent of each rating",
            ),
        ],
    );
    assert_eq!(
        break_at("best = 99.9", "best = 99.9\nbetter = 100"),
        "f line 23 column 1: the scale has no rating \"better\"; did you mean best? [unknown-rating]"
    );
}

#[test]
fn bad_bands_of_values_overlap_in_either_direction() {
    let bands = "{ best = \"0.10\", good = 1_000.5 }";
    assert_broken(
        "bad-bands",
        &[
            (
                bands,
                "{ best = 1000.5, good = 1_000.5 }",
                "line 50 column 18: the bands overlap: 1000.5 is not below 1000.5, where the rating below starts; let the values fall from the worst rating to the best",
            ),
            (
                bands,
                "{ best = 3 }",
                "line 50 column 9: the rating \"good\" has no band; add good = …, the value from which it starts",
            ),
            (
                bands,
                "{ best = 3, good = 5, poor = 7 }",
                "line 50 column 31: the worst rating \"poor\" starts nowhere: it is what is left; leave it out",
            ),
            (
                "better = \"lower\"\nbands = { best = \"0.10\"",
                "better = \"higher\"\nbands = { best = \"0.10\"",
                "line 50 column 18: the bands overlap: 0.10 is not above 1000.5, where the rating below starts; let the values rise from the worst rating to the best",
            ),
        ],
    );
}

#[test]
fn bad_bands_of_distances_ask_no_more_than_the_rating_below() {
    let best = "{ target = 5.0, national = 0.0 }";
    let overlap = format!(
        "line 26 column 8: the distances overlap: best asks no more than the rating below it; {RISE}"
    );
    assert_broken(
        "bad-bands",
        &[
            (best, "{ target = -0.5 }", &overlap),
            (best, "{ target = -0.6, national = 9 }", &overlap),
            (best, "{ national = 9 }", &overlap),
            (
                best,
                "{}",
                "line 26 column 8: the distance of \"best\" asks for nothing, so every value reaches it; write how far from target = … or national = … it starts",
            ),
            (
                "good = { target = -0.5 }\n",
                "",
                "line 25 column 1: the rating \"good\" has no band; add good = { target = … }",
            ),
        ],
    );
    for sound in ["{ target = -0.4 }", "{ target = -0.5, national = -9 }"] {
        assert_eq!(break_at(best, sound), "nothing wrong");
    }
}
