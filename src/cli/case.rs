//! `case add | list | show | set | assign | withdraw | restore`.

use clap::Subcommand;

use super::record::key_value;
use super::workplace::Workplace;
use crate::casework::{
    CaseCard, NewCase, Status, add_case, assign_cases, list_cases, name_pair, restore_case,
    set_information, show_case, withdraw_case,
};
use crate::model::{Mark, Problems, State};
use crate::report::{Cell, Column, Kind, Report, Row, Table};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a case
    #[command(after_help = "Example:
  caseaudit case add CS-201 --sample case-supervision --set gender=female --set rosh=high")]
    Add {
        /// Its reference: a code, never a name
        reference: String,
        /// Its sample
        #[arg(long)]
        sample: String,
        /// Who is to assess it
        #[arg(
            long,
            value_name = "NAME",
            default_value = "",
            hide_default_value = true
        )]
        assessor: String,
        /// Who assesses it together with them
        #[arg(
            long,
            value_name = "NAME",
            default_value = "",
            hide_default_value = true
        )]
        joint_assessor: String,
        /// Case information
        #[arg(long, value_name = "ATTRIBUTE=VALUE", value_parser = key_value)]
        set: Vec<(String, String)>,
    },
    /// Every case, or those of one assessor or sample
    #[command(after_help = "Example:\n  caseaudit case list --assessor INSP-07")]
    List {
        /// Only this sample
        #[arg(long)]
        sample: Option<String>,
        /// Only this assessor's
        #[arg(long, value_name = "NAME")]
        assessor: Option<String>,
    },
    /// One case with its information, answers and notes
    #[command(after_help = "Example:\n  caseaudit case show CS-001")]
    Show {
        /// Its reference
        reference: String,
    },
    /// Correct case information; an empty value takes the earlier one back
    #[command(after_help = "Example:\n  caseaudit case set CS-001 rosh_issues=yes")]
    Set {
        /// Its reference
        reference: String,
        /// What it is to be
        #[arg(value_name = "ATTRIBUTE=VALUE", value_parser = key_value, required = true)]
        information: Vec<(String, String)>,
    },
    /// Give cases to an assessor, or to two who assess together
    #[command(after_help = "Examples:
  caseaudit case assign CS-001 CS-002 --to INSP-07
  caseaudit case assign CS-003 --to INSP-07 --with INSP-12")]
    Assign {
        /// Their references
        #[arg(required = true)]
        references: Vec<String>,
        /// The assessor; empty for nobody
        #[arg(long, value_name = "NAME")]
        to: String,
        /// Who assesses them together with the assessor: an experienced and a less experienced officer, say
        #[arg(
            long,
            value_name = "NAME",
            default_value = "",
            hide_default_value = true
        )]
        with: String,
    },
    /// Leave a case out of the sample: it stays in the record and counts nowhere
    #[command(
        after_help = "Example:\n  caseaudit case withdraw CS-014 --because \"Supervision ended before the period\""
    )]
    Withdraw {
        /// Its reference
        reference: String,
        /// Why
        #[arg(long, value_name = "REASON")]
        because: String,
    },
    /// Take a withdrawn case back
    #[command(after_help = "Example:\n  caseaudit case restore CS-014")]
    Restore {
        /// Its reference
        reference: String,
    },
}

pub(super) fn run(workplace: &Workplace<'_>, command: Command) -> Result<(), Problems> {
    match command {
        Command::Add {
            reference,
            sample,
            assessor,
            joint_assessor,
            set,
        } => {
            let (mut store, inspection, mut desk) = workplace.work()?;
            let new = NewCase {
                reference: &reference,
                sample: &sample,
                assessor: &assessor,
                joint_assessor: &joint_assessor,
                information: &set,
            };
            add_case(&mut store, &mut desk, &inspection, &new)?;
            workplace.output.message(&format!("added {reference}"));
        }
        Command::List { sample, assessor } => {
            return list(workplace, sample.as_deref(), assessor.as_deref());
        }
        Command::Show { reference } => {
            return show(workplace, &reference);
        }
        Command::Set {
            reference,
            information,
        } => {
            return set(workplace, &reference, &information);
        }
        Command::Assign {
            references,
            to,
            with,
        } => {
            return assign(workplace, &references, &to, &with);
        }
        Command::Withdraw { reference, because } => {
            let (mut store, inspection, desk) = workplace.work()?;
            withdraw_case(&mut store, &desk, &inspection, &reference, &because)?;
            workplace
                .output
                .message(&format!("withdrew {reference}: it counts nowhere"));
        }
        Command::Restore { reference } => {
            let (mut store, inspection, desk) = workplace.work()?;
            restore_case(&mut store, &desk, &inspection, &reference)?;
            workplace
                .output
                .message(&format!("took {reference} back into the sample"));
        }
    }
    Ok(())
}

fn set(
    workplace: &Workplace<'_>,
    reference: &str,
    information: &[(String, String)],
) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let set = set_information(&mut store, &desk, &inspection, reference, information)?;
    workplace.output.message(&match set.changed_count {
        0 => "nothing new: it is recorded already".to_owned(),
        count => format!("set {count} of {} for {reference}", information.len()),
    });
    workplace.output.settled(&set.parked, &set.restored);
    Ok(())
}

fn assign(
    workplace: &Workplace<'_>,
    references: &[String],
    to: &str,
    with: &str,
) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let count = assign_cases(&mut store, &desk, &inspection, references, to, with)?;
    let to = match to.trim() {
        "" => "nobody".to_owned(),
        to => name_pair(to, with.trim()),
    };
    workplace
        .output
        .message(&format!("assigned {count} of {} to {to}", references.len()));
    Ok(())
}

fn list(
    workplace: &Workplace<'_>,
    sample: Option<&str>,
    assessor: Option<&str>,
) -> Result<(), Problems> {
    let (store, inspection) = workplace.look()?;
    let wanted = sample
        .map(|name| inspection.find_sample(name))
        .transpose()?;
    let cases = list_cases(&store, &inspection)?;
    let cases: Vec<_> = cases
        .into_iter()
        .filter(|case| wanted.is_none_or(|wanted| case.sample == wanted))
        .filter(|case| {
            assessor.is_none_or(|name| case.assessor == name || case.joint_assessor == name)
        })
        .collect();
    if cases.is_empty() {
        workplace
            .output
            .message("no such cases; add some: caseaudit import cases FILE");
    }
    let rows = cases.iter().map(|case| {
        let sample = inspection
            .framework
            .samples
            .get(case.sample)
            .map_or("", |sample| &sample.title);
        let texts = [
            &case.reference,
            sample,
            &name_pair(&case.assessor, &case.joint_assessor),
            status_words(case.status),
        ];
        Row::new(texts.into_iter().map(Cell::text).collect())
    });
    let table = Table {
        id: "cases".to_owned(),
        title: "Cases".to_owned(),
        scope: inspection.name.clone(),
        columns: vec![
            Column::new("reference", "Reference", Kind::Code),
            Column::new("sample", "Sample", Kind::Text),
            Column::new("assessor", "Assessor", Kind::Code),
            Column::new("status", "Status", Kind::Code),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    workplace.output.report(&Report {
        tables: vec![table],
        ..Report::default()
    })
}

fn show(workplace: &Workplace<'_>, reference: &str) -> Result<(), Problems> {
    let (store, inspection) = workplace.look()?;
    let card = show_case(&store, &inspection, reference)?;
    if !card.conflicts.is_empty() {
        let fields = card.conflicts.join(", ");
        workplace.output.message(&format!(
            "note: in conflict: {fields}; `caseaudit settle` shows what was said"
        ));
    }
    workplace.output.report(&card_report(&card))
}

fn status_words(status: Status) -> &'static str {
    match status {
        Status::Untouched => "untouched",
        Status::InHand => "in hand",
        Status::Submitted => "submitted",
        Status::Withdrawn => "withdrawn",
    }
}

fn card_report(card: &CaseCard) -> Report {
    let assessors = name_pair(&card.assessor, &card.joint_assessor);
    let about = [
        ("Sample", card.sample.as_str()),
        ("Assessor", assessors.as_str()),
        ("Status", status_words(card.status)),
    ];
    let information = card
        .information
        .iter()
        .map(|(title, value)| (title.as_str(), value.as_str()));
    let facts = about
        .into_iter()
        .chain(information)
        .filter(|(_, value)| !value.is_empty());
    let facts = Table {
        id: "case".to_owned(),
        title: format!("Case {}", card.reference),
        columns: vec![
            Column::new("about", "About", Kind::Text),
            Column::new("is", "Is", Kind::Text),
        ],
        rows: facts
            .map(|(title, value)| Row::new(vec![Cell::text(title), Cell::text(value)]))
            .collect(),
        ..Table::default()
    };
    let answers = card.answers.iter().map(|(number, text, mark, note)| {
        let texts = [number.as_str(), text, mark_words(*mark), note];
        Row::new(texts.into_iter().map(Cell::text).collect())
    });
    let answers = Table {
        id: "answers".to_owned(),
        title: "Answers".to_owned(),
        columns: vec![
            Column::new("number", "Number", Kind::Code),
            Column::new("question", "Question", Kind::Text),
            Column::new("answer", "Answer", Kind::Text),
            Column::new("note", "Note", Kind::Text),
        ],
        rows: answers.collect(),
        ..Table::default()
    };
    Report {
        tables: vec![facts, answers],
        ..Report::default()
    }
}

fn mark_words(mark: Mark) -> &'static str {
    use crate::model::Answer;
    match (mark, mark.state()) {
        (Mark::Parked(Answer::Yes), _) => "parked: yes",
        (Mark::Parked(Answer::No), _) => "parked: no",
        (Mark::Parked(Answer::NotApplicable), _) => "parked: not applicable",
        (_, State::Yes) => "yes",
        (_, State::No) => "no",
        (_, State::NotApplicable) => "not applicable",
        (_, State::NotAsked) => "not asked",
        (_, State::Unanswered) => "unanswered",
    }
}
