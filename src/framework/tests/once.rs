//! One slip is one problem: what follows from it is not reported as well.

use super::measured::{EXAMPLE, break_at};
use super::messages;

#[test]
fn a_rating_that_stands_twice_makes_no_second_problem_of_what_names_it() {
    assert_eq!(
        break_at("{ id = \"good\"", "{ id = \"poor\""),
        "f line 9 column 10: the rating \"poor\" stands twice; change one of them; the first is on line 8 [duplicate-id]"
    );
}

#[test]
fn a_misspelt_over_is_the_only_problem() {
    assert_eq!(
        break_at("over = \"measures\"", "over = \"measure\""),
        "f line 30 column 8: over cannot be \"measure\"; did you mean measures? [wrong-value]"
    );
    let ungraded = EXAMPLE.replace("rule = \"targets-met\"", "rule = \"none\"");
    let said = messages(&ungraded.replace("over = \"measures\"", "over = \"measure\""));
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn weights_below_a_standard_that_is_not_counted_are_one_problem() {
    let all = "title = \"All\"";
    let (head, standards) = EXAMPLE.split_at(EXAMPLE.find(all).unwrap());
    let standards = standards.replacen(all, "title = \"All\"\ncounted = false", 1);
    let said = messages(&format!("{head}{standards}").replace("weights_total = 12.5\n", ""));
    assert!(!said.contains("no rule that covers it"), "{said}");
    let file = "id = \"m\"\ntitle = \"M\"\nedition = \"1\"\nsource = \"S\"\n\
        [scale]\nratings = [ { id = \"a\", title = \"A\", points = 0 }, { id = \"b\", title = \"B\", points = 1 } ]\n\
        [share_bands]\nb = 50\n[overall]\nrule = \"weighted-share\"\nover = \"measures\"\n\
        [[measure]]\nid = \"M1\"\ntitle = \"M1\"\nbetter = \"higher\"\nweight = 2\nbands = { b = 1 }\n\
        [[measure]]\nid = \"M2\"\ntitle = \"M2\"\nbetter = \"higher\"\nweight = 3\nbands = { b = 1 }\n\
        [[measure]]\nid = \"M3\"\ntitle = \"M3\"\nbetter = \"higher\"\nbands = { b = 1 }\n\
        [[standard]]\nnumber = \"1\"\ntitle = \"One\"\nrule = \"none\"\nmeasures = [\"M3\"]\n\
        [[standard]]\nnumber = \"2\"\ntitle = \"Two\"\nrule = \"none\"\ncounted = false\nmeasures = [\"M1\", \"M2\"]\n";
    assert_eq!(
        messages(file),
        "f line 16 column 10: this weight and 1 more count nowhere: their standards are not counted; \
         leave these weights out, or take counted = false away [wrong-weight]"
    );
    assert_eq!(
        messages(&file.replace("counted = false\n", "")),
        "nothing wrong"
    );
}

#[test]
fn a_decimal_comma_is_named_and_reported_once_at_its_place() {
    let said = break_at("target = 70.10", "target = 70,1");
    assert!(
        said.ends_with("; write decimals with a point: 70.1 [not-toml]"),
        "{said}"
    );
    let said = break_at("best = \"0.10\", good", "best = 0,10, good");
    let places: Vec<&str> = said
        .lines()
        .filter_map(|line| line.split(": ").next())
        .collect();
    let mut distinct = places.clone();
    distinct.dedup();
    assert_eq!(places, distinct);
    assert!(said.contains("write decimals with a point: 0.10"), "{said}");
    let said = messages("a = [1,5\nb = 2");
    assert!(!said.contains("point"), "a list has commas: {said}");
}

#[test]
fn a_framework_without_questions_says_how_to_name_that_of_another() {
    let measures = EXAMPLE.replace("percent_yes_of = \"3.1a\"\n", "");
    let (head, _) = measures.split_once("[[sample]]").unwrap();
    let file = format!(
        "{head}[[measure]]\nid = \"M1\"\ntitle = \"M1\"\npercent_yes_of = \"2.1.3\"\n\
         [[standard]]\nnumber = \"1\"\ntitle = \"One\"\nrule = \"none\"\nmeasures = [\"M1\"]\n"
    );
    let said = messages(&file);
    assert!(
        said.contains(
            "there is no question \"2.1.3\"; this framework asks none; name the one that does: \
             percent_yes_of = { framework = \"…\", question = \"2.1.3\" } [unknown-question]"
        ),
        "{said}"
    );
}
