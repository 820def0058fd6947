//! Whole sessions as they stand on the screen.

mod ending;
mod examples;
mod scene;

use std::io;

use super::*;
use crate::casework::{Status, assign_cases, withdraw_case};
use scene::{Scene, after, assert_after};

#[test]
fn a_session_from_the_first_question_to_the_submission() {
    let mut scene = Scene::new();
    let screen = scene.session(&[
        "y",
        "n",
        "n",
        "Late by a month",
        "n",
        "t All else is planned",
        "y",
        "s",
    ]);
    let expected = "\
Case C-1, Cases, North 2018. 5 questions apply.
Every answer is kept as soon as you press Enter. ? explains the keys, q stops.

2.1 Assessment

Prompts of 2.1.1 Is the assessment good?

Question 1 of 5, prompt
2.1.1a Were the sources used?
y yes, n no, a not applicable, Enter skip, t g u l, q stop, ? help: <y>
2.1.1a: yes.

Question 2 of 5, prompt
2.1.1b Was it on time?
y yes, n no, Enter skip, b back, t g u l, q stop, ? help: <n>
2.1.1b: no.

Question 3 of 5, key question
2.1.1 Is the assessment good?
Guidance: Judge it at the start.
Its prompts: 2.1.1a yes, 2.1.1b no
y yes, n no, a not applicable, Enter skip, b back, t g u l, q stop, ? help: <n>
2.1.1: no.
Note (Enter for none): <Late by a month>
Note kept.

2.2 Planning

Prompts of 2.2.1 Is the plan good?

Question 4 of 5, prompt
2.2.1a Was there a breach?
y yes, n no, a not applicable, Enter skip, b back, t g u l, q stop, ? help: <n>
2.2.1a: no.

Question 5 of 5, key question
2.2.1 Is the plan good?
Its prompts: 2.2.1a no
y yes, n no, a not applicable, Enter skip, b back, t g u l, q stop, ? help: <t All else is planned>
Note kept.
y yes, n no, a not applicable, Enter skip, b back, t e p g u l, q stop, ? help: <y>
2.2.1: yes.

End of the questions of C-1.
Key questions:
2.1.1 no
2.2.1 yes
Submit now? s submit, n leave in hand, b back, g l q, ? help: <s>
Submitted: C-1 counts from now on and is locked.
";
    assert_eq!(screen, expected);
    assert_eq!(scene.sheet(), ("NYNYN---".to_owned(), Status::Submitted));
}

#[test]
fn a_session_that_stops_resumes_at_the_first_unanswered_question() {
    let mut scene = Scene::new();
    let stopped = scene.session(&["y", "", "n", "", "q"]);
    assert_eq!(
        after(&stopped, "q"),
        "Stopped: 2 of 5 answered in C-1; everything is kept.\nGo on with: caseaudit assess C-1\n"
    );
    let resumed = scene.session(&["y", "", "q"]);
    let expected = "\
Case C-1, Cases, North 2018. 5 questions apply.
2 answered so far. Going on at the first unanswered question, 2.1.1b.
Every answer is kept as soon as you press Enter. ? explains the keys, q stops.

2.1 Assessment

Prompts of 2.1.1 Is the assessment good?

Question 2 of 5, prompt
2.1.1b Was it on time?
y yes, n no, Enter skip, b back, t g u l, q stop, ? help: <y>
2.1.1b: yes.

Question 3 of 5, key question
2.1.1 Is the assessment good?
Guidance: Judge it at the start.
Its prompts: 2.1.1a yes, 2.1.1b yes
Answer so far: no
y yes, n no, a not applicable, Enter keep, b back, c t g u l, q stop, ? help: <>

2.2 Planning

Prompts of 2.2.1 Is the plan good?

Question 4 of 5, prompt
2.2.1a Was there a breach?
y yes, n no, a not applicable, Enter skip, b back, t g u l, q stop, ? help: <q>
Stopped: 3 of 5 answered in C-1; everything is kept.
Go on with: caseaudit assess C-1
";
    assert_eq!(resumed, expected);
}

#[test]
fn the_end_of_input_stops_anywhere_and_keeps_everything() {
    let mut scene = Scene::new();
    for typed in [&[][..], &["y"], &["y", "y", "n"], &["g 2.2.1", "t"]] {
        let screen = scene.session(typed);
        assert!(screen.contains(": \nStopped: "), "{typed:?}: {screen}");
        assert!(screen.ends_with("Go on with: caseaudit assess C-1\n"));
    }
    assert_eq!(scene.sheet(), ("YYY.N---".to_owned(), Status::InHand));
}

#[test]
fn back_clear_and_going_elsewhere() {
    let screen = Scene::new().session(&[
        "b", "y", "b", "c", "c", "y", "g 2.2.1b", "g 2.2", "g 9", "g", "u", "G 2.1.1A", "", "",
    ]);
    assert_after(&screen, "b", "There is no question before this one.\n");
    assert_after(&screen, "c", "2.1.1a: answer taken back.\n");
    assert!(screen.contains("<c>\n2.1.1a has no answer to take back.\n"));
    assert_after(
        &screen,
        "g 2.2.1b",
        "2.2.1b does not apply to this case: it is asked only when 2.2.1a is answered yes; ",
    );
    assert_after(
        &screen,
        "g 2.2",
        "\n2.2 Planning\n\nPrompts of 2.2.1 Is the plan good?\n\nQuestion 4 of 5, prompt\n2.2.1a",
    );
    assert_after(&screen, "g 9", "there is no question 9; ");
    assert_after(&screen, "g", "Type the number too, such as g 2.4.1\n");
    assert_after(
        &screen,
        "u",
        "\n2.1 Assessment\n\nPrompts of 2.1.1 Is the assessment good?\n\nQuestion 2 of 5, prompt\n2.1.1b",
    );
    assert_after(
        &screen,
        "G 2.1.1A",
        "\nQuestion 1 of 5, prompt\n2.1.1a Were the sources used?\nAnswer so far: yes\n",
    );
}

#[test]
fn it_is_said_when_other_questions_stop_or_start_applying() {
    let mut scene = Scene::new();
    let screen = scene.session(&["g 2.2.1a", "y", "n", "b", "b", "n", "l", "b", "y", "y"]);
    assert!(screen.contains("<y>\n2.2.1a: yes.\nAsked from now on: 2.2.1b.\n"));
    assert!(
        screen.contains(
            "<n>\n2.2.1a: no.\nNo longer asked: 2.2.1b.\nParked (kept, not counted): 2.2.1b.\n"
        ),
        "{screen}"
    );
    let list = "\nAnswers so far:\n2.2.1a no\n2.2.1b no, parked: the question does not apply\n\
        Unanswered: 4 (2.1.1a, 2.1.1b, 2.1.1, 2.2.1).\n";
    assert_after(&screen, "l", list);
    assert!(screen.contains(
        "<y>\n2.2.1a: yes.\nAsked from now on: 2.2.1b.\nEarlier answers that count again: 2.2.1b.\n"
    ), "{screen}");
}

#[test]
fn a_note_is_asked_for_where_the_framework_wants_one_and_enter_keeps_the_old_one() {
    let mut scene = Scene::new();
    let screen = scene.session(&[
        "g 2.1.1",
        "n",
        "y",
        "First note",
        "b",
        "b",
        "b",
        "n",
        "",
        "g 2.1.1",
        "y",
    ]);
    assert_after(
        &screen,
        "y",
        "One letter is too short for a note; it was left out.\n",
    );
    assert_after(&screen, "First note", "Note kept.\n");
    assert!(
        screen.contains("2.1.1: no.\nNote (Enter for none): <y>"),
        "{screen}"
    );
    assert_eq!(scene.note("2.1.1"), "First note");
}

#[test]
fn notes_are_written_shown_and_removed_at_any_question() {
    let mut scene = Scene::new();
    let screen = scene.session(&[
        "t -",
        "t Seen\tlate",
        "t",
        "",
        "t",
        "Not seen",
        "y",
        "b",
        "c",
        "q",
    ]);
    assert_after(&screen, "t -", "There is no note to remove.\n");
    assert_after(&screen, "t Seen\tlate", "Note kept.\n");
    assert!(screen.contains("Note so far: Seen late\nNote (Enter keeps it, - removes it): <>\n"));
    assert_after(
        &screen,
        "c",
        "2.1.1a: answer taken back.\nIts note is kept; t - removes it.\n",
    );
    assert_eq!(scene.note("2.1.1a"), "Not seen");
    assert_after(&scene.session(&["t -"]), "t -", "Note removed.\n");
    assert_eq!(scene.note("2.1.1a"), "");
}

#[test]
fn not_applicable_is_taken_only_where_it_is_offered() {
    let mut scene = Scene::new();
    let screen = scene.session(&["a", "a", "q"]);
    assert!(screen.contains("2.1.1a: not applicable.\n"));
    assert!(
        screen.contains(
            "y yes, n no, Enter skip, b back, t g u l, q stop, ? help: <a>\n\
         2.1.1b cannot be answered not applicable. Answer yes or no.\n"
        ),
        "{screen}"
    );
    assert_eq!(scene.sheet().0, ".X...---");
}

#[test]
fn what_is_not_understood_gets_one_line_and_records_nothing() {
    let mut scene = Scene::new();
    let long = "y".repeat(100_000);
    let screen = scene.session(&[
        "maybe",
        "yes but not in time for the plan",
        &long,
        "\u{1b}[A",
        "?",
        "q",
    ]);
    let ends = "is not one of the keys. Nothing was recorded; ? lists them.\n";
    assert_eq!(after(&screen, "maybe"), format!("\"maybe\" {ends}"));
    assert!(
        screen.contains(&format!("\"yes but not in time …\" {ends}")),
        "{screen}"
    );
    assert!(screen.contains("That line is too long: 16,000 letters at most. It was left out.\n"));
    assert!(screen.contains("such as arrow keys. It was left out.\n"));
    assert!(after(&screen, "?").starts_with("y  yes\nn  no\n"));
    assert_eq!(scene.sheet().1, Status::Untouched);
}

#[test]
fn the_case_of_another_assessor_is_pointed_out_and_case_information_decides_what_is_asked() {
    let (screen, result) = Scene::new().try_session(Target::own("C-2"), &["g 2.3", "q"]);
    result.unwrap();
    assert!(screen.starts_with(
        "Case C-2, Cases, North 2018. 6 questions apply.\n\
         Note that this case is given to INSP-02; you are INSP-01.\n"
    ));
    assert_after(
        &screen,
        "g 2.3",
        "\n2.3 Risk\n\nQuestion 6 of 6, key question\n2.3.1",
    );
}

#[test]
fn a_joint_assessment_is_headed_by_both_names_and_either_may_record_it() {
    for (assessor, joint_assessor) in [("INSP-01", "INSP-09"), ("INSP-09", "INSP-01")] {
        let mut scene = Scene::new();
        let (store, desk) = (&mut scene.store, &scene.desk);
        let case = ["C-2".to_owned()];
        assign_cases(
            store,
            desk,
            &scene.inspection,
            &case,
            Some(assessor),
            joint_assessor,
        )
        .unwrap();
        let (screen, result) = scene.try_session(Target::own("C-2"), &["q"]);
        result.unwrap();
        let heading = format!(
            "Case C-2, Cases, North 2018. 6 questions apply.\n\
             Joint assessment: {assessor} with {joint_assessor}.\n\
             Every answer is kept"
        );
        assert!(screen.starts_with(&heading), "{screen}");
    }
}

#[test]
fn a_case_that_cannot_be_assessed_is_refused_before_anything_is_shown() {
    let mut scene = Scene::new();
    let (store, desk) = (&mut scene.store, &scene.desk);
    withdraw_case(store, desk, &scene.inspection, "C-2", "moved").unwrap();
    for (reference, code) in [("C-2", Code::Withdrawn), ("C-9", Code::UnknownCase)] {
        let (screen, result) = scene.try_session(Target::own(reference), &["y"]);
        assert_eq!((screen.as_str(), result.unwrap_err().0[0].code), ("", code));
    }
}

#[test]
fn texts_of_others_cannot_move_the_cursor() {
    assert_eq!(text::plain(" a\u{1b}[2J\r\nb\t\u{7} "), "a [2J\nb");
}

#[test]
fn a_screen_that_is_gone_ends_the_session_with_a_problem() {
    struct Gone;
    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let Scene {
        mut store,
        desk,
        inspection,
    } = Scene::new();
    let result = run_session(
        &mut store,
        &desk,
        &inspection,
        Target::own("C-1"),
        &mut &b"y\n"[..],
        &mut Gone,
    );
    assert_eq!(result.unwrap_err().0[0].code, Code::StorageFailed);
}
