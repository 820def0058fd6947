//! What a session asks, in which order, and what an answer does to the rest.

use super::super::example::small_inspection;
use super::super::{Target, submit_assessment, withdraw_case};
use super::*;
use crate::model::Code;

fn number(session: &Session<'_>) -> String {
    let step = session.step();
    step.map_or_else(|| "end".to_owned(), |step| step.number.to_owned())
}

/// Every number from where the session stands to the end.
fn walk(session: &mut Session<'_>) -> Vec<String> {
    let mut numbers = Vec::new();
    while session.step().is_some() {
        numbers.push(number(session));
        session.forward();
    }
    numbers
}

/// A session with C-1 in which some answers have been given.
macro_rules! session {
    ($store:ident, $desk:ident, $inspection:ident, $($number:literal = $answer:literal),*) => {{
        let mut session = Session::open(&$store, &$desk, &$inspection, Target::own("C-1")).unwrap();
        $(
            session.go_to($number).unwrap();
            session.say(&mut $store, &$desk, Some($answer), None).unwrap();
        )*
        session
    }};
}

fn code<T>(result: Result<T, Problems>) -> Code {
    result.err().unwrap().0[0].code
}

#[test]
fn prompts_come_before_their_key_question_and_those_that_hang_on_it_after() {
    let (mut store, desk, inspection) = small_inspection();
    let mut session = session!(store, desk, inspection, "2.2.1a" = "yes", "2.2.1" = "no");
    session.go_to("2.1.1a").unwrap();
    let order = [
        "2.1.1a", "2.1.1b", "2.1.1", "2.2.1a", "2.2.1b", "2.2.1", "2.2.1c",
    ];
    assert_eq!(walk(&mut session), order);
}

#[test]
fn a_step_shows_the_question_with_its_place_and_what_was_said() {
    let (mut store, desk, inspection) = small_inspection();
    let mut session = session!(store, desk, inspection, "2.1.1a" = "na");
    session
        .say(&mut store, &desk, None, Some(" later "))
        .unwrap();
    let step = session.step().unwrap();
    assert_eq!(
        (
            step.answer,
            step.note.as_str(),
            step.position,
            step.applicable_count
        ),
        (Some(Answer::NotApplicable), "later", 1, 5)
    );
    assert_eq!(
        step.key_question,
        Some(("2.1.1", "Is the assessment good?"))
    );
    assert!(step.is_prompt && step.allows_not_applicable && step.prompts.is_empty());
    session.forward();
    assert!(!session.step().unwrap().allows_not_applicable);
    session.forward();
    let key = session.step().unwrap();
    assert_eq!(key.standard, "2.1 Assessment");
    assert_eq!(
        (key.guidance, key.note_on),
        ("Judge it at the start.", &[Answer::No][..])
    );
    assert_eq!(
        key.prompts,
        [("2.1.1a", Some(Answer::NotApplicable)), ("2.1.1b", None)]
    );
    assert_eq!((key.key_question, key.position), (None, 3));
}

#[test]
fn case_information_decides_what_is_asked() {
    let (store, desk, inspection) = small_inspection();
    let mut session = Session::open(&store, &desk, &inspection, Target::own("C-2")).unwrap();
    assert_eq!(session.applicable_count(), 6);
    assert_eq!(walk(&mut session).last().unwrap(), "2.3.1");
}

#[test]
fn an_answer_that_turns_others_off_parks_theirs_and_turning_back_restores_it() {
    let (mut store, desk, inspection) = small_inspection();
    let mut session = session!(store, desk, inspection, "2.2.1a" = "yes", "2.2.1b" = "no");
    session.go_to("2.2.1a").unwrap();
    let numbers = |numbers: &[&str]| -> Vec<String> {
        numbers.iter().map(|number| (*number).to_owned()).collect()
    };
    let heard = session.say(&mut store, &desk, Some("no"), None).unwrap();
    assert_eq!(
        (heard.changed, &heard.stopped, &heard.parked),
        (true, &numbers(&["2.2.1b"]), &numbers(&["2.2.1b"]))
    );
    assert!(heard.started.is_empty() && heard.restored.is_empty());
    assert_eq!(
        (session.answered_count(), session.applicable_count()),
        (1, 5)
    );
    session.forward();
    assert_eq!(number(&session), "2.2.1");
    assert!(session.back());
    let heard = session.say(&mut store, &desk, Some("yes"), None).unwrap();
    assert_eq!(
        (&heard.started, &heard.restored),
        (&numbers(&["2.2.1b"]), &numbers(&["2.2.1b"]))
    );
}

#[test]
fn questions_without_answers_stop_and_start_applying_too() {
    let (mut store, desk, inspection) = small_inspection();
    let mut session = session!(store, desk, inspection, "2.2.1a" = "yes");
    let heard = session.say(&mut store, &desk, Some("clear"), None).unwrap();
    assert_eq!(heard.stopped, ["2.2.1b"]);
    assert!(heard.parked.is_empty());
    session.go_to("2.2.1").unwrap();
    let heard = session.say(&mut store, &desk, Some("no"), None).unwrap();
    assert_eq!(heard.started, ["2.2.1c"]);
    assert!(heard.restored.is_empty());
}

#[test]
fn saying_the_same_again_records_nothing() {
    let (mut store, desk, inspection) = small_inspection();
    let mut session = session!(store, desk, inspection, "2.1.1a" = "yes");
    let entries = store.read().entries_count().unwrap();
    let heard = session.say(&mut store, &desk, Some("yes"), None).unwrap();
    assert_eq!(heard, Heard::default());
    assert_eq!(store.read().entries_count().unwrap(), entries);
}

#[test]
fn nothing_can_be_said_at_the_end() {
    let (mut store, desk, inspection) = small_inspection();
    let mut session = Session::open(&store, &desk, &inspection, Target::own("C-1")).unwrap();
    session.go_to_end();
    let heard = session.say(&mut store, &desk, Some("yes"), None).unwrap();
    assert_eq!((heard, session.answered_count()), (Heard::default(), 0));
}

#[test]
fn a_session_resumes_at_the_first_unanswered_question_and_at_the_end_without_one() {
    let (mut store, desk, inspection) = small_inspection();
    let mut session = session!(store, desk, inspection, "2.1.1a" = "yes", "2.1.1" = "yes");
    assert_eq!(
        number(&Session::open(&store, &desk, &inspection, Target::own("C-1")).unwrap()),
        "2.1.1b"
    );
    for rest in ["2.1.1b", "2.2.1a", "2.2.1"] {
        assert!(session.go_to_unanswered());
        assert_eq!(number(&session), rest);
        let answer = Some(if rest == "2.2.1a" { "no" } else { "yes" });
        session.say(&mut store, &desk, answer, None).unwrap();
    }
    assert!(!session.go_to_unanswered());
    assert_eq!(number(&session), "2.2.1");
    let resumed = Session::open(&store, &desk, &inspection, Target::own("C-1")).unwrap();
    assert_eq!(number(&resumed), "end");
    let gaps = resumed.gaps();
    assert!(gaps.key_questions.is_empty() && gaps.prompts.is_empty());
    assert_eq!(resumed.number(gaps.notes_wanted[0]), "2.2.1");
}

#[test]
fn the_way_back_ends_at_the_first_question() {
    let (store, desk, inspection) = small_inspection();
    let mut session = Session::open(&store, &desk, &inspection, Target::own("C-1")).unwrap();
    assert!(!session.back());
    assert_eq!(number(&session), "2.1.1a");
    session.go_to_end();
    assert!(session.back());
    assert_eq!(number(&session), "2.2.1");
    session.forward();
    session.forward();
    assert_eq!(number(&session), "end");
}

#[test]
fn going_to_a_question_takes_its_number_or_that_of_its_standard() {
    let (store, desk, inspection) = small_inspection();
    let mut session = Session::open(&store, &desk, &inspection, Target::own("C-1")).unwrap();
    for (typed, reached) in [("2.1.1B", "2.1.1b"), ("2.2", "2.2.1a"), ("2.1.1", "2.1.1")] {
        session.go_to(typed).unwrap();
        assert_eq!(number(&session), reached);
    }
    for (typed, expected) in [
        ("2.2.1b", Code::DoesNotApply),
        ("2.3.1", Code::DoesNotApply),
        ("3.1.1", Code::UnknownQuestion),
        ("2.3", Code::UnknownQuestion),
        ("", Code::UnknownQuestion),
    ] {
        assert_eq!(session.go_to(typed).unwrap_err().code, expected, "{typed}");
        assert_eq!(number(&session), "2.1.1", "it stays where it was");
    }
}

#[test]
fn the_list_has_every_question_in_the_order_of_asking() {
    let (mut store, desk, inspection) = small_inspection();
    let mut session = session!(store, desk, inspection, "2.1.1" = "no");
    session.say(&mut store, &desk, None, Some("late")).unwrap();
    let list = session.list();
    let marks: String = list
        .iter()
        .map(|line| char::from(line.mark.letter()))
        .collect();
    assert_eq!(marks, "..N.-.--");
    let noted: Vec<&str> = list
        .iter()
        .filter(|line| line.has_note)
        .map(|line| line.number)
        .collect();
    assert_eq!(noted, ["2.1.1"]);
    assert_eq!(
        session.key_answers(),
        [("2.1.1", Some(Answer::No)), ("2.2.1", None)]
    );
    let gaps = session.gaps();
    let numbers: Vec<&str> = gaps.prompts.iter().map(|at| session.number(*at)).collect();
    assert_eq!(numbers, ["2.1.1a", "2.1.1b", "2.2.1a"]);
    assert_eq!(session.number(99), "");
}

#[test]
fn what_is_locked_withdrawn_closed_or_unknown_has_no_session() {
    let (mut store, desk, inspection) = small_inspection();
    assert_eq!(
        code(Session::open(
            &store,
            &desk,
            &inspection,
            Target::own("C-3")
        )),
        Code::UnknownCase
    );
    drop(session!(
        store,
        desk,
        inspection,
        "2.1.1" = "yes",
        "2.2.1" = "yes"
    ));
    submit_assessment(&mut store, &desk, &inspection, Target::own("C-1"), "").unwrap();
    withdraw_case(&mut store, &desk, &inspection, "C-2", "moved").unwrap();
    assert_eq!(
        code(Session::open(
            &store,
            &desk,
            &inspection,
            Target::own("C-1")
        )),
        Code::Locked
    );
    assert_eq!(
        code(Session::open(
            &store,
            &desk,
            &inspection,
            Target::own("C-2")
        )),
        Code::Withdrawn
    );
}

#[test]
fn a_session_that_was_open_when_the_assessment_was_submitted_can_record_nothing_more() {
    let (mut store, desk, inspection) = small_inspection();
    let mut session = session!(store, desk, inspection, "2.1.1" = "yes", "2.2.1" = "yes");
    submit_assessment(&mut store, &desk, &inspection, Target::own("C-1"), "").unwrap();
    let said = session.say(&mut store, &desk, Some("no"), None);
    assert_eq!(code(said), Code::Locked);
}

#[test]
fn a_closed_inspection_has_no_sessions() {
    let (store, desk, mut inspection) = small_inspection();
    inspection.closed = true;
    assert_eq!(
        code(Session::open(
            &store,
            &desk,
            &inspection,
            Target::own("C-1")
        )),
        Code::Closed
    );
}
