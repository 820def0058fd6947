//! The words for proportions: what a good scale gives, and one test for each thing that can be wrong with it.

use super::{EXAMPLE, break_at, messages};
use crate::framework::{Framework, Side};

/// The example with this as its scale of words, on line 17.
fn with_words(scale: &str) -> String {
    EXAMPLE.replace("[overall]\n", &format!("[words]\n{scale}\n[overall]\n"))
}

#[test]
fn a_phrase_is_said_from_its_percent_up_to_the_next() {
    let scale = "scale = [{ from = 0, words = \"few\" }, { from = 50, words = \"half or more\" }]";
    let framework = Framework::parse(&with_words(scale), "f").unwrap();
    let said = [0, 49, 50, 100].map(|percent| framework.phrase(percent));
    assert_eq!(
        said,
        [
            Some("few"),
            Some("few"),
            Some("half or more"),
            Some("half or more")
        ]
    );
    let without = Framework::parse(EXAMPLE, "f").unwrap();
    assert_eq!(without.phrase(50), None);
}

#[test]
fn yes_is_told_unless_the_question_says_no() {
    let told = |text: &str| {
        let framework = Framework::parse(text, "f").unwrap();
        framework.standards[1].key_questions[0].told
    };
    let line = "subsample = \"cases of very high risk\"\n";
    let say = |answer: &str| EXAMPLE.replace(line, &format!("{line}told = \"{answer}\"\n"));
    assert_eq!(told(EXAMPLE), Side::Yes);
    assert_eq!(told(&say("yes")), Side::Yes);
    assert_eq!(told(&say("no")), Side::No);
    assert_eq!(
        break_at(line, &format!("{line}told = \"na\"\n")),
        "f line 61 column 8: told cannot be \"na\"; did you mean no? [wrong-value]"
    );
}

#[test]
fn words_start_from_0_rise_and_are_spelt_as_they_must_be() {
    let wrong = [
        "scale = [{ from = 5, words = \"few\" }]",
        "scale = [{ from = 0, words = \"a\" }, { from = 50, words = \"b\" }, { from = 50, words = \"c\" }]",
        "scale = [{ from = 0, words = \"a\" }, { from = 101, words = \"b\" }]",
        "scale = [{ from = 0, wrods = \"a\" }]",
        "scale = [{ words = \"a\" }]",
        "scael = []",
        "scale = 3",
        "scale = []",
    ];
    let found = wrong.map(|scale| messages(&with_words(scale)));
    assert_eq!(
        found,
        [
            "f line 18 column 19: the first phrase is said from 5%, and nothing is said of less; let it start from 0 [wrong-value]",
            "f line 18 column 74: 50 is not more than the 50 before; list the phrases by rising percents [wrong-value]",
            "f line 18 column 46: from is 101, over 100; write a whole number from 0 to 100 [wrong-value]",
            "f line 18 column 10: a phrase has no words; add words = \"…\" [missing-key]\n\
             f line 18 column 22: a phrase has no key \"wrods\"; did you mean words? [unknown-key]",
            "f line 18 column 10: a phrase has no from; add from = … [missing-key]",
            "f line 17 column 1: [words] has no scale; add scale = [ { from = 0, words = \"none\" }, … ] [missing-key]\n\
             f line 18 column 1: [words] has no key \"scael\"; did you mean scale? [unknown-key]",
            "f line 18 column 9: scale must be a list of tables, but this is a whole number; write scale = [ … ] [wrong-value]",
            "f line 18 column 9: no words are listed, so nothing could be said of any figure; \
             list phrases, scale = [ { from = 0, words = \"none\" }, … ], or leave [words] out [empty-cell]",
        ]
    );
}
