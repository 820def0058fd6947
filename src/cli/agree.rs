//! `agree` and `resolve`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::{
    Agreed, Compare, compare_assessments, compare_exercise, resolve_disagreement,
};
use crate::model::Problems;
use crate::report::{agreement_report, exercise_report};

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit agree
  caseaudit agree --standard 2.1 --without-joint
  caseaudit agree --pair INSP-01 INSP-12 --out agreement.csv --decimals 12
  caseaudit agree --exercise EX-1 --confidence 90

Only cases whose first and second assessment are both submitted are compared, as they stood then.")]
pub(super) struct Args {
    /// Only this question
    #[arg(long, value_name = "N")]
    question: Option<String>,
    /// Only the questions of this standard
    #[arg(long, value_name = "N")]
    standard: Option<String>,
    /// Only the assessments of these two, whoever was first
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with = "exercise")]
    pair: Option<Vec<String>>,
    /// Leave out cases that two people assessed together first
    #[arg(long, conflicts_with = "exercise")]
    without_joint: bool,
    /// Prompts too, not key questions alone
    #[arg(long)]
    prompts: bool,
    /// The answers to this exercise case, beside the agreed ones
    #[arg(long, value_name = "REF")]
    exercise: Option<String>,
    /// Two-sided confidence of the intervals in percent, 50 to 99.9 [default: 95]
    #[arg(long, value_name = "PERCENT")]
    confidence: Option<String>,
    /// Decimals of kappa and AC1; percentages have two fewer
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u32).range(0..=12))]
    decimals: u32,
    /// Write to this file; its ending (.docx, .html, .ods, .xlsx, .md, .csv, .json, .txt) says the format unless --format does
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let (store, inspection) = workplace.look()?;
    let pair = args.pair.as_deref().and_then(|names| match names {
        [one, other] => Some([one.as_str(), other.as_str()]),
        _ => None,
    });
    let compare = Compare {
        question: args.question.as_deref(),
        standard: args.standard.as_deref(),
        pair,
        without_joint: args.without_joint,
        prompts: args.prompts,
        confidence: args.confidence.as_deref(),
    };
    let agreed = match &args.exercise {
        Some(reference) => {
            let viewer = workplace.who();
            compare_exercise(&store, &inspection, &viewer, reference, &compare)?
        }
        None => compare_assessments(&store, &inspection, &compare)?,
    };
    let agreements = match agreed {
        Agreed::Figures(agreements) => agreements,
        Agreed::Nothing(why) => {
            workplace.output.message(&why);
            return Ok(());
        }
    };
    let report = match args.exercise {
        Some(_) => exercise_report(&agreements, args.decimals),
        None => agreement_report(&agreements, args.decimals),
    };
    workplace.give(&report, args.out.as_deref())
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Example:
  caseaudit resolve CS-001 2.1.2 no --because \"The police record was not used before the review\" --as LEAD-01

Both assessments stay as they were: `agree` still counts them. The final answer is the case's from now on.")]
pub(super) struct ResolveArgs {
    /// Reference of the case
    reference: String,
    /// Number of the question on which first and second assessment differ
    question: String,
    /// The final answer: yes, no or na
    answer: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    because: String,
}

pub(super) fn resolve(workplace: &Workplace<'_>, args: &ResolveArgs) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let said = (
        args.reference.as_str(),
        args.question.as_str(),
        args.answer.as_str(),
    );
    let resolved = resolve_disagreement(&mut store, &desk, &inspection, said, &args.because)?;
    let ResolveArgs {
        reference,
        question,
        ..
    } = args;
    workplace.output.message(&if resolved.changed {
        format!("resolved {question} of {reference}; both assessments stay as they were")
    } else {
        "nothing new: it is resolved so already".to_owned()
    });
    workplace
        .output
        .settled(&resolved.parked, &resolved.restored);
    Ok(())
}
