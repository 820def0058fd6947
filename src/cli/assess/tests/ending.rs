//! The end of a session, as it stands on the screen.

use super::super::text;
use super::scene::{Scene, after, assert_after};
use crate::casework::{Status, Target};

/// What answers every question of C-1.
const COMPLETE: &[&str] = &["y", "y", "y", "a", "y"];

#[test]
fn an_assessment_that_is_complete_goes_straight_to_the_end_and_can_be_left_in_hand() {
    let mut scene = Scene::new();
    scene.session(COMPLETE);
    for last in [&["n"][..], &["q"], &[]] {
        let screen = scene.session(last);
        assert_eq!(screen.lines().nth(1), Some("All of them are answered."));
        assert!(screen.contains("End of the questions of C-1."));
        assert!(screen.contains("Stopped: 5 of 5 answered"), "{screen}");
    }
    assert_eq!(scene.sheet().1, Status::InHand);
}

#[test]
fn a_yes_over_prompts_that_are_all_no_is_submitted_with_a_note_only() {
    let mut scene = Scene::new();
    let mut typed = COMPLETE.to_vec();
    typed[3] = "n";
    typed.extend(["", "maybe", "?", "s", "", "s", "Planned elsewhere"]);
    let screen = scene.session(&typed);
    let (_, end) = screen.split_once("End of the questions of C-1.\n").unwrap();
    let (until_help, after_help) = end.split_once("<?>\n").unwrap();
    assert_eq!(
        until_help,
        "Key questions:
2.1.1 yes
2.2.1 yes
2.2.1 is yes while all its prompts are no. A note must say why.
Note (Enter for later): <>
Submit now? s submit, n leave in hand, b back, g l q, ? help: <maybe>
Type s to submit or n to leave it; ? lists the keys.
Submit now? s submit, n leave in hand, b back, g l q, ? help: "
    );
    let after_help = after_help
        .strip_prefix(&text::end_help(Target::own("C-1")))
        .unwrap();
    assert_eq!(
        after_help,
        "Submit now? s submit, n leave in hand, b back, g l q, ? help: <s>
2.2.1 is yes while all its prompts are no. A note must say why.
Note (Enter for later): <>
Not submitted: a note is wanted on 2.2.1.
Submit now? s submit, n leave in hand, b back, g l q, ? help: <s>
2.2.1 is yes while all its prompts are no. A note must say why.
Note (Enter for later): <Planned elsewhere>
Note kept.
Submitted: C-1 counts from now on and is locked.
"
    );
}

#[test]
fn key_questions_can_be_left_unanswered_for_a_reason() {
    let mut scene = Scene::new();
    let screen = scene.session(&[
        "y",
        "",
        "",
        "",
        "",
        "s",
        "",
        "u",
        "g 2.2.1",
        "",
        "s",
        "x",
        "No access",
    ]);
    assert!(screen.contains(
        "Key questions unanswered: 2 (2.1.1, 2.2.1).\nPrompts unanswered: 2 (2.1.1b, 2.2.1a).\n"
    ));
    assert!(screen.contains("(Enter not to submit): <>\nNot submitted.\n"));
    assert_after(
        &screen,
        "x",
        "One letter is too short for a reason. Nothing was submitted.\n",
    );
    assert_eq!(
        after(&screen, "No access"),
        "Submitted: C-1 counts from now on and is locked.\nLeft unanswered for the reason given: 2 (2.1.1, 2.2.1).\n"
    );
}

#[test]
fn nothing_at_all_is_never_submitted() {
    let screen = Scene::new().session(&["", "", "", "", "", "s", "n"]);
    assert!(
        screen.contains("<s>\nNot submitted: nothing is answered; assess it, or leave it out: "),
        "{screen}"
    );
}
