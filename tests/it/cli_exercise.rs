//! Exercise cases: everybody answers, nothing counts, and each is compared with the agreed answers. Must not know how figures of
//! agreement are made.

use snapbox::{assert_data_eq, file};

use super::harness::Office;

/// An exercise whose agreed answers are yes and no, and a case like any other beside it.
fn office() -> Office {
    let office = Office::opened();
    office
        .run("case add EX-1 --sample statutory-victim-work --assessor LEAD --exercise")
        .says("added EX-1\n");
    office
        .run("case add V-1 --sample statutory-victim-work --quiet")
        .says_nothing();
    office
        .run("record EX-1 3.2.1=yes 3.2.2=no --as LEAD --quiet")
        .says_nothing();
    office
}

fn answer(office: &Office, who: &str, answers: &str) {
    office
        .run(&format!(
            "record EX-1 {answers} --exercise --as {who} --quiet"
        ))
        .says_nothing();
    office
        .run(&format!("submit EX-1 --exercise --as {who} --quiet"))
        .says_nothing();
}

#[test]
fn an_exercise_is_counted_nowhere() {
    let office = office();
    let rated = office.run("rate").printed();
    assert!(rated.contains("1 case is not submitted"), "{rated}");
    office.run("submit EX-1 --as LEAD --quiet").says_nothing();
    answer(&office, "A-1", "3.2.1=no 3.2.2=no");
    assert_eq!(office.run("rate").printed(), rated);
    assert_eq!(office.question("3.2.1")["yes"], 0);
    let indicative = office
        .run("rate --indicative --format json --quiet")
        .printed();
    assert!(
        indicative.contains("\"yes\": 0") || indicative.contains("\"yes\":0"),
        "{indicative}"
    );
    let progress = office.run("progress --format csv").printed();
    assert!(progress.contains(",All,1,1,0,0,0,,"), "{progress}");
    let cases = office.run("case list --format csv").printed();
    assert!(cases.contains(",\"submitted, exercise\","), "{cases}");
    office
        .run("record V-1 3.2.1=yes 3.2.2=yes --quiet")
        .says_nothing();
    office.run("submit V-1 --quiet").says_nothing();
    for number in ["1.1", "1.2", "1.3", "1.4"] {
        office
            .run(&format!("judge {number} good --because x --quiet"))
            .says_nothing();
    }
    // An exercise in hand does not stand in the way of closing.
    office
        .run("reopen EX-1 --because x --as LEAD --quiet")
        .says_nothing();
    office.run("inspection close --quiet").says_nothing();
    office.is_sound();
}

#[test]
fn the_agreed_answers_are_hidden_from_everybody_who_has_not_submitted_theirs() {
    let office = office();
    office
        .run("record EX-1 3.2.1=no --note 3.2.1=mine --exercise --as A-1 --quiet")
        .says_nothing();
    let sees = |who: &str| {
        let shown = office.run(&format!("case show EX-1 --as {who}")).printed();
        let history = office.run(&format!("history EX-1 --as {who}")).printed();
        let sees = !shown.contains("hidden");
        assert_eq!(
            sees,
            history.contains("3.2.1=yes"),
            "{who}\n{shown}\n{history}"
        );
        sees
    };
    assert!(sees("LEAD"));
    assert!(!sees("A-1"));
    assert!(!sees("B-2"));
    let shown = office.run("case show EX-1 --as B-2").printed();
    assert!(!shown.contains("mine"), "{shown}");
    office.run("submit EX-1 --as LEAD --quiet").says_nothing();
    assert!(!sees("A-1"));
    office.refuses(
        "agree --exercise EX-1 --as B-2",
        "error: EX-1: the agreed answers are hidden from you; answer it yourself first: caseaudit assess EX-1 --exercise [hidden]\n",
    );
    office
        .run("submit EX-1 --exercise --as A-1 --because \"No time\"")
        .says("submitted EX-1 (exercise); left unanswered: 3.2.2; 8 prompts are unanswered\ncompare: caseaudit agree --exercise EX-1\n");
    assert!(sees("A-1"));
    office.refuses(
        "reopen EX-1 --exercise --because x --as A-1",
        "error: EX-1: it has been compared: both assessments are submitted, and each could be seen since; \
         what differs is resolved instead: caseaudit resolve EX-1 QUESTION ANSWER --because \"…\" [compared]\n",
    );
}

#[test]
fn everybody_is_compared_with_the_agreed_answers() {
    let office = office();
    office
        .run("agree --exercise EX-1 --as LEAD")
        .says("the agreed answers are not submitted yet: caseaudit submit EX-1\n");
    office.run("submit EX-1 --as LEAD --quiet").says_nothing();
    office
        .run("agree --exercise EX-1 --as LEAD")
        .says("nobody has submitted answers yet: caseaudit assess EX-1 --exercise --as NAME\n");
    answer(&office, "A-1", "3.2.1=yes 3.2.2=no");
    answer(&office, "B-2", "3.2.1=no 3.2.2=no");
    office.write("mine.csv", "reference,3.2.1,3.2.2\nEX-1,na,yes\n");
    office
        .run("import answers mine.csv --exercise --submit --as C-3 --quiet")
        .says_nothing();
    office
        .run("record EX-1 3.2.1=no --exercise --as D-4 --quiet")
        .says_nothing();
    assert_data_eq!(
        office.run("agree --exercise EX-1 --as LEAD").printed(),
        file!["../golden/agreement/exercise.txt"].raw()
    );
    // A case of second assessments has nothing to do with it.
    office.run("agree").says(
        "no case has a second assessment yet; begin one: caseaudit assess REF --second --as NAME\n",
    );
    office.is_sound();
}

#[test]
fn an_exercise_is_answered_by_others_than_those_who_agreed_on_the_answers_and_has_no_second_assessment()
 {
    let office = office();
    office.refuses(
        "record EX-1 3.2.1=no --exercise --as LEAD",
        "error: EX-1: LEAD had to do with the agreed answers; an exercise is answered by others, who name themselves with --as [not-independent]\n",
    );
    office
        .run("record EX-1 3.2.1=no --exercise --as A-1 --quiet")
        .says_nothing();
    office.refuses(
        "record EX-1 3.2.1=no --as A-1",
        "error: EX-1: A-1 answers it as an exercise; that is worked on with --exercise; the agreed answers are for others [not-independent]\n",
    );
    office.refuses(
        "record EX-1 3.2.1=no --second --as B-2",
        "error: EX-1: it is an exercise, which has no second assessment; answer it with --exercise [wrong-role]\n",
    );
    office.refuses(
        "assess V-1 --exercise --as B-2",
        "error: V-1: it is not an exercise; make it one first: caseaudit case exercise V-1; or say --second [wrong-role]\n",
    );
    office.refuses(
        "case exercise EX-1 --clear",
        "error: EX-1: A-1 has answered it as an exercise; take another case; what was recorded is never thrown away [wrong-role]\n",
    );
}

#[test]
fn a_case_becomes_an_exercise_and_one_like_any_other_again() {
    let office = office();
    office
        .run("case exercise V-1")
        .says("V-1 is an exercise: it counts nowhere\n");
    office
        .run("case exercise V-1")
        .says("nothing new: it is so already\n");
    office
        .run("case exercise V-1 --clear")
        .says("V-1 is a case like any other again\n");
    let history = office.run("history V-1 --format csv").printed();
    assert!(history.contains(",made an exercise,"), "{history}");
    assert!(history.contains(",no exercise any more,"), "{history}");
    office
        .run("record V-1 3.2.1=no --second --as B-2 --quiet")
        .says_nothing();
    office.refuses(
        "case exercise V-1",
        "error: V-1: B-2 makes its second assessment; take another case; what was recorded is never thrown away [wrong-role]\n",
    );
    office.is_sound();
}
