//! Notes marked as examples of practice while the questions are asked.

use super::scene::{Scene, after, assert_after};
use crate::casework::{Mark, Target, list_examples, mark_example};
use crate::model::{Practice, Role};

/// Question, practice, standard and note of each example.
fn examples(scene: &Scene) -> Vec<[String; 4]> {
    let viewer = scene.desk.who();
    let listed = list_examples(&scene.store, &scene.inspection, viewer, None, None).unwrap();
    let listed = listed.into_iter().map(|example| {
        let practice = example.practice.word().to_owned();
        let note = example.note.unwrap();
        [example.question, practice, example.standard.0, note]
    });
    listed.collect()
}

fn example(question: &str, practice: &str, standard: &str, note: &str) -> [String; 4] {
    [question, practice, standard, note].map(str::to_owned)
}

#[test]
fn the_note_on_the_question_that_is_due_is_marked_and_the_mark_taken_back() {
    let mut scene = Scene::new();
    let screen = scene.session(&["t Seen at once", "e", "e", "p", "q"]);
    let prompt = "y yes, n no, a not applicable, Enter skip, t e p g u l, q stop, ? help: ";
    let expected = format!(
        "<t Seen at once>\nNote kept.\n{prompt}<e>\nIt is an example of effective practice.\n{prompt}<e>\n\
         It is an example of effective practice already; e - takes that back.\n{prompt}<p>\n\
         It is an example of poor practice.\n{prompt}<q>\n"
    );
    assert!(screen.contains(&expected), "{screen}");
    let marked = [example("2.1.1a", "poor", "2.1", "Seen at once")];
    assert_eq!(examples(&scene), marked);

    let screen = scene.session(&["e -", "p -", "q"]);
    let shown = "Note so far: Seen at once\nIt is an example of poor practice.\n";
    assert!(screen.contains(shown), "{screen}");
    let taken_back = "It is no example any more; the note is kept.\n";
    assert_eq!(after(&screen, "e -"), taken_back);
    assert_eq!(after(&screen, "p -"), "The note is no example.\n");
    assert!(examples(&scene).is_empty());
    assert_eq!(scene.note("2.1.1a"), "Seen at once");
}

#[test]
fn a_note_that_is_wanting_is_asked_for_or_follows_the_key() {
    let mut scene = Scene::new();
    let typed = [
        "e",
        "x",
        "",
        "poor",
        "Heard late",
        "y",
        "e Early",
        "e z",
        "q",
    ];
    let screen = scene.session(&typed);
    let asked = "Note, an example of effective practice (Enter for none): ";
    let expected = format!(
        "<e>\n{asked}<x>\nOne letter is too short for a note; it was left out.\n{asked}<>\nNothing was marked.\n"
    );
    assert!(screen.contains(&expected), "{screen}");
    let late = "Note kept. It is an example of poor practice.\n";
    assert_eq!(after(&screen, "Heard late"), late);
    let early = "Note kept. It is an example of effective practice.\n";
    assert_eq!(after(&screen, "e Early"), early);
    assert_after(&screen, "e z", "One letter is too short");
    let marked = [
        example("2.1.1b", "effective", "2.1", "Early"),
        example("2.1.1a", "poor", "2.1", "Heard late"),
    ];
    assert_eq!(examples(&scene), marked);
    assert!(scene.session(&["g 2.1.1", "p"]).contains("\nStopped: "));
}

#[test]
fn a_mark_goes_with_its_note_and_keeps_the_standard_that_was_chosen() {
    let mut scene = Scene::new();
    scene.session(&["e Heard early", "q"]);
    let mark = Mark {
        practice: Some(Practice::Effective),
        standard: Some("2.2"),
        note: None,
    };
    let Scene {
        store,
        desk,
        inspection,
    } = &mut scene;
    mark_example(store, desk, inspection, ("C-1", "2.1.1a"), mark).unwrap();
    scene.session(&["p", "q"]);
    let marked = [example("2.1.1a", "poor", "2.2", "Heard early")];
    assert_eq!(examples(&scene), marked);
    let screen = scene.session(&["t -", "t Another", "p -", "q"]);
    assert_eq!(after(&screen, "p -"), "The note is no example.\n");
    assert!(examples(&scene).is_empty());
}

#[test]
fn notes_of_a_further_assessment_are_no_examples() {
    let mut scene = Scene::new();
    let target = Target {
        reference: "C-2",
        role: Some(Role::Second),
    };
    let (screen, result) = scene.try_session(target, &["t Seen", "e", "p -", "q"]);
    result.unwrap();
    let refused =
        "Notes of a further assessment are no examples; those of the case's own can be.\n";
    assert_eq!(after(&screen, "e"), refused);
    assert_eq!(after(&screen, "p -"), refused);
    assert!(!screen.contains("t e p g"), "{screen}");
}
