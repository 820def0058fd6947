//! What a session says: plain lines that a screen reader can follow, without colour or movement of the cursor.
//!
//! Must not read, record or decide anything.

use crate::casework::{Gaps, Heard, Listed, Session, Step, Submitted, Target, name_pair};
use crate::model::{Answer, Mark, Role};

/// All keys, as `?` shows them.
pub(super) const HELP: &str = "\
y  yes
n  no
a  not applicable, where that may be answered
Enter  keeps the present answer, or skips the question, and goes on
b  back to the question before
c  clear: takes the answer back
t  note: t followed by the note; t alone asks for it; t - removes it
e  the note is an example of effective practice; e followed by a note writes it, too; e - takes the mark back
p  the note is an example of poor practice, as e
g  go to a question or standard: g 2.4.1
u  go to the first unanswered question
l  list of the answers so far
?  these keys
s  to the end, to submit
q  stop; every answer is kept
Press Enter after each.
";

/// That a note was not taken.
pub(super) const TOO_SHORT: &str = "One letter is too short for a note; it was left out.\n";

/// All keys at the end of the questions, but the one that submits.
const END_HELP: &str = "\
n  leave it in hand and stop; every answer is kept
u  go to the first unanswered question
b  back to the last question
g  go to a question or standard: g 2.4.1
l  list of the answers so far
?  these keys
q  stop, as n
Press Enter after each.
";

/// All keys at the end of the questions.
pub(super) fn end_help(target: Target<'_>) -> String {
    let counts = match target.role {
        None => "counts from then on and ",
        Some(_) => "",
    };
    format!("s  submit: the assessment {counts}is locked\n{END_HELP}")
}

/// What a further assessment is, said when a session with one begins.
fn further(role: Role, who: &str) -> String {
    match role {
        Role::Second => format!(
            "Second assessment, by {who}, independent of the first. The first answers are hidden until both are submitted.\n"
        ),
        Role::Exercise => format!(
            "Exercise, answered by {who}. The agreed answers are hidden until these and they are submitted.\n"
        ),
    }
}

/// The first lines of a session.
pub(super) fn greeting(session: &Session<'_>, sample: &str, inspection: &str, who: &str) -> String {
    let case = session.case();
    let mut text = format!(
        "Case {}, {sample}, {inspection}. {}.\n",
        case.reference,
        count(
            session.applicable_count(),
            "question applies",
            "questions apply"
        )
    );
    if let Some(role) = session.target().role {
        text += &further(role, &case.assessor);
    }
    let assessors = name_pair(&case.assessor, &case.joint_assessor);
    if !case.joint_assessor.is_empty() {
        text += &format!("Joint assessment: {assessors}.\n");
    }
    if session.target().role.is_none()
        && !case.assessor.is_empty()
        && case.assessor != who
        && case.joint_assessor != who
    {
        text += &format!("Note that this case is given to {assessors}; you are {who}.\n");
    }
    let answered = session.answered_count();
    match session.step() {
        Some(step) if answered > 0 => {
            text += &format!(
                "{answered} answered so far. Going on at the first unanswered question, {}.\n",
                step.number
            );
        }
        None if answered > 0 => text += "All of them are answered.\n",
        _ => {}
    }
    text + "Every answer is kept as soon as you press Enter. ? explains the keys, q stops.\n"
}

/// What stands above the question that was shown last.
#[derive(Debug, Default)]
pub(super) struct Heading {
    standard: String,
    /// Number of the key question whose prompts were announced.
    prompts_of: String,
}

/// A question with what is said about it so far. Headings are shown when they are other than those before.
pub(super) fn question(step: &Step<'_>, heading: &mut Heading) -> String {
    let mut text = String::from("\n");
    if step.standard != heading.standard {
        text += &format!("{}\n\n", plain(&step.standard));
        *heading = Heading {
            standard: step.standard.clone(),
            prompts_of: String::new(),
        };
    }
    if let Some((number, key_question)) = step.key_question
        && number != heading.prompts_of
    {
        text += &format!("Prompts of {number} {}\n\n", plain(key_question));
        number.clone_into(&mut heading.prompts_of);
    }
    text += &format!("Question {} of {}", step.position, step.applicable_count);
    text += if step.is_prompt {
        ", prompt\n"
    } else {
        ", key question\n"
    };
    text += &format!("{} {}\n", step.number, plain(step.text));
    if !step.guidance.is_empty() {
        text += &format!("Guidance: {}\n", plain(step.guidance));
    }
    if !step.prompts.is_empty() {
        let prompts = step.prompts.iter();
        let prompts: Vec<String> = prompts
            .map(|(number, answer)| format!("{number} {}", answer_or_none(*answer)))
            .collect();
        text += &format!("Its prompts: {}\n", prompts.join(", "));
    }
    if let Some(answer) = step.answer {
        text += &format!("Answer so far: {answer}\n");
    }
    if !step.note.is_empty() {
        text += &format!("Note so far: {}\n", plain(&step.note));
    }
    if let Some(practice) = step.example {
        text += &format!("It is an example of {} practice.\n", practice.word());
    }
    text
}

/// What can be typed at a question. The keys that mark a note stand there once there is one that can be marked.
pub(super) fn question_prompt(step: &Step<'_>, has_examples: bool) -> String {
    format!(
        "y yes, n no, {}Enter {}, {}{}t {}g u l, q stop, ? help: ",
        if step.allows_not_applicable {
            "a not applicable, "
        } else {
            ""
        },
        if step.answer.is_some() {
            "keep"
        } else {
            "skip"
        },
        if step.position > 1 { "b back, " } else { "" },
        if step.answer.is_some() { "c " } else { "" },
        if has_examples && !step.note.is_empty() {
            "e p "
        } else {
            ""
        },
    )
}

/// What an answer did to this question and to others.
pub(super) fn heard(number: &str, answer: Option<Answer>, heard: &Heard) -> String {
    let mut text = match (answer, heard.changed) {
        (Some(answer), true) => format!("{number}: {answer}.\n"),
        (Some(answer), false) => format!("{number} stays {answer}.\n"),
        (None, _) => format!("{number}: answer taken back.\n"),
    };
    for (what, numbers) in [
        ("No longer asked", &heard.stopped),
        ("Parked (kept, not counted)", &heard.parked),
        ("Asked from now on", &heard.started),
        ("Earlier answers that count again", &heard.restored),
    ] {
        if !numbers.is_empty() {
            text += &format!("{what}: {}.\n", numbers.join(", "));
        }
    }
    text
}

/// The list of answers so far, in the order of asking.
pub(super) fn list(listed: &[Listed<'_>]) -> String {
    let mut text = String::from("\nAnswers so far:\n");
    let numbers = |wanted: fn(Mark) -> bool| -> Vec<&str> {
        let chosen = listed.iter().filter(|line| wanted(line.mark));
        chosen.map(|line| line.number).collect()
    };
    for line in listed {
        let note = if line.has_note { ", with a note" } else { "" };
        match line.mark {
            Mark::InForce(answer) => text += &format!("{} {answer}{note}\n", line.number),
            Mark::Parked(answer) => {
                text += &format!(
                    "{} {answer}{note}, parked: the question does not apply\n",
                    line.number
                );
            }
            Mark::Unanswered if line.has_note => {
                text += &format!("{} unanswered{note}\n", line.number);
            }
            Mark::Unanswered | Mark::NotAsked => {}
        }
    }
    text + &counted("Unanswered", &numbers(|mark| mark == Mark::Unanswered))
}

/// What the assessor sees at the end of the questions.
pub(super) fn summary(session: &Session<'_>, gaps: &Gaps) -> String {
    let mut text = format!(
        "\nEnd of the questions of {}.\nKey questions:\n",
        session.case().reference
    );
    for (number, answer) in session.key_answers() {
        text += &format!("{number} {}\n", answer_or_none(answer));
    }
    text += &counted(
        "Key questions unanswered",
        &numbers(session, &gaps.key_questions),
    );
    text += &counted("Prompts unanswered", &numbers(session, &gaps.prompts));
    if gaps.key_questions.is_empty() && !gaps.prompts.is_empty() {
        text += "Unanswered prompts do not stand in the way of submitting.\n";
    }
    text
}

/// What can be typed at the end.
pub(super) fn end_prompt(gaps: &Gaps) -> String {
    let unanswered = if gaps.key_questions.is_empty() && gaps.prompts.is_empty() {
        ""
    } else {
        "u first unanswered, "
    };
    format!("Submit now? s submit, n leave in hand, {unanswered}b back, g l q, ? help: ")
}

/// The last lines of a session that stopped.
pub(super) fn stopped(session: &Session<'_>) -> String {
    let reference = &session.case().reference;
    format!(
        "Stopped: {} of {} answered in {reference}; everything is kept.\n\
         Go on with: caseaudit assess {}\n",
        session.answered_count(),
        session.applicable_count(),
        session.target()
    )
}

/// The last lines of a session whose assessment was submitted.
pub(super) fn submitted(target: Target<'_>, submitted: &Submitted) -> String {
    let Submitted {
        reference,
        unanswered,
        ..
    } = submitted;
    let unanswered: Vec<&str> = unanswered.iter().map(String::as_str).collect();
    let what = match target.role {
        None => format!("{reference} counts from now on and is locked"),
        Some(Role::Second) => format!("the second assessment of {reference} is locked"),
        Some(Role::Exercise) => format!("the answers to the exercise {reference} are locked"),
    };
    format!(
        "Submitted: {what}.\n{}{}",
        counted("Left unanswered for the reason given", &unanswered),
        compared(target, submitted)
    )
}

/// That a further assessment can be compared now; nothing where it cannot.
fn compared(target: Target<'_>, submitted: &Submitted) -> String {
    match target.role {
        Some(Role::Second) if submitted.is_compared => {
            "Both assessments are submitted. Compare with: caseaudit agree\n".to_owned()
        }
        Some(Role::Exercise) if submitted.is_compared => {
            format!(
                "Compare with: caseaudit agree --exercise {}\n",
                target.reference
            )
        }
        _ => String::new(),
    }
}

/// The numbers of the questions at some places.
pub(super) fn numbers<'i>(session: &Session<'i>, places: &[usize]) -> Vec<&'i str> {
    places.iter().map(|place| session.number(*place)).collect()
}

/// `1 question`, `2 questions`.
fn count(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// `Unanswered: 2 (2.1.1, 2.1.2)`; nothing for none.
fn counted(what: &str, numbers: &[&str]) -> String {
    match numbers {
        [] => String::new(),
        some => format!("{what}: {} ({}).\n", some.len(), some.join(", ")),
    }
}

fn answer_or_none(answer: Option<Answer>) -> String {
    answer.map_or_else(|| "unanswered".to_owned(), |answer| answer.to_string())
}

/// A text without control characters, which could move the cursor or colour the screen; its line breaks stay.
pub(super) fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let text = text.replace(|letter: char| letter.is_control() && letter != '\n', " ");
    text.trim().to_owned()
}
