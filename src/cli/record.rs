//! `record`, `submit` and `reopen`: one assessment, from scripts.

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::{
    Says, Submitted, Target, record_answers, reopen_assessment, submit_assessment,
};
use crate::model::{Problems, Role};

// Which assessment of a case is meant. (With three strokes clap would say that of every command that takes these.)
#[derive(Debug, Clone, Copy, ClapArgs)]
pub(super) struct RoleArgs {
    /// The second, independent assessment: yours
    #[arg(long, conflicts_with = "exercise")]
    second: bool,
    /// Your answers to an exercise case
    #[arg(long)]
    exercise: bool,
}

impl RoleArgs {
    pub(super) fn role(self) -> Option<Role> {
        match (self.second, self.exercise) {
            (true, _) => Some(Role::Second),
            (_, true) => Some(Role::Exercise),
            _ => None,
        }
    }

    pub(super) fn of(self, reference: &str) -> Target<'_> {
        Target {
            reference,
            role: self.role(),
        }
    }
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit record CS-001 2.1.1=yes 2.1.2=no --note 2.1.2=\"No use of the police record\"
  caseaudit record CS-001 2.1.1=clear
  caseaudit record CS-001 2.1.1=no --second --as INSP-12

Answers are yes, no, na (not applicable) or clear (takes an answer back); an empty note takes a note back.")]
pub(super) struct Args {
    /// Reference of the case
    reference: String,
    /// Answers
    #[arg(value_name = "QUESTION=ANSWER", value_parser = key_value, required_unless_present = "note")]
    answers: Vec<(String, String)>,
    /// A note on a question
    #[arg(long, value_name = "QUESTION=TEXT", value_parser = key_value)]
    note: Vec<(String, String)>,
    #[command(flatten)]
    role: RoleArgs,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit submit CS-001
  caseaudit submit CS-014 --because \"The victim liaison file could not be opened\"")]
pub(super) struct SubmitArgs {
    /// References of the cases
    #[arg(required = true)]
    references: Vec<String>,
    /// Why key questions are left unanswered
    #[arg(
        long,
        value_name = "REASON",
        default_value = "",
        hide_default_value = true
    )]
    because: String,
    #[command(flatten)]
    role: RoleArgs,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Example:\n  caseaudit reopen CS-001 --because \"New evidence from the provider\""
)]
pub(super) struct ReopenArgs {
    /// Reference of the case
    reference: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    because: String,
    #[command(flatten)]
    role: RoleArgs,
}

/// `name=value`, split at the first equals sign.
pub(super) fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write it as NAME=VALUE".to_owned()),
    }
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let answers = args.answers.iter().map(|(question, answer)| Says {
        question: question.clone(),
        answer: Some(answer.clone()),
        note: None,
    });
    let notes = args.note.iter().map(|(question, note)| Says {
        question: question.clone(),
        answer: None,
        note: Some(note.clone()),
    });
    let says: Vec<Says> = answers.chain(notes).collect();
    let recorded = record_answers(
        &mut store,
        &desk,
        &inspection,
        "record",
        args.role.of(&args.reference),
        &says,
    )?;
    if recorded.answers_count + recorded.notes_count == 0 {
        workplace
            .output
            .message("nothing new: it is recorded already");
    } else {
        let counts = [
            (recorded.answers_count, "answer"),
            (recorded.notes_count, "note"),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(count, word)| format!("{count} {word}{}", if *count == 1 { "" } else { "s" }))
            .collect();
        workplace.output.message(&format!(
            "recorded {} for {}",
            counts.join(" and "),
            name(args.role, &args.reference)
        ));
    }
    if let Some(assessors) = &recorded.of_others {
        workplace.output.message(&format!(
            "note: the case belongs to {assessors}, not to you"
        ));
    }
    workplace
        .output
        .settled(&recorded.parked, &recorded.restored);
    Ok(())
}

pub(super) fn submit(workplace: &Workplace<'_>, args: &SubmitArgs) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let mut problems = Problems::default();
    for reference in &args.references {
        let target = args.role.of(reference);
        match submit_assessment(&mut store, &desk, &inspection, target, &args.because) {
            Ok(submitted) => {
                let mut message = format!("submitted {}", name(args.role, reference));
                if !submitted.unanswered.is_empty() {
                    message.push_str(&format!(
                        "; left unanswered: {}",
                        submitted.unanswered.join(", ")
                    ));
                }
                match submitted.prompts_count {
                    0 => {}
                    1 => message.push_str("; 1 prompt is unanswered"),
                    count => message.push_str(&format!("; {count} prompts are unanswered")),
                }
                workplace.output.message(&message);
                say_compared(workplace, target, &submitted);
            }
            Err(wrong) => problems.0.extend(wrong.0),
        }
    }
    problems.none_or(())
}

pub(super) fn reopen(workplace: &Workplace<'_>, args: &ReopenArgs) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    reopen_assessment(
        &mut store,
        &desk,
        &inspection,
        args.role.of(&args.reference),
        &args.because,
    )?;
    let name = name(args.role, &args.reference);
    workplace.output.message(&match args.role.role() {
        None => format!("reopened {name}: it does not count until it is submitted again"),
        Some(_) => format!("reopened {name}"),
    });
    Ok(())
}

/// `CS-001`, `CS-001 (second assessment)`.
fn name(role: RoleArgs, reference: &str) -> String {
    match role.role() {
        None => reference.to_owned(),
        Some(Role::Second) => format!("{reference} (second assessment)"),
        Some(Role::Exercise) => format!("{reference} (exercise)"),
    }
}

/// Says so when a further assessment can be compared from now on.
fn say_compared(workplace: &Workplace<'_>, target: Target<'_>, submitted: &Submitted) {
    let what = match target.role {
        _ if !submitted.is_compared => return,
        Some(Role::Second) => "both assessments are submitted; compare: caseaudit agree".to_owned(),
        Some(Role::Exercise) => format!("compare: caseaudit agree --exercise {}", target.reference),
        None => return,
    };
    workplace.output.message(&what);
}
