//! One test for each problem of form that a framework file can have: TOML, keys, types, ids.

use super::{break_at, messages};

#[test]
fn not_toml_is_reported_wherever_the_file_can_still_be_read() {
    assert_eq!(
        messages("id = small\ntitle = \"t\"\ntitle = \"t\"\n"),
        "f line 1 column 6: this is not TOML: string values must be quoted, expected literal string; \
         put texts in quotes; numbers, true and false stand without them [not-toml]\n\
         f line 3 column 1: this is not TOML: duplicate key; \
         a key or [table] stands only once; a list of tables has two brackets, [[standard]] [not-toml]"
    );
    assert!(
        break_at("[overall]", "[overall")
            .contains("line 17 column 9: this is not TOML: unclosed table")
    );
}

#[test]
fn unknown_key_is_reported_in_every_table_with_the_nearest_key() {
    assert_eq!(
        break_at("edition =", "éd = 1\nedition ="),
        "f line 3 column 1: this is not TOML: invalid unquoted key, expected letters, numbers, `-`, `_`; \
         correct it as TOML wants it; https://toml.io shows how [not-toml]"
    );
    assert_eq!(
        break_at("one_case =", "onecase ="),
        "f line 16 column 1: [discretion] has no key \"onecase\"; did you mean one_case? [unknown-key]"
    );
    for (from, to, place) in [
        ("source =", "x = 1\nsource =", "line 4 column 1: the file"),
        (
            "title = \"Poor\",",
            "title = \"Poor\", x = 1,",
            "line 7 column 34: a rating",
        ),
        ("[scale]", "[scale]\nx = 1", "line 6 column 1: [scale]"),
        (
            "[overall]",
            "[overall]\nx = 1",
            "line 18 column 1: [overall]",
        ),
        (
            "[[domain]]",
            "[[domain]]\nx = 1",
            "line 20 column 1: [[domain]]",
        ),
        (
            "id = \"cases\"",
            "id = \"cases\"\nx = 1",
            "line 24 column 1: [[sample]]",
        ),
        (
            "kind = \"date\"",
            "kind = \"date\"\nx = 1",
            "line 33 column 1: [[sample.information]]",
        ),
        (
            "{ id = \"none\",",
            "{ x = 1, id = \"none\",",
            "line 27 column 34: a choice",
        ),
        (
            "counted = false",
            "counted = false\nx = 1",
            "line 42 column 1: [[standard]]",
        ),
        (
            "guidance =",
            "x = 1\nguidance =",
            "line 59 column 1: [[standard.question]]",
        ),
        (
            "letter = \"b\"",
            "letter = \"b\"\nx = 1",
            "line 70 column 1: [[standard.question.prompt]]",
        ),
    ] {
        let message = break_at(from, to);
        let wanted = format!("f {place} has no key \"x\"");
        assert!(message.starts_with(&wanted), "{message}\nwanted: {wanted}");
        assert!(message.ends_with("[unknown-key]"), "{message}");
    }
}

#[test]
fn missing_key_is_reported_at_the_header_of_its_table() {
    assert_eq!(
        messages(""),
        "f line 1 column 1: the file has no id; add id = \"…\" [missing-key]\n\
         f line 1 column 1: the file has no [[standard]]; add at least one [[standard]] [missing-key]\n\
         f line 1 column 1: the file has no title; add title = \"…\" [missing-key]\n\
         f line 1 column 1: the file has no edition; add edition = \"…\" [missing-key]\n\
         f line 1 column 1: the file has no source; add source = \"…\" [missing-key]"
    );
    for (from, place) in [
        ("id = \"best\", ", "line 9 column 3: a rating has no id"),
        (", points = 3", "line 9 column 3: a rating has no points"),
        (
            "title = \"Cases\"\n",
            "line 19 column 1: [[domain]] has no title",
        ),
        (
            "id = \"unit\"\n",
            "line 28 column 1: [[sample.information]] has no id",
        ),
        (
            "rule = \"judged\"\n",
            "line 37 column 1: [[standard]] has no rule",
        ),
        (
            "text = \"Is it led?\"\n",
            "line 42 column 1: [[standard.question]] has no text",
        ),
        (
            "letter = \"b\"\n",
            "line 68 column 1: [[standard.question.prompt]] has no letter",
        ),
        (
            "rule = \"points-total\"\n",
            "line 17 column 1: [overall] has no rule",
        ),
    ] {
        let message = break_at(from, "");
        let wanted = format!("f {place}; add ");
        assert!(message.contains(&wanted), "{message}\nwanted: {wanted}");
        assert!(message.contains("[missing-key]"), "{message}");
    }
}

#[test]
fn missing_key_is_a_sample_where_a_rated_key_question_or_a_prompt_has_none() {
    assert_eq!(
        break_at(
            "sample = \"cases\"\ntext = \"Is the assessment good?\"",
            "text = \"?\""
        )
        .lines()
        .next()
        .unwrap(),
        "f line 55 column 1: [[standard.question]] has no sample; \
         add the sample that is asked: sample = \"…\" [missing-key]"
    );
    assert_eq!(
        break_at("letter = \"a\"\nsample = \"staff\"", "letter = \"b\""),
        "f line 45 column 1: [[standard.question.prompt]] has no sample; \
         add the sample that is asked: sample = \"…\" [missing-key]\n\
         f line 74 column 18: the sample staff has no question \"1.1.1a\"; there is none [unknown-question]"
    );
}

#[test]
fn wrong_value_names_the_type_that_is_wanted() {
    for (from, to, message) in [
        (
            "edition = \"1\"",
            "edition = 1",
            "line 3 column 11: edition must be a text, but this is a whole number; write a text in quotes",
        ),
        (
            "edition = \"1\"",
            "edition = \" \"",
            "line 3 column 11: edition is empty; write something between the quotes",
        ),
        (
            "one_case = true",
            "one_case = \"yes\"",
            "line 16 column 12: one_case must be true or false, but this is a text; \
             write true or false, without quotes",
        ),
        (
            "within_points = 5",
            "within_points = 101",
            "line 15 column 17: within_points is 101, over 100; write a whole number from 0 to 100",
        ),
        (
            "within_points = 5",
            "within_points = -1",
            "line 15 column 17: within_points is -1; write a whole number from 0, without quotes",
        ),
        (
            "within_points = 5",
            "within_points = 5.0",
            "line 15 column 17: within_points must be a whole number, but this is a decimal number; \
             write a whole number from 0, without quotes",
        ),
        (
            "[[domain]]",
            "[domain]",
            "line 19 column 1: domain must be a list of tables, but this is a table; \
             write [[domain]] with two brackets, once for each",
        ),
        (
            "[discretion]\nwithin_points = 5\none_case = true",
            "[[discretion]]",
            "line 14 column 1: discretion must be a table, but this is a list; \
             write discretion = { … } or a table of its own",
        ),
        (
            "kind = \"date\"",
            "kind = \"dates\"",
            "line 32 column 8: kind cannot be \"dates\"; did you mean date?",
        ),
        (
            "kind = \"date\"",
            "choices = []",
            "line 32 column 11: there is no choice; list at least one id, or leave choices out",
        ),
        (
            "kind = \"date\"",
            "kind = \"date\"\nchoices = [\"a\"]",
            "line 32 column 8: case information has either choices or a kind; leave one of them out",
        ),
        (
            "good = 50",
            "band_on = \"round\"\ngood = 50",
            "line 12 column 11: band_on cannot be \"round\"; did you mean rounded?",
        ),
    ] {
        assert_eq!(break_at(from, to), format!("f {message} [wrong-value]"));
    }
}

#[test]
fn wrong_value_is_a_scale_that_is_too_short_or_does_not_rise() {
    let short = "\n  { id = \"good\", title = \"Good\", points = 2 },\n  { id = \"best\", title = \"Best\", points = 3 },";
    assert_eq!(
        break_at(short, "").lines().next().unwrap(),
        "f line 6 column 11: a scale has at least two ratings; list the ratings from the worst to the best \
         [wrong-value]"
    );
    assert_eq!(
        break_at("points = 3", "points = 2"),
        "f line 9 column 43: 2 points are not more than the 2 before; \
         list the ratings worst to best, with rising points [wrong-value]"
    );
    assert_eq!(break_at("points = 2", "points = 1"), "nothing wrong");
}

#[test]
fn wrong_value_is_a_condition_that_says_nothing() {
    let condition = "{ rosh = \"very-high\" }";
    for (to, message) in [
        (
            "{}",
            "line 61 column 16: a condition says nothing; \
             name case information or an earlier question, or leave the condition out",
        ),
        (
            "{ any = [] }",
            "line 61 column 24: any has no part; list conditions: [ { … }, … ]",
        ),
        (
            "{ rosh = [] }",
            "line 61 column 25: rosh is an empty list; name at least one",
        ),
        (
            "{ rosh = true }",
            "line 61 column 25: rosh must be a text or a list of texts, but this is true or false; \
             write rosh = [ … ]",
        ),
        (
            "{ 2.1.1 = \"yes\" }",
            "line 61 column 18: 2 is a table: dots divide keys outside quotes; \
             put the question's number in quotes: { \"2.1.1\" = \"yes\" }",
        ),
    ] {
        assert_eq!(
            break_at(condition, to),
            format!("f {message} [wrong-value]")
        );
    }
    assert_eq!(
        break_at(
            "text = \"Is it led?\"",
            "text = \"?\"\napplies_when = { a = \"b\" }"
        ),
        "f line 45 column 16: a question that is asked of no case cannot have a condition; \
         name its sample, or leave applies_when out [wrong-value]"
    );
}

#[test]
fn bad_id_says_how_the_id_is_written() {
    for (from, to, message) in [
        (
            "id = \"small\"",
            "id = \"Small\"",
            "line 1 column 6: \"Small\" cannot be a framework; \
             use only lower-case letters, digits and dashes",
        ),
        (
            "\"very-high\", {",
            "\"very-high\", \"no_one\", {",
            "line 27 column 32: \"no_one\" cannot be a choice; use only lower-case letters, digits and dashes",
        ),
        (
            "id = \"started\"",
            "id = \"start-date\"",
            "line 31 column 6: \"start-date\" cannot be a piece of case information; \
             use only lower-case letters, digits and underscores",
        ),
        (
            "id = \"started\"",
            "id = \"any\"",
            "line 31 column 6: \"any\" cannot be a piece of case information; \
             take another id: conditions or case files use this word",
        ),
        (
            "number = \"1.1.1\"",
            "number = \"1.2.1\"",
            "line 43 column 10: \"1.2.1\" cannot be a key question of standard 1.1; write 1.1.1, 1.1.2 and so on",
        ),
        (
            "letter = \"b\"",
            "letter = \"B\"",
            "line 69 column 10: \"B\" cannot be a prompt's letter; use one lower-case letter, such as a",
        ),
    ] {
        let first = break_at(from, to);
        assert_eq!(
            first.lines().next().unwrap(),
            format!("f {message} [bad-id]")
        );
    }
    assert!(
        break_at("\"1.1.1\"", "\"1.10\"")
            .starts_with("f line 43 column 10: \"1.10\" cannot be a key")
    );
}

#[test]
fn duplicate_id_points_at_the_first() {
    for (from, to, message) in [
        (
            "id = \"best\"",
            "id = \"good\"",
            "line 9 column 10: the rating \"good\" stands twice; change one of them; the first is on line 8",
        ),
        (
            "id = \"staff\"",
            "id = \"cases\"",
            "line 34 column 6: the sample \"cases\" stands twice; change one of them; the first is on line 23",
        ),
        (
            "id = \"started\"",
            "id = \"unit\"",
            "line 31 column 6: the piece of case information \"unit\" stands twice; change one of them; the first is on line 29",
        ),
        (
            "{ id = \"none\"",
            "{ id = \"low\"",
            "line 27 column 39: the choice \"low\" stands twice; change one of them; the first is on line 27",
        ),
        (
            "[[domain]]",
            "[[domain]]\nnumber = \"2\"\ntitle = \"T\"\n[[domain]]",
            "line 23 column 10: the domain \"2\" stands twice; change one of them; the first is on line 20",
        ),
        (
            "number = \"2.1\"\n",
            "number = \"1.1\"\n",
            "line 50 column 10: the standard \"1.1\" stands twice; change one of them; the first is on line 38",
        ),
        (
            "[[standard]]\nnumber = \"2.1\"",
            "[[standard.question]]\nnumber = \"1.1.1\"\ntext = \"?\"\n[[standard]]\nnumber = \"2.1\"",
            "line 50 column 10: the key question \"1.1.1\" stands twice; change one of them; the first is on line 43",
        ),
        (
            "letter = \"b\"",
            "letter = \"a\"",
            "line 69 column 10: the prompt \"a\" stands twice; change one of them; the first is on line 63",
        ),
    ] {
        let message = format!("f {message} [duplicate-id]");
        let found = break_at(from, to);
        assert!(
            found.lines().any(|line| line == message),
            "{found}\nwanted: {message}"
        );
    }
}
