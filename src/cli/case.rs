//! `case add | exercise | list | show | set | assign | replace | interest | withdraw | restore`.

use clap::Subcommand;

use super::allocation::{assign, replace, restore, spread, withdraw};
use super::case_shown::{card_report, list_status};
use super::interest::{InterestArgs, find_to_reassign, interest};
use super::record::key_value;
use super::workplace::Workplace;
use crate::casework::{
    NewCase, add_case, list_cases, mark_exercise, name_pair, set_information, show_case,
};
use crate::model::Problems;
use crate::report::{Cell, Column, Kind, Report, Row, Table};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
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
        /// An exercise: everybody answers it, and it counts nowhere
        #[arg(long)]
        exercise: bool,
    },
    /// Make a case an exercise, which everybody answers and which counts nowhere
    #[command(
        after_help = "Example:\n  caseaudit case exercise EX-1\n\nThe agreed answers are those of the case itself; everybody else answers with --exercise."
    )]
    Exercise {
        /// Its reference
        reference: String,
        /// Make it a case like any other again
        #[arg(long)]
        clear: bool,
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
    /// Give cases to an assessor, or to two who assess together, or spread them over several
    #[command(after_help = "Examples:
  caseaudit case assign CS-001 CS-002 --to INSP-07
  caseaudit case assign CS-003 --to INSP-07 --with INSP-12
  caseaudit case assign CS-001 --with INSP-12
  caseaudit case assign --balance INSP-01 INSP-02 INSP-03
  caseaudit case assign CS-004 CS-005 --balance INSP-01 INSP-02
  caseaudit case assign --from INSP-07 --to \"\"

Nobody is given a case in which they have an interest (case interest).")]
    Assign {
        /// Their references; with --balance, none for every case that nobody has yet
        #[arg(required_unless_present_any = ["balance", "from"])]
        references: Vec<String>,
        /// Every case of this assessor on which nobody has begun
        #[arg(long, value_name = "NAME", conflicts_with_all = ["references", "balance"])]
        from: Option<String>,
        /// The assessor; empty for nobody [default: with --with, the one that each case has]
        #[arg(long, value_name = "NAME", required_unless_present_any = ["with", "balance"])]
        to: Option<String>,
        /// Spread the cases over these assessors, by load and by unit
        #[arg(long, value_name = "NAME", num_args = 1.., conflicts_with_all = ["to", "with"])]
        balance: Vec<String>,
        /// With --balance: only cases of this sample
        #[arg(long, conflicts_with = "to")]
        sample: Option<String>,
        /// Who assesses them together with the assessor: an experienced and a less experienced officer, say
        #[arg(
            long,
            value_name = "NAME",
            default_value = "",
            hide_default_value = true
        )]
        with: String,
    },
    /// Call up the next reserve of the drawn sample in place of a case, which is withdrawn
    #[command(
        after_help = "Example:\n  caseaudit case replace X100014 --because \"Transferred to another region\""
    )]
    Replace {
        /// Its reference
        reference: String,
        /// Why
        #[arg(long, value_name = "REASON")]
        because: String,
    },
    /// Say in which cases an assessor has an interest, so that they never work on one; or list that
    Interest(InterestArgs),
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
            exercise,
        } => {
            let new = NewCase {
                reference: &reference,
                sample: &sample,
                assessor: &assessor,
                joint_assessor: &joint_assessor,
                information: &set,
                exercise,
            };
            add(workplace, &new)
        }
        Command::Exercise { reference, clear } => exercise(workplace, &reference, clear),
        Command::List { sample, assessor } => {
            list(workplace, sample.as_deref(), assessor.as_deref())
        }
        Command::Show { reference } => show(workplace, &reference),
        Command::Set {
            reference,
            information,
        } => set(workplace, &reference, &information),
        Command::Assign {
            references,
            from,
            to,
            with,
            balance,
            sample,
        } => {
            if balance.is_empty() {
                let which = (references, from.as_deref());
                assign(workplace, which, to.as_deref(), &with)
            } else {
                spread(workplace, &references, sample.as_deref(), &balance)
            }
        }
        Command::Replace { reference, because } => replace(workplace, &reference, &because),
        Command::Interest(args) => interest(workplace, &args),
        Command::Withdraw { reference, because } => withdraw(workplace, &reference, &because),
        Command::Restore { reference } => restore(workplace, &reference),
    }
}

fn add(workplace: &Workplace<'_>, new: &NewCase<'_>) -> Result<(), Problems> {
    let (mut store, inspection, mut desk) = workplace.work()?;
    add_case(&mut store, &mut desk, &inspection, new)?;
    workplace
        .output
        .message(&format!("added {}", new.reference));
    Ok(())
}

fn exercise(workplace: &Workplace<'_>, reference: &str, clear: bool) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let changed = mark_exercise(&mut store, &desk, &inspection, reference, !clear)?;
    workplace.output.message(&match (changed, clear) {
        (false, _) => "nothing new: it is so already".to_owned(),
        (true, false) => format!("{reference} is an exercise: it counts nowhere"),
        (true, true) => format!("{reference} is a case like any other again"),
    });
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
    find_to_reassign(workplace.output, (&store, &inspection), Some(reference))
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
            &list_status(case.status, case.exercise),
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
    let card = show_case(&store, &inspection, &workplace.who(), reference)?;
    if !card.conflicts.is_empty() {
        let fields = card.conflicts.join(", ");
        workplace.output.message(&format!(
            "note: in conflict: {fields}; `caseaudit settle` shows what was said"
        ));
    }
    workplace.output.report(&card_report(&card))
}
